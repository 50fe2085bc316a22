"""A small country for the document tests: two provinces, seven municipalities in a row, one report of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.core.document.meta import Controle, DocumentMeta, Invoerbestand, Referentiebestand
from pipeline.core.document.render import Grenzen, build_document, render_pdf
from pipeline.core.periods import Periode
from tests.document.geheugen import GeheugenRegister, GeheugenTabellen, Gemeenterij, maak_register, met_personen
from tests.document.pdftekst import Pdf
from tests.runs import made_once

HASH = "0123456789abcdef" * 4

GEMEENTEN = (
    Gemeenterij(
        "GM0001", "Aadorp", "PV01", "Noordland", 912, 965, (100, 150, 150, 150, 150, 162), 800_000, "AR01", "Oost"
    ),
    Gemeenterij("GM0002", "Beekveen", "PV01", "Noordland", -3, 30, (3, -1, 2, 2, 1, 2), 25_000, "AR01", "Oost"),
    Gemeenterij("GM0003", "’s-Heerendijk", "PV01", "Noordland", 5, 40, (5, 5, 5, 10, 10, 10), 33_000, "AR02", "West"),
    Gemeenterij("GM0004", "Dorst & Lust", "PV02", "Zuidland", -100, 3, (0, 0, 0, 0, 0, 0), 2_500, "AR02", "West"),
    Gemeenterij("GM0005", "Eiland", "PV02", "Zuidland", 0, 0, (0, 0, 0, 0, 0, 0), 1_000, "AR02", "West"),
    Gemeenterij("GM0006", "Fijnaart", "PV02", "Zuidland", 20, 60, (12, 12, 12, 12, 12, 10), 50_000, "AR02", "West"),
    Gemeenterij("GM0007", "Gaast", "PV02", "Zuidland", 4, 3, (0, 0, 0, 0, 0, 0), 2_600, "AR02", "West"),
)
AANGEKONDIGD = 1_103


def vierkanten(gemeenten: Sequence[Gemeenterij]) -> Grenzen:
    """A shape per municipality: blocks side by side, with one border between the provinces."""
    vormen = {}
    for x, g in enumerate(gemeenten):
        ring = ((x, 0.0), (x + 1.0, 0.0), (x + 1.0, 3.0), (float(x), 3.0), (x, 0.0))
        vormen[g.code] = ((tuple((float(a), float(b)) for a, b in ring),),)
    return Grenzen(vormen, (((3.0, 0.0), (3.0, 3.0)),))


def alleen(html: str, kop: str) -> str:
    """The report with nothing but the chapter or appendix `kop` (the anchor of its heading), for who reads only that;
    a link that leads out of it is text.
    """
    begin, lijf = html.split("<body>")
    (deel,) = [sectie for sectie in re.findall(r"<section\b.*?</section>", lijf, re.DOTALL) if f'id="{kop}"' in sectie]
    doelen = set(re.findall(r'\bid="([^"]+)"', deel))
    deel = re.sub(
        r'<a\b[^>]*href="#([^"]+)"[^>]*>(.*?)</a>',
        lambda link: link[0] if link[1] in doelen else link[2],
        deel,
        flags=re.DOTALL,
    )
    return f"{begin}<body>{deel}</body></html>"


@dataclass(frozen=True)
class Rapport:
    """One rendered report with what it was made of."""

    html: str
    pad: Path
    werk: Path
    pdf: Pdf


@pytest.fixture(scope="session")
def meta() -> DocumentMeta:
    return DocumentMeta(
        periode=Periode(2016, 1),
        peildatum=date(2016, 7, 1),
        briefdatum=date(2016, 9, 29),
        editie=1,
        concept=True,
        voorbeeld=False,
        versie="0.1.0",
        commit="c0ffee" * 6,
        code_sha256=HASH,
        invoer=(Invoerbestand("coa/overzicht_2016-07-01.csv", "overzicht", "COA", HASH, 1234, 7, 0),),
        referentie=(Referentiebestand("bevolking/inwoners_2016_2025.csv", HASH, "CBS", "CC BY 4.0"),),
        controles=(
            Controle("sommen", "block", "De som van de gemeenten is het land", 0),
            Controle("aangekondigd", "warn", "De som is gelijk aan het aangekondigde aantal", 1, ("som wijkt af",)),
            Controle("grootboek", "warn", "Het grootboek zet dat van eerder voort", 0, van_toepassing=False),
        ),
        pakketten=(("weasyprint", "70.0"),),
    )


@pytest.fixture(scope="session")
def register() -> GeheugenRegister:
    return maak_register(GEMEENTEN, aangekondigd=AANGEKONDIGD, vooruitblik=(23_000, None))[0]


@pytest.fixture(scope="session")
def tabellen() -> GeheugenTabellen:
    return maak_register(GEMEENTEN, aangekondigd=AANGEKONDIGD)[1]


@pytest.fixture(scope="session")
def register_met_personen(register: GeheugenRegister, tabellen: GeheugenTabellen) -> GeheugenRegister:
    return met_personen(register, tabellen)[0]


@pytest.fixture(scope="session")
def tabellen_met_personen(register: GeheugenRegister, tabellen: GeheugenTabellen) -> GeheugenTabellen:
    return met_personen(register, tabellen)[1]


@pytest.fixture(scope="session")
def curven(tabellen_met_personen: GeheugenTabellen) -> list[dict[str, Any]]:
    return tabellen_met_personen.rows("report.tabel_overlevingscurven")


@pytest.fixture(scope="session")
def grenzen() -> Grenzen:
    return vierkanten(GEMEENTEN)


@pytest.fixture(scope="session")
def rapport(
    register: GeheugenRegister,
    tabellen: GeheugenTabellen,
    meta: DocumentMeta,
    grenzen: Grenzen,
    tmp_path_factory: pytest.TempPathFactory,
) -> Rapport:
    """The report of the small country, rendered once for all workers."""

    def maak(plaats: Path) -> None:
        (plaats / "werk").mkdir()
        html = build_document(register, tabellen, meta, plaats / "werk", grenzen)
        (plaats / "rapport.html").write_text(html, encoding="utf-8")
        render_pdf(html, plaats / "werk", plaats / "rapport.pdf", meta)

    plaats = made_once(tmp_path_factory, "rapport", maak)
    html = (plaats / "rapport.html").read_text(encoding="utf-8")
    return Rapport(html, plaats / "rapport.pdf", plaats / "werk", Pdf(plaats / "rapport.pdf"))
