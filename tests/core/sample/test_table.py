"""The ledger reproduces the table in every cell, and every correction is lawful."""

import csv
import io
from collections import Counter

import pytest

from pipeline.core.house import package_path, reference_path
from pipeline.core.periods import Periode
from pipeline.sample.geography import load_geography
from pipeline.sample.tables import LAST, tables_until
from tests.core.sample.conftest import Maker
from tests.core.sample.delivery import Names, cells, coa, day, ind, overview

REAL = package_path("sample", "leveringen", "2016-I", "coa", "overzicht_2016-07-01.csv")


def test_the_real_overview_is_delivered_unchanged(made: Maker) -> None:
    folder, summary = made("2016-I")
    assert (folder / "coa" / "overzicht_2016-07-01.csv").read_bytes() == REAL.read_bytes()
    assert summary.tabel_echt


@pytest.mark.parametrize("periode", ["2016-I", "2017-II", "2018-I", "2019-I"])
def test_every_cell_is_exact(made: Maker, names: Names, periode: str) -> None:
    folder, _ = made(periode)
    counted = cells(folder, Periode.parse(periode), names)
    table = overview(folder, Periode.parse(periode), names)
    wanted = {(code, month): row[3 + month] for code, row in table.items() for month in range(6)}
    assert {key: count for key, count in counted.items() if count} == {
        key: count for key, count in wanted.items() if count
    }
    assert set(counted) <= set(wanted)


def test_the_real_table_has_its_2340_cells_and_sums(made: Maker, names: Names) -> None:
    folder, _ = made("2016-I")
    counted = cells(folder, Periode(2016, 1), names)
    rows = list(csv.reader(io.StringIO(REAL.read_text(encoding="utf-8-sig"))))[1:]
    compared = 0
    for row in rows:
        code = names.code(row[0], Periode(2016, 1).begin)
        for month in range(6):
            assert counted[code, month] == int(row[5 + month]), (row[0], month)
            compared += 1
    assert compared == 2340
    assert [sum(counted[code, m] for code in {key[0] for key in counted}) for m in range(6)] == [
        2844, 2692, 2657, 2886, 2747, 4263,
    ]  # fmt: skip
    assert sum(1 for count in counted.values() if count < 0) == 23


def test_running_totals_below_zero_are_there(made: Maker, names: Names) -> None:
    counted = cells(made("2016-I")[0], Periode(2016, 1), names)
    below = {code for (code, month), count in counted.items() if month == 0 and count < 0}
    # Franekeradeel, Renkum, Vaals, Son en Breugel.
    assert below == {"GM0070", "GM0274", "GM0981", "GM0848"}


@pytest.mark.parametrize("periode", ["2016-I", "2018-I", "2019-I"])
def test_every_correction_cites_an_earlier_row_of_the_same_person_and_gemeente(made: Maker, periode: str) -> None:
    rows = {row["Afmelding"]: row for row in coa(made(periode)[0], "afmeldingen")}
    corrections = [row for row in rows.values() if row["Aantal"] == "-1"]
    assert len(corrections) > 90
    for row in corrections:
        cited = rows[row["Corrigeert"]]
        assert cited["Aantal"] == "1"
        assert (cited["V-nummer"], cited["Gemeente"]) == (row["V-nummer"], row["Gemeente"])
        assert day(cited["Datum"]) <= day(row["Datum"])
    assert len({row["Corrigeert"] for row in corrections}) == len(corrections)
    assert all(
        row["Aantal"] in ("1", "-1") and (row["Corrigeert"] != "") == (row["Aantal"] == "-1") for row in rows.values()
    )


def test_corrections_stand_in_ordinary_cells_too_and_reach_back_before_the_period(made: Maker, names: Names) -> None:
    folder, _ = made("2016-I")
    periode = Periode(2016, 1)
    rows = {row["Afmelding"]: row for row in coa(folder, "afmeldingen")}
    counted = cells(folder, periode, names)
    ordinary = before = 0
    for row in rows.values():
        on = day(row["Datum"])
        if row["Aantal"] == "-1" and on >= periode.begin:
            ordinary += counted[names.code(row["Gemeente"], on), on.month - 1] >= 0
            before += day(rows[row["Corrigeert"]]["Datum"]) < periode.begin
    assert 100 <= ordinary <= 400
    assert before >= 8


@pytest.mark.parametrize("periode", ["2016-I", "2018-I"])
def test_nobody_is_signed_off_twice(made: Maker, periode: str) -> None:
    net: Counter[str] = Counter()
    for row in coa(made(periode)[0], "afmeldingen"):
        net[row["V-nummer"]] += int(row["Aantal"])
        assert net[row["V-nummer"]] in (0, 1)


@pytest.fixture(scope="module")
def tables(names: Names, tmp_path_factory: pytest.TempPathFactory) -> dict[Periode, dict[str, list[int]]]:
    """The overview of every half-year that can be made, read back from its file."""
    root = tmp_path_factory.mktemp("tabellen")
    (root / "coa").mkdir()
    read = {}
    for periode, table in tables_until(LAST, load_geography()).items():
        (root / "coa" / f"overzicht_{periode.eind}.csv").write_bytes(table.csv(1))
        read[periode] = overview(root, periode, names)
    return read


def test_generated_tables_add_up_and_follow_from_each_other(tables: dict[Periode, dict[str, list[int]]]) -> None:
    assert len(tables) == 8
    for periode, table in tables.items():
        for saldo, task, corrected, *months, total, end in table.values():
            assert (saldo + task, sum(months), corrected - total) == (corrected, total, end)
            assert task >= 0
        if periode.vorige not in tables:
            continue
        before = tables[periode.vorige]
        assert sum(row[0] for row in table.values()) == sum(row[10] for row in before.values())
        assert any(min(row[3:9]) < 0 for row in table.values())
        if periode.halfjaar == 2:
            assert {code: row[0] for code, row in table.items()} == {code: row[10] for code, row in before.items()}


def test_a_merger_and_a_split_carry_the_saldo(tables: dict[Periode, dict[str, list[int]]]) -> None:
    before, after = tables[Periode(2017, 2)], tables[Periode(2018, 1)]
    assert after["GM1950"][0] == before["GM0007"][10] + before["GM0048"][10]
    parts = ("GM0080", "GM1900", "GM1949")
    whole = ("GM0080", "GM0081", "GM1900", "GM0063", "GM0070", "GM1908", "GM0140")
    assert sum(after[code][0] for code in parts) == sum(before[code][10] for code in whole)
    # Leeuwarden: itself, Leeuwarderadeel and two tenths of Littenseradiel.
    share = after["GM0080"][0] - before["GM0080"][10] - before["GM0081"][10]
    assert abs(share - before["GM0140"][10] * 0.2) < 1


def test_generated_tables_stand_on_the_municipalities_and_numbers_of_their_year(
    tables: dict[Periode, dict[str, list[int]]],
) -> None:
    with reference_path("indeling", "gemeenten_2014_2025.csv").open(encoding="utf-8", newline="") as file:
        of_year = {(int(row["jaar"]), row["gemeentecode"]) for row in csv.DictReader(file)}
    for text, announced in (("2016-II", 23000), ("2018-I", 13000), ("2019-I", 6000)):
        periode = Periode.parse(text)
        table = tables[periode]
        assert set(table) == {code for jaar, code in of_year if jaar == periode.jaar}
        assert announced - len(table) < sum(row[1] for row in table.values()) <= announced


@pytest.mark.parametrize("periode", ["2016-I", "2018-I", "2019-I"])
def test_names_are_those_of_the_day(made: Maker, names: Names, periode: str) -> None:
    folder, _ = made(periode)
    for row in coa(folder, "koppelingen"):
        names.code(row["Gemeente"], day(row["Datum koppeling"]))
    for row in coa(folder, "afmeldingen"):
        names.code(row["Gemeente"], day(row["Datum"]))
    for row in coa(folder, "personen"):
        if row["Gemeente opvang"]:
            start, end = day(row["Datum vergunning"]), Periode.parse(periode).eind
            if start.year >= 2014:
                assert names.code(row["Gemeente opvang"], start) == names.code(row["Gemeente opvang"], end)


def test_koppelingen_to_municipalities_that_merged_since_are_there(made: Maker, names: Names) -> None:
    for periode, gone in (("2016-I", "Bussum"), ("2018-I", "Slochteren"), ("2019-I", "Zuidhorn")):
        rows = [row for row in coa(made(periode)[0], "koppelingen") if row["Gemeente"] == gone]
        assert rows
    still = [row for row in coa(made("2018-I")[0], "koppelingen") if not row["Einde koppeling"]]
    current = set(overview(made("2018-I")[0], Periode(2018, 1), names))
    assert any(names.code(row["Gemeente"], day(row["Datum koppeling"])) not in current for row in still)


@pytest.mark.parametrize(
    ("periode", "split", "parts"),
    [
        ("2018-I", "Littenseradiel", {"GM0080", "GM1900", "GM1949"}),
        ("2019-I", "Winsum", {"GM1966", "GM1969"}),
    ],
)
def test_a_split_comes_with_shares_and_the_part_of_every_person(
    made: Maker, periode: str, split: str, parts: set[str]
) -> None:
    folder, _ = made(periode)
    old = {"Littenseradiel": "GM0140", "Winsum": "GM0053"}
    shares = [row for row in ind(folder, "rijk/herindeling") if row["oude_code"] == old[split]]
    assert {row["nieuwe_code"] for row in shares} == parts
    assert sum(int(row["aandeel_teller"]) for row in shares) == int(shares[0]["aandeel_noemer"])
    delivered = ind(folder, "rijk/herindeling_personen")
    part = {row["v_nummer"]: row["nieuwe_code"] for row in delivered}
    assert len(part) == len(delivered)
    linked = {
        row["V-nummer"]
        for name in ("koppelingen", "afmeldingen")
        for row in coa(folder, name)
        if row["Gemeente"] == split
    }
    assert len(linked) > 20
    assert linked <= set(part)
    assert {part[person] for person in linked} == parts


def test_who_was_linked_to_a_split_municipality_is_housed_in_its_part(made: Maker, names: Names) -> None:
    """The last koppeling before the split and the move after it agree with the delivered part."""
    folder, _ = made("2018-I")
    part = {row["v_nummer"]: row["nieuwe_code"] for row in ind(folder, "rijk/herindeling_personen")}
    moved = {row["V-nummer"]: row for row in coa(folder, "afmeldingen") if row["Aantal"] == "1"}
    checked = 0
    for row in coa(folder, "koppelingen"):
        person, ended = row["V-nummer"], row["Einde koppeling"]
        if row["Gemeente"] == "Littenseradiel" and row["Reden einde"] == "gehuisvest" and day(ended).year == 2018:
            assert names.code(moved[person]["Gemeente"], day(ended)) == part[person]
            checked += 1
    assert checked >= 3


def test_no_shares_where_nothing_was_split(made: Maker) -> None:
    assert sorted(path.name for path in (made("2016-I")[0] / "rijk").iterdir()) == ["taakstelling.csv"]
