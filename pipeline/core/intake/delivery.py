"""The delivery as a folder: which file is which extract, and which files are nobody's.

Belongs here: finding files. Not here: looking into them (preflight.py).
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from pipeline.core.intake.contracts import Contract
from pipeline.core.intake.findings import Bevinding, Ernst
from pipeline.core.intake.litter import is_litter, litter_findings
from pipeline.core.intake.preflight import why_unreadable
from pipeline.core.periods import Periode

_OWN = frozenset({"herkomst.md", "leesmij.md", "voorbeeld.toml", "correcties.toml"})
"""Files that describe the delivery itself, in its top folder (lower case)."""


@dataclass(frozen=True)
class Entry:
    """A file (or a folder that poses as one): `name` is its path inside the delivery, with forward slashes."""

    name: str
    path: Path


@dataclass(frozen=True)
class Delivery:
    """The folder of one half-year, `entries` in the order of their names; `skipped`: what the deliverer's computer left
    among them (litter.py), names alone.
    """

    folder: Path
    entries: tuple[Entry, ...]
    unreadable: tuple[Bevinding, ...] = ()
    skipped: tuple[str, ...] = ()

    def of(self, contract: Contract) -> tuple[Entry, ...]:
        """The entries that the contract claims by its path; capitals do not matter."""
        return tuple(entry for entry in self.entries if _claims(contract, entry))

    def unclaimed(self, contracts: tuple[Contract, ...]) -> tuple[Entry, ...]:
        """The files that no contract claims."""
        return tuple(
            entry
            for entry in self.entries
            if entry.name.casefold() not in _OWN
            and not entry.path.is_dir()
            and not any(_claims(contract, entry) for contract in contracts)
        )


def open_delivery(folder: Path) -> Delivery | Bevinding:
    """The delivery in `folder`, or the finding that says why there is none."""
    if not folder.is_dir():
        what = (
            "dit is een bestand, geen map met een levering"
            if folder.exists()
            else "deze map met de levering bestaat niet"
        )
        return Bevinding(
            bestand=str(folder),
            reden=f"{what}.",
            herstel="Noem de juiste map met --levering.",
            ernst=Ernst.BLOKKADE,
            controle="levering",
        )
    errors: list[OSError] = []
    # Not rglob: that passes over a folder it may not read.
    walk = os.walk(folder, onerror=errors.append)
    paths = [Path(place, name) for place, folders, files in walk for name in (*folders, *files)]
    found = sorted((Entry(path.relative_to(folder).as_posix(), path) for path in paths), key=lambda entry: entry.name)
    litter = frozenset(entry for entry in found if is_litter(entry.name))
    entries = [entry for entry in found if entry not in litter]
    unreadable = [_unreadable(error, folder) for error in errors]
    unreadable += [_link(entry) for entry in found if entry.path.is_symlink() and entry.path.is_dir()]
    skipped = tuple(entry.name for entry in found if entry in litter and not entry.path.is_dir())
    return Delivery(folder, tuple(entries), tuple(unreadable), skipped)


Sporen = Mapping[str, tuple[int, ...] | None]
"""Per file of a delivery what moves when it is written or replaced; None where it cannot be seen."""


def traces(delivery: Delivery) -> Sporen:
    """The traces of all files as they are now."""
    return {entry.name: _trace(entry.path) for entry in delivery.entries if not entry.path.is_dir()}


def _trace(path: Path) -> tuple[int, ...] | None:
    try:
        facts = path.stat()
    except OSError:
        return None
    return (facts.st_ino, facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns)


def changed_findings(delivery: Delivery, before: Sporen) -> tuple[Bevinding, ...]:
    """What was written, replaced, added or removed since `before`: its hash and its rows could be of two deliveries."""
    found = open_delivery(delivery.folder)
    after = traces(found) if isinstance(found, Delivery) else {}
    return tuple(
        Bevinding(
            bestand=name,
            reden="dit bestand is veranderd terwijl de levering werd gelezen.",
            herstel="Wacht tot alle bestanden er staan en start opnieuw.",
            ernst=Ernst.BLOKKADE,
            controle="veranderd tijdens het lezen",
        )
        for name in sorted(before.keys() | after.keys())
        if before.get(name, ()) != after.get(name, ())
    )


def single_entry(delivery: Delivery, contract: Contract, periode: Periode) -> Entry | Bevinding:
    """The one file of an extract that must be there exactly once, or the finding that says what is wrong."""
    entries = delivery.of(contract)
    if len(entries) == 1:
        return entries[0]
    what = f"het overzicht van {periode}" if "*" in contract.path else "het juiste bestand"
    if entries:
        names = " en ".join(entry.name for entry in entries)
        reason = f"van dit extract zijn er {len(entries)} bestanden ({names}), dus het is niet zeker welk geldt."
        remedy = f"Laat alleen {what} staan."
    else:
        reason, remedy = _absent(delivery, contract, periode)
    return Bevinding(
        bestand=contract.path,
        reden=reason,
        herstel=remedy,
        ernst=Ernst.BLOKKADE,
        controle="bestand ontbreekt of dubbel",
    )


def _absent(delivery: Delivery, contract: Contract, periode: Periode) -> tuple[str, str]:
    if not contract.needed:
        others = (name for name in contract.needed_with if name != contract.name)
        reason = f"dit bestand ontbreekt; het hoort bij {' en '.join(others)}."
        return reason, "Zet het bestand op deze plaats, of lever alleen het overzicht aan."
    left = [entry.name for entry in delivery.unclaimed((contract,))]
    found = f"wel gevonden: {', '.join(left[:5])}{' …' if len(left) > 5 else ''}" if left else "de map is verder leeg"
    example = contract.path.replace("*", periode.eind.isoformat())
    return (
        f"dit bestand ontbreekt in de levering van {periode}; {found}.",
        f"Zet het overzicht op deze plaats, bijvoorbeeld als {example}.",
    )


def unclaimed_findings(delivery: Delivery, contracts: tuple[Contract, ...]) -> tuple[Bevinding, ...]:
    """A warning for every file that no contract claims, and what is said of litter: it is not read, and it is not
    passed over in silence.
    """
    unknown = tuple(
        Bevinding(
            bestand=entry.name,
            reden="dit bestand hoort bij geen enkel extract en is niet gelezen.",
            herstel="Controleer de naam en de map, of verwijder het bestand.",
            ernst=Ernst.WAARSCHUWING,
            controle="onbekend bestand",
        )
        for entry in delivery.unclaimed(contracts)
    )
    return (*unknown, *litter_findings(delivery.skipped))


def _unreadable(error: OSError, folder: Path) -> Bevinding:
    place = Path(str(error.filename))
    return Bevinding(
        bestand=str(folder) if place == folder else place.relative_to(folder).as_posix(),
        reden=f"deze map kan niet worden gelezen: {why_unreadable(error)}.",
        herstel="Zorg dat u de map mag lezen.",
        ernst=Ernst.BLOKKADE,
        controle="onleesbare map",
    )


def _link(entry: Entry) -> Bevinding:
    """os.walk does not follow a link to a folder, which may lead outside the delivery or round in a circle."""
    return Bevinding(
        bestand=entry.name,
        reden="dit is een verwijzing naar een andere map, en de bestanden daarin zijn niet gelezen.",
        herstel="Zet de map zelf op deze plaats.",
        ernst=Ernst.BLOKKADE,
        controle="verwijzing naar een map",
    )


def _claims(contract: Contract, entry: Entry) -> bool:
    return fnmatchcase(entry.name.casefold(), contract.path.casefold()) and entry.name.count(
        "/"
    ) == contract.path.count("/")
