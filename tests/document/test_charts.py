"""Charts: they show the figures they are given, nothing of the machine, and an alt text that is true."""

import hashlib
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipeline.core.document import chart_data, charts, house_style
from pipeline.core.document.meta import DocumentMeta
from pipeline.core.errors import DocumentFout
from pipeline.core.figures import Cijfer
from pipeline.core.periods import Periode
from tests.document.geheugen import GeheugenRegister, GeheugenTabellen

P = Periode(2016, 1)
_MAANDEN = ("januari", "februari", "maart", "april", "mei", "juni")


def teksten(svg: bytes) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg.decode("utf-8"))


def personen(*waarden: int | None) -> tuple[Cijfer, ...]:
    return tuple(Cijfer("p", "NL", None if w is None else Decimal(w), "personen", "", "") for w in waarden)


def procent(waarde: str | None) -> Cijfer:
    return Cijfer("%", "NL", None if waarde is None else Decimal(waarde), "procent", "", "")


def stand(naam: str, percentage: str | None, *, land: bool = False) -> charts.Provinciestand:
    achter, exact, voor = personen(1, 0, 0)
    return charts.Provinciestand(naam, procent(percentage), achter, exact, voor, land)


def maandreeks(*waarden: int, tempo: int = 100) -> charts.Maandreeks:
    return charts.Maandreeks("het halfjaar", _MAANDEN, personen(*waarden), personen(tempo)[0])


def schemareeks(realisatie: tuple[int, ...], schema: tuple[int, ...], saldo: int) -> charts.Schemareeks:
    return charts.Schemareeks(
        "het halfjaar",
        "1 januari",
        _MAANDEN,
        personen(*realisatie),
        personen(*schema),
        procent("77.4"),
        personen(saldo)[0],
    )


@pytest.fixture
def alle(register: GeheugenRegister, tabellen: GeheugenTabellen, meta: DocumentMeta) -> dict[str, tuple[Any, Any, Any]]:
    gebieden = tabellen.rows("report.gebieden")
    return {
        "maanden": (charts.teken_maanden, charts.alt_maanden, chart_data.maandreeks(register, P)),
        "schema": (charts.teken_schema, charts.alt_schema, chart_data.schemareeks(register, P)),
        "saldo": (charts.teken_saldo, charts.alt_saldo, chart_data.saldoparen(register, meta)),
        "provincies": (charts.teken_provincies, charts.alt_provincies, chart_data.provinciestanden(register, gebieden)),
    }


@pytest.mark.parametrize(
    ("naam", "verwacht"),
    [
        ("maanden", ["januari", "juni", "120", "166", "nodig per maand", "323"]),
        ("schema", ["120", "986", "1.939", "schema", "realisatie"]),
        ("saldo", ["Bruto achterstand", "1 januari 2016", "1 juli 2016", "941", "1.050", "103", "97", "838", "953"]),
        ("provincies", ["Noordland", "Zuidland", "Nederland", "100%", "achter", "47,0%", "50,9%", "n.v.t."]),
    ],
)
def test_grafiek_toont_de_cijfers(alle: dict[str, Any], naam: str, verwacht: list[str]) -> None:
    teken, _, gegevens = alle[naam]
    gezien = teksten(teken(gegevens))
    assert [tekst for tekst in verwacht if tekst not in gezien] == []


@pytest.mark.parametrize(
    ("naam", "cijfer_id", "gebied"),
    [
        ("maanden", "realisatie.maand_3", "NL"),
        ("schema", "realisatie.cumulatief_4", "NL"),
        ("saldo", "saldo.voorsprong", "NL"),
        ("provincies", "stand.exact", "PV02"),
    ],
)
def test_ander_cijfer_ander_beeld_en_andere_tekst(
    alle: dict[str, Any],
    register: GeheugenRegister,
    tabellen: GeheugenTabellen,
    meta: DocumentMeta,
    naam: str,
    cijfer_id: str,
    gebied: str,
) -> None:
    anders = register.met(cijfer_id, 777, gebied)
    gegevens = {
        "maanden": lambda: chart_data.maandreeks(anders, P),
        "schema": lambda: chart_data.schemareeks(anders, P),
        "saldo": lambda: chart_data.saldoparen(anders, meta),
        "provincies": lambda: chart_data.provinciestanden(anders, tabellen.rows("report.gebieden")),
    }[naam]()
    teken, alt, eerst = alle[naam]
    assert "777" in teksten(teken(gegevens))
    assert teken(gegevens) != teken(eerst)
    assert "777" in alt(gegevens)
    assert "777" not in alt(eerst)


def test_alleen_de_eigen_letter_en_geen_tijdstip(alle: dict[str, Any]) -> None:
    for teken, _, gegevens in alle.values():
        svg = teken(gegevens).decode("utf-8")
        assert set(re.findall(r"font-family: ([^;\"]*)", svg)) == {f"'{house_style.LETTER}'"}
        assert "<dc:date>" not in svg
        assert "Matplotlib" not in re.sub(r"<!--.*?-->|<!DOCTYPE[^>]*>", "", svg, flags=re.S)


@pytest.mark.parametrize(
    ("waarden", "zin"),
    [
        ((80, 120, 90, 100, 70, 70), "het hoogst in februari en het laagst in mei en juni"),
        ((80, 80, 80, 80, 80, 80), "Elke maand was de realisatie even hoog."),
        ((-5, 0, 0, 0, 0, 0), "het laagst in januari"),
    ],
)
def test_alt_maanden_noemt_de_uitersten(waarden: tuple[int, ...], zin: str) -> None:
    assert zin in charts.alt_maanden(maandreeks(*waarden))


@pytest.mark.parametrize(("tempo", "woord"), [(200, "geen"), (120, "één"), (100, "twee"), (1, "zes")])
def test_alt_maanden_telt_gehaalde_maanden(tempo: int, woord: str) -> None:
    alt = charts.alt_maanden(maandreeks(80, 120, 90, 100, 70, 70, tempo=tempo))
    assert f"dat is in {woord} van de zes maanden gehaald" in alt


@pytest.mark.parametrize(
    ("saldo", "zin"),
    [
        (50, "Aan het eind zijn 50 vergunninghouders minder gehuisvest dan het schema."),
        (-7, "Aan het eind zijn 7 vergunninghouders meer gehuisvest dan het schema."),
        (0, "Daarmee is de gecorrigeerde taakstelling precies gehaald."),
    ],
)
def test_alt_schema_zegt_waar_het_eindigt(saldo: int, zin: str) -> None:
    schema = (10, 20, 30, 40, 50, 60)
    reeks = schemareeks((10, 25, 20, 30, 40, 60 - saldo), schema, saldo)
    alt = charts.alt_schema(reeks)
    assert zin in alt
    gehaald = "drie" if saldo <= 0 else "twee"
    assert f"In {gehaald} van de zes maanden lag de realisatie op of boven het schema." in alt


def test_alt_schema_zonder_percentage_zwijgt_erover() -> None:
    reeks = schemareeks((1, 2, 3, 4, 5, 6), (0, 0, 0, 0, 0, 0), -6)
    assert "van de gecorrigeerde taakstelling." not in charts.alt_schema(replace(reeks, percentage=procent(None)))


@pytest.mark.parametrize(("eind", "woord"), [(9, "toegenomen"), (3, "afgenomen"), (5, "gelijk gebleven")])
def test_alt_saldo_zegt_de_richting(eind: int, woord: str) -> None:
    begin, einde = personen(5, eind)
    paren = charts.Saldoparen("1 januari", "1 juli", (begin, einde), personen(1, 1), personen(2, 2))  # type: ignore[arg-type]
    assert f"({woord})" in charts.alt_saldo(paren)


def test_provincies_op_volgorde_en_nvt_achteraan() -> None:
    standen = [
        stand("A", None),
        stand("B", "50.0"),
        stand("C", "120.0"),
        stand("Nederland", "101.0", land=True),
    ]
    alt = charts.alt_provincies(standen)
    assert [alt.index(naam) for naam in ("C 120,0%", "Nederland 101,0%", "B 50,0%", "A n.v.t.")] == sorted(
        alt.index(naam) for naam in ("C 120,0%", "Nederland 101,0%", "B 50,0%", "A n.v.t.")
    )
    assert "Ten minste 100% haalde C." in alt
    assert "n.v.t." in teksten(charts.teken_provincies(standen))


def _plaats_van_percentage(svg: bytes, percentage: str) -> tuple[float, float]:
    """Left and right of the text in points: its anchor, and five points per character at most."""
    (attributen,) = re.findall(rf"<text([^>]*)>{re.escape(percentage)}</text>", svg.decode("utf-8"))
    (x,) = re.findall(r'(?:translate\(| x=")([\d.]+)', attributen)[:1]
    breedte = 5.0 * len(percentage)
    eind = "text-anchor: end" in attributen
    return (float(x) - breedte, float(x)) if eind else (float(x), float(x) + breedte)


@pytest.mark.parametrize("hoogste", ["100.0", "104.6", "180.0", "900.0"])
@pytest.mark.parametrize(
    "waarde", ["-8.0", "0.0", "3.2", "60.0", "85.4", "94.3", "99.9", "100.0", "100.1", "104.5", "115.0", "140.0"]
)
def test_percentage_staat_nooit_op_de_lijn_van_honderd(waarde: str, hoogste: str) -> None:
    standen = [stand("A", waarde), stand("Z", hoogste)] if waarde != hoogste else [stand("A", waarde)]
    svg = charts.teken_provincies(standen)
    links, rechts = _plaats_van_percentage(svg, waarde.replace(".", ",").replace("-", "\u2212") + "%")
    lijnen = re.findall(r'<path d="M ([\d.]+) [\d.]+ *\n?L ([\d.]+) [\d.]+ *\n?"[^>]*stroke: #1a1a1a', svg.decode())
    ((lijn, zelfde),) = lijnen
    assert lijn == zelfde
    assert not links < float(lijn) < rechts


def test_onbekend_percentage_krijgt_geen_staaf() -> None:
    def staven(svg: bytes) -> int:
        return svg.count(f"fill: {house_style.MIDDENBLAUW}".encode())

    bekend = charts.teken_provincies([stand("A", "0.0"), stand("B", "50.0")])
    onbekend = charts.teken_provincies([stand("A", None), stand("B", "50.0")])
    assert (staven(bekend), staven(onbekend)) == (2, 1)
    assert "n.v.t." in teksten(onbekend)
    assert teksten(charts.teken_provincies([stand("A", None)])).count("n.v.t.") == 1


def test_niemand_haalde_honderd() -> None:
    standen = [stand("B", "99.9")]
    assert "Geen provincie haalde 100%." in charts.alt_provincies(standen)


def test_grafiek_zonder_waarde_wordt_geweigerd() -> None:
    reeks = replace(maandreeks(1, 2, 3, 4, 5, 6), realisatie=personen(1, 2, None, 4, 5, 6))
    with pytest.raises(DocumentFout, match="heeft geen waarde"):
        charts.teken_maanden(reeks)


@pytest.mark.parametrize(
    "maak",
    [
        lambda: charts.teken_maanden(maandreeks(0, 0, 0, 0, 0, 0, tempo=0)),
        lambda: charts.teken_maanden(maandreeks(-3, -2, 0, 0, 0, 0, tempo=-1)),
        lambda: charts.teken_schema(schemareeks((0,) * 6, (0,) * 6, 0)),
        lambda: charts.teken_schema(schemareeks((1, 2, 3, 4, 5, 6), (-1, -2, -3, -4, -5, -6), -12)),
        lambda: charts.teken_saldo(charts.Saldoparen("a", "b", personen(0, 0), personen(0, 0), personen(-4, -9))),  # type: ignore[arg-type]
        lambda: charts.teken_provincies([stand("A", "-12.0")]),
    ],
)
def test_nul_en_onder_nul_zijn_te_tekenen(maak: Callable[[], bytes]) -> None:
    assert maak().startswith(b"<?xml")


_IN_EIGEN_PROCES = """
import hashlib, sys
from decimal import Decimal
from pipeline.core.document import charts
from pipeline.core.figures import Cijfer
c = lambda w: Cijfer("p", "NL", Decimal(w), "personen", "", "")
reeks = charts.Maandreeks("het halfjaar", tuple("abcdef"), tuple(map(c, (1, 20, 300, 4000, 5, 6))), c(7))
print(hashlib.sha256(charts.teken_maanden(reeks)).hexdigest())
from matplotlib import font_manager
print(sorted({entry.fname for entry in font_manager.fontManager.ttflist}))
"""


def test_ander_proces_geeft_dezelfde_bytes_en_laat_niets_achter(tmp_path: Path) -> None:
    """Another hash seed and an empty home: equal bytes, only the shipped fonts known, nothing written."""
    uitkomsten = []
    for zaad in ("1", "2"):
        thuis = tmp_path / f"thuis{zaad}"
        thuis.mkdir()
        (thuis / "matplotlibrc").write_text("lines.linewidth: 9\nfont.size: 30\n", encoding="utf-8")
        resultaat = subprocess.run(
            [sys.executable, "-c", _IN_EIGEN_PROCES],
            env={
                "PYTHONHASHSEED": zaad,
                "HOME": str(thuis),
                "PYTHONPATH": str(Path.cwd()),
                "PYTHONDONTWRITEBYTECODE": "1",
            },
            cwd=thuis,
            capture_output=True,
            text=True,
            check=True,
        )
        uitkomsten.append(resultaat.stdout)
        assert sorted(p.name for p in thuis.rglob("*")) == ["matplotlibrc"]
    assert uitkomsten[0] == uitkomsten[1]
    fonts = uitkomsten[0].splitlines()[1]
    assert fonts.count("SourceSans3") == len(house_style.LETTERBESTANDEN)
    assert "DejaVu" not in fonts


def test_versie_van_de_lettersoortenlijst() -> None:
    """Fails when an upgrade of matplotlib changes its font list: a run would read all fonts of the machine again."""
    house_style._laad_matplotlib()
    from matplotlib import font_manager

    assert font_manager.FontManager.__version__ == house_style.FONTLIJST_VERSIE


def test_letterbestanden_zijn_die_van_de_herkomst() -> None:
    herkomst = (house_style.letter_map() / "HERKOMST.md").read_text(encoding="utf-8")
    bestanden = (*house_style.LETTERBESTANDEN, house_style.KENMERKLETTER)
    for naam in bestanden:
        assert hashlib.sha256((house_style.letter_map() / naam).read_bytes()).hexdigest() in herkomst
    geleverd = {p.name for p in house_style.letter_map().iterdir()}
    assert geleverd == {*bestanden, "LICENSE.md", "LICENSE-DejaVu.txt", "HERKOMST.md"}
