"""A process with outputs of every form: literal, qualified, binary, file, and one elsewhere."""

import base64
import json
from typing import Any

DESCRIPTION: dict[str, Any] = {
    "id": "many",
    "version": "1.0.0",
    "jobControlOptions": ["sync-execute", "async-execute"],
    "outputTransmission": ["value", "reference"],
    "inputs": {},
    "outputs": {
        "number": {"schema": {"type": "number"}},
        "table": {"schema": {"type": "string", "contentMediaType": "text/csv"}},
        "picture": {
            "schema": {
                "type": "string",
                "contentEncoding": "binary",
                "contentMediaType": "image/png",
            }
        },
        "place": {"schema": {"type": "object", "contentMediaType": "application/geo+json"}},
        "elsewhere": {"schema": {"type": "string", "contentMediaType": "text/html"}},
    },
}


def execute(inputs: dict[str, Any], job: Any) -> dict[str, Any]:
    """All of it."""
    (job.folder / "place one.geojson").write_text(json.dumps({"type": "Point"}))
    picture = base64.b64encode(b"\x89PNG").decode()
    return {
        "number": 4.5,
        "table": {"value": "a,b\r\n1,2\r\n", "mediaType": "text/csv"},
        "picture": {"value": picture, "encoding": "base64", "mediaType": "image/png"},
        "place": {"href": job.href("place one.geojson"), "type": "application/geo+json"},
        "elsewhere": {"href": "https://example.org/page", "type": "text/html"},
    }
