"""Settings and run parameters: defaults, the file, and what is refused."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from pipeline.core.config import Instellingen, load_settings, make_run, store_parameters
from pipeline.core.errors import GebruiksFout
from pipeline.core.norms import norms_used
from pipeline.core.periods import Periode

NONE: dict[str, str] = {}


def _file(tmp_path: Path, text: str) -> dict[str, str]:
    path = tmp_path / "voortgang.toml"
    path.write_text(text, encoding="utf-8")
    return {"VOORTGANG_CONFIG": str(path)}


def test_defaults() -> None:
    settings = load_settings(environment=NONE)
    assert (settings.data, settings.output, settings.klasse_midden_procent) == (Path("data"), Path("output"), 75)


def test_file_is_read_and_its_paths_count_from_it(tmp_path: Path) -> None:
    settings = load_settings(environment=_file(tmp_path, 'data = "gegevens"\nklasse_midden_procent = 60\n'))
    assert settings.data == tmp_path / "gegevens"
    assert settings.klasse_midden_procent == 60


def test_publisher_and_contact_reach_the_parameters(tmp_path: Path) -> None:
    environment = _file(tmp_path, 'uitgever = "Ministerie van Iets"\ncontact = "vraag@voorbeeld.nl"\n')
    periode = Periode(2016, 1)
    for settings, expected in (
        (load_settings(environment=environment), ("Ministerie van Iets", "vraag@voorbeeld.nl")),
        (load_settings(environment=NONE), ("Rijksoverheid", "www.rijksoverheid.nl/contact")),
    ):
        with duckdb.connect() as con:
            con.execute("create schema invoer")
            store_parameters(con, make_run(settings, periode))
            assert con.execute("select uitgever, contact from invoer.parameters").fetchall() == [expected]


def test_order_of_output_folders(tmp_path: Path) -> None:
    environment = {**_file(tmp_path, 'output = "a"'), "VOORTGANG_OUTPUT": "b"}
    assert load_settings(output=Path("c"), environment=environment).output == Path("c")
    assert load_settings(environment=environment).output == Path("b")
    del environment["VOORTGANG_OUTPUT"]
    assert load_settings(environment=environment).output == tmp_path / "a"


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("dta = 'x'", "onbekende instelling 'dta'"),
        ("klasse_midden_procent = 'veel'", "verkeerde soort"),
        ("klasse_midden_procent = true", "verkeerde soort"),
        ("klasse_midden_procent = 100", "tussen 0 en 100"),
        ("uitgever = ' '", "uitgever en contact mogen niet leeg"),
        ("contact = 5", "verkeerde soort"),
        ("data = ", "geen geldige TOML"),
        ("planning = 'ja'", "verkeerde soort"),
        ("[planning]\nkron = 'x'", "onbekende instelling planning.kron"),
        ("[planning]\naan = 1", "verkeerde soort"),
        ("[planning]\nuiterlijk_dagen = 27", "tussen 0 en 26"),
        ("[planning]\nverwacht = ['coa_person']", "geen extract 'coa_person'"),
    ],
)
def test_a_wrong_file_is_refused(tmp_path: Path, text: str, part: str) -> None:
    with pytest.raises(GebruiksFout, match=part):
        load_settings(environment=_file(tmp_path, text))


def test_a_missing_file_is_refused() -> None:
    with pytest.raises(GebruiksFout, match="bestaat niet"):
        load_settings(environment={"VOORTGANG_CONFIG": "/bestaat/niet.toml"})


def test_dates_of_the_letter_of_2016() -> None:
    run = make_run(Instellingen(Path("data"), Path("output")), Periode(2016, 1), "levering")
    assert (run.peildatum, run.briefdatum) == (date(2016, 7, 1), date(2016, 9, 29))


def test_dates_in_the_wrong_order_are_refused() -> None:
    settings = Instellingen(Path("data"), Path("output"))
    with pytest.raises(GebruiksFout, match="laat --peildatum weg"):
        make_run(settings, Periode(2016, 1), "x", peildatum=date(2015, 12, 31))
    with pytest.raises(GebruiksFout, match="vóór de peildatum"):
        make_run(settings, Periode(2016, 1), "x", briefdatum=date(2016, 6, 30))


def test_own_delivery_goes_before_the_demonstration(tmp_path: Path) -> None:
    settings = Instellingen(tmp_path, tmp_path / "output")
    assert make_run(settings, Periode(2016, 1)).levering is None
    own = tmp_path / "leveringen" / "2016-I"
    own.mkdir(parents=True)
    assert make_run(settings, Periode(2016, 1)).levering == str(own)


def test_no_delivery_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(GebruiksFout, match="geen levering voor 2031-II"):
        make_run(Instellingen(tmp_path, tmp_path), Periode(2031, 2))


def test_the_shipped_norms_count_without_settings() -> None:
    run = make_run(Instellingen(Path("data"), Path("output")), Periode(2016, 1), "levering")
    assert {norm.klok: norm.weken for norm in run.normen} == {
        "koppeling": 2,
        "aanbod": 10,
        "huisvesting": 12,
        "vergunning": 14,
    }
    assert all(norm.geldig_vanaf < Periode(2016, 1).begin and norm.bron for norm in run.normen)


def test_norms_of_the_file_replace_the_shipped_ones_of_that_clock(tmp_path: Path) -> None:
    text = """
        [[normen]]
        klok = "aanbod"
        weken = 8
        geldig_vanaf = 2017-01-01
        bron = "Staatscourant"
        [[normen]]
        klok = "aanbod"
        weken = 9
        geldig_vanaf = 2015-01-01
    """
    run = make_run(load_settings(environment=_file(tmp_path, text)), Periode(2016, 1), "levering")
    assert [norm.weken for norm in run.normen if norm.klok == "vergunning"] == [14]
    assert [(norm.weken, norm.bron) for norm in run.normen if norm.klok == "aanbod"] == [
        (9, "Instellingen van deze rapportage"),
        (8, "Staatscourant"),
    ]


def test_the_norms_of_a_run_are_what_the_sql_reads(tmp_path: Path) -> None:
    text = '[[normen]]\nklok = "aanbod"\nweken = 9\ngeldig_vanaf = 2015-01-01\n'
    run = make_run(load_settings(environment=_file(tmp_path, text)), Periode(2016, 1), "levering")
    with duckdb.connect() as con:
        con.execute("create schema invoer")
        store_parameters(con, run)
        assert norms_used(con) == run.normen
        query = "select klok, weken from invoer.normen where geldig_vanaf = date '2015-01-01'"
        assert con.execute(query).fetchall() == [("aanbod", 9)]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("normen = 'tien'", "verkeerde soort"),
        ("normen = [10]", r"schrijf normen als \[\[normen\]\]"),
        ("[[normen]]\nklok = 'aanbod'\nweken = 0\ngeldig_vanaf = 2015-01-01", "norm 1: weken moet een geheel getal"),
        ("[[normen]]\nklok = 'aanbod'\nweken = true\ngeldig_vanaf = 2015-01-01", "weken moet een geheel getal"),
        ("[[normen]]\nklok = 'aanbod'\nweken = 9.5\ngeldig_vanaf = 2015-01-01", "weken moet een geheel getal"),
        ("[[normen]]\nklok = 'aanbot'\nweken = 9\ngeldig_vanaf = 2015-01-01", "onbekende klok 'aanbot'"),
        ("[[normen]]\nweken = 9\ngeldig_vanaf = 2015-01-01", "onbekende klok None"),
        ("[[normen]]\nklok = 'aanbod'\nweken = 9\ngeldig_vanaf = '2015-01-01'", "geldig_vanaf moet een datum zijn"),
        ("[[normen]]\nklok = 'aanbod'\nweken = 9", "geldig_vanaf moet een datum zijn"),
        ("[[normen]]\nklok = 'aanbod'\nweken = 9\ngeldig_vanaf = 2015-01-01T10:00:00", "geldig_vanaf moet een datum"),
        ("[[normen]]\nklok = 'aanbod'\nweken = 9\ngeldig_vanaf = 2015-01-01\nbron = ' '", "bron moet tekst zijn"),
        ("[[normen]]\nklok = 'aanbod'\nweken = 9\nvanaf = 2015-01-01", "onbekende instelling 'vanaf'"),
        (2 * "[[normen]]\nklok = 'aanbod'\nweken = 9\ngeldig_vanaf = 2015-01-01\n", "twee normen vanaf 2015-01-01"),
    ],
)
def test_wrong_norms_are_refused(tmp_path: Path, text: str, part: str) -> None:
    with pytest.raises(GebruiksFout, match=part):
        load_settings(environment=_file(tmp_path, text))


def test_a_clock_without_a_norm_on_the_peildatum_is_refused(tmp_path: Path) -> None:
    text = '[[normen]]\nklok = "aanbod"\nweken = 9\ngeldig_vanaf = 2016-07-02\n'
    settings = load_settings(environment=_file(tmp_path, text))
    with pytest.raises(GebruiksFout, match="de klok aanbod heeft geen norm die op 2016-07-01 geldt"):
        make_run(settings, Periode(2016, 1), "levering")
    assert make_run(settings, Periode(2016, 2), "levering").normen
