"""An edition on its own: read-only, proven from its sources, published, and every way of touching it named.

One edition of the shipped delivery is made through the command line; what is destroyed is a copy.
"""

import csv
import json
import os
import platform
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import frictionless
import jsonschema
import pikepdf
import pytest

from pipeline.cli import main
from pipeline.core.earlier import EerdereEditieFout, published_edition
from pipeline.core.edition_store import EditieFout, edition_numbers, manifest_of
from pipeline.core.editions import documents
from pipeline.core.house import package_path
from pipeline.core.manifest import code_identity, output_hashes, sha256_file
from pipeline.core.periods import Periode
from pipeline.core.verification import Soort, compare_files, verify_edition
from tests.runs import ACCEPT, DELIVERY, Published, documents_of, own_copy

PERIODE = Periode(2016, 1)


@pytest.fixture(scope="module")
def output(overview: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output folder with edition 1."""
    return own_copy(overview, tmp_path_factory.mktemp("output"))


@pytest.fixture
def copy(output: Path, tmp_path: Path) -> Path:
    """A copy of that folder that may be written in."""
    return own_copy(output, tmp_path / "kopie", writable=True)


def edition(output: Path, nummer: int = 1) -> Path:
    return output / str(PERIODE) / "edities" / str(nummer)


def finds(output: Path, nummer: int = 1) -> set[tuple[Soort, str]]:
    return {(found.soort, found.naam) for found in verify_edition(output, PERIODE, nummer).vondsten}


def test_an_edition_is_read_only(output: Path) -> None:
    folder = edition(output)
    assert [path.name for path in (folder, *folder.rglob("*")) if path.stat().st_mode & 0o222] == []


def test_it_is_proven_from_its_sources(output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The documents are set anew for edition 2, in the test of publishing."""
    with documents_of(edition(output)):
        assert main(["verifieer", "2016-I", "1", "--output", str(output), "--json"]) == 0
    outcome = json.loads(capsys.readouterr().out)
    files = output_hashes(edition(output))
    assert (outcome["bewezen"], outcome["vondsten"]) == (True, [])
    assert outcome["opnieuw"] == outcome["bestanden"] + 1 == len(files)


def test_the_manifest_is_what_its_schema_says(output: Path) -> None:
    schema = json.loads(package_path("opendata", "manifest.schema.json").read_text(encoding="utf-8"))
    manifest = json.loads((edition(output) / "manifest.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    errors = list(jsonschema.Draft202012Validator(schema).iter_errors(manifest))
    assert [f"{error.json_path}: {error.message}" for error in errors] == []
    (file,) = manifest["invoer"]
    assert (file["regels"], file["rijen_gelezen"], file["rijen_behouden"], file["totaalregels"]) == (391, 390, 390, 0)
    manifest["uitvoer"]["cijfers.csv"]["sha256"] = "geen"
    assert list(jsonschema.Draft202012Validator(schema).iter_errors(manifest))


def test_the_open_data_are_a_valid_package(output: Path) -> None:
    report = frictionless.validate(str(edition(output) / "datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])
    names = {path.stem for path in (edition(output) / "tabellen").glob("*.csv")} | {"cijfers"}
    assert {task.name.replace("-", "_") for task in report.tasks} == names
    register = json.loads((edition(output) / "cijfers.json").read_text(encoding="utf-8"))
    with (edition(output) / "cijfers.csv").open(encoding="utf-8") as file:
        assert len(register) == sum(1 for _ in file) - 1


def test_every_figure_leads_back_to_the_files(output: Path) -> None:
    """From the model of each figure, over the SQL files, to a delivered table or the reference data."""
    lineage = json.loads((edition(output) / "herkomst.json").read_text(encoding="utf-8"))
    reads = {model["naam"]: model["leest"] for model in lineage["sql"]}
    with (edition(output) / "cijfers.csv").open(encoding="utf-8", newline="") as file:
        models = {row["model"] for row in csv.DictReader(file)}
    assert models

    def sources(name: str) -> set[str]:
        return {name} if name not in reads else set().union(*(sources(read) for read in reads[name]))

    for model in models:
        assert sources(model) and {name.split(".")[0] for name in sources(model)} <= {
            "levering",
            "referentie",
            "invoer",
            "eerder",
            "herziening",
        }
    generated = {(one["prov:entity"], one["prov:activity"]) for one in lineage["prov"]["wasGeneratedBy"].values()}
    assert ("voortgang:tabel/report.cijfers", "voortgang:activiteit/stap/report.cijfers") in generated
    made = {entity: facts for entity, facts in lineage["prov"]["entity"].items() if "editie/2016-I/1/" in entity}
    files = output_hashes(edition(output))
    hashed = {entity.partition("/2016-I/1/")[2]: facts.get("voortgang:sha256") for entity, facts in made.items()}
    assert hashed.keys() == files.keys() - {"manifest.json"}
    without = {name for name, sha256 in hashed.items() if sha256 != files[name]["sha256"]}
    assert {(name, hashed[name]) for name in without} == {
        (name, None) for name in {"herkomst.json", *documents(PERIODE)}
    }


def test_the_document_carries_its_evidence(output: Path) -> None:
    folder = edition(output)
    with pikepdf.open(folder / "voortgangsrapportage-2016-I.pdf") as pdf:
        carried = {name: attached.get_file().read_bytes() for name, attached in pdf.attachments.items()}
    for name in ("herkomst.json", "cijfers.csv"):
        assert carried[name] == (folder / name).read_bytes()


def touched(output: Path) -> set[tuple[Soort, str]]:
    """What is found by hash alone, or that the manifest is none any more."""
    try:
        manifest = manifest_of(edition(output))
    except EditieFout as error:
        return {(Soort.MANIFEST, word) for word in ("manifest.json",) if word in str(error)}
    return {(one.soort, one.naam) for one in compare_files(output, PERIODE, 1, manifest)}


def test_a_flipped_byte_is_found_in_every_file(copy: Path) -> None:
    """In each file the first, the middle and the last byte; and all is well again when it is put back."""
    folder = edition(copy)
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "manifest.json")
    assert {path.suffix for path in files} >= {".parquet", ".csv", ".pdf", ".docx", ".xlsx", ".ods", ".json"}
    for path in files:
        content = path.read_bytes()
        for place in {0, len(content) // 2, len(content) - 1} if content else ():
            flip(path, content, place)
            assert touched(copy) == {(Soort.GEWIJZIGD, path.relative_to(folder).as_posix())}
        path.write_bytes(content)
    assert touched(copy) == set()


def test_a_flipped_byte_is_found_anywhere_in_the_manifest(copy: Path) -> None:
    path = edition(copy) / "manifest.json"
    content = path.read_bytes()
    for place in {*random.Random(2016).sample(range(len(content)), 60), 0, len(content) - 1}:
        flip(path, content, place)
        assert (Soort.MANIFEST, "manifest.json") in touched(copy)
    path.write_bytes(content)
    assert touched(copy) == set()


def flip(path: Path, content: bytes, place: int) -> None:
    path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])


def test_two_sources_that_changed_places_are_found(copy: Path) -> None:
    one, two = sorted((edition(copy) / "bronnen" / "invoer").glob("*.parquet"))[:2]
    first, second = one.read_bytes(), two.read_bytes()
    one.write_bytes(second)
    two.write_bytes(first)
    assert finds(copy) == {(Soort.GEWIJZIGD, f"bronnen/invoer/{path.name}") for path in (one, two)}


def test_a_file_less_and_a_file_more_are_found(copy: Path) -> None:
    (edition(copy) / "cijfers.csv").unlink()
    (edition(copy) / "tabellen" / "extra.csv").write_text("a\n")
    assert finds(copy) == {(Soort.ONTBREEKT, "cijfers.csv"), (Soort.TE_VEEL, "tabellen/extra.csv")}


def test_an_edited_manifest_is_found_by_the_logbook(copy: Path) -> None:
    """Also where the manifest still fits its files."""
    path = edition(copy) / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["code"]["versie"] = "9"
    path.write_text(json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    assert finds(copy) == {(Soort.MANIFEST, "manifest.json")}


def test_the_manifest_of_another_edition_is_found(copy: Path) -> None:
    path = edition(copy) / "manifest.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"editie": 1', '"editie": 2', 1), encoding="utf-8")
    assert (Soort.MANIFEST, "manifest.json") in finds(copy)


def test_a_swapped_source_is_found_even_when_manifest_and_logbook_agree(copy: Path) -> None:
    """Whoever can write everywhere still cannot make the sources yield the figures."""
    import duckdb

    folder = edition(copy)
    source = folder / "bronnen" / "coa_overzicht.parquet"
    with duckdb.connect() as con:
        con.execute(
            f"create table o as select * from read_parquet('{source}');"
            "update o set maand_1 = maand_1 + 1, realisatie = realisatie + 1 where gemeentecode = 'GM0106';"
            f"copy (select * from o order by all) to '{source}' (format parquet, compression zstd)"
        )
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["uitvoer"]["bronnen/coa_overzicht.parquet"] = output_hashes(folder)["bronnen/coa_overzicht.parquet"]
    path.write_text(json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    logbook = copy / str(PERIODE) / "logboek.jsonl"
    line = json.loads(logbook.read_text(encoding="utf-8"))
    logbook.write_text(json.dumps({**line, "manifest_sha256": sha256_file(path)}) + "\n", encoding="utf-8")
    with documents_of(folder):
        outcome = verify_edition(copy, PERIODE, 1)
    assert outcome.aangetast
    assert outcome.vondsten[0].soort in (Soort.GEWIJZIGD, Soort.VERSCHIL)


def test_another_version_is_told_apart_from_tampering(
    output: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = verify_circumstances()
    monkeypatch.setattr("pipeline.core.verification.circumstances", lambda: {**now, "systeem pango": "0.1"})
    with documents_of(edition(output), more=b"\n% anders\n"):
        assert main(["verifieer", "2016-I", "1", "--output", str(output)]) == 1
    told = capsys.readouterr().out
    assert "andere omstandigheid: systeem pango:" in told and "0.1 nu" in told
    assert "niet te bewijzen" in told


def test_another_pango_excuses_no_figure(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = edition(copy)
    figures, path = folder / "cijfers.csv", folder / "manifest.json"
    figures.write_bytes(figures.read_bytes() + b"\n")
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["uitvoer"]["cijfers.csv"] = output_hashes(folder)["cijfers.csv"]
    path.write_text(json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    (copy / str(PERIODE) / "logboek.jsonl").unlink()
    now = verify_circumstances()
    monkeypatch.setattr("pipeline.core.verification.circumstances", lambda: {**now, "systeem pango": "0.1"})
    with documents_of(folder, more=b"\n% anders\n"):
        outcome = verify_edition(copy, PERIODE, 1)
    assert outcome.aangetast
    assert [one.naam for one in outcome.vondsten if one.soort is Soort.GEWIJZIGD] == ["cijfers.csv"]
    assert {one.naam for one in outcome.vondsten if one.soort is Soort.VERSCHIL} == set(documents(PERIODE))


def test_what_is_no_file_of_an_edition_is_named(copy: Path) -> None:
    folder = edition(copy)
    (folder / "leeg").mkdir()
    (folder / "elders").symlink_to(copy)
    (folder / "dood").symlink_to(copy / "bestaat-niet")
    os.mkfifo(folder / "pijp")
    figures = folder / "cijfers.csv"
    figures.rename(copy / "cijfers.csv")
    figures.symlink_to(copy / "cijfers.csv")
    outcome = verify_edition(copy, PERIODE, 1)
    assert {one.naam for one in outcome.vondsten if one.soort is Soort.TE_VEEL} == {
        "leeg", "elders", "dood", "pijp", "cijfers.csv",
    }  # fmt: skip
    assert outcome.opnieuw == 0


def test_without_a_logbook_an_edition_is_made_again_but_not_proven(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (copy / str(PERIODE) / "logboek.jsonl").unlink()
    with documents_of(edition(copy)):
        assert main(["verifieer", "2016-I", "1", "--output", str(copy)]) == 1
    assert "het logboek noemt haar niet" in capsys.readouterr().out


def verify_circumstances() -> dict[str, str | None]:
    from pipeline.core.manifest import circumstances

    return circumstances()


def test_what_does_not_exist_is_said(output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verifieer", "2016-I", "7", "--output", str(output)]) == 3
    assert "editie 7 van 2016-I bestaat niet" in capsys.readouterr().err


def test_an_open_finding_is_not_published(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with documents_of(edition(copy)):
        assert main(["publiceer", "2016-I", "1", "--reden", "naar de Kamer", "--output", str(copy)]) == 2
    assert "--accepteer" in capsys.readouterr().err
    assert edition_numbers(copy, PERIODE) == (1,)
    assert published_edition(copy, PERIODE) is None
    assert not list((copy / str(PERIODE) / "edities").glob(".bezig-*"))


def test_a_touched_edition_is_not_published(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = edition(copy) / "tabellen" / "gemeenten.csv"
    path.write_bytes(path.read_bytes() + b"\n")
    assert main(["publiceer", "2016-I", "1", "--reden", "r", *ACCEPT, "--output", str(copy)]) == 2
    assert "tabellen/gemeenten.csv" in capsys.readouterr().err
    assert edition_numbers(copy, PERIODE) == (1,)


def test_publishing_makes_the_next_edition_without_the_mark(
    output: Path,
    published: Published,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    copy = own_copy(published.output, tmp_path / "kopie", writable=True)
    before = output_hashes(edition(output))
    assert "Editie 2 van 2016-I is gepubliceerd" in published.said
    assert output_hashes(edition(copy)) == before
    assert published_edition(copy, PERIODE) == edition(copy, 2)
    first, second = (text(edition(copy, number)) for number in (1, 2))
    assert "Concept" in first and "Concept" not in second
    same = [name for name in before if name.startswith(("bronnen/", "tabellen/", "afkeur/", "cijfers.csv"))]
    after = output_hashes(edition(copy, 2))
    assert [name for name in same if before[name] != after[name]] == []
    log = [json.loads(line) for line in (copy / "2016-I" / "logboek.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(line["editie"], line["reden"]) for line in log] == [(1, "eerste"), (2, "naar de Kamer")]
    came = log[0]["ontvangen"]
    assert (came["adres"], list(came["bestanden_van"])) == (str(DELIVERY), ["coa_overzicht"])
    assert "ontvangst" not in " ".join(after)
    assert main(["edities", "2016-I", "--output", str(copy)]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert listed[0].startswith("editie 1: concept; niet aanvaard: ")
    assert listed[1].startswith("editie 2: gepubliceerd uit de bronnen van editie 1, geldt")
    with in_another_commit(monkeypatch):
        outcome = verify_edition(copy, PERIODE, 2)
    assert ([one.soort for one in outcome.vondsten], outcome.bewezen) == ([Soort.COMMIT], True)
    assert outcome.opnieuw == outcome.bestanden + 1
    assert main(["publiceer", "2016-I", "2", "--reden", "nog eens", "--output", str(copy)]) == 3
    path = edition(copy, 2) / "manifest.json"
    path.chmod(0o644)
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(EerdereEditieFout, match="is veranderd na het maken"):
        published_edition(copy, PERIODE)


@contextmanager
def in_another_commit(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The same code, checked out at a commit of its own."""
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.core.manifest._commit", lambda _: "c" * 40)
        code_identity.cache_clear()
        yield
    code_identity.cache_clear()


def text(folder: Path) -> str:
    done = subprocess.run(
        ["pdftotext", "-layout", str(folder / "voortgangsrapportage-2016-I.pdf"), "-"], check=True, capture_output=True
    )
    return done.stdout.decode("utf-8")


_ELSEWHERE = """
import os, sys
os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
os.umask(0o027)
from pipeline.cli import main
sys.exit(main(sys.argv[1:]))
"""


def another_user() -> tuple[list[str], int | None, str]:
    """How a command begins that runs as nobody, that user's number, and the version of Python that it gets.

    No user and this Python where this user may not, or where nobody may not read the checkout. Where our Python stands
    in a folder that nobody may not enter, the same environment runs on another one.
    """
    here = platform.python_version()
    if os.geteuid() != 0 or shutil.which("setpriv") is None:
        return [], None, here
    number = 65534
    prefix = ["setpriv", f"--reuid={number}", f"--regid={number}", "--clear-groups", "--"]
    ask = "import pipeline.cli, platform; print(platform.python_version())"
    probe = subprocess.run([*prefix, sys.executable, "-c", ask], cwd="/", capture_output=True, text=True)
    return (prefix, number, probe.stdout.strip()) if probe.returncode == 0 else ([], None, here)


def test_same_bytes_in_other_circumstances(output: Path) -> None:
    """Another user, time zone, language, order of hashes, folder, umask, and one processor: every file is the same."""
    prefix, number, python = another_user()
    with TemporaryDirectory(prefix="voortgang elders [1] ") as place:
        folder = Path(place) / "d'uitvoer"
        if number is not None:
            os.chown(place, number, number)
        environment = {
            "PATH": os.environ["PATH"],
            "TZ": "Pacific/Auckland",
            "LANG": "tr_TR.UTF-8",
            "LC_ALL": "C",
            "PYTHONHASHSEED": "4242",
            "HOME": place,
            "TMPDIR": place,
            "USER": "iemand",
            "LOGNAME": "iemand",
        }
        arguments = ["rapport", "2016-I", "--levering", str(DELIVERY), "--output", str(folder)]
        done = subprocess.run(
            [*prefix, sys.executable, "-c", _ELSEWHERE, *arguments],
            env=environment,
            cwd=place,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 1, done.stdout + done.stderr
        if number is not None:
            assert (edition(folder) / "manifest.json").stat().st_uid == number
        made, kept = output_hashes(edition(folder)), output_hashes(edition(output))
        if python != platform.python_version():
            # The manifest names the Python that worked; nothing else may differ.
            del made["manifest.json"], kept["manifest.json"]
            manifest = manifest_of(edition(folder))
            assert manifest["systeem"]["python"] == python
            manifest["systeem"]["python"] = platform.python_version()
            assert manifest == manifest_of(edition(output))
        assert made == kept
