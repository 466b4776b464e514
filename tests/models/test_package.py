"""Application packages are read by their content, and YAML only where it must be."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from ogc_widgets.errors import InvalidPackage
from ogc_widgets.models import ApplicationPackage

WORKFLOW = {"class": "Workflow", "id": "water", "inputs": {}}
CWL = {"cwlVersion": "v1.2", "$graph": [WORKFLOW, {"class": "CommandLineTool", "id": "crop"}]}
YAML = """cwlVersion: v1.2
s:softwareVersion: 1.0.0
s:dateCreated: 2024-01-02
$graph:
  - {class: Workflow, id: "#water"}
  - {class: Workflow, id: other}
  - {class: CommandLineTool, id: crop}
"""


@pytest.mark.parametrize(
    ("package", "media_type", "workflows"),
    [
        (YAML, "application/cwl+yaml", ("water", "other")),
        (f"\ufeff{json.dumps(CWL)}", "application/cwl+json", ("water",)),
        (CWL, "application/cwl+json", ("water",)),
        ({"cwlVersion": "v1.0", **WORKFLOW}, "application/cwl+json", ("water",)),
        ({"cwlVersion": "v1.0", "class": "CommandLineTool"}, "application/cwl+json", ()),
        ({"executionUnit": {"value": CWL}}, "application/ogcapppkg+json", ("water",)),
        ({"executionUnit": [{"value": YAML}]}, "application/ogcapppkg+json", ("water", "other")),
        ({"executionUnit": CWL}, "application/ogcapppkg+json", ("water",)),
        ({"executionUnit": {"type": "docker", "image": "x"}}, "application/ogcapppkg+json", ()),
        ({"executionUnit": None}, "application/ogcapppkg+json", ()),
        ({"$graph": {"water": {"class": "Workflow"}, "x": 3}}, "application/cwl+json", ("water",)),
        ({"$graph": 3}, "application/cwl+json", ()),
    ],
)
def test_packages_are_told_by_their_content(
    package: Any, media_type: str, workflows: tuple[str, ...]
) -> None:
    """YAML, JSON, and OGC packages around an object, a text or a list."""
    read = ApplicationPackage(package)
    assert (read.media_type, read.workflows) == (media_type, workflows)


def test_the_trainings_package_has_two_workflows(shared: Path) -> None:
    """The same in YAML and in JSON; text stays as it came."""
    folder = shared / "standard/eoap/mastering-app-package/releases/1.0.0"
    for path in sorted(folder.iterdir()):
        text = path.read_text()
        package = ApplicationPackage(text)
        assert package.text == text
        assert package.workflows == ("water-bodies", "detect_water_body")


def test_a_package_may_only_lead_to_cwl(shared: Path) -> None:
    """The training's deployment by reference."""
    folder = shared / "standard/eoap/ogc-api-processes-with-zoo/extracted"
    package = ApplicationPackage((folder / "01-deploy--request.ogcapppkg.json").read_text())
    assert package.href.endswith("app-water-bodies-cloud-native.1.0.0.cwl")
    assert (package.cwl, package.workflows) == ({}, ())


def test_dates_stay_text() -> None:
    """JSON has none, so that a package in YAML can be sent as JSON."""
    assert ApplicationPackage(YAML).document["s:dateCreated"] == "2024-01-02"


@pytest.mark.parametrize("text", ["a: [", "a: b: c", "just words", "", "[1]", "a: !!python/x 1"])
def test_what_is_no_package_is_said(text: str) -> None:
    """In the package's own words where there are some."""
    with pytest.raises(InvalidPackage, match="package"):
        _ = ApplicationPackage(text).document


@pytest.mark.parametrize("value", [object(), float("nan")])
def test_what_json_cannot_hold_is_said(value: object) -> None:
    """At once, before anything is sent."""
    with pytest.raises(InvalidPackage, match="JSON"):
        ApplicationPackage({"cwlVersion": value})


def test_without_pyyaml_json_is_read_and_yaml_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """PyYAML is needed for YAML only."""
    monkeypatch.setitem(sys.modules, "yaml", None)
    with pytest.raises(ImportError):
        importlib.import_module("yaml")
    assert ApplicationPackage(CWL).workflows == ("water",)
    with pytest.raises(ImportError, match="pip install pyyaml"):
        _ = ApplicationPackage(YAML).workflows


def test_packages_are_compared_by_text_and_shown_without_it() -> None:
    """A package may be long."""
    assert ApplicationPackage(YAML) == ApplicationPackage(YAML)
    assert len({ApplicationPackage(YAML), ApplicationPackage(CWL)}) == 2
    assert "crop" not in repr(ApplicationPackage(YAML))
