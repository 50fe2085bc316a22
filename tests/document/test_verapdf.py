"""veraPDF finds nothing wrong: in a report and a factsheet of everything that is unusual, and in a page of every kind.

The report of the sample is judged where it is made (tests/orchestration/test_run.py). A document with a fault shows
that the judge is awake.
"""

from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from pipeline.core.document.factsheet import render_factsheet
from pipeline.core.document.meta import DocumentMeta
from pipeline.core.document.pdf import Bijlage, render_pdf
from pipeline.core.document.render import build_document
from tests.document import verapdf
from tests.document.conftest import AANGEKONDIGD, GEMEENTEN, vierkanten
from tests.document.geheugen import maak_register
from tests.document.proefpagina import Zet, zet

__all__ = ["zet"]

_LANG = ("Zeer " + "lang" * 35 + " aan de <Rijn> & Súdwést-’s-Œuvre ").ljust(200, "n")
_BIJLAGEN = (
    Bijlage("cijfers.csv", b"a,b\n1,2\n", "alle cijfers"),
    Bijlage("definities.csv", b"a,b\n", "uitleg", "Supplement"),
)

_ONGEWOON = (
    replace(GEMEENTEN[0], naam=_LANG, regio=_LANG),
    replace(GEMEENTEN[1], netto=0, saldo_begin=0),
    *(replace(g, provincie=_LANG[:199] + "e") for g in GEMEENTEN[3:]),
)


@pytest.fixture(scope="session")
def ongewoon(meta: DocumentMeta, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A half-year without one of the municipalities, with a taakstelling of zero and with names of 200 characters."""
    register, tabellen = maak_register(_ONGEWOON, aangekondigd=AANGEKONDIGD)
    werk, uit = tmp_path_factory.mktemp("werk"), tmp_path_factory.mktemp("uit") / "ongewoon.pdf"
    feiten = replace(meta, bijlagen=tuple((b.naam, b.omschrijving) for b in _BIJLAGEN))
    html = build_document(register, tabellen, feiten, werk, vierkanten(_ONGEWOON))
    render_pdf(html, werk, uit, feiten, _BIJLAGEN)
    return uit


@pytest.mark.parametrize("profiel", ["ua1", "3a"])
def test_ongewoon_halfjaar(ongewoon: Path, profiel: str) -> None:
    oordeel = verapdf.keur(ongewoon, profiel)
    assert oordeel.fouten == ()
    assert oordeel.aantal > 10_000


_ALLES = """<p lang="en">English <i lang="fr">français</i> <a href="#slot">link to the end, which is long
enough to need two lines of its own, or nearly three</a><span class="noot">A <b>note</b> with
a <a href="https://example.nl/">link</a>.</span> after.</p>
<ul><li>een<ul><li>diep</li></ul></li><li>los<p>alinea</p>los</li></ul>
<ol style="list-style: none"><li><a href="#slot">zonder teken</a></li></ol>
<blockquote><p>citaat</p></blockquote>
<table class="lang"><caption>Tabel</caption><thead>
<tr><th scope="col" rowspan="2">Naam</th><th scope="colgroup" colspan="2">Saldo</th></tr>
<tr><th scope="col">begin</th><th scope="col">eind</th></tr></thead><tbody>"""
_ALLES += "".join(f'<tr><th scope="row">Rij {n}</th><td>{n}</td><td></td></tr>' for n in range(60))
_ALLES += '<tr><th scope="row">Samen</th><td colspan="2">x</td></tr></tbody></table><p id="slot">slot</p>'


@pytest.fixture(scope="session")
def ongewone_factsheet(meta: DocumentMeta, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The factsheet of the same half-year."""
    register, tabellen = maak_register(_ONGEWOON, aangekondigd=AANGEKONDIGD)
    werk = tmp_path_factory.mktemp("werk")
    render_factsheet(register, tabellen, meta, werk, werk / "kerncijfers.pdf")
    return werk / "kerncijfers.pdf"


@pytest.mark.parametrize("profiel", ["ua1", "3a"])
def test_factsheet_van_een_ongewoon_halfjaar(ongewone_factsheet: Path, profiel: str) -> None:
    oordeel = verapdf.keur(ongewone_factsheet, profiel)
    assert oordeel.fouten == ()
    assert oordeel.aantal > 1_000


@pytest.mark.parametrize("profiel", ["ua1", "3a"])
def test_elke_soort_inhoud(zet: Zet, tmp_path: Path, profiel: str) -> None:
    zet(_ALLES, "a::before { content: 'deel ' } h1 + p { margin-top: 9mm }")
    assert verapdf.keur(tmp_path / "uit.pdf", profiel).fouten == ()


def test_fout_wordt_gezien(zet: Zet, tmp_path: Path) -> None:
    with pikepdf.open(zet("<p>tekst</p>").pad) as pdf:
        del pdf.Root["/ViewerPreferences"]
        pdf.save(tmp_path / "fout.pdf")
    assert [fout[0] for fout in verapdf.keur(tmp_path / "fout.pdf", "ua1").fouten] == ["7.1-10"]
