"""Stock, flow and funnel counted again from the files; ways and households that could be."""

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline.core.periods import Periode
from pipeline.sample.generator import make_sample
from pipeline.sample.model import Stand
from tests.core.sample.conftest import Maker
from tests.core.sample.delivery import coa, dag, day, funnel, in_opvang, ind

BEGIN, END = date(2016, 1, 1), date(2016, 7, 1)


def test_the_sentences_of_the_letter_are_true(made: Maker) -> None:
    folder, _ = made("2016-I")
    states = funnel(folder, END)
    assert 14_900 <= states.total() <= 14_999
    assert 5_950 <= states["gekoppeld_langer_dan_norm"] <= 6_049
    assert min(states.values()) > 500


@pytest.mark.parametrize("periode", ["2016-I", "2018-I", "2019-I"])
def test_the_summary_says_what_is_in_the_files(made: Maker, periode: str) -> None:
    folder, summary = made(periode)
    states = funnel(folder, summary.periode.eind)
    assert states == {state.value: summary.stand[state] for state in Stand}
    assert states.total() == summary.opvang
    assert summary.overdue == states["gekoppeld_langer_dan_norm"]
    assert (summary.personen, summary.koppelingen) == (len(coa(folder, "personen")), len(coa(folder, "koppelingen")))


def test_the_second_variant(made: Maker) -> None:
    states = funnel(made("2016-I", variant=True)[0], END)
    assert (states.total(), states["gekoppeld_langer_dan_norm"]) == (14_450, 7_150)


@pytest.mark.parametrize("periode", ["2016-I", "2018-I", "2019-I"])
def test_stock_and_flow_balance_to_the_person(made: Maker, periode: str) -> None:
    folder, summary = made(periode)
    begin, end = summary.periode.begin, summary.periode.eind
    start, finish = in_opvang(folder, begin), in_opvang(folder, end)
    change: Counter[str] = Counter()
    entered = Counter[str]()
    signed_off = never = other = 0
    inside = {}
    for row in coa(folder, "personen"):
        arrival = dag(row["Instroom opvang"])
        inside[row["V-nummer"]] = arrival is not None
        if arrival is not None and begin <= max(arrival, day(row["Datum vergunning"])) < end:
            change[row["V-nummer"]] += 1
            entered["nareis" if row["Categorie"] == "nareis" else "vergunningen"] += 1
        left = dag(row["Vertrek"])
        if left is not None and begin <= left < end and row["Reden vertrek"] != "gehuisvest":
            change[row["V-nummer"]] -= 1
            other += 1
    for row in coa(folder, "afmeldingen"):
        if begin <= day(row["Datum"]) < end:
            if inside[row["V-nummer"]]:
                change[row["V-nummer"]] -= int(row["Aantal"])
                signed_off += int(row["Aantal"])
            else:
                never += int(row["Aantal"])
    for person in inside:
        assert (person in start) + change[person] == (person in finish), person
    flow = summary.stroom
    assert (flow.begin, flow.eind) == (len(start), len(finish))
    assert (flow.vergunningen, flow.nareis) == (entered["vergunningen"], entered["nareis"])
    assert (flow.afgemeld, flow.anders_vertrokken, flow.nooit_in_opvang) == (signed_off, other, never)


def test_sizes_are_those_of_2016(made: Maker) -> None:
    folder, summary = made("2016-I")
    assert 15_700 <= summary.stroom.begin <= 16_300
    assert 2_500 <= summary.stroom.nooit_in_opvang <= 3_500
    assert 65_000 <= summary.personen <= 75_000
    assert 95_000 <= summary.koppelingen <= 105_000
    assert summary.stroom.afgemeld + summary.stroom.nooit_in_opvang == 18_089
    stock = in_opvang(folder, END)
    late = sum(
        1
        for row in coa(folder, "personen")
        if row["V-nummer"] in stock and END - day(row["Datum vergunning"]) > timedelta(weeks=14)
    )
    # The other clock, 14 weeks since the permit: more than are overdue by the first.
    assert 7_000 <= late <= 10_000


def _median(rows: list[tuple[int, bool]]) -> float:
    """Kaplan-Meier median in weeks of (days, housed)."""
    rows.sort()
    left, survival = len(rows), 1.0
    for days, housed in rows:
        if housed:
            survival *= 1 - 1 / left
        left -= 1
        if survival <= 0.5:
            return days / 7
    raise AssertionError("de mediaan is niet bereikt")


def test_waiting_times_are_plausible(made: Maker) -> None:
    rows = []
    for row in coa(made("2016-I")[0], "personen"):
        if row["Instroom opvang"]:
            left = dag(row["Vertrek"]) or END
            rows.append(((left - day(row["Datum vergunning"])).days, row["Reden vertrek"] == "gehuisvest"))
    assert 20 <= _median(rows) <= 25


def test_work_study_and_reception_nearby_are_housed_sooner(made: Maker) -> None:
    folder, _ = made("2016-I")
    groups: dict[bool, list[tuple[int, bool]]] = {True: [], False: []}
    for row in coa(folder, "koppelingen"):
        start, end = day(row["Datum koppeling"]), dag(row["Einde koppeling"])
        if row["Reden einde"] in ("", "gehuisvest", "vertrek") and row["Koppelingsgrond"] != "gezin":
            near = row["Koppelingsgrond"] in ("werk", "opleiding", "opvang_nabij")
            groups[near].append((((end or END) - start).days, row["Reden einde"] == "gehuisvest"))
    assert _median(groups[True]) < 0.9 * _median(groups[False])


@pytest.mark.parametrize("periode", ["2016-I", "2018-I"])
def test_koppelingen_are_in_order(made: Maker, periode: str) -> None:
    folder, summary = made(periode)
    permit = {row["V-nummer"]: day(row["Datum vergunning"]) for row in coa(folder, "personen")}
    spells = defaultdict(list)
    for row in coa(folder, "koppelingen"):
        start, end = day(row["Datum koppeling"]), dag(row["Einde koppeling"])
        offer, refused, lease = dag(row["Datum aanbod"]), dag(row["Datum weigering"]), dag(row["Huurcontract"])
        assert permit[row["V-nummer"]] <= start
        chain = [item for item in (start, offer, lease, end) if item is not None]
        assert chain == sorted(chain)
        assert chain[-1] < summary.periode.eind
        assert (end is None) == (row["Reden einde"] == "")
        assert (refused is None) == (row["Weigering"] == "")
        assert refused is None or (offer is not None and offer <= refused < summary.periode.eind)
        assert (row["Arbeidsmarktscreening"] == "ja") == (row["Datum screening"] != "")
        assert row["Reden vertraging"] == "" or _late(start, offer, end, row["Weigering"], summary.periode)
        spells[row["V-nummer"]].append((start, end))
    for rows in spells.values():
        rows.sort(key=lambda row: row[0])
        for (_, end), (start, _) in pairwise(rows):
            assert end is not None
            assert end <= start


def _late(start: date, offer: date | None, end: date | None, refusal: str, periode: Periode) -> bool:
    until = offer if offer is not None and refusal != "terecht" else end or periode.eind
    return (until - start).days > 70


@pytest.mark.parametrize("periode", ["2016-I", "2019-I"])
def test_departure_ledger_and_koppelingen_agree(made: Maker, periode: str) -> None:
    """Who is signed off (net) left for a house on that day and the koppeling ended so; nobody else did."""
    folder, _ = made(periode)
    net: Counter[str] = Counter()
    moved = {}
    for row in coa(folder, "afmeldingen"):
        net[row["V-nummer"]] += int(row["Aantal"])
        if row["Aantal"] == "1":
            moved[row["V-nummer"]] = (row["Datum"], row["Gemeente"])
    housed = {
        row["V-nummer"]: row["Einde koppeling"]
        for row in coa(folder, "koppelingen")
        if row["Reden einde"] == "gehuisvest"
    }
    for row in coa(folder, "personen"):
        person = row["V-nummer"]
        assert (person in housed) == (net[person] == 1)
        if net[person]:
            assert housed[person] == moved[person][0]
        if row["Instroom opvang"]:
            assert (row["Reden vertrek"] == "gehuisvest") == (net[person] == 1)
            assert row["Reden vertrek"] != "gehuisvest" or row["Vertrek"] == moved[person][0]
        else:
            assert net[person] == 1
            assert not any(row[name] for name in ("Opvanglocatie", "Gemeente opvang", "Opvangvorm", "Vertrek"))


def _share(rows: list[dict[str, str]], test: Callable[[dict[str, str]], bool]) -> float:
    return sum(test(row) for row in rows) / len(rows)


def test_households_ages_and_nationalities(made: Maker) -> None:
    folder, _ = made("2016-I")
    persons = coa(folder, "personen")
    sizes = Counter(Counter(row["Huishouden"] for row in persons).values())
    assert sizes[1] > sizes.total() / 2
    assert max(sizes) <= 10
    assert all(sizes[size] > 50 for size in range(2, 9))
    assert 0.45 < _share(persons, lambda row: row["Nationaliteit"] == "Syrische") < 0.6
    assert 0.2 < _share(persons, lambda row: row["Nationaliteit"] == "Eritrese") < 0.3
    for row in persons:
        age = day(row["Datum vergunning"]).year - int(row["Geboortejaar"])
        assert 0 <= age <= 85
        assert row["Categorie"] != "amv" or 12 <= age <= 17


def test_a_household_shares_its_koppeling_but_some_are_split(made: Maker) -> None:
    folder, _ = made("2016-I")
    household = {row["V-nummer"]: (row["Huishouden"], row["Datum vergunning"]) for row in coa(folder, "personen")}
    together = defaultdict(set)
    for row in coa(folder, "koppelingen"):
        together[household[row["V-nummer"]]].add((row["V-nummer"], row["Gemeente"], row["Datum koppeling"]))
    families = [rows for rows in together.values() if len({row[0] for row in rows}) > 1]
    same = sum(1 for rows in families if len({row[1:] for row in rows}) * len({row[0] for row in rows}) == len(rows))
    assert 0.98 < same / len(families) <= 1
    gemeenten = defaultdict(set)
    for row in coa(folder, "koppelingen"):
        if not row["Einde koppeling"]:
            gemeenten[household[row["V-nummer"]][0]].add(row["Gemeente"])
    assert sum(len(found) > 1 for found in gemeenten.values()) >= 3


def test_relatives_follow_their_referent(made: Maker) -> None:
    folder, summary = made("2016-I")
    persons = {row["V-nummer"]: row for row in coa(folder, "personen")}
    rows = ind(folder, "ind/nareis")
    to_come = [row for row in rows if not row["datum_aankomst"]]
    assert len(to_come) == summary.verwachte_nareizigers
    for row in rows:
        referent = persons[row["v_nummer_referent"]]
        assert day(referent["Datum vergunning"]) < date.fromisoformat(row["datum_besluit"])
        if row["datum_aankomst"]:
            relative = persons[row["v_nummer"]]
            assert relative["Categorie"] == "nareis"
            assert (relative["Huishouden"], relative["Nationaliteit"]) == (
                referent["Huishouden"],
                referent["Nationaliteit"],
            )
            assert relative["Instroom opvang"] in ("", f"{date.fromisoformat(row['datum_aankomst']):%d-%m-%Y}")
        else:
            assert row["v_nummer"] not in persons
    known = {row["v_nummer"] for row in rows}
    assert {person for person, row in persons.items() if row["Categorie"] == "nareis"} <= known


def test_the_ind_agrees_but_for_what_is_planted(made: Maker) -> None:
    folder, summary = made("2016-I")
    granted = {row["v_nummer"]: row for row in ind(folder, "ind/vergunningen") if row["besluit"] == "verlening"}
    withdrawn = {
        row["v_nummer"]: row["datum_besluit"]
        for row in ind(folder, "ind/vergunningen")
        if row["besluit"] != "verlening"
    }
    unknown = other = 0
    for row in coa(folder, "personen"):
        decision = granted.get(row["V-nummer"])
        if decision is None:
            unknown += 1
            continue
        assert decision["categorie"] == row["Categorie"]
        days = (day(row["Datum vergunning"]) - date.fromisoformat(decision["datum_besluit"])).days
        assert 0 <= days <= 28
        other += days > 0
        if row["Reden vertrek"] == "ingetrokken":
            assert withdrawn.pop(row["V-nummer"]) == day(row["Vertrek"]).isoformat()
    assert not withdrawn
    assert (unknown, other) == (summary.onbekend_bij_ind, summary.andere_datum_ind)
    assert unknown > 0
    assert other > 0


def test_another_zaad_gives_other_persons_around_the_same_table(made: Maker, tmp_path: Path) -> None:
    summary = make_sample(Periode(2016, 1), tmp_path / "ander", zaad=7)
    folder, first = made("2016-I")
    assert (summary.opvang, summary.overdue) == (first.opvang, first.overdue)
    assert 15_500 <= summary.stroom.begin <= 16_500
    other = (tmp_path / "ander" / "coa" / "personen.csv").read_bytes()
    assert other != (folder / "coa" / "personen.csv").read_bytes()
