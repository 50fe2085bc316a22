"""Corrections of a large file: the same tables and words as the exact way gives."""

from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.core.intake import largefile, sieve
from pipeline.core.intake.corrections import CorrectieFout
from pipeline.core.intake.reader import AansluitingFout
from tests.core.intake.deliveries import delivery, lay, said, tables, v_number

FORM = """
[[correctie]]
extract = "coa_{extract}"
waar = {waar}
{what}
reden = "Verkeerd ingevoerd"
gemeld_op = 2016-07-12
status = "{status}"
"""
Correction = tuple[str, str, str]
"""Extract, `waar`, and the lines with the action; a status other than toegezegd after a bar."""

CHANGE = 'actie = "wijzig"\nkolom = "gemeentecode"\nnieuw = "Emmen"\nverwacht = { waarde = "Assen" }'
REMOVE = 'actie = "verwijder"\nverwacht = { rijen = 1 }'
GROUND = 'actie = "wijzig"\nkolom = "koppelingsgrond"\nnieuw = "gezin"\nverwacht = { waarde = "werk" }'
BIRTH = 'actie = "wijzig"\nkolom = "geboortejaar"\nnieuw = "1990"\nverwacht = { waarde = "1980" }'


def added(person: int, more: str) -> str:
    return (
        f'actie = "voeg_toe"\nnieuw = {{ afmelding_id = "A99999", persoon = "{v_number(person)}", '
        f'gemeentecode = "Assen", datum = "01-03-2016", soort = "regulier", {more} }}'
    )


CASES: dict[str, list[Correction]] = {
    "elk op een eigen rij": [
        ("koppelingen", '{ koppeling_id = "K00003" }', CHANGE),
        ("koppelingen", f'{{ persoon = "{v_number(4)}" }}', REMOVE),
        ("koppelingen", '{ persoon = "v 9990000005" }', REMOVE),
        ("koppelingen", '{ koppeling_id = "K00006", weigering = "" }', GROUND),
        ("koppelingen", '{ bestand = "coa/koppelingen.csv", regel = 9 }', CHANGE),
        ("koppelingen", '{ koppeling_id = "K00010" }', CHANGE),
        ("koppelingen", '{ bestand = "coa/koppelingen.csv", regel = 13 }', CHANGE),
        ("koppelingen", '{ koppeling_id = "K00014" }', CHANGE.replace("Assen", "Epe") + "|hersteld_in_bron"),
        ("koppelingen", '{ koppeling_id = "K00015" }', CHANGE),
        ("koppelingen", '{ koppeling_id = "K00015" }', REMOVE),
        ("personen", '{ opvanglocatie = "azc Emmen", huishouden = "H00007" }', BIRTH),
        ("afmeldingen", '{ afmelding_id = "A99999" }', added(2, 'aantal = "-1", corrigeert = "A00002"')),
    ],
    "sleutel die er al is": [
        (
            "koppelingen",
            '{ koppeling_id = "K00003" }',
            'actie = "wijzig"\nkolom = "koppeling_id"\nnieuw = "K00005"\nverwacht = { waarde = "K00003" }',
        )
    ],
    "persoon die er niet is": [("afmeldingen", '{ afmelding_id = "A99999" }', added(800, 'aantal = "1"'))],
    "rij waar een andere van afhangt": [("afmeldingen", '{ afmelding_id = "A00005" }', REMOVE)],
}


def laid(folder: Path, corrections: list[Correction]) -> Path:
    rows = delivery(200)
    lines = rows["coa/koppelingen.csv"]
    lines[10] = lines[10].replace("K00010", '"K00010"')
    lines[11] = lines[11].replace("01-11-2015", "30-02-2015")
    lay(folder, rows)
    text = ""
    for extract, where, lines_ in corrections:
        what, _, status = lines_.partition("|")
        text += FORM.format(extract=extract, waar=where, what=what, status=status or "toegezegd")
    (folder / "correcties.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("case", CASES)
def test_the_same_as_the_exact_way(
    case: str, con: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = laid(tmp_path, CASES[case])
    monkeypatch.setattr(largefile, "LARGE_BYTES", 10**12)
    exact = said(con, folder), tables(con)
    taken: list[str] = []
    run = sieve.Sieve.run

    def noted(self: sieve.Sieve, *arguments: Any) -> sieve.Sifted:
        sifted = run(self, *arguments)
        taken.append(self.file.name)
        return sifted

    monkeypatch.setattr(sieve.Sieve, "run", noted)
    monkeypatch.setattr(largefile, "LARGE_BYTES", 0)
    assert (said(con, folder), tables(con)) == exact
    assert f"coa/{CASES[case][0][0]}.csv" in taken
    listed = exact[1].get("correcties", [])
    assert len(listed) == (len(CASES[case]) if case == "elk op een eigen rij" else 0)
    types = con.execute("select type_name from duckdb_types() where type_name like 'intake_apart%'").fetchall()
    assert types == []


@pytest.mark.parametrize(
    "correction",
    [
        ("koppelingen", '{ koppeling_id = "K77777" }', CHANGE),
        ("koppelingen", '{ persoon = "V12" }', REMOVE),
        ("koppelingen", '{ kopeling = "K00003" }', REMOVE),
        ("koppelingen", '{ koppeling_id = "K00003" }', CHANGE.replace("Assen", "Epe")),
        ("koppelingen", '{ koppeling_id = "K00003" }', CHANGE + "|hersteld_in_bron"),
        ("koppelingen", '{ bestand = "coa/koppelingen.csv", regel = 1 }', CHANGE),
        ("koppelingen", '{ bestand = "coa/koppelingen.csv", regel = 99999 }', CHANGE),
        ("koppelingen", '{ gemeentecode = "Assen" }', REMOVE),
    ],
)
def test_what_does_not_fit_is_refused_in_the_same_words(
    correction: Correction, con: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = laid(tmp_path, [correction])
    words = []
    for size in (10**12, 0):
        monkeypatch.setattr(largefile, "LARGE_BYTES", size)
        with pytest.raises(CorrectieFout) as caught:
            said(con, folder)
        words.append(str(caught.value))
    assert words[0] == words[1]


def test_the_exact_way_after_all_applies_them_once(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = laid(tmp_path, CASES["elk op een eigen rij"])
    expected = said(con, folder), tables(con)
    monkeypatch.setattr(largefile, "LARGE_BYTES", 0)
    monkeypatch.setattr(sieve.Sieve, "_check_moved", lost)
    assert (said(con, folder), tables(con)) == expected


def lost(_: sieve.Sieve) -> None:
    raise AansluitingFout("verloren")
