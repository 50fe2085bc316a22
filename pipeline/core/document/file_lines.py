"""The lines of the tables of files in the verantwoording: delivered and shipped, a series of files as one line.

Belongs here: which files are a series, and the hash that stands for it. Not here: reading files, or hashing them.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from pipeline.core.document.dutch import format_getal, opsomming
from pipeline.core.document.meta import Invoerbestand, Referentiebestand

# More files than this of one extract stand as one line in the table.
_HOOGSTENS_APART = 12
# So many shipped files of a series stand as one line.
_REEKS_VANAF = 3
_NUMMER = re.compile(r"\d+")


def invoer(bestanden: Sequence[Invoerbestand]) -> dict[str, Any]:
    """The delivered files: a line each, but an extract of many files (those of municipalities) as one line.

    The hash of such a line is that of its list: `<sha256>  <name>` per file, as sha256sum writes it. The list itself
    stands in the manifest of the edition.
    """
    per_extract: dict[str, list[Invoerbestand]] = {}
    for bestand in bestanden:
        per_extract.setdefault(bestand.extract, []).append(bestand)
    regels, reeksen = [], False
    for groep in per_extract.values():
        if len(groep) <= _HOOGSTENS_APART:
            regels += [_bestandsregel(bestand.bestand, bestand.sha256, [bestand]) for bestand in groep]
            continue
        naam = f"{groep[0].bestand.rpartition('/')[0]}/, {format_getal(len(groep))} bestanden"
        regels.append(_bestandsregel(naam, _kenmerk((b.sha256, b.bestand) for b in groep), groep))
        reeksen = True
    return {"invoer": regels, "reeksen": reeksen}


def referentie(bestanden: Sequence[Referentiebestand]) -> dict[str, Any]:
    """The shipped files: a line each, but a series of one source and licence as one line, as in `invoer`.

    A series are files beside each other whose names differ in a number alone.
    """
    reeksen = groupby(bestanden, key=lambda b: (_NUMMER.sub("*", b.naam), b.bron, b.licentie))
    regels, kortere = [], False
    for (_, bron, licentie), reeks in reeksen:
        groep = tuple(reeks)
        if len(groep) < _REEKS_VANAF:
            regels += [vars(bestand) for bestand in groep]
            continue
        naam = _reeksnaam([bestand.naam for bestand in groep])
        sha256 = _kenmerk((bestand.sha256, bestand.naam) for bestand in groep)
        regels.append({"naam": naam, "bron": bron, "licentie": licentie, "sha256": sha256})
        kortere = True
    return {"referentie": regels, "referentiereeksen": kortere}


def _reeksnaam(namen: Sequence[str]) -> str:
    """A series by the name that its files share and the number of each: gemeente_*.topojson: 2017, 2018 en 2022.

    By the first and the last name alone a year that is not among them would seem to be.
    """
    eigen = ["_".join(_NUMMER.findall(naam)) for naam in namen]
    return f"{_NUMMER.sub('*', namen[0])}, {format_getal(len(namen))} bestanden: {opsomming(eigen)}"


def _kenmerk(bestanden: Iterable[tuple[str, str]]) -> str:
    """The hash of a list of files: `<sha256>  <name>` per file, as sha256sum writes it."""
    return hashlib.sha256("".join(f"{sha256}  {naam}\n" for sha256, naam in bestanden).encode()).hexdigest()


def _bestandsregel(naam: str, sha256: str, groep: Sequence[Invoerbestand]) -> dict[str, str]:
    return {
        "bestand": naam,
        "leverancier": groep[0].leverancier,
        "sha256": sha256,
        "rijen": format_getal(sum(bestand.rijen_behouden + bestand.rijen_geweigerd for bestand in groep)),
        "geweigerd": format_getal(sum(bestand.rijen_geweigerd for bestand in groep)),
    }
