"""The template environment: a number only comes from the register, and nothing unknown or unescaped is printed."""

import re
from collections.abc import Callable

import pytest
from jinja2 import UndefinedError, nodes
from jinja2.exceptions import SecurityError

from pipeline.core.document.templating import SJABLONEN, sjabloon_omgeving
from pipeline.core.errors import DocumentFout, OnbekendCijfer
from pipeline.core.house import house_path
from tests.document.geheugen import GeheugenRegister, GeheugenTabellen

Druk = Callable[..., str]


@pytest.fixture
def druk(register: GeheugenRegister, tabellen: GeheugenTabellen) -> Druk:
    omgeving = sjabloon_omgeving(register, tabellen)
    return lambda sjabloon, **namen: omgeving.from_string(sjabloon).render(**namen)


@pytest.mark.parametrize(
    ("sjabloon", "verwacht"),
    [
        ("{{ cijfer('taakstelling.gecorrigeerd') }}", "1.939"),
        ("{{ cijfer('saldo.eind', 'GM0004') }}", "\u221297"),
        ("{{ cijfer('realisatie.percentage', 'GM0004') }}", "n.v.t."),
        ("{{ cijfer('saldo.verandering', teken=true) }}", "+115"),
        ("{{ cellen('GM0001', 'taakstelling.netto', '±saldo.verandering') }}", "<td>965<td>+103"),
        ("{{ 'a/b_c<d' | breekbaar }}", "a/<wbr>b_<wbr>c&lt;d"),
        ("{{ ['a', 'b'] | opsomming }}", "a en b"),
    ],
)
def test_cijfers_komen_geschreven_uit_het_register(druk: Druk, sjabloon: str, verwacht: str) -> None:
    assert druk(sjabloon) == verwacht


@pytest.mark.parametrize("sjabloon", ["{{ x }}", "{{ x | length }}", "{{ x[0] }}", "{{ y }}", "{{ x == 1 }}"])
def test_los_getal_wordt_geweigerd(druk: Druk, sjabloon: str) -> None:
    with pytest.raises(DocumentFout, match="drukt"):
        druk(sjabloon, x=[1, 2], y=None)


@pytest.mark.parametrize("som", ["x + 1", "x - 1", "x * 2", "x / 2", "x // 2", "x % 2", "x ** 2", "-x", "+x"])
def test_rekenen_wordt_geweigerd(druk: Druk, som: str) -> None:
    with pytest.raises(DocumentFout, match="rekent"):
        druk(f"{{% set y = {som} %}}", x=3)


def test_onbekend_cijfer_en_onbekende_naam(druk: Druk) -> None:
    with pytest.raises(OnbekendCijfer, match="bestaat"):
        druk("{{ cijfer('bestaat.niet') }}")
    with pytest.raises(UndefinedError):
        druk("{{ bestaat_niet }}")


def test_zandbak_en_escaping(druk: Druk) -> None:
    assert druk("{{ naam }}", naam="<b>Dorst & Lust</b>") == "&lt;b&gt;Dorst &amp; Lust&lt;/b&gt;"
    with pytest.raises(SecurityError):
        druk("{{ ''.__class__.__mro__ }}")


# What may stand as digits in the fixed text: articles of law, rulings, chapters, and the months of the ids.
_TOEGESTAAN = re.compile(
    r"artikel 8, onder|Vreemdelingenwet 2000|artikelen 28 en 29|[Aa]rtikel 29|art\. 29|Huisvestingswet 2014"
    r"|8 augustus 2018|ECLI:NL:RVS:2018:2647|100\.000|[Hh]oofdstuk 2|SHA-256|CC BY 4\.0"
)


def test_geen_getal_als_constante(register: GeheugenRegister, tabellen: GeheugenTabellen) -> None:
    """A literal is made text when a template is compiled, before the guard sees it; so no template prints a literal."""
    omgeving = sjabloon_omgeving(register, tabellen)
    gevonden = []
    for pad in sorted((house_path("report_templates") / SJABLONEN).rglob("*.j2")):
        boom = omgeving.parse(pad.read_text(encoding="utf-8"))
        gevonden += [
            pad.name
            for uitvoer in boom.find_all(nodes.Output)
            for deel in uitvoer.nodes
            if isinstance(deel, nodes.Const)
        ]
    assert gevonden == []


def test_vaste_tekst_draagt_geen_cijfers() -> None:
    """No digit in the text of the templates outside tags, calls and the list above: a figure cannot be typed in."""
    gevonden = []
    for pad in sorted((house_path("report_templates") / SJABLONEN).rglob("*.j2")):
        tekst = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", " ", pad.read_text(encoding="utf-8"), flags=re.S)
        gevonden += [f"{pad.name}: {deel}" for deel in re.findall(r".{0,20}\d.{0,10}", _TOEGESTAAN.sub("", tekst))]
    assert gevonden == []
