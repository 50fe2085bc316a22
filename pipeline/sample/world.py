"""The whole made-up world of one delivery, before any file is written.

Belongs here: calling the rooms in order, and the counts that are checked and told. Not here: files.
"""

from dataclasses import dataclass

from pipeline.core.periods import Periode
from pipeline.sample import ind_files
from pipeline.sample.dice import Dice
from pipeline.sample.disagreements import Municipal, Planner
from pipeline.sample.geography import Geography, load_geography
from pipeline.sample.ledger import LedgerBuilder, cells_before
from pipeline.sample.model import Stand, Unit
from pipeline.sample.people import Locations, give_nationality, make_persons, move_some_later
from pipeline.sample.profiles import Profile
from pipeline.sample.relatives import Referents, expected_relatives, join_relatives
from pipeline.sample.stock import StockBuilder, place_weights, quotas
from pipeline.sample.tables import Table, tables_until
from pipeline.sample.trajectories import cut, explain_delay


@dataclass(frozen=True)
class World:
    """Everything at schaal 1. `known`: households at the COA; `expected`: relatives who are still to arrive
    (IND only).
    """

    periode: Periode
    zaad: int
    geography: Geography
    table: Table
    known: list[Unit]
    expected: list[Unit]
    locations: Locations
    ind: ind_files.IndDifferences
    municipal: Municipal
    later: int

    @property
    def peildatum(self) -> int:
        """The first day after the half-year, as an ordinal."""
        return self.periode.eind.toordinal()

    @property
    def begin(self) -> int:
        """The first day of the half-year, as an ordinal."""
        return self.periode.begin.toordinal()

    def dice(self, *stream: object) -> Dice:
        """A stream of chance of this world."""
        return Dice(self.zaad, self.periode, *stream)


@dataclass(frozen=True)
class Flow:
    """Stock and flow in persons: `begin` + `vergunningen` + `nareis` - `afgemeld` - `anders_vertrokken` = `eind`.

    `afgemeld` is net of corrections and only of those who were in the opvang; `nooit_in_opvang` are the other
    afmeldingen.
    """

    begin: int
    vergunningen: int
    nareis: int
    afgemeld: int
    anders_vertrokken: int
    eind: int
    nooit_in_opvang: int
    correcties: int


def make_world(periode: Periode, zaad: int, profile: Profile) -> World:
    """Make up the persons of a half-year around its table."""
    geography = load_geography()
    tables = tables_until(periode, geography)
    table, peildatum, begin = tables[periode], periode.eind.toordinal(), periode.begin.toordinal()

    def dice(stream: str) -> Dice:
        return Dice(zaad, periode, stream)

    places = place_weights(table)
    cells = cells_before(periode, tables, zaad)
    ledger = LedgerBuilder(cells, geography, dice("grootboek"), places, peildatum, profile.tempo).build()
    builder = StockBuilder(geography, dice("opvang"), places, peildatum, profile)
    waiting = builder.fill(ledger.returned, quotas(profile.opvang, profile.overdue))
    known = ledger.units + waiting + builder.departed([month.month for month in cells])
    delays = dice("vertraging")
    for unit in known:
        unit.spells = cut(unit.spells, peildatum)
        explain_delay(unit.spells, unit.omvang, peildatum, delays)
    give_nationality(known, dice("nationaliteit"))
    referents = Referents(known, geography, dice("referenten"), peildatum)
    join_relatives(known, referents)
    expected = expected_relatives(profile.expected, referents, dice("verwacht"), peildatum)
    locations = Locations(geography, dice("locaties"), peildatum)
    for unit in known:
        if unit.soort.opvang:
            unit.locatie = locations.place(unit)
    make_persons(known + expected, dice("personen"))
    later = move_some_later(known, dice("later"))
    ind = ind_files.plant(known, dice("ind"))
    planner = Planner(
        known + expected, begin, peildatum, [row.code for row in table.rows], geography, dice("gemeenten")
    )
    municipal = planner.make([unit for unit in known if unit.stand is not None])
    return World(periode, zaad, geography, table, known, expected, locations, ind, municipal, later)


def funnel(world: World) -> dict[Stand, int]:
    """Persons per state at the peildatum."""
    counts = dict.fromkeys(Stand, 0)
    for unit in world.known:
        if unit.stand is not None:
            counts[unit.stand] += unit.omvang
    return counts


def flow(world: World) -> Flow:
    """Stock and flow of the half-year; ValueError when it does not balance to the person."""
    begin, end = world.begin, world.peildatum
    numbers = dict.fromkeys(("begin", "vergunningen", "nareis", "afgemeld", "anders", "eind", "nooit", "correcties"), 0)
    for unit in world.known:
        ledger = sum(entry.aantal for entry in unit.ledger if begin <= entry.dag < end) * unit.omvang
        numbers["correcties"] += (
            sum(begin <= entry.dag < end for entry in unit.ledger if entry.aantal < 0) * unit.omvang
        )
        if not unit.soort.opvang:
            numbers["nooit"] += ledger
            continue
        numbers["begin"] += _in_opvang(unit, begin) * unit.omvang
        numbers["eind"] += _in_opvang(unit, end) * unit.omvang
        numbers["afgemeld"] += ledger
        if begin <= unit.instroom < end:
            numbers["nareis" if unit.soort.categorie == "nareis" else "vergunningen"] += unit.omvang
        if unit.vertrek is not None and unit.vertrek_reden != "gehuisvest" and begin <= unit.vertrek < end:
            numbers["anders"] += unit.omvang
    result = Flow(*numbers.values())
    expected = result.begin + result.vergunningen + result.nareis - result.afgemeld - result.anders_vertrokken
    if expected != result.eind:
        raise ValueError(f"stand en stroom sluiten niet: {result}")
    return result


def _in_opvang(unit: Unit, day: int) -> bool:
    """In the opvang at the start of `day`: entered, and neither signed off (corrections undone) nor gone otherwise."""
    if unit.instroom >= day or sum(entry.aantal for entry in unit.ledger if entry.dag < day) > 0:
        return False
    return unit.vertrek is None or unit.vertrek_reden == "gehuisvest" or unit.vertrek >= day
