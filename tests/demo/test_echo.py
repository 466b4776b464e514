"""Echo gives back what it was given."""

from __future__ import annotations

from pathlib import Path

import pytest
from jsonschema import Draft4Validator

from ogc_widgets.demo.processes import ProcessFailure, describe
from ogc_widgets.demo.processes import echo as process
from ogc_widgets.demo.processes.echo_inputs import INPUTS
from tests.demo.process_support import FakeJob


def test_inputs_come_back_as_received(tmp_path: Path) -> None:
    """The output echo is the inputs, whatever they are; the output text is the text."""
    inputs = {"text": "Grüße\n", "anything": {"value": {"deep": [None, 1.5]}}, "unknown": "x"}
    result = process.execute(inputs, FakeJob(tmp_path))
    assert result == {"echo": {"value": inputs}, "text": "Grüße\n"}


def test_the_example_runs_as_it_stands(tmp_path: Path) -> None:
    """The example request gives its own inputs back."""
    inputs = describe("echo", "http://127.0.0.1")["example"]["inputs"]
    assert process.execute(inputs, FakeJob(tmp_path))["echo"] == {"value": inputs}


def test_progress_says_how_much_came(tmp_path: Path) -> None:
    """One report, at the start, with the number of inputs."""
    job = FakeJob(tmp_path)
    process.execute({"text": "a", "choice": "small"}, job)
    assert job.told == [(0, "Received 2 inputs")]


def test_a_number_out_of_bounds_fails(tmp_path: Path) -> None:
    """A number beyond what the description allows fails with a sentence."""
    with pytest.raises(ProcessFailure, match="give a number from -100 to 100"):
        process.execute({"text": "a", "number": 101}, FakeJob(tmp_path))


def test_only_the_text_is_required() -> None:
    """Every other input may be left out."""
    required = [name for name, one in INPUTS.items() if one.get("minOccurs", 1) > 0]
    assert required == ["text"]


@pytest.mark.parametrize(
    "name", [name for name, one in INPUTS.items() if "default" in one["schema"]]
)
def test_defaults_are_valid(name: str) -> None:
    """Each default is a value that its own schema allows."""
    schema = INPUTS[name]["schema"]
    Draft4Validator(schema).validate(schema["default"])


def test_every_kind_of_input_is_there() -> None:
    """The kinds that a form must know each have an input."""
    schemas = [one["schema"] for one in INPUTS.values()]
    types = {schema.get("type") for schema in schemas}
    assert types >= {"string", "number", "integer", "boolean", "array", "object"}
    formats = {schema.get("format") for schema in schemas}
    assert formats >= {
        "date",
        "time",
        "date-time",
        "password",
        "uri",
        "ogc-bbox",
        "geojson-geometry",
    }
    keys = {key for schema in schemas for key in schema}
    assert keys >= {"enum", "pattern", "oneOf", "nullable", "contentEncoding", "exclusiveMinimum"}
    assert any(one.get("maxOccurs", 1) != 1 for one in INPUTS.values())
