"""The dialects of servers, folded into one."""

from typing import Any

import pytest

from ogc_widgets.forms.schema import fold

ONE_OF_TWO = {"oneOf": [{"const": "a", "title": "First"}, {"const": "b"}]}


@pytest.mark.parametrize(
    ("sent", "folded"),
    [
        ({"type": "string", "nullable": True}, {"type": "string", "nullable": True}),
        ({"type": ["null", "integer"]}, {"type": "integer", "nullable": True}),
        ({"oneOf": [{"type": "string"}, {"type": "null"}]}, {"type": "string", "nullable": True}),
        ({"anyOf": [{"type": "null"}, {"type": "number"}]}, {"type": "number", "nullable": True}),
        ({"type": "float"}, {"type": "number"}),
        ({"type": "Int"}, {"type": "integer"}),
        ({"type": "bool"}, {"type": "boolean"}),
        ({"type": "dateTime"}, {"type": "string", "format": "date-time"}),
        ({"type": "string", "format": "dateTime"}, {"type": "string", "format": "date-time"}),
        (
            {"type": "number", "minimum": 0, "exclusiveMinimum": True},
            {"type": "number", "exclusiveMinimum": 0},
        ),
        ({"minimum": 0, "exclusiveMinimum": False}, {"minimum": 0}),
        ({"exclusiveMaximum": 5}, {"exclusiveMaximum": 5}),
        ({"type": "boolean", "enum": ["true", "false"]}, {"type": "boolean"}),
        ({"type": "integer", "enum": ["1", "2"]}, {"type": "integer", "enum": [1, 2]}),
        ({"enum": ["a", None]}, {"enum": ["a"], "nullable": True}),
        (ONE_OF_TWO, {"enum": ["a", "b"], "enumNames": ["First", ""]}),
        (
            {"allOf": [{"type": "number", "minimum": 1}, {"type": "integer", "maximum": 9}]},
            {"type": "integer", "minimum": 1, "maximum": 9},
        ),
        ({"items": [{"type": "string"}]}, {"type": "array", "prefixItems": [{"type": "string"}]}),
        ({"type": "string", "mediaType": "a/b"}, {"type": "string", "contentMediaType": "a/b"}),
        ({"type": "string", "$id": "x", "$schema": "y", "x-vendor": 1}, {"type": "string"}),
        (True, {}),
        (None, {}),
    ],
)
def test_dialects_become_one(sent: Any, folded: Any) -> None:
    """OpenAPI 3.0, JSON Schema and what servers make of them say the same thing in the end."""
    assert fold(sent).schema == folded


def test_local_references_are_followed_into_the_description() -> None:
    """Both from the schema's own root and from the description's, escapes included."""
    description = {"definitions": {"a/b": {"type": "integer"}}}
    assert fold({"$ref": "#/definitions/a~1b"}, description).schema == {"type": "integer"}
    own = {"$ref": "#/$defs/x", "$defs": {"x": {"type": "boolean"}}, "title": "Mine"}
    assert fold(own).schema == {"type": "boolean", "title": "Mine"}


def test_cycles_are_cut_and_said() -> None:
    """A tree of itself ends, and the note says why the rest is not checked."""
    tree = {"type": "object", "properties": {"child": {"$ref": "#"}}}
    folded = fold(tree)
    assert folded.schema["properties"]["child"]["properties"]["child"] == {}
    assert folded.notes == ("The server's schema refers to itself.",)


@pytest.mark.parametrize(
    "reference", ["https://example.org/s.json", "file:///etc/passwd", "s.json"]
)
def test_references_elsewhere_are_not_fetched(
    reference: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is opened; what is not known is said."""

    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("a reference was fetched")

    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("urllib.request.urlopen", refuse)
    folded = fold({"$ref": reference})
    assert folded.schema == {}
    assert reference in folded.notes[0]
    assert "not fetched" in folded.notes[0]


@pytest.mark.parametrize(
    ("schema", "known"),
    [
        ({"format": "ogc-bbox"}, "bbox"),
        ({"$ref": "../../openapi/schemas/bbox.yaml"}, "bbox"),
        ({"allOf": [{"format": "ogc-bbox"}, {"$ref": "https://x.org/bbox.json"}]}, "bbox"),
        ({"type": "object", "properties": {"bbox": {"type": "array"}}}, "bbox"),
        ({"format": "geojson-geometry"}, "geometry"),
        ({"$ref": "https://geojson.org/schema/FeatureCollection.json"}, "feature_collection"),
        (
            {"format": "http://www.opengis.net/def/format/ogcapi-processes/0/geojson-feature"},
            "feature",
        ),
    ],
)
def test_ogc_s_own_schemas_are_built_in(schema: Any, known: str) -> None:
    """By short code, URL or shape, without the network."""
    folded = fold(schema)
    assert folded.schema["known"] == known
    assert folded.notes == ()


def test_a_geojson_feature_is_not_a_bounding_box() -> None:
    """A feature has a bbox among others."""
    names = ("type", "geometry", "properties", "bbox")
    schema = {"type": "object", "properties": {name: {"type": "array"} for name in names}}
    assert "known" not in fold(schema).schema


def test_contradictions_are_said_and_refuse_nothing() -> None:
    """What no value could satisfy is not checked."""
    folded = fold({"type": "integer", "minimum": 5, "maximum": 1})
    assert folded.schema == {"type": "integer"}
    assert "contradict" in folded.notes[0]
    assert fold({"allOf": [{"type": "string"}, {"type": "array"}]}).schema == {"type": "string"}


def test_what_is_cut_under_not_refuses_nothing() -> None:
    """``not`` of something unknown would refuse every value."""
    assert "not" not in fold({"not": {"$ref": "https://example.org/s.json"}}).schema
    assert fold({"not": {"type": "string"}}).schema == {"not": {"type": "string"}}
