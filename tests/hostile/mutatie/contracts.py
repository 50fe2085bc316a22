"""Every rule of every contract, switched off one at a time; the mutants are made from the contracts themselves.

Belongs here: what can be switched off in a contract, and running its cases with the weaker contract in place. Not here:
the cases (`contracten/*.csv`), rules that are code (the other rooms).
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import yaml

from pipeline.core.errors import VoortgangFout
from pipeline.core.intake import contracts
from pipeline.core.intake.contracts import CONTRACTS, contract_path, load_contract
from tests.hostile.contractcases import accepted_delivery
from tests.hostile.wholecases import all_cases

Key = tuple[str, str, str]
Raw = dict[str, Any]

EXCEPTIONS: dict[Key, str] = {
    ("coa_personen", "geldig op", "opvanggemeentecode"): (
        "in 2016-I verandert geen naam, dus op begin en einde gelden dezelfde"
    ),
    ("gemeenten_huisvesting", "verplicht", "gemeentecode"): "de naam van het bestand is nooit leeg",
    **{
        (extract, "maximumBytes", ""): "zonder grens zou de proef gigabytes lezen; de grens zelf staat in test_large"
        for extract in (
            "coa_personen",
            "coa_koppelingen",
            "coa_afmeldingen",
            "ind_vergunningen",
            "ind_nareis",
            "rijk_herindeling_personen",
        )
    },
}
"""What cannot be noticed by any file, and why."""

_FAR = {"integer": (-999_999_999, 999_999_999), "date": ("0001-01-01", "9999-12-31")}


@dataclass(frozen=True)
class ContractMutant:
    """One rule of one contract, and how to take it out of the parsed YAML."""

    key: Key
    change: Callable[[Raw], object]

    @property
    def rule(self) -> str:
        """How the run calls it."""
        return " ".join(part for part in self.key if part)

    def mutated(self) -> Raw:
        """The contract without the rule."""
        document = deepcopy(_document(self.key[0]))
        self.change(document)
        return document


@cache
def _document(extract: str) -> Raw:
    document: Raw = yaml.safe_load(contract_path(extract).read_text(encoding="utf-8"))
    return document


def contract_mutants() -> tuple[ContractMutant, ...]:
    """All mutants, contract by contract."""
    return tuple(mutant for extract in CONTRACTS for mutant in _mutants(extract, _document(extract)))


def _mutants(extract: str, document: Raw) -> Iterator[ContractMutant]:
    def mutant(rule: str, column: str, change: Callable[[Raw], object]) -> ContractMutant:
        return ContractMutant((extract, rule, column), change)

    table = document["schema"][0]
    for item in table["quality"]:
        yield mutant(item["name"], "", _without_rule(item["name"]))
    columns = table["properties"]
    keys = [column["name"] for column in columns if column.get("primaryKey")]
    yield mutant("sleutel", "", _without_key(keys))
    for name in keys if len(keys) > 1 else ():
        yield mutant("sleutel", name, _without_key([name]))
    for number, column in enumerate(columns):
        for rule, change in _of_column(column):
            yield mutant(rule, column["name"], _in_column(number, change))
    own = _own(table)
    for label in own.get("totaalregels", ()):
        yield mutant("totaalregels", label, _with_own_of_table("totaalregels", _less(label)))
    for bound, far in (("minder", 1), ("meer", 1_000_000), ("verdwenenSleutels", 1)) if "historie" in own else ():
        yield mutant("historie", bound, _with_own_of_table("historie", _with(bound, far)))
    yield from (mutant(rule, "", _with_own(rule, value)) for rule, value in _of_whole(document))


def _of_column(column: Raw) -> Iterator[tuple[str, Callable[[Raw], object]]]:
    """What can be switched off in a column: the name of the rule, and how."""
    own = _own(column)
    from_file = own.get("uitBestandsnaam", False)
    if column.get("required"):
        yield "verplicht", lambda item: item.update(required=False)
    if own.get("kolomMagOntbreken"):
        yield "kolom mag ontbreken", _drop("kolomMagOntbreken")
    elif not from_file:
        yield (
            "kolom ontbreekt",
            lambda item: item["customProperties"].append({"property": "kolomMagOntbreken", "value": True}),
        )
    if column["logicalType"] in _FAR:
        yield "soort", _as_text
    if "logicalTypeOptions" in column:
        low, high = _FAR[column["logicalType"]]
        yield "ondergrens", lambda item: item["logicalTypeOptions"].update(minimum=low)
        yield "bovengrens", lambda item: item["logicalTypeOptions"].update(maximum=high)
    if column.get("relationships"):
        yield "verwijzing", lambda item: item.pop("relationships")
    for name, rule in (
        ("waarden", "waarden"),
        ("pseudoniem", "pseudoniem"),
        ("geldigOp", "geldig op"),
        ("datumvormen", "datumvormen"),
    ):
        # Without its list of names there is no day on which a name must hold.
        if name in own and not (name == "geldigOp" and own.get("alleenControle")):
            yield rule, _drop(name)


def _of_whole(document: Raw) -> Iterator[tuple[str, object]]:
    own = _own(document)
    yield "maximumBytes", 10**13
    yield "maximaalGeweigerd", 1
    if "maximaalGeweigerdeBestanden" in own:
        yield "maximaalGeweigerdeBestanden", 1
    if own.get("vereist", "altijd") != "nooit":
        yield "vereist", "nooit"


def _own(item: Raw) -> Raw:
    return {entry["property"]: entry["value"] for entry in item.get("customProperties", ())}


def _without_rule(name: str) -> Callable[[Raw], object]:
    def change(document: Raw) -> None:
        table = document["schema"][0]
        table["quality"] = [item for item in table["quality"] if item["name"] != name or "metric" in item]
        for item in table["quality"]:
            if item["name"] == name:
                item["mustBeBetween"] = [0, 10**12]

    return change


def _without_key(names: list[str]) -> Callable[[Raw], object]:
    def change(document: Raw) -> None:
        for column in document["schema"][0]["properties"]:
            if column["name"] in names:
                column.pop("primaryKey")
                column.pop("primaryKeyPosition")
                column.pop("unique", None)

    return change


def _in_column(number: int, change: Callable[[Raw], object]) -> Callable[[Raw], object]:
    return lambda document: change(document["schema"][0]["properties"][number])


def _as_text(column: Raw) -> None:
    column["logicalType"] = "string"
    column.pop("logicalTypeOptions", None)


def _drop(name: str) -> Callable[[Raw], object]:
    def change(item: Raw) -> None:
        item["customProperties"] = [entry for entry in item["customProperties"] if entry["property"] != name]

    return change


def _with_own(name: str, value: object) -> Callable[[Raw], object]:
    def change(document: Raw) -> None:
        entries = [entry for entry in document["customProperties"] if entry["property"] != name]
        document["customProperties"] = [*entries, {"property": name, "value": value}]

    return change


def _with_own_of_table(name: str, change: Callable[[Any], object]) -> Callable[[Raw], object]:
    def changed(document: Raw) -> None:
        for entry in document["schema"][0]["customProperties"]:
            if entry["property"] == name:
                entry["value"] = change(entry["value"])

    return changed


def _less(label: str) -> Callable[[list[str]], list[str]]:
    return lambda labels: [other for other in labels if other != label]


def _with(bound: str, far: int) -> Callable[[Raw], Raw]:
    return lambda history: {**history, bound: far}


def run_contracts(wanted: str) -> Iterator[tuple[str, str]]:
    """Per mutant whose rule holds `wanted`: its rule and the verdict, as the other rooms give them."""
    with tempfile.TemporaryDirectory(prefix="mutatie-") as name, accepted_delivery(Path(name) / "schoon") as con:
        for number, mutant in enumerate(contract_mutants()):
            if mutant.key not in EXCEPTIONS and wanted.casefold() in mutant.rule.casefold():
                yield mutant.rule, _verdict(con, mutant, Path(name) / str(number))


def _verdict(con: duckdb.DuckDBPyConnection, mutant: ContractMutant, folder: Path) -> str:
    own = [case for case in all_cases() if case.key == mutant.key]
    with _in_place(mutant, folder):
        load_contract(mutant.key[0])
        for number, case in enumerate(own):
            try:
                case.check(con, folder / f"geval-{number}")
            # Where a weaker contract makes intake stumble, the test stumbles too.
            except (AssertionError, VoortgangFout, duckdb.Error):
                return "killed"
    return "SURVIVED" if own else "LOST"


@contextmanager
def _in_place(mutant: ContractMutant, folder: Path) -> Iterator[None]:
    """The mutated contract where intake looks for it."""
    weaker = folder / f"{mutant.key[0]}.yaml"
    weaker.parent.mkdir(parents=True)
    weaker.write_text(yaml.safe_dump(mutant.mutated(), allow_unicode=True, sort_keys=False), encoding="utf-8")
    original = contracts.contract_path
    contracts.contract_path = lambda name: weaker if name == mutant.key[0] else original(name)
    load_contract.cache_clear()
    try:
        yield
    finally:
        contracts.contract_path = original
        load_contract.cache_clear()
