"""What all documents share, and how single values are read leniently."""

import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

CONTROL_CHARACTERS = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
NOTHING = ("None", "null")
from_iso = datetime.fromisoformat
LANGUAGES = ("en", "en-US", "en-GB")


class Document:  # noqa: PLW1641 - raw is mutable, so no hash
    """A JSON object of a server.

    :ivar raw: what was sent, untouched; a mapping unless the server sent something else
    """

    __slots__ = ("raw",)

    def __init__(self, raw: Any) -> None:
        self.raw = raw

    def get(self, *names: str) -> Any:
        """The first of these members that is present and not null, else None."""
        raw = self.raw
        if type(raw) is dict or isinstance(raw, Mapping):
            for name in names:
                value = raw.get(name)
                if value is not None:
                    return value
        return None

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and bool(self.raw == getattr(other, "raw", None))


def read_text(value: Any) -> str:
    """A line of text for a person: control characters cut, a language map reduced to one language.

    The word ``None``, which some servers send for nothing, is nothing.
    """
    if type(value) is str and value.isprintable() and value not in NOTHING:
        return value.strip()
    if isinstance(value, Mapping):
        value = next(
            (value[key] for key in LANGUAGES if key in value), next(iter(value.values()), "")
        )
    if isinstance(value, bool | int | float):
        return str(value)
    if not isinstance(value, str) or value in NOTHING:
        return ""
    return CONTROL_CHARACTERS.sub("\N{REPLACEMENT CHARACTER}", value).strip()


def read_time(value: Any) -> datetime | None:
    """An instant in UTC. A time without a zone is taken as UTC; what is no time gives None."""
    if type(value) is not str:
        return None
    try:
        try:
            instant = from_iso(value)
        except ValueError:
            instant = from_iso(value.strip())
        if instant.tzinfo is UTC:
            return instant
        return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def read_number(value: Any) -> float | None:
    """A finite number, also where it came as text (``"33.5"``, ``"33 %"``)."""
    if type(value) is int and -(2**53) < value < 2**53:
        return float(value)
    if isinstance(value, str):
        value = value.strip().removesuffix("%").strip()
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def read_texts(value: Any) -> tuple[str, ...]:
    """The texts of a list; a single text counts as a list of one."""
    values = value if isinstance(value, list) else [value]
    return tuple(text for text in map(read_text, values) if text)
