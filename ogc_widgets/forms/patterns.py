"""A server's regular expressions, checked with a time limit.

They are written for ECMAScript and may be hostile: ``regex`` stops a search that takes too long,
which ``re`` cannot.
"""

from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from time import monotonic
from typing import Any

import regex

SECONDS_FOR_ONE = 0.05
SECONDS_FOR_ALL = 0.15
LONGEST_PATTERN = 4_000
LONGEST_SUBJECT = 100_000

UNREADABLE = "The server's pattern for this value cannot be read, so the value is not checked."
TOO_SLOW = "The server's pattern for this value takes too long, so the value is not checked."


@dataclass
class Check:
    """One check of one value: the time that patterns may still take, and what was doubtful."""

    seconds: float = SECONDS_FOR_ALL
    doubts: list[str] = field(default_factory=list)

    def doubt(self, sentence: str) -> None:
        """Say once what keeps the value from being checked."""
        if sentence not in self.doubts:
            self.doubts.append(sentence)


current_check: ContextVar[Check] = ContextVar("current_check")


def matches(pattern: Any, text: str) -> bool:
    """Whether the pattern is found in the text; what cannot be judged counts as found."""
    check = current_check.get(None) or Check()
    compiled = _compiled(pattern) if isinstance(pattern, str) else None
    if compiled is None:
        check.doubt(UNREADABLE)
        return True
    if check.seconds <= 0:
        check.doubt(TOO_SLOW)
        return True
    started = monotonic()
    try:
        limit = min(SECONDS_FOR_ONE, check.seconds)
        return compiled.search(text[:LONGEST_SUBJECT], timeout=limit) is not None
    except TimeoutError:
        check.doubt(TOO_SLOW)
        return True
    finally:
        check.seconds -= monotonic() - started


@lru_cache(maxsize=1_000)
def _compiled(pattern: str) -> "regex.Pattern[str] | None":
    if len(pattern) > LONGEST_PATTERN:
        return None
    # ECMAScript's \d and \w are ASCII; regex takes \p{…} for ASCII too when told so.
    flags = regex.V0 if r"\p" in pattern or r"\P" in pattern else regex.V0 | regex.ASCII
    try:
        return regex.compile(pattern, flags)
    except (regex.error, RecursionError, OverflowError, ValueError, TypeError, MemoryError):
        return None
