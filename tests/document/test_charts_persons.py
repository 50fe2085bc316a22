"""Charts on persons: they show their figures, their alt text is true, and the same input gives the same bytes."""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from pipeline.core.document import chart_data_persons, charts_bars, charts_curves, house_style
from pipeline.core.document.charts_bars import Staaf, Staven, Stroom
from pipeline.core.document.charts_curves import Curve, Punt
from pipeline.core.document.meta import DocumentMeta
from pipeline.core.errors import DocumentFout
from pipeline.core.figures import Cijfer
from tests.document.geheugen import GeheugenRegister
from tests.document.kleuren import contrast

Teken = tuple[Callable[[Any], bytes], Callable[[Any], str], Any]


def cijfer(waarde: int | str | None, eenheid: str = "personen") -> Cijfer:
    return Cijfer("p", "NL", None if waarde is None else Decimal(waarde), eenheid, "", "")


def teksten(svg: bytes) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg.decode("utf-8"))


def weken(waarde: str | None) -> Cijfer:
    return cijfer(waarde, "weken")


STAVEN = Staven(
    "mensen naar soort",
    (Staaf("rood", cijfer(1200), cijfer(700)), Staaf("blauw", cijfer(30), cijfer(9), nadruk=True)),
    ("personen", "huishoudens"),
)
STROOM = Stroom(
    Staaf("stand op\n1 januari", cijfer(100)),
    (Staaf("erbij gekomen", cijfer(40)),),
    (Staaf("naar een woning", cijfer(25)), Staaf("anders weg", cijfer(5))),
    Staaf("stand op\n1 juli", cijfer(110)),
)
CURVE = Curve(
    "Van vergunning tot huisvesting",
    "de vergunning",
    "huisvesting",
    (Punt(7, 80.0, 70.0, 90.0), Punt(70, 45.0, 40.0, 50.0), Punt(140, 20.0, 15.0, 26.0)),
    weken("4.3"),
    weken("10.0"),
    weken("17.1"),
    cijfer(14, "hele weken"),
)
ALLE: dict[str, Teken] = {
    "staven": (charts_bars.teken_staven, charts_bars.alt_staven, STAVEN),
    "stroom": (charts_bars.teken_stroom, charts_bars.alt_stroom, STROOM),
    "curve": (charts_curves.teken_curve, charts_curves.alt_curve, CURVE),
    "curves": (charts_curves.teken_curves, charts_curves.alt_curves, (CURVE, replace(CURVE, naam="Tot aanbod"))),
}


@pytest.mark.parametrize(
    ("naam", "verwacht"),
    [
        ("staven", ["rood", "1.200", "700", "blauw", "30", "9", "personen", "huishoudens"]),
        ("stroom", ["stand op", "1 januari", "100", "+40", "\u221225", "\u22125", "110", "anders weg"]),
        ("curve", ["4,3 weken", "10,0 weken", "17,1 weken", "dan is de helft zover", "norm: 14 weken", "100%"]),
        ("curves", ["Van vergunning tot huisvesting", "Tot aanbod", "10,0 weken", "norm: 14 weken", "wacht nog"]),
    ],
)
def test_grafiek_toont_de_cijfers_als_tekst(naam: str, verwacht: list[str]) -> None:
    teken, _, gegevens = ALLE[naam]
    gezien = teksten(teken(gegevens))
    assert [tekst for tekst in verwacht if tekst not in gezien] == []


@pytest.mark.parametrize("naam", sorted(ALLE))
def test_zelfde_cijfers_zelfde_bytes(naam: str) -> None:
    teken, _, gegevens = ALLE[naam]
    assert teken(gegevens) == teken(gegevens)


def test_alt_tekst_van_staven_noemt_de_grootste() -> None:
    assert charts_bars.alt_staven(STAVEN) == (
        "Staafdiagram van mensen naar soort: rood 1.200 (700 huishoudens); blauw 30 (9 huishoudens). "
        "Het grootste aantal heeft rood."
    )
    gelijk = replace(STAVEN, staven=(STAVEN.staven[0], replace(STAVEN.staven[1], cijfer=cijfer(1200))))
    assert charts_bars.alt_staven(gelijk).endswith("Het grootste aantal heeft rood en blauw.")
    niets = replace(STAVEN, staven=(replace(STAVEN.staven[0], cijfer=cijfer(0)),))
    assert charts_bars.alt_staven(niets).endswith("In elke klasse is het aantal nul.")


@pytest.mark.parametrize(("eind", "richting"), [(110, "toegenomen"), (100, "gelijk gebleven"), (90, "afgenomen")])
def test_alt_tekst_van_de_stroom_zegt_de_richting(eind: int, richting: str) -> None:
    alt = charts_bars.alt_stroom(replace(STROOM, eind=Staaf("stand op\n1 juli", cijfer(eind))))
    assert alt.endswith(f"Stand op 1 juli {eind}. De stand is {richting}.")
    assert "Erbij kwamen 40 (erbij gekomen), eraf gingen 25 (naar een woning) en 5 (anders weg)." in alt


def test_bijschrift_van_de_curve_onderbreekt_de_norm() -> None:
    """A label stands beside its own point, also where the norm would run through it: on white, above that line."""
    svg = charts_curves.teken_curve(replace(CURVE, kwartiel_1=weken("12.6"))).decode("utf-8")
    norm, tekst = svg.index("stroke-dasharray"), svg.index(">12,6 weken<")
    wit = [plek.start() for plek in re.finditer(r'style="fill: #ffffff"', svg)]
    assert any(norm < plek < tekst for plek in wit)


def test_soorten_van_de_stroom_verschillen_in_grijs() -> None:
    """Dark, light within a dark line, hatched on white: next to each other 4,5 : 1 in luminance, so without hue."""
    stand, erbij, eraf = charts_bars._SOORTEN
    assert eraf.gearceerd
    for een, ander in ((stand.vulling, erbij.vulling), (stand.vulling, eraf.vulling), (stand.vulling, "#ffffff")):
        assert contrast(kleur(een), kleur(ander)) >= 4.5
    svg = charts_bars.teken_stroom(STROOM)
    assert teksten(svg)[-3:] == ["stand", "erbij", "eraf"]
    assert "<pattern" not in svg.decode("utf-8")


def test_nadruk_verschilt_in_grijs_van_de_andere_staven() -> None:
    """Three to one both ways, as WCAG 2.1 (1.4.11) asks of graphics; a number within a bar has 4,5 : 1."""
    midden, donker = kleur(house_style.MIDDENBLAUW), kleur(house_style.DONKERBLAUW)
    assert contrast(midden, donker) >= 3
    assert contrast(midden, kleur("#ffffff")) >= 3
    assert contrast(midden, kleur(house_style.INKT)) >= 4.5
    assert house_style.MIDDENBLAUW in charts_bars.teken_staven(STAVEN).decode("utf-8")


def kleur(hexadecimaal: str) -> tuple[float, float, float]:
    rood, groen, blauw = (int(hexadecimaal[n : n + 2], 16) / 255 for n in (1, 3, 5))
    return rood, groen, blauw


def test_alt_tekst_van_de_curve_noemt_alleen_wat_bereikt_is() -> None:
    assert charts_curves.alt_curve(CURVE).endswith(
        "Na 4,3 weken is een kwart zover, na 10,0 weken is de helft zover en na 17,1 weken is driekwart zover. "
        "De norm is 14 weken."
    )
    half = replace(CURVE, kwartiel_3=weken(None), norm=cijfer(None, "hele weken"))
    assert charts_curves.alt_curve(half).endswith("na 10,0 weken is de helft zover.")
    assert "weken" not in " ".join(t for t in teksten(charts_curves.teken_curve(half)) if "driekwart" in t)
    geen = replace(half, kwartiel_1=weken(None), mediaan=weken(None))
    assert charts_curves.alt_curve(geen).endswith("Nog geen kwart is tot huisvesting gekomen.")


def test_cijfer_zonder_waarde_houdt_de_grafiek_tegen() -> None:
    with pytest.raises(DocumentFout, match="heeft geen waarde"):
        charts_bars.teken_staven(replace(STAVEN, staven=(Staaf("x", cijfer(None)),)))


def test_zonder_personen_geen_beelden(register: GeheugenRegister, meta: DocumentMeta) -> None:
    assert chart_data_persons.beelden(register, [], meta) == {}


def test_beelden_van_een_levering_met_personen(
    register_met_personen: GeheugenRegister, curven: list[dict[str, Any]], meta: DocumentMeta
) -> None:
    beelden = chart_data_persons.beelden(register_met_personen, curven, meta)
    assert sorted(beelden) == ["aansluiting", "curve", "curves", "redenen", "stroom", "trechter", "weken"]
    assert beelden["trechter"][1].endswith("Het grootste aantal heeft gekoppeld, langer dan de norm, geen aanbod.")
    assert "in de opvang op 1 juli 2016 60. De stand is toegenomen." in beelden["stroom"][1].lower().replace(
        "de stand", "De stand"
    )
    for maak, _ in beelden.values():
        assert maak().startswith(b"<?xml")
