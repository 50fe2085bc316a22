"""What a reader gets out of an openbaar edition, and the counts behind it.

Belongs here: reading the cells back from the PDF and the CSV. Not here: the attack (disclosure/bounds.py).
"""

import csv
from pathlib import Path

from pipeline.core.disclosure.cells import Cel, Tabel, gather
from pipeline.core.frozen import frozen_warehouse
from tests.document import bijlage_a

# The columns of bijlage A that count persons, and the names of their cells.
_CELLS = ("opvang.opgevangen", "trechter.gekoppeld", "trechter.langer_dan_norm", "koppelingen.beschikbaar")
_FIRST = len(bijlage_a.REKENING + bijlage_a.BOEKEN)


def published(folder: Path) -> dict[Cel, int]:
    """Every rounded cell of `afronding.csv`; those of bijlage A stand in the PDF as they stand there, or it is no
    publication of one table.
    """
    with (folder / "afronding.csv").open(encoding="utf-8", newline="") as file:
        told = {(row["cel"], row["gebied"]): int(row["afgerond"]) for row in csv.DictReader(file)}
    printed = _printed(folder)
    assert len(printed) > 1550 and {(name, "NL") for name in _CELLS} <= printed.keys()
    assert {cel: value for cel, value in printed.items() if told.get(cel, 0) != value} == {}
    return {**told, **{cel: value for cel, value in printed.items() if cel in told}}


def _printed(folder: Path) -> dict[Cel, int]:
    """The cells of bijlage A: of each municipality, of its province below those, and of all provinces and the country
    in the last table.
    """
    with (folder / "tabellen" / "gemeenten.csv").open(encoding="utf-8", newline="") as file:
        gemeenten = [(row["gemeentecode"], row["provinciecode"]) for row in csv.DictReader(file)]
    provincies = list(dict.fromkeys(provincie for _, provincie in gemeenten))
    areas = [
        area for provincie in provincies for area in (*(code for code, its in gemeenten if its == provincie), provincie)
    ]
    (pdf,) = folder.glob("voortgangsrapportage-*.pdf")
    cells: dict[Cel, int] = {}
    for area, row in zip((*areas, *provincies, "NL"), bijlage_a.lees(pdf), strict=True):
        assert bool(row.stand) == area.startswith("GM")
        for name, value in zip(_CELLS, row.getallen[_FIRST:], strict=False):
            if value is not None:
                assert cells.setdefault((name, area), int(value)) == int(value), "two rows of one area differ"
    return cells


def exact_cells(edition: Path) -> Tabel:
    """The counts of an exact edition, from its frozen sources."""
    with frozen_warehouse(edition) as con:
        return gather(con)
