"""The descriptions of the processes, against the official schemas."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ogc_widgets.demo.processes import describe, load_process, process_ids
from ogc_widgets.demo.processes import water_bodies as training
from tests.demo.process_support import official


@pytest.mark.parametrize("process_id", process_ids())
def test_a_description_is_valid(shared: Path, process_id: str) -> None:
    """The description fits process.yaml, each input and output its own schema."""
    description = describe(process_id, "http://127.0.0.1:1")
    official(shared, "process.yaml").validate(description)
    for one in description["inputs"].values():
        official(shared, "inputDescription.yaml").validate(one)
    for one in description["outputs"].values():
        official(shared, "outputDescription.yaml").validate(one)


def test_the_validator_can_fail(shared: Path) -> None:
    """A description with a schema that the standard does not know is refused."""
    assert official(shared, "process.yaml").is_valid(describe("echo", ""))
    wrong = {"id": "a", "version": "1", "inputs": {"b": {"schema": {"type": "float"}}}}
    assert not official(shared, "process.yaml").is_valid(wrong)


@pytest.mark.parametrize("process_id", process_ids())
def test_a_description_is_for_people(process_id: str) -> None:
    """Titles, descriptions and keywords are there, and an example of what the process takes."""
    description = describe(process_id, "http://127.0.0.1:1")
    assert description["id"] == process_id
    assert description["keywords"]
    for one in (*description["inputs"].values(), *description["outputs"].values(), description):
        assert one["title"][0].isupper()
        assert len(one["description"]) > 5
    example = description["example"]["inputs"]
    required = {k for k, one in description["inputs"].items() if one.get("minOccurs", 1) > 0}
    assert required <= set(example) <= set(description["inputs"])


def test_the_training_request_fits_its_description() -> None:
    """Water bodies has the training's own quirks."""
    inputs = describe("water-bodies", "")["inputs"]
    assert list(inputs) == ["stac_items", "aoi", "epsg", "bands", "pace"]
    assert inputs["bands"]["schema"] == {"type": "string", "default": ["green", "nir"]}
    assert inputs["stac_items"]["maxOccurs"] == inputs["bands"]["maxOccurs"] == 999
    assert inputs["bands"]["extended-schema"]["type"] == "array"
    assert inputs["aoi"]["schema"] == {"type": "string"}
    assert inputs["epsg"]["schema"]["nullable"] is True
    assert [name for name, one in inputs.items() if one.get("minOccurs") == 0] == ["pace"]


def test_the_server_address_is_filled_in_and_nothing_kept() -> None:
    """Each call gives a copy of its own; the module's description keeps its placeholder."""
    one = describe("water-bodies", "http://a.test/b/")
    (first, _) = one["example"]["inputs"]["stac_items"]
    assert first == "http://a.test/b/stac/collections/olinda/items/olinda-north-east"
    one["inputs"].clear()
    assert "{server_url}" in str(training.DESCRIPTION)
    assert "{server_url}" not in str(describe("water-bodies", "http://a.test"))
    assert load_process("water-bodies").DESCRIPTION["inputs"]


def test_an_unknown_process_is_a_key_error() -> None:
    """No built-in process has that id."""
    with pytest.raises(KeyError):
        describe("nothing", "http://127.0.0.1")


def test_descriptions_cost_no_numpy() -> None:
    """Neither listing nor describing all processes imports what only their work needs."""
    code = (
        "import sys; from ogc_widgets.demo.processes import *; "
        "from ogc_widgets.demo.processes import describe, process_ids; "
        "[describe(one, '') for one in process_ids()]; "
        "sys.exit(bool({'numpy', 'rasterio', 'fastapi'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True)
    assert done.returncode == 0, done.stderr
