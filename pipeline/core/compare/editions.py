"""Two editions beside each other, whichever they are.

Belongs here: which editions are meant, whether they are still what they were, and reading the outcome. Not here: the
walk within a half-year (walk.py), two half-years (halfyears.py).
"""

# Names of tables are fixed; values are parameters.
# ruff: noqa: S608

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.core.compare import halfyears
from pipeline.core.compare.findings import lacking_later
from pipeline.core.compare.outcome import OORZAKEN, VERLOOP, Gebied, Kant, Vergelijking, Verschil
from pipeline.core.compare.sources import count
from pipeline.core.compare.walk import EIGEN, HEEL, WAARDEN, Wandeling, read_figures, scratch, walk
from pipeline.core.document.dutch import format_getal
from pipeline.core.earlier import make_earlier_tables, published_edition
from pipeline.core.edition_store import edition_folder, edition_numbers, manifest_of
from pipeline.core.errors import ControleFout, GebruiksFout
from pipeline.core.explain.areas import Gebied as Plaats
from pipeline.core.explain.areas import find_area
from pipeline.core.figures import unknown_figure
from pipeline.core.frozen import frozen_files, read_frozen
from pipeline.core.intake.sqltext import file_literal
from pipeline.core.periods import Periode
from pipeline.core.sqlfiles import load_models, models_for
from pipeline.core.verification import compare_files
from pipeline.core.warehouse import build_stale, build_table, stamp_input

if TYPE_CHECKING:
    import duckdb

_REFERENCE = re.compile(r"(?P<periode>[^@]+)(?:@(?P<editie>[1-9]\d*))?")
_BY_ROWS = {"correcties", "nagekomen"}


class AangetastFout(ControleFout):
    """An edition is not what it was when it was made; comparing it would say something untrue (exit code 2)."""


@dataclass(frozen=True)
class Editieverwijzing:
    """An edition as a user names it: `2016-I@2`, or `2016-I` for the published one, else the newest."""

    periode: Periode
    nummer: int | None

    @classmethod
    def parse(cls, text: str) -> "Editieverwijzing":
        """GebruiksFout for another spelling."""
        match = _REFERENCE.fullmatch(text.strip())
        if match is None:
            raise GebruiksFout(f"{text!r} is geen editie; schrijf 2016-I@2, of 2016-I voor de gepubliceerde")
        return cls(Periode.parse(match["periode"]), int(match["editie"]) if match["editie"] else None)


@dataclass(frozen=True)
class Gebiedswens:
    """The area that a user asks for: name or code, and its kind (gemeente, provincie, arbeidsmarktregio; None: any)."""

    naam: str
    soort: str | None = None


def compare_editions(
    output: Path, old: Editieverwijzing, new: Editieverwijzing, wens: Gebiedswens | None = None
) -> Vergelijking:
    """Every figure of two editions that differs, and what made it differ; nothing is written.

    `wens` becomes the code `gekozen`. GebruiksFout when an edition or area does not exist or two half-years stand in
    the wrong order; AangetastFout when a file of one was touched since it was made; VergelijkFout when it has no
    figures.
    """
    if new.periode < old.periode:
        raise GebruiksFout(f"noem het oudste halfjaar eerst: voortgang vergelijk {new.periode} {old.periode}")
    one, other = (_found(output, reference) for reference in (old, new))
    compare = compare_folders if old.periode == new.periode else _other_half_year
    return compare(
        edition_folder(output, old.periode, one.editie),
        edition_folder(output, new.periode, other.editie),
        one,
        other,
        wens,
    )


def _found(output: Path, reference: Editieverwijzing) -> Kant:
    published = published_edition(output, reference.periode)
    counts = int(published.name) if published is not None else None
    numbers = edition_numbers(output, reference.periode)
    if not numbers:
        raise GebruiksFout(f"van {reference.periode} is er nog geen editie in {output}")
    number = reference.nummer or counts or max(numbers)
    folder = edition_folder(output, reference.periode, number)
    touched = [
        str(found) for found in compare_files(output, reference.periode, number, manifest_of(folder)) if found.hard
    ]
    if touched:
        raise AangetastFout(
            f"editie {number} van {reference.periode} is niet meer wat zij was toen zij werd gemaakt en wordt niet "
            "vergeleken:",
            tuple(f"- {line}" for line in touched),
        )
    return Kant(str(reference.periode), number, number == counts)


def compare_folders(old: Path, new: Path, one: Kant, other: Kant, wens: Gebiedswens | None = None) -> Vergelijking:
    """Two editions of the same half-year by their folders."""
    with scratch(old, new) as con:
        found = walk(con, old, new)
        read_figures(con, WAARDEN, new / "cijfers.csv")
        stamp_input(con, WAARDEN)
        _build(con, "report.herzieningen")
        rest = count(con, f"{HEEL} as heel full join {WAARDEN} as nu using (cijfer_id, gebied) where {_DIFFERS}")
        rows = con.execute(f"select {_columns(OORZAKEN)} from report.herzieningen").fetchall()
        told = _told(con, old, new, f"herziening.stappen full join {WAARDEN} using (cijfer_id, gebied)", rows, OORZAKEN)
        chosen = _chosen(con, told, wens)
    unsure = any(not one.zeker for one in found.bevindingen)
    return Vergelijking(
        one,
        other,
        True,
        told.verschillen,
        told.gebieden,
        found.rijen,
        _remarks(found, rest),
        zeker=not rest and not (unsure and any(_BY_ROWS & set(difference.oorzaken) for difference in told.verschillen)),
        cijfers=told.cijfers,
        gekozen=chosen,
    )


_DIFFERS = "heel.waarde is distinct from nu.waarde"


def _remarks(found: Wandeling, rest: int) -> tuple[str, ...]:
    said = []
    if found.alleen_register:
        said.append(
            "Van het programma verschilt alleen de meegeleverde lijst van gemeenten en herindelingen; wat dat doet, "
            "staat onder herindeling."
        )
    if found.anders_gelezen:
        said.append(
            "De geleverde bestanden zijn dezelfde, maar anders gelezen; dat verschil staat onder definitie of code."
        )
    if rest:
        said.append(
            f"Uit de bronnen van de nieuwe editie maakt het programma nu {format_getal(rest)} andere cijfers dan erin "
            "staan; dat deel staat onder definitie of code."
        )
    return (*said, *(one.zin for one in found.bevindingen))


def _other_half_year(old: Path, new: Path, one: Kant, other: Kant, wens: Gebiedswens | None = None) -> Vergelijking:
    with scratch(old, new) as con:
        for name, path in frozen_files(new).items():
            if not name.startswith("herziening."):
                read_frozen(con, name, path)
        make_earlier_tables(con)
        halfyears.compare(con, old, new, one.periode)
        gone = halfyears.lacking_extracts(con, old)
        rows = con.execute(f"select {_columns(VERLOOP)} from halfjaar.verschillen").fetchall()
        both = "halfjaar.oud full join halfjaar.nieuw using (cijfer_id, gebied)"
        told = _told(con, old, new, both, rows, VERLOOP)
        chosen = _chosen(con, told, wens)
    remarks = [
        f"{other.periode} is een ander halfjaar dan {one.periode}: een verschil is verloop en geen herziening. "
        "Definitie, eerdere edities, correcties en nagekomen zijn als oorzaak niet van toepassing (n.v.t.).",
    ]
    then, now = (manifest_of(folder).get("sql", {}) for folder in (old, new))
    if others := sum(then.get(name) != now.get(name) for name in then.keys() | now.keys()):
        remarks.append(
            f"De edities zijn met andere SQL gemaakt (bestanden die verschillen: {format_getal(others)}); een cijfer "
            "kan daarom anders zijn gedefinieerd."
        )
    if gone:
        remarks.append(lacking_later(gone).zin)
    lost = any(difference.oud is not None and difference.nieuw is None for difference in told.verschillen)
    return Vergelijking(
        one,
        other,
        False,
        told.verschillen,
        told.gebieden,
        (),
        tuple(remarks),
        zeker=not (gone and lost),
        cijfers=told.cijfers,
        gekozen=chosen,
    )


@dataclass(frozen=True)
class _Verteld:
    """What two editions say, with names: the differences, the areas, and every figure in every area."""

    verschillen: tuple[Verschil, ...]
    gebieden: tuple[Gebied, ...]
    cijfers: frozenset[tuple[str, str]]


def _told(
    con: "duckdb.DuckDBPyConnection",
    old: Path,
    new: Path,
    both: str,
    rows: list[tuple[Any, ...]],
    causes: Iterable[str],
) -> _Verteld:
    areas = _areas(con)
    figures = con.execute(f"select cijfer_id, gebied from {both}").fetchall()
    return _Verteld(
        _differences(rows, causes, areas, _definitions(con, old, new)), tuple(areas.values()), frozenset(figures)
    )


def _chosen(con: "duckdb.DuckDBPyConnection", told: _Verteld, wens: Gebiedswens | None) -> str | None:
    """Code of the area that is asked for: one of the new edition, or a municipality of before."""
    if wens is None:
        return None
    municipalities = [Plaats(one.code, "gemeente", one.naam) for one in told.gebieden if one.code.startswith("GM")]
    return find_area(con, wens.soort, wens.naam, vroeger=municipalities).code


def _columns(causes: Iterable[str]) -> str:
    return f"cijfer_id, gebied, oud, nieuw, verschil, oorzaken, {', '.join(causes)}"


def _build(con: "duckdb.DuckDBPyConnection", name: str) -> None:
    """Make one table; what it reads is there."""
    (model,) = (model for model in load_models() if model.name == name)
    build_table(con, model)


def _areas(con: "duckdb.DuckDBPyConnection") -> dict[str, Gebied]:
    """The areas of the new edition in the order of the report, and after them the municipalities of before."""
    build_stale(con, models_for("report.gebieden", "staging.gemeentenamen"))
    rows = con.execute(
        """
        select gebied, naam, volgorde from report.gebieden
        union all
        select gemeentecode, gemeente, 1000000 + row_number() over (order by gemeentecode)
        from staging.gemeentenamen
        where gemeentecode not in (select gebied from report.gebieden)
        order by volgorde
        """
    ).fetchall()
    return {row[0]: Gebied(*row) for row in rows}


def _definitions(con: "duckdb.DuckDBPyConnection", old: Path, new: Path) -> dict[str, tuple[str, str, int]]:
    """Name, unit and decimals of every figure; as the new edition says, else the old one."""
    found: dict[str, tuple[str, str, int]] = {}
    for edition in (old, new):
        path = edition / "tabellen" / "definities.csv"
        rows = con.execute(
            f"""
            select cijfer_id, naam, eenheid, decimalen::integer
            from read_csv(
                {file_literal(path)}, header = true, all_varchar = true, delim = ',', quote = '"', escape = '"'
            )
            """
        ).fetchall()
        found.update({row[0]: row[1:] for row in rows})
    return found


def _differences(
    rows: list[tuple[Any, ...]],
    causes: Iterable[str],
    areas: Mapping[str, Gebied],
    definitions: Mapping[str, tuple[str, str, int]],
) -> tuple[Verschil, ...]:
    """The rows as they are told: by area in the order of the report, the key figures of it first, then by figure."""
    found = [
        Verschil(
            cijfer_id,
            *definitions[cijfer_id],
            area,
            areas[area].naam,
            old,
            new,
            difference,
            dict(zip(causes, parts, strict=True)),
            tuple(touched.split(", ")),
        )
        for cijfer_id, area, old, new, difference, touched, *parts in rows
    ]

    def place(one: Verschil) -> tuple[int, bool, str]:
        # Of a key figure the report itself says what was revised.
        key = f"{EIGEN}{one.cijfer_id.replace('.', '_')}_verschil" in definitions
        return areas[one.gebied].volgorde, not key, one.cijfer_id

    return tuple(sorted(found, key=place))


def refuse_unknown_figure(outcome: Vergelijking, cijfer_id: str) -> None:
    """GebruiksFout, with near ids, when neither of the two editions has a figure of this name to compare."""
    known = {one for one, _ in outcome.cijfers}
    if cijfer_id not in known:
        raise GebruiksFout(unknown_figure(cijfer_id, sorted(known)))
