"""The schemas of descriptions, as a JSON Schema validator takes them.

OGC 18-062r2 writes the schema of an input in the dialect of OpenAPI 3.0: ``nullable``, bounds that
are exclusive by a boolean, references to the standard's own ``bbox.yaml``. A reference elsewhere is
never fetched; what it names is not judged.
"""

from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlsplit

from referencing import Registry

from ogc_widgets.light_jsonschema import (
    Draft202012Validator,
    FormatChecker,
    ValidationError,
    best_match,
)

_BBOX: dict[str, Any] = {
    "type": "object",
    "required": ["bbox"],
    "properties": {
        "bbox": {
            "type": "array",
            "items": {"type": "number"},
            "anyOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}],
        },
        "crs": {"type": "string"},
    },
}
_ONE = ("not", "items", "additionalProperties")
_LISTS = ("allOf", "oneOf", "anyOf")
_MAPS = ("properties",)
_LONGEST_VALUE = 80
_LONGEST_MESSAGE = 400

formats = FormatChecker(formats=())


@formats.checks("date-time", raises=ValueError)
def _is_date_time(value: object) -> bool:
    return not isinstance(value, str) or (
        "T" in value.upper() and datetime.fromisoformat(value).tzinfo is not None
    )


@formats.checks("date", raises=ValueError)
def _is_date(value: object) -> bool:
    return not isinstance(value, str) or bool(len(value) == 10 and date.fromisoformat(value))


@formats.checks("time", raises=ValueError)
def _is_time(value: object) -> bool:
    return not isinstance(value, str) or bool(time.fromisoformat(value))


@formats.checks("uri", raises=ValueError)
def _is_uri(value: object) -> bool:
    return not isinstance(value, str) or bool(urlsplit(value).scheme)


def json_schema(schema: Any) -> Any:
    """The same schema as JSON Schema 2020-12."""
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return _BBOX if str(schema["$ref"]).rsplit("/", 1)[-1].startswith("bbox") else {}
    said = {
        name: value for name, value in schema.items() if name not in ("nullable", "format", "$id")
    }
    if "format" in schema and schema["format"] != "ogc-bbox":
        said["format"] = schema["format"]
    for name in _ONE:
        if name in said:
            said[name] = json_schema(said[name])
    for name in _LISTS:
        if name in said:
            said[name] = [json_schema(one) for one in said[name]]
    for name in _MAPS:
        if name in said:
            said[name] = {key: json_schema(one) for key, one in said[name].items()}
    return _with_null(schema, _with_bounds(_with_choice(schema, said)))


def media_types(schema: Any) -> list[str]:
    """The media types that a schema names, the first is the usual one."""
    if not isinstance(schema, dict):
        return []
    branches = [schema, *schema.get("oneOf", []), *schema.get("anyOf", [])]
    found = [one["contentMediaType"] for one in branches if "contentMediaType" in one]
    return list(dict.fromkeys(found))


def _with_choice(schema: dict[str, Any], said: dict[str, Any]) -> dict[str, Any]:
    """Branches that only their media types tell apart exclude each other in words, not in JSON."""
    if "oneOf" in said and media_types(schema):
        said["anyOf"] = said.pop("oneOf")
    return said


def _with_bounds(said: dict[str, Any]) -> dict[str, Any]:
    for exclusive, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        flag = said.get(exclusive)
        if isinstance(flag, bool):
            del said[exclusive]
            if flag and bound in said:
                said[exclusive] = said.pop(bound)
    return said


def _with_null(schema: dict[str, Any], said: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [said, {"type": "null"}]} if schema.get("nullable") is True else said


def why_wrong(value: Any, schema: Any) -> str:
    """Why the value does not fit the schema, one sentence; empty where it fits."""
    validator = Draft202012Validator(
        json_schema(schema), registry=Registry(), format_checker=formats
    )
    error = best_match(validator.iter_errors(value))
    return "" if error is None else _sentence(error)


def _sentence(error: ValidationError) -> str:
    place = "".join(f"[{part!r}]" for part in error.absolute_path)
    where = f" at {place}" if place else ""
    said = repr(error.instance)
    if len(said) > _LONGEST_VALUE:
        said = said[:_LONGEST_VALUE] + "…"
    wanted = error.validator_value
    sentences = {
        "type": f"{said} is not of type {wanted}",
        "enum": f"{said} is none of {wanted}",
        "minimum": f"{said} is below {wanted}",
        "maximum": f"{said} is above {wanted}",
        "exclusiveMinimum": f"{said} is not above {wanted}",
        "exclusiveMaximum": f"{said} is not below {wanted}",
        "format": f"{said} is not a {wanted}",
        "pattern": f"{said} does not match the pattern {wanted}",
        "multipleOf": f"{said} is not a multiple of {wanted}",
        "minItems": f"{said} has fewer than {wanted} entries",
        "maxItems": f"{said} has more than {wanted} entries",
        "uniqueItems": f"{said} has an entry twice",
        "oneOf": f"{said} has none of the forms that are taken, or several",
        "anyOf": f"{said} has none of the forms that are taken",
    }
    return f"{sentences.get(str(error.validator), error.message[:_LONGEST_MESSAGE])}{where}."
