"""Files whose shape is wrong or strange: heads, columns, delimiters, quotes, ragged lines, titles and totals."""

from pathlib import Path

import duckdb
import pytest

from tests.hostile.support import SAMPLE, Case, Rows, as_csv, clean_rows, lay, read, said

HEADS = clean_rows()[0]
HERE = "Voeg de kolom toe of geef haar deze kop."
MISSING = (
    "staat op geen enkele leesbare regel. Voeg de rij van deze gemeente toe of verbeter de regel waarop zij staat."
)
ASSEN_MISSING = said(f"gemeente 'Assen' (GM0106) van 2016 {MISSING}", column="gemeente")
RAGGED = "Verwijder of herstel de regel; een komma in een tekst hoort tussen aanhalingstekens."
BROKEN = "Herstel deze regel in het bestand."
OPEN = 'een aanhalingsteken (") gaat hier open en niet meer dicht.'
EXPECTED_HEADS = (
    "'gemeente', 'provincie', 'stand op 01/01/2016', 'taakstelling 1e helft 2016', "
    "'taakstelling 1e helft 2016 inclusief voor/achter', 'realisatie januari 2016', 'realisatie februari 2016', "
    "'realisatie maart 2016', 'realisatie april 2016', 'realisatie mei 2016', 'realisatie juni 2016', "
    "'realisatie tot 1 juli 2016', 'achter/voor realisatie tot 1 juli 2016'"
)
OTHER_HEADS = [
    "Gemeentenaam",
    "Naam provincie",
    "Saldo op 1 januari 2016",
    "Taakstelling eerste halfjaar 2016",
    "Gecorrigeerde taakstelling 1ste helft 2016",
    "Realisatie jan 2016",
    "Realisatie feb. 2016",
    "Realisatie mrt 2016",
    "Realisatie apr. 2016",
    "Realisatie mei 2016",
    "Realisatie jun 2016",
    "Totale realisatie tot 1-7-2016",
    "Voor/achter realisatie tot 2016-07-01",
    "Achterstand realisatie tot juli 2016",
    "Voorsprong tot 01/07/2016",
]
NO_HEADS = said(
    f"in de eerste 25 regels staan geen herkenbare kolomkoppen; verwacht zijn {EXPECTED_HEADS}. "
    "Controleer of dit het juiste bestand is en zet de kolomkoppen boven de tabel."
)


def lines() -> list[str]:
    return SAMPLE.read_text(encoding="utf-8").splitlines()


def joined(changed: list[str]) -> str:
    return "\n".join(changed) + "\n"


def with_line(number: int, line: str) -> str:
    """The overview with physical line `number` replaced."""
    changed = lines()
    changed[number - 1] = line
    return joined(changed)


def without_column(place: int) -> str:
    return as_csv([[cell for number, cell in enumerate(row) if number != place] for row in clean_rows()])


def with_column(head: str, value: str, place: int = 15) -> str:
    rows = clean_rows()
    return as_csv([[*row[:place], value if number else head, *row[place:]] for number, row in enumerate(rows)])


def turned(rows: Rows) -> Rows:
    """Columns in the opposite order: reading by place would give other numbers."""
    return [row[::-1] for row in rows]


def swapped_months() -> str:
    """January and February have changed places, heads and all: every row still adds up by place."""
    return as_csv([[*row[:5], row[6], row[5], *row[7:]] for row in clean_rows()])


def with_total(changes: dict[int, str] | None = None, label: str = "Totaal") -> str:
    rows = clean_rows()
    total = [label, ""] + [str(sum(int(row[place] or 0) for row in rows[1:])) for place in range(2, 15)]
    for place, value in (changes or {}).items():
        total[place] = value
    return as_csv([*rows, total])


REFUSED = (
    Case(
        "alleen kolomkoppen",
        lambda: lines()[0],
        refused=(
            said(
                "het bestand heeft 0 rijen; verwacht 300 tot en met 403. "
                "Nederland had 403 gemeenten in 2014 en 342 in 2025. Lever het volledige overzicht aan."
            ),
        ),
    ),
    Case("zonder kolomkoppen", lambda: joined(lines()[1:]), refused=(NO_HEADS,)),
    Case("kolomkoppen na 25 titelregels", lambda: "titel\n" * 25 + joined(lines()), refused=(NO_HEADS,)),
    Case("een ander bestand", lambda: "naam,datum\nAssen,2016\n", refused=(NO_HEADS,)),
    Case("json", lambda: '[{"gemeente": "Assen", "taakstelling": 79}]', refused=(NO_HEADS,)),
    Case(
        "kolom ontbreekt",
        lambda: without_column(7),
        refused=(said(f"deze kolom ontbreekt. {HERE}", 1, "realisatie maart 2016"),),
    ),
    Case(
        "twee kolommen ontbreken en een kop is anders",
        lambda: without_column(14).replace("stand op 01/01/2016", "stand", 1),
        refused=(
            said(f"deze kolom ontbreekt. Niet herkend: 'stand'. {HERE}", 1, "stand op 01/01/2016"),
            said(f"deze kolom ontbreekt. Niet herkend: 'stand'. {HERE}", 1, "voorsprong realisatie tot 1 juli 2016"),
        ),
    ),
    Case(
        "kolom twee keer",
        lambda: with_column("Taakstelling 1e helft 2016", "7"),
        refused=(
            said(
                "deze kolom staat er twee keer in (nu als kolom 16), dus het is niet zeker welke geldt. "
                "Verwijder een van de twee.",
                1,
                "Taakstelling 1e helft 2016",
            ),
        ),
    ),
    Case(
        "aanhalingsteken niet gesloten",
        lambda: with_line(3, '"' + lines()[2]),
        refused=(ASSEN_MISSING, said(f"{OPEN} {BROKEN}", 3)),
    ),
    Case(
        "twee keer niet gesloten: de rijen ertussen blijven over",
        lambda: joined(['"' + line if number in (3, 200) else line for number, line in enumerate(lines(), start=1)]),
        refused=(
            ASSEN_MISSING,
            said(f"gemeente 'Rucphen' (GM0840) van 2016 {MISSING}", column="gemeente"),
            said(f"{OPEN} {BROKEN}", 3),
            said(f"{OPEN} {BROKEN}", 200),
        ),
    ),
    Case(
        "open aan het eind van een regel en weer dicht aan het eind van de volgende",
        lambda: joined([line + '"' if number in (3, 4) else line for number, line in enumerate(lines(), start=1)]),
        refused=(
            ASSEN_MISSING,
            said(f"gemeente 'Borger-Odoorn' (GM1681) van 2016 {MISSING}", column="gemeente"),
            said(f"{OPEN} {BROKEN}", 3),
            said(f"{OPEN} {BROKEN}", 4),
        ),
    ),
    Case(
        "aanhalingsteken midden in een cel",
        lambda: with_line(3, lines()[2].replace("Assen", 'As"sen')),
        refused=(ASSEN_MISSING, said(f'hier staat een aanhalingsteken (") midden in een cel. {BROKEN}', 3)),
    ),
    Case(
        "een cel te veel",
        lambda: with_line(3, lines()[2].replace("Assen", "Assen,stad")),
        refused=(ASSEN_MISSING, said(f"deze regel heeft 16 cellen, maar er zijn 15 kolomkoppen. {RAGGED}", 3)),
    ),
    Case(
        "een cel te weinig",
        lambda: with_line(3, lines()[2].removesuffix(",")),
        refused=(ASSEN_MISSING, said(f"deze regel heeft 14 cellen, maar er zijn 15 kolomkoppen. {RAGGED}", 3)),
    ),
    Case(
        "halverwege afgebroken",
        lambda: joined(lines()).removesuffix(",32,11,11,\n"),
        refused=(
            said(f"gemeente 'Zwijndrecht' (GM0642) van 2016 {MISSING}", column="gemeente"),
            said(f"deze regel heeft 11 cellen, maar er zijn 15 kolomkoppen. {RAGGED}", 391),
        ),
    ),
    Case(
        "rijen met een ander scheidingsteken dan de koppen",
        lambda: with_line(3, lines()[2].replace(",", ";")),
        refused=(ASSEN_MISSING, said(f"deze regel heeft 1 cel, maar er zijn 15 kolomkoppen. {RAGGED}", 3)),
    ),
    Case(
        "bronvermelding onder de tabel",
        lambda: joined([*lines(), "Bron: COA" + "," * 14]),
        refused=(
            said(
                "op deze regel is maar één cel gevuld ('Bron: COA'), dus dit is geen rij van de tabel. "
                "Verwijder de regel of vul de andere cellen.",
                392,
            ),
        ),
    ),
    Case(
        "regelnummer klopt na een regeleinde in een cel",
        lambda: (
            joined(lines())
            .replace("Aa en Hunze", '"Aa en\nHunze"')
            .replace("Coevorden,Provincie Drenthe,15", "Coevorden,Provincie Drenthe,x")
        ),
        refused=(said("'x' is geen geheel getal. Vul een geheel getal in, zoals 12, -21 of 1.015.", 6, HEADS[2]),),
    ),
    Case(
        "totaal klopt niet",
        lambda: with_total({3: "20000"}),
        refused=(
            said(
                "de rijen tellen op tot 19998, maar in de totaalregel staat '20000'. "
                "Controleer of er een rij ontbreekt, dubbel staat of is gewijzigd.",
                392,
                HEADS[3],
            ),
        ),
    ),
    Case(
        "een totaal van één provincie is geen totaal van het land",
        lambda: joined([*lines(), "Totaal,Provincie Drenthe,1,2,3,0,0,0,0,0,0,0,3,3,"]),
        refused=(said("'Totaal' is geen gemeente van 2016. Verbeter de naam in het bestand.", 392, "gemeente"),),
    ),
    Case(
        "tekst in de totaalregel",
        lambda: with_total({3: "ca. 20000"}),
        refused=(
            said("'ca. 20000' is geen geheel getal. Vul een geheel getal in, zoals 12, -21 of 1.015.", 392, HEADS[3]),
        ),
    ),
    Case(
        "een totaal wordt niet vergeleken als er een rij is geweigerd",
        lambda: with_total().replace("\nAssen,Provincie Drenthe,13", "\nAssen,Provincie Drenthe,13,13"),
        refused=(ASSEN_MISSING, said(f"deze regel heeft 16 cellen, maar er zijn 15 kolomkoppen. {RAGGED}", 3)),
    ),
)

TOTAL_RIGHT = said("deze totaalregel klopt met de som van de 390 rijen en telt niet mee als rij.", 392)
ACCEPTED = (
    Case("kolommen in omgekeerde volgorde", lambda: as_csv(turned(clean_rows()))),
    Case("januari en februari verwisseld", swapped_months),
    Case("rijen in omgekeerde volgorde", lambda: as_csv([clean_rows()[0], *clean_rows()[:0:-1]])),
    Case(
        "kolom te veel",
        lambda: with_column("opmerking", "ja; nee, 12", 3),
        said=(
            said(
                "deze kolom (kolom 4) staat niet in het contract en is niet gelezen. Controleer of zij kan vervallen.",
                1,
                "opmerking",
            ),
        ),
    ),
    Case("lege kolom zonder kop", lambda: with_column("", "")),
    Case(
        "gevulde kolom zonder kop",
        lambda: with_column("", "7"),
        said=(
            said(
                "kolom 16 heeft geen kolomkop maar hier wel een inhoud; de kolom is niet gelezen. "
                "Controleer of de rij niet is verschoven.",
                2,
            ),
        ),
    ),
    Case(
        "titelregels boven de koppen",
        lambda: "Overzicht huisvesting,,\n\nStand, per 1 juli 2016 (COA)\n" + joined(lines()),
        said=(said("de regels 1 tot en met 3 boven de kolomkoppen zijn als titel gelezen."),),
    ),
    Case(
        "titel met een los aanhalingsteken, koppen op regel 25",
        lambda: '"Overzicht\n' + "\n" * 23 + joined(lines()),
        said=(said("regel 1 boven de kolomkoppen is als titel gelezen."),),
    ),
    Case(
        "koppen in hoofdletters, met spaties en regeleinden",
        lambda: as_csv([[odd(head) for head in HEADS], *clean_rows()[1:]]),
    ),
    Case("andere namen voor dezelfde kolommen", lambda: as_csv([OTHER_HEADS, *clean_rows()[1:]])),
    Case("lege regels onderaan", lambda: joined(lines()) + "\n\n  \n"),
    Case(
        "lege regels tussendoor en regels met alleen komma's",
        lambda: "\n,,,,,,,,,,,,,,\n\n".join(lines()) + "\n" + "," * 14 + "\n",
    ),
    Case("regeleinde in een cel", lambda: joined(lines()).replace("Aa en Hunze", '"Aa en\nHunze"')),
    Case(
        "regeleinde (CRLF) in een cel",
        lambda: joined(lines()).replace("Aa en Hunze", '"Aa en\nHunze"').replace("\n", "\r\n"),
    ),
    Case(
        "kolomkoppen herhaald op elke bladzijde",
        lambda: joined([*lines()[:100], lines()[0], *lines()[100:200], lines()[0], *lines()[200:]]),
        said=tuple(said("deze regel herhaalt de kolomkoppen en telt niet mee als rij.", line) for line in (101, 202)),
    ),
    Case("totaalregel klopt", with_total, said=(TOTAL_RIGHT,)),
    Case(
        "totaalregel met duizendpunten en lege cellen",
        lambda: with_total({3: "19.998", 4: "23.372", 13: "", 14: ""}),
        said=(TOTAL_RIGHT,),
    ),
    Case("totaalregel met een andere naam", lambda: with_total(label=" TOTAAL  Nederland "), said=(TOTAL_RIGHT,)),
)


def odd(head: str) -> str:
    return f"\u00a0 {head.upper().replace(' ', chr(10), 1)} "


@pytest.mark.parametrize("case", [*REFUSED, *ACCEPTED], ids=lambda case: case.name)
def test_structure(case: Case, con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    case.check(con, tmp_path)


def test_a_dropped_total_and_blank_lines_are_in_no_count(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    outcome = read(con, lay(tmp_path, with_total() + "\n\n"))
    assert outcome.result is not None
    (file,) = outcome.result.bestanden
    assert (file.regels, file.rijen_behouden, file.rijen_geweigerd) == (394, 390, 0)
