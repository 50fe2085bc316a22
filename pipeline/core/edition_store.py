"""Where editions stand: numbered per half-year, placed whole, read-only, with the logbook and the mark of the published
one beside them.

Belongs here: folders, numbers, the rename into place, who is at work, the logbook. Not here: what an edition consists
of (editions.py), reading published editions as history (earlier.py).
"""

import fcntl
import json
import logging
import os
import re
import shutil
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipeline.core.errors import BezetFout, GebruiksFout, VoortgangFout
from pipeline.core.manifest import MANIFEST
from pipeline.core.periods import Periode
from pipeline.core.private import fix

PUBLISHED = "gepubliceerd.json"
BUSY = ".bezig-"
"""How the name of something begins that is being made."""
SIGNED_NOTE, SIGNED_PUBLIC_NOTE, PUBLIC_NOTE = "ondertekend", "ondertekend_openbaar", "openbaar_manifest_sha256"
"""Names in a line of the logbook: of the signed files, and of the openbaar edition and its signed files."""
_LOCK = ".slot"
_LOGBOOK = "logboek.jsonl"
_NUMBER = re.compile(r"[1-9][0-9]*")
_log = logging.getLogger(__name__)


class EditieFout(VoortgangFout):
    """An edition cannot be written or does not match its own manifest."""


def periods_in(output: Path) -> tuple[Periode, ...]:
    """The half-years that have a folder in `output`, oldest first."""
    if not output.is_dir():
        return ()
    found = (Periode.named(path.name) for path in output.iterdir() if path.is_dir())
    return tuple(sorted(periode for periode in found if periode is not None))


def edition_numbers(output: Path, periode: Periode) -> tuple[int, ...]:
    """Numbers of the finished editions of `periode`, ascending; an empty folder or a file with a number is none."""
    return tuple(sorted(int(path.name) for path in _entries(output, periode) if _is_edition(path)))


def next_number(output: Path, periode: Periode) -> int:
    """Number of the edition to be made: above all that stands there or is in the logbook, edition or not."""
    begun = (path.name.partition(".")[0] for path in _entries(output, periode))
    taken = (int(name) for name in begun if _NUMBER.fullmatch(name))
    return max((*taken, *noted_numbers(output, periode)), default=0) + 1


def strays(output: Path, periode: Periode) -> tuple[str, ...]:
    """Names in the folder of the editions that are no edition, no openbaar one or signatures of one, and are not
    being made, sorted.
    """
    beside = {
        place.name
        for nummer in edition_numbers(output, periode)
        for folder in (output / str(periode) / "edities" / str(nummer),)
        for place in (signed_folder(folder), public_folder(folder), signed_folder(public_folder(folder)))
    }
    return tuple(
        path.name
        for path in _entries(output, periode)
        if not (_is_edition(path) or path.name.startswith(BUSY) or (path.name in beside and path.is_dir()))
    )


def _entries(output: Path, periode: Periode) -> tuple[Path, ...]:
    folder = output / str(periode) / "edities"
    return tuple(sorted(folder.iterdir())) if folder.is_dir() else ()


def _is_edition(path: Path) -> bool:
    return bool(_NUMBER.fullmatch(path.name)) and path.is_dir() and any(path.iterdir())


def edition_folder(output: Path, periode: Periode, nummer: int) -> Path:
    """Folder of a finished edition; GebruiksFout, with those that there are, when it does not exist."""
    numbers = edition_numbers(output, periode)
    if nummer not in numbers:
        known = f"er is {', '.join(map(str, numbers))}" if numbers else f"van {periode} is er nog geen editie"
        raise GebruiksFout(f"editie {nummer} van {periode} bestaat niet in {output}; {known}")
    return output / str(periode) / "edities" / str(nummer)


def manifest_of(folder: Path) -> dict[str, Any]:
    """The manifest of an edition; EditieFout when it is missing or is not one."""
    path = folder / MANIFEST
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
        if not _is_manifest(manifest):
            raise EditieFout(f"{path} is geen manifest van een editie, of van voor deze versie van het programma")
    except (OSError, ValueError, AttributeError) as error:
        raise EditieFout(f"{path} is niet te lezen als manifest; zet de editie terug uit een reservekopie") from error
    return dict(manifest)


def _is_manifest(manifest: dict[str, Any]) -> bool:
    """Whether all is there that the commands ask of a manifest: a touched one may lack any part."""
    parts = {"editie", "uitvoer", "code", "besluit", "controles", "referentie"}
    return (
        parts <= manifest.keys()
        and {"aanvaard", "gepubliceerd", "uit_editie"} <= manifest["besluit"].keys()
        and {"versie", "commit"} <= manifest["code"].keys()
        and all({"bytes", "sha256"} <= facts.keys() for facts in manifest["uitvoer"].values())
        and all({"naam", "gevonden"} <= check.keys() for check in manifest["controles"])
        and all({"naam", "sha256"} <= file.keys() for file in manifest["referentie"])
    )


@contextmanager
def sole_maker(
    output: Path, periode: Periode, deadline: float = 60.0, *, room: str = "", what: str = "een editie"
) -> Iterator[None]:
    """Whoever makes or publishes an edition of the half-year is alone in doing so; the kernel frees a killed one.

    Waits up to `deadline` seconds, says so once, and then raises BezetFout. `room`: the folder of the half-year for
    something else than editions, `what`.
    """
    path = output / str(periode) / room / _LOCK
    told = False
    path.parent.mkdir(parents=True, exist_ok=True)
    give_up = time.monotonic() + deadline
    with path.open("a") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError as error:
                if time.monotonic() >= give_up:
                    raise BezetFout(
                        f"een andere run maakt al {what} van {periode} en was na {deadline:.0f} seconden nog "
                        "bezig; wacht tot die klaar is en start opnieuw"
                    ) from error
                if not told:
                    _log.warning(
                        "een andere run maakt al %s van %s; hier wordt hoogstens %.0f seconden gewacht",
                        what,
                        periode,
                        deadline,
                    )
                    told = True
                time.sleep(0.2)
        yield


@contextmanager
def temporary_edition(output: Path, periode: Periode, nummer: int) -> Iterator[Path]:
    """An empty folder beside the editions; what a killed run left there is removed first.

    On any failure so is this one, with all else that was begun there under a name of the same beginning.
    """
    editions = output / str(periode) / "edities"
    editions.mkdir(parents=True, exist_ok=True)
    for stale in editions.glob(f"{BUSY}*"):
        remove(stale)
    folder = editions / f"{BUSY}{nummer}"
    folder.mkdir()
    try:
        yield folder
    finally:
        for left in editions.glob(f"{BUSY}*"):
            remove(left)


def place_edition(folder: Path, output: Path, periode: Periode, nummer: int) -> Path:
    """Rename the whole folder into place; a reader sees all of the edition or nothing, and
    can change nothing by accident.
    """
    return _place(folder, output / str(periode) / "edities" / str(nummer), f"editie {nummer} van {periode}")


def public_folder(edition: Path) -> Path:
    """Where the edition that may leave the house stands or is made: beside the exact one that it belongs to."""
    return edition.with_name(f"{edition.name}.openbaar")


def place_public(work: Path, output: Path, periode: Periode, nummer: int) -> Path:
    """Rename the openbaar edition that was made beside `work` into place, as whole and as fixed as the exact one."""
    place = public_folder(output / str(periode) / "edities" / str(nummer))
    return _place(public_folder(work), place, f"de openbare editie {nummer} van {periode}")


def signed_folder(edition: Path) -> Path:
    """Where the signed files of an edition stand or are made, also of an openbaar one: beside it, so that it stays what
    comes out of its sources.
    """
    return edition.with_name(f"{edition.name}.ondertekend")


def place_signed(work: Path, edition: Path) -> Path:
    """Rename the folder with signed files that was made beside `work` to its place beside `edition`, as whole and as
    fixed as that.
    """
    return _place(signed_folder(work), signed_folder(edition), f"de ondertekening van editie {edition.name}")


def _place(folder: Path, place: Path, what: str) -> Path:
    if place.exists():
        raise EditieFout(f"{what} bestaat al en wordt niet overschreven")
    for path in sorted(folder.rglob("*"), reverse=True):
        sync(path)
        fix(path)
    fix(folder)
    folder.rename(place)
    sync(place.parent)
    return place


def sync(path: Path) -> None:
    """Make the bytes of a file, or the entries of a folder, durable before the edition gets its name."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove(folder: Path) -> None:
    """Remove a folder that may already be read-only; nothing when it is not there."""
    if not folder.is_dir():
        return
    for path in (folder, *(path for path in folder.rglob("*") if path.is_dir())):
        path.chmod(path.stat().st_mode | stat.S_IRWXU)
    shutil.rmtree(folder)


def mark_published(output: Path, periode: Periode, nummer: int, manifest_sha256: str) -> None:
    """Name the edition that counts, in one step: a reader finds the old mark or the new one."""
    place = output / str(periode) / PUBLISHED
    work = place.with_name(f"{BUSY}{PUBLISHED}")
    content = {"editie": nummer, "manifest_sha256": manifest_sha256}
    work.write_text(json.dumps(content, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    sync(work)
    work.replace(place)
    sync(place.parent)


def note(output: Path, periode: Periode, line: dict[str, Any]) -> None:
    """Append who, when and why to `logboek.jsonl` of the half-year: outside the edition, so that its bytes do not
    depend on it.
    """
    line = {"wanneer": datetime.now(UTC).isoformat(timespec="seconds"), **line}
    path = output / str(periode) / _LOGBOOK
    torn = path.is_file() and path.stat().st_size > 0 and not path.read_bytes().endswith(b"\n")
    with path.open("a", encoding="utf-8") as file:
        file.write("\n" if torn else "")
        file.write(json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n")
        file.flush()
        os.fsync(file.fileno())


def noted_manifests(output: Path, periode: Periode, nummer: int) -> tuple[str, ...]:
    """SHA-256 of the manifest of an edition as the logbook noted it when it was made; empty when it did not.

    EditieFout when the logbook cannot be read.
    """
    lines = noted_lines(output, periode, nummer)
    return tuple(line["manifest_sha256"] for line in lines if line.get("manifest_sha256"))


def noted_public(output: Path, periode: Periode, nummer: int) -> tuple[str, ...]:
    """SHA-256 of the manifest of the openbaar edition beside an edition as the logbook noted it; empty when there was
    none. EditieFout when the logbook cannot be read.
    """
    lines = noted_lines(output, periode, nummer)
    return tuple(line[PUBLIC_NOTE] for line in lines if line.get(PUBLIC_NOTE))


def noted_signed(output: Path, periode: Periode, nummer: int, name: str = SIGNED_NOTE) -> dict[str, str]:
    """SHA-256 of each signed file of an edition, by name, as the logbook noted it at the signing; empty when it was not
    signed. `name`: how the logbook calls them, another for those of the openbaar edition. EditieFout when the logbook
    cannot be read.
    """
    signed = [line[name] for line in noted_lines(output, periode, nummer) if line.get(name)]
    return dict(signed[-1]) if signed else {}


def noted_numbers(output: Path, periode: Periode) -> tuple[int, ...]:
    """Numbers of the editions that the logbook names, ascending; EditieFout when it cannot be read."""
    return tuple(sorted({line["editie"] for line in _logbook(output, periode) if line["editie"] is not None}))


def noted_publications(output: Path, periode: Periode) -> tuple[tuple[int, str], ...]:
    """Number and SHA-256 of the manifest of each edition that was published, in the order of the logbook.

    EditieFout when it cannot be read.
    """
    return tuple(
        (line["editie"], str(line.get("manifest_sha256", "")))
        for line in _logbook(output, periode)
        if line.get("gepubliceerd")
    )


def noted_lines(output: Path, periode: Periode, nummer: int | None) -> list[dict[str, Any]]:
    """The lines of the logbook about an edition, oldest first; None for those about none. EditieFout when the logbook
    cannot be read.
    """
    return [line for line in _logbook(output, periode) if line["editie"] == nummer]


def _logbook(output: Path, periode: Periode) -> list[dict[str, Any]]:
    path = output / str(periode) / _LOGBOOK
    if not path.is_file():
        return []
    try:
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        if not all(isinstance(line["editie"], int | None) for line in lines):
            raise ValueError("een regel noemt geen nummer van een editie")
        return lines
    except (ValueError, KeyError, TypeError) as error:
        raise EditieFout(f"{path} is niet te lezen: {error}; zet het logboek terug uit een reservekopie") from error
