"""The way from permit to house: how long each step takes, and what is left of it at the peildatum.

Belongs here: durations and the koppelingen of one household on relative and absolute days. Not here: which
municipality, which persons. The distributions are made up. For 2016-I they give a median of some 24 weeks from permit
to housing, those still waiting included, and an average of some 26 over the housed; the press of June 2016 had 23.
"""

from dataclasses import dataclass
from datetime import date

from pipeline.sample.dice import Dice, Quantiles, Weighted
from pipeline.sample.model import NORM_DAYS, Soort, Spell

_TO_FIRST = Quantiles(1, 3, 5, 10, 19, 36, 68, 95, 170, 260)
_SHORT = Quantiles(0, 1, 2, 5, 10, 18, 32, 45, 70, 100)
_EARLIER_SPELL = Quantiles(3, 7, 11, 21, 38, 66, 105, 140, 210, 280)
_GAP = Quantiles(0, 0, 0, 2, 6, 14, 28, 42, 80, 120)
_TO_OFFER = Quantiles(2, 5, 8, 17, 35, 128, 278, 365, 465, 550)
_TO_CONTRACT = Quantiles(1, 3, 4, 7, 12, 19, 28, 35, 50, 70)
_TO_MOVE = Quantiles(1, 2, 3, 5, 8, 13, 19, 25, 40, 55)

_EARLIER_COUNT = Weighted([(0, 56), (1, 27), (2, 12), (3, 5)])
_END_REASONS = Weighted(
    [("ontkoppeld_gemeente", 30), ("ontkoppeld_coa", 34), ("weigering", 20), ("overig", 16)],
)
_GROUNDS = Weighted(
    [("geen", 46), ("netwerk", 11), ("gezin", 10), ("medisch", 4), ("opvang_nabij", 13), ("werk", 8), ("opleiding", 8)],
)
# Screening began with the letter on kansrijk koppelen; before it, it was rare.
_SCREENING_FROM = date(2016, 1, 1).toordinal()

_DELAYS = Weighted(
    [("geen_woning", 55), ("medisch", 5), ("wacht_op_gezin", 14), ("woning_in_aanbouw", 14), ("overig", 12)],
)
SOONER = ("werk", "opleiding", "opvang_nabij")


@dataclass(slots=True)
class Way:
    """A whole way on relative days: day 0 is the permit (or arrival), `total` the day of the move."""

    spells: list[Spell]
    total: int


def draw_way(dice: Dice, soort: Soort, omvang: int, tempo: int) -> Way:
    """A way through the opvang. `tempo`: percentage of the usual waiting (100)."""
    family = soort is Soort.NAREIS_OPVANG
    day = dice.quantile(_SHORT if family else _TO_FIRST) * tempo // 100
    spells = []
    earlier = 0 if family else dice.weighted(_EARLIER_COUNT)
    for _ in range(earlier):
        length = dice.quantile(_EARLIER_SPELL)
        spell = _ended_spell(dice, day, length)
        spells.append(spell)
        day = spell.koppeling + length + dice.quantile(_GAP)
    last = Spell(koppeling=day, grond="gezin" if family else _ground(dice))
    share = 74 if last.grond in SOONER or family else 125 if omvang >= 5 else 100
    total = _finish(dice, last, day + dice.quantile(_TO_OFFER) * share * tempo // 10_000)
    spells.append(last)
    return Way(spells, total)


def anchored(way: Way, dice: Dice, start: int) -> list[Spell]:
    """The koppelingen on absolute days, with profile, screening and reasons for delay, when day 0 is `start`."""
    for spell in way.spells:
        spell.koppeling += start
        spell.einde = _moved(spell.einde, start)
        spell.aanbod = _moved(spell.aanbod, start)
        spell.weigering_dag = _moved(spell.weigering_dag, start)
        spell.huurcontract = _moved(spell.huurcontract, start)
        dress(spell, dice, start)
    return way.spells


def dress(spell: Spell, dice: Dice, start: int) -> None:
    """Add to a koppeling on absolute days what does not steer its course; nothing of before `start`."""
    if dice.chance(860):
        spell.profiel = min(spell.koppeling + dice.below(11), spell.einde or date.max.toordinal())
    if dice.chance(560 if spell.koppeling >= _SCREENING_FROM else 90):
        spell.screening = spell.koppeling - dice.below(min(15, spell.koppeling - start + 1))


def cut(spells: list[Spell], peildatum: int) -> list[Spell]:
    """What the COA knew at the start of `peildatum`: nothing of that day or later. Changes and returns the
    koppelingen.
    """
    known = [spell for spell in spells if spell.koppeling < peildatum]
    for spell in known:
        if spell.einde is not None and spell.einde >= peildatum:
            spell.einde, spell.reden = None, ""
        if spell.weigering_dag is not None and spell.weigering_dag >= peildatum:
            spell.weigering_dag, spell.weigering = None, ""
        if spell.aanbod is not None and spell.aanbod >= peildatum:
            spell.aanbod = None
        if spell.huurcontract is not None and spell.huurcontract >= peildatum:
            spell.huurcontract = None
        if spell.profiel is not None and spell.profiel >= peildatum:
            spell.profiel = None
        if spell.screening is not None and spell.screening >= peildatum:
            spell.screening = None
    return known


def refuse(spells: list[Spell], peildatum: int, dice: Dice) -> None:
    """Add offers that were refused to a current koppeling: rightly (then it is no offer) or not (then it stays one)."""
    last = spells[-1]
    span = peildatum - last.koppeling
    if last.aanbod is None and span > 30 and dice.chance(45):
        last.aanbod = last.koppeling + span * dice.between(200, 700) // 1000
        last.weigering, last.weigering_dag = "terecht", last.aanbod + dice.between(1, 6)
    elif last.aanbod is not None and last.huurcontract is None and peildatum - last.aanbod > 4 and dice.chance(60):
        last.weigering, last.weigering_dag = "onterecht", last.aanbod + dice.between(1, 3)


def explain_delay(spells: list[Spell], omvang: int, peildatum: int, dice: Dice) -> None:
    """Write down why an offer is or was late, in three of four cases where it is."""
    for spell in spells:
        refused = spell.weigering == "terecht"
        offer = spell.aanbod if spell.aanbod is not None and not refused else spell.einde or peildatum
        if offer - spell.koppeling > NORM_DAYS and dice.chance(760):
            large = omvang >= 5 and dice.chance(650)
            spell.vertraging = "groot_gezin" if large else dice.weighted(_DELAYS)


def fitted(dice: Dice, start: int, end: int) -> list[Spell]:
    """One koppeling between two absolute days, the move on `end`; for somebody who came back, or never was in the
    opvang.
    """
    span = end - start
    first = start + span * dice.between(0, 350) // 1000
    offer = first + (end - first) * dice.between(300, 800) // 1000
    spell = Spell(koppeling=first, aanbod=offer, einde=end, reden="gehuisvest", grond=_ground(dice))
    spell.huurcontract = offer + (end - offer) * dice.between(200, 900) // 1000
    dress(spell, dice, start)
    return [spell]


def _moved(day: int | None, start: int) -> int | None:
    return None if day is None else day + start


def _ground(dice: Dice) -> str:
    return dice.weighted(_GROUNDS)


def _ended_spell(dice: Dice, day: int, length: int) -> Spell:
    spell = Spell(koppeling=day, einde=day + length, reden=dice.weighted(_END_REASONS), grond=_ground(dice))
    if spell.reden == "weigering":
        refused = day + length - dice.below(min(4, length))
        spell.weigering_dag = refused
        spell.weigering = "terecht" if dice.chance(420) else "onterecht"
        spell.aanbod = day + (refused - day) * dice.between(500, 950) // 1000
    return spell


def _finish(dice: Dice, spell: Spell, offer: int) -> int:
    spell.aanbod = offer
    spell.huurcontract = offer + dice.quantile(_TO_CONTRACT)
    moved = spell.huurcontract + dice.quantile(_TO_MOVE)
    spell.einde, spell.reden = moved, "gehuisvest"
    return moved
