"""Publishing: the edition that counts is made anew from the frozen sources of one that people have looked at.

Belongs here: what must hold before an edition may leave the house. Not here: making (editions.py) and placing
(edition_store.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.core.compare.revision import revised
from pipeline.core.earlier import published_edition
from pipeline.core.edition_store import (
    PUBLIC_NOTE,
    PUBLISHED,
    SIGNED_NOTE,
    SIGNED_PUBLIC_NOTE,
    EditieFout,
    edition_folder,
    edition_numbers,
    manifest_of,
    mark_published,
    next_number,
    note,
    noted_numbers,
    place_edition,
    place_public,
    place_signed,
    public_folder,
    signed_folder,
    sole_maker,
    strays,
    temporary_edition,
)
from pipeline.core.editions import Besluit, Editie, Inhoud, write_edition
from pipeline.core.errors import ControleFout, GebruiksFout
from pipeline.core.frozen import frozen_warehouse
from pipeline.core.manifest import MANIFEST, output_hashes, sha256_file
from pipeline.core.mark import read_mark
from pipeline.core.periods import Periode
from pipeline.core.readers import place_copy, write_copy
from pipeline.core.signing import Sleutel, sign_edition
from pipeline.core.verification import about_manifest, compare_files, compare_public

if TYPE_CHECKING:
    import duckdb

# What the reader holds; the document differs by its mark.
_FIGURES = ("cijfers.csv", "tabellen/", "bronnen/", "afkeur/")


class PublicatieFout(ControleFout):
    """An edition may not be published as it is (exit code 2). `regels` holds one line per objection."""


@dataclass(frozen=True)
class Stand:
    """One finished edition as the list shows it: number, whether it counts, whether it was made to be published, from
    which edition, the names of the checks with a finding that nobody accepted, and commit and version of the code.

    `bezwaar`: why its manifest proves nothing ('' when the logbook noted it); one that cannot be read leaves the rest
    empty.
    """

    nummer: int
    geldt: bool
    gepubliceerd: bool = False
    uit_editie: int | None = None
    open: tuple[str, ...] = ()
    versie: str = ""
    commit: str | None = None
    bezwaar: str = ""


@dataclass(frozen=True)
class Overzicht:
    """The editions of a half-year, oldest first, and `opmerkingen`: what is wrong beside them, a sentence each."""

    edities: tuple[Stand, ...]
    opmerkingen: tuple[str, ...]

    @property
    def in_orde(self) -> bool:
        """Whether every manifest is the one of the logbook and nothing else is wrong."""
        return not self.opmerkingen and not any(one.bezwaar for one in self.edities)


def editions_of(output: Path, periode: Periode) -> Overzicht:
    """All finished editions of a half-year: each manifest against the logbook, the mark of the published one, what the
    logbook knows and is gone, and what stands there and is no edition. EditieFout when the logbook cannot be read.
    """
    mark = read_mark(output, periode)
    numbers = edition_numbers(output, periode)
    remarks = [f"{PUBLISHED} {text}" for text in (mark.bezwaar, mark.onaf) if text]
    remarks += [
        f"editie {nummer} staat in het logboek, maar is er niet meer; zet haar terug uit een reservekopie"
        for nummer in noted_numbers(output, periode)
        if nummer not in numbers
    ]
    remarks += [
        f"{name} in de map edities is geen editie en wordt overgeslagen; haal het daar weg"
        for name in strays(output, periode)
    ]
    counts = mark.editie if not mark.bezwaar else None
    return Overzicht(
        tuple(_stand(output, periode, nummer, geldt=nummer == counts) for nummer in numbers), tuple(remarks)
    )


def _stand(output: Path, periode: Periode, nummer: int, *, geldt: bool) -> Stand:
    folder = edition_folder(output, periode, nummer)
    try:
        manifest = manifest_of(folder)
    except EditieFout as error:
        return Stand(nummer, geldt, bezwaar=str(error))
    besluit = Besluit.van(manifest)
    wrong = about_manifest(output, periode, nummer)
    return Stand(
        nummer,
        geldt,
        besluit.gepubliceerd,
        besluit.uit_editie,
        tuple(
            check["naam"]
            for check in manifest["controles"]
            if check["gevonden"] and check["naam"] not in besluit.aanvaard
        ),
        manifest["code"]["versie"],
        manifest["code"]["commit"],
        "; ".join(map(str, wrong)),
    )


def publish_edition(
    output: Path,
    periode: Periode,
    nummer: int,
    *,
    reden: str,
    wie: str,
    aanvaard: Mapping[str, str] | None = None,
    sleutel: Sleutel | None = None,
) -> Editie:
    """Make the next edition from the frozen sources of edition `nummer`, without the mark concept, and name it the one
    that counts; the others stay. With a `sleutel` its signed files are placed beside it.

    `aanvaard` adds to what was accepted in edition `nummer`. ControleFout when a check blocks; PublicatieFout when a
    finding is open, a profile of the PDF fails, a file of the edition was touched, or this code makes other figures
    from the same sources; then nothing is left behind and the published edition stays what it was.
    """
    if not reden.strip():
        raise GebruiksFout("geef met --reden waarom deze editie wordt gepubliceerd; het komt in het logboek")
    folder = edition_folder(output, periode, nummer)
    with sole_maker(output, periode):
        manifest = manifest_of(folder)
        source = Besluit.van(manifest)
        refuse_touched(output, periode, nummer, manifest)
        _refuse_published(output, periode, nummer, source)
        besluit = Besluit(next_number(output, periode), {**source.aanvaard, **(aanvaard or {})}, True, nummer)
        with (
            frozen_warehouse(folder, output / str(periode)) as con,
            temporary_edition(output, periode, besluit.nummer) as work,
        ):
            _refuse_other_revision(con, output, periode, nummer)
            inhoud = write_edition(con, work, besluit)
            _refuse_open(inhoud)
            _refuse_other_figures(work, nummer, manifest)
            copy = write_copy(con, work)
            outside: dict[str, str] = {}
            if public_folder(folder).is_dir():
                public = _publish_outside(con, output, periode, nummer, work, besluit)
                outside[PUBLIC_NOTE] = public.manifest_sha256
                _refuse_open(public)
            signed = _sign_all(work, sleutel) if sleutel else {}
            _place_beside(work, output, periode, besluit.nummer)
            place = place_edition(work, output, periode, besluit.nummer)
            place_copy(copy, output, periode, besluit.nummer)
        made = Editie(besluit.nummer, place, inhoud)
        note(
            output,
            periode,
            {
                "editie": made.nummer,
                "gepubliceerd": True,
                "uit_editie": nummer,
                "manifest_sha256": inhoud.manifest_sha256,
                "wie": wie,
                "reden": reden.strip(),
                "aanvaard": inhoud.aanvaard,
                **outside,
                **signed,
            },
        )
        mark_published(output, periode, made.nummer, sha256_file(place / MANIFEST))
    return made


def _publish_outside(
    con: "duckdb.DuckDBPyConnection", output: Path, periode: Periode, nummer: int, work: Path, besluit: Besluit
) -> Inhoud:
    """The openbaar edition of the one that is published, with the rounding that people looked at; the figures in `con`
    are rounded by it.

    PublicatieFout when other figures come of it now.
    """
    from pipeline.core.public_edition import write_again

    kept = public_folder(edition_folder(output, periode, nummer))
    made = write_again(con, kept, public_folder(work), besluit, work / MANIFEST)
    _refuse_other_figures(public_folder(work), nummer, manifest_of(kept))
    return made


def _place_beside(work: Path, output: Path, periode: Periode, nummer: int) -> None:
    """Place what stands beside an edition before the edition itself: it is there with all of it, or not at all."""
    place = output / str(periode) / "edities" / str(nummer)
    for made, folder in ((work, place), (public_folder(work), public_folder(place))):
        if signed_folder(made).is_dir():
            place_signed(made, folder)
    if public_folder(work).is_dir():
        place_public(work, output, periode, nummer)


def sign_published(output: Path, periode: Periode, nummer: int, *, wie: str, sleutel: Sleutel) -> Path:
    """Sign an edition that was published without a key; the folder with its signed files.

    GebruiksFout when it was not made to be published or is signed already; PublicatieFout when a file of it was
    touched.
    """
    folder = edition_folder(output, periode, nummer)
    with sole_maker(output, periode):
        manifest = manifest_of(folder)
        if not Besluit.van(manifest).gepubliceerd:
            raise GebruiksFout(
                f"editie {nummer} van {periode} is een concept; alleen een gepubliceerde wordt ondertekend"
            )
        if signed_folder(folder).exists():
            raise GebruiksFout(f"editie {nummer} van {periode} is al ondertekend")
        refuse_touched(output, periode, nummer, manifest)
        with temporary_edition(output, periode, nummer) as work:
            signed = _sign_all(folder, sleutel, work)
            if signed_folder(public_folder(work)).is_dir():
                place_signed(public_folder(work), public_folder(folder))
            place = place_signed(work, folder)
        note(output, periode, {"editie": nummer, **signed, "wie": wie})
    return place


def _sign_all(edition: Path, sleutel: Sleutel, work: Path | None = None) -> dict[str, dict[str, str]]:
    """Sign an edition and the openbaar one beside it, in folders beside `work` (the edition itself while it is being
    made); for the logbook.
    """
    work = work or edition
    signed = {}
    for name, folder, place in (
        (SIGNED_NOTE, edition, signed_folder(work)),
        (SIGNED_PUBLIC_NOTE, public_folder(edition), signed_folder(public_folder(work))),
    ):
        if folder.is_dir():
            place.mkdir()
            signed[name] = sign_edition(folder, place, sleutel)
    return signed


def refuse_touched(output: Path, periode: Periode, nummer: int, manifest: dict[str, Any]) -> None:
    """PublicatieFout when a file of an edition, or of the openbaar one beside it, is not what its manifest says."""
    touched = [str(found) for found in compare_files(output, periode, nummer, manifest) if found.hard]
    touched += [str(found) for found in compare_public(output, periode, nummer)]
    if touched:
        raise PublicatieFout(
            f"editie {nummer} van {periode} is niet meer wat zij was toen zij werd gemaakt, en gaat zo niet door:",
            tuple(f"- {line}" for line in touched),
        )


def _refuse_published(output: Path, periode: Periode, nummer: int, source: Besluit) -> None:
    counts = published_edition(output, periode)
    if source.gepubliceerd and counts is not None and counts.name == str(nummer):
        raise GebruiksFout(f"editie {nummer} van {periode} is al de gepubliceerde")


def _refuse_other_revision(con: "duckdb.DuckDBPyConnection", output: Path, periode: Periode, nummer: int) -> None:
    """The reader holds the published edition; what changed since must be told of that one."""
    counts, told = published_edition(output, periode), revised(con)
    if (counts and int(counts.name)) != (told and told.editie):
        compared = f"met editie {told.editie}" if told else "met geen eerdere editie"
        raise PublicatieFout(
            f"editie {nummer} van {periode} is vergeleken {compared}, maar intussen is editie "
            f"{counts.name if counts else 'geen'} gepubliceerd; maak met `voortgang rapport` een nieuwe editie, die "
            "zegt wat er sinds de gepubliceerde veranderde, en publiceer die"
        )


def _refuse_open(inhoud: Inhoud) -> None:
    lines = [
        *(
            f"- {result.check.title}: niet waar; verbeter de levering, of aanvaard het met "
            f'--accepteer {result.check.name}="reden"'
            for result in inhoud.waarschuwingen
        ),
        *(f"- {bezwaar}" for bezwaar in inhoud.bezwaren),
    ]
    if lines:
        raise PublicatieFout("deze editie kan zo niet worden gepubliceerd:", tuple(lines))


def _refuse_other_figures(work: Path, nummer: int, manifest: dict[str, Any]) -> None:
    """People looked at the figures of edition `nummer`; another version of the code may not publish other ones."""
    made = output_hashes(work)
    names = {name for name in (*manifest["uitvoer"], *made) if name.startswith(_FIGURES)}
    other = sorted(
        name
        for name in names
        if name not in made or manifest["uitvoer"].get(name, {}).get("sha256") != made[name]["sha256"]
    )
    if other:
        raise PublicatieFout(
            f"uit de bronnen van editie {nummer} komen nu andere gegevens ({', '.join(other[:3])}"
            f"{' en meer' if len(other) > 3 else ''}), want het programma is sindsdien veranderd; maak met "
            "`voortgang rapport` een nieuwe editie, bekijk die, en publiceer haar"
        )
