"""The query parameters of the lists: paging, and the job list's filters (OGC 18-062r2, 11.3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from starlette.datastructures import QueryParams

from .problems import invalid_query

STATUSES = ("accepted", "running", "successful", "failed", "dismissed")
DEFAULT_LIMIT = 10
MAX_LIMIT = 1000
_DIGITS = 18
_DAY = timedelta(days=1)
_SECONDS = "(julianday(coalesce(finished, ?)) - julianday(started)) * 86400"


@dataclass(frozen=True, slots=True)
class JobFilter:
    """Which jobs are wanted; an empty field asks for all. Durations are in seconds."""

    kinds: tuple[str, ...] = ()
    process_ids: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    min_duration: float | None = None
    max_duration: float | None = None

    def condition(self, moment: str) -> tuple[str, list[str | float]]:
        """The filter as an SQL condition and its values; ``moment`` is the present, as text."""
        parts: list[tuple[str, list[str | float]]] = [("1", [])]
        if self.kinds and "process" not in self.kinds:
            parts.append(("0", []))
        if self.process_ids:
            parts.append((_among("process_id", self.process_ids), [*self.process_ids]))
        if self.statuses:
            parts.append((_among("status", self.statuses), [*self.statuses]))
        if self.since is not None:
            parts.append(("created >= ?", [self.since]))
        if self.until is not None:
            parts.append(("created <= ?", [self.until]))
        if self.min_duration is not None:
            parts.append((f"{_SECONDS} >= ?", [moment, self.min_duration]))
        if self.max_duration is not None:
            parts.append((f"{_SECONDS} <= ?", [moment, self.max_duration]))
        where = " AND ".join(part for part, _ in parts)
        return where, [value for _, values in parts for value in values]


def _among(column: str, values: Sequence[str]) -> str:
    return f"{column} IN ({', '.join('?' * len(values))})"


def _several(query: QueryParams, name: str) -> tuple[str, ...]:
    """All values of a parameter that may be repeated, or hold several with commas."""
    said = [part.strip() for value in query.getlist(name) for part in value.split(",")]
    return tuple(dict.fromkeys(part for part in said if part))


def _whole_number(query: QueryParams, name: str, *, lowest: int) -> int | None:
    if name not in query:
        return None
    said = query[name]
    if not (said.isascii() and said.isdigit()) or int(said[-_DIGITS:]) < lowest:
        raise invalid_query(name, f"{said!r:.60} is not a whole number of at least {lowest}.")
    return int(said) if len(said) <= _DIGITS else 10**_DIGITS


def _durations(query: QueryParams, name: str) -> list[float]:
    numbers = []
    for said in _several(query, name):
        if not (said.isascii() and said.isdigit() and len(said) < 16):
            raise invalid_query(name, f"{said!r} is not a whole number of seconds.")
        numbers.append(float(said))
    return numbers


def _moment(said: str, *, ends: bool) -> str | None:
    """One end of a time interval as stored times are written; None where it is open.

    :param ends: it ends the interval; a day without a time then counts whole
    """
    if said in ("", ".."):
        return None
    try:
        moment = datetime.fromisoformat(said)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        utc = moment.astimezone(UTC)
        if ends and len(said) == len("2026-01-31"):
            utc += _DAY - timedelta(milliseconds=1)
    except (ValueError, OverflowError):
        detail = f"{said!r} is not a time such as 2026-01-31T12:00:00Z, nor an interval of two."
        raise invalid_query("datetime", detail) from None
    return utc.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _interval(query: QueryParams) -> tuple[str | None, str | None]:
    said = query.get("datetime")
    if said is None:
        return None, None
    ends = said.split("/")
    if len(ends) > 2 or said == "":
        raise invalid_query("datetime", f"{said!r} is neither a time nor an interval of two.")
    since, until = _moment(ends[0], ends=False), _moment(ends[-1], ends=True)
    if since is not None and until is not None and since > until:
        raise invalid_query("datetime", f"{said!r} ends before it begins.")
    return since, until


def read_limit(query: QueryParams) -> int:
    """How many entries a page may have; larger wishes are cut (OGC 18-062r2, 7.9.2)."""
    limit = _whole_number(query, "limit", lowest=1)
    return DEFAULT_LIMIT if limit is None else min(limit, MAX_LIMIT)


def read_position(query: QueryParams, name: str) -> int | None:
    """The place at which a page of a list begins, as its ``next`` link names it."""
    return _whole_number(query, name, lowest=0)


def read_filter(query: QueryParams) -> JobFilter:
    """The filters that a request for the job list names.

    :raises Problem: 400 ``invalid-query-parameter-value``
    """
    statuses = _several(query, "status")
    for status in statuses:
        if status not in STATUSES:
            raise invalid_query("status", f"{status!r} is none of {', '.join(STATUSES)}.")
    since, until = _interval(query)
    shortest, longest = _durations(query, "minDuration"), _durations(query, "maxDuration")
    return JobFilter(
        kinds=_several(query, "type"),
        process_ids=_several(query, "processID"),
        statuses=statuses,
        since=since,
        until=until,
        min_duration=min(shortest) if shortest else None,
        max_duration=max(longest) if longest else None,
    )
