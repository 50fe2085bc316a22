"""Holds the documents of a finished edition against the register of its warehouse: every number, one by one.

Belongs here: rendering the texts again with a register that remembers, and reading the files of the edition back. Not
here: the matching (herleiden.py).
"""

from datetime import date
from pathlib import Path

import duckdb
from docx import Document

from pipeline.core.document.definition_list import definitie_ankers
from pipeline.core.document.factsheet import build_factsheet
from pipeline.core.document.letter import write_letter
from pipeline.core.document.meta import DocumentMeta
from pipeline.core.document.render import WarehouseTabellen, build_document
from pipeline.core.document.trace import Spoorbron
from pipeline.core.figures import Register
from pipeline.core.periods import Periode
from tests.document.herleiden import (
    Herleid,
    afwijkende_waarden,
    herleid,
    lees_alineas,
    lees_getallen,
    verkeerde_koppen,
    vreemd_in_beeld,
)
from tests.document.pdftekst import Pdf
from tests.document.tagboom import lees_tags


def beoordeel(con: duckdb.DuckDBPyConnection, editie: Path, werk: Path) -> tuple[dict[str, Herleid], list[str]]:
    """What came of report, factsheet and letter, by name of the file, and everything that is wrong with them."""
    periode, peildatum, briefdatum = con.execute(
        "select periode, peildatum, briefdatum from invoer.parameters"
    ).fetchall()[0]
    meta = _feiten(periode, peildatum, briefdatum)
    register, tabellen = Register.from_connection(con), WarehouseTabellen(con)
    bron = Spoorbron(register)
    build_document(bron, tabellen, meta, werk)
    fout = [
        f"{pad.name}: {regel}"
        for pad in sorted(werk.glob("*.svg"))
        for regel in vreemd_in_beeld(pad.stem, pad.read_bytes(), bron)
    ]
    klassen = [rij["naam"] for rij in tabellen.rows("report.opvang_klassen") if rij["naam"]]
    pdf = Pdf(editie / f"voortgangsrapportage-{periode}.pdf")
    uit = {pdf.pad.name: herleid(lees_getallen(pdf, klassen), bron.spoor)}
    ankers = definitie_ankers(tabellen.rows("report.definities"))
    namen = {rij["gebied"]: rij["naam"] for rij in tabellen.rows("report.gebieden")}
    fout += map(str, verkeerde_koppen(lees_tags(pdf), uit[pdf.pad.name], ankers, namen))
    fout += map(str, afwijkende_waarden(uit[pdf.pad.name], bron))
    los = Spoorbron(register)
    build_factsheet(los, tabellen, meta, werk)
    blad = Pdf(editie / f"kerncijfers-{periode}.pdf")
    uit[blad.pad.name] = herleid(lees_getallen(blad), los.spoor)
    brief = Spoorbron(register)
    write_letter(brief, meta, werk / "brief.docx")
    naam = f"kamerbrief-{periode}.docx"
    alineas = [alinea.text for alinea in Document(str(editie / naam)).paragraphs]
    uit[naam] = herleid(lees_alineas(alineas), brief.spoor)
    fout += [f"{bestand}, {een}" for bestand, uitkomst in uit.items() for een in uitkomst.fouten]
    return uit, fout


def _feiten(periode: str, peildatum: date, briefdatum: date) -> DocumentMeta:
    """The facts of the document that its figures depend on; the others are not read here."""
    return DocumentMeta(
        periode=Periode.parse(periode),
        peildatum=peildatum,
        briefdatum=briefdatum,
        editie=1,
        concept=True,
        voorbeeld=True,
        versie="",
        commit=None,
        code_sha256="",
        invoer=(),
        referentie=(),
        controles=(),
        pakketten=(),
    )
