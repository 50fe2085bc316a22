"""What a reader of a next edition is told: what changed since the published one of the same half-year, and what came in
late for published half-years before it.
"""

from pathlib import Path

import duckdb
import pytest

from pipeline.core.compare.revision import load_revision, revised
from pipeline.core.earlier import EerdereEditieFout
from pipeline.core.explain.evidence import lists, make_lists
from pipeline.core.frozen import frozen_warehouse
from pipeline.core.periods import Periode
from pipeline.core.publication import PublicatieFout, publish_edition
from pipeline.core.sqlfiles import models_for
from pipeline.core.warehouse import build_stale
from tests.editions.changes import koppeling_corrected, late_afmelding, other_numbers, row_corrected, row_withdrawn
from tests.editions.small import BEFORE, HALF, Delivery, make_edition, place, publish, warehouse, whole, write_overview
from tests.recompute.test_evidence import unequal

NEXT = Periode(2018, 2)


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """2018-I published as edition 1; nothing of before."""
    root = tmp_path_factory.mktemp("laat")
    with warehouse(whole().write(root / "levering"), HALF, root / "output") as con:
        make_edition(con, place(root / "output", HALF, 1))
    publish(root / "output", HALF, 1)
    return root / "output"


def changed() -> Delivery:
    """Assen: one came in late. Emmen: one withdrawn. Almere: one of before the half-year was within it after all.
    Arnhem: other numbers, of which nothing is told.
    """
    delivery = whole()
    late_afmelding(delivery, 0, "Assen")
    row_withdrawn(delivery, 1, "Emmen")
    row_corrected(delivery, 2, "Almere")
    koppeling_corrected(delivery, 3, "Amersfoort")
    other_numbers(delivery, 4, "Arnhem")
    return delivery


def figures(con: duckdb.DuckDBPyConnection, start: str, gebied: str) -> dict[str, int | None]:
    """The figures whose name begins like that, without that beginning."""
    rows = con.execute(
        "select cijfer_id, waarde::integer from report.cijfers where starts_with(cijfer_id, ?) and gebied = ?",
        [start, gebied],
    ).fetchall()
    return {name.removeprefix(start): value for name, value in rows}


def test_what_came_in_late_is_told_of_the_published_half_year(output: Path, tmp_path: Path) -> None:
    with warehouse(changed().write(tmp_path / "levering", NEXT), NEXT, output) as con:
        edition = make_edition(con, tmp_path / "1")
        told = {gebied: figures(con, "nagekomen.", gebied) for gebied in ("NL", "GM0106", "GM0114", "GM0034", "GM0193")}
        saldo = figures(con, "taakstelling.saldo_begin", "GM0106")[""]
        rows = con.execute("select * exclude (gemeente) from report.tabel_nagekomen").fetchall()
    assert told["NL"]["netto"] == told["NL"]["netto_min_1"] == 0 and told["NL"]["netto_eerder"] == 0
    assert (told["NL"]["afmeldingen"], told["NL"]["vervallen"], told["NL"]["gewijzigd"]) == (1, -1, 0)
    assert told["NL"]["gemeenten"] == 2
    assert told["NL"]["eindsaldo_met"] == told["NL"]["eindsaldo_gepubliceerd"]
    assen = told["GM0106"]
    assert saldo is not None and assen["eindsaldo_gepubliceerd"] == saldo and assen["eindsaldo_met"] == saldo - 1
    assert (told["GM0114"]["netto"], told["GM0193"]["netto"]) == (-1, 0)
    assert [row[:6] for row in rows] == [
        ("2018-I", "GM0106", 1, 0, 0, 1),
        ("2018-I", "GM0114", 0, 0, -1, -1),
        ("2018-I", "GM0034", 0, 0, 0, 0),
    ]
    with frozen_warehouse(edition) as con:
        assert figures(con, "nagekomen.", "GM0106") == assen
        make_lists(con, *lists(), stored=True)
        assert unequal(con) == []


def test_without_a_published_ledger_it_is_not_known(tmp_path: Path) -> None:
    """The published half-year knew only the overview."""
    output = tmp_path / "output"
    with warehouse(write_overview(tmp_path / "voor", BEFORE), BEFORE, output) as con:
        make_edition(con, place(output, BEFORE, 1))
    publish(output, BEFORE, 1)
    with warehouse(whole().write(tmp_path / "levering"), HALF, output) as con:
        make_edition(con, tmp_path / "1")
        assert set(figures(con, "nagekomen.", "NL").values()) == {None}
        assert figures(con, "herziening.cijfers", "NL") == {"": None}


def test_the_next_edition_says_what_changed_and_carries_it(output: Path, tmp_path: Path) -> None:
    with warehouse(changed().write(tmp_path / "levering"), HALF, output) as con:
        found = load_revision(con, output, HALF)
        assert found is not None and (found.periode, found.editie) == ("2018-I", 1)
        edition = make_edition(con, tmp_path / "2")
        country = figures(con, "herziening.realisatie_totaal_", "NL")
        emmen = figures(con, "herziening.saldo_eind_", "GM0114")
        told = figures(con, "herziening.", "NL")
        build_stale(con, models_for("report.toelichting"))
        ((said,),) = con.execute("select tekst from report.toelichting where sleutel = 'herziening_bij'").fetchall()
        rows = con.execute("select oud, nieuw from report.herzieningen").fetchall()
    assert rows and all(old != new for old, new in rows)
    assert country == {
        "oud": 48, "verschil": 1, "definitie": 0, "eerder": 0, "correcties": 0, "nagekomen": 1, "herindeling": 0,
    }  # fmt: skip
    assert emmen["verschil"] == emmen["correcties"] == 1 and emmen["nagekomen"] == 0
    assert told["gemeenten"] == 3 and told["cijfers"] and told["gelijk"] and told["gelijk"] > 50_000
    assert "ander nummer" in said
    with frozen_warehouse(edition) as con:
        assert revised(con) == found
        assert figures(con, "herziening.", "NL") == told
        make_lists(con, *lists(), stored=True)
        assert unequal(con) == []


def test_an_edition_that_was_compared_with_another_is_not_published(output: Path, tmp_path: Path) -> None:
    """Edition 2 was made when edition 1 was not published yet; the reader holds edition 1 now."""
    with warehouse(changed().write(tmp_path / "levering"), HALF, output) as con:
        make_edition(con, place(output, HALF, 2))
    with pytest.raises(PublicatieFout, match="vergeleken met geen eerdere editie, maar intussen is editie 1"):
        publish_edition(output, HALF, 2, reden="proef", wie="proef")


def test_a_touched_published_edition_is_refused(output: Path, tmp_path: Path) -> None:
    root = tmp_path / "output"
    with warehouse(whole().write(tmp_path / "levering"), HALF, root) as con:
        folder = make_edition(con, place(root, HALF, 1))
        publish(root, HALF, 1)
        path = folder / "bronnen" / "coa_afmeldingen.parquet"
        path.write_bytes(path.read_bytes() + b"x")
        with pytest.raises(EerdereEditieFout, match=r"coa_afmeldingen\.parquet is veranderd"):
            load_revision(con, root, HALF)
