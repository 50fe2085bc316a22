"""A small delivery with persons, to spoil, shuffle and extend.

Belongs here: what several tests of intake share. Not here: the cases. The V-numbers are of the range of generated
deliveries, and the mark of such a delivery is on it.
"""

from pathlib import Path

import duckdb

from pipeline.core.house import package_path
from pipeline.core.intake.findings import LeveringGeweigerd
from pipeline.core.intake.intake import EXTRACTS, read_levering
from pipeline.core.periods import Periode

HALF = Periode(2016, 1)
OVERVIEW = package_path("sample", "leveringen", "2016-I", "coa", "overzicht_2016-07-01.csv")
HEADS = {
    "coa/personen.csv": "V-nummer;Huishouden;Geboortejaar;Nationaliteit;Categorie;Datum vergunning;Instroom opvang;"
    "Opvanglocatie;Gemeente opvang;Opvangvorm;Vertrek;Reden vertrek",
    "coa/koppelingen.csv": "Koppeling;V-nummer;Gemeente;Datum koppeling;Einde koppeling;Reden einde;Datum aanbod;"
    "Weigering;Datum weigering;Huurcontract;Informatieprofiel;Koppelingsgrond;Arbeidsmarktscreening;Datum screening;"
    "Reden vertraging",
    "coa/afmeldingen.csv": "Afmelding;V-nummer;Gemeente;Datum;Aantal;Soort;Corrigeert",
    "ind/vergunningen.csv": "v_nummer;datum_besluit;besluit;categorie",
    "ind/nareis.csv": "v_nummer;v_nummer_referent;datum_besluit;datum_verwachte_aankomst;datum_aankomst",
    "gemeenten/GM0106.csv": "V-nummer;Datum huisvesting;Datum BRP;Soort woning",
    "gemeenten/GM0114.csv": "Vnummer;Datum gehuisvest;BRP-datum;Woonvorm",
}
Delivery = dict[str, list[str]]
"""Per file the rows below its head."""


def v_number(person: int) -> str:
    return f"V999{person:07d}"


def delivery(persons: int = 30) -> Delivery:
    """Everybody has a permit, a koppeling and an afmelding in Assen; every fifth afmelding is taken back."""
    rows: Delivery = {name: [] for name in HEADS}
    for number in range(persons):
        v = v_number(number)
        rows["coa/personen.csv"].append(
            f"{v};H{number:05d};1980;Syrische;asiel;01-10-2015;01-06-2015;azc Emmen;Emmen;azc;10-02-2016;gehuisvest"
        )
        rows["coa/koppelingen.csv"].append(
            f"K{number:05d};{v};Assen;01-11-2015;10-02-2016;gehuisvest;20-01-2016;;;01-02-2016;02-11-2015;werk;nee;;"
        )
        rows["coa/afmeldingen.csv"].append(f"A{number:05d};{v};Assen;10-02-2016;1;regulier;")
        if number % 5 == 0:
            rows["coa/afmeldingen.csv"].append(f"C{number:05d};{v};Assen;01-03-2016;-1;regulier;A{number:05d}")
        rows["ind/vergunningen.csv"].append(f"{v};2015-10-01;verlening;asiel")
        rows["gemeenten/GM0106.csv"].append(f"{v};10-02-2016;12-02-2016;kamer")
    rows["ind/nareis.csv"].append(f"{v_number(900)};{v_number(0)};2016-01-05;2016-08-01;")
    rows["gemeenten/GM0114.csv"].append(f"{v_number(901)};1 juni 2016;;huur corporatie")
    return rows


def lay(folder: Path, rows: Delivery, *, mark: bool = True) -> Path:
    """The delivery as files, with the real overview."""
    texts = {name: "\r\n".join([HEADS[name], *lines]) + "\r\n" for name, lines in rows.items()}
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    (folder / "coa" / OVERVIEW.name).write_bytes(OVERVIEW.read_bytes())
    if mark:
        (folder / "voorbeeld.toml").write_text("gegenereerd = true\n", encoding="utf-8")
    return folder


def said(con: duckdb.DuckDBPyConnection, folder: Path) -> tuple[str, ...]:
    """All that intake finds, refused or not."""
    try:
        return tuple(finding.zin for finding in read_levering(con, folder, HALF).bevindingen)
    except LeveringGeweigerd as refusal:
        return tuple(finding.zin for finding in refusal.bevindingen)


def tables(con: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[object, ...]]]:
    """All tables of `levering` that there are."""
    names = con.execute("select table_name from information_schema.tables where table_schema = 'levering'").fetchall()
    found = {name for (name,) in names}
    return {
        name: con.execute(f"select * from levering.{name} order by all").fetchall()
        for name in EXTRACTS
        if name in found
    }
