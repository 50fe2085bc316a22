"""Corrections of a delivery as data: `correcties.toml` says which row is wrong, since when that is known, and why.

Belongs here: reading that file, applying it to a landed table (all text, V-numbers already replaced), and the list for
the verantwoording. Not here: judging values, also corrected ones (rules.py).

A correction names what it expects to find. When the source has changed since, the correction is not applied to
something else but refused by name: a correction that outlived its error must be taken out.

    [[correctie]]
    extract = "coa_afmeldingen"
    waar = { afmelding_id = "A123" }            # column = value; also bestand and regel
    actie = "wijzig"                            # wijzig | verwijder | voeg_toe
    kolom = "gemeente"
    nieuw = "Assen"                             # voeg_toe: a table of column = value
    verwacht = { waarde = "Asten", rijen = 1 }  # what stands there now, and in how many rows (1 when left out)
    reden = "Verkeerde gemeente gekozen; bevestigd door het COA"
    gemeld_op = 2016-07-12
    status = "toegezegd"                        # gemeld | toegezegd | hersteld_in_bron (correctionstatus.py)
"""

# Names in the SQL are checked against the columns of the landed table; values are parameters.

import hashlib
import json
import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.core.errors import InvoerFout
from pipeline.core.intake.correctionstatus import STATUSSEN, status_findings
from pipeline.core.intake.findings import Bevinding, quoted, shown_value
from pipeline.core.intake.pseudonyms import masked

if TYPE_CHECKING:
    pass

BESTAND = "correcties.toml"
ACTIES = ("wijzig", "verwijder", "voeg_toe")
_KEYS = frozenset({"extract", "waar", "actie", "kolom", "nieuw", "reden", "gemeld_op", "status", "verwacht"})
_PLACES = ("bestand", "regel")
_BLOCK = re.compile(r"[ \t]*\[\[[ \t]*correctie[ \t]*\]\][ \t]*(#.*)?")
_LARGEST = 1_000_000
_MOST = 10_000

Values = tuple[tuple[str, str], ...]


class CorrectieFout(InvoerFout):
    """A correction cannot be read, or does not fit what was delivered."""


@dataclass(frozen=True)
class Correctie:
    """One correction, `volgnummer` from 1 in the order of the file.

    `waar` and `rij` (what voeg_toe adds) are pairs of column and value in the order of the file; `oud` is the value
    that must stand there, None when only the number of rows is guarded. `bron`, `bron_regel` and `bron_sha256`: the
    file in which the correction stands, as it was delivered, the line on which it begins (None where the file does not
    write it as a block of its own), and the SHA-256 of the bytes of that file.
    """

    volgnummer: int
    extract: str
    waar: Values
    actie: str
    kolom: str | None
    nieuw: str | None
    rij: Values
    oud: str | None
    rijen: int
    reden: str
    gemeld_op: date
    status: str
    bestand: str | None = None
    regel: int | None = None
    bron: str = BESTAND
    bron_regel: int | None = None
    bron_sha256: str = ""

    @property
    def naam(self) -> str:
        """How messages call it."""
        return f"{BESTAND}, correctie {self.volgnummer}"


@dataclass(frozen=True)
class Toegepast:
    """A correction that met one file; `rijen` rows were changed, removed or added: none when the source is mended."""

    correctie: Correctie
    bestand: str
    rijen: int

    @property
    def erbij(self) -> int:
        """Rows added less rows removed: what the account of the file must allow for."""
        return {"voeg_toe": self.rijen, "verwijder": -self.rijen}.get(self.correctie.actie, 0)


def load(levering: Path, extracten: Collection[str], briefdatum: date = date.max) -> tuple[Correctie, ...]:
    """The corrections in the folder of a delivery, none when it has no such file.

    `extracten` are the known ones; a letter of `briefdatum` cannot hold what was reported later. Raises CorrectieFout
    that lists everything wrong with the file.
    """
    # A name with other capitals is the same file to whoever delivers it; to skip it would be silent.
    found = sorted(path for path in levering.iterdir() if path.name.casefold() == BESTAND) if levering.is_dir() else []
    if not found:
        return ()
    if len(found) > 1:
        raise CorrectieFout(
            f"er zijn {len(found)} bestanden die {BESTAND} heten, met andere hoofdletters; laat er één staan"
        )
    path = found[0]
    try:
        if path.stat().st_size > _LARGEST:
            raise CorrectieFout(f"{BESTAND} is groter dan {_LARGEST} bytes; verwacht een lijst van correcties")
        content = path.read_bytes()
        text = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CorrectieFout(f"{BESTAND} is geen geldige TOML: {masked(str(error))}") from error
    except UnicodeDecodeError as error:
        raise CorrectieFout(f"{BESTAND} staat niet in UTF-8; bewaar het bestand in UTF-8") from error
    except OSError as error:
        raise CorrectieFout(f"{BESTAND} kan niet worden gelezen ({error.strerror})") from error
    # tomllib parses nested tables by recursion.
    except RecursionError as error:
        raise CorrectieFout(f"{BESTAND} is te diep genest; verwacht een lijst van correcties") from error
    found_lines = _lines(text)
    corrections = _corrections(document, extracten, briefdatum)
    whole = len(found_lines) == len(corrections)
    return tuple(
        replace(
            item,
            bron=path.name,
            bron_regel=found_lines[item.volgnummer - 1] if whole else None,
            bron_sha256=hashlib.sha256(content).hexdigest(),
        )
        for item in corrections
    )


def _lines(text: str) -> list[int]:
    """The numbers of the lines that begin a block [[correctie]]."""
    return [number for number, line in enumerate(text.split("\n"), start=1) if _BLOCK.fullmatch(line)]


def unapplied(correcties: Iterable[Correctie], toegepast: Iterable[Toegepast]) -> tuple[Correctie, ...]:
    """The corrections that met no file: their extract or file was not delivered. The caller refuses the delivery."""
    done = {item.correctie.volgnummer for item in toegepast}
    return tuple(item for item in correcties if item.volgnummer not in done)


def refuse_unapplied(
    correcties: Iterable[Correctie], toegepast: Iterable[Toegepast], bestanden: Iterable[tuple[str, str]]
) -> None:
    """CorrectieFout when a correction met no file. `bestanden`: extract and name of every delivered file."""
    left = unapplied(correcties, toegepast)
    if left:
        files = tuple(bestanden)
        lines = tuple(f"{item.naam}: {_why_unapplied(item, files)}" for item in left)
        raise CorrectieFout("Niet alle correcties zijn toegepast.", lines)


def _why_unapplied(item: Correctie, files: tuple[tuple[str, str], ...]) -> str:
    """Why a correction met no file, and what to do."""
    delivered = {name for extract, name in files if extract == item.extract}
    if not delivered:
        named = "" if item.bestand is None else f", dus ook {quoted(_shown(item.bestand))} niet"
        return f"van extract {quoted(item.extract)} is geen bestand geleverd{named}; verwijder de correctie."
    example = quoted(_shown(min(delivered)))
    if item.bestand is None and len(delivered) > 1:
        return (
            f"van extract {quoted(item.extract)} zijn er {len(delivered)} bestanden; noem in waar om welk bestand het "
            f"gaat, zoals bestand = {example}."
        )
    if item.bestand is not None and item.bestand not in delivered:
        return (
            f"er is geen bestand {quoted(_shown(item.bestand))} van extract {quoted(item.extract)}; verbeter bestand "
            f"in waar, zoals bestand = {example}, of verwijder de correctie."
        )
    return (
        f"bestand {quoted(_shown(item.bestand or min(delivered)))} is geweigerd, dus is er niets in te verbeteren; "
        "laat het opnieuw aanleveren of verwijder de correctie."
    )


def findings(toegepast: Iterable[Toegepast]) -> tuple[Bevinding, ...]:
    """What must be said of corrections because of their status."""
    return status_findings(
        BESTAND, ((item.correctie.volgnummer, item.correctie.status, item.correctie.extract) for item in toegepast)
    )


def listing(toegepast: Iterable[Toegepast]) -> list[list[str | int | None]]:
    """Rows for `levering.correcties` (volgnummer, extract, waar, actie, kolom, oud, nieuw, reden, gemeld_op, status,
    rijen, bestanden, bron, bron_regel, bron_sha256), V-numbers masked; one row per correction, its rows over all files
    together and `bestanden` the names of those files.
    """
    met: dict[int, list[Toegepast]] = {}
    for item in sorted(toegepast, key=lambda item: item.correctie.volgnummer):
        met.setdefault(item.correctie.volgnummer, []).append(item)
    return [_listed(items) for items in met.values()]


def _listed(met: list[Toegepast]) -> list[str | int | None]:
    item = met[0].correctie
    places = [("bestand", item.bestand), ("regel", None if item.regel is None else str(item.regel))]
    where = "; ".join(f"{name} = {value}" for name, value in (*places, *item.waar) if value is not None)
    new = item.nieuw if item.actie != "voeg_toe" else json.dumps(dict(item.rij), ensure_ascii=False)
    return [
        item.volgnummer,
        item.extract,
        masked(where),
        item.actie,
        item.kolom,
        None if item.oud is None else masked(item.oud),
        None if new is None else masked(new),
        masked(item.reden),
        item.gemeld_op.isoformat(),
        item.status,
        sum(one.rijen for one in met),
        "; ".join(sorted({masked(one.bestand) for one in met})),
        item.bron,
        item.bron_regel,
        item.bron_sha256,
    ]


def _shown(value: str) -> str:
    return shown_value(masked(value))


def _corrections(document: Mapping[str, object], extracten: Collection[str], briefdatum: date) -> tuple[Correctie, ...]:
    items = document.get("correctie", [])
    if (
        set(document) - {"correctie"}
        or not isinstance(items, list)
        or not all(isinstance(item, dict) for item in items)
    ):
        raise CorrectieFout(f"{BESTAND}: verwacht alleen blokken [[correctie]]")
    if len(items) > _MOST:
        raise CorrectieFout(f"{BESTAND} telt {len(items)} correcties; verwacht ten hoogste {_MOST}")
    problems: list[str] = []
    corrections: list[Correctie] = []
    for number, item in enumerate(items, start=1):
        found = _problems(item, extracten, briefdatum)
        problems += [f"{BESTAND}, correctie {number}: {problem}" for problem in found]
        if not found:
            corrections.append(_correction(number, item))
    if problems:
        raise CorrectieFout(f"{BESTAND} is niet te gebruiken.", tuple(problems))
    return tuple(corrections)


def _problems(item: Mapping[str, object], extracten: Collection[str], briefdatum: date) -> list[str]:
    """Everything wrong with one correction, in Dutch."""
    from pipeline.core.intake.correctionform import problems

    return problems(item, extracten, _KEYS, ACTIES, STATUSSEN, briefdatum)


def _correction(number: int, item: Mapping[str, object]) -> Correctie:
    waar = _pairs(item["waar"])
    verwacht = item.get("verwacht")
    expected: dict[str, object] = dict(verwacht) if isinstance(verwacht, dict) else {}
    actie, nieuw = str(item["actie"]), item.get("nieuw")
    place = dict(waar)
    return Correctie(
        volgnummer=number,
        extract=str(item["extract"]),
        waar=tuple((name, value) for name, value in waar if name not in _PLACES),
        actie=actie,
        kolom=None if item.get("kolom") is None else str(item["kolom"]),
        nieuw=None if nieuw is None or actie == "voeg_toe" else text_of(nieuw),
        rij=_pairs(nieuw) if actie == "voeg_toe" else (),
        oud=None if expected.get("waarde") is None else text_of(expected["waarde"]),
        rijen=int(str(expected.get("rijen", 0 if actie == "voeg_toe" else 1))),
        reden=str(item["reden"]).strip(),
        gemeld_op=date.fromisoformat(text_of(item["gemeld_op"])),
        status=str(item["status"]),
        bestand=place.get("bestand"),
        regel=int(place["regel"]) if "regel" in place else None,
    )


def _pairs(value: object) -> Values:
    return tuple((str(name), text_of(cell)) for name, cell in value.items()) if isinstance(value, dict) else ()


def text_of(value: object) -> str:
    """A TOML value as it would stand in a file."""
    if isinstance(value, datetime):
        return value.isoformat(" ")
    return value.isoformat() if isinstance(value, date) else str(value)
