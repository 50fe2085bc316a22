"""Rules of a contract about a file or extract as a whole: its size, how much may be refused, what must be there, and
what may differ from the delivery before.

Belongs here: faults that need more than one changed row (contractcases.py). The bounds are typed over on purpose: a
bound that moves in a contract must be noticed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb

from pipeline.core.intake.contracts import CONTRACTS, load_contract
from pipeline.core.intake.findings import LeveringGeweigerd
from pipeline.core.intake.freeze import freeze
from pipeline.core.intake.history import compare
from pipeline.core.intake.intake import read_levering
from pipeline.core.reference import load_reference
from tests.hostile.contractcases import CLEAN, FILES, ContractCase, cases, clean_delivery, clean_file, kept, read_one
from tests.hostile.support import HALF, lay, suggest_from_list

LARGEST = {
    "coa_overzicht": 5_000_000,
    "gemeenten_huisvesting": 50_000_000,
    "rijk_taakstelling": 5_000_000,
    "rijk_herindeling": 5_000_000,
    "provincies_toezicht": 5_000_000,
}
"""Bytes; those of the other extracts, in gigabytes, are in test_large.py."""

WITHOUT = ("coa_overzicht", "coa_personen", "coa_koppelingen", "coa_afmeldingen")
"""Extracts that a delivery of persons cannot lack."""

REPEATED = {
    "coa_personen": (100, "V999001{:04};H9;1980;;asiel;01-09-2015;;;;;;", "V-nummer"),
    "coa_koppelingen": (100, "R{};V9990000002;Assen;05-01-2016;;;;;;;;geen;nee;;", "Koppeling"),
    "coa_afmeldingen": (
        1000,
        "R{0};V9990000002;Almere;02-03-2016;1;overig;\nS{0};V9990000002;Almere;02-03-2016;-1;overig;R{0}",
        "Afmelding",
    ),
    "ind_vergunningen": (100, "V999001{:04},2015-09-01,verlening,asiel", "V-nummer"),
    "ind_nareis": (100, "V999001{:04},V9990000001,2015-12-10,,", "V-nummer"),
    "gemeenten_huisvesting": (20, "3;V999001{:04};14-02-2016;;kamer;Assen", "V-nummer"),
    "rijk_herindeling_personen": (100, "V999001{:04},GM1900", "V-nummer"),
    "provincies_toezicht": (50, "{};01-07-2016;0;nee", "Gemeente"),
}
"""Of how many rows one may be refused, and one or more good rows to repeat, and the column that is emptied."""

HISTORY = {
    "coa_personen": "persoon",
    "coa_koppelingen": "koppeling_id",
    "coa_afmeldingen": "afmelding_id",
    "ind_vergunningen": "persoon",
    "ind_nareis": "persoon",
}
_ROWS, _GONE = "aantal rijen tegenover vorige levering", "verdwenen rijen"


@dataclass(frozen=True)
class WholeCase:
    """One rule and what shows that it works; `run` fails when it does not."""

    key: tuple[str, str, str]
    run: Callable[[duckdb.DuckDBPyConnection, Path], None]

    def check(self, con: duckdb.DuckDBPyConnection, folder: Path) -> None:
        """`con` holds the accepted delivery, which stays as it is."""
        self.run(con, folder)


@cache
def whole_cases() -> tuple[WholeCase, ...]:
    """All of them, in the order of the contracts."""
    found = sorted(_all(), key=lambda case: (CONTRACTS.index(case.key[0]), case.key))
    return tuple(found)


def all_cases() -> tuple[ContractCase | WholeCase, ...]:
    """The cases of changed rows and those of whole files."""
    return (*cases(), *whole_cases())


def _all() -> Iterator[WholeCase]:
    for extract in LARGEST:
        yield WholeCase((extract, "maximumBytes", ""), _too_large(extract))
    for extract in REPEATED:
        yield WholeCase((extract, "maximaalGeweigerd", ""), _too_many_rows(extract))
    for extract in WITHOUT:
        yield WholeCase((extract, "vereist", ""), _absent(extract))
    for extract in HISTORY:
        yield WholeCase((extract, "historie", "minder"), _beside_before(extract, _one_less, (_ROWS, _GONE)))
        yield WholeCase((extract, "historie", "meer"), _beside_before(extract, _twice, (_ROWS,)))
        yield WholeCase((extract, "historie", "verdwenenSleutels"), _beside_before(extract, _other_key, (_GONE,)))
    yield WholeCase(("gemeenten_huisvesting", "maximaalGeweigerdeBestanden", ""), _too_many_files)
    yield WholeCase(("gemeenten_huisvesting", "verwijzing", "gemeentecode"), _unknown_code)


def _too_large(extract: str) -> Callable[[duckdb.DuckDBPyConnection, Path], None]:
    def run(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
        data = clean_file(extract)
        lay(folder, _filled(data, LARGEST[extract]), FILES[extract])
        whole = read_one(con, folder, extract)
        assert (whole.accepted, [item.controle for item in whole.findings]) == (True, [])
        lay(folder, _filled(data, LARGEST[extract] + 1), FILES[extract])
        refused = read_one(con, folder, extract)
        assert (refused.accepted, [item.controle for item in refused.findings]) == (False, ["te groot bestand"])

    return run


def _filled(data: bytes, size: int) -> bytes:
    """A good file of that size, with blank lines below it: nothing else is wrong with it."""
    blank = b" " * 9_999 + b"\n"
    left = size - len(data)
    return data + blank * (left // len(blank)) + b" " * (left % len(blank))


def _too_many_rows(extract: str) -> Callable[[duckdb.DuckDBPyConnection, Path], None]:
    def run(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
        if extract == "gemeenten_huisvesting":
            lay(folder / "een", (CLEAN / "gemeenten/GM0114.csv").read_bytes(), "gemeenten/GM0114.csv")
            lay(folder / "meer", (CLEAN / "gemeenten/GM0114.csv").read_bytes(), "gemeenten/GM0114.csv")
        for name, rows, accepted in (("een", REPEATED[extract][0], True), ("meer", REPEATED[extract][0] - 1, False)):
            lay(folder / name, _one_refused(con, extract, rows), FILES[extract])
            result = read_one(con, folder / name, extract)
            refused = sum(file.rijen_geweigerd for file in result.files)
            assert (result.accepted, refused, sum(file.rijen_behouden for file in result.files)) == (
                accepted,
                1,
                rows - 1,
            )

    return run


def _one_refused(con: duckdb.DuckDBPyConnection, extract: str, rows: int) -> str:
    """The file with so many rows in all (with those of the other files), of which one has an empty cell in its key."""
    _, template, _ = REPEATED[extract]
    lines = clean_file(extract).decode("utf-8").splitlines()
    elsewhere = 2 if extract == "gemeenten_huisvesting" else 0
    more = rows - elsewhere - (len(lines) - 1)
    names = [name for (name,) in con.execute("select gemeente from referentie.gemeenten where jaar = 2016").fetchall()]
    others = sorted(name for name in names if name not in ("Assen", "Emmen") and "," not in name)
    fills = others if extract == "provincies_toezicht" else range(more)
    good = [line for fill in fills for line in template.format(fill).split("\n")][: more - 1]
    sign = ";" if ";" in template else ","
    place = lines[0].split(sign).index(REPEATED[extract][2])
    cells = template.format("Zwolle" if extract == "provincies_toezicht" else 9999).split("\n")[0].split(sign)
    cells[place] = ""
    return "\n".join([*lines, *good, sign.join(cells)]) + "\n"


def _absent(extract: str) -> Callable[[duckdb.DuckDBPyConnection, Path], None]:
    def run(_con: duckdb.DuckDBPyConnection, folder: Path) -> None:
        (clean_delivery(folder) / FILES[extract]).unlink()
        # A whole delivery is read, so in a warehouse of its own.
        with duckdb.connect() as own:
            load_reference(own)
            try:
                read_levering(own, folder, HALF, suggest=suggest_from_list)
                found = []
            except LeveringGeweigerd as refusal:
                found = [(item.bestand, item.controle) for item in refusal.bevindingen]
        assert found == [(load_contract(extract).path, "bestand ontbreekt of dubbel")]

    return run


def _beside_before(
    extract: str, change: Callable[[str, str], str], expected: tuple[str, ...]
) -> Callable[[duckdb.DuckDBPyConnection, Path], None]:
    def run(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
        freeze(con, folder)
        with kept(con, extract):
            con.execute(change(f"levering.{extract}", HISTORY[extract]))
            found = compare(con, load_contract(extract), folder)
        assert tuple(item.controle for item in found) == expected
        assert compare(con, load_contract(extract), folder) == ()

    return run


def _one_less(table: str, key: str) -> str:
    return f"delete from {table} where {key} = (select max({key}) from {table})"


def _twice(table: str, _key: str) -> str:
    return f"insert into {table} from {table}"


def _other_key(table: str, key: str) -> str:
    return f"update {table} set {key} = 'anders' where {key} = (select max({key}) from {table})"


def _too_many_files(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    codes = con.execute("select gemeentecode from referentie.gemeenten where jaar = 2016 order by all").fetchall()
    for name, files, accepted in (("een", 10, True), ("meer", 9, False)):
        for number, (code,) in enumerate(codes[:files]):
            text = "niets" if number == 0 else f"V-nummer;Datum huisvesting\nV99900100{number:02};14-02-2016\n"
            lay(folder / name, text, f"gemeenten/{code}.csv")
        result = read_one(con, folder / name, "gemeenten_huisvesting")
        assert (result.accepted, sum(file.rijen_behouden for file in result.files)) == (accepted, files - 1)


def _unknown_code(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    lay(folder, (CLEAN / "gemeenten/GM0114.csv").read_bytes(), "gemeenten/GM9999.csv")
    result = read_one(con, folder, "gemeenten_huisvesting")
    assert not result.accepted
    wrong = [item.regel for item in result.findings if item.controle == "geen code van een gemeente"]
    assert wrong == [2, 3]
