"""The half-year: every spelling, its borders, and the walk from one to the next."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.errors import GebruiksFout
from pipeline.core.periods import Periode

half_years = st.builds(Periode, st.integers(1990, 2090), st.sampled_from([1, 2]))


@pytest.mark.parametrize("text", ["2016-I", "2016-1", "2016H1", "2016-h1", " 2016-I ", "2016I"])
def test_spellings_of_the_first_half(text: str) -> None:
    assert Periode.parse(text) == Periode(2016, 1)


@pytest.mark.parametrize("text", ["2016-II", "2016-2", "2016H2", "2016-h2"])
def test_spellings_of_the_second_half(text: str) -> None:
    assert Periode.parse(text) == Periode(2016, 2)


@pytest.mark.parametrize(
    "text", ["", "2016", "2016-III", "2016-3", "16-I", "2016-IV", "I-2016", "2016-0", "2016-HI", "2016-I-1"]
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(GebruiksFout, match="schrijf een halfjaar als 2016-I"):
        Periode.parse(text)


def test_a_third_half_does_not_exist() -> None:
    with pytest.raises(GebruiksFout):
        Periode(2016, 3)


@given(half_years)
def test_text_reads_back(periode: Periode) -> None:
    assert Periode.parse(str(periode)) == periode


@given(half_years)
def test_half_years_touch(periode: Periode) -> None:
    assert periode.volgende.vorige == periode
    assert periode.eind == periode.volgende.begin
    assert Periode.containing(periode.begin) == periode
    assert Periode.containing(periode.eind - timedelta(days=1)) == periode
    assert periode < periode.volgende
    assert len(periode.maanden) == 6 and periode.maanden[0] == periode.begin


def test_borders_of_2016() -> None:
    assert (Periode(2016, 1).begin, Periode(2016, 1).eind) == (date(2016, 1, 1), date(2016, 7, 1))
    assert (Periode(2016, 2).begin, Periode(2016, 2).eind) == (date(2016, 7, 1), date(2017, 1, 1))
