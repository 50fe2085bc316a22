"""Chance that falls the same way on every machine.

Belongs here: the only source of randomness of the sample. Not here: what is drawn. Everything rests on
`Random.random()`, whose stream is fixed by the seed in every Python version; choosing and shuffling are our own,
because those of the library have changed between versions. No logarithm or other function of the C library is used:
their last bit differs between machines.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, MutableSequence, Sequence
from itertools import accumulate, pairwise
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Weighted(Generic[T]):
    """A fixed choice with whole weights; `values[i]` comes up with `weights[i]` in sum(weights)."""

    def __init__(self, pairs: Iterable[tuple[T, int]]) -> None:
        pairs = list(pairs)
        self.values = [value for value, _ in pairs]
        self.edges = list(accumulate(weight for _, weight in pairs))
        if not self.edges or self.edges[-1] <= 0:
            raise ValueError("een keuze heeft ten minste één gewicht boven nul nodig")


class Quantiles:
    """A distribution of whole numbers as values at the 0, 5, 10, 25, 50, 75, 90, 95, 99 and 100th percentile, straight
    in between.
    """

    LEVELS = (0, 5, 10, 25, 50, 75, 90, 95, 99, 100)

    def __init__(self, *values: int) -> None:
        if len(values) != len(self.LEVELS) or any(b < a for a, b in pairwise(values)):
            raise ValueError("een verdeling heeft tien waarden in oplopende volgorde nodig")
        self.steps = [0] * 100
        for (low, high), (start, end) in zip(pairwise(self.LEVELS), pairwise(values), strict=True):
            for level in range(low, high):
                self.steps[level] = start * 1000 + (end - start) * 1000 * (level - low) // (high - low)
        self.steps.append(values[-1] * 1000 + 999)


class Dice:
    """One stream of chance, named by what it is for, so that a change in one room leaves the draws of the
    others alone.
    """

    def __init__(self, zaad: int, *stream: object) -> None:
        name = "/".join(str(part) for part in (zaad, *stream))
        digest = hashlib.sha256(name.encode()).digest()
        # Not for secrets: the sample must come out the same every time.
        self._next = Random(int.from_bytes(digest[:8], "big")).random  # noqa: S311  # nosec B311 # see above

    def below(self, limit: int) -> int:
        """A whole number from 0 up to and not including `limit`."""
        return int(self._next() * limit)

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` up to and including `high`."""
        return low + int(self._next() * (high - low + 1))

    def chance(self, permille: int) -> bool:
        """True in `permille` of a thousand cases."""
        return self._next() * 1000 < permille

    def pick(self, items: Sequence[T]) -> T:
        """One of `items`, each as likely."""
        return items[int(self._next() * len(items))]

    def weighted(self, choice: Weighted[T]) -> T:
        """One of the values of `choice`, by weight."""
        return choice.values[bisect_right(choice.edges, int(self._next() * choice.edges[-1]))]

    def quantile(self, distribution: Quantiles) -> int:
        """A value drawn from `distribution`."""
        position = self._next() * 100
        level = int(position)
        low, high = distribution.steps[level], distribution.steps[level + 1]
        return (low + int((high - low) * (position - level))) // 1000

    def shuffle(self, items: MutableSequence[T]) -> None:
        """Put `items` in another order, in place (Fisher and Yates)."""
        for last in range(len(items) - 1, 0, -1):
            other = int(self._next() * (last + 1))
            items[last], items[other] = items[other], items[last]


def largest_remainder(total: int, weights: Sequence[int]) -> list[int]:
    """Whole parts of `total` in proportion to `weights`; what rounding leaves goes to the largest remainders, ties to
    the first.
    """
    whole = sum(weights)
    if whole == 0:
        return [0] * len(weights)
    parts = [total * weight // whole for weight in weights]
    remainders = sorted(range(len(weights)), key=lambda index: (-(total * weights[index] % whole), index))
    for index in remainders[: total - sum(parts)]:
        parts[index] += 1
    return parts
