"""Whether sheets are what came out of their edition: their files against their manifest, and made again from the
edition.

Belongs here: comparing. Not here: making (making.py), proving the edition itself (verification.py).
"""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pipeline.core.edition_store import EditieFout, edition_folder, manifest_of
from pipeline.core.errors import GebruiksFout
from pipeline.core.explain.explain import chosen_edition
from pipeline.core.manifest import MANIFEST, circumstances, output_hashes, sha256_file
from pipeline.core.periods import Periode
from pipeline.core.sheets.figures import read_sheets
from pipeline.core.sheets.making import libraries, read_manifest, refuse_touched, sheets_folder, write_sheets
from pipeline.core.verification import Soort, Verificatie, Vondst, compare_circumstances, compare_outputs


def verify_sheets(
    output: Path,
    periode: Periode,
    *,
    nummer: int | None = None,
    selection: bool = False,
    place: Path | None = None,
    processen: int | None = None,
) -> Verificatie:
    """Compare the sheets of an edition with their manifest and their edition, then make them again and compare every
    byte; they are not made again where something was touched.

    GebruiksFout when there are none; EditieFout for a manifest that cannot be read, or an edition that was touched.
    """
    periode, nummer = chosen_edition(output, periode, nummer)
    place = place or sheets_folder(output, periode, nummer, selection=selection)
    if not place.is_dir():
        raise GebruiksFout(f"er zijn geen gemeentebladen van editie {nummer} van {periode} in {place}")
    found = read_manifest(place)
    listed = found.pop("uitvoer")
    folder = edition_folder(output, periode, nummer)
    finds = [*compare_outputs(place, listed), *_of_this_edition(found, folder, periode, nummer)]
    if finds:
        return Verificatie(str(periode), nummer, len(listed), 0, tuple(finds))
    manifest = manifest_of(folder)
    refuse_touched(output, periode, nummer, manifest)
    other = compare_circumstances(_then(found), {**circumstances(), **_named("pakket", libraries())})
    source = read_sheets(folder, manifest, periode)
    wanted = tuple(one for one in source.gemeenten if one.code in set(found["gemeenten"]))
    with TemporaryDirectory(prefix="voortgang-") as scratch:
        write_sheets(source, wanted, Path(scratch), found, processen)
        made = output_hashes(Path(scratch))
    made.pop(MANIFEST)
    differs = sorted(name for name in made.keys() | listed.keys() if made.get(name) != listed.get(name))
    kind = Soort.VERSCHIL if other else Soort.GEWIJZIGD
    why = "; dat kan door de andere omstandigheden komen" if other else ""
    finds = [*other, *(Vondst(kind, name, f"komt niet byte voor byte uit de editie{why}") for name in differs)]
    return Verificatie(str(periode), nummer, len(listed), len(made) - len(differs), tuple(finds))


def _of_this_edition(found: dict[str, Any], folder: Path, periode: Periode, nummer: int) -> list[Vondst]:
    try:
        same = (found["periode"], found["editie"]) == (str(periode), nummer)
        same = same and found["editie_manifest_sha256"] == sha256_file(folder / MANIFEST)
        known = isinstance(found["gemeenten"], list) and isinstance(found["bundel"], bool)
    except KeyError as error:
        raise EditieFout(f"het manifest van de gemeentebladen mist {error}; maak de bladen opnieuw") from error
    if same and known:
        return []
    return [
        Vondst(Soort.MANIFEST, MANIFEST, f"is niet van bladen uit editie {nummer} van {periode} zoals die er nu is")
    ]


def _then(found: dict[str, Any]) -> dict[str, Any]:
    return {
        **_named("code", found.get("code", {})),
        **_named("pakket", found.get("pakketten", {})),
        **_named("systeem", found.get("systeem", {})),
    }


def _named(kind: str, values: dict[str, Any]) -> dict[str, Any]:
    return {f"{kind} {name}": value for name, value in values.items()}
