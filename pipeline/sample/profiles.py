"""What a half-year of the sample looks like besides its table: how many in the opvang, how many late, how fast.

Belongs here: the numbers that a delivery is calibrated on, with where they come from. Not here: chance.
"""

from dataclasses import dataclass
from datetime import date

from pipeline.core.periods import Periode

# Until 2016 there is no table per month; these national numbers are made up, in the size of the taakstellingen of then.
EARLIER_MONTHS: dict[tuple[int, int], int] = {
    **dict(zip([(2014, month) for month in range(7, 13)], [1000, 1050, 1150, 1150, 1200, 1350], strict=True)),
    **dict(zip([(2015, month) for month in range(1, 7)], [1750, 1800, 1950, 2000, 2050, 2350], strict=True)),
    **dict(zip([(2015, month) for month in range(7, 13)], [2150, 2150, 2350, 2450, 2450, 2700], strict=True)),
}
# The names of municipalities on hand begin here, so no koppeling is older.
FIRST_KOPPELING = date(2014, 1, 1).toordinal()
HISTORY_MONTHS = 18


@dataclass(frozen=True)
class Profile:
    """`opvang`: persons in the opvang at the peildatum; `overdue`: of whom linked beyond the norm without an offer;
    `tempo`: length of the ways in percent; `departures`: persons a month who leave otherwise than to a house;
    `expected`: relatives still to arrive.
    """

    opvang: int
    overdue: int
    tempo: int
    departures: int
    expected: int


# 2016-I: letter of 29-9-2016 ("bijna 15.000", "ca. 6.000"). 2018-II: 6.500 on 1-10-2018 (press). 2019-II: some 5.600 to
# 5.800 (COA). The others lie in between and are made up.
_PROFILES = {
    "2016-I": Profile(14957, 5984, 98, 62, 4200),
    "2016-II": Profile(13412, 5316, 71, 60, 4800),
    "2017-I": Profile(9631, 3604, 114, 52, 4400),
    "2017-II": Profile(7418, 2609, 91, 45, 3600),
    "2018-I": Profile(6874, 2263, 62, 40, 3000),
    "2018-II": Profile(6412, 2038, 62, 36, 2400),
    "2019-I": Profile(5483, 1747, 108, 30, 1900),
    "2019-II": Profile(5702, 1811, 116, 28, 1700),
}


def profile_for(periode: Periode) -> Profile:
    """The numbers of a half-year from 2016-I to 2019-II."""
    return _PROFILES[str(periode)]
