"""What an edition says of itself: hashes of what went in and came out, the code, the libraries.

Belongs here: hashing and the manifest. Not here: placing the edition (editions.py). Who, when and why stand in the log
outside the edition, so that the same content has the same bytes.
"""

import hashlib
import json
import platform
import zlib
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from pipeline import __version__
from pipeline.core.house import house_path, package_path
from pipeline.core.storage_key import OpslagFout
from pipeline.core.vault import is_encrypted, logical_name, opened

MANIFEST = "manifest.json"
UNREADABLE = "niet te ontsleutelen"
"""In the place of the hash of an encrypted file that cannot be read."""
_CHUNK = 1 << 20
_SOURCES = ("*.py", "*.yaml", "*.toml", "*.csv")
# The packages whose version can change a byte of an edition.
PACKAGES = (
    "duckdb",
    "weasyprint",
    "pydyf",
    "matplotlib",
    "numpy",
    "jinja2",
    "fonttools",
    "tinyhtml5",
    "tinycss2",
    "cssselect2",
    "pyphen",
    "page-validation",
    "docxtpl",
    "python-docx",
    "lxml",
    "openpyxl",
    "markdown-it-py",
    "markupsafe",
    "pillow",
    "contourpy",
    "kiwisolver",
)


def sha256_file(path: Path) -> str:
    """SHA-256 of the bytes of a file, in hex."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


@dataclass(frozen=True)
class Code:
    """Which code made an edition: version of the package, commit when it runs from a checkout, hash over all its own
    files.
    """

    versie: str
    commit: str | None
    sha256: str


@cache
def code_identity() -> Code:
    """Identity of this installation. The hash covers SQL, templates, Python, contracts and reference data, whatever the
    commit says.
    """
    digest = hashlib.sha256()
    roots = {
        "sql": (house_path("sql"), ("*.sql", "*.csv")),
        "report_templates": (house_path("report_templates"), ("*",)),
        "pipeline": (package_path(), _SOURCES),
    }
    for label, (root, patterns) in roots.items():
        found = {path for pattern in patterns for path in root.rglob(pattern) if path.is_file()}
        for path in sorted(found, key=lambda path: path.relative_to(root).as_posix()):
            relative = path.relative_to(root)
            if "__pycache__" in relative.parts or "_house" in relative.parts:
                continue
            digest.update(f"{label}/{relative.as_posix()}\n".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return Code(__version__, _commit(package_path().parent), digest.hexdigest())


def _commit(checkout: Path) -> str | None:
    """Commit of a git checkout, read without starting git; None outside a checkout."""
    git = checkout / ".git"
    if git.is_file():
        git = (checkout / git.read_text(encoding="utf-8").partition("gitdir:")[2].strip()).resolve()
    head = git / "HEAD"
    if not head.is_file():
        return None
    text = head.read_text(encoding="utf-8").strip()
    if not text.startswith("ref: "):
        return text
    ref = text.removeprefix("ref: ")
    # A linked work tree has its own HEAD; its branches stand with those of the others.
    linked = git / "commondir"
    if linked.is_file():
        git = (git / linked.read_text(encoding="utf-8").strip()).resolve()
    if (git / ref).is_file():
        return (git / ref).read_text(encoding="utf-8").strip()
    packed = git / "packed-refs"
    lines = packed.read_text(encoding="utf-8").splitlines() if packed.is_file() else []
    return next((line.split()[0] for line in lines if line.endswith(f" {ref}")), None)


def package_versions() -> dict[str, str]:
    """Version of each package that can change a byte, by name."""
    found = {}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


@cache
def system_versions() -> dict[str, str]:
    """Version of everything outside the packages that can change a byte: Python, what sets the text."""
    from pipeline.core.document.pdf import typesetting_libraries

    return {
        "python": platform.python_version(),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        **typesetting_libraries(),
    }


def circumstances() -> dict[str, str | None]:
    """All of what works today, by name: `code ...`, `pakket ...` and `systeem ...`."""
    return {
        **{f"code {key}": value for key, value in asdict(code_identity()).items()},
        **{f"pakket {key}": value for key, value in package_versions().items()},
        **{f"systeem {key}": value for key, value in system_versions().items()},
    }


def output_hashes(folder: Path) -> dict[str, dict[str, Any]]:
    """Size and SHA-256 of the content of every file below `folder`, by relative path, sorted; the same whether files
    are encrypted (vault.py) or not.

    Of a single file that cannot be decrypted the hash says so; OpslagFout when that goes for all that are encrypted.
    """
    found: dict[str, dict[str, Any]] = {}
    refused: list[OpslagFout] = []
    opening = 0
    with opened() as kluis:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            encrypted = is_encrypted(path)
            opening += encrypted
            try:
                facts = kluis.facts(path)
            except OpslagFout as error:
                refused.append(error)
                facts = {"bytes": path.stat().st_size, "sha256": UNREADABLE}
            name = logical_name(path, folder) if encrypted else path.relative_to(folder).as_posix()
            # A plain file of the same name cannot hide behind an encrypted one.
            found[path.relative_to(folder).as_posix() if name in found else name] = facts
    if refused and len(refused) == opening:
        raise refused[0]
    return found


def write_manifest(folder: Path, content: dict[str, Any]) -> Path:
    """Write `manifest.json` of the edition in `folder`: `content` plus the hashes of every other file there."""
    path = folder / MANIFEST
    manifest = {**content, "uitvoer": output_hashes(folder)}
    path.write_text(json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    return path
