"""What can be told of a cell from the rounded ones: by anyone, by a municipality, by who kept the previous edition."""

import pytest

from pipeline.core.disclosure.bounds import exposed
from pipeline.core.disclosure.cells import Cel, Verband
from pipeline.core.disclosure.insider import betrayed
from pipeline.core.disclosure.rounding import round_cells
from tests.core.disclosure.tables import changed, random_table

A, B, TOTAL = ("a", "GM1"), ("a", "GM2"), ("a", "PV1")
SUM = [Verband(TOTAL, ((1, A), (1, B)))]


@pytest.mark.parametrize("part", range(10))
def test_two_hundred_random_tables_tell_nothing(part: int) -> None:
    """Upper minus lower is 3 at least for every cell: from outside, for a municipality that knows its own row, and for
    who knows which cells are the same as in the previous edition.
    """
    for seed in range(20 * part, 20 * part + 20):
        tabel = random_table(seed, 30, 3)
        rounded = round_cells(tabel).waarden
        assert not exposed(rounded, tabel.verbanden)
        insider = f"GM{seed % 30:04}"
        own = {cel: exact for cel, exact in tabel.waarden.items() if cel[1] == insider}
        assert len(own) == 4
        assert not exposed(rounded, tabel.verbanden, known=own)
        new, same = changed(tabel, seed, 3)
        assert new.waarden != tabel.waarden
        again = round_cells(new).waarden
        assert not exposed(again, new.verbanden, earlier={cel: rounded[cel] for cel in same})


def test_the_attack_finds_a_cell_that_is_told() -> None:
    """Of nine persons in two municipalities one knows its own eight: the other has one at most."""
    published = {A: 5, B: 0, TOTAL: 5}
    exact = {A: 8, B: 1, TOTAL: 9}
    assert not exposed(published, SUM)
    found: dict[Cel, tuple[float, float]] = exposed(published, SUM, known={A: 8}, protected=[B])
    assert found == {B: (0.0, 1.0)}
    assert betrayed(published, SUM, exact) == [(A, TOTAL)]


def test_the_rounding_avoids_what_the_attack_would_find() -> None:
    tabel = random_table(0, 4, 1)
    tabel.waarden, tabel.verbanden, tabel.verfijning = {A: 8, B: 1, TOTAL: 9}, SUM, dict.fromkeys((A, B, TOTAL), 0)
    rounded = round_cells(tabel).waarden
    assert not exposed(rounded, SUM, known={A: 8})


def test_an_exact_number_among_the_published_is_found() -> None:
    """A sum whose exact value is public bounds its parts from both sides."""
    published = {A: 5, B: 10, TOTAL: 15}
    assert exposed(published, SUM, known={TOTAL: 8}) == {A: (1.0, 2.0), B: (6.0, 7.0)}


def test_numbers_that_no_table_has_are_no_publication() -> None:
    with pytest.raises(ValueError, match="no table"):
        exposed({A: 5, B: 10, TOTAL: 40}, SUM)


def test_among_few_municipalities_none_can_tell_its_neighbours() -> None:
    """With all sums together, which among few bound more than one sum does; what would be told is not given."""
    kept = 0
    for seed in range(12):
        tabel = random_table(seed, 12, 3)
        rounded = round_cells(tabel).waarden
        rules = [rule for rule in tabel.verbanden if all(cel in rounded for cel in rule.cellen)]
        for insider in sorted({gebied for _, gebied in rounded if gebied.startswith("GM")}):
            kept += 1
            own = {cel: exact for cel, exact in tabel.waarden.items() if cel[1] == insider and cel in rounded}
            assert not exposed(rounded, rules, known=own)
    assert kept > 0
