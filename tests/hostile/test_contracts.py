"""Every rule of every contract on a fault of its own, in a delivery that is otherwise as it should be."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipeline.core.intake import largefile
from tests.hostile.contractcases import ContractCase, accepted_delivery, cases, clean_delivery
from tests.hostile.mutatie.contracts import EXCEPTIONS, contract_mutants
from tests.hostile.support import read
from tests.hostile.wholecases import WholeCase, all_cases, whole_cases

BY_THE_FAST_WAY = {"coa_personen", "coa_koppelingen", "coa_afmeldingen", "ind_vergunningen", "ind_nareis"}
"""Extracts whose large files do not go line by line (sieve.py)."""

ONE_CELL = {"kolom ontbreekt", "verplicht", "soort", "ondergrens", "bovengrens", "waarden", "pseudoniem"}
"""What the sieve judges by the very expressions of the exact way; the rest it has queries of its own for."""

LARGE = [case for case in cases() if case.extract in BY_THE_FAST_WAY and case.regel not in ONE_CELL]


def name_of(case: ContractCase | WholeCase) -> str:
    return "-".join(part for part in (*case.key, getattr(case, "wijziging", "")) if part)


@pytest.fixture(scope="module")
def accepted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    with accepted_delivery(tmp_path_factory.mktemp("schoon")) as con:
        yield con


@pytest.mark.parametrize("case", cases(), ids=name_of)
def test_fault(case: ContractCase, accepted: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    case.check(accepted, tmp_path)


@pytest.mark.parametrize("case", LARGE, ids=name_of)
def test_fault_in_a_large_file(
    case: ContractCase, accepted: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same through the sieve, which must say the same of the same lines."""
    monkeypatch.setattr(largefile, "LARGE_BYTES", 0)
    case.check(accepted, tmp_path)


@pytest.mark.parametrize("case", whole_cases(), ids=name_of)
def test_fault_of_a_whole_file(case: WholeCase, accepted: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    case.check(accepted, tmp_path)


def test_no_rule_is_without_a_fault() -> None:
    """What can be switched off in a contract has a case that notices, or a reason why none can."""
    rules = {mutant.key for mutant in contract_mutants()}
    tried = {case.key for case in all_cases()}
    assert rules - tried == set(EXCEPTIONS)
    assert tried - rules == set()


def test_the_clean_delivery_has_nothing_to_say(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    outcome = read(con, clean_delivery(tmp_path))
    assert (outcome.refused, outcome.said) == ((), ())
    assert outcome.result is not None
    assert [file.rijen_behouden for file in outcome.result.bestanden] == [390, 6, 5, 5, 6, 3, 2, 2, 3, 3, 2, 2]
