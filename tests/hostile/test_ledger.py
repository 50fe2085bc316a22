"""The ledger of afmeldingen with one fault each: what is refused, what is only said, and what realisatie then is.

The fast way for large files must say the same as the exact way, so every case goes both.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import pytest

from pipeline.core.intake import intake, largefile
from pipeline.core.intake.contracts import load_contract
from tests.core.intake.deliveries import delivery, lay, said, v_number

LEDGER = "coa/afmeldingen.csv"
# Everybody was signed off to Assen on 10 February; who is a multiple of five was corrected on 1 March.
PERSONS = 20
LAST = PERSONS + PERSONS // 5 + 1


@dataclass(frozen=True)
class Case:
    """The clean ledger with rows added or changed: exactly what is said of it, and which rows it loses."""

    name: str
    change: Callable[[list[str]], None]
    said: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


def add(*rows: str) -> Callable[[list[str]], None]:
    return lambda lines: lines.extend(rows)


def row(number: str, person: int, day: str, count: str = "1", cites: str = "", place: str = "Assen") -> str:
    return f"{number};{v_number(person)};{place};{day};{count};regulier;{cites}"


def later(line: int, day: str) -> str:
    return (
        f"{LEDGER}, regel {line}, kolom 'Datum': {day} is niet vóór 2016-07-01; deze rij hoort bij een later halfjaar "
        "en telt nu niet mee. Klopt de dag, dan hoeft u niets te doen; anders verbetert u haar in de bron."
    )


def twice(line: int, own: str, other: str) -> str:
    return (
        f"{LEDGER}, regel {line}, kolom 'V-nummer': 'V999…' is meer dan één keer afgemeld zonder correctie (afmelding "
        f"{own} en {other}). Zoek bij de leverancier op welke klopt en laat de andere corrigeren of verwijderen."
    )


def overlap(line: int, day: str) -> str:
    return (
        f"{LEDGER}, regel {line}, kolom 'Datum': deze persoon was op {day} al afgemeld, en die afmelding is pas later "
        "gecorrigeerd; tot dan telt de persoon dubbel. Zoek bij de leverancier op of de dag van de correctie klopt."
    )


def uncited(line: int, cited: str, day: str) -> str:
    return (
        f"{LEDGER}, regel {line}, kolom 'Corrigeert': geen geaccepteerde regel is afmelding '{cited}' met aantal 1, "
        f"dezelfde persoon en gemeente, niet later dan {day}. Verbeter het nummer, of voeg de oorspronkelijke "
        "afmelding toe, ook als die van vóór het halfjaar is."
    )


def corrected_twice(line: int, cited: str) -> str:
    return (
        f"{LEDGER}, regel {line}, kolom 'Corrigeert': afmelding '{cited}' wordt meer dan één keer gecorrigeerd. "
        "Laat één correctie staan."
    )


END = LAST + 1
CASES = (
    Case("zoals het hoort", add()),
    Case("laatste dag van het halfjaar", add(row("A9", 0, "30-06-2016"))),
    Case("eerste dag erna", add(row("A9", 0, "01-07-2016")), (later(END, "2016-07-01"),)),
    Case("jaren erna", add(row("A9", 0, "01-07-2031")), (later(END, "2031-07-01"),)),
    Case("correctie erna", add(row("C9", 1, "01-07-2016", "-1", "A00001")), (later(END, "2016-07-01"),)),
    Case(
        "lang ervoor en gecorrigeerd in het halfjaar",
        add(row("A9", 0, "01-01-2016", place="Emmen"), row("C9", 0, "05-01-2016", "-1", "A9", "Emmen")),
    ),
    Case("opnieuw na de correctie", add(row("A9", 0, "01-03-2016", place="Emmen"))),
    Case(
        "opnieuw op de dag voor de correctie",
        add(row("A9", 0, "29-02-2016", place="Emmen")),
        (overlap(END, "2016-02-29"),),
    ),
    Case(
        "twee keer afgemeld",
        add(row("A9", 1, "10-03-2016", place="Emmen")),
        (twice(4, "A00001", "A9"), twice(END, "A9", "A00001")),
        ("A00001", "A9"),
    ),
    Case(
        "twee keer op dezelfde dag",
        add(row("A9", 1, "10-02-2016")),
        (twice(4, "A00001", "A9"), twice(END, "A9", "A00001")),
        ("A00001", "A9"),
    ),
    Case(
        "tweede keer na het halfjaar",
        add(row("A9", 1, "10-07-2016")),
        (twice(4, "A00001", "A9"), twice(END, "A9", "A00001"), later(END, "2016-07-10")),
        ("A00001", "A9"),
    ),
    Case(
        "twee keer opnieuw na een correctie",
        add(row("A8", 0, "02-03-2016"), row("A9", 0, "03-03-2016")),
        (twice(END, "A8", "A9"), twice(END + 1, "A9", "A8")),
        ("A8", "A9"),
    ),
    Case(
        "correctie vooraf",
        add(row("C9", 1, "09-02-2016", "-1", "A00001")),
        (uncited(END, "A00001", "2016-02-09"),),
        ("C9",),
    ),
    Case(
        "correctie van een latere afmelding",
        add(row("A9", 0, "10-06-2016"), row("C9", 0, "09-06-2016", "-1", "A9")),
        (uncited(END + 1, "A9", "2016-06-09"),),
        ("C9",),
    ),
    Case(
        "correctie in een andere gemeente",
        add(row("C9", 1, "10-03-2016", "-1", "A00001", "Emmen")),
        (uncited(END, "A00001", "2016-03-10"),),
        ("C9",),
    ),
    Case(
        "correctie van een ander",
        add(row("C9", 2, "10-03-2016", "-1", "A00001")),
        (uncited(END, "A00001", "2016-03-10"),),
        ("C9",),
    ),
    Case(
        "correctie op een correctie",
        add(row("C9", 0, "10-03-2016", "-1", "C00000")),
        (uncited(END, "C00000", "2016-03-10"),),
        ("C9",),
    ),
    Case(
        "twee correcties van een afmelding",
        add(row("C9", 0, "02-03-2016", "-1", "A00000")),
        (corrected_twice(3, "A00000"), corrected_twice(END, "A00000")),
        ("C00000", "C9"),
    ),
    Case(
        "geen van de correcties geldt, dus twee keer afgemeld",
        add(row("C9", 0, "02-03-2016", "-1", "A00000"), row("A9", 0, "10-03-2016")),
        (
            twice(2, "A00000", "A9"),
            corrected_twice(3, "A00000"),
            corrected_twice(END, "A00000"),
            twice(END + 1, "A9", "A00000"),
        ),
        ("A00000", "A9", "C00000", "C9"),
    ),
)


@pytest.fixture
def tolerant(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounds so wide that a few refused rows of a small delivery leave the rest to be seen."""
    monkeypatch.setattr(intake, "load_contract", lambda name: replace(load_contract(name), max_refused=0.9))


@pytest.mark.usefixtures("tolerant")
@pytest.mark.parametrize("large", [False, True], ids=["exact", "snel"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_ledger(
    case: Case, large: bool, con: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = largefile.look
    monkeypatch.setattr(largefile, "LARGE_BYTES", 0)
    monkeypatch.setattr(
        "pipeline.core.intake.files.look", lambda path, name: look(path, name) if large and name == LEDGER else None
    )
    rows = {name: lines for name, lines in delivery(PERSONS).items() if name.startswith("coa/")}
    case.change(rows[LEDGER])
    numbers = {line.split(";")[0] for line in rows[LEDGER]}
    assert said(con, lay(tmp_path, rows)) == case.said
    kept = {number for (number,) in con.execute("select afmelding_id from levering.coa_afmeldingen").fetchall()}
    assert numbers - kept == set(case.lost)
