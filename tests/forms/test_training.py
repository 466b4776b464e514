"""The training's own description and request, which the form must not spoil."""

import json
from pathlib import Path
from typing import Any

import pytest

from ogc_widgets.forms import build_form, drafts_from_values, values_from_drafts

FOLDER = "standard/eoap/ogc-api-processes-with-zoo/extracted"


@pytest.fixture
def form(shared: Path) -> Any:
    """The form of the training's water-bodies."""
    text = (shared / FOLDER / "describe-process--processDescription.json").read_text()
    return build_form(json.loads(text))


@pytest.fixture
def request_sent(shared: Path) -> Any:
    """What the training sends."""
    return json.loads((shared / FOLDER / "04-execute--request.json").read_text())


def test_fields_are_what_a_learner_expects(form: Any) -> None:
    """Texts, and lists of texts with the server's two bands as rows."""
    aoi, bands, epsg, stac_items = form.fields
    assert (aoi.id, aoi.kind, aoi.required) == ("aoi", "text", True)
    assert (bands.kind, bands.item.kind, bands.min_items, bands.max_items) == (
        "list",
        "text",
        1,
        999,
    )
    assert (epsg.kind, epsg.required) == ("text", True)
    assert (stac_items.kind, stac_items.item.kind, stac_items.required) == ("list", "text", True)
    assert form.initial_values() == {"bands": ["green", "nir"], "epsg": "EPSG:4326"}
    assert [mode.mode for mode in form.modes if mode.allowed] == ["auto", "async"]
    assert form.outputs[0].description == "", "the word None is no description"


def test_only_what_has_no_default_is_missing(form: Any) -> None:
    """Two problems at the start, both beside their fields."""
    problems = form.validate(form.initial_values())
    assert [(problem.key, problem.severity) for problem in problems] == [
        ("f0", "error"),
        ("f3", "error"),
    ]


def test_the_request_is_the_training_s_own(form: Any, request_sent: Any) -> None:
    """By values, and by way of the drafts that a browser edits."""
    values = request_sent["inputs"]
    assert form.validate(values) == []
    assert form.execute_request(values)["inputs"] == values
    drafts = drafts_from_values(form.fields, values)
    read, problems = values_from_drafts(form.fields, drafts)
    assert problems == []
    assert form.execute_request(read) == {
        "inputs": values,
        "outputs": {"stac_catalog": {}},
        "response": "document",
    }
