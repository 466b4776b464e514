"""A value as the execute request carries it: bare, qualified, or a link, and back.

OGC 18-062r2, clause 7.11.2 (``/req/core/process-execute-input-inline-object``): an object must be
wrapped in ``{"value": …}``, a bounding box must not, any input may be a link.
"""

from typing import Any

from ogc_widgets.forms.known import Schema

LINK_MEMBERS = {"href", "rel", "type", "hreflang", "title", "length", "method", "body", "headers"}
QUALIFIED_MEMBERS = {"value", "mediaType", "encoding", "schema", "format"}
GEO_JSON = "application/geo+json"
GEOGRAPHIC = ("geometry", "feature", "feature_collection")
BINARY = ("base64", "binary")


def is_link(value: Any, schema: Schema | None = None) -> bool:
    """Whether the value is given by reference (link.yaml), and ``href`` is not its own member."""
    if not isinstance(value, dict) or not isinstance(value.get("href"), str):
        return False
    return value.keys() <= LINK_MEMBERS and not _declares(schema, "href")


def is_qualified(value: Any, schema: Schema | None = None) -> bool:
    """Whether the value is wrapped already, and ``value`` is not a member of its own."""
    if not isinstance(value, dict) or "value" not in value:
        return False
    return value.keys() <= QUALIFIED_MEMBERS and not _declares(schema, "value")


def qualified(value: Any, schema: Schema) -> Any:
    """One value as it goes into an execute request."""
    if is_link(value, schema) or is_qualified(value, schema) or _is_bounding_box(value, schema):
        return value
    part, is_first = _part_for(value, schema)
    media_type = GEO_JSON if part.get("known") in GEOGRAPHIC else part.get("contentMediaType")
    if isinstance(value, dict):
        named = media_type and (part.get("known") in GEOGRAPHIC or not is_first)
        return {"value": value, "mediaType": media_type} if named else {"value": value}
    if isinstance(value, str) and media_type and (not is_first or "anyOf" not in schema):
        if _is_binary(part):
            return {"value": value, "mediaType": media_type, "encoding": "base64"}
        return value if is_first else {"value": value, "mediaType": media_type}
    return value


def unqualified(value: Any, schema: Schema) -> Any:
    """One value as it came in an execute request, without its wrapping."""
    return value["value"] if is_qualified(value, schema) else value


def _part_for(value: Any, schema: Schema) -> tuple[Schema, bool]:
    """The alternative that the value is, and whether it is the first, which servers assume."""
    kind = "object" if isinstance(value, dict) else "string"
    for place, part in enumerate(schema.get("anyOf", [])):
        if part.get("type") == kind:
            return part, place == 0
    return schema, True


def _declares(schema: Schema | None, name: str) -> bool:
    if not schema:
        return False
    parts = [schema, *schema.get("anyOf", [])]
    return any(name in part.get("properties", {}) for part in parts)


def _is_bounding_box(value: Any, schema: Schema) -> bool:
    if not isinstance(value, dict) or not isinstance(value.get("bbox"), list):
        return False
    return value.keys() <= {"bbox", "crs"} or schema.get("known") == "bbox"


def _is_binary(schema: Schema) -> bool:
    encoding = str(schema.get("contentEncoding", "")).lower()
    return encoding in BINARY or schema.get("format") in ("byte", "binary")
