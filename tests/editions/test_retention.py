"""What is older than the term is destroyed with a record; the figures, and what builds on them, stay."""

import json
import shutil
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.core import retention
from pipeline.core.compare.revision import load_revision
from pipeline.core.config import BEWAARTERMIJN_HALFJAREN, Instellingen, load_settings
from pipeline.core.destroyed import destruction_of
from pipeline.core.earlier import EerdereEditieFout, load_earlier
from pipeline.core.edition_store import manifest_of, mark_published, note
from pipeline.core.editions import place_rejects
from pipeline.core.errors import BezetFout, GebruiksFout
from pipeline.core.frozen import BevrorenFout, frozen_files
from pipeline.core.manifest import sha256_file
from pipeline.core.retention import clean_up
from pipeline.core.verification import Soort, verify_edition
from pipeline.core.warehouse import WAREHOUSE, open_warehouse
from tests.editions.small import HALF, make_edition, place, warehouse, whole

OLD_ENOUGH, TOO_YOUNG = date(2020, 7, 1), date(2020, 6, 30)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """2018-I published as edition 1, with a warehouse and the rejects of a refused delivery."""
    output = tmp_path_factory.mktemp("bewaard") / "output"
    with warehouse(whole().write(output.with_name("levering")), HALF, output) as con:
        folder = make_edition(con, place(output, HALF, 1))
        place_rejects(con, output, HALF)
    with open_warehouse(output / str(HALF) / WAREHOUSE) as con:
        con.execute("create table levering.proef as select 1 as rij")
    copy = output / str(HALF) / "leeskopie" / "1.duckdb"
    copy.parent.mkdir()
    copy.write_bytes(b"een kopie")
    sha256 = sha256_file(folder / "manifest.json")
    mark_published(output, HALF, 1, sha256)
    note(output, HALF, {"editie": 1, "manifest_sha256": sha256, "gepubliceerd": True})
    return output


@pytest.fixture
def output(made: Path, tmp_path: Path) -> Path:
    target = tmp_path / "output"
    shutil.copytree(made, target)
    edition = place(target, HALF, 1)
    for path in (*edition.rglob("*"), edition):
        path.chmod(0o500 if path.is_dir() else 0o400)
    return target


def clean(output: Path, day: date = OLD_ENOUGH) -> tuple[str, ...]:
    done = clean_up(output, termijn=BEWAARTERMIJN_HALFJAREN, vandaag=day, wie="toets", reden="jaarlijks")
    return tuple(name for one in done for name in one.bestanden)


def left(output: Path) -> set[str]:
    folder = output / str(HALF)
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {".slot"}


def lines(output: Path) -> list[dict[str, object]]:
    text = (output / str(HALF) / "logboek.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_what_is_too_old_is_destroyed_and_recorded(output: Path) -> None:
    folder = place(output, HALF, 1)
    before = {
        path.relative_to(folder).as_posix(): sha256_file(path) for path in (folder / "bronnen").rglob("*.parquet")
    }
    kept = {
        name for name in left(output) if not name.startswith(("edities/1/bronnen", "afkeur", "leeskopie", WAREHOUSE))
    }
    gone = clean(output)
    assert len(gone) == len(before) + 2 + len([name for name in gone if name.startswith("afkeur/")])
    assert left(output) == kept and not (folder / "bronnen").exists() and not (output / str(HALF) / "afkeur").exists()
    assert folder.stat().st_mode & 0o222 == 0
    record = next(line for line in lines(output) if line["editie"] == 1 and "vernietigd" in line)
    assert record["vernietigd"] == before
    assert (record["wie"], record["reden"]) == (
        "toets",
        "de bewaartermijn van 4 halfjaren is verstreken op 2020-07-01; jaarlijks",
    )
    beside = next(line for line in lines(output) if line["editie"] is None and "vernietigd" in line)
    assert WAREHOUSE in beside["vernietigd"] and "afkeur/afkeur.csv" in beside["vernietigd"]  # type: ignore[operator]
    assert clean(output) == () and len(lines(output)) == 5


def test_what_is_within_its_term_stays(output: Path) -> None:
    before = left(output)
    assert clean(output, TOO_YOUNG) == ()
    assert left(output) == before and len(lines(output)) == 1


def test_a_trial_shows_and_touches_nothing(output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = left(output)
    assert main(["opschonen", "--proef", "--termijn", "1", "--output", str(output), "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert found["periode"] == str(HALF) and set(found["bestanden"]) < before
    assert left(output) == before and len(lines(output)) == 1


def test_by_command(output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["opschonen", "--output", str(output)]) == 0
    assert "bestanden met personen zijn vernietigd; cijfers en documenten zijn gebleven" in capsys.readouterr().out
    assert main(["opschonen", "--output", str(output)]) == 0
    assert "niets dat ouder is" in capsys.readouterr().out
    assert main(["opschonen", "--termijn", "0", "--output", str(output)]) == 3


def test_verifying_says_what_is_still_proven(output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clean(output)
    outcome = verify_edition(output, HALF, 1)
    assert not outcome.aangetast and not outcome.bewezen and outcome.opnieuw == 0
    assert [found.soort for found in outcome.vondsten] == [Soort.VERNIETIGD]
    assert outcome.bestanden == 4
    assert main(["verifieer", str(HALF), "1", "--output", str(output)]) == 1
    said = capsys.readouterr().out
    assert "vernietigd op " in said and "door toets: de bewaartermijn van 4 halfjaren" in said
    assert "is gelijk aan het manifest, en dat is het manifest dat bij het maken in het logboek kwam" in said
    assert "Dat de cijfers uit de bronnen volgen is niet meer te bewijzen" in said


def test_a_touched_figure_is_found_all_the_same(output: Path) -> None:
    clean(output)
    path = place(output, HALF, 1) / "cijfers.csv"
    path.chmod(0o600)
    path.write_bytes(path.read_bytes() + b"x")
    assert (Soort.GEWIJZIGD, "cijfers.csv") in {
        (found.soort, found.naam) for found in verify_edition(output, HALF, 1).vondsten
    }


def test_a_source_that_vanished_without_a_record_is_missing(output: Path) -> None:
    (place(output, HALF, 1) / "bronnen").chmod(0o700)
    (place(output, HALF, 1) / "bronnen" / "coa_personen.parquet").unlink()
    found = verify_edition(output, HALF, 1)
    assert found.aangetast and [(one.soort, one.naam) for one in found.vondsten] == [
        (Soort.ONTBREEKT, "bronnen/coa_personen.parquet")
    ]


def test_the_next_half_year_builds_on_the_figures(output: Path, tmp_path: Path) -> None:
    clean(output)
    with warehouse(whole().write(tmp_path / "levering"), HALF, output) as con:
        read = {file.bestand for file in load_earlier(con, output, HALF.volgende)}
        (saldo,) = con.execute("select count(*) from eerder.eindsaldo").fetchall()
        (ledger,) = con.execute("select count(*) from eerder.grootboek").fetchall()
        with pytest.raises(EerdereEditieFout, match="geen nieuwe editie meer"):
            load_revision(con, output, HALF)
    assert "tabellen/gemeenten.csv" in read and "bronnen/coa_afmeldingen.parquet" not in read
    assert saldo[0] > 300 and ledger == (0,)


def test_what_needs_the_sources_says_why_it_cannot(output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clean(output)
    with pytest.raises(BevrorenFout, match=r"vernietigd op .* door toets"):
        frozen_files(place(output, HALF, 1))
    for command in (["verklaar", str(HALF), "realisatie.totaal"], ["publiceer", str(HALF), "1", "--reden", "x"]):
        code = main([*command, "--output", str(output)])
        assert code in (2, 3)
    assert "niet meer te verklaren" in capsys.readouterr().err


KILLED = """
import os, signal, sys
from datetime import date
from pathlib import Path
from pipeline.core import edition_store, retention
real = os.unlink
left = [int(sys.argv[2])]
def unlink(*arguments, **options):
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    left[0] -= 1
    return real(*arguments, **options)
os.unlink = unlink
retention.clean_up(Path(sys.argv[1]), termijn=4, vandaag=date(2020, 7, 1), wie="toets")
"""
"""Cleans up, and is killed before a file goes."""


def test_a_killed_call_is_finished_by_the_next_one(output: Path) -> None:
    whole_record = {name.removeprefix("edities/1/") for name in left(output) if name.startswith("edities/1/bronnen")}
    for after in (0, 5):
        died = subprocess.run([sys.executable, "-c", KILLED, str(output), str(after)], check=False)
        assert died.returncode == -signal.SIGKILL
        with pytest.raises(BevrorenFout, match="vernietigd"):
            frozen_files(place(output, HALF, 1))
    halfway = verify_edition(output, HALF, 1)
    assert not halfway.aangetast and any("draai `voortgang opschonen` opnieuw" in str(one) for one in halfway.vondsten)
    clean(output)
    assert [found.soort for found in verify_edition(output, HALF, 1).vondsten] == [Soort.VERNIETIGD]
    record = [line for line in lines(output) if line["editie"] == 1 and "vernietigd" in line]
    assert len(record) == 1 and set(record[0]["vernietigd"]) == whole_record  # type: ignore[call-overload]
    gone = destruction_of(place(output, HALF, 1))
    assert gone is not None and gone.namen == whole_record


def test_a_warehouse_in_use_is_left_alone(output: Path) -> None:
    hold = (
        "import duckdb, sys\n"
        f"con = duckdb.connect({str(output / str(HALF) / WAREHOUSE)!r})\n"
        "print('open', flush=True)\nsys.stdin.read()"
    )
    before = left(output)
    with subprocess.Popen([sys.executable, "-c", hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None and other.stdout.readline() == b"open\n"
        with pytest.raises(BezetFout, match=r"heeft .* open"):
            clean(output)
        assert left(output) == before
        assert other.stdin is not None
        other.stdin.close()
    assert clean(output) != ()


def test_the_term_is_a_setting(tmp_path: Path) -> None:
    file = tmp_path / "instellingen.toml"
    file.write_text("bewaartermijn_halfjaren = 6\n", encoding="utf-8")
    assert load_settings(environment={"VOORTGANG_CONFIG": str(file)}).bewaartermijn_halfjaren == 6
    assert Instellingen(tmp_path, tmp_path).bewaartermijn_halfjaren == 4
    for wrong in ("0", "true", "'vier'"):
        file.write_text(f"bewaartermijn_halfjaren = {wrong}\n", encoding="utf-8")
        with pytest.raises(GebruiksFout, match="bewaartermijn_halfjaren"):
            load_settings(environment={"VOORTGANG_CONFIG": str(file)})


def test_the_manifest_still_names_what_was_destroyed(output: Path) -> None:
    before = manifest_of(place(output, HALF, 1))
    assert retention.clean_up(output, termijn=4, vandaag=OLD_ENOUGH, wie="toets")
    assert manifest_of(place(output, HALF, 1)) == before
