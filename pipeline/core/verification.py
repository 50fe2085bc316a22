"""Whether an edition is what it says it is: its files against its manifest, and made again from its own sources.

Belongs here: comparing, and telling tampering apart from what the code cannot promise. Not here: making an edition
(editions.py), reading its sources (frozen.py).

Three things are proven in turn. The folder holds what the manifest lists, no more and no less. The manifest is the one
that the logbook noted when the edition was made. All that is not a source comes out of the sources again, byte by byte;
where another version of the code, of a library or of a system library works today, that is said by name and a
difference is laid at its door, not called tampering. Another commit of which every file of the code is the same is
named and stands in the way of nothing: the edition is made again under its own. Signatures beside the edition are a
proof of their own (signatures.py): who signed what. So is the mark of the edition that counts (mark.py): it is judged
with every edition of its half-year.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from pipeline.core.destroyed import Vernietiging, destruction_of
from pipeline.core.edition_store import (
    PUBLISHED,
    SIGNED_PUBLIC_NOTE,
    edition_folder,
    manifest_of,
    noted_manifests,
    noted_public,
    noted_signed,
    public_folder,
    signed_folder,
)
from pipeline.core.editions import Besluit, write_edition
from pipeline.core.errors import VoortgangFout
from pipeline.core.frozen import frozen_warehouse
from pipeline.core.manifest import MANIFEST, UNREADABLE, Code, circumstances, code_identity, output_hashes, sha256_file
from pipeline.core.mark import read_mark
from pipeline.core.periods import Periode
from pipeline.core.reference import reference_files
from pipeline.core.signatures import Handtekening, check_signatures
from pipeline.core.vault import is_encrypted

_SHOWN = 16
_COMMIT = "code commit"


class Soort(StrEnum):
    """What kind of thing was found."""

    GEWIJZIGD = "gewijzigd"
    ONTBREEKT = "ontbreekt"
    TE_VEEL = "hoort er niet"
    MANIFEST = "manifest"
    OMSTANDIGHEID = "andere omstandigheid"
    VERSCHIL = "komt er anders uit"
    COMMIT = "andere commit"
    LOGBOEK = "logboek"
    MERK = "merk"
    MERK_ONAF = "merk niet bijgewerkt"
    HANDTEKENING = "handtekening"
    VERNIETIGD = "vernietigd"


_HARD = (Soort.GEWIJZIGD, Soort.ONTBREEKT, Soort.TE_VEEL, Soort.MANIFEST, Soort.HANDTEKENING)
# Of what stands beside the edition, which it does not depend on.
_OF_THE_MARK = (Soort.MERK, Soort.MERK_ONAF)


_SET = (".pdf", ".docx", ".xlsx", ".ods")
_SETTING_LIBRARIES = ("systeem pango", "systeem harfbuzz")
_SETTING = frozenset(
    f"pakket {name}"
    for name in (
        "weasyprint", "pydyf", "tinyhtml5", "tinycss2", "cssselect2", "pyphen", "fonttools", "matplotlib",
        "pillow", "contourpy", "kiwisolver", "page-validation", "docxtpl", "python-docx", "lxml", "openpyxl",
        "markdown-it-py", "markupsafe", "jinja2",
    )
)  # fmt: skip
"""What is set by a library of pages, and the circumstances that work on these files alone."""


@dataclass(frozen=True)
class Vondst:
    """One thing found: its kind, the file or the name of the circumstance, and what was expected and found."""

    soort: Soort
    naam: str
    uitleg: str

    @property
    def hard(self) -> bool:
        """Whether something is not what it was when the edition was made."""
        return self.soort in _HARD

    def __str__(self) -> str:
        return f"{self.naam}: {self.uitleg}"


@dataclass(frozen=True)
class Verificatie:
    """The outcome for one edition: how many files were compared and made again, everything that was found, and the
    signatures beside it.
    """

    periode: str
    editie: int
    bestanden: int
    opnieuw: int
    vondsten: tuple[Vondst, ...]
    handtekeningen: tuple[Handtekening, ...] = ()

    @property
    def aangetast(self) -> bool:
        """Whether a file, a source or the manifest is not what it was when the edition was made."""
        return any(vondst.hard for vondst in self.vondsten)

    @property
    def merk_vals(self) -> bool:
        """Whether the mark of the half-year does not name the edition that was published."""
        return any(vondst.soort is Soort.MERK for vondst in self.vondsten)

    @property
    def zelf_bewezen(self) -> bool:
        """Whether everything came out again, byte by byte, and the manifest is the one that the logbook noted; another
        commit of the same code takes nothing from that, and the mark is not of the edition.
        """
        return self.opnieuw > 0 and not self._own()

    @property
    def bewezen(self) -> bool:
        """Whether the edition is proven and the mark of its half-year is what the logbook says."""
        return self.zelf_bewezen and not any(vondst.soort in _OF_THE_MARK for vondst in self.vondsten)

    @property
    def alleen_logboek(self) -> bool:
        """Whether everything came out again, but the logbook does not know the edition."""
        return self.opnieuw > 0 and self._own() == {Soort.LOGBOEK}

    def _own(self) -> set[Soort]:
        """The kinds of what was found and takes from the proof of the edition itself."""
        return {vondst.soort for vondst in self.vondsten} - {Soort.COMMIT, *_OF_THE_MARK}

    @property
    def vernietigd(self) -> tuple[Vondst, ...]:
        """What was destroyed when its term had passed, so that the edition cannot be made again from it."""
        return tuple(vondst for vondst in self.vondsten if vondst.soort is Soort.VERNIETIGD)

    def as_dict(self) -> dict[str, Any]:
        """For `--json`."""
        return {**asdict(self), "bewezen": self.bewezen, "aangetast": self.aangetast, "merk_klopt": not self.merk_vals}


def verify_edition(output: Path, periode: Periode, nummer: int, vertrouwd: Sequence[Path] = ()) -> Verificatie:
    """Compare the edition with its manifest, then make it again from its sources and compare every byte.

    It is not made again where a source or the manifest was touched: what comes out would prove nothing; nor where its
    sources were destroyed with a record: then what is left is compared with the manifest alone. EditieFout when there
    is no such edition or its manifest cannot be read. `vertrouwd`: certificates of trusted issuers of signatures.
    """
    folder = edition_folder(output, periode, nummer)
    manifest = manifest_of(folder)
    signatures, about_signatures = compare_signatures(output, periode, nummer, vertrouwd)
    vondsten = [*compare_files(output, periode, nummer, manifest), *about_signatures, *_about_mark(output, periode)]
    gone = destruction_of(folder)
    files = len(manifest["uitvoer"].keys() - (gone.namen if gone else set()))
    outside = public_folder(folder)
    vondsten += compare_public(output, periode, nummer)
    if outside.is_dir() and (outside / MANIFEST).is_file():
        files += len(manifest_of(outside)["uitvoer"])
    if gone is not None or any(vondst.hard for vondst in vondsten):
        return Verificatie(str(periode), nummer, files, 0, tuple(vondsten), signatures)
    other = changed_circumstances(manifest)
    vondsten += other
    again, differences = _make_again(
        folder, manifest, tuple(vondst.naam for vondst in other if vondst.soort is not Soort.COMMIT)
    )
    return Verificatie(str(periode), nummer, files, again, (*vondsten, *differences), signatures)


def compare_files(output: Path, periode: Periode, nummer: int, manifest: dict[str, Any]) -> list[Vondst]:
    """The folder of an edition against its manifest, and the manifest against the logbook; nothing is made again."""
    folder = edition_folder(output, periode, nummer)
    found = output_hashes(folder)
    found.pop(MANIFEST)
    gone = destruction_of(folder)
    return [
        *_compare(_left(manifest["uitvoer"], found, gone), found),
        *_destroyed(found, gone),
        *_foreign(folder),
        *about_manifest(output, periode, nummer),
        *_own_number(manifest, nummer),
    ]


def compare_public(output: Path, periode: Periode, nummer: int) -> list[Vondst]:
    """The openbaar edition beside an edition, when there is or was one: its files against its own manifest, that
    against the logbook, and both editions against each other.
    """
    exact = edition_folder(output, periode, nummer)
    outside, noted = public_folder(exact), noted_public(output, periode, nummer)
    if not (outside / MANIFEST).is_file():
        missing = [
            Vondst(Soort.ONTBREEKT, "openbaar", "hoort naast de editie te staan, maar ontbreekt of is onvolledig")
        ]
        return missing if noted or outside.exists() else []
    manifest = manifest_of(outside)
    vondsten = [*compare_outputs(outside, manifest["uitvoer"]), *_own_number(manifest, nummer)]
    if manifest.get("openbaar", {}).get("editie_manifest_sha256") != sha256_file(exact / MANIFEST):
        vondsten.append(Vondst(Soort.MANIFEST, MANIFEST, f"hoort niet bij editie {nummer}"))
    if noted and sha256_file(outside / MANIFEST) not in noted:
        vondsten.append(Vondst(Soort.MANIFEST, MANIFEST, "is niet het manifest dat het logboek noemt"))
    return [Vondst(one.soort, f"openbaar/{one.naam}", one.uitleg) for one in vondsten]


def compare_outputs(folder: Path, listed: dict[str, dict[str, Any]]) -> list[Vondst]:
    """The files in a folder, but for its manifest, against what that lists."""
    found = output_hashes(folder)
    found.pop(MANIFEST, None)
    return [*_compare(listed, found), *_foreign(folder)]


def compare_signatures(
    output: Path, periode: Periode, nummer: int, vertrouwd: Sequence[Path] = ()
) -> tuple[tuple[Handtekening, ...], list[Vondst]]:
    """The good signatures beside an edition, and what is wrong: a signature that is not true, or a file that is not the
    one that the logbook noted at the signing.
    """
    folder = edition_folder(output, periode, nummer)
    good, vondsten = _judge_signed(folder, noted_signed(output, periode, nummer), vertrouwd)
    outside = public_folder(folder)
    noted = noted_signed(output, periode, nummer, SIGNED_PUBLIC_NOTE)
    more, others = _judge_signed(outside, noted, vertrouwd)
    good += tuple(replace(one, bestand=f"openbaar/{one.bestand}") for one in more)
    return good, vondsten + [Vondst(one.soort, f"openbaar/{one.naam}", one.uitleg) for one in others]


def _judge_signed(
    folder: Path, noted: dict[str, str], vertrouwd: Sequence[Path]
) -> tuple[tuple[Handtekening, ...], list[Vondst]]:
    signed = signed_folder(folder)
    found = {path.name: sha256_file(path) for path in sorted(signed.rglob("*")) if path.is_file()}
    judged = {one.bestand: one for one in check_signatures(folder, signed, vertrouwd)}
    vondsten = []
    for name in sorted({*noted, *found, *judged}):
        if name not in found:
            vondsten.append(Vondst(Soort.HANDTEKENING, name, "hoort naast de editie te staan, maar ontbreekt"))
        elif name not in judged:
            vondsten.append(Vondst(Soort.HANDTEKENING, name, "hoort niet bij de ondertekening"))
        elif judged[name].bezwaar:
            vondsten.append(Vondst(Soort.HANDTEKENING, name, judged[name].bezwaar))
        elif noted.get(name, found[name]) != found[name]:
            vondsten.append(Vondst(Soort.HANDTEKENING, name, "is niet het bestand dat het logboek noemt"))
    return tuple(one for one in judged.values() if one.goed), vondsten


def _left(
    listed: dict[str, dict[str, Any]], found: dict[str, dict[str, Any]], gone: Vernietiging | None
) -> dict[str, dict[str, Any]]:
    """What must still be there: not what was destroyed and is gone."""
    return {name: facts for name, facts in listed.items() if name in found or gone is None or name not in gone.namen}


def _destroyed(found: dict[str, dict[str, Any]], gone: Vernietiging | None) -> list[Vondst]:
    if gone is None:
        return []
    still = sorted(gone.namen & found.keys())
    number = len(gone.namen) - len(still)
    vondsten = [Vondst(Soort.VERNIETIGD, f"{number} bestanden met personen", f"{gone}")] if number else []
    return vondsten + [
        Vondst(Soort.VERNIETIGD, name, f"is er nog, maar moest weg ({gone}); draai `voortgang opschonen` opnieuw")
        for name in still
    ]


def _compare(listed: dict[str, dict[str, Any]], found: dict[str, dict[str, Any]]) -> list[Vondst]:
    vondsten = []
    for name in sorted(listed.keys() | found.keys()):
        if name not in found:
            vondsten.append(Vondst(Soort.ONTBREEKT, name, "staat in het manifest, maar is er niet meer"))
        elif name not in listed:
            vondsten.append(Vondst(Soort.TE_VEEL, name, "staat niet in het manifest; het is later toegevoegd"))
        elif listed[name] != found[name]:
            vondsten.append(
                Vondst(
                    Soort.GEWIJZIGD,
                    name,
                    f"is veranderd na het maken: {_facts(listed[name])} volgens het manifest, {_facts(found[name])} nu",
                )
            )
    return vondsten


def _foreign(folder: Path) -> list[Vondst]:
    """What an edition never holds: a link (whatever it leads to), a pipe or device, a folder without files."""
    vondsten = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            vondsten.append(Vondst(Soort.TE_VEEL, name, "is een verwijzing naar elders, geen bestand van de editie"))
        elif path.is_dir():
            if not any(path.iterdir()):
                vondsten.append(Vondst(Soort.TE_VEEL, name, "is een lege map; die is later toegevoegd"))
        elif not path.is_file():
            vondsten.append(Vondst(Soort.TE_VEEL, name, "is geen gewoon bestand; het is later toegevoegd"))
    return vondsten


def _facts(facts: dict[str, Any]) -> str:
    if facts["sha256"] == UNREADABLE:
        return UNREADABLE
    return f"{facts['bytes']} bytes met sha256 {facts['sha256'][:_SHOWN]}"


def about_manifest(output: Path, periode: Periode, nummer: int) -> list[Vondst]:
    """The logbook outside the edition noted the hash of its manifest: who edits both files and manifest is seen."""
    noted = noted_manifests(output, periode, nummer)
    sha256 = sha256_file(edition_folder(output, periode, nummer) / MANIFEST)
    if not noted:
        return [Vondst(Soort.LOGBOEK, "logboek.jsonl", f"noemt editie {nummer} niet; het manifest staat op zichzelf")]
    if sha256 not in noted:
        return [
            Vondst(
                Soort.MANIFEST,
                MANIFEST,
                f"is veranderd na het maken: sha256 {noted[-1][:_SHOWN]} volgens het logboek, {sha256[:_SHOWN]} nu",
            )
        ]
    return []


def _about_mark(output: Path, periode: Periode) -> list[Vondst]:
    mark = read_mark(output, periode)
    judged = ((Soort.MERK, mark.bezwaar), (Soort.MERK_ONAF, mark.onaf))
    return [Vondst(soort, PUBLISHED, text) for soort, text in judged if text]


def _own_number(manifest: dict[str, Any], nummer: int) -> list[Vondst]:
    if manifest["editie"] == nummer:
        return []
    return [Vondst(Soort.MANIFEST, MANIFEST, f"is van editie {manifest['editie']}, niet van editie {nummer}")]


def changed_circumstances(manifest: dict[str, Any]) -> list[Vondst]:
    """What works today and is not what worked then: code, packages, system libraries, reference data; each by name."""
    now = {**circumstances(), **{f"referentie {file.naam}": file.sha256 for file in reference_files()}}
    then = {
        **{f"code {key}": value for key, value in manifest["code"].items()},
        **{f"pakket {key}": value for key, value in manifest.get("pakketten", {}).items()},
        **{f"systeem {key}": value for key, value in manifest.get("systeem", {}).items()},
        **{f"referentie {file['naam']}": file["sha256"] for file in manifest["referentie"]},
    }
    return compare_circumstances(then, now)


def compare_circumstances(then: dict[str, Any], now: dict[str, Any]) -> list[Vondst]:
    """What works today and is not what worked then, each by name."""
    same_code = then.get("code sha256") == now.get("code sha256")
    return [
        Vondst(
            Soort.COMMIT if name == _COMMIT and same_code else Soort.OMSTANDIGHEID,
            name,
            f"{_short(then.get(name))} bij het maken, {_short(now.get(name))} nu"
            + ("; elk bestand van het programma is gelijk" if name == _COMMIT and same_code else ""),
        )
        for name in sorted(now.keys() | then.keys())
        if now.get(name) != then.get(name)
    ]


def _short(value: object) -> str:
    return "niets" if value is None else str(value)[:40]


def _excused(name: str, other: Sequence[str]) -> bool:
    """Whether what works otherwise today (`other`) can make this file another one: what only sets pages and draws
    changes documents, and the manifest that holds their hashes; anything else may change every file.
    """
    if name == MANIFEST or name.endswith(_SET):
        return bool(other)
    return any(one not in _SETTING and not one.startswith(_SETTING_LIBRARIES) for one in other)


def _make_again(folder: Path, manifest: dict[str, Any], other: Sequence[str]) -> tuple[int, list[Vondst]]:
    """Number of files made again that are equal, and a find for each that is not.

    `other`: what works otherwise today than at the making, so that a difference of what it touches is no proof.
    """
    with TemporaryDirectory(prefix="voortgang-") as place:
        target = Path(place) / folder.name
        target.mkdir()
        outside = public_folder(folder)
        try:
            with frozen_warehouse(folder, Path(place)) as con:
                write_edition(con, target, Besluit.van(manifest), _named(manifest))
                if outside.is_dir():
                    from pipeline.core.public_edition import write_again

                    besluit = Besluit.van(manifest)
                    write_again(con, outside, public_folder(target), besluit, folder / MANIFEST, _named(manifest))
        except (VoortgangFout, duckdb.Error) as error:
            return 0, [Vondst(Soort.VERSCHIL, "editie", f"is niet opnieuw te maken: {error}")]
        made, vondsten = _differences(folder, target, other)
        if outside.is_dir():
            more, others = _differences(outside, public_folder(target), other)
            made += more
            vondsten += [Vondst(one.soort, f"openbaar/{one.naam}", one.uitleg) for one in others]
        return made - len(vondsten), vondsten


def _differences(folder: Path, target: Path, other: Sequence[str]) -> tuple[int, list[Vondst]]:
    """How many files were made again in `target`, and a find for each that is not what `folder` keeps."""
    made = output_hashes(target)
    kept = output_hashes(folder)
    vondsten = []
    for name in sorted(made.keys() | kept.keys()):
        because = _excused(name, other)
        if made.get(name) == kept.get(name) or (because and name == MANIFEST):
            continue
        soort = Soort.VERSCHIL if because else Soort.GEWIJZIGD
        there = (name in kept, name in made)
        vondsten.append(Vondst(soort, name, _how(folder / name, target / name, there, because=because)))
    return len(made), vondsten


def _named(manifest: dict[str, Any]) -> Code:
    """What to call the code that works: as the edition does when it is the same, whatever commit it stands in now."""
    now = code_identity()
    then = manifest["code"]
    return (
        replace(now, commit=then["commit"]) if (now.sha256, now.versie) == (then.get("sha256"), then["versie"]) else now
    )


def _how(kept: Path, made: Path, there: tuple[bool, bool], *, because: bool) -> str:
    if not there[1]:
        return "komt niet uit de bronnen van de editie"
    if not there[0]:
        return "komt wel uit de bronnen, maar staat niet in de editie"
    why = "; dat kan door de andere omstandigheden komen" if because else ""
    if not (kept.is_file() and made.is_file()) or is_encrypted(kept) or is_encrypted(made):
        return f"komt, ontsleuteld, niet byte voor byte uit de bronnen{why}"
    where = next(
        (
            place
            for place, (one, two) in enumerate(zip(kept.read_bytes(), made.read_bytes(), strict=False))
            if one != two
        ),
        min(kept.stat().st_size, made.stat().st_size),
    )
    fields = f" ({_fields(kept, made)})" if kept.name == MANIFEST else ""
    return f"komt niet byte voor byte uit de bronnen (eerste verschil op plaats {where}){fields}{why}"


def _fields(kept: Path, made: Path) -> str:
    """The entries of a manifest that differ, for whoever edited one."""
    one, two = (json.loads(path.read_text(encoding="utf-8")) for path in (kept, made))
    return ", ".join(key for key in sorted(one.keys() | two.keys()) if one.get(key) != two.get(key)) or "alleen opmaak"
