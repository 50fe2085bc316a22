"""The factsheet read back from the PDF: two pages whatever the names, the figures of the register, its marks."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.core.document.factsheet import render_factsheet
from pipeline.core.document.meta import DocumentMeta
from pipeline.core.document.validation import bezwaren, keur
from tests.document.conftest import AANGEKONDIGD, GEMEENTEN
from tests.document.geheugen import VERANDERD, GeheugenRegister, Gemeenterij, maak_register
from tests.document.pdftekst import Pdf

Maak = Callable[..., Pdf]


@pytest.fixture
def maak(meta: DocumentMeta, tmp_path: Path) -> Maak:
    """The factsheet of some municipalities, with some figures of the country replaced."""

    def maak(
        gemeenten: tuple[Gemeenterij, ...] = GEMEENTEN, cijfers: dict[str, int] | None = None, **anders: object
    ) -> Pdf:
        register, tabellen = maak_register(gemeenten, aangekondigd=AANGEKONDIGD, vooruitblik=(23_000, None))
        for cijfer_id, waarde in (cijfers or {}).items():
            register = register.met(cijfer_id, waarde)
        pad = tmp_path / "kerncijfers.pdf"
        render_factsheet(register, tabellen, replace(meta, **anders), tmp_path, pad)  # type: ignore[arg-type]
        return Pdf(pad)

    return maak


def land(namen: Callable[[int], str], provincie: Callable[[int], str]) -> tuple[Gemeenterij, ...]:
    """Forty municipalities in twelve provinces."""
    return tuple(
        Gemeenterij(
            f"GM{n:04d}", namen(n), f"PV{n % 12:02d}", provincie(n % 12), n, 20 + n, (1, 2, 3, 4, 5, n), 9_000 + n
        )
        for n in range(40)
    )


def test_twee_bladzijden_van_a4(maak: Maak) -> None:
    pdf = maak()
    assert len(pdf.paginas) == 2
    assert "Realisatie per maand" in pdf.paginas[0] and "Provincies" in pdf.paginas[0]
    assert "De zeven gemeenten met de grootste taakstelling" in pdf.paginas[1]


def test_twee_bladzijden_met_de_langste_namen_en_alle_cijfers(maak: Maak) -> None:
    """Names of 200 characters, twelve provinces, thirty municipalities, and a change beside each key figure."""
    lang = land(lambda n: f"{n:02d} {'Lange naam ' * 18}", lambda n: f"{n:02d} {'provincie ' * 19}")
    alles = {"opvang.totaal": 14_957, "koppelingen.langer_dan_norm": 5_984, "norm.aanbod": 10}
    pdf = maak(lang, alles | dict.fromkeys(VERANDERD, -1_234), voorbeeld=True)
    assert len(pdf.paginas) == 2
    assert "39 Lange naam Lange naam…" in pdf.paginas[1]
    assert pdf.paginas[0].count("gedaald met 1.234") == len(VERANDERD)
    assert "definities en de verantwoording" in pdf.paginas[1]


def test_dertig_gemeenten_op_volgorde_van_de_taakstelling(maak: Maak) -> None:
    pdf = maak(land(lambda n: f"Plaats{n:02d}", lambda n: f"Provincie{n:02d}"))
    assert "De 30 gemeenten met de grootste taakstelling" in pdf.paginas[1]
    gevonden = [woord for woord in pdf.paginas[1].split() if woord.startswith("Plaats")]
    assert gevonden == [f"Plaats{n:02d}" for n in range(39, 9, -1)]


def test_cijfers_komen_uit_het_register(maak: Maak) -> None:
    pdf = maak(cijfers={"opvang.totaal": 14_957, "verandering.realisatie_totaal": 12})
    eerste, tweede = (" ".join(pagina.split()) for pagina in pdf.paginas)
    for stuk in ("986", "1.939", "50,9%", "14.957", "gestegen met 12 sinds het vorige halfjaar", "23.000"):
        assert stuk in eerste
    assert "Noordland 1.035 914 1.949 916 47,0% 1.033 2 1 0" in eerste
    assert "Aadorp Noordland 965 912 1.877 862 45,9% 1.015 achter" in tweede
    assert "Dorst & Lust Zuidland 3 −100 −97 0 n.v.t. −97 voor" in tweede


def test_wat_er_niet_is_staat_er_als_nvt_en_zonder_verandering(maak: Maak) -> None:
    pdf = maak()
    assert "n.v.t. vergunninghouders in de opvang" in " ".join(pdf.paginas[0].split())
    assert "sinds het vorige halfjaar" not in pdf.tekst


@pytest.mark.parametrize(
    ("concept", "voorbeeld", "woorden"),
    [(True, True, "Concept, voorbeeld met verzonnen personen"), (False, False, "")],
)
def test_merk_op_elke_bladzijde(maak: Maak, concept: bool, voorbeeld: bool, woorden: str) -> None:
    for pagina in maak(concept=concept, voorbeeld=voorbeeld).paginas:
        assert woorden in pagina
        assert (pagina.count("oncept"), pagina.count("verzonnen")) == (concept, voorbeeld)


def test_dezelfde_bytes(register: GeheugenRegister, meta: DocumentMeta, tmp_path: Path) -> None:
    tabellen = maak_register(GEMEENTEN, aangekondigd=AANGEKONDIGD)[1]
    gemaakt = []
    for naam in ("een", "twee"):
        werk = tmp_path / naam
        werk.mkdir()
        render_factsheet(register, tabellen, meta, werk, werk / "uit.pdf")
        gemaakt.append((werk / "uit.pdf").read_bytes())
    assert gemaakt[0] == gemaakt[1]


def test_is_pdf_ua_en_pdf_a(maak: Maak, tmp_path: Path) -> None:
    """The judgement that every edition gets finds nothing, with marks and with figures that are not there."""
    maak(concept=True, voorbeeld=True)
    assert bezwaren(keur((tmp_path / "kerncijfers.pdf").read_bytes())) == ()
