"""The jobs of the server in one SQLite file, so that they survive a restart."""

import json
import sqlite3
import threading
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .job_filter import JobFilter

UNFINISHED = ("accepted", "running")

_SCHEMA = """
CREATE TABLE IF NOT EXISTS jobs (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    process_id TEXT NOT NULL,
    status TEXT NOT NULL,
    message TEXT NOT NULL,
    progress INTEGER NOT NULL,
    created TEXT NOT NULL,
    started TEXT,
    finished TEXT,
    updated TEXT NOT NULL,
    server_url TEXT NOT NULL,
    wishes TEXT NOT NULL,
    results TEXT
)
"""
_FIELDS = (
    "number",
    "id",
    "process_id",
    "status",
    "message",
    "progress",
    "created",
    "started",
    "finished",
    "updated",
    "server_url",
    "wishes",
)
_COLUMNS = ", ".join(_FIELDS)
_FINISHED = "finished = max(updated, ?), updated = max(updated, ?)"
"""No time of a job is before an earlier one of it, also where the clock was put back."""
_MESSAGE_LIMIT = 2000


def now() -> str:
    """The present moment, UTC, to the millisecond, as the standard writes it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass(frozen=True, slots=True)
class JobRecord:
    """One job as it is stored; times are UTC texts, ``progress`` is in percent."""

    number: int
    id: str
    process_id: str
    status: str
    message: str
    progress: int
    created: str
    started: str | None
    finished: str | None
    updated: str
    server_url: str
    wishes: dict[str, Any] = field(default_factory=dict)
    """What the execute request asked of the results: ``outputs`` and ``response``."""


def _record(row: tuple[Any, ...]) -> JobRecord:
    said = dict(zip(_FIELDS, row, strict=True))
    return JobRecord(**{**said, "wishes": json.loads(said["wishes"])})


class UnreadableStore(OSError):
    """The file of the jobs cannot be used."""

    def __init__(self, file: Path, error: sqlite3.DatabaseError) -> None:
        super().__init__(
            f"The job store {file} cannot be used ({error}). Move it away, or name another folder."
        )


class JobStore:
    """All jobs of a server, in ``folder/jobs.sqlite``; may be used from any thread.

    :raises UnreadableStore: the file is there, but is no job store
    """

    def __init__(self, folder: Path) -> None:
        file = folder / "jobs.sqlite"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.touch(mode=0o600)
        self._lock = threading.Lock()
        self._database = sqlite3.connect(file, check_same_thread=False, isolation_level=None)
        try:
            self._database.execute("PRAGMA journal_mode=WAL")
            self._database.execute("PRAGMA synchronous=NORMAL")
            self._database.execute(_SCHEMA)
        except sqlite3.DatabaseError as error:
            self._database.close()
            raise UnreadableStore(file, error) from None

    def close(self) -> None:
        """Close the file; the store cannot be used afterwards."""
        with self._lock:
            self._database.close()

    def _change(self, statement: str, values: tuple[Any, ...] | dict[str, Any]) -> bool:
        with self._lock:
            return self._database.execute(statement, values).rowcount > 0

    def _rows(self, query: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._database.execute(query, values).fetchall()

    def add(self, process_id: str, *, server_url: str, wishes: dict[str, Any]) -> JobRecord:
        """Make a job of status accepted."""
        job_id, moment = str(uuid.uuid4()), now()
        self._change(
            "INSERT INTO jobs (id, process_id, status, message, progress, created, updated,"
            " server_url, wishes) VALUES (?, ?, 'accepted', 'Waiting to start.', 0, ?, ?, ?, ?)",
            (job_id, process_id, moment, moment, server_url, json.dumps(wishes)),
        )
        job = self.get(job_id)
        if job is None:
            raise LookupError(job_id)
        return job

    def get(self, job_id: str) -> JobRecord | None:
        """The job of that id, or None."""
        rows = self._rows(f"SELECT {_COLUMNS} FROM jobs WHERE id = ?", (job_id,))  # noqa: S608
        return _record(rows[0]) if rows else None

    def find(self, wanted: JobFilter, *, before: int | None, limit: int) -> list[JobRecord]:
        """At most ``limit`` jobs, newest first, of those with a number below ``before``."""
        where, values = wanted.condition(now())
        if before is not None:
            where, values = f"{where} AND number < ?", [*values, before]
        query = f"SELECT {_COLUMNS} FROM jobs WHERE {where} ORDER BY number DESC LIMIT ?"  # noqa: S608
        return [_record(row) for row in self._rows(query, (*values, limit))]

    def results(self, job_id: str) -> dict[str, Any]:
        """The results document of a successful job; empty for others."""
        rows = self._rows("SELECT results FROM jobs WHERE id = ?", (job_id,))
        document: dict[str, Any] = json.loads(rows[0][0]) if rows and rows[0][0] else {}
        return document

    def start(self, job_id: str) -> bool:
        """Turn accepted into running; False where the job is not accepted any more."""
        moment = now()
        return self._change(
            "UPDATE jobs SET status = 'running', message = 'Started.',"
            " started = max(created, ?), updated = max(created, ?)"
            " WHERE id = ? AND status = 'accepted'",
            (moment, moment, job_id),
        )

    def progress(self, job_id: str, percent: int, message: str) -> bool:
        """Note how far a running job is; False where it does not run any more."""
        return self._change(
            "UPDATE jobs SET progress = ?, message = ?, updated = max(updated, ?)"
            " WHERE id = ? AND status = 'running'",
            (percent, message[:_MESSAGE_LIMIT], now(), job_id),
        )

    def succeed(self, job_id: str, results: dict[str, Any]) -> bool:
        """End a running job well, with its results document."""
        moment = now()
        return self._change(
            "UPDATE jobs SET status = 'successful', progress = 100, message = 'Finished.',"  # noqa: S608
            f" results = ?, {_FINISHED} WHERE id = ? AND status = 'running'",
            (json.dumps(results), moment, moment, job_id),
        )

    def end(self, job_id: str, status: str, message: str) -> bool:
        """End an unfinished job as ``failed`` or ``dismissed``; False where it has ended before."""
        moment = now()
        return self._change(
            f"UPDATE jobs SET status = ?, message = ?, {_FINISHED}"  # noqa: S608
            " WHERE id = ? AND status IN ('accepted', 'running')",
            (status, message[:_MESSAGE_LIMIT], moment, moment, job_id),
        )

    def fail_unfinished(self, message: str) -> None:
        """End as failed all jobs that have not ended: nothing runs them any more."""
        moment = now()
        self._change(
            f"UPDATE jobs SET status = 'failed', message = ?, {_FINISHED}"  # noqa: S608
            " WHERE status IN ('accepted', 'running')",
            (message, moment, moment),
        )

    def remove(self, job_id: str) -> bool:
        """Forget a job that has ended; False where there is none."""
        return self._change(
            "DELETE FROM jobs WHERE id = ? AND status NOT IN ('accepted', 'running')", (job_id,)
        )
