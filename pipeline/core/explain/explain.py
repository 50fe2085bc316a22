"""Putting it together: one figure of one edition, explained from the sources that the edition holds.

Belongs here: which edition and area are meant, and the whole explanation. Not here: its parts (evidence.py, areas.py,
origin.py), how it is shown (cli_explain.py).

Value and definition are those that the edition itself holds; the rows come from its frozen sources by this code. What
the two say is compared, so that a later change of the code is never silent.
"""

import csv
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.core.compare.walk import EIGEN
from pipeline.core.document.dutch import format_cijfer
from pipeline.core.earlier import published_edition
from pipeline.core.edition_store import EditieFout, edition_folder, edition_numbers, manifest_of, periods_in
from pipeline.core.errors import GebruiksFout
from pipeline.core.explain.areas import Gebied, find_area
from pipeline.core.explain.evidence import (
    Formule,
    Rijen,
    lists,
    make_lists,
    rows_behind,
    tally,
    way_back,
    worked_out,
)
from pipeline.core.explain.origin import (
    Bestand,
    Correctie,
    Stap,
    corrections_of,
    earlier_files,
    files_of,
    reference_of,
    way_of,
)
from pipeline.core.figures import Cijfer, unknown_figure
from pipeline.core.frozen import frozen_warehouse
from pipeline.core.periods import Periode
from pipeline.core.verification import compare_files

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class Deel:
    """One figure of which another is made: its id, value as printed, and name."""

    cijfer_id: str
    waarde: str
    naam: str


@dataclass(frozen=True)
class Bewijs:
    """What the figure is added up from, in words of `sql/bewijs`; `formule` and `delen`, or the list and its rows.

    `uitkomst` is what that gives now, from the sources of the edition.
    """

    uitkomst: Decimal | None
    formule: str | None
    delen: tuple[Deel, ...]
    lijst: str | None
    wat: str | None
    korrel: str | None
    waar: str | None
    telt: str | None
    kolommen: tuple[str, ...]
    rijen: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class Verklaring:
    """One figure of an edition, explained. `waarde` is what the edition says, `bewijs` what its sources give."""

    periode: str
    editie: int
    gepubliceerd: bool
    peildatum: str
    cijfer_id: str
    naam: str
    gebied: Gebied
    waarde: Decimal | None
    eenheid: str
    afgedrukt: str
    definitie: str
    bron: str
    grondslag: str
    bewijs: Bewijs
    weg: tuple[Stap, ...]
    bestanden: tuple[Bestand, ...]
    referentie: tuple[dict[str, Any], ...]
    eerder: tuple[dict[str, Any], ...]
    correcties: tuple[Correctie, ...]

    @property
    def klopt(self) -> bool:
        """Whether rows or formula give exactly the value of the edition. A figure without a value has nothing to give:
        n.v.t. says that something was not delivered, whatever rows there are.
        """
        return self.waarde is None or self.bewijs.uitkomst == self.waarde

    def as_dict(self) -> dict[str, Any]:
        """For `--json`: everything, all rows by column."""
        content = asdict(self)
        names = content["bewijs"].pop("kolommen")
        content["bewijs"]["rijen"] = [dict(zip(names, row, strict=True)) for row in self.bewijs.rijen]
        return {**content, "klopt": self.klopt}


def chosen_edition(output: Path, periode: Periode | None, nummer: int | None) -> tuple[Periode, int]:
    """The edition that is meant: of the half-year given, else the newest with an edition; the number given, else the
    published edition, else the newest.

    GebruiksFout when there is none.
    """
    if periode is None:
        if nummer is not None:
            raise GebruiksFout("noem bij --editie ook het halfjaar, bijvoorbeeld: voortgang verklaar 2016-I CIJFER")
        known = [found for found in periods_in(output) if edition_numbers(output, found)]
        if not known:
            raise GebruiksFout(f"in {output} is nog geen editie; maak er een met voortgang rapport")
        periode = max(known)
    if nummer is None:
        published = published_edition(output, periode)
        numbers = edition_numbers(output, periode)
        nummer = int(published.name) if published else max(numbers, default=1)
    edition_folder(output, periode, nummer)
    return periode, nummer


def explain_figure(
    output: Path, cijfer_id: str, *, periode: Periode | None = None, nummer: int | None = None, soort: str, naam: str
) -> Verklaring:
    """Explain a figure of an edition for the area of kind `soort` (land, provincie, arbeidsmarktregio, gemeente).

    GebruiksFout for an edition, a figure or an area that is not there, with what is close; EditieFout when a source of
    the edition, its register or its manifest was touched: what follows from it explains nothing.
    """
    periode, nummer = chosen_edition(output, periode, nummer)
    folder = edition_folder(output, periode, nummer)
    manifest = manifest_of(folder)
    _refuse_touched(output, periode, nummer, manifest)
    definities = {row["cijfer_id"]: row for row in _table(folder / "tabellen" / "definities.csv")}
    if cijfer_id not in definities:
        raise GebruiksFout(_unknown(cijfer_id, list(definities)))
    with frozen_warehouse(folder) as con:
        gebied = find_area(con, soort, naam)
        values = _values(folder, cijfer_id)
        if gebied.code not in values:
            raise GebruiksFout(_not_there(cijfer_id, gebied, list(values)))
        definitie = definities[cijfer_id]
        waarde = _rounded(values[gebied.code], definitie)
        bewijs = _proof(con, cijfer_id, gebied.code, folder, definities)
        weg = way_of(con, cijfer_id, definitie["model"])
        published = published_edition(output, periode)
        return Verklaring(
            periode=str(periode),
            editie=nummer,
            gepubliceerd=published is not None and published.name == str(nummer),
            peildatum=manifest["parameters"]["peildatum"],
            cijfer_id=cijfer_id,
            naam=definitie["naam"],
            gebied=gebied,
            waarde=waarde,
            eenheid=definitie["eenheid"],
            afgedrukt=_printed(waarde, definitie, gebied.code),
            definitie=definitie["definitie"],
            bron=definitie["bron"],
            grondslag=definitie.get("grondslag", ""),
            bewijs=bewijs,
            weg=weg,
            bestanden=files_of(con, weg, manifest),
            referentie=reference_of(weg, manifest),
            eerder=earlier_files(con, weg),
            correcties=corrections_of(con, weg, bewijs.kolommen, list(bewijs.rijen)),
        )


def _refuse_touched(output: Path, periode: Periode, nummer: int, manifest: dict[str, Any]) -> None:
    used = ("bronnen/", "cijfers.csv", "tabellen/definities.csv", "manifest.json")
    touched = [
        str(found)
        for found in compare_files(output, periode, nummer, manifest)
        if found.hard and found.naam.startswith(used)
    ]
    if touched:
        raise EditieFout(
            f"editie {nummer} van {periode} is niet meer wat zij was toen zij werd gemaakt, en verklaart zo niets: "
            f"{'; '.join(touched)}"
        )


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _values(folder: Path, cijfer_id: str) -> dict[str, str]:
    """The value of the figure in the register of the edition, per area; '' where it has none."""
    return {row["gebied"]: row["waarde"] for row in _table(folder / "cijfers.csv") if row["cijfer_id"] == cijfer_id}


def _rounded(text: str, definitie: dict[str, str]) -> Decimal | None:
    return Decimal(text).quantize(Decimal(1).scaleb(-int(definitie["decimalen"]))) if text else None


def _printed(waarde: Decimal | None, definitie: dict[str, str], gebied: str) -> str:
    return format_cijfer(
        Cijfer(definitie["cijfer_id"], gebied, waarde, definitie["eenheid"], definitie["definitie"], definitie["model"])
    )


def _unknown(cijfer_id: str, known: Sequence[str]) -> str:
    """What to say of an id that is none; ids that start with EIGEN are named to who asks for one alone."""
    if not cijfer_id.strip().casefold().startswith(EIGEN):
        known = [name for name in known if not name.startswith(EIGEN)]
    said = unknown_figure(cijfer_id, known)
    return f"{said}{'' if said.endswith('?') else '.'} De namen staan in tabellen/definities.csv"


def _not_there(cijfer_id: str, gebied: Gebied, areas: Sequence[str]) -> str:
    where = (
        "alleen voor heel Nederland; laat het gebied weg" if areas == ["NL"] else f"voor {len(areas)} andere gebieden"
    )
    return f"cijfer {cijfer_id} is er niet voor {gebied.naam} ({gebied.code}), wel {where}"


def _proof(
    con: "duckdb.DuckDBPyConnection", cijfer_id: str, gebied: str, folder: Path, definities: dict[str, dict[str, str]]
) -> Bewijs:
    way = way_back(cijfer_id)
    if isinstance(way, Formule):
        return _by_formula(con, way, gebied, folder, definities)
    return _by_rows(con, way, gebied)


def _by_formula(
    con: "duckdb.DuckDBPyConnection",
    formule: Formule,
    gebied: str,
    folder: Path,
    definities: dict[str, dict[str, str]],
) -> Bewijs:
    delen = []
    for part in formule.cijfers:
        definitie = definities[part]
        text = _values(folder, part).get(gebied, "")
        delen.append(Deel(part, _printed(_rounded(text, definitie), definitie, gebied), definitie["naam"]))
    return Bewijs(
        uitkomst=worked_out(con, formule, gebied)[gebied],
        formule=formule.tekst.replace("[", "").replace("]", ""),
        delen=tuple(delen),
        lijst=None,
        wat=None,
        korrel=None,
        waar=None,
        telt=None,
        kolommen=(),
        rijen=(),
    )


def _by_rows(con: "duckdb.DuckDBPyConnection", rijen: Rijen, gebied: str) -> Bewijs:
    make_lists(con, rijen.lijst)
    header = lists()[rijen.lijst].header
    columns, rows = rows_behind(con, rijen, gebied)
    return Bewijs(
        uitkomst=tally(con, rijen, gebied)[gebied].waarde,
        formule=None,
        delen=(),
        lijst=rijen.lijst,
        wat=header["what"],
        korrel=header["grain"],
        waar=rijen.waar or None,
        telt=rijen.telt,
        kolommen=columns,
        rijen=tuple(rows),
    )
