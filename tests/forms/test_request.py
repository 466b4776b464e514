"""The execute request that a form makes."""

from typing import Any

import pytest

from ogc_widgets.contract.form import OutputSelection
from ogc_widgets.forms import build_form

from .descriptions import EVERY_KIND, process, with_schema

GML_OR_GEOJSON = {
    "oneOf": [
        {"type": "string", "contentMediaType": "application/gml+xml"},
        {"format": "geojson-geometry"},
    ]
}
JSON_OR_XML = {
    "oneOf": [{"type": "object"}, {"type": "string", "contentMediaType": "text/xml"}],
}
POINT = {"type": "Point", "coordinates": [7, 50]}
LINK = {"href": "https://example.org/a.tif", "type": "image/tiff"}


def sent(schema: Any, value: Any, **more: Any) -> Any:
    """What one value becomes in the request."""
    request = build_form(with_schema(schema, **more)).execute_request({"x": value})
    return request["inputs"].get("x", "left out")


@pytest.mark.parametrize(
    ("schema", "value", "wire"),
    [
        ({"type": "number"}, 0, 0),
        ({"type": "boolean"}, False, False),
        ({"type": "string"}, "text", "text"),
        ({"type": "array"}, [1, {"a": 1}], [1, {"a": 1}]),
        ({"type": "object"}, {"a": 1}, {"value": {"a": 1}}),
        ({"type": "object"}, {"value": {"a": 1}}, {"value": {"a": 1}}),
        (
            {"type": "object", "properties": {"value": {}}},
            {"value": 1},
            {"value": {"value": 1}},
        ),
        ({"type": "object"}, {}, {"value": {}}),
        ({"format": "ogc-bbox"}, {"bbox": [1, 2, 3, 4]}, {"bbox": [1, 2, 3, 4]}),
        (
            {"type": "object"},
            {"bbox": [1, 2, 3, 4], "crs": "c"},
            {"bbox": [1, 2, 3, 4], "crs": "c"},
        ),
        (
            {"format": "geojson-geometry"},
            POINT,
            {"value": POINT, "mediaType": "application/geo+json"},
        ),
        (GML_OR_GEOJSON, POINT, {"value": POINT, "mediaType": "application/geo+json"}),
        (GML_OR_GEOJSON, "<gml/>", "<gml/>"),
        (JSON_OR_XML, "<a/>", {"value": "<a/>", "mediaType": "text/xml"}),
        (JSON_OR_XML, {"a": 1}, {"value": {"a": 1}}),
        ({"type": "string"}, LINK, LINK),
        (
            {"type": "string", "contentEncoding": "base64", "contentMediaType": "image/png"},
            "AAAA",
            {"value": "AAAA", "mediaType": "image/png", "encoding": "base64"},
        ),
        ({"type": "string", "format": "byte"}, "AAAA", "AAAA"),
    ],
)
def test_values_are_wrapped_as_the_standard_says(schema: Any, value: Any, wire: Any) -> None:
    """Objects qualified, bounding boxes and links bare, the rest as it is."""
    assert sent(schema, value) == wire


def test_several_values_are_always_an_array() -> None:
    """Each wrapped on its own; one value too; one of one is not."""
    several = {"maxOccurs": "unbounded"}
    assert sent({"type": "object"}, [{"a": 1}, LINK], **several) == [{"value": {"a": 1}}, LINK]
    assert sent({"type": "string"}, "one", **several) == ["one"]
    assert sent({"type": "array"}, [[1], [2]], **several) == [[1], [2]]
    assert sent({"type": "string"}, "one", maxOccurs=1) == "one"


def test_what_is_not_set_is_left_out() -> None:
    """Optional or required alike; null only where it was chosen for what must be given."""
    for value in (None, "", []):
        assert sent({"type": "string"}, value, minOccurs=0) == "left out"
    assert sent({"type": "string"}, None) == "left out"
    assert sent({"type": "string", "nullable": True}, None) is None
    assert sent({"type": "string", "nullable": True}, None, minOccurs=0) == "left out"
    assert build_form(with_schema({"type": "string", "nullable": True})).execute_request({}) == {
        "inputs": {},
        "response": "document",
    }


def test_defaults_are_sent() -> None:
    """The form starts with them, and sends what it shows."""
    form = build_form(EVERY_KIND)
    inputs = form.execute_request(form.initial_values())["inputs"]
    assert inputs == {
        "notes": "One\nTwo",
        "ratio": 0.5,
        "count": 3,
        "choice": 2,
        "bands": ["green", "nir"],
    }


def test_ids_go_back_as_they_came() -> None:
    """Whatever they are."""
    ids = [
        "__proto__",
        "constructor",
        "",
        " ",
        "a b",
        "mode.epsg.code",
        "🌊",
        "\ud800",
        "\u00e9",
        "e\u0301",
    ]
    form = build_form(process(**{name: {"schema": {"type": "string"}} for name in ids}))
    values = {field.id: "v" for field in form.fields}
    assert list(form.execute_request(values)["inputs"]) == ids
    assert len({field.key for field in form.fields}) == len(ids)


def test_outputs_are_named_and_never_none() -> None:
    """All of them where nothing is chosen; an empty map would ask for nothing."""
    form = build_form(EVERY_KIND)
    assert form.execute_request({})["outputs"] == {"mask": {}, "area": {}}
    assert form.execute_request({}, ["area"])["outputs"] == {"area": {}}
    assert "outputs" not in form.execute_request({}, [])
    assert "outputs" not in form.execute_request({}, {})
    assert "outputs" not in build_form({"id": "p"}).execute_request({})
    named = {"mask": {"format": {"mediaType": "image/png"}}}
    assert form.execute_request({}, named)["outputs"] == named


def test_selections_say_format_and_transmission() -> None:
    """Only what was chosen is written; what is not selected is not named."""
    form = build_form(EVERY_KIND)
    chosen = (
        OutputSelection(key="o0", media_type="image/png", transmission="reference"),
        OutputSelection(key="o1", selected=False),
        OutputSelection(key="gone"),
    )
    assert form.execute_request({}, chosen)["outputs"] == {
        "mask": {"format": {"mediaType": "image/png"}, "transmissionMode": "reference"}
    }
    both = (OutputSelection(key="o0", transmission="value"), OutputSelection(key="o1"))
    assert form.execute_request({}, both)["outputs"] == {
        "mask": {"transmissionMode": "value"},
        "area": {},
    }


def test_the_example_becomes_values() -> None:
    """Unwrapped as it was wrapped, so that it makes the same request again."""
    inputs = {
        "a": {"schema": {"type": "object"}},
        "b": {"schema": {"type": "string"}, "maxOccurs": 3},
        "c": {"schema": {"format": "ogc-bbox"}},
        "d": {"schema": {"type": "string"}},
    }
    example = {
        "inputs": {
            "a": {"value": {"k": 1}},
            "b": ["x", "y"],
            "c": {"bbox": [1, 2, 3, 4]},
            "d": LINK,
            "unknown": 1,
        }
    }
    form = build_form({**process(**inputs), "example": example})
    values = form.example_values()
    assert values == {"a": {"k": 1}, "b": ["x", "y"], "c": {"bbox": [1, 2, 3, 4]}, "d": LINK}
    assert form.validate(values) == []
    wire = {name: value for name, value in example["inputs"].items() if name != "unknown"}
    assert form.execute_request(values)["inputs"] == wire


@pytest.mark.parametrize(
    "example", [None, {}, {"inputs": {}}, {"inputs": 5}, {"inputs": {"y": 1}}, "x"]
)
def test_an_example_of_nothing_is_none(example: Any) -> None:
    """The button is offered only where it does something."""
    assert build_form({**with_schema({}), "example": example}).example_values() is None
