"""Files about another half-year than the one that was asked: the heads prove it, and the line says which is which."""

from pathlib import Path

import duckdb
import pytest

from pipeline.core.periods import Periode
from tests.hostile.support import SAMPLE, Case, clean_table, lay, line_of, read, said

FIRST_TO_SECOND = {
    "stand op 01/01/2016": "stand op 01/07/2016",
    "1e helft": "2e helft",
    "1 e helft": "2 e helft",
    "januari": "juli",
    "februari": "augustus",
    "maart": "september",
    "april": "oktober",
    "mei": "november",
    "juni": "december",
    "tot 1 juli 2016": "tot 1 januari 2017",
    "tot juli 2016": "tot januari 2017",
}


def with_heads(changes: dict[str, str]) -> str:
    """The overview with other heads; every key is replaced, longest first, none twice."""
    head, rows = SAMPLE.read_text(encoding="utf-8").split("\n", 1)
    for number, old in enumerate(sorted(changes, key=len, reverse=True)):
        head = head.replace(old, f"<{number}>")
    for number, old in enumerate(sorted(changes, key=len, reverse=True)):
        head = head.replace(f"<{number}>", changes[old])
    return f"{head}\n{rows}"


def second_half() -> str:
    return with_heads(FIRST_TO_SECOND)


def other(found: str, head: str, asked: str) -> str:
    return said(
        f"dit bestand gaat over {found} (kolom '{head}'), maar gevraagd is {asked}. "
        f"Lever het overzicht van {asked} aan of vraag de rapportage van {found}.",
        1,
    )


CASES = (
    Case("2016-II in plaats van 2016-I", second_half, (other("2016-II", "taakstelling 2e helft 2016", "2016-I"),)),
    Case(
        "2015-I in plaats van 2016-I",
        lambda: with_heads({"2016": "2015"}),
        (other("2015-I", "taakstelling 1e helft 2015", "2016-I"),),
    ),
    Case(
        "2016-I in plaats van 2016-II",
        lambda: with_heads({}),
        (other("2016-I", "taakstelling 1e helft 2016", "2016-II"),),
        periode=Periode(2016, 2),
    ),
    Case(
        "een ander jaar: de rijen worden niet tegen dat jaar gehouden",
        lambda: with_heads({}),
        (other("2016-I", "taakstelling 1e helft 2016", "2017-I"),),
        periode=Periode(2017, 1),
    ),
    Case(
        "het juiste halfjaar van een ander jaar, titel van 2016 erboven",
        lambda: "Overzicht per 1 juli 2016\n" + with_heads({"2016": "2015"}),
        (other("2015-I", "taakstelling 1e helft 2015", "2016-I").replace("regel 1:", "regel 2:"),),
    ),
    Case(
        "twee halfjaren door elkaar",
        lambda: with_heads({"realisatie mei 2016": "realisatie mei 2015"}),
        (
            said(
                "de kolomkoppen noemen verschillende halfjaren (2015-I in 'realisatie mei 2015'; "
                "2016-I in 'taakstelling 1e helft 2016'), maar gevraagd is 2016-I. "
                "Lever één overzicht aan dat geheel over 2016-I gaat.",
                1,
            ),
        ),
    ),
    Case(
        "alleen het beginsaldo is van een ander halfjaar",
        lambda: with_heads({"stand op 01/01/2016": "stand op 01/07/2015"}),
        (
            said(
                "de kolomkoppen noemen verschillende halfjaren (2015-II in 'stand op 01/07/2015'; "
                "2016-I in 'taakstelling 1e helft 2016'), maar gevraagd is 2016-I. "
                "Lever één overzicht aan dat geheel over 2016-I gaat.",
                1,
            ),
        ),
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_half_years(case: Case, con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    case.check(con, tmp_path)


def test_the_second_half_is_read_when_it_is_asked(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    outcome = read(con, lay(tmp_path, second_half(), "coa/overzicht_2017-01-01.csv"), Periode(2016, 2))
    assert (outcome.refused, outcome.table, outcome.said) == ((), clean_table(), ())


def test_another_year_has_other_municipalities(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """The same rows under heads of 2017: what merged on 1 January 2017 is named, old and new."""
    place = "coa/overzicht_2017-07-01.csv"
    outcome = read(con, lay(tmp_path, with_heads({"2016": "2017"}), place), Periode(2017, 1))
    merged = ("Schijndel", "Sint Oedenrode", "Veghel")
    assert outcome.refused == (
        f"{place}, kolom 'gemeente': gemeente 'Meierijstad' (GM1948) van 2017 staat op geen enkele leesbare regel. "
        "Voeg de rij van deze gemeente toe of verbeter de regel waarop zij staat.",
        *(
            f"{place}, regel {line_of(name)}, kolom 'gemeente': '{name}' is geen gemeente van 2017. "
            "Verbeter de naam in het bestand."
            for name in merged
        ),
    )
