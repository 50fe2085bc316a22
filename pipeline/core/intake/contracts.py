"""Contracts: what an extract must look like, read from YAML in the Open Data Contract Standard (ODCS 3.1).

Belongs here: reading a contract and the typed model of the parts that intake uses. Not here: applying it (headers.py
for the column heads, rules.py for the cells and rows). What our own custom properties mean:
pipeline/contracts/README.md.
"""

# Names in the SQL come from shipped contracts and are checked there; values are literals() or parameters.
# ruff: noqa: S608

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.core.errors import VoortgangFout
from pipeline.core.house import package_path
from pipeline.core.intake.findings import Ernst

if TYPE_CHECKING:
    from open_data_contract_standard.model import CustomProperty, DataQuality, OpenDataContractStandard, SchemaProperty

OVERZICHT = "coa_overzicht"
HUISVESTING = "gemeenten_huisvesting"

CONTRACTS = (
    OVERZICHT,
    # Before what refers to its persons.
    "coa_personen",
    "coa_koppelingen",
    "coa_afmeldingen",
    "ind_vergunningen",
    "ind_nareis",
    HUISVESTING,
    "rijk_taakstelling",
    "rijk_herindeling",
    "rijk_herindeling_personen",
    "provincies_toezicht",
)
"""The extracts in the order in which they are read."""

TYPES = ("string", "integer", "date")

DATE_FORMS = ("streepjes", "iso", "maandnaam", "schuin", "serie")
"""How a date may be written (dates.py): 1-7-2016, 2016-07-01, 1 juli 2016, 1/7/2016, 42552 (Excel)."""

USUAL_DATES = ("streepjes", "iso", "maandnaam")

_IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*")
_QUERY = re.compile(r"select count\(\*\) from (?P<source>.+?)\s+where\s+(?P<predicate>.+)", re.DOTALL | re.IGNORECASE)
_WORD = re.compile(r"[a-z][a-z0-9_]*")
_SEVERITIES = {"error": None, "warning": Ernst.WAARSCHUWING}
_CONTRACT_PROPERTIES = {
    "leverancier", "maximumBytes", "maximaalGeweigerd", "vereist", "meerBestanden", "maximaalGeweigerdeBestanden",
}  # fmt: skip
_SCHEMA_PROPERTIES = {"totaalregels", "historie"}
_COLUMN_PROPERTIES = {
    "kolomkoppen", "alleenControle", "redenGrenzen", "waarden", "pseudoniem", "geldigOp", "datumvormen",
    "kolomMagOntbreken", "uitBestandsnaam", "lidwoord", "eenheid",
}  # fmt: skip
_ALWAYS, _NEVER = "altijd", "nooit"
_RULE_PROPERTIES = {"kolom", "waarde", "reden", "herstel"}


class ContractFout(VoortgangFout):
    """A shipped contract says something that intake does not understand: a fault of the installation, not of the
    delivery.
    """


@dataclass(frozen=True)
class Column:
    """One column. `patterns` are the accepted heads, the first is the one that messages show (headers.py).

    `values`: the allowed values, each with its synonyms; empty when anything goes. `pseudonym`: holds V-numbers, which
    become pseudonyms. `valid_on`: the day on which a name must exist: a date column of the row, "begin" or "eind".
    `forms`: how a date may be written. `may_lack`: the file need not have this column. `from_file`: the value is the
    name of the file. `article`: of the title, in messages. `unit`: what a number counts; every number has one.
    """

    name: str
    title: str
    type: str
    required: bool
    key: bool
    patterns: tuple[str, ...]
    minimum: int | date | None = None
    maximum: int | date | None = None
    bounds_reason: str = ""
    reference: str | None = None
    check_only: bool = False
    values: tuple[tuple[str, tuple[str, ...]], ...] = ()
    pseudonym: bool = False
    valid_on: str = "begin"
    forms: tuple[str, ...] = USUAL_DATES
    may_lack: bool = False
    from_file: bool = False
    article: str = "de"
    unit: str = ""


@dataclass(frozen=True)
class Rule:
    """A quality rule in SQL: rows of `source` for which `predicate` holds are wrong.

    `source` is `${table}` (with or without an alias) for a rule per row; anything else makes it a rule about the whole
    file. `reason` may hold SQL expressions between braces, `columns` are the columns of the contract that the rule
    reads.
    """

    name: str
    source: str
    predicate: str
    reason: str
    remedy: str
    severity: Ernst
    column: str | None
    value: str | None
    columns: tuple[str, ...]

    @property
    def per_row(self) -> bool:
        """Whether the rule judges rows of the file, so that a finding has a line."""
        return self.source.startswith("${table}")

    @property
    def across_rows(self) -> bool:
        """Whether it judges a row by other rows: then it sees only rows that nothing else refused."""
        return self.per_row and "${table}" in self.predicate


@dataclass(frozen=True)
class RowBounds:
    """How many rows the extract may have, and why."""

    name: str
    minimum: int
    maximum: int
    reason: str
    remedy: str


@dataclass(frozen=True)
class History:
    """What may differ from the previous delivery before somebody must look: shares of its rows and of its keys."""

    fewer: float
    more: float
    vanished: float
    reason: str


@dataclass(frozen=True)
class Contract:
    """One extract. `name` is also the table `levering.<name>`; `path` is a glob inside the delivery.

    `needed`: always in a delivery; `needed_with`: in a delivery that holds one of these extracts. `several`: the
    extract is many files of one shape, of which the share `max_refused_files` may be unusable. `half_in_heads`: the
    heads must prove the half-year.
    """

    name: str
    title: str
    deliverer: str
    path: str
    max_bytes: int
    max_refused: float
    columns: tuple[Column, ...]
    rules: tuple[Rule, ...]
    row_bounds: RowBounds | None
    total_labels: tuple[str, ...]
    needed: bool = True
    needed_with: tuple[str, ...] = ()
    several: bool = False
    max_refused_files: float = 0.0
    history: History | None = None
    half_in_heads: bool = False

    @property
    def personal(self) -> bool:
        """Whether its files hold V-numbers."""
        return any(column.pseudonym for column in self.columns)

    @property
    def headed(self) -> tuple[Column, ...]:
        """The columns that have a head in the file."""
        return tuple(column for column in self.columns if not column.from_file)

    @property
    def key(self) -> tuple[Column, ...]:
        """The columns that together make a row unique."""
        return tuple(column for column in self.columns if column.key)

    @property
    def kept(self) -> tuple[Column, ...]:
        """The columns of the table that intake makes; the others only serve as a control."""
        return tuple(column for column in self.columns if not column.check_only)


def contract_path(name: str) -> Path:
    """Where the contract `name` stands in this installation."""
    return package_path("contracts", f"{name}.yaml")


@cache
def load_contract(name: str) -> Contract:
    """Read the shipped contract `name`; ContractFout when it holds something that intake does not know."""
    return read_contract(contract_path(name))


def read_contract(path: Path) -> Contract:
    """Read one contract file; ContractFout when it holds something that intake does not know."""
    import yaml
    from open_data_contract_standard.model import OpenDataContractStandard

    try:
        document = OpenDataContractStandard.model_validate(_yaml(path.read_text(encoding="utf-8")))
    # pydantic's ValidationError is a ValueError.
    except (OSError, yaml.YAMLError, ValueError, TypeError) as error:
        raise ContractFout(f"{path.name} is geen leesbaar contract: {error}; installeer het pakket opnieuw") from error
    return _to_contract(document)


def _yaml(text: str) -> object:
    """The fast loader where libyaml is there; a run reads eleven contracts."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(text, Loader=loader)  # noqa: S506  # nosec B506 # both are safe loaders


def _to_contract(document: "OpenDataContractStandard") -> Contract:
    where = f"contract {document.id}"
    if not document.schema_ or len(document.schema_) != 1 or not document.servers or len(document.servers) != 1:
        raise ContractFout(f"{where}: verwacht precies één tabel en één server")
    table = document.schema_[0]
    name = _identifier(table.name, where)
    own = _properties(document.customProperties, _CONTRACT_PROPERTIES, where)
    columns = tuple(_to_column(item, where) for item in table.properties or ())
    of_table = _properties(table.customProperties, _SCHEMA_PROPERTIES, where)
    needed = own.get("vereist", _ALWAYS)
    if not isinstance(needed, list) and needed not in (_ALWAYS, _NEVER):
        raise ContractFout(f"{where}: vereist is {_ALWAYS}, {_NEVER} of een lijst van extracten")
    quality = table.quality or []
    names = {column.name for column in columns}
    return Contract(
        name=name,
        title=table.businessName or name,
        deliverer=str(_needed(own, "leverancier", where)),
        path=_text(document.servers[0].path, "servers.path", where),
        max_bytes=int(str(_needed(own, "maximumBytes", where))),
        max_refused=float(str(own.get("maximaalGeweigerd", 0))),
        columns=columns,
        rules=tuple(_to_rule(item, names, where) for item in quality if item.type == "sql"),
        row_bounds=_to_row_bounds([item for item in quality if item.type != "sql"], where),
        total_labels=_texts(of_table.get("totaalregels", [])),
        needed=needed == _ALWAYS,
        needed_with=_texts(needed) if isinstance(needed, list) else (),
        several=bool(own.get("meerBestanden", False)),
        max_refused_files=float(str(own.get("maximaalGeweigerdeBestanden", 0))),
        history=_to_history(of_table.get("historie"), where),
        half_in_heads=any("{" in pattern for column in columns for pattern in column.patterns),
    )


def _to_history(value: object, where: str) -> History | None:
    if value is None:
        return None
    known = {"minder", "meer", "verdwenenSleutels", "reden"}
    if not isinstance(value, dict) or set(value) != known:
        raise ContractFout(f"{where}: historie heeft precies {', '.join(sorted(known))}")
    return History(float(value["minder"]), float(value["meer"]), float(value["verdwenenSleutels"]), value["reden"])


def _to_column(item: "SchemaProperty", where: str) -> Column:
    name = _identifier(item.name, where)
    where = f"{where}, kolom {name}"
    own = _properties(item.customProperties, _COLUMN_PROPERTIES, where)
    if item.logicalType not in TYPES:
        raise ContractFout(
            f"{where}: logicalType {item.logicalType!r} is niet ondersteund; bekend zijn {', '.join(TYPES)}"
        )
    options = dict(item.logicalTypeOptions or {})
    unknown = set(options) - {"minimum", "maximum", "format"}
    if unknown or item.quality or (item.unique and not item.primaryKey):
        raise ContractFout(
            f"{where}: de inname voert deze regel niet uit: {', '.join(sorted(unknown)) or 'quality of unique'}"
        )
    if ("minimum" in options) != ("maximum" in options):
        raise ContractFout(f"{where}: minimum en maximum horen bij elkaar; één grens alleen wordt niet gecontroleerd")
    relations = item.relationships or []
    if len(relations) > 1:
        raise ContractFout(f"{where}: ten hoogste één verwijzing per kolom")
    return Column(
        name=name,
        title=item.businessName or name,
        type=item.logicalType,
        required=bool(item.required),
        key=bool(item.primaryKey),
        patterns=() if own.get("uitBestandsnaam") else _texts(_needed(own, "kolomkoppen", where)),
        minimum=_bound(options.get("minimum"), item.logicalType, where),
        maximum=_bound(options.get("maximum"), item.logicalType, where),
        bounds_reason=str(own.get("redenGrenzen", "")),
        reference=str(relations[0].to) if relations else None,
        check_only=bool(own.get("alleenControle", False)),
        values=_to_values(own.get("waarden"), where),
        pseudonym=bool(own.get("pseudoniem", False)),
        valid_on=str(own.get("geldigOp", "begin")),
        forms=_to_forms(own.get("datumvormen"), where),
        may_lack=bool(own.get("kolomMagOntbreken", False)),
        from_file=bool(own.get("uitBestandsnaam", False)),
        article=_article(own.get("lidwoord", "de"), where),
        unit=str(_needed(own, "eenheid", where)) if item.logicalType == "integer" else "",
    )


def _article(value: object, where: str) -> str:
    if value not in ("de", "het"):
        raise ContractFout(f"{where}: lidwoord is de of het")
    return str(value)


def _bound(value: object, kind: str, where: str) -> int | date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(str(value)) if kind == "date" else int(str(value))
    except ValueError as error:
        raise ContractFout(f"{where}: grens {value!r} past niet bij {kind}") from error


def _to_values(value: object, where: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if value is None:
        return ()
    if not isinstance(value, dict):
        raise ContractFout(f"{where}: waarden is een lijst van waarde: [andere schrijfwijzen]")
    return tuple((str(name), _texts(spellings or [])) for name, spellings in value.items())


def _to_forms(value: object, where: str) -> tuple[str, ...]:
    forms = USUAL_DATES if value is None else _texts(value)
    if unknown := set(forms) - set(DATE_FORMS):
        raise ContractFout(f"{where}: onbekende datumvorm {', '.join(sorted(unknown))}")
    return forms


def _to_rule(item: "DataQuality", columns: Iterable[str], where: str) -> Rule:
    name = _text(item.name, "quality.name", where)
    where = f"{where}, regel '{name}'"
    match = _QUERY.fullmatch((item.query or "").strip())
    if match is None or item.mustBe != 0:
        raise ContractFout(f"{where}: schrijf de query als 'select count(*) from ... where ...' met mustBe: 0")
    own = _properties(item.customProperties, _RULE_PROPERTIES, where)
    column = own.get("kolom")
    known = set(columns)
    if column is not None and column not in known:
        raise ContractFout(f"{where}: kolom {column!r} staat niet in het contract")
    source = match["source"].strip()
    severity = _severity(item, where) or (Ernst.GEWEIGERD if source.startswith("${table}") else Ernst.BLOKKADE)
    return Rule(
        name=name,
        source=source,
        predicate=match["predicate"].strip(),
        reason=str(_needed(own, "reden", where)),
        remedy=str(_needed(own, "herstel", where)),
        severity=severity,
        column=None if column is None else str(column),
        value=None if own.get("waarde") is None else str(own["waarde"]),
        columns=tuple(sorted(known & set(_WORD.findall(match["predicate"])))),
    )


def _to_row_bounds(items: list["DataQuality"], where: str) -> RowBounds | None:
    if not items:
        return None
    item = items[0]
    between = item.mustBeBetween
    if len(items) > 1 or item.metric != "rowCount" or between is None:
        raise ContractFout(f"{where}: naast regels in SQL kent de inname alleen rowCount met mustBeBetween")
    own = _properties(item.customProperties, _RULE_PROPERTIES, where)
    return RowBounds(
        name=_text(item.name, "quality.name", where),
        minimum=int(between[0]),
        maximum=int(between[1]),
        reason=str(_needed(own, "reden", where)),
        remedy=str(_needed(own, "herstel", where)),
    )


def _severity(item: "DataQuality", where: str) -> Ernst | None:
    if item.severity not in _SEVERITIES:
        raise ContractFout(f"{where}: severity {item.severity!r} is onbekend; schrijf error of warning")
    return _SEVERITIES[item.severity]


def _properties(items: "list[CustomProperty] | None", known: set[str], where: str) -> dict[str, object]:
    found = {str(item.property): item.value for item in items or ()}
    if unknown := set(found) - known:
        raise ContractFout(f"{where}: onbekende eigenschap {', '.join(sorted(unknown))}")
    return found


def _needed(properties: Mapping[str, object], name: str, where: str) -> object:
    if properties.get(name) is None:
        raise ContractFout(f"{where}: eigenschap {name} ontbreekt")
    return properties[name]


def _text(value: str | None, what: str, where: str) -> str:
    if not value:
        raise ContractFout(f"{where}: {what} ontbreekt")
    return value


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, list) else (str(value),)


def _identifier(value: str | None, where: str) -> str:
    if value is None or _IDENTIFIER.fullmatch(value) is None:
        raise ContractFout(f"{where}: {value!r} is geen naam voor een tabel of kolom")
    return value
