"""Submissions: written down, sent, settled; and what earlier kernels left behind."""

import logging
import sqlite3
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from ogc_widgets.client import Execution, ProcessesClient
from ogc_widgets.errors import ConnectionFailed, HttpError, JobFailed, ServerFault
from ogc_widgets.jobs.job import Job
from ogc_widgets.jobs.ledger import Ledger, State, Submission, may_still_write
from ogc_widgets.jobs.register import Register
from ogc_widgets.models import StatusInfo

REMEMBERED = 500
BEFORE = timedelta(seconds=2)
AFTER = timedelta(minutes=2)
OUTCOME_UNKNOWN = (
    "Outcome unknown: this was sent, and no answer came. The server's list shows no job that is "
    "surely its own. Look there before you submit it again."
)

Execute = Callable[[], Awaitable[Execution]]

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Note:
    """What the ledger keeps of a submission beside its process.

    :ivar inputs: by input id, secrets cut
    """

    inputs: Mapping[str, Any] = field(default_factory=dict)
    label: str = ""
    tags: Sequence[str] = ()
    notebook: str = ""


class Submissions:
    """The ledger's side of a board; lives on the owner loop.

    A submission is in the ledger before its request leaves, and its outcome after. Nothing is ever
    submitted again.
    """

    def __init__(self, client: ProcessesClient, register: Register, ledger: Ledger) -> None:
        self._client = client
        self._register = register
        self._ledger = ledger
        self._recalled = False

    async def send(self, process_id: str, note: Note, execute: Execute) -> Job:
        """Write it down, send it, write down what became of it; gives its job.

        :raises OgcError: as ``execute`` does
        """
        number = await self._write(process_id, note)
        try:
            execution = await execute()
        except Exception as error:
            await self._settle(number, *_failure(error))
            raise
        job = self._take(execution, process_id)
        job.remember(number, note.inputs, note.label, note.tags)
        state = State.JOB if job.id else State.ANSWERED
        await self._settle(number, state, job_id=job.id, created=_created(job))
        return job

    async def recall(self) -> None:
        """Bring the jobs of earlier kernels to the board, the newest first; only once."""
        if self._recalled:
            return
        self._recalled = True
        records = await self._read(State.JOB, State.UNKNOWN)
        for record in records[-REMEMBERED:]:
            if record.state is State.JOB:
                job = self._register.take(_info(record), mine=True)
            else:
                job = self._register.add(_unsure(record), mine=True)
            if job is not None:
                job.remember(record.number, record.inputs, record.label, record.tags)

    async def adopt(self, listed: Iterable[Job]) -> None:
        """Find the jobs of submissions whose kernel died before it knew them.

        A job is adopted only if it is the sole unclaimed one of that process and time, and no
        other submission might have made it.
        """
        unsettled = await self._read(State.OPEN, State.UNKNOWN)
        lost = [record for record in unsettled if not may_still_write(record)]
        if not lost:
            return
        claimed = {(one.job_id, one.created) for one in await self._read(State.JOB, State.GONE)}
        free = [job for job in listed if job.id and (job.id, _created(job)) not in claimed]
        skew = timedelta(seconds=self._client.clock_skew)
        # A submission of a kernel that lives has a claim as well, until it is settled.
        fitting = {
            record.number: [job for job in free if _fits(record, job, skew)] for record in unsettled
        }
        claims = Counter(job.key for jobs in fitting.values() for job in jobs)
        for record in lost:
            jobs = fitting[record.number]
            sole = len(jobs) == 1 and claims[jobs[0].key] == 1
            await self._decide(record, jobs[0] if sole else None)

    async def _decide(self, record: Submission, job: Job | None) -> None:
        if job is not None:
            await self._settle(record.number, State.JOB, job_id=job.id, created=_created(job))
            self._forget_unsure(record)
            job.mine = True
            job.remember(record.number, record.inputs, record.label, record.tags)
            self._register.change(job)
        elif record.state is State.OPEN:
            await self._settle(record.number, State.UNKNOWN, reason=OUTCOME_UNKNOWN)
            unsure = self._register.add(_unsure(record), mine=True)
            unsure.remember(record.number, record.inputs, record.label, record.tags)

    def _forget_unsure(self, record: Submission) -> None:
        for job in self._register.all():
            if not job.id and job.submission == record.number:
                self._register.drop(job)

    async def gone(self, job: Job) -> None:
        """The server has the job no more: the next kernel need not show it."""
        if job.submission is not None:
            await self._settle(
                job.submission, State.GONE, job_id=job.id, created=_created(job), reason=job.note
            )

    def _take(self, execution: Execution, process_id: str) -> Job:
        if execution.job is not None:
            info = _with_process(execution.job, process_id)
            job = self._register.take(info, mine=True) or self._register.add(info, mine=True)
            # A poll may have seen it in the list before the answer came.
            job.mine = True
        else:
            job = self._register.add(_answered_at_once(process_id), mine=True)
        if execution.results is not None:
            job.here = execution.results
        return job

    async def _write(self, process_id: str, note: Note) -> int | None:
        try:
            return await self._ledger.open(
                self._client.url,
                process_id,
                note.inputs,
                label=note.label,
                tags=note.tags,
                notebook=note.notebook,
            )
        except (OSError, sqlite3.Error) as error:
            logger.warning("The ledger cannot be written, so this job is not remembered: %s", error)
            return None

    async def _settle(
        self,
        number: int | None,
        state: State,
        reason: str = "",
        *,
        job_id: str = "",
        created: str = "",
    ) -> None:
        if number is None:
            return
        try:
            await self._ledger.settle(number, state, job_id=job_id, created=created, reason=reason)
        except (OSError, sqlite3.Error) as error:
            logger.warning("The ledger cannot be written: %s", error)

    async def _read(self, *states: State) -> list[Submission]:
        try:
            return await self._ledger.read(self._client.url, *states)
        except (OSError, sqlite3.Error) as error:
            logger.warning("The ledger cannot be read: %s", error)
            return []


def _failure(error: Exception) -> tuple[State, str]:
    """What a failed request means for the job that it might have made."""
    if isinstance(error, JobFailed):
        return State.ANSWERED, str(error)
    surely_refused = isinstance(error, HttpError) and not isinstance(error, ServerFault)
    if surely_refused or isinstance(error, ConnectionFailed):
        return State.REFUSED, str(error)
    return State.UNKNOWN, str(error)


def _created(job: Job) -> str:
    created = job.info.get("created")
    return created if isinstance(created, str) else ""


def _fits(record: Submission, job: Job, skew: timedelta) -> bool:
    """Whether the job may be the one that this submission made."""
    created = job.info.created
    if created is None or job.process_id != record.process_id:
        return False
    sent = datetime.fromtimestamp(record.submitted, UTC) + skew
    return sent - BEFORE <= created <= sent + AFTER


def _info(record: Submission) -> StatusInfo:
    raw = {"jobID": record.job_id, "processID": record.process_id}
    return StatusInfo(raw | ({"created": record.created} if record.created else {}))


def _unsure(record: Submission) -> StatusInfo:
    return StatusInfo(
        {
            "processID": record.process_id,
            "status": "outcome unknown",
            "message": record.reason or OUTCOME_UNKNOWN,
            "created": datetime.fromtimestamp(record.submitted, UTC).isoformat(),
        }
    )


def _with_process(info: StatusInfo, process_id: str) -> StatusInfo:
    if info.process_id or not isinstance(info.raw, dict):
        return info
    return StatusInfo({**info.raw, "processID": process_id})


def _answered_at_once(process_id: str) -> StatusInfo:
    now = datetime.now(UTC).isoformat()
    return StatusInfo(
        {
            "processID": process_id,
            "status": "successful",
            "message": "Answered at once, without a job.",
            "created": now,
            "finished": now,
        }
    )
