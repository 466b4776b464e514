"""The keywords of one schema, out of OpenAPI 3.0, JSON Schema and vendors' habits, as one dialect.

What comes out is JSON Schema 2020-12 with three keywords of our own: ``nullable`` (null is allowed
too), ``known`` (a built-in of ``known.py``) and ``enumNames`` (labels of ``enum``). Keywords that
are not understood are left out, so that nothing of a server reaches the validator unread.
"""

import math
from collections.abc import Callable, Mapping
from typing import Any

from ogc_widgets.forms.known import Schema, built_in, known_by_format
from ogc_widgets.forms.plain import NotPlain, is_plain, plain, words_of
from ogc_widgets.models.document import read_number

Note = Callable[[str], None]

LONGEST_ENUM = 5_000
TYPES = ("string", "number", "integer", "boolean", "array", "object")
ALIASES: dict[str, tuple[str, str]] = {
    **dict.fromkeys(("bool",), ("boolean", "")),
    **dict.fromkeys(("float", "double", "decimal", "real", "numeric"), ("number", "")),
    **dict.fromkeys(("int", "long", "short", "int32", "int64"), ("integer", "")),
    **dict.fromkeys(("str", "text", "varchar", "literal"), ("string", "")),
    **dict.fromkeys(("date-time", "datetime", "timestamp"), ("string", "date-time")),
    **{name: ("string", name) for name in ("date", "time")},
    **dict.fromkeys(("uri", "url", "anyuri"), ("string", "uri")),
    **dict.fromkeys(("list", "tuple"), ("array", "")),
    **dict.fromkeys(("dict", "map", "struct"), ("object", "")),
}
FORMATS = {"datetime": "date-time", "url": "uri", "anyuri": "uri"}
BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
COUNTS = ("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties")
RANGES = (
    (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")),
    *(((low,), (high,)) for low, high in zip(COUNTS[::2], COUNTS[1::2], strict=True)),
)
COUNTS_OF_MATCHES = ("minContains", "maxContains")
NUMERIC = frozenset((*BOUNDS, *COUNTS, *COUNTS_OF_MATCHES))
TEXTS = ("pattern", "contentEncoding", "contentMediaType")


def keywords(node: Mapping[str, Any], note: Note) -> Schema:
    """The keywords of a schema that hold no schema themselves."""
    out: Schema = {}
    known = known_by_format(node.get("format"))
    if known:
        out.update(built_in(known))
    else:
        _type_and_format(node, out, note)
    if node.get("nullable") is True:
        out["nullable"] = True
    _numbers(node, out, note)
    _texts(node, out)
    _values(node, out, note)
    if node.get("uniqueItems") is True:
        out["uniqueItems"] = True
    required = node.get("required")
    if isinstance(required, list):
        out["required"] = [name for name in required if isinstance(name, str)]
    return out


def is_null(node: Any) -> bool:
    """Whether a schema allows null and nothing else."""
    if not isinstance(node, Mapping):
        return False
    if "const" in node:
        return node["const"] is None
    return node.get("type") in ("null", ["null"]) or node.get("enum") == [None]


def fit_to_type(value: Any, declared: Any) -> Any:
    """The value in the declared type where only the spelling differs: ``"true"``, ``"10"``, 5."""
    if declared == "boolean" and isinstance(value, str):
        return {"true": True, "false": False}.get(value.strip().lower(), value)
    if declared in ("number", "integer") and isinstance(value, str) and "%" not in value:
        number = _number(value)
        fits = isinstance(number, int if declared == "integer" else int | float)
        return number if fits else value
    if declared == "string" and isinstance(value, bool):
        return "true" if value else "false"
    if declared == "string" and isinstance(value, int | float):
        return str(value)
    return value


def _type_and_format(node: Mapping[str, Any], out: Schema, note: Note) -> None:
    sent = node.get("type")
    names = sent if isinstance(sent, list) else [sent]
    types: list[str] = []
    form = node.get("format")
    form = form.strip().lower() if isinstance(form, str) else ""
    for name in names:
        if name == "null":
            out["nullable"] = True
        elif isinstance(name, str):
            word, implied = _type_word(name)
            form = form or implied
            if word and word not in types:
                types.append(word)
            elif not word:
                note(f"The server names a type that does not exist: {words_of(name)[:80]}.")
    declared = types or _implied_types(node)
    if declared:
        out["type"] = declared[0] if len(declared) == 1 else declared
    if form:
        out["format"] = FORMATS.get(form, form)


def _type_word(name: str) -> tuple[str, str]:
    word = name.strip().lower()
    return (word, "") if word in TYPES else ALIASES.get(word, ("", ""))


def _implied_types(node: Mapping[str, Any]) -> list[str]:
    if isinstance(node.get("properties"), Mapping) and node["properties"]:
        return ["object"]
    if "items" in node or "prefixItems" in node:
        return ["array"]
    if "contentMediaType" in node or "contentEncoding" in node:
        return ["string"]
    return []


def _numbers(node: Mapping[str, Any], out: Schema, note: Note) -> None:
    if node.keys().isdisjoint(NUMERIC):
        return
    for name in BOUNDS:
        number = _number(node.get(name))
        if number is not None and (name != "multipleOf" or number > 0):
            out[name] = number
    for name, plain_name in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if node.get(name) is True and plain_name in out:
            out[name] = out.pop(plain_name)
    for name in (*COUNTS, *COUNTS_OF_MATCHES):
        number = _number(node.get(name))
        if number is not None and number >= 0:
            out[name] = int(number)
    _drop_empty_ranges(out, note)


def _drop_empty_ranges(out: Schema, note: Note) -> None:
    for lows, highs in RANGES:
        low = [out[name] for name in lows if name in out]
        high = [out[name] for name in highs if name in out]
        if low and high and max(low) > min(high):
            for name in (*lows, *highs):
                out.pop(name, None)
            note("The server's limits contradict each other; they are not checked.")


def _number(value: Any) -> float | int | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    number = read_number(value)
    if number is None:
        return None
    return int(number) if number.is_integer() and math.fabs(number) < 2**53 else number


def _texts(node: Mapping[str, Any], out: Schema) -> None:
    for name in TEXTS:
        text = node.get(name)
        if isinstance(text, str) and text:
            out[name] = text
    media_type = node.get("mediaType")
    if "contentMediaType" not in out and isinstance(media_type, str) and media_type:
        out["contentMediaType"] = media_type
    for name in ("title", "description"):
        words = words_of(node.get(name))
        if words:
            out[name] = words
    for name in ("x-ogc-unit", "x-unit", "unit", "uom"):
        words = words_of(node.get(name)) if isinstance(node.get(name), str) else ""
        if words:
            out.setdefault("unit", words)


def _values(node: Mapping[str, Any], out: Schema, note: Note) -> None:
    declared = out.get("type")
    values = node.get("enum")
    if isinstance(values, list):
        _enumeration(values, node, out, note)
    if "const" in node:
        if node["const"] is None:
            out["nullable"] = True
        elif is_plain(node["const"]):
            out["const"] = fit_to_type(plain(node["const"]), declared)
    if node.get("default") is not None:
        try:
            out["default"] = plain(node["default"])
        except NotPlain:
            note("The server's default cannot be written as JSON; it is left out.")
    shown = node.get("examples", node.get("example"))
    shown = shown if isinstance(shown, list) else [shown]
    examples = [value for value in shown[:10] if value is not None and is_plain(value)]
    if examples:
        out["examples"] = examples


def _enumeration(values: list[Any], node: Mapping[str, Any], out: Schema, note: Note) -> None:
    declared = out.get("type")
    if any(value is None for value in values):
        out["nullable"] = True
    if len(values) > LONGEST_ENUM:
        note("The server lists too many values to choose from; type one of them.")
        return
    kept = [value for value in values if value is not None and is_plain(value)]
    if declared == "boolean":
        fitting = {fit_to_type(value, declared) for value in kept if isinstance(value, bool | str)}
        if not fitting & {True, False} or {True, False} <= fitting:
            return
    if kept:
        out["enum"] = [fit_to_type(plain(value), declared) for value in kept]
        names = node.get("enumNames", node.get("x-enumNames"))
        if isinstance(names, list) and len(names) == len(values):
            labels = dict(enumerate(map(words_of, names)))
            positions = [i for i, value in enumerate(values) if value is not None]
            if len(positions) == len(kept):
                out["enumNames"] = [labels[i] for i in positions]
