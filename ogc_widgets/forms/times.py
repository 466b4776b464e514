"""Dates, times of day and instants as RFC 3339 writes them."""

import re
from datetime import date, datetime, time
from typing import Any

CLOCK = re.compile(r"\d\d:\d\d(:\d\d(\.\d{1,9})?)?([Zz]|[+-]\d\d:\d\d)?", re.ASCII)
INSTANT = re.compile(
    r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d)(:\d\d)?(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)?", re.ASCII
)
EXAMPLES = {
    "date": "Enter a date such as 2024-05-31.",
    "time": "Enter a time such as 14:30:00.",
    "datetime": "Enter a date and time such as 2024-05-31T14:30:00Z.",
}


def is_time(name: Any, text: str) -> bool:
    """Whether the text is what the format ``date``, ``time`` or ``date-time`` asks for.

    A missing offset is let through: the standard's own examples leave it out. Other formats are
    hints and refuse nothing.
    """
    readers = {"date": day, "time": clock, "date-time": instant}
    reader = readers.get(name) if isinstance(name, str) else None
    try:
        if reader:
            reader(text)
    except ValueError:
        return False
    return True


def day(text: str) -> str:
    """The date as ``YYYY-MM-DD``.

    :raises ValueError: for what is no date
    """
    return date.fromisoformat(text).isoformat()


def clock(text: str) -> str:
    """The time of day, as it is.

    :raises ValueError: for what is no time
    """
    if not CLOCK.fullmatch(text):
        raise ValueError(text)
    time.fromisoformat(text.upper())
    return text


def instant(text: str) -> str:
    """The instant with seconds and offset; without an offset it is taken as UTC.

    :raises ValueError: for what is no instant
    """
    match = INSTANT.fullmatch(text)
    if not match:
        raise ValueError(text)
    calendar, minutes, seconds, fraction, zone = match.groups()
    offset = (zone or "Z").upper()
    whole = f"{calendar}T{minutes}{seconds or ':00'}"
    datetime.fromisoformat(whole + offset)
    return f"{whole}{fraction or ''}{offset}"
