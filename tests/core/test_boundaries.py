"""Map geometry: the right municipalities, closed rings, shared borders, provinces that fit the official ones."""

import json
import math
import shutil
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline.core.boundaries import Line, Point, Ring, boundary_year, municipality_shapes, province_borders
from pipeline.core.errors import ReferentieFout
from pipeline.core.house import reference_path
from pipeline.core.reference import read_verified

DRAWN = (2015, 2016, 2017, 2018, 2019, 2020, 2022, 2023, 2024, 2025)
OWN_FILE = tuple(year for year in DRAWN if boundary_year(year) == year)
# The land of the Netherlands is 33,700 square kilometres; the shapes leave out large waters and keep smaller ones.
AREA_SQUARE_KM = (33_000, 36_500)


def area(ring: Ring) -> float:
    """Square kilometres, positive when counterclockwise."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) / 2e6


def length(lines: tuple[Line, ...]) -> float:
    return sum(math.dist(a, b) for line in lines for a, b in pairwise(line)) / 1000


def codes_of(year: int) -> set[str]:
    lines = read_verified("indeling/gemeenten_2014_2025.csv").decode("utf-8").splitlines()
    return {line.split(",")[1] for line in lines if line.startswith(f"{year},")}


@pytest.mark.parametrize("year", DRAWN)
def test_shapes_are_those_of_the_municipalities_of_the_year(year: int) -> None:
    shapes = municipality_shapes(year)
    assert set(shapes) == codes_of(year)
    assert list(shapes) == sorted(shapes)
    assert all(shapes.values())


@pytest.mark.parametrize("year", OWN_FILE)
def test_rings_close_and_holes_turn_the_other_way(year: int) -> None:
    shapes = municipality_shapes(year)
    for code, polygons in shapes.items():
        for outer, *holes in polygons:
            assert all(ring[0] == ring[-1] and len(ring) >= 4 for ring in (outer, *holes)), code
            assert area(outer) > 0, code
            assert all(area(hole) < 0 for hole in holes), code
    total = sum(area(ring) for polygons in shapes.values() for polygon in polygons for ring in polygon)
    assert AREA_SQUARE_KM[0] < total < AREA_SQUARE_KM[1]


@pytest.mark.parametrize("year", OWN_FILE)
def test_neighbours_share_their_border_exactly(year: int) -> None:
    """Each piece of line is of one municipality (coast, frontier) or of two that walk it in opposite directions."""
    walked = Counter(
        edge
        for polygons in municipality_shapes(year).values()
        for polygon in polygons
        for ring in polygon
        for edge in pairwise(ring)
    )
    assert max(walked.values()) == 1
    shared = sum((b, a) in walked for a, b in walked)
    # Of the received pieces of 2017 a quarter was shared; now all are, but for the coast and the frontier.
    assert shared / len(walked) > 0.5


def test_the_map_lies_where_the_netherlands_are() -> None:
    shapes = municipality_shapes(2016)
    # Rijksdriehoek coordinates of a point well inside: Amersfoort, Maastricht, Delfzijl, Sluis, Texel.
    for code, point in {
        "GM0307": (155_000, 463_000),
        "GM0935": (176_500, 318_000),
        "GM0010": (258_000, 592_000),
        "GM1714": (21_000, 371_000),
        "GM0448": (116_000, 564_000),
    }.items():
        xs, ys = zip(*(corner for polygon in shapes[code] for corner in polygon[0]), strict=True)
        middle = ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)
        assert math.dist(middle, point) < 12_000, code


def test_2016_borders_follow_the_official_province_borders() -> None:
    """The only official province file is a witness: as long, within 3 %, and nowhere further off than it is coarse."""
    lines = province_borders(2016)
    official = official_province_borders()
    assert length(lines) == pytest.approx(length(official), rel=0.03)
    drawn = [edge for line in lines for edge in pairwise(line)]
    corners = [point for line in official if length((line,)) > 1 for point in line]
    assert max(min(distance(corner, edge) for edge in drawn) for corner in corners) < 1_500


def distance(point: Point, edge: tuple[Point, Point]) -> float:
    """Metres from a point to a line piece."""
    (x, y), ((x1, y1), (x2, y2)) = point, edge
    squared = (x2 - x1) ** 2 + (y2 - y1) ** 2
    along = max(0.0, min(1.0, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / squared)) if squared else 0.0
    return math.dist(point, (x1 + along * (x2 - x1), y1 + along * (y2 - y1)))


def official_province_borders() -> tuple[Line, ...]:
    """Arcs of the shipped province file that two provinces share, in the plane of the module."""
    topology = json.loads(read_verified("grenzen/provincie_2016.topojson"))
    (collection,) = topology["objects"].values()
    used = Counter(
        arc if arc >= 0 else ~arc
        for geometry in collection["geometries"]
        for polygon in (geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]])
        for ring in polygon
        for arc in ring
    )
    (scale_x, scale_y), (west, south) = topology["transform"]["scale"], topology["transform"]["translate"]
    lines = []
    for arc, times in used.items():
        if times == 2:
            column = row = 0
            points = []
            for east, north in topology["arcs"][arc]:
                column, row = column + east, row + north
                degrees = (column * scale_x + west, row * scale_y + south)
                x = 155_000 + (degrees[0] - 5.38720621) * 111_300 * math.cos(math.radians(52.2))
                points.append((x, 463_000 + (degrees[1] - 52.15517440) * 111_300))
            lines.append(tuple(points))
    return tuple(lines)


def test_province_borders_are_borders_of_municipalities() -> None:
    for year in OWN_FILE:
        rings = (ring for polygons in municipality_shapes(year).values() for polygon in polygons for ring in polygon)
        edges = {edge for ring in rings for edge in pairwise(ring)}
        assert all((a, b) in edges and (b, a) in edges for line in province_borders(year) for a, b in pairwise(line))


def test_leerdam_and_zederik_moved_to_utrecht_in_2019() -> None:
    """The border of Vijfheerenlanden with Gelderland is a province border; its old inner border with Vianen is none."""

    def edges_between(year: int, one: str, other: str) -> set[tuple[tuple[float, float], tuple[float, float]]]:
        shapes = municipality_shapes(year)
        first, second = (
            {edge for polygon in shapes[code] for ring in polygon for edge in pairwise(ring)} for code in (one, other)
        )
        return {(a, b) for a, b in first if (b, a) in second}

    def drawn(year: int) -> set[tuple[tuple[float, float], tuple[float, float]]]:
        forward = {edge for line in province_borders(year) for edge in pairwise(line)}
        return forward | {(b, a) for a, b in forward}

    assert edges_between(2018, "GM0620", "GM0707") <= drawn(2018)  # Vianen (Utrecht) and Zederik (Zuid-Holland)
    assert edges_between(2018, "GM0545", "GM0707").isdisjoint(drawn(2018))  # Leerdam and Zederik, both Zuid-Holland
    assert edges_between(2018, "GM0620", "GM0707") != set()
    west_betuwe = edges_between(2019, "GM1961", "GM1960")
    molenlanden = edges_between(2019, "GM1961", "GM1978")
    for border in (west_betuwe, molenlanden):
        assert border != set()
        assert border <= drawn(2019)


def test_lines_are_joined_and_long_enough_to_see() -> None:
    for year in OWN_FILE:
        lines = province_borders(year)
        assert min(length((line,)) for line in lines) >= 1
        assert 15 <= len(lines) <= 30
        ends = Counter(point for line in lines for point in {line[0], line[-1]})
        # Where exactly two lines end they would have been one; three or more meet at a tripoint, one ends at the coast.
        assert 2 not in ends.values()


def test_equal_years_and_years_without_boundaries() -> None:
    assert boundary_year(2020) == 2019
    assert boundary_year(2025) == 2024
    assert municipality_shapes(2020) == municipality_shapes(2019)
    for year in (2014, 2021, 2026):
        assert boundary_year(year) is None
        for reader in (municipality_shapes, province_borders):
            with pytest.raises(ReferentieFout, match=f"voor {year} zijn er geen gemeentegrenzen"):
                reader(year)


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(reference_path(), tmp_path / "reference"))
    path = folder / "grenzen" / "gemeente_2016.topojson"
    path.write_text(path.read_text(encoding="utf-8").replace("6138", "6139", 1), encoding="utf-8")
    for reader in (municipality_shapes, province_borders):
        with pytest.raises(ReferentieFout, match=r"gemeente_2016\.topojson"):
            reader(2016, folder)
        reader(2017, folder)
