"""Municipalities through time, as the sample needs them: which existed when, what the COA called them, what became of
them.

Belongs here: names, mergers and splits, regions, all read from the shipped reference data. Not here: what the pipeline
itself does with a herindeling; the sample must not borrow its answers. Days are ordinals (`date.toordinal()`).
"""

import csv
import io
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from pipeline.core.reference import read_verified
from pipeline.sample.dice import Dice

# Shares of the splits that the sample supplies (invented; the real ones were never published as one number). Other
# splits are avoided: nobody is ever linked to a municipality that was divided otherwise.
SPLIT_SHARES: dict[str, tuple[tuple[str, int], ...]] = {
    "GM0140": (("GM0080", 2), ("GM1900", 5), ("GM1949", 3)),
    "GM0053": (("GM1966", 9), ("GM1969", 1)),
}
_OPEN_END = date.max.toordinal()
_REGIONS_DAY = date(2016, 1, 1).toordinal()
# A municipality that kept its code was larger than what joined it.
_SELF_WEIGHT = 4


def read_rows(name: str, delimiter: str = ",") -> list[dict[str, str]]:
    """The rows of one shipped CSV file (checksum verified)."""
    return list(csv.DictReader(io.StringIO(read_verified(name).decode("utf-8-sig")), delimiter=delimiter))


def ordinal(text: str) -> int:
    """The ordinal of an ISO date; an empty text is a day that never comes."""
    return date.fromisoformat(text).toordinal() if text else _OPEN_END


@dataclass(frozen=True)
class Merger:
    """From `day` on the municipality `old` is (part of) `new`."""

    day: int
    old: str
    new: str
    split: bool


@dataclass
class Geography:
    """The municipalities with their names and history. Everything asked here is remembered; nothing else changes."""

    aliases: dict[str, list[tuple[int, int, str, bool]]]
    existed: dict[str, tuple[int, int]]
    provinces: dict[tuple[int, str], tuple[str, str]]
    inhabitants: dict[tuple[int, str], int]
    regions: dict[str, str]
    mergers: list[Merger]
    _names: dict[tuple[str, int], str] = field(default_factory=dict)
    _steps: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._steps = sorted({merger.day for merger in self.mergers})

    def epoch(self, day: int) -> int:
        """Number of the stretch of time between two herindelingen in which `day` lies."""
        return bisect_right(self._steps, day)

    def codes(self, jaar: int) -> list[str]:
        """The codes of the municipalities of 1 January of a year, in order."""
        return sorted(code for year, code in self.provinces if year == jaar)

    def name(self, code: str, day: int) -> str:
        """The name that the COA would write for `code` on `day`: its own spelling where it has one, else that
        of CBS.
        """
        key = (code, self.epoch(day))
        if key not in self._names:
            valid = [(not own, name) for start, end, name, own in self.aliases[code] if start <= day < end]
            self._names[key] = min(valid)[1]
        return self._names[key]

    def region(self, code: str) -> str:
        """The arbeidsmarktregio of 2016; an earlier or later municipality has that of what it became, or of its first
        part.
        """
        while code not in self.regions:
            gone = self.existed[code][1] <= _REGIONS_DAY
            code = next(
                merger.new if gone else merger.old
                for merger in self.mergers
                if code == (merger.old if gone else merger.new)
            )
        return self.regions[code]

    def forward(self, code: str, start: int, end: int, splits: dict[str, str], dice: Dice) -> str:
        """What `code` (valid on `start`) is on the later day `end`. A part of a split is drawn and remembered in
        `splits`.
        """
        for step in self._steps:
            if not start < step <= end:
                continue
            targets = [merger for merger in self.mergers if merger.day == step and merger.old == code]
            if len(targets) > 1 or (targets and targets[0].split):
                code = splits.setdefault(code, self._draw_part(code, dice)) if code not in splits else splits[code]
            elif targets:
                code = targets[0].new
        return code

    def backward(self, code: str, start: int, end: int, splits: dict[str, str], dice: Dice) -> str:
        """A municipality of the earlier day `end` that became `code` (valid on `start`).

        `splits` holds to which part the household belongs of a municipality that was divided; never of two of those.
        """
        if self.epoch(start) == self.epoch(end):
            return code
        for step in reversed(self._steps):
            if not end < step <= start:
                continue
            options = _parts(self, code, step, tuple(sorted(splits.items())))
            if options:
                old, split = dice.pick(options)
                if split:
                    splits[old] = code
                code = old
        return code

    def split_parts(self, day_from: int, day_to: int) -> list[tuple[int, str, str, int, int]]:
        """Supplied shares of the splits between two days: (day, old, new, numerator, denominator)."""
        rows = []
        for merger in self.mergers:
            if merger.split and merger.old in SPLIT_SHARES and day_from < merger.day <= day_to:
                shares = dict(SPLIT_SHARES[merger.old])
                rows.append((merger.day, merger.old, merger.new, shares[merger.new], sum(shares.values())))
        return rows

    def _draw_part(self, code: str, dice: Dice) -> str:
        pool = [new for new, share in SPLIT_SHARES[code] for _ in range(share)]
        return dice.pick(pool)


@cache
def _parts_cached(parts: tuple[tuple[str, bool], ...], exists: bool, code: str) -> tuple[tuple[str, bool], ...]:
    own = ((code, False),) * _SELF_WEIGHT if exists else ()
    return own + parts


def _parts(
    geography: Geography, code: str, step: int, splits: tuple[tuple[str, str], ...]
) -> tuple[tuple[str, bool], ...]:
    chosen = dict(splits)
    parts = tuple(
        (merger.old, merger.split)
        for merger in geography.mergers
        if merger.day == step
        and merger.new == code
        and (not merger.split or (merger.old in SPLIT_SHARES and (not chosen or chosen.get(merger.old) == code)))
    )
    return _parts_cached(parts, geography.existed[code][0] < step, code)


def load_geography() -> Geography:
    """Read the shipped reference data."""
    aliases: dict[str, list[tuple[int, int, str, bool]]] = {}
    for row in read_rows("aliassen.csv"):
        own = row["herkomst"].startswith("COA")
        span = (ordinal(row["geldig_van"]), ordinal(row["geldig_tot"]))
        aliases.setdefault(row["gemeentecode"], []).append((*span, row["alias"], own))
    existed = {
        f"GM{row['gemeentecode']}": (ordinal(row["begindatum"]), ordinal(row["einddatum"]))
        for row in read_rows("indeling/gemeentelijke_indeling.csv", ";")
    }
    provinces = {
        (int(row["jaar"]), row["gemeentecode"]): (row["provinciecode"], row["provincie"])
        for row in read_rows("indeling/gemeenten_2014_2025.csv")
    }
    inhabitants = {
        (int(row["jaar"]), row["gemeentecode"]): int(row["inwoners"])
        for row in read_rows("bevolking/inwoners_2016_2025.csv")
    }
    regions = {row["gemeentecode"]: row["regiocode"] for row in read_rows("regio/arbeidsmarktregios_2016.csv")}
    return Geography(
        aliases, existed, provinces, inhabitants, regions, _mergers(read_rows("indeling/herindelingen_2014_2023.csv"))
    )


def _mergers(rows: Iterable[dict[str, str]]) -> list[Merger]:
    return [
        Merger(ordinal(row["datum"]), row["oude_code"], row["nieuwe_code"], row["soort"] == "splitsing") for row in rows
    ]
