"""One fault against one rule of one contract: a table of cases per extract, laid in a small delivery without faults.

Belongs here: reading the tables in `contracten/`, spoiling the delivery in `schoon/`, and what became of the extract.
Not here: the cases themselves (the tables), shapes of files and spellings of values (the other hostile tests).

A table has one row per case: `regel` and `kolom` (the rule of the contract; `mutatie/contracts.py` switches it off by
that name), `actie` (`wijzig`: the row `rij` of the file, from 1, gets the cells in `wijziging`; `erbij`: a copy of it
with those cells is added; `leeg`: no rows left; `zonder`: the column in `wijziging` left out), `uitkomst` (aanvaard,
geweigerd), and `bevindingen`: every finding about the file, place and name of the rule, ` + ` between. What the
sentences say stands in other tests; that they are whole sentences is looked at here for all.
"""

import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb

from pipeline.core.intake.contracts import CONTRACTS, load_contract
from pipeline.core.intake.delivery import Delivery, open_delivery
from pipeline.core.intake.extract import ExtractResult, Round, read_extract
from pipeline.core.intake.findings import Bevinding, Ernst
from pipeline.core.intake.pseudonyms import prepare, pseudonymiser_for
from pipeline.core.reference import load_reference
from tests.hostile.support import HALF, NAME, SAMPLE, lay, suggest_from_list

HERE = Path(__file__).parent
CLEAN = HERE / "schoon"
TABLES = HERE / "contracten"
FILES = {
    "coa_overzicht": NAME,
    "coa_personen": "coa/personen.csv",
    "coa_koppelingen": "coa/koppelingen.csv",
    "coa_afmeldingen": "coa/afmeldingen.csv",
    "ind_vergunningen": "ind/vergunningen.csv",
    "ind_nareis": "ind/nareis.csv",
    "gemeenten_huisvesting": "gemeenten/GM0106.csv",
    "rijk_taakstelling": "rijk/taakstelling.csv",
    "rijk_herindeling": "rijk/herindeling.csv",
    "rijk_herindeling_personen": "rijk/herindeling_personen.csv",
    "provincies_toezicht": "provincies/toezicht.csv",
}
"""The file of each extract that the cases spoil."""

V_NUMBER = "999000"
# A sentence ends, and nothing of a template or of SQL is left in it.
_WHOLE = re.compile(r"(?s)(?!.*(?:[{}$]|\bNone\b|\bNULL\b|\bnull\b)).+[.?]")


@dataclass(frozen=True)
class ContractCase:
    """One row of a table."""

    extract: str
    regel: str
    kolom: str
    actie: str
    rij: int
    wijziging: str
    aanvaard: bool
    bevindingen: tuple[str, ...]

    @property
    def key(self) -> tuple[str, str, str]:
        """The rule that the case is about."""
        return self.extract, self.regel, self.kolom

    def check(self, con: duckdb.DuckDBPyConnection, folder: Path) -> None:
        """Fails when the outcome is another. `con` holds the accepted delivery (`accepted_delivery`)."""
        result = read_spoiled(con, folder, self)
        assert found_in(result) == self.bevindingen
        assert result.accepted == self.aanvaard
        for finding in result.findings:
            assert _WHOLE.fullmatch(finding.reden), finding.reden
            assert finding.ernst == Ernst.OPMERKING or _WHOLE.fullmatch(finding.herstel), finding.herstel
            assert V_NUMBER not in finding.zin


@cache
def cases() -> tuple[ContractCase, ...]:
    """All cases, in the order of the contracts and of their tables."""
    return tuple(
        _case(extract, row)
        for extract in CONTRACTS
        for row in csv.DictReader(io.StringIO((TABLES / f"{extract}.csv").read_text(encoding="utf-8")))
    )


def _case(extract: str, row: dict[str, str]) -> ContractCase:
    return ContractCase(
        extract=extract,
        regel=row["regel"],
        kolom=row["kolom"],
        actie=row["actie"],
        rij=int(row["rij"] or 0),
        wijziging=row["wijziging"],
        aanvaard={"aanvaard": True, "geweigerd": False}[row["uitkomst"]],
        bevindingen=tuple(row["bevindingen"].split(" + ")) if row["bevindingen"] else (),
    )


def clean_file(extract: str) -> bytes:
    """The file of the extract as it should be."""
    return SAMPLE.read_bytes() if extract == "coa_overzicht" else (CLEAN / FILES[extract]).read_bytes()


def clean_delivery(folder: Path) -> Path:
    """The whole delivery without faults, laid in `folder`."""
    lay(folder, SAMPLE.read_bytes())
    for path in CLEAN.rglob("*.*"):
        lay(folder, path.read_bytes(), path.relative_to(CLEAN).as_posix())
    return folder


def spoiled(case: ContractCase) -> str:
    """The file of the extract with the fault in it."""
    text = clean_file(case.extract).decode("utf-8")
    sign = max(",;", key=text.splitlines()[0].count)
    head, *rows = csv.reader(io.StringIO(text), delimiter=sign)
    if case.actie == "leeg":
        rows = []
    elif case.actie == "zonder":
        place = head.index(case.wijziging)
        head, *rows = [[*row[:place], *row[place + 1 :]] for row in (head, *rows)]
    else:
        row = list(rows[case.rij - 1])
        for change in filter(None, case.wijziging.split(" | ")):
            name, _, value = change.partition("=")
            row[head.index(name)] = value
        rows = [*rows, row] if case.actie == "erbij" else [*rows[: case.rij - 1], row, *rows[case.rij :]]
    written = io.StringIO()
    csv.writer(written, delimiter=sign, lineterminator="\n").writerows([head, *rows])
    return written.getvalue()


@contextmanager
def accepted_delivery(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A warehouse in which every extract of the delivery without faults is accepted."""
    delivery = open_delivery(clean_delivery(folder))
    assert isinstance(delivery, Delivery)
    with duckdb.connect() as con:
        con.execute("set threads = 1")
        load_reference(con)
        con.execute("create schema levering; create schema schoon")
        round_ = new_round(con)
        for extract in CONTRACTS:
            contract = load_contract(extract)
            assert read_extract(con, contract, delivery.of(contract), round_).accepted
            con.execute(f"create table schoon.{extract} as from levering.{extract}")
        yield con


def new_round(con: duckdb.DuckDBPyConnection, *accepted: str) -> Round:
    """A round in which `accepted` extracts stand in `levering` already."""
    prepare(con)
    return Round(HALF, suggest_from_list, pseudonymiser_for(sample=True), accepted=set(accepted))


def read_spoiled(con: duckdb.DuckDBPyConnection, folder: Path, case: ContractCase) -> ExtractResult:
    """Read the extract of the case, with the fault; the accepted tables stay."""
    lay(folder, spoiled(case), FILES[case.extract])
    if case.extract == "gemeenten_huisvesting":
        lay(folder, (CLEAN / "gemeenten/GM0114.csv").read_bytes(), "gemeenten/GM0114.csv")
    return read_one(con, folder, case.extract)


def read_one(con: duckdb.DuckDBPyConnection, folder: Path, extract: str) -> ExtractResult:
    """Read one extract of a delivery, as if those that come before it were accepted; the accepted tables stay."""
    delivery = open_delivery(folder)
    assert isinstance(delivery, Delivery)
    contract = load_contract(extract)
    with kept(con, extract):
        before = CONTRACTS[: CONTRACTS.index(extract)]
        return read_extract(con, contract, delivery.of(contract), new_round(con, *before))


@contextmanager
def kept(con: duckdb.DuckDBPyConnection, extract: str) -> Iterator[None]:
    """Whatever happens, the accepted table is there again afterwards. No transaction: in one, rows have no numbers."""
    try:
        yield
    finally:
        con.execute(f"create or replace table levering.{extract} as from schoon.{extract}")


def found_in(result: ExtractResult) -> tuple[str, ...]:
    """The findings as the tables have them. That too many rows were refused follows from the others."""
    return tuple(_short(finding) for finding in result.findings if finding.controle != "te veel geweigerd")


def _short(finding: Bevinding) -> str:
    line = "" if finding.regel is None else f"regel {finding.regel} "
    column = "" if finding.kolom is None else f"'{finding.kolom}' "
    severity = "" if finding.ernst in (Ernst.GEWEIGERD, Ernst.BLOKKADE) else f" ({finding.ernst})"
    return f"{line}{column}{finding.controle}{severity}"
