"""Two editions beside each other, whichever they are.

Belongs here: which editions are meant, whether they are still what they were, and reading the outcome. Not here: the
walk within a half-year (walk.py), two half-years (halfyears.py).
"""

# Names of tables are fixed; values are parameters.
# ruff: noqa: S608

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.core.compare import halfyears
from pipeline.core.compare.outcome import OORZAKEN, VERLOOP, Gebied, Kant, Vergelijking, Verschil
from pipeline.core.compare.walk import WAARDEN, Wandeling, read_figures, scratch, walk
from pipeline.core.earlier import published_edition
from pipeline.core.edition_store import edition_folder, edition_numbers, manifest_of
from pipeline.core.errors import ControleFout, GebruiksFout
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
_NEAR = 3


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


def compare_editions(output: Path, old: Editieverwijzing, new: Editieverwijzing) -> Vergelijking:
    """Every figure of two editions that differs, and what made it differ; nothing is written.

    GebruiksFout when an edition does not exist or two half-years stand in the wrong order; AangetastFout when a file of
    one was touched since it was made; VergelijkFout when it has no figures.
    """
    if new.periode < old.periode:
        raise GebruiksFout(f"noem het oudste halfjaar eerst: voortgang vergelijk {new.periode} {old.periode}")
    one, other = (_found(output, reference) for reference in (old, new))
    compare = compare_folders if old.periode == new.periode else _other_half_year
    return compare(
        edition_folder(output, old.periode, one.editie), edition_folder(output, new.periode, other.editie), one, other
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


def compare_folders(old: Path, new: Path, one: Kant, other: Kant) -> Vergelijking:
    """Two editions of the same half-year by their folders."""
    with scratch(old, new) as con:
        found = walk(con, old, new)
        read_figures(con, WAARDEN, new / "cijfers.csv")
        stamp_input(con, WAARDEN)
        _build(con, "report.herzieningen")
        both = "herziening.stappen full join report.waarden using (cijfer_id, gebied)"
        total = _count(con, both)
        rest = _count(con, f"{both} where slot is distinct from waarde")
        rows = con.execute(f"select {_columns(OORZAKEN)} from report.herzieningen").fetchall()
        areas = _areas(con)
        definitions = _definitions(con, old, new)
        differences = _differences(rows, OORZAKEN, areas, definitions)
    return Vergelijking(
        one,
        other,
        True,
        differences,
        total - len(differences),
        tuple(areas.values()),
        found.rijen,
        _remarks(found, rest),
        zeker=not rest,
        cijfers=tuple(definitions),
    )


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
            f"Uit de bronnen van de nieuwe editie maakt het programma nu {rest} andere cijfers dan erin staan; dat "
            "deel staat onder definitie of code."
        )
    return tuple(said)


def _other_half_year(old: Path, new: Path, one: Kant, other: Kant) -> Vergelijking:
    with scratch(old, new) as con:
        for name, path in frozen_files(new).items():
            if not name.startswith("herziening."):
                read_frozen(con, name, path)
        total = halfyears.compare(con, old, new, one.periode)
        rows = con.execute(f"select {_columns(VERLOOP)} from halfjaar.verschillen").fetchall()
        areas = _areas(con)
        definitions = _definitions(con, old, new)
        differences = _differences(rows, VERLOOP, areas, definitions)
    remarks = [
        f"{other.periode} is een ander halfjaar dan {one.periode}: een verschil is verloop en geen herziening. "
        "Definitie, eerdere edities, correcties en nagekomen zijn als oorzaak niet van toepassing (n.v.t.).",
    ]
    then, now = (manifest_of(folder).get("sql", {}) for folder in (old, new))
    if others := sum(then.get(name) != now.get(name) for name in then.keys() | now.keys()):
        remarks.append(
            f"De edities zijn met andere SQL gemaakt ({others} bestanden verschillen); een cijfer kan daarom anders "
            "zijn gedefinieerd."
        )
    return Vergelijking(
        one,
        other,
        False,
        differences,
        total - len(differences),
        tuple(areas.values()),
        (),
        tuple(remarks),
        zeker=True,
        cijfers=tuple(definitions),
    )


def _columns(causes: Iterable[str]) -> str:
    return f"cijfer_id, gebied, oud, nieuw, verschil, oorzaken, {', '.join(causes)}"


def _count(con: "duckdb.DuckDBPyConnection", rows: str) -> int:
    return int(con.execute(f"select count(*) from {rows}").fetchall()[0][0])


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
    """The rows as they are told: by area in the order of the report, then by figure."""
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
    return tuple(sorted(found, key=lambda one: (areas[one.gebied].volgorde, one.cijfer_id)))


def area_named(areas: Iterable[Gebied], text: str) -> Gebied:
    """The area with this name or code, whatever its capitals; GebruiksFout names near ones, or all of that name."""
    wanted = text.strip().casefold()
    all_areas = tuple(areas)
    found = [area for area in all_areas if wanted in (area.naam.casefold(), area.code.casefold())]
    if len(found) == 1:
        return found[0]
    if found:
        raise GebruiksFout(f"{text!r} kan {' of '.join(area.code for area in found)} zijn; geef de code")
    near = difflib.get_close_matches(text, [area.naam for area in all_areas], n=_NEAR)
    hint = f"; bedoelde u {', '.join(near)}?" if near else ""
    raise GebruiksFout(f"gebied {text!r} bestaat niet{hint}")


def refuse_unknown_figure(outcome: Vergelijking, cijfer_id: str) -> None:
    """GebruiksFout, with near ids, when neither of the two editions has a figure of this name."""
    if cijfer_id not in outcome.cijfers:
        raise GebruiksFout(unknown_figure(cijfer_id, outcome.cijfers))
