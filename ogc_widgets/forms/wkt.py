"""Well-known text of geometries, as GeoJSON (OGC 06-103r4, clause 7; RFC 7946)."""

import re
from collections.abc import Callable
from typing import Any

TOKEN = re.compile(r"\s*([A-Za-z]+|[(),]|[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?)")
NAMES = {
    "POINT": "Point",
    "MULTIPOINT": "MultiPoint",
    "LINESTRING": "LineString",
    "MULTILINESTRING": "MultiLineString",
    "POLYGON": "Polygon",
    "MULTIPOLYGON": "MultiPolygon",
}
DEEPEST = 20
COORDINATE = re.compile(r"[+-]?[\d.]")


class WktProblem(ValueError):
    """The text is no well-known text; says where and what was expected."""


def looks_like_wkt(text: str) -> bool:
    """Whether the text begins with the name of a geometry."""
    match = re.match(r"\s*(?:SRID=\d+;\s*)?([A-Za-z]+)", text)
    return bool(match) and match[1].upper() in {*NAMES, "GEOMETRYCOLLECTION"} if match else False


def geometry_of_wkt(text: str) -> dict[str, Any]:
    """The GeoJSON geometry that the text writes; a third number is a height.

    :raises WktProblem: for anything else, with the column
    """
    reader = _Reader(text)
    geometry = reader.geometry(0)
    if reader.word is not None:
        raise reader.problem("the end of the text")
    return geometry


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.end = 0
        self.word: str | None = None
        self.advance()

    def advance(self) -> str | None:
        last, self.at = self.word, self.end
        match = TOKEN.match(self.text, self.end)
        if match:
            self.word, self.at, self.end = match[1], match.start(1), match.end()
        elif self.text[self.end :].strip():
            self.at += len(self.text[self.at :]) - len(self.text[self.at :].lstrip())
            raise self.problem("a name, a number, a comma or a parenthesis")
        else:
            self.word = None
        return last

    def problem(self, expected: str) -> WktProblem:
        return WktProblem(f"This is not WKT: at column {self.at + 1}, {expected} was expected.")

    def geometry(self, depth: int) -> dict[str, Any]:
        name = (self.word or "").upper()
        if depth > DEEPEST or name not in {*NAMES, "GEOMETRYCOLLECTION"}:
            raise self.problem("the name of a geometry, such as POINT or POLYGON,")
        self.advance()
        marked = (self.word or "").upper()
        if marked == "Z":
            self.advance()
        elif marked in ("M", "ZM"):
            raise self.problem("no measure (GeoJSON has none): POINT or POINT Z")
        if name == "GEOMETRYCOLLECTION":
            parts = self.listed(lambda: self.geometry(depth + 1))
            return {"type": "GeometryCollection", "geometries": parts}
        return {"type": NAMES[name], "coordinates": self.coordinates(name)}

    def coordinates(self, name: str) -> list[Any]:
        line = self.line
        readers: dict[str, Callable[[], list[Any]]] = {
            "POINT": self.point,
            "MULTIPOINT": lambda: self.listed(self.point_of_many),
            "LINESTRING": line,
            "MULTILINESTRING": lambda: self.listed(line),
            "POLYGON": lambda: self.listed(self.ring),
            "MULTIPOLYGON": lambda: self.listed(lambda: self.listed(self.ring)),
        }
        return readers[name]()

    def listed(self, read: Callable[[], Any]) -> list[Any]:
        if (self.word or "").upper() == "EMPTY":
            self.advance()
            return []
        self.take("(")
        parts = [read()]
        while self.word == ",":
            self.advance()
            parts.append(read())
        self.take(")")
        return parts

    def point(self) -> list[float]:
        points: list[list[float]] = self.listed(self.position)
        if len(points) > 1:
            raise self.problem("one position only")
        return points[0] if points else []

    def point_of_many(self) -> list[float]:
        return self.point() if self.word == "(" else self.position()

    def line(self) -> list[Any]:
        positions = self.listed(self.position)
        if len(positions) == 1:
            raise self.problem("a second position")
        return positions

    def ring(self) -> list[Any]:
        positions = self.listed(self.position)
        if positions and (len(positions) < 4 or positions[0] != positions[-1]):
            raise self.problem("a ring of four or more positions whose last is its first")
        return positions

    def position(self) -> list[float]:
        numbers: list[float] = []
        while self.word and COORDINATE.match(self.word) and len(numbers) < 3:
            number = float(self.advance() or "")
            numbers.append(int(number) if number.is_integer() else number)
        if len(numbers) < 2:
            raise self.problem("a number")
        return numbers

    def take(self, wanted: str) -> None:
        if self.word != wanted:
            raise self.problem(f"“{wanted}”")
        self.advance()
