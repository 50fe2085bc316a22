"""What a municipality can tell of its neighbours by its own row and one published sum.

Belongs here: the bound by a single sum, cheap enough to judge every rounding by. Not here: the attack with all sums at
once (bounds.py), which the tests make.
"""

from collections.abc import Iterable, Mapping

from pipeline.core.disclosure.cells import Cel, Verband
from pipeline.core.disclosure.declaration import GEMEENTE

_OFF = 4
"""How far a multiple of five can be from the count."""
_ENOUGH = 3


def betrayed(
    published: Mapping[Cel, int], verbanden: Iterable[Verband], exact: Mapping[Cel, int]
) -> list[tuple[Cel, Cel]]:
    """Pairs of a cell of a municipality and a sum over municipalities: who knows the one exactly can bound another part
    of the other closer than 3.
    """
    found = []
    for verband in verbanden:
        parts = [cel for _, cel in verband.delen]
        if not verband.som or verband.geheel[1].startswith(GEMEENTE) or not parts[0][1].startswith(GEMEENTE):
            continue
        low = sum(_low(published[cel]) for cel in parts)
        high = sum(published[cel] + _OFF for cel in parts)
        values = sorted(published[cel] for cel in parts)
        for own in parts:
            others = list(values)
            others.remove(published[own])
            rest = published[verband.geheel] - exact[own]
            low_others, high_others = low - _low(published[own]), high - published[own] - _OFF
            for value in dict.fromkeys(others):
                up = min(value + _OFF, rest + _OFF - (low_others - _low(value)))
                down = max(_low(value), rest - _OFF - (high_others - value - _OFF))
                if up - down < _ENOUGH:
                    found.append((own, verband.geheel))
                    break
    return found


def _low(value: int) -> int:
    return max(value - _OFF, 0) if value >= 0 else value - _OFF
