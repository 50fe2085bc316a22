"""The cells of a warehouse with their exact values, and every relation between them.

Belongs here: gathering. A cell is a name and an area. Sums over areas come from metrics.gebied_gemeente, sums over
classes from the declaration; a relation that the exact values do not meet is a wrong declaration and stops the run.
"""

# Names of tables and columns come from the declaration that ships with the code.
# ruff: noqa: S608

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from pipeline.core.disclosure.declaration import GEMEENTE, LAND, PROVINCIE, AfrondFout, Regel, bronnen, regels

if TYPE_CHECKING:
    import duckdb

Cel = tuple[str, str]
"""Name and area."""


@dataclass(frozen=True)
class Verband:
    """`geheel` equals the signed sum of `delen` (`som`), or is at least their sum."""

    geheel: Cel
    delen: tuple[tuple[int, Cel], ...]
    som: bool = True

    @property
    def cellen(self) -> tuple[Cel, ...]:
        """Every cell in it, the whole first."""
        return (self.geheel, *(cel for _, cel in self.delen))


@dataclass
class Tabel:
    """Exact whole numbers by cell, their relations, per cell how fine it is (0: never dropped), and the cells of which
    the exact value is public.
    """

    waarden: dict[Cel, int] = field(default_factory=dict)
    verbanden: list[Verband] = field(default_factory=list)
    verfijning: dict[Cel, int] = field(default_factory=dict)
    openbaar: set[Cel] = field(default_factory=set)


def gather(con: "duckdb.DuckDBPyConnection") -> Tabel:
    """All cells of the warehouse and their relations; AfrondFout when a count is given twice with two values, or a
    declared relation does not hold.
    """
    tabel = Tabel()
    additive: set[str] = set()
    for bron in bronnen():
        for kolom in bron.kolommen:
            rows = con.execute(
                f"select {bron.cel_van(kolom)}, {bron.gebied}, {kolom} from {bron.tabel} "
                f"where ({bron.waar}) and {kolom} is not null order by 1, 2"
            ).fetchall()
            for name, gebied, value in rows:
                cel, exact = (name, gebied), int(value)
                if tabel.waarden.setdefault(cel, exact) != exact:
                    raise AfrondFout(
                        f"{name} van {gebied} is in de ene tabel {tabel.waarden[cel]}, in {bron.tabel} {exact}"
                    )
                tabel.verfijning[cel] = min(bron.verfijning, tabel.verfijning.get(cel, bron.verfijning))
                if bron.optelbaar:
                    additive.add(name)
    areas = con.execute("select gebied, gemeentecode from metrics.gebied_gemeente order by all").fetchall()
    add_areas(tabel, additive, areas)
    add_rules(tabel, regels())
    return tabel


def add_areas(tabel: Tabel, additive: Iterable[str], areas: Iterable[tuple[str, str]]) -> None:
    """The sums over areas of the cells named in `additive`; totals that stand in no table are added as cells.

    `areas`: pairs of an area and a municipality in it. The country is the sum of its provinces, a province and a region
    that of their municipalities; where there are no municipalities, provinces add up alone.
    """
    members: dict[str, list[str]] = defaultdict(list)
    for gebied, gemeente in areas:
        members[gebied].append(gemeente)
    provincies = sorted(gebied for gebied in members if gebied.startswith(PROVINCIE))
    for name in sorted(additive):
        for gebied in sorted(members):
            if not gebied.startswith(GEMEENTE) and gebied != LAND:
                _add_sum(tabel, (name, gebied), [(name, gemeente) for gemeente in sorted(members[gebied])])
        _add_sum(tabel, (name, LAND), [(name, gebied) for gebied in provincies])


def _add_sum(tabel: Tabel, geheel: Cel, delen: list[Cel]) -> None:
    present = [cel for cel in delen if cel in tabel.waarden]
    if present:
        _add(tabel, Verband(geheel, tuple((1, cel) for cel in present)))


def add_rules(tabel: Tabel, rules: Iterable[Regel]) -> None:
    """The declared relations between cells, in every area that has the whole or its parts."""
    names: dict[str, list[str]] = defaultdict(list)
    for name, gebied in sorted(tabel.waarden):
        names[gebied].append(name)
    for regel in rules:
        for gebied in sorted(names):
            for geheel, delen in _fitting(regel, names[gebied]):
                present = tuple((sign, (name, gebied)) for sign, name in delen if (name, gebied) in tabel.waarden)
                known = (geheel, gebied) in tabel.waarden
                if not present or (not known and len(present) < len(delen)) or (not regel.som and not known):
                    continue
                if regel.som:
                    _add(tabel, Verband((geheel, gebied), present))
                    if regel.soort == "openbaar":
                        tabel.openbaar.add((geheel, gebied))
                    if not known:
                        names[gebied].append(geheel)
                    continue
                for one in present:
                    _add(tabel, Verband((geheel, gebied), (one,), som=False))


def _fitting(regel: Regel, names: list[str]) -> list[tuple[str, tuple[tuple[int, str], ...]]]:
    """The whole and its parts by name, for every class that the whole stands for."""
    if "*" not in regel.geheel:
        delen = tuple((sign, name) for sign, pattern in regel.delen for name in _all(pattern, names))
        return [(regel.geheel, delen)]
    patterns = (regel.geheel, *(pattern for _, pattern in regel.delen))
    classes = sorted({klasse for pattern in patterns for klasse in _classes(pattern, names)})
    return [
        (
            regel.geheel.replace("*", klasse),
            tuple((sign, pattern.replace("*", klasse)) for sign, pattern in regel.delen),
        )
        for klasse in classes
    ]


def _all(pattern: str, names: list[str]) -> list[str]:
    return [name for name in names if fnmatchcase(name, pattern)] if "*" in pattern else [pattern]


def _classes(pattern: str, names: list[str]) -> set[str]:
    before, _, after = pattern.partition("*")
    return {
        name[len(before) : len(name) - len(after)]
        for name in names
        if name.startswith(before) and name.endswith(after) and len(name) > len(before) + len(after)
    }


def _add(tabel: Tabel, verband: Verband) -> None:
    """Add a relation after proof on the exact values; a whole that stands in no table becomes a cell."""
    total = sum(sign * tabel.waarden[cel] for sign, cel in verband.delen)
    exact = tabel.waarden.setdefault(verband.geheel, total)
    tabel.verfijning.setdefault(verband.geheel, 0)
    if (exact != total) if verband.som else (exact < total):
        parts = " en ".join(name for _, (name, _) in verband.delen)
        raise AfrondFout(
            f"{verband.geheel[0]} van {verband.geheel[1]} is {exact}, maar {parts} zijn samen {total}; verbeter "
            "sql/openbaar/sommen.csv"
        )
    tabel.verbanden.append(verband)
