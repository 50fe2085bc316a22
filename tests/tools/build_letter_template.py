"""Makes `report_templates/kamerbrief/kamerbrief.docx`, the Word template of the letter, as it was first made.

    .venv/bin/python -m tests.tools.build_letter_template

Belongs here: the page, the styles and the order of the letter. Not here: its sentences (`report_templates/kamerbrief/
tekst`). The committed file is what counts: whoever edits it in Word need not come back to this script.
"""

from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as Brief
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from pipeline.core.document.letter import sjabloonbestand
from pipeline.core.document.packaging import schrijf_pakket

LETTER = "Verdana"
INKT, BLAUW, MERK = RGBColor(0x1A, 0x1A, 0x1A), RGBColor(0x15, 0x42, 0x73), RGBColor(0xA9, 0x00, 0x61)
# Section of tekst/*/brief.md and the heading above it.
SECTIES = (
    ("opening", ""),
    ("inleiding", ""),
    ("realisatie", "Realisatie"),
    ("opvang", "Vergunninghouders in de opvang"),
    ("taakstelling", "Taakstelling"),
    ("beleid", "Beleid en vervolg"),
    ("bijlage", "Bijlage"),
)


def main() -> None:
    """Write the template over the one that is there."""
    brief = Document()
    _zonder_resten(brief)
    _pagina(brief)
    _stijlen(brief)
    _kop_en_voet(brief)
    _adres(brief)
    brief.add_paragraph("Geachte voorzitter,", style="Body Text")
    for sectie, kop in SECTIES:
        if kop:
            brief.add_paragraph(kop, style="Heading 1")
        # The last section stays with the signature, which would else be alone on a page.
        _sectie(brief, sectie, blijft_bij_volgende=sectie == SECTIES[-1][0])
    brief.add_paragraph("Hoogachtend,", style="Slotgroet")
    _sectie(brief, "ondertekening")
    schrijf_pakket(brief, sjabloonbestand())


def _zonder_resten(brief: Brief) -> None:
    """The empty document that python-docx starts from holds a picture, an author and many styles, and a zoom without
    the percentage that the schema of ECMA-376 asks for.
    """
    brief.settings.element.find(qn("w:zoom")).set(qn("w:percent"), "100")
    for relaties in (brief.part.package.rels, brief.part.rels):
        for sleutel, relatie in list(relaties.items()):
            if relatie.reltype in _RESTEN:
                del relaties[sleutel]
    for stijl in list(brief.styles):
        if stijl.name not in _STIJLEN:
            brief.styles.element.remove(stijl.element)
    eigenschappen = brief.core_properties
    eigenschappen.author = eigenschappen.comments = eigenschappen.last_modified_by = ""
    eigenschappen.title = "Kamerbrief voortgang huisvesting vergunninghouders"
    eigenschappen.language = "nl-NL"
    eigenschappen.keywords = ""


_RESTEN = (
    RELATIONSHIP_TYPE.CUSTOM_XML,
    RELATIONSHIP_TYPE.EXTENDED_PROPERTIES,
    RELATIONSHIP_TYPE.NUMBERING,
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail",
)
_STIJLEN = (
    "Normal", "Default Paragraph Font", "Normal Table", "No List", "Body Text", "Body Text Char", "Title", "Title Char",
    "Heading 1", "Heading 1 Char", "Heading 2", "Heading 2 Char", "Header", "Header Char", "Footer", "Footer Char",
)  # fmt: skip


def _pagina(brief: Brief) -> None:
    deel = brief.sections[0]
    deel.page_width, deel.page_height = Mm(210), Mm(297)
    deel.left_margin, deel.right_margin = Mm(25), Mm(35)
    deel.top_margin, deel.bottom_margin = Mm(35), Mm(30)
    deel.header_distance = deel.footer_distance = Mm(13)


def _stijlen(brief: Brief) -> None:
    stijlen = brief.styles
    standaard = stijlen.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    taal = standaard.find(qn("w:lang"))
    taal.set(qn("w:val"), "nl-NL")
    taal.set(qn("w:eastAsia"), "nl-NL")
    _letter(stijlen["Normal"], 9, INKT)
    _ruimte(stijlen["Normal"], 0, 0)
    _letter(stijlen["Body Text"], 9, INKT)
    _ruimte(stijlen["Body Text"], 0, 8)
    _letter(stijlen["Title"], 13, BLAUW, vet=True)
    _ruimte(stijlen["Title"], 14, 20, 17)
    _zonder_rand(stijlen["Title"])
    _letter(stijlen["Heading 1"], 10, BLAUW, vet=True)
    _ruimte(stijlen["Heading 1"], 14, 5)
    _letter(stijlen["Header"], 8, MERK, vet=True)
    _letter(stijlen["Footer"], 8, INKT)
    stijlen["Footer"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for naam, voor, na in (("Adres", 0, 22), ("Gegevens", 0, 2), ("Slotgroet", 14, 24)):
        stijl = stijlen.add_style(naam, WD_STYLE_TYPE.PARAGRAPH)
        stijl.base_style = stijlen["Normal"]
        _ruimte(stijl, voor, na)
    stijlen["Gegevens"].paragraph_format.tab_stops.add_tab_stop(Mm(30))
    stijlen["Slotgroet"].paragraph_format.keep_with_next = True
    invullen = stijlen.add_style("In te vullen", WD_STYLE_TYPE.PARAGRAPH)
    invullen.base_style = stijlen["Body Text"]
    _letter(invullen, 9, MERK, vet=True)
    eigenschap = invullen.element.get_or_add_pPr()
    eigenschap.append(_met("w:pBdr", [_met("w:left", [], val="single", sz="24", space="6", color="A90061")]))
    eigenschap.append(_met("w:shd", [], val="clear", color="auto", fill="FFF4C9"))


def _letter(stijl: object, punten: int, kleur: RGBColor, vet: bool = False) -> None:
    letter = stijl.font  # type: ignore[attr-defined]
    letter.name, letter.size, letter.bold, letter.italic = LETTER, Pt(punten), vet, False
    letter.color.rgb = kleur
    fonts = letter.element.rPr.rFonts
    for thema in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{thema}"), None)
    for soort in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{soort}"), LETTER)


def _ruimte(stijl: object, voor: int, na: int, regel: int = 13) -> None:
    vorm = stijl.paragraph_format  # type: ignore[attr-defined]
    vorm.space_before, vorm.space_after, vorm.line_spacing = Pt(voor), Pt(na), Pt(regel)
    vorm.widow_control = True


def _zonder_rand(stijl: object) -> None:
    eigenschap = stijl.element.pPr  # type: ignore[attr-defined]
    for rand in eigenschap.findall(qn("w:pBdr")):
        eigenschap.remove(rand)


def _kop_en_voet(brief: Brief) -> None:
    deel = brief.sections[0]
    # A paragraph that is left out, not left empty: a final letter has no mark.
    kop = deel.header.paragraphs[0]
    kop.text, kop.style = "{{ merk }}", brief.styles["Header"]
    voet = deel.footer.paragraphs[0]
    voet.style = brief.styles["Footer"]
    voet.add_run("Pagina ")
    _veld(voet, "PAGE")
    voet.add_run(" van ")
    _veld(voet, "NUMPAGES")


def _veld(alinea: Paragraph, naam: str) -> None:
    veld = _met("w:fldSimple", [], instr=naam)
    run = _met("w:r", [])
    tekst = OxmlElement("w:t")
    tekst.text = "1"
    run.append(tekst)
    veld.append(run)
    alinea._p.append(veld)


def _adres(brief: Brief) -> None:
    adres = brief.add_paragraph("", style="Adres")
    regels = (
        "De voorzitter van de Tweede Kamer der Staten-Generaal",
        "Postbus 20018",
        "2500 EA  Den Haag",
    )
    for nummer, regel in enumerate(regels):
        run = adres.add_run(regel)
        if nummer < len(regels) - 1:
            run.add_break()
    for naam, waarde in (
        ("Afzender", "{{ meta.uitgever }}"),
        ("Contact", "{{ meta.contact }}"),
        ("Datum", "{{ meta.briefdatum }}"),
        ("Betreft", "Voortgang huisvesting vergunninghouders"),
    ):
        brief.add_paragraph(f"{naam}\t{waarde}", style="Gegevens")
    brief.add_paragraph("[IN TE VULLEN: kenmerk van deze brief en van de bijlage]", style="In te vullen")
    brief.add_paragraph("Voortgang huisvesting vergunninghouders, {{ meta.halfjaar }}", style="Title")


def _sectie(brief: Brief, sectie: str, blijft_bij_volgende: bool = False) -> None:
    for tekst, stijl in (
        (f"{{%p for alinea in {sectie} %}}", "Body Text"),
        ("{%p if alinea.invullen %}", "Body Text"),
        ("[IN TE VULLEN: {{ alinea.tekst }}]", "In te vullen"),
        ("{%p else %}", "Body Text"),
        ("{{ alinea.tekst }}", "Body Text"),
        ("{%p endif %}", "Body Text"),
        ("{%p endfor %}", "Body Text"),
    ):
        alinea = brief.add_paragraph(tekst, style=stijl)
        if blijft_bij_volgende and "alinea.tekst" in tekst:
            alinea.paragraph_format.keep_with_next = True


def _met(naam: str, kinderen: list, **kenmerken: str) -> Any:
    element = OxmlElement(naam)
    for sleutel, waarde in kenmerken.items():
        element.set(qn(f"w:{sleutel}"), waarde)
    element.extend(kinderen)
    return element


if __name__ == "__main__":
    print(Path(sjabloonbestand()).name)
    main()
