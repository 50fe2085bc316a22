"""The municipal files: every shape can be read, and each planted difference comes out with its number."""

import tomllib
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest

from pipeline.core.periods import Periode
from tests.core.sample.conftest import Maker
from tests.core.sample.delivery import Names, coa, day, in_opvang, municipal_lines


def _housed(folder: Path, periode: Periode, names: Names) -> dict[str, tuple[str, date]]:
    """V-number to code and day of everybody whose net afmelding lies in the half-year."""
    found: dict[str, tuple[str, date]] = {}
    for row in coa(folder, "afmeldingen"):
        on = day(row["Datum"])
        if row["Aantal"] == "-1":
            found.pop(row["V-nummer"], None)
        elif periode.begin <= on < periode.eind:
            found[row["V-nummer"]] = (names.code(row["Gemeente"], on), on)
    return found


def _swaps(number: str) -> set[str]:
    """The numbers that differ by one swap of two neighbouring digits."""
    return {number[:i] + number[i + 1] + number[i] + number[i + 2 :] for i in range(1, len(number) - 1)} - {number}


def _differences(folder: Path, periode: Periode, names: Names) -> Counter[str]:
    """Count every kind of difference from the files alone."""
    housed = _housed(folder, periode, names)
    persons = {row["V-nummer"] for row in coa(folder, "personen")}
    waiting = in_opvang(folder, periode.eind)
    files = municipal_lines(folder)
    counted: Counter[str] = Counter()
    seen: dict[str, str] = {}
    strangers = []
    for code, lines in files.items():
        for line in lines:
            if line.v_nummer in seen:
                assert seen[line.v_nummer] == code
                counted["dubbele_regel"] += 1
                continue
            seen[line.v_nummer] = code
            kind = _kind(line.v_nummer, code, line.datum, housed, persons)
            if kind == "vreemd":
                strangers.append(line)
            counted[kind] += 1
            assert kind != "late_afmelding" or line.v_nummer in waiting
    missing = {person for person in housed if person not in seen and housed[person][0] in files}
    for line in strangers:
        typo = [p for p in _swaps(line.v_nummer) if p in missing and housed[p] == (line.gemeente, line.datum)]
        counted["typefout_v_nummer" if typo else "onbekend_v_nummer"] += 1
        missing -= set(typo)
    counted["alleen_coa"] = len(missing) - counted["te_kort_v_nummer"]
    counted["gemeente_zonder_bestand"] = sum(code not in files for code, _ in housed.values())
    return counted


def _kind(number: str, code: str, on: date | None, housed: dict[str, tuple[str, date]], persons: set[str]) -> str:
    if len(number) == 10:
        return "te_kort_v_nummer"
    if on is None:
        return "onmogelijke_datum"
    if number not in persons:
        return "vreemd"
    if number not in housed:
        return "late_afmelding"
    where, when = housed[number]
    if where != code:
        return "andere_gemeente"
    return "gelijk" if when == on else "andere_datum"


@pytest.mark.parametrize("periode", ["2016-I", "2018-I", "2019-I"])
def test_each_difference_has_the_number_that_the_delivery_says(made: Maker, names: Names, periode: str) -> None:
    folder, summary = made(periode)
    counted = _differences(folder, summary.periode, names)
    planted = {kind.sleutel: count for kind, count in summary.afwijkingen.items()}
    assert {name: counted[name] for name in planted} == planted
    assert min(planted.values()) > 0
    assert counted["gelijk"] > 10 * planted["andere_datum"]


@pytest.mark.parametrize("periode", ["2016-I", "2019-I"])
def test_readme_and_mark_give_the_same_numbers(made: Maker, periode: str) -> None:
    folder, summary = made(periode)
    mark = tomllib.loads((folder / "voorbeeld.toml").read_text(encoding="utf-8"))
    text = (folder / "LEESMIJ.md").read_text(encoding="utf-8")
    assert (mark["gegenereerd"], mark["zaad"], mark["schaal"], mark["periode"]) == (True, 2016, 1, periode)
    assert mark["overzicht_echt"] == (periode == "2016-I")
    for kind, count in summary.afwijkingen.items():
        assert mark["afwijkingen"][kind.sleutel] == count
        line = next(line for line in text.splitlines() if f"`{kind.sleutel}`" in line)
        assert line.endswith(f"| {count:,} |".replace(",", "."))
    assert mark["omvang"]["koppelingen"] == summary.koppelingen
    assert mark["stroom"]["opvang_eind"] == summary.opvang
    assert sum(mark["trechter"].values()) == summary.opvang
    assert "Alle personen in deze levering zijn gegenereerd" in text
    assert f"zaad {summary.zaad}, schaal {summary.schaal}" in text


def test_most_municipalities_deliver_in_a_dozen_shapes(made: Maker) -> None:
    folder, summary = made("2016-I")
    files = sorted((folder / "gemeenten").iterdir())
    assert (len(files), summary.gemeentebestanden, summary.gemeenten_zonder_bestand) == (372, 372, 18)
    kinds = Counter(path.suffix for path in files)
    assert min(kinds[".csv"], kinds[".xlsx"], kinds[".ods"]) >= 30
    starts = {path.read_bytes()[:24] for path in files if path.suffix == ".csv"}
    assert len(starts) >= 8
    assert sum(path.read_bytes().startswith(b"\xff\xfe") for path in files) >= 10
    assert sum(path.read_bytes().startswith(b"\xef\xbb\xbf") for path in files) >= 10


def test_dates_of_a_municipality_lie_in_the_half_year(made: Maker) -> None:
    folder, summary = made("2016-I")
    periode = summary.periode
    lines = [line for lines in municipal_lines(folder).values() for line in lines]
    assert len(lines) == summary.gemeenteregels
    assert all(line.datum is None or periode.begin <= line.datum < periode.eind for line in lines)
    assert all(line.brp is None or line.datum is None or line.datum <= line.brp < periode.eind for line in lines)
    assert {line.woning for line in lines} == {"huur_corporatie", "huur_particulier", "kamer", "gva", "overig"}


def test_differing_dates_are_at_most_thirty_days(made: Maker, names: Names) -> None:
    folder, summary = made("2016-I")
    housed = _housed(folder, summary.periode, names)
    apart: defaultdict[int, int] = defaultdict(int)
    for code, lines in municipal_lines(folder).items():
        for line in lines:
            where, when = housed.get(line.v_nummer, ("", date.min))
            if where == code and line.datum is not None:
                apart[(when - line.datum).days] += 1
    assert -30 <= min(apart) < max(apart) <= 30
    # The COA mostly runs behind the municipality.
    assert sum(count for days, count in apart.items() if days > 0) > sum(c for days, c in apart.items() if days < 0)


def test_supervision_only_where_a_municipality_is_behind(made: Maker) -> None:
    text = (made("2016-I")[0] / "provincies" / "toezicht.csv").read_text(encoding="utf-8").splitlines()
    rows = [line.split(";") for line in text[1:]]
    assert text[0] == "Gemeente;Datum;Trede;Verschoonbaar"
    assert sum(row[1] == "01-07-2016" for row in rows) == 278
    assert {row[2] for row in rows} == set("0123456")
