"""Making the sheets of an edition: all of them and their bundle, or a few; placed whole, with a manifest of their own.

Belongs here: what stands in the folder and how it gets its place. Not here: what a sheet says (figures.py,
document/sheet.py), proving it (proof.py). The folder stands beside the editions, never in one: an edition is what came
out of its sources when it was made, and sheets can be made from it at any time.
"""

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pipeline.core.document.sheet import Bladmaker
from pipeline.core.document.sheet_pool import opdrachten_van, zet_bladen
from pipeline.core.document.validation import bezwaren, keur
from pipeline.core.edition_store import BUSY, EditieFout, edition_folder, manifest_of, remove, sole_maker
from pipeline.core.errors import DocumentFout, GebruiksFout
from pipeline.core.explain.explain import chosen_edition
from pipeline.core.manifest import (
    MANIFEST,
    code_identity,
    package_versions,
    sha256_file,
    system_versions,
    write_manifest,
)
from pipeline.core.periods import Periode
from pipeline.core.progress import DOCUMENT, STIL, Melder
from pipeline.core.sheets.figures import USED, Bladbron, Gemeente, read_sheets
from pipeline.core.sheets.selection import chosen
from pipeline.core.verification import compare_files, compare_outputs

FOLDER = KIND = "gemeentebladen"
_SELECTION = "keuze"
_NOT_IN_NAME = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Gemaakt:
    """The sheets of an edition: where they stand, how many, and whether they were there already, unchanged."""

    periode: str
    editie: int
    map: Path
    bladen: int
    bundel: Path | None
    ongewijzigd: bool = False


def sheets_folder(output: Path, periode: Periode, nummer: int, *, selection: bool = False) -> Path:
    """Where the sheets of an edition stand: all of them, or the last selection that was asked for."""
    name = f"{nummer}.{_SELECTION}" if selection else str(nummer)
    return output / str(periode) / FOLDER / name


def make_sheets(
    output: Path,
    periode: Periode,
    *,
    nummer: int | None = None,
    gemeenten: Sequence[str] = (),
    place: Path | None = None,
    processen: int | None = None,
    melder: Melder = STIL,
) -> Gemaakt:
    """Make the sheets of an edition (`nummer`, else the published one, else the newest) in `place`, else in the folder
    for them; of `gemeenten` alone (names or codes) when there are any.

    What stands there already of the same edition, code and libraries, every byte unchanged, is not made again. Other
    sheets there are replaced, whole. GebruiksFout for an edition or a municipality that is not there, or a folder that
    holds something else; EditieFout for an edition that was touched; DocumentFout when a sheet is not what it must be.
    """
    periode, nummer = chosen_edition(output, periode, nummer)
    folder = edition_folder(output, periode, nummer)
    manifest = manifest_of(folder)
    refuse_touched(output, periode, nummer, manifest)
    source = read_sheets(folder, manifest, periode)
    wanted = chosen(source.gemeenten, gemeenten, periode.jaar)
    target = place or sheets_folder(output, periode, nummer, selection=bool(gemeenten))
    content = _content(folder, periode, nummer, wanted, selection=bool(gemeenten))
    bundle = target / bundle_name(periode) if content["bundel"] else None
    with sole_maker(output, periode, room=FOLDER, what="gemeentebladen"):
        _refuse_foreign(target)
        if is_same(target, content):
            return Gemaakt(str(periode), nummer, target, len(wanted), bundle, ongewijzigd=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        work = target.with_name(f"{BUSY}{target.name}")
        remove(work)
        work.mkdir()
        try:
            write_sheets(source, wanted, work, content, processen, melder)
            _place(work, target)
        finally:
            remove(work)
    return Gemaakt(str(periode), nummer, target, len(wanted), bundle)


def refuse_touched(output: Path, periode: Periode, nummer: int, manifest: dict[str, Any]) -> None:
    """EditieFout when a file on which sheets rest is not what it was when the edition was made."""
    touched = [
        str(found) for found in compare_files(output, periode, nummer, manifest) if found.hard and found.naam in USED
    ]
    if touched:
        raise EditieFout(
            f"editie {nummer} van {periode} is niet meer wat zij was toen zij werd gemaakt, en geeft geen bladen: "
            f"{'; '.join(touched)}"
        )


def write_sheets(
    source: Bladbron,
    wanted: Sequence[Gemeente],
    folder: Path,
    content: dict[str, Any],
    processen: int | None = None,
    melder: Melder = STIL,
) -> None:
    """Write the sheets, the bundle when there is to be one, and the manifest to the empty `folder`."""
    from pipeline.core.document.sheet_merge import Bundel

    periode, maker = source.meta.periode, Bladmaker(source.register, source.meta)
    cover = [("het voorblad", "bundel", maker.voorblad(wanted))] if content["bundel"] else []
    orders = opdrachten_van([*cover, *((one.naam, one.code, maker.blad(one)) for one in wanted)])
    bundle = None
    done = zet_bladen(orders, processen)
    if cover:
        bundle = Bundel(next(iter(done)))
    for number, (one, pdf) in enumerate(zip(wanted, done, strict=True), 1):
        (folder / sheet_name(periode, one)).write_bytes(pdf)
        if bundle is not None:
            bundle.voeg_toe(pdf, one.naam.replace("'", "’"))
        melder.stap(DOCUMENT, number, len(wanted), one.naam)
    if bundle is not None:
        whole = bundle.inhoud()
        if wrong := bezwaren(keur(whole)):
            raise DocumentFout(f"de bundel: {'; '.join(wrong)}")
        (folder / bundle_name(periode)).write_bytes(whole)
    write_manifest(folder, content)


def _content(
    folder: Path, periode: Periode, nummer: int, wanted: Sequence[Gemeente], *, selection: bool
) -> dict[str, Any]:
    """What the manifest of the sheets says beside the hashes of its files: from what, by what, of whom."""
    return {
        "soort": KIND,
        "periode": str(periode),
        "editie": nummer,
        "editie_manifest_sha256": sha256_file(folder / MANIFEST),
        "gemeenten": [one.code for one in wanted],
        "bundel": not selection,
        "code": asdict(code_identity()),
        "pakketten": libraries(),
        "systeem": system_versions(),
    }


def libraries() -> dict[str, str]:
    """Version of each package that can change a byte of sheets, by name."""
    return {**package_versions(), "pikepdf": version("pikepdf")}


def is_same(place: Path, content: dict[str, Any]) -> bool:
    """Whether the sheets in `place` are these, every byte as it was made."""
    if not (place / MANIFEST).is_file():
        return False
    found = read_manifest(place)
    listed = found.pop("uitvoer")
    return found == content and not compare_outputs(place, listed)


def read_manifest(place: Path) -> dict[str, Any]:
    """The manifest of sheets; EditieFout when it cannot be read or is of something else."""
    path = place / MANIFEST
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if found["soort"] == KIND and all({"bytes", "sha256"} <= one.keys() for one in found["uitvoer"].values()):
            return dict(found)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise EditieFout(
            f"{path} is niet te lezen als manifest van gemeentebladen; verwijder de map {place}"
        ) from error
    raise EditieFout(f"{path} is geen manifest van gemeentebladen; kies een andere map")


def _refuse_foreign(target: Path) -> None:
    """Only sheets are replaced: GebruiksFout for a folder that holds anything else."""
    if target.is_dir():
        names = {path.name for path in target.iterdir()}
        if names and (MANIFEST not in names or read_manifest(target)["soort"] != KIND):
            raise GebruiksFout(f"in {target} staat al iets anders; noem met --map een nieuwe of lege map")
    elif target.exists():
        raise GebruiksFout(f"{target} is een bestand, geen map; noem met --map een nieuwe of lege map")


def _place(work: Path, target: Path) -> None:
    """Put the finished folder in the place of what was there; a reader finds the old sheets or the new ones."""
    old = target.with_name(f"{BUSY}oud-{target.name}")
    remove(old)
    if target.exists():
        target.rename(old)
    work.rename(target)
    remove(old)


def sheet_name(periode: Periode, gemeente: Gemeente) -> str:
    """File name of a sheet: its code, which is unique, and its name in plain letters."""
    plain = unicodedata.normalize("NFKD", gemeente.naam).encode("ascii", "ignore").decode().casefold()
    return f"gemeenteblad-{periode}-{gemeente.code}-{_NOT_IN_NAME.sub('-', plain).strip('-')}.pdf"


def bundle_name(periode: Periode) -> str:
    """File name of all sheets together."""
    return f"gemeentebladen-{periode}.pdf"
