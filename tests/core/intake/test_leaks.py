"""Ways by which a V-number, or the protection by the key, could slip through: each is closed."""

from pathlib import Path

import duckdb
import pytest

from pipeline.core.intake.corrections import CorrectieFout, load
from pipeline.core.intake.pseudonyms import KEY_VARIABLE, PUBLIC_KEY, SleutelFout, masked, masked_sql, pseudonymiser_for

GOOD = bytes(range(32)).hex()


@pytest.mark.parametrize(
    "key", [PUBLIC_KEY.hex(), PUBLIC_KEY.hex() + "00", PUBLIC_KEY.hex() + "0000", "ab" * 32, "00" * 32, ""]
)
def test_a_key_that_protects_nobody_is_refused(key: str) -> None:
    with pytest.raises(SleutelFout):
        pseudonymiser_for(sample=False, environment={KEY_VARIABLE: key})


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
