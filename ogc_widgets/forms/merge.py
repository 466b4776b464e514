"""Two schemas that must both hold, as one."""

from collections.abc import Callable
from typing import Any

from ogc_widgets.forms.known import Schema
from ogc_widgets.forms.plain import identity, same

HIGHER = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties", "minContains")
LOWER = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties", "maxContains")
SPOKEN = (
    "title",
    "description",
    "default",
    "examples",
    "unit",
    "format",
    "known",
    "contentEncoding",
    "contentMediaType",
    "enumNames",
)
CHECKED_BOTH = ("pattern", "multipleOf", "not", "anyOf", "contains", "if", "additionalProperties")


class Incompatible(ValueError):
    """No value could satisfy both schemas, or they cannot be put into one."""


def merge(one: Schema, other: Schema) -> Schema:
    """A schema that holds exactly where both hold.

    :raises Incompatible: where the two contradict each other
    """
    if not one or not other:
        return dict(one or other)
    out = dict(one)
    for name, value in other.items():
        if name not in out:
            out[name] = value
        elif name not in SPOKEN and not same(out[name], value):
            _merge_keyword(out, name, value, other)
    if not (one.get("nullable") and other.get("nullable")) and _speaks_of_type(one, other):
        out.pop("nullable", None)
    return out


def _speaks_of_type(one: Schema, other: Schema) -> bool:
    return all({"type", "enum", "const"} & part.keys() for part in (one, other))


def _merge_keyword(out: Schema, name: str, value: Any, other: Schema) -> None:
    if name in HIGHER:
        out[name] = max(out[name], value)
    elif name in LOWER:
        out[name] = min(out[name], value)
    elif name == "enum":
        out.pop("enumNames", None)
        out[name] = _common_values(out[name], value)
    elif name == "const":
        raise Incompatible
    elif name in MERGED:
        out[name] = MERGED[name](out[name], value)
    elif name in CHECKED_BOTH:
        names = ("if", "then", "else") if name == "if" else (name,)
        part = {each: other[each] for each in names if each in other}
        out["allOf"] = [*out.get("allOf", []), part]


def _merge_names(one: list[str], other: list[str]) -> list[str]:
    return list(dict.fromkeys([*one, *other]))


def _merge_members(one: Schema, other: Schema) -> Schema:
    out = dict(one)
    for name, schema in other.items():
        out[name] = merge(out[name], schema) if name in out else schema
    return out


def _common_values(one: list[Any], other: list[Any]) -> list[Any]:
    allowed = set(map(identity, other))
    common = [value for value in one if identity(value) in allowed]
    if not common:
        raise Incompatible
    return common


def _common_type(one: Any, other: Any) -> Any:
    ones = one if isinstance(one, list) else [one]
    others = other if isinstance(other, list) else [other]
    common = [name for name in ones if name in others]
    if not common and "integer" in (*ones, *others) and "number" in (*ones, *others):
        common = ["integer"]
    if not common:
        raise Incompatible
    return common[0] if len(common) == 1 else common


MERGED: dict[str, Callable[[Any, Any], Any]] = {
    "type": _common_type,
    "required": _merge_names,
    "properties": _merge_members,
    "patternProperties": _merge_members,
    "dependentSchemas": _merge_members,
    "items": merge,
    "allOf": lambda one, other: [*one, *other],
}
