"""A gemeenteblad as HTML with its two charts, and the first page of the bundle of all of them.

Belongs here: what their templates get. Not here: the look and the words (`report_templates/gemeenteblad`), drawing
(sheet_charts.py), which municipalities there are and what they are compared with (sheets/figures.py), typesetting
(sheet_pool.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from pipeline.core.document.chart_data import maandreeks
from pipeline.core.document.render import meta_tekst
from pipeline.core.document.sheet_charts import (
    Verdeling,
    alt_gemeente,
    alt_verdeling,
    teken_maanden,
    teken_verdeling,
)
from pipeline.core.document.templating import sjabloon_omgeving
from pipeline.core.errors import DocumentFout, OnbekendCijfer
from pipeline.core.house import house_path

if TYPE_CHECKING:
    from pipeline.core.document.meta import DocumentMeta
    from pipeline.core.figures import Definitie, Register
    from pipeline.core.sheets.figures import Gemeente, Groep

SJABLONEN = "gemeenteblad"
STIJL = "gemeenteblad.css"
# From this length on a name is set smaller, so that it stays on one line; beyond the second it is cut off. None of
# the Netherlands is that long, and one page is what a sheet has.
_LANG, _HOOGSTENS = 38, 60


def style_sheet() -> Path:
    """The style sheet of sheets and bundle."""
    return house_path("report_templates") / SJABLONEN / STIJL


@dataclass(frozen=True)
class Blad:
    """A page before it is typeset: its HTML, and the pictures to which that refers, by file name."""

    html: str
    beelden: Mapping[str, str]


class Bladmaker:
    """Makes the sheet of one municipality after another, from one register."""

    def __init__(self, register: "Register", meta: "DocumentMeta") -> None:
        self._register, self._meta = register, meta
        self._woorden = meta_tekst(meta)
        omgeving = sjabloon_omgeving(register, _ZonderTabellen(), SJABLONEN)
        omgeving.globals["definitie"] = lambda cijfer_id: self._definitie(cijfer_id).definitie
        omgeving.globals["bron"] = lambda cijfer_id: self._definitie(cijfer_id).bron
        self._blad = omgeving.get_template("gemeenteblad.html.j2")
        self._bundel = omgeving.get_template("bundel.html.j2")

    def blad(self, gemeente: "Gemeente") -> Blad:
        """The sheet of a municipality; OnbekendCijfer when the register lacks a figure of it."""
        naam, provincie = _gezet(gemeente.naam), _gezet(gemeente.provincie)
        soort = self._soort(gemeente)
        groep = gemeente.groepen[soort]
        maanden = maandreeks(self._register, self._meta.periode, gemeente.code)
        verdeling = self._verdeling(gemeente.code, naam, soort, groep)
        html = self._blad.render(
            meta=self._woorden,
            gm=gemeente.code,
            gemeente=naam,
            lang=len(naam) >= _LANG,
            provincie=provincie,
            grootte=_grootte(gemeente),
            groepsnaam=verdeling.groep,
            alt={"maanden": alt_gemeente(maanden), "verdeling": alt_verdeling(verdeling)},
        )
        return Blad(html, {"maanden.svg": teken_maanden(maanden), "verdeling.svg": teken_verdeling(verdeling)})

    def voorblad(self, gemeenten: Sequence["Gemeente"]) -> Blad:
        """The first page of a bundle of sheets in this order, each of one page."""
        bladen = [(_gezet(gemeente.naam), str(nummer)) for nummer, gemeente in enumerate(gemeenten, 2)]
        return Blad(self._bundel.render(meta=self._woorden, bladen=bladen), {})

    def _soort(self, gemeente: "Gemeente") -> str:
        """Whether the chart shows those of the same size, or of the province where none of these has a percentage."""
        met = self._register.cijfer("vergelijking.grootte_met_percentage", gemeente.code).waarde
        return "grootte" if met else "provincie"

    def _verdeling(self, code: str, naam: str, soort: str, groep: "Groep") -> Verdeling:
        alle = (self._register.cijfer("realisatie.percentage", lid) for lid in groep.leden if lid != code)
        return Verdeling(
            gemeente=naam,
            groep=f"gemeenten met {groep.naam}" if soort == "grootte" else f"gemeenten in {_gezet(groep.naam)}",
            eigen=self._register.cijfer("realisatie.percentage", code),
            anderen=tuple(cijfer for cijfer in alle if cijfer.waarde is not None),
            samen=self._register.cijfer(f"vergelijking.{soort}_realisatie_procent", code),
            plaats=self._register.cijfer(f"vergelijking.{soort}_plaats", code),
            met_plaats=self._register.cijfer(f"vergelijking.{soort}_met_percentage", code),
        )

    def _definitie(self, cijfer_id: str) -> "Definitie":
        try:
            return self._register.definities[cijfer_id]
        except KeyError:
            raise OnbekendCijfer(f"cijfer {cijfer_id!r} heeft geen definitie") from None


def _grootte(gemeente: "Gemeente") -> str:
    groep = gemeente.groepen.get("grootte")
    return f"Met {groep.naam}" if groep else "Van dezelfde grootte"


def _gezet(naam: str) -> str:
    """A name as it is set; the tables keep the official spelling."""
    gezet = naam.replace("'", "’")
    return gezet if len(gezet) <= _HOOGSTENS else f"{gezet[: _HOOGSTENS - 1].rstrip()}…"


class _ZonderTabellen:
    """A sheet has no table of labels: all that it prints is a figure, a definition or a name."""

    def rows(self, table: str) -> NoReturn:
        raise DocumentFout(f"een gemeenteblad leest geen tabellen ({table})")
