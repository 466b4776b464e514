"""Takes the value of an input out of the wrapping in which the standard lets it arrive.

OGC 18-062r2, 7.11.2: a value may stand bare, qualified (``{"value": ..., "mediaType": ...}``) or
as a link (``{"href": ...}``); several values are an array, a single one need not be.
"""

import json
from typing import Any

from . import Inputs, ProcessFailure
from .fetch import fetch, fetch_json


def value_of(inputs: Inputs, name: str, default: Any = None) -> Any:
    """The bare value of an input, or ``default`` where it is absent or null."""
    value = _bare(inputs.get(name))
    return default if value is None else value


def values_of(inputs: Inputs, name: str, default: list[Any]) -> list[Any]:
    """The bare values of an input that may occur several times."""
    value = _bare(inputs.get(name))
    if value is None:
        return default
    return [_bare(entry) for entry in value] if isinstance(value, list) else [value]


def number_of(inputs: Inputs, name: str, *, default: float, least: float, most: float) -> float:
    """The number of an input.

    :raises ProcessFailure: not a number, or not between ``least`` and ``most``
    """
    value = value_of(inputs, name, default)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not least <= value <= most:
        message = f"The input {name} is {_short(value)}; give a number from {least:g} to {most:g}."
        raise ProcessFailure(message)
    return float(value)


def text_of(inputs: Inputs, name: str) -> str:
    """The text of an input, fetched where it was given as a link.

    :raises ProcessFailure: absent, not a text, or its link cannot be read
    """
    link = _link(inputs, name)
    if link is not None:
        return fetch(link).content.decode("utf-8-sig", errors="replace")
    value = value_of(inputs, name)
    if not isinstance(value, str):
        raise ProcessFailure(f"The input {name} is {_short(value)}; give a text or a link.")
    return value


def object_of(inputs: Inputs, name: str) -> dict[str, Any]:
    """The JSON object of an input, also from a text or a link.

    :raises ProcessFailure: absent, not a JSON object, or its link cannot be read
    """
    link = _link(inputs, name)
    value = value_of(inputs, name) if link is None else fetch_json(link).document
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            message = f"The input {name} is a text that is not JSON; give a JSON object."
            raise ProcessFailure(message) from None
    if not isinstance(value, dict):
        raise ProcessFailure(f"The input {name} is {_short(value)}; give a JSON object.")
    return value


def _bare(value: Any) -> Any:
    """The value inside a qualified value; anything else as it is."""
    return value["value"] if isinstance(value, dict) and "value" in value else value


def _link(inputs: Inputs, name: str) -> str | None:
    value = inputs.get(name)
    return value["href"] if isinstance(value, dict) and isinstance(value.get("href"), str) else None


def _short(value: Any) -> str:
    """A value in at most 60 characters, for a message."""
    if value is None:
        return "missing"
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else f"{text[:57]}..."
