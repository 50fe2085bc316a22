"""The walk through intake on the real overview: its tables, its account, and what stays behind after a refusal."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.core.errors import InvoerFout, ReferentieFout
from pipeline.core.house import package_path
from pipeline.core.intake import extract, intake
from pipeline.core.intake.contracts import load_contract
from pipeline.core.intake.findings import LeveringGeweigerd
from pipeline.core.intake.headers import find_header
from pipeline.core.intake.intake import EXTRACTS, OVERZICHT, read_levering
from pipeline.core.intake.parts import Part
from pipeline.core.intake.preflight import preflight
from pipeline.core.intake.reader import AansluitingFout, land, make_landed, reconcile
from pipeline.core.intake.rowstore import RowSink
from pipeline.core.intake.rules import judge, kept_rows, kept_source
from pipeline.core.periods import Periode
from pipeline.core.reference import load_reference
from pipeline.core.sqlfiles import load_checks
from pipeline.core.warehouse import run_check
from tests.hostile.workbooks import xlsx

LEVERING = package_path("sample", "leveringen", "2016-I")
NAME = "coa/overzicht_2016-07-01.csv"
SHA256 = "05122b5a86ff78809ccbe6f3a7baae39091e4a28ff9a01b639acbf29f896dbfe"
HALF = Periode(2016, 1)


def spoiled(folder: Path, old: str, new: str) -> Path:
    """The delivery with a change in the text of its overview."""
    text = (LEVERING / NAME).read_text(encoding="utf-8")
    assert old in text
    path = folder / NAME
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


def refuse(con: duckdb.DuckDBPyConnection, folder: Path) -> LeveringGeweigerd:
    with pytest.raises(LeveringGeweigerd) as caught:
        read_levering(con, folder, HALF)
    return caught.value


def tables(con: duckdb.DuckDBPyConnection) -> set[str]:
    rows = con.execute(
        "select table_schema, table_name from information_schema.tables where table_schema <> 'referentie'"
    )
    return {f"{schema}.{name}" for schema, name in rows.fetchall()}


def test_the_shipped_overview_is_the_published_one(con: duckdb.DuckDBPyConnection) -> None:
    result = read_levering(con, LEVERING, HALF)
    assert result.bevindingen == ()
    provenance = con.execute("select * from levering.herkomst").fetchall()
    assert provenance == [
        (NAME, OVERZICHT, SHA256, 25249, 391, 390, 0, "COA, gepubliceerd door de Rijksoverheid", 390, 0)
    ]
    assert [tuple(vars(file).values()) for file in result.bestanden] == provenance
    assert con.execute("select count(*) from levering.afkeur").fetchall() == [(0,)]


def test_its_sums_are_those_that_were_printed(con: duckdb.DuckDBPyConnection) -> None:
    read_levering(con, LEVERING, HALF)
    months = ", ".join(f"sum(maand_{number})" for number in range(1, 7))
    sums = con.execute(
        f"""
        select
            count(*), sum(saldo_begin), sum(taakstelling), sum(gecorrigeerd), {months}, sum(realisatie),
            sum(achter_voor), sum(greatest(achter_voor, 0)), sum(greatest(-achter_voor, 0)),
            count(*) filter (where achter_voor > 0),
            count(*) filter (where achter_voor = 0),
            count(*) filter (where achter_voor < 0)
        from levering.coa_overzicht
        """
    ).fetchall()
    printed = (390, 3374, 19998, 23372, 2844, 2692, 2657, 2886, 2747, 4263, 18089, 5283, 6446, 1163, 278, 17, 95)
    assert sums == [printed]
    amsterdam = con.execute("select * from levering.coa_overzicht where gemeentecode = 'GM0363'").fetchall()
    assert amsterdam == [("GM0363", 912, 965, 1877, 135, 190, 131, 131, 143, 132, 862, 1015)]


def test_the_table_is_typed_ordered_and_knows_no_file(con: duckdb.DuckDBPyConnection) -> None:
    read_levering(con, LEVERING, HALF)
    columns = {name: kind for name, kind, *_ in con.execute("describe levering.coa_overzicht").fetchall()}
    months = {f"maand_{number}": "INTEGER" for number in range(1, 7)}
    assert columns == {
        "gemeentecode": "VARCHAR",
        "saldo_begin": "INTEGER",
        "taakstelling": "INTEGER",
        "gecorrigeerd": "INTEGER",
        **months,
        "realisatie": "INTEGER",
        "achter_voor": "INTEGER",
    }
    codes = [code for (code,) in con.execute("select gemeentecode from levering.coa_overzicht").fetchall()]
    assert codes == sorted(codes)


def test_the_tables_are_the_announced_ones_and_nothing_else_stays(con: duckdb.DuckDBPyConnection) -> None:
    read_levering(con, LEVERING, HALF)
    assert tables(con) == {f"levering.{name}" for name in EXTRACTS}


def test_a_refusal_keeps_the_account_but_no_figures(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """What an earlier reading accepted must not be there for a later step to print."""
    read_levering(con, LEVERING, HALF)
    refusal = refuse(con, spoiled(tmp_path, "13,79,92", "13,veel,92"))
    assert isinstance(refusal, InvoerFout)
    assert tables(con) == {"levering.herkomst", "levering.afkeur"}
    assert con.execute("select regels, rijen_behouden, rijen_geweigerd from levering.herkomst").fetchall() == [
        (391, 389, 1)
    ]
    assert con.execute("select * from levering.afkeur").fetchall() == [
        (
            NAME,
            None,
            3,
            "taakstelling 1e helft 2016",
            "veel",
            "'veel' is geen geheel getal.",
            "Vul een geheel getal in, zoals 12, -21 of 1.015.",
            "geweigerd",
            "geen geheel getal",
        )
    ]
    assert str(refusal).splitlines() == [
        "De levering voor 2016-I is geweigerd: 1 fout.",
        f"{NAME}, regel 3, kolom 'taakstelling 1e helft 2016': 'veel' is geen geheel getal. "
        "Vul een geheel getal in, zoals 12, -21 of 1.015.",
    ]
    assert read_levering(con, LEVERING, HALF).bevindingen == ()


def test_many_faults_are_readable_and_all_are_kept(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    text = (LEVERING / NAME).read_text(encoding="utf-8")
    folder = spoiled(tmp_path, text, text.replace("Provincie ", "Prov. "))
    refusal = refuse(con, folder)
    assert str(refusal).splitlines()[0] == "De levering voor 2016-I is geweigerd: 390 fouten."
    assert len(refusal.regels) == 11
    assert refusal.regels[-1] == f"{NAME}: en nog 380 keer 'geen provincie'; de afkeurlijst noemt ze alle 390."
    assert con.execute("select count(*), count(distinct regel) from levering.afkeur").fetchall() == [(390, 390)]


def test_the_offer_comes_from_the_reference_data(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    refusal = refuse(con, spoiled(tmp_path, "Hoogeveen", "Hogeveen"))
    (line,) = (line for line in refusal.regels if "regel 8" in line)
    assert line.startswith(
        f"{NAME}, regel 8, kolom 'gemeente': 'Hogeveen' is geen gemeente van 2016; bedoelde u 'Hoogeveen'"
    )
    assert line.endswith("? Verbeter de naam in het bestand.")


def test_a_year_without_municipalities_is_not_read(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(ReferentieFout, match="kennen geen gemeenten van 2031"):
        read_levering(con, LEVERING, Periode(2031, 1))


@pytest.fixture
def tolerant(monkeypatch: pytest.MonkeyPatch) -> None:
    """The contract of an extract that may lose a row in a hundred and need not be complete."""
    contract = load_contract(OVERZICHT)
    rules = tuple(rule for rule in contract.rules if rule.per_row)
    weaker = replace(contract, max_refused=0.01, rules=rules)
    monkeypatch.setattr(intake, "load_contract", lambda name: weaker if name == OVERZICHT else load_contract(name))


@pytest.mark.usefixtures("tolerant")
def test_refused_rows_within_the_bound_leave_the_rest(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    folder = spoiled(tmp_path, "13,79,92", "13,veel,92")
    path = folder / NAME
    path.write_text(path.read_text(encoding="utf-8").replace("Urk,Provincie", "Urk,,Provincie"), encoding="utf-8")
    result = read_levering(con, folder, HALF)
    (file,) = result.bestanden
    assert (file.regels, file.rijen_behouden, file.rijen_geweigerd) == (391, 388, 2)
    assert [finding.regel for finding in result.waarschuwingen] == [3, 18]
    assert con.execute("select count(*) from levering.coa_overzicht").fetchall() == [(388,)]
    absent = con.execute(
        "select count(*) from levering.coa_overzicht where gemeentecode in ('GM0106', 'GM0184')"
    ).fetchall()
    assert absent == [(0,)]


@pytest.mark.usefixtures("tolerant")
def test_a_total_that_cannot_be_compared_is_named(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    folder = spoiled(tmp_path, "13,79,92", "13,veel,92")
    with (folder / NAME).open("a", encoding="utf-8") as file:
        file.write("Totaal,,3374,19998,,,,,,,,,,,\n")
    result = read_levering(con, folder, HALF)
    (total,) = (finding.zin for finding in result.waarschuwingen if finding.regel == 392)
    assert total == (
        f"{NAME}, regel 392: deze totaalregel is niet vergeleken, omdat er rijen zijn geweigerd; "
        "hij telt niet mee als rij."
    )
    assert result.bestanden[0].rijen_behouden == 389


@pytest.fixture
def with_aliases() -> Iterator[Callable[..., duckdb.DuckDBPyConnection]]:
    """A warehouse of its own, in which more spellings are accepted: (alias, code, valid from, valid until)."""
    with duckdb.connect() as own:
        load_reference(own)

        def add(*aliases: tuple[str, str, str | None, str | None]) -> duckdb.DuckDBPyConnection:
            own.executemany("insert into referentie.aliassen values (?, ?, ?, ?, 'proef')", aliases)
            return own

        yield add


def test_a_name_that_can_be_two_municipalities_is_refused(
    with_aliases: Callable[..., duckdb.DuckDBPyConnection], tmp_path: Path
) -> None:
    con = with_aliases(("Bergen", "GM0893", None, None), ("Bergen", "GM0373", None, None))
    refusal = refuse(con, spoiled(tmp_path, "Bergen L,", "Bergen,"))
    assert refusal.regels[1:] == (
        f"{NAME}, regel 123, kolom 'gemeente': 'Bergen' kan meer dan één gemeente van 2016 zijn. "
        "Schrijf de volledige naam.",
    )


@pytest.mark.parametrize(
    ("code", "begin", "end", "accepted"),
    [
        ("GM0106", None, None, True),
        ("GM0106", "2016-01-01", None, True),
        ("GM0106", None, "2016-01-02", True),
        ("GM0106", "2016-01-02", None, False),
        ("GM0106", None, "2016-01-01", False),
        # Beekdaelen, a municipality since 2019.
        ("GM1954", None, None, False),
    ],
)
def test_a_spelling_counts_on_the_first_day_and_for_a_municipality_of_the_year(
    code: str,
    begin: str | None,
    end: str | None,
    accepted: bool,
    with_aliases: Callable[..., duckdb.DuckDBPyConnection],
    tmp_path: Path,
) -> None:
    con = with_aliases(("Oud-Assen", code, begin, end))
    folder = spoiled(tmp_path, "\nAssen,", "\nOud-Assen,")
    if accepted:
        assert read_levering(con, folder, HALF).bestanden[0].rijen_behouden == 390
    else:
        assert "'Oud-Assen' is geen gemeente van 2016" in refuse(con, folder).regels[1]


@pytest.mark.usefixtures("tolerant")
def test_of_two_rows_with_one_key_none_survives(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    read_levering(con, spoiled(tmp_path, "Meppel,", "Emmen,"), HALF)
    kept = con.execute(
        "select count(*) filter (where gemeentecode = 'GM0114'), count(*) from levering.coa_overzicht"
    ).fetchall()
    assert kept == [(0, 388)]


@pytest.mark.usefixtures("tolerant")
def test_refused_rows_beyond_the_bound_refuse_the_file(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    text = (LEVERING / NAME).read_text(encoding="utf-8")
    refusal = refuse(con, spoiled(tmp_path, text, text.replace("Provincie Flevoland", "Flevo")))
    assert [finding.controle for finding in refusal.bevindingen] == ["te veel geweigerd", *["geen provincie"] * 6]
    assert "van de 390 rijen zijn er 6 geweigerd (1,5%); ten hoogste 1,0% mag." in refusal.regels[0]


@given(st.integers(0, 2**32))
@settings(max_examples=5)
def test_the_order_of_rows_and_columns_changes_nothing(
    con: duckdb.DuckDBPyConnection, tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    read_levering(con, LEVERING, HALF)
    expected = con.execute("select * from levering.coa_overzicht").fetchall()
    head, *rows = (line.split(",") for line in (LEVERING / NAME).read_text(encoding="utf-8").splitlines())
    random = Random(seed)
    random.shuffle(rows)
    places = random.sample(range(len(head)), len(head))
    text = "\n".join(",".join(row[place] for place in places) for row in (head, *rows))
    path = tmp_path_factory.mktemp("levering") / NAME
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    read_levering(con, path.parents[1], HALF)
    assert con.execute("select * from levering.coa_overzicht").fetchall() == expected


def test_a_line_without_account_stops_everything(con: duckdb.DuckDBPyConnection) -> None:
    contract = load_contract(OVERZICHT)
    document = preflight(LEVERING / NAME, NAME, contract).document
    assert document is not None
    header = find_header(document, contract)
    assert header is not None
    make_landed(con, contract, "proef")
    with RowSink(con, "proef") as sink:
        landing = land(document, contract, Part(1, NAME, header), sink)
    assert (landing.rows, landing.lines) == (390, 391)
    assert con.execute("select count(*) from proef").fetchall() == [(390,)]
    with pytest.raises(AansluitingFout, match="heeft 391 regels, waarvan 390 verantwoord"):
        reconcile(document, replace(landing, rows=389))
    con.execute("drop table proef")


def test_a_row_without_account_stops_everything(
    con: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forgetful(*args: object, **kwargs: object) -> object:
        return replace(judge(*args, **kwargs), kept=389)  # type: ignore[arg-type]

    monkeypatch.setattr(extract, "judge", forgetful)
    with pytest.raises(
        AansluitingFout, match="van de 390 rijen zijn er 389 behouden, 0 geweigerd en 0 als totaal gelezen"
    ):
        read_levering(con, LEVERING, HALF)


def closing(con: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """What the blocking check on the account of rows finds."""
    (check,) = (check for check in load_checks() if check.name == "rijen_sluiten")
    result = run_check(con, check)
    assert result.blocks == bool(result.examples)
    return result.examples


@pytest.mark.usefixtures("tolerant")
def test_every_file_accounts_for_its_rows(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """Refused and unreadable lines, totals, several sheets, a row that a correction adds and one that it removes."""
    folder = spoiled(tmp_path, "13,79,92", "13,veel,92")
    heads = "V-nummer;Datum huisvesting\n"
    lists = {
        "GM0106.csv": heads + "V9990000001;01-02-2016\nV9990000002;02-02-2016\nTotaal;2\n",
        "GM0114.csv": heads + "\n".join(f"V99900001{n:02d};01-02-2016" for n in range(50)) + "\nx;y;z\nV1;01-02-2016\n",
    }
    (folder / "gemeenten").mkdir()
    for name, text in lists.items():
        (folder / "gemeenten" / name).write_text(text, encoding="utf-8")
    (folder / "gemeenten" / "GM0109.xlsx").write_bytes(xlsx())
    (folder / "voorbeeld.toml").write_text("gegenereerd = true\n", encoding="utf-8")
    (folder / "correcties.toml").write_text(CORRECTIONS, encoding="utf-8")
    read_levering(con, folder, HALF)
    account = con.execute(
        "select bestand, rijen_gelezen, rijen_behouden, rijen_geweigerd, totaalregels from levering.herkomst order by 1"
    ).fetchall()
    assert account == [
        (NAME, 390, 389, 1, 0),
        ("gemeenten/GM0106.csv", 3, 2, 0, 1),
        ("gemeenten/GM0109.xlsx", 2, 2, 0, 0),
        ("gemeenten/GM0114.csv", 52, 50, 2, 0),
    ]
    assert closing(con) == ()


CORRECTIONS = """
[[correctie]]
extract = "gemeenten_huisvesting"
waar = { bestand = "gemeenten/GM0106.csv", persoon = "V9990000002" }
actie = "verwijder"
verwacht = { rijen = 1 }
reden = "Dubbel gemeld door de gemeente"
gemeld_op = 2016-07-12
status = "toegezegd"

[[correctie]]
extract = "gemeenten_huisvesting"
waar = { bestand = "gemeenten/GM0106.csv", persoon = "V9990000003" }
actie = "voeg_toe"
nieuw = { persoon = "V9990000003", datum_huisvesting = "03-02-2016" }
reden = "Vergeten door de gemeente"
gemeld_op = 2016-07-12
status = "toegezegd"
"""


def test_a_row_that_is_neither_kept_nor_refused_is_held_back(
    con: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extract, "kept_source", lambda: f"(select * from {kept_source()} where regel <> 3)")
    read_levering(con, LEVERING, HALF)
    assert closing(con) == (
        f"bestand {NAME}, rijen gelezen 390, rijen behouden 389, rijen geweigerd 0, totaalregels 0",
    )


def test_a_kept_row_that_does_not_reach_the_table_stops_everything(
    con: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extract, "kept_rows", lambda *arguments: f"{kept_rows(*arguments)} limit 389")
    with pytest.raises(AansluitingFout, match="van de 390 behouden rijen staan er 389 in de tabel"):
        read_levering(con, LEVERING, HALF)
