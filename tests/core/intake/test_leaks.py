"""Ways by which a V-number, or the protection by the key, could slip through: each is closed."""

import re
import traceback
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    line_shape,
    masked,
    masked_sql,
    pseudonymiser_for,
)
from pipeline.core.reference import load_reference
from tests.core.intake.deliveries import HALF, OVERVIEW, delivery, lay, said, tables

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


@pytest.mark.parametrize(
    "written",
    [
        'V999"1234570',
        "999/123/4571",
        "V999/000/0901",
        "99-90-00-09-01",
        "999-0000-901",
        "V999\x000000901",
        "999\x00000\x000901",
        "999, 000, 0901",
        "12-01-2016-34",
        "99900009",
    ],
)
def test_a_v_number_cut_by_other_signs_is_masked(written: str) -> None:
    said = masked(f"'{written}' is hier niet bekend op 01-07-2016.")
    assert re.fullmatch(r"'V?[0-9]{3}…' is hier niet bekend op 01-07-2016\.", said)


@given(
    st.integers(0, 9_999_999_999),
    st.sampled_from(["", "V", "v", "V ", "\uff36"]),
    st.lists(st.text(st.characters(exclude_categories=["L", "N", "Cs"]), max_size=2), min_size=9, max_size=9),
)
def test_whatever_signs_cut_a_v_number_it_is_masked(number: int, letter: str, gaps: list[str]) -> None:
    digits = f"{number:010d}"
    written = letter + "".join(digit + gap for digit, gap in zip(digits, [*gaps, ""], strict=True))
    said = masked(f"kolom {written} hier")
    assert [sign for sign in said if sign.isdigit()] == list(digits[:3])


@pytest.mark.parametrize(
    "text",
    [
        "op 01-06-2016 en 1-6-2016, 2016-06-01 of 01/06/2016",
        "van 01-07-2016 31-12-2016",
        "2016-06-01 00:00:00",
        "20160601 of 01062016",
        "loopt tot 2016-06-30. 5 rijen",
        "coa/overzicht_2016-07-01.csv",
        "GM0106.csv: 1.237 rijen; € 1.234.567,89 voor 12.345.678 personen en 390.123 rijen",
        "dezelfde sleutel staat op regels 101, 205, 301, 1401 en 1501",
    ],
)
def test_a_date_an_amount_and_lines_stay_readable(text: str) -> None:
    assert masked(text) == text


def test_of_a_raw_line_only_the_shape_is_shown() -> None:
    assert line_shape("V9990000001;Jan \u0661\u0662;1-2") == "x9999999999;xxx 99;9-9"


PLACES = {
    "the overview": (f"coa/{OVERVIEW.name}", "Assen,Provincie", "V999/123/4571,Provincie"),
    "a cell of the overview": (f"coa/{OVERVIEW.name}", "Assen,Provincie Drenthe", "Assen,999-1234-571"),
    "the supervision": ("provincies/toezicht.csv", "Assen", "V9991234571"),
    "a line of the supervision": ("provincies/toezicht.csv", "Assen", "V9991234571;x;y;z"),
    "a list of a municipality": ("gemeenten/GM0106.csv", "kamer", 'V999"1234571'),
    "a line of persons": ("coa/personen.csv", "Syrische", "Syrische;9991;2345;71"),
}


def test_of_a_line_about_persons_that_is_no_row_the_text_is_not_kept(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    rows = delivery()
    rows["coa/personen.csv"][3] += ";Jan Proefpersoon"
    folder = lay(tmp_path, rows)
    assert any("coa/personen.csv, regel 5" in line for line in said(con, folder))
    kept = con.execute("select waarde from levering.afkeur where bestand = 'coa/personen.csv'").fetchall()
    assert any(value and "xxx" in value for (value,) in kept)
    assert "Proefpersoon" not in str(kept)


@pytest.mark.parametrize("place", PLACES)
def test_a_v_number_in_any_file_is_told_nowhere(
    place: str, con: duckdb.DuckDBPyConnection, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    name, old, new = PLACES[place]
    folder = lay(tmp_path, delivery())
    (folder / "provincies").mkdir()
    (folder / "provincies" / "toezicht.csv").write_text(
        "Gemeente;Datum;Trede;Verschoonbaar\nAssen;01-06-2016;1;nee\n", encoding="utf-8", newline="\n"
    )
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")
    lines = said(con, folder)
    assert lines
    kept = str(con.execute("select * from levering.afkeur").fetchall())
    assert name in kept
    for told in (*lines, kept):
        assert "1234571" not in re.sub(r"[\W_]", "", told)


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


def test_a_full_disk_is_no_fault_of_the_program(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """/dev/full takes no byte."""
    query = "copy (select range from range(100000)) to '/dev/full' (format csv)"
    with duckdb.connect() as full:
        monkeypatch.setattr(intake, "_read", lambda *_: full.execute(query))
        with pytest.raises(InnameFout) as caught:
            read_levering(con, lay(tmp_path, delivery()), HALF)
    assert str(caught.value) == "de inname stopte: de schijf is vol; maak ruimte en start opnieuw"


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
