"""Each repair of the tag tree: what WeasyPrint writes by itself is still wrong, and what the document holds is right.

A test `..._nog_nodig` that fails says that WeasyPrint has mended the fault: then the repair can go, with its tests.
"""

from pathlib import Path

import pikepdf
import pytest
import weasyprint

from pipeline.core.document.pdf import VARIANT
from tests.document.pdftekst import Pdf
from tests.document.proefpagina import Zet, kaal, zet
from tests.document.tagboom import Tag, alle_ids, eigenaren, lees_tags

__all__ = ["kaal", "zet"]

_VEEL = " ".join(f"woord{n}" for n in range(260))


def een(pdf: Pdf, soort: str) -> Tag:
    (tag,) = lees_tags(pdf).alle(soort)
    return tag


# ---- elements cut by a page (#2903) ----

_LANGE_TABEL = (
    '<table class="lang"><caption>Lang</caption><thead><tr><th scope="col">Naam</th>'
    '<th scope="col">Waarde</th></tr></thead><tbody>'
    + "".join(f'<tr><th scope="row">Rij {n}</th><td>{n}</td></tr>' for n in range(60))
    + "</tbody></table>"
)


def test_tabel_over_paginas_nog_nodig(kaal: Zet) -> None:
    assert len(list(lees_tags(kaal(_LANGE_TABEL)).alle("Table"))) > 1


def test_tabel_over_paginas_is_een_tabel(zet: Zet) -> None:
    pdf = zet(_LANGE_TABEL)
    assert len(pdf.paginas) > 2
    tabel = een(pdf, "Table")
    assert [kind.soort for kind in tabel.kinderen] == ["Caption", "THead", "TBody"]
    assert [rij.tekst for rij in tabel.kinderen[2].kinderen] == [f"Rij {n} {n}" for n in range(60)]
    assert {cel.koppen for cel in tabel.alle("TD")} == {
        (tabel.kinderen[1].kinderen[0].kinderen[1].id, rij.kinderen[0].id) for rij in tabel.kinderen[2].kinderen
    }


def test_kop_die_terugkomt_is_een_artefact(zet: Zet) -> None:
    pdf = zet(_LANGE_TABEL)
    koppen = [(stuk.pagina == 1, stuk.artefact) for stuk in pdf.stukken if stuk.tekst == "Naam"]
    assert koppen == [(True, None)] + [(False, "/Pagination")] * (len(pdf.paginas) - 1)


def test_alinea_en_lijst_over_paginas(zet: Zet) -> None:
    pdf = zet(f"<section><p>{_VEEL}</p></section><ul><li>{_VEEL}</li><li>kort</li></ul>")
    assert len(pdf.paginas) > 3
    boom = lees_tags(pdf)
    assert boom.vorm == (
        "Document",
        ["H1", ("Sect", ["P"]), ("L", [("LI", ["Lbl", "LBody"]), ("LI", ["Lbl", "LBody"])])],
    )
    assert [tag.tekst for tag in boom.alle("P", "LBody")] == [_VEEL, _VEEL, "kort"]


def test_losse_tekst_naast_een_alinea_blijft_in_volgorde(zet: Zet) -> None:
    """Two anonymous blocks of one element on one page are no parts of one block."""
    pdf = zet(f"<div>eerst<p>midden</p>laatst {_VEEL}</div><div>slot</div>")
    tekst = lees_tags(pdf).tekst
    assert tekst == f"Titel eerst midden laatst {_VEEL} slot"


def test_twee_gelijke_alineas_blijven_twee(zet: Zet) -> None:
    pdf = zet(f'<p>{_VEEL}</p><p style="break-before: page">{_VEEL}</p>')
    assert [tag.tekst for tag in lees_tags(pdf).alle("P")] == [_VEEL, _VEEL]


# ---- running heads (#1836) ----


def test_kopregel_als_artefact_nog_nodig(kaal: Zet) -> None:
    assert {stuk.artefact for stuk in kaal("<p>tekst</p>").stukken if stuk.tekst in ("Kop", "Voet")} == {None}


def test_kopregel_en_voetregel_zijn_artefacten(zet: Zet) -> None:
    pdf = zet(f"<p>{_VEEL}</p>")
    regels = {stuk.tekst: stuk.artefact for stuk in pdf.stukken if stuk.tekst in ("Kop", "Voet")}
    assert regels == {"Kop": "/Pagination /Header", "Voet": "/Pagination /Footer"}
    assert "Kop" not in lees_tags(pdf).tekst.split()


# ---- links (#185) ----

_LINK = '<p id="doel">zie <a href="#doel">het doel</a> hier</p>'
_LINK_CSS = "a::before { content: 'deel 1: ' } a::after { content: '!' }"


def test_koppeling_in_een_koppeling_nog_nodig(kaal: Zet) -> None:
    links = list(lees_tags(kaal(_LINK, _LINK_CSS)).alle("Link"))
    assert len(links) == 3
    assert [str(link.links[0]["/Contents"]) for link in links] == ["doel"] * 3


def test_koppeling_is_een_koppeling_met_haar_eigen_tekst(zet: Zet) -> None:
    pdf = zet(_LINK, _LINK_CSS)
    link = een(pdf, "Link")
    assert (link.tekst, len(link.links)) == ("deel 1: het doel !", 1)
    assert str(link.links[0]["/Contents"]) == "deel 1: het doel!"
    assert len(pdf.pike.pages[0]["/Annots"]) == 1


def test_aanhangsel_buiten_de_koppeling_blijft_te_klikken(zet: Zet) -> None:
    pdf = zet(_LINK, "a::after { content: 'ver weg'; position: absolute; left: 60mm; top: 30mm }")
    assert len(een(pdf, "Link").links) == len(pdf.pike.pages[0]["/Annots"]) == 2


def test_koppeling_over_twee_regels(zet: Zet, kaal: Zet) -> None:
    lang = "een koppeling met zoveel woorden dat zij niet op de regel past en dus doorloopt"
    body = f'<p>Wie dit leest, ziet <a href="https://example.nl/">{lang}</a> staan.</p>'
    assert len(list(lees_tags(kaal(body)).alle("Link"))) == 2
    link = een(zet(body), "Link")
    assert link.tekst == lang
    assert [str(annotatie["/Contents"]) for annotatie in link.links] == [lang, lang]


_TABEL_MET_LINK = (
    '<table class="lang"><thead><tr><th scope="col"><a href="#doel">Naam</a></th><th scope="col">Aantal</th></tr>'
    "</thead><tbody>" + 60 * '<tr><th scope="row">rij</th><td>1</td></tr>' + '</tbody></table><p id="doel">doel</p>'
)


def _klikbaar(pdf: Pdf) -> list[int]:
    return [len(page.obj.get("/Annots", [])) for page in pdf.pike.pages]


def test_koppeling_in_een_herhaalde_kop_nog_nodig(kaal: Zet) -> None:
    assert sum(_klikbaar(kaal(_TABEL_MET_LINK))) > 1


def test_koppeling_in_een_kop_is_er_alleen_waar_de_kop_wordt_gelezen(zet: Zet) -> None:
    """A head that is printed again is no content; a link in it would belong to no tag (PDF/UA, 7.18.5)."""
    pdf = zet(_TABEL_MET_LINK)
    assert len(pdf.pike.pages) > 1 and "".join(pdf.paginas).count("Naam") > 1
    assert _klikbaar(pdf) == [1, *[0] * (len(pdf.pike.pages) - 1)]
    link = een(pdf, "Link")
    assert (link.tekst, str(link.links[0]["/Dest"])) == ("Naam", "doel")


def test_koppeling_over_twee_paginas(zet: Zet) -> None:
    body = f'<p>{_VEEL} <a href="https://example.nl/">{_VEEL}</a></p>'
    link = een(zet(body), "Link")
    assert link.tekst == _VEEL
    assert {str(annotatie["/Contents"]) for annotatie in link.links} == {_VEEL}


# ---- lists and spans (#2482) ----

_LIJST = "<ul><li>los<p>alinea</p>los</li><li><p>een</p><p>twee</p></li></ul>"


def test_lijst_met_alineas_nog_nodig(kaal: Zet) -> None:
    assert any(kind.soort == "P" for item in lees_tags(kaal(_LIJST)).alle("LI") for kind in item.kinderen)


def test_lijst_met_alineas(zet: Zet) -> None:
    lijf = ("LBody", ["P", "P", "P"])
    assert een(zet(_LIJST), "L").vorm == ("L", [("LI", ["Lbl", lijf]), ("LI", ["Lbl", ("LBody", ["P", "P"])])])


def test_geneste_lijst_staat_op_haar_plaats(zet: Zet) -> None:
    pdf = zet("<ul><li>een<ul><li>diep</li></ul></li><li>twee</li></ul>")
    assert lees_tags(pdf).tekst == "Titel • een ◦ diep • twee"


def test_span_om_elke_regel_nog_nodig(kaal: Zet) -> None:
    assert een(kaal("<p>tekst</p>"), "P").vorm == ("P", ["Span"])


def test_geen_span_om_elke_regel_en_die_van_de_html_blijft(zet: Zet) -> None:
    boom = lees_tags(zet(f'<p>{_VEEL[:90]} <span class="x">eigen</span> rest</p>'))
    assert boom.vorm == ("Document", ["H1", ("P", ["Span"])])
    assert next(boom.alle("Span")).tekst == "eigen"


# ---- footnotes ----

_NOOT = (
    '<p>Een zin<span class="noot">De eerste noot.</span> en meer<span class="noot">De tweede noot.</span> tekst.</p>'
)


def test_noot_nog_nodig(kaal: Zet) -> None:
    assert list(lees_tags(kaal(_NOOT)).alle("Note", "Reference")) == []


def test_noot_staat_achter_haar_verwijzing(zet: Zet) -> None:
    pdf = zet(_NOOT)
    p = een(pdf, "P")
    assert p.vorm == ("P", ["Reference", ("Note", ["Lbl"]), "Reference", ("Note", ["Lbl"])])
    noten = list(p.alle("Note"))
    assert [noot.tekst.split(" ", 1)[1] for noot in noten] == ["De eerste noot.", "De tweede noot."]
    assert len({noot.id for noot in noten}) == 2
    assert {noot.id for noot in noten} <= alle_ids(pdf).keys()
    assert lees_tags(pdf).vorm == ("Document", ["H1", p.vorm])


# ---- language, figures ----

_TALEN = '<p lang="en">English <i lang="en">text</i> <span lang="fr">et français</span></p><p>gewoon</p>'


def test_taal_van_een_deel_nog_nodig(kaal: Zet) -> None:
    assert {tag.taal for tag in lees_tags(kaal(_TALEN)).alle()} == {None}


def test_taal_van_een_deel(zet: Zet) -> None:
    talen = [(tag.soort, tag.taal) for tag in lees_tags(zet(_TALEN)).alle() if tag.taal]
    assert talen == [("P", "en"), ("Span", "fr")]


_BEELD = (
    '<p>boven</p><img src="beeld.svg" alt="Een beeld"'
    ' style="display: block; margin-left: 10mm; width: 20mm; height: 10mm">'
)
_PUNT = 72 / 25.4


@pytest.fixture
def beeld(tmp_path: Path) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><path d="M0 0h20v10z"/></svg>'
    (tmp_path / "beeld.svg").write_text(svg, encoding="utf-8")


@pytest.mark.usefixtures("beeld")
def test_kader_van_een_figuur(zet: Zet) -> None:
    figuur = een(zet(_BEELD), "Figure")
    links, onder, rechts, boven = (float(waarde) for waarde in figuur.kenmerk("/BBox"))
    assert links == pytest.approx(15 * _PUNT)
    assert rechts - links == pytest.approx(20 * _PUNT)
    assert boven - onder == pytest.approx(10 * _PUNT)
    assert 0 < onder < boven < (80 - 15) * _PUNT


def test_kader_van_een_figuur_nog_nodig(tmp_path: Path) -> None:
    svg = "<svg xmlns='http://www.w3.org/2000/svg' width='20' height='10'><path d='M0 0h20v10z'/></svg>"
    html = f'<html lang="nl"><title>x</title><img src="data:image/svg+xml,{svg}" alt="x" style="width: 40mm">'
    weasyprint.HTML(string=html).write_pdf(tmp_path / "kaal.pdf", pdf_variant=VARIANT)
    links, _, rechts, _ = (float(waarde) for waarde in een(Pdf(tmp_path / "kaal.pdf"), "Figure").kenmerk("/BBox"))
    assert rechts - links == pytest.approx(40 / 25.4 * 96)


# ---- what holds for every tree ----


def test_boom_en_eigenaren_spreken_elkaar_niet_tegen(zet: Zet) -> None:
    """Every piece of marked content stands once in the tree, under the tag that the parent tree names."""
    pdf = zet(f'{_LANGE_TABEL}{_NOOT}{_LIJST}<p>{_VEEL}</p><p><a href="#d">{_VEEL}</a></p><p id="d">x</p>', _LINK_CSS)
    paginas = {page.obj.objgen: nummer for nummer, page in enumerate(pdf.pike.pages, 1)}
    gevonden = {}
    for tag in lees_tags(pdf).alle():
        for deel in tag.pike["/K"]:
            if not isinstance(deel, pikepdf.Dictionary):
                sleutel = (paginas[tag.pike["/Pg"].objgen], int(deel))
            elif deel["/Type"] == "/MCR":
                sleutel = (paginas[deel["/Pg"].objgen], int(deel["/MCID"]))
            else:
                continue
            assert sleutel not in gevonden
            gevonden[sleutel] = tag.pike.objgen
        for kind in tag.kinderen:
            assert kind.pike["/P"].objgen == tag.pike.objgen
    assert gevonden == {sleutel: tag.objgen for sleutel, tag in eigenaren(pdf).items()}
    bladen = pikepdf.NumberTree(pdf.pike.Root["/StructTreeRoot"]["/ParentTree"])
    for tag in lees_tags(pdf).alle("Link"):
        assert all(bladen[int(annotatie["/StructParent"])].objgen == tag.pike.objgen for annotatie in tag.links)
    assert pdf.pike.check_pdf_syntax() == []


def test_tekst_van_de_tags_is_de_tekst_van_de_pagina(zet: Zet) -> None:
    """Nothing but artifacts is left out, nothing stands twice."""
    pdf = zet(f"{_LANGE_TABEL}<p>{_VEEL}</p>{_LIJST}")
    woorden = [woord for stuk in pdf.stukken if stuk.artefact is None for woord in stuk.tekst.split()]
    assert sorted(lees_tags(pdf).tekst.split()) == sorted(woorden)


def test_weasyprint_is_daarna_weer_zichzelf(zet: Zet) -> None:
    from weasyprint.pdf import stream, tags

    voor = (tags._build_box_tree, stream.Stream.marked)
    zet("<p>x</p>")
    assert (tags._build_box_tree, stream.Stream.marked) == voor
