"""With a storage key no person stands on the disk in plain text, and everything reads what it wrote.

The editions are small ones without a document.
"""

import hashlib
import json
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import duckdb
import pytest

from pipeline.cli import main
from pipeline.core import rotation, vault
from pipeline.core.compare.revision import load_revision
from pipeline.core.earlier import load_earlier, published_edition, refuse_touched
from pipeline.core.edition_store import manifest_of
from pipeline.core.editions import place_rejects
from pipeline.core.frozen import freeze_all, frozen_warehouse, read_frozen
from pipeline.core.intake.history import previous_sources
from pipeline.core.intake.pseudonyms import KEY_VARIABLE as PSEUDONYM_VARIABLE
from pipeline.core.intake.pseudonyms import SleutelFout, pseudonymiser_for
from pipeline.core.manifest import UNREADABLE, output_hashes
from pipeline.core.readers import open_copy, place_copy, write_copy
from pipeline.core.rejects import told
from pipeline.core.rotation import renew_key
from pipeline.core.storage_key import KEY_VARIABLE, NEW_KEY_VARIABLE, OpslagFout, Opslagsleutel, read_key, storage_key
from pipeline.core.verification import Soort, compare_files
from pipeline.core.warehouse import WAREHOUSE, open_warehouse
from tests.editions.small import HALF, make_edition, number, place, publish, warehouse, whole

KEY, OTHER = (bytes(range(start, start + 32)).hex() for start in (7, 90))
FIGURE = "realisatie.totaal"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same edition twice, with the rejects of a refused delivery beside it: `plain` and `sealed`."""
    root = tmp_path_factory.mktemp("versleuteld")
    plain, sealed = (place(root / name, HALF, 1) for name in ("plain", "sealed"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(KEY_VARIABLE, KEY)
        with warehouse(whole().write(root / "levering"), HALF, root / "sealed") as con:
            make_edition(con, sealed)
            place_rejects(con, root / "sealed", HALF)
            patch.setenv(KEY_VARIABLE, "")
            shutil.copytree(sealed, plain, ignore=shutil.ignore_patterns("bronnen"))
            freeze_all(con, plain)
            place_rejects(con, root / "plain", HALF)
    publish(root / "plain", HALF, 1)
    publish(root / "sealed", HALF, 1)
    return root


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch) -> Opslagsleutel:
    """The storage key is given."""
    monkeypatch.setenv(KEY_VARIABLE, KEY)
    return read_key(KEY, KEY_VARIABLE, {})


@pytest.fixture
def sealed(made: Path) -> Path:
    return place(made / "sealed", HALF, 1)


@pytest.fixture
def copy(made: Path, tmp_path: Path) -> Path:
    """The encrypted output in a copy, its edition read-only as they are."""
    return _copy(made / "sealed", tmp_path)


def _copy(source: Path, tmp_path: Path) -> Path:
    target = tmp_path / "output"
    shutil.copytree(source, target)
    for path in place(target, HALF, 1).rglob("*"):
        path.chmod(0o500 if path.is_dir() else 0o400)
    return target


def persons() -> list[bytes]:
    """What tells of a person of the delivery, or would tell her apart."""
    mine = pseudonymiser_for(sample=True)
    numbers = [number(gemeente, person) for gemeente in (0, 7, 900) for person in (0, 1)]
    return [text.encode() for text in (*numbers, *map(mine.pseudonym, numbers), "Syrische", "H00003", "K00003")]


def plain_files(folder: Path) -> set[str]:
    """The files in which a person can be read."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and any(text in content for content in [path.read_bytes()] for text in persons())
    }


def parquet_rows(folder: Path) -> bytes:
    """All that plain Parquet below a folder holds, uncompressed."""
    found = b""
    with duckdb.connect() as con:
        for path in folder.rglob("*.parquet"):
            if not vault.is_encrypted(path):
                found += repr(con.execute(f"from read_parquet('{path}')").fetchall()).encode()
    return found


def test_the_hashes_are_those_of_the_plain_files(made: Path, key: Opslagsleutel, sealed: Path) -> None:
    rejects = f"{HALF}/afkeur"
    for plain, encrypted in (
        (place(made / "plain", HALF, 1), sealed),
        (made / "plain" / rejects, made / "sealed" / rejects),
    ):
        expected = {
            path.relative_to(plain).as_posix(): {
                "bytes": path.stat().st_size,
                "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            }
            for path in plain.rglob("*")
            if path.is_file()
        }
        assert output_hashes(encrypted) == expected and len(expected) > 2


def test_no_person_can_be_read_without_the_key(made: Path) -> None:
    plain = parquet_rows(made / "plain")
    assert all(text in plain for text in persons() if not text.startswith(b"V999"))
    assert plain_files(made / "sealed") == set() and parquet_rows(made / "sealed") == b""
    frozen = [
        path for path in (made / "sealed").rglob("*") if {"bronnen", "afkeur"} & set(path.parts) and path.is_file()
    ]
    assert len(frozen) > 10 and all(map(vault.is_encrypted, frozen))


def test_encrypting_twice_gives_other_bytes_and_the_same_content(key: Opslagsleutel, tmp_path: Path) -> None:
    with vault.opened() as kluis:
        one, two = (kluis.wrap(tmp_path / name, b"hetzelfde" * 99) for name in ("een.txt", "twee.txt"))
        assert one.read_bytes() != two.read_bytes() and kluis.facts(one) == kluis.facts(two)


def test_what_is_larger_than_one_piece_comes_back_whole(
    key: Opslagsleutel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vault, "_PIECE", 1000)
    content = bytes(range(256)) * 50
    for text in (content, b""):
        with vault.opened() as kluis:
            back = bytearray()
            kluis.content(kluis.wrap(tmp_path / "groot.txt", text), back.extend)
        assert bytes(back) == text


def test_every_reader_works_with_the_key(made: Path, key: Opslagsleutel, sealed: Path, tmp_path: Path) -> None:
    output = made / "sealed"
    refuse_touched(sealed, HALF)
    with warehouse(whole().write(tmp_path / "levering"), HALF, output) as con:
        assert load_revision(con, output, HALF) is not None
        assert con.execute("select count(*) from herziening.stappen where oud is distinct from slot").fetchall() == [
            (0,)
        ]
        read = load_earlier(con, output, HALF.volgende)
        assert [file.sha256 for file in read if file.bestand.startswith("bronnen/")] == [
            manifest_of(sealed)["uitvoer"]["bronnen/coa_afmeldingen.parquet"]["sha256"]
        ]
        assert con.execute("select count(*) from eerder.grootboek").fetchall() == [(64,)]
    assert previous_sources(output, HALF) == sealed / "bronnen"
    assert published_edition(output, HALF) == sealed


@pytest.mark.parametrize("given", ["", OTHER])
def test_without_the_key_everything_says_so(
    made: Path, sealed: Path, given: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(KEY_VARIABLE, given)
    expected = "met een andere opslagsleutel versleuteld" if given else "versleuteld en er is geen opslagsleutel"
    with pytest.raises(OpslagFout, match=expected), frozen_warehouse(sealed):
        pass
    with pytest.raises(OpslagFout, match=expected):
        output_hashes(sealed)
    for command in (["verklaar", FIGURE], ["verifieer", str(HALF), "1"], ["afkeur", str(HALF), str(made / "nooit")]):
        assert main([*command, "--output", str(made / "sealed")]) == 2
        said = capsys.readouterr().err
        assert expected in said and said.count("\n") == 1 and KEY not in said and OTHER not in said
    (made / "nooit").rmdir()


def test_a_flipped_byte_anywhere_is_found(copy: Path, key: Opslagsleutel) -> None:
    folder = place(copy, HALF, 1)
    manifest = manifest_of(folder)
    path = folder / "bronnen" / "coa_koppelingen.parquet"
    path.chmod(0o600)
    whole_file = path.read_bytes()
    for where in (4, 5, len(whole_file) // 3, len(whole_file) // 2, len(whole_file) - 30, len(whole_file) - 6):
        path.write_bytes(whole_file[:where] + bytes([whole_file[where] ^ 1]) + whole_file[where + 1 :])
        touched = [found for found in compare_files(copy, HALF, 1, manifest) if found.hard]
        assert [(found.soort, found.naam) for found in touched] == [
            (Soort.GEWIJZIGD, "bronnen/coa_koppelingen.parquet")
        ], where
        assert touched[0].uitleg.endswith(f", {UNREADABLE} nu")


def test_a_plain_file_cannot_hide_behind_an_encrypted_one(copy: Path, key: Opslagsleutel) -> None:
    folder = copy / str(HALF) / "afkeur"
    before = output_hashes(folder)
    (folder / "afkeur.csv").write_bytes(b"iets anders")
    (folder / "vreemd.txt.versleuteld").write_bytes(b"niet versleuteld")
    after = output_hashes(folder)
    assert after.keys() - before.keys() == {"afkeur.csv.versleuteld", "vreemd.txt.versleuteld"}
    assert after["afkeur.csv"] != before["afkeur.csv"] == after["afkeur.csv.versleuteld"]


def test_a_file_in_the_place_of_another_is_found(copy: Path, key: Opslagsleutel) -> None:
    folder = place(copy, HALF, 1)
    (folder / "bronnen").chmod(0o700)
    shutil.copy(folder / "bronnen" / "coa_personen.parquet", folder / "bronnen" / "coa_koppelingen.parquet.nieuw")
    (folder / "bronnen" / "coa_koppelingen.parquet.nieuw").replace(folder / "bronnen" / "coa_koppelingen.parquet")
    touched = [found.naam for found in compare_files(copy, HALF, 1, manifest_of(folder)) if found.hard]
    assert touched == ["bronnen/coa_koppelingen.parquet"]


def test_the_rejects_come_back_on_request(
    made: Path, key: Opslagsleutel, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "leesbaar"
    assert main(["afkeur", str(HALF), str(target), "--output", str(made / "sealed")]) == 0
    assert "verwijder ze na gebruik" in capsys.readouterr().out
    plain = made / "plain" / str(HALF) / "afkeur"
    assert {path.name: path.read_bytes() for path in target.iterdir()} == {
        path.name: path.read_bytes() for path in plain.iterdir()
    }
    assert told(plain, HALF).endswith(f"versleuteld (leesbaar met `voortgang afkeur {HALF} MAP`)")
    assert {stat.S_IMODE(path.stat().st_mode) for path in target.iterdir()} == {0o600}
    assert main(["afkeur", str(HALF), str(target), "--output", str(made / "sealed")]) == 3
    assert "is niet leeg" in capsys.readouterr().err


@pytest.fixture
def opened_warehouse(copy: Path, key: Opslagsleutel) -> Path:
    """A warehouse beside the edition, with a row in its log of changes."""
    path = copy / str(HALF) / WAREHOUSE
    with open_warehouse(path) as con:
        con.execute("create table levering.proef (naam varchar primary key)")
        con.execute("insert into levering.proef values ('Syrische')")
    return path


def test_the_warehouse_is_encrypted_with_its_log(opened_warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = opened_warehouse.parent
    with open_warehouse(opened_warehouse) as con:
        con.execute("insert into levering.proef values ('H00003')")
        assert (folder / f"{WAREHOUSE}.wal").is_file()
        assert con.execute("select count(*) from levering.proef").fetchall() == [(2,)]
        assert plain_files(folder) == set()
    for given, expected in ((OTHER, "met een andere opslagsleutel"), ("", "er is geen opslagsleutel")):
        monkeypatch.setenv(KEY_VARIABLE, given)
        with pytest.raises(OpslagFout, match=expected), open_warehouse(opened_warehouse):
            pass


def laid_copy(output: Path) -> Path:
    """A copy for readers of one table, in the place of that of edition 1."""
    with duckdb.connect() as con:
        vault.unlock(con)
        con.execute("create schema levering; create table levering.proef as select 'Syrische' as naam")
        return place_copy(write_copy(con, place(output, HALF, 1)), output, HALF, 1)


def test_a_copy_for_readers_is_opened_with_the_key_alone(
    copy: Path, key: Opslagsleutel, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["leeskopie", str(HALF), "1", "--output", str(copy)]
    laid = laid_copy(copy)
    assert b"Syrische" not in laid.read_bytes()
    assert main(command) == 0 and capsys.readouterr().out == f"{laid}\n"
    with open_copy(laid) as con:
        assert con.execute("from levering.proef").fetchall() == [("Syrische",)]
        with pytest.raises(duckdb.Error, match="read-only"):
            con.execute("create table levering.meer as select 1")
    for given, expected in ((OTHER, "met een andere opslagsleutel"), ("", "er is geen opslagsleutel")):
        monkeypatch.setenv(KEY_VARIABLE, given)
        assert main(command) == 2
        said = capsys.readouterr()
        assert said.out == "" and str(laid) in said.err and expected in said.err and said.err.count("\n") == 1
    plain = laid_copy(copy)
    monkeypatch.setenv(KEY_VARIABLE, KEY)
    assert main(command) == 2 and f"{plain} is niet versleuteld" in capsys.readouterr().err
    plain.chmod(0o600)
    plain.write_bytes(b"geen database")
    assert main(command) == 2 and "verwijder dit bestand" in capsys.readouterr().err


def test_with_another_key_no_copy_for_readers_is_begun(
    copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(copy.rglob("*"))
    monkeypatch.setenv(KEY_VARIABLE, OTHER)
    assert main(["leeskopie", str(HALF), "1", "--output", str(copy)]) == 2
    said = capsys.readouterr()
    assert said.out == "" and "met een andere opslagsleutel" in said.err and said.err.count("\n") == 1
    # Only what keeps two makers apart, empty, as after each run.
    assert [path for path in sorted(copy.rglob("*")) if path not in before and path.stat().st_size] == []


@pytest.mark.parametrize(("generated", "given", "warned"), [(False, "", 1), (False, KEY, 0), (True, "", 0)])
def test_real_persons_in_plain_text_are_warned_about(
    generated: bool, given: str, warned: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(KEY_VARIABLE, given)
    with duckdb.connect() as con:
        con.execute("create schema invoer")
        con.execute("create table invoer.levering as select ?::boolean as voorbeeld", [generated])
        found = vault.plain_warning(con)
    assert len(found) == warned
    assert all("onversleuteld" in line and KEY_VARIABLE in line and "sleutel vernieuwen" in line for line in found)


def test_a_plain_warehouse_is_not_silently_used(key: Opslagsleutel, tmp_path: Path) -> None:
    duckdb.connect(tmp_path / "warehouse.duckdb").close()
    with pytest.raises(OpslagFout, match="sleutel vernieuwen"), open_warehouse(tmp_path / "warehouse.duckdb"):
        pass


@pytest.mark.parametrize("given", ["", KEY])
def test_what_does_not_fit_in_memory_is_spilled_encrypted(
    given: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(KEY_VARIABLE, given)
    with open_warehouse(tmp_path / "warehouse.duckdb") as con:
        con.execute("set memory_limit = '60MB'")
        con.execute("set threads = 1")
        # Bytes that cannot be compressed, so that they would be seen in what is compressed too.
        con.execute("create temp table persoon as select i, unhex(sha256(i::varchar)) as p from range(600_000) as r(i)")
        rows = con.execute("select p, i from persoon order by p desc").fetchmany(1)
        assert len(rows[0][0]) == 32
        spilled = [path.read_bytes() for path in (tmp_path / "warehouse.duckdb.tmp").iterdir()]
    assert sum(map(len, spilled)) > 1_000_000
    some = [hashlib.sha256(str(number).encode()).digest() for number in range(0, 600_000, 3_000)]
    assert not any(one in content for one in some for content in spilled)


def test_the_key_stands_in_nothing_that_can_be_asked(key: Opslagsleutel, tmp_path: Path) -> None:
    with open_warehouse(tmp_path / "warehouse.duckdb") as con:
        texts = repr(
            [
                con.execute(f"from {what}()").fetchall()
                for what in ("duckdb_settings", "duckdb_variables", "duckdb_databases", "duckdb_secrets")
            ]
        )
    for secret in (KEY, key.parquet, key.database):
        assert secret not in texts
    assert KEY not in repr(key)


def read_by(output: Path, given: Opslagsleutel) -> set[str]:
    """The person-level files, and the warehouse, that this key reads."""
    found = set()
    folder = output / str(HALF)
    with vault.opened(given) as kluis:
        for path in rotation.person_files(folder):
            try:
                kluis.facts(path)
            except OpslagFout:
                continue
            found.add(path.relative_to(folder).as_posix())
    if rotation._opens(folder / WAREHOUSE, given):
        found.add(WAREHOUSE)
    return found


KILLED = """
import os, signal, sys
from importlib.util import find_spec
from pathlib import Path
from pipeline.core import rotation
from pipeline.core.storage_key import Opslagsleutel
output, old, new, after = Path(sys.argv[1]), *map(Opslagsleutel, map(bytes.fromhex, sys.argv[2:4])), int(sys.argv[4])
real, renames = Path.replace, []
def replace(self, target):
    if len(renames) == after:
        os.kill(os.getpid(), signal.SIGKILL)
    renames.append(target)
    return real(self, target)
Path.replace = replace
rotation.renew_key(output, old, new, wie="toets")
"""
"""Renews the key, and is killed before a rename."""


def test_a_new_key_is_taken_in_steps_that_can_be_killed(
    opened_warehouse: Path, copy: Path, key: Opslagsleutel, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = read_key(OTHER, KEY_VARIABLE, {})
    everything = read_by(copy, key)
    assert len(everything) > 10
    before = output_hashes(place(copy, HALF, 1))
    seen = set[str]()
    for after in (len(everything) // 2, len(everything) - len(everything) // 2 - 1):
        died = subprocess.run([sys.executable, "-c", KILLED, str(copy), KEY, OTHER, str(after)], check=False)
        assert died.returncode == -signal.SIGKILL
        assert list((copy / str(HALF)).glob(".bezig-sleutel/*"))
        renewed = read_by(copy, new)
        assert renewed | read_by(copy, key) == everything and len(renewed) == len(seen) + after
        seen = renewed
    monkeypatch.setenv(KEY_VARIABLE, OTHER)
    done = renew_key(copy, key, new, wie="toets")
    assert (done.al_klaar, done.bestanden) == (len(seen), len(everything) - len(seen))
    assert read_by(copy, new) == everything and read_by(copy, key) == set()
    assert output_hashes(place(copy, HALF, 1)) == before
    assert not list((copy / str(HALF)).glob(".bezig*"))
    assert [path for path in place(copy, HALF, 1).rglob("*") if path.stat().st_mode & 0o222] == []
    with open_warehouse(opened_warehouse) as con:
        assert con.execute("from levering.proef").fetchall() == [("Syrische",)]
    assert renew_key(copy, key, new, wie="toets").bestanden == 0


def test_by_command_what_was_plain_is_encrypted_and_the_pseudonyms_stay(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    output = _copy(made / "plain", tmp_path)
    with open_warehouse(output / str(HALF) / WAREHOUSE) as con:
        con.execute("create table levering.proef as select 'Syrische' as naam")
    manifest = manifest_of(place(output, HALF, 1))
    monkeypatch.setenv(NEW_KEY_VARIABLE, OTHER)
    assert main(["sleutel", "vernieuwen", "--output", str(output)]) == 0
    out = capsys.readouterr().out
    assert "met de nieuwe opslagsleutel versleuteld" in out and OTHER not in out
    assert plain_files(output) == set() and parquet_rows(output) == b""
    monkeypatch.setenv(KEY_VARIABLE, OTHER)
    assert [str(found) for found in compare_files(output, HALF, 1, manifest) if found.hard] == []
    with duckdb.connect() as con:
        vault.unlock(con)
        con.execute("create schema levering")
        read_frozen(con, "levering.coa_personen", place(output, HALF, 1) / "bronnen" / "coa_personen.parquet")
        pseudonym = pseudonymiser_for(sample=True).pseudonym(number(0, 0))
        assert con.execute("select count(*) from levering.coa_personen where persoon = ?", [pseudonym]).fetchall() == [
            (1,)
        ]
    lines = (output / str(HALF) / "logboek.jsonl").read_text(encoding="utf-8")
    assert json.loads(lines)["opslagsleutel"] == "vernieuwd" and OTHER not in lines


def test_a_third_key_changes_nothing(copy: Path, key: Opslagsleutel) -> None:
    before = {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()}
    third = Opslagsleutel(bytes(range(60, 92)))
    with pytest.raises(OpslagFout, match="met een derde sleutel"):
        renew_key(copy, third, Opslagsleutel(bytes(range(61, 93))), wie="toets")
    assert {path: path.read_bytes() for path in before} == before


def _file(tmp_path: Path, text: str, mode: int = 0o600) -> Iterator[Path]:
    path = tmp_path / "sleutel"
    path.write_text(text, encoding="ascii")
    path.chmod(mode)
    yield path


def test_the_key_may_stand_in_a_file(tmp_path: Path) -> None:
    (path,) = _file(tmp_path, KEY + "\n")
    config = tmp_path / "instellingen.toml"
    config.write_text("[opslag]\nsleutel = 'sleutel'\n", encoding="utf-8")
    environment = {"VOORTGANG_CONFIG": str(config)}
    assert storage_key(environment) == read_key(KEY, "", {})
    assert storage_key({**environment, KEY_VARIABLE: OTHER}) == read_key(OTHER, "", {})
    path.chmod(0o640)
    with pytest.raises(SleutelFout, match="chmod 600"):
        storage_key(environment)
    path.unlink()
    with pytest.raises(SleutelFout, match="niet te lezen"):
        storage_key(environment)
    assert storage_key({}) is None


@pytest.mark.parametrize("text", ["kort", "00" * 32, KEY[:-2]])
def test_what_is_no_key_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(SleutelFout) as refused:
        storage_key({KEY_VARIABLE: text})
    assert KEY_VARIABLE in str(refused.value) and text not in str(refused.value)


def test_the_key_of_pseudonyms_is_no_storage_key() -> None:
    with pytest.raises(SleutelFout, match="kies voor de opslag een andere"):
        storage_key({KEY_VARIABLE: KEY, PSEUDONYM_VARIABLE: KEY.upper()})


def test_without_the_extension_a_key_is_refused(key: Opslagsleutel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vault, "find_spec", lambda _: None)
    with duckdb.connect() as con, pytest.raises(OpslagFout, match=r"requirements\.lock"):
        vault.unlock(con)


def test_a_touched_extension_is_not_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = find_spec("duckdb_extension_httpfs")
    assert spec is not None and spec.origin is not None
    (original,) = Path(spec.origin).parent.rglob("*.duckdb_extension")
    place_of = tmp_path / original.relative_to(Path(spec.origin).parent)
    place_of.parent.mkdir(parents=True)
    content = bytearray(original.read_bytes())
    content[len(content) // 2] ^= 1
    place_of.write_bytes(content)
    monkeypatch.setattr(spec, "origin", str(tmp_path / "__init__.py"))
    monkeypatch.setattr(vault, "find_spec", lambda _: spec)
    with duckdb.connect() as con, pytest.raises(duckdb.Error, match="signature"):
        vault.load_crypto(con)
