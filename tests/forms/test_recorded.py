"""Descriptions that real servers sent, and those of the standard, all make a form."""

import json
from pathlib import Path
from typing import Any

import pytest

from ogc_widgets.contract.form import FormView
from ogc_widgets.forms import build_form

KINDS = {
    "pygeoapi/process_many": {
        "text": "text",
        "integer": "number",
        "number": "number",
        "flag": "boolean",
        "choice": "choice",
        "several": "list",
        "unbounded": "list",
        "date": "datetime",
        "bbox": "bbox",
        "geometry": "geometry",
        "object": "json",
    },
    "zoo-cgi/process_ManyPy": {
        "text": "text",
        "optional_text": "text",
        "integer": "number",
        "number": "number",
        "flag": "boolean",
        "choice": "choice",
        "several": "list",
        "when": "datetime",
        "ranged": "number",
        "geometry": "json",
        "bbox": "bbox",
    },
    "wraptile/process_simulate_scene": {
        "var_names": "text",
        "bbox": "bbox",
        "resolution": "number",
        "start_date": "datetime",
        "end_date": "datetime",
        "periodicity": "number",
        "output_path": "text",
    },
}


def recorded(shared: Path, name: str) -> Any:
    """The body of a recorded answer."""
    return json.loads((shared / "transcripts" / f"{name}.json").read_text())["response"]["json"]


@pytest.mark.parametrize("name", KINDS)
def test_real_descriptions_get_the_right_fields(shared: Path, name: str) -> None:
    """Each input of a server's broadest process has the control that fits it."""
    form = build_form(recorded(shared, name))
    assert {field.id: field.kind for field in form.fields} == KINDS[name]


def test_every_recorded_description_makes_a_form(shared: Path) -> None:
    """No input missing, defaults good, the wire takes it all; broken documents make empty forms."""
    paths = [
        *shared.glob("transcripts/*/process_*.json"),
        *shared.glob("standard/**/*rocess*escription*.json"),
    ]
    built = 0
    for path in paths:
        try:
            document = json.loads(path.read_text())
        except ValueError:
            continue
        document = document.get("response", {}).get("json", document)
        form = build_form(document)
        inputs = document.get("inputs", {}) if isinstance(document, dict) else {}
        assert [field.id for field in form.fields] == list(inputs), path.name
        FormView(fields=form.fields, outputs=form.outputs, modes=form.modes)
        problems = form.validate(form.initial_values())
        assert all("required" in problem.message for problem in problems), path.name
        built += bool(inputs)
    assert built > 15


def test_the_standard_s_echo_process(shared: Path) -> None:
    """Every construct of the official example, and a request as its clause 7.11 writes it."""
    path = shared / "standard/ogcapi-processes-v1.0/core/examples/json/ProcessDescription.json"
    form = build_form(json.loads(path.read_text()))
    assert {field.id: field.kind for field in form.fields} == {
        "stringInput": "choice",
        "measureInput": "json",
        "dateInput": "datetime",
        "doubleInput": "number",
        "arrayInput": "list",
        "complexObjectInput": "json",
        "geometryInput": "list",
        "boundingBoxInput": "bbox",
        "imagesInput": "list",
        "featureCollectionInput": "json",
    }
    link = {"href": "https://example.org/image.tif", "type": "image/tiff"}
    point = {"type": "Point", "coordinates": [1, 2]}
    values = {
        "arrayInput": [1, 2],
        "complexObjectInput": {"property1": "a", "property5": False},
        "geometryInput": ["<gml:Point/>", point],
        "boundingBoxInput": {"bbox": [1, 2, 3, 4]},
        "imagesInput": [link, "AAAA"],
    }
    sent = form.execute_request(values)["inputs"]
    assert sent == {
        "arrayInput": [1, 2],
        "complexObjectInput": {"value": {"property1": "a", "property5": False}},
        "geometryInput": ["<gml:Point/>", {"value": point, "mediaType": "application/geo+json"}],
        "boundingBoxInput": {"bbox": [1, 2, 3, 4]},
        "imagesInput": [link, "AAAA"],
    }
    wrong = form.validate({**values, "doubleInput": 0, "arrayInput": [1]})
    messages = {problem.key: problem.message for problem in wrong}
    assert messages["f3"] == "Enter a number greater than 0 and at most 10."
    assert messages["f4"] == "Give from 2 to 10 values."
