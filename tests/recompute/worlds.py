"""The half-years and the few real municipalities in which the random populations live.

Belongs here: which municipalities, what became of them, and the calendar. Not here: persons (population.py).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from pipeline.core.periods import Periode
from tests.support import empty_warehouse


@dataclass(frozen=True)
class Gemeente:
    """A municipality of the year of the period; `regio` is None where no regional division is known."""

    code: str
    provincie: str
    regio: str | None
    inwoners: int


@dataclass(frozen=True)
class Wijziging:
    """An old municipality: events of before `tot` count for `nieuw`; more than one where it was divided on `datum`."""

    oud: str
    datum: date
    tot: date
    nieuw: tuple[str, ...]


@dataclass(frozen=True)
class World:
    """One half-year with its municipalities."""

    periode: Periode
    gemeenten: tuple[Gemeente, ...]
    wijzigingen: tuple[Wijziging, ...]
    afspraken: tuple[tuple[str, str, str | None], ...]
    """gemeentecode, vrijgesteld or gedragen_door, and by whom."""
    landelijk: tuple[tuple[str, str, int, date], ...]
    """The shipped series: periode, grootheid, number, known on; in order of publication."""
    normen: tuple[tuple[str, int], ...]
    """The norms that hold on the peildatum, in weeks."""
    vorige: tuple[str, ...]
    """The codes of the municipalities of the previous half-year."""
    inwoners_wet: tuple[tuple[str, int], ...]
    """Inhabitants of 1 January of the year before, by the codes of that day; of the year itself where not on hand."""
    inwoners_op: date

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        """So a failing example stays readable."""
        printer.text(f'world("{self.periode}")')

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the year."""
        return tuple(gemeente.code for gemeente in self.gemeenten)

    @property
    def begin(self) -> date:
        """First day of the half-year."""
        return self.periode.begin

    @property
    def peildatum(self) -> date:
        """The state at 00:00 of this day counts."""
        return self.periode.eind

    @property
    def briefdatum(self) -> date:
        """Ninety days later."""
        return self.peildatum + timedelta(days=90)

    def gebieden(self) -> dict[str, tuple[str, ...]]:
        """The municipalities of the country, of each province, of each region, and each on its own."""
        found: dict[str, list[str]] = {}
        for gemeente in self.gemeenten:
            for area in ("NL", gemeente.provincie, gemeente.regio, gemeente.code):
                if area is not None:
                    found.setdefault(area, []).append(gemeente.code)
        return {area: tuple(codes) for area, codes in found.items()}


# Of each half-year: municipalities of that year in two provinces; the old ones that went up in them come along. Leap
# days: 2016 and 2020. 2018-I has Littenseradiel, divided over three, on its first day; 2020-I Winsum, a year before.
_CHOSEN = {
    "2016-I": ("GM0363", "GM1942", "GM0385", "GM0080", "GM0060", "GM1940"),
    "2016-II": ("GM0363", "GM1945", "GM0202", "GM0277", "GM0394"),
    "2018-I": ("GM0080", "GM1900", "GM1949", "GM0299"),
    "2020-I": ("GM0014", "GM1966", "GM1969", "GM0034"),
}
NAMES = tuple(_CHOSEN)


@cache
def world(name: str) -> World:
    """The world of a half-year, of the shipped reference data."""
    periode = Periode.parse(name)
    chosen = _CHOSEN[name]
    with empty_warehouse(periode) as con:

        def rows(query: str) -> list[Any]:
            return con.execute(query).fetchall()

        jaar = periode.jaar
        listed = ", ".join(f"'{code}'" for code in chosen)
        of_year = f"where jaar = {jaar} and gemeentecode in ({listed})"
        provinces = dict(rows(f"select gemeentecode, provinciecode from referentie.gemeenten {of_year}"))
        people = dict(rows(f"select gemeentecode, inwoners from referentie.inwoners {of_year}"))
        regions = dict(rows(f"select gemeentecode, regiocode from referentie.arbeidsmarktregios {of_year}"))
        changes: dict[tuple[str, date], list[str]] = {}
        for oud, datum, nieuw in rows(
            "select oude_code, datum, nieuwe_code from referentie.herindelingen order by all"
        ):
            changes.setdefault((oud, datum), []).append(nieuw)
        of_law = rows(f"select min(jaar) from referentie.inwoners where jaar >= {jaar - 1}")[0][0]
        gone = {
            key: nieuw for key, nieuw in changes.items() if key[1] <= date(jaar, 1, 1) and set(nieuw) <= set(chosen)
        }
        with_old = ", ".join(f"'{code}'" for code in (*chosen, *(oud for oud, _ in gone)))
        normen = rows(
            f"select klok, weken from invoer.normen where geldig_vanaf <= date '{periode.eind}' order by geldig_vanaf"
        )
        return World(
            periode=periode,
            gemeenten=tuple(Gemeente(code, provinces[code], regions.get(code), people[code]) for code in chosen),
            wijzigingen=tuple(
                Wijziging(oud, datum, _until(datum), tuple(nieuw)) for (oud, datum), nieuw in gone.items()
            ),
            afspraken=tuple(
                rows(
                    "select gemeentecode, soort, drager_code from referentie.verdeelafspraken "
                    f"where periode = '{name}' and gemeentecode in ({listed})"
                )
            ),
            landelijk=tuple(
                rows(
                    "select periode, grootheid, waarde, bekend_op from referentie.landelijk "
                    "where grootheid in ('taakstelling', 'prognose') and bekend_op is not null "
                    "order by bekend_op, volgnummer"
                )
            ),
            normen=tuple(dict(normen).items()),
            vorige=tuple(
                code
                for (code,) in rows(
                    f"select gemeentecode from referentie.gemeenten where jaar = {periode.vorige.jaar} "
                    f"and gemeentecode in ({with_old}) order by gemeentecode"
                )
            ),
            inwoners_wet=tuple(
                rows(
                    f"select gemeentecode, inwoners from referentie.inwoners where jaar = {of_law} "
                    f"and gemeentecode in ({with_old}) order by gemeentecode"
                )
            ),
            inwoners_op=date(of_law, 1, 1),
        )


def _until(datum: date) -> date:
    """The 1 January on which the old code is none any more: after a change within a year the next one."""
    return datum if (datum.month, datum.day) == (1, 1) else date(datum.year + 1, 1, 1)
