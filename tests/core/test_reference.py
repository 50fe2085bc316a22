"""The shipped reference data: complete, undamaged, equal to the published totals. Names: test_reference_names.py."""

import csv
import hashlib
import shutil
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from pipeline.core.errors import ReferentieFout
from pipeline.core.house import package_path, reference_path
from pipeline.core.periods import Periode
from pipeline.core.reference import load_reference, read_verified, reference_files, verify_reference

OVERVIEW = package_path("sample", "leveringen", "2016-I", "coa", "overzicht_2016-07-01.csv")
MUNICIPALITIES = dict(zip(range(2014, 2026), (403, 393, 390, 388, 380, 355, 355, 352, 345, 342, 342, 342), strict=True))
INHABITANTS = {
    2016: 16_979_120,
    2017: 17_081_507,
    2018: 17_181_084,
    2019: 17_282_163,
    2020: 17_407_585,
    2021: 17_475_415,
    2022: 17_590_672,
    2023: 17_811_291,
    2024: 17_942_942,
    2025: 18_044_027,
}


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        load_reference(connection)
        yield connection


@pytest.fixture
def copy_of_reference(tmp_path: Path) -> Path:
    # Signs that DuckDB takes for a pattern: a folder with that name must work too.
    return Path(shutil.copytree(reference_path(), tmp_path / "map [1] met * en '"))


@pytest.fixture(scope="module")
def overview() -> list[dict[str, str]]:
    with OVERVIEW.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def rows_of(name: str, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(read_verified(name).decode("utf-8").splitlines(), delimiter=delimiter))


# The files themselves


def test_every_file_has_its_checksum_and_number_of_rows() -> None:
    files = reference_files()
    assert len(files) == 22
    for file in files:
        content = (reference_path() / file.naam).read_bytes()
        assert hashlib.sha256(content).hexdigest() == file.sha256, file.naam
        if file.naam.endswith(".csv"):
            assert len(list(csv.reader(content.decode("utf-8").splitlines()))) - 1 == file.rijen, file.naam
        assert all((file.wat, file.bron, file.licentie)), file.naam
    verify_reference()


def test_every_shipped_file_is_accounted_for() -> None:
    shipped = {path.relative_to(reference_path()).as_posix() for path in reference_path().rglob("*") if path.is_file()}
    about = {"herkomst.toml", ".gitattributes", "__init__.py"}
    assert {name for name in shipped - about if not name.endswith(".pyc")} == {file.naam for file in reference_files()}


def test_shipped_text_has_one_kind_of_line_end_and_of_accents() -> None:
    for file in reference_files():
        text = read_verified(file.naam).decode("utf-8")
        assert "\r" not in text, file.naam
        assert not text.startswith("\ufeff"), file.naam
        assert unicodedata.is_normalized("NFC", text), file.naam


@pytest.mark.parametrize("name", [file.naam for file in reference_files()])
def test_a_changed_file_is_refused_by_name(copy_of_reference: Path, name: str) -> None:
    path = copy_of_reference / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(ReferentieFout, match=name.replace(".", r"\.")):
        verify_reference(copy_of_reference)


def test_loading_refuses_a_changed_file(copy_of_reference: Path) -> None:
    path = copy_of_reference / "bevolking" / "inwoners_2016_2025.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",12001", ",12002"), encoding="utf-8")
    with duckdb.connect() as con, pytest.raises(ReferentieFout, match=r"inwoners_2016_2025\.csv"):
        load_reference(con, copy_of_reference)


def test_a_missing_file_is_named(copy_of_reference: Path) -> None:
    (copy_of_reference / "aliassen.csv").unlink()
    with duckdb.connect() as con, pytest.raises(ReferentieFout, match=r"aliassen\.csv"):
        load_reference(con, copy_of_reference)


def rewrite(folder: Path, name: str, old: str, new: str) -> None:
    """Change a file and its checksum alike: what someone does who edits the data and forgets the rest."""
    path = folder / name
    before = path.read_bytes()
    after = before.replace(old.encode(), new.encode())
    assert after != before
    path.write_bytes(after)
    provenance = folder / "herkomst.toml"
    old_hash, new_hash = (hashlib.sha256(content).hexdigest() for content in (before, after))
    provenance.write_text(provenance.read_text(encoding="utf-8").replace(old_hash, new_hash), encoding="utf-8")


def test_swapped_columns_are_refused(copy_of_reference: Path) -> None:
    rewrite(
        copy_of_reference, "verdeelafspraken.csv", "gemeentecode,soort,drager_code", "drager_code,soort,gemeentecode"
    )
    verify_reference(copy_of_reference)
    with duckdb.connect() as con, pytest.raises(ReferentieFout, match=r"verdeelafspraken\.csv heeft kolommen"):
        load_reference(con, copy_of_reference)


def test_a_lost_row_is_refused(copy_of_reference: Path) -> None:
    rewrite(copy_of_reference, "provincie_aliassen.csv", "Drenthe,PV22,CBS\n", "")
    with duckdb.connect() as con, pytest.raises(ReferentieFout, match=r"provincie_aliassen\.csv geeft 25 rijen"):
        load_reference(con, copy_of_reference)


def test_unreadable_provenance_is_a_readable_error(copy_of_reference: Path) -> None:
    (copy_of_reference / "herkomst.toml").write_text("[[bestand]]\nnaam = ", encoding="utf-8")
    with pytest.raises(ReferentieFout, match=r"herkomst\.toml"):
        verify_reference(copy_of_reference)


def test_an_undamaged_copy_loads_twice(copy_of_reference: Path) -> None:
    with duckdb.connect() as con:
        load_reference(con, copy_of_reference)
        load_reference(con, copy_of_reference)
        assert con.execute("select count(*) from referentie.inwoners").fetchall() == [(3591,)]


# The tables


def test_tables_have_the_agreed_columns_and_types(con: duckdb.DuckDBPyConnection) -> None:
    found = defaultdict(list)
    query = """
        select table_name, column_name, data_type from information_schema.columns
        where table_schema = 'referentie' order by table_name, ordinal_position
    """
    for table, column, kind in con.execute(query).fetchall():
        found[table].append(f"{column} {kind.lower()}")
    assert dict(found) == {
        "gemeenten": [
            "jaar integer",
            "gemeentecode varchar",
            "gemeente varchar",
            "provinciecode varchar",
            "provincie varchar",
        ],
        "inwoners": ["jaar integer", "gemeentecode varchar", "inwoners integer"],
        "aliassen": ["alias varchar", "gemeentecode varchar", "geldig_van date", "geldig_tot date", "herkomst varchar"],
        "provincie_aliassen": ["alias varchar", "provinciecode varchar"],
        "herindelingen": [
            "datum date",
            "oude_code varchar",
            "oude_naam varchar",
            "nieuwe_code varchar",
            "nieuwe_naam varchar",
            "soort varchar",
            "opmerking varchar",
        ],
        "arbeidsmarktregios": ["jaar integer", "gemeentecode varchar", "regiocode varchar", "regio varchar"],
        "veiligheidsregios": ["jaar integer", "gemeentecode varchar", "regiocode varchar", "regio varchar"],
        "landelijk": [
            "volgnummer integer",
            "periode varchar",
            "peildatum date",
            "grootheid varchar",
            "waarde integer",
            "precisie varchar",
            "publicatiedatum date",
            "bekend_op date",
            "bron varchar",
            "toelichting varchar",
        ],
        "verdeelafspraken": [
            "periode varchar",
            "gemeentecode varchar",
            "soort varchar",
            "drager_code varchar",
            "bron varchar",
        ],
    }


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("gemeenten", "jaar, gemeentecode"),
        ("gemeenten", "jaar, gemeente"),
        ("inwoners", "jaar, gemeentecode"),
        ("aliassen", "alias, geldig_van"),
        ("provincie_aliassen", "alias"),
        ("herindelingen", "datum, oude_code, nieuwe_code"),
        ("arbeidsmarktregios", "jaar, gemeentecode"),
        ("veiligheidsregios", "jaar, gemeentecode"),
        ("landelijk", "volgnummer"),
        ("verdeelafspraken", "periode, gemeentecode"),
    ],
)
def test_keys_are_unique(con: duckdb.DuckDBPyConnection, table: str, key: str) -> None:
    assert con.execute(f"select {key} from referentie.{table} group by all having count(*) > 1").fetchall() == []


def test_number_of_municipalities_per_year(con: duckdb.DuckDBPyConnection) -> None:
    found = con.execute("select jaar, count(*) from referentie.gemeenten group by jaar order by jaar").fetchall()
    assert dict(found) == MUNICIPALITIES


def test_twelve_provinces_each_year(con: duckdb.DuckDBPyConnection) -> None:
    query = (
        "select jaar, count(distinct provinciecode), count(distinct provincie) from referentie.gemeenten group by jaar"
    )
    assert {row[1:] for row in con.execute(query).fetchall()} == {(12, 12)}


def test_inhabitants_equal_the_published_totals(con: duckdb.DuckDBPyConnection) -> None:
    query = "select jaar, count(*), sum(inwoners)::integer from referentie.inwoners group by jaar order by jaar"
    found = {year: (count, total) for year, count, total in con.execute(query).fetchall()}
    assert found == {year: (MUNICIPALITIES[year], total) for year, total in INHABITANTS.items()}


def test_inhabitants_are_of_the_municipalities_of_their_year(con: duckdb.DuckDBPyConnection) -> None:
    query = """
        select jaar, gemeentecode from referentie.inwoners
        except select jaar, gemeentecode from referentie.gemeenten
    """
    assert con.execute(query).fetchall() == []


def test_the_dated_division_gives_the_yearly_one(con: duckdb.DuckDBPyConnection) -> None:
    rows = rows_of("indeling/gemeentelijke_indeling.csv", delimiter=";")
    for year in MUNICIPALITIES:
        day = f"{year}-01-01"
        alive = {
            (f"GM{row['gemeentecode']}", row["gemeentenaam"], f"PV{row['provinciecode']}")
            for row in rows
            if row["begindatum"] <= day and (not row["einddatum"] or row["einddatum"] > day)
        }
        query = "select gemeentecode, gemeente, provinciecode from referentie.gemeenten where jaar = ?"
        assert alive == set(con.execute(query, [year]).fetchall())


def test_herindelingen_account_for_every_municipality_that_ended_or_began(con: duckdb.DuckDBPyConnection) -> None:
    rows = rows_of("indeling/gemeentelijke_indeling.csv", delimiter=";")
    ended = {(f"GM{row['gemeentecode']}", row["einddatum"]) for row in rows if row["einddatum"] >= "2014"}
    began = {(f"GM{row['gemeentecode']}", row["begindatum"]) for row in rows if row["begindatum"] >= "2014"}
    query = "select oude_code, datum::varchar, nieuwe_code from referentie.herindelingen"
    moves = con.execute(query).fetchall()
    assert {(old, day) for old, day, _ in moves} == ended
    assert began <= {(new, day) for _, day, new in moves}


def test_five_municipalities_were_split(con: duckdb.DuckDBPyConnection) -> None:
    split = con.execute("select distinct oude_naam from referentie.herindelingen where soort = 'splitsing'").fetchall()
    assert {name for (name,) in split} == {"Boarnsterhim", "Maasdonk", "Littenseradiel", "Winsum", "Haaren"}
    several = "select oude_naam from referentie.herindelingen group by all having count(*) > 1"
    assert set(con.execute(several).fetchall()) == set(split)


@pytest.mark.parametrize(
    ("table", "year", "regions"),
    [("arbeidsmarktregios", 2016, 35), ("veiligheidsregios", 2016, 25), ("veiligheidsregios", 2023, 25)],
)
def test_regions_cover_their_year(con: duckdb.DuckDBPyConnection, table: str, year: int, regions: int) -> None:
    rows = con.execute(
        f"select gemeentecode, regiocode, regio from referentie.{table} where jaar = ?", [year]
    ).fetchall()
    municipalities = con.execute("select gemeentecode from referentie.gemeenten where jaar = ?", [year]).fetchall()
    assert {(row[0],) for row in rows} == set(municipalities)
    assert len(rows) == MUNICIPALITIES[year]
    pairs = {row[1:] for row in rows}
    assert len(pairs) == len({code for code, _ in pairs}) == len({name for _, name in pairs}) == regions


def test_arbeidsmarktregio_codes_follow_the_names(con: duckdb.DuckDBPyConnection) -> None:
    pairs = con.execute("select distinct regio, regiocode from referentie.arbeidsmarktregios order by regio").fetchall()
    assert [code for _, code in pairs] == [f"AR{number:02d}" for number in range(1, 36)]


def test_veiligheidsregio_codes_mean_the_same_region_in_both_years(con: duckdb.DuckDBPyConnection) -> None:
    query = """
        select distinct oud.regiocode, nieuw.regiocode
        from referentie.veiligheidsregios as oud
        inner join referentie.veiligheidsregios as nieuw using (gemeentecode)
        where oud.jaar = 2016 and nieuw.jaar = 2023 and oud.regiocode <> nieuw.regiocode
    """
    assert con.execute(query).fetchall() == []


# National series and agreements on the distribution


def test_national_rows_are_in_the_order_of_the_file(con: duckdb.DuckDBPyConnection) -> None:
    numbers = [int(row["volgnummer"]) for row in rows_of("cijferreeksen/landelijk.csv")]
    assert numbers == list(range(1, 38))
    versions = con.execute(
        """
        select waarde from referentie.landelijk
        where periode = '2019-I' and grootheid = 'taakstelling'
        order by volgnummer
        """
    ).fetchall()
    assert versions == [(8000,), (6000,)]


def test_day_from_which_a_number_could_be_known(con: duckdb.DuckDBPyConnection) -> None:
    rows = con.execute(
        "select volgnummer, periode, grootheid, publicatiedatum, bekend_op, toelichting from referentie.landelijk"
    ).fetchall()
    exceptions = {6: date(2016, 9, 29), 22: date(2025, 6, 30)}
    for number, periode, grootheid, published, known, _ in rows:
        if number in exceptions:
            assert known == exceptions[number]
        elif published is not None:
            assert known == published
        elif grootheid == "taakstelling":
            assert known == Periode.parse(periode).begin - timedelta(weeks=13)
        else:
            assert known is None
    assert [row[1] for row in rows if row[0] in exceptions] == ["2017-I", "2025-I"]
    assert next(row[5] for row in rows if row[0] == 22) == "bijstelling tijdens het halfjaar"


def test_the_letter_of_september_2016_knows_2017_i(con: duckdb.DuckDBPyConnection) -> None:
    query = """
        select periode, arg_max(waarde, volgnummer) from referentie.landelijk
        where grootheid = 'taakstelling' and bekend_op <= date '2016-09-29' and periode >= '2016'
        group by periode order by periode
    """
    assert con.execute(query).fetchall() == [("2016-I", 20_000), ("2016-II", 23_000), ("2017-I", 13_000)]


def test_a_month_is_kept_as_published_but_is_no_date() -> None:
    by_number = {row["volgnummer"]: row for row in rows_of("cijferreeksen/landelijk.csv")}
    assert (by_number["7"]["publicatie_bron"], by_number["7"]["publicatiedatum"]) == ("2017-04", "")


def test_municipalities_without_a_share_of_their_own(
    con: duckdb.DuckDBPyConnection, overview: list[dict[str, str]]
) -> None:
    without = {row["gemeente"] for row in overview if row["taakstelling 1e helft 2016"] == "0"}
    query = """
        select gemeenten.gemeente, soort, drager.gemeente
        from referentie.verdeelafspraken as afspraken
        inner join referentie.gemeenten
            on afspraken.gemeentecode = gemeenten.gemeentecode and gemeenten.jaar = 2016
        left join referentie.gemeenten as drager on afspraken.drager_code = drager.gemeentecode and drager.jaar = 2016
        where periode = ?
    """
    carried = {
        **dict.fromkeys(("Ameland", "Schiermonnikoog", "Terschelling", "Vlieland"), ("gedragen_door", "Leeuwarden")),
        "Rozendaal": ("gedragen_door", "Arnhem"),
    }
    first = {name: rest for name, *rest in con.execute(query, ["2016-I"]).fetchall()}
    assert set(first) == without
    assert {name: tuple(rest) for name, rest in first.items()} == {**carried, "Zevenaar": ("vrijgesteld", None)}
    for periode in ("2016-II", "2017-I", "2017-II"):
        assert {name: tuple(rest) for name, *rest in con.execute(query, [periode]).fetchall()} == carried
    counts = Counter(row["periode"] for row in rows_of("verdeelafspraken.csv"))
    assert counts == {"2016-I": 6, "2016-II": 5, "2017-I": 5, "2017-II": 5}


def test_agreements_say_that_no_decree_was_found(con: duckdb.DuckDBPyConnection) -> None:
    sources = con.execute("select bron from referentie.verdeelafspraken").fetchall()
    assert all("niet uit een gepubliceerd besluit" in source for (source,) in sources)


def test_a_code_is_never_used_again(con: duckdb.DuckDBPyConnection) -> None:
    """Totals of an old code are carried without a date (staging.gemeente_overgang): that holds while this does."""
    again = """
        select oude_code from referentie.herindelingen as h
        where exists (
            select 1 from referentie.gemeenten as g
            where g.gemeentecode = h.oude_code and make_date(g.jaar, 1, 1) >= h.datum
        )
    """
    assert con.execute(again).fetchall() == []


def test_who_left_the_list_went_somewhere_and_only_a_division_has_several_successors(
    con: duckdb.DuckDBPyConnection,
) -> None:
    gone = """
        select gemeentecode from referentie.gemeenten group by gemeentecode having max(jaar) < 2025
        except select oude_code from referentie.herindelingen
    """
    assert con.execute(gone).fetchall() == []
    successors = """
        select oude_code from referentie.herindelingen group by oude_code
        having (count(*) > 1) <> bool_and(soort = 'splitsing') or count(distinct datum) > 1
    """
    assert con.execute(successors).fetchall() == []
