"""The walk over generated persons: the ledger gives the real table, one row less is held back, no V-number gets out."""

import base64
import csv
import hashlib
import json
import re
import shutil
import sqlite3
import subprocess
import sys
import tomllib
import zipfile
import zlib
from collections import Counter
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import docx.document
import duckdb
import pikepdf
import pytest
from docx import Document

from pipeline.cli import main
from pipeline.core import editions
from pipeline.core.boundaries import municipality_shapes
from pipeline.core.config import DEMONSTRATIE
from pipeline.core.disclosure.bounds import exposed
from pipeline.core.disclosure.rounding import round_cells
from pipeline.core.edition_store import public_folder
from pipeline.core.editions import make_edition
from pipeline.core.explain.evidence import lists, make_lists
from pipeline.core.intake.pseudonyms import KEY_VARIABLE, PUBLIC_KEY, SAMPLE_MARK, Pseudonymiser
from pipeline.core.readers import open_copy
from pipeline.core.sqlfiles import load_checks
from pipeline.core.storage_key import NEW_KEY_VARIABLE as NEW_STORAGE_VARIABLE
from pipeline.core.vault import is_encrypted
from pipeline.core.warehouse import CheckResult, open_warehouse
from pipeline.sample.generator import make_sample
from tests.bench.peers import hand
from tests.bench.peers.outputs import MODELS, Tabel, differences, read_tables
from tests.bench.tables import freeze_inputs
from tests.document import verapdf
from tests.document.herleid_editie import beoordeel
from tests.orchestration import outside
from tests.orchestration.packed import unpacked
from tests.orchestration.stored import STORAGE, Stored, Traces, few_documents
from tests.orchestration.test_run import flowing_text, pdf_text
from tests.recompute.test_evidence import register, unequal
from tests.wheel import ALONE, SECRETS, Alone

PDF = "voortgangsrapportage-2016-I.pdf"
# With its letter anywhere; without it only as a number of its own, since a hash or the fraction of a time may hold
# the same digits.
IN_TEXT = "(^|[^0-9a-f])V?999[0-9]{7}([^0-9a-f]|$)"
V_NUMBER = re.compile(rb"V999\d{7}|(?<![0-9a-f.])999\d{7}(?![0-9a-f])")


@pytest.fixture(scope="module")
def output(alone: Alone) -> Path:
    """The output folder of that run, with edition 1."""
    return alone.place / "output"


@pytest.fixture(scope="module")
def edition(output: Path) -> Path:
    return output / "2016-I" / "edities" / "1"


@pytest.fixture(scope="module")
def delivery(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A second sample around the same table: fewer in the opvang, more of them overdue, a rising taakstelling."""
    folder = tmp_path_factory.mktemp("levering") / "2016-I"
    make_sample(DEMONSTRATIE, folder, opvang=14_437, overdue=7_131, vervolg=(24_000, 27_000))
    return folder


@pytest.fixture(scope="module")
def stored(delivery: Path, tmp_path_factory: pytest.TempPathFactory) -> Stored:
    """The second sample as if its persons were real, in an installation with a storage key: without its mark and the
    lists of the municipalities, its V-numbers such as anybody may have.
    """
    place = tmp_path_factory.mktemp("tweede")
    real = shutil.copytree(delivery, place / "levering", ignore=shutil.ignore_patterns("gemeenten", SAMPLE_MARK))
    for path in real.rglob("*.csv"):
        path.write_bytes(path.read_bytes().replace(b"V999", b"V281"))
    found = Stored(place, real)
    with pytest.MonkeyPatch.context() as patch:
        found.enter(patch)
        patch.setattr(editions, "_render", few_documents())
        found.voortgang(1, "rapport", "2016-I", "--levering", str(real), "--versie", "openbaar")
    return found


@pytest.fixture
def second(stored: Stored, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The edition of the second sample, with the key to read it."""
    stored.enter(monkeypatch)
    return stored.output / "2016-I" / "edities" / "1"


def test_every_cell_of_the_real_table_comes_from_the_persons(edition: Path) -> None:
    with duckdb.connect() as con:
        cells = con.execute(
            """
            with overzicht as (
                select gemeentecode, unnest(range(1, 7)) as maand,
                    unnest([maand_1, maand_2, maand_3, maand_4, maand_5, maand_6]) as realisatie
                from read_parquet($overzicht)
            ),
            personen as (
                select gemeentecode, month(datum) as maand, sum(aantal) as realisatie
                from read_parquet($afmeldingen)
                where datum >= date '2016-01-01' and datum < date '2016-07-01'
                group by all
            )
            select count(*), count(*) filter (where overzicht.realisatie = coalesce(personen.realisatie, 0)),
                count(*) filter (where overzicht.realisatie < 0)
            from overzicht left join personen using (gemeentecode, maand)
            """,
            {
                "overzicht": str(edition / "bronnen/coa_overzicht.parquet"),
                "afmeldingen": str(edition / "bronnen/coa_afmeldingen.parquet"),
            },
        )
        assert cells.fetchall() == [(2340, 2340, 23)]


@pytest.fixture(scope="module")
def national(edition: Path) -> dict[str, int]:
    """The register of the country: whole numbers by id."""
    with (edition / "cijfers.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["gebied"] == "NL" and row["waarde"]]
    return {row["cijfer_id"]: int(Decimal(row["waarde"])) for row in rows}


@pytest.fixture(scope="module")
def told(output: Path) -> dict[str, dict[str, int]]:
    """What the generator says of its own delivery."""
    (path,) = output.rglob("voorbeeld.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def test_the_opvang_and_the_overdue_koppelingen_are_those_of_the_letter(national: dict[str, int]) -> None:
    assert 14_900 <= national["opvang.totaal"] <= 14_999
    assert 5_950 <= national["koppelingen.langer_dan_norm"] <= 6_049


def test_the_funnel_is_that_of_the_generator_and_sums_to_the_stock(
    national: dict[str, int], told: dict[str, dict[str, int]]
) -> None:
    found = {
        "zonder_koppeling": national["koppelingen.zonder_koppeling"],
        "gekoppeld_binnen_norm": national["koppelingen.binnen_norm"],
        "gekoppeld_langer_dan_norm": national["koppelingen.langer_dan_norm"],
        "met_aanbod": national["koppelingen.met_aanbod"],
        "met_huurcontract": national["koppelingen.met_huurcontract"],
    }
    assert found == told["trechter"]
    assert sum(found.values()) == national["opvang.totaal"]


def test_stock_and_flow_are_those_of_the_generator_and_balance(
    national: dict[str, int], told: dict[str, dict[str, int]]
) -> None:
    flow = {key: value for key, value in told["stroom"].items() if key != "correcties"}
    assert flow == {
        "opvang_begin": national["opvang.begin"],
        "vergunningen_in_opvang": national["opvang.vergunningen"],
        "nareis_in_opvang": national["opvang.nareis"],
        "afgemeld_uit_opvang": national["opvang.afgemeld"],
        "anders_vertrokken": national["opvang.anders_vertrokken"],
        "opvang_eind": national["opvang.totaal"],
        "afgemeld_nooit_in_opvang": national["opvang.afgemeld_buiten_opvang"],
    }
    grown = flow["opvang_begin"] + flow["vergunningen_in_opvang"] + flow["nareis_in_opvang"]
    assert grown - flow["afgemeld_uit_opvang"] - flow["anders_vertrokken"] == flow["opvang_eind"]
    assert flow["afgemeld_uit_opvang"] + flow["afgemeld_nooit_in_opvang"] == national["realisatie.totaal"] == 18_089


@pytest.mark.parametrize("kind", ["categorie", "huishoudgrootte", "nationaliteit", "opvangvorm", "verblijf"])
def test_breakdowns_of_the_opvang_sum_to_it(national: dict[str, int], kind: str) -> None:
    parts = [value for name, value in national.items() if name.startswith(f"opvang.{kind}_")]
    assert len(parts) > 2 and sum(parts) == national["opvang.totaal"]


def test_what_the_coa_supplied_is_told_apart_per_municipality(edition: Path, national: dict[str, int]) -> None:
    with (edition / "tabellen" / "koppelingen.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 390
    words = Counter(row["oordeel"] for row in rows)
    assert words["voldaan"] == 112 and set(words) == {"voldaan", "te_weinig_gekoppeld", "te_weinig_gehuisvest"}
    for word, number in words.items():
        assert national[f"koppelingen.gemeenten_{word}"] == number
    wrong = [
        row["gemeente"]
        for row in rows
        if row["oordeel"] != "voldaan"
        and (row["oordeel"] == "te_weinig_gehuisvest") != (int(row["beschikbaar"]) >= int(row["gecorrigeerd"]))
    ]
    assert wrong == []


def test_the_reconciliation_finds_every_planted_difference(
    national: dict[str, int], told: dict[str, dict[str, int]]
) -> None:
    """A mistyped number shows twice: as somebody unknown, and as somebody whom the municipality did not report; a line
    that intake refused (an impossible day, a number too short, both lines of a double) leaves its person with the COA
    alone.
    """
    planted = told["afwijkingen"]
    refused = planted["onmogelijke_datum"] + planted["te_kort_v_nummer"] + planted["dubbele_regel"]
    expected = {
        "andere_datum": planted["andere_datum"],
        "andere_gemeente": planted["andere_gemeente"],
        "andere_gemeente_gemeld": planted["andere_gemeente"],
        "alleen_coa": planted["alleen_coa"] + planted["typefout_v_nummer"] + refused,
        "gemeente_leverde_niet": planted["gemeente_zonder_bestand"],
        "alleen_gemeente": planted["late_afmelding"],
        "late_afmelding": planted["late_afmelding"],
        "onbekend_coa": planted["onbekend_v_nummer"] + planted["typefout_v_nummer"],
        "gemeente_ander_halfjaar": 0,
        "coa_ander_halfjaar": 0,
        "dubbel_gemeld": 0,
        "gemeenten_niet_geleverd": told["omvang"]["gemeenten_zonder_bestand"],
        # Two lines of every double person are refused.
        "gemeld": told["omvang"]["gemeenteregels"] - refused - planted["dubbele_regel"],
    }
    found = {name: national[f"aansluiting.{name}"] for name in (*expected, "gelijk", "geplaatst")}
    assert {name: found[name] for name in expected} == expected
    others = ("andere_datum", "andere_gemeente", "alleen_coa", "gemeente_leverde_niet")
    assert found["gelijk"] == found["geplaatst"] - sum(found[name] for name in others) > 16_000


def test_the_permits_of_the_ind_differ_as_planted(national: dict[str, int], told: dict[str, dict[str, int]]) -> None:
    assert national["ind.coa_onbekend"] == told["afwijkingen"]["onbekend_bij_ind"]
    assert national["ind.coa_andere_datum"] == told["afwijkingen"]["andere_datum_ind"]
    for none in ("coa_ingetrokken", "alleen_ind_onbekend_coa", "alleen_ind_zonder_vergunning_coa"):
        assert national[f"ind.{none}"] == 0
    assert national["ind.coa_personen"] == told["omvang"]["personen"]
    assert national["ind.opvang_personen"] == national["opvang.totaal"] == told["stroom"]["opvang_eind"]


def test_nareis_that_is_still_expected(national: dict[str, int], told: dict[str, dict[str, int]]) -> None:
    admitted, arrived, expected = (national[f"nareis.{name}"] for name in ("toegelaten", "aangekomen", "verwacht"))
    parts = ("verlopen", "1", "2", "later", "zonder_dag")
    assert admitted == told["omvang"]["nareis"] == arrived + expected
    assert expected == sum(national[f"nareis.verwacht_{part}"] for part in parts)
    assert expected == national["ind.alleen_ind_nareis_verwacht"] > 4_000


def test_the_pdf_says_that_persons_are_generated_on_cover_and_in_the_account(edition: Path) -> None:
    pages = pdf_text(edition / PDF).split("\f")
    assert "verzonnen personen" in " ".join(pages[0].split())
    assert "zijn verzonnen" in " ".join(pages[1].split())


def test_the_pdf_still_carries_the_real_totals(edition: Path) -> None:
    text = pdf_text(edition / PDF)
    assert [figure for figure in ("18.089", "5.283", "6.446", "1.163", "23.372") if figure not in text] == []


def test_every_delivered_file_is_named_with_its_hash(edition: Path) -> None:
    """The manifest names each; the document names the lists of municipalities by the hash of their list."""
    manifest = json.loads((edition / "manifest.json").read_text(encoding="utf-8"))
    assert len(manifest["invoer"]) == 380
    assert all(len(file["sha256"]) == 64 for file in manifest["invoer"])
    lists = [file for file in manifest["invoer"] if file["extract"] == "gemeenten_huisvesting"]
    listed = "".join(f"{file['sha256']}  {file['bestand']}\n" for file in lists)
    named = [hashlib.sha256(listed.encode()).hexdigest()]
    named += [file["sha256"] for file in manifest["invoer"] if file not in lists]
    text = "".join(flowing_text(edition / PDF).split())
    assert [sha256 for sha256 in named if sha256 not in text] == []


def test_the_manifest_names_the_norms_that_were_used(edition: Path) -> None:
    manifest = json.loads((edition / "manifest.json").read_text(encoding="utf-8"))
    used = {norm["klok"]: (norm["weken"], norm["geldig_vanaf"]) for norm in manifest["normen"]}
    assert used["aanbod"] == (10, "2014-01-01") and len(used) == 4
    assert all(norm["bron"] for norm in manifest["normen"])


def test_no_v_number_in_any_byte_of_the_output(output: Path) -> None:
    """The delivery is the only place: warehouse, editions, log and Dagster's own database hold pseudonyms only."""
    found = [
        str(path.relative_to(output))
        for path in output.rglob("*")
        if path.is_file() and ".voorbeeld" not in path.parts and V_NUMBER.search(path.read_bytes())
    ]
    assert found == []


def test_the_run_opens_no_socket_and_starts_no_program(alone: Alone) -> None:
    """Also not by way of a library in C: it has no child that it waited for, and no socket is open at its end."""
    assert (alone.told["tried"], alone.told["children"], alone.told["sockets"]) == ([], 0, [])


def test_what_starts_a_program_or_opens_a_socket_is_seen(tmp_path: Path) -> None:
    """The webinterface is another program; a delivery at an address asks for a socket."""
    for arguments, seen in (
        (["ui"], "os.exec"),
        (["controle", "2016-I", "--levering", "http://127.0.0.1:9/x.zip"], "socket."),
    ):
        record = tmp_path / "verslag.json"
        subprocess.run(
            [sys.executable, str(ALONE), str(record), *arguments, "--output", str(tmp_path)], capture_output=True
        )
        (first, *_) = json.loads(record.read_text(encoding="utf-8"))["tried"]
        assert first.startswith(seen)


def test_everything_it_makes_is_for_its_owner_alone(alone: Alone) -> None:
    """Whatever the umask: folders 700 and files 600, those of an edition 500 and 400; a copy for readers 400."""
    assert alone.told["umask"] == 0
    wrong = {}
    for name, mode in alone.modes.items():
        path = alone.place / name
        fixed = name.startswith("output/2016-I/edities/") or path.parent.name == "leeskopie"
        expected = (0o500 if fixed else 0o700) if path.is_dir() else (0o400 if fixed else 0o600)
        if mode != expected:
            wrong[name] = oct(mode)
    assert wrong == {}
    kinds = ("output", "output/2016-I/warehouse.duckdb", "output/2016-I/logboek.jsonl", "output/.dagster/dagster.yaml")
    assert {*kinds, "output/2016-I/edities/1/manifest.json"} <= alone.modes.keys()


def test_nothing_is_left_in_the_temporary_folder(alone: Alone) -> None:
    assert list((alone.place / "tijdelijk").iterdir()) == []


def test_no_v_number_and_no_key_in_anything_that_it_left_or_said(alone: Alone) -> None:
    """Also within zips, the streams and text of PDFs, Parquet, and what Dagster keeps compressed. The names of the
    variables that hold keys stand nowhere either: an edition needs none of them.
    """
    key = PUBLIC_KEY
    pads = Pseudonymiser(key, sample=True).pads().values()
    secret = [*map(str.encode, (*SECRETS, *SECRETS.values())), bytes.fromhex(SECRETS[KEY_VARIABLE])]
    secret += [key, key.hex().encode(), base64.b64encode(key), *pads, *(pad.hex().encode() for pad in pads)]
    found = [
        f"{path.relative_to(alone.place)}: {where}"
        for path in alone.files()
        for where, content in unpacked(path)
        if V_NUMBER.search(content) or any(one in content for one in secret)
    ]
    assert found == []
    assert V_NUMBER.search(alone.said.encode()) is None and not any(one in alone.said.encode() for one in secret)


def test_that_search_sees_what_is_packed(tmp_path: Path) -> None:
    number = "V9991234567"
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("b.csv", number)
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        fixed = {"filename": "b.csv", "mime_type": "text/csv", "creation_date": "", "mod_date": ""}
        pdf.attachments["b.csv"] = pikepdf.AttachedFileSpec(pdf, number.encode(), **fixed)
        pdf.save(tmp_path / "a.pdf", compress_streams=True)
    with duckdb.connect() as con:
        con.execute(f"copy (select '{number}' as a) to '{tmp_path / 'a.parquet'}' (format parquet)")
    with closing(sqlite3.connect(tmp_path / "a.db")) as base:
        base.execute("create table a (b blob)")
        base.execute("insert into a values (?)", [zlib.compress(number.encode())])
        base.commit()
    for path in tmp_path.iterdir():
        assert any(V_NUMBER.search(content) for _, content in unpacked(path)), path.name


def test_no_v_number_in_any_text_of_the_tables(output: Path, edition: Path) -> None:
    """Compressed pages hide text from a grep, so the tables are asked as well."""
    with duckdb.connect() as con:
        con.execute(f"attach '{output / '2016-I' / 'warehouse.duckdb'}' as w (read_only)")
        columns = con.execute(
            "select schema_name, table_name, column_name from duckdb_columns() "
            "where database_name = 'w' and data_type = 'VARCHAR' and not internal"
        ).fetchall()
        asked = [(f'w."{schema}"."{table}"', column) for schema, table, column in columns]
        for path in sorted((edition / "bronnen").glob("*.parquet")):
            source = f"read_parquet('{path}')"
            described = con.execute(f"describe select * from {source}").fetchall()
            asked += [(source, name) for name, kind, *_ in described if kind == "VARCHAR"]
        assert len(asked) > 100
        hits = [
            (source, column)
            for source, column in asked
            if con.execute(f'select count(*) from {source} where regexp_matches("{column}", ?)', [IN_TEXT]).fetchall()
            != [(0,)]
        ]
    assert hits == []


def test_the_grep_would_find_one(delivery: Path) -> None:
    assert V_NUMBER.search((delivery / "coa" / "personen.csv").read_bytes())


def test_one_row_less_in_the_ledger_is_held_back(
    delivery: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = tmp_path / "levering"
    shutil.copytree(delivery, changed)
    path = changed / "coa" / "afmeldingen.csv"
    lines = path.read_bytes().splitlines(keepends=True)
    cited = {line.rstrip().rsplit(b";", 1)[1] for line in lines[1:]}
    place = next(
        number
        for number, line in enumerate(lines)
        if b"-03-2016;1;regulier;" in line and line.split(b";")[0] not in cited
    )
    gemeente = lines[place].split(b";")[2].decode()
    del lines[place]
    path.write_bytes(b"".join(lines))
    assert main(["rapport", "2016-I", "--levering", str(changed), "--output", str(tmp_path / "out")]) == 2
    message = capsys.readouterr().err
    assert "per gemeente en per maand gelijk aan het overzicht" in message and "maand 3" in message, gemeente
    assert not list((tmp_path / "out" / "2016-I" / "edities").glob("*"))


def test_a_person_signed_off_twice_counts_nowhere_and_is_held_back(
    delivery: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Which of the two is right nobody knows: neither counts, and the cell of the first one differs."""
    changed = tmp_path / "levering"
    shutil.copytree(delivery, changed)
    path = changed / "coa" / "afmeldingen.csv"
    text = path.read_text(encoding="utf-8")
    cited = {line.rsplit(";", 1)[1] for line in text.splitlines()}
    first = next(
        line for line in text.splitlines() if "-03-2016;1;regulier;" in line and line.split(";")[0] not in cited
    )
    number, person, _gemeente, *_rest = first.split(";")
    path.write_text(f"{text}X1;{person};Vaals;12-05-2016;1;regulier;\n", encoding="utf-8")
    assert main(["controle", "2016-I", "--levering", str(changed), "--output", str(tmp_path / "out")]) == 2
    told = capsys.readouterr().out
    assert f"meer dan één keer afgemeld zonder correctie (afmelding {number} en X1)" in told
    assert "houdt de editie tegen: De realisatie uit de afmeldingen is per gemeente en per maand gelijk" in told
    # One cell: the second one never counted.
    assert "gelijk aan het overzicht van het Rijk - niet waar (1 keer)" in told
    assert "maand 3" in told


def _text_of(letter: docx.document.Document) -> str:
    """The text of a letter as one line, each space an ordinary one."""
    return " ".join(" ".join(paragraph.text for paragraph in letter.paragraphs).split())


def test_a_second_sample_gives_other_true_sentences(second: Path) -> None:
    """From the delivery to the words, in the letter, the report and the factsheet."""
    letter = _text_of(Document(str(second / "kamerbrief-2016-I.docx")))
    assert "verbleven er ca. 14.400 vergunninghouders in de opvang" in letter
    assert "Van hen waren er ca. 7.100 langer dan de norm" in letter
    assert "is 27.000. Dat is hoger dan de taakstelling van 24.000 voor het tweede halfjaar van 2016" in letter
    report, sheet = flowing_text(second / PDF), flowing_text(second / "kerncijfers-2016-I.pdf")
    for text in (letter, report, sheet):
        assert [untrue for untrue in ("15.000", "6.000 ", "aanzienlijk lager") if untrue in text] == []
    assert "14.437" in report and "7.131" in report and "27.000. Dat is hoger dan die" in report
    assert "14.437" in sheet and "7.131" in sheet and "24.000 taakstelling voor het tweede halfjaar van 2016" in sheet


_LONG_NAME = "Zeer " + "lange naam aan de <Rijn> & Súdwést-’s-Œuvre " * 5
# A municipality less, one without a taakstelling, names of 200 characters in the largest, in a province and a region.
_UNUSUAL = (
    "delete from report.gemeenten where gemeentecode = 'GM1681'",
    "delete from report.cijfers where gebied = 'GM1681'",
    """
    update report.cijfers set waarde = case when cijfer_id = 'realisatie.percentage' then null else 0 end
    where gebied = 'GM0106'
        and cijfer_id in ('taakstelling.netto', 'taakstelling.gecorrigeerd', 'realisatie.percentage')
    """,
    "update report.gemeenten set gemeente = $naam where gemeentecode in ('GM0363', 'GM1680', 'GM0047')",
    "update report.gemeenten set provincie = $naam where provinciecode = 'PV21'",
    "update report.gebieden set naam = $naam where gebied = 'PV21'",
    "update report.gebieden set naam = $naam where soort = 'arbeidsmarktregio' and gebied in ('AR04', 'AR10')",
)


def test_verapdf_finds_nothing_in_an_unusual_half_year(
    output: Path, edition: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No delivery gets this far: a blocking check holds back a missing municipality. The document must bear it."""
    name = _LONG_NAME[:199] + "n"
    passed = tuple(CheckResult(check, 0, ()) for check in load_checks())
    monkeypatch.setattr("pipeline.core.editions.run_checks", lambda _: passed)
    shapes = dict(municipality_shapes(2016))
    del shapes["GM1681"]
    monkeypatch.setattr("pipeline.core.boundaries.municipality_shapes", lambda _: shapes)
    warehouse = shutil.copy(output / "2016-I" / "warehouse.duckdb", tmp_path)
    with open_warehouse(Path(warehouse)) as con:
        for change in _UNUSUAL:
            ((changed,),) = con.execute(change, {"naam": name} if "$naam" in change else {}).fetchall()
            assert changed > 0, change
        made = make_edition(con, tmp_path)
    assert made.inhoud.bezwaren == ()
    assert name.split()[3] in flowing_text(made.pdf) and "Borger-Odoorn" not in flowing_text(made.pdf)
    for path in (made.pdf, made.map / "kerncijfers-2016-I.pdf"):
        for profile in ("ua1", "3a"):
            assert verapdf.keur(path, profile).fouten == (), (path.name, profile)
    with pikepdf.open(made.map / "kerncijfers-2016-I.pdf") as sheet:
        assert len(sheet.pages) == 2


def test_the_rows_behind_every_figure_add_up_to_it(output: Path) -> None:
    """Every figure in all its areas, from the lists of `sql/bewijs`."""
    with open_warehouse(output / "2016-I" / "warehouse.duckdb") as con:
        con.execute("begin")
        make_lists(con, *lists(), stored=True)
        assert sum(map(len, register(con).values())) > 50_000
        assert unequal(con) == []
        con.execute("rollback")


def test_sql_by_hand_over_the_same_extracts_gives_the_same_tables(output: Path, tmp_path: Path) -> None:
    """What the measurements set beside the pipeline makes its very tables; another row or column is told."""
    with duckdb.connect(output / "2016-I" / "warehouse.duckdb", read_only=True) as con:
        ours = read_tables(con, MODELS)
        freeze_inputs(con, tmp_path)
    assert {name: len(table.rijen) for name, table in ours.items()} == {
        "tabel_gemeenten": 390,
        "tabel_realisatie_per_maand": 2340,
        "tabel_koppelingen": 390,
        "tabel_wachttijden": 100,
        "tabel_aansluiting": 390,
        "opvang_stroom": 3,
    }
    theirs = hand.make(tmp_path)
    assert differences(ours, theirs) == []
    stroom = theirs["opvang_stroom"]
    theirs["opvang_stroom"] = Tabel(stroom.kolommen, (*stroom.rijen[:2], ("nareis", *stroom.rijen[2][1:-1], "-1")))
    theirs["tabel_gemeenten"] = Tabel(("code",), ())
    told = differences(ours, theirs)
    assert [line.partition(":")[0] for line in told] == ["tabel_gemeenten", "opvang_stroom"]


def test_every_number_is_its_own_figure(output: Path, edition: Path, tmp_path: Path) -> None:
    """Report, factsheet and letter are read back: id, area and place of each number, or of which kind it is."""
    with open_warehouse(output / "2016-I" / "warehouse.duckdb") as con:
        found, wrong = beoordeel(con, edition, tmp_path)
    assert wrong == []
    assert [one.cijfers > least for one, least in zip(found.values(), (11_000, 200, 5), strict=True)] == 3 * [True]


def test_letter_and_factsheet_stand_beside_the_report(edition: Path) -> None:
    """The sentences of the letter of 29 September 2016 come out of the sample; both are marked, hashed and judged."""
    letter, sheet = edition / "kamerbrief-2016-I.docx", edition / "kerncijfers-2016-I.pdf"
    document = Document(str(letter))
    text = _text_of(document)
    assert "bijna 15.000 vergunninghouders in de opvang" in text and "ca. 6.000 langer dan de norm" in text
    assert "is 13.000. Dat is aanzienlijk lager dan de taakstelling van 23.000" in text
    mark = "Concept, intern, voorbeeld met verzonnen personen"
    assert document.sections[0].header.paragraphs[0].text == mark
    with pikepdf.open(sheet) as pdf:
        assert len(pdf.pages) == 2
    assert flowing_text(sheet).count(mark) == 2
    manifest = json.loads((edition / "manifest.json").read_text(encoding="utf-8"))
    assert {letter.name, sheet.name} <= manifest["uitvoer"].keys()
    assert all(one["geslaagd"] for one in manifest["keuring"][sheet.name])
    assert {"docxtpl", "python-docx", "lxml"} <= manifest["pakketten"].keys()


def test_the_openbaar_edition_says_on_every_page_that_it_is_rounded_and_the_exact_one_that_it_is_intern(
    edition: Path,
) -> None:
    marks = (
        (public_folder(edition), "-openbaar", "afgerond op vijftallen"),
        (edition, "", "concept, intern, voorbeeld met verzonnen personen"),
    )
    for folder, end, words in marks:
        for name in ("voortgangsrapportage", "kerncijfers"):
            pdf = folder / f"{name}-2016-I{end}.pdf"
            pages = subprocess.run(["pdftotext", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
            said = [words in " ".join(page.lower().split()) for page in pages.split("\f")[:-1]]
            assert len(said) > 1 and all(said)


def test_no_cell_can_be_told_from_pdf_and_csv(edition: Path, second: Path) -> None:
    """What a reader copies out of the openbaar PDF and its files bounds no count of persons closer than 3: not from
    outside, not for a municipality that knows its own row, not with an edition before it.
    """
    told = outside.published(public_folder(edition))
    exact, other = outside.exact_cells(edition), outside.exact_cells(second)
    assert told.keys() == exact.waarden.keys()
    assert sum(told[cel] != value for cel, value in exact.waarden.items()) > 5000
    assert not exposed(told, exact.verbanden)
    for gemeente in ("GM0070", "GM0995"):
        own = {cel: value for cel, value in exact.waarden.items() if cel[1] == gemeente}
        assert len(own) > 10
        assert not exposed(told, exact.verbanden, known=own)
    same = {cel: told[cel] for cel, value in exact.waarden.items() if other.waarden.get(cel) == value}
    assert len(same) > 1000
    assert not exposed(round_cells(other).waarden, other.verbanden, earlier=same)


def test_real_persons_can_be_read_nowhere_without_the_key(
    stored: Stored, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the report to the destruction of its sources: by every command, in the whole of what it leaves and says."""
    traces = Traces(stored.delivery)
    assert len(traces.persons) > 40_000 and set().union(*traces.below(stored.delivery).values()) == {
        "V-nummer",
        "eigen nummer",
    }
    here = Stored(tmp_path, stored.delivery, [*stored.said])
    shutil.copytree(stored.output, here.output)
    here.enter(monkeypatch)
    edition = here.output / "2016-I" / "edities" / "1"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(editions, "_render", few_documents(edition))
        open_findings = re.findall(r"--accepteer (\w+)=REDEN", "".join(stored.said))
        accepted = [text for name in open_findings for text in ("--accepteer", f"{name}=proef")]
        here.voortgang(0, "publiceer", "2016-I", "1", "--reden", "proef", *accepted)
        monkeypatch.setenv(NEW_STORAGE_VARIABLE, STORAGE[1])
        here.voortgang(0, "sleutel", "vernieuwen")
        monkeypatch.delenv(NEW_STORAGE_VARIABLE)
        out, err = here.voortgang(2, "leeskopie", "2016-I", "2")
        assert out == "" and "met een andere opslagsleutel" in err and err.count("\n") == 1
        here.enter(monkeypatch, STORAGE[1])
        assert "bewezen" in here.voortgang(0, "verifieer", "2016-I", "2")[0]
    out, _ = here.voortgang(0, "leeskopie", "2016-I", "2")
    with open_copy(Path(out.strip())) as con:
        persons = con.execute("select encode(persoon) from levering.coa_personen").fetchall()
    assert {person for (person,) in persons} <= traces.persons and len(persons) > 40_000
    here.voortgang(0, "gemeentebladen", "2016-I", "--gemeente", "Almere")
    explained = here.voortgang(
        0, "verklaar", "2016-I", "koppelingen.langer_dan_norm", "--gemeente", "Almere", "--json"
    )[0]
    assert traces.within(explained.encode()) == {"pseudoniem", "eigen nummer"}
    here.said.remove(explained)
    kept = [path for path in here.output.rglob("*") if {"bronnen", "afkeur"} & {*path.parts} and path.is_file()]
    assert len(kept) > 40 and all(map(is_encrypted, kept))
    assert traces.below(here.place) == {}
    # WeasyPrint keeps its fonts until the process ends.
    assert {path.name.partition("-")[0] for path in (here.place / "tijdelijk").iterdir()} <= {"weasyprint"}
    assert "zijn vernietigd" in here.voortgang(0, "opschonen", "--termijn", "1", "--reden", "proef")[0]
    here.voortgang(1, "verifieer", "2016-I", "2")
    assert traces.below(here.place) == {} == traces.below(stored.place / "tijdelijk")
    assert traces.within("".join(here.said).encode()) == set()
