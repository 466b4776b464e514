"""Geometries: typed as GeoJSON or WKT, or taken from objects of Python."""

from typing import Any

from ogc_widgets.forms import FormSheet, build_form

from .descriptions import with_schema

POINT = {"type": "Point", "coordinates": [7, 50]}


class Shape:
    """What geometry libraries offer: coordinates in tuples."""

    @property
    def __geo_interface__(self) -> dict[str, Any]:
        return {"type": "Point", "coordinates": (7, 50)}


class Feature:
    """A feature with a geometry."""

    @property
    def __geo_interface__(self) -> dict[str, Any]:
        return {"type": "Feature", "geometry": POINT, "properties": {}}


def sheet() -> FormSheet:
    """A form that asks for a geometry."""
    return FormSheet(build_form(with_schema({"format": "geojson-geometry"})))


def test_typed_geometries_are_read_and_sent_qualified() -> None:
    """GeoJSON and WKT give the same request."""
    for draft in ('{"type": "Point", "coordinates": [7, 50]}', "POINT (7 50)"):
        filled = sheet()
        filled.edit({"f0": draft})
        assert filled.problems() == ()
        sent = filled.request()["inputs"]["x"]
        assert sent == {"value": POINT, "mediaType": "application/geo+json"}


def test_objects_of_python_are_taken() -> None:
    """Whatever has a ``__geo_interface__``; of a feature its geometry; WKT as text."""
    values: tuple[Any, ...] = (Shape(), Feature(), POINT, "POINT (7 50)")
    for value in values:
        filled = sheet()
        filled.put({"x": value})
        assert filled.values() == {"x": POINT}


def test_problems_say_where() -> None:
    """The column of WKT, the line and column of JSON, another object's type."""
    filled = sheet()
    for draft, part in (
        ("POINT (7)", "column 9"),
        ('{"type": ', "line 1, column"),
        ('{"type": "Circle"}', "Choose"),
    ):
        filled.edit({"f0": draft})
        assert any(part in one.message for one in filled.problems()), draft


def test_a_link_survives() -> None:
    """A geometry by reference, set from Python."""
    link = {"href": "https://example.org/shape.json", "type": "application/geo+json"}
    filled = sheet()
    filled.put({"x": link})
    assert filled.request()["inputs"]["x"] == link
