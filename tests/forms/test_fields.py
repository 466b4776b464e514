"""Each construct gets the control that fits it, and what fits none says why."""

from typing import Any

import pytest

from ogc_widgets.forms import build_form

from .descriptions import process, with_schema


def field(schema: Any, **more: Any) -> Any:
    """The field of one input."""
    return build_form(with_schema(schema, **more)).fields[0]


@pytest.mark.parametrize(
    ("schema", "more", "kind"),
    [
        ({"type": "string"}, {}, "text"),
        ({"type": "integer"}, {}, "number"),
        ({"type": "boolean"}, {}, "boolean"),
        ({"type": "boolean", "enum": ["true", "false"]}, {}, "boolean"),
        ({"enum": ["a"]}, {}, "choice"),
        ({"const": 5}, {}, "choice"),
        ({"type": "string"}, {"enum": ["outside", "the schema"]}, "choice"),
        ({"enum": ["a"]}, {"maxOccurs": 2}, "many_choice"),
        ({"type": "array", "items": {"enum": ["a"]}}, {}, "many_choice"),
        ({"type": "string", "format": "date-time"}, {}, "datetime"),
        ({"type": "array", "items": {"type": "number"}}, {}, "list"),
        ({"type": "string"}, {"maxOccurs": "unbounded"}, "list"),
        ({"type": "string"}, {"maxOccurs": 1}, "text"),
        ({"type": "string"}, {"maxOccurs": "0"}, "text"),
        ({"type": "object"}, {}, "json"),
        ({"type": "array", "items": {"type": "array"}}, {}, "json"),
        ({"type": "array", "prefixItems": [{}]}, {}, "json"),
        ({"type": ["string", "number"]}, {}, "json"),
        ({"oneOf": [{"type": "string"}, {"type": "object"}]}, {}, "json"),
        (
            {"oneOf": [{"type": "string", "contentMediaType": kind} for kind in ("a/b", "c/d")]},
            {},
            "text",
        ),
        ({}, {}, "json"),
        (True, {}, "json"),
        (None, {}, "json"),
        ("nonsense", {}, "json"),
        ({"$ref": "https://example.org/x.json"}, {}, "json"),
        ({"enum": list(range(3000)), "type": "integer"}, {}, "number"),
    ],
)
def test_constructs_get_their_kind(schema: Any, more: Any, kind: str) -> None:
    """And a JSON field never lacks its reason."""
    made = field(schema, **more)
    assert made.kind == kind
    if kind == "json":
        assert made.reason.endswith(".")
        assert made.placeholder


def test_a_remote_reference_is_said() -> None:
    """The note names what was not fetched."""
    (note,) = field({"$ref": "https://example.org/x.json"}).notes
    assert "https://example.org/x.json" in note
    assert "not fetched" in note


def test_choices_have_labels_and_keep_their_types() -> None:
    """Titles where there are any; true is not 1."""
    titled = field({"oneOf": [{"const": 1, "title": "One"}, {"const": 2}]})
    assert [(o.value, o.label) for o in titled.options] == [(1, "One"), (2, "2")]
    mixed = field({"enum": [1, True, "1", 1.5, None, {"a": 1}]})
    assert [o.value for o in mixed.options] == [1, True, "1", 1.5, {"a": 1}]


def test_numbers_know_their_limits() -> None:
    """Bounds of both dialects, step and unit."""
    made = field(
        {"type": "number", "minimum": 0, "exclusiveMinimum": True, "maximum": 9, "multipleOf": 0.5,
         "x-ogc-unit": "km"}
    )  # fmt: skip
    assert (made.minimum, made.maximum, made.step, made.unit) == (0, 9, 0.5, "km")
    assert field({"type": "integer", "maximum": 10**400}).maximum is None


def test_a_geometry_has_its_own_field() -> None:
    """Also in rows, with a placeholder that is a good value."""
    several = field({"format": "geojson-geometry"}, maxOccurs=3)
    assert several.item.kind == "geometry"
    assert "Point" in several.item.placeholder


def test_texts_for_people() -> None:
    """Language maps are read, None is hidden, markup stays text, titles fall back to the id."""
    form = build_form(
        process(
            a={"title": {"fr": "Eau", "en": "Water"}, "description": "<b>bold</b>", "schema": {}},
            b={"title": "None", "description": "None", "schema": {"title": "From the schema"}},
            c={"schema": {}},
        )
    )
    assert [field.title for field in form.fields] == ["Water", "From the schema", "c"]
    assert [field.description for field in form.fields] == ["<b>bold</b>", "", ""]


def test_list_defaults_on_scalars_are_rows() -> None:
    """Where several may be given; a single default is one row."""
    several = {"maxOccurs": 9}
    rows = build_form(with_schema({"type": "string", "default": ["a", "b"]}, **several))
    assert rows.initial_values() == {"x": ["a", "b"]}
    one = build_form(with_schema({"type": "integer", "default": "5"}, **several))
    assert one.initial_values() == {"x": [5]}
    whole = build_form(with_schema({"type": "array", "default": [1, 2]}, **several))
    assert whole.initial_values() == {"x": [[1, 2]]}


@pytest.mark.parametrize("value", [0, False, "", []])
def test_empty_defaults_are_defaults(value: Any) -> None:
    """They are shown and sent."""
    form = build_form(with_schema({"default": value}))
    assert form.initial_values() == {"x": value}
    assert form.execute_request({"x": value})["inputs"] == {"x": value}


@pytest.mark.parametrize(
    ("described", "kind"),
    [
        (
            {"literalDataDomains": [{"dataType": {"name": "integer"}, "defaultValue": "3"}]},
            "number",
        ),
        ({"input": {"literalDataDomains": [{"dataType": "xs:string"}]}}, "text"),
        ({"literalDataDomain": {"allowedValues": ["a", "b"]}}, "choice"),
        ({"formats": [{"mimeType": "text/xml", "default": True}]}, "text"),
        ({"formats": [{"mimeType": "text/xml"}, {"mediaType": "application/json"}]}, "json"),
        ({"supportedCRS": [{"crs": "EPSG:4326"}]}, "bbox"),
        ({"type": "boolean"}, "boolean"),
        ({}, "json"),
    ],
)
def test_old_descriptions_are_read(described: Any, kind: str) -> None:
    """WPS's structure, in a list, under ``process``; a schema without the word schema."""
    old = {"process": {"id": "p", "inputs": [{"id": "x", "minOccurs": "1", **described}]}}
    (made,) = build_form(old).fields
    assert (made.id, made.kind, made.required) == ("x", kind, True)
