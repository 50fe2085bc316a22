"""The letter to Parliament as a Word document: the figures in sentences, and the places that only people can fill.

Belongs here: what the Word template gets and the facts of the file itself. Not here: the sentences
(`report_templates/kamerbrief/tekst`), the look (`kamerbrief.docx`), the words for figures (prose.py). docxtpl is
imported inside functions: `--help` must not pay for it.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import StrictUndefined

from pipeline.core.document.dutch import bijeen
from pipeline.core.document.meta import DocumentMeta
from pipeline.core.document.packaging import schrijf_pakket
from pipeline.core.document.prose import Cijferbron
from pipeline.core.document.render import meta_tekst
from pipeline.core.document.sandbox import ZonderRekenen
from pipeline.core.document.templating import alleen_tekst
from pipeline.core.document.texts import Teksten
from pipeline.core.errors import DocumentFout
from pipeline.core.house import house_path

if TYPE_CHECKING:
    from docxtpl import DocxTemplate

SJABLONEN = "kamerbrief"
HOOFDSTUK = "brief"
_KANTOOR = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_VAN_EEN_GEBRUIKER = (f"{_KANTOOR}/extended-properties", f"{_KANTOOR}/custom-properties")


@dataclass(frozen=True)
class Alinea:
    """One paragraph of the letter; `invullen`: it says what a person must write in its place."""

    tekst: str
    invullen: bool


def sjabloonbestand() -> Path:
    """The Word template of the letter."""
    return house_path("report_templates") / SJABLONEN / "kamerbrief.docx"


def write_letter(register: Cijferbron, meta: DocumentMeta, out_path: Path) -> None:
    """Write the letter; the same figures and facts give the same bytes.

    Raises TekstFout for a sentence that cannot be made, DocumentFout when the template asks for what there is not.
    """
    from docxtpl import DocxTemplate

    woorden = meta_tekst(meta)
    teksten = Teksten(register, house_path("report_templates") / SJABLONEN, woorden["periode"], woorden)
    brief = DocxTemplate(sjabloonbestand())
    inhoud = {"meta": woorden, "merk": woorden["merk"], **alineas(teksten)}
    onbekend = brief.get_undeclared_template_variables(_omgeving()) - inhoud.keys()
    if onbekend:
        raise DocumentFout(
            f"het sjabloon kamerbrief.docx vraagt om {', '.join(sorted(onbekend))}; er is alleen "
            f"{', '.join(sorted(inhoud))}"
        )
    brief.render(inhoud, _omgeving())
    _eigenschappen(brief, meta, woorden["halfjaar"])
    schrijf_pakket(brief, out_path)


def alineas(teksten: Teksten) -> dict[str, list[Alinea]]:
    """The paragraphs of the letter per section, as the Word template places them."""
    open_ = teksten.in_te_vullen()
    return {
        sectie: [
            Alinea(bijeen(tekst), f"{HOOFDSTUK}/{sectie}" in open_) for tekst in teksten.alineas(HOOFDSTUK, sectie)
        ]
        for sectie in teksten.secties(HOOFDSTUK)
    }


def _omgeving() -> ZonderRekenen:
    """The sandbox of the report's templates: text alone, no arithmetic."""
    return ZonderRekenen(autoescape=True, undefined=StrictUndefined, finalize=alleen_tekst)


def _eigenschappen(brief: "DocxTemplate", meta: DocumentMeta, halfjaar: str) -> None:
    """What the file says of itself: its date is that of the letter, its maker the program; no user, no clock."""
    eigenschappen = brief.docx.core_properties
    eigenschappen.title = f"Kamerbrief voortgang huisvesting vergunninghouders, {halfjaar}"
    eigenschappen.language = "nl-NL"
    eigenschappen.author = f"Voortgang {meta.versie}"
    eigenschappen.last_modified_by = ""
    eigenschappen.revision = 1
    # A date without a zone: the part of a Word document takes it for UTC.
    dag = datetime(meta.briefdatum.year, meta.briefdatum.month, meta.briefdatum.day)  # noqa: DTZ001
    eigenschappen.created = eigenschappen.modified = dag
    # The other properties (company, minutes of editing) are those of whoever edited the template last.
    relaties = brief.docx.part.package.rels
    for sleutel, relatie in list(relaties.items()):
        if relatie.reltype in _VAN_EEN_GEBRUIKER:
            del relaties[sleutel]
