"""Derive the shipped TopoJSON boundaries from the GeoJSON of CBS and Kadaster.

Belongs here: the one-off derivation, kept so that anyone can repeat it. Not here: reading boundaries for a report
(`pipeline/core/boundaries.py`, standard library only). Needs the development packages `topojson` and `shapely`.

    python tests/tools/derive_boundaries.py FOLDER_WITH_GEOJSON FOLDER_FOR_TOPOJSON

The received polygons were simplified one by one, so that neighbours overlap or leave hairline gaps and share few
vertices. A choropleth then shows white cracks, and a border between two provinces cannot be found. What is done, per
year:

1. polygons are made valid and laid in a plane in metres (equirectangular at 52.2 degrees north);
2. overlaps are given to the neighbour with the longest common border and gaps narrower than 200 m are closed, so that
   neighbours share their border exactly (a *coverage*). Measured on the six years: no municipality changes more than
   1.6 % of its area, the country less than 0.01 %; wider openings are real water and stay;
3. parts under one hectare are left out (0.05 mm on an A4 map), but never the largest part of a municipality;
4. coordinates are rounded to the five decimals of the source (about 1 m) and cut into shared arcs.

The output is the same to the byte for the same versions of the packages.
"""

import argparse
import json
import math
from pathlib import Path
from typing import Any

import shapely
import topojson

METRES_PER_DEGREE = 111_320.0
SHRINK = math.cos(math.radians(52.2))
GAP_WIDTH_METRES = 200.0
SMALLEST_PART_SQUARE_METRES = 10_000.0
DECIMALS = 5


def polygons_of(geometry: Any) -> list[Any]:
    """All polygons in a geometry of any kind; lines and points that `make_valid` leaves behind are dropped."""
    if geometry.geom_type == "Polygon":
        return [geometry]
    return [part for member in getattr(geometry, "geoms", ()) for part in polygons_of(member)]


def to_metres(geometry: Any) -> Any:
    """Degrees to metres in the plane of this derivation."""
    return shapely.transform(geometry, lambda points: points * [METRES_PER_DEGREE * SHRINK, METRES_PER_DEGREE])


def to_degrees(geometry: Any) -> Any:
    """Metres back to degrees, rounded to the decimals of the source."""
    factors = [METRES_PER_DEGREE * SHRINK, METRES_PER_DEGREE]
    return shapely.transform(geometry, lambda points: (points / factors).round(DECIMALS))


def without_specks(geometry: Any) -> Any:
    """The parts of at least the smallest size; the largest part always stays."""
    parts = sorted(polygons_of(geometry), key=lambda part: -part.area)
    kept = [part for part in parts[1:] if part.area >= SMALLEST_PART_SQUARE_METRES]
    return shapely.MultiPolygon([parts[0], *kept])


def rounded(geometry: Any) -> Any:
    """The geometry in degrees, without repeated points and without rings that rounding closed up."""
    parts = []
    for part in polygons_of(geometry):
        rings = [shapely.remove_repeated_points(to_degrees(ring)) for ring in (part.exterior, *part.interiors)]
        solid = [ring for ring in rings if len(ring.coords) >= 4 and shapely.Polygon(ring).area > 0]
        parts.append(shapely.Polygon(solid[0], solid[1:]))
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def clean_features(collection: dict[str, Any]) -> list[dict[str, Any]]:
    """GeoJSON features, sorted by code, whose polygons form one coverage without overlaps or hairline gaps."""
    features = sorted(collection["features"], key=lambda feature: str(feature["properties"]["statcode"]))
    received = [
        shapely.MultiPolygon(polygons_of(to_metres(shapely.make_valid(shapely.geometry.shape(feature["geometry"])))))
        for feature in features
    ]
    coverage = shapely.coverage_clean(received, gap_width=GAP_WIDTH_METRES)
    return [
        {
            "type": "Feature",
            "id": feature["properties"]["statcode"],
            "properties": {key: feature["properties"][key] for key in ("statcode", "statnaam")},
            "geometry": shapely.geometry.mapping(rounded(without_specks(geometry))),
        }
        for feature, geometry in zip(features, coverage, strict=True)
    ]


def quantised(topology: dict[str, Any]) -> dict[str, Any]:
    """The same topology with whole numbers: steps of 0.00001 degree, each point relative to the one before it."""
    factor = 10**DECIMALS
    grid = [[(round(x * factor), round(y * factor)) for x, y in arc] for arc in topology["arcs"]]
    west, south = (min(point[axis] for arc in grid for point in arc) for axis in (0, 1))
    arcs = []
    for arc in grid:
        previous, steps = (west, south), []
        for x, y in arc:
            steps.append([x - previous[0], y - previous[1]])
            previous = (x, y)
        arcs.append(steps)
    transform = {"scale": [1 / factor, 1 / factor], "translate": [west / factor, south / factor]}
    return {"type": "Topology", "transform": transform, "objects": topology["objects"], "arcs": arcs}


def derive(source: Path, target: Path) -> None:
    """Write one TopoJSON file for one GeoJSON file."""
    collection = json.loads(source.read_text(encoding="utf-8"))
    features = {"type": "FeatureCollection", "features": clean_features(collection)}
    options = {"prequantize": False, "shared_coords": True, "winding_order": None, "object_name": source.stem}
    topology = quantised(topojson.Topology(features, **options).to_dict())
    for geometry in topology["objects"][source.stem]["geometries"]:
        geometry.pop("bbox", None)
    target.write_text(json.dumps(topology, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def main() -> None:
    """Derive every `gemeente_*.geojson` of the source folder."""
    parser = argparse.ArgumentParser(description="Derive TopoJSON boundaries from GeoJSON.")
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    arguments = parser.parse_args()
    for source in sorted(arguments.source.glob("gemeente_*.geojson")):
        derive(source, arguments.target / f"{source.stem}.topojson")


if __name__ == "__main__":
    main()
