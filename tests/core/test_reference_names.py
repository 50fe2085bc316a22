"""Names of municipalities and provinces: a spelling leads to one code, and a misspelling gets the right offer."""

import csv
from collections.abc import Iterator
from datetime import date

import duckdb
import pytest

from pipeline.core.house import package_path
from pipeline.core.reference import load_reference, read_verified, suggest

OVERVIEW = package_path("sample", "leveringen", "2016-I", "coa", "overzicht_2016-07-01.csv")
# Spelling of the overview, CBS code and CBS name, typed over from the two sources independently of aliassen.csv.
COA_SPELLINGS = {
    "'s Gravenhage": ("GM0518", "'s-Gravenhage"),
    "'s Hertogenbosch": ("GM0796", "'s-Hertogenbosch"),
    "Alphen a/d Rijn": ("GM0484", "Alphen aan den Rijn"),
    "Beek": ("GM0888", "Beek (L.)"),
    "Bergen L": ("GM0893", "Bergen (L.)"),
    "Bergen NH": ("GM0373", "Bergen (NH.)"),
    "Bodegraven-Reewijk": ("GM1901", "Bodegraven-Reeuwijk"),
    "Capelle a/d IJssel": ("GM0502", "Capelle aan den IJssel"),
    "Dantumadeel": ("GM1891", "Dantumadiel"),
    "De Friese Meren": ("GM1940", "De Fryske Marren"),
    "Ferwerderadeel": ("GM1722", "Ferwerderadiel"),
    "Haarlemmerliede ca": ("GM0393", "Haarlemmerliede en Spaarnwoude"),
    "Hengelo": ("GM0164", "Hengelo (O.)"),
    "Het Bildt": ("GM0063", "het Bildt"),
    "Kollumerland": ("GM0079", "Kollumerland en Nieuwkruisland"),
    "Krimpen a/d IJssel": ("GM0542", "Krimpen aan den IJssel"),
    "Laren": ("GM0417", "Laren (NH.)"),
    "Menaldumadeel": ("GM1908", "Menameradiel"),
    "Middelburg": ("GM0687", "Middelburg (Z.)"),
    "Nederbetuwe": ("GM1740", "Neder-Betuwe"),
    "Noord Beveland": ("GM1695", "Noord-Beveland"),
    "Nuenen ca": ("GM0820", "Nuenen, Gerwen en Nederwetten"),
    "Oost-Gelre": ("GM1586", "Oost Gelre"),
    "Oud Beijerland": ("GM0584", "Oud-Beijerland"),
    "Ouder Amstel": ("GM0437", "Ouder-Amstel"),
    "Rijswijk": ("GM0603", "Rijswijk (ZH.)"),
    "Sint Michielsgestel": ("GM0845", "Sint-Michielsgestel"),
    "Sint Oedenrode": ("GM0846", "Sint-Oedenrode"),
    "Stede-Broec": ("GM0532", "Stede Broec"),
    "Stein": ("GM0971", "Stein (L.)"),
    "Súdwest Fryslân": ("GM1900", "Súdwest-Fryslân"),
    "Tytjerksteradiel": ("GM0737", "Tytsjerksteradiel"),
    "Valkenburg a/d Geul": ("GM0994", "Valkenburg aan de Geul"),
}


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        load_reference(connection)
        yield connection


@pytest.fixture(scope="module")
def overview() -> list[dict[str, str]]:
    with OVERVIEW.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def rows_of(name: str, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(read_verified(name).decode("utf-8").splitlines(), delimiter=delimiter))


def on_day(con: duckdb.DuckDBPyConnection, alias: str, day: date) -> list[str]:
    query = """
        select gemeentecode from referentie.aliassen
        where alias = ? and geldig_van <= ? and (geldig_tot is null or geldig_tot > ?)
    """
    return [code for (code,) in con.execute(query, [alias, day, day]).fetchall()]


# Names


def test_33_spellings_of_the_overview_differ_from_cbs(
    con: duckdb.DuckDBPyConnection, overview: list[dict[str, str]]
) -> None:
    cbs = dict(con.execute("select gemeente, gemeentecode from referentie.gemeenten where jaar = 2016").fetchall())
    assert len(COA_SPELLINGS) == 33
    assert {row["gemeente"] for row in overview} - set(cbs) == set(COA_SPELLINGS)
    for spelling, (code, name) in COA_SPELLINGS.items():
        assert cbs[name] == code
        assert on_day(con, spelling, date(2016, 1, 1)) == [code], spelling


def test_the_390_names_of_the_overview_are_the_390_municipalities(
    con: duckdb.DuckDBPyConnection, overview: list[dict[str, str]]
) -> None:
    provinces = dict(
        con.execute("select gemeentecode, provinciecode from referentie.gemeenten where jaar = 2016").fetchall()
    )
    aliases = dict(con.execute("select alias, provinciecode from referentie.provincie_aliassen").fetchall())
    for day in (date(2016, 1, 1), date(2016, 6, 30)):
        found = {}
        for row in overview:
            (code,) = on_day(con, row["gemeente"], day)
            found[code] = row["gemeente"]
            # The province in the overview is an independent witness: Bergen L lies in Limburg, Laren in Noord-Holland.
            assert aliases[row["provincie"]] == provinces[code], row["gemeente"]
        assert len(overview) == len(found) == 390
        assert set(found) == set(provinces)


def test_no_spelling_means_two_municipalities_on_one_day(con: duckdb.DuckDBPyConnection) -> None:
    query = """
        select een.alias from referentie.aliassen as een
        inner join referentie.aliassen as ander
            on een.alias = ander.alias and een.gemeentecode < ander.gemeentecode
            and een.geldig_van < coalesce(ander.geldig_tot, date '9999-12-31')
            and ander.geldig_van < coalesce(een.geldig_tot, date '9999-12-31')
    """
    assert con.execute(query).fetchall() == []


def test_one_name_for_two_municipalities_at_different_times(con: duckdb.DuckDBPyConnection) -> None:
    assert on_day(con, "De Friese Meren", date(2015, 6, 30)) == ["GM1921"]
    assert on_day(con, "De Friese Meren", date(2015, 7, 1)) == ["GM1940"]
    assert on_day(con, "De Fryske Marren", date(2015, 6, 30)) == []


def test_names_end_with_their_municipality(con: duckdb.DuckDBPyConnection) -> None:
    assert on_day(con, "Weesp", date(2022, 3, 23)) == ["GM0457"]
    assert on_day(con, "Weesp", date(2022, 3, 24)) == []
    assert on_day(con, "Gooise Meren", date(2015, 12, 31)) == []


def test_every_cbs_name_is_accepted_exactly_in_its_years(con: duckdb.DuckDBPyConnection) -> None:
    named = con.execute("select jaar, gemeente, gemeentecode from referentie.gemeenten").fetchall()
    query = """
        select jaren.jaar, aliassen.alias, aliassen.gemeentecode
        from (select distinct jaar from referentie.gemeenten) as jaren
        inner join referentie.aliassen
            on geldig_van <= make_date(jaren.jaar, 1, 1) and coalesce(geldig_tot > make_date(jaren.jaar, 1, 1), true)
        where herkomst = 'CBS'
    """
    assert sorted(con.execute(query).fetchall()) == sorted(named)


def test_alias_days_are_those_of_the_municipality(con: duckdb.DuckDBPyConnection) -> None:
    lives = {
        f"GM{row['gemeentecode']}": (max(row["begindatum"], "2014-01-01"), row["einddatum"] or None)
        for row in rows_of("indeling/gemeentelijke_indeling.csv", delimiter=";")
        if not row["einddatum"] or row["einddatum"] > "2014-01-01"
    }
    query = "select gemeentecode, geldig_van::varchar, geldig_tot::varchar from referentie.aliassen"
    assert all(lives[code] == (first, beyond) for code, first, beyond in con.execute(query).fetchall())


def test_province_names(con: duckdb.DuckDBPyConnection) -> None:
    aliases = dict(con.execute("select alias, provinciecode from referentie.provincie_aliassen").fetchall())
    provinces = con.execute("select distinct provincie, provinciecode from referentie.gemeenten").fetchall()
    expected = {**dict(provinces), "Fryslân": "PV21"}
    assert aliases == expected | {f"Provincie {name}": code for name, code in expected.items()}


# Suggestions


def test_an_accepted_misspelling_shows_the_cbs_name() -> None:
    assert suggest("Bodegraven-Rewijk", 2016)[0] == "Bodegraven-Reeuwijk"
    assert suggest("amsterdam ", 2016)[0] == "Amsterdam"


@pytest.mark.parametrize(
    ("written", "meant"),
    [("Eda", "Ede"), ("Epa", "Epe"), ("Ese", "Epe"), ("Ese", "Ede"), ("Os", "Oss"), ("Goies", "Goes"), ("Urkk", "Urk")],
)
def test_short_names(written: str, meant: str) -> None:
    assert meant in suggest(written, 2016)


def test_every_name_with_a_slip_of_the_pen_is_offered(con: duckdb.DuckDBPyConnection) -> None:
    names = [name for (name,) in con.execute("select gemeente from referentie.gemeenten where jaar = 2016").fetchall()]
    slips = {
        "left out": lambda name, at: name[:at] + name[at + 1 :],
        "replaced": lambda name, at: f"{name[:at]}x{name[at + 1 :]}",
        "swapped": lambda name, at: name[:at] + name[at + 1 : at + 2] + name[at] + name[at + 2 :],
    }
    missed = [
        (kind, name)
        for number, name in enumerate(names)
        for kind, slip in (list(slips.items())[number % 3],)
        if name not in suggest(slip(name, len(name) // 2), 2016)
    ]
    assert missed == []


def test_suggestions_are_of_the_year() -> None:
    assert "Weesp" in suggest("Wesp", 2022)
    assert "Weesp" not in suggest("Wesp", 2023)
    assert "Gooise Meren" not in suggest("Gooise Mere", 2015)


def test_nothing_alike_gives_nothing() -> None:
    assert suggest("Qqqqqqqq", 2016) == ()
    assert suggest("", 2016) == ()
