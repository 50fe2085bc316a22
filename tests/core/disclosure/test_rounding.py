"""Controlled rounding: multiples of five, at most four off, every sum exact, the same again; what has no solution."""

import time

import pytest

from pipeline.core.disclosure.cells import Tabel, Verband, add_areas, add_rules
from pipeline.core.disclosure.declaration import AfrondFout, Regel, ingrepen, regels, soort_van
from pipeline.core.disclosure.rounding import round_cells
from tests.core.disclosure.tables import random_table

# Five counts and sums over them that are all multiples, so that no rounding of the five keeps them all.
COUNTS = {"x0": 4, "x1": 1, "x2": 3, "x3": 3, "x4": 1}
SUMS = [("x0", "x1"), ("x0", "x4"), ("x0", "x2", "x3"), ("x1", "x2", "x4"), ("x1", "x3", "x4")]


def impossible() -> Tabel:
    waarden = {(name, "NL"): value for name, value in COUNTS.items()}
    verbanden = []
    for number, names in enumerate(SUMS):
        waarden[f"t{number}", "NL"] = sum(COUNTS[name] for name in names)
        verbanden.append(Verband((f"t{number}", "NL"), tuple((1, (name, "NL")) for name in names)))
    return Tabel(waarden, verbanden, dict.fromkeys(waarden, 0))


@pytest.mark.parametrize("seed", range(20))
def test_every_sum_adds_up_and_nothing_is_more_than_four_off(seed: int) -> None:
    tabel = random_table(seed, 30, 4)
    rounded = round_cells(tabel).waarden
    assert rounded.keys() == tabel.waarden.keys()
    assert all(value % 5 == 0 for value in rounded.values())
    assert all(abs(value - tabel.waarden[cel]) <= 4 for cel, value in rounded.items())
    assert all(rounded[cel] == exact for cel, exact in tabel.waarden.items() if exact % 5 == 0)
    assert len(tabel.verbanden) > 60
    for verband in tabel.verbanden:
        assert rounded[verband.geheel] == sum(sign * rounded[cel] for sign, cel in verband.delen)


def test_the_same_table_gives_the_same_rounding() -> None:
    assert round_cells(random_table(7, 60, 4)) == round_cells(random_table(7, 60, 4))


def test_a_table_of_all_municipalities_takes_seconds() -> None:
    """390 municipalities in 12 provinces and 35 regions, 12 columns: at most 5 s of work on one core."""
    tabel = random_table(1, 390, 11, 12, 35)
    started = time.process_time()
    round_cells(tabel)
    assert time.process_time() - started < 5 * 2  # a machine at half the pace of the one it was measured on


def test_what_has_no_solution_loses_its_finest_cells() -> None:
    tabel = impossible()
    with pytest.raises(AfrondFout, match="geen afronding"):
        round_cells(tabel)
    tabel.verfijning["x4", "NL"] = 1
    found = round_cells(tabel)
    assert found.vervallen == (("x4", "NL"),)
    assert found.waarden["x0", "NL"] + found.waarden["x1", "NL"] == found.waarden["t0", "NL"]


def test_areas_below_the_province_go_last() -> None:
    """The same five counts as municipalities: their sums stay, by province and for the country."""
    tabel = impossible()
    tabel.waarden = {
        ("k", "GM" + name) if name.startswith("x") else (name, "NL"): value
        for (name, _), value in tabel.waarden.items()
    }
    tabel.verbanden = [
        Verband(verband.geheel, tuple((1, ("k", "GM" + name)) for _, (name, _) in verband.delen))
        for verband in tabel.verbanden
    ]
    tabel.verfijning = dict.fromkeys(tabel.waarden, 0)
    found = round_cells(tabel)
    assert {gebied for _, gebied in found.vervallen} == {f"GMx{number}" for number in range(5)}
    assert found.waarden == {(f"t{number}", "NL"): exact for number, exact in enumerate((5, 5, 10, 5, 5))}


def test_households_are_never_more_than_persons() -> None:
    tabel = Tabel({("personen", "NL"): 4, ("huishoudens", "NL"): 3, ("som", "NL"): 4}, [], {})
    tabel.verfijning = dict.fromkeys(tabel.waarden, 0)
    add_rules(tabel, [Regel("hoogstens", "personen", ((1, "huishoudens"),))])
    rounded = round_cells(tabel).waarden
    assert rounded["huishoudens", "NL"] <= rounded["personen", "NL"]


def test_a_declared_sum_that_is_none_is_refused() -> None:
    tabel = Tabel({("a", "NL"): 3, ("b", "NL"): 2, ("totaal", "NL"): 6}, [], {})
    with pytest.raises(AfrondFout, match="totaal van NL is 6"):
        add_rules(tabel, [Regel("som", "totaal", ((1, "a"), (1, "b")))])


def test_a_total_that_stands_in_no_table_is_a_cell_too() -> None:
    tabel = Tabel({("a", "GM1"): 3, ("a", "GM2"): 4}, [], {})
    add_areas(tabel, ["a"], [("PV1", "GM1"), ("PV1", "GM2"), ("NL", "GM1"), ("NL", "GM2")])
    assert tabel.waarden["a", "PV1"] == tabel.waarden["a", "NL"] == 7


def test_a_figure_that_is_not_declared_goes_nowhere() -> None:
    assert soort_van("saldo.eind") == "exact"
    assert soort_van("koppelingen.langer_dan_norm") == "afgerond"
    assert soort_van("koppelingen.langer_dan_norm_procent") == "afgeleid"
    assert soort_van("aansluiting.verschil") == "exact"
    with pytest.raises(AfrondFout, match="past op 0 regels"):
        soort_van("nieuw.cijfer")


def test_the_declaration_is_read_whole() -> None:
    assert {regel.soort for regel in regels()} == {"som", "hoogstens", "openbaar"}
    assert "metrics.wachttijd" in ingrepen("vooraf")
    assert "report.correcties" in ingrepen("achteraf")
