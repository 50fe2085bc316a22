"""What no validator sees and a reader does: heads without words, empty alt texts, dead links, pale letters."""

import re
from collections import defaultdict
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest
from pikepdf import NameTree

from tests.document.conftest import Rapport
from tests.document.kleuren import WIT, contrast, lees_kleuren
from tests.document.proefpagina import Zet, zet
from tests.document.tagboom import Tag, alle_ids, lees_tags

__all__ = ["zet"]

_CEL = re.compile(r"<(t[hd])\b[^>]*>(.*?)(?=<t[hd]\b|</t[hdr])", re.DOTALL)


@pytest.fixture(scope="module")
def boom(rapport: Rapport) -> Tag:
    return lees_tags(rapport.pdf)


def test_elke_tabel_heeft_koppen_met_woorden(boom: Tag) -> None:
    tabellen = list(boom.alle("Table"))
    assert len(tabellen) > 10
    assert [tabel.tekst[:40] for tabel in tabellen if not any(tabel.alle("TH"))] == []
    assert [cel.pike["/ID"] for cel in boom.alle("TH") if not cel.tekst] == []


def test_elke_cel_heeft_de_koppen_van_haar_plaats(boom: Tag, rapport: Rapport) -> None:
    """The heads of each cell are that of its column and that of its row, counted in the HTML itself."""
    teksten = {str(naam): lees.tekst for lees in boom.alle("TH") if (naam := lees.id)}
    assert teksten.keys() == alle_ids(rapport.pdf).keys()
    tabellen = list(boom.alle("Table"))
    bronnen = re.findall(r"<table\b.*?</table>", rapport.html, re.DOTALL)
    assert len(bronnen) == len(tabellen)
    gezien = 0
    for bron, tabel in zip(bronnen, tabellen, strict=True):
        rijen = [_CEL.findall(rij) for rij in re.findall(r"<tr\b.*?</tr>", bron, re.DOTALL)]
        tags = [rij.kinderen for rij in tabel.alle("TR")]
        assert [len(rij) for rij in rijen] == [len(rij) for rij in tags]
        kop = re.search(r"<thead.*?</thead>", bron, re.DOTALL)
        kolommen = koppen_per_kolom(kop[0] if kop else "")
        for rij in tags[kop[0].count("<tr") if kop else 0 :]:
            for x, cel in enumerate(rij[1:], 1):
                gewenst = kolommen[x] if kop else []
                assert [teksten[kop] for kop in cel.koppen] == [*gewenst, rij[0].tekst]
                gezien += 1
    assert gezien == len(list(boom.alle("TD"))) > 200


def koppen_per_kolom(kop: str) -> dict[int, list[str]]:
    """The heads above each column, from the top, with a head that spans columns or rows above all of these."""
    kolommen: dict[int, list[str]] = defaultdict(list)
    bezet: set[tuple[int, int]] = set()
    for y, rij in enumerate(re.findall(r"<tr\b.*?</tr>", kop, re.DOTALL)):
        x = 0
        for kenmerken, inhoud in re.findall(r"<th\b([^>]*)>(.*?)</th>", rij, re.DOTALL):
            breedte, hoogte = (int((re.findall(rf'{n}span="(\d+)"', kenmerken) or [1])[0]) for n in ("col", "row"))
            while (x, y) in bezet:
                x += 1
            for kolom in range(x, x + breedte):
                kolommen[kolom].append(" ".join(unescape(re.sub(r"<[^>]*>", "", inhoud)).split()))
                bezet.update((kolom, y + dieper) for dieper in range(hoogte))
    return kolommen


def test_elke_figuur_zegt_wat_er_te_zien_is(boom: Tag) -> None:
    alts = [str(figuur.pike["/Alt"]) for figuur in boom.alle("Figure")]
    assert len(alts) == 5
    for alt in alts:
        assert not re.search(r"\.(svg|png)\b", alt)
        assert len(alt) > 60 and alt.endswith(".") and re.search(r"\d", alt)


def test_koppen_slaan_niets_over_en_zijn_niet_leeg(boom: Tag) -> None:
    koppen = list(boom.alle("H1", "H2", "H3", "H4", "H5", "H6"))
    niveaus = [int(kop.soort[1]) for kop in koppen]
    assert niveaus[0] == 1
    assert all(later - eerder <= 1 for eerder, later in pairwise(niveaus))
    assert all(kop.tekst for kop in koppen)


def test_elke_koppeling_leidt_ergens_heen_en_zegt_waarheen(boom: Tag, rapport: Rapport) -> None:
    doelen = {str(naam) for naam in NameTree(rapport.pdf.pike.Root["/Names"]["/Dests"])}
    links = list(boom.alle("Link"))
    assert len(links) > 20
    for link in links:
        assert link.links, link.tekst
        for annotatie in link.links:
            assert str(annotatie["/Dest"]) in doelen
            tekst = str(annotatie["/Contents"])
            assert tekst not in doelen
            assert tekst.replace(" ", "") == link.tekst.replace(" ", "")
    los = sum(len(page.obj.get("/Annots", [])) for page in rapport.pdf.pike.pages)
    assert los == sum(len(link.links) for link in links)


def test_kopregels_zijn_geen_inhoud(boom: Tag, rapport: Rapport) -> None:
    """Whatever stands in the margins is an artifact, and nothing of it is read aloud."""
    randen = [stuk for stuk in rapport.pdf.stukken if stuk.pagina > 1 and (stuk.y > 795 or stuk.y < 45)]
    assert len(randen) > 3 * len(rapport.pdf.paginas)
    assert {stuk.artefact for stuk in randen} == {"/Pagination /Header", "/Pagination /Footer"}
    binnen = [stuk.tekst for stuk in rapport.pdf.stukken if stuk.artefact is None and stuk.mcid is None]
    assert binnen == []


def test_geen_woord_is_over_twee_tags_verdeeld(boom: Tag) -> None:
    """No automatic hyphens: a word in a paragraph or a heading ends where its line ends."""
    for tag in boom.alle("P", "H2", "H3", "LBody", "Caption"):
        tekst = re.sub(r"\b([Ww]o|[Zz]uid|[Nn]oord|[Ii]n|Immigratie)- ", "", tag.tekst)
        assert not re.search(r"\w[-\u00ad\u2010] [a-z]", tekst), tag.tekst


def test_elke_letter_steekt_af(rapport: Rapport) -> None:
    """Every run of text, in charts and on coloured ground too, has a contrast of at least 4,5 : 1."""
    kleuren = lees_kleuren(rapport.pad)
    assert len(kleuren) > 1000
    assert {stuk for stuk in kleuren if stuk.contrast < 4.5} == set()
    gronden = {stuk.grond for stuk in kleuren}
    assert WIT in gronden and len(gronden) >= 3


def test_bleke_letter_valt_op(zet: Zet, tmp_path: Path) -> None:
    zet('<p style="color: #888">bleek</p><p style="background: #154273; color: #1a1a1a">donker</p><p>goed</p>')
    assert [round(stuk.contrast, 1) for stuk in lees_kleuren(tmp_path / "uit.pdf") if stuk.contrast < 4.5] == [3.5, 1.7]


def test_contrast_is_dat_van_wcag() -> None:
    assert contrast(WIT, (0.0, 0.0, 0.0)) == pytest.approx(21)
    assert contrast((0x15 / 255, 0x42 / 255, 0x73 / 255), WIT) == pytest.approx(10.2, abs=0.05)
    assert contrast((0xE1 / 255, 0x70 / 255, 0.0), WIT) < 4.5
