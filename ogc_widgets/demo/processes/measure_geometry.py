"""``measure-geometry``: how large and how long a GeoJSON geometry is, and where it lies."""

import math
from itertools import pairwise
from typing import Any

from . import Inputs, JobContext, Outputs
from .geodesy import authalic_sine, distance, ring_area
from .geometries import Line, Parts, Position, take_apart
from .received import object_of

_CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"

DESCRIPTION: dict[str, Any] = {
    "id": "measure-geometry",
    "title": "Measure a geometry",
    "description": (
        "Measures a GeoJSON geometry on the WGS 84 ellipsoid: area of its polygons, length of its "
        "lines, perimeter, bounding box and centroid."
    ),
    "version": "1.0.0",
    "keywords": ["geometry", "GeoJSON", "area", "length", "centroid"],
    "jobControlOptions": ["sync-execute", "async-execute", "dismiss"],
    "outputTransmission": ["value"],
    "inputs": {
        "geometry": {
            "title": "Geometry",
            "description": "GeoJSON geometry, feature or collection, in longitude and latitude",
            "schema": {"type": "object", "format": "geojson-geometry"},
        },
    },
    "outputs": {
        "area": {
            "title": "Area",
            "description": "Area of the polygons in square metres, holes left out",
            "schema": {"type": "number"},
        },
        "length": {
            "title": "Length",
            "description": "Length of the lines in metres",
            "schema": {"type": "number"},
        },
        "perimeter": {
            "title": "Perimeter",
            "description": "Length of the polygons' rings in metres",
            "schema": {"type": "number"},
        },
        "bbox": {
            "title": "Bounding box",
            "description": "West, south, east, north in degrees",
            "schema": {
                "type": "object",
                "format": "ogc-bbox",
                "required": ["bbox"],
                "properties": {
                    "bbox": {"type": "array", "items": {"type": "number"}},
                    "crs": {"type": "string", "format": "uri"},
                },
            },
        },
        "feature": {
            "title": "Centroid",
            "description": "The centroid as a GeoJSON feature that has the measures as properties",
            "schema": {"type": "object", "format": "geojson-feature"},
        },
    },
    "example": {
        "inputs": {
            "geometry": {
                "value": {
                    "type": "Polygon",
                    "coordinates": [
                        [[-34.88, -8.02], [-34.84, -8.02], [-34.84, -7.98], [-34.88, -8.02]]
                    ],
                },
                "mediaType": "application/geo+json",
            }
        }
    },
}


def execute(inputs: Inputs, job: JobContext) -> Outputs:
    """Area in m², length and perimeter in m, bounding box and centroid.

    :raises ProcessFailure: the input is not GeoJSON that can be measured
    """
    job.progress(0, "Reading the geometry")
    parts = take_apart(object_of(inputs, "geometry"))
    job.progress(25, f"Measuring {len(parts.positions())} positions")
    rings = [ring for polygon in parts.polygons for ring in polygon]
    measures = {
        "area": math.fsum(map(polygon_area, parts.polygons)),
        "length": math.fsum(map(line_length, parts.lines)),
        "perimeter": math.fsum(map(line_length, rings)),
    }
    job.progress(75, "Finding the bounding box and the centroid")
    longitudes, latitudes = zip(*parts.positions(), strict=True)
    box = [min(longitudes), min(latitudes), max(longitudes), max(latitudes)]
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": list(centroid(parts))},
        "properties": measures,
    }
    document = {"value": feature, "mediaType": "application/geo+json"}
    return {**measures, "bbox": {"bbox": box, "crs": _CRS84}, "feature": document}


def polygon_area(polygon: list[Line]) -> float:
    """Area of the outer ring without the holes, in m²."""
    if not polygon:
        return 0.0
    return ring_area(polygon[0]) - sum(map(ring_area, polygon[1:]))


def line_length(line: Line) -> float:
    """Sum of the geodesics between the positions, in m."""
    return math.fsum(map(distance, line, line[1:]))


def centroid(parts: Parts) -> Position:
    """The middle of the parts of the highest dimension that has any size, in degrees.

    Polygons weigh by area and lines by length, in a map of equal area (longitude, and the sine of
    the authalic latitude), so it is meant for what does not cross the antimeridian.
    """
    rings = [ring for polygon in parts.polygons for ring in polygon[:1]]
    rings_and_holes = [(ring, 1.0) for ring in rings]
    rings_and_holes += [(hole, -1.0) for polygon in parts.polygons for hole in polygon[1:]]
    weighted = [_ring_moment(ring, sign) for ring, sign in rings_and_holes]
    if not sum(weight for weight, _, _ in weighted):
        segments = [pair for line in parts.lines + rings for pair in pairwise(line)]
        weighted = [_segment_moment(start, end) for start, end in segments]
    if not sum(weight for weight, _, _ in weighted):
        weighted = [(1.0, x, authalic_sine(y)) for x, y in parts.positions()]
    total = math.fsum(weight for weight, _, _ in weighted)
    x = math.fsum(weight * x for weight, x, _ in weighted) / total
    height = math.fsum(weight * height for weight, _, height in weighted) / total
    return x, _latitude(height)


def _ring_moment(ring: Line, sign: float) -> tuple[float, float, float]:
    """Weight and centroid of a ring in the map of equal area (shoelace formula)."""
    left, base = ring[0][0], authalic_sine(ring[0][1])
    flat = [(x - left, authalic_sine(y) - base) for x, y in ring]
    crosses = [a * d - c * b for (a, b), (c, d) in pairwise(flat)]
    double = math.fsum(crosses)
    if double == 0:
        return 0.0, left, base
    sums = [(a + c, b + d) for (a, b), (c, d) in pairwise(flat)]
    x = math.fsum(s[0] * cross for s, cross in zip(sums, crosses, strict=True)) / (3 * double)
    y = math.fsum(s[1] * cross for s, cross in zip(sums, crosses, strict=True)) / (3 * double)
    return sign * abs(double), left + x, base + y


def _segment_moment(start: Position, end: Position) -> tuple[float, float, float]:
    height = (authalic_sine(start[1]) + authalic_sine(end[1])) / 2
    return distance(start, end), (start[0] + end[0]) / 2, height


def _latitude(height: float) -> float:
    """The latitude whose authalic sine is ``height``, by bisection to a billionth of a degree."""
    south, north = -90.0, 90.0
    for _ in range(40):
        middle = (south + north) / 2
        if authalic_sine(middle) < height:
            south = middle
        else:
            north = middle
    return round((south + north) / 2, 9)
