"""Values are judged in sentences, beside their field."""

from time import monotonic
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from ogc_widgets.contract.form import Problem
from ogc_widgets.forms import build_form, keywords
from ogc_widgets.forms.sentences import NOT_JSON

from .descriptions import process, with_schema

ONE_TO_TEN = {"type": "integer", "minimum": 1, "maximum": 10}
MANY = {"maxOccurs": 5}


def problems(schema: Any, value: Any, **more: Any) -> list[Problem]:
    """What is wrong with one value."""
    return build_form(with_schema(schema, **more)).validate({"x": value})


@pytest.mark.parametrize(
    ("schema", "value", "message"),
    [
        (ONE_TO_TEN, 11, "Enter a whole number from 1 to 10."),
        (ONE_TO_TEN, "a", "Enter a whole number."),
        (ONE_TO_TEN, True, "Enter a whole number."),
        ({"type": "number", "minimum": 0.5}, 0, "Enter a number of at least 0.5."),
        ({"type": "number", "exclusiveMinimum": 0}, 0, "Enter a number greater than 0."),
        ({"type": "number", "multipleOf": 0.1}, 0.35, "Enter a multiple of 0.1."),
        ({"type": "string"}, 5, "Enter text."),
        ({"type": "string", "minLength": 3}, "ab", "Enter at least 3 characters."),
        ({"type": "string", "maxLength": 1}, "ab", "Enter at most 1 character."),
        ({"type": "string", "minLength": 2, "maxLength": 2}, "a", "Enter exactly 2 characters."),
        ({"pattern": "^[A-Z]$"}, "a", "Enter text that matches the pattern ^[A-Z]$"),
        ({"type": "boolean"}, "maybe", "Choose yes or no."),
        ({"enum": ["a", "b", 3]}, "c", "Choose a, b or 3."),
        ({"const": 1}, 2, "The only value allowed is 1."),
        ({"type": "string", "format": "date"}, "x", "Enter a date such as 2024-05-31."),
        ({"type": "array", "minItems": 2}, [1], "Give at least 2 values."),
        ({"type": "array", "maxItems": 1}, [1, 2], "Give at most 1 value."),
        ({"uniqueItems": True}, [{"a": 1}, {"a": 1}], "Give each value only once."),
        ({"type": ["string", "number"]}, [1], "Enter text or a number."),
        ({"type": "object", "required": ["a"]}, {}, "“a” is missing."),
        (
            {"properties": {"a": {}}, "additionalProperties": False},
            {"b": 1},
            "“b” is not among the members that the server knows.",
        ),
        ({"anyOf": [{"type": "string"}, ONE_TO_TEN]}, 12, "Enter a whole number from 1 to 10."),
        (
            {"anyOf": [{"type": "string"}, {"type": "array"}]},
            5,
            "Enter text or a list in a form that the server accepts.",
        ),
        ({"not": {"type": "string"}}, "a", "This value does not fit what the server asks for."),
        ({}, {1, 2}, NOT_JSON),
    ],
)
def test_problems_are_sentences(schema: Any, value: Any, message: str) -> None:
    """They say what to do, never a validator's own words."""
    got = problems(schema, value)
    assert [problem.message for problem in got] == [message]
    assert got[0].severity == "error"


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"type": "number"}, 0),
        ({"type": "boolean"}, False),
        ({"type": "number", "multipleOf": 0.1}, 0.3),
        ({"type": "string", "pattern": r"^\p{L}+$"}, "Olinda"),
        ({"type": "string", "pattern": "^(?<year>[0-9]{4})$"}, "2024"),
        ({"type": "string", "nullable": True}, None),
        ({"oneOf": [{"type": "string", "contentMediaType": m} for m in ("a/b", "c/d")]}, "x"),
        ({"type": "object"}, {"href": "https://example.org", "type": "a/b"}),
        ({"type": "string"}, {"href": "https://example.org"}),
        ({"type": "number"}, {"value": 5}),
        ({"type": "string", "enum": [""]}, ""),
        ({"type": "string", "default": ""}, ""),
        ({"type": "array", "default": []}, []),
        ({"properties": {"a": {"nullable": True, "enum": ["x"]}}}, {"a": None}),
        ({"patternProperties": {"^x-": {}}, "additionalProperties": False}, {"x-a": 1}),
        ({"type": "string", "format": "uri"}, "not a uri"),
    ],
)
def test_good_values_are_let_through(schema: Any, value: Any) -> None:
    """Also what a strict reading of the server's schema would refuse."""
    assert problems(schema, value) == []


@pytest.mark.parametrize("value", [None, "", []])
def test_required_is_said_and_optional_is_not(value: Any) -> None:
    """Requiredness is minOccurs and nothing else."""
    schema = {"type": "string"}
    (problem,) = problems(schema, value)
    assert problem.message == "Enter a value: this input is required."
    assert problems(schema, value, minOccurs=0) == []
    assert build_form(process(x={"schema": schema, "minOccurs": "0"})).validate({}) == []


def test_paths_lead_into_lists_and_objects() -> None:
    """To the row and the member that is wrong."""
    rows = problems(ONE_TO_TEN, [1, 50, None], **MANY)
    assert [(p.path, p.message) for p in rows] == [
        ((1,), "Enter a whole number from 1 to 10."),
        ((2,), "Enter a value, or remove this row."),
    ]
    inner = {"type": "object", "properties": {"a": {"type": "array", "items": ONE_TO_TEN}}}
    assert [p.path for p in problems(inner, {"a": [1, 0]})] == [("a", 1)]
    assert [p.path for p in problems(inner, {"value": {"a": [0]}})] == [("value", "a", 0)]


def test_how_often_is_checked() -> None:
    """minOccurs and maxOccurs count rows."""
    (few,) = problems({"type": "string"}, ["a"], minOccurs=2, maxOccurs=3)
    (many,) = problems({"type": "string"}, ["a"] * 6, **MANY)
    assert few.message == "Give from 2 to 3 values."
    assert many.message == "Give from 1 to 5 values."
    assert problems({"type": "string"}, ["a"] * 60, maxOccurs="unbounded") == []


@pytest.mark.parametrize(
    "description",
    [
        with_schema({**ONE_TO_TEN, "default": 50}),
        with_schema({**ONE_TO_TEN, "default": [5, 50]}, maxOccurs=3),
        with_schema({"type": "string", "enum": ["a"], "default": "b"}),
        {**with_schema(ONE_TO_TEN), "example": {"inputs": {"x": 50}}},
    ],
)
def test_a_server_that_breaks_its_own_schema_gets_a_warning(description: Any) -> None:
    """Its own default or example must not keep anybody from submitting."""
    form = build_form(description)
    values = form.example_values() or form.initial_values()
    (problem,) = form.validate(values)
    assert problem.severity == "warning"
    assert problem.message.startswith("The server's own value does not fit its description. ")


def test_patterns_that_cannot_be_judged_are_warnings() -> None:
    """An expression that does not compile, and one that would run for ever."""
    (unreadable,) = problems({"type": "string", "pattern": "("}, "a")
    assert unreadable.severity == "warning"
    assert "cannot be read" in unreadable.message
    started = monotonic()
    evil = {"type": "string", "pattern": "^(a|aa)+$"}
    got = problems(evil, ["a" * 60 + "!"] * 200, maxOccurs="unbounded")
    assert [problem.severity for problem in got][-1] == "warning"
    assert "too long" in got[-1].message
    assert monotonic() - started < 10, "200 rows share one time limit"


def test_unknown_inputs_are_errors() -> None:
    """A misspelt name from Python is said, with the names there are."""
    (problem,) = build_form(process(bands={"minOccurs": 0})).validate({"bandz": 1})
    assert (problem.key, problem.severity) == ("", "error")
    assert problem.message == "This process has no input “bandz”. Its inputs are: “bands”."


def test_one_edit_judges_one_field(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 300 fields only the edited one is checked again; a change in place is an edit too."""
    judged: list[Any] = []
    compiled = keywords.compile_schema

    class Counting:
        def __init__(self, validator: Draft202012Validator) -> None:
            self.validator = validator

        def iter_errors(self, value: Any) -> Any:
            judged.append(value)
            return self.validator.iter_errors(value)

    monkeypatch.setattr(
        "ogc_widgets.forms.validate.compile_schema", lambda schema: Counting(compiled(schema))
    )
    form = build_form(process(**{f"x{n}": {"schema": {"type": "array"}} for n in range(300)}))
    values = {f"x{n}": [n] for n in range(300)}
    assert form.validate(values) == []
    assert len(judged) == 300
    values["x7"].append("seven")
    assert form.validate(values) == []
    assert judged[300:] == [[7, "seven"]]


def test_values_of_one_and_true_are_not_mixed_up() -> None:
    """What was judged for 1 is not the judgement of true."""
    form = build_form(with_schema({"type": "integer"}))
    assert form.validate({"x": 1}) == []
    assert form.validate({"x": 1.0}) == []
    assert len(form.validate({"x": True})) == 1


def test_tuples_are_lists() -> None:
    """From Python both are an array."""
    form = build_form(with_schema({"type": "string"}, **MANY))
    assert form.validate({"x": ("a", "b")}) == []
    assert form.execute_request({"x": ("a", "b")})["inputs"] == {"x": ["a", "b"]}


def test_null_can_be_chosen_where_it_is_allowed() -> None:
    """For a required input that allows it; elsewhere null is nothing."""
    assert problems({"type": "string", "nullable": True}, None) == []
    assert len(build_form(with_schema({"type": "string", "nullable": True})).validate({})) == 1
