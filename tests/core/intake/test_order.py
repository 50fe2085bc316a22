"""Order means nothing: rows, columns, files, sheets and their names in any order give the same frozen bytes."""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from unittest import mock

import duckdb
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pipeline.core.intake import largefile
from pipeline.core.intake.contracts import CONTRACTS
from pipeline.core.intake.freeze import freeze
from pipeline.core.intake.intake import EXTRACTS, read_levering
from pipeline.core.periods import Periode
from pipeline.core.reference import load_reference
from tests.core.intake.manypeople import PERSONS, lay

HALF = Periode(2016, 1)
KEPT = {
    "coa_overzicht": 390,
    "coa_personen": PERSONS,
    "coa_koppelingen": PERSONS - 2,
    "coa_afmeldingen": PERSONS + PERSONS // 100 - 1,
    "ind_vergunningen": PERSONS - 1,
    "ind_nareis": 399,
    "gemeenten_huisvesting": 119,
    "rijk_taakstelling": 12,
    "rijk_herindeling": 3,
    "rijk_herindeling_personen": 299,
}
"""Accepted rows: of the planted doubles neither."""


@pytest.fixture(scope="module")
def own() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        load_reference(con)
        yield con


def frozen(
    con: duckdb.DuckDBPyConnection, folder: Path, seed: int, *, large: int = largefile.LARGE_BYTES
) -> dict[str, str]:
    """Hash of every frozen file of the delivery as `seed` lays it."""
    with mock.patch.object(largefile, "LARGE_BYTES", large):
        result = read_levering(con, lay(folder / "levering", Random(seed)), HALF)
    kept = dict.fromkeys(CONTRACTS, 0)
    for file in result.bestanden:
        kept[file.extract] += file.rijen_behouden
    assert {name: kept[name] for name in KEPT} == KEPT
    return {file.name: file.sha256 for file in freeze(con, folder / "bevroren")}


@pytest.fixture(scope="module")
def expected(own: duckdb.DuckDBPyConnection, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    found = frozen(own, tmp_path_factory.mktemp("eerst"), 0)
    assert set(found) == {f"{name}.parquet" for name in EXTRACTS} - {"herkomst.parquet", "afkeur.parquet"}
    return found


@given(seed=st.integers(1, 2**32), fast=st.booleans())
# Each example reads ten thousand rows: a failing one is not made smaller.
@settings(max_examples=4, phases=[Phase.explicit, Phase.reuse, Phase.generate])
def test_any_order_gives_the_same_frozen_bytes(
    own: duckdb.DuckDBPyConnection,
    expected: dict[str, str],
    tmp_path_factory: pytest.TempPathFactory,
    seed: int,
    fast: bool,
) -> None:
    """By the exact way and by that of large files."""
    folder = tmp_path_factory.mktemp("volgorde")
    assert frozen(own, folder, seed, large=0 if fast else largefile.LARGE_BYTES) == expected


def test_of_two_rows_with_one_key_none_survives(own: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """Neither of two equal rows, nor of two that differ: no order may decide between them."""
    frozen(own, tmp_path, 7)
    gone = own.execute(
        """
        select
            (select count(*) from levering.coa_koppelingen where koppeling_id in ('K11', 'K12')),
            (select count(*) from levering.coa_afmeldingen where afmelding_id = 'A11'),
            (select count(*) from levering.coa_koppelingen where koppeling_id = 'K13')
        """
    ).fetchall()
    assert gone == [(0, 0, 1)]
    said = own.execute("select count(*) from levering.afkeur where controle = 'dubbele sleutel'").fetchall()
    # Two of each: persons, koppelingen twice, afmeldingen, permits, nareis, toezicht, persons of a split, one list.
    assert said == [(18,)]
