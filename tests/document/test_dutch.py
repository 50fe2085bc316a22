"""Truth tables of the Dutch way of writing: every unit, sign, rounding that is refused, dates and half-years."""

from datetime import date
from decimal import Decimal

import pytest

from pipeline.core.document.dutch import (
    bijeen,
    bijeen_html,
    format_cijfer,
    format_datum,
    format_datum_kort,
    format_getal,
    halfjaar,
    halfjaar_kop,
    maandnaam,
    maandnaam_kort,
    met_hoofdletter,
    opsomming,
)
from pipeline.core.errors import DocumentFout
from pipeline.core.figures import Cijfer
from pipeline.core.periods import Periode


def cijfer(waarde: str | None, eenheid: str) -> Cijfer:
    return Cijfer("proef", "NL", None if waarde is None else Decimal(waarde), eenheid, "", "")


@pytest.mark.parametrize(
    ("waarde", "eenheid", "verwacht"),
    [
        ("0", "personen", "0"),
        ("999", "personen", "999"),
        ("1015", "personen", "1.015"),
        ("1015.0000", "personen", "1.015"),
        ("23372", "personen", "23.372"),
        ("1234567", "inwoners", "1.234.567"),
        ("-8", "personen", "\u22128"),
        ("-1163", "personen", "\u22121.163"),
        ("278", "gemeenten", "278"),
        ("3895", "personen per maand", "3.895"),
        ("83.3", "procent", "83,3%"),
        ("83.3000", "procent", "83,3%"),
        ("100", "procent", "100,0%"),
        ("1234.5", "procent", "1.234,5%"),
        ("-0.5", "procentpunt", "\u22120,5"),
        ("106.5", "per 100.000 inwoners", "106,5"),
        ("2016", "jaar", "2016"),
        (None, "procent", "n.v.t."),
        (None, "personen", "n.v.t."),
    ],
)
def test_cijfer_naar_eenheid(waarde: str | None, eenheid: str, verwacht: str) -> None:
    assert format_cijfer(cijfer(waarde, eenheid)) == verwacht


@pytest.mark.parametrize(
    ("waarde", "verwacht"), [("12", "+12"), ("1909", "+1.909"), ("0", "0"), ("-0", "0"), ("-12", "\u221212")]
)
def test_teken(waarde: str, verwacht: str) -> None:
    assert format_cijfer(cijfer(waarde, "personen"), teken=True) == verwacht


def test_teken_bij_niet_van_toepassing() -> None:
    assert format_cijfer(cijfer(None, "personen"), teken=True) == "n.v.t."


@pytest.mark.parametrize(("waarde", "eenheid"), [("83.25", "procent"), ("3895.3333", "personen"), ("0.5", "gemeenten")])
def test_afdrukken_rondt_niet_af(waarde: str, eenheid: str) -> None:
    with pytest.raises(DocumentFout, match="decimalen"):
        format_cijfer(cijfer(waarde, eenheid))


@pytest.mark.parametrize("waarde", [1.5, 3.0, True])
def test_geen_float_en_geen_bool(waarde: object) -> None:
    with pytest.raises(TypeError):
        format_getal(waarde)  # type: ignore[arg-type]


@pytest.mark.parametrize("waarde", ["NaN", "Infinity", "-Infinity"])
def test_geen_oneindig(waarde: str) -> None:
    with pytest.raises(DocumentFout, match="eindig"):
        format_getal(Decimal(waarde))


def test_onbekende_eenheid() -> None:
    with pytest.raises(DocumentFout, match="euro"):
        format_cijfer(cijfer("1", "euro"))


@pytest.mark.parametrize(
    ("dag", "lang", "kort"),
    [
        (date(2016, 7, 1), "1 juli 2016", "1-7-2016"),
        (date(2016, 3, 31), "31 maart 2016", "31-3-2016"),
        (date(2017, 1, 1), "1 januari 2017", "1-1-2017"),
    ],
)
def test_datum(dag: date, lang: str, kort: str) -> None:
    assert (format_datum(dag), format_datum_kort(dag)) == (lang, kort)


def test_maanden_van_een_jaar() -> None:
    dagen = [date(2016, maand, 1) for maand in range(1, 13)]
    assert [maandnaam(dag) for dag in dagen][::4] == ["januari", "mei", "september"]
    kort = "jan feb mrt apr mei juni juli aug sept okt nov dec"
    assert " ".join(maandnaam_kort(dag) for dag in dagen) == kort


def test_halfjaar() -> None:
    assert halfjaar(Periode(2016, 1)) == "het eerste halfjaar van 2016"
    assert halfjaar(Periode(2017, 2)) == "het tweede halfjaar van 2017"
    assert halfjaar_kop(Periode(2016, 2)) == "Tweede halfjaar 2016"


@pytest.mark.parametrize(
    ("delen", "verwacht"), [([], ""), (["a"], "a"), (["a", "b"], "a en b"), (["a", "b", "c"], "a, b en c")]
)
def test_opsomming(delen: list[str], verwacht: str) -> None:
    assert opsomming(delen) == verwacht


@pytest.mark.parametrize(("tekst", "verwacht"), [("aan", "Aan"), ("ijsselstein", "IJsselstein"), ("", "")])
def test_hoofdletter(tekst: str, verwacht: str) -> None:
    assert met_hoofdletter(tekst) == verwacht


@pytest.mark.parametrize(
    ("tekst", "verwacht"),
    [
        ("op 29 september 2016 en", "op 29~september~2016 en"),
        ("1 juli, in 2016", "1~juli, in 2016"),
        ("in juli 2016", "in juli 2016"),
        ("de 13.000 personen van 390 gemeenten", "de 13.000~personen van 390~gemeenten"),
        ("na 25,8 weken, zie noot 2", "na 25,8~weken, zie noot~2"),
        ("van de 12 de helft", "van de 12 de helft"),
    ],
)
def test_wat_bij_elkaar_hoort_blijft_op_een_regel(tekst: str, verwacht: str) -> None:
    assert bijeen(tekst) == verwacht.replace("~", "\u00a0")


def test_bijeen_raakt_alleen_de_lopende_tekst() -> None:
    html = '<title>1 juli 2016</title><body><img alt="1 juli 2016"><p>1 juli <b>2016</b>'
    assert bijeen_html(html) == html.replace("<p>1 juli", "<p>1\u00a0juli")
