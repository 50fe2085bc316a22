"""Typesetting: no warning is let pass, nothing of the machine gets in, the same content gives the same bytes."""

import logging
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from pipeline.core.document import pdf as zetter
from pipeline.core.document.meta import DocumentMeta
from pipeline.core.document.pdf import Bijlage, render_pdf
from pipeline.core.errors import DocumentFout
from tests.document.conftest import Rapport

_KOP = (
    '<!DOCTYPE html><html lang="nl"><head><meta charset="utf-8"><title>Proef</title>'
    '<meta name="dcterms.created" content="2016-09-29T00:00:00Z">'
    '<meta name="dcterms.modified" content="2016-09-29T00:00:00Z">'
    '<link rel="stylesheet" href="stijl.css">{css}</head><body><h1>Proef</h1>{body}</body></html>'
)
_SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'
Zet = Callable[..., Path]


@pytest.fixture
def zet(tmp_path: Path, meta: DocumentMeta) -> Zet:
    werk = tmp_path / "werk"
    werk.mkdir()
    (werk / "beeld.svg").write_text(_SVG, encoding="utf-8")
    (tmp_path / "geheim.svg").write_text(_SVG, encoding="utf-8")

    def zet(
        body: str = "<p>tekst</p>", css: str = "", bijlagen: tuple[Bijlage, ...] = (), naam: str = "uit.pdf"
    ) -> Path:
        render_pdf(_KOP.format(css=css, body=body), werk, tmp_path / naam, meta, bijlagen)
        return tmp_path / naam

    return zet


def test_gewone_pagina_met_beeld(zet: Zet) -> None:
    with pikepdf.open(zet('<p><img src="beeld.svg" alt="Een beeld"></p>')) as pdf:
        assert len(pdf.pages) == 1


@pytest.mark.parametrize(
    "body",
    [
        '<img src="bestaat-niet.svg" alt="x">',
        '<img src="../geheim.svg" alt="x">',
        '<img src="file:///etc/hostname" alt="x">',
        '<img src="http://127.0.0.1:9/x.svg" alt="x">',
        '<img src="data:image/svg+xml,%3Csvg/%3E" alt="x">',
        '<img src="beeld.svg">',
        '<p><a href="#nergens">nergens</a></p>',
    ],
)
def test_wat_niet_deugt_geeft_een_fout_en_geen_bestand(zet: Zet, tmp_path: Path, body: str) -> None:
    with pytest.raises(DocumentFout, match="kan niet worden gezet"):
        zet(body)
    assert not (tmp_path / "uit.pdf").exists()


@pytest.mark.parametrize(
    "css",
    [
        "<style>p { kleur: rood }</style>",
        "<style>@font-face { font-family: x; src: url(fonts/weg.ttf) } p { font-family: x }</style>",
        '<link rel="stylesheet" href="weg.css">',
    ],
)
def test_fout_in_de_opmaak_is_een_fout(zet: Zet, css: str) -> None:
    with pytest.raises(DocumentFout):
        zet(css=css)


def test_teken_buiten_de_letter_wordt_genoemd(zet: Zet, tmp_path: Path) -> None:
    with pytest.raises(DocumentFout, match="\u6f22"):
        zet("<p>gemeente \u6f22</p>")
    assert not (tmp_path / "uit.pdf").exists()


def test_zonder_taal_geen_document(zet: Zet, meta: DocumentMeta, tmp_path: Path) -> None:
    html = _KOP.format(css="", body="").replace(' lang="nl"', "")
    with pytest.raises(DocumentFout, match="lang"):
        render_pdf(html, tmp_path / "werk", tmp_path / "uit.pdf", meta)


def test_waarschuwing_telt_ook_als_het_programma_haar_dempt(zet: Zet) -> None:
    logger = logging.getLogger("weasyprint")
    eerder, handlers = logger.level, list(logger.handlers)
    logger.setLevel(logging.CRITICAL)
    try:
        with pytest.raises(DocumentFout):
            zet('<img src="weg.svg" alt="x">')
        assert (logger.level, logger.handlers) == (logging.CRITICAL, handlers)
    finally:
        logger.setLevel(eerder)


def test_zonder_harfbuzz_subset_geen_document(zet: Zet, monkeypatch: pytest.MonkeyPatch) -> None:
    import weasyprint.text.ffi

    monkeypatch.setattr(weasyprint.text.ffi, "harfbuzz_subset", None)
    with pytest.raises(DocumentFout, match="libharfbuzz-subset0"):
        zet()


def test_zonder_pango_een_leesbare_fout(zet: Zet, monkeypatch: pytest.MonkeyPatch) -> None:
    def mist(naam: str) -> None:
        raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr("pipeline.core.document.pdf.importlib.import_module", mist)
    with pytest.raises(DocumentFout, match=r"installeer libpango-1\.0-0"):
        zet()


def test_zelfde_inhoud_zelfde_bytes_ander_beeld_ander_kenmerk(zet: Zet, tmp_path: Path) -> None:
    body = '<p><img src="beeld.svg" alt="x"></p>'
    eerste = zet(body).read_bytes()
    assert zet(body, naam="twee.pdf").read_bytes() == eerste
    (tmp_path / "werk" / "beeld.svg").write_text(_SVG.replace("h9", "h8"), encoding="utf-8")
    with pikepdf.open(tmp_path / "uit.pdf") as oud, pikepdf.open(zet(body, naam="drie.pdf")) as nieuw:
        assert bytes(oud.trailer["/ID"][0]) != bytes(nieuw.trailer["/ID"][0])


def test_heel_rapport_twee_keer_dezelfde_bytes(rapport: Rapport, meta: DocumentMeta, tmp_path: Path) -> None:
    render_pdf(rapport.html, rapport.werk, tmp_path / "weer.pdf", meta)
    assert (tmp_path / "weer.pdf").read_bytes() == rapport.pad.read_bytes()


def test_bijlage_gaat_ongewijzigd_mee_met_vaste_datum(zet: Zet) -> None:
    bijlagen = (Bijlage("cijfers.csv", b"a,b\n1,2\n", "Alle cijfers"), Bijlage("bron.json", b"{}", "Bron", "Source"))
    pad = zet(bijlagen=bijlagen)
    assert zet(bijlagen=bijlagen, naam="twee.pdf").read_bytes() == pad.read_bytes()
    with pikepdf.open(pad) as pdf:
        assert pdf.attachments["cijfers.csv"].get_file().read_bytes() == b"a,b\n1,2\n"
        spec = pdf.attachments["bron.json"].obj
        assert (str(spec["/AFRelationship"]), str(spec["/Desc"])) == ("/Source", "Bron")
        assert str(spec["/EF"]["/F"]["/Params"]["/CreationDate"]) == "D:20160929000000Z"


def test_bijlage_van_onbekend_type(zet: Zet) -> None:
    with pytest.raises(DocumentFout, match="bestandstype"):
        zet(bijlagen=(Bijlage("cijfers.onbekend", b"", ""),))


def test_pdf_noemt_zich_pdfa_en_pdfua(rapport: Rapport) -> None:
    xmp = rapport.pdf.pike.Root["/Metadata"]
    assert "/Filter" not in xmp
    tekst = xmp.read_bytes()
    assert tekst.count(b"<rdf:RDF") == tekst.count(b"</rdf:RDF>") == 1
    for deel in (b'pdfaid:part="3"', b'pdfaid:conformance="A"', b'pdfuaid:part="1"', b"PDF/UA identification schema"):
        assert tekst.index(b"<rdf:RDF") < tekst.index(deel) < tekst.index(b"</rdf:RDF>")
    assert str(rapport.pdf.pike.docinfo["/CreationDate"]) == "D:20160929000000Z"
    assert b"2016-09-29T00:00:00Z" in tekst
    assert str(rapport.pdf.pike.Root["/Lang"]) == "nl"


def test_alleen_de_meegeleverde_letter(rapport: Rapport) -> None:
    assert rapport.pdf.letters() == {
        "Source-Sans-3-Voortgang",
        "Source-Sans-3-Voortgang-Light",
        "Source-Sans-3-Voortgang-Italic",
        "Source-Sans-3-Voortgang-Semi-Bold",
        "Kenmerk-Voortgang",
    }


def test_hulpgrepen_worden_teruggedraaid(zet: Zet) -> None:
    import gc

    import pydyf

    origineel = pydyf.PDF.page_references
    zet()
    assert pydyf.PDF.page_references is origineel
    assert gc.isenabled()


def test_de_letter_laat_geen_map_achter(zet: Zet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where Python never takes the document apart: WeasyPrint keeps the letter in a folder as long as it lives."""
    levend: list[object] = []
    mappen: list[int] = []
    rond_af = zetter._rond_af

    def zie(herstel: Callable[..., None], document: object, pdf: object) -> None:
        levend.append(document)
        mappen.append(len(list(tmp_path.glob("weasyprint-*"))))
        rond_af(herstel, document, pdf)

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(zetter, "_rond_af", zie)
    zet()
    assert mappen == [1] and len(levend) == 1
    assert list(tmp_path.glob("weasyprint-*")) == []


def test_onthouden_verwijzingen_zijn_dezelfde() -> None:
    """The remembered list equals pydyf's own after every page that is added."""
    import pydyf

    origineel = pydyf.PDF.page_references.fget
    pdf = pydyf.PDF()
    with zetter._verwijzingen_onthouden():
        for _ in range(3):
            pdf.add_page(pydyf.Dictionary({"Type": "/Page", "Parent": pdf.pages.reference}))
            assert pdf.page_references == origineel(pdf)


def test_stroom_die_op_een_regelterugloop_eindigt() -> None:
    """What stands before `endstream` is one whole end of line, and the length is that of the content."""
    import pydyf

    # The checksum at the end of what is compressed is then a carriage return.
    stroom = pydyf.Stream([b"\x0c"], compress=True)
    assert stroom.data.endswith(b"\r\nendstream")
    with zetter._eenduidig_einde():
        lengte = int(stroom.data.split(b"/Length ")[1].split(b">>")[0])
        inhoud = stroom.data.split(b"stream\n", 1)[1]
        assert inhoud[lengte:] == b"\r\nendstream"
        assert pydyf.Stream([b"\x0b"], compress=True).data.endswith(b"\x0c\nendstream")
    assert stroom.data.endswith(b"\r\nendstream")
