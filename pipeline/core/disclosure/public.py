"""A warehouse whose figures may leave the house: the cells rounded in the tables, and the report made from these.

Belongs here: writing the rounding into the tables and making the layer report again by its own SQL, so that every
percentage, class and open table follows from rounded cells. Not here: which cells (cells.py), finding the rounding
(rounding.py), the files of the edition (public_edition.py).

`sql/openbaar/vooraf` and `achteraf` hold what stands in the place of a table before and after its cells are rounded.
"""

# Names of tables and columns come from the declaration that ships with the code; values are parameters.
# ruff: noqa: S608

import csv
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.core.disclosure.cells import Cel, gather
from pipeline.core.disclosure.declaration import AfrondFout, bronnen, ingrepen, soort_van
from pipeline.core.disclosure.rounding import BASIS, round_cells
from pipeline.core.sqlfiles import load_models
from pipeline.core.warehouse import build_table

if TYPE_CHECKING:
    import duckdb

TABLE = "afronding.csv"
"""The file of an openbaar edition with every rounded cell; an empty value is a cell that was dropped."""
_HEAD = ("cel", "gebied", "afgerond")

Afronding = dict[Cel, int | Decimal | None]
"""The value of each cell outside, by name and area; None for a cell that was dropped. Of earlier half-years also what
their openbaar editions said, under `eerder.<periode>.<cijfer_id>`.
"""


def find_rounding(con: "duckdb.DuckDBPyConnection", earlier: Afronding) -> Afronding:
    """The rounding of the cells of a warehouse with exact figures, with those that `earlier` editions published."""
    found = round_cells(gather(con))
    return {**earlier, **found.waarden, **dict.fromkeys(found.vervallen)}


def make_public(con: "duckdb.DuckDBPyConnection", afronding: Afronding) -> None:
    """Round the tables of the warehouse and make the layer report anew; nothing exact about persons is left in it.

    AfrondFout when a figure of the register is not what it must be outside.
    """
    _tell(con, afronding)
    con.execute("create or replace temp table exact as select cijfer_id, gebied, waarde from report.cijfers")
    for name, sql in ingrepen("vooraf").items():
        con.execute(f"create or replace table {name} as\n{sql}")
    after = ingrepen("achteraf")
    for name in dict.fromkeys([bron.tabel for bron in bronnen()] + list(after)):
        if not name.startswith("report."):
            _round(con, name, after)
    for model in load_models():
        if model.layer == "report":
            build_table(con, model)
            _round(con, model.name, after)
    refuse_exact(con)
    con.execute("drop table temp.exact")


def _tell(con: "duckdb.DuckDBPyConnection", afronding: Afronding) -> None:
    con.execute("create schema if not exists openbaar")
    con.execute("create or replace table openbaar.afronding (cel varchar, van_gebied varchar, afgerond decimal(18, 4))")
    rows = [(name, gebied, value) for (name, gebied), value in sorted(afronding.items(), key=lambda item: item[0])]
    columns = [list(column) for column in zip(*rows, strict=True)] if rows else [[], [], []]
    con.execute(
        "insert into openbaar.afronding select unnest(?::varchar[]), unnest(?::varchar[]), unnest(?::decimal(18, 4)[])",
        columns,
    )
    names = [name for (name,) in con.execute("select cijfer_id from report.definities order by 1").fetchall()]
    con.execute("create or replace table openbaar.soorten (cijfer_id varchar, soort varchar)")
    con.execute(
        "insert into openbaar.soorten select unnest(?::varchar[]), unnest(?::varchar[])",
        [names, [soort_van(name) for name in names]],
    )


def _round(con: "duckdb.DuckDBPyConnection", name: str, after: dict[str, str]) -> None:
    for bron in bronnen():
        for kolom in bron.kolommen if bron.tabel == name else ():
            con.execute(
                f"update {name} set {kolom} = afronding.afgerond::bigint from openbaar.afronding as afronding "
                f"where ({bron.waar}) and {kolom} is not null "
                f"and afronding.cel = ({bron.cel_van(kolom)}) and afronding.van_gebied = ({bron.gebied})"
            )
    if name in after:
        con.execute(f"create or replace table {name} as\n{after[name]}")


def refuse_exact(con: "duckdb.DuckDBPyConnection") -> None:
    """AfrondFout names the first figures about persons that are no multiple, are too far from the count in
    `temp.exact`, or are there while they may not be, and statutory ones that are not what they were.
    """
    wrong = con.execute(
        """
        select cijfers.cijfer_id, cijfers.gebied, cijfers.waarde
        from report.cijfers
        left join openbaar.soorten on cijfers.cijfer_id = soorten.cijfer_id
        left join temp.exact as exact on cijfers.cijfer_id = exact.cijfer_id and cijfers.gebied = exact.gebied
        where
            (coalesce(soorten.soort, 'afgerond') = 'afgerond' and cijfers.waarde % $basis <> 0)
            or (
                soorten.soort = 'afgerond'
                and not starts_with(cijfers.cijfer_id, 'vorige.')
                and abs(cijfers.waarde - coalesce(exact.waarde, $basis + cijfers.waarde)) >= $basis
            )
            or (soorten.soort = 'exact' and cijfers.waarde is distinct from exact.waarde)
            or (soorten.soort = 'weg' and cijfers.waarde is not null)
        order by all
        limit 5
        """,
        {"basis": BASIS},
    ).fetchall()
    if wrong:
        lines = ", ".join(f"{name} van {gebied} is {value}" for name, gebied, value in wrong)
        raise AfrondFout(
            f"niet elk cijfer is wat het naar buiten moet zijn ({lines}); de openbare editie is niet gemaakt"
        )


def write_rounding(afronding: Afronding, path: Path) -> None:
    """Write every rounded cell, by name and area; the same rounding gives the same bytes."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_HEAD)
        writer.writerows(
            (*cel, "" if value is None else value) for cel, value in sorted(afronding.items(), key=_by_cell)
        )


def read_rounding(path: Path) -> Afronding:
    """The rounding that an openbaar edition holds; AfrondFout when the file is gone or is none."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows: Iterable[dict[str, str]] = list(csv.DictReader(file))
        return {(row["cel"], row["gebied"]): _number(row["afgerond"]) for row in rows}
    except (OSError, ArithmeticError, ValueError, KeyError, TypeError) as error:
        raise AfrondFout(f"{path} is niet te lezen; zet de openbare editie terug uit een reservekopie") from error


def _number(text: str) -> int | Decimal | None:
    if not text:
        return None
    return Decimal(text) if "." in text else int(text)


def _by_cell(item: tuple[Cel, int | Decimal | None]) -> Cel:
    return item[0]
