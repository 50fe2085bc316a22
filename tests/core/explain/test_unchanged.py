"""What makes a report another one, and what does not: each thing changed by itself on the small edition."""

import hashlib
import json
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.core import unchanged
from pipeline.core.config import Instellingen, Run, make_run
from pipeline.core.edition_store import mark_published, note
from pipeline.core.intake.pseudonyms import KEY_VARIABLE
from pipeline.core.manifest import circumstances, sha256_file
from pipeline.core.norms import Norm
from pipeline.core.unchanged import Ongewijzigd, unchanged_edition
from tests.core.explain.conftest import PERIODE

Ask = Callable[..., Ongewijzigd | None]
KEY = hashlib.sha256(b"proef").hexdigest()


@pytest.fixture
def place(output: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The delivery and the output folder with its edition, to change something in."""
    monkeypatch.setenv(KEY_VARIABLE, KEY)
    shutil.copytree(output.parent, tmp_path / "alles")
    return tmp_path / "alles"


@pytest.fixture
def ask(place: Path) -> Ask:
    """Whether a run of these settings and choices would make edition 1 again."""

    def ask(
        levering: Path | None = None,
        aanvaard: dict[str, str] | None = None,
        briefdatum: date | None = None,
        **settings: object,
    ) -> Ongewijzigd | None:
        chosen = replace(Instellingen(data=place, output=place / "output"), **settings)  # type: ignore[arg-type]
        run: Run = make_run(chosen, PERIODE, str(levering or place / "levering"), None, briefdatum)
        return unchanged_edition(chosen, run, aanvaard or {})

    return ask


def edition(place: Path) -> Path:
    return place / "output" / str(PERIODE) / "edities" / "1"


def test_the_same(ask: Ask, place: Path) -> None:
    found = ask()
    assert found is not None and found.aangetast == ()
    assert (found.editie, found.periode, found.run_id, found.map) == (1, "2016-I", "r1", str(edition(place).resolve()))
    # A reason for what no check found stays out of an edition, and is told to be of no use.
    found = ask(aanvaard={"regio_onbekend": "niets"})
    assert found is not None and found.niet_nodig == ("regio_onbekend",)


def test_the_same_in_a_zip(ask: Ask, place: Path, tmp_path: Path) -> None:
    """How it comes does not matter, only what is in it."""
    with zipfile.ZipFile(tmp_path / "levering.zip", "w") as packed:
        for path in sorted((place / "levering").rglob("*")):
            packed.write(path, path.relative_to(place / "levering"))
    assert ask(levering=tmp_path / "levering.zip") is not None


def _byte(place: Path) -> None:
    path = place / "levering" / "coa" / "personen.csv"
    path.write_bytes(path.read_bytes() + b" ")


def _correction(place: Path) -> None:
    path = place / "levering" / "correcties.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("door het COA", "door COA"), encoding="utf-8")


def _renamed(place: Path) -> None:
    (place / "levering" / "coa" / "personen.csv").rename(place / "levering" / "coa" / "Personen.csv")


def _nobodys_file(place: Path) -> None:
    (place / "levering" / "nieuw.csv").write_text("", encoding="utf-8")


def _folder(place: Path) -> None:
    (place / "levering" / "gemeenten").mkdir()


def _litter(place: Path) -> None:
    (place / "levering" / ".DS_Store").write_text("", encoding="utf-8")


def _gone(place: Path) -> None:
    shutil.rmtree(place / "levering")


@pytest.mark.parametrize("change", [_byte, _correction, _renamed, _nobodys_file, _folder, _litter, _gone])
def test_another_delivery(ask: Ask, place: Path, change: Callable[[Path], None]) -> None:
    change(place)
    assert ask() is None


def test_another_key_makes_other_pseudonyms(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY_VARIABLE, hashlib.sha256(b"andere").hexdigest())
    assert ask() is None


@pytest.mark.parametrize(
    "choice",
    [
        {"briefdatum": date(2016, 10, 1)},
        {"klasse_midden_procent": 80},
        {"normen": (Norm("aanbod", date(2014, 1, 1), 9, "proef"),)},
    ],
)
def test_another_choice(ask: Ask, choice: dict[str, object]) -> None:
    assert ask(**choice) is None


def test_another_reason_for_what_was_found(ask: Ask, place: Path) -> None:
    path = edition(place) / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    check = {"naam": "regio_onbekend", "zwaarte": "warn", "titel": "t", "gevonden": 2, "aanvaard": "oud"}
    manifest["controles"], manifest["besluit"]["aanvaard"] = [check], {"regio_onbekend": "oud"}
    path.write_text(json.dumps(manifest), encoding="utf-8")
    noted = json.loads((place / "output" / "2016-I" / "logboek.jsonl").read_text(encoding="utf-8"))
    note(place / "output", PERIODE, {**noted, "manifest_sha256": sha256_file(path)})
    same = ask(aanvaard={"regio_onbekend": "oud"})
    assert same is not None and same.aanvaard == ("regio_onbekend: oud",) and same.waarschuwingen == ()
    assert ask(aanvaard={"regio_onbekend": "nieuw"}) is None
    assert ask() is None


@pytest.mark.parametrize("part", ["code sha", "pakket", "systeem"])
def test_other_code_or_libraries(ask: Ask, place: Path, part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    now = circumstances()
    name = next(key for key in now if key.startswith(part))
    monkeypatch.setattr("pipeline.core.verification.circumstances", lambda: {**now, name: "anders"})
    assert ask() is None


def test_an_edition_that_was_published_since(ask: Ask, place: Path) -> None:
    """A new one is compared with the published one, and says so."""
    mark_published(place / "output", PERIODE, 1, sha256_file(edition(place) / "manifest.json"))
    assert ask() is None


def test_an_earlier_half_year_that_was_published_since(ask: Ask, place: Path) -> None:
    earlier = place / "output" / "2015-II" / "edities" / "1"
    shutil.copytree(edition(place), earlier)
    mark_published(place / "output", PERIODE.vorige, 1, sha256_file(earlier / "manifest.json"))
    assert ask() is None


def test_made_by_publishing_or_before_this_was_noted(ask: Ask, place: Path) -> None:
    logbook = place / "output" / "2016-I" / "logboek.jsonl"
    line = json.loads(logbook.read_text(encoding="utf-8"))
    line.pop(unchanged.MARK)
    logbook.write_text(json.dumps(line) + "\n", encoding="utf-8")
    assert ask() is None


@pytest.mark.parametrize("name", ["cijfers.csv", "bronnen/coa_personen.parquet", "manifest.json"])
def test_a_damaged_edition_is_named_and_made_anew(
    ask: Ask, place: Path, name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = edition(place) / name
    content = path.read_bytes()
    path.write_bytes(content + b"\n" if name == "manifest.json" else content[:-1])
    found = ask()
    assert found is not None and [one.naam for one in found.aangetast] == [name]

    class Asked(Exception):
        """A run was started."""

    def run_report(*_: object, **__: object) -> None:
        raise Asked

    monkeypatch.setattr("pipeline.orchestration.run.run_report", run_report)
    asked = ["rapport", "2016-I", "--levering", str(place / "levering"), "--output", str(place / "output")]
    assert main(asked) == 4
    assert f"niet meer wat zij was toen zij werd gemaakt ({name}" in capsys.readouterr().err


def test_only_a_new_edition_when_asked(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ["rapport", "2016-I", "--levering", str(place / "levering"), "--output", str(place / "output")]
    assert main(asked) == 0
    assert capsys.readouterr().out.startswith(
        "Er is niets veranderd sinds editie 1 van 2016-I, dus er is niets gemaakt"
    )
    started: list[object] = []
    monkeypatch.setattr("pipeline.orchestration.run.run_report", lambda *_, **__: started.append(1))
    main([*asked, "--opnieuw"])
    assert started == [1]
