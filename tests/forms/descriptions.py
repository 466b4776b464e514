"""Process descriptions that the tests of the form share."""

from typing import Any

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"


def process(**inputs: Any) -> dict[str, Any]:
    """A process with these inputs, each a whole input description."""
    return {"id": "p", "inputs": inputs}


def with_schema(schema: Any, **more: Any) -> dict[str, Any]:
    """A process with one input ``x`` of this schema."""
    return process(x={"schema": schema, **more})


EVERY_KIND: dict[str, Any] = {
    "id": "every-kind",
    "title": "Every kind of field",
    "description": "One input for each kind of field",
    "version": "1.2.0",
    "jobControlOptions": ["async-execute", "dismiss"],
    "outputTransmission": ["value", "reference"],
    "inputs": {
        "text": {
            "title": "Text",
            "description": "Some <b>text</b>",
            "schema": {"type": "string", "minLength": 2, "example": "Olinda"},
        },
        "notes": {
            "minOccurs": 0,
            "schema": {"type": "string", "contentMediaType": "text/plain", "default": "One\nTwo"},
        },
        "api_token": {"title": "Token", "minOccurs": 0, "schema": {"type": "string"}},
        "ratio": {
            "minOccurs": 0,
            "schema": {
                "type": "number",
                "minimum": 0,
                "exclusiveMinimum": True,
                "maximum": 1,
                "default": 0.5,
                "x-ogc-unit": "m",
            },
        },
        "count": {"schema": {"type": "integer", "minimum": 1, "maximum": 10, "default": 3}},
        "flag": {"minOccurs": 0, "schema": {"type": "boolean", "nullable": True}},
        "choice": {
            "schema": {
                "oneOf": [{"const": 1, "title": "Nearest"}, {"const": 2, "title": "Bilinear"}],
                "default": 2,
            }
        },
        "colours": {
            "minOccurs": 0,
            "maxOccurs": "unbounded",
            "schema": {"type": "string", "enum": ["red", "green", "blue"]},
        },
        "day": {"minOccurs": 0, "schema": {"type": "string", "format": "date"}},
        "instant": {"minOccurs": 0, "schema": {"type": "string", "format": "dateTime"}},
        "bands": {"maxOccurs": 4, "schema": {"type": "string", "default": ["green", "nir"]}},
        "weights": {
            "minOccurs": 0,
            "schema": {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 3},
        },
        "area": {
            "minOccurs": 0,
            "schema": {"allOf": [{"format": "ogc-bbox"}, {"$ref": "../../bbox.yaml"}]},
        },
        "elsewhere": {"minOccurs": 0, "schema": {"$ref": "https://example.org/schema.json"}},
        "shape": {"minOccurs": 0, "schema": {"format": "geojson-geometry"}},
    },
    "outputs": {
        "mask": {
            "title": "Mask",
            "schema": {
                "oneOf": [
                    {
                        "type": "string",
                        "contentEncoding": "base64",
                        "contentMediaType": "image/tiff",
                    },
                    {
                        "type": "string",
                        "contentEncoding": "base64",
                        "contentMediaType": "image/png",
                    },
                ]
            },
        },
        "area": {"schema": {"type": "number"}},
    },
    "example": {
        "inputs": {"text": "Olinda", "area": {"bbox": [-34.9, -8.1, -34.8, -7.9], "crs": CRS84}}
    },
}
