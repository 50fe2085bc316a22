"""Who edits a template or a text gets no further than the document: not into the program, not into the machine."""

import ast
from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2 import Environment, TemplateError, UndefinedError

from pipeline.core.document.files import maak_fetcher
from pipeline.core.document.letter import _omgeving
from pipeline.core.document.meta import DocumentMeta
from pipeline.core.document.pdf import render_pdf
from pipeline.core.document.sandbox import ZonderRekenen, cijferhulp
from pipeline.core.document.templating import SJABLONEN, sjabloon_omgeving
from pipeline.core.document.texts import Teksten
from pipeline.core.errors import DocumentFout
from pipeline.core.house import house_path, package_path
from tests.document.geheugen import GeheugenRegister, GeheugenTabellen
from tests.document.test_pdf import _KOP, _SVG
from tests.document.test_texts import BRIEF, META, met_waarden

# What makes text of a template in Jinja.
_ZET = ("Environment", "SandboxedEnvironment", "ImmutableSandboxedEnvironment", "NativeEnvironment", "Template")

ONTSNAPPINGEN = [
    "{{ ''.__class__.__mro__ }}",
    "{{ ''.__class__.__base__.__subclasses__() }}",
    "{{ ''|attr('__class__') }}",
    "{{ ''['__class__'] }}",
    "{{ '{0.__class__}'.format(x) }}",
    "{{ '{a.__class__}'.format_map({'a': x}) }}",
    "{{ cijfer.__globals__ }}",
    "{{ cijfer.__closure__ }}",
    "{{ cijfer.__code__ }}",
    "{{ cijfer.__globals__['os'].system('id') }}",
    "{{ rijen.__self__ }}",
    "{{ rijen.__func__.__globals__ }}",
    "{{ lipsum.__globals__['os'] }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ joiner.__init__.__globals__ }}",
    "{{ namespace.__init__.__globals__ }}",
    "{{ self.__init__.__globals__ }}",
    "{{ self._TemplateReference__context }}",
    "{% for x in (1).__class__.__mro__ %}{{ x }}{% endfor %}",
    "{{ range(999999999) | list }}",
    "{% include '/etc/passwd' %}",
    "{% include '../../../../../../etc/passwd' %}",
    "{% include '../../pyproject.toml' %}",
    "{% import 'os' as os %}",
    "{% extends '/etc/passwd' %}",
    "{{ open('/etc/passwd') }}",
    "{{ __import__('os') }}",
    "{{ config }}",
]


def van_sjablonen(register: GeheugenRegister, tabellen: GeheugenTabellen) -> Environment:
    return sjabloon_omgeving(register, tabellen)


def van_teksten(register: GeheugenRegister, tabellen: GeheugenTabellen) -> Environment:
    teksten = Teksten(met_waarden(register, BRIEF), house_path("report_templates") / SJABLONEN, "2016-I", META)
    return teksten._omgeving


def van_de_brief(register: GeheugenRegister, tabellen: GeheugenTabellen) -> Environment:
    omgeving = _omgeving()
    omgeving.globals.update(cijferhulp(register))
    return omgeving


Maker = Callable[[GeheugenRegister, GeheugenTabellen], Environment]
OMGEVINGEN = [van_sjablonen, van_teksten, van_de_brief]


def uitkomst(omgeving: Environment, poging: str) -> str | None:
    """What an attempt prints; None when it is refused."""
    try:
        return omgeving.from_string(poging).render(x="x")
    except (TemplateError, DocumentFout, OverflowError):
        return None
    except TypeError as fout:
        # An environment without files has none to include.
        if "no loader" not in str(fout):
            raise
        return None


def test_er_is_geen_andere_omgeving() -> None:
    """Every environment of the program is that sandbox, escapes, and refuses an unknown name."""
    gezien = []
    for pad in sorted(package_path().rglob("*.py")):
        boom = ast.parse(pad.read_text(encoding="utf-8"))
        for knoop in ast.walk(boom):
            if isinstance(knoop, ast.Call) and ast.unparse(knoop.func).split(".")[-1] in (*_ZET, "ZonderRekenen"):
                opties = {optie.arg: ast.unparse(optie.value) for optie in knoop.keywords}
                assert ast.unparse(knoop.func) == "ZonderRekenen", f"{pad.name}:{knoop.lineno}"
                assert (opties["autoescape"], opties["undefined"]) == ("True", "StrictUndefined")
                gezien.append(pad.stem)
    assert gezien == ["letter", "templating", "texts"]


@pytest.mark.parametrize("maak", OMGEVINGEN)
def test_geen_uitweg_uit_de_zandbak(maak: Maker, register: GeheugenRegister, tabellen: GeheugenTabellen) -> None:
    omgeving = maak(register, tabellen)
    uitkomsten = {poging: uitkomst(omgeving, poging) for poging in ONTSNAPPINGEN}
    assert uitkomsten == dict.fromkeys(ONTSNAPPINGEN)
    # So that a refusal means something: what is allowed does come out.
    assert uitkomst(omgeving, "{{ x }}") is not None


@pytest.mark.parametrize("maak", OMGEVINGEN)
def test_elke_omgeving_is_een_zandbak_die_alles_ontsnapt_en_niets_verzint(
    maak: Maker, register: GeheugenRegister, tabellen: GeheugenTabellen
) -> None:
    omgeving = maak(register, tabellen)
    assert isinstance(omgeving, ZonderRekenen)
    assert omgeving.autoescape is True
    with pytest.raises(UndefinedError):
        omgeving.from_string("{{ onbekend }}").render()
    with pytest.raises(UndefinedError):
        omgeving.from_string("{% if onbekend %}ja{% endif %}").render()


@pytest.fixture
def mappen(tmp_path: Path) -> tuple[Path, Path]:
    """A work folder and a template folder, with files beside them and links in them that lead outside."""
    werk, sjabloon = tmp_path / "werk", tmp_path / "sjabloon"
    for map_ in (werk, sjabloon):
        map_.mkdir()
        (map_ / "beeld.svg").write_text(_SVG, encoding="utf-8")
        (map_ / "koppeling.svg").symlink_to(tmp_path / "geheim.svg")
        (map_ / "map").symlink_to(tmp_path)
        (map_ / "gegevens.csv").write_text("a", encoding="utf-8")
    (tmp_path / "geheim.svg").write_text(_SVG, encoding="utf-8")
    (tmp_path / "werk-anders").mkdir()
    (tmp_path / "werk-anders" / "beeld.svg").write_text(_SVG, encoding="utf-8")
    return werk, sjabloon


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "file:///etc/ssl/openssl.cnf",
        "file:///proc/self/environ",
        "file://localhost/etc/passwd",
        "file://andere-machine/deel/beeld.svg",
        "http://voorbeeld.invalid/beeld.svg",
        "https://voorbeeld.invalid/stijl.css",
        "ftp://voorbeeld.invalid/beeld.svg",
        "data:text/css,p%7B%7D",
        "//voorbeeld.invalid/beeld.svg",
        "beeld.svg",
        "{werk}/../geheim.svg",
        "{werk}/%2e%2e/geheim.svg",
        "{werk}/..%2fgeheim.svg",
        "{werk}-anders/beeld.svg",
        "{werk}/koppeling.svg",
        "{werk}/map/geheim.svg",
        "{sjabloon}/koppeling.svg",
        "{werk}/gegevens.csv",
        "{werk}",
    ],
)
def test_het_zetten_leest_niets_anders_dan_sjabloon_en_werkmap(url: str, mappen: tuple[Path, Path]) -> None:
    werk, sjabloon = mappen
    fetcher = maak_fetcher(werk, sjabloon)
    with pytest.raises(ValueError, match="is geen bestand van het sjabloon of de werkmap"):
        fetcher.fetch(url.format(werk=werk.as_uri(), sjabloon=sjabloon.as_uri()))
    assert fetcher.gelezen == {}
    fetcher.fetch(f"{werk.as_uri()}/beeld.svg")
    assert set(fetcher.gelezen) == {"beeld.svg"}


@pytest.mark.parametrize(
    "deel",
    [
        '<link rel="attachment" href="file:///etc/passwd">',
        '<link rel="stylesheet" href="file:///etc/passwd">',
        "<style>@import url(file:///etc/passwd);</style>",
        "<style>body { background: url(file:///etc/hostname) }</style>",
        "<style>h1::before { content: url(http://voorbeeld.invalid/x.svg) }</style>",
        '<object data="file:///etc/hostname">x</object>',
        '<embed src="file:///etc/hostname">',
        '<a rel="attachment" href="file:///etc/passwd">x</a>',
        '<img alt="x" src="vreemd.svg">',
    ],
)
def test_geen_weg_in_het_document_brengt_iets_van_de_machine_binnen(
    deel: str, tmp_path: Path, meta: DocumentMeta
) -> None:
    """A document that asks for it is not made, however it asks."""
    werk = tmp_path / "werk"
    werk.mkdir()
    (werk / "vreemd.svg").write_text(
        _SVG.replace("<path", '<image width="9" height="9" href="file:///etc/hostname"/><path'), encoding="utf-8"
    )
    with pytest.raises(DocumentFout, match="kan niet worden gezet"):
        render_pdf(_KOP.format(css="", body=f"<p>{deel}</p>"), werk, tmp_path / "uit.pdf", meta)
    assert not (tmp_path / "uit.pdf").exists()
