"""A delivery in a zip: judged whole before one byte of it is written.

Belongs here: limits, names, and unpacking into a folder that the caller gives. Not here: where the zip comes from
(sources.py) and what its files hold (preflight.py). Spreadsheets are zips too; those have their own door
(spreadsheetguard.py).

A zip that is wrong in one member is refused as a whole: which half of a delivery still counts is not for us to guess.
"""

import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pipeline.core.errors import InvoerFout
from pipeline.core.intake.findings import Bevinding, Ernst, quoted, shown_value
from pipeline.core.intake.litter import is_litter, litter_findings
from pipeline.core.intake.pseudonyms import masked

_CHUNK = 1 << 20
_SPREADSHEETS = (".xlsx", ".xlsm", ".ods")
_ARCHIVES = (".zip", ".7z", ".rar", ".tar", ".tgz", ".bz2", ".xz", ".zst")
_UTF8_FLAG, _ENCRYPTED_FLAG = 0x800, 0x1
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_RESERVED = set('<>"|?*')


class ArchiefFout(InvoerFout):
    """The zip turned out to be other than its list of contents says; nothing of it is left behind."""


@dataclass(frozen=True)
class Grenzen:
    """What a zip may be: members, bytes unpacked (together, and of one member), and bytes out per byte in.

    `verhouding` counts only above `verhouding_vanaf` bytes: a small file of equal lines shrinks a thousandfold.
    """

    leden: int = 2_000
    totaal: int = 20_000_000_000
    lid: int = 10_000_000_000
    verhouding: int = 200
    verhouding_vanaf: int = 10_000_000
    diepte: int = 6
    naamlengte: int = 200


STANDAARD = Grenzen()


@dataclass(frozen=True)
class Lid:
    """One file in the zip: `naam` with forward slashes, composed accents and without the folder around everything."""

    naam: str
    grootte: int
    info: zipfile.ZipInfo


@dataclass(frozen=True)
class Archief:
    """What is in a zip; when a finding is a BLOKKADE there are no members."""

    pad: Path
    leden: tuple[Lid, ...]
    bevindingen: tuple[Bevinding, ...]
    grenzen: Grenzen = STANDAARD

    def lezen(self) -> Iterator[tuple[str, bytes]]:
        """The members as (name, bytes), one at a time. Raises ArchiefFout when a member is not as announced."""
        with zipfile.ZipFile(self.pad) as container:
            for lid in self.leden:
                yield lid.naam, b"".join(self._pieces(container, lid))

    def uitpakken(self, map_: Path) -> tuple[Path, ...]:
        """Write the members below the existing, empty folder `map_`. Raises ArchiefFout as `lezen` does."""
        written: list[Path] = []
        with zipfile.ZipFile(self.pad) as container:
            for lid in self.leden:
                target = map_.joinpath(*PurePosixPath(lid.naam).parts)
                target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                # x: a member never replaces another one, nor follows a link.
                with target.open("xb") as file:
                    target.chmod(0o600)
                    for piece in self._pieces(container, lid):
                        file.write(piece)
                written.append(target)
        return tuple(written)

    def _pieces(self, container: zipfile.ZipFile, lid: Lid) -> Iterator[bytes]:
        """The bytes of a member, counted while they come out: what the list of contents says is not believed."""
        left = lid.grootte
        try:
            with container.open(lid.info) as stream:
                while piece := stream.read(_CHUNK):
                    left -= len(piece)
                    if left < 0:
                        break
                    yield piece
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
            raise ArchiefFout(
                f"{self.pad.name}, {lid.naam}: dit bestand is in de zip beschadigd; maak de zip opnieuw"
            ) from error
        if left:
            raise ArchiefFout(
                f"{self.pad.name}, {lid.naam}: uitgepakt is dit bestand niet zo groot als de zip zegt; maak de zip "
                "opnieuw"
            )


def open_archive(pad: Path, bestand: str, grenzen: Grenzen = STANDAARD) -> Archief:
    """Judge the zip at `pad`, called `bestand` in messages. Never raises on what a delivery can contain."""
    try:
        with zipfile.ZipFile(pad) as container:
            infos = container.infolist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, EOFError):
        return Archief(pad, (), (_block(bestand, "dit is geen heel zip-bestand.", "Maak de zip opnieuw.", "geen zip"),))
    findings = [*_whole(pad, bestand, infos, grenzen)]
    leden: list[Lid] = []
    litter: list[str] = []
    for info in infos:
        name = _name(info)
        if is_litter(name):
            litter += [] if info.is_dir() else [name]
        elif (problem := _member_problem(name, info, grenzen)) is not None:
            findings.append(_about(bestand, name, problem))
        elif not info.is_dir():
            leden.append(Lid("/".join(PurePosixPath(name).parts), info.file_size, info))
    leden = _without_top_folder(leden)
    findings += _doubles(bestand, leden)
    if not findings:
        findings += _nested(pad, bestand, leden)
    if not findings and not leden:
        findings.append(_block(bestand, "deze zip is leeg.", "Vraag de leverancier om een gevulde zip.", "lege zip"))
    if findings:
        return Archief(pad, (), tuple(findings), grenzen)
    return Archief(pad, tuple(leden), litter_findings(litter), grenzen)


def _whole(pad: Path, bestand: str, infos: list[zipfile.ZipInfo], grenzen: Grenzen) -> Iterator[Bevinding]:
    """What is wrong with the zip as a whole."""
    remedy = "Lever de bestanden los aan, of in een kleinere zip."
    if len(infos) > grenzen.leden:
        reason = f"deze zip telt {len(infos)} bestanden; verwacht ten hoogste {grenzen.leden}."
        yield _block(bestand, reason, remedy, "te veel bestanden in zip")
    size = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    if size > grenzen.totaal:
        reason = f"uitgepakt is deze zip {size} bytes; verwacht ten hoogste {grenzen.totaal} bytes."
        yield _block(bestand, reason, remedy, "zipbom")
    if packed > pad.stat().st_size:
        # The parts together are larger than the file: they lie over each other, as in a zip bomb.
        reason = "de bestanden in deze zip overlappen elkaar, en dat doet geen gewoon programma."
        yield _block(bestand, reason, "Maak de zip opnieuw en vraag na waar zij vandaan kwam.", "zipbom")


_Problem = tuple[str, str, str]


def _member_problem(name: str, info: zipfile.ZipInfo, grenzen: Grenzen) -> _Problem | None:
    """(reason, remedy, kind) of the first thing that is wrong with a member."""
    return _path_problem(name, info, grenzen) or _size_problem(info, grenzen) or _content_problem(name, info)


def _path_problem(name: str, info: zipfile.ZipInfo, grenzen: Grenzen) -> _Problem | None:
    parts = PurePosixPath(name).parts
    remedy = "Maak de zip opnieuw van de map met de levering, en vraag na waar deze vandaan kwam."
    mode = info.external_attr >> 16
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "dit is een verwijzing of een bijzonder bestand, geen gewoon bestand.", remedy, "verwijzing in zip"
    if "\0" in info.orig_filename or any(unicodedata.category(sign) in ("Cc", "Cf") for sign in name):
        return "deze naam bevat onzichtbare tekens.", remedy, "naam in zip"
    if not parts or name.startswith("/") or ".." in parts or ":" in name:
        return "deze naam wijst buiten de map van de levering.", remedy, "pad buiten de map"
    if len(parts) > grenzen.diepte or len(name) > grenzen.naamlengte:
        reason = f"dit pad is te lang of te diep; verwacht ten hoogste {grenzen.diepte} mappen diep."
        return reason, remedy, "naam in zip"
    if _RESERVED & set(name) or any(part != part.strip() or part.endswith(".") for part in parts):
        return "deze naam kan niet op elk systeem bestaan.", remedy, "naam in zip"
    return None


def _size_problem(info: zipfile.ZipInfo, grenzen: Grenzen) -> _Problem | None:
    remedy = "Lever dit bestand los aan, zonder zip."
    if info.file_size > grenzen.lid:
        reason = f"uitgepakt is dit bestand {info.file_size} bytes; verwacht ten hoogste {grenzen.lid} bytes."
        return reason, remedy, "zipbom"
    if info.file_size > grenzen.verhouding_vanaf and info.file_size > grenzen.verhouding * max(info.compress_size, 1):
        times = grenzen.verhouding
        reason = f"uitgepakt is dit bestand {info.file_size} bytes, meer dan {times} keer zo groot als in de zip."
        return reason, remedy, "zipbom"
    return None


def _content_problem(name: str, info: zipfile.ZipInfo) -> _Problem | None:
    if info.flag_bits & _ENCRYPTED_FLAG:
        return (
            "dit bestand is met een wachtwoord beveiligd.",
            "Maak de zip zonder wachtwoord en lever haar langs een beveiligde weg aan.",
            "wachtwoord",
        )
    if info.compress_type not in _METHODS:
        return "dit bestand is op een ongewone wijze ingepakt.", "Maak een gewone zip.", "inpakwijze"
    if name.casefold().endswith(_ARCHIVES):
        return "dit is een ingepakt bestand in een zip.", "Pak alles in één zip, zonder zip erin.", "zip in zip"
    return None


def _nested(pad: Path, bestand: str, leden: list[Lid]) -> Iterator[Bevinding]:
    """A zip in a zip under another name."""
    with zipfile.ZipFile(pad) as container:
        for lid in leden:
            if lid.naam.casefold().endswith(_SPREADSHEETS):
                continue
            try:
                with container.open(lid.info) as stream:
                    start = stream.read(4)
            except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
                problem = ("dit bestand is in de zip beschadigd.", "Maak de zip opnieuw.", "geen zip")
                yield _about(bestand, lid.naam, problem)
                continue
            if start == b"PK\x03\x04":
                problem = (
                    "dit is een ingepakt bestand in een zip.",
                    "Pak alles in één zip, zonder zip erin.",
                    "zip in zip",
                )
                yield _about(bestand, lid.naam, problem)


def _doubles(bestand: str, leden: list[Lid]) -> Iterator[Bevinding]:
    """Names that are one name on some system: capitals and accents aside. A file is also never a folder."""
    seen: dict[str, str] = {}
    for lid in leden:
        key = _key(lid.naam)
        if key in seen:
            names = f"{quoted(_shown(seen[key]))} en {quoted(_shown(lid.naam))}"
            yield _block(
                bestand,
                f"de zip heeft twee bestanden met dezelfde naam: {names}.",
                "Laat het juiste bestand staan en maak de zip opnieuw.",
                "dubbele naam in zip",
            )
        seen.setdefault(key, lid.naam)
    folders = {_key(str(folder)) for lid in leden for folder in PurePosixPath(lid.naam).parents}
    for key in sorted(folders & set(seen)):
        reason = f"{quoted(_shown(seen[key]))} is in deze zip zowel een bestand als een map."
        yield _block(bestand, reason, "Maak de zip opnieuw.", "dubbele naam in zip")


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _name(info: zipfile.ZipInfo) -> str:
    """The name with forward slashes. Without the flag for UTF-8 zipfile reads cp437; many programs forget the flag."""
    name = info.filename
    if not info.flag_bits & _UTF8_FLAG and not name.isascii():
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = info.filename
    return unicodedata.normalize("NFC", name.replace("\\", "/")).rstrip("/" if info.is_dir() else "")


def _without_top_folder(leden: list[Lid]) -> list[Lid]:
    """The members without the one folder that holds them all, when the extracts stand a level deeper in it."""
    tops = {PurePosixPath(lid.naam).parts[0] for lid in leden}
    deep = any(len(PurePosixPath(lid.naam).parts) > 2 for lid in leden)
    if len(tops) != 1 or not deep or any("/" not in lid.naam for lid in leden):
        return leden
    return [Lid(lid.naam.split("/", 1)[1], lid.grootte, lid.info) for lid in leden]


def _shown(name: str) -> str:
    return shown_value(masked(name))


def _about(bestand: str, name: str, problem: _Problem) -> Bevinding:
    reason, remedy, kind = problem
    return _block(bestand, f"{quoted(_shown(name))}: {reason}", remedy, kind)


def _block(bestand: str, reden: str, herstel: str, controle: str) -> Bevinding:
    return Bevinding(bestand, reden, herstel, Ernst.BLOKKADE, controle)
