"""Entries out of a list whose JSON is broken: one bad job must not cost the list."""

import re
from typing import Any

from ogc_widgets.client.answer import parse_at

BETWEEN = re.compile(r"[\s,]*")
NEXT_ENTRY = re.compile(r"[}\]\"]\s*,\s*(?=\{)")
IDENTIFIER = re.compile(r'"(?:jobID|id)"\s*:\s*"([^"\\]{1,200})"')
KNOWN = ("jobID", "id", "status", "processID")


def salvage(text: str, member: str) -> list[Any] | None:
    """The entries of a member that can be read; of a broken one its id, where that can be.

    None where the text does not hold the member's list, or nothing of it can be read.
    """
    begin = re.search(rf'"{member}"\s*:\s*\[', text)
    if begin is None:
        return None
    entries: list[Any] = []
    position = begin.end()
    while True:
        between = BETWEEN.match(text, position)
        position = between.end() if between else position
        if position >= len(text) or text[position] == "]":
            break
        entry, position = _read_entry(text, position)
        if isinstance(entry, str) or (isinstance(entry, dict) and any(k in entry for k in KNOWN)):
            entries.append(entry)
    return entries or None


def _read_entry(text: str, position: int) -> tuple[Any, int]:
    """An entry, or the id of a broken one, and where the next may begin."""
    try:
        return parse_at(text, position)
    except (ValueError, RecursionError):
        following = NEXT_ENTRY.search(text, position)
        end = following.end() if following else len(text)
        found = IDENTIFIER.search(text, position, end)
        return (found.group(1) if found else None), end
