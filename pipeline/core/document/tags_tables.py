"""Repair of tables: which heads a cell has, read from the grid that the cells really form.

Belongs here: the grid and what follows from it. WeasyPrint 70 gives no Scope (#2508), loses count where a cell spans
columns or rows, and gives a row head to no cell of a head that stands elsewhere than in the first row.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import pydyf

from pipeline.core.document.tags_tree import Tag, Tagboom


@dataclass(frozen=True)
class Cel:
    """One cell of a table: its tag, its place (column and row from 0), its spans, its scope (`''` for no head).

    `deel` is the section of the table in which its row stands: THead, TBody or TFoot.
    """

    tag: Tag
    x: int
    y: int
    breedte: int
    hoogte: int
    scope: str
    deel: int

    @property
    def kolommen(self) -> range:
        """The columns that the cell covers."""
        return range(self.x, self.x + self.breedte)

    @property
    def rijen(self) -> range:
        """The rows that the cell covers."""
        return range(self.y, self.y + self.hoogte)


def koppel_cellen(boom: Tagboom) -> None:
    """Every head has a Scope and an identifier, every cell the identifiers of its heads, the column first."""
    for tag in boom.alle():
        if tag["S"] == "/Table":
            _koppel(boom, tag, list(raster(boom, tag)))


def raster(boom: Tagboom, tabel: Tag) -> Iterator[Cel]:
    """The cells of a table in reading order, placed as HTML places them."""
    bezet: set[tuple[int, int]] = set()
    for y, (deel, in_kop, rij) in enumerate(_rijen(boom, tabel)):
        x = 0
        for tag in boom.kinderen(rij):
            while (x, y) in bezet:
                x += 1
            kenmerken = tag["A"]
            cel = Cel(
                tag,
                x,
                y,
                kenmerken.get("ColSpan", 1),
                kenmerken.get("RowSpan", 1),
                _scope(boom, tag, in_kop),
                deel,
            )
            bezet.update((i, j) for i in cel.kolommen for j in cel.rijen)
            yield cel
            x += cel.breedte


def _rijen(boom: Tagboom, tabel: Tag) -> Iterator[tuple[int, bool, Tag]]:
    """Rows of a table: number of their section, whether that is the head, the row."""
    for deel, sectie in enumerate(boom.kinderen(tabel)):
        if sectie["S"] == "/TR":
            yield 0, False, sectie
        elif sectie["S"] in ("/THead", "/TBody", "/TFoot"):
            # A section without rows holds something that WeasyPrint made up.
            for rij in boom.kinderen(sectie):
                if rij["S"] == "/TR":
                    yield deel, sectie["S"] == "/THead", rij


def _scope(boom: Tagboom, tag: Tag, in_kop: bool) -> str:
    """The scope of a head as its HTML gives it, else of the column in the head of a table and of the row below it."""
    if tag["S"] != "/TH":
        return ""
    return boom.bron(tag).element.get("scope") or ("col" if in_kop else "row")


def _koppel(boom: Tagboom, tabel: Tag, cellen: list[Cel]) -> None:
    kolomkoppen: dict[int, list[Cel]] = defaultdict(list)
    rijkoppen: dict[int, list[Cel]] = defaultdict(list)
    for cel in cellen:
        if not cel.scope:
            continue
        boom.geef_id(cel.tag, f"cel-{tabel.number}-{cel.y}-{cel.x}")
        is_rij = cel.scope.startswith("row")
        cel.tag["A"]["Scope"] = "/Row" if is_rij else "/Column"
        if not is_rij:
            for x in cel.kolommen:
                kolomkoppen[x].append(cel)
            continue
        tot_waar = (c.y for c in cellen if c.deel == cel.deel) if cel.scope == "rowgroup" else ()
        for y in range(cel.y, max([*tot_waar, cel.rijen[-1]]) + 1):
            rijkoppen[y].append(cel)
    for cel in cellen:
        koppen = [kop for x in cel.kolommen for kop in kolomkoppen[x] if kop.y < cel.y]
        koppen += [kop for y in cel.rijen for kop in rijkoppen[y] if kop.x < cel.x]
        # A head in the head of a table has no heads of its own: each cell below names them all.
        eigen = dict.fromkeys(kop.tag["ID"] for kop in koppen if kop.tag is not cel.tag)
        cel.tag["A"].pop("Headers", None)
        if eigen and not (cel.scope and cel.scope.startswith("col")):
            cel.tag["A"]["Headers"] = pydyf.Array(eigen)
