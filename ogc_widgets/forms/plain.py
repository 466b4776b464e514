"""Values and texts that can be kept, compared and sent as JSON."""

import json
from typing import Any

from pydantic import JsonValue

from ogc_widgets.models.document import read_text

DEEPEST = 60
LONGEST_TEXT = 10_000


class NotPlain(ValueError):
    """The value cannot be sent as JSON."""


def json_text(value: Any, *, indent: int | None = None) -> str:
    """The value as JSON text.

    :raises NotPlain: for what JSON cannot carry: other types, NaN, cycles, too deep a nesting
    """
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)
        text.encode()
    except (TypeError, ValueError, RecursionError) as problem:
        raise NotPlain from problem
    if text.count("[") + text.count("{") > DEEPEST and not _within(value, DEEPEST):
        raise NotPlain
    return text


def plain(value: Any) -> JsonValue:
    """A copy made of nothing but JSON's own types.

    :raises NotPlain: for what JSON cannot carry
    """
    scalar: JsonValue = value
    if value is None or type(value) is bool or (type(value) is str and value.isascii()):
        return scalar
    if type(value) is int and abs(value) < 2**63:
        return scalar
    text = json_text(value)
    try:
        copy: JsonValue = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise NotPlain from problem
    return copy


def is_plain(value: Any) -> bool:
    """Whether JSON can carry the value."""
    try:
        plain(value)
    except NotPlain:
        return False
    return True


def identity(value: Any) -> tuple[str, Any]:
    """A key that two values share where they are the same JSON value; 1.0 is 1, true is not.

    :raises NotPlain: for what JSON cannot carry
    """
    if value is None or isinstance(value, bool):
        return type(value).__name__, value
    if isinstance(value, int) or (isinstance(value, float) and value.is_integer()):
        return "int", int(value)
    return "json", json_text(value)


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same JSON value; true is not 1, and 1.0 is 1."""
    try:
        return identity(one) == identity(other)
    except NotPlain:
        return False


def among(value: Any, values: Any) -> bool:
    """Whether one of the values is the same JSON value."""
    return any(same(value, other) for other in values)


def words_of(value: Any) -> str:
    """A text for people, from text or a language map: no control character, never endless."""
    text = encodable(read_text(value))
    return text if len(text) <= LONGEST_TEXT else text[:LONGEST_TEXT] + "…"


def encodable(text: str) -> str:
    """The text with half surrogates, which UTF-8 cannot carry, written as escapes."""
    return text.encode("utf-8", "backslashreplace").decode()


def _within(value: Any, depth: int) -> bool:
    if not isinstance(value, dict | list | tuple):
        return True
    members = value.values() if isinstance(value, dict) else value
    return depth > 0 and all(_within(member, depth - 1) for member in members)
