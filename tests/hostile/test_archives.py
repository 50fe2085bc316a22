"""Zips that want something else than to deliver: each is refused whole, and nothing is written outside its folder."""

import io
import os
import random
import stat
import struct
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from pipeline.core.intake.archives import STANDAARD, Archief, ArchiefFout, Grenzen, open_archive
from tests.hostile.workbooks import xlsx

ZIP = "levering.zip"
OUTSIDE = (
    "deze naam wijst buiten de map van de levering. "
    "Maak de zip opnieuw van de map met de levering, en vraag na waar deze vandaan kwam."
)
AGAIN = "Maak de zip opnieuw van de map met de levering, en vraag na waar deze vandaan kwam."
SMALL = replace(STANDAARD, leden=10, totaal=10_000, lid=5_000, verhouding_vanaf=1_000)
NESTED = "dit is een ingepakt bestand in een zip. Pak alles in één zip, zonder zip erin."
NO_ZIP = "dit is geen heel zip-bestand. Maak de zip opnieuw."

Member = tuple[str | zipfile.ZipInfo, bytes]


def zipped(*members: Member, method: int = zipfile.ZIP_STORED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as container, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, content in members:
            container.writestr(name, content)
    return target.getvalue()


def special(name: str, mode: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = mode << 16
    return info


def encrypted() -> bytes:
    """The flag of encryption in both places that carry it."""
    data = bytearray(zipped(("coa/a.csv", b"V-nummer")))
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + place] |= 1
    return bytes(data)


def overlapping() -> bytes:
    """Ten names in the list of contents, one and the same compressed part."""
    data = zipped(("a.csv", b"x" * 500))
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entry = data[start:end]
    entries = b"".join(entry.replace(b"a.csv", f"{n}.csv".encode()) for n in range(8))
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 8, 8, len(entries), start, 0)
    return data[:start] + entries + tail


def lying(size: int) -> bytes:
    """A member that unpacks to 3000 bytes while both lists say `size`."""
    data = bytearray(zipped(("a.csv", b"x" * 3000), method=zipfile.ZIP_DEFLATED))
    for signature, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = data.index(signature) + place
        data[start : start + 4] = struct.pack("<I", size)
    return bytes(data)


def no_flag(name: bytes) -> bytes:
    """A name in bytes of its own, without the flag for UTF-8."""
    return zipped(("X" * len(name), b"x")).replace(b"X" * len(name), name)


@dataclass(frozen=True)
class Refused:
    name: str
    content: Callable[[], bytes]
    lines: tuple[str, ...]
    limits: Grenzen = STANDAARD


def at(name: str, text: str) -> tuple[str, ...]:
    return (f"{ZIP}: '{name}': {text}",)


CASES = (
    Refused("geen zip", lambda: b"V-nummer;Datum\r\n", (f"{ZIP}: {NO_ZIP}",)),
    Refused("leeg bestand", lambda: b"", (f"{ZIP}: {NO_ZIP}",)),
    Refused("halve zip", lambda: zipped(("a.csv", b"x" * 999))[:-30], (f"{ZIP}: {NO_ZIP}",)),
    Refused("lege zip", zipped, (f"{ZIP}: deze zip is leeg. Vraag de leverancier om een gevulde zip.",)),
    Refused("pad met ..", lambda: zipped(("../etc/passwd", b"x")), at("../etc/passwd", OUTSIDE)),
    Refused("pad met .. halverwege", lambda: zipped(("coa/../../x.csv", b"x")), at("coa/../../x.csv", OUTSIDE)),
    Refused("pad met .. en backslash", lambda: zipped(("..\\..\\x.csv", b"x")), at("../../x.csv", OUTSIDE)),
    Refused("absoluut pad", lambda: zipped(("/etc/passwd", b"x")), at("/etc/passwd", OUTSIDE)),
    Refused("schijfletter", lambda: zipped(("C:\\coa\\x.csv", b"x")), at("C:/coa/x.csv", OUTSIDE)),
    Refused("netwerkpad", lambda: zipped(("\\\\server\\map\\x.csv", b"x")), at("//server/map/x.csv", OUTSIDE)),
    Refused(
        "verwijzing",
        lambda: zipped((special("coa/x.csv", stat.S_IFLNK | 0o777), b"/etc/passwd")),
        at("coa/x.csv", f"dit is een verwijzing of een bijzonder bestand, geen gewoon bestand. {AGAIN}"),
    ),
    Refused(
        "bijzonder bestand",
        lambda: zipped((special("coa/x.csv", stat.S_IFIFO | 0o666), b"")),
        at("coa/x.csv", f"dit is een verwijzing of een bijzonder bestand, geen gewoon bestand. {AGAIN}"),
    ),
    Refused(
        "NUL in de naam",
        lambda: zipped(("aXb.csv", b"x")).replace(b"aXb", b"a\0b"),
        at("a", f"deze naam bevat onzichtbare tekens. {AGAIN}"),
    ),
    Refused(
        "naam die omkeert (RTL)",
        lambda: zipped(("coa/\u202evsc.exe", b"x")),
        at("coa/\ufffdvsc.exe", f"deze naam bevat onzichtbare tekens. {AGAIN}"),
    ),
    Refused(
        "naam die op Windows niet kan",
        lambda: zipped(("coa/x?.csv", b"x")),
        at("coa/x?.csv", f"deze naam kan niet op elk systeem bestaan. {AGAIN}"),
    ),
    Refused(
        "naam met spatie aan het eind",
        lambda: zipped(("coa /x.csv", b"x")),
        at("coa /x.csv", f"deze naam kan niet op elk systeem bestaan. {AGAIN}"),
    ),
    Refused(
        "te diep",
        lambda: zipped(("a/b/c/d/e/f/g/x.csv", b"x")),
        at("a/b/c/d/e/f/g/x.csv", f"dit pad is te lang of te diep; verwacht ten hoogste 6 mappen diep. {AGAIN}"),
    ),
    Refused(
        "dubbele naam",
        lambda: zipped(("coa/x.csv", b"1"), ("coa/x.csv", b"2")),
        (
            f"{ZIP}: de zip heeft twee bestanden met dezelfde naam: 'coa/x.csv' en 'coa/x.csv'. "
            "Laat het juiste bestand staan en maak de zip opnieuw.",
        ),
    ),
    Refused(
        "namen die alleen in hoofdletters verschillen",
        lambda: zipped(("coa/x.csv", b"1"), ("COA/X.csv", b"2")),
        (
            f"{ZIP}: de zip heeft twee bestanden met dezelfde naam: 'coa/x.csv' en 'COA/X.csv'. "
            "Laat het juiste bestand staan en maak de zip opnieuw.",
        ),
    ),
    Refused(
        "bestand en map met dezelfde naam",
        lambda: zipped(("coa", b"1"), ("coa/x.csv", b"2")),
        (f"{ZIP}: 'coa' is in deze zip zowel een bestand als een map. Maak de zip opnieuw.",),
    ),
    Refused(
        "wachtwoord",
        encrypted,
        at(
            "coa/a.csv",
            "dit bestand is met een wachtwoord beveiligd. "
            "Maak de zip zonder wachtwoord en lever haar langs een beveiligde weg aan.",
        ),
    ),
    Refused(
        "ongewone inpakwijze",
        lambda: zipped(("a.csv", b"x" * 99), method=zipfile.ZIP_LZMA),
        at("a.csv", "dit bestand is op een ongewone wijze ingepakt. Maak een gewone zip."),
    ),
    Refused("zip in zip", lambda: zipped(("a.zip", zipped(("b.csv", b"x")))), at("a.zip", NESTED)),
    Refused(
        "zip in zip onder een andere naam", lambda: zipped(("a.csv", zipped(("b.csv", b"x")))), at("a.csv", NESTED)
    ),
    Refused("7z in zip", lambda: zipped(("coa/a.7z", b"7z")), at("coa/a.7z", NESTED)),
    Refused(
        "zipbom: verhouding",
        lambda: zipped(("a.csv", b"\0" * 4_000), method=zipfile.ZIP_DEFLATED),
        at(
            "a.csv",
            "uitgepakt is dit bestand 4000 bytes, meer dan 100 keer zo groot als in de zip. "
            "Lever dit bestand los aan, zonder zip.",
        ),
        replace(SMALL, verhouding=100),
    ),
    Refused(
        "zipbom: één bestand te groot",
        lambda: zipped(("a.csv", b"x" * 5_001)),
        at(
            "a.csv",
            "uitgepakt is dit bestand 5001 bytes; verwacht ten hoogste 5000 bytes. "
            "Lever dit bestand los aan, zonder zip.",
        ),
        SMALL,
    ),
    Refused(
        "zipbom: samen te groot",
        lambda: zipped(*((f"{n}.csv", b"x" * 4_000) for n in range(3))),
        (
            f"{ZIP}: uitgepakt is deze zip 12000 bytes; verwacht ten hoogste 10000 bytes. "
            "Lever de bestanden los aan, of in een kleinere zip.",
        ),
        SMALL,
    ),
    Refused(
        "te veel bestanden",
        lambda: zipped(*((f"{n}.csv", b"") for n in range(11))),
        (
            f"{ZIP}: deze zip telt 11 bestanden; verwacht ten hoogste 10. "
            "Lever de bestanden los aan, of in een kleinere zip.",
        ),
        SMALL,
    ),
    Refused(
        "zipbom: bestanden over elkaar",
        overlapping,
        (
            f"{ZIP}: de bestanden in deze zip overlappen elkaar, en dat doet geen gewoon programma. "
            "Maak de zip opnieuw en vraag na waar zij vandaan kwam.",
        ),
    ),
)


def lay(folder: Path, data: bytes) -> Path:
    path = folder / ZIP
    path.write_bytes(data)
    return path


def opened(folder: Path, data: bytes, limits: Grenzen = STANDAARD) -> Archief:
    return open_archive(lay(folder, data), ZIP, limits)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_refused_whole(case: Refused, tmp_path: Path) -> None:
    """One wrong member and the clean one beside it is not used either."""
    archive = opened(tmp_path, case.content(), case.limits)
    assert archive.leden == ()
    assert tuple(finding.zin for finding in archive.bevindingen) == case.lines
    target = tmp_path / "uit"
    target.mkdir()
    archive.uitpakken(target) if zipfile.is_zipfile(archive.pad) else None
    assert sorted(path.name for path in tmp_path.rglob("*")) == [ZIP, "uit"]


def test_a_wrong_member_takes_the_clean_ones_with_it(tmp_path: Path) -> None:
    archive = opened(tmp_path, zipped(("coa/a.csv", b"x"), ("../b.csv", b"x")))
    assert archive.leden == ()


DAMAGED = "'a.csv': dit bestand is in de zip beschadigd. Maak de zip opnieuw."


def test_a_member_larger_than_its_list_says(tmp_path: Path) -> None:
    assert [finding.zin for finding in opened(tmp_path, lying(10)).bevindingen] == [f"{ZIP}: {DAMAGED}"]


def test_a_member_smaller_than_its_list_says(tmp_path: Path) -> None:
    archive = opened(tmp_path, lying(2_000_000))
    with pytest.raises(ArchiefFout, match=r"^levering.zip, a.csv: "):
        list(archive.lezen())


def test_a_damaged_member(tmp_path: Path) -> None:
    data = zipped(("a.csv", random.Random(1).randbytes(3_000)))
    broken = data[:500] + bytes([data[500] ^ 0xFF]) + data[501:]
    assert [finding.zin for finding in opened(tmp_path, broken).bevindingen] == [f"{ZIP}: {DAMAGED}"]


def test_a_member_damaged_far_in_it_leaves_no_file_behind_that_counts(tmp_path: Path) -> None:
    data = zipped(("a.csv", random.Random(1).randbytes(3_000_000)))
    broken = data[:2_000_000] + bytes([data[2_000_000] ^ 0xFF]) + data[2_000_001:]
    archive = opened(tmp_path, broken)
    target = tmp_path / "uit"
    target.mkdir()
    with pytest.raises(ArchiefFout, match="dit bestand is in de zip beschadigd; maak de zip opnieuw"):
        archive.uitpakken(target)


def test_a_clean_zip(tmp_path: Path) -> None:
    workbook = xlsx()
    archive = opened(
        tmp_path,
        zipped(("coa/", b""), ("coa/personen.csv", b"a;b\r\n"), ("gemeenten/GM0106.xlsx", workbook), ("leeg.csv", b"")),
    )
    assert archive.bevindingen == ()
    expected = {"coa/personen.csv": b"a;b\r\n", "gemeenten/GM0106.xlsx": workbook, "leeg.csv": b""}
    assert dict(archive.lezen()) == expected
    target = tmp_path / "uit"
    target.mkdir()
    assert {path.relative_to(target).as_posix(): path.read_bytes() for path in archive.uitpakken(target)} == expected
    assert stat.S_IMODE((target / "coa" / "personen.csv").stat().st_mode) == 0o600


def test_unpacking_never_follows_a_link_that_is_already_there(tmp_path: Path) -> None:
    archive = opened(tmp_path, zipped(("a.csv", b"x")))
    target = tmp_path / "uit"
    target.mkdir()
    (target / "a.csv").symlink_to(tmp_path / "elders")
    with pytest.raises(FileExistsError):
        archive.uitpakken(target)
    assert not os.path.lexists(tmp_path / "elders")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Súdwest.csv".encode(), "Súdwest.csv"),
        ("Súdwest.csv".encode("cp437"), "Súdwest.csv"),
        ("Su\u0301dwest.csv".encode(), "Súdwest.csv"),
    ],
)
def test_names_without_the_flag_for_utf8(written: bytes, read: str, tmp_path: Path) -> None:
    assert [lid.naam for lid in opened(tmp_path, no_flag(written)).leden] == [read]


def test_backslashes_are_folders(tmp_path: Path) -> None:
    assert [lid.naam for lid in opened(tmp_path, zipped(("coa\\a.csv", b"x"))).leden] == ["coa/a.csv"]


def test_one_folder_around_everything_is_left_out(tmp_path: Path) -> None:
    archive = opened(tmp_path, zipped(("2016-I/coa/a.csv", b"x"), ("2016-I/correcties.toml", b"")))
    assert [lid.naam for lid in archive.leden] == ["coa/a.csv", "correcties.toml"]
    assert [lid.naam for lid in opened(tmp_path, zipped(("coa/a.csv", b"x"))).leden] == ["coa/a.csv"]


def test_what_a_mac_adds_is_left_out_and_named(tmp_path: Path) -> None:
    archive = opened(tmp_path, zipped(("coa/a.csv", b"x"), ("__MACOSX/coa/._a.csv", b"x"), ("coa/.DS_Store", b"x")))
    assert [lid.naam for lid in archive.leden] == ["coa/a.csv"]
    assert [finding.zin for finding in archive.bevindingen] == [
        "__MACOSX/coa/._a.csv: dit is een bestand van het systeem van de leverancier en is overgeslagen.",
        "coa/.DS_Store: dit is een bestand van het systeem van de leverancier en is overgeslagen.",
    ]


def test_a_v_number_in_a_name_is_masked(tmp_path: Path) -> None:
    (finding,) = opened(tmp_path, zipped(("../V9990000001.csv", b"x"))).bevindingen
    assert "9990000001" not in finding.zin
    assert "V999…" in finding.zin
