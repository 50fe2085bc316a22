"""Gathers from the register what the charts on persons show: opvang, koppelingen, waiting times, reconciliation.

Belongs here: which figures go into which of these pictures, and whether they are known at all. Not here: drawing
(charts_bars.py, charts_curves.py), the figures of the taakstelling (chart_data.py), computing (sql/).
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from pipeline.core.document import charts_bars, charts_curves
from pipeline.core.document.charts_bars import Staaf, Staven, Stroom
from pipeline.core.document.charts_curves import Curve, Punt
from pipeline.core.document.dutch import format_datum
from pipeline.core.document.meta import DocumentMeta
from pipeline.core.document.prose import Cijferbron

# A picture: how to make it, and what it says to someone who does not see it.
Beeld = tuple[Callable[[], bytes], str]

_TRECHTER = (
    ("zonder_koppeling", "zonder koppeling"),
    ("binnen_norm", "gekoppeld, binnen de norm, geen aanbod"),
    ("langer_dan_norm", "gekoppeld, langer dan de norm, geen aanbod"),
    ("met_aanbod", "met aanbod"),
    ("met_huurcontract", "met huurcontract"),
)
_WEKEN = (
    ("weken_1_4", "1 tot en met 4 weken"),
    ("weken_5_13", "5 tot en met 13 weken"),
    ("weken_14_26", "14 tot en met 26 weken"),
    ("ernstig_vertraagd", "meer dan 26 weken, ernstig vertraagd"),
)
_REDENEN = (
    ("geen_woning", "geen woning"),
    ("groot_gezin", "groot gezin"),
    ("medisch", "medisch"),
    ("wacht_op_gezin", "wacht op gezinshereniging"),
    ("woning_in_aanbouw", "woning in aanbouw"),
    ("overig", "overig"),
)
_KLASSEN = (
    ("gelijk", "zelfde gemeente, zelfde dag"),
    ("andere_datum", "zelfde gemeente, andere dag"),
    ("andere_gemeente", "bij een andere gemeente"),
    ("gemeente_leverde_niet", "gemeente leverde geen lijst"),
    ("gemeente_ander_halfjaar", "bij de gemeente in een ander halfjaar"),
    ("alleen_coa", "alleen bij het COA"),
)
_TRAJECTEN = (
    ("vergunning_koppeling", "Van vergunning tot koppeling", "de vergunning", "de koppeling", "norm.koppeling"),
    ("koppeling_aanbod", "Van koppeling tot aanbod", "de koppeling", "het aanbod", "norm.aanbod"),
    ("koppeling_huisvesting", "Van koppeling tot huisvesting", "de koppeling", "huisvesting", "norm.huisvesting"),
)
_HELE_WEG = (
    "vergunning_huisvesting", "Van vergunning tot huisvesting", "de vergunning", "huisvesting", "norm.vergunning",
)  # fmt: skip


def beelden(register: Cijferbron, curven: Iterable[Any], meta: DocumentMeta) -> dict[str, Beeld]:
    """Every picture for which there are figures; nothing for what was not delivered."""

    def bekend(cijfer_id: str) -> bool:
        return register.bestaat(cijfer_id) and register.cijfer(cijfer_id).waarde is not None

    uit: dict[str, Beeld] = {}
    peildatum = format_datum(meta.peildatum)
    if bekend("opvang.totaal") and bekend("opvang.begin"):
        stroom = opvangstroom(register, meta)
        uit["stroom"] = (lambda: charts_bars.teken_stroom(stroom), charts_bars.alt_stroom(stroom))
    if bekend("koppelingen.langer_dan_norm"):
        uit["trechter"] = _staven(trechter(register, peildatum))
        uit["weken"] = _staven(weken(register, peildatum))
        uit["redenen"] = _staven(redenen(register, peildatum))
    if bekend("aansluiting.gelijk"):
        uit["aansluiting"] = _staven(aansluiting(register))
    rijen = list(curven)
    if bekend("wachttijd.vergunning_huisvesting_aantal") and rijen:
        hele_weg = _curve(register, rijen, _HELE_WEG)
        delen = tuple(_curve(register, rijen, traject) for traject in _TRAJECTEN)
        delen = tuple(curve for curve in delen if curve.punten)
        if hele_weg.punten:
            uit["curve"] = (lambda: charts_curves.teken_curve(hele_weg), charts_curves.alt_curve(hele_weg))
        if delen:
            uit["curves"] = (lambda: charts_curves.teken_curves(delen), charts_curves.alt_curves(delen))
    return uit


def _staven(gegevens: Staven) -> Beeld:
    return (lambda: charts_bars.teken_staven(gegevens), charts_bars.alt_staven(gegevens))


def opvangstroom(register: Cijferbron, meta: DocumentMeta) -> Stroom:
    """Stock and flow of the opvang over the half-year."""

    def staaf(cijfer_id: str, naam: str) -> Staaf:
        return Staaf(naam, register.cijfer(cijfer_id))

    return Stroom(
        begin=staaf("opvang.begin", f"in de opvang op\n{format_datum(meta.periode.begin)}"),
        erbij=(staaf("opvang.vergunningen", "kregen een\nvergunning"), staaf("opvang.nareis", "nareizigers")),
        eraf=(
            staaf("opvang.afgemeld", "naar een woning"),
            staaf("opvang.anders_vertrokken", "om een andere\nreden vertrokken"),
        ),
        eind=staaf("opvang.totaal", f"in de opvang op\n{format_datum(meta.peildatum)}"),
    )


def trechter(register: Cijferbron, peildatum: str) -> Staven:
    """The five states on the way to a house."""
    return Staven(
        f"de vergunninghouders in de opvang op {peildatum}, naar hun plaats op de weg naar een woning",
        tuple(
            Staaf(
                naam,
                register.cijfer(f"koppelingen.{code}"),
                register.cijfer(f"koppelingen.{code}_huishoudens"),
                nadruk=code == "langer_dan_norm",
            )
            for code, naam in _TRECHTER
        ),
        ("personen", "huishoudens"),
    )


def weken(register: Cijferbron, peildatum: str) -> Staven:
    """The overdue koppelingen by weeks beyond the norm."""
    return Staven(
        f"wie op {peildatum} langer dan de norm gekoppeld is, naar het aantal weken boven de norm",
        tuple(
            Staaf(
                naam,
                register.cijfer(f"koppelingen.te_lang_{code}"),
                register.cijfer(f"koppelingen.te_lang_{code}_huishoudens"),
                nadruk=code == "ernstig_vertraagd",
            )
            for code, naam in _WEKEN
        ),
        ("personen", "huishoudens"),
    )


def redenen(register: Cijferbron, peildatum: str) -> Staven:
    """The overdue koppelingen by the reason that the COA gives; the largest first, the others last.

    For whom no reason was given is not in the picture: the text beside it says how many these are.
    """
    familie = "koppelingen.te_lang_reden_vertraging_"
    staven = [
        Staaf(naam, register.cijfer(familie + code), register.cijfer(f"{familie}{code}_huishoudens"))
        for code, naam in _REDENEN
    ]
    return Staven(
        f"wie op {peildatum} langer dan de norm gekoppeld is, naar de reden van de vertraging",
        (*sorted(staven[:-1], key=lambda staaf: -(staaf.cijfer.waarde or 0)), staven[-1]),
        ("personen", "huishoudens"),
    )


def aansluiting(register: Cijferbron) -> Staven:
    """Whom the COA placed, by what the lists of the municipalities say; classes that nobody is in are left out."""
    staven = tuple(Staaf(naam, register.cijfer(f"aansluiting.{code}")) for code, naam in _KLASSEN)
    return Staven(
        "wie het COA in het halfjaar plaatste, naar wat de lijsten van de gemeenten zeggen",
        tuple(staaf for staaf in staven if staaf.cijfer.waarde) or staven[:1],
    )


def _curve(register: Cijferbron, rijen: Sequence[Any], traject: tuple[str, str, str, str, str]) -> Curve:
    code, naam, vanaf, tot, norm = traject
    familie = f"wachttijd.{code}"
    return Curve(
        naam,
        vanaf,
        tot,
        tuple(
            Punt(
                int(rij["dag"]),
                float(rij["wacht_nog_procent"]),
                float(rij["ondergrens_procent"]),
                float(rij["bovengrens_procent"]),
            )
            for rij in rijen
            if rij["traject"] == code and rij["ondergrens_procent"] is not None
        ),
        register.cijfer(f"{familie}_kwartiel_1_weken"),
        register.cijfer(f"{familie}_mediaan_weken"),
        register.cijfer(f"{familie}_kwartiel_3_weken"),
        register.cijfer(norm),
    )
