"""`voortgang verklaar`: one figure of an edition, with its way and the rows behind it."""

import csv
import json
import shutil
import stat
from pathlib import Path
from typing import Any

import duckdb
import pytest
from jsonschema import Draft202012Validator

from pipeline.cli import main
from pipeline.core.edition_store import mark_published
from pipeline.core.errors import GebruiksFout
from pipeline.core.explain.areas import find_area
from pipeline.core.explain.evidence import Rijen, _declared, lists, way_back
from pipeline.core.explain.explain import chosen_edition
from pipeline.core.house import package_path
from pipeline.core.lineage import applied_corrections, delivered_files
from pipeline.core.manifest import sha256_file
from pipeline.core.periods import Periode
from tests.core.explain.conftest import PERIODE

Capture = pytest.CaptureFixture[str]


def explained(output: Path, capsys: Capture, *words: str) -> Any:
    """The explanation as JSON; the command must succeed."""
    assert main(["verklaar", *words, "--output", str(output), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def refused(output: Path, capsys: Capture, *words: str) -> str:
    """What the command says when it is used wrongly."""
    assert main(["verklaar", *words, "--output", str(output)]) == 3
    return capsys.readouterr().err


def test_a_count_of_persons_is_its_rows(once: Path, capsys: Capture) -> None:
    found = explained(once, capsys, "koppelingen.langer_dan_norm", "--gemeente", "Amsterdam")
    assert (found["periode"], found["editie"], found["gebied"]["code"]) == ("2016-I", 1, "GM0363")
    assert (found["waarde"], found["afgedrukt"], found["klopt"]) == ("4", "4", True)
    rows = found["bewijs"]["rijen"]
    assert {row["koppeling_id"] for row in rows} == {f"K0000000{n}" for n in range(4)}
    assert {(row["stand"], row["dagen_koppeling"]) for row in rows} == {("gekoppeld_langer_dan_norm", 151)}
    assert all(len(row["persoon"]) == 64 for row in rows)
    assert "langer dan de norm" in found["definitie"] and found["bron"] == "Koppelingen van het COA; normtijd"
    assert found["grondslag"] == "eigen definitie"


@pytest.mark.parametrize(
    ("soort", "words", "code"),
    [
        ("gemeente", ("363", "0363", "GM0363", "gm363", " 0363 ", "Amsterdam"), "GM0363"),
        ("gemeente", ("3", "0003"), "GM0003"),
        ("provincie", ("27", "PV27", "pv27", "noord-holland"), "PV27"),
        ("arbeidsmarktregio", ("AR01", "1", "01", "achterhoek"), "AR01"),
        ("land", ("", "wat dan ook"), "NL"),
    ],
)
def test_an_area_has_a_name_and_a_code(
    opened: duckdb.DuckDBPyConnection, soort: str, words: tuple[str, ...], code: str
) -> None:
    assert {find_area(opened, soort, word).code for word in words} == {code}


@pytest.mark.parametrize("word", ["9999", "36300363", "²", "GM", "27", "NL"])
def test_a_code_of_nothing_is_refused(opened: duckdb.DuckDBPyConnection, word: str) -> None:
    with pytest.raises(GebruiksFout, match=r"is geen gemeente van 2016; .*(GM0363 of 0363|bedoelde u)"):
        find_area(opened, "gemeente", word)


def test_the_way_leads_from_the_files_to_the_register(once: Path, capsys: Capture) -> None:
    found = explained(once, capsys, "2016-I", "koppelingen.langer_dan_norm", "--gemeente", "GM0363")
    way = {step["tabel"]: step for step in found["weg"]}
    assert way["levering.coa_koppelingen"]["rijen"] == 9
    assert way["metrics.opvang_persoon"]["rijen"] == 12
    assert list(way)[-3:] == ["report.cijfers_koppelingen", "report.waarden", "report.cijfers"]
    known: set[str] = set()
    for name, step in way.items():
        assert set(step["leest"]) <= known or name in (
            "report.cijfers",
            "report.cijfers_koppelingen",
            "report.waarden",
            "staging.aanwezig",
        )
        known.add(name)
    files = {file["bestand"]: file for file in found["bestanden"]}
    assert files.keys() == {"coa/koppelingen.csv", "coa/personen.csv"}
    file = files["coa/koppelingen.csv"]
    assert (file["rijen_gelezen"], file["rijen_behouden"], file["rijen_geweigerd"]) == (9, 9, 0)
    assert file["sha256"] == sha256_file(once.parent / "levering" / "coa" / "koppelingen.csv")
    frozen = once / "2016-I" / "edities" / "1" / file["bevroren"]
    assert file["bevroren_sha256"] == sha256_file(frozen)
    assert {one["bestand"] for one in found["referentie"]} >= {"bevolking/inwoners_2016_2025.csv"}


def test_the_corrections_say_whether_they_touch_the_rows(once: Path, capsys: Capture) -> None:
    def touched(*words: str) -> list[int | None]:
        return [one["raakt"] for one in explained(once, capsys, *words)["correcties"]]

    assert touched("koppelingen.langer_dan_norm", "--gemeente", "Amsterdam") == [1]
    assert touched("koppelingen.langer_dan_norm", "--gemeente", "Ede") == [0]
    assert touched("taakstelling.netto", "--gemeente", "Ede") == []


def test_the_manifest_tells_of_files_and_corrections(once: Path, opened: duckdb.DuckDBPyConnection) -> None:
    """As its published schema says: where each correction stands and whom it met, and every row that was read."""
    schema = json.loads(package_path("opendata", "manifest.schema.json").read_text(encoding="utf-8"))["properties"]
    corrections, files = applied_corrections(opened), delivered_files(opened)
    for name, found in (("correcties", corrections), ("invoer", files)):
        assert [error.message for error in Draft202012Validator(schema[name]).iter_errors(found)] == []
    (one,) = json.loads(json.dumps(corrections))
    source = once.parent / "levering" / "correcties.toml"
    assert (one["bron"], one["bron_regel"], one["bron_sha256"]) == ("correcties.toml", 2, sha256_file(source))
    assert (one["bestanden"], one["reden"]) == (
        "coa/koppelingen.csv",
        "Verkeerde gemeente gekozen; bevestigd door het COA",
    )
    (links,) = [file for file in files if file["extract"] == "coa_koppelingen"]
    assert (links["regels"], links["rijen_gelezen"], links["rijen_behouden"], links["rijen_geweigerd"]) == (10, 9, 9, 0)
    for row in (one, links):
        del row[min(row)]
    assert list(Draft202012Validator(schema["correcties"]).iter_errors([one]))
    assert list(Draft202012Validator(schema["invoer"]).iter_errors([links]))


def test_a_percentage_is_made_of_figures(once: Path, capsys: Capture) -> None:
    found = explained(once, capsys, "koppelingen.langer_dan_norm_procent", "--provincie", "noord-holland")
    assert (found["afgedrukt"], found["bewijs"]["uitkomst"]) == ("50,0%", "50.0000")
    assert found["bewijs"]["formule"] == "procent(koppelingen.langer_dan_norm, koppelingen.totaal)"
    assert [(part["cijfer_id"], part["waarde"]) for part in found["bewijs"]["delen"]] == [
        ("koppelingen.langer_dan_norm", "4"),
        ("koppelingen.totaal", "8"),
    ]
    assert found["bewijs"]["rijen"] == []


def test_a_figure_that_was_not_delivered_has_no_value(once: Path, capsys: Capture) -> None:
    found = explained(once, capsys, "aansluiting.gelijk")
    assert (found["waarde"], found["afgedrukt"], found["klopt"]) == (None, "n.v.t.", True)


def test_what_an_analyst_reads(once: Path, capsys: Capture) -> None:
    assert main(["verklaar", "koppelingen.totaal", "--regio", "Groot Amsterdam", "--output", str(once)]) == 0
    text = capsys.readouterr().out
    for line in (
        "Lopende koppelingen (koppelingen.totaal)",
        "Waarde: 8 personen",
        "  count(*) = 8, gelijk aan de waarde",
        "Grondslag: eigen definitie",
        "  levering.coa_koppelingen: 9",
        "Rijen (8 van 8):",
    ):
        assert line in text.splitlines()
    assert "wijzig gemeentecode: Amstelveen wordt Amsterdam" in text
    assert "noemt 1 van de rijen hieronder" in text
    assert "verandert" not in text and " persoon " in text


def test_all_rows_go_to_a_file_of_ones_own(once: Path, capsys: Capture, tmp_path: Path) -> None:
    target = tmp_path / "rijen.csv"
    words = ["stand.achter", "--rijen-bestand", str(target)]
    assert main(["verklaar", *words, "--output", str(once)]) == 0
    with target.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    capsys.readouterr()
    number = int(explained(once, capsys, "stand.achter")["waarde"])
    assert len(rows) == number > 20 and {row["stand"] for row in rows} == {"achter"}
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert "bestaat al" in refused(once, capsys, *words)
    nowhere = ["stand.achter", "--rijen-bestand", str(tmp_path / "nergens" / "rijen.csv")]
    assert "bestaat niet; maak haar eerst" in refused(once, capsys, *nowhere)
    assert f"Rijen (20 van {number})" in _text(once, capsys, "stand.achter")


def _text(output: Path, capsys: Capture, *words: str) -> str:
    assert main(["verklaar", *words, "--output", str(output)]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["koppelingen.langer_dan_nrm"], "bedoelde u koppelingen.langer_dan_norm"),
        (["langer_dan_norm"], "bedoelde u koppelingen.langer_dan_norm"),
        (["realisatie.totaal", "--gemeente", "Amstedam"], "'Amstedam' is geen gemeente van 2016; bedoelde u Amsterdam"),
        (["realisatie.totaal", "--gemeente", "GM9999"], "is geen gemeente van 2016"),
        (["realisatie.totaal", "--provincie", "Drente"], "bedoelde u Drenthe?"),
        (["realisatie.totaal", "--regio", "Groot Amsterdm"], "bedoelde u Groot Amsterdam?"),
        (["opvang.totaal", "--gemeente", "Ede"], "is er niet voor Ede (GM0228), wel alleen voor heel Nederland"),
        (["2016-I", "realisatie.totaal", "--periode", "2016-II"], "geef er één"),
        (["2016-I", "2016-II", "realisatie.totaal"], "geef één cijfer"),
        (["2016-II", "realisatie.totaal"], "van 2016-II is er nog geen editie"),
        (["2016-I", "realisatie.totaal", "--editie", "7"], "editie 7 van 2016-I bestaat niet"),
        (["realisatie.totaal", "--editie", "1"], "noem bij --editie ook het halfjaar"),
        (["halfjaar", "realisatie.totaal"], "onbekende periode 'halfjaar'"),
    ],
)
def test_wrong_use_says_what_is_near(once: Path, capsys: Capture, words: list[str], says: str) -> None:
    assert says in refused(once, capsys, *words)


def test_one_area_at_a_time(capsys: Capture) -> None:
    with pytest.raises(SystemExit):
        main(["verklaar", "realisatie.totaal", "--gemeente", "Ede", "--provincie", "Gelderland"])
    assert "--provincie en --gemeente gaan niet samen" in capsys.readouterr().err


@pytest.fixture
def copy(output: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(output, tmp_path / "kopie"))


def test_the_published_edition_goes_first(copy: Path) -> None:
    editions = copy / "2016-I" / "edities"
    shutil.copytree(editions / "1", editions / "2")
    assert chosen_edition(copy, None, None) == (PERIODE, 2)
    manifest = editions / "1" / "manifest.json"
    manifest.chmod(0o600)
    content = json.loads(manifest.read_text(encoding="utf-8"))
    content["besluit"]["gepubliceerd"] = True
    manifest.write_text(json.dumps(content), encoding="utf-8")
    (copy / "2016-I" / "logboek.jsonl").unlink(missing_ok=True)
    mark_published(copy, PERIODE, 1, sha256_file(manifest))
    assert chosen_edition(copy, None, None) == (PERIODE, 1)
    assert chosen_edition(copy, PERIODE, 2) == (PERIODE, 2)
    (copy / "2017-II" / "edities" / "3").mkdir(parents=True)
    (copy / "2017-II" / "edities" / "3" / "manifest.json").write_text("{}", encoding="utf-8")
    assert chosen_edition(copy, None, None) == (Periode(2017, 2), 3)


def test_a_touched_source_explains_nothing(copy: Path, capsys: Capture) -> None:
    path = copy / "2016-I" / "edities" / "1" / "bronnen" / "coa_koppelingen.parquet"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert main(["verklaar", "realisatie.totaal", "--output", str(copy)]) == 2
    assert "bronnen/coa_koppelingen.parquet: is veranderd na het maken" in capsys.readouterr().err


def test_other_figures_from_the_same_sources_are_said(copy: Path, capsys: Capture) -> None:
    """As after a change of the program: the edition says one number, its sources now give another."""
    folder = copy / "2016-I" / "edities" / "1"
    register = (folder / "cijfers.csv").read_text(encoding="utf-8")
    other = register.replace("koppelingen.totaal,NL,9.0000", "koppelingen.totaal,NL,8.0000")
    assert other != register
    (folder / "cijfers.csv").write_text(other, encoding="utf-8")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    facts = {"bytes": (folder / "cijfers.csv").stat().st_size, "sha256": sha256_file(folder / "cijfers.csv")}
    manifest["uitvoer"]["cijfers.csv"] = facts
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    (copy / "2016-I" / "logboek.jsonl").unlink()
    assert main(["verklaar", "koppelingen.totaal", "--output", str(copy)]) == 1
    said = capsys.readouterr()
    assert "NIET gelijk aan de waarde" in said.out
    assert "de editie zegt 8, maar uit haar bronnen komt nu 9" in said.err


def test_every_list_is_used_and_says_what_it_is() -> None:
    used = {row["rijen"] for row in _declared("cijfers.csv")}
    assert used == lists().keys()
    for name, file in lists().items():
        assert file.header["what"].endswith(".") and file.header["grain"].startswith("één rij"), name


def test_the_groups_of_a_pattern_are_filled_in() -> None:
    way = way_back("koppelingen.te_lang_weken_5_13_huishoudens")
    assert way == Rijen("opvang", "gemeentecode", "te_lang = 'weken_5_13'", "count(distinct huishouden)")
