"""A process that tells what it sees of the server, and prints as much as it is asked to."""

import os
from typing import Any

DESCRIPTION: dict[str, Any] = {
    "id": "curious",
    "version": "1.0.0",
    "jobControlOptions": ["sync-execute", "async-execute"],
    "outputTransmission": ["value"],
    "inputs": {"lines": {"minOccurs": 0, "schema": {"type": "integer"}}},
    "outputs": {"environment": {"schema": {"type": "object"}}},
}


def execute(inputs: dict[str, Any], job: Any) -> dict[str, Any]:
    """Its environment; and a file that cannot be followed."""
    for _ in range(inputs.get("lines", 0)):
        print("x" * 999_999)
    (job.folder / "circle").symlink_to("circle")
    (job.folder / "away").symlink_to("../..")
    (job.folder / "plain.txt").write_text("x")
    return {"environment": {"value": dict(os.environ)}}
