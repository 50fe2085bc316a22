"""Which area an analyst means: a municipality by an exact alias of the year, a province, an arbeidsmarktregio.

Belongs here: names to codes, and suggestions for a name that is none. A name is never taken for its likeness: Ede and
Epe are two municipalities. Whatever command asks, the same words mean the same area.
"""

# The SQL is that of the code lists of intake; values are parameters.
# ruff: noqa: S608

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.core.errors import GebruiksFout
from pipeline.core.explain.evidence import LAND
from pipeline.core.intake.findings import quoted
from pipeline.core.intake.lookups import LOOKUPS
from pipeline.core.intake.sqltext import normalised
from pipeline.core.reference import suggest

if TYPE_CHECKING:
    import duckdb

_CODE_LISTS = {"gemeente": "gemeenten.gemeentecode", "provincie": "provincies.provinciecode"}
_SUGGESTIONS = 3
# The letters before the number in the codes of CBS, and how many digits that number has.
_CODE_FORMS = {"gemeente": ("GM", 4), "provincie": ("PV", 2), "arbeidsmarktregio": ("AR", 2)}


@dataclass(frozen=True)
class Gebied:
    """An area of the edition: its code, its kind (land, provincie, arbeidsmarktregio, gemeente) and its name."""

    code: str
    soort: str
    naam: str


def find_area(
    con: "duckdb.DuckDBPyConnection", soort: str | None, naam: str, *, vroeger: Sequence[Gebied] = ()
) -> Gebied:
    """The area of that kind with that name or code, or of any kind for None; the country for kind `land`. A code may be
    written as CBS does (GM0363) or as its number alone (0363, 363), which is of a municipality for None. `vroeger`:
    areas that are there no more, and are found by name and code when no area of now is meant.

    Capitals do not matter. GebruiksFout with names that are close when no alias of the year is equal, and with the
    codes when several areas have the name.

    Capitals do not matter, and a municipality is also known by the number of CBS without GM. GebruiksFout with names
    that are close when no alias of the year is equal, and with the codes when several areas have the name.
    """
    rows = con.execute("select gebied, soort, naam from report.gebieden order by volgorde").fetchall()
    areas = [area for area in (Gebied(*row) for row in rows) if soort in (None, area.soort)]
    wanted = LAND if soort == "land" else naam.strip()
    same = {wanted.casefold(), code_meant(soort or "gemeente", wanted)}
    codes = {code for kind in _CODE_LISTS if soort in (None, kind) for code in _codes(con, kind, wanted)}
    found = _named(areas, same, codes) or _named([one for one in vroeger if soort in (None, one.soort)], same, set())
    if not found:
        raise GebruiksFout(_unknown(con, soort, naam, areas))
    if len(found) > 1:
        told = " of ".join(f"{area.code} ({area.soort})" for area in found)
        raise GebruiksFout(f"{quoted(naam)} kan {told} zijn; geef de code")
    return found[0]


def code_meant(soort: str, naam: str) -> str:
    """The code that is meant by a number, in small letters; the text itself when it is none."""
    text = naam.strip().casefold()
    letters, digits = _CODE_FORMS.get(soort, ("", 0))
    number = text.removeprefix(letters.casefold())
    return f"{letters.casefold()}{number.zfill(digits)}" if number.isascii() and number.isdigit() else text


def _named(areas: Sequence[Gebied], same: set[str], codes: set[str]) -> list[Gebied]:
    """The areas with one of these codes, or with a name or code that is the `same`, in small letters."""
    return [area for area in areas if area.code in codes or {area.code.casefold(), area.naam.casefold()} & same]


def _codes(con: "duckdb.DuckDBPyConnection", soort: str, naam: str) -> set[str]:
    """The codes for which the name is an alias on the last day before the peildatum."""
    if soort not in _CODE_LISTS:
        return set()
    rows = con.execute(
        f"""
        with lijst(alias, code, van, tot) as ({LOOKUPS[_CODE_LISTS[soort]].sql})
        select distinct lijst.code
        from lijst
        cross join invoer.parameters
        where
            lower({normalised("lijst.alias")}) = lower({normalised("$naam")})
            and parameters.peildatum > coalesce(lijst.van, date '0001-01-01')
            and parameters.peildatum <= coalesce(lijst.tot, date '9999-12-31')
        """,
        {"naam": naam},
    ).fetchall()
    return {code for (code,) in rows}


def _unknown(con: "duckdb.DuckDBPyConnection", soort: str | None, naam: str, areas: list[Gebied]) -> str:
    (jaar,) = con.execute("select jaar from invoer.parameters").fetchall()[0]
    near = suggest(naam, jaar) if soort == "gemeente" else _near(naam, areas)
    hint = f"bedoelde u {' of '.join(near)}?" if near else f"schrijf de naam voluit of geef de code: {_example(soort)}"
    return f"{quoted(naam)} is geen {soort or 'gebied'} van {jaar}; {hint}"


def _example(soort: str | None) -> str:
    known = {"gemeente": "GM0363 of 0363", "provincie": "PV27 of 27", "arbeidsmarktregio": "AR12 of 12"}
    return known.get(soort or "", "GM0363, PV27 of AR12")


def _near(naam: str, areas: list[Gebied]) -> list[str]:
    names = {area.naam.casefold(): area.naam for area in areas}
    return [names[name] for name in difflib.get_close_matches(naam.strip().casefold(), list(names), n=_SUGGESTIONS)]
