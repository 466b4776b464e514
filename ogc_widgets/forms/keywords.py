"""The validator: JSON Schema 2020-12, with the keywords of ours and those a server could abuse.

``pattern`` and all that matches property names have a time limit, ``uniqueItems`` is not
quadratic, ``multipleOf`` knows that 0.3 is a multiple of 0.1, null is allowed where ``nullable``.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ogc_widgets.forms.patterns import matches
from ogc_widgets.forms.plain import identity
from ogc_widgets.forms.times import is_time
from ogc_widgets.light_jsonschema import Draft202012Validator, ValidationError, Validator, extend

Errors = Iterator[ValidationError]
Keyword = Callable[[Any, Any, Any, Mapping[str, Any]], Any]

STANDARD: Mapping[str, Keyword] = Draft202012Validator.VALIDATORS


def _or_null(name: str) -> Keyword:
    standard = STANDARD[name]

    def check(validator: Any, wanted: Any, value: Any, schema: Mapping[str, Any]) -> Errors:
        if value is not None or not schema.get("nullable"):
            yield from standard(validator, wanted, value, schema) or ()

    return check


def _pattern(_: Any, pattern: Any, value: Any, __: Mapping[str, Any]) -> Errors:
    if isinstance(value, str) and not matches(pattern, value):
        yield ValidationError("pattern")


def _pattern_properties(
    validator: Any, patterns: Mapping[str, Any], value: Any, _: Mapping[str, Any]
) -> Errors:
    if isinstance(value, dict):
        for pattern, schema in patterns.items():
            for name, member in value.items():
                if matches(pattern, name):
                    yield from validator.descend(member, schema, path=name, schema_path=pattern)


def _additional(validator: Any, wanted: Any, value: Any, schema: Mapping[str, Any]) -> Errors:
    if not isinstance(value, dict):
        return
    patterns = schema.get("patternProperties", {})
    declared = schema.get("properties", {})
    for name, member in value.items():
        if name in declared or any(matches(pattern, name) for pattern in patterns):
            continue
        if wanted is False:
            yield ValidationError(name)
        else:
            yield from validator.descend(member, wanted, path=name)


def _unique(_: Any, wanted: Any, value: Any, __: Mapping[str, Any]) -> Errors:
    if wanted and isinstance(value, list):
        first: dict[Any, int] = {}
        for place, member in enumerate(value):
            if first.setdefault(identity(member), place) != place:
                yield ValidationError("uniqueItems", path=[place])


def _multiple_of(_: Any, step: float, value: Any, __: Mapping[str, Any]) -> Errors:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return
    if isinstance(value, int) and isinstance(step, int):
        if value % step:
            yield ValidationError("multipleOf")
        return
    try:
        times = value / step
        fits = math.isclose(times, round(times), rel_tol=1e-9, abs_tol=1e-9)
    except (OverflowError, ZeroDivisionError):
        fits = True
    if not fits:
        yield ValidationError("multipleOf")


def _format(_: Any, name: Any, value: Any, __: Mapping[str, Any]) -> Errors:
    if isinstance(value, str) and not is_time(name, value):
        yield ValidationError("format")


SchemaValidator: Any = extend(  # type: ignore[no-untyped-call]
    Draft202012Validator,
    {
        **{name: _or_null(name) for name in ("type", "enum", "const", "anyOf")},
        "pattern": _pattern,
        "patternProperties": _pattern_properties,
        "additionalProperties": _additional,
        "uniqueItems": _unique,
        "multipleOf": _multiple_of,
        "format": _format,
    },
)


def compile_schema(schema: Mapping[str, Any]) -> Validator:
    """A validator for a folded schema; it never fetches and never raises over the schema."""
    validator: Validator = SchemaValidator(dict(schema))
    return validator
