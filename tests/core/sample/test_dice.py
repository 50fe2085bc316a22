"""Chance that is the same everywhere, and shares that lose nobody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sample.dice import Dice, Quantiles, Weighted, largest_remainder


def test_the_stream_is_fixed_for_ever() -> None:
    """A change here changes every delivery that anybody ever made."""
    dice = Dice(2016, "proef", 1)
    assert [dice.below(1000) for _ in range(6)] == [138, 503, 403, 401, 751, 775]
    items = list(range(8))
    Dice(1, "schudden").shuffle(items)
    assert items == [5, 6, 4, 7, 1, 3, 2, 0]


def test_streams_do_not_touch_each_other() -> None:
    one, other = Dice(1, "a"), Dice(1, "b")
    assert [one.below(100) for _ in range(10)] != [other.below(100) for _ in range(10)]


@given(st.integers(0, 100_000), st.lists(st.integers(0, 5000), min_size=1, max_size=60))
def test_largest_remainder_gives_away_exactly_the_total(total: int, weights: list[int]) -> None:
    parts = largest_remainder(total, weights)
    assert sum(parts) == (total if sum(weights) else 0)
    for part, weight in zip(parts, weights, strict=True):
        exact = total * weight / max(1, sum(weights))
        assert exact - 1 < part < exact + 1


@given(st.integers(), st.lists(st.integers(0, 500), min_size=10, max_size=10))
def test_quantiles_stay_between_their_ends(seed: int, values: list[int]) -> None:
    values.sort()
    dice, distribution = Dice(seed), Quantiles(*values)
    drawn = [dice.quantile(distribution) for _ in range(50)]
    assert values[0] <= min(drawn) <= max(drawn) <= values[-1]


def test_quantiles_have_their_median() -> None:
    dice, distribution = Dice(3), Quantiles(0, 5, 10, 25, 50, 75, 90, 95, 99, 100)
    drawn = sorted(dice.quantile(distribution) for _ in range(20_001))
    assert 48 <= drawn[10_000] <= 52
    assert 23 <= drawn[5_000] <= 27


def test_a_weight_of_zero_never_comes_up() -> None:
    dice, choice = Dice(4), Weighted([("a", 3), ("nooit", 0), ("b", 1)])
    drawn = [dice.weighted(choice) for _ in range(4000)]
    assert set(drawn) == {"a", "b"}
    assert 2800 < drawn.count("a") < 3200


@pytest.mark.parametrize("values", [(1, 2, 3), (0, 1, 2, 3, 2, 5, 6, 7, 8, 9)])
def test_a_distribution_that_is_none_is_refused(values: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="verdeling"):
        Quantiles(*values)
