"""The schemas that OGC and GeoJSON publish under well-known URLs and short codes, built in.

A ``$ref`` to one of them is recognised by its last path segment and never fetched
(OGC 18-062r2, table "Additional values for the JSON schema format key").
"""

from collections.abc import Mapping
from typing import Any

Schema = dict[str, Any]

GEOMETRIES = (
    "Point",
    "MultiPoint",
    "LineString",
    "MultiLineString",
    "Polygon",
    "MultiPolygon",
    "GeometryCollection",
)
BY_FORMAT = {
    "ogc-bbox": "bbox",
    "geojson-geometry": "geometry",
    "geojson-feature": "feature",
    "geojson-feature-collection": "feature_collection",
    "ogc-feature-collection": "feature_collection",
}
BY_FILE = {
    "bbox": "bbox",
    "geometrygeojson": "geometry",
    "geometry": "geometry",
    "featuregeojson": "feature",
    "feature": "feature",
    "featurecollectiongeojson": "feature_collection",
    "featurecollection": "feature_collection",
    **{name.lower(): "geometry" for name in GEOMETRIES},
    **{f"{name.lower()}geojson": "geometry" for name in GEOMETRIES},
}


def known_by_format(name: Any) -> str:
    """Which built-in a ``format`` names (short code or URL), or nothing."""
    return BY_FORMAT.get(_last_segment(name).lower(), "") if isinstance(name, str) else ""


def known_by_reference(reference: str) -> str:
    """Which built-in a ``$ref`` names, or nothing."""
    stem = _last_segment(reference.partition("#")[0]).lower()
    for ending in (".yaml", ".yml", ".json"):
        if stem.endswith(ending):
            return BY_FILE.get(stem.removesuffix(ending), "")
    return ""


def built_in(known: str) -> Schema:
    """What a value of this kind must look like, as far as it is worth checking."""
    if known == "bbox":
        return {"known": known, **_bounding_box()}
    types = {
        "geometry": list(GEOMETRIES),
        "feature": ["Feature"],
        "feature_collection": ["FeatureCollection"],
    }[known]
    return {
        "known": known,
        "type": "object",
        "required": ["type"],
        "properties": {"type": {"type": "string", "enum": types}},
    }


def looks_like_bounding_box(schema: Mapping[str, Any]) -> bool:
    """Whether an object has a ``bbox`` and at most a ``crs`` beside it."""
    properties = schema.get("properties")
    if not isinstance(properties, Mapping) or "bbox" not in properties:
        return False
    box = properties["bbox"]
    is_array = isinstance(box, Mapping) and box.get("type") == "array"
    return is_array and set(properties) <= {"bbox", "crs"}


def keep_box_members(own: Schema, node: Mapping[str, Any]) -> Schema:
    """The built-in box, with what the server says of its CRS and of how many numbers it has."""
    said = node.get("properties")
    if not isinstance(said, Mapping):
        return own
    built = own["properties"]
    crs, box = said.get("crs"), said.get("bbox")
    properties = dict(built)
    if isinstance(crs, Mapping):
        kept = {name: crs[name] for name in ("enum", "default", "const") if name in crs}
        names = kept.get("enum")
        if isinstance(names, list):
            kept["enum"] = [name for name in names if isinstance(name, str)][:200]
        if not kept.get("enum", True):
            del kept["enum"]
        properties["crs"] = {**built["crs"], **kept}
    if isinstance(box, Mapping):
        exact = {name: box.get(name) for name in ("minItems", "maxItems")}
        sound = {name: count for name, count in exact.items() if type(count) is int}
        if sound.get("minItems", 0) <= 6 and sound.get("maxItems", 6) >= 4:
            properties["bbox"] = {**built["bbox"], **sound}
    return {**own, "properties": properties}


def _bounding_box() -> Schema:
    numbers = {"type": "array", "items": {"type": "number"}}
    return {
        "type": "object",
        "required": ["bbox"],
        "properties": {
            "bbox": {
                **numbers,
                "anyOf": [
                    {**numbers, "minItems": 4, "maxItems": 4},
                    {**numbers, "minItems": 6, "maxItems": 6},
                ],
            },
            "crs": {"type": "string"},
        },
    }


def _last_segment(text: str) -> str:
    return text.rstrip("/").rpartition("/")[2]
