"""Ways by which a V-number, or the protection by the key, could slip through: each is closed."""

import traceback
from pathlib import Path

import duckdb
import pytest

from pipeline.core.errors import InvoerFout
from pipeline.core.intake import intake
from pipeline.core.intake.corrections import CorrectieFout, load
from pipeline.core.intake.intake import InnameFout, read_levering
from pipeline.core.intake.pseudonyms import (
    KEY_VARIABLE,
    PUBLIC_KEY,
    SAMPLE_MARK,
    SleutelFout,
    is_sample,
    masked,
    masked_sql,
    pseudonymiser_for,
)
from pipeline.core.reference import load_reference
from tests.core.intake.deliveries import HALF, delivery, lay, tables

GOOD = bytes(range(32)).hex()


@pytest.mark.parametrize(
    "key",
    [
        PUBLIC_KEY.hex(),
        PUBLIC_KEY.hex() + "00",
        PUBLIC_KEY.hex() + "0000",
        "ab" * 32,
        "00" * 32,
        "",
        bytes(range(31)).hex(),
        "geen hex",
    ],
)
def test_a_key_that_protects_nobody_is_refused(key: str) -> None:
    with pytest.raises(SleutelFout):
        pseudonymiser_for(sample=False, environment={KEY_VARIABLE: key})


def test_without_a_key_it_says_what_to_set() -> None:
    with pytest.raises(SleutelFout, match=f"er is geen sleutel om ze te vervangen; zet {KEY_VARIABLE}"):
        pseudonymiser_for(sample=False, environment={})


@pytest.mark.parametrize(
    ("mark", "sample"), [("gegenereerd = true", True), ("gegenereerd = false", False), ('gegenereerd = "nee"', False)]
)
def test_the_mark_of_a_generated_delivery(mark: str, sample: bool, tmp_path: Path) -> None:
    (tmp_path / SAMPLE_MARK).write_text(mark, encoding="utf-8")
    assert is_sample(tmp_path) is sample


@pytest.mark.parametrize("mark", [b"gegenereerd =", b"gegenereerd = true # \xe9"])
def test_an_unreadable_mark_stops_the_delivery(mark: bytes, tmp_path: Path) -> None:
    (tmp_path / SAMPLE_MARK).write_bytes(mark)
    with pytest.raises(InvoerFout, match="niet te lezen"):
        is_sample(tmp_path)


def test_a_key_of_ones_own_is_taken() -> None:
    assert pseudonymiser_for(sample=False, environment={KEY_VARIABLE: GOOD}).key.hex() == GOOD


@pytest.mark.parametrize(
    "written",
    [
        "V9990012345",
        "V 999 0012 345",
        "999-001-2345",
        "V_9990012345",
        "V999.001.2345",
        "\uff36\uff19\uff19\uff19\uff10\uff10\uff11\uff12\uff13\uff14\uff15",
        "9990012345",
    ],
)
def test_a_v_number_in_a_sentence_is_masked(written: str) -> None:
    said = masked(f"regel 12: '{written}' is hier niet bekend op 01-07-2016.")
    assert written not in said and "01-07-2016" in said and "regel 12" in said
    assert sum(sign.isdigit() for sign in said) == len("12") + 3 + len("01072016")


@pytest.mark.parametrize("cell", ["V9990012345", "V\uff19\uff19\uff19\uff10\uff10\uff11\uff12\uff13\uff14\uff15"])
def test_a_cell_shows_at_most_three_digits(cell: str) -> None:
    with duckdb.connect() as con:
        shown = con.execute(f"select {masked_sql('cel')} from (select ?::varchar as cel)", [cell]).fetchall()[0][0]
    assert sum(sign.isdigit() for sign in shown) <= 3


def test_corrections_are_found_whatever_the_capitals(tmp_path: Path) -> None:
    (tmp_path / "Correcties.toml").write_text("dit is geen toml =", encoding="utf-8")
    with pytest.raises(CorrectieFout):
        load(tmp_path, ("coa_personen",))


def test_two_lists_of_corrections_are_refused(tmp_path: Path) -> None:
    for name in ("correcties.toml", "Correcties.toml"):
        (tmp_path / name).write_text("", encoding="utf-8")
    with pytest.raises(CorrectieFout, match="hoofdletters"):
        load(tmp_path, ("coa_personen",))


def fail_with(query: str, monkeypatch: pytest.MonkeyPatch, con: duckdb.DuckDBPyConnection, folder: Path) -> InnameFout:
    """What intake raises when the query fails while an extract is read."""
    monkeypatch.setattr(intake, "_read", lambda *_: con.execute(query))
    with pytest.raises(InnameFout) as caught:
        read_levering(con, lay(folder, delivery()), HALF)
    assert tables(con) == {"herkomst": [], "afkeur": []}
    assert con.execute("select * from duckdb_tables() where temporary").fetchall() == []
    return caught.value


def test_a_fault_of_the_database_does_not_quote_a_v_number(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = fail_with("select cast('V9990012345' as integer)", monkeypatch, con, tmp_path)
    assert "Could not convert string 'V999…' to INT32" in str(error) and "\n" not in str(error)
    assert error.__context__ is None
    assert "12345" not in "".join(traceback.format_exception(error))


def test_too_little_memory_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With and without a place for temporary files: what does not fit is never written unencrypted."""
    for place in ("", str(tmp_path / "tijdelijk")):
        with duckdb.connect(config={"temp_directory": place, "max_temp_directory_size": "1MB"}) as con:
            load_reference(con)
            con.execute("set memory_limit = '60MB'")
            query = (
                "create temp table groot as select 'V' || (9990000000 + range) || repeat('x', 50) from range(2000000)"
            )
            error = fail_with(query, monkeypatch, con, tmp_path / "levering")
            assert str(error).startswith("er is te weinig geheugen")
        assert not any(b"V999000" in path.read_bytes() for path in (tmp_path / "tijdelijk").glob("*"))
