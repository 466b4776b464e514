"""The inputs of ``echo``: each shows one construct of the input schemas of OGC 18-062r2, 7.11."""

from typing import Any

_CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_CRS84H = "http://www.opengis.net/def/crs/OGC/0/CRS84h"


def _optional(title: str, description: str, schema: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The description of an input that may be left out."""
    return {"title": title, "description": description, "minOccurs": 0, **more, "schema": schema}


_TEXTS: dict[str, Any] = {
    "text": {
        "title": "Text",
        "description": "A short text; the only input that is required",
        "schema": {"type": "string", "minLength": 1, "maxLength": 80, "example": "Hello"},
    },
    "paragraph": _optional(
        "Paragraph",
        "A text of several lines",
        {"type": "string", "maxLength": 4000, "contentMediaType": "text/plain"},
    ),
    "code": _optional(
        "Code",
        "Two capital letters, a hyphen and digits, such as LC-08",
        {"type": "string", "pattern": "^[A-Z]{2}-[0-9]+$"},
    ),
    "secret": _optional(
        "Secret",
        "A password; the job keeps and shows it, so give none that matters",
        {"type": "string", "format": "password", "writeOnly": True},
    ),
    "address": _optional("Address", "A web address", {"type": "string", "format": "uri"}),
}

_NUMBERS: dict[str, Any] = {
    "number": _optional(
        "Number",
        "A number between -100 and 100",
        {"type": "number", "minimum": -100, "maximum": 100, "default": 0.5},
    ),
    "positive": _optional(
        "Positive number",
        "A number greater than 0, in OpenAPI 3.0's words",
        {"type": "number", "minimum": 0, "exclusiveMinimum": True},
    ),
    "integer": _optional(
        "Integer",
        "A multiple of five up to 100",
        {"type": "integer", "minimum": 0, "maximum": 100, "multipleOf": 5, "default": 10},
    ),
    "boolean": _optional("Yes or no", "On by default", {"type": "boolean", "default": True}),
    "maybe": _optional(
        "Yes, no or not said",
        "Has no default: left out unless it is chosen",
        {"type": "boolean", "nullable": True},
    ),
}

_CHOICES: dict[str, Any] = {
    "choice": _optional(
        "Choice",
        "One of three",
        {"type": "string", "enum": ["small", "medium", "large"], "default": "medium"},
    ),
    "level": _optional(
        "Level", "A choice of numbers", {"type": "integer", "enum": [1, 2, 4, 8, 16]}
    ),
    "colours": _optional(
        "Colours",
        "Any of four, each once: an array of choices",
        {
            "type": "array",
            "items": {"type": "string", "enum": ["red", "green", "blue", "nir"]},
            "uniqueItems": True,
        },
    ),
}

_TIMES: dict[str, Any] = {
    "date": _optional("Date", "A day of the calendar", {"type": "string", "format": "date"}),
    "time": _optional("Time", "A time of day", {"type": "string", "format": "time"}),
    "instant": _optional(
        "Instant", "A date and time with its offset", {"type": "string", "format": "date-time"}
    ),
}

_LISTS: dict[str, Any] = {
    "tags": _optional(
        "Tags", "Up to five words: an input that may occur several times",
        {"type": "string", "minLength": 1}, maxOccurs=5,
    ),
    "weights": _optional(
        "Weights",
        "Two to four numbers from 0 to 1: one array",
        {
            "type": "array",
            "items": {"type": "number", "minimum": 0, "maximum": 1},
            "minItems": 2,
            "maxItems": 4,
        },
    ),
}  # fmt: skip

_PLACES: dict[str, Any] = {
    "area": _optional(
        "Area",
        "A bounding box",
        {
            "type": "object",
            "format": "ogc-bbox",
            "required": ["bbox"],
            "properties": {
                "bbox": {
                    "type": "array",
                    "items": {"type": "number"},
                    "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}],
                },
                "crs": {"type": "string", "enum": [_CRS84, _CRS84H], "default": _CRS84},
            },
        },
    ),
    "geometry": _optional(
        "Geometry", "A GeoJSON geometry", {"type": "object", "format": "geojson-geometry"}
    ),
}

_OBJECTS: dict[str, Any] = {
    "station": _optional(
        "Station",
        "An object with known properties",
        {
            "type": "object",
            "required": ["name"],
            "properties": {
                "name": {"type": "string", "minLength": 1},
                "height": {"type": "number", "description": "Metres above the sea"},
                "active": {"type": "boolean", "default": True},
            },
            "additionalProperties": False,
        },
    ),
    "anything": _optional("Anything", "A JSON object of any content", {"type": "object"}),
}

_FILES: dict[str, Any] = {
    "document": _optional(
        "Document",
        "In one of three formats, by value or as a link",
        {
            "oneOf": [
                {"type": "string", "contentMediaType": "text/csv"},
                {"type": "string", "contentMediaType": "application/xml"},
                {"type": "object", "contentMediaType": "application/json"},
            ]
        },
    ),
    "picture": _optional(
        "Picture",
        "A PNG file",
        {"type": "string", "contentMediaType": "image/png", "contentEncoding": "base64"},
    ),
}

INPUTS: dict[str, Any] = {
    **_TEXTS, **_NUMBERS, **_CHOICES, **_TIMES, **_LISTS, **_PLACES, **_OBJECTS, **_FILES,
}  # fmt: skip
"""Input id -> input description."""
