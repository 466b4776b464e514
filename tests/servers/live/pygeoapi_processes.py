"""The processes of the real pygeoapi. Runs in its environment."""

from __future__ import annotations

import json
from typing import Any

from gate import pass_gate
from pygeoapi.process.base import BaseProcessor, JobNotFoundError, ProcessorExecuteError

BOTH = ["sync-execute", "async-execute"]
AREA = {"type": "Polygon", "coordinates": [[[7, 50], [8, 50], [8, 51], [7, 50]]]}


def describe(process_id: str, inputs: dict[str, Any], outputs: dict[str, Any]) -> dict[str, Any]:
    """A process description as pygeoapi wants it."""
    return {
        "id": process_id,
        "version": "1.0.0",
        "title": f"The process {process_id}",
        "description": "One of the tests.",
        "jobControlOptions": BOTH,
        "keywords": ["test"],
        "links": [],
        "inputs": inputs,
        "outputs": outputs,
        "example": {"inputs": {}},
    }


class Echo(BaseProcessor):
    """Gives back what it gets: a text, a number, an array of any length."""

    def __init__(self, definition: dict[str, Any]) -> None:
        inputs = {
            "text": {"title": "Text", "schema": {"type": "string"}},
            "number": {
                "title": "Number",
                "schema": {"type": "integer", "minimum": 0, "maximum": 10, "default": 3},
                "minOccurs": 0,
            },
            "bands": {
                "title": "Bands",
                "schema": {"type": "string", "enum": ["red", "green", "blue"]},
                "minOccurs": 0,
                "maxOccurs": "unbounded",
            },
        }
        super().__init__(
            definition, describe("echo", inputs, {"echo": {"schema": {"type": "object"}}})
        )

    def execute(self, data: dict[str, Any], outputs: Any = None) -> tuple[str, Any]:
        return "application/json", {"id": "echo", "value": data}


class Long(BaseProcessor):
    """Waits at a gate, half done; says how far it is by writing into its job, unless silent."""

    def __init__(self, definition: dict[str, Any]) -> None:
        inputs = {
            "gate": {"title": "Gate", "schema": {"type": "string"}},
            "silent": {"schema": {"type": "boolean", "default": False}, "minOccurs": 0},
        }
        outputs = {"passed": {"title": "Passed", "schema": {"type": "string"}}}
        super().__init__(definition, describe("long", inputs, outputs))
        self.job_id = ""

    def set_job_id(self, job_id: str) -> None:
        self.job_id = job_id

    def execute(self, data: dict[str, Any], outputs: Any = None) -> tuple[str, Any]:
        silent = data.get("silent", False)
        if not silent:
            self.report(50, "Waiting at the gate")
        if not pass_gate(data["gate"], lambda: silent or self.is_listed()):
            raise ProcessorExecuteError("Nobody wants this job any more.")
        return "application/json", {"passed": data["gate"]}

    def report(self, percent: int, message: str) -> None:
        """Says how far the job is: the manager has no way, so the job's row is written."""
        news = {"status": "running", "progress": percent, "message": message}
        manager().update_job(self.job_id, news)

    def is_listed(self) -> bool:
        """Whether the job was not dismissed: a dismissal takes its row away."""
        try:
            manager().get_job(self.job_id)
        except JobNotFoundError:
            return False
        return True


class Fail(BaseProcessor):
    """Fails for the reason that it is given."""

    def __init__(self, definition: dict[str, Any]) -> None:
        inputs = {"reason": {"schema": {"type": "string"}}}
        super().__init__(
            definition, describe("fail", inputs, {"nothing": {"schema": {"type": "string"}}})
        )

    def execute(self, data: dict[str, Any], outputs: Any = None) -> tuple[str, Any]:
        raise ProcessorExecuteError(data["reason"])


class Many(BaseProcessor):
    """Several outputs: a number, a text, a geometry, a file by its address."""

    def __init__(self, definition: dict[str, Any]) -> None:
        inputs = {"count": {"schema": {"type": "integer"}}}
        outputs = {
            "count": {"schema": {"type": "integer"}},
            "label": {"schema": {"type": "string"}},
            "area": {"schema": {"type": "object"}},
            "file": {"schema": {"type": "string", "contentMediaType": "image/tiff"}},
        }
        super().__init__(definition, describe("many", inputs, outputs))

    def execute(self, data: dict[str, Any], outputs: Any = None) -> tuple[str, Any]:
        made = {
            "count": data["count"],
            "label": f"{data['count']} ü",
            "area": AREA,
            "file": {"href": "/static/scene.tif", "type": "image/tiff"},
        }
        return "application/json", made


class Picture(BaseProcessor):
    """One output that is no JSON: four bytes of a PNG's head."""

    def __init__(self, definition: dict[str, Any]) -> None:
        outputs = {"picture": {"schema": {"type": "string", "contentMediaType": "image/png"}}}
        super().__init__(definition, describe("picture", {}, outputs))

    def execute(self, data: dict[str, Any], outputs: Any = None) -> tuple[str, Any]:
        return "image/png", b"\x89PNG" + json.dumps(data).encode()


def manager() -> Any:
    """pygeoapi's own job manager; imported late, since pygeoapi imports this module."""
    from pygeoapi.flask_app import api_

    return api_.manager
