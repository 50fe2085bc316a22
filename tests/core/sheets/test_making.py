"""Sheets by the command line: placed whole, not made twice, proven, and refused where something was touched."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.core.document import sheet_pool
from pipeline.core.edition_store import note
from pipeline.core.manifest import sha256_file
from tests.core.explain.conftest import PERIODE

Run = Callable[..., tuple[int, dict[str, object]]]
NUENEN = "gemeenteblad-2016-I-GM0820-nuenen-gerwen-en-nederwetten.pdf"


@pytest.fixture
def place(output: Path, tmp_path: Path) -> Path:
    """An output folder of its own with the edition, and sheets of two municipalities."""
    shutil.copytree(output, tmp_path / "output")
    return tmp_path / "output"


@pytest.fixture
def run(place: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*words: str) -> tuple[int, dict[str, object]]:
        capsys.readouterr()
        code = main(["gemeentebladen", "2016-I", "--output", str(place), "--json", *words])
        return code, json.loads(capsys.readouterr().out)

    return run


def test_made_once_and_proven(place: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = place / "2016-I" / "gemeentebladen" / "1.keuze"
    asked = ("--gemeente", "820", "'s gravenhage", "--gemeente", "Nuenen, Gerwen en Nederwetten")
    code, made = run(*asked)
    assert (code, made["bladen"], made["bundel"], made["ongewijzigd"]) == (0, 2, None, False)
    names = ["gemeenteblad-2016-I-GM0518-s-gravenhage.pdf", NUENEN, "manifest.json"]
    assert sorted(path.name for path in folder.iterdir()) == names
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}

    assert run(*asked)[1]["ongewijzigd"] is True
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == before
    code, proven = run("--verifieer", "--gemeente", "Ede")
    assert (code, proven["bewezen"], proven["opnieuw"]) == (0, True, 2)

    # A byte is changed: that is seen, and what is made again is what it was.
    sheet = folder / NUENEN
    right = sheet.read_bytes()
    sheet.write_bytes(right[:-1] + b"x")
    code, found = run("--verifieer", "--gemeente", "Ede")
    assert code == 2 and [one["naam"] for one in found["vondsten"]] == [NUENEN]  # type: ignore[attr-defined]
    assert run(*asked)[1]["ongewijzigd"] is False
    assert sheet.read_bytes() == right

    # Whoever changes the manifest as well is found out by making them again.
    sheet.write_bytes(right[:-1] + b"x")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["uitvoer"][NUENEN] = {"bytes": len(right), "sha256": sha256_file(sheet)}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    code, found = run("--verifieer", "--gemeente", "Ede")
    assert code == 2 and "komt niet byte voor byte uit de editie" in str(found["vondsten"])

    # A failure on the way leaves what was there, and nothing else.
    monkeypatch.setattr(sheet_pool, "bezwaren", lambda _: ("kapot",))
    assert main(["gemeentebladen", "2016-I", "--output", str(place), "--gemeente", "Ede"]) == 2
    assert sorted(path.name for path in folder.iterdir()) == names
    assert [path.name for path in folder.parent.iterdir() if path.name.startswith(".bezig")] == []


def test_other_circumstances_prove_nothing(run: Run, place: Path) -> None:
    assert run("--gemeente", "Ede")[0] == 0
    path = place / "2016-I" / "gemeentebladen" / "1.keuze" / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["pakketten"]["pikepdf"] = "9.0.0"
    path.write_text(json.dumps(manifest), encoding="utf-8")
    code, found = run("--verifieer", "--gemeente", "Ede")
    assert (code, found["bewezen"], found["aangetast"]) == (1, False, False)
    assert "pakket pikepdf" in str(found["vondsten"])


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--gemeente", "Nunen"], 3, "is geen gemeente van 2016; bedoelde u"),
        (["--editie", "7"], 3, "editie 7 van 2016-I bestaat niet"),
        (["--processen", "0"], 3, "--processen 0 kan niet"),
        (["--verifieer"], 3, "er zijn geen gemeentebladen van editie 1"),
    ],
)
def test_wrong_use(run: Run, words: list[str], code: int, said: str) -> None:
    got, found = run(*words)
    assert got == code and said in str(found["fout"])


def test_a_folder_with_something_else_is_left_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "van mij").mkdir()
    (tmp_path / "van mij" / "brief.txt").write_text("x", encoding="utf-8")
    code, found = run("--gemeente", "Ede", "--map", str(tmp_path / "van mij"))
    assert code == 3 and "staat al iets anders" in str(found["fout"])
    assert [path.name for path in (tmp_path / "van mij").iterdir()] == ["brief.txt"]


def test_a_touched_edition_gives_no_sheets(run: Run, place: Path) -> None:
    edition = place / "2016-I" / "edities" / "1"
    path = edition / "cijfers.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("saldo.eind,GM0820,20.", "saldo.eind,GM0820,19."))
    code, found = run("--gemeente", "Ede")
    assert code == 2 and "cijfers.csv" in str(found["fout"])
    manifest = json.loads((edition / "manifest.json").read_text(encoding="utf-8"))
    manifest["uitvoer"]["cijfers.csv"] = {"bytes": path.stat().st_size, "sha256": sha256_file(path)}
    (edition / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    code, found = run("--gemeente", "Ede")
    assert code == 2 and "manifest.json" in str(found["fout"])
    note(place, PERIODE, {"editie": 1, "manifest_sha256": sha256_file(edition / "manifest.json")})
    assert run("--gemeente", "Ede")[0] == 0
