"""Where a delivery comes from: a folder, a zip, or a remote address that is first brought here.

Belongs here: bringing a delivery to a local folder that nobody else can read, and cleaning it up. Not here: what is in
it (delivery.py). Messages never show a password or key of an address.

Persons travel only over a closed line: http and ftp are refused, except http to this very machine.
"""

import tempfile
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from pipeline.core.errors import GebruiksFout
from pipeline.core.intake.archives import STANDAARD, Grenzen, open_archive
from pipeline.core.intake.findings import Bevinding, Ernst, LeveringGeweigerd
from pipeline.core.intake.hostkeys import SSH, pinned, source_errors
from pipeline.core.intake.sourceoptions import BronOpties, options_for
from pipeline.core.intake.workfolders import work_folder

TIMEOUT = 60
_CHUNK = 1 << 20
_OPEN_LINES = frozenset({"ftp", "webhdfs"})
_HERE = frozenset({"127.0.0.1", "localhost", "::1"})
_PACKAGES = {"sftp": "paramiko", "ssh": "paramiko", "s3": "s3fs", "gs": "gcsfs", "gcs": "gcsfs", "abfs": "adlfs"}
_PACKAGES |= {"abfss": "adlfs", "az": "adlfs", "smb": "smbprotocol"}


class BronFout(GebruiksFout):
    """The address of a delivery cannot be used or reached."""


@dataclass(frozen=True)
class Bron:
    """A delivery on this machine. `adres` is fit to be shown, `map` is gone after `open_source` when `tijdelijk`."""

    map: Path
    adres: str
    tijdelijk: bool
    bevindingen: tuple[Bevinding, ...] = ()


@contextmanager
def open_source(
    adres: str, *, grenzen: Grenzen = STANDAARD, opties: BronOpties | None = None, werkmap: Path | None = None
) -> Iterator[Bron]:
    """The delivery at `adres` as a local folder, for as long as the block lasts.

    A folder is used where it stands; a zip and anything remote goes to a private temporary folder (0700, below
    `werkmap` when given), which is removed afterwards, and at the next start when this process is killed. `opties`: per
    kind of address what fsspec needs (user, key, endpoint).
    Raises BronFout for an address that cannot be used, LeveringGeweigerd for a zip that is not safe.
    """
    remote = "://" in adres and not adres.lower().startswith("file://")
    local = None if remote else Path(_local_path(adres))
    # A folder that does not exist is for delivery.py to say: it knows what a delivery is.
    if local is not None and not (local.is_file() and local.suffix.casefold() == ".zip"):
        yield Bron(local, str(local), tijdelijk=False)
        return
    with _private_folder(werkmap) as place:
        target = place / "levering"
        target.mkdir(mode=0o700)
        if local is not None:
            yield Bron(target, str(local), True, _unpack(local, local.name, target, grenzen))
        else:
            found = _fetch(adres, place, target, grenzen, opties or {})
            yield Bron(target, shown_address(adres), True, found)


def shown_address(adres: str) -> str:
    """The address without password, key or query."""
    parts = urllib.parse.urlsplit(adres)
    host = parts.netloc.rsplit("@", 1)[-1]
    return urllib.parse.urlunsplit((parts.scheme, host, parts.path, "", ""))


def _local_path(adres: str) -> str:
    return urllib.parse.unquote(adres[len("file://") :]) if adres.lower().startswith("file://") else adres


@contextmanager
def _private_folder(werkmap: Path | None) -> Iterator[Path]:
    with ExitStack() as stack:
        try:
            folder = stack.enter_context(work_folder(werkmap))
        except OSError as error:
            raise BronFout(
                f"er kan geen tijdelijke map worden gemaakt in {werkmap or tempfile.gettempdir()} ({error.strerror}); "
                "zorg dat er ruimte is en dat u er mag schrijven"
            ) from error
        yield folder


def _unpack(path: Path, name: str, target: Path, grenzen: Grenzen) -> tuple[Bevinding, ...]:
    archive = open_archive(path, name, grenzen)
    bad = tuple(finding for finding in archive.bevindingen if finding.ernst is Ernst.BLOKKADE)
    if bad:
        faults = "1 fout" if len(bad) == 1 else f"{len(bad)} fouten"
        raise LeveringGeweigerd(f"De zip {name} is geweigerd: {faults}.", bad)
    try:
        archive.uitpakken(target)
    except OSError as error:
        raise BronFout(f"{name} kan niet worden uitgepakt ({error.strerror}); zorg voor genoeg ruimte") from error
    return archive.bevindingen


def _fetch(adres: str, place: Path, target: Path, grenzen: Grenzen, opties: BronOpties) -> tuple[Bevinding, ...]:
    """Bring a remote delivery into `target`; a single file must be a zip."""
    shown = shown_address(adres)
    parts = urllib.parse.urlsplit(adres)
    scheme = parts.scheme.lower()
    if "::" in adres:
        raise BronFout(f"{shown}: een samengesteld adres (met ::) kan niet; noem het adres van de map of de zip zelf")
    if scheme in _OPEN_LINES or (scheme == "http" and parts.hostname not in _HERE):
        raise BronFout(
            f"{shown}: over {scheme} reizen persoonsgegevens onbeveiligd; gebruik een adres met https of sftp"
        )
    if scheme in ("http", "https"):
        packed = place / "levering.zip"
        _download(adres, packed, grenzen.totaal)
        return _unpack(packed, _file_name(shown), target, grenzen)
    return _copy(adres, place, target, grenzen, options_for(opties, scheme))


def _file_name(shown: str) -> str:
    return PurePosixPath(urllib.parse.unquote(urllib.parse.urlsplit(shown).path)).name or "levering.zip"


class _SameSafety(urllib.request.HTTPRedirectHandler):
    """Follows a redirect only to a line as closed as the one that was asked for."""

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        target = urllib.parse.urlsplit(newurl)
        if target.scheme != "https" and not (req.type == "http" and target.hostname in _HERE):
            raise BronFout(
                f"{shown_address(req.full_url)} verwijst door naar een onbeveiligd adres; dat wordt niet gevolgd"
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _download(adres: str, target: Path, largest: int) -> None:
    shown = shown_address(adres)
    opener = urllib.request.build_opener(_SameSafety())
    left = largest
    try:
        with opener.open(adres, timeout=TIMEOUT) as response, target.open("xb") as file:
            announced = response.headers.get("Content-Length")
            while piece := response.read(_CHUNK):
                left -= len(piece)
                if left < 0:
                    raise BronFout(f"{shown} is groter dan {largest} bytes; controleer of dit de juiste levering is")
                file.write(piece)
    except urllib.error.HTTPError as error:
        raise BronFout(f"{shown} geeft fout {error.code}; controleer het adres en of u er toegang toe hebt") from error
    # http.client.HTTPException covers a connection that ends too early.
    except (OSError, ValueError, urllib.error.URLError, _http_exception()) as error:
        raise BronFout(
            f"{shown} is niet te bereiken ({_cause(error)}); controleer het adres en de verbinding"
        ) from error
    if announced is not None and announced.isdecimal() and largest - left != int(announced):
        raise BronFout(f"{shown} is niet geheel binnengekomen; probeer het opnieuw")


def _http_exception() -> type[Exception]:
    import http.client

    return http.client.HTTPException


def _cause(error: BaseException) -> str:
    reason = getattr(error, "reason", error)
    text = getattr(reason, "strerror", None)
    return str(text or type(reason).__name__)


def _copy(adres: str, place: Path, target: Path, grenzen: Grenzen, opties: dict[str, Any]) -> tuple[Bevinding, ...]:
    """Through fsspec: a folder is copied file by file, a file must be a zip."""
    shown, scheme = shown_address(adres), urllib.parse.urlsplit(adres).scheme.lower()
    system, root = _system(adres, shown, scheme, opties)
    try:
        if system.isfile(root):
            packed = place / "levering.zip"
            _copy_file(system, root, packed, shown, grenzen.totaal)
            return _unpack(packed, PurePosixPath(root).name, target, grenzen)
        if not system.isdir(root):
            raise BronFout(f"{shown} bestaat niet; controleer het adres")
        _copy_folder(system, root, target, shown, grenzen)
    except source_errors() as error:
        raise BronFout(f"{shown} is niet te lezen ({_cause(error)}); controleer het adres en uw toegang") from error
    return ()


def _system(adres: str, shown: str, scheme: str, opties: dict[str, Any]) -> tuple[Any, str]:
    import fsspec

    try:
        options = pinned(opties, shown) if scheme in SSH else opties
        return fsspec.core.url_to_fs(adres, **options)  # type: ignore[no-any-return]
    except ImportError as error:
        package = _PACKAGES.get(scheme, "een extra pakket")
        raise BronFout(
            f"voor een adres met {scheme}:// is {package} nodig; vraag de beheerder dit te installeren"
        ) from error
    except source_errors() as error:
        raise BronFout(f"{shown} is geen adres dat te openen is ({_cause(error)}); controleer het adres") from error


def _copy_folder(system: Any, root: str, target: Path, shown: str, grenzen: Grenzen) -> None:
    names = sorted(system.find(root))
    if len(names) > grenzen.leden:
        raise BronFout(
            f"{shown} telt {len(names)} bestanden; verwacht ten hoogste {grenzen.leden}: is dit de goede map?"
        )
    left = grenzen.totaal
    base = PurePosixPath("/" + root.strip("/"))
    for name in names:
        full = PurePosixPath("/" + name.strip("/"))
        # A listing comes from another machine: what it calls a name may point anywhere.
        if not full.is_relative_to(base) or ".." in full.parts or full == base:
            raise BronFout(f"{shown} noemt een bestand buiten de map van de levering; dat wordt niet opgehaald")
        place = target.joinpath(*full.relative_to(base).parts)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        left -= _copy_file(system, name, place, shown, left)


def _copy_file(system: Any, name: str, target: Path, shown: str, largest: int) -> int:
    size = 0
    with system.open(name, "rb") as source, target.open("xb") as file:
        while piece := source.read(_CHUNK):
            size += len(piece)
            if size > largest:
                raise BronFout(f"{shown} is te groot; controleer of dit de juiste levering is")
            file.write(piece)
    return size
