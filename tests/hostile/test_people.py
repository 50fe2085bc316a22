"""Files with persons that are wrong in a way that no single rule of a contract names: dates, V-numbers, file names."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from pipeline.core.intake.contracts import load_contract
from pipeline.core.intake.delivery import Delivery, open_delivery
from pipeline.core.intake.extract import read_extract
from pipeline.core.intake.pseudonyms import PUBLIC_KEY, Pseudonymiser, number_sql, prepare
from tests.hostile.contractcases import (
    ContractCase,
    accepted_delivery,
    clean_delivery,
    found_in,
    new_round,
    read_one,
    read_spoiled,
)
from tests.hostile.persons import TABLE, ListCase
from tests.hostile.support import lay, read
from tests.hostile.test_persons import FIRST, HEAD, SECOND, first, housed
from tests.hostile.workbooks import HEADS, xlsx

ROWS: list[list[object]] = [["V9990000001", date(2016, 2, 29), date(2016, 3, 2), "huur_corporatie"], [*HEADS]]
NO_NUMBER = (
    "regel 2, kolom 'V-nummer': 'V123…' is geen V-nummer; verwacht een V en tien cijfers. "
    "Schrijf het V-nummer als een V met tien cijfers; zoek het op bij de persoon."
)
TWO_DAYS = "kan twee dagen zijn: met de dag of met de maand voorop."
LISTS = (
    ListCase("hoofdletters en een spatie in een waarde", first("huur_corporatie", "HUUR Corporatie")),
    ListCase(
        "koppen herhaald op een blad",
        lambda: xlsx([[*HEADS], *ROWS, ["V9990000002", date(2016, 6, 30), None, "kamer"]]),
        ("blad 'Blad1', regel 3: deze regel herhaalt de kolomkoppen en telt niet mee als rij.",),
        suffix=".xlsx",
    ),
    ListCase("zonder voorloopnullen", first("29-02-2016", "9/2/2016"), housed(2, f"'9/2/2016' {TWO_DAYS}"), None),
    ListCase(
        "een andere datum bewijst de maand voorop",
        lambda: HEAD + FIRST.replace("29-02", "01/02").replace("01/02-", "01/02/") + SECOND.replace("30-06-", "06/30/"),
        (*housed(2, f"'01/02/2016' {TWO_DAYS}"), *housed(3, f"'06/30/2016' {TWO_DAYS}")),
        None,
    ),
    ListCase(
        "maand voorop met middernacht erbij",
        lambda: HEAD + FIRST.replace("29-02-", "01/02/") + SECOND.replace("30-06-2016", "06/30/2016 00:00"),
        (*housed(2, f"'01/02/2016' {TWO_DAYS}"), *housed(3, f"'06/30/2016 00:00' {TWO_DAYS}")),
        None,
    ),
    ListCase(
        "bedrag in plaats van een datum",
        first("29-02-2016", "10000"),
        housed(2, "'10000' is een getal, geen datum."),
        None,
    ),
    ListCase("nummer dat van een echt persoon kan zijn", first("V9990000001", "V1234567890"), (NO_NUMBER,), None),
)


@pytest.mark.parametrize("case", LISTS, ids=lambda case: case.name)
def test_lists(case: ListCase, con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    case.check(con, tmp_path)


def test_the_clean_list_is_clean(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    ListCase("zoals het hoort", lambda: HEAD + FIRST + SECOND, rows=TABLE).check(con, tmp_path)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_naam_van_een_bestand(suffix: str, con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    lay(clean_delivery(tmp_path), HEAD + FIRST, f"gemeenten/assen{suffix}")
    outcome = read(con, tmp_path)
    assert (
        f"gemeenten/assen{suffix}: de naam van dit bestand is geen code van een gemeente. "
        "Noem het bestand naar de gemeente, zoals GM0363.csv."
    ) in outcome.refused
    assert not any(line.startswith("gemeenten/GM") for line in outcome.refused)


def test_twee_bestanden_van_een_gemeente(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """Neither is read: which of the two holds is not for a program to choose."""
    lay(clean_delivery(tmp_path), HEAD + FIRST, "gemeenten/gm0106.CSV")
    outcome = read(con, tmp_path)
    both = "van deze gemeente zijn er meer bestanden (gemeenten/GM0106.csv en gemeenten/gm0106.CSV)."
    for name in ("GM0106.csv", "gm0106.CSV"):
        assert f"gemeenten/{name}: {both} Laat alleen het juiste bestand staan." in outcome.refused


def test_v_nummer_in_een_bestandsnaam(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    lay(clean_delivery(tmp_path), HEAD + FIRST, "gemeenten/V9990000001.csv")
    outcome = read(con, tmp_path)
    tables = str(con.execute("from levering.herkomst").fetchall()) + str(con.execute("from levering.afkeur").fetchall())
    assert "V999….csv" in tables
    assert "0000001" not in tables + "".join(outcome.refused)


def test_zonder_personen_worden_koppelingen_niet_tegen_personen_gehouden(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    path = clean_delivery(tmp_path) / "coa/personen.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("V-nummer", "Kenmerk", 1), encoding="utf-8")
    assert read(con, tmp_path).refused == (
        "coa/personen.csv, regel 1, kolom 'V-nummer': deze kolom ontbreekt. Niet herkend: 'Kenmerk'. "
        "Voeg de kolom toe of geef haar deze kop.",
    )


def test_vergeten_welk_nummer_welk_pseudoniem_is(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    assert read(con, clean_delivery(tmp_path)).refused == ()
    names = {name for (name,) in con.execute("select table_name from duckdb_tables()").fetchall()}
    assert not any(name.startswith("intake_") for name in names)
    # Only the lists of names may stay behind in memory, and those know no person.
    columns = con.execute("select column_name from duckdb_columns() where table_name like 'intake%'").fetchall()
    assert columns == []


def test_tijdelijke_bestanden_zijn_versleuteld() -> None:
    with duckdb.connect() as own:
        prepare(own)
        assert own.execute("select current_setting('temp_file_encryption')").fetchall() == [(True,)]


@pytest.mark.parametrize(
    ("written", "digits"),
    [("V1234567890", 1234567890), ("v 1234567890", 1234567890), ("1234567890", 1234567890), ("0000000001", 1)],
)
def test_tien_cijfers(written: str, digits: int, con: duckdb.DuckDBPyConnection) -> None:
    assert number_of(con, written) == digits


@pytest.mark.parametrize(
    "written",
    [
        "V123456789",
        "V12345678901",
        "VV1234567890",
        "V12345O7890",
        "V1234567890 ",
        "V-1234567890",
        "V" + "\uff11" * 10,
    ],
)
def test_geen_tien_cijfers(written: str, con: duckdb.DuckDBPyConnection) -> None:
    assert number_of(con, written) is None


def number_of(con: duckdb.DuckDBPyConnection, written: str) -> int | None:
    shape = Pseudonymiser(PUBLIC_KEY, sample=False).shape
    number: int | None = con.execute(f"select {number_sql('$1', shape)}", [written]).fetchall()[0][0]
    return number


@pytest.fixture(scope="module")
def accepted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    with accepted_delivery(tmp_path_factory.mktemp("schoon")) as con:
        yield con


def fault(extract: str, change: str, *found: str) -> ContractCase:
    return ContractCase(extract, "", "", "wijzig", 1, change, aanvaard=False, bevindingen=found)


@pytest.mark.parametrize("number", ["V9990000001", "9990000001", "V 999 000 0001", "zie V9990000001 (broer)"])
@pytest.mark.parametrize("column", ["Huishouden", "Nationaliteit", "Opvanglocatie"])
def test_v_nummer_in_een_andere_kolom(
    column: str, number: str, accepted: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    result = read_spoiled(accepted, tmp_path, fault("coa_personen", f"{column}={number}"))
    assert found_in(result) == (f"regel 2 '{column}' V-nummer in andere kolom",)
    assert "0001" not in str(result.findings)


def test_v_nummer_in_een_bericht(accepted: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """A shifted column: a V-number where a name, a date or a number should be is masked like any other."""
    for column, rule in (
        ("Gemeente opvang", "geen gemeente van 2016"),
        ("Datum vergunning", "geen datum"),
        ("Geboortejaar", "geen geheel getal"),
        ("Categorie", "onbekende waarde"),
    ):
        result = read_spoiled(accepted, tmp_path, fault("coa_personen", f"{column}=V9990000001"))
        assert found_in(result) == (f"regel 2 '{column}' {rule}",)
        assert "V999…" in str(result.findings) and "0001" not in str(result.findings)


def spoil_two(path: Path, *changes: tuple[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (("A2;V9990000004;Emmen;20-12-2015", "A2;V9990000004;Emmen;30-02-2015"), "regel 3 'Datum' geen datum"),
        (("20-12-2015;1;regulier", "20-12-2015;1;kasteel"), "regel 3 'Soort' onbekende waarde"),
        (("A2;V9990000004;Emmen", "A2;V9990000004;Xyzzy"), "regel 3 'Gemeente' geen gemeente op de dag van deze regel"),
    ],
)
def test_een_correctie_op_een_geweigerde_regel(
    change: tuple[str, str], found: str, accepted: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    spoil_two(clean_delivery(tmp_path) / "coa/afmeldingen.csv", change)
    result = read_one(accepted, tmp_path, "coa_afmeldingen")
    assert found_in(result) == (found, "regel 4 'Corrigeert' correctie zonder afmelding")


def test_een_dubbele_regel_en_haar_correctie(accepted: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """Of two rows with one key none is accepted, so a correction of it has nothing to correct."""
    path = clean_delivery(tmp_path) / "coa/afmeldingen.csv"
    path.write_text(
        path.read_text(encoding="utf-8") + "A2;V9990000004;Emmen;20-12-2015;1;regulier;\n", encoding="utf-8"
    )
    result = read_one(accepted, tmp_path, "coa_afmeldingen")
    assert found_in(result) == (
        "regel 3 'Afmelding' dubbele sleutel",
        "regel 4 'Corrigeert' correctie zonder afmelding",
        "regel 7 'Afmelding' dubbele sleutel",
    )


Change = Callable[[str], str]
SHAPES: tuple[tuple[str, Change], ...] = (
    ("UTF-8 met BOM", lambda text: "\ufeff" + text),
    ("CRLF", lambda text: text.replace("\n", "\r\n")),
    ("tab", lambda text: text.replace(";", "\t")),
    ("verticale streep", lambda text: text.replace(";", "|")),
    ("titel erboven", lambda text: "Personen in de opvang\n\n" + text),
    ("lege regels", lambda text: text.replace("\n", "\n\n")),
    ("data als jaar-maand-dag", lambda text: text.replace("01-09-2015", "2015-09-01")),
    ("namen van maanden", lambda text: text.replace("01-09-2015", "1 sept. 2015")),
    ("spaties om de cellen", lambda text: text.replace(";", " ; ")),
)


@pytest.mark.parametrize(("name", "change"), SHAPES, ids=[name for name, _ in SHAPES])
def test_dezelfde_personen_in_een_andere_vorm(
    name: str, change: Change, accepted: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    path = clean_delivery(tmp_path) / "coa/personen.csv"
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8", newline="")
    accepted.execute("create or replace temp table zoals_het_hoort as from levering.coa_personen")
    accepted.execute("delete from levering.coa_personen")
    result = read_keeping(accepted, tmp_path)
    assert result, name
    differs = accepted.execute("from levering.coa_personen except from zoals_het_hoort").fetchall()
    count = accepted.execute("select count(*) from levering.coa_personen").fetchall()
    assert (differs, count) == ([], [(6,)])


def read_keeping(con: duckdb.DuckDBPyConnection, folder: Path) -> bool:
    """Read the persons into `levering` and leave them there."""
    delivery = open_delivery(folder)
    assert isinstance(delivery, Delivery)
    contract = load_contract("coa_personen")
    return read_extract(con, contract, delivery.of(contract), new_round(con, "coa_overzicht")).accepted
