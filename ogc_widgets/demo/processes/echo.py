"""``echo``: gives back what it was given. It has one input of every kind that a form must know."""

from typing import Any

from . import Inputs, JobContext, Outputs
from .echo_inputs import INPUTS
from .received import number_of, value_of

DESCRIPTION: dict[str, Any] = {
    "id": "echo",
    "title": "Echo",
    "description": (
        "Gives back every input as it was received. There is an input of every kind, so that a "
        "client can be tried out; only the first is required."
    ),
    "version": "1.0.0",
    "keywords": ["echo", "inputs", "test"],
    "jobControlOptions": ["sync-execute", "async-execute", "dismiss"],
    "outputTransmission": ["value"],
    "inputs": INPUTS,
    "outputs": {
        "echo": {
            "title": "Echo",
            "description": "All inputs, as they were received",
            "schema": {"type": "object", "contentMediaType": "application/json"},
        },
        "text": {
            "title": "Text",
            "description": "The input text alone",
            "schema": {"type": "string", "contentMediaType": "text/plain"},
        },
    },
    "example": {
        "inputs": {
            "text": "Hello",
            "number": 3.5,
            "choice": "medium",
            "tags": ["water", "land"],
            "area": {
                "bbox": [-34.92, -8.04, -34.82, -7.94],
                "crs": "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
            },
        }
    },
}


def execute(inputs: Inputs, job: JobContext) -> Outputs:
    """The inputs as one object, and the input ``text`` as text.

    :raises ProcessFailure: ``number`` is out of its bounds
    """
    job.progress(0, f"Received {len(inputs)} inputs")
    number_of(inputs, "number", default=0, least=-100, most=100)
    text = value_of(inputs, "text", "")
    return {"echo": {"value": inputs}, "text": text if isinstance(text, str) else str(text)}
