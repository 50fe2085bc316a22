"""Every number on the pages is its own figure of its own area in its own place; a swapped pair is caught."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from docx import Document

from pipeline.core.document.definition_list import definitie_ankers
from pipeline.core.document.factsheet import build_factsheet
from pipeline.core.document.letter import write_letter
from pipeline.core.document.meta import DocumentMeta
from pipeline.core.document.pdf import render_pdf
from pipeline.core.document.render import Grenzen, build_document
from pipeline.core.document.trace import Gedrukt, Spoorbron
from tests.document.geheugen import GeheugenRegister, GeheugenTabellen
from tests.document.herleiden import (
    DELEN,
    SOORTEN,
    VOORWERK,
    Getal,
    afwijkende_waarden,
    herleid,
    lees_alineas,
    lees_getallen,
    tekens,
    tekst_van_beeld,
    verkeerde_koppen,
    vreemd_in_beeld,
)
from tests.document.pdftekst import Pdf
from tests.document.tagboom import lees_tags


@dataclass(frozen=True)
class Gelezen:
    """A report that was read back, with the register that remembers what was printed in it."""

    bron: Spoorbron
    html: str
    werk: Path
    pdf: Pdf
    getallen: Sequence[Getal]


@pytest.fixture(scope="module")
def klassen(tabellen_met_personen: GeheugenTabellen) -> list[str]:
    return [rij["naam"] for rij in tabellen_met_personen.rows("report.opvang_klassen")]


@pytest.fixture(scope="module")
def ankers(tabellen_met_personen: GeheugenTabellen) -> dict[str, tuple[str, ...]]:
    return definitie_ankers(tabellen_met_personen.rows("report.definities"))


@pytest.fixture(scope="module")
def namen(tabellen_met_personen: GeheugenTabellen) -> dict[str, str]:
    return {rij["gebied"]: rij["naam"] for rij in tabellen_met_personen.rows("report.gebieden")}


@pytest.fixture(scope="module")
def gelezen(
    register_met_personen: GeheugenRegister,
    tabellen_met_personen: GeheugenTabellen,
    meta: DocumentMeta,
    grenzen: Grenzen,
    klassen: list[str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Gelezen:
    werk = tmp_path_factory.mktemp("herleid")
    bron = Spoorbron(register_met_personen)
    html = build_document(bron, tabellen_met_personen, meta, werk, grenzen)
    render_pdf(html, werk, werk / "rapport.pdf", meta)
    pdf = Pdf(werk / "rapport.pdf")
    return Gelezen(bron, html, werk, pdf, lees_getallen(pdf, klassen))


def test_elk_getal_is_zijn_eigen_cijfer(
    gelezen: Gelezen, ankers: dict[str, tuple[str, ...]], namen: dict[str, str]
) -> None:
    uitkomst = herleid(gelezen.getallen, gelezen.bron.spoor)
    assert [str(fout) for fout in uitkomst.fouten] == []
    assert uitkomst.cijfers > 850
    assert uitkomst.soorten.keys() <= {soort for soort, *_ in SOORTEN} | {*DELEN.values(), VOORWERK, "klasse", "n.v.t."}
    cellen = [gedrukt for getal, gedrukt in uitkomst.getallen if getal.cel is not None and not getal.soort]
    assert len(cellen) > 600 and None not in cellen
    assert verkeerde_koppen(lees_tags(gelezen.pdf), uitkomst, ankers, namen) == []
    assert afwijkende_waarden(uitkomst, gelezen.bron) == []


def test_elk_kerncijfer_leidt_naar_zijn_definitie(gelezen: Gelezen) -> None:
    doelen = re.findall(r'<span class="getal"><a href="#([^"]+)">', gelezen.html)
    assert len(doelen) == gelezen.html.count('class="getal"') == 8
    assert {"woord-realisatie", "def-realisatie-in-procenten", "def-gekoppeld-langer-dan-de-norm"} <= set(doelen)
    links = {str(link["/Dest"]) for tag in lees_tags(gelezen.pdf).alle("Link") for link in tag.links}
    assert set(doelen) <= links


def test_het_spoor_verandert_niets(
    gelezen: Gelezen,
    register_met_personen: GeheugenRegister,
    tabellen_met_personen: GeheugenTabellen,
    meta: DocumentMeta,
    grenzen: Grenzen,
    tmp_path: Path,
) -> None:
    assert build_document(register_met_personen, tabellen_met_personen, meta, tmp_path, grenzen) == gelezen.html


_KOPPEN = (
    ("def-open-uit-eerdere-halfjaren", "Open uit eerdere halfjaren"),
    ("def-open-uit-dit-halfjaar", "Open uit dit halfjaar"),
)


def test_verwisselde_cellen_en_koppen_vallen_op(
    gelezen: Gelezen,
    meta: DocumentMeta,
    klassen: list[str],
    ankers: dict[str, tuple[str, ...]],
    namen: dict[str, str],
) -> None:
    """Two cells of one row changed places in bijlage A, and two heads of the table of provinces theirs."""
    voor, bijlage = gelezen.html.split('id="per-gemeente"')
    rij = '<th scope="row">Fijnaart</th><td>20<td>60<td>80'
    assert bijlage.count(rij) == 1
    ander = voor + 'id="per-gemeente"' + bijlage.replace(rij, rij.replace("<td>20<td>60", "<td>60<td>20"))
    koppen_ = [f'<th scope="col"><a href="#{een}">{naam}</a></th>' for een, naam in _KOPPEN]
    assert voor.count("".join(koppen_)) == 1
    ander = ander.replace("".join(koppen_), "".join(reversed(koppen_)), 1)
    render_pdf(ander, gelezen.werk, gelezen.werk / "ander.pdf", meta)
    pdf = Pdf(gelezen.werk / "ander.pdf")
    uitkomst = herleid(lees_getallen(pdf, klassen), gelezen.bron.spoor)
    blad = next(n for n, tekst in enumerate(pdf.paginas, 1) if "Fijnaart 60 20 80" in tekst)
    assert [str(fout) for fout in uitkomst.fouten] == [
        f"bladzijde {blad}: 60: 60 hoort hier niet; verwacht was 20 (taakstelling.saldo_begin GM0006)",
        f"bladzijde {blad}: 20: 20 hoort hier niet; verwacht was 60 (taakstelling.netto GM0006)",
    ]
    koppen = verkeerde_koppen(lees_tags(pdf), uitkomst, ankers, namen)
    assert {fout.uitleg.split()[0] for fout in koppen} == {"boekhouding.open_ouder", "boekhouding.open_eigen"}
    assert len(koppen) == 2 * 3


def test_een_getal_dat_niemand_drukte_valt_op(gelezen: Gelezen) -> None:
    los = Getal(7, "er zijn 17 dingen", "17", "", None)
    midden = len(gelezen.getallen) // 2
    (fout,) = herleid([*gelezen.getallen[:midden], los, *gelezen.getallen[midden:]], gelezen.bron.spoor).fouten
    assert str(fout) == "bladzijde 7: er zijn 17 dingen: 17 hoort hier niet; verwacht was niets"


def test_een_cijfer_dat_er_niet_staat_valt_op(gelezen: Gelezen) -> None:
    erbij = Gedrukt("cijfer", (("realisatie.totaal", "NL"),), "987.654")
    (fout,) = herleid(gelezen.getallen, [*gelezen.bron.spoor, erbij]).fouten
    assert fout.uitleg == "is gedrukt (realisatie.totaal NL), maar staat daar niet"
    assert herleid(gelezen.getallen[:-1], gelezen.bron.spoor[:10]).fouten


def test_een_ander_getal_dan_in_het_register_valt_op(gelezen: Gelezen) -> None:
    """Also when page and print agree: the bare figure is read back as a number and held against the register."""
    uitkomst = herleid(gelezen.getallen, gelezen.bron.spoor)
    plek, (getal, gedrukt) = next(
        (n, paar) for n, paar in enumerate(uitkomst.getallen) if paar[1] is not None and paar[1].hulp == "cijfer"
    )
    anders = [*uitkomst.getallen]
    anders[plek] = (replace(getal, tekst="987.654"), gedrukt)
    fouten = afwijkende_waarden(replace(uitkomst, getallen=tuple(anders)), gelezen.bron)
    assert [fout.tekst for fout in fouten] == ["987.654"]


def test_elk_getal_in_een_beeld_is_een_cijfer_of_een_as(gelezen: Gelezen) -> None:
    """The numbers of a chart are figures that it asked for; what is drawn in the PDF is that chart."""
    figuren = list(lees_tags(gelezen.pdf).alle("Figure"))
    bronnen = re.findall(r'<img src="(\w+)\.svg"', gelezen.html)
    assert len(figuren) == len(bronnen) > 8
    for naam, figuur in zip(bronnen, figuren, strict=True):
        svg = (gelezen.werk / f"{naam}.svg").read_bytes()
        assert vreemd_in_beeld(naam, svg, gelezen.bron) == [], naam
        assert tekens(figuur.tekst) == tekens(tekst_van_beeld(svg)), naam
    tekst = (gelezen.werk / "trechter.svg").read_text(encoding="utf-8")
    ander = re.sub(r">20<", ">98.765<", tekst, count=1)
    assert ander != tekst
    assert vreemd_in_beeld("trechter", ander.encode(), gelezen.bron) == ["98.765"]


def test_elk_getal_van_de_factsheet_is_een_cijfer(
    register_met_personen: GeheugenRegister,
    tabellen_met_personen: GeheugenTabellen,
    meta: DocumentMeta,
    tmp_path: Path,
) -> None:
    tabellen = GeheugenTabellen(
        {
            **tabellen_met_personen._tabellen,
            "report.grootste": [
                {"gemeentecode": rij["gemeentecode"], "volgorde": n}
                for n, rij in enumerate(tabellen_met_personen.rows("report.gemeenten"), 1)
            ],
        }
    )
    bron = Spoorbron(register_met_personen)
    html = build_factsheet(bron, tabellen, meta, tmp_path)
    render_pdf(html, tmp_path, tmp_path / "uit.pdf", meta)
    uitkomst = herleid(lees_getallen(Pdf(tmp_path / "uit.pdf")), bron.spoor)
    assert [str(fout) for fout in uitkomst.fouten] == []
    assert uitkomst.cijfers > 70


def test_elk_getal_van_de_brief_is_een_cijfer(
    register_met_personen: GeheugenRegister, meta: DocumentMeta, tmp_path: Path
) -> None:
    bron = Spoorbron(register_met_personen)
    write_letter(bron, meta, tmp_path / "brief.docx")
    alineas = [alinea.text for alinea in Document(str(tmp_path / "brief.docx")).paragraphs]
    uitkomst = herleid(lees_alineas(alineas), bron.spoor)
    assert [str(fout) for fout in uitkomst.fouten] == []
    assert uitkomst.cijfers > 5
