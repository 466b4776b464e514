"""How long to wait before a GET is sent again."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime


@dataclass(frozen=True)
class Patience:
    """Exponential back-off with full jitter; the server's ``Retry-After`` comes first.

    :ivar attempts: how often a GET is sent at most
    :ivar first: the longest first pause, in seconds; doubled each time
    :ivar longest: the longest pause, in seconds; a server that asks for more gets no more requests
    """

    attempts: int = 4
    first: float = 0.3
    longest: float = 30.0
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    clock: Callable[[], float] = time.time
    jitter: Callable[[], float] = random.random

    def pause(self, attempt: int, asked: str | None = None) -> float | None:
        """Seconds to wait after an attempt (the first is 1), or None: do not try again."""
        if attempt >= self.attempts:
            return None
        seconds = read_retry_after(asked, self.clock()) if asked else None
        if seconds is not None:
            return seconds if seconds <= self.longest else None
        return self.jitter() * min(self.first * 2.0 ** (attempt - 1), self.longest)


def read_retry_after(value: str, now: float) -> float | None:
    """The seconds that a ``Retry-After`` header asks for, in either spelling (RFC 9110, 10.2.3).

    :param now: seconds since 1970, UTC
    """
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        when = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max((when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp() - now, 0.0)
