"""Peer (a): the script that an analyst would write for this one half-year: pandas, openpyxl, Jinja2 and WeasyPrint.

Belongs here: reading the very delivery that the pipeline reads, and a plain document of the same tables. Not here: the
tables (frames_pandas.py). It refuses the rows that intake refuses, without saying so to anyone; no chart, no register,
no manifest. ODS is read by calamine, as pandas offers it: by odfpy it takes a hundred times as long. Run:
`python -m tests.bench.peers.analyst DELIVERY REFERENCE OUT [--zonder-pdf]`; it prints its seconds as JSON.
"""

import csv
import io
import json
import re
import sys
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import jinja2
import openpyxl
import pandas as pd
from weasyprint import HTML

from tests.bench.peers.frames_pandas import Frames, make
from tests.bench.peers.outputs import BEGIN, save, tabel

Row = list[Any]

_NUMBER = {"v-nummer", "vnummer", "v-nr.", "v nummer", "vreemdelingnummer"}
_DAY = {"datum huisvesting", "huisvestingsdatum", "datum gehuisvest", "gehuisvest op", "datum verhuizing"}
_V_NUMMER = re.compile(r"V\d{10}$")
_MAANDEN = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
            "november", "december")  # fmt: skip
_EPOCH = date(1899, 12, 30)
_HEAD_WITHIN = 25
_TEMPLATE = """<!doctype html>
<html lang="nl"><head><meta charset="utf-8"><title>Voortgangsrapportage {{ periode }}</title>
<style>
@page { size: A4 landscape; margin: 15mm; @bottom-right { content: counter(page); font-size: 8pt } }
body { font: 8pt sans-serif } table { border-collapse: collapse; table-layout: fixed; width: 100%; margin-bottom: 8mm }
th, td { border-bottom: 0.3pt solid #999; padding: 0.6mm 1mm; text-align: left } th { vertical-align: bottom }
h1 { font-size: 18pt } h2 { font-size: 12pt }
</style></head><body>
<h1>Voortgangsrapportage huisvesting vergunninghouders {{ periode }}</h1>
{% for naam, tabel in tabellen.items() %}
<h2>{{ naam.removeprefix("tabel_").replace("_", " ") }}</h2>
<table><thead><tr>{% for kolom in tabel.columns %}<th>{{ kolom.replace("_", " ") }}</th>{% endfor %}</tr></thead>
<tbody>{% for rij in tabel.itertuples(index=False) %}<tr>{% for cel in rij %}<td>{{ cel | cel }}</td>{% endfor %}</tr>
{% endfor %}</tbody></table>
{% endfor %}
</body></html>
"""


def read_delivery(delivery: Path, reference: Path) -> Frames:
    """The extracts as frames; names of municipalities become codes, V-numbers numbers."""
    codes = _codes(reference)
    personen = _coa(delivery / "coa" / "personen.csv", "Gemeente opvang", codes).rename(
        columns={
            "Categorie": "categorie",
            "Gemeente opvang": "opvanggemeentecode",
            "Datum vergunning": "datum_vergunning",
            "Instroom opvang": "datum_instroom_opvang",
            "Vertrek": "vertrek_datum",
            "Reden vertrek": "vertrek_reden",
        }
    )
    koppelingen = _coa(delivery / "coa" / "koppelingen.csv", "Gemeente", codes).rename(
        columns={
            "Koppeling": "koppeling_id",
            "Gemeente": "gemeentecode",
            "Datum koppeling": "datum_koppeling",
            "Einde koppeling": "datum_einde",
            "Reden einde": "reden_einde",
            "Datum aanbod": "datum_aanbod",
            "Weigering": "weigering",
            "Datum weigering": "datum_weigering",
            "Huurcontract": "datum_huurcontract",
            "Koppelingsgrond": "koppelingsgrond",
            "Arbeidsmarktscreening": "arbeidsmarktscreening",
        }
    )
    afmeldingen = _coa(delivery / "coa" / "afmeldingen.csv", "Gemeente", codes).rename(
        columns={
            "Afmelding": "afmelding_id",
            "Gemeente": "gemeentecode",
            "Datum": "datum",
            "Aantal": "aantal",
            "Corrigeert": "corrigeert",
        }
    )
    overzicht = pd.read_csv(next((delivery / "coa").glob("overzicht_*.csv")))
    half = "1e" if BEGIN.month == 1 else "2e"
    overzicht = pd.DataFrame(
        {
            "gemeentecode": overzicht["gemeente"].map(codes),
            "saldo_begin": overzicht[f"stand op {BEGIN:%d/%m/%Y}"],
            "taakstelling": overzicht[f"taakstelling {half} helft {BEGIN.year}"],
        }
    )
    files = sorted((delivery / "gemeenten").iterdir())
    meldingen = pd.concat([_municipal(path) for path in files], ignore_index=True)
    return Frames(
        personen,
        koppelingen,
        afmeldingen,
        meldingen,
        pd.Series([path.stem for path in files]),
        overzicht,
        _gemeenten(reference),
        pd.read_csv(reference / "herindelingen.csv", parse_dates=["datum"]),
    )


def _codes(reference: Path) -> dict[str, str]:
    """The code of each name; of a name that two municipalities had after each other that of this year, in which the
    first went up.
    """
    found: dict[str, str] = {}
    today = set(_gemeenten(reference)["gemeentecode"])
    for file, name in (("gemeenten.csv", "gemeente"), ("aliassen.csv", "alias")):
        frame = pd.read_csv(reference / file, dtype=str)
        if "jaar" in frame:
            frame = frame[frame["jaar"].astype(int).between(BEGIN.year - 2, BEGIN.year)]
        for row in frame.itertuples():
            if row.gemeentecode in today or getattr(row, name) not in found:
                found[getattr(row, name)] = row.gemeentecode
    return found


def _gemeenten(reference: Path) -> pd.DataFrame:
    frames = [pd.read_csv(reference / f"{name}.csv") for name in ("gemeenten", "inwoners", "arbeidsmarktregios")]
    first, *others = (frame[frame["jaar"] == BEGIN.year] for frame in frames)
    for other in others:
        first = first.merge(other, on=["jaar", "gemeentecode"], how="left")
    return first


def _coa(path: Path, gemeente: str, codes: dict[str, str]) -> pd.DataFrame:
    """A file of the COA: days as 31-12-2015, words as categories, persons and households as numbers."""
    frame = pd.read_csv(path, sep=";", dtype=str, keep_default_na=False, na_values=[""])
    frame["s"] = frame.pop("V-nummer").str[1:].astype("int64")
    if "Huishouden" in frame:
        frame["h"] = frame.pop("Huishouden").str[1:].astype("int64")
    if "Aantal" in frame:
        frame["Aantal"] = frame["Aantal"].astype(int)
    frame[gemeente] = frame[gemeente].map(codes).astype("category")
    for name in frame.columns:
        lower = name.lower()
        if "datum" in lower or lower in ("einde koppeling", "huurcontract", "vertrek", "instroom opvang"):
            frame[name] = pd.to_datetime(frame[name], format="%d-%m-%Y")
        elif lower.startswith(("categorie", "reden", "weigering", "koppelingsgrond", "arbeidsmarkt")):
            frame[name] = frame[name].astype("category")
    return frame


def _municipal(path: Path) -> pd.DataFrame:
    """The list of one municipality, whatever its shape; rows without a number or a day, and doubles, are dropped."""
    rows: list[tuple[str, Any]] = []
    for sheet in _sheets(path):
        heads = ((place, found) for place, row in enumerate(sheet[:_HEAD_WITHIN]) if (found := _heads(row)))
        for place, (number, day) in islice(heads, 1):
            lines = (row for row in sheet[place + 1 :] if len(row) > max(number, day))
            rows += [(str(row[number]).strip(), row[day]) for row in lines]
    frame = pd.DataFrame([(int(v[1:]), _day(cell)) for v, cell in rows if _V_NUMMER.match(v)], columns=["s", "datum"])
    frame = frame[frame["datum"].notna()].drop_duplicates("s", keep=False)
    return frame.assign(gemeentecode=path.stem, datum=pd.to_datetime(frame["datum"]))


def _heads(row: Row) -> tuple[int, int] | None:
    """Where the V-number and the day of housing stand, when this row holds the heads."""
    words = [str(cell).strip().lower() for cell in row]
    number = next((place for place, word in enumerate(words) if word in _NUMBER), None)
    day = next((place for place, word in enumerate(words) if word in _DAY), None)
    return None if number is None or day is None else (number, day)


def _sheets(path: Path) -> Iterator[list[Row]]:
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        for sheet in book.worksheets:
            yield [list(row) for row in sheet.iter_rows(values_only=True)]
        book.close()
    elif path.suffix == ".ods":
        for frame in pd.read_excel(path, sheet_name=None, header=None, engine="calamine").values():
            yield frame.to_numpy(object).tolist()
    else:
        text = _text(path.read_bytes())
        lines = text.splitlines()
        sign = max(";,\t", key=max(lines[:_HEAD_WITHIN], key=len).count)
        yield list(csv.reader(io.StringIO(text), delimiter=sign))


def _text(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def _day(cell: Any) -> date | None:
    """A day in any of the notations of the municipalities; None when it is none."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float):
        return _EPOCH + timedelta(days=int(cell)) if cell == cell else None
    parts = re.split(r"[-/ ]", str(cell).strip().lower())
    try:
        first, second, third = parts
        if len(first) == len("2016"):
            return date(int(first), int(second), int(third))
        month = _MAANDEN.index(second) + 1 if second in _MAANDEN else int(second)
        return date(int(third), month, int(first))
    except ValueError:
        return None


def _cel(value: Any) -> str:
    """A cell of the document: a decimal comma, nothing where there is nothing."""
    if value is None or value != value:
        return ""
    if isinstance(value, float):
        return f"{value:.0f}" if value == int(value) else f"{value:.1f}".replace(".", ",")
    return str(value)


def main() -> None:
    """Read, calculate, typeset; the seconds of each."""
    delivery, reference, out = (Path(argument) for argument in sys.argv[1:4])
    clock = [time.perf_counter()]
    frames = read_delivery(delivery, reference)
    clock.append(time.perf_counter())
    tables = make(frames)
    clock.append(time.perf_counter())
    environment = jinja2.Environment(autoescape=True)
    environment.filters["cel"] = _cel
    html = environment.from_string(_TEMPLATE).render(periode=f"{BEGIN.year}-I", tabellen=tables)
    (out / "rapport.html").write_text(html, encoding="utf-8")
    for name, table in tables.items():
        table.to_csv(out / f"{name}.csv", index=False)
    clock.append(time.perf_counter())
    if "--zonder-pdf" not in sys.argv:
        HTML(string=html).write_pdf(out / "rapport.pdf")
    clock.append(time.perf_counter())
    save({name: tabel(name, list(table.columns), table.to_numpy(object)) for name, table in tables.items()},
         out / "tabellen.json")  # fmt: skip
    names = ("lezen", "tabellen", "html", "zetten")
    print(json.dumps({name: end - start for name, start, end in zip(names, clock, clock[1:], strict=False)}))


if __name__ == "__main__":
    main()
