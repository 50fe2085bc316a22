"""What stands beside the editions: the mark of the published one, the logbook, and what is no edition at all."""

import json
import shutil
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.core.earlier import EerdereEditieFout, published_edition
from pipeline.core.edition_store import (
    EditieFout,
    edition_numbers,
    mark_published,
    next_number,
    note,
    strays,
)
from pipeline.core.manifest import sha256_file, write_manifest
from pipeline.core.mark import Merk, read_mark
from pipeline.core.periods import Periode
from pipeline.core.publication import editions_of
from pipeline.core.verification import Soort, verify_edition

PERIODE = Periode(2016, 1)


def editions(output: Path) -> Path:
    return output / str(PERIODE) / "edities"


def make(output: Path, nummer: int, *, published: bool) -> Path:
    """An edition of one file with its line in the logbook, marked when it is published."""
    folder = editions(output) / str(nummer)
    folder.mkdir(parents=True)
    (folder / "cijfers.csv").write_text(f"editie\n{nummer}\n", encoding="utf-8")
    path = write_manifest(
        folder,
        {
            "editie": nummer,
            "besluit": {"aanvaard": {}, "gepubliceerd": published, "uit_editie": nummer - 1 if published else None},
            "controles": [],
            "referentie": [],
            "code": {"versie": "0.1.0", "commit": None},
        },
    )
    note(output, PERIODE, {"editie": nummer, "manifest_sha256": sha256_file(path), "gepubliceerd": published})
    if published:
        mark_published(output, PERIODE, nummer, sha256_file(path))
    return folder


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """Editions 1 and 3 as concepts, 2 and 4 published from them: 4 counts."""
    for nummer in (1, 2, 3, 4):
        make(tmp_path, nummer, published=nummer % 2 == 0)
    return tmp_path


def test_a_true_mark_has_nothing_wrong(output: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert read_mark(output, PERIODE) == Merk(4)
    assert read_mark(tmp_path_factory.mktemp("leeg"), PERIODE) == Merk()


def manifest_hash(output: Path, nummer: int) -> str:
    return sha256_file(editions(output) / str(nummer) / "manifest.json")


def put(output: Path, text: str) -> None:
    (output / str(PERIODE) / "gepubliceerd.json").write_text(text, encoding="utf-8")


def test_a_concept_does_not_count(output: Path) -> None:
    mark_published(output, PERIODE, 3, manifest_hash(output, 3))
    assert "noemt editie 3, maar dat is een concept" in read_mark(output, PERIODE).bezwaar
    with pytest.raises(EerdereEditieFout, match="editie 3, maar dat is een concept"):
        published_edition(output, PERIODE)


def test_the_manifest_of_the_mark_is_that_of_the_edition(output: Path) -> None:
    mark_published(output, PERIODE, 4, "0" * 64)
    assert "noemt bij editie 4 een manifest met sha256 0000000000000000" in read_mark(output, PERIODE).bezwaar


def test_mark_and_manifest_together_do_not_get_past_the_logbook(output: Path) -> None:
    path = editions(output) / "4" / "manifest.json"
    path.write_text(path.read_text(encoding="utf-8").replace("0.1.0", "0.1.1"), encoding="utf-8")
    mark_published(output, PERIODE, 4, manifest_hash(output, 4))
    assert "een ander manifest dan het logboek bij de publicatie" in read_mark(output, PERIODE).bezwaar
    with pytest.raises(EerdereEditieFout, match="verwacht volgens het logboek"):
        published_edition(output, PERIODE)


def test_an_edition_whose_publication_nobody_noted_does_not_count(output: Path) -> None:
    logbook = output / str(PERIODE) / "logboek.jsonl"
    logbook.write_text("\n".join(logbook.read_text(encoding="utf-8").splitlines()[:3]) + "\n", encoding="utf-8")
    assert "het logboek kent geen publicatie daarvan" in read_mark(output, PERIODE).bezwaar


def test_a_publication_that_was_cut_off_is_told_apart(output: Path) -> None:
    """Killed between the logbook and the mark: what counted still counts, and it is said."""
    mark_published(output, PERIODE, 2, manifest_hash(output, 2))
    mark = read_mark(output, PERIODE)
    assert (mark.editie, mark.bezwaar) == (2, "")
    assert "daarna editie 4 gepubliceerd" in mark.onaf


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"editie": 4}', "geen json"])
def test_what_is_no_mark_is_said(output: Path, text: str) -> None:
    put(output, text)
    assert "is niet te lezen als merk" in read_mark(output, PERIODE).bezwaar


def test_a_mark_of_nothing_and_no_mark_are_said(output: Path) -> None:
    put(output, '{"editie": 9, "manifest_sha256": ""}')
    assert read_mark(output, PERIODE).bezwaar == "noemt editie 9, maar die bestaat niet"
    (output / str(PERIODE) / "gepubliceerd.json").unlink()
    assert "volgens het logboek is editie 4 gepubliceerd" in read_mark(output, PERIODE).bezwaar


def test_verifying_an_edition_judges_the_mark(
    output: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("pipeline.core.verification.changed_circumstances", lambda _: [])
    monkeypatch.setattr("pipeline.core.verification._make_again", lambda *_: (2, []))
    assert verify_edition(output, PERIODE, 1).bewezen
    mark_published(output, PERIODE, 2, manifest_hash(output, 2))
    cut = verify_edition(output, PERIODE, 1)
    assert ([one.soort for one in cut.vondsten], cut.bewezen, cut.merk_vals) == ([Soort.MERK_ONAF], False, False)
    assert main(["verifieer", "2016-I", "1", "--output", str(output)]) == 1
    capsys.readouterr()
    mark_published(output, PERIODE, 1, manifest_hash(output, 1))
    outcome = verify_edition(output, PERIODE, 1)
    assert [(one.soort, one.naam) for one in outcome.vondsten] == [(Soort.MERK, "gepubliceerd.json")]
    assert (outcome.bewezen, outcome.zelf_bewezen, outcome.aangetast) == (False, True, False)
    assert main(["verifieer", "2016-I", "1", "--output", str(output)]) == 2
    told = capsys.readouterr().out
    assert "merk: gepubliceerd.json: noemt editie 1, maar dat is een concept" in told
    assert "maar gepubliceerd.json klopt niet" in told


def test_the_list_compares_each_manifest_with_the_logbook(output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["edities", "2016-I", "--output", str(output)]) == 0
    assert "let op" not in capsys.readouterr().out
    path = editions(output) / "1" / "manifest.json"
    path.write_text(path.read_text(encoding="utf-8") + " ", encoding="utf-8")
    (editions(output) / "3" / "manifest.json").write_text("{", encoding="utf-8")
    shutil.rmtree(editions(output) / "2")
    assert main(["edities", "2016-I", "--output", str(output)]) == 1
    told = capsys.readouterr()
    lines = told.out.splitlines()
    assert lines[0].startswith("editie 1: let op: manifest.json: is veranderd na het maken")
    assert lines[1].startswith("editie 1: concept")
    assert lines[2].startswith("editie 3: let op:") and "is niet te lezen als manifest" in lines[2]
    assert lines[3].startswith("editie 4: gepubliceerd uit de bronnen van editie 3, geldt")
    assert "editie 2 staat in het logboek, maar is er niet meer" in told.err


def test_what_is_no_edition_is_named_and_skipped(output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = editions(output)
    (folder / "5").mkdir()
    (folder / "6").write_text("geen map", encoding="utf-8")
    (folder / "notes.txt").write_text("kladje", encoding="utf-8")
    (folder / "007").mkdir()
    (folder / "9.ondertekend").mkdir()
    (folder / "4.ondertekend").mkdir()
    (folder / ".bezig-8").mkdir()
    assert strays(output, PERIODE) == ("007", "5", "6", "9.ondertekend", "notes.txt")
    assert edition_numbers(output, PERIODE) == (1, 2, 3, 4)
    # What stands there is never overwritten.
    assert next_number(output, PERIODE) == 10
    assert main(["edities", "2016-I", "--output", str(output), "--json"]) == 1
    told = capsys.readouterr()
    assert [one["nummer"] for one in json.loads(told.out)] == [1, 2, 3, 4]
    for name in strays(output, PERIODE):
        assert f"{name} in de map edities is geen editie en wordt overgeslagen" in told.err
    assert main(["verifieer", "2016-I", "5", "--output", str(output)]) == 3


def test_an_edition_that_is_gone_does_not_free_its_number(output: Path) -> None:
    shutil.rmtree(editions(output) / "4")
    assert next_number(output, PERIODE) == 5


def test_a_logbook_that_is_none_is_said(output: Path) -> None:
    (output / str(PERIODE) / "logboek.jsonl").write_text('{"editie": "vier"}\n', encoding="utf-8")
    with pytest.raises(EditieFout, match="zet het logboek terug"):
        editions_of(output, PERIODE)
