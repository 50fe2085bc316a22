"""Earlier half-years, read from their *published* edition only: what a reader holds is what the next report builds
upon.

Belongs here: filling the schema `eerder`. Not here: what the SQL does with it, such as carrying it to the
municipalities of the reporting date. To read another table of an edition, add a line to `_TABLES`.
"""

# Names of tables and columns are those of _TABLES; values are parameters.
# ruff: noqa: S608

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipeline.core.destroyed import destruction_of
from pipeline.core.edition_store import PUBLISHED, noted_publications
from pipeline.core.errors import GebruiksFout, VoortgangFout
from pipeline.core.intake.sqltext import file_literal
from pipeline.core.manifest import MANIFEST
from pipeline.core.periods import Periode
from pipeline.core.vault import Kluis, opened, place_of, rows_of, said_of


class EerdereEditieFout(VoortgangFout):
    """The published edition of an earlier half-year is named but cannot be read, or is not what was published."""


@dataclass(frozen=True)
class Gelezen:
    """One file of a published edition that this run builds upon."""

    periode: str
    editie: int
    bestand: str
    sha256: str


@dataclass(frozen=True)
class _Table:
    """`eerder.<name>`: the `columns` ("name type, ...") that are taken from `file` of an edition, below the column
    `periode`; of the half-year before, or of every earlier one. A file that is not `required` may be missing from
    editions of before it existed, and from one whose sources were destroyed.
    """

    name: str
    file: str
    columns: tuple[str, ...]
    every: bool = False
    required: bool = True
    where: str = "true"

    @property
    def names(self) -> str:
        """The columns without their types."""
        return ", ".join(column.split()[0] for column in self.columns)


_LEDGER = "bronnen/coa_afmeldingen.parquet"
# The country has all its figures; a municipality those of which the report shows a trend.
_TREND = "gebied = 'NL' or cijfer_id in ('taakstelling.netto', 'realisatie.totaal', 'saldo.eind')"
_TABLES = (
    _Table("eindsaldo", "tabellen/gemeenten.csv", ("gemeentecode varchar", "eindsaldo bigint")),
    _Table(
        "boekhouding_per_halfjaar",
        "tabellen/boekhouding_per_halfjaar.csv",
        ("gemeentecode varchar", "halfjaar varchar", "volgorde integer", "open_personen bigint", "voorsprong bigint"),
    ),
    _Table(
        "toezicht",
        "tabellen/toezicht.csv",
        ("gemeentecode varchar", "halfjaren_achter bigint", "ondergrens boolean"),
        required=False,
    ),
    _Table(
        "cijfers",
        "cijfers.csv",
        ("cijfer_id varchar", "gebied varchar", "waarde decimal(18, 4)"),
        every=True,
        where=f"(gebied = 'NL' or gebied like 'GM%') and ({_TREND})",
    ),
    _Table(
        "grootboek",
        _LEDGER,
        ("afmelding_id varchar", "gemeentecode varchar", "datum date", "aantal integer"),
        every=True,
        required=False,
        where="datum < $eind",
    ),
)


def published_edition(output: Path, periode: Periode) -> Path | None:
    """Folder of the published edition of `periode`, None when there is none.

    EerdereEditieFout when it is gone, is a concept, or has another manifest than the mark or the logbook says.
    """
    marker = output / str(periode) / PUBLISHED
    if not marker.is_file():
        return None
    try:
        mark = json.loads(marker.read_text(encoding="utf-8"))
        number, sha256 = int(mark["editie"]), mark.get("manifest_sha256")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise EerdereEditieFout(
            f"{marker} is niet leesbaar; herstel het bestand of publiceer de editie opnieuw"
        ) from error
    folder = output / str(periode) / "edities" / str(number)
    if not folder.is_dir():
        raise EerdereEditieFout(f"{marker} noemt editie {number}, maar {folder} bestaat niet")
    if sha256:
        with opened() as kluis:
            _verify(folder / MANIFEST, sha256, periode, kluis, f"volgens {marker.name}")
    noted = dict(noted_publications(output, periode)).get(number)
    if noted:
        with opened() as kluis:
            _verify(folder / MANIFEST, noted, periode, kluis, "volgens het logboek")
    if _made_as_concept(folder / MANIFEST):
        raise EerdereEditieFout(
            f"{marker} noemt editie {number}, maar dat is een concept; zet het merk van de gepubliceerde editie terug, "
            "of haal het weg en publiceer"
        )
    return folder


def _made_as_concept(path: Path) -> bool:
    """Whether a manifest says that its edition was not made to be published."""
    try:
        decided = json.loads(path.read_text(encoding="utf-8"))["besluit"]["gepubliceerd"]
    except (OSError, ValueError, KeyError, TypeError):
        # A manifest without a decision is told of by whoever reads its files.
        return False
    return decided is False


def load_earlier(con: duckdb.DuckDBPyConnection, output: Path, periode: Periode) -> tuple[Gelezen, ...]:
    """Fill the tables `eerder.*` from the published editions of the half-years before `periode`, and `eerder.edities`
    with the files that were read, which are also returned.

    Grain: eindsaldo and toezicht one row per gemeente and boekhouding_per_halfjaar one per gemeente and halfjaar, all
    of the half-year before; of every earlier half-year grootboek one per periode and afmelding_id and cijfers one per
    periode, cijfer_id and gebied. Without a published edition they are empty. Every file is compared with the manifest
    of its edition: EerdereEditieFout names the one that is missing or was changed. What was destroyed with a record is
    as if it had never been there.
    """
    for table in (*(table.name for table in _TABLES), "edities"):
        con.execute(f"drop table if exists eerder.{table}")
    make_earlier_tables(con)
    read: list[Gelezen] = []
    for earlier in earlier_periods(output, periode):
        folder = published_edition(output, earlier)
        if folder is not None:
            read += _read_edition(con, folder, earlier, [t for t in _TABLES if t.every or earlier == periode.vorige])
    for file in read:
        con.execute(
            "insert into eerder.edities values (?, ?, ?, ?)", [file.periode, file.editie, file.bestand, file.sha256]
        )
    return tuple(read)


def make_earlier_tables(con: duckdb.DuckDBPyConnection) -> None:
    """The tables of the schema `eerder` that are not there yet, empty: of an edition of before they existed too."""
    for table in _TABLES:
        con.execute(f"create table if not exists eerder.{table.name} (periode varchar, {', '.join(table.columns)})")
    con.execute(
        "create table if not exists eerder.edities (periode varchar, editie integer, bestand varchar, sha256 varchar)"
    )


def files_used(con: duckdb.DuckDBPyConnection) -> tuple[Gelezen, ...]:
    """The files that `load_earlier` read into this warehouse, for the manifest; by half-year and name."""
    rows = con.execute("select periode, editie, bestand, sha256 from eerder.edities order by all").fetchall()
    return tuple(Gelezen(*row) for row in rows)


def earlier_periods(output: Path, periode: Periode) -> tuple[Periode, ...]:
    """The half-years before `periode` that have a published edition, oldest first."""
    found = (_periode(marker.parent.name) for marker in output.glob(f"*/{PUBLISHED}"))
    return tuple(sorted(earlier for earlier in found if earlier is not None and earlier < periode))


def _periode(name: str) -> Periode | None:
    """The half-year of a folder; None for a folder that is none, or has another spelling than its own."""
    try:
        periode = Periode.parse(name)
    except GebruiksFout:
        return None
    return periode if str(periode) == name else None


def _read_edition(
    con: duckdb.DuckDBPyConnection, folder: Path, periode: Periode, tables: list[_Table]
) -> list[Gelezen]:
    listed, gone = _listed(folder), destruction_of(folder)
    read: list[Gelezen] = []
    for table in tables:
        facts = listed.get(table.file)
        if facts is None:
            if table.required:
                raise EerdereEditieFout(
                    f"het manifest van {folder} noemt {table.file} niet; publiceer van {periode} een editie die het "
                    "heeft"
                )
            continue
        if gone is not None and table.file in gone.namen:
            # The figures of the half-year are those of its tables; only its ledger is no longer known.
            continue
        with opened() as kluis:
            _verify(folder / table.file, facts["sha256"], periode, kluis)
        _insert(con, table, folder / table.file, periode)
        read.append(Gelezen(str(periode), int(folder.name), table.file, facts["sha256"]))
    return read


def refuse_touched(folder: Path, periode: Periode) -> None:
    """EerdereEditieFout names the first file of a published edition that is not what its manifest says."""
    if (gone := destruction_of(folder)) is not None:
        raise EerdereEditieFout(
            f"de bronnen van de gepubliceerde editie {folder.name} van {periode} zijn {gone}; wat er sindsdien anders "
            "is kan daarom niet meer worden gezegd, en van dit halfjaar wordt geen nieuwe editie meer gemaakt"
        )
    with opened() as kluis:
        for name, facts in sorted(_listed(folder).items()):
            _verify(place_of(folder, name), facts["sha256"], periode, kluis)


def _listed(folder: Path) -> dict[str, dict[str, Any]]:
    """The files of an edition by its manifest: size and SHA-256 by name."""
    path = folder / MANIFEST
    try:
        listed: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["uitvoer"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EerdereEditieFout(f"{path} is niet leesbaar; zet de gepubliceerde editie terug") from error
    return listed


def _verify(path: Path, expected: str, periode: Periode, kluis: Kluis, according: str = "volgens het manifest") -> None:
    if not path.is_file():
        raise EerdereEditieFout(f"{path} bestaat niet; zet de gepubliceerde editie van {periode} terug")
    found = kluis.facts(path)["sha256"]
    if found != expected:
        raise EerdereEditieFout(
            f"{path} is veranderd na het maken: sha256 {found[:16]} gevonden, {expected[:16]} verwacht {according}; "
            f"zet de gepubliceerde editie van {periode} terug"
        )


def _insert(con: duckdb.DuckDBPyConnection, table: _Table, path: Path, periode: Periode) -> None:
    rows = rows_of(path)
    if path.suffix == ".csv":
        rows = (
            f"read_csv({file_literal(path)}, header = true, all_varchar = true, delim = ',', quote = '\"', "
            "escape = '\"')"
        )
    values = {"periode": str(periode)} | ({"eind": periode.eind} if "$eind" in table.where else {})
    try:
        con.execute(
            f"insert into eerder.{table.name} select $periode, {table.names} from {rows} where {table.where}", values
        )
    except duckdb.Error as error:
        raise said_of(path, error) or EerdereEditieFout(f"{path} is niet leesbaar als tabel: {error}") from error
