"""Four half-years over two herindelingen: 2017-II, 2018-I, 2018-II, 2019-I of the sample, each building upon the
published tables of the ones before. Nobody may be lost or made on the way.

2018-I and 2019-I have persons (on real municipalities, with the splits of Littenseradiel and Winsum); the other two are
deliveries of only the overview.
"""

import csv
import json
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.core.compare.editions import Editieverwijzing, compare_editions
from pipeline.core.compare.outcome import Vergelijking
from pipeline.core.config import Instellingen, make_run, store_parameters
from pipeline.core.earlier import load_earlier
from pipeline.core.editions import export_tables
from pipeline.core.frozen import freeze_all
from pipeline.core.house import reference_path
from pipeline.core.intake.takein import take_in
from pipeline.core.manifest import write_manifest
from pipeline.core.periods import Periode
from pipeline.core.reference import load_reference
from pipeline.core.warehouse import CheckResult, build_all, prepare, refuse_blocked, run_checks
from pipeline.sample.generator import make_sample
from pipeline.sample.geography import SPLIT_SHARES, load_geography
from pipeline.sample.tables import tables_until

HALF_YEARS = ("2017-II", "2018-I", "2018-II", "2019-I")
WITH_PERSONS = ("2018-I", "2019-I")
STEPS = (("2017-II", "2018-I"), ("2018-I", "2018-II"), ("2018-II", "2019-I"))


@dataclass(frozen=True)
class Step:
    """One half-year: its open warehouse, the results of the checks, and the folder of its edition."""

    con: duckdb.DuckDBPyConnection
    checks: tuple[CheckResult, ...]
    edition: Path

    def rows(self, query: str) -> list[Any]:
        return self.con.execute(query).fetchall()

    def sums(self, query: str) -> dict[Any, int]:
        """(key, number) pairs added up per key."""
        found: Counter[Any] = Counter()
        for key, number in self.rows(query):
            found[key] += number
        return dict(found)


def _delivery(periode: Periode, folder: Path) -> Path:
    if str(periode) in WITH_PERSONS:
        make_sample(periode, folder, opvang=600, overdue=200)
        for name in ("ind", "gemeenten", "provincies"):
            shutil.rmtree(folder / name)
        return folder
    overview = folder / "coa" / f"overzicht_{periode.eind}.csv"
    overview.parent.mkdir(parents=True)
    overview.write_bytes(tables_until(periode, load_geography())[periode].csv(1))
    return folder


def _make(output: Path, periode: Periode, delivery: Path) -> Step:
    """The tables and the marker of a published edition, as an edition has them, without its document."""
    con = duckdb.connect()
    prepare(con)
    settings = Instellingen(data=output, output=output)
    run = make_run(settings, periode, str(delivery))
    store_parameters(con, run)
    load_reference(con)
    load_earlier(con, output, periode)
    take_in(con, str(delivery), periode, output, run.briefdatum)
    build_all(con)
    results = run_checks(con)
    refuse_blocked(results)
    edition = output / str(periode) / "edities" / "1"
    export_tables(con, edition)
    freeze_all(con, edition)
    write_manifest(
        edition,
        {
            "editie": 1,
            "besluit": {"aanvaard": {}, "gepubliceerd": True, "uit_editie": None},
            "code": {"versie": "", "commit": None},
            "controles": [],
            "referentie": [],
        },
    )
    (output / str(periode) / "gepubliceerd.json").write_text(json.dumps({"editie": 1}), encoding="utf-8")
    return Step(con, results, edition)


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Step]]:
    root = tmp_path_factory.mktemp("keten")
    made: dict[str, Step] = {}
    for name in HALF_YEARS:
        periode = Periode.parse(name)
        made[name] = _make(root / "output", periode, _delivery(periode, root / name))
    yield made
    for step in made.values():
        step.con.close()


@pytest.fixture(scope="module")
def group() -> dict[str, str]:
    """Of every municipality in a herindeling the group of all that it ever was or became together with."""
    parent: dict[str, str] = {}

    def top(code: str) -> str:
        while (above := parent.setdefault(code, code)) != code:
            code = above
        return code

    path = reference_path() / "indeling" / "herindelingen_2014_2023.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["datum"] <= "2019-01-01":
                parent[top(row["oude_code"])] = top(row["nieuwe_code"])
    return {code: top(code) for code in list(parent)}


def _grouped(numbers: dict[str, int], group: dict[str, str]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for code, number in numbers.items():
        found[group.get(code, code)] += number
    return {code: number for code, number in found.items() if number}


def _dealt(amount: int, shares: tuple[tuple[str, int], ...]) -> dict[str, int]:
    """Largest remainder by the book, ties by code."""
    whole = sum(share for _, share in shares)
    exact = {code: Fraction(abs(amount) * share, whole) for code, share in shares}
    parts = {code: int(value) for code, value in exact.items()}
    order = sorted(exact, key=lambda code: (parts[code] - exact[code], code))
    for code in order[: abs(amount) - sum(parts.values())]:
        parts[code] += 1
    return {code: number if amount > 0 else -number for code, number in parts.items()}


SALDO_BEGIN = "select gemeentecode, saldo_begin from metrics.taakstelling"
EINDSALDO = "select gemeentecode, eindsaldo from metrics.taakstelling"


def test_the_municipalities_change_as_they_did(chain: dict[str, Step]) -> None:
    counts = [step.rows("select count(*) from metrics.taakstelling")[0][0] for step in chain.values()]
    assert counts == [388, 380, 380, 355]


@pytest.mark.parametrize(("before", "after"), STEPS)
def test_the_balance_is_carried_whole_per_group(
    chain: dict[str, Step], group: dict[str, str], before: str, after: str
) -> None:
    ended, begun = chain[before].sums(EINDSALDO), chain[after].sums(SALDO_BEGIN)
    assert sum(ended.values()) == sum(begun.values()) != 0
    assert _grouped(ended, group) == _grouped(begun, group)


@pytest.mark.parametrize(("before", "after", "old"), [("2017-II", "2018-I", "GM0140"), ("2018-II", "2019-I", "GM0053")])
def test_a_split_balance_goes_by_its_shares(chain: dict[str, Step], before: str, after: str, old: str) -> None:
    saldo = chain[before].sums(EINDSALDO)[old]
    parts = chain[after].sums(
        f"select gemeentecode, deel from staging.eerder_totaal where oude_code = '{old}' and cijfer_id = 'eindsaldo'"
    )
    assert saldo != 0
    assert parts == _dealt(saldo, SPLIT_SHARES[old])


@pytest.mark.parametrize(("before", "after"), STEPS)
def test_the_book_per_half_year_keeps_every_post(
    chain: dict[str, Step], group: dict[str, str], before: str, after: str
) -> None:
    """Per half-year of origin and per group, also what is a voorsprong (halfjaar NULL)."""
    columns = "(gemeentecode, halfjaar), open_personen - voorsprong"
    ended = chain[before].sums(f"select {columns} from metrics.boekhouding_per_halfjaar")
    begun = chain[after].sums(f"select {columns} from staging.boekhouding_begin")
    for year in {key[1] for key in ended}:
        left = {code: number for (code, halfjaar), number in ended.items() if halfjaar == year}
        right = {code: number for (code, halfjaar), number in begun.items() if halfjaar == year}
        assert _grouped(left, group) == _grouped(right, group), year
    begin = chain[after].sums("select gemeentecode, open_personen - voorsprong from staging.boekhouding_begin")
    saldo = chain[after].sums(SALDO_BEGIN)
    assert {code: number for code, number in begin.items() if number} == {
        code: number for code, number in saldo.items() if number
    }


def test_both_books_end_at_the_same_total(chain: dict[str, Step]) -> None:
    for step in chain.values():
        book = step.rows("select sum(open_personen) - sum(voorsprong) from metrics.boekhouding_per_halfjaar")
        assert book == step.rows("select sum(eindsaldo) from metrics.taakstelling")
    vintages = chain["2019-I"].rows("select distinct halfjaar from metrics.boekhouding_per_halfjaar order by all")
    assert {"2017-II", "2018-I", "2018-II", "2019-I", "vóór 2017-II"} >= {name for (name,) in vintages if name}
    assert len(vintages) >= 4


@pytest.mark.parametrize("name", WITH_PERSONS)
def test_koppelingen_and_afmeldingen_stay_within_their_group(
    chain: dict[str, Step], group: dict[str, str], name: str
) -> None:
    step = chain[name]
    for table, date, count in (
        ("koppelingen", "datum_koppeling", "1"),
        ("koppelingen", "datum_koppeling", "(datum_einde is null or datum_einde >= peildatum)::int"),
        ("afmeldingen", "datum", "aantal"),
    ):
        delivered = step.sums(
            f"select gemeentecode, {count} from levering.coa_{table}, invoer.parameters where {date} < peildatum"
        )
        own = count if count in ("1", "aantal") else "(einde is null)::int"
        carried = step.sums(f"select gemeentecode, {own} from staging.{table}")
        assert set(delivered) - set(carried)
        assert _grouped(carried, group) == _grouped(delivered, group)
        assert set(carried) <= {code for (code,) in step.rows("select gemeentecode from staging.gemeenten")}


@pytest.mark.parametrize("name", WITH_PERSONS)
def test_the_overview_has_the_same_realisatie_and_saldo(chain: dict[str, Step], name: str) -> None:
    """The sample keeps its own books; where they differ from what was carried, the check warns and the table shows
    it.
    """
    step = chain[name]
    (warned,) = (result for result in step.checks if result.check.name == "saldo_begin_gepubliceerd")
    shown = step.rows("select count(*) from report.tabel_saldo_overdracht where verschil <> 0")
    assert shown == [(warned.offending,)] == [(0,)]
    assert step.rows("select count(*) from report.tabel_saldo_overdracht where gepubliceerd is null") == [(0,)]


def test_the_trend_is_conserved_on_the_boundaries_of_the_report(chain: dict[str, Step], group: dict[str, str]) -> None:
    step = chain["2019-I"]
    for cijfer_id in ("taakstelling.netto", "realisatie.totaal", "saldo.eind"):
        for name in HALF_YEARS[:3]:
            chosen = f"from report.tabel_reeks where cijfer_id = '{cijfer_id}' and periode = '{name}'"
            column = {
                "taakstelling.netto": "taakstelling",
                "realisatie.totaal": "realisatie",
                "saldo.eind": "eindsaldo",
            }
            published = chain[name].sums(f"select gemeentecode, {column[cijfer_id]} from metrics.taakstelling")
            trend = step.sums(f"select gebied, waarde::bigint {chosen} and gebied like 'GM%'")
            assert len(trend) == 355
            assert _grouped(trend, group) == _grouped(published, group)
            assert step.rows(f"select waarde::bigint {chosen} and gebied = 'NL'") == [(sum(published.values()),)]


def test_a_trend_over_a_split_without_shares_is_unknown_and_holds_nothing_back(chain: dict[str, Step]) -> None:
    """2018-II delivers no shares: it carries no balance over that border, and says nothing of 2017-II there."""
    unknown = chain["2018-II"].rows(
        "select distinct gebied from report.tabel_reeks "
        "where waarde is null and periode = '2017-II' and gebied like 'GM%' order by all"
    )
    assert [code for (code,) in unknown] == sorted(code for code, _ in SPLIT_SHARES["GM0140"])


def test_the_change_is_that_against_the_published_half_year(chain: dict[str, Step]) -> None:
    for before, after in STEPS:
        (now,) = chain[after].rows("select sum(realisatie) from metrics.taakstelling")[0]
        (then,) = chain[before].rows("select sum(realisatie) from metrics.taakstelling")[0]
        found = chain[after].rows(
            "select cijfer_id, waarde::bigint from report.cijfers "
            "where cijfer_id in ('vorige.realisatie_totaal', 'verandering.realisatie_totaal') order by all"
        )
        assert found == [("verandering.realisatie_totaal", now - then), ("vorige.realisatie_totaal", then)]
        outcome = chain[after].rows("select realisatie from metrics.vooruitblik where afstand = -1")
        assert outcome == [(then,)]


def test_without_shares_or_codes_the_split_municipality_is_named(chain: dict[str, Step], tmp_path: Path) -> None:
    step = chain["2018-I"]
    con = step.con.cursor()
    con.execute("begin")
    con.execute("delete from levering.rijk_herindeling")
    con.execute("delete from levering.rijk_herindeling_personen")
    build_all(con)
    failed = {result.check.name: result for result in run_checks(con) if result.blocks}
    con.execute("rollback")
    assert {"splitsing_aandelen", "splitsing_personen"} <= set(failed)
    assert "Littenseradiel" in failed["splitsing_aandelen"].examples[0]
    assert "Littenseradiel" in failed["splitsing_personen"].examples[0]
    assert "gemeenten_van_het_jaar" not in failed


@pytest.fixture(scope="module")
def beside(chain: dict[str, Step]) -> list[Vergelijking]:
    """Each half-year beside the next, and the first beside the last."""
    output = chain["2017-II"].edition.parents[2]
    return [
        compare_editions(output, Editieverwijzing.parse(old), Editieverwijzing.parse(new))
        for old, new in (*STEPS, (HALF_YEARS[0], HALF_YEARS[-1]))
    ]


def test_the_half_years_beside_each_other(chain: dict[str, Step], beside: list[Vergelijking]) -> None:
    """What was published, carried over the borders, is where the next half-year begins; the rest is the course of
    things.
    """
    for outcome in beside[:-1]:
        opening = chain[outcome.nieuw.periode].sums(SALDO_BEGIN)
        balances = {one.gebied: one for one in outcome.van(cijfer_id="saldo.eind").verschillen if one.gebied in opening}
        assert len(balances) > 200
        for code, one in balances.items():
            part = one.delen["herindeling"]
            assert part is not None and (one.oud or 0) + part == opening[code], (code, one)
    for outcome in beside:
        assert not outcome.zelfde_halfjaar and outcome.verschillen and outcome.gelijk > 0
        for one in outcome.verschillen:
            assert one.oud != one.nieuw
            if one.verschil is not None and one.delen["verloop"] is not None:
                assert one.verschil == sum(part or 0 for part in one.delen.values())
    *steps, whole = (_country(outcome, "saldo.achterstand") for outcome in beside)
    assert sum(steps) == whole != 0


def _country(outcome: Vergelijking, cijfer_id: str) -> Decimal:
    return sum((one.verschil or Decimal() for one in outcome.van("NL", cijfer_id).verschillen), Decimal())


def test_a_half_year_without_persons_beside_one_with(beside: list[Vergelijking]) -> None:
    _, gone, come, _ = beside
    assert not gone.zeker and come.zeker
    assert "coa_personen" in gone.opmerkingen[-1] and "die van het nieuwste niet" in gone.opmerkingen[-1]
    assert not any("die van het nieuwste niet" in line for line in come.opmerkingen)
    (one,) = gone.van("NL", "koppelingen.totaal").verschillen
    assert one.oud is not None and one.nieuw is None and one.verschil is None
