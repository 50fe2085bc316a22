"""The attack: how closely the published numbers bound the exact value of each protected cell.

Belongs here: linear programming over what a reader knows. From outside that is: every published multiple is at most 4
off, counts are not below zero, and the exact values keep the same sums. An insider knows some cells exactly, such as a
municipality its own row. Who kept the previous edition and knows that a cell is the same knows both its multiples.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from pipeline.core.disclosure.cells import Cel, Verband
from pipeline.core.disclosure.rounding import BASIS, groups

if TYPE_CHECKING:
    pass

ENOUGH = 3
"""What the upper bound of a cell must at least be above its lower bound."""
_TOLERANCE = 1e-6


def exposed(
    published: Mapping[Cel, int],
    verbanden: Sequence[Verband],
    *,
    known: Mapping[Cel, int] | None = None,
    earlier: Mapping[Cel, int] | None = None,
    protected: Collection[Cel] | None = None,
) -> dict[Cel, tuple[float, float]]:
    """The cells that can be bounded closer than `ENOUGH`, with their bounds; none when the publication is safe.

    `known`: cells that the attacker knows exactly; they are not attacked. `earlier`: multiples that an earlier edition
    gave of cells that did not change. `protected`: the cells to attack, all when left out. ValueError when nothing at
    all meets what is published: then it is no rounding of one table.
    """
    known, earlier = known or {}, earlier or {}
    found: dict[Cel, tuple[float, float]] = {}
    for cellen, rules in groups(published, [v for v in verbanden if all(cel in published for cel in v.cellen)]):
        goals = [cel for cel in cellen if cel not in known and (protected is None or cel in protected)]
        if goals:
            found |= _Attack(cellen, rules, published, known, earlier).exposed(goals)
    return found


class _Attack:
    """The polytope of all tables that the attacker holds possible, of one group of cells that hang together."""

    def __init__(
        self,
        cellen: Sequence[Cel],
        verbanden: Sequence[Verband],
        published: Mapping[Cel, int],
        known: Mapping[Cel, int],
        earlier: Mapping[Cel, int],
    ) -> None:
        import highspy

        self._cellen = list(cellen)
        self._column = {cel: number for number, cel in enumerate(self._cellen)}
        self._model = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, value in (("output_flag", False), ("threads", 1), ("random_seed", 0)):
            self._model.setOptionValue(option, value)
        for cel in self._cellen:
            self._model.addVar(*_interval(cel, published, known, earlier))
        for verband in verbanden:
            terms = [(self._column[verband.geheel], -1.0)]
            terms += [(self._column[cel], float(sign)) for sign, cel in verband.delen]
            below = 0.0 if verband.som else -highspy.kHighsInf
            self._model.addRow(below, 0.0, len(terms), [c for c, _ in terms], [value for _, value in terms])
        self._low = [float("inf")] * len(self._cellen)
        self._high = [float("-inf")] * len(self._cellen)

    def exposed(self, goals: Sequence[Cel]) -> dict[Cel, tuple[float, float]]:
        """The goals whose bounds are too close.

        One table far away clears every cell that moved far enough in it, so all open cells are pushed at once first;
        what stays open is bounded on its own.
        """
        open_ = goals
        while open_:
            before = len(open_)
            for direction in (1.0, -1.0):
                self._push([self._column[cel] for cel in open_], direction)
            open_ = [cel for cel in open_ if not self._wide(cel)]
            if len(open_) > before * 0.9:
                break
        found = {}
        for cel in open_:
            for direction in (1.0, -1.0):
                if not self._wide(cel):
                    self._push([self._column[cel]], direction)
            if not self._wide(cel):
                found[cel] = (self._low[self._column[cel]], self._high[self._column[cel]])
        return found

    def _wide(self, cel: Cel) -> bool:
        number = self._column[cel]
        return self._high[number] - self._low[number] >= ENOUGH - _TOLERANCE

    def _push(self, columns: Sequence[int], direction: float) -> None:
        """Find the possible table in which these cells are farthest, and note where every cell stands in it."""
        import highspy

        model = self._model
        for column in columns:
            model.changeColCost(column, -direction)
        model.run()
        if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise ValueError("no table meets what is published")
        for column in columns:
            model.changeColCost(column, 0.0)
        for number, value in enumerate(model.getSolution().col_value):
            self._low[number] = min(self._low[number], value)
            self._high[number] = max(self._high[number], value)


def _interval(
    cel: Cel, published: Mapping[Cel, int], known: Mapping[Cel, int], earlier: Mapping[Cel, int]
) -> tuple[float, float]:
    if cel in known:
        return float(known[cel]), float(known[cel])
    multiples = [published[cel], *([earlier[cel]] if cel in earlier else [])]
    low = max(value - BASIS + 1 for value in multiples)
    return float(max(low, 0) if min(multiples) >= 0 else low), float(min(value + BASIS - 1 for value in multiples))
