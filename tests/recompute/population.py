"""Random small populations: what the COA, the IND, municipalities, provinces and the Rijk could deliver about them.

Belongs here: rows as intake lets them through, plausible ones and odd ones (a koppeling after the departure, a second
afmelding of before the correction of the first, a permit after the housing, persons whom the COA does not know). Not
here: what is made of them.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import strategies as st

from tests.recompute.delivery import (
    HOUSEHOLDS,
    KNOWN,
    STRANGERS,
    Aankondiging,
    Afmelding,
    Besluit,
    Boekpost,
    Cijfer,
    Deel,
    DeelPersoon,
    EerderToezicht,
    Eindsaldo,
    Koppeling,
    Lijst,
    Melding,
    Nareis,
    Overzicht,
    Persoon,
    Toezicht,
)
from tests.recompute.worlds import NAMES, World, world

_CATEGORIES = ("asiel", "nareis", "amv")
_GROUNDS = ("werk", "opleiding", "netwerk", "gezin", "medisch", "opvang_nabij", "geen")
_REASONS = ("gehuisvest", "gehuisvest", "ontkoppeld_gemeente", "ontkoppeld_coa", "weigering", "vertrek")
_DELAYS = (None, "geen_woning", "groot_gezin", "medisch", "wacht_op_gezin", "woning_in_aanbouw")
_DEPARTURES = ("gehuisvest", "gehuisvest", "gehuisvest", "mob", "terugkeer", "overleden", "ingetrokken")
_SHELTERS = ("azc", "pol", "noodopvang", "crisisnoodopvang", "kleinschalig_amv")
_NATIONALITIES = ("Syrische", "Eritrese", "Onbekend", None)
_KINDS = ("regulier", "nareis", "amv", "gva", "overig")
# Days between one thing and the next: at once, the norms, a quarter, half a year, and two years.
_STEPS = (
    0,
    0,
    1,
    2,
    5,
    13,
    14,
    15,
    30,
    69,
    70,
    71,
    72,
    84,
    85,
    90,
    98,
    99,
    126,
    127,
    180,
    181,
    252,
    253,
    365,
    400,
    730,
)


def _days(here: World) -> tuple[date, ...]:
    """Days that matter: around the peildatum, the first day, the cohorts, the norms counted back, leap days."""
    peildatum = here.peildatum
    back = (0, 1, 2, 7, 30, 69, 70, 71, 84, 85, 90, 91, 98, 99, 120, 150, 180, 181, 252, 253, 365, 366, 500, 700, 900)
    days = {peildatum - timedelta(days=number) for number in (*back, -1, -10, -60)}
    step = here.periode
    for _ in range(6):
        days |= {step.begin - timedelta(days=1), step.begin, step.begin + timedelta(days=1)}
        step = step.vorige
    days |= set(here.periode.maanden) | {month - timedelta(days=1) for month in here.periode.maanden}
    days |= {date(2016, 2, 29), date(2016, 3, 1)} if here.peildatum >= date(2016, 7, 1) else set()
    days |= {date(2020, 2, 29), date(2020, 3, 1)} if here.peildatum >= date(2020, 7, 1) else set()
    return tuple(sorted(days))


def after(draw: st.DrawFn, day: date) -> date:
    """A day on or after `day`."""
    return day + timedelta(days=draw(st.sampled_from(_STEPS)))


def _code(draw: st.DrawFn, here: World, day: date) -> str:
    """A municipality that existed on `day`: of the year, or an old one."""
    old = [change.oud for change in here.wijzigingen if day < change.tot]
    return draw(st.sampled_from((*here.codes, *old)))


def _sometimes(draw: st.DrawFn, out_of: int) -> bool:
    return draw(st.integers(0, out_of - 1)) == out_of - 1


def draw_personen(draw: st.DrawFn, here: World) -> tuple[Persoon, ...]:
    """From nobody to the whole of KNOWN."""
    days = _days(here)
    found = []
    for name in KNOWN[: draw(st.integers(0, 12)) + draw(st.integers(0, 12))]:
        permit = draw(st.sampled_from(days)) if not _sometimes(draw, 8) else None
        kind = draw(st.integers(0, 7))
        entry = None
        if kind <= 3 and permit is not None:
            entry = permit - timedelta(days=draw(st.sampled_from(_STEPS)))
        elif kind <= 6:
            entry = draw(st.sampled_from(days))
        departure = None
        reason = None
        if draw(st.integers(0, 2)) == 2:
            departure = after(draw, max(day for day in (permit, entry, days[0]) if day is not None))
            reason = draw(st.sampled_from(_DEPARTURES if permit is not None else _DEPARTURES[3:]))
            if reason != "gehuisvest" and entry is not None and _sometimes(draw, 3):
                departure = after(draw, entry)
        found.append(
            Persoon(
                name,
                draw(st.sampled_from(HOUSEHOLDS)),
                1980,
                draw(st.sampled_from(_NATIONALITIES)),
                draw(st.sampled_from(_CATEGORIES)),
                permit,
                entry,
                draw(st.sampled_from(here.codes)) if entry is not None else None,
                draw(st.sampled_from(_SHELTERS)) if entry is not None else None,
                departure,
                reason,
            )
        )
    return tuple(found)


def draw_koppelingen(draw: st.DrawFn, here: World, personen: Sequence[Persoon]) -> tuple[Koppeling, ...]:
    """None, one or several for a person, in no order; also of persons without a file."""
    days = _days(here)
    found: list[Koppeling] = []
    candidates: list[tuple[str, date | None]] = [(person.persoon, person.datum_vergunning) for person in personen]
    candidates = [(name, permit) for name, permit in candidates if permit is not None]
    candidates += [(name, None) for name in STRANGERS[: draw(st.integers(0, 1))]]
    for name, permit in candidates:
        for _ in range(draw(st.sampled_from((0, 1, 1, 1, 2, 3)))):
            start = after(draw, permit) if permit is not None else draw(st.sampled_from(days))
            end = after(draw, start) if draw(st.booleans()) else None
            offer = after(draw, start) if draw(st.booleans()) else None
            if offer is not None and end is not None and offer > end:
                offer = end
            refused = offer is not None and _sometimes(draw, 3)
            contract = after(draw, offer) if offer is not None and draw(st.booleans()) else None
            found.append(
                Koppeling(
                    # Not in the order of the days: the highest number need not be the latest.
                    f"K{draw(st.integers(0, 9))}{len(found):02}",
                    name,
                    _code(draw, here, start),
                    start,
                    end,
                    draw(st.sampled_from(_REASONS)) if end is not None else None,
                    offer,
                    draw(st.sampled_from(("terecht", "onterecht"))) if refused else None,
                    after(draw, offer) if offer is not None and refused else None,
                    contract,
                    draw(st.sampled_from(_GROUNDS)),
                    draw(st.sampled_from(("ja", "nee"))),
                    draw(st.sampled_from(_DELAYS)),
                )
            )
    return tuple(found)


def draw_afmeldingen(draw: st.DrawFn, here: World, names: Sequence[str]) -> tuple[Afmelding, ...]:
    """At most one that is not corrected for a person; a new one may stand before the correction of the first."""
    days = _days(here)
    found: list[Afmelding] = []

    def add(name: str, code: str, day: date, number: int, cites: str | None) -> str:
        mark = f"A{draw(st.integers(0, 9))}{len(found):02}"
        found.append(Afmelding(mark, name, code, day, number, draw(st.sampled_from(_KINDS)), cites))
        return mark

    for name in names:
        for _ in range(draw(st.sampled_from((0, 0, 1, 1, 2)))):
            day = draw(st.sampled_from(days))
            code = _code(draw, here, day)
            add(name, code, after(draw, day), -1, add(name, code, day, 1, None))
        if draw(st.booleans()):
            day = draw(st.sampled_from(days))
            add(name, _code(draw, here, day), day, 1, None)
    return tuple(found)


def draw_overzicht(draw: st.DrawFn, here: World) -> tuple[Overzicht, ...]:
    """All municipalities; small numbers, so that exactly met and zero are common."""
    months = st.integers(-2, 4)
    return tuple(
        Overzicht(code, draw(st.integers(-12, 12)), draw(st.integers(0, 12)), *(draw(months) for _ in range(6)))
        for code in here.codes
    )


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """One of the half-years."""
    return world(draw(st.sampled_from(NAMES)))


def draw_deelpersonen(draw: st.DrawFn, here: World, names: Sequence[str]) -> tuple[DeelPersoon, ...]:
    """Of every person to which part of each divided municipality he belongs."""
    return tuple(
        DeelPersoon(name, draw(st.sampled_from(change.nieuw)))
        for change in here.wijzigingen
        if len(change.nieuw) > 1
        for name in names
    )


def draw_aankondigingen(draw: st.DrawFn, here: World) -> tuple[Aankondiging, ...]:
    """Announcements and prognoses around now, some of them after the briefdatum; or none: then the shipped ones count.

    No number is below the number of municipalities, and no two of one half-year became known on one day.
    """
    if _sometimes(draw, 6):
        return ()
    now = here.periode
    names = [str(p) for p in (now.vorige.vorige, now.vorige, now, now, now.volgende, now.volgende.volgende)]
    days = [here.briefdatum + timedelta(days=number) for number in (-700, -300, -90, -1, 0, 1)]
    keys = draw(
        st.lists(
            st.tuples(st.sampled_from(names), st.sampled_from(("taakstelling", "prognose")), st.sampled_from(days)),
            max_size=8,
            unique=True,
        )
    )
    return tuple(Aankondiging(name, what, draw(st.integers(6, 60)), day, "bron") for name, what, day in keys)


def draw_delen(draw: st.DrawFn, here: World) -> tuple[Deel, ...]:
    """The shares of the parts of each divided municipality, together the whole."""
    found = []
    for change in here.wijzigingen:
        if len(change.nieuw) > 1:
            parts = [draw(st.integers(1, 9)) for _ in change.nieuw]
            found += [
                Deel(change.datum, change.oud, new, part, sum(parts))
                for new, part in zip(change.nieuw, parts, strict=True)
            ]
    return tuple(found)


def draw_earlier(
    draw: st.DrawFn, here: World
) -> tuple[tuple[Eindsaldo, ...], tuple[Boekpost, ...], tuple[Cijfer, ...]]:
    """The published edition of the previous half-year, or nothing; its book and its balances agree."""
    before = here.periode.vorige
    if draw(st.booleans()):
        return (), (), ()
    half_years = (f"vóór {before.vorige.vorige}", str(before.vorige), str(before))
    orders = (0, before.vorige.jaar * 10 + before.vorige.halfjaar, before.jaar * 10 + before.halfjaar)
    balances, posts = [], []
    for code in here.vorige:
        balance = draw(st.integers(-8, 12))
        balances.append(Eindsaldo(str(before), code, balance))
        if balance < 0:
            posts.append(Boekpost(str(before), code, None, None, 0, -balance))
        left = max(balance, 0)
        for number, (name, order) in enumerate(zip(half_years, orders, strict=True)):
            part = left if number == len(orders) - 1 else draw(st.integers(0, left))
            if part:
                posts.append(Boekpost(str(before), code, name, order, part, 0))
            left -= part
    figures = tuple(
        Cijfer(str(p), "realisatie.totaal", "NL", draw(st.integers(0, 99)))
        for p in (before, before.vorige)
        if draw(st.booleans())
    )
    return tuple(balances), tuple(posts), figures


def draw_meldingen(
    draw: st.DrawFn, here: World, names: Sequence[str], afmeldingen: Sequence[Afmelding]
) -> tuple[tuple[Lijst, ...], tuple[Melding, ...]]:
    """What the municipalities that delivered a list report: often what the COA has, often a little else."""
    days = _days(here)
    old = [change.oud for change in here.wijzigingen if change.tot == here.begin and len(change.nieuw) == 1]
    lists = [code for code in (*here.codes, *old) if draw(st.booleans())]
    found: dict[tuple[str, str], Melding] = {}
    for name in names if lists else ():
        for _ in range(draw(st.sampled_from((0, 1, 1, 2)))):
            own = [row for row in afmeldingen if row.persoon == name and row.gemeentecode in lists]
            like_coa = bool(own) and draw(st.booleans())
            if like_coa:
                row = draw(st.sampled_from(own))
                shift = timedelta(days=draw(st.sampled_from((0, 0, 0, -1, 1, -14, 7, -30))))
                found[row.gemeentecode, name] = Melding(row.gemeentecode, name, row.datum + shift)
            else:
                code = draw(st.sampled_from(lists))
                found[code, name] = Melding(code, name, draw(st.sampled_from(days)))
    counts = [Lijst(code, sum(row.gemeentecode == code for row in found.values())) for code in lists]
    return tuple(counts), tuple(found.values())


def draw_besluiten(draw: st.DrawFn, here: World, personen: Sequence[Persoon]) -> tuple[Besluit, ...]:
    """Decisions of the IND: none, the permit of the COA, another day, withdrawn, granted again; one a day."""
    days = _days(here)
    found: dict[tuple[str, date], Besluit] = {}
    if _sometimes(draw, 6):
        return ()
    for name, permit in [
        *((row.persoon, row.datum_vergunning) for row in personen),
        *((name, None) for name in STRANGERS),
    ]:
        if permit is not None and draw(st.booleans()):
            found[name, permit] = Besluit(name, permit, "verlening", "asiel")
        for _ in range(draw(st.sampled_from((0, 0, 1, 2)))):
            day = draw(st.sampled_from(days))
            found[name, day] = Besluit(name, day, draw(st.sampled_from(("verlening", "intrekking"))), "asiel")
    return tuple(found.values())


def draw_nareis(draw: st.DrawFn, here: World, names: Sequence[str]) -> tuple[Nareis, ...]:
    """Relatives: arrived, still expected, on a day that has passed or on none."""
    days = _days(here)
    found = []
    for name in names:
        if _sometimes(draw, 4):
            decided = draw(st.sampled_from(days))
            expected = after(draw, decided) if draw(st.booleans()) else None
            arrival = after(draw, decided) if draw(st.booleans()) else None
            found.append(Nareis(name, "x9", decided, expected, arrival))
    return tuple(found)


def draw_toezicht(draw: st.DrawFn, here: World) -> tuple[Toezicht, ...]:
    """What provinces reported, up to and after the peildatum; one for a municipality and day."""
    days = [here.peildatum + timedelta(days=number) for number in (-181, -1, 0, 1)]
    keys = draw(st.lists(st.tuples(st.sampled_from(here.codes), st.sampled_from(days)), max_size=5, unique=True))
    return tuple(
        Toezicht(code, day, draw(st.integers(0, 6)), draw(st.sampled_from(("ja", "nee", "onbekend"))))
        for code, day in keys
    )


def draw_eerder_toezicht(draw: st.DrawFn, balances: Sequence[Eindsaldo]) -> tuple[EerderToezicht, ...]:
    """As published beside those balances: who was not behind has none in a row; older editions lack the table."""
    if draw(st.booleans()):
        return ()
    return tuple(
        EerderToezicht(row.periode, row.gemeentecode, draw(st.integers(1, 4)), draw(st.booleans()))
        if row.eindsaldo > 0
        else EerderToezicht(row.periode, row.gemeentecode, 0, False)
        for row in balances
    )
