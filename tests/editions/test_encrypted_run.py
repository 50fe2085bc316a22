"""One whole run with real-looking persons and a storage key: no person and no key in anything that is written, and the
edition is proven from its encrypted sources.
"""

import json
import os
import re
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.core.intake.pseudonyms import KEY_VARIABLE as PSEUDONYM_VARIABLE
from pipeline.core.intake.pseudonyms import pseudonymiser_for
from pipeline.core.storage_key import KEY_VARIABLE, read_key
from pipeline.core.vault import is_encrypted, plain_warning
from pipeline.core.warehouse import open_warehouse
from tests.editions.small import HALF, Delivery, whole

KEY, PSEUDONYM_KEY = (bytes(range(start, start + 32)).hex() for start in (7, 120))
# What else tells of one person among few.
SIGNS = re.compile(rb"Syrische|\bH\d{5}\b|\bK\d{5}\b")


def real(delivery: Delivery, folder: Path) -> Path:
    """The delivery without the mark of a generated one, and with V-numbers that a real person could have."""
    delivery.write(folder)
    (folder / "voorbeeld.toml").unlink()
    for path in folder.rglob("*.csv"):
        path.write_text(
            re.sub(r"V999(?=\d{7})", "V281", path.read_text(encoding="utf-8")), encoding="utf-8", newline=""
        )
    return folder


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[bytes]]:
    """The folder of a run with both keys, and the V-numbers with their pseudonyms."""
    root = tmp_path_factory.mktemp("run")
    folder = real(whole(), root / "levering")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(KEY_VARIABLE, KEY)
        patch.setenv(PSEUDONYM_VARIABLE, PSEUDONYM_KEY)
        patch.setenv("TMPDIR", str(root / "tijdelijk"))
        (root / "tijdelijk").mkdir()
        code = main(["rapport", str(HALF), "--levering", str(folder), "--output", str(root / "output")])
        assert code == 1
        mine = pseudonymiser_for(sample=False, environment={PSEUDONYM_VARIABLE: PSEUDONYM_KEY})
    text = (folder / "coa" / "personen.csv").read_text(encoding="utf-8")
    numbers = sorted(set(re.findall(r"V281\d{7}", text)))
    return root, [name.encode() for number in numbers for name in (number, number[1:], mine.pseudonym(number))]


def test_no_person_and_no_key_stands_in_what_was_written(run: tuple[Path, list[bytes]]) -> None:
    root, persons = run
    assert len(persons) == 3 * 194
    key = read_key(KEY, KEY_VARIABLE, {})
    keys = [text.encode() for text in (KEY, PSEUDONYM_KEY, key.parquet, key.database)]
    keys += [bytes.fromhex(KEY), bytes.fromhex(PSEUDONYM_KEY)]
    whole_output = [path for place in ("output", "tijdelijk") for path in (root / place).rglob("*") if path.is_file()]
    assert len(whole_output) > 50
    found = re.compile(b"|".join(map(re.escape, [*persons, *keys])))
    assert [path.name for path in whole_output if found.search(path.read_bytes())] == []


def test_every_file_with_persons_is_encrypted(run: tuple[Path, list[bytes]]) -> None:
    half = run[0] / "output" / str(HALF)
    edition = half / "edities" / "1"
    files = [path for name in ("bronnen", "afkeur") for path in (edition / name).rglob("*") if path.is_file()]
    assert len(files) > 20 and all(map(is_encrypted, files))
    # What stays readable tells of no single person: documents, tables and what describes them.
    plain = {path.relative_to(edition).parts[0] for path in edition.rglob("*") if path.is_file() and path not in files}
    assert plain == {
        "cijfers.csv", "cijfers.json", "datapackage.json", "herkomst.json", "kamerbrief-2018-I.docx",
        "kerncijfers-2018-I.pdf", "manifest.json", "tabellen", "tabellen.ods", "tabellen.xlsx",
        "voortgangsrapportage-2018-I.pdf",
    }  # fmt: skip
    for path in edition.rglob("*"):
        if path.is_file() and path not in files and path.suffix in (".csv", ".json"):
            assert not SIGNS.search(path.read_bytes()), path.name


def test_it_is_proven_from_its_encrypted_sources_and_explained(
    run: tuple[Path, list[bytes]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    output = str(run[0] / "output")
    monkeypatch.setenv(KEY_VARIABLE, KEY)
    assert main(["verifieer", str(HALF), "1", "--output", output, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["bewezen"]
    monkeypatch.setenv(PSEUDONYM_VARIABLE, PSEUDONYM_KEY)
    assert main(["verklaar", str(HALF), "realisatie.totaal", "--gemeente", "Assen", "--output", output, "--json"]) == 0
    explained = json.loads(capsys.readouterr().out)
    assert explained["klopt"] and len(explained["bewijs"]["rijen"]) == 3


def test_without_a_key_one_line_warns_and_for_generated_persons_none(
    run: tuple[Path, list[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(KEY_VARIABLE, KEY)
    with open_warehouse(run[0] / "output" / str(HALF) / "warehouse.duckdb") as con:
        assert plain_warning(con) == ()
        monkeypatch.delenv(KEY_VARIABLE)
        (line,) = plain_warning(con)
        assert line.startswith("persoonsgegevens zijn onversleuteld opgeslagen") and os.linesep not in line
        con.execute("begin")
        con.execute("update invoer.levering set voorbeeld = true")
        assert plain_warning(con) == ()
        con.execute("rollback")
