"""The entrance: make a voorbeeldlevering in a folder.

Belongs here: the order in which the files are written, and copying the persons for a larger schaal. Not here: what is
in them.

The world is made up once, at schaal 1. A larger schaal is that same world again under other numbers: every number has
two digits for its copy, left open in the text until it is written, so that a hundred copies cost a hundred replacements
and no second world.
"""

from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

from pipeline.core.errors import GebruiksFout
from pipeline.core.periods import Periode
from pipeline.sample import coa_files, ind_files, national_files
from pipeline.sample.coa_files import Text
from pipeline.sample.municipal_files import Context, choose_shapes, write_municipal_files
from pipeline.sample.people import COPY
from pipeline.sample.profiles import Profile, profile_for
from pipeline.sample.readme import SampleSummary, leesmij, toml
from pipeline.sample.tables import FIRST, LAST
from pipeline.sample.world import Flow, World, flow, funnel, make_world

MOST_COPIES = 100
LARGEST_STOCK = 30_000
STANDAARD_ZAAD = 2016
# Half-years get their own stretch of copies, so that small samples of different half-years never share a V-number.
_COPIES_PER_PERIOD = 5


def make_sample(
    periode: Periode,
    folder: Path,
    *,
    schaal: int = 1,
    zaad: int = STANDAARD_ZAAD,
    opvang: int | None = None,
    overdue: int | None = None,
    vervolg: tuple[int, ...] = (),
) -> SampleSummary:
    """Write the delivery of `periode` into `folder` (made when it is not there) and return what is in it.

    schaal: how many times each person, 1 to 100. zaad: another number gives other persons around the same table.
    opvang, overdue: persons in the opvang at the peildatum and of them linked beyond the norm without an offer, at
    schaal 1 (default: those of the half-year). vervolg: made-up national taakstellingen of the half-years after
    `periode`, instead of the announced ones. Raises GebruiksFout for a half-year outside 2016-I to 2019-II, a folder
    that is not empty, or numbers that cannot be met.
    """
    profile = _profile(periode, schaal, opvang, overdue)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise GebruiksFout(f"{folder} is geen lege map; kies een nieuwe map voor de voorbeeldlevering")
    world = make_world(periode, zaad, profile)
    copies = _copies(periode, schaal)
    for name in ("coa", "ind", "gemeenten", "rijk", "provincies"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    rows = {name: _write(folder / name, text, copies) for name, text in _texts(world)}
    _write_national(folder, world, schaal, vervolg)
    shapes = choose_shapes(world.municipal, world.dice("vormen"), periode.maanden[3].toordinal())
    context = Context(periode, copies, {row.code: row.name for row in world.table.rows})
    lines = write_municipal_files(folder / "gemeenten", world.municipal, shapes, context)
    changed = _changed(opvang, overdue, vervolg)
    summary = replace(_summary(world, schaal, rows, len(shapes), lines), aangepast=changed)
    (folder / "LEESMIJ.md").write_bytes(leesmij(summary).encode())
    # Last: a delivery without it was not finished.
    (folder / "voorbeeld.toml").write_bytes(toml(summary).encode())
    return summary


def _profile(periode: Periode, schaal: int, opvang: int | None, overdue: int | None) -> Profile:
    if not FIRST <= periode <= LAST:
        raise GebruiksFout(
            f"voor {periode} is geen voorbeeldlevering te maken; kies een halfjaar van {FIRST} tot en met {LAST}"
        )
    if not 1 <= schaal <= MOST_COPIES:
        raise GebruiksFout(f"schaal {schaal} kan niet; kies een getal van 1 tot en met {MOST_COPIES}")
    profile = profile_for(periode)
    people = profile.opvang if opvang is None else opvang
    late = profile.overdue * people // profile.opvang if overdue is None else overdue
    if people > LARGEST_STOCK:
        raise GebruiksFout(f"{people} personen in de opvang is te veel; kies ten hoogste {LARGEST_STOCK}")
    # The rest of the funnel needs room, among others for those who came back after a correction.
    if not 0 < late < people * 3 // 4:
        raise GebruiksFout(
            f"{late} van {people} personen langer dan de norm gekoppeld kan niet; kies ten hoogste driekwart"
        )
    return replace(profile, opvang=people, overdue=late)


def _changed(opvang: int | None, overdue: int | None, vervolg: tuple[int, ...]) -> tuple[str, ...]:
    """What the caller asked for besides half-year, zaad and schaal, for LEESMIJ.md."""
    chosen = [
        ("in de opvang op de peildatum", opvang),
        ("langer dan de norm gekoppeld", overdue),
        *(
            (f"verzonnen taakstelling van het {order}e halfjaar hierna", number)
            for order, number in enumerate(vervolg, 1)
        ),
    ]
    return tuple(f"{what}: {number}" for what, number in chosen if number is not None)


def _copies(periode: Periode, schaal: int) -> tuple[str, ...]:
    first = ((periode.jaar - FIRST.jaar) * 2 + periode.halfjaar - FIRST.halfjaar) * _COPIES_PER_PERIOD
    return tuple(f"{(first + copy) % MOST_COPIES:02d}" for copy in range(schaal))


def _texts(world: World) -> Iterator[tuple[str, Text]]:
    """The large files, one at a time: at schaal 100 each of them fills memory once, not all together."""
    geography, known = world.geography, world.known
    yield "coa/personen.csv", coa_files.personen(known, world.locations.all, geography, world.peildatum - 1)
    yield "coa/koppelingen.csv", coa_files.koppelingen(known, geography)
    yield "coa/afmeldingen.csv", coa_files.afmeldingen(known, geography)
    everyone = known + world.expected
    yield "ind/vergunningen.csv", ind_files.vergunningen(everyone, world.ind)
    yield "ind/nareis.csv", ind_files.nareis(everyone, world.dice("aankomst"))
    persons = national_files.herindeling_personen(known, geography, world.peildatum, world.dice("splitsing"))
    if persons is not None:
        yield "rijk/herindeling_personen.csv", persons


def _write(path: Path, text: Text, copies: tuple[str, ...]) -> int:
    """Head once, body once per copy; returns the number of rows."""
    body, hole = text.body.encode(), COPY.encode()
    with path.open("wb") as file:
        file.write(text.head.encode())
        for copy in copies:
            file.write(body.replace(hole, copy.encode()))
    return text.rows * len(copies)


def _write_national(folder: Path, world: World, schaal: int, vervolg: tuple[int, ...]) -> None:
    overview = folder / "coa" / f"overzicht_{world.periode.eind}.csv"
    overview.write_bytes(world.table.csv(schaal))
    (folder / "rijk" / "taakstelling.csv").write_bytes(national_files.taakstelling(world.periode, schaal, vervolg))
    shares = national_files.herindeling(world.geography, world.peildatum)
    if shares is not None:
        (folder / "rijk" / "herindeling.csv").write_bytes(shares)
    (folder / "provincies" / "toezicht.csv").write_bytes(national_files.toezicht(world.table, world.dice("toezicht")))


def _summary(world: World, schaal: int, rows: dict[str, int], files: int, lines: int) -> SampleSummary:
    streams = flow(world)
    return SampleSummary(
        periode=world.periode,
        schaal=schaal,
        zaad=world.zaad,
        tabel_echt=world.table.real,
        personen=rows["coa/personen.csv"],
        koppelingen=rows["coa/koppelingen.csv"],
        afmeldingen=rows["coa/afmeldingen.csv"],
        vergunningen=rows["ind/vergunningen.csv"],
        nareis=rows["ind/nareis.csv"],
        gemeentebestanden=files,
        gemeenteregels=lines,
        gemeenten_zonder_bestand=len(world.municipal.silent),
        stroom=Flow(*(getattr(streams, item.name) * schaal for item in fields(Flow))),
        stand={state: count * schaal for state, count in funnel(world).items()},
        onbekend_bij_ind=len(world.ind.unknown) * schaal,
        andere_datum_ind=len(world.ind.moved) * schaal,
        verwachte_nareizigers=sum(unit.omvang for unit in world.expected) * schaal,
        later_verhuisd=world.later * schaal,
        afwijkingen={kind: count * schaal for kind, count in world.municipal.counts.items()},
    )
