"""Well-known text as GeoJSON."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogc_widgets.forms.wkt import WktProblem, geometry_of_wkt, looks_like_wkt

RING = "(0 0, 4 0, 4 4, 0 0)"
SQUARE = [[0, 0], [4, 0], [4, 4], [0, 0]]


@pytest.mark.parametrize(
    ("text", "kind", "coordinates"),
    [
        ("POINT (7.1 50.7)", "Point", [7.1, 50.7]),
        (" point z(7 -5e1 .5) ", "Point", [7, -50, 0.5]),
        ("POINT EMPTY", "Point", []),
        ("MULTIPOINT (1 2, 3 4)", "MultiPoint", [[1, 2], [3, 4]]),
        ("MULTIPOINT ((1 2), (3 4))", "MultiPoint", [[1, 2], [3, 4]]),
        ("LINESTRING (1 2, 3 4)", "LineString", [[1, 2], [3, 4]]),
        ("MULTILINESTRING ((1 2, 3 4), EMPTY)", "MultiLineString", [[[1, 2], [3, 4]], []]),
        (f"POLYGON ({RING})", "Polygon", [SQUARE]),
        (f"MULTIPOLYGON (({RING}), ({RING}))", "MultiPolygon", [[SQUARE], [SQUARE]]),
    ],
)
def test_each_geometry_is_read(text: str, kind: str, coordinates: Any) -> None:
    """Names in any case, heights, both ways to write many points, empty ones."""
    assert looks_like_wkt(text)
    assert geometry_of_wkt(text) == {"type": kind, "coordinates": coordinates}


def test_a_collection_holds_geometries() -> None:
    """Also collections."""
    text = "GEOMETRYCOLLECTION (POINT (1 2), GEOMETRYCOLLECTION (POINT (3 4)))"
    first, second = geometry_of_wkt(text)["geometries"]
    assert first == {"type": "Point", "coordinates": [1, 2]}
    assert second["geometries"] == [{"type": "Point", "coordinates": [3, 4]}]


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("", 1),
        ("CIRCLE (1 2)", 1),
        ("POINT (1)", 9),
        ("POINT (1 2", 11),
        ("POINT (1 2) x", 13),
        ("POINT (1 2; 3)", 11),
        ("POINT M (1 2 3)", 7),
        ("POINT (1 2 3 4)", 14),
        ("POLYGON ((0 0, 1 1, 0 0))", 25),
        ("LINESTRING (1 2)", 17),
    ],
)
def test_what_is_wrong_is_said_with_its_column(text: str, column: int) -> None:
    """The first place that does not fit."""
    with pytest.raises(WktProblem, match=f"at column {column},"):
        geometry_of_wkt(text)


def test_too_deep_a_nesting_is_refused() -> None:
    """Before it could exhaust the stack."""
    with pytest.raises(WktProblem):
        geometry_of_wkt("GEOMETRYCOLLECTION (" * 5_000)


@given(st.text(alphabet="POINTZ(), .0123eE+-x\n", max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text breaks the parser."""
    try:
        kind = geometry_of_wkt("POINT" + text)["type"]
    except WktProblem:
        kind = "none"
    assert kind in ("Point", "none")
