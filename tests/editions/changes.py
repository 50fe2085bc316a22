"""Changes to the small delivery, each of a known kind: what was done, the figure that shows it, and the cause.

Belongs here: the changes. Not here: comparing (test_compare.py).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tests.editions.small import Delivery, cell, number

IN_HALF = date(2018, 4, 20)


@dataclass(frozen=True)
class Change:
    """`do` changes the delivery for the municipality at this place; `cijfer_id` of it then differs by `verschil`, all
    of it because of `oorzaak`.
    """

    do: Callable[[Delivery, int, str], None]
    cijfer_id: str
    verschil: int
    oorzaak: str


def _row(made: Delivery, file: str, place: int, person: int) -> dict[str, str]:
    return made.files[f"coa/{file}.csv"][f"{place:03d}{person:02d}"]


def _housed(made: Delivery, place: int, person: int, day: date | None) -> None:
    """What the files of persons and koppelingen say of a move, or of none."""
    why = "gehuisvest" if day else ""
    _row(made, "personen", place, person).update({"Vertrek": cell(day), "Reden vertrek": why})
    _row(made, "koppelingen", place, person).update({"Einde koppeling": cell(day), "Reden einde": why})


def late_afmelding(made: Delivery, place: int, name: str) -> None:
    """Somebody who waited turns out to have moved."""
    _housed(made, place, 5, IN_HALF)
    made.add("coa/afmeldingen.csv", f"{place}laat", f"A{place:03d}99", number(place, 5), name, IN_HALF, 1, "gva", None)


def late_koppeling(made: Delivery, place: int, name: str) -> None:
    """A koppeling that was not in the old file."""
    v = number(place, 10)
    made.add(
        "coa/koppelingen.csv", f"{place}laat", f"K{place:03d}98", v, name, IN_HALF, None, None, None, None, None, None,
        None, "werk", "nee", None, None,
    )  # fmt: skip


def late_offer(made: Delivery, place: int, name: str) -> None:
    """An offer that was not known."""
    _row(made, "koppelingen", place, 6)["Datum aanbod"] = cell(date(2018, 6, 11))


def late_person(made: Delivery, place: int, name: str) -> None:
    """Somebody in the opvang who was not in the old file."""
    made.add(
        "coa/personen.csv", f"{place}laat", number(place, 77), f"H{place:03d}77", 1991, "Eritrese", "asiel",
        date(2018, 2, 1), date(2017, 9, 1), f"azc {name}", name, "azc", None, None,
    )  # fmt: skip


def row_corrected(made: Delivery, place: int, name: str) -> None:
    """The move of before the half-year was in it after all."""
    _housed(made, place, 0, IN_HALF)
    _row(made, "afmeldingen", place, 0)["Datum"] = cell(IN_HALF)


def row_withdrawn(made: Delivery, place: int, name: str) -> None:
    """An afmelding that is in the file no more; the person never left."""
    _housed(made, place, 2, None)
    del made.files["coa/afmeldingen.csv"][f"{place:03d}02"]


def taken_back(made: Delivery, place: int, name: str) -> None:
    """A row of -1 on an afmelding of the old file; the person is back."""
    _housed(made, place, 1, None)
    made.add(
        "coa/afmeldingen.csv", f"{place}terug", f"A{place:03d}97", number(place, 1), name, date(2018, 6, 1), -1,
        "regulier", f"A{place:03d}01",
    )  # fmt: skip


def koppeling_corrected(made: Delivery, place: int, name: str) -> None:
    """The day of a koppeling was wrong: it is within the norm."""
    _row(made, "koppelingen", place, 4)["Datum koppeling"] = cell(date(2018, 6, 18))


def line_adds(made: Delivery, place: int, name: str) -> None:
    """correcties.toml adds an afmelding."""
    made.correct(
        extract='"coa_afmeldingen"',
        waar=f'{{ afmelding_id = "A{place:03d}96" }}',
        actie='"voeg_toe"',
        nieuw=f'{{ afmelding_id = "A{place:03d}96", persoon = "{number(place, 7)}", gemeentecode = "{name}", '
        f'datum = "{cell(IN_HALF)}", aantal = "1", soort = "regulier" }}',
    )


def line_removes(made: Delivery, place: int, name: str) -> None:
    """correcties.toml removes an afmelding."""
    made.correct(
        extract='"coa_afmeldingen"',
        waar=f'{{ afmelding_id = "A{place:03d}03" }}',
        actie='"verwijder"',
        kolom='"soort"',
        verwacht='{ waarde = "regulier", rijen = 1 }',
    )


def line_changes(made: Delivery, place: int, name: str) -> None:
    """correcties.toml puts an afmelding of before the half-year in it."""
    made.correct(
        extract='"coa_afmeldingen"',
        waar=f'{{ afmelding_id = "A{place:03d}00" }}',
        actie='"wijzig"',
        kolom='"datum"',
        nieuw=f'"{cell(IN_HALF)}"',
        verwacht='{ waarde = "12-12-2017", rijen = 1 }',
    )


def line_fills(made: Delivery, place: int, name: str) -> None:
    """correcties.toml fills an empty offer."""
    made.correct(
        extract='"coa_koppelingen"',
        waar=f'{{ koppeling_id = "K{place:03d}07" }}',
        actie='"wijzig"',
        kolom='"datum_aanbod"',
        nieuw='"21-06-2018"',
        verwacht='{ waarde = "", rijen = 1 }',
    )


def ledger_pair(made: Delivery, place: int, name: str) -> None:
    """The ledger takes back a move of before the half-year and has it within it: one correction in two rows."""
    _housed(made, place, 0, IN_HALF)
    v = number(place, 0)
    made.add(
        "coa/afmeldingen.csv", f"{place}min", f"A{place:03d}95", v, name, date(2017, 12, 20), -1, "regulier",
        f"A{place:03d}00",
    )  # fmt: skip
    made.add("coa/afmeldingen.csv", f"{place}plus", f"A{place:03d}94", v, name, IN_HALF, 1, "regulier", None)


def other_numbers(made: Delivery, place: int, name: str) -> None:
    """A koppeling and an afmelding have another number, and nothing else."""
    _row(made, "koppelingen", place, 6)["Koppeling"] = f"K{place:03d}93"
    _row(made, "afmeldingen", place, 2)["Afmelding"] = f"A{place:03d}93"


GEEN = "geen"
"""What makes no difference."""
CHANGES = (
    Change(late_afmelding, "realisatie.totaal", 1, "nagekomen"),
    Change(late_koppeling, "koppelingen.totaal", 1, "nagekomen"),
    Change(late_offer, "koppelingen.met_aanbod", 1, "nagekomen"),
    Change(late_person, "opvang.opgevangen", 1, "nagekomen"),
    Change(row_corrected, "realisatie.totaal", 1, "correcties"),
    Change(row_withdrawn, "realisatie.totaal", -1, "correcties"),
    Change(taken_back, "realisatie.totaal", -1, "correcties"),
    Change(koppeling_corrected, "koppelingen.binnen_norm", 1, "correcties"),
    Change(line_adds, "realisatie.totaal", 1, "correcties"),
    Change(line_removes, "realisatie.totaal", -1, "correcties"),
    Change(line_changes, "realisatie.totaal", 1, "correcties"),
    Change(line_fills, "koppelingen.met_aanbod", 1, "correcties"),
    Change(ledger_pair, "realisatie.totaal", 1, "correcties"),
    Change(other_numbers, "realisatie.totaal", 0, GEEN),
)
"""The changes to one municipality."""


def numbered_anew(made: Delivery) -> None:
    """Every koppeling and afmelding has another number; what cites one follows, the lines of correcties.toml too.

    Afmeldingen are counted from the other end, so that most old numbers belong to somebody else now.
    """
    koppelingen = {row["Koppeling"]: f"N{row['Koppeling']}" for row in made.files["coa/koppelingen.csv"].values()}
    numbers = sorted(row["Afmelding"] for row in made.files["coa/afmeldingen.csv"].values())
    afmeldingen = dict(zip(numbers, reversed(numbers), strict=True))
    for row in made.files["coa/koppelingen.csv"].values():
        row["Koppeling"] = koppelingen[row["Koppeling"]]
    for row in made.files["coa/afmeldingen.csv"].values():
        row["Afmelding"] = afmeldingen[row["Afmelding"]]
        row["Corrigeert"] = afmeldingen.get(row["Corrigeert"], row["Corrigeert"])
    anew = {**koppelingen, **afmeldingen}
    made.lines = [
        re.sub(r'"([AK]\d+)"', lambda found: f'"{anew.get(found[1], found[1])}"', line) for line in made.lines
    ]


def part_of_person(made: Delivery) -> None:
    """A person of the divided municipality went to another part."""
    made.files["rijk/herindeling_personen.csv"]["0"]["nieuwe_code"] = "GM1949"


def other_shares(made: Delivery) -> None:
    """The shares of the divided municipality are others."""
    shares = made.files["rijk/herindeling.csv"]
    shares["GM1900"]["aandeel_teller"], shares["GM1949"]["aandeel_teller"] = "15", "1"
