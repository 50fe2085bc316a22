"""Published editions of earlier half-years: which are read, what is refused, what is remembered of it."""

import json
from pathlib import Path

import duckdb
import pytest

from pipeline.core.earlier import EerdereEditieFout, earlier_periods, load_earlier
from pipeline.core.manifest import write_manifest
from pipeline.core.periods import Periode
from pipeline.core.warehouse import prepare

FILES = {
    "tabellen/gemeenten.csv": "gemeentecode,gemeente,eindsaldo\nGM0363,Amsterdam,1015\nGM0010,Delfzijl,18\n",
    "tabellen/boekhouding_per_halfjaar.csv": (
        "gemeentecode,gemeente,halfjaar,volgorde,open_personen,voorsprong\n"
        "GM0363,Amsterdam,vóór 2016-I,0,912,0\nGM0363,Amsterdam,2016-I,20161,103,0\nGM0277,Rozendaal,,,0,8\n"
    ),
    "cijfers.csv": (
        "cijfer_id,gebied,waarde,eenheid,model\n"
        "realisatie.totaal,NL,18089.0000,personen,m\nopvang.totaal,NL,14957.0000,personen,m\n"
        "realisatie.percentage,NL,,procent,m\nrealisatie.totaal,GM0363,862.0000,personen,m\n"
        "realisatie.maand_1,GM0363,100.0000,personen,m\nrealisatie.totaal,PV27,1000.0000,personen,m\n"
    ),
}


def publish(output: Path, periode: str, files: dict[str, str] = FILES, number: int = 1) -> Path:
    """A published edition that has only the tables that a later half-year reads."""
    folder = output / periode / "edities" / str(number)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    write_manifest(folder, {"editie": number})
    (output / periode / "gepubliceerd.json").write_text(json.dumps({"editie": number}), encoding="utf-8")
    return folder


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    prepare(con)
    return con


def test_without_an_edition_the_tables_are_there_and_empty(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    assert load_earlier(con, tmp_path / "geen", Periode(2016, 2)) == ()
    for table in ("eindsaldo", "boekhouding_per_halfjaar", "cijfers", "edities"):
        assert con.execute(f"select count(*) from eerder.{table}").fetchall() == [(0,)]


def test_balances_come_from_the_half_year_before_alone(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    publish(tmp_path, "2016-I")
    load_earlier(con, tmp_path, Periode(2016, 2))
    assert con.execute("select * from eerder.eindsaldo order by all").fetchall() == [
        ("2016-I", "GM0010", 18),
        ("2016-I", "GM0363", 1015),
    ]
    posts = con.execute("select gemeentecode, halfjaar, open_personen, voorsprong from eerder.boekhouding_per_halfjaar")
    assert sorted(posts.fetchall(), key=str) == [
        ("GM0277", None, 0, 8),
        ("GM0363", "2016-I", 103, 0),
        ("GM0363", "vóór 2016-I", 912, 0),
    ]
    load_earlier(con, tmp_path, Periode(2017, 1))
    assert con.execute("select count(*) from eerder.eindsaldo").fetchall() == [(0,)]


def test_figures_come_from_every_earlier_half_year_and_from_no_later_one(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    for periode in ("2016-I", "2016-II", "2017-I", "2017-II"):
        publish(tmp_path, periode)
    (tmp_path / "2015-1").mkdir()
    (tmp_path / "2015-1" / "gepubliceerd.json").write_text("{}", encoding="utf-8")
    (tmp_path / "anders").mkdir()
    (tmp_path / "anders" / "gepubliceerd.json").write_text("{}", encoding="utf-8")
    assert [str(periode) for periode in earlier_periods(tmp_path, Periode(2017, 1))] == ["2016-I", "2016-II"]
    load_earlier(con, tmp_path, Periode(2017, 1))
    rows = con.execute("select periode, cijfer_id, gebied from eerder.cijfers order by all").fetchall()
    kept = [
        ("opvang.totaal", "NL"),
        ("realisatie.percentage", "NL"),
        ("realisatie.totaal", "GM0363"),
        ("realisatie.totaal", "NL"),
    ]
    assert rows == [(periode, *row) for periode in ("2016-I", "2016-II") for row in kept]


def test_an_edition_that_was_not_published_is_not_read(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    publish(tmp_path, "2016-I")
    (tmp_path / "2016-I" / "gepubliceerd.json").unlink()
    assert load_earlier(con, tmp_path, Periode(2016, 2)) == ()


def test_the_published_edition_counts_not_the_newest(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    publish(tmp_path, "2016-I", {**FILES, "tabellen/gemeenten.csv": "gemeentecode,eindsaldo\nGM0363,1\n"}, number=2)
    publish(tmp_path, "2016-I", number=1)
    read = load_earlier(con, tmp_path, Periode(2016, 2))
    assert {file.editie for file in read} == {1}
    assert con.execute("select sum(eindsaldo) from eerder.eindsaldo").fetchall() == [(1033,)]


def test_what_was_read_is_remembered_with_its_hash(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    folder = publish(tmp_path, "2016-I")
    publish(tmp_path, "2016-II")
    read = load_earlier(con, tmp_path, Periode(2017, 1))
    assert [(file.periode, file.bestand) for file in read] == [
        ("2016-I", "cijfers.csv"),
        ("2016-II", "tabellen/gemeenten.csv"),
        ("2016-II", "tabellen/boekhouding_per_halfjaar.csv"),
        ("2016-II", "cijfers.csv"),
    ]
    listed = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["uitvoer"]
    assert read[0].sha256 == listed["cijfers.csv"]["sha256"]
    assert con.execute("select count(*) from eerder.edities").fetchall() == [(4,)]


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_tampered_table_is_refused_by_name(con: duckdb.DuckDBPyConnection, tmp_path: Path, name: str) -> None:
    path = publish(tmp_path, "2016-I") / name
    path.write_text(path.read_text(encoding="utf-8").replace("1015", "1014").replace("0", "1", 1), encoding="utf-8")
    with pytest.raises(EerdereEditieFout, match=rf"{name} is veranderd.*2016-I"):
        load_earlier(con, tmp_path, Periode(2016, 2))


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_missing_table_is_refused_by_name(con: duckdb.DuckDBPyConnection, tmp_path: Path, name: str) -> None:
    folder = publish(tmp_path, "2016-I")
    (folder / name).unlink()
    with pytest.raises(EerdereEditieFout, match=f"{name} bestaat niet"):
        load_earlier(con, tmp_path, Periode(2016, 2))
    write_manifest(folder, {"editie": 1})
    with pytest.raises(EerdereEditieFout, match=f"noemt {name} niet"):
        load_earlier(con, tmp_path, Periode(2016, 2))


def test_an_old_edition_that_was_tampered_with_is_refused_too(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    path = publish(tmp_path, "2016-I") / "cijfers.csv"
    publish(tmp_path, "2016-II")
    path.write_text(path.read_text(encoding="utf-8").replace("18089", "18098"), encoding="utf-8")
    with pytest.raises(EerdereEditieFout, match=r"cijfers\.csv is veranderd"):
        load_earlier(con, tmp_path, Periode(2017, 1))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"editie": "x"}'])
def test_an_unreadable_marker_is_refused(con: duckdb.DuckDBPyConnection, tmp_path: Path, text: str) -> None:
    publish(tmp_path, "2016-I")
    (tmp_path / "2016-I" / "gepubliceerd.json").write_text(text, encoding="utf-8")
    with pytest.raises(EerdereEditieFout, match="niet leesbaar"):
        load_earlier(con, tmp_path, Periode(2016, 2))


def test_a_marker_without_its_edition_or_manifest_is_refused(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    folder = publish(tmp_path, "2016-I")
    (folder / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(EerdereEditieFout, match=r"manifest\.json is niet leesbaar"):
        load_earlier(con, tmp_path, Periode(2016, 2))
    (tmp_path / "2016-I" / "gepubliceerd.json").write_text('{"editie": 9}', encoding="utf-8")
    with pytest.raises(EerdereEditieFout, match="noemt editie 9"):
        load_earlier(con, tmp_path, Periode(2016, 2))


def test_a_table_with_other_columns_is_refused_by_name(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    publish(tmp_path, "2016-I", {**FILES, "tabellen/gemeenten.csv": "gemeentecode,saldo\nGM0363,1\n"})
    with pytest.raises(EerdereEditieFout, match=r"gemeenten\.csv is niet leesbaar als tabel"):
        load_earlier(con, tmp_path, Periode(2016, 2))


def test_a_folder_with_signs_of_a_pattern_stands_for_itself(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    publish(tmp_path / "uit[1]*", "2016-I")
    load_earlier(con, tmp_path / "uit[1]*", Periode(2016, 2))
    assert con.execute("select count(*) from eerder.eindsaldo").fetchall() == [(2,)]
