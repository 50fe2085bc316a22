"""The data that the PDF carries: which files, what they are to the document, and that the document names them."""

from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from pipeline.core.document.attachments import MEE, bijlagen
from pipeline.core.document.meta import DocumentMeta
from pipeline.core.document.pdf import Bijlage
from pipeline.core.document.render import Grenzen, build_document, render_pdf
from pipeline.core.lineage import LINEAGE
from pipeline.core.sqlfiles import load_models
from tests.document.conftest import alleen
from tests.document.geheugen import GeheugenRegister, GeheugenTabellen
from tests.document.pdftekst import Pdf


@pytest.fixture
def editie(tmp_path: Path) -> Path:
    for naam in ("tabellen/gemeenten.csv", "cijfers.csv", "tabellen/definities.csv", "tabellen/opvang.csv"):
        pad = tmp_path / "editie" / naam
        pad.parent.mkdir(parents=True, exist_ok=True)
        pad.write_bytes(naam.encode())
    return tmp_path / "editie"


def test_elk_bestand_dat_meegaat_wordt_ook_gemaakt() -> None:
    """A table that was renamed or went away would silently be missing from the PDF."""
    tabellen = {
        f"tabellen/{model.name.removeprefix('report.tabel_')}.csv"
        for model in load_models()
        if model.name.startswith("report.tabel_")
    }
    assert MEE.keys() <= tabellen | {"cijfers.csv", "tabellen/definities.csv", LINEAGE}


def test_namen_in_de_pdf_zijn_eenduidig() -> None:
    assert len({Path(naam).name for naam in MEE}) == len(MEE)
    assert {relatie for relatie, _ in MEE.values()} == {"Data", "Supplement"}


def test_wat_er_is_gaat_mee_op_naam(editie: Path) -> None:
    assert [(b.naam, b.inhoud, b.relatie) for b in bijlagen(editie)] == [
        ("cijfers.csv", b"cijfers.csv", "Data"),
        ("definities.csv", b"tabellen/definities.csv", "Supplement"),
        ("gemeenten.csv", b"tabellen/gemeenten.csv", "Data"),
    ]


def test_document_noemt_en_draagt_ze(
    register: GeheugenRegister,
    tabellen: GeheugenTabellen,
    meta: DocumentMeta,
    grenzen: Grenzen,
    editie: Path,
    tmp_path: Path,
) -> None:
    mee = bijlagen(editie)
    feiten = replace(meta, bijlagen=tuple((bijlage.naam, bijlage.omschrijving) for bijlage in mee))
    html = alleen(build_document(register, tabellen, feiten, tmp_path, grenzen), "verantwoording")
    render_pdf(html, tmp_path, tmp_path / "uit.pdf", feiten, mee)
    pdf = Pdf(tmp_path / "uit.pdf")
    assert "Gegevens in deze PDF" in pdf.tekst
    for bijlage in mee:
        assert f"{bijlage.naam} {bijlage.omschrijving}" in pdf.tekst
        assert pdf.pike.attachments[bijlage.naam].get_file().read_bytes() == bijlage.inhoud
    assert sorted(pdf.pike.attachments) == [bijlage.naam for bijlage in mee]


def test_zonder_bijlagen_geen_woord_erover(
    register: GeheugenRegister, tabellen: GeheugenTabellen, meta: DocumentMeta, grenzen: Grenzen, tmp_path: Path
) -> None:
    assert "Gegevens in deze PDF" not in build_document(register, tabellen, meta, tmp_path, grenzen)


def test_elk_bestand_staat_een_keer_in_de_lijst(meta: DocumentMeta, tmp_path: Path) -> None:
    """The list of associated files: by name, each with its own relation and the date of the letter."""
    html = (
        '<html lang="nl"><head><title>x</title><link rel="stylesheet" href="stijl.css"></head><body><h1>x</h1></body>'
    )
    mee = (Bijlage("a.csv", b"1", "een"), Bijlage("b.csv", b"2", "twee", "Supplement"))
    render_pdf(html, tmp_path, tmp_path / "uit.pdf", meta, mee)
    with pikepdf.open(tmp_path / "uit.pdf") as pdf:
        lijst = [
            (str(spec["/UF"]), str(spec["/AFRelationship"]), str(spec["/EF"]["/F"]["/Params"]["/ModDate"]))
            for spec in pdf.Root["/AF"]
        ]
        assert lijst == [
            ("a.csv", "/Data", "D:20160929000000Z"),
            ("b.csv", "/Supplement", "D:20160929000000Z"),
        ]
        assert [str(spec["/EF"]["/F"]["/Subtype"]) for spec in pdf.Root["/AF"]] == ["/text/csv"] * 2
