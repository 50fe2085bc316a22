"""One refused person is one cause: what refers to it is refused, and that is said once per file, with the number."""

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from pipeline.core.intake import intake, summaries
from pipeline.core.intake.contracts import load_contract
from pipeline.core.intake.findings import GEVOLG, LeveringGeweigerd, readable_lines
from pipeline.core.intake.intake import read_levering
from tests.core.intake.deliveries import HALF, Delivery, delivery, lay, v_number

CAUSE = (
    "coa/personen.csv, regel 2, kolom 'Geboortejaar': '19x0' is geen geheel getal. "
    "Vul een geheel getal in, zoals 12, -21 of 1.015."
)
WHERE = (
    "'V999…' staat op een regel die zelf is geweigerd: coa/personen.csv, regel 2. "
    "Herstel eerst die regel; deze volgt dan vanzelf."
)


@pytest.fixture
def tolerant(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounds so wide that a few refused rows of a small delivery leave the rest to be seen."""
    monkeypatch.setattr(intake, "load_contract", lambda name: replace(load_contract(name), max_refused=0.9))


@pytest.fixture(params=[False, True], ids=["exact", "snel"])
def spoiled(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Delivery:
    """Person 0, who has a koppeling, an afmelding and a correction, has a year of birth that is none."""
    monkeypatch.setattr("pipeline.core.intake.largefile.LARGE_BYTES", 0 if request.param else 10**12)
    rows = {name: lines for name, lines in delivery(20).items() if name.startswith("coa/")}
    rows["coa/personen.csv"][0] = rows["coa/personen.csv"][0].replace(";1980;", ";19x0;")
    return rows


@pytest.mark.usefixtures("tolerant")
def test_the_cause_is_named_and_the_rest_counted(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, spoiled: Delivery
) -> None:
    result = read_levering(con, lay(tmp_path, spoiled), HALF)
    assert readable_lines(result.bevindingen) == (
        CAUSE,
        f"coa/koppelingen.csv, regel 2, kolom 'V-nummer': {WHERE}",
        "coa/afmeldingen.csv: 2 rijen zijn geweigerd omdat zij verwijzen naar een regel die zelf is geweigerd, de "
        f"eerste op regel 2: {WHERE}",
    )
    # Each refused row is in the list of rejects all the same.
    rejects = con.execute("select bestand, regel, controle from levering.afkeur order by bestand, regel").fetchall()
    assert rejects == [
        ("coa/afmeldingen.csv", 2, GEVOLG),
        ("coa/afmeldingen.csv", 3, GEVOLG),
        ("coa/koppelingen.csv", 2, GEVOLG),
        ("coa/personen.csv", 2, "geen geheel getal"),
    ]
    kept = con.execute("select count(*), count(distinct persoon) from levering.coa_afmeldingen").fetchall()
    assert kept == [(22, 19)]


@pytest.mark.usefixtures("tolerant")
def test_the_letter_says_it_once(con: duckdb.DuckDBPyConnection, tmp_path: Path, spoiled: Delivery) -> None:
    read_levering(con, lay(tmp_path, spoiled), HALF)
    text = dict(summaries.letters(con))["coa.txt"]
    assert f"  {GEVOLG} (2 keer)\n" in text
    # Once for the koppelingen, once for the afmeldingen.
    assert text.count("staat op een regel die zelf is geweigerd") == 2
    assert "    en nog 1\n" in text


@pytest.mark.usefixtures("tolerant")
def test_a_person_that_nobody_delivered_is_no_consequence(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    rows = {name: lines for name, lines in delivery(20).items() if name.startswith("coa/")}
    rows["coa/afmeldingen.csv"].append(f"A9;{v_number(77)};Assen;10-02-2016;1;regulier;")
    result = read_levering(con, lay(tmp_path, rows), HALF)
    assert [finding.zin for finding in result.bevindingen] == [
        "coa/afmeldingen.csv, regel 26, kolom 'V-nummer': 'V999…' staat op geen enkele geaccepteerde regel van "
        "coa_personen. Voeg de ontbrekende regel toe aan coa_personen, of verbeter of verwijder deze."
    ]


def test_what_blocks_stands_first(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """A row of the first file is refused, a later file lacks a column: the column is why nothing can be used."""
    rows = {name: lines for name, lines in delivery(20).items() if name.startswith("coa/")}
    rows["coa/personen.csv"][0] = rows["coa/personen.csv"][0].replace(";1980;", ";19x0;")
    folder = lay(tmp_path, rows)
    path = folder / "coa/koppelingen.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("Koppelingsgrond;", "Waarom;", 1), encoding="utf-8")
    with pytest.raises(LeveringGeweigerd) as caught:
        read_levering(con, folder, HALF)
    kinds = [finding.ernst.value for finding in caught.value.bevindingen]
    assert kinds == sorted(kinds, key=lambda kind: kind != "blokkade")
    assert {"blokkade", "geweigerd"} == set(kinds)
    files = [finding.bestand for finding in caught.value.bevindingen]
    assert files[:2] == ["coa/personen.csv", "coa/koppelingen.csv"] and files[-1] == "coa/personen.csv"


def test_a_file_that_is_missing_does_not_belong_to_itself(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    rows = {name: lines for name, lines in delivery(2).items() if name.startswith("coa/")}
    del rows["coa/afmeldingen.csv"]
    with pytest.raises(LeveringGeweigerd) as caught:
        read_levering(con, lay(tmp_path, rows), HALF)
    assert caught.value.regels == (
        "coa/afmeldingen.csv: dit bestand ontbreekt; het hoort bij coa_personen en coa_koppelingen. "
        "Zet het bestand op deze plaats, of lever alleen het overzicht aan.",
    )


def test_the_letter_of_a_file_that_was_refused_whole_says_so(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    folder = lay(tmp_path / "levering", delivery())
    (folder / "gemeenten" / "GM0106.csv").write_text("<html><body>Log in</body></html>", encoding="utf-8")
    with pytest.raises(LeveringGeweigerd) as caught:
        read_levering(con, folder, HALF)
    assert "van de 2 bestanden is er 1 onbruikbaar" in str(caught.value)
    text = dict(summaries.letters(con))["gemeente-gm0106.txt"]
    assert "Niet gebruikt: gemeenten/GM0106.csv. Herstel wat hieronder staat en lever opnieuw aan." in text
    assert "Hierdoor is het bestand niet gebruikt" in text
    assert "Alles is gelezen" not in text and "Geweigerde regels" not in text
