"""The jobs that a board knows, and the news of them; for the owner loop unless it says more."""

import asyncio
import itertools
import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from operator import attrgetter

from ogc_widgets.errors import NoSuchJob
from ogc_widgets.jobs.job import Board, Job
from ogc_widgets.models import StatusInfo

Listener = Callable[[list[Job], list[Job]], None]

ANNOUNCE_EVERY = 0.1
LOST = "No longer on the server"
# Some servers cut fractions of a second off in one document, and not in another; wraptile gives an
# id again within the same second.
SAME_SECOND = timedelta(seconds=1)
SAME_FRACTION = timedelta(milliseconds=1)
LASTING = ("processID", "created", "started", "type")

logger = logging.getLogger(__name__)
_numbers = itertools.count(1)


class Register:
    """Jobs by key and by id.

    A job's identity is its id and when it was created: some servers use ids again. One without an
    id is what the server says of it.
    """

    def __init__(self, board: Board) -> None:
        self._board = board
        self._number = next(_numbers)
        self._serial = itertools.count(1)
        self._lock = threading.Lock()
        self._jobs: dict[str, Job] = {}
        self._by_id: dict[str, Job] = {}
        self._order: list[Job] | None = None
        self._births: dict[str, float] = {}
        self._forgotten: set[tuple[str, datetime | None]] = set()
        self._changed: dict[str, Job] = {}
        self._removed: dict[str, Job] = {}
        self._announcing: asyncio.TimerHandle | None = None
        self._announced = 0.0
        self.listeners: list[Listener] = []

    def all(self) -> list[Job]:
        """All jobs, in the order in which they became known; from any thread."""
        with self._lock:
            return list(self._jobs.values())

    def newest_first(self) -> list[Job]:
        """All jobs, newest first; from any thread."""
        with self._lock:
            if self._order is None:
                self._order = sorted(self._jobs.values(), key=attrgetter("age"), reverse=True)
            return list(self._order)

    def find(self, name: str) -> Job:
        """The job of this key or id; from any thread.

        :raises NoSuchJob: when none is known
        """
        with self._lock:
            job = self._jobs.get(name) or self._by_id.get(name)
        if job is None:
            raise NoSuchJob(f"The board knows no job {name}.", "Refresh it, or check the id.")
        return job

    def take(self, info: StatusInfo, *, mine: bool = False) -> Job | None:
        """The job that the server tells of: a known one, a new one, or None: it was forgotten."""
        if (info.job_id, info.created) in self._forgotten:
            return None
        known = self._by_id.get(_name(info))
        if known is None or not _same(known, info):
            return self.add(info, mine=mine)
        self.tell(known, info)
        return known

    def add(self, info: StatusInfo, *, mine: bool) -> Job:
        """A new job; an earlier one of the same id is lost."""
        job = Job(self._board, (self._number, next(self._serial)), info, mine=mine)
        earlier = self._by_id.get(_name(info))
        if earlier is not None:
            self.lose(earlier)
        with self._lock:
            self._order = None
            self._jobs[job.key] = job
            self._by_id[_name(info)] = job
        self._births[job.key] = time.monotonic()
        self.change(job)
        return job

    def tell(self, job: Job, info: StatusInfo) -> None:
        """The server says something of a job: what it leaves out stays as it was.

        An answer that was under way while the job ended does not bring it back.
        """
        if job.gone or (job.status.final and not info.status.final):
            return
        info = _merged(job.info, info)
        if info == job.info:
            return
        if job.know(info):
            self._order = None
        self.change(job)
        job._wake()

    def lose(self, job: Job) -> None:
        """The server has this job no more; a job of others leaves the board."""
        if not job.mine and not job._awaited and not job.pending:
            self.drop(job)
            return
        job.gone, job.note = True, job.note or LOST
        self.change(job)
        job._wake()

    def forget(self, job: Job) -> None:
        """Take a job off the board for good: a list that was under way does not bring it back."""
        self._forgotten.add((job.id, job.info.created))
        self.drop(job)

    def drop(self, job: Job) -> None:
        """Take a job off the board."""
        with self._lock:
            self._order = None
            self._jobs.pop(job.key, None)
            if self._by_id.get(_name(job.info)) is job:
                del self._by_id[_name(job.info)]
        self._births.pop(job.key, None)
        self._changed.pop(job.key, None)
        self._removed[job.key] = job

    def born(self, job: Job) -> float:
        """When the job became known, seconds of the monotonic clock."""
        return self._births.get(job.key, 0.0)

    def change(self, job: Job, *, at_once: bool = False) -> None:
        """A job changed: it is in the next announcement, which may be now."""
        self._changed[job.key] = job
        if at_once:
            self._announced = 0.0
            self.announce()

    def announce(self) -> None:
        """Tell the listeners the news: now, or a tenth of a second after the last time."""
        delay = self._announced + ANNOUNCE_EVERY - time.monotonic()
        if delay <= 0:
            self._announce_now()
        elif self._announcing is None:
            loop = asyncio.get_running_loop()
            self._announcing = loop.call_later(delay, self._announce_now)

    def _announce_now(self) -> None:
        if self._announcing is not None:
            self._announcing.cancel()
            self._announcing = None
        self._announced = time.monotonic()
        changed, self._changed = list(self._changed.values()), {}
        removed, self._removed = list(self._removed.values()), {}
        for listener in tuple(self.listeners):
            try:
                listener(changed, removed)
            except Exception:
                # What one view cannot show must not keep others from seeing it.
                logger.exception("A view of the jobs failed")


def _name(info: StatusInfo) -> str:
    return info.job_id or repr(info.raw)


def _same(job: Job, info: StatusInfo) -> bool:
    """Whether the server speaks of this job, and not of a later one of the same id."""
    earlier, later = job.info.created, info.created
    if earlier is None or later is None:
        return True
    fine = earlier.microsecond and later.microsecond
    return abs(earlier - later) < (SAME_FRACTION if fine else SAME_SECOND)


def _merged(earlier: StatusInfo, later: StatusInfo) -> StatusInfo:
    if not isinstance(earlier.raw, dict) or not isinstance(later.raw, dict):
        return later
    kept = {
        name: earlier.raw[name]
        for name in LASTING
        if earlier.raw.get(name) is not None and later.raw.get(name) is None
    }
    return type(later)({**later.raw, **kept}) if kept else later
