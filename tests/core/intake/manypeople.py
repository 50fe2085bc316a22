"""A delivery of some thousands of persons with doubles in it, to be laid in any order and shape.

Belongs here: rows that are good but for the planted doubles, and writing them. Not here: what must come of them.
Large enough that the doubles stay within the bounds of the contracts.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

import openpyxl

from pipeline.core.house import package_path, reference_path

Row = tuple[str, ...]
Table = tuple[Row, list[Row]]
"""Heads and rows."""

PERSONS = 2400
OVERVIEW = "coa/overzicht_2016-07-01.csv"
GROUNDS = ("werk", "opleiding", "netwerk", "gezin", "medisch", "opvang_nabij", "geen")


def day(first: date, number: int, spread: int = 170) -> date:
    return first + timedelta(days=number * 37 % spread)


def written(value: date) -> str:
    return value.strftime("%d-%m-%Y")


def v_number(number: int) -> str:
    return f"V999{number:07}"


def names() -> list[tuple[str, str]]:
    """(name, code) of the gemeenten that have one name all through."""
    rows = csv.DictReader(io.StringIO(reference_path("aliassen.csv").read_text(encoding="utf-8")))
    always = {(row["alias"], row["gemeentecode"]) for row in rows if row["herkomst"] == "CBS" and not row["geldig_tot"]}
    overview = package_path("sample", "leveringen", "2016-I", *OVERVIEW.split("/")).read_text(encoding="utf-8")
    listed = {row[0] for row in csv.reader(io.StringIO(overview))}
    return sorted((name, code) for name, code in always if name in listed)


def delivery() -> dict[str, Table]:
    """Every file of the delivery but the lists of gemeenten: the name of its extract's file, heads and rows."""
    own = names()
    overview = csv.reader(io.StringIO(package_path("sample", "leveringen", "2016-I", *OVERVIEW.split("/")).read_text()))
    head, *rows = (tuple(row) for row in overview)
    files: dict[str, Table] = {OVERVIEW: (head, rows)}
    files["coa/personen.csv"] = (
        ("V-nummer", "Huishouden", "Geboortejaar", "Nationaliteit", "Categorie", "Datum vergunning", "Instroom opvang",
         "Opvanglocatie", "Gemeente opvang", "Opvangvorm", "Vertrek", "Reden vertrek"),
        [person(number, own) for number in range(PERSONS)],
    )  # fmt: skip
    files["coa/koppelingen.csv"] = (
        ("Koppeling", "V-nummer", "Gemeente", "Datum koppeling", "Einde koppeling", "Reden einde", "Datum aanbod",
         "Weigering", "Datum weigering", "Huurcontract", "Informatieprofiel", "Koppelingsgrond",
         "Arbeidsmarktscreening", "Datum screening", "Reden vertraging"),
        [
            (f"K{number}", v_number(number), own[number % len(own)][0], written(day(date(2016, 1, 1), number)), "", "",
             "", "", "", "", "", GROUNDS[number % 7], "nee", "", "")
            for number in range(PERSONS)
        ],
    )  # fmt: skip
    afmeldingen: list[Row] = [
        (
            f"A{number}",
            v_number(number),
            own[number % len(own)][0],
            written(day(date(2016, 1, 1), number)),
            "1",
            "gva",
            "",
        )
        for number in range(PERSONS)
    ]
    afmeldingen += [
        (f"C{number}", v_number(number), own[number % len(own)][0], "30-06-2016", "-1", "gva", f"A{number}")
        for number in range(0, PERSONS, 100)
    ]
    heads = ("Afmelding", "V-nummer", "Gemeente", "Datum", "Aantal", "Soort", "Corrigeert")
    files["coa/afmeldingen.csv"] = (heads, afmeldingen)
    files["ind/vergunningen.csv"] = (
        ("V-nummer", "Datum besluit", "Besluit", "Categorie"),
        [(v_number(number), written(day(date(2015, 1, 1), number)), "verlening", "asiel") for number in range(PERSONS)],
    )
    files["ind/nareis.csv"] = (
        ("V-nummer", "V-nummer referent", "Datum besluit", "Datum verwachte aankomst", "Datum aankomst"),
        [
            (v_number(5000 + number), v_number(number), written(day(date(2016, 1, 1), number)), "01-09-2016", "")
            for number in range(400)
        ],
    )
    files["provincies/toezicht.csv"] = (
        ("Gemeente", "Datum", "Trede", "Verschoonbaar"),
        [(name, "01-07-2016", str(number % 7), ("ja", "nee")[number % 2]) for number, (name, _) in enumerate(own)],
    )
    files["rijk/taakstelling.csv"] = (
        ("periode", "grootheid", "aantal", "publicatiedatum", "bekend_op", "bron"),
        [(f"20{16 + n // 2}-{'I' * (1 + n % 2)}", "taakstelling", str(20_000 + n), "", f"01-{1 + n:02}-2016", "brief")
         for n in range(12)],
    )  # fmt: skip
    files["rijk/herindeling.csv"] = (
        ("datum", "oude_code", "nieuwe_code", "aandeel_teller", "aandeel_noemer"),
        [
            ("01-01-2018", "GM0140", code, str(share), "10")
            for code, share in (("GM1900", 3), ("GM1949", 5), ("GM0080", 2))
        ],
    )
    files["rijk/herindeling_personen.csv"] = (
        ("V-nummer", "nieuwe_code"),
        [(v_number(number), ("GM1900", "GM1949", "GM0080")[number % 3]) for number in range(300)],
    )
    for name, row in DOUBLES:
        files[name][1].append(row(files[name][1]))
    return files


def person(number: int, own: list[tuple[str, str]]) -> Row:
    permit = written(day(date(2015, 1, 1), number))
    shelter = ("01-10-2014", "azc", own[number % len(own)][0], "azc") if number % 3 else ("", "", "", "")
    return (v_number(number), f"H{number // 3}", str(1950 + number % 50), "Syrische", "asiel", permit, *shelter, "", "")


def same(rows: list[Row]) -> Row:
    """The very same row again."""
    return rows[11]


def other(rows: list[Row]) -> Row:
    """A row with the key of another and something else beside it: which of the two is right, nobody knows."""
    return (*rows[12][:-1], rows[13][-1] or "overig")


def unused(rows: list[Row]) -> Row:
    """A person whom no other file names, twice with another year of birth."""
    extra = (v_number(9000), "H9000", "1980", "", "amv", "01-09-2015", "", "", "", "", "", "")
    rows.append(extra)
    return (*extra[:2], "1981", *extra[3:])


DOUBLES = (
    ("coa/personen.csv", unused),
    ("coa/koppelingen.csv", same),
    ("coa/koppelingen.csv", other),
    ("coa/afmeldingen.csv", same),
    ("ind/vergunningen.csv", same),
    ("ind/nareis.csv", same),
    ("provincies/toezicht.csv", same),
    ("rijk/herindeling_personen.csv", same),
)


def lists() -> dict[str, list[tuple[str, date]]]:
    """Per code of a gemeente the persons it reports as housed, one of them twice."""
    found = {}
    for place, (_, code) in enumerate(names()[:12]):
        numbers = range(place * 10, place * 10 + 10)
        found[code] = [(v_number(number), day(date(2016, 1, 1), number)) for number in numbers]
    first = next(iter(found))
    found[first].append((found[first][0][0], date(2016, 6, 1)))
    return found


def lay(folder: Path, random: Random, more: Mapping[str, Row] | None = None) -> Path:
    """Lay everything in `folder`, with rows, columns, dialects, sheets and names of files as `random` has them; `more`
    are rows that come along, by file.
    """
    for name, (head, rows) in delivery().items():
        extra = [] if more is None or name not in more else [more[name]]
        _lay_csv(folder / name, head, [*rows, *extra], random)
    for code, housed in lists().items():
        stem = random.choice((code, code.lower()))
        random.shuffle(housed)
        cut = random.choice((0, random.randrange(1, len(housed))))
        if random.random() < 0.5:
            rows = [(number, written(value)) for number, value in housed]
            _lay_csv(folder / f"gemeenten/{stem}.csv", ("V-nummer", "Datum huisvesting"), rows, random)
        else:
            _lay_sheets(folder / f"gemeenten/{stem}.xlsx", (housed[:cut], housed[cut:]))
    (folder / "voorbeeld.toml").write_text("gegenereerd = true\n", encoding="utf-8")
    return folder


def _lay_csv(path: Path, head: Row, rows: list[Row], random: Random) -> None:
    places = random.sample(range(len(head)), len(head))
    mixed = random.sample(rows, len(rows))
    text = io.StringIO()
    writer = csv.writer(text, delimiter=random.choice(",;\t"), lineterminator=random.choice(("\n", "\r\n")))
    writer.writerows([[row[place] for place in places] for row in (head, *mixed)])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.getvalue().encode(random.choice(("utf-8", "utf-8-sig", "utf-16"))))


def _lay_sheets(path: Path, sheets: Sequence[list[tuple[str, date]]]) -> None:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for number, rows in enumerate(filter(None, sheets)):
        sheet = book.create_sheet(f"Blad{number}")
        sheet.append(["V-nummer", "Datum huisvesting"])
        for row in rows:
            sheet.append(list(row))
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
