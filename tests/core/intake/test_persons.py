"""Extracts of persons: what refers to what, what order changes (nothing), and what an unrelated person changes
(nothing).
"""

from pathlib import Path
from random import Random

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.core.intake.contracts import load_contract
from pipeline.core.intake.freeze import freeze
from pipeline.core.intake.history import previous_sources
from pipeline.core.intake.intake import read_levering
from tests.core.intake.deliveries import HALF, Delivery, delivery, lay, said, tables, v_number


def find(con: duckdb.DuckDBPyConnection, folder: Path, rows: Delivery, file: str) -> list[str]:
    return [line.split(": ", 1)[1] for line in said(con, lay(folder, rows)) if line.startswith(file)]


def test_the_delivery_is_read_whole(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    result = read_levering(con, lay(tmp_path, delivery()), HALF)
    assert (result.bevindingen, result.voorbeeld, result.rijen_geweigerd) == ((), True, 0)
    found = tables(con)
    counts = {name: len(rows) for name, rows in found.items() if rows}
    assert counts == {
        "coa_overzicht": 390, "coa_personen": 30, "coa_koppelingen": 30, "coa_afmeldingen": 36, "ind_vergunningen": 30,
        "ind_nareis": 1, "gemeenten_huisvesting": 31, "gemeenten_levering": 2, "herkomst": 8,
    }  # fmt: skip
    assert {row[0] for row in found["gemeenten_levering"]} == {"GM0106", "GM0114"}


ROWS = {
    "afmelding van onbekende": (
        "coa/afmeldingen.csv",
        f"A90001;{v_number(8000)};Assen;10-02-2016;1;regulier;",
        "coa_personen",
    ),
    "correctie zonder nummer": (
        "coa/afmeldingen.csv",
        f"A90002;{v_number(1)};Assen;10-03-2016;-1;regulier;",
        "corrigeert",
    ),
    "correctie vooraf": ("coa/afmeldingen.csv", f"A90003;{v_number(1)};Assen;09-02-2016;-1;regulier;A00001", "A00001"),
    "correctie elders": ("coa/afmeldingen.csv", f"A90004;{v_number(1)};Emmen;10-03-2016;-1;regulier;A00001", "A00001"),
    "correctie van ander": (
        "coa/afmeldingen.csv",
        f"A90005;{v_number(2)};Assen;10-03-2016;-1;regulier;A00001",
        "A00001",
    ),
    "correctie op correctie": (
        "coa/afmeldingen.csv",
        f"A90006;{v_number(0)};Assen;10-03-2016;-1;regulier;C00000",
        "C00000",
    ),
    "aantal nul": ("coa/afmeldingen.csv", f"A90007;{v_number(1)};Assen;10-02-2016;0;regulier;", "aantal is 0"),
    "aanbod te vroeg": (
        "coa/koppelingen.csv",
        f"K90008;{v_number(1)};Assen;01-11-2015;;;31-10-2015;;;;;werk;nee;;",
        "ligt vóór de koppeling",
    ),
    "koppeling te vroeg": (
        "coa/koppelingen.csv",
        f"K90009;{v_number(1)};Assen;30-09-2015;;;;;;;;werk;nee;;",
        "de vergunning is van 2015-10-01",
    ),
    "weigering zonder aanbod": (
        "coa/koppelingen.csv",
        f"K90010;{v_number(1)};Assen;01-11-2015;;;;terecht;02-11-2015;;;werk;nee;;",
        "geen aanbod",
    ),
    "naam van later": (
        "coa/koppelingen.csv",
        f"K90011;{v_number(1)};Gooise Meren;01-11-2015;;;;;;;;werk;nee;;",
        "geen gemeente op de dag van deze regel",
    ),
    "vertrek zonder reden": (
        "coa/personen.csv",
        f"{v_number(8002)};H9;1980;Syrische;asiel;01-10-2015;01-06-2015;azc;Emmen;azc;10-02-2016;",
        "beide horen gevuld te zijn",
    ),
    "V-nummer als huishouden": (
        "coa/personen.csv",
        f"{v_number(8001)};{v_number(8001)};1980;Syrische;asiel;01-10-2015;;;;;;",
        "hoort niet in de kolom huishouden",
    ),
}


@pytest.mark.parametrize("large", [False, True], ids=["exact", "snel"])
def test_a_wrong_row_costs_that_row(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, large: bool
) -> None:
    monkeypatch.setattr("pipeline.core.intake.largefile.LARGE_BYTES", 0 if large else 10**12)
    # So many that the refused rows stay within the bounds of the contracts.
    rows = delivery(7200)
    good = {file: len(lines) for file, lines in rows.items()}
    complaints = {}
    for file, row, complaint in ROWS.values():
        rows[file].append(row)
        complaints[f"{file}, regel {len(rows[file]) + 1}"] = complaint
    lines = said(con, lay(tmp_path, rows))
    told = {place: [line for line in lines if line.startswith(f"{place},")] for place in complaints}
    missing = {place: told[place] for place in told if not any(complaints[place] in line for line in told[place])}
    assert missing == {}
    assert sorted(lines) == sorted(line for about in told.values() for line in about)
    counts = con.execute("select bestand, rijen_behouden, rijen_geweigerd from levering.herkomst").fetchall()
    found = {name: (kept, refused) for name, kept, refused in counts if name in good}
    assert found == {file: (good[file], len(rows[file]) - good[file]) for file in good}


@pytest.mark.parametrize("large", [False, True], ids=["exact", "snel"])
def test_what_cites_a_refused_row_is_refused(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, large: bool
) -> None:
    monkeypatch.setattr("pipeline.core.intake.largefile.LARGE_BYTES", 0 if large else 10**12)
    rows = delivery(3000)
    rows["coa/afmeldingen.csv"][0] = rows["coa/afmeldingen.csv"][0].replace("10-02-2016", "30-02-2016")
    lines = find(con, tmp_path, rows, "coa/afmeldingen.csv")
    assert len(lines) == 2 and "dag die niet bestaat" in lines[0] and "geen geaccepteerde regel" in lines[1]


@pytest.mark.parametrize("large", [False, True], ids=["exact", "snel"])
def test_of_two_rows_with_one_key_none_survives(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, large: bool
) -> None:
    monkeypatch.setattr("pipeline.core.intake.largefile.LARGE_BYTES", 0 if large else 10**12)
    rows = delivery(1200)
    rows["coa/koppelingen.csv"].append(rows["coa/koppelingen.csv"][3].replace("werk", "netwerk"))
    lines = find(con, tmp_path, rows, "coa/koppelingen.csv")
    assert [line.split(";")[0].split(". ")[0] for line in lines] == [
        "'K00003' staat meer dan één keer in het bestand als koppeling, op de regels 5 en 1202"
    ] * 2
    assert con.execute("select count(*) from levering.coa_koppelingen where koppeling_id = 'K00003'").fetchall() == [
        (0,)
    ]


def test_the_files_of_persons_come_together(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    rows = delivery()
    del rows["coa/afmeldingen.csv"]
    lines = said(con, lay(tmp_path, rows))
    assert lines[0].startswith("coa/afmeldingen.csv: dit bestand ontbreekt; het hoort bij")


def test_too_many_refusals_refuse_the_delivery(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    rows = delivery(100)
    rows["coa/personen.csv"][:2] = ["x;y", "x;y"]
    lines = find(con, tmp_path, rows, "coa/personen.csv")
    assert lines[0].startswith("van de 100 rijen zijn er 2 geweigerd (2,0%); ten hoogste 1,0% mag.")


def test_a_municipal_file_that_is_unusable_costs_that_file(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    folder = lay(tmp_path, delivery())
    for code in range(1680, 1700):
        (folder / f"gemeenten/GM{code}.csv").write_text("<html><body>login</body></html>", encoding="utf-8")
    assert any("bestanden zijn er 20 onbruikbaar" in line for line in said(con, folder))
    for code in range(1680, 1700):
        (folder / f"gemeenten/GM{code}.csv").unlink()
    codes = "GM0003 GM0005 GM0007 GM0009 GM0010 GM0014 GM0017 GM0018 GM0022 GM0024 GM0025"
    for number, gemeente in enumerate(codes.split()):
        row = f"{v_number(2000 + number)};01-06-2016;;kamer\n"
        (folder / f"gemeenten/{gemeente}.csv").write_text(
            "V-nummer;Gehuisvest op;Datum BRP;Type woning\n" + row, encoding="utf-8"
        )
    (folder / "gemeenten/GM0363.csv").write_text("<html><body>login</body></html>", encoding="utf-8")
    lines = said(con, folder)
    assert any(line.startswith("gemeenten/GM0363.csv: dit is een webpagina") for line in lines)
    assert con.execute("select count(*) from levering.gemeenten_levering where gemeentecode = 'GM0363'").fetchall() == [
        (0,)
    ]


@given(st.integers(0, 2**32))
@settings(max_examples=4, deadline=None)
def test_order_of_rows_and_columns_changes_no_frozen_byte(
    con: duckdb.DuckDBPyConnection, tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    rows = delivery(150)
    rows["gemeenten/GM0106.csv"].append(rows["gemeenten/GM0106.csv"][0])
    random, folder = Random(seed), tmp_path_factory.mktemp("levering")
    read_levering(con, lay(folder / "a", rows), HALF)
    expected = freeze(con, folder / "bevroren_a")
    for lines in rows.values():
        random.shuffle(lines)
    names = list(rows)
    random.shuffle(names)
    read_levering(con, lay(folder / "b", {name: rows[name] for name in names}), HALF)
    found = freeze(con, folder / "bevroren_b")
    # The hash of a delivered file is of its bytes, so that one table differs with them.
    assert [file for file in found if file.name != "gemeenten_levering.parquet"] == [
        file for file in expected if file.name != "gemeenten_levering.parquet"
    ]


def test_an_unrelated_person_changes_no_other_row(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    read_levering(con, lay(tmp_path / "a", delivery(60)), HALF)
    before = tables(con)
    read_levering(con, lay(tmp_path / "b", delivery(61)), HALF)
    after = tables(con)
    for name in ("coa_personen", "coa_koppelingen", "coa_afmeldingen", "ind_vergunningen", "gemeenten_huisvesting"):
        assert set(before[name]) < set(after[name])
        assert len(after[name]) - len(before[name]) == (2 if name == "coa_afmeldingen" else 1)


def test_the_previous_delivery_is_compared(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    read_levering(con, lay(tmp_path / "a", delivery(100)), HALF)
    freeze(con, tmp_path / "output" / "2015-II" / "edities" / "3" / "bronnen")
    previous = previous_sources(tmp_path / "output", HALF)
    assert previous is not None and previous.parts[-3:] == ("edities", "3", "bronnen")
    assert read_levering(con, tmp_path / "a", HALF, previous=previous).bevindingen == ()
    rows = delivery(80)
    rows["coa/koppelingen.csv"] += [f"Z{line[1:]}" for line in rows["coa/koppelingen.csv"] * 1]
    result = read_levering(con, lay(tmp_path / "b", rows), HALF, previous=previous)
    kinds = {(finding.bestand, finding.controle) for finding in result.waarschuwingen}
    assert ("coa/personen.csv", "aantal rijen tegenover vorige levering") in kinds
    assert ("coa/personen.csv", "verdwenen rijen") in kinds
    assert ("coa/koppelingen.csv", "aantal rijen tegenover vorige levering") in kinds
    assert load_contract("coa_personen").history is not None


def test_a_frozen_file_is_sorted_and_read_back(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    read_levering(con, lay(tmp_path / "a", delivery(60)), HALF)
    files = {file.name: file for file in freeze(con, tmp_path / "bevroren")}
    assert files["coa_personen.parquet"].rows == 60
    path = tmp_path / "bevroren" / "coa_personen.parquet"
    people = [row[0] for row in con.execute(f"select persoon from '{path}'").fetchall()]
    assert people == sorted(people)
    columns = {row[0] for row in con.execute(f"describe select * from '{path}'").fetchall()}
    assert not columns & {"regel", "deel", "bestand"}
