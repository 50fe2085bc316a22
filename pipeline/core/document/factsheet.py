"""The factsheet: two pages of key figures from the same register as the report.

Belongs here: what its template gets. Not here: the look and the words (`report_templates/factsheet`), drawing
(charts.py), WeasyPrint (pdf.py).
"""

import shutil
from pathlib import Path
from typing import Any

from pipeline.core.document import chart_data, charts
from pipeline.core.document.dutch import bijeen_html
from pipeline.core.document.meta import DocumentMeta
from pipeline.core.document.pdf import render_pdf
from pipeline.core.document.prose import Cijferbron, telwoord
from pipeline.core.document.render import meta_tekst
from pipeline.core.document.templating import Tabellen, sjabloon_omgeving
from pipeline.core.document.texts import Teksten
from pipeline.core.house import house_path

SJABLONEN = "factsheet"
_STIJL = "factsheet.css"
# Characters that fit in the columns of names; no province and three municipalities of 2016, none large, are longer.
_HOOGSTENS_GEMEENTE, _HOOGSTENS_PROVINCIE = 26, 18


def render_factsheet(register: Cijferbron, tables: Tabellen, meta: DocumentMeta, workdir: Path, out_path: Path) -> None:
    """Make the factsheet at `out_path`; `workdir` is scratch. The same figures and facts give the same bytes."""
    render_pdf(build_factsheet(register, tables, meta, workdir), workdir, out_path, meta)


def build_factsheet(register: Cijferbron, tables: Tabellen, meta: DocumentMeta, workdir: Path) -> str:
    """The factsheet as HTML; its chart and its style sheet are put in `workdir`, to which the HTML refers."""
    sjablonen = house_path("report_templates") / SJABLONEN
    shutil.copyfile(sjablonen / _STIJL, workdir / _STIJL)
    maanden = chart_data.maandreeks(register, meta.periode)
    (workdir / "kerncijfers-maanden.svg").write_bytes(charts.teken_maanden(maanden))
    omgeving = sjabloon_omgeving(register, tables, SJABLONEN)
    woorden = meta_tekst(meta)
    omgeving.globals["tekst"] = Teksten(register, sjablonen, woorden["periode"], woorden).tekst
    grootste = _grootste(tables)
    html = omgeving.get_template("factsheet.html.j2").render(
        meta=woorden,
        figuren={"maanden": {"bestand": "kerncijfers-maanden.svg", "alt": charts.alt_maanden(maanden)}},
        provincies=_provincies(tables),
        grootste=grootste,
        aantal_grootste=telwoord(len(grootste)),
    )
    return bijeen_html(html)


def _provincies(tables: Tabellen) -> list[dict[str, Any]]:
    provincies = [rij for rij in tables.rows("report.gebieden") if rij["soort"] == "provincie"]
    return [
        {**rij, "naam": _op_een_regel(rij["naam"], _HOOGSTENS_PROVINCIE)}
        for rij in sorted(provincies, key=lambda rij: rij["volgorde"])
    ]


def _grootste(tables: Tabellen) -> list[dict[str, Any]]:
    """The municipalities of `report.grootste` in its order, with their words."""
    gemeenten = {rij["gemeentecode"]: rij for rij in tables.rows("report.gemeenten")}
    rijen = sorted(tables.rows("report.grootste"), key=lambda rij: rij["volgorde"])
    return [
        {
            **gemeenten[rij["gemeentecode"]],
            "gemeente": _op_een_regel(gemeenten[rij["gemeentecode"]]["gemeente"], _HOOGSTENS_GEMEENTE),
            "provincie": _op_een_regel(gemeenten[rij["gemeentecode"]]["provincie"], _HOOGSTENS_PROVINCIE),
        }
        for rij in rijen
    ]


def _op_een_regel(naam: str, hoogstens: int) -> str:
    """A name as it fits on one line of the table: two pages is what the factsheet has."""
    return naam if len(naam) <= hoogstens else f"{naam[: hoogstens - 1].rstrip()}…"
