"""Waiting for a condition instead of sleeping: the tests' only clock."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from inspect import isawaitable
from typing import TypeVar

T = TypeVar("T")

PAUSE = 0.01


def wait_until(condition: Callable[[], T], *, timeout: float = 10.0, what: str = "") -> T:
    """The first true value of a condition, asked every 10 ms; AssertionError after `timeout` s."""
    end = time.monotonic() + timeout
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(_late(what or repr(condition), timeout))
        time.sleep(PAUSE)


async def eventually(
    condition: Callable[[], T | Awaitable[T]], *, timeout: float = 10.0, what: str = ""
) -> T:
    """As `wait_until`, while the loop goes on; the condition may be a coroutine function."""
    end = time.monotonic() + timeout
    while True:
        answer = condition()
        value: T = await answer if isawaitable(answer) else answer  # type: ignore[assignment]
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(_late(what or repr(condition), timeout))
        await asyncio.sleep(PAUSE)


def _late(what: str, timeout: float) -> str:
    return f"After {timeout:g} s this had not come: {what}"
