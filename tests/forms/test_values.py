"""Drafts to values and back."""

from typing import Any

import pytest

from ogc_widgets.forms import (
    build_form,
    drafts_from_values,
    mask_values,
    values_from_drafts,
)

from .descriptions import EVERY_KIND, process, with_schema

TEXT = {"type": "string"}
NUMBER = {"type": "number"}
INTEGER = {"type": "integer"}
INSTANT = {"type": "string", "format": "date-time"}


def read(schema: Any, draft: Any, **more: Any) -> tuple[Any, list[str]]:
    """The value (or None) and the messages that a draft of one field gives."""
    form = build_form(with_schema(schema, **more))
    values, problems = values_from_drafts(form.fields, {"f0": draft})
    return values.get("x"), [problem.message for problem in problems]


@pytest.mark.parametrize(
    ("schema", "draft", "value"),
    [
        (NUMBER, 0, 0),
        (NUMBER, " 1.50 ", 1.5),
        (NUMBER, "1e3", 1000.0),
        (NUMBER, "−2", -2),
        (NUMBER, ".5", 0.5),
        (INTEGER, "9007199254740993", 9007199254740993),
        (INTEGER, 5.0, 5),
        (INTEGER, 1.5, 1.5),
        ({"type": "boolean"}, False, False),
        ({"type": "boolean"}, "false", False),
        ({"enum": [0, 1]}, 0, 0),
        (TEXT, " padded ", " padded "),
        ({"type": "string", "format": "date"}, "2024-05-31", "2024-05-31"),
        (INSTANT, "2024-05-31T10:00", "2024-05-31T10:00:00Z"),
        (INSTANT, "2024-05-31 10:00:00.25+02:00", "2024-05-31T10:00:00.25+02:00"),
        ({"type": "object"}, '{"a": 1}', {"a": 1}),
        ({}, '"text"', "text"),
        ({}, "0", 0),
        (TEXT, '{"href": "https://x.org/a"}', {"href": "https://x.org/a"}),
        (TEXT, '{"a": 1}', '{"a": 1}'),
        (NUMBER, "", None),
        (NUMBER, None, None),
    ],
)
def test_drafts_are_read(schema: Any, draft: Any, value: Any) -> None:
    """What was typed becomes the value that was meant, zero and false included."""
    got, messages = read(schema, draft)
    assert messages == []
    assert got == value
    assert type(got) is type(value)


@pytest.mark.parametrize(
    ("schema", "draft", "message"),
    [
        (NUMBER, "abc", "Enter a number."),
        (NUMBER, "nan", "Enter a number."),
        (NUMBER, "1e999", "This number is too large."),
        (NUMBER, True, "Enter a number."),
        (NUMBER, "9" * 5000, "Enter a number."),
        (INTEGER, "1x", "Enter a whole number."),
        (INSTANT, "2024-13-01T00:00:00Z", "Enter a date and time such as 2024-05-31T14:30:00Z."),
        ({"type": "string", "format": "date"}, "31.5.2024", "Enter a date such as 2024-05-31."),
        ({"type": "string", "format": "time"}, "25:00", "Enter a time such as 14:30:00."),
        ({"type": "object"}, '{"a": }', "This is not JSON: look at line 1, column 7."),
        ({}, "hello", "This is not JSON. Put text in quotation marks: “text”."),
        ({}, "[" * 5000 + "]" * 5000, "This JSON nests too deep."),
        ({}, {"a": 1}, "Type this value as JSON."),
    ],
)
def test_what_is_no_value_is_a_sentence(schema: Any, draft: Any, message: str) -> None:
    """A problem in the field's place says what to type; no value is made up."""
    value, messages = read(schema, draft)
    assert messages == [message]
    assert value is None


def test_the_rest_still_goes_through() -> None:
    """One half-typed number keeps no other field from being read."""
    form = build_form(process(a={"schema": NUMBER}, b={"schema": TEXT}))
    values, problems = values_from_drafts(form.fields, {"f0": "1.", "f1": "b", "gone": 1})
    assert (values, problems) == ({"a": 1.0, "b": "b"}, [])
    values, problems = values_from_drafts(form.fields, {"f0": "x", "f1": "b"})
    assert values == {"b": "b"}
    assert [problem.key for problem in problems] == ["f0"]


def test_rows_keep_their_places() -> None:
    """The path leads to the row; an empty row stays, and a list of empty rows is no value."""
    form = build_form(with_schema(NUMBER, maxOccurs=5))
    values, problems = values_from_drafts(form.fields, {"f0": [1, None, "x", "2"]})
    assert values == {"x": [1, None, None, 2]}
    assert [(problem.key, problem.path) for problem in problems] == [("f0", (2,))]
    assert [p.path for p in form.validate(values)] == [(1,), (2,)]
    assert values_from_drafts(form.fields, {"f0": ["", None]})[0] == {"x": []}
    assert form.execute_request({"x": [1, None]})["inputs"] == {"x": [1]}


@pytest.mark.parametrize(
    ("schema", "value", "draft"),
    [
        (NUMBER, 0, 0),
        (INTEGER, 2**60, str(2**60)),
        (NUMBER, "abc", "abc"),
        ({"type": "boolean"}, False, False),
        ({"type": "boolean"}, "true", True),
        ({"type": "integer", "enum": [1, 2]}, "2", 2),
        ({"enum": [True, 1]}, 1, 1),
        ({"type": "object"}, {"a": [1]}, '{\n  "a": [\n    1\n  ]\n}'),
        (TEXT, {"href": "u"}, '{"href": "u"}'),
        (TEXT, 5, "5"),
        ({}, None, "null"),
    ],
)
def test_values_are_shown(schema: Any, value: Any, draft: Any) -> None:
    """Also values of the wrong type are shown, for the user to put right."""
    form = build_form(with_schema(schema))
    drafts = drafts_from_values(form.fields, {"x": value})
    assert drafts == {"f0": draft}
    assert type(drafts["f0"]) is type(draft)


def test_values_survive_the_browser() -> None:
    """Values to drafts and back are the same for every kind."""
    form = build_form(EVERY_KIND)
    values = {
        **form.initial_values(),
        **(form.example_values() or {}),
        "flag": False,
        "colours": ["red", "blue"],
        "day": "2024-05-31",
        "instant": "2024-05-31T10:00:00+02:00",
        "weights": [0.5, 0],
        "api_token": "s3cret",
        "elsewhere": [{"any": "thing"}],
    }
    drafts = drafts_from_values(form.fields, values)
    assert values_from_drafts(form.fields, drafts) == (values, [])


@pytest.mark.parametrize(
    ("name", "schema", "is_secret"),
    [
        ("x", {"type": "string", "format": "password"}, True),
        ("api_token", TEXT, True),
        ("userPassword", TEXT, True),
        ("ApiKey", TEXT, True),
        ("client-secret", {"type": "object"}, True),
        ("login", {"properties": {"pw": {"type": "string", "format": "password"}}}, True),
        ("max_tokens", INTEGER, False),
        ("secretary", TEXT, False),
        ("token", {"type": "integer"}, False),
    ],
)
def test_secrets_are_known_and_masked(name: str, schema: Any, is_secret: bool) -> None:
    """By format or by name; a masked value tells nothing, not even its length."""
    form = build_form(process(**{name: {"schema": schema}, "lots": {"schema": TEXT}}))
    masked = mask_values(form.fields, {name: "hunter2", "lots": "seen"})
    assert masked["lots"] == "seen"
    assert (masked[name] == "••••••") is is_secret
    assert getattr(form.fields[0], "secret", False) is is_secret


def test_a_list_of_secrets_is_secret() -> None:
    """Every row is."""
    form = build_form(process(tokens={}, token={"schema": TEXT, "maxOccurs": 3}))
    assert mask_values(form.fields, {"token": ["a", "b"]}) == {"token": "••••••"}
