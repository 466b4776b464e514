"""A process with inputs of the usual kinds and one output; it ends at once."""

from typing import Any

DESCRIPTION: dict[str, Any] = {
    "id": "shout",
    "title": "Shout",
    "description": "Says it louder",
    "version": "1.0.0",
    "jobControlOptions": ["sync-execute", "async-execute", "dismiss"],
    "outputTransmission": ["value", "reference"],
    "inputs": {
        "text": {"title": "Text", "schema": {"type": "string", "minLength": 1}},
        "times": {
            "minOccurs": 0,
            "schema": {"type": "integer", "minimum": 0, "exclusiveMinimum": True, "maximum": 9},
        },
        "voice": {"minOccurs": 0, "schema": {"type": "string", "enum": ["high", "low"]}},
        "words": {"minOccurs": 0, "maxOccurs": 3, "schema": {"type": "string"}},
        "moment": {"minOccurs": 0, "schema": {"type": "string", "format": "date-time"}},
        "note": {"minOccurs": 0, "schema": {"type": "string", "nullable": True}},
        "place": {
            "minOccurs": 0,
            "schema": {"allOf": [{"format": "ogc-bbox"}, {"$ref": "../schemas/bbox.yaml"}]},
        },
        "extra": {"minOccurs": 0, "schema": {"type": "object"}},
        "clock": {"minOccurs": 0, "schema": {"type": "string", "format": "time"}},
        "address": {"minOccurs": 0, "schema": {"type": "string", "format": "uri"}},
        "sheet": {
            "minOccurs": 0,
            "schema": {
                "oneOf": [
                    {"type": "string", "contentMediaType": "text/csv"},
                    {"type": "string", "contentMediaType": "application/xml"},
                    {"type": "object", "contentMediaType": "application/json"},
                ]
            },
        },
    },
    "outputs": {"loud": {"title": "Loud", "schema": {"type": "string"}}},
}


def execute(inputs: dict[str, Any], job: Any) -> dict[str, Any]:
    """The text in capitals, so often as it was asked for."""
    print("shouting")
    text = inputs["text"]
    said = text["href"] if isinstance(text, dict) else text
    return {"loud": said.upper() * inputs.get("times", 1)}
