"""Pseudonyms: the SQL is HMAC-SHA-256, the key belongs to its delivery, and nothing of a V-number stays behind."""

import hashlib
import hmac
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.intake.freeze import freeze
from pipeline.core.intake.intake import read_levering
from pipeline.core.intake.pseudonyms import (
    KEY_VARIABLE,
    PUBLIC_KEY,
    Pseudonymiser,
    SleutelFout,
    canonical_sql,
    hmac_sql,
    pseudonymiser_for,
)
from pipeline.core.reference import load_reference
from tests.core.intake.deliveries import HALF, delivery, lay, said, v_number

SECRET = hashlib.sha256(b"proef").hexdigest()


@given(st.integers(0, 9_999_999_999), st.binary(min_size=1, max_size=200))
def test_the_sql_is_hmac_sha_256(con: duckdb.DuckDBPyConnection, number: int, key: bytes) -> None:
    canonical = f"V{number:010d}"
    pseudonymiser = Pseudonymiser(key, sample=False)
    found = con.execute(
        f"select {hmac_sql(canonical_sql('n'))} from (select {number}::bigint as n)", pseudonymiser.pads()
    ).fetchall()[0][0]
    assert found == hmac.new(key, canonical.encode(), hashlib.sha256).hexdigest() == pseudonymiser.pseudonym(canonical)


def test_a_known_value(con: duckdb.DuckDBPyConnection) -> None:
    """RFC 4231, test case 2: a short key, so that padding is tested too."""
    found = con.execute(
        f"select {hmac_sql('x')} from (select 'what do ya want for nothing?' as x)",
        Pseudonymiser(b"Jefe", sample=False).pads(),
    ).fetchall()[0][0]
    assert found == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"


def test_a_generated_delivery_never_meets_the_secret_key() -> None:
    assert pseudonymiser_for(sample=True, environment={KEY_VARIABLE: SECRET}).key == PUBLIC_KEY
    assert pseudonymiser_for(sample=False, environment={KEY_VARIABLE: SECRET}).key == bytes.fromhex(SECRET)


def test_the_key_is_not_in_its_own_description() -> None:
    assert SECRET[:8] not in repr(Pseudonymiser(bytes.fromhex(SECRET), sample=False))


def test_a_delivery_without_mark_needs_a_key(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = lay(tmp_path, delivery(), mark=False)
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    with pytest.raises(SleutelFout, match=KEY_VARIABLE):
        read_levering(con, folder, HALF)
    monkeypatch.setenv(KEY_VARIABLE, SECRET)
    assert not read_levering(con, folder, HALF).voorbeeld
    expected = Pseudonymiser(bytes.fromhex(SECRET), sample=False).pseudonym(v_number(0))
    assert con.execute(f"select count(*) from levering.coa_personen where persoon = '{expected}'").fetchall() == [(1,)]


def test_a_marked_delivery_holds_no_number_that_can_be_real(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    rows = delivery()
    rows["ind/vergunningen.csv"][0] = "V1234567890;2015-10-01;verlening;asiel"
    lines = [line for line in said(con, lay(tmp_path, rows)) if line.startswith("ind/vergunningen.csv, regel 2,")]
    assert len(lines) == 1 and "is geen V-nummer" in lines[0] and "1234" not in lines[0]


@pytest.mark.parametrize("large", [False, True])
def test_no_v_number_is_in_any_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, large: bool) -> None:
    """Database file with its log of changes, frozen files, findings: with good, bad and misplaced V-numbers."""
    monkeypatch.setattr("pipeline.core.intake.largefile.LARGE_BYTES", 0 if large else 10**12)
    rows = delivery(200)
    rows["coa/personen.csv"][7] += ";te veel"
    rows["coa/koppelingen.csv"][9] = rows["coa/koppelingen.csv"][9].replace("Assen", v_number(9))
    rows["ind/nareis.csv"] = [f"{v_number(902)}x;{v_number(0)};2016-01-05;;", *rows["ind/nareis.csv"] * 1]
    rows["gemeenten/GM0106.csv"][3] = f'"{v_number(3)};10-02-2016'
    folder = lay(tmp_path / "levering", rows)
    output = tmp_path / "output"
    output.mkdir()
    with duckdb.connect(output / "proef.duckdb") as con:
        load_reference(con)
        lines = said(con, folder)
        freeze(con, output / "bronnen")
        for schema, name in con.execute("select table_schema, table_name from information_schema.tables").fetchall():
            text = str(con.execute(f"select * from {schema}.{name}").fetchall())
            assert "V999000" not in text and "9990000" not in text, (schema, name)
        for path in output.rglob("*"):
            assert path.is_dir() or b"9990000" not in path.read_bytes(), path
    assert len(lines) >= 3 and not any("9990000" in line for line in lines)
    for path in output.rglob("*"):
        assert path.is_dir() or b"9990000" not in path.read_bytes(), path
