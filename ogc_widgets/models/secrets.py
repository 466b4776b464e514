"""Which inputs are secrets: they are sent to the server, and kept and shown nowhere."""

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from ogc_widgets.models.process import ProcessDescription

SECRET_WORDS = {
    "password", "passwd", "passphrase", "secret", "token", "apikey", "credential", "credentials",
}  # fmt: skip
WORD = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")
MASK = "••••••"
DEEPEST = 50


def names_secret(name: str) -> bool:
    """Whether a name says that its value is a secret: ``apiKey``, ``access_token``."""
    words = [word.lower() for word in WORD.findall(name[:200])]
    joined = {first + second for first, second in pairwise(words)}
    return bool(SECRET_WORDS & (set(words) | joined))


def without_secrets(
    inputs: Mapping[str, Any], description: ProcessDescription | None = None
) -> dict[str, Any]:
    """The inputs with a mask in the place of each secret, wherever its name is found."""
    described = description.inputs if description else {}
    return {
        name: MASK
        if name in described and _asks_secret(described[name].schema)
        else _cut(name, value)
        for name, value in inputs.items()
    }


def _cut(name: str, value: Any, depth: int = 0) -> Any:
    if names_secret(name) and value is not None and not isinstance(value, bool | int | float):
        return MASK
    if depth > DEEPEST:
        return MASK
    if isinstance(value, Mapping):
        return {str(key): _cut(str(key), inner, depth + 1) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_cut("", inner, depth + 1) for inner in value]
    return value


def _asks_secret(schema: Any, depth: int = 0) -> bool:
    """Whether ``format: password`` stands anywhere in a schema."""
    if depth > DEEPEST:
        return False
    if isinstance(schema, Mapping):
        if schema.get("format") == "password":
            return True
        return any(_asks_secret(part, depth + 1) for part in schema.values())
    return isinstance(schema, list) and any(_asks_secret(part, depth + 1) for part in schema)
