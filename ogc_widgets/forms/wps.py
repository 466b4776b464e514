"""Inputs as servers described them before OGC API - Processes, as a schema.

Old ZOO-Project and ADES servers, and weaver by default, write WPS 2.0's structure as JSON:
``literalDataDomains``, ``formats``, ``supportedCRS`` (OGC 14-065, clause 9).
"""

from collections.abc import Mapping
from typing import Any

from ogc_widgets.forms.known import Schema
from ogc_widgets.models.document import read_text

SCHEMA_WORDS = ("type", "enum", "oneOf", "anyOf", "allOf", "$ref", "const", "format", "properties")
OUTSIDE = ("enum", "default", "example", "examples")


def schema_of(raw: Any) -> Any:
    """The schema of an input or output, wherever its description keeps it.

    Usually that is ``schema``; some servers leave ``enum`` and ``default`` beside it, leave the
    schema's own words in the description, or describe the input as WPS did.
    """
    if not isinstance(raw, Mapping):
        return raw if isinstance(raw, bool) else {}
    schema = raw.get("schema")
    if schema is None:
        if any(word in raw for word in SCHEMA_WORDS):
            return {key: value for key, value in raw.items() if key not in ("title", "required")}
        schema = _wps_schema(raw)
    if not isinstance(schema, Mapping):
        return schema
    beside = {key: raw[key] for key in OUTSIDE if raw.get(key) is not None and key not in schema}
    return {**schema, **beside} if beside else schema


def _wps_schema(raw: Mapping[str, Any]) -> Schema:
    inner = next((raw[key] for key in ("input", "data", "LiteralData") if key in raw), None)
    sources = [source for source in (raw, inner) if isinstance(source, Mapping)]
    for source in sources:
        domains = source.get("literalDataDomains", source.get("literalDataDomain"))
        first = domains[0] if isinstance(domains, list) and domains else domains
        if isinstance(first, Mapping):
            return _literal(first)
    for source in sources:
        if source.get("supportedCRS"):
            return {"format": "ogc-bbox"}
    for source in sources:
        if isinstance(source.get("formats"), list):
            return _complex(source["formats"])
    return {}


def _literal(domain: Mapping[str, Any]) -> Schema:
    kind = domain.get("dataType", "string")
    name = read_text(kind.get("name") if isinstance(kind, Mapping) else kind).lower()
    schema: Schema = {"type": name.rpartition(":")[2].rpartition("#")[2] or "string"}
    allowed = domain.get("allowedValues", domain.get("valueDefinition"))
    values = allowed.get("allowedValues") if isinstance(allowed, Mapping) else allowed
    if isinstance(values, list) and not any(isinstance(value, Mapping) for value in values):
        schema["enum"] = values
    if domain.get("defaultValue") is not None:
        schema["default"] = domain["defaultValue"]
    return schema


def _complex(formats: list[Any]) -> Schema:
    branches: list[Schema] = []
    for entry in formats:
        media_type = _media_type(entry)
        if "json" in media_type:
            branches.append({"type": "object", "contentMediaType": media_type})
        elif media_type:
            branches.append({"type": "string", "contentMediaType": media_type})
    return {"oneOf": branches} if branches else {}


def _media_type(entry: Any) -> str:
    if not isinstance(entry, Mapping):
        return read_text(entry)
    return read_text(next((entry[k] for k in ("mediaType", "mimeType") if k in entry), None))
