"""Descriptions and values made to exhaust a client do not."""

from collections.abc import Callable
from time import process_time
from typing import Any

import pytest

from ogc_widgets.forms import build_form

from .descriptions import process, with_schema

SECONDS = 5.0


def deep(depth: int) -> Any:
    """A schema of lists in lists."""
    schema: Any = {"type": "string"}
    for _ in range(depth):
        schema = {"type": "array", "items": schema}
    return schema


def doubling() -> Any:
    """Twenty definitions, each naming the next one ten times: 10^20 nodes when unfolded."""
    definitions: Any = {
        f"d{n}": {"anyOf": [{"$ref": f"#/definitions/d{n + 1}"}] * 10} for n in range(20)
    }
    return {**with_schema({"$ref": "#/definitions/d0"}), "definitions": definitions}


def itself() -> Any:
    """A schema that holds itself as an object, which JSON cannot but Python can."""
    schema: Any = {"type": "object"}
    schema["properties"] = {"a": schema, "b": schema}
    schema["default"] = schema
    return with_schema(schema)


BOMBS: dict[str, Callable[[], Any]] = {
    "deep": lambda: with_schema(deep(900)),
    "doubling": doubling,
    "itself": itself,
    "wide": lambda: with_schema({"properties": {f"p{n}": {} for n in range(100_000)}}),
    "enum": lambda: with_schema({"enum": list(range(100_000))}),
    "two enums": lambda: with_schema(
        {"allOf": [{"enum": list(range(5_000))}, {"enum": list(range(5_000))}]}
    ),
    "branches": lambda: with_schema({"oneOf": [{"const": n} for n in range(100_000)]}),
    "all of": lambda: with_schema({"allOf": [{"minimum": n} for n in range(50_000)]}),
    "occurs": lambda: with_schema({"type": "string"}, minOccurs=10**18, maxOccurs=10**18),
    "title": lambda: with_schema({"title": "x" * 5_000_000}),
    "inputs": lambda: process(**{f"x{n}": {"schema": deep(15)} for n in range(2_000)}),
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_built_in_bounded_time(name: str) -> None:
    """No hang, and no input missing."""
    description = BOMBS[name]()
    started = process_time()
    form = build_form(description)
    form.validate(form.initial_values())
    assert process_time() - started < SECONDS
    assert [field.id for field in form.fields] == list(description["inputs"])


def test_cut_schemas_accept_what_they_cannot_judge() -> None:
    """A value is not refused because the schema was too large to read."""
    form = build_form(BOMBS["wide"]())
    assert form.validate({"x": {"p99999": 1}}) == []
    assert "too large" in form.fields[0].notes[0]
    assert build_form(doubling()).validate({"x": {"any": ["thing"]}}) == []


def test_large_values_are_judged_in_bounded_time() -> None:
    """A long list of objects, each only once; and errors that end after the first few."""
    form = build_form(with_schema({"type": "array", "uniqueItems": True, "items": {"maximum": 5}}))
    started = process_time()
    assert form.validate({"x": [{"n": n} for n in range(20_000)]}) == []
    assert len(form.validate({"x": list(range(10_000))})) == 20
    assert process_time() - started < SECONDS


@pytest.mark.parametrize("hostile", [None, [], "text", 5, {"inputs": None}, {"inputs": [1, {}]}])
def test_no_description_at_all(hostile: Any) -> None:
    """What is no description makes an empty form, and still a request."""
    form = build_form(hostile)
    assert form.fields == ()
    assert form.execute_request({}) == {"inputs": {}, "response": "document"}
