"""The map: every municipality in its class, hatching as second carrier, small enough, and an alt text that is true."""

import re
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from pipeline.core.boundaries import municipality_shapes, province_borders
from pipeline.core.document import chart_data, maps
from pipeline.core.document.chart_parts import arceerlijnen
from pipeline.core.document.render import Grenzen
from pipeline.core.errors import DocumentFout
from pipeline.core.figures import Cijfer
from tests.document.geheugen import GeheugenRegister, GeheugenTabellen


def aantal(waarde: int) -> Cijfer:
    return Cijfer("n", "NL", Decimal(waarde), "gemeenten", "", "")


def cijfers(*per_klasse: int, achter: tuple[tuple[str, int], ...] = (("Noordland", 2),)) -> maps.Kaartcijfers:
    namen = (("op_schema", "Op schema"), ("enigszins_achter", "Enigszins achter"), ("achter", "Ruim achter"))
    klassen = tuple(maps.Klasse(c, n, "uitleg", aantal(k)) for (c, n), k in zip(namen, per_klasse, strict=True))
    return maps.Kaartcijfers(aantal(sum(per_klasse)), klassen, tuple((naam, aantal(n)) for naam, n in achter))


def klassen_van(tabellen: GeheugenTabellen) -> dict[str, str]:
    return {str(rij["gemeentecode"]): str(rij["klasse"]) for rij in tabellen.rows("report.gemeenten")}


@pytest.fixture
def kaart(register: GeheugenRegister, tabellen: GeheugenTabellen, grenzen: Grenzen) -> str:
    telling = chart_data.kaartcijfers(register, tabellen.rows("report.gebieden"))
    return maps.teken_kaart(grenzen.vormen, grenzen.provincies, klassen_van(tabellen), telling, {}).decode("utf-8")


def arceringen(svg: str) -> list[int]:
    """How many lines each hatching of the picture has."""
    paden = re.findall(r'<path d="([^"]*)"[^>]*stroke: #154273; stroke-width: 0.8', svg)
    return [pad.count("L") for pad in paden if "L" in pad]


def test_legenda_noemt_klasse_betekenis_en_aantal(kaart: str, register: GeheugenRegister) -> None:
    teksten = re.findall(r"<text[^>]*>([^<]*)</text>", kaart)
    assert teksten[:3] == ["Op schema", "3 gemeenten", "op of boven het schema"]
    assert "vanaf 75% van het schema" in teksten
    assert teksten[6:] == ["Ruim achter", "3 gemeenten", "minder dan 75% van het schema", "grens van een provincie"]
    assert register.cijfer("klasse.achter").waarde == 3


def test_andere_drempel_andere_legenda(register: GeheugenRegister, tabellen: GeheugenTabellen) -> None:
    telling = chart_data.kaartcijfers(register.met("klasse.drempel_midden", 60), tabellen.rows("report.gebieden"))
    assert [klasse.betekenis for klasse in telling.klassen][1:] == [
        "vanaf 60% van het schema",
        "minder dan 60% van het schema",
    ]


def test_middelste_klasse_is_gearceerd(kaart: str) -> None:
    """Two hatched areas: the class on the map and its sample in the legend; the other classes are plain."""
    assert len(arceringen(kaart)) == 2
    # A pattern is set as tiles, whose seams show.
    assert "<pattern" not in kaart


def test_arcering_blijft_binnen_de_rand_en_buiten_het_gat() -> None:
    buiten = [(0.0, 0.0), (40.0, 0.0), (40.0, 40.0), (0.0, 40.0)]
    gat = [(10.0, 10.0), (10.0, 30.0), (30.0, 30.0), (30.0, 10.0)]
    lijnen = arceerlijnen([buiten, gat])
    assert len(lijnen) > 10
    for (x0, y0), (x1, y1) in lijnen:
        assert 0 < x0 < x1 < 40
        assert 0 < y0 < y1 < 40
        assert not (10 < (x0 + x1) / 2 < 30 and 10 < (y0 + y1) / 2 < 30)
    # The same lines whatever the area: those of two halves lie in line with those of the whole.
    helft = arceerlijnen([[(0.0, 0.0), (20.0, 0.0), (20.0, 40.0), (0.0, 40.0)]])
    verschuiving = {round(y0 - x0, 1) for (x0, y0), _ in lijnen}
    assert {round(y0 - x0, 1) for (x0, y0), _ in helft} <= verschuiving


def test_grote_plaatsen_staan_op_de_kaart_of_in_haar_uitsnede() -> None:
    vormen, grenzen = municipality_shapes(2016), province_borders(2016)
    namen = dict.fromkeys(vormen, "een andere gemeente") | {"GM0014": "Groningen", "GM0599": "Rotterdam"}
    svg = maps.teken_kaart(vormen, grenzen, dict.fromkeys(vormen, "achter"), cijfers(0, 0, 390), namen).decode("utf-8")
    teksten = re.findall(r"<text[^>]*>([^<]*)</text>", svg)
    assert teksten.count("Groningen") == teksten.count("Rotterdam") == 1


def test_uitsnede_alleen_waar_gemeenten_zijn(kaart: str) -> None:
    """The small country lies elsewhere: no empty frame."""
    assert "vergroot" not in kaart
    assert kaart.count("<clipPath ") == 1


def test_uitsnede_toont_dezelfde_klasse_als_de_kaart() -> None:
    """Of two municipalities in another class, the one in the Randstad changes both, the other the map alone."""
    vormen, grenzen = municipality_shapes(2016), province_borders(2016)

    def gearceerd(code: str) -> list[int]:
        klassen = dict.fromkeys(vormen, "op_schema") | {code: "enigszins_achter"}
        namen = dict.fromkeys(vormen, "")
        return arceringen(maps.teken_kaart(vormen, grenzen, klassen, cijfers(389, 1, 0), namen).decode("utf-8"))

    # One more than these is the sample of the legend.
    assert len(gearceerd("GM0599")) == 3
    assert len(gearceerd("GM0014")) == 2


def test_gemeente_in_andere_klasse_verandert_het_beeld(
    kaart: str, register: GeheugenRegister, tabellen: GeheugenTabellen, grenzen: Grenzen
) -> None:
    klassen = klassen_van(tabellen) | {"GM0001": "op_schema"}
    telling = chart_data.kaartcijfers(register, tabellen.rows("report.gebieden"))
    anders = maps.teken_kaart(grenzen.vormen, grenzen.provincies, klassen, telling, {}).decode("utf-8")
    assert klassen_van(tabellen)["GM0001"] != "op_schema"
    assert anders != kaart


@pytest.mark.parametrize("verschil", [{"GM9999": "achter"}, {"GM0001": None}])
def test_kaart_en_cijfers_hebben_dezelfde_gemeenten(
    verschil: dict[str, str | None], tabellen: GeheugenTabellen, grenzen: Grenzen
) -> None:
    klassen = {code: k for code, k in (klassen_van(tabellen) | verschil).items() if k}
    with pytest.raises(DocumentFout, match=next(iter(verschil))):
        maps.teken_kaart(grenzen.vormen, grenzen.provincies, klassen, cijfers(3, 1, 3), {})


def test_kustlijn_laat_gedeelde_grenzen_weg(grenzen: Grenzen) -> None:
    """Seven squares of 1 by 3 in a row have an outline of 2 * 7 + 2 * 3."""
    lengte = sum(
        abs(x2 - x1) + abs(y2 - y1) for lijn in maps.kustlijn(grenzen.vormen) for (x1, y1), (x2, y2) in pairwise(lijn)
    )
    assert lengte == 20


def test_gat_blijft_open() -> None:
    """An enclave: the hole is drawn against the direction of its outline, whatever the direction of the source."""
    buiten = ((0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0), (0.0, 0.0))
    gat = ((3.0, 3.0), (6.0, 3.0), (6.0, 6.0), (3.0, 6.0), (3.0, 3.0))
    blad = maps._Blad(buiten, 0, 0, 90, 90)
    path = maps._samengesteld([(buiten, gat)], blad)
    veelhoeken: list[Any] = list(path.to_polygons())
    ringen = [[(float(x), float(y)) for x, y in ring] for ring in veelhoeken]
    oppervlak = [sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring)) for ring in ringen]
    assert oppervlak[0] > 0 > oppervlak[1]


@pytest.mark.parametrize(
    ("telling", "zin"),
    [
        (cijfers(3, 1, 3, achter=(("A", 1), ("B", 2))), "klasse ruim achter liggen in B (2)."),
        (cijfers(3, 1, 4, achter=(("A", 2), ("B", 2))), "klasse ruim achter liggen in A en B (2 elk)."),
        (cijfers(3, 1, 0, achter=(("A", 0), ("B", 0))), "Geen gemeente is in de klasse ruim achter."),
    ],
)
def test_alt_zegt_waar_de_achterblijvers_liggen(telling: maps.Kaartcijfers, zin: str) -> None:
    alt = maps.alt_kaart(telling)
    assert zin in alt
    assert f"op schema (uitleg) {telling.klassen[0].aantal.waarde}" in alt


def test_kaart_van_heel_nederland_is_klein_en_vast() -> None:
    vormen, grenzen = municipality_shapes(2016), province_borders(2016)
    codes = ("op_schema", "enigszins_achter", "achter")
    klassen = {code: codes[n % 3] for n, code in enumerate(vormen)}
    namen = dict.fromkeys(vormen, "een plaats")
    svg = maps.teken_kaart(vormen, grenzen, klassen, cijfers(130, 130, 130), namen)
    assert 50_000 < len(svg) < 400_000
    # The middle class is hatched in the legend, on the map and in both insets; each is cut: at its frame or the paper.
    tekst = svg.decode("utf-8")
    assert re.findall(r">([^<]*), vergroot<", tekst) == ["Randstad", "Zuid-Limburg"]
    assert len(arceringen(tekst)) == 4
    assert tekst.count("<clipPath ") == 3
    assert svg == maps.teken_kaart(vormen, grenzen, klassen, cijfers(130, 130, 130), namen)
