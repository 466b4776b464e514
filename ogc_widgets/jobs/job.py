"""A job that a board follows."""

import asyncio
import concurrent.futures
from collections.abc import Generator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Literal, Protocol

from ogc_widgets.client import ProcessesClient
from ogc_widgets.errors import JobDismissed, JobError, JobFailed
from ogc_widgets.jobs.loop import owner
from ogc_widgets.models import JobStatus, Results, StatusInfo

LONG_AGO = datetime.min.replace(tzinfo=UTC)
# ipykernel interrupts a cell that awaits only when its loop wakes up.
HEARTBEAT = 0.5


class Board(Protocol):
    """What a job needs of the board that follows it; for the owner loop only."""

    client: ProcessesClient
    dismiss_ability: Literal["yes", "no", "unknown"]

    def wait_for(self, job: "Job") -> None:
        """Somebody waits for its end: ask the server about it."""

    async def read_results(self, job: "Job") -> Results:
        """Its outputs."""

    async def dismiss_job(self, job: "Job") -> None:
        """Ask the server to stop it."""

    async def remove_job(self, job: "Job") -> None:
        """Ask the server to forget it."""


class Job:
    """A job of a server: awaitable, from a cell, a script, another loop.

    ``await job`` gives the job when it has ended well, and raises otherwise. Its members are what
    the board knows now; the owner loop changes them.

    :ivar key: tells the jobs of all boards apart, also where a server uses ids again
    :ivar info: what the server said last
    :ivar age: what jobs are sorted by: when it was created, and in which order it became known
    :ivar pending: what was asked of the server and is not answered yet
    :ivar gone: whether the server has the job no more
    :ivar mine: whether it was submitted here
    :ivar note: what happened to it that the server does not say
    :ivar inputs: what was submitted by input id, secrets cut; empty where nobody here knows
    :ivar label: the user's name for it; may be empty
    :ivar tags: the user's words to find it by
    :ivar submission: its number in the ledger, or None
    """

    def __init__(
        self, board: Board, number: tuple[int, int], info: StatusInfo, *, mine: bool
    ) -> None:
        self.board = board
        self.key = f"{number[0]}-{number[1]}"
        self.age = (LONG_AGO, number[1])
        self._submitted = datetime.now(UTC) if mine else None
        self.know(info)
        self.mine = mine
        self.pending: Literal["", "dismiss", "remove"] = ""
        self.gone = False
        self.note = ""
        self.here: Results | None = None
        self.submission: int | None = None
        self.inputs: dict[str, Any] = {}
        self.label = ""
        self.tags: tuple[str, ...] = ()
        self._waiters: set[concurrent.futures.Future[None]] = set()

    @property
    def id(self) -> str:
        """The server's id of the job."""
        return self.info.job_id

    @property
    def process_id(self) -> str:
        """The process that it executes; empty where the server does not say."""
        return self.info.process_id

    @property
    def status(self) -> JobStatus:
        """The status, in the standard's words."""
        return self.info.status

    @property
    def progress(self) -> float | None:
        """How far it is, in percent, or None where the server does not say."""
        return self.info.progress

    @property
    def message(self) -> str:
        """What the server says of it."""
        return self.info.message

    @property
    def created(self) -> datetime | None:
        """When it was made, UTC; of a job of ours that has no date yet, when we submitted it."""
        return self.info.created or self.info.started or self._submitted

    def know(self, info: StatusInfo) -> bool:
        """Take what the server says now; gives whether that makes the job older or younger."""
        self.info, before = info, self.age
        self.age = (self.created or LONG_AGO, before[1])
        return self.age != before

    def remember(
        self, submission: int | None, inputs: Mapping[str, Any], label: str, tags: Sequence[str]
    ) -> None:
        """Take what the ledger knows of it."""
        self.submission, self.inputs = submission, dict(inputs)
        self.label, self.tags = label, tuple(tags)

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.status.final or self.gone

    def __await__(self) -> "Generator[Any, None, Job]":
        return self._end().__await__()

    async def _end(self) -> "Job":
        waiter = self._wait_for_end()
        ending = asyncio.wrap_future(waiter)
        try:
            while not ending.done():
                await asyncio.wait([ending], timeout=HEARTBEAT)
        finally:
            ending.cancel()
        return self._ended_well()

    def wait(self, timeout: float | None = None) -> "Job":
        """Block this thread until the job ends, for at most ``timeout`` seconds.

        :raises TimeoutError: when the time is over; the job goes on
        :raises JobFailed, JobDismissed: as ``await job`` does
        """
        waiter = self._wait_for_end()
        try:
            waiter.result(timeout)
        finally:
            waiter.cancel()
        return self._ended_well()

    async def results(self) -> Results:
        """The outputs.

        :raises ResultNotReady: while it runs
        :raises JobFailed, JobDismissed: when it did not end well
        """
        return await owner.reach(self.board.read_results(self))

    async def dismiss(self) -> "Job":
        """Ask the server to stop it, and read what became of it.

        :raises NotSupported: when the server cannot
        """
        await owner.reach(self.board.dismiss_job(self))
        return self

    async def remove(self) -> None:
        """Ask the server to forget it and its results; it leaves the board."""
        await owner.reach(self.board.remove_job(self))

    def _wait_for_end(self) -> concurrent.futures.Future[None]:
        waiter: concurrent.futures.Future[None] = concurrent.futures.Future()
        owner.soon(self._add_waiter, waiter)
        return waiter

    def _add_waiter(self, waiter: concurrent.futures.Future[None]) -> None:
        self._waiters.add(waiter)
        waiter.add_done_callback(lambda done: owner.soon(self._waiters.discard, done))
        self._wake()
        self.board.wait_for(self)

    def _wake(self) -> None:
        """Let those go on who wait, if it has ended."""
        if self.ended and not self.pending:
            for waiter in tuple(self._waiters):
                if waiter.set_running_or_notify_cancel():
                    waiter.set_result(None)
            self._waiters.clear()

    @property
    def _awaited(self) -> bool:
        return any(not waiter.done() for waiter in self._waiters)

    def _ended_well(self) -> "Job":
        error = self._error()
        if error:
            raise error
        return self

    def _error(self) -> JobError | None:
        if self.status is JobStatus.FAILED:
            reason = self.message or "The server gives no reason."
            return JobFailed(f"The job {self.id} failed.", reason, job_id=self.id)
        if self.status is JobStatus.DISMISSED:
            return JobDismissed(f"The job {self.id} was dismissed.", self.note, job_id=self.id)
        if self.gone and self.status is not JobStatus.SUCCESSFUL:
            return JobDismissed(
                f"The job {self.id} is gone from the server.",
                "It was dismissed elsewhere, or the server has cleared it away.",
                job_id=self.id,
            )
        return None

    def __repr__(self) -> str:
        progress = "" if self.progress is None else f" {self.progress:g} percent"
        return f"<Job {self.id} {self.process_id} {self.status.value}{progress}>"
