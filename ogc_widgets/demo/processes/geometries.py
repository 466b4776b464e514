"""Takes GeoJSON apart into points, lines and rings, with every position checked (RFC 7946)."""

import math
from dataclasses import dataclass, field
from typing import Any

from . import ProcessFailure

Position = tuple[float, float]
Line = list[Position]

MAX_POSITIONS = 1_000_000
_MAX_DEPTH = 32


@dataclass
class Parts:
    """All that a GeoJSON object is made of; (longitude, latitude) in degrees."""

    points: list[Position] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    polygons: list[list[Line]] = field(default_factory=list)
    """Each an outer ring and its holes; rings are closed."""

    def positions(self) -> list[Position]:
        """Every position, in order."""
        rings = [ring for polygon in self.polygons for ring in polygon]
        return self.points + [position for line in self.lines + rings for position in line]


def take_apart(geojson: dict[str, Any]) -> Parts:
    """The parts of a geometry, feature or collection of either.

    :raises ProcessFailure: not GeoJSON, no position in it, too many, or one out of range
    """
    parts = Parts()
    _add(geojson, parts, depth=0)
    count = len(parts.positions())
    if count == 0:
        raise ProcessFailure("The geometry is empty; give one with at least one position.")
    if count > MAX_POSITIONS:
        message = f"The geometry has {count} positions; give one of at most {MAX_POSITIONS}."
        raise ProcessFailure(message)
    return parts


def _add(geojson: Any, parts: Parts, *, depth: int) -> None:
    kind = geojson.get("type") if isinstance(geojson, dict) else None
    if depth > _MAX_DEPTH:
        raise ProcessFailure("The geometry is nested too deeply; give a simpler one.")
    if kind == "Feature":
        if geojson.get("geometry") is not None:
            _add(geojson["geometry"], parts, depth=depth + 1)
    elif kind in {"FeatureCollection", "GeometryCollection"}:
        for entry in _list(geojson.get("features" if kind[0] == "F" else "geometries")):
            _add(entry, parts, depth=depth + 1)
    else:
        _add_geometry(kind, geojson.get("coordinates") if kind else None, parts)


def _add_geometry(kind: Any, coordinates: Any, parts: Parts) -> None:
    match kind:
        case "Point":
            parts.points.append(_position(coordinates))
        case "MultiPoint":
            parts.points.extend(map(_position, _list(coordinates)))
        case "LineString":
            parts.lines.append(_line(coordinates))
        case "MultiLineString":
            parts.lines.extend(map(_line, _list(coordinates)))
        case "Polygon":
            parts.polygons.append(_polygon(coordinates))
        case "MultiPolygon":
            parts.polygons.extend(map(_polygon, _list(coordinates)))
        case _:
            raise ProcessFailure(
                f"The geometry has the type {str(kind)[:40]!r}; give a GeoJSON geometry or feature."
            )


def _polygon(coordinates: Any) -> list[Line]:
    rings = [_line(ring) for ring in _list(coordinates)]
    for ring in rings:
        if len(ring) < 4 or ring[0] != ring[-1]:
            raise ProcessFailure(
                "A ring of the geometry is not closed; let it have four positions or more and end "
                "where it starts."
            )
    return rings


def _line(coordinates: Any) -> Line:
    line = [_position(entry) for entry in _list(coordinates)]
    if len(line) < 2:
        raise ProcessFailure("A line of the geometry has fewer than two positions; add some.")
    return line


def _position(coordinates: Any) -> Position:
    numbers = _list(coordinates)[:2]
    if len(numbers) < 2 or not all(
        isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
        for value in numbers
    ):
        message = f"{str(coordinates)[:60]} is no position; give longitude and latitude."
        raise ProcessFailure(message)
    longitude, latitude = map(float, numbers)
    if abs(longitude) > 180 or abs(latitude) > 90:
        raise ProcessFailure(
            f"The position {longitude:g}, {latitude:g} is not on Earth; give longitude, then "
            f"latitude, in degrees."
        )
    return longitude, latitude


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ProcessFailure(f"The geometry holds {str(value)[:60]!r} where a list must be.")
    return value
