"""Sealing a connection: from then on its SQL reaches its own tables, and nothing else of the machine.

Belongs here: what DuckDB is allowed once the inputs are in. Not here: when that is (warehouse.py, frozen.py). The SQL
of models, macros and checks is text from a folder, which many people may edit; a sealed connection opens no file, no
address, no other database and no extension for it, and cannot be unsealed.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.core.intake.sqltext import literal

if TYPE_CHECKING:
    import duckdb

_WITHIN = (
    "set memory_limit = '3GB'",
    "set temp_file_encryption = true",
    "set disabled_optimizers = 'build_side_probe_side'",
)
"""What making tables may take, so that ten million koppelingen fit in a process of 4 GB; what does not fit never goes
to disk in plain text. DuckDB guesses the size of what is joined on the parameters far too low, and then holds the
larger side in memory: as the SQL is written, the smaller one stands right.
"""


def no_extensions(con: "duckdb.DuckDBPyConnection") -> None:
    """Never fetch or load an extension by itself, whatever a query seems to ask for."""
    con.execute("set autoinstall_known_extensions = false")
    con.execute("set autoload_known_extensions = false")


def seal(con: "duckdb.DuckDBPyConnection", *folders: Path) -> None:
    """External access off but for `folders` (and what is below them), and the configuration locked, for good.

    The database's own file and its temporary folder stay in reach. Nothing happens to a connection that is sealed
    already: neither its folders nor its settings can change any more.
    """
    if is_sealed(con):
        return
    for setting in _WITHIN:
        con.execute(setting)
    # DuckDB compares names: a folder behind a link has two.
    names = {name for folder in folders for name in (str(folder.absolute()), str(folder.resolve()))}
    allowed = ", ".join(map(literal, sorted(names)))
    con.execute(f"set allowed_directories = [{allowed}]")
    con.execute("set enable_external_access = false")
    con.execute("set lock_configuration = true")


def is_sealed(con: "duckdb.DuckDBPyConnection") -> bool:
    """Whether the configuration of this database is locked."""
    return bool(con.execute("select current_setting('lock_configuration')").fetchall()[0][0])
