"""What the sheets of an edition print: its register as it is frozen there, and the comparison that is made from it.

Belongs here: reading a finished edition and making `sql/gemeentebladen` from it. Not here: any figure itself (SQL), how
it looks (document/sheet.py). The edition is not made again: what its files say is what the reader of the report holds.
"""

# Names of tables are those of this module and of the shipped SQL files; paths are literals().
# ruff: noqa: S608

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.core.document.marks import is_concept
from pipeline.core.document.meta import Controle, DocumentMeta
from pipeline.core.edition_store import EditieFout
from pipeline.core.figures import Register
from pipeline.core.frozen import frozen_files
from pipeline.core.intake.sqltext import file_literal
from pipeline.core.manifest import code_identity
from pipeline.core.periods import Periode
from pipeline.core.sqlfiles import load_sheets
from pipeline.core.vault import rows_of, unlock
from pipeline.core.warehouse import create, prepare

if TYPE_CHECKING:
    import duckdb

# `editie.<name>`: the file of the edition and the columns that are taken from it.
_TABLES = {
    "cijfers": ("cijfers.csv", "cijfer_id, gebied, waarde::decimal(18, 4) as waarde"),
    "definities": (
        "tabellen/definities.csv",
        "cijfer_id, naam, eenheid, decimalen::integer as decimalen, definitie, bron, model",
    ),
    "gemeenten": (
        "tabellen/gemeenten.csv",
        "gemeentecode, gemeente, provinciecode, provincie, inwoners::bigint as inwoners",
    ),
}
USED = (*(file for file, _ in _TABLES.values()), "bronnen/invoer/invoer.levering.parquet", "manifest.json")
"""The files of an edition on which its sheets rest."""


@dataclass(frozen=True)
class Groep:
    """A group in which a municipality is compared: its name, and the codes of all in it, in order."""

    naam: str
    leden: tuple[str, ...]


@dataclass(frozen=True)
class Gemeente:
    """A municipality with the groups in which it is compared, by kind: grootte (unless its inhabitants are not known),
    provincie, land.
    """

    code: str
    naam: str
    provincie: str
    groepen: dict[str, Groep]


@dataclass(frozen=True)
class Bladbron:
    """All that sheets are made from: the register with the comparison in it, the municipalities in alphabetical order,
    the facts of the edition.
    """

    register: Register
    gemeenten: tuple[Gemeente, ...]
    meta: DocumentMeta


def read_sheets(folder: Path, manifest: dict[str, Any], periode: Periode) -> Bladbron:
    """What the edition in `folder` says; EditieFout when its manifest lacks what every edition says of itself."""
    with _opened(folder) as con:
        return Bladbron(Register.from_connection(con), _municipalities(con), _meta(con, folder, manifest, periode))


@contextmanager
def _opened(folder: Path) -> Iterator["duckdb.DuckDBPyConnection"]:
    """A database in memory with `editie.*`, `gemeentebladen.*`, and both together as `report.cijfers` and
    `report.definities`.
    """
    import duckdb

    with duckdb.connect() as con:
        unlock(con)
        prepare(con)
        con.execute("create schema editie; create schema gemeentebladen")
        for name, (file, columns) in _TABLES.items():
            source = f"read_csv({file_literal(folder / file)}, header = true, all_varchar = true)"
            con.execute(f"create table editie.{name} as select {columns} from {source}")
        for model in load_sheets():
            create(con, model.name, model.sql, view=False)
        for table in ("cijfers", "definities"):
            both = " union all ".join(f"from {schema}.{table}" for schema in ("editie", "gemeentebladen"))
            con.execute(f"create table report.{table} as {both}")
        yield con


def _municipalities(con: "duckdb.DuckDBPyConnection") -> tuple[Gemeente, ...]:
    groups: dict[str, dict[str, Groep]] = {}
    rows = con.execute(
        """
        select gemeentecode, soort, naam,
            list(gemeentecode order by gemeentecode) over (partition by soort, groep)
        from gemeentebladen.groepen
        order by gemeentecode, soort
        """
    ).fetchall()
    for code, soort, naam, leden in rows:
        groups.setdefault(code, {})[soort] = Groep(naam, tuple(sorted(leden)))
    found = con.execute(
        """
        select gemeentecode, gemeente, provincie
        from editie.gemeenten
        order by alfabetisch(gemeente), gemeentecode
        """
    ).fetchall()
    return tuple(Gemeente(code, naam, provincie, groups[code]) for code, naam, provincie in found)


def _meta(con: "duckdb.DuckDBPyConnection", folder: Path, manifest: dict[str, Any], periode: Periode) -> DocumentMeta:
    """The facts of the edition; code and version are those of today, which make the sheet."""
    code = code_identity()
    delivery = frozen_files(folder)["invoer.levering"]
    ((sample,),) = con.execute(f"select voorbeeld from {rows_of(delivery)}").fetchall()
    try:
        checks = [
            Controle(
                one["naam"], one.get("zwaarte", ""), one.get("titel", ""), one["gevonden"], (), one["aanvaard"] or ""
            )
            for one in manifest["controles"]
        ]
        return DocumentMeta(
            periode=periode,
            peildatum=date.fromisoformat(manifest["parameters"]["peildatum"]),
            briefdatum=date.fromisoformat(manifest["parameters"]["briefdatum"]),
            editie=manifest["editie"],
            concept=is_concept(checks, gepubliceerd=manifest["besluit"]["gepubliceerd"]),
            voorbeeld=sample,
            versie=code.versie,
            commit=code.commit,
            code_sha256=code.sha256,
        )
    except (KeyError, ValueError, TypeError) as error:
        raise EditieFout(
            f"het manifest in {folder} zegt niet alles wat een gemeenteblad nodig heeft ({error})"
        ) from error
