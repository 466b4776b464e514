"""Asks a server about its jobs while somebody looks or waits; one for each board."""

import asyncio
import contextlib
import logging
import time

from ogc_widgets.client import ProcessesClient
from ogc_widgets.errors import NotFound, NotSupported, OgcError
from ogc_widgets.jobs.job import Job
from ogc_widgets.jobs.pacing import Pace
from ogc_widgets.jobs.register import Register
from ogc_widgets.jobs.submissions import Submissions
from ogc_widgets.models import JobStatus

logger = logging.getLogger(__name__)

SINGLE_STATUSES = 8
LIST_AGAIN = 30.0
FRESH = 5.0
LOOK_LASTS = 60.0
NEW_JOB_GRACE = 10.0
CONCURRENT = 4
MOST = 20_000


class Poller:
    """The one who asks. Lives on the owner loop.

    Few jobs are asked about one by one, many by the job list; the list is read again now and then
    while a view is seen, since others submit jobs too. Nobody looks and nobody waits: no requests.
    All jobs have ended: none either.

    :ivar checked: when the server last answered, seconds since 1970, or None
    :ivar next_check: when it will be asked again, or None
    :ivar failure: why it did not answer the last time, or None
    :ivar listless: how the server said that it has no job list, or None
    """

    def __init__(
        self, client: ProcessesClient, register: Register, submissions: Submissions
    ) -> None:
        self._client = client
        self._register = register
        self._submissions = submissions
        self._pace = Pace()
        self._views: dict[str, float] = {}
        self._going: asyncio.Task[None] | None = None
        self._alarm = asyncio.Event()
        self._listed: float | None = None
        self.checked: float | None = None
        self.next_check: float | None = None
        self.failure: OgcError | None = None
        self.listless: OgcError | None = None

    def look(self, view: str, seen: bool) -> None:
        """A view is seen, or is not any more; lasts a minute unless said again."""
        if seen:
            now = time.monotonic()
            if view not in self._views and self._listed is not None and now - self._listed > FRESH:
                self._listed = None
            self._views[view] = now
            self.wake()
        else:
            self._views.pop(view, None)

    def hurry(self) -> None:
        """Something was asked of the server: look soon what became of it."""
        self._pace.hurry()
        self._alarm.set()
        self.wake()

    def wake(self) -> None:
        """Go on, if there is a reason to."""
        if self._going is None or self._going.done():
            if self._wanted():
                self._going = asyncio.get_running_loop().create_task(self._go())
        elif self._listed is None and self._seen():
            self._alarm.set()

    def close(self) -> None:
        """Ask no more."""
        self._views.clear()
        if self._going is not None:
            self._going.cancel()

    def _seen(self) -> bool:
        now = time.monotonic()
        self._views = {view: at for view, at in self._views.items() if now - at < LOOK_LASTS}
        return bool(self._views)

    def _active(self) -> list[Job]:
        return [job for job in self._register.all() if not job.ended and job.id]

    def _wanted(self) -> bool:
        if self._seen():
            return self._listed is None or self.failure is not None or bool(self._active())
        return any(job._awaited for job in self._active())

    async def _go(self) -> None:
        while self._wanted():
            pause = await self._ask()
            if not self._wanted():
                break
            self.next_check = time.time() + pause
            self._register.announce()
            self._alarm.clear()
            try:
                await asyncio.wait_for(self._alarm.wait(), pause)
            except TimeoutError:
                continue
        self.next_check = None
        self._register.announce()

    async def _ask(self) -> float:
        await self._submissions.recall()
        before = [(job.key, job.info) for job in self._active()]
        try:
            if self._list_is_due():
                await self._read_list_if_there()
            else:
                await self._read_statuses()
        except Exception as error:
            self.failure = _as_failure(error)
            self._register.announce()
            return self._pace.failed()
        self._heard()
        active = self._active()
        changed = before != [(job.key, job.info) for job in active]
        known = [job for job in active if job.status is not JobStatus.UNKNOWN]
        return self._pace.answered(changed=changed, active=len(known))

    def _list_is_due(self) -> bool:
        if self.listless:
            return False
        if not self._seen():
            return len(self._active()) > SINGLE_STATUSES
        aged = self._listed is None or time.monotonic() - self._listed > LIST_AGAIN
        return aged or len(self._active()) > SINGLE_STATUSES

    async def read_list(self) -> None:
        """Read the whole job list, and ask singly about jobs that run and are not in it.

        :raises OgcError: when it cannot be read
        """
        await self._submissions.recall()
        began = time.monotonic()
        listed = {}
        async for info in self._client.jobs(limit=MOST):
            job = self._register.take(info)
            if job is not None:
                listed[job.key] = job
        await self._submissions.adopt(listed.values())
        self._listed = time.monotonic()
        self.listless = None
        self._heard()
        missing = [
            job
            for job in self._register.all()
            if job.key not in listed and not job.gone and self._register.born(job) < began
        ]
        # A list may be cut short: that a job of ours is not in it does not mean that it is gone.
        for job in missing:
            if (job.ended or not job.id) and not job.mine:
                self._register.lose(job)
        with contextlib.suppress(OgcError):
            await self._read_statuses([job for job in missing if not job.ended and job.id])

    async def _read_list_if_there(self) -> None:
        try:
            await self.read_list()
        except (NotFound, NotSupported) as error:
            self.listless = error
            self._listed = time.monotonic()
            await self._read_statuses()

    async def _read_statuses(self, jobs: list[Job] | None = None) -> None:
        places = asyncio.Semaphore(CONCURRENT)

        async def read(job: Job) -> None:
            async with places:
                await self._read_status(job)

        asked = self._active() if jobs is None else jobs
        outcomes = await asyncio.gather(*(read(job) for job in asked), return_exceptions=True)
        failures = [one for one in outcomes if isinstance(one, BaseException)]
        # A job that the server cannot tell of must not make the others wait.
        if failures and len(failures) == len(outcomes):
            raise failures[0]

    async def _read_status(self, job: Job) -> None:
        try:
            info = await self._client.job(job.id)
        except NotFound:
            # Some servers know a job only a moment after they have made it.
            if time.monotonic() - self._register.born(job) > NEW_JOB_GRACE:
                self._register.lose(job)
                await self._submissions.gone(job)
        else:
            self._register.tell(job, info)

    def _heard(self) -> None:
        self.checked = time.time()
        self.failure = None


def _as_failure(error: Exception) -> OgcError:
    """Whatever happened: it never ends the asking."""
    if isinstance(error, OgcError):
        return error
    logger.error("The jobs could not be read", exc_info=error)
    return OgcError("The jobs could not be read.", f"{type(error).__name__}: {error}")
