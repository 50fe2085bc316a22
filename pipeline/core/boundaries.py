"""Map geometry: the shapes of municipalities and the borders between provinces, ready to draw.

Belongs here: decoding the shipped TopoJSON with the standard library and laying it in a plane. Not here: colours,
classes, figures, or anything that draws. Every year gets its province borders from its own municipalities: the only
shipped province file (2016) is generalised more coarsely and lies up to 1.3 km beside the municipal borders.

The plane: metres east and north, equirectangular at 52.2 degrees north, with the origin chosen so that Amersfoort has
the coordinates it has in the Rijksdriehoek system (155 000, 463 000). Near the corners of the country it is a few
kilometres off: right for a map on a page, never for measuring.
"""

import csv
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from pipeline.core.errors import ReferentieFout
from pipeline.core.reference import DIVISION, read_verified

Point = tuple[float, float]
Ring = tuple[Point, ...]
Polygon = tuple[Ring, ...]
Line = tuple[Point, ...]

# Years with a file of their own, and years with the same municipalities as another year. 2014 and 2021 have neither.
_YEARS = {year: year for year in (2015, 2016, 2017, 2018, 2019, 2022, 2023, 2024)} | {2020: 2019, 2025: 2024}

_METRES_PER_DEGREE = 111_300.0
_SHRINK = math.cos(math.radians(52.2))
_AMERSFOORT_DEGREES = (5.38720621, 52.15517440)
_AMERSFOORT_METRES = (155_000.0, 463_000.0)
# A border on a dam in the water is a dot of some hundred metres on the map; the shortest real one is 2 km.
_SHORTEST_BORDER_METRES = 1_000.0


def boundary_year(jaar: int) -> int | None:
    """The year whose boundaries are drawn for `jaar`, or None when there are none and the map is left out.

    2020 is drawn with 2019 and 2025 with 2024: the same municipalities. 2014 and 2021 are not there.
    """
    return _YEARS.get(jaar)


def municipality_shapes(jaar: int, root: Path | None = None) -> dict[str, tuple[Polygon, ...]]:
    """Polygons per gemeentecode of `jaar`, ordered by code.

    A polygon is its outer ring (counterclockwise) followed by its holes (clockwise); a ring is closed, in metres of the
    plane of this module. `root` is another folder of reference data. Raises ReferentieFout when the year has no
    boundaries or the file is damaged.
    """
    topology = _topology(jaar, root)
    arcs = _arcs(topology)
    shapes = {
        str(geometry["id"]): tuple(_polygon(polygon, arcs) for polygon in _polygons(geometry))
        for geometry in _geometries(topology)
    }
    return dict(sorted(shapes.items()))


def province_borders(jaar: int, root: Path | None = None) -> tuple[Line, ...]:
    """The lines along which two provinces touch, joined end to end, in metres of the plane of this module.

    Coasts, the frontier, borders through large water and pieces under 1 km are no part of it. Raises ReferentieFout as
    `municipality_shapes` does.
    """
    topology = _topology(jaar, root)
    arcs = _arcs(topology)
    provinces = _provinces(jaar, root)
    sides: dict[int, set[str]] = defaultdict(set)
    for geometry in _geometries(topology):
        for index in _indices(geometry["arcs"]):
            sides[index].add(provinces[str(geometry["id"])])
    lines = _joined(arcs[index] for index in sorted(sides) if len(sides[index]) > 1)
    return tuple(line for line in lines if _length(line) >= _SHORTEST_BORDER_METRES)


def _topology(jaar: int, root: Path | None) -> dict[str, Any]:
    year = boundary_year(jaar)
    if year is None:
        known = f"{min(_YEARS)} tot en met {max(_YEARS)} zonder 2021"
        raise ReferentieFout(f"voor {jaar} zijn er geen gemeentegrenzen, alleen voor {known}; laat de kaart weg")
    topology: dict[str, Any] = json.loads(read_verified(f"grenzen/gemeente_{year}.topojson", root))
    return topology


def _geometries(topology: dict[str, Any]) -> list[dict[str, Any]]:
    """The municipalities: a shipped file holds one collection of them."""
    (collection,) = topology["objects"].values()
    geometries: list[dict[str, Any]] = collection["geometries"]
    return geometries


def _arcs(topology: dict[str, Any]) -> list[Line]:
    """Every arc in the plane: the file has whole steps, each from the point before it."""
    scale, translate = topology["transform"]["scale"], topology["transform"]["translate"]
    factors = (scale[0] * _METRES_PER_DEGREE * _SHRINK, scale[1] * _METRES_PER_DEGREE)
    origin = (
        _AMERSFOORT_METRES[0] + (translate[0] - _AMERSFOORT_DEGREES[0]) * _METRES_PER_DEGREE * _SHRINK,
        _AMERSFOORT_METRES[1] + (translate[1] - _AMERSFOORT_DEGREES[1]) * _METRES_PER_DEGREE,
    )
    return [_arc(steps, factors, origin) for steps in topology["arcs"]]


def _arc(steps: list[list[int]], factors: Point, origin: Point) -> Line:
    column = row = 0
    points = []
    for east, north in steps:
        column += east
        row += north
        points.append((origin[0] + column * factors[0], origin[1] + row * factors[1]))
    return tuple(points)


def _polygons(geometry: dict[str, Any]) -> list[list[list[int]]]:
    """Rings of arc numbers per polygon, also where a municipality has only one."""
    arcs: list[Any] = geometry["arcs"]
    return [arcs] if geometry["type"] == "Polygon" else arcs


def _indices(arcs: Iterable[Any]) -> Iterator[int]:
    """All arc numbers at any depth; a number below zero is the same arc walked backwards."""
    for item in arcs:
        if isinstance(item, int):
            yield item if item >= 0 else ~item
        else:
            yield from _indices(item)


def _polygon(rings: list[list[int]], arcs: list[Line]) -> Polygon:
    outer, *holes = (_ring(numbers, arcs) for numbers in rings)
    return (_turned(outer, counterclockwise=True), *(_turned(hole, counterclockwise=False) for hole in holes))


def _ring(numbers: list[int], arcs: list[Line]) -> Ring:
    """The arcs one after the other; each begins where the one before it ended."""
    points: list[Point] = []
    for number in numbers:
        part = arcs[number] if number >= 0 else arcs[~number][::-1]
        points.extend(part[1:] if points else part)
    return tuple(points)


def _turned(ring: Ring, *, counterclockwise: bool) -> Ring:
    """The ring in the wanted direction, so that any fill rule leaves holes open."""
    doubled_area = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
    return ring if (doubled_area > 0) == counterclockwise else ring[::-1]


def _length(line: Line) -> float:
    return sum(math.dist(a, b) for a, b in pairwise(line))


def _provinces(jaar: int, root: Path | None) -> dict[str, str]:
    """Province code per gemeentecode of `jaar`."""
    head, *lines = read_verified(DIVISION, root).decode("utf-8").splitlines()
    of_year = (line for line in lines if line.startswith(f"{jaar},"))
    return {row["gemeentecode"]: row["provinciecode"] for row in csv.DictReader(of_year, head.split(","))}


def _joined(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Lines that meet end to end where no third one begins, made one: dashes and joins then run on."""
    pieces = dict(enumerate(lines))
    ends: dict[Point, list[int]] = defaultdict(list)
    for number, line in pieces.items():
        ends[line[0]].append(number)
        ends[line[-1]].append(number)
    result = []
    while pieces:
        _, line = pieces.popitem()
        line = _extended(line, pieces, ends)
        line = _extended(line[::-1], pieces, ends)
        result.append(line)
    return tuple(result)


def _extended(line: Line, pieces: dict[int, Line], ends: dict[Point, list[int]]) -> Line:
    """`line` with what follows on its last point; the pieces used are taken out of `pieces`."""
    while len(ends[line[-1]]) == 2:
        following = [number for number in ends[line[-1]] if number in pieces]
        if not following:
            break
        piece = pieces.pop(following[0])
        line += piece[1:] if piece[0] == line[-1] else piece[-2::-1]
    return line
