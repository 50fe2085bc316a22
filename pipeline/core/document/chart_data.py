"""Gathers from the register what each chart and the map shows.

Belongs here: which figures go into which picture. Not here: drawing (charts.py, maps.py) or computing (sql/).
"""

from collections.abc import Iterable, Mapping
from typing import Any

from pipeline.core.document.charts import Maandreeks, Provinciestand, Saldoparen, Schemareeks
from pipeline.core.document.dutch import format_datum, halfjaar, maandnaam
from pipeline.core.document.maps import Kaartcijfers, Klasse
from pipeline.core.document.meta import DocumentMeta
from pipeline.core.document.prose import Cijferbron, heel
from pipeline.core.figures import Cijfer
from pipeline.core.periods import Periode

_MAANDEN = range(1, 7)


def maandreeks(register: Cijferbron, periode: Periode, gebied: str = "NL") -> Maandreeks:
    """Realisatie of an area per month and the pace that was needed."""
    return Maandreeks(
        halfjaar=halfjaar(periode),
        maanden=tuple(maandnaam(dag) for dag in periode.maanden),
        realisatie=_reeks(register, "realisatie.maand", gebied),
        tempo=register.cijfer("taakstelling.maandtempo", gebied),
    )


def schemareeks(register: Cijferbron, periode: Periode) -> Schemareeks:
    """Cumulative realisatie of the country beside the schedule."""
    return Schemareeks(
        halfjaar=halfjaar(periode),
        begin=format_datum(periode.begin),
        maanden=tuple(maandnaam(dag) for dag in periode.maanden),
        realisatie=_reeks(register, "realisatie.cumulatief"),
        schema=_reeks(register, "realisatie.schema"),
        percentage=register.cijfer("realisatie.percentage"),
        saldo=register.cijfer("saldo.eind"),
    )


def saldoparen(register: Cijferbron, meta: DocumentMeta) -> Saldoparen:
    """Gross achterstand, gross voorsprong and net saldo of the country at the start and on the peildatum."""
    return Saldoparen(
        datum_begin=format_datum(meta.periode.begin),
        datum_eind=format_datum(meta.peildatum),
        achterstand=_paar(register, "saldo.begin_achterstand", "saldo.achterstand"),
        voorsprong=_paar(register, "saldo.begin_voorsprong", "saldo.voorsprong"),
        saldo=_paar(register, "taakstelling.saldo_begin", "saldo.eind"),
    )


def provinciestanden(register: Cijferbron, gebieden: Iterable[Mapping[str, Any]]) -> tuple[Provinciestand, ...]:
    """Percentage and counts per stand of every province and of the country."""
    return tuple(
        Provinciestand(
            naam=rij["naam"],
            percentage=register.cijfer("realisatie.percentage", rij["gebied"]),
            achter=register.cijfer("stand.achter", rij["gebied"]),
            exact=register.cijfer("stand.exact", rij["gebied"]),
            voor=register.cijfer("stand.voor", rij["gebied"]),
            land=rij["soort"] == "land",
        )
        for rij in gebieden
        if rij["soort"] in ("land", "provincie")
    )


def kaartcijfers(register: Cijferbron, gebieden: Iterable[Mapping[str, Any]]) -> Kaartcijfers:
    """The classes of the map with their meaning and counts, and the municipalities far behind per province."""
    drempel = heel(register.cijfer("klasse.drempel_midden"))
    klassen = (
        ("op_schema", "Op schema", "op of boven het schema"),
        ("enigszins_achter", "Enigszins achter", f"vanaf {drempel} van het schema"),
        ("achter", "Ruim achter", f"minder dan {drempel} van het schema"),
    )
    return Kaartcijfers(
        gemeenten=register.cijfer("stand.gemeenten"),
        klassen=tuple(Klasse(code, naam, uitleg, register.cijfer(f"klasse.{code}")) for code, naam, uitleg in klassen),
        achter_per_provincie=tuple(
            (rij["naam"], register.cijfer("klasse.achter", rij["gebied"]))
            for rij in gebieden
            if rij["soort"] == "provincie"
        ),
    )


def _reeks(register: Cijferbron, familie: str, gebied: str = "NL") -> tuple[Cijfer, ...]:
    return tuple(register.cijfer(f"{familie}_{maand}", gebied) for maand in _MAANDEN)


def _paar(register: Cijferbron, begin: str, eind: str) -> tuple[Cijfer, Cijfer]:
    return register.cijfer(begin), register.cijfer(eind)
