"""Bounding boxes: how they are found, judged, and ordered on the wire."""

from typing import Any

import pytest

from ogc_widgets.contract.form import BoxField
from ogc_widgets.forms import FormSheet, build_form
from ogc_widgets.forms.crs import is_in_degrees, is_north_first, spoken_name

from .descriptions import CRS84, process, with_schema

URI_4326 = "http://www.opengis.net/def/crs/EPSG/0/4326"
URN_4326 = "urn:ogc:def:crs:EPSG::4326"
METRES = "http://www.opengis.net/def/crs/EPSG/0/3857"
NUMBERS: dict[str, Any] = {"type": "array", "items": {"type": "number"}}
FOUR = {**NUMBERS, "minItems": 4, "maxItems": 4}


def with_crs(*names: str, **more: Any) -> dict[str, Any]:
    """The schema of a box in one of these reference systems."""
    crs = {"type": "string", "enum": list(names), **more}
    return {
        "type": "object",
        "format": "ogc-bbox",
        "required": ["bbox", "crs"],
        "properties": {"bbox": FOUR, "crs": crs},
    }


def box_field(schema: Any, name: str = "x") -> Any:
    """The field of an input of this schema."""
    return build_form(process(**{name: {"schema": schema}})).fields[0]


def problems(value: Any, schema: Any = None) -> list[tuple[tuple[Any, ...], str, str]]:
    """What is wrong with a box."""
    found = build_form(with_schema(schema or {"format": "ogc-bbox"})).validate({"x": value})
    return [(one.path, one.message, one.severity) for one in found]


@pytest.mark.parametrize(
    ("schema", "heights", "bare"),
    [
        ({"format": "ogc-bbox"}, "optional", False),
        ({"$ref": "../../openapi/schemas/bbox.yaml"}, "optional", False),
        ({"type": "object", "properties": {"bbox": FOUR}}, "none", False),
        (with_crs(CRS84), "none", False),
        ({**NUMBERS, "format": "bbox", "minItems": 6, "maxItems": 6}, "required", True),
    ],
)
def test_boxes_are_recognised(schema: Any, heights: str, bare: bool) -> None:
    """By format, reference, members, and with heights only where the schema has them."""
    made = box_field(schema)
    assert (made.kind, made.heights, made.bare) == ("bbox", heights, bare)


@pytest.mark.parametrize(
    ("name", "schema", "kind"),
    [
        ("bbox", FOUR, "bbox"),
        ("bbox", NUMBERS, "bbox"),
        ("spatial_extent", FOUR, "bbox"),
        ("Bounding box", {"type": "array", "prefixItems": [{"type": "number"}] * 4}, "bbox"),
        ("extent", NUMBERS, "list"),
        ("weights", FOUR, "list"),
        ("bbox", {**NUMBERS, "minItems": 5}, "bbox"),
        ("bbox", {**NUMBERS, "maxItems": 3}, "list"),
        ("bbox", {"type": "array", "items": {"type": "string"}, "minItems": 4}, "list"),
    ],
)
def test_plain_arrays_are_boxes_by_name(name: str, schema: Any, kind: str) -> None:
    """Four or six numbers that are called a box; others stay lists."""
    assert box_field(schema, name).kind == kind


def test_the_reference_systems_of_the_schema() -> None:
    """Its list with its default first; CRS84 where it says nothing; none where it takes none."""
    made = box_field(with_crs(URI_4326, CRS84, default=CRS84))
    assert [one.value for one in made.crs] == [CRS84, URI_4326]
    assert [one.label for one in made.crs] == ["WGS 84 (CRS84)", "WGS 84 (EPSG:4326)"]
    assert box_field({"format": "ogc-bbox"}).crs[0].value == CRS84
    assert box_field({"type": "object", "properties": {"bbox": FOUR}}).crs == ()


@pytest.mark.parametrize(
    ("crs", "north_first", "degrees"),
    [
        (URI_4326, True, True),
        (URN_4326, True, True),
        ("urn:ogc:def:crs:EPSG:6.6:4326", True, True),
        ("[EPSG:4326]", True, True),
        ("EPSG:4326", False, True),
        (CRS84, False, True),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", False, True),
        (METRES, False, False),
        ("http://www.opengis.net/def/crs/EPSG/0/3035", True, False),
        ("somewhere else", False, False),
        ("", False, True),
    ],
)
def test_axes_of_reference_systems(crs: str, north_first: bool, degrees: bool) -> None:
    """The authority's order for URIs, URNs and safe CURIEs; east first otherwise."""
    assert (is_north_first(crs), is_in_degrees(crs)) == (north_first, degrees)
    assert spoken_name(crs) or not crs


@pytest.mark.parametrize("crs", [URI_4326, URN_4326])
def test_axes_are_turned_on_the_wire_only(crs: str) -> None:
    """Values are west, south, east, north; the request and the server's default as the CRS asks."""
    wire = {"bbox": [48, 7, 49, 8], "crs": crs}
    ours = {"bbox": [7, 48, 8, 49], "crs": crs}
    description = with_schema({**with_crs(crs), "default": wire})
    description["example"] = {"inputs": {"x": wire}}
    form = build_form(description)
    assert form.initial_values() == form.example_values() == {"x": ours}
    assert form.execute_request({"x": ours})["inputs"] == {"x": wire}
    assert form.take(form.execute_request({"x": ours})).values == {"x": ours}
    high = {"bbox": [7, 48, 0, 8, 49, 5], "crs": crs}
    sent = build_form(with_schema({"format": "ogc-bbox"})).execute_request({"x": high})
    assert sent["inputs"]["x"]["bbox"] == [48, 7, 0, 49, 8, 5]


def test_boxes_are_never_wrapped() -> None:
    """Also one that somebody wrapped; several are an array; a plain array stays one."""
    box = {"bbox": [1, 2, 3, 4], "crs": CRS84}
    one = build_form(with_schema({"format": "ogc-bbox"}))
    assert one.execute_request({"x": {"value": box}})["inputs"] == {"x": box}
    several = build_form(with_schema({"format": "ogc-bbox"}, maxOccurs=3))
    assert several.fields[0].item.kind == "bbox"  # type: ignore[union-attr]
    assert several.execute_request({"x": [box, box]})["inputs"] == {"x": [box, box]}
    bare = build_form(process(bbox={"schema": FOUR}))
    assert bare.execute_request({"bbox": [1, 2, 3, 4]})["inputs"] == {"bbox": [1, 2, 3, 4]}


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([1, 2, 3, 4], []),
        ([1, 4, 3, 2], [(("bbox", 1), "South must not be greater than north.", "error")]),
        ([181, 2, 190, 4], [
            (("bbox", 0), "West must be from -180 to 180 degrees.", "error"),
            (("bbox", 2), "East must be from -180 to 180 degrees.", "error"),
        ]),
        ([170, 2, -170, 4], [
            (("bbox", 0),
             "West is greater than east: the box crosses the antimeridian (180 degrees).",
             "warning"),
        ]),
        ([1, None, "x", 4], [
            (("bbox", 1), "South: enter a number.", "error"),
            (("bbox", 2), "East: enter a number.", "error"),
        ]),
        ([1, 2, 9, 3, 4, 5], [
            (("bbox", 2), "Lowest must not be greater than highest.", "error"),
        ]),
        ([1, 2, 3], [
            ((), "Give 4 numbers (west, south, east, north) or 6 numbers (with heights).", "error"),
        ]),
    ],
)  # fmt: skip
def test_problems_are_said_number_by_number(numbers: Any, expected: Any) -> None:
    """Each at its number; a box over the antimeridian is allowed, and said."""
    assert problems({"bbox": numbers}) == expected


def test_other_problems() -> None:
    """No degrees in metres, no antimeridian either; a CRS that is not offered; no box at all."""
    assert problems({"bbox": [5e5, 1, 6e5, 2], "crs": METRES}, with_crs(METRES)) == []
    (found,) = problems({"bbox": [6e5, 1, 5e5, 2], "crs": METRES}, with_crs(METRES))
    assert found == (("bbox", 0), "West must not be greater than east.", "error")
    ((path, message, _),) = problems({"bbox": [1, 2, 3, 4], "crs": METRES}, with_crs(CRS84))
    assert (path, message.split()[0]) == (("crs",), "Choose")
    ((path, message, _),) = problems({"bbox": [1, 2, 3, 4]}, with_crs(CRS84))
    assert (path, message) == (("crs",), "Choose a coordinate reference system.")
    assert problems("here")[0][1] == "Enter west, south, east and north."
    assert problems({"href": "https://example.org/box"}) == []


@pytest.mark.parametrize(
    ("draft", "value"),
    [
        ({"bbox": [1, "2.5", 3, "\N{MINUS SIGN}4"]}, {"bbox": [1, 2.5, 3, -4], "crs": CRS84}),
        ({"bbox": [1, 2, 3, 4], "crs": URI_4326}, {"bbox": [1, 2, 3, 4], "crs": URI_4326}),
        ("-1, 2, 3, 4", {"bbox": [-1, 2, 3, 4], "crs": CRS84}),
        ('{"href": "https://example.org/b"}', {"href": "https://example.org/b"}),
    ],
)
def test_drafts_become_values(draft: Any, value: Any) -> None:
    """Numbers, typed numbers, a pasted text, a link; with the first CRS where none is named."""
    sheet = FormSheet(build_form(with_schema({"format": "ogc-bbox"})))
    sheet.edit({"f0": draft})
    assert sheet.values() == {"x": value}


def test_values_come_back_through_drafts() -> None:
    """A box and a bare array, as they were set; a tuple too."""
    sheet = FormSheet(
        build_form(process(a={"schema": {"format": "ogc-bbox"}}, bbox={"schema": FOUR}))
    )
    sheet.put({"a": {"bbox": (1, 2, 3, 4)}, "bbox": (5, 6, 7, 8)})
    assert sheet.values() == {"a": {"bbox": [1, 2, 3, 4], "crs": CRS84}, "bbox": [5, 6, 7, 8]}
    assert sheet.problems() == ()


def test_a_reference_system_alone_is_no_box() -> None:
    """An optional box of which only the CRS is chosen is not sent, and what is no box is said."""
    form = build_form(with_schema({"format": "ogc-bbox"}, minOccurs=0))
    assert isinstance(form.fields[0], BoxField)
    sheet = FormSheet(form)
    sheet.edit({"f0": {"bbox": [None] * 4, "crs": URI_4326}})
    assert sheet.values() == {}
    assert sheet.problems() == ()
    sheet.edit({"f0": "nowhere"})
    assert [one.message for one in sheet.problems()] == ["Enter west, south, east and north."]
