"""The letter to a deliverer: complete, readable, without V-numbers, and the same bytes every time."""

from collections.abc import Iterator

import duckdb
import pytest

from pipeline.core.intake.summaries import letters as made_letters

FILES = [
    ("coa/personen.csv", "coa_personen", "ab" * 32, 100, 1234, 1230, 7, "Centraal Orgaan opvang asielzoekers (COA)"),
    ("gemeenten/GM0106.xlsx", "gemeenten_huisvesting", "cd" * 32, 100, 12, 12, 0, "gemeenten"),
    ("gemeenten/GM0114.csv", "gemeenten_huisvesting", None, 100, 0, 0, 0, "gemeenten"),
]
REMEDY = "Vul de datum in."


def finding(
    file: str, line: int | None, kind: str, severity: str, reason: str, remedy: str = REMEDY
) -> tuple[object, ...]:
    return (file, None, line, None if line is None else "Datum", None, reason, remedy, severity, kind)


FINDINGS = [
    *(finding("coa/personen.csv", line, "lege cel", "geweigerd", "de cel is leeg.") for line in range(20, 13, -1)),
    finding("coa/personen.csv", 3, "onbekende persoon", "waarschuwing", "persoon (V9990000001) staat er niet in.", ""),
    finding("gemeenten/GM0114.csv", None, "geen csv", "blokkade", "dit is een webpagina.", "Bewaar het als csv."),
    finding("gemeenten/GM9999.csv", None, "onbekend bestand", "waarschuwing", "dit bestand is niet gelezen.", ""),
]


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("create schema levering")
        connection.execute(
            "create table levering.herkomst (bestand varchar, extract varchar, sha256 varchar, bytes bigint, "
            "regels bigint, rijen_behouden bigint, rijen_geweigerd bigint, leverancier varchar)"
        )
        connection.execute(
            "create table levering.afkeur (bestand varchar, blad varchar, regel bigint, kolom varchar, waarde varchar, "
            "reden varchar, herstel varchar, ernst varchar, controle varchar)"
        )
        connection.executemany("insert into levering.herkomst values (?, ?, ?, ?, ?, ?, ?, ?)", FILES)
        connection.executemany("insert into levering.afkeur values (?, ?, ?, ?, ?, ?, ?, ?, ?)", FINDINGS)
        yield connection


def letters(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    return dict(made_letters(con, "2016-I"))


def test_one_letter_per_deliverer_and_per_municipality(con: duckdb.DuckDBPyConnection) -> None:
    assert sorted(letters(con)) == [
        "centraal-orgaan-opvang-asielzoekers-coa.txt",
        "gemeente-gm0106.txt",
        "gemeente-gm0114.txt",
        "levering-als-geheel.txt",
    ]


def test_the_letter_word_for_word(con: duckdb.DuckDBPyConnection) -> None:
    text = letters(con)["centraal-orgaan-opvang-asielzoekers-coa.txt"]
    assert text == (
        "Levering van 2016-I: wat er met uw bestanden is gebeurd\n"
        "\n"
        "Leverancier: Centraal Orgaan opvang asielzoekers (COA)\n"
        "\n"
        "Wat er binnenkwam\n"
        "  coa/personen.csv: 1.237 rijen, waarvan 1.230 gebruikt en 7 geweigerd.\n"
        "    controlegetal (sha256) abababababababab…\n"
        "\n"
        "7 rijen geweigerd. Herstel wat hieronder staat en lever opnieuw aan.\n"
        "\n"
        "coa/personen.csv\n"
        "----------------\n"
        "\n"
        "Geweigerde regels\n"
        "  lege cel (7 keer)\n"
        + "".join(f"    - regel {line}, kolom 'Datum': de cel is leeg.\n" for line in range(14, 19))
        + "    en nog 2\n"
        "    Wat u kunt doen: Vul de datum in.\n"
        "\n"
        "Gelezen, maar kijk hiernaar\n"
        "  onbekende persoon (1 keer)\n"
        "    - regel 3, kolom 'Datum': persoon (V999…) staat er niet in.\n"
    )


def test_a_clean_file_needs_nothing(con: duckdb.DuckDBPyConnection) -> None:
    text = letters(con)["gemeente-gm0106.txt"]
    assert "12 rijen, waarvan 12 gebruikt en 0 geweigerd." in text
    assert text.endswith("\nAlles is gelezen. U hoeft niets te doen.\n")


def test_a_blocked_file_says_so(con: duckdb.DuckDBPyConnection) -> None:
    text = letters(con)["gemeente-gm0114.txt"]
    assert "Niet gebruikt: gemeenten/GM0114.csv. Herstel wat hieronder staat en lever opnieuw aan." in text
    assert "dit is een webpagina." in text
    assert "sha256" not in text


def test_what_nobody_delivered_has_a_letter_too(con: duckdb.DuckDBPyConnection) -> None:
    text = letters(con)["levering-als-geheel.txt"]
    assert "Van deze leverancier is geen bestand gelezen." in text
    assert "gemeenten/GM9999.csv" in text


def test_no_v_number_and_the_same_bytes(con: duckdb.DuckDBPyConnection) -> None:
    first = letters(con)
    con.execute("create or replace table levering.afkeur as select * from levering.afkeur order by random()")
    assert letters(con) == first
    assert "9990000001" not in "".join(first.values())


def test_deliverers_whose_names_make_one_file_name(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        "update levering.herkomst set leverancier = '../COA!', bestand = 'x/1.csv' where extract = 'coa_personen'"
    )
    con.execute("insert into levering.herkomst values ('x/2.csv', 'x', null, 0, 0, 0, 0, 'coa')")
    written = letters(con)
    assert {"coa.txt", "coa-2.txt"} <= set(written)
