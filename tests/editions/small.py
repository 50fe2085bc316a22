"""A small delivery of 2018-I: 200 invented persons in sixteen municipalities around the real overview of that
half-year, and editions of it without a document.

Belongs here: the rows, writing them as files, and what an edition needs to be compared. Not here: what changes
(changes.py).

Each municipality has the same persons, received and linked there: the first moved in before the half-year, three within
it, four wait without an offer, two with one, two have no koppeling. Two more were linked to Littenseradiel, which was
divided on 1 January 2018.
"""

import csv
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from pathlib import Path

import duckdb

from pipeline.core.config import Instellingen, make_run, store_delivery, store_parameters
from pipeline.core.earlier import load_earlier
from pipeline.core.frozen import freeze_all
from pipeline.core.intake.takein import take_in
from pipeline.core.lineage import sql_hashes
from pipeline.core.manifest import code_identity, package_versions, write_manifest
from pipeline.core.norms import Norm
from pipeline.core.periods import Periode
from pipeline.core.reference import load_reference, reference_files
from pipeline.core.sealed import enclose
from pipeline.core.sqlfiles import models_for
from pipeline.core.storage_key import storage_key
from pipeline.core.vault import unlock
from pipeline.core.warehouse import build_all, prepare
from pipeline.sample.geography import load_geography
from pipeline.sample.tables import tables_until

BEFORE, HALF = Periode(2017, 2), Periode(2018, 1)
GEMEENTEN = {
    "GM0106": "Assen",
    "GM0114": "Emmen",
    "GM0034": "Almere",
    "GM0307": "Amersfoort",
    "GM0202": "Arnhem",
    "GM0193": "Zwolle",
    "GM0855": "Tilburg",
    "GM0758": "Breda",
    "GM0546": "Leiden",
    "GM0513": "Gouda",
    "GM0503": "Delft",
    "GM0983": "Venlo",
    "GM0150": "Deventer",
    "GM0141": "Almelo",
    "GM0794": "Helmond",
    "GM0200": "Apeldoorn",
}
DIVIDED = ("GM0140", {"GM1900": 6, "GM1949": 10, "GM0080": 3})
HEADS = {
    "coa/personen.csv": (
        "V-nummer;Huishouden;Geboortejaar;Nationaliteit;Categorie;Datum vergunning;Instroom opvang;Opvanglocatie;"
        "Gemeente opvang;Opvangvorm;Vertrek;Reden vertrek"
    ),
    "coa/koppelingen.csv": (
        "Koppeling;V-nummer;Gemeente;Datum koppeling;Einde koppeling;Reden einde;Datum aanbod;Weigering;"
        "Datum weigering;Huurcontract;Informatieprofiel;Koppelingsgrond;Arbeidsmarktscreening;Datum screening;"
        "Reden vertraging"
    ),
    "coa/afmeldingen.csv": "Afmelding;V-nummer;Gemeente;Datum;Aantal;Soort;Corrigeert",
    "rijk/herindeling.csv": "datum;oude_code;nieuwe_code;aandeel_teller;aandeel_noemer",
    "rijk/herindeling_personen.csv": "V-nummer;nieuwe_code",
}
Row = dict[str, str]


@dataclass
class Delivery:
    """Rows per file by their own name, and the lines of correcties.toml."""

    files: dict[str, dict[str, Row]] = field(default_factory=lambda: {name: {} for name in HEADS})
    lines: list[str] = field(default_factory=list)

    def add(self, file: str, key: str, *values: object) -> None:
        """One row; a day as it is written, None as an empty cell."""
        names = HEADS[file].split(";")
        self.files[file][key] = dict(zip(names, map(cell, values), strict=True))

    def copy(self) -> "Delivery":
        return deepcopy(self)

    def correct(self, **values: str) -> None:
        """One line of correcties.toml; each value as TOML."""
        fixed = {"reden": '"Gemeld door het COA"', "gemeld_op": "2018-07-12", "status": '"toegezegd"'}
        self.lines.append(
            "\n".join(("[[correctie]]", *(f"{name} = {value}" for name, value in {**values, **fixed}.items())))
        )

    def write(self, folder: Path, periode: Periode = HALF) -> Path:
        """The folder as it is delivered for a half-year."""
        for name, rows in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            text = io.StringIO()
            writer = csv.DictWriter(text, HEADS[name].split(";"), delimiter=";")
            writer.writeheader()
            writer.writerows(rows.values())
            path.write_text(text.getvalue(), encoding="utf-8", newline="")
        (folder / "voorbeeld.toml").write_text("gegenereerd = true\n", encoding="utf-8")
        if self.lines:
            (folder / "correcties.toml").write_text("\n\n".join(self.lines) + "\n", encoding="utf-8")
        return write_overview(folder, periode)


def cell(value: object) -> str:
    """A value as the COA writes it."""
    return "" if value is None else value.strftime("%d-%m-%Y") if isinstance(value, date) else str(value)


def write_overview(folder: Path, periode: Periode) -> Path:
    """The real overview of a half-year, in the folder of a delivery."""
    path = folder / "coa" / f"overzicht_{periode.eind}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(tables_until(periode, load_geography())[periode].csv(1))
    return folder


def number(gemeente: int, person: int) -> str:
    """V-number of a person."""
    return f"V999{gemeente:03d}{person:04d}"


def whole() -> Delivery:
    """The delivery that nothing happened to."""
    made = Delivery()
    for place, (_, name) in enumerate(GEMEENTEN.items()):
        for person in range(12):
            _person(made, place, person, name)
    for person, part in ((0, "GM1900"), (1, "GM1949")):
        _person(made, 900, person, "Littenseradiel", linked=date(2017, 11, 6), received="Leeuwarden")
        made.add("rijk/herindeling_personen.csv", str(person), number(900, person), part)
    for code, share in DIVIDED[1].items():
        made.add("rijk/herindeling.csv", code, "2018-01-01", DIVIDED[0], code, share, sum(DIVIDED[1].values()))
    return made


def _person(
    made: Delivery, place: int, person: int, name: str, *, linked: date | None = None, received: str | None = None
) -> None:
    """Of the twelve: 0 housed before, 1 to 3 housed within, 4 to 7 without an offer, 8 and 9 with one, 10 and 11 not
    linked.
    """
    v, key = number(place, person), f"{place:03d}{person:02d}"
    housed = None
    if linked is None:
        housed = {0: date(2017, 12, 12), **{p: date(2018, 2, 1) + timedelta(40 * p) for p in (1, 2, 3)}}.get(person)
        linked = None if person > 9 else date(2017, 9, 1) if person < 4 else date(2018, 1, 8) + timedelta(15 * person)
    made.add(
        "coa/personen.csv", key, v, f"H{key}", 1980 + person, "Syrische", "asiel", date(2017, 8, 1), date(2017, 5, 1),
        f"azc {received or name}", received or name, "azc", housed, "gehuisvest" if housed else None,
    )  # fmt: skip
    if linked:
        offer = date(2018, 6, 20) if person in (8, 9) else None
        made.add(
            "coa/koppelingen.csv", key, f"K{key}", v, name, linked, housed, "gehuisvest" if housed else None,
            offer, None, None, None, None, "geen", "nee", None, None,
        )  # fmt: skip
    if housed:
        made.add("coa/afmeldingen.csv", key, f"A{key}", v, name, housed, 1, "regulier", None)


@contextmanager
def warehouse(
    delivery: Path, periode: Periode, output: Path, *, midden: int = 75, norms: tuple[Norm, ...] = ()
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A warehouse with the inputs of a run; nothing built yet."""
    with duckdb.connect() as con:
        con.execute("set threads = 1")
        if storage_key() is not None:
            unlock(con)
        prepare(con)
        settings = Instellingen(data=output, output=output, klasse_midden_procent=midden, normen=norms)
        run = make_run(settings, periode, str(delivery))
        store_parameters(con, run)
        load_reference(con)
        load_earlier(con, output, periode)
        # An edition is made in either, after the tables.
        enclose(con, delivery.parent, output)
        result = take_in(con, str(delivery), periode, output, run.briefdatum)
        store_delivery(con, voorbeeld=result.voorbeeld)
        yield con


def make_edition(con: duckdb.DuckDBPyConnection, folder: Path, *, macros: str | None = None) -> Path:
    """Sources, register, definitions and manifest of an edition; `macros`: the hash of those that made it."""
    build_all(con, models_for("report.cijfers", "report.tabel_nagekomen", "metrics.boekhouding_per_halfjaar"))
    (folder / "tabellen").mkdir(parents=True)
    freeze_all(con, folder)
    con.execute(f"copy (select * exclude (definitie) from report.cijfers) to '{folder}/cijfers.csv' (header)")
    con.execute(f"copy report.definities to '{folder}/tabellen/definities.csv' (header)")
    con.execute(f"copy (from metrics.taakstelling) to '{folder}/tabellen/gemeenten.csv' (header)")
    con.execute(
        f"copy (from metrics.boekhouding_per_halfjaar) to '{folder}/tabellen/boekhouding_per_halfjaar.csv' (header)"
    )
    sql = sql_hashes()
    write_manifest(
        folder,
        {
            "editie": int(folder.name),
            "besluit": {"aanvaard": {}, "gepubliceerd": True, "uit_editie": None},
            "controles": [],
            "code": asdict(code_identity()),
            "pakketten": package_versions(),
            "referentie": [{"naam": file.naam, "sha256": file.sha256} for file in reference_files()],
            "sql": {**sql, "macros": macros or sql["macros"]},
        },
    )
    return folder


def place(output: Path, periode: Periode, nummer: int) -> Path:
    """Where an edition stands."""
    return output / str(periode) / "edities" / str(nummer)


def publish(output: Path, periode: Periode, nummer: int) -> None:
    """Name the edition that counts."""
    (output / str(periode) / "gepubliceerd.json").write_text(json.dumps({"editie": nummer}), encoding="utf-8")
