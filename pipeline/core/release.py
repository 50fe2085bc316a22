"""Giving out: the openbaar edition, put in a folder outside the house, and written down.

Belongs here: what may go, and placing it whole. Not here: making and rounding it (public_edition.py), judging its bytes
(verification.py). The exact edition has no way out.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

from pipeline.core.edition_store import (
    BUSY,
    edition_folder,
    manifest_of,
    note,
    public_folder,
    remove,
    signed_folder,
    sole_maker,
    sync,
)
from pipeline.core.editions import Besluit
from pipeline.core.errors import GebruiksFout
from pipeline.core.manifest import MANIFEST, output_hashes, sha256_file
from pipeline.core.periods import Periode
from pipeline.core.publication import PublicatieFout, refuse_touched
from pipeline.core.verification import compare_signatures

SIGNED = "ondertekend"
"""Folder of the signed files within what is given out."""


@dataclass(frozen=True)
class Uitgave:
    """What was given out: the folder, its number of files, the hash of the manifest in it."""

    map: Path
    bestanden: int
    manifest_sha256: str


def release_edition(output: Path, periode: Periode, nummer: int, place: Path, *, reden: str, wie: str) -> Uitgave:
    """Copy the openbaar edition beside published edition `nummer` to `place`, with its signed files in a folder of
    their own, whole or not at all, and note it in the logbook.

    GebruiksFout when the edition is a concept or has no openbaar one, without a reason, and when `place` is in `output`
    or not empty; PublicatieFout when a file is not what it was when it was made.
    """
    if not reden.strip():
        raise GebruiksFout("geef met --reden waarom deze editie naar buiten gaat; het komt in het logboek")
    exact = edition_folder(output, periode, nummer)
    public, place = public_folder(exact), place.resolve()
    _refuse_place(output, place)
    with sole_maker(output, periode):
        manifest = manifest_of(exact)
        if not Besluit.van(manifest).gepubliceerd:
            raise GebruiksFout(
                f"editie {nummer} van {periode} is een concept en blijft binnen; publiceer haar eerst met "
                f"`voortgang publiceer {periode} {nummer}`"
            )
        refuse_touched(output, periode, nummer, manifest)
        if not public.is_dir():
            raise GebruiksFout(
                f"editie {nummer} van {periode} is intern en blijft binnen: zij heeft geen openbare editie naast zich; "
                f"maak die met `voortgang rapport {periode} --versie openbaar` en publiceer haar"
            )
        _refuse_signatures(output, periode, nummer)
        files = _copy(public, place)
        made = Uitgave(place, files, sha256_file(place / MANIFEST))
        line = {"editie": nummer, "uitgegeven": str(place), "uitgegeven_sha256": made.manifest_sha256}
        note(output, periode, {**line, "wie": wie, "reden": reden.strip()})
    return made


def _refuse_place(output: Path, place: Path) -> None:
    if place.is_relative_to(output.resolve()):
        raise GebruiksFout(f"{place} ligt in {output}, waar ook staat wat binnen blijft; kies een map daarbuiten")
    if place.exists() and not (place.is_dir() and not any(place.iterdir())):
        raise GebruiksFout(f"{place} is geen lege map; kies een nieuwe of een lege, zodat er niets anders bij staat")


def _refuse_signatures(output: Path, periode: Periode, nummer: int) -> None:
    _, wrong = compare_signatures(output, periode, nummer)
    if wrong:
        raise PublicatieFout(
            f"de ondertekening van editie {nummer} van {periode} klopt niet en er gaat niets naar buiten:",
            tuple(f"- {found}" for found in wrong),
        )


def _copy(public: Path, place: Path) -> int:
    """The number of files; PublicatieFout when what arrived is not what stood there."""
    work = place.with_name(f"{BUSY}{place.name}")
    remove(work)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        _copy_files(public, work)
        if signed_folder(public).is_dir():
            _copy_files(signed_folder(public), work / SIGNED)
        files = [path for path in work.rglob("*") if path.is_file()]
        for path in work.rglob("*"):
            sync(path)
        work.replace(place)
        sync(place.parent)
    finally:
        remove(work)
    return len(files)


def _copy_files(source: Path, target: Path) -> None:
    """The files alone: what is made by copying gets the modes of the house, not those of a fixed edition."""
    for path in sorted(source.rglob("*")):
        made = target / path.relative_to(source)
        if path.is_file():
            made.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, made)
    if output_hashes(target) != output_hashes(source):
        raise PublicatieFout(f"wat in {target} aankwam is niet wat in {source} staat; start opnieuw")
