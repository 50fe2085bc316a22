"""The tables of an edition as they may leave the house: rounded, whole, with nothing of a person, and the same again.

One edition of the small delivery is rounded; its figures are compared with those of the rounded folder.
"""

import csv
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.core.disclosure.declaration import AfrondFout, soort_van
from pipeline.core.disclosure.public import TABLE, Afronding, find_rounding, read_rounding, write_rounding
from tests.editions.small import GEMEENTEN, HALF, make_edition, warehouse, whole

Register = dict[tuple[str, str], str]


@dataclass(frozen=True)
class Made:
    """The output folder with the exact edition, the rounded folder, and the register of each."""

    output: Path
    rounded: Path
    exact: Register
    told: Register


def register(folder: Path) -> Register:
    with (folder / "cijfers.csv").open(encoding="utf-8", newline="") as file:
        return {(row["cijfer_id"], row["gebied"]): row["waarde"] for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    output = tmp_path_factory.mktemp("afronden")
    with warehouse(whole().write(tmp_path_factory.mktemp("levering")), HALF, output) as con:
        make_edition(con, output / str(HALF) / "edities" / "1")
    rounded = output / "naar" / "buiten"
    assert main(["afronden", str(HALF), "1", str(rounded), "--output", str(output)]) == 0
    return Made(output, rounded, register(output / str(HALF) / "edities" / "1"), register(rounded))


def test_persons_are_rounded_and_the_statutory_figures_exact(made: Made) -> None:
    assert made.exact.keys() == made.told.keys()
    kinds = {name: soort_van(name) for name, _ in made.exact}
    assert {"exact", "afgerond", "afgeleid", "waarneming", "weg"} == set(kinds.values())
    assert all(made.told[key] == made.exact[key] for key in made.exact if kinds[key[0]] == "exact")
    persons = [key for key in made.exact if kinds[key[0]] == "afgerond" and made.told[key]]
    assert all(float(made.told[key]) % 5 == 0 for key in persons)
    assert all(abs(float(made.told[key]) - float(made.exact[key])) <= 4 for key in persons)
    assert sum(made.told[key] != made.exact[key] for key in persons) > 50
    for name in ("koppelingen.totaal", "koppelingen.langer_dan_norm", "opvang.opgevangen"):
        provinces = [float(value) for (one, area), value in made.told.items() if one == name and area.startswith("PV")]
        assert sum(provinces) == float(made.told[name, "NL"]) > 0


def test_below_the_province_realisatie_is_not_divided(made: Made) -> None:
    for gemeente in GEMEENTEN:
        assert made.told["aansluiting.geplaatst", gemeente] == ""
        assert made.told["realisatie.totaal", gemeente] == made.exact["realisatie.totaal", gemeente]
        assert made.told["saldo.eind", gemeente] == made.exact["saldo.eind", gemeente]


def test_no_median_of_few_persons_and_no_row_of_one(made: Made) -> None:
    with (made.rounded / "tabellen" / "wachttijden.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert any(row["mediaan_dagen"] for row in rows)
    assert all(int(row["aantal"]) >= 10 for row in rows if row["mediaan_dagen"])
    with (made.rounded / "tabellen" / "overlevingscurven.csv").open(encoding="utf-8", newline="") as file:
        assert not list(csv.DictReader(file)), "a curve of so few persons tells each of them"
    files = {path.name for path in made.rounded.rglob("*") if path.is_file()}
    assert {TABLE, "LEESMIJ.md", "cijfers.json", "datapackage.json", "tabellen.xlsx", "koppelingen.csv"} <= files
    assert not [name for name in files if name.endswith(".parquet") or name.startswith("afkeur")]


def test_what_is_left_out_is_said(made: Made) -> None:
    """Where one municipality in a province has persons at all, its neighbours are not given: it would tell them."""
    dropped = {name for (name, _), value in read_rounding(made.rounded / TABLE).items() if value is None}
    assert "trechter.gekoppeld" in dropped
    assert made.told["koppelingen.totaal", "GM0106"] == "" and made.told["koppelingen.totaal", "NL"] != ""
    text = (made.rounded / "LEESMIJ.md").read_text(encoding="utf-8")
    assert "gekoppelde vergunninghouders en huishoudens per gemeente en arbeidsmarktregio" in text


def test_a_folder_that_is_there_is_not_written_over(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    before = hashlib.sha256((made.rounded / "cijfers.csv").read_bytes()).digest()
    assert main(["afronden", str(HALF), "1", str(made.rounded), "--output", str(made.output)]) == 3
    assert "bestaat al; noem een nieuwe map" in capsys.readouterr().err
    assert hashlib.sha256((made.rounded / "cijfers.csv").read_bytes()).digest() == before


def test_a_figure_that_stays_exact_stops_it(made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rounding of one cell is lost on the way: nothing is written."""

    def forgets(con: object, earlier: object) -> object:
        found = find_rounding(con, {})  # type: ignore[arg-type]
        return {cel: value for cel, value in found.items() if cel != ("opvang.stand.zonder_koppeling.personen", "NL")}

    monkeypatch.setattr("pipeline.core.rounded_tables.find_rounding", forgets)
    assert main(["afronden", str(HALF), "1", str(tmp_path / "uit"), "--output", str(made.output), "--json"]) == 2
    assert list(tmp_path.iterdir()) == []


def test_a_rounding_reads_back_as_it_was_written(tmp_path: Path) -> None:
    rounding: Afronding = {("a", "NL"): 5, ("b", "NL"): None, ("c", "GM1"): -10}
    write_rounding(rounding, tmp_path / TABLE)
    assert read_rounding(tmp_path / TABLE) == rounding
    (tmp_path / TABLE).write_text("cel,gebied,afgerond\na,NL,veel\n")
    with pytest.raises(AfrondFout, match="is niet te lezen"):
        read_rounding(tmp_path / TABLE)


def test_the_package_describes_every_file(made: Made) -> None:
    package = json.loads((made.rounded / "datapackage.json").read_text(encoding="utf-8"))
    paths = {one["path"] for one in package["resources"]}
    assert {path.relative_to(made.rounded).as_posix() for path in made.rounded.rglob("*.csv")} - {TABLE} == paths
