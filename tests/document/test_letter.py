"""The letter read back from the Word document: its sentences, its open places, its structure, its bytes."""

import os
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from pipeline.core.document import letter
from pipeline.core.document.letter import sjabloonbestand, write_letter
from pipeline.core.document.meta import DocumentMeta
from pipeline.core.errors import DocumentFout, TekstFout
from tests.document.conftest import AANGEKONDIGD, GEMEENTEN
from tests.document.geheugen import GeheugenRegister, maak_register

INVULLEN = "In te vullen"


@pytest.fixture
def brief2016(register: GeheugenRegister) -> GeheugenRegister:
    """The figures that the letter of 29 September 2016 was about."""
    return (
        register.met("opvang.totaal", 14_957)
        .met("koppelingen.langer_dan_norm", 5_980)
        .met("norm.aanbod", 10)
        .met("vooruitblik.taakstelling_1", 23_000)
        .met("vooruitblik.taakstelling_2", 13_000)
    )


def stijl_van(alinea: Paragraph) -> str:
    return str(alinea.style.name) if alinea.style else ""


def maak(register: GeheugenRegister, meta: DocumentMeta, map_: Path) -> Path:
    pad = map_ / "brief.docx"
    write_letter(register, meta, pad)
    return pad


def tekst(pad: Path) -> str:
    """The text of the letter, with plain spaces where a line may not break."""
    return "\n".join(alinea.text for alinea in Document(str(pad)).paragraphs).replace("\u00a0", " ")


def test_de_zinnen_van_29_september_2016(brief2016: GeheugenRegister, meta: DocumentMeta, tmp_path: Path) -> None:
    gelezen = tekst(maak(brief2016, meta, tmp_path))
    assert "Op 1 juli 2016 verbleven er bijna 15.000 vergunninghouders in de opvang van het COA." in gelezen
    assert "Van hen waren er ca. 6.000 langer dan de norm van 10 weken aan een gemeente gekoppeld" in gelezen
    assert (
        "De taakstelling voor het eerste halfjaar van 2017 is 13.000. Dat is aanzienlijk lager dan de taakstelling van "
        "23.000 voor het tweede halfjaar van 2016."
    ) in gelezen
    assert "Als bijlage bij deze brief gaat de voortgangsrapportage over het eerste halfjaar van 2016." in gelezen
    assert "In het eerste halfjaar van 2016 hebben de gemeenten 986 vergunninghouders gehuisvest." in gelezen
    assert "(bruto 1.050 achter en 97 voor). Van de 7 gemeenten hebben er 3 aan de taakstelling voldaan." in gelezen
    assert "Datum\t29 september 2016" in gelezen


def test_afzender_en_contact_komen_uit_de_feiten(
    brief2016: GeheugenRegister, meta: DocumentMeta, tmp_path: Path
) -> None:
    pad = maak(brief2016, replace(meta, uitgever="Ministerie van Iets", contact="vraag@voorbeeld.nl"), tmp_path)
    assert "Afzender\tMinisterie van Iets\nContact\tvraag@voorbeeld.nl\n" in tekst(pad)
    assert any("1\u00a0juli\u00a02016" in alinea.text for alinea in Document(str(pad)).paragraphs)


def test_andere_cijfers_geven_andere_ware_zinnen(
    brief2016: GeheugenRegister, meta: DocumentMeta, tmp_path: Path
) -> None:
    anders = (
        brief2016.met("opvang.totaal", 14_437)
        .met("koppelingen.langer_dan_norm", 7_131)
        .met("vooruitblik.taakstelling_1", 13_000)
        .met("vooruitblik.taakstelling_2", 23_000)
    )
    gelezen = tekst(maak(anders, meta, tmp_path))
    assert "bijna 15.000" not in gelezen and "ca. 14.400" in gelezen
    assert "ca. 7.100" in gelezen
    assert "is 23.000. Dat is aanzienlijk hoger dan de taakstelling van 13.000" in gelezen


def test_wat_niet_is_geleverd_staat_er_eerlijk(meta: DocumentMeta, tmp_path: Path) -> None:
    gelezen = tekst(maak(maak_register(GEMEENTEN, aangekondigd=AANGEKONDIGD)[0], meta, tmp_path))
    assert "Cijfers over de vergunninghouders in de opvang zijn voor dit halfjaar niet geleverd." in gelezen
    assert "De taakstelling voor het tweede halfjaar van 2016 is nog niet bekend." in gelezen
    assert "n.v.t." not in gelezen


def test_zonder_gemeente_met_achterstand_geen_zin_over_achterstand(
    brief2016: GeheugenRegister, meta: DocumentMeta, tmp_path: Path
) -> None:
    for aantal, zin in ((0, None), (1, "Op die dag had 1 gemeente een"), (4, "Op die dag hadden 4 gemeenten een")):
        gelezen = tekst(maak(brief2016.met("stand.achter", aantal), meta, tmp_path))
        assert (f"{zin} achterstand." in gelezen) if zin else ("een achterstand." not in gelezen)


def test_de_ondertekening_staat_nooit_alleen_op_een_bladzijde(
    brief2016: GeheugenRegister, meta: DocumentMeta, tmp_path: Path
) -> None:
    """From the last heading on, every paragraph stays with the next one."""
    alineas = Document(str(maak(brief2016, meta, tmp_path))).paragraphs
    (begin,) = [plaats for plaats, alinea in enumerate(alineas) if alinea.text == "Bijlage"]
    assert alineas[-2].text == "Hoogachtend,"
    for alinea in alineas[begin:-1]:
        assert alinea.paragraph_format.keep_with_next or (
            alinea.style is not None and alinea.style.paragraph_format.keep_with_next
        ), alinea.text


def test_wat_alleen_mensen_kunnen_schrijven_valt_op(
    brief2016: GeheugenRegister, meta: DocumentMeta, tmp_path: Path
) -> None:
    document = Document(str(maak(brief2016, meta, tmp_path)))
    open_ = [alinea.text for alinea in document.paragraphs if stijl_van(alinea) == INVULLEN]
    assert [regel[:14] for regel in open_] == ["[IN TE VULLEN:"] * 4
    assert all(regel.endswith("]") for regel in open_)
    assert [a.text for a in document.paragraphs if "IN TE VULLEN" in a.text] == open_
    stijl = document.styles[INVULLEN].element
    assert stijl.find(qn("w:pPr")).find(qn("w:shd")).get(qn("w:fill")) == "FFF4C9"


@pytest.mark.parametrize(
    ("concept", "voorbeeld", "kop"),
    [
        (True, False, "Concept"),
        (False, True, "Voorbeeld met verzonnen personen"),
        (True, True, "Concept, voorbeeld met verzonnen personen"),
        (False, False, ""),
    ],
)
def test_merk_boven_elke_pagina(
    brief2016: GeheugenRegister, meta: DocumentMeta, tmp_path: Path, concept: bool, voorbeeld: bool, kop: str
) -> None:
    document = Document(str(maak(brief2016, replace(meta, concept=concept, voorbeeld=voorbeeld), tmp_path)))
    (deel,) = document.sections
    assert [alinea.text for alinea in deel.header.paragraphs] == [kop]
    assert not deel.different_first_page_header_footer


def test_pakket_is_heel(brief2016: GeheugenRegister, meta: DocumentMeta, tmp_path: Path) -> None:
    """Every part is well-formed and reachable, no tag of the template is left, every style that is used exists."""
    with zipfile.ZipFile(maak(brief2016, meta, tmp_path)) as pakket:
        assert pakket.testzip() is None
        assert pakket.namelist()[0] == "[Content_Types].xml"
        delen = {naam: pakket.read(naam) for naam in pakket.namelist()}
        assert {deel.date_time for deel in pakket.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    for naam, inhoud in delen.items():
        ElementTree.fromstring(inhoud)
        assert not re.search(rb"\{\{|\{%|%\}|\}\}", inhoud), naam
    assert "docProps/app.xml" not in delen
    document = ElementTree.fromstring(delen["word/document.xml"])
    gebruikt = {stijl.get(qn("w:val")) for stijl in document.iter(qn("w:pStyle"))}
    stijlen = {stijl.get(qn("w:styleId")) for stijl in ElementTree.fromstring(delen["word/styles.xml"])}
    assert gebruikt and gebruikt <= stijlen


def libreoffice(brief: Path, map_: Path) -> str:
    """What LibreOffice says when it makes a PDF of a document in a folder, with settings of its own."""
    opdracht = ["soffice", "--headless", f"-env:UserInstallation={(map_ / 'instellingen').as_uri()}"]
    opdracht += ["--convert-to", "pdf", "--outdir", str(map_), str(brief)]
    klaar = subprocess.run(opdracht, capture_output=True, text=True, encoding="utf-8", check=False)
    return klaar.stdout + klaar.stderr


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not on this machine")
def test_libreoffice_opent_de_brief_en_leest_elke_alinea(
    brief2016: GeheugenRegister, meta: DocumentMeta, tmp_path: Path
) -> None:
    """And it complains about a broken one, so silence says something."""
    brief = maak(brief2016, replace(meta, voorbeeld=True), tmp_path)
    assert "Error" not in libreoffice(brief, tmp_path)
    opdracht = ["pdftotext", "-layout", str(tmp_path / "brief.pdf"), "-"]
    klaar = subprocess.run(opdracht, check=True, capture_output=True, text=True, encoding="utf-8")
    paginas = klaar.stdout.rstrip("\f").split("\f")
    gelezen = " ".join(" ".join(paginas).split())
    for alinea in Document(str(brief)).paragraphs:
        assert " ".join(alinea.text.split()) in gelezen
    assert all("Concept, voorbeeld met verzonnen personen" in pagina for pagina in paginas)
    kapot = tmp_path / "kapot.docx"
    kapot.write_bytes(brief.read_bytes()[:9_000])
    assert "Error" in libreoffice(kapot, tmp_path)


def test_toegankelijk(brief2016: GeheugenRegister, meta: DocumentMeta, tmp_path: Path) -> None:
    """Title, language, headings that skip no level, and no empty paragraph in the place of white space."""
    document = Document(str(maak(brief2016, meta, tmp_path)))
    koppen = [stijl_van(alinea) for alinea in document.paragraphs if stijl_van(alinea).startswith(("Title", "Heading"))]
    assert koppen == ["Title"] + ["Heading 1"] * 5
    assert all(alinea.text.strip() for alinea in document.paragraphs)
    assert document.core_properties.title.startswith("Kamerbrief voortgang huisvesting vergunninghouders, het eerste")
    assert document.core_properties.language == "nl-NL"
    taal = document.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    assert taal.get(qn("w:val")) == "nl-NL"
    assert not document.tables and not document.inline_shapes


def test_eigenschappen_noemen_geen_mens_en_geen_klok(
    brief2016: GeheugenRegister, meta: DocumentMeta, tmp_path: Path
) -> None:
    eigenschappen = Document(str(maak(brief2016, meta, tmp_path))).core_properties
    assert eigenschappen.author == "Voortgang 0.1.0"
    assert (eigenschappen.last_modified_by, eigenschappen.comments, eigenschappen.revision) == ("", "", 1)
    assert {eigenschappen.created.date(), eigenschappen.modified.date()} == {date(2016, 9, 29)}


_ELDERS = """
import datetime, sys, time
from pathlib import Path
_echt = time.localtime
time.localtime = lambda *tijd: _echt(*(tijd or (86400.0 * int(sys.argv[2]),)))
from pipeline.core.document.letter import write_letter
from pipeline.core.document.meta import DocumentMeta
from pipeline.core.periods import Periode
from tests.document.conftest import AANGEKONDIGD, GEMEENTEN
from tests.document.geheugen import maak_register
meta = DocumentMeta(
    Periode(2016, 1), datetime.date(2016, 7, 1), datetime.date(2016, 9, 29), 1, True, False, "0.1.0", None, "0" * 64
)
write_letter(maak_register(GEMEENTEN, aangekondigd=AANGEKONDIGD)[0], meta, Path(sys.argv[1]))
"""


def test_dezelfde_bytes_op_een_andere_dag_in_een_andere_tijdzone(tmp_path: Path) -> None:
    gemaakt = []
    for dag, zone, zaad, gebruiker in ((15000, "Pacific/Kiritimati", "1", "jan"), (19000, "America/Lima", "2", "piet")):
        pad = tmp_path / f"{dag}.docx"
        omgeving = os.environ | {"TZ": zone, "PYTHONHASHSEED": zaad, "USER": gebruiker, "LOGNAME": gebruiker}
        subprocess.run([sys.executable, "-c", _ELDERS, str(pad), str(dag)], env=omgeving, check=True)
        gemaakt.append(pad.read_bytes())
    assert gemaakt[0] == gemaakt[1]


def test_tekens_van_xml_in_een_tekst_blijven_tekens(
    brief2016: GeheugenRegister, meta: DocumentMeta, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def met_tekens(*_: object) -> dict[str, list[letter.Alinea]]:
        secties = ("opening", "inleiding", "realisatie", "opvang", "taakstelling", "beleid", "bijlage", "ondertekening")
        return {sectie: [] for sectie in secties} | {"opening": [letter.Alinea("Dorst & Lust <b>", False)]}

    monkeypatch.setattr(letter, "alineas", met_tekens)
    assert "Dorst & Lust <b>" in tekst(maak(brief2016, meta, tmp_path))


def sjabloon_met(tekst_: str, map_: Path) -> Path:
    sjabloon = Document(str(sjabloonbestand()))
    sjabloon.add_paragraph(tekst_)
    pad = map_ / "sjabloon.docx"
    sjabloon.save(str(pad))
    return pad


@pytest.mark.parametrize(
    ("toegevoegd", "melding"),
    [
        ("{{ werkgelegenheid }}", "vraagt om werkgelegenheid"),
        ("{{ meta.concept }}", "een getal komt alleen met cijfer"),
        ("{{ meta.jaar * 2 }}", "rekent"),
    ],
)
def test_een_sjabloon_kan_geen_getal_verzinnen(
    brief2016: GeheugenRegister,
    meta: DocumentMeta,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    toegevoegd: str,
    melding: str,
) -> None:
    monkeypatch.setattr(letter, "sjabloonbestand", lambda: sjabloon_met(toegevoegd, tmp_path))
    with pytest.raises(DocumentFout, match=melding):
        maak(brief2016, meta, tmp_path)
    assert not (tmp_path / "brief.docx").exists()


@pytest.mark.parametrize(
    ("alinea", "melding"),
    [
        ("Er zijn 15.000 mensen in de opvang.", "komt niet uit het register"),
        ("Het aantal is gestegen.", "komt niet van een hulp"),
        ("Dit is **vet**.", "alleen gewone tekst"),
    ],
)
def test_eigen_tekst_wordt_beoordeeld(
    brief2016: GeheugenRegister,
    meta: DocumentMeta,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    alinea: str,
    melding: str,
) -> None:
    """The letter's texts pass the same judge as those of the report."""
    huis = eigen_huis(tmp_path, monkeypatch)
    eigen = huis / letter.SJABLONEN / "tekst" / "2016-I"
    eigen.mkdir()
    (eigen / "brief.md").write_text(f"## beleid\n\n{alinea}\n", encoding="utf-8")
    with pytest.raises(TekstFout) as fout:
        maak(brief2016, meta, tmp_path)
    assert melding in " ".join((str(fout.value), *fout.value.regels))


def test_eigen_tekst_komt_op_de_open_plaats(
    brief2016: GeheugenRegister, meta: DocumentMeta, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    huis = eigen_huis(tmp_path, monkeypatch)
    eigen = huis / letter.SJABLONEN / "tekst" / "2016-I"
    eigen.mkdir()
    (eigen / "brief.md").write_text("## beleid\n\nHet kabinet overlegt met de gemeenten.\n", encoding="utf-8")
    document = Document(str(maak(brief2016, meta, tmp_path)))
    (gevonden,) = [alinea for alinea in document.paragraphs if alinea.text == "Het kabinet overlegt met de gemeenten."]
    assert stijl_van(gevonden) == "Body Text"
    assert len([alinea for alinea in document.paragraphs if stijl_van(alinea) == INVULLEN]) == 3


def eigen_huis(map_: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the letter's templates that a test may change."""
    huis = map_ / "huis"
    shutil.copytree(sjabloonbestand().parent, huis / letter.SJABLONEN)
    monkeypatch.setattr(letter, "house_path", lambda _: huis)
    return huis


def test_het_sjabloon_zelf_draagt_niets_van_een_mens() -> None:
    sjabloon = Document(str(sjabloonbestand()))
    assert sjabloon.core_properties.author == sjabloon.core_properties.last_modified_by == ""
    with zipfile.ZipFile(sjabloonbestand()) as pakket:
        namen = " ".join(pakket.namelist())
    assert not re.search(r"comments|customXml|thumbnail|vba|embeddings", namen)
