"""The contracts: valid by the standard, wholly understood, and refused when they say more than intake does."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from open_data_contract_standard.model import OpenDataContractStandard

from pipeline.core.house import package_path
from pipeline.core.intake.contracts import ContractFout, contract_path, load_contract, read_contract
from pipeline.core.intake.findings import Ernst
from pipeline.core.intake.intake import OVERZICHT

CONTRACTS = sorted(package_path("contracts").glob("*.yaml"))


def raw() -> Any:
    return yaml.safe_load(contract_path(OVERZICHT).read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", CONTRACTS, ids=lambda path: path.stem)
def test_valid_by_the_schema_of_the_standard(path: Path) -> None:
    schema = json.loads(OpenDataContractStandard.json_schema())
    contract = yaml.safe_load(path.read_text(encoding="utf-8"))
    jsonschema.Draft201909Validator(schema).validate(contract)
    assert contract["apiVersion"] == "v3.1.0"
    # What came with 3.2 would make this no contract of 3.1.
    assert not {"synonyms", "enum"} & {key for column in contract["schema"][0]["properties"] for key in column}


def test_the_schema_test_can_fail() -> None:
    contract = raw()
    contract["schema"][0]["properties"][2]["logicalTypeOptions"]["minimum"] = "laag"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft201909Validator(json.loads(OpenDataContractStandard.json_schema())).validate(contract)


@pytest.mark.parametrize("path", CONTRACTS, ids=lambda path: path.stem)
def test_every_number_has_a_unit(path: Path) -> None:
    assert all(column.unit for column in read_contract(path).columns if column.type == "integer")


@pytest.mark.parametrize("path", CONTRACTS, ids=lambda path: path.stem)
def test_file_contract_and_table_have_one_name(path: Path) -> None:
    assert path.stem == read_contract(path).name == yaml.safe_load(path.read_text(encoding="utf-8"))["id"]


def test_the_overview_as_intake_understands_it() -> None:
    contract = load_contract(OVERZICHT)
    months = [f"maand_{number}" for number in range(1, 7)]
    kept = ["gemeentecode", "saldo_begin", "taakstelling", "gecorrigeerd", *months, "realisatie", "achter_voor"]
    assert [column.name for column in contract.kept] == kept
    assert [column.name for column in contract.columns if column.check_only] == [
        "provinciecode",
        "achterstand",
        "voorsprong",
    ]
    assert [column.name for column in contract.key] == ["gemeentecode"]
    assert contract.max_refused == 0
    taakstelling = next(column for column in contract.columns if column.name == "taakstelling")
    assert (taakstelling.minimum, taakstelling.required) == (0, True)
    assert all(column.bounds_reason for column in contract.columns if column.minimum is not None)


def test_what_a_rule_reads_and_how_bad_it_is() -> None:
    rules = {rule.name: rule for rule in load_contract(OVERZICHT).rules}
    assert rules["som van de maanden"].columns == (*(f"maand_{number}" for number in range(1, 7)), "realisatie")
    assert (rules["som van de maanden"].per_row, rules["som van de maanden"].severity) == (True, Ernst.GEWEIGERD)
    assert (rules["gemeente ontbreekt"].per_row, rules["gemeente ontbreekt"].severity) == (False, Ernst.BLOKKADE)


def column_of(contract: Any, number: int = 2) -> Any:
    return contract["schema"][0]["properties"][number]


def rule_of(contract: Any, name: str) -> Any:
    return next(rule for rule in contract["schema"][0]["quality"] if rule["name"] == name)


@pytest.mark.parametrize(
    ("spoil", "complaint"),
    [
        (lambda c: column_of(c).update(logicalType="number"), "logicalType 'number' is niet ondersteund"),
        (lambda c: column_of(c).update(name="saldo begin"), "is geen naam voor een tabel of kolom"),
        (lambda c: column_of(c).update(unique=True), "de inname voert deze regel niet uit"),
        (lambda c: column_of(c)["logicalTypeOptions"].update(multipleOf=5), "voert deze regel niet uit: multipleOf"),
        (lambda c: column_of(c)["logicalTypeOptions"].pop("maximum"), "minimum en maximum horen bij elkaar"),
        (lambda c: column_of(c).update(customProperties=[]), "eigenschap kolomkoppen ontbreekt"),
        (
            lambda c: column_of(c)["customProperties"].remove({"property": "eenheid", "value": "personen"}),
            "eigenschap eenheid ontbreekt",
        ),
        (
            lambda c: c["customProperties"].append({"property": "leverancer", "value": "x"}),
            "onbekende eigenschap leverancer",
        ),
        (lambda c: rule_of(c, "som van de maanden").update(query="select 1"), "select count(*) from ... where ..."),
        (lambda c: rule_of(c, "som van de maanden").update(mustBe=1), "met mustBe: 0"),
        (lambda c: rule_of(c, "som van de maanden").update(severity="high"), "severity 'high' is onbekend"),
        (lambda c: rule_of(c, "aantal rijen").update(metric="nullValues"), "alleen rowCount met mustBeBetween"),
        (lambda c: c["schema"].append(c["schema"][0]), "verwacht precies één tabel"),
        (lambda c: c.update(onbekend=1), "is geen leesbaar contract"),
    ],
)
def test_a_contract_that_says_more_than_intake_does_is_refused(
    spoil: Callable[[Any], object], complaint: str, tmp_path: Path
) -> None:
    contract = raw()
    spoil(contract)
    path = tmp_path / "contract.yaml"
    path.write_text(yaml.safe_dump(contract, allow_unicode=True), encoding="utf-8")
    with pytest.raises(ContractFout) as caught:
        read_contract(path)
    assert complaint in str(caught.value)


def test_a_file_that_is_no_yaml_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "contract.yaml"
    path.write_text("a: [", encoding="utf-8")
    with pytest.raises(ContractFout, match="is geen leesbaar contract"):
        read_contract(path)
