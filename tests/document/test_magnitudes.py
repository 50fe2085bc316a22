"""Round words are true: held to their own bounds for any value, and to the sentences of the letter."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.core.document import magnitudes as m

getallen = st.integers(0, 3_000_000).map(Decimal)
procenten = st.integers(0, 3_000).map(lambda n: Decimal(n) / 10)


def getal_van(tekst: str) -> Fraction:
    return Fraction(tekst.removesuffix(" procent").replace(".", "").replace(",", "."))


@pytest.mark.parametrize(
    ("waarde", "woorden"),
    [
        (14_957, "bijna 15.000"),
        (6_050, "ruim 6.000"),
        (5_962, "bijna 6.000"),
        (14_432, "ca. 14.400"),
        (14_423, "ruim 14.400"),
        (14_480, "bijna 14.500"),
        (7_142, "ca. 7.100"),
        (7_120, "ruim 7.100"),
        (15_000, "15.000"),
        (997, "bijna 1.000"),
        (953, "ca. 950"),
        (145, "145"),
        (87, "87"),
        (1, "1"),
        (0, "0"),
    ],
)
def test_aantallen(waarde: int, woorden: str) -> None:
    assert str(m.rond_aantal(Decimal(waarde))) == woorden


@given(getallen)
@example(Decimal(7_150))
@example(Decimal(14_450))
@example(Decimal(9_999))
@example(Decimal(101))
def test_een_rond_aantal_is_waar(waarde: Decimal) -> None:
    """Bijna only from below, ruim only from above, and none further off than a hundredth of the round number."""
    gevonden = m.rond_aantal(waarde)
    rond = getal_van(gevonden.rond)
    assert abs(rond - Fraction(waarde)) <= rond * Fraction(1, 100)
    assert {
        m.BIJNA: waarde < rond,
        m.RUIM: waarde > rond,
        m.CIRCA: waarde != rond,
        m.PRECIES: waarde == rond,
    }[gevonden.woord]


@given(getallen, st.sampled_from(m.WOORDEN))
def test_een_gekozen_woord_is_waar_of_wordt_geweigerd(waarde: Decimal, woord: str) -> None:
    gekozen = m.met_woord(woord, m.rond_aantal(waarde))
    if gekozen is None:
        assert woord != m.CIRCA
        return
    rond = getal_van(gekozen.rond)
    assert {m.BIJNA: waarde < rond, m.RUIM: waarde > rond, m.CIRCA: True, m.PRECIES: waarde == rond}[gekozen.woord]


@pytest.mark.parametrize(
    ("waarde", "rond", "deel"),
    [
        ("80.5", "ruim 80 procent", "ruim 80 procent"),
        ("49.3", "bijna 50 procent", "bijna de helft"),
        ("50", "50 procent", "de helft"),
        ("33.3", "33,3 procent", "een derde"),
        ("34.0", "bijna 35 procent", "ruim een derde"),
        ("66.7", "ruim 65 procent", "twee derde"),
        ("73.9", "bijna 75 procent", "bijna drie kwart"),
        ("25.5", "ruim 25 procent", "ruim een kwart"),
        ("77.4", "77,4 procent", "77,4 procent"),
        ("6.9", "6,9 procent", "6,9 procent"),
        ("0", "0 procent", "0 procent"),
        ("112.5", "112,5 procent", "112,5 procent"),
    ],
)
def test_percentages(waarde: str, rond: str, deel: str) -> None:
    assert (str(m.rond_procent(Decimal(waarde))), str(m.rond_deel(Decimal(waarde)))) == (rond, deel)


@given(procenten)
def test_een_rond_percentage_is_waar(waarde: Decimal) -> None:
    breuken = {naam: breuk for breuk, naam in m.BREUKEN}
    for gevonden in (m.rond_procent(waarde), m.rond_deel(waarde)):
        rond = breuken[gevonden.rond] if gevonden.rond in breuken else getal_van(gevonden.rond)
        verschil = rond - Fraction(waarde)
        assert abs(verschil) <= 2
        assert {
            m.BIJNA: verschil > 0,
            m.RUIM: verschil < 0,
            # A third is written as 33,3.
            m.PRECIES: abs(verschil) < Fraction(1, 20),
        }[gevonden.woord]


@pytest.mark.parametrize(
    ("waarde", "met", "woorden"),
    [
        (13_000, 23_000, "aanzienlijk lager dan"),
        (24_000, 20_000, "aanzienlijk hoger dan"),
        (27_000, 24_000, "hoger dan"),
        (23_999, 20_000, "hoger dan"),
        (21_000, 20_000, "iets hoger dan"),
        (19_000, 20_000, "iets lager dan"),
        (18_999, 20_000, "lager dan"),
        (16_000, 20_000, "aanzienlijk lager dan"),
        (20_000, 20_000, "gelijk aan"),
        (5, 0, "hoger dan"),
        (0, 0, "gelijk aan"),
    ],
)
def test_vergelijking(waarde: int, met: int, woorden: str) -> None:
    assert m.vergelijking(Decimal(waarde), Decimal(met)) == woorden


@given(getallen, getallen)
def test_een_vergelijking_is_waar(waarde: Decimal, met: Decimal) -> None:
    woorden = m.vergelijking(waarde, met)
    assert ("hoger" in woorden, "lager" in woorden) == (waarde > met, waarde < met)
    if "aanzienlijk" in woorden:
        assert abs(waarde - met) * 5 >= met
    elif "iets" in woorden:
        assert abs(waarde - met) * 20 <= met
    elif met and waarde != met:
        assert met < abs(waarde - met) * 20
        assert abs(waarde - met) * 5 < met
