"""The shipped reference data: verified, loaded into DuckDB, and named for the verantwoording.

Belongs here: reading `pipeline/reference`, its provenance file and the names of municipalities. Not here: map geometry
(boundaries.py), what a delivery must look like (contracts), any calculation. Where the data comes from, under which
licence and what was changed stands in `pipeline/reference/herkomst.toml`.
"""

import csv
import difflib
import hashlib
import io
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.core.errors import ReferentieFout
from pipeline.core.house import reference_path
from pipeline.core.intake.sqltext import file_pattern

if TYPE_CHECKING:
    import duckdb

PROVENANCE = "herkomst.toml"
DIVISION = "indeling/gemeenten_2014_2025.csv"
_ALIASES = "aliassen.csv"
_SUGGESTIONS = 3
_CANDIDATES = 12


@dataclass(frozen=True)
class ReferenceFile:
    """One shipped file as herkomst.toml describes it; `rijen` is without the head, None where the file is no table."""

    naam: str
    wat: str
    bron: str
    licentie: str
    opgenomen: date
    sha256: str
    rijen: int | None


@dataclass(frozen=True)
class _Source:
    """A CSV file and the DuckDB type of each column, in the order of the file: "jaar integer, regio varchar"."""

    name: str
    columns: str

    @property
    def types(self) -> dict[str, str]:
        """Type per column."""
        name_and_type = (column.split(maxsplit=1) for column in self.columns.split(","))
        return {name: kind.strip() for name, kind in name_and_type}


@dataclass(frozen=True)
class _Table:
    """A table of the schema `referentie`: the columns it takes from its sources, and the key that orders it."""

    name: str
    select: str
    order_by: str
    sources: tuple[_Source, ...]


_MUNICIPALITY = "jaar integer, gemeentecode varchar, gemeente varchar, provinciecode varchar, provincie varchar"
_REGION = "jaar integer, gemeentecode varchar, gemeente varchar, regiocode varchar, regio varchar"
_REGION_2016 = f"{_REGION}, inwoners_regio_bron integer"
_REGION_SELECT = "jaar, gemeentecode, regiocode, regio"

_TABLES = (
    _Table(
        "gemeenten",
        "jaar, gemeentecode, gemeente, provinciecode, provincie",
        "jaar, gemeentecode",
        (_Source(DIVISION, _MUNICIPALITY),),
    ),
    _Table(
        "inwoners",
        "jaar, gemeentecode, inwoners",
        "jaar, gemeentecode",
        (_Source("bevolking/inwoners_2016_2025.csv", f"{_MUNICIPALITY}, inwoners integer"),),
    ),
    _Table(
        "aliassen",
        "alias, gemeentecode, geldig_van, geldig_tot, herkomst",
        "alias, geldig_van",
        (
            _Source(
                _ALIASES,
                "alias varchar, gemeentecode varchar, geldig_van date, geldig_tot date, herkomst varchar",
            ),
        ),
    ),
    _Table(
        "provincie_aliassen",
        "alias, provinciecode",
        "alias",
        (_Source("provincie_aliassen.csv", "alias varchar, provinciecode varchar, herkomst varchar"),),
    ),
    _Table(
        "herindelingen",
        "datum, oude_code, oude_naam, nieuwe_code, nieuwe_naam, soort, opmerking",
        "datum, oude_code, nieuwe_code",
        (
            _Source(
                "indeling/herindelingen_2014_2023.csv",
                "datum date, oude_code varchar, oude_naam varchar, nieuwe_code varchar, nieuwe_naam varchar, "
                "soort varchar, opmerking varchar",
            ),
        ),
    ),
    _Table(
        "arbeidsmarktregios",
        _REGION_SELECT,
        "jaar, gemeentecode",
        (_Source("regio/arbeidsmarktregios_2016.csv", _REGION_2016),),
    ),
    _Table(
        "veiligheidsregios",
        _REGION_SELECT,
        "jaar, gemeentecode",
        (
            _Source("regio/veiligheidsregios_2016.csv", _REGION_2016),
            _Source("regio/veiligheidsregios_2023.csv", _REGION),
        ),
    ),
    _Table(
        "landelijk",
        "volgnummer, periode, peildatum, grootheid, waarde, precisie, publicatiedatum, bekend_op, bron, toelichting",
        "volgnummer",
        (
            _Source(
                "cijferreeksen/landelijk.csv",
                "volgnummer integer, periode varchar, peildatum date, grootheid varchar, waarde integer, "
                "precisie varchar, publicatie_bron varchar, publicatiedatum date, bekend_op date, "
                "bekend_op_grond varchar, bron varchar, toelichting varchar",
            ),
        ),
    ),
    _Table(
        "verdeelafspraken",
        "periode, gemeentecode, soort, drager_code, bron",
        "periode, gemeentecode",
        (
            _Source(
                "verdeelafspraken.csv",
                "periode varchar, gemeentecode varchar, soort varchar, drager_code varchar, bron varchar",
            ),
        ),
    ),
)


def reference_files(root: Path | None = None) -> tuple[ReferenceFile, ...]:
    """Every shipped file with source, licence and checksum, in the order of herkomst.toml.

    `root` is another folder with the same layout (for tests). Raises ReferentieFout when herkomst.toml is missing or
    unreadable.
    """
    path = _root(root) / PROVENANCE
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))["bestand"]
        return tuple(
            ReferenceFile(
                naam=entry["naam"],
                wat=entry["wat"],
                bron=entry["bron"],
                licentie=entry["licentie"],
                opgenomen=entry["opgenomen"],
                sha256=entry["sha256"],
                rijen=entry.get("rijen"),
            )
            for entry in entries
        )
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError) as error:
        raise ReferentieFout(
            f"{PROVENANCE} van de referentiegegevens is niet te lezen ({error!r}); installeer het pakket opnieuw"
        ) from error


def files_behind(table: str) -> tuple[str, ...]:
    """The shipped files of which the table `referentie.<table>` is made; none for a table that is not one of them."""
    return tuple(source.name for one in _TABLES if one.name == table for source in one.sources)


def read_verified(name: str, root: Path | None = None) -> bytes:
    """The bytes of one shipped file, once its checksum equals herkomst.toml; else ReferentieFout naming the file."""
    for file in reference_files(root):
        if file.naam == name:
            return _read(file, _root(root))
    raise ReferentieFout(
        f"referentiebestand {name} staat niet in {PROVENANCE}; voeg het daar toe met bron, licentie en sha256"
    )


def verify_reference(root: Path | None = None) -> None:
    """Compare every shipped file's checksum with herkomst.toml; ReferentieFout naming the first that differs."""
    for file in reference_files(root):
        _read(file, _root(root))


def load_reference(con: "duckdb.DuckDBPyConnection", root: Path | None = None) -> None:
    """Make the tables `referentie.*` anew from the shipped files.

    Every file is verified first and every table must hold as many rows as herkomst.toml says. Grain: gemeenten,
    inwoners and regions one row per year and gemeente; aliassen one per spelling and start of validity (valid on days
    geldig_van <= day < geldig_tot, NULL is open); herindelingen one per date, old and new code; landelijk one per
    version of a number; verdeelafspraken one per period and gemeente. Raises ReferentieFout naming the file that is
    damaged.
    """
    folder = _root(root)
    files = {file.naam: file for file in reference_files(root)}
    con.execute("create schema if not exists referentie")
    for table in _TABLES:
        for source in table.sources:
            _check_head(source, files, folder)
        _load_table(con, table, folder)
        _check_rows(con, table, files)


def suggest(name: str, jaar: int) -> tuple[str, ...]:
    """At most three CBS names of municipalities of `jaar` that look like `name`, the likeliest first.

    Only for a message. Spellings at one slip of the pen come first, then the others by likeness. Never used to accept a
    name: a misspelling can lie nearer to another municipality (Ede, Epe) than to the one that was meant.
    """
    cbs_names, codes = _names(jaar)
    meant = name.strip().casefold()
    near = difflib.get_close_matches(meant, list(codes), n=_CANDIDATES, cutoff=0.6)
    slips = [spelling for spelling in codes if _one_slip(meant, spelling)]
    found = dict.fromkeys(cbs_names[code] for spelling in (*slips, *near) for code in codes[spelling])
    return tuple(found)[:_SUGGESTIONS]


def codes_named(name: str, jaar: int) -> tuple[str, ...]:
    """The codes of the municipalities of `jaar` that this is an accepted spelling of; capitals do not matter."""
    return tuple(dict.fromkeys(_names(jaar)[1].get(" ".join(name.split()).casefold(), ())))


def _one_slip(one: str, other: str) -> bool:
    """True when the two are equal or differ by one letter added, left out or replaced, or by two neighbours swapped."""
    if abs(len(one) - len(other)) > 1:
        return False
    while one and other and one[0] == other[0]:
        one, other = one[1:], other[1:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    return max(len(one), len(other)) <= 1 or (len(one) == 2 and one == other[::-1])


def _names(jaar: int) -> tuple[dict[str, str], dict[str, list[str]]]:
    """CBS name per code and codes per accepted spelling (folded to one case) that were valid on a day of `jaar`."""
    first, beyond = f"{jaar}-01-01", f"{jaar + 1}-01-01"
    cbs_names: dict[str, str] = {}
    codes: dict[str, list[str]] = {}
    for row in csv.DictReader(io.StringIO(read_verified(_ALIASES).decode("utf-8"), newline="")):
        if row["geldig_van"] >= beyond or (row["geldig_tot"] and row["geldig_tot"] <= first):
            continue
        codes.setdefault(row["alias"].casefold(), []).append(row["gemeentecode"])
        if row["herkomst"] == "CBS":
            cbs_names[row["gemeentecode"]] = row["alias"]
    return cbs_names, codes


def _root(root: Path | None) -> Path:
    return reference_path() if root is None else root


def _read(file: ReferenceFile, root: Path) -> bytes:
    try:
        content = (root / file.naam).read_bytes()
    except OSError as error:
        raise ReferentieFout(
            f"referentiebestand {file.naam} is niet te lezen; installeer het pakket opnieuw"
        ) from error
    found = hashlib.sha256(content).hexdigest()
    if found != file.sha256:
        raise ReferentieFout(
            f"referentiebestand {file.naam} is veranderd: sha256 {found[:16]} gevonden, {file.sha256[:16]} verwacht "
            f"volgens {PROVENANCE}; zet het oorspronkelijke bestand terug of installeer het pakket opnieuw"
        )
    return content


def _check_head(source: _Source, files: Mapping[str, ReferenceFile], root: Path) -> None:
    """The columns stand in the order that the types are given in: DuckDB takes the types by position, not by name."""
    if source.name not in files:
        raise ReferentieFout(
            f"referentiebestand {source.name} staat niet in {PROVENANCE}; installeer het pakket opnieuw"
        )
    head = _read(files[source.name], root).split(b"\n", 1)[0].decode("utf-8")
    expected = ",".join(source.types)
    if head != expected:
        raise ReferentieFout(f"referentiebestand {source.name} heeft kolommen {head}; verwacht was {expected}")


def _load_table(con: "duckdb.DuckDBPyConnection", table: _Table, root: Path) -> None:
    parts = [f"select {table.select} from {_read_csv(source)}" for source in table.sources]  # noqa: S608 - our own text
    paths = [file_pattern(root / source.name) for source in table.sources]
    statement = f"create or replace table referentie.{table.name} as\n" + "\nunion all\n".join(parts)
    con.execute(f"{statement}\norder by {table.order_by}", paths)


def _read_csv(source: _Source) -> str:
    types = ", ".join(f"'{name}': '{kind}'" for name, kind in source.types.items())
    return (
        "read_csv(?, auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"', strict_mode = true, "
        f"columns = {{{types}}})"
    )


def _check_rows(con: "duckdb.DuckDBPyConnection", table: _Table, files: Mapping[str, ReferenceFile]) -> None:
    expected = sum(files[source.name].rijen or 0 for source in table.sources)
    count = f"select count(*) from referentie.{table.name}"  # noqa: S608 - our own text
    found = con.execute(count).fetchall()[0][0]
    if found != expected:
        names = " en ".join(source.name for source in table.sources)
        raise ReferentieFout(f"referentiebestand {names} geeft {found} rijen; {PROVENANCE} noemt er {expected}")
