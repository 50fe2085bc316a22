"""Controlled rounding to base 5: every cell to one of its two adjacent multiples, every sum exact on the rounded
values.

Belongs here: the mixed-integer program. A cell that is a multiple stays what it is, so the error is 4 at most; among
all roundings that keep the relations, one of the least total deviation is taken. One thread and no clock: the same
cells give the same rounding. What was found is kept with the edition, since another solver could find another one as
good.

Source: Cox, controlled rounding (1987); DESIGN.md, Disclosure.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.core.disclosure.cells import Cel, Tabel, Verband
from pipeline.core.disclosure.declaration import GEMEENTE, LAND, PROVINCIE, AfrondFout
from pipeline.core.disclosure.insider import betrayed

if TYPE_CHECKING:
    import highspy

BASIS = 5
_ATTEMPTS = 8
# From so many municipalities on a municipality is not tried against all sums together.
_MANY = 30
# Of a hard group the best rounding after so many steps of the solver; counted, since a clock would give other ones.
_NODES = 2000
# Roundings to avoid: cells that may not all be rounded as they were, up (True) or down.
Verboden = list[tuple[tuple[Cel, bool], ...]]


@dataclass(frozen=True)
class Afgerond:
    """The rounded value of each cell, and the cells that were dropped since no rounding exists with them."""

    waarden: dict[Cel, int]
    vervallen: tuple[Cel, ...] = ()


def round_cells(tabel: Tabel) -> Afgerond:
    """Round all cells, each group of cells that hang together on its own.

    Where a group has no solution its finest cells are dropped and it is tried again, last of all those of the areas
    below the province; AfrondFout when there is nothing left to drop.
    """
    rounded: dict[Cel, int] = {}
    dropped: list[Cel] = []
    for cellen, verbanden in groups(tabel.waarden, tabel.verbanden):
        kept, rules = cellen, verbanden
        while (found := _safe(kept, rules, tabel.waarden)) is None:
            fine = {cel: _fineness(cel, tabel) for cel in kept}
            finest = max(fine.values())
            if finest == 0:
                names = ", ".join(sorted({name for name, _ in kept})[:5])
                raise AfrondFout(f"er is geen afronding op vijftallen waarin alle sommen kloppen, voor {names}")
            dropped += [cel for cel in kept if fine[cel] == finest]
            kept = [cel for cel in kept if fine[cel] < finest]
            rules = [rule for rule in rules if all(fine[cel] < finest for cel in rule.cellen)]
        _prove(found, rules, tabel.waarden)
        rounded |= found
    return Afgerond(rounded, tuple(sorted(dropped)))


def _fineness(cel: Cel, tabel: Tabel) -> float:
    """Which cells go first: those of two class dimensions at once, and after those the areas below the province."""
    area = cel[1]
    return tabel.verfijning[cel] or (0.0 if area == LAND or area.startswith(PROVINCIE) else 1.0)


def _prove(found: dict[Cel, int], verbanden: Iterable[Verband], exact: dict[Cel, int]) -> None:
    """What the solver gave is judged by the definition, not by its word."""
    wrong = [cel for cel, value in found.items() if value % BASIS or abs(value - exact[cel]) >= BASIS]
    for verband in verbanden:
        total = sum(sign * found[cel] for sign, cel in verband.delen)
        if (found[verband.geheel] != total) if verband.som else (found[verband.geheel] < total):
            wrong.append(verband.geheel)
    if wrong:
        raise AfrondFout(f"de gevonden afronding klopt niet bij {wrong[0][0]} van {wrong[0][1]}")


def groups(cellen: Iterable[Cel], verbanden: Iterable[Verband]) -> list[tuple[list[Cel], list[Verband]]]:
    """The cells divided into those that a chain of relations ties together, with these relations; in fixed order."""
    parent = {cel: cel for cel in cellen}

    def root(cel: Cel) -> Cel:
        while parent[cel] != cel:
            parent[cel] = parent[parent[cel]]
            cel = parent[cel]
        return cel

    verbanden = list(verbanden)
    for verband in verbanden:
        for cel in verband.cellen[1:]:
            parent[root(cel)] = root(verband.geheel)
    tied: dict[Cel, list[Cel]] = defaultdict(list)
    for cel in sorted(parent):
        tied[root(cel)].append(cel)
    rules: dict[Cel, list[Verband]] = defaultdict(list)
    for verband in verbanden:
        rules[root(verband.geheel)].append(verband)
    return [(cels, rules[top]) for top, cels in tied.items()]


def _safe(cellen: list[Cel], verbanden: list[Verband], exact: dict[Cel, int]) -> dict[Cel, int] | None:
    """The rounding of least total deviation of those from which no municipality can tell its neighbours by its own row;
    None when there is none.
    """
    avoid: Verboden = []
    for _ in range(_ATTEMPTS):
        found = _solve(cellen, verbanden, exact, avoid)
        if found is None:
            return None
        told: list[tuple[Cel, ...]] = [*betrayed(found, verbanden, exact)] or _told_to_few(found, verbanden, exact)
        if not told:
            return found
        avoid += [tuple((cel, found[cel] > exact[cel]) for cel in cels if exact[cel] % BASIS) for cels in told]
        if not all(avoid):
            return None
    return None


def _told_to_few(found: dict[Cel, int], verbanden: list[Verband], exact: dict[Cel, int]) -> list[tuple[Cel, ...]]:
    """Of a group of few municipalities: per cell that one of them can bound by all sums together, the cells that hang
    on it. Among many no such cell was ever found, and looking costs seconds for each.
    """
    from pipeline.core.disclosure.bounds import exposed

    insiders = sorted({gebied for _, gebied in found if gebied.startswith(GEMEENTE)})
    if len(insiders) >= _MANY:
        return []
    told = {
        cel
        for insider in insiders
        for cel in exposed(found, verbanden, known={cel: exact[cel] for cel in found if cel[1] == insider})
    }
    return [
        tuple(sorted({near for verband in verbanden if cel in verband.cellen for near in verband.cellen}))
        for cel in sorted(told)
    ]


def _solve(
    cellen: list[Cel], verbanden: list[Verband], exact: dict[Cel, int], avoid: Verboden
) -> dict[Cel, int] | None:
    """The rounding of least total deviation that is not to be avoided; None when there is none."""
    import highspy

    base = {cel: exact[cel] // BASIS for cel in cellen}
    model = _quiet(highspy.Highs())  # type: ignore[no-untyped-call]
    free = [cel for cel in cellen if exact[cel] % BASIS]
    column = {cel: number for number, cel in enumerate(free)}
    for cel in free:
        # Up costs 5 - rest, down costs rest.
        model.addVar(0.0, 1.0)
        model.changeColCost(column[cel], float(BASIS - 2 * (exact[cel] % BASIS)))
        model.changeColIntegrality(column[cel], highspy.HighsVarType.kInteger)
    for verband in verbanden:
        if not _add_row(model, verband, base, column):
            return None
    for cells in avoid:
        up = [cel for cel, went in cells if went]
        model.addRow(
            -highspy.kHighsInf,
            float(len(up) - 1),
            len(cells),
            [column[cel] for cel, _ in cells],
            [1.0 if went else -1.0 for _, went in cells],
        )
    if free:
        model.run()
        if model.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return None
    solution = model.getSolution().col_value if free else []
    return {cel: BASIS * (base[cel] + (round(solution[column[cel]]) if cel in column else 0)) for cel in cellen}


def _add_row(model: "highspy.Highs", verband: Verband, base: dict[Cel, int], column: dict[Cel, int]) -> bool:
    """One relation as a row of the program; False when it fails whatever is rounded."""
    import highspy

    terms: dict[int, float] = defaultdict(float)
    if verband.geheel in column:
        terms[column[verband.geheel]] -= 1.0
    for sign, cel in verband.delen:
        if cel in column:
            terms[column[cel]] += sign
    bound = float(base[verband.geheel] - sum(sign * base[cel] for sign, cel in verband.delen))
    if not terms:
        return (bound == 0) if verband.som else (bound >= 0)
    model.addRow(bound if verband.som else -highspy.kHighsInf, bound, len(terms), list(terms), list(terms.values()))
    return True


def _quiet(model: "highspy.Highs") -> "highspy.Highs":
    options = {"output_flag": False, "threads": 1, "random_seed": 0, "mip_rel_gap": 1e-4, "mip_max_nodes": _NODES}
    for option, value in options.items():
        model.setOptionValue(option, value)
    return model
