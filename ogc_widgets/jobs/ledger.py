"""What was submitted, written down before it is sent: no job is forgotten when a kernel dies.

One SQLite file for all kernels of a user. Home folders are often network drives, so it is kept with
a rollback journal (a write-ahead log needs shared memory) and a patient busy time-out, and it is
written on a thread of its own, never on an event loop.
"""

import asyncio
import json
import os
import socket
import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import platformdirs

T = TypeVar("T")

BUSY_SECONDS = 30.0
FOREIGN_PATIENCE = 15 * 60.0
SCHEMA = """
CREATE TABLE IF NOT EXISTS submissions (
  number INTEGER PRIMARY KEY,
  server TEXT NOT NULL,
  process_id TEXT NOT NULL,
  inputs TEXT NOT NULL,
  label TEXT NOT NULL,
  tags TEXT NOT NULL,
  notebook TEXT NOT NULL,
  submitted REAL NOT NULL,
  writer TEXT NOT NULL,
  state TEXT NOT NULL,
  job_id TEXT NOT NULL DEFAULT '',
  created TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS submissions_of_server ON submissions (server, state);
"""


class State(StrEnum):
    """What is known of a submission."""

    OPEN = "open"
    """It is being sent, or was when its kernel died."""
    JOB = "job"
    """It made a job, whose id is known."""
    ANSWERED = "answered"
    """The server answered at once; there is no job."""
    REFUSED = "refused"
    """The server refused it, or it was never sent."""
    UNKNOWN = "unknown"
    """Nobody knows whether it made a job."""
    GONE = "gone"
    """It made a job that the server has no more."""


@dataclass(frozen=True)
class Submission:
    """One submission.

    :ivar number: its place in the ledger
    :ivar inputs: by input id, secrets cut
    :ivar submitted: when it was written down, seconds since 1970
    :ivar created: when the server says that it made the job, as the server wrote it; may be empty
    :ivar reason: why it was refused, or why its outcome is unknown
    """

    number: int
    server: str
    process_id: str
    inputs: dict[str, Any]
    label: str
    tags: tuple[str, ...]
    notebook: str
    submitted: float
    writer: str
    state: State
    job_id: str
    created: str
    reason: str


class Ledger:
    """The submissions of a user, on this machine.

    :param path: the file; ``":memory:"`` keeps nothing; None is the user's own ledger
    """

    def __init__(self, path: str | Path | None = None) -> None:
        self.path = str(default_path() if path is None else path)
        self._begin()

    def _begin(self) -> None:
        self._process = os.getpid()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="ogc-ledger")
        self._connection: sqlite3.Connection | None = None

    async def open(
        self,
        server: str,
        process_id: str,
        inputs: Mapping[str, Any],
        *,
        label: str = "",
        tags: Sequence[str] = (),
        notebook: str = "",
    ) -> int:
        """Write down what is about to be sent; gives its number.

        :raises sqlite3.Error: when it cannot be written; then it must not be sent
        """
        text = json.dumps(inputs, default=_name_of, ensure_ascii=False)
        values = (server, process_id, text, label, json.dumps(list(tags)), notebook)
        return await self._do(lambda base: _insert(base, values))

    async def settle(
        self, number: int, state: State, *, job_id: str = "", created: str = "", reason: str = ""
    ) -> None:
        """Write down what became of a submission."""
        values = (state.value, job_id, created, reason, number)
        await self._do(
            lambda base: base.execute(
                "UPDATE submissions SET state = ?, job_id = ?, created = ?, reason = ?"
                " WHERE number = ?",
                values,
            )
        )

    async def read(self, server: str, *states: State) -> list[Submission]:
        """The submissions to a server in these states, oldest first."""
        marks = ", ".join("?" for _ in states)
        query = (
            f"SELECT * FROM submissions WHERE server = ? AND state IN ({marks}) "  # noqa: S608
            "ORDER BY number"
        )
        values = (server, *(state.value for state in states))
        return await self._do(
            lambda base: [_submission(row) for row in base.execute(query, values)]
        )

    async def rename(self, number: int, *, label: str, tags: Sequence[str]) -> None:
        """Give a submission another label and other tags."""
        values = (label, json.dumps(list(tags)), number)
        await self._do(
            lambda base: base.execute(
                "UPDATE submissions SET label = ?, tags = ? WHERE number = ?", values
            )
        )

    def close(self) -> None:
        """Close the file, when all that was handed over is written."""
        self._thread.submit(self._close)
        self._thread.shutdown(wait=True)

    async def _do(self, work: Callable[[sqlite3.Connection], T]) -> T:
        if os.getpid() != self._process:
            # A fork has neither our thread nor the right to our connection.
            self._begin()
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._on_thread, work)

    def _on_thread(self, work: Callable[[sqlite3.Connection], T]) -> T:
        if self._connection is None:
            self._connection = _connect(self.path)
        with self._connection:
            return work(self._connection)

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def __repr__(self) -> str:
        return f"Ledger({self.path!r})"


@cache
def users_ledger() -> Ledger:
    """The user's own ledger; one for a process."""
    return Ledger()


def default_path() -> Path:
    """Where the user's own ledger is."""
    folder = os.environ.get("OGC_WIDGETS_DATA_DIR") or platformdirs.user_data_dir("ogc_widgets")
    return Path(folder) / "ledger.sqlite"


def writer_here() -> str:
    """Who writes: machine, process, and when the process began, since ids are used again."""
    return f"{socket.gethostname()}:{os.getpid()}:{_began(os.getpid())}"


def may_still_write(submission: Submission) -> bool:
    """Whether the kernel that wrote an open submission may still be about to settle it.

    A process of this machine is looked for; one of another machine is given a quarter of an hour.
    """
    host, pid, began = submission.writer.rsplit(":", 2)
    if host != socket.gethostname():
        return time.time() - submission.submitted < FOREIGN_PATIENCE
    return _began(int(pid)) == began


def _began(pid: int) -> str:
    """When a process began, in whatever unit the system has; empty where there is none."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
        return stat.rpartition(")")[2].split()[19]
    except FileNotFoundError:
        pass
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return ""
    except PermissionError:
        return "alive"
    return "" if Path("/proc/self").exists() else "alive"


def _connect(path: str) -> sqlite3.Connection:
    if path != ":memory:":
        file = Path(path)
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
        os.close(descriptor)
    base = sqlite3.connect(path, timeout=BUSY_SECONDS)
    base.row_factory = sqlite3.Row
    base.execute("PRAGMA journal_mode = DELETE")
    with closing(base.cursor()) as cursor:
        cursor.executescript(SCHEMA)
    return base


def _insert(base: sqlite3.Connection, values: tuple[str, ...]) -> int:
    cursor = base.execute(
        "INSERT INTO submissions"
        " (server, process_id, inputs, label, tags, notebook, submitted, writer, state)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*values, time.time(), writer_here(), State.OPEN.value),
    )
    return int(cursor.lastrowid or 0)


def _submission(row: sqlite3.Row) -> Submission:
    kept = dict(row)
    inputs, tags = json.loads(kept.pop("inputs")), tuple(json.loads(kept.pop("tags")))
    return Submission(**{**kept, "inputs": inputs, "tags": tags, "state": State(kept["state"])})


def _name_of(value: Any) -> str:
    return f"<{type(value).__name__}>"
