"""Cells and rows that are wrong: numbers, names, sums, keys. Each is refused with one line, or read as it was meant."""

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from pipeline.core.intake import intake
from pipeline.core.intake.contracts import load_contract
from tests.hostile.support import Case, as_csv, clean_rows, clean_table, lay, line_of, read, said, with_cell

HEADS = clean_rows()[0]
INTEGER = "Vul een geheel getal in, zoals 12, -21 of 1.015."
FORMULA = "Bewaar het bestand met waarden in plaats van formules."
AT_COA = "Zoek bij het COA op welk getal niet klopt en verbeter het bestand."
MISSING = (
    "staat op geen enkele leesbare regel. Voeg de rij van deze gemeente toe of verbeter de regel waarop zij staat."
)
NAME = "Verbeter de naam in het bestand."
BOUNDS = (
    "De grootste waarde van een gemeente was ongeveer een tiende hiervan; een getal daarbuiten wijst op een verschoven "
    "kolom of een verkeerde punt. Controleer het getal in de bron."
)
SALDO, TAAK, GECORRIGEERD, JANUARI, TOTAAL, ACHTER_VOOR, ACHTERSTAND, VOORSPRONG = 2, 3, 4, 5, 11, 12, 13, 14


def missing(name: str, code: str) -> str:
    return said(f"gemeente '{name}' ({code}) van 2016 {MISSING}", column="gemeente")


def at(name: str, place: int, text: str) -> str:
    return said(text, line_of(name), HEADS[place])


# The real values: Amsterdam has a gecorrigeerde taakstelling of 1877, Almelo of -97; Assen placed 14 in January.
@pytest.mark.parametrize(
    ("name", "place", "value"),
    [
        ("Amsterdam", GECORRIGEERD, "1.877"),
        ("Amsterdam", GECORRIGEERD, "+1877"),
        ("Amsterdam", GECORRIGEERD, "+1.877"),
        ("Amsterdam", GECORRIGEERD, "  1877\t"),
        ("Amsterdam", GECORRIGEERD, "\u00a01877\u202f"),
        ("Almelo", GECORRIGEERD, "\u221297"),
        ("Almelo", GECORRIGEERD, " -97 "),
        ("Amsterdam", VOORSPRONG, "0"),
        ("Urk", ACHTERSTAND, "0"),
        ("Urk", VOORSPRONG, ""),
        ("Urk", VOORSPRONG, "-0"),
        ("Amsterdam", 0, "  Amsterdam\u00a0"),
        ("Aa en Hunze", 0, "Aa  en\u00a0Hunze"),
        ("'s Gravenhage", 0, "'s-Gravenhage"),
        ("Amsterdam", 1, "Noord-Holland"),
    ],
)
def test_spelling_that_is_read(
    name: str, place: int, value: str, con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    outcome = read(con, lay(tmp_path, with_cell(name, place, value)))
    assert (outcome.refused, outcome.table) == ((), clean_table())


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("1,877", "'1,877' is niet eenduidig: het kan een duizendtal zijn of een getal met cijfers achter de komma."),
        (
            "1,234,567",
            "'1,234,567' is niet eenduidig: het kan een duizendtal zijn of een getal met cijfers achter de komma.",
        ),
        ("3.7", "'3.7' is geen geheel getal."),
        ("3,7", "'3,7' is geen geheel getal."),
        ("1877,0", "'1877,0' is geen geheel getal."),
        ("1877.0", "'1877.0' is geen geheel getal."),
        ("1.8777", "'1.8777' is geen geheel getal."),
        ("18.77", "'18.77' is geen geheel getal."),
        ("0.877", "'0.877' is geen geheel getal."),
        ("01877", "'01877' is geen geheel getal."),
        ("1 877", "'1 877' is geen geheel getal."),
        ("1877-", "'1877-' is geen geheel getal."),
        ("--1877", "'--1877' is geen geheel getal."),
        ("(1877)", "'(1877)' is geen geheel getal."),
        ("1e3", "'1e3' is geen geheel getal."),
        ("0x1F", "'0x1F' is geen geheel getal."),
        ("1_877", "'1_877' is geen geheel getal."),
        ("\u0661\u0668", "'\u0661\u0668' is geen geheel getal."),
        ("inf", "'inf' is geen geheel getal."),
        ("nan", "'nan' is geen geheel getal."),
        ("ca. 1877", "'ca. 1877' is geen geheel getal."),
        ("-", "'-' is geen geheel getal."),
        ("n.v.t.", "'n.v.t.' is geen geheel getal."),
        ("1877'; drop table levering.afkeur; --", '"1877\'; drop table levering.afkeur; --" is geen geheel getal.'),
        ("18\u200b77", "'18\ufffd77' is geen geheel getal."),
        ("18\n77", "'18⏎77' is geen geheel getal."),
        ("x" * 100, f"'{'x' * 59}…' is geen geheel getal."),
        ("9999999999", "'999…' is te groot voor een aantal personen."),
        ("-1.000.000.000", "'-100…' is te groot voor een aantal personen."),
    ],
)
def test_spelling_that_is_refused(value: str, line: str, con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    outcome = read(con, lay(tmp_path, with_cell("Amsterdam", GECORRIGEERD, value)))
    assert outcome.refused == (at("Amsterdam", GECORRIGEERD, f"{line} {INTEGER}"),)


def doubled() -> str:
    """Breda under the name of Assen."""
    return with_cell("Breda", 0, "Assen").replace("Assen,Provincie Noord-Brabant", "Assen,Provincie Drenthe")


def twice(name: str, other: str) -> str:
    rows = clean_rows()
    row = next(row for row in rows if row[0] == name)
    return as_csv([*rows, [other, *row[1:]]])


def without(*names: str) -> str:
    return as_csv([row for row in clean_rows() if row[0] not in names])


def both(first: str, second: str, place: int, value: str) -> str:
    rows = clean_rows()
    for row in rows:
        if row[0] in (first, second):
            row[place] = value
    return as_csv(rows)


ASSEN_TWICE = "'Assen' staat meer dan één keer in het bestand als gemeente, op de regels 3 en 167."
ONE = "Laat één van deze regels staan en verwijder de rest."
CASES = (
    Case(
        "naam niet in de lijst, met suggestie",
        lambda: with_cell("Hoogeveen", 0, "Hoogeven"),
        (
            missing("Hoogeveen", "GM0118"),
            said(
                f"'Hoogeven' is geen gemeente van 2016; bedoelde u 'Hoogeveen' of 'Heerenveen'? {NAME}",
                line_of("Hoogeveen"),
                HEADS[0],
            ),
        ),
    ),
    Case(
        "naam die op niets lijkt",
        lambda: with_cell("Assen", 0, "Xyzzy"),
        (missing("Assen", "GM0106"), at("Assen", 0, f"'Xyzzy' is geen gemeente van 2016. {NAME}")),
    ),
    Case(
        "een gemeente van een ander jaar",
        lambda: with_cell("Assen", 0, "Beekdaelen"),
        (
            missing("Assen", "GM0106"),
            at(
                "Assen",
                0,
                "'Beekdaelen' is geen gemeente van 2016; bedoelde u 'Beek (L.)', 'Beesel' of \"'s-Gravenhage\"? "
                f"{NAME}",
            ),
        ),
    ),
    Case(
        "formule als naam",
        lambda: with_cell("Assen", 0, "=HYPERLINK(A1)"),
        (missing("Assen", "GM0106"), at("Assen", 0, f"'=HYPERLINK(A1)' is een formule, geen waarde. {FORMULA}")),
    ),
    Case(
        "formule als getal",
        lambda: with_cell("Assen", GECORRIGEERD, "=C3+D3"),
        (at("Assen", GECORRIGEERD, f"'=C3+D3' is een formule, geen waarde. {FORMULA}"),),
    ),
    Case(
        "opdracht als getal",
        lambda: with_cell("Assen", GECORRIGEERD, "@SUM(C3)"),
        (at("Assen", GECORRIGEERD, f"'@SUM(C3)' is een formule, geen waarde. {FORMULA}"),),
    ),
    Case(
        "naam leeg",
        lambda: with_cell("Assen", 0, " "),
        (missing("Assen", "GM0106"), at("Assen", 0, "de cel is leeg; verwacht de gemeente. Vul de gemeente in.")),
    ),
    Case(
        "getal leeg",
        lambda: with_cell("Assen", JANUARI, ""),
        (
            at(
                "Assen",
                JANUARI,
                "de cel is leeg; verwacht een geheel getal. Vul het aantal in; geen personen schrijft u als 0.",
            ),
        ),
    ),
    Case(
        "gemeente twee keer",
        doubled,
        (
            missing("Breda", "GM0758"),
            said(f"{ASSEN_TWICE} {ONE}", 3, HEADS[0]),
            said(f"{ASSEN_TWICE} {ONE}", 167, HEADS[0]),
        ),
    ),
    Case(
        "gemeente twee keer onder twee namen",
        lambda: twice("Súdwest Fryslân", "Súdwest-Fryslân"),
        (
            said(
                f"'Súdwest Fryslân' staat meer dan één keer in het bestand als gemeente, op de regels 39 en 392. {ONE}",
                39,
                HEADS[0],
            ),
            said(
                f"'Súdwest-Fryslân' staat meer dan één keer in het bestand als gemeente, op de regels 39 en 392. {ONE}",
                392,
                HEADS[0],
            ),
        ),
    ),
    Case(
        "gemeenten ontbreken",
        lambda: without("Assen", "'s Gravenhage"),
        (
            said(f'gemeente "\'s-Gravenhage" (GM0518) van 2016 {MISSING}', column="gemeente"),
            missing("Assen", "GM0106"),
        ),
    ),
    Case(
        "andere provincie",
        lambda: with_cell("Assen", 1, "Provincie Groningen"),
        (
            at(
                "Assen",
                1,
                "Assen ligt in Drenthe, maar hier staat 'Provincie Groningen'. "
                "Controleer of de rij bij deze gemeente hoort en verbeter de naam of de provincie.",
            ),
        ),
    ),
    Case(
        "onbekende provincie",
        lambda: with_cell("Assen", 1, "Provincie Drente"),
        (
            at(
                "Assen",
                1,
                "'Provincie Drente' is geen provincie. Schrijf de naam als 'Drenthe' of 'Provincie Drenthe'.",
            ),
        ),
    ),
    Case(
        "saldo plus taakstelling",
        lambda: with_cell("Assen", SALDO, "14"),
        (
            at(
                "Assen",
                GECORRIGEERD,
                f"14 (saldo aan het begin) + 79 (taakstelling) = 93, maar hier staat 92. {AT_COA}",
            ),
        ),
    ),
    Case(
        "som van de maanden",
        lambda: with_cell("Assen", JANUARI, "-14"),
        (at("Assen", TOTAAL, f"de zes maanden tellen op tot 61, maar hier staat 89. {AT_COA}"),),
    ),
    Case(
        "saldo aan het einde",
        lambda: both("Assen", "", ACHTER_VOOR, "4").replace(",4,3,\n", ",4,4,\n"),
        (
            at(
                "Assen",
                ACHTER_VOOR,
                f"92 (gecorrigeerde taakstelling) - 89 (realisatie) = 3, maar hier staat 4. {AT_COA}",
            ),
        ),
    ),
    Case(
        "achterstand anders dan het saldo",
        lambda: with_cell("Assen", ACHTERSTAND, "4"),
        (at("Assen", ACHTERSTAND, f"bij een saldo van 3 hoort hier 3 te staan, maar er staat 4. {AT_COA}"),),
    ),
    Case(
        "achterstand niet ingevuld",
        lambda: with_cell("Assen", ACHTERSTAND, ""),
        (at("Assen", ACHTERSTAND, f"bij een saldo van 3 hoort hier 3 te staan, maar er staat niets. {AT_COA}"),),
    ),
    Case(
        "achterstand bij een voorsprong",
        lambda: with_cell("Almelo", ACHTERSTAND, "123"),
        (
            at(
                "Almelo",
                ACHTERSTAND,
                f"bij een saldo van -123 hoort hier niets of 0 te staan, maar er staat 123. {AT_COA}",
            ),
        ),
    ),
    Case(
        "voorsprong bij een achterstand",
        lambda: with_cell("Assen", VOORSPRONG, "-3"),
        (at("Assen", VOORSPRONG, f"bij een saldo van 3 hoort hier niets of 0 te staan, maar er staat -3. {AT_COA}"),),
    ),
    Case(
        "voorsprong zonder minteken",
        lambda: with_cell("Almelo", VOORSPRONG, "123"),
        (
            at(
                "Almelo",
                VOORSPRONG,
                "'123' valt buiten -10000 tot en met 0. Een voorsprong staat als negatief getal of als 0. "
                "Controleer het getal in de bron.",
            ),
        ),
    ),
    Case(
        "buiten de grenzen",
        lambda: with_cell("Assen", SALDO, "13.000"),
        (at("Assen", SALDO, f"'13.000' valt buiten -5000 tot en met 10000. {BOUNDS}"),),
    ),
    Case(
        "taakstelling lager dan nul",
        lambda: with_cell("Assen", TAAK, "-79"),
        (
            at(
                "Assen",
                TAAK,
                "'-79' valt buiten 0 tot en met 10000. Een taakstelling is nooit lager dan nul, en de grootste "
                "gemeente bleef onder een tiende van de bovengrens. Controleer het getal in de bron.",
            ),
        ),
    ),
    Case(
        "duizendpunt dat een ander getal geeft",
        lambda: with_cell("Amsterdam", GECORRIGEERD, "1.878"),
        (
            at(
                "Amsterdam",
                GECORRIGEERD,
                f"912 (saldo aan het begin) + 965 (taakstelling) = 1877, maar hier staat 1878. {AT_COA}",
            ),
            at(
                "Amsterdam",
                ACHTER_VOOR,
                f"1878 (gecorrigeerde taakstelling) - 862 (realisatie) = 1016, maar hier staat 1015. {AT_COA}",
            ),
        ),
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_values(case: Case, con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    case.check(con, tmp_path)


@pytest.mark.parametrize(
    ("rule", "case"),
    [
        ("gemeente ontbreekt", "gemeenten ontbreken"),
        ("gemeente in andere provincie", "andere provincie"),
        ("saldo plus taakstelling", "saldo plus taakstelling"),
        ("som van de maanden", "som van de maanden"),
        ("saldo aan het einde", "saldo aan het einde"),
        ("kolom achterstand", "achterstand anders dan het saldo"),
        ("kolom voorsprong", "voorsprong bij een achterstand"),
    ],
)
def test_only_its_own_rule_catches_it(
    rule: str, case: str, con: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the rule taken out of the contract the file is accepted: no rule is there for show."""
    contract = load_contract(intake.OVERZICHT)
    weaker = replace(contract, rules=tuple(item for item in contract.rules if item.name != rule))
    assert len(weaker.rules) == len(contract.rules) - 1
    monkeypatch.setattr(intake, "load_contract", lambda _: weaker)
    content = next(item for item in CASES if item.name == case).content()
    assert read(con, lay(tmp_path, content)).refused == ()


def test_every_problem_of_a_file_at_once(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    rows = clean_rows()
    rows[1][JANUARI] = "veel"
    rows[2][SALDO] = "14"
    rows[4] = rows[4][:-1]
    text = as_csv([[*row[:9], *row[10:]] for row in rows])
    outcome = read(con, lay(tmp_path, text))
    assert outcome.refused == (
        said("deze kolom ontbreekt. Voeg de kolom toe of geef haar deze kop.", 1, "realisatie mei 2016"),
        missing("Coevorden", "GM0109"),
        at("Aa en Hunze", JANUARI, f"'veel' is geen geheel getal. {INTEGER}"),
        at("Assen", GECORRIGEERD, f"14 (saldo aan het begin) + 79 (taakstelling) = 93, maar hier staat 92. {AT_COA}"),
        said(
            "deze regel heeft 13 cellen, maar er zijn 14 kolomkoppen. "
            "Verwijder of herstel de regel; een komma in een tekst hoort tussen aanhalingstekens.",
            5,
        ),
    )
