"""The whole walk by the command line: real table, real figures; an edit carries through, a fault is refused."""

import csv
import hashlib
import io
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pikepdf
import pytest

from pipeline.cli import main
from pipeline.core.document.validation import Keuring, Overtreding
from pipeline.core.edition_store import EditieFout
from pipeline.core.editions import make_edition
from pipeline.core.errors import ControleFout
from pipeline.core.warehouse import open_warehouse, stamp_input
from pipeline.definitions import build_defs
from pipeline.orchestration.instance import open_instance
from pipeline.orchestration.run import Gemaakt
from tests.document import bijlage_a, verapdf
from tests.runs import DELIVERY, documents_of, own_copy

OVERVIEW = "coa/overzicht_2016-07-01.csv"
PDF = "voortgangsrapportage-2016-I.pdf"

Edit = Callable[[list[dict[str, str]]], None]


def pdf_text(path: Path) -> str:
    done = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], check=True, capture_output=True, text=True, encoding="utf-8"
    )
    return done.stdout


def flowing_text(path: Path) -> str:
    """The text in reading order, as one line."""
    done = subprocess.run(
        ["pdftotext", "-raw", str(path), "-"], check=True, capture_output=True, text=True, encoding="utf-8"
    )
    return " ".join(done.stdout.split())


def alt_texts(path: Path) -> list[str]:
    with pikepdf.open(path) as pdf:
        return [str(item["/Alt"]) for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item]


def fingerprint(folder: Path) -> dict[str, str]:
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def edited_delivery(tmp_path: Path, edit: Edit) -> Path:
    folder = tmp_path / "levering"
    shutil.copytree(DELIVERY, folder)
    path = folder / OVERVIEW
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        names = list(reader.fieldnames or [])
        rows = list(reader)
    edit(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return folder


def row_of(rows: list[dict[str, str]], gemeente: str) -> dict[str, str]:
    (row,) = (row for row in rows if row["gemeente"] == gemeente)
    return row


@pytest.fixture(scope="module")
def output(overview: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output folder with edition 1 of the shipped delivery."""
    return own_copy(overview, tmp_path_factory.mktemp("output"))


@pytest.fixture(scope="module")
def edition(output: Path) -> Path:
    return output / "2016-I" / "edities" / "1"


NATIONAL = ["20.000", "19.998", "3.374", "23.372", "18.089", "5.283", "6.446", "1.163", "278", "17", "95"]
MONTHS = ["2.844", "2.692", "2.657", "2.886", "2.747", "4.263"]


def test_pdf_carries_the_published_figures(edition: Path) -> None:
    text = pdf_text(edition / PDF)
    words = set(
        text.replace("(", " ").replace(")", " ").replace(";", " ").replace(". ", " ").replace(", ", " ").split()
    )
    assert [figure for figure in NATIONAL + MONTHS if figure not in words] == []


def test_amsterdam_in_the_appendix(edition: Path) -> None:
    rows = [line.split() for line in pdf_text(edition / PDF).splitlines() if line.split()[:1] == ["Amsterdam"]]
    assert any({"912", "965", "1.877", "862", "1.015"} <= set(row) for row in rows)


def printed(name: str) -> str:
    """A name as the report sets it; the tables keep the official spelling, with a straight apostrophe."""
    return name.replace("'", "’")


def test_every_municipality_has_its_row_in_the_appendix(edition: Path) -> None:
    text = flowing_text(edition / PDF)
    with (edition / "tabellen" / "gemeenten.csv").open(encoding="utf-8", newline="") as file:
        names = [row["gemeente"] for row in csv.DictReader(file)]
    assert len(names) == 390
    assert [name for name in names if printed(name) not in text] == []
    assert [name for name in names if "'" in name] == ["'s-Hertogenbosch", "'s-Gravenhage"]


def test_every_number_of_the_appendix_is_that_of_the_tables(edition: Path) -> None:
    """Bijlage A, read back from the text of the PDF, to the digit."""

    def table(name: str) -> list[dict[str, str]]:
        with (edition / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    municipalities = [
        bijlage_a.Gebied(row["gemeentecode"], printed(row["gemeente"]), row["provincie"], row["stand"])
        for row in table("tabellen/gemeenten.csv")
    ]
    areas = table("tabellen/gebieden.csv")
    provinces = [bijlage_a.Gebied(row["gebied"], row["naam"]) for row in areas if row["soort"] == "provincie"]
    figures = {
        (row["cijfer_id"], row["gebied"]): Decimal(row["waarde"]) if row["waarde"] else None
        for row in table("cijfers.csv")
    }
    persons = figures["opvang.totaal", "NL"] is not None
    wanted = bijlage_a.verwacht(municipalities, provinces, lambda name, area: figures[name, area], persons)
    assert len(wanted) == 390 + 12 + 13
    assert bijlage_a.verschillen(bijlage_a.lees(edition / PDF), wanted) == []


@pytest.mark.parametrize("name", [PDF, "kerncijfers-2016-I.pdf"])
@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_verapdf_finds_nothing(edition: Path, name: str, profile: str) -> None:
    assert verapdf.keur(edition / name, profile).fouten == ()


def test_manifest_records_the_judgement(edition: Path) -> None:
    manifest = json.loads((edition / "manifest.json").read_text(encoding="utf-8"))
    assert [(one["profiel"], one["geslaagd"], one["overtredingen"]) for one in manifest["keuring"][PDF]] == [
        ("PDF/UA-1", True, []),
        ("PDF/A-3a", True, []),
    ]
    assert "page-validation" in manifest["pakketten"]


def test_a_broken_profile_is_a_warning_and_stands_in_the_manifest(
    output: Path, edition: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The edition is made, so that it can be seen and mended; publishing finds the rule by name."""
    fout = Keuring("PDF/UA-1", 104, (Overtreding("PDFUA1-TABLE-HEADERS-SCOPE-001", "a header has no scope"),))

    def empty(con: object, meta: object, folder: Path) -> list[Path]:
        (folder / PDF).touch()
        return [folder / PDF]

    monkeypatch.setattr("pipeline.core.editions._render", empty)
    monkeypatch.setattr("pipeline.core.editions.keur", lambda _: (fout, Keuring("PDF/A-3a", 156, ())))
    with open_warehouse(output / "2016-I" / "warehouse.duckdb") as con:
        made = make_edition(con, tmp_path)
    assert made.inhoud.bezwaren == (
        "het document voldoet niet aan PDF/UA-1: PDFUA1-TABLE-HEADERS-SCOPE-001 (a header has no scope)",
    )
    (ua, _) = json.loads((made.map / "manifest.json").read_text(encoding="utf-8"))["keuring"][PDF]
    assert (ua["geslaagd"], ua["overtredingen"][0]["regel"]) == (False, "PDFUA1-TABLE-HEADERS-SCOPE-001")


def test_pdf_carries_the_register_and_the_tables(edition: Path) -> None:
    with pikepdf.open(edition / PDF) as pdf:
        carried = {name: pdf.attachments[name].get_file().read_bytes() for name in pdf.attachments}
    assert carried["cijfers.csv"] == (edition / "cijfers.csv").read_bytes()
    assert carried["gemeenten.csv"] == (edition / "tabellen" / "gemeenten.csv").read_bytes()
    text = flowing_text(edition / PDF)
    assert [name for name in carried if name not in text] == []


def test_manifest_names_every_file(edition: Path) -> None:
    manifest = json.loads((edition / "manifest.json").read_text(encoding="utf-8"))
    found = {
        path.relative_to(edition).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in edition.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
    assert {name: facts["sha256"] for name, facts in manifest["uitvoer"].items()} == found
    assert PDF in found and "bronnen/coa_overzicht.parquet" in found and "cijfers.csv" in found
    delivered = hashlib.sha256((DELIVERY / OVERVIEW).read_bytes()).hexdigest()
    assert [file["sha256"] for file in manifest["invoer"] if file["bestand"] == OVERVIEW] == [delivered]
    assert delivered in flowing_text(edition / PDF).replace(" ", "")


def test_log_says_who_and_why(output: Path) -> None:
    lines = (output / "2016-I" / "logboek.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(lines[0])["reden"] == "eerste" and json.loads(lines[0])["editie"] == 1


def forty_more_in_june(rows: list[dict[str, str]]) -> None:
    row = row_of(rows, "Assen")
    row["realisatie juni 2016"] = str(int(row["realisatie juni 2016"]) + 40)
    row["realisatie tot 1 juli 2016"] = str(int(row["realisatie tot 1 juli 2016"]) + 40)
    row["achter/voor realisatie tot juli 2016"] = "-37"
    row["achterstand tot 1 juli 2016"] = ""
    row["voorsprong realisatie tot 1 juli 2016"] = "-37"


REASON = "Zevenaar is vrijgesteld, zodat de som 2 lager is"


@pytest.fixture(scope="module")
def accepted(edition: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What `--json` says of an edition of an edited delivery, of which the one warning was accepted, and one that there
    is not.
    """
    before = fingerprint(edition)
    delivery = edited_delivery(tmp_path_factory.mktemp("anders"), forty_more_in_june)
    chosen = (f"taakstelling_aangekondigd=  {REASON.replace(' ', '  ')} ", "regio_onbekend=er is geen regio onbekend")
    arguments = ["rapport", "2016-I", "--levering", str(delivery), "--output", str(tmp_path_factory.mktemp("aanvaard"))]
    for choice in chosen:
        arguments += ["--accepteer", choice]
    said = io.StringIO()
    with redirect_stdout(said):
        assert main([*arguments, "--json"]) == 0
    assert fingerprint(edition) == before
    made: dict[str, Any] = json.loads(said.getvalue())
    return made


def test_a_consistent_edit_carries_through_to_totals_class_chart_and_alt(
    edition: Path, accepted: dict[str, Any]
) -> None:
    made = Path(accepted["map"])
    text = pdf_text(made / PDF)
    for figure in ("18.129", "4.303", "5.243", "6.443", "1.200", "277", "96"):
        assert figure in text, figure
    for figure in ("18.089", "4.263", "5.283", "6.446", "1.163"):
        assert figure not in text, figure
    with (made / "tabellen" / "gemeenten.csv").open(encoding="utf-8", newline="") as file:
        assen = next(row for row in csv.DictReader(file) if row["gemeente"] == "Assen")
    assert (assen["stand"], assen["klasse"], assen["eindsaldo"]) == ("voor", "op_schema", "-37")
    old, new = alt_texts(edition / PDF), alt_texts(made / PDF)
    assert len(old) == len(new) >= 5
    assert any("4.303" in text for text in new) and not any("4.263" in text for text in new)


def test_a_tampered_table_is_held_back_by_the_sum_check(output: Path, edition: Path) -> None:
    """Municipality, province and country must agree; the edition step finds it whatever ran before."""
    before = fingerprint(output / "2016-I" / "edities")
    with open_warehouse(output / "2016-I" / "warehouse.duckdb") as con:
        con.execute("begin")
        con.execute(
            "update report.cijfers set waarde = waarde + 1 where cijfer_id = 'realisatie.totaal' and gebied = 'GM0106'"
        )
        with pytest.raises(ControleFout) as refused:
            make_edition(con, output)
        con.execute("rollback")
    assert "som over de gemeenten" in str(refused.value) and "realisatie.totaal" in str(refused.value)
    assert fingerprint(output / "2016-I" / "edities") == before


def test_an_inconsistent_edit_is_refused_and_the_edition_stays(
    output: Path, edition: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def one_more_in_june(rows: list[dict[str, str]]) -> None:
        row_of(rows, "Assen")["realisatie juni 2016"] = "36"

    before = fingerprint(output / "2016-I" / "edities")
    delivery = edited_delivery(tmp_path, one_more_in_june)
    assert main(["rapport", "2016-I", "--levering", str(delivery), "--output", str(output)]) == 2
    message = capsys.readouterr().err
    assert "overzicht_2016-07-01.csv" in message and "regel 3" in message
    assert fingerprint(output / "2016-I" / "edities") == before
    rejects = output / "2016-I" / "afkeur"
    assert str(rejects) in message
    assert "overzicht_2016-07-01.csv" in (rejects / "afkeur.csv").read_text(encoding="utf-8")
    assert [path.suffix for path in sorted(rejects.iterdir())].count(".txt") >= 1
    assert not list((output / "2016-I").glob(".bezig-*"))


def test_no_cell_of_the_list_that_goes_back_is_a_formula(
    output: Path, edition: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def with_formulas(rows: list[dict[str, str]]) -> None:
        for name, formula in (("Assen", "-2+3+cmd|' /C calc'!A0"), ("Emmen", '-1+HYPERLINK("http://x")')):
            row_of(rows, name)["realisatie juni 2016"] = formula

    delivery = edited_delivery(tmp_path, with_formulas)
    assert main(["rapport", "2016-I", "--levering", str(delivery), "--output", str(output)]) == 2
    with (output / "2016-I" / "afkeur" / "afkeur.csv").open(encoding="utf-8", newline="") as file:
        values = [row["waarde"] for row in csv.DictReader(file)]
    assert "'-2+3+cmd|' /C calc'!A0" in values
    assert not [value for value in values if value.startswith(("=", "+", "@", "-2", "-1+"))]


def test_tables_of_another_delivery_make_no_edition(output: Path, edition: Path) -> None:
    """Dagster can run a part: an edition must never mix the sources of one delivery with the tables of another."""
    with open_warehouse(output / "2016-I" / "warehouse.duckdb") as con:
        con.execute("begin")
        stamp_input(con, "levering")
        with pytest.raises(EditieFout, match="draai de hele rapportage"):
            make_edition(con, output)
        con.execute("rollback")


def test_two_runs_of_the_same_delivery_have_the_same_data_bytes(output: Path, edition: Path) -> None:
    with documents_of(edition):
        assert main(["rapport", "2016-I", "--levering", str(DELIVERY), "--output", str(output), "--opnieuw"]) == 1
    second = output / "2016-I" / "edities" / "2"
    for name in ("cijfers.csv", "bronnen/coa_overzicht.parquet", "tabellen/gemeenten.csv", "afkeur/afkeur.csv"):
        assert (second / name).read_bytes() == (edition / name).read_bytes(), name
    shutil.rmtree(second)


def test_nothing_changed_makes_nothing_and_needs_no_dagster(output: Path, edition: Path) -> None:
    """The delivery of the edition stands elsewhere now and its files are of another day: it is the same delivery."""
    logbook = (output / "2016-I" / "logboek.jsonl").read_bytes()
    delivery = output.parent / "dezelfde levering"
    shutil.copytree(DELIVERY, delivery, copy_function=shutil.copyfile)
    arguments = ["rapport", "2016-I", "--levering", str(delivery), "--output", str(output), "--json"]
    program = "import sys; from pipeline.cli import main; code = main(sys.argv[1:]); print('dagster' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", f"{program}; sys.exit(code)", *arguments], capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 1, done.stderr
    said, dagster = done.stdout.rsplit("}", 1)
    told = json.loads(said + "}")
    assert dagster.strip() == "False"
    assert (told["ongewijzigd"], told["editie"], told["map"]) == (True, 1, str(edition))
    assert told["open"] == ["taakstelling_aangekondigd"] and Path(told["pdf"]).is_file()
    assert [path.name for path in (output / "2016-I" / "edities").iterdir()] == ["1"]
    assert (output / "2016-I" / "logboek.jsonl").read_bytes() == logbook


def test_nothing_half_done_is_left_behind(output: Path) -> None:
    names = {path.name for path in (output / "2016-I" / "edities").iterdir()}
    assert all(name.isdigit() for name in names), names


def test_a_killed_run_is_cleaned_up_by_the_next(output: Path, edition: Path) -> None:
    stale = output / "2016-I" / "edities" / ".bezig-7"
    stale.mkdir()
    (stale / "half.pdf").write_bytes(b"half")
    with documents_of(edition), open_warehouse(output / "2016-I" / "warehouse.duckdb") as con:
        made = make_edition(con, output)
    assert not stale.exists()
    shutil.rmtree(made.map)


def test_controle_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["controle", "2016-I", "--levering", str(DELIVERY), "--output", str(tmp_path / "out")]) == 1
    assert "aangekondigde landelijke aantal - niet waar" in capsys.readouterr().out
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["rapport", "2016-III"], "schrijf een halfjaar als 2016-I"),
        (["rapport"], "PERIODE"),
        (["rapport", "2016-I", "--peildatum", "1 juli"], "geen datum"),
        ([], "OPDRACHT"),
    ],
)
def test_wrong_use_exits_with_3(arguments: list[str], part: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 3
    assert part in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["rapport", "2031-I"],
        ["rapport", "2016-I", "--peildatum", "2015-01-01"],
        ["rapport", "2016-I", "--accepteer", "regio_onbekent=gemeld bij de provincie"],
        ["rapport", "2016-I", "--accepteer", "regio_onbekend="],
        ["rapport", "2016-I", "--accepteer", "sommen_gebieden=dat mag"],
        # The figures are the state at the end of the half-year: another date on the cover would be untrue.
        ["rapport", "2016-I", "--peildatum", "2016-03-01"],
        ["rapport", "2016-I", "--peildatum", "2016-07-02"],
        ["controle", "2016-I", "--peildatum", "2016-06-30"],
    ],
)
def test_wrong_choices_exit_with_3_and_write_nothing(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 3
    assert "voortgang:" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_half_year_without_shipped_boundaries_or_regions_is_no_crash(tmp_path: Path) -> None:
    """2014 to 2025 have municipalities; before 2016 there is no partition."""
    assert main(["rapport", "2015-II", "--levering", str(DELIVERY), "--output", str(tmp_path)]) == 3


def test_an_output_that_is_a_file_is_wrong_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    taken = tmp_path / "bezet"
    taken.write_text("x", encoding="utf-8")
    assert main(["rapport", "2016-I", "--levering", str(DELIVERY), "--output", str(taken)]) == 3
    assert "kies een andere" in capsys.readouterr().err
    assert taken.read_text(encoding="utf-8") == "x"


def test_a_run_started_elsewhere_gives_the_same_text(
    output: Path, edition: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The web interface starts the job with a partition and its own settings, not through the command line."""
    monkeypatch.setenv("VOORTGANG_OUTPUT", str(output))
    choices = {"resources": {"keuzes": {"config": {"levering": str(DELIVERY)}}}}
    job = build_defs().resolve_job_def("rapport")
    with open_instance(output) as instance:
        assert job.execute_in_process(partition_key="2016-01-01", run_config=choices, instance=instance).success
    newest = max((path for path in edition.parent.iterdir()), key=lambda path: int(path.name))
    assert newest != edition
    expected = re.sub(r"\bEditie 1\b|\b1, concept", "", flowing_text(edition / PDF))
    found = re.sub(rf"\bEditie {newest.name}\b|\b{newest.name}, concept", "", flowing_text(newest / PDF))
    assert found == expected
    shutil.rmtree(newest)


def test_help_and_errors_are_dutch(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (
        ["--help"],
        ["rapport", "--help"],
        ["rapport", "2016-I", "--poort", "x"],
        ["bestaatniet"],
        ["ui", "--poort", "x"],
    ):
        with pytest.raises(SystemExit):
            main(arguments)
        said = "".join(capsys.readouterr())
        for english in (
            "usage",
            "options:",
            "positional",
            "show this",
            "invalid",
            "required",
            "unrecognized",
            "choose from",
            "argument ",
        ):
            assert english not in said, (arguments, english)


def test_json_for_machines(accepted: dict[str, Any]) -> None:
    assert accepted["periode"] == "2016-I" and Path(accepted["pdf"]).is_file()
    assert accepted["waarschuwingen"] == accepted["open"] == []
    assert accepted["aanvaard"] == [f"taakstelling_aangekondigd: {REASON}"]
    assert accepted["niet_nodig"] == ["regio_onbekend"]


def test_an_accepted_finding_stands_with_its_reason_in_account_manifest_and_log(accepted: dict[str, Any]) -> None:
    """Who accepted it stands in the log alone; the edition is a concept still, for nobody published it."""
    made = Path(accepted["map"])
    manifest = json.loads((made / "manifest.json").read_text(encoding="utf-8"))
    reasons = {check["naam"]: check["aanvaard"] for check in manifest["controles"]}
    assert reasons.pop("taakstelling_aangekondigd") == REASON
    assert len(reasons) > 20 and set(reasons.values()) == {None}
    text = flowing_text(made / PDF)
    assert text.count(f"Aanvaard: {REASON}") == 1 and "geen regio onbekend" not in text
    assert "Editie 1, concept" in text
    (line,) = (made.parents[1] / "logboek.jsonl").read_text(encoding="utf-8").splitlines()
    logged = json.loads(line)
    assert logged["aanvaard"] == {"taakstelling_aangekondigd": REASON}
    assert logged["wie"] and "wie" not in manifest
    assert logged["reden"] is None


PLAIN = ("onversleuteld",)


def test_an_open_warning_says_how_to_accept_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def made(*_: object, **__: object) -> Gemaakt:
        return Gemaakt("2016-I", 1, "x.pdf", "x", "run", ("niet waar",), ("regio_onbekend",), (), ("a_b",), PLAIN, {})

    monkeypatch.setattr("pipeline.orchestration.run.run_report", made)
    assert main(["rapport", "2016-I"]) == 1
    told = capsys.readouterr().err
    assert "--accepteer regio_onbekend=REDEN" in told
    assert "--accepteer a_b was niet nodig" in told and "let op: onversleuteld" in told


def test_frozen_sources_read_back(edition: Path) -> None:
    with duckdb.connect() as con:
        rows = con.execute(
            "select count(*), sum(realisatie) from read_parquet(?)", [str(edition / "bronnen/coa_overzicht.parquet")]
        )
        assert rows.fetchall() == [(390, 18089)]
