"""Appendix D: what changed since the published edition, and what came in late; a plain sentence where there is
nothing.
"""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipeline.core.document.meta import DocumentMeta
from pipeline.core.document.render import build_document, render_pdf
from pipeline.core.figures import Cijfer
from tests.document.conftest import GEMEENTEN, alleen, vierkanten
from tests.document.geheugen import GeheugenRegister, GeheugenTabellen
from tests.document.pdftekst import Pdf

DELEN = ("oud", "verschil", "definitie", "eerder", "correcties", "nagekomen", "herindeling")


def met(register: GeheugenRegister, waarden: dict[tuple[str, str], int]) -> GeheugenRegister:
    """The register with other and more figures."""
    los = dict(register._cijfers)
    for (cijfer_id, gebied), waarde in waarden.items():
        los[cijfer_id, gebied] = Cijfer(cijfer_id, gebied, Decimal(waarde), "personen", "", "")
    return GeheugenRegister(los.values())


def afgedrukt(register: GeheugenRegister, tabellen: GeheugenTabellen, meta: DocumentMeta, map_: Path) -> Pdf:
    """The appendix alone."""
    html = alleen(build_document(register, tabellen, meta, map_, vierkanten(GEMEENTEN)), "herzieningen")
    render_pdf(html, map_, map_ / "uit.pdf", meta)
    return Pdf(map_ / "uit.pdf")


def bijlage(pdf: Pdf) -> str:
    """The text of the appendix, blanks as one space."""
    assert "Herzieningen" in pdf.paginas[0]
    return " ".join(pdf.tekst.split())


def test_zonder_eerdere_editie_staat_dat_er(
    register: GeheugenRegister, tabellen: GeheugenTabellen, meta: DocumentMeta, tmp_path: Path
) -> None:
    tekst = bijlage(afgedrukt(register, tabellen, meta, tmp_path))
    assert "Van dit halfjaar is niet eerder een editie gepubliceerd." in tekst
    assert "Of daarvoor afmeldingen zijn nagekomen, is daarom niet bekend." in tekst
    assert "Correcties" not in tekst


@pytest.fixture
def herzien(tabellen: GeheugenTabellen) -> GeheugenTabellen:
    een, ander = GEMEENTEN[:2]
    rijen: dict[str, list[dict[str, Any]]] = {
        "report.herzien": [
            {"cijfer_id": "saldo.eind", "gebied": "NL", "naam": "Eindsaldo", "volgorde": 1},
            {"cijfer_id": "", "gebied": een.code, "naam": een.naam, "volgorde": 1001},
        ],
        "report.tabel_nagekomen": [
            {"periode": "2015-I", "gemeentecode": een.code, "gemeente": een.naam},
            {"periode": "2015-II", "gemeentecode": ander.code, "gemeente": ander.naam},
        ],
    }
    return GeheugenTabellen(tabellen._tabellen | rijen)


def test_verschillen_staan_met_hun_oorzaken(
    register: GeheugenRegister, herzien: GeheugenTabellen, meta: DocumentMeta, tmp_path: Path
) -> None:
    een, ander = GEMEENTEN[:2]
    waarden = {("herziening.cijfers", "NL"): 4321, ("herziening.gelijk", "NL"): 8765, ("herziening.gemeenten", "NL"): 1}
    for gebied, oud in (("NL", 950), (een.code, 9876)):
        delen = zip(DELEN, (oud, 3, 0, 0, 5, -2, 0), strict=True)
        waarden |= {(f"herziening.saldo_eind_{deel}", gebied): waarde for deel, waarde in delen}
    for gebied in ("NL", ander.code):
        for deel, waarde in (("afmeldingen", 7), ("gewijzigd", -1), ("vervallen", 0), ("netto", 6), ("netto_min_1", 4)):
            waarden["nagekomen." + deel, gebied] = waarde
        waarden |= {("nagekomen.netto_eerder", gebied): 2, ("nagekomen.eindsaldo_gepubliceerd", gebied): 44}
        waarden |= {("nagekomen.eindsaldo_met", gebied): 38, ("nagekomen.gemeenten", "NL"): 1}
    tekst = bijlage(afgedrukt(met(register, waarden), herzien, meta, tmp_path))
    assert "In alle gebieden samen zijn 4.321 cijfers anders en 8.765 gelijk" in tekst and "één gemeente" in tekst
    assert "Eindsaldo 950 953 +3 0 0 +5 \u22122 0" in tekst
    assert f"{een.naam} 9.876 " in tekst and "+3 0 0 +5 \u22122 0" in tekst
    assert f"{ander.naam} +7 \u22121 0 +4 +2 44 38" in tekst
    assert f"{een.naam} +7" not in tekst
    assert "zou het laatst gepubliceerde eindsaldo anders zijn geweest" in tekst


def test_geen_gemeente_leest_als_nederlands(
    register: GeheugenRegister, herzien: GeheugenTabellen, meta: DocumentMeta, tmp_path: Path
) -> None:
    een, ander = GEMEENTEN[:2]
    waarden = {("herziening.cijfers", "NL"): 1, ("herziening.gelijk", "NL"): 424, ("herziening.gemeenten", "NL"): 0}
    waarden |= {("nagekomen.gemeenten", "NL"): 0}
    waarden |= {(f"herziening.saldo_eind_{deel}", gebied): 0 for deel in DELEN for gebied in ("NL", een.code)}
    delen = (
        *("afmeldingen", "gewijzigd", "vervallen", "netto", "netto_min_1", "netto_eerder"),
        *("eindsaldo_gepubliceerd", "eindsaldo_met"),
    )
    waarden |= {(f"nagekomen.{deel}", gebied): 0 for deel in delen for gebied in ("NL", een.code, ander.code)}
    tekst = bijlage(afgedrukt(met(register, waarden), herzien, meta, tmp_path))
    assert "In alle gebieden samen is één cijfer anders en 424 gelijk;" in tekst
    assert "het eindsaldo is in geen enkele gemeente anders." in tekst
    assert "Van geen enkele gemeente zou het laatst gepubliceerde eindsaldo anders zijn geweest" in tekst


def test_wat_de_bestanden_niet_zeggen_staat_erbij(
    register: GeheugenRegister, tabellen: GeheugenTabellen, meta: DocumentMeta, tmp_path: Path
) -> None:
    zinnen = [dict(rij) for rij in tabellen.rows("report.toelichting")]
    for rij in zinnen:
        if rij["sleutel"] == "herziening_bij":
            rij["tekst"] = "De verdeling over correcties en nagekomen is daarom niet zeker."
    waarden = {("herziening.cijfers", "NL"): 0, ("herziening.gelijk", "NL"): 424, ("herziening.gemeenten", "NL"): 0}
    ander = GeheugenTabellen(tabellen._tabellen | {"report.toelichting": zinnen})
    tekst = bijlage(afgedrukt(met(register, waarden), ander, meta, tmp_path))
    assert "Geen enkel cijfer is anders: alle 424 zijn gelijk. De verdeling over correcties" in tekst
