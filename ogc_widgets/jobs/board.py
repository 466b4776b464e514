"""The jobs of one server, followed while somebody looks or waits."""

import threading
import weakref
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from ogc_widgets.client import ProcessesClient
from ogc_widgets.errors import (
    JobDismissed,
    NoSuchJob,
    NotSupported,
    OgcError,
    OutcomeUnknown,
    ResultNotReady,
)
from ogc_widgets.jobs.job import Job
from ogc_widgets.jobs.ledger import Ledger, users_ledger
from ogc_widgets.jobs.loop import owner
from ogc_widgets.jobs.poller import Poller
from ogc_widgets.jobs.register import Listener, Register
from ogc_widgets.jobs.submissions import Execute, Note, Submissions
from ogc_widgets.models import Results, without_secrets

Mode = Literal["auto", "async", "sync"]

REMOVED = "Dismissed, removed from the server"

# By the client's id(): a board holds its client, so the id is the client's while the board lives.
_boards: "weakref.WeakValueDictionary[int, JobBoard]" = weakref.WeakValueDictionary()
_lock = threading.Lock()


class JobBoard:
    """The jobs of one server: those submitted here, and those of its job list.

    All widgets of a client share one board, so a server is asked once however many tables show it.

    Each submission is in the ledger before it is sent, so that the next kernel knows it too.

    :param client: the server
    :param ledger: a ledger, its path, ``":memory:"`` to remember nothing; None is the user's own
    :ivar poller: when the server was asked last, and when it will be asked again
    :ivar dismiss_ability: whether the server can dismiss, learned from its answers
    """

    def __init__(
        self, client: ProcessesClient, *, ledger: Ledger | str | Path | None = None
    ) -> None:
        self.client = client
        self.dismiss_ability: Literal["yes", "no", "unknown"] = "unknown"
        self.register = Register(self)
        kept = users_ledger() if ledger is None else ledger
        ledger = kept if isinstance(kept, Ledger) else Ledger(kept)
        self.submissions = Submissions(client, self.register, ledger)
        self.poller = Poller(client, self.register, self.submissions)
        with _lock:
            _boards.setdefault(id(client), self)

    @classmethod
    def of(cls, client: ProcessesClient) -> "JobBoard":
        """The board of a client; made at the first call."""
        with _lock:
            board = _boards.get(id(client))
        return board or cls(client)

    @property
    def jobs(self) -> tuple[Job, ...]:
        """The jobs, newest first."""
        return tuple(self.register.newest_first())

    async def submit(
        self,
        process_id: str,
        inputs: Mapping[str, Any],
        *,
        outputs: Mapping[str, Any] | None = None,
        mode: Mode = "async",
        label: str = "",
        tags: Sequence[str] = (),
    ) -> Job:
        """Execute a process; gives the job, which the board follows from now on.

        Where the server answers at once with results, the job has ended already and holds them.

        :param label: the user's name for the job; ``tags``: words to find it by
        :raises OgcError: when the server refuses, or cannot be reached
        """
        note = Note(inputs, label, tuple(tags))
        return await owner.reach(
            self._submit_inputs(process_id, note, dict(inputs), outputs=outputs, mode=mode)
        )

    async def submit_request(
        self,
        process_id: str,
        request: dict[str, Any],
        *,
        mode: Mode = "async",
        recorded: Mapping[str, Any],
    ) -> Job:
        """As :meth:`submit`, with the whole execute request.

        :param recorded: the inputs as the ledger may keep them, without secrets
        """
        return await owner.reach(
            self._submit(
                process_id,
                Note(recorded),
                lambda: self.client.execute_request(process_id, request, mode=mode),
            )
        )

    async def refresh(self) -> tuple[Job, ...]:
        """Read the server's job list now; gives the jobs, newest first.

        :raises OgcError: when the list cannot be read; the jobs stay as they were
        """
        await owner.reach(self._refresh())
        return self.jobs

    async def dismiss(self, *job_ids: str) -> None:
        """Ask the server to stop these jobs.

        :raises NoSuchJob: for an id that the board does not know
        :raises NotSupported: when the server cannot
        """
        for job_id in job_ids:
            await self.job(job_id).dismiss()

    def job(self, name: str) -> Job:
        """The job of this id or key.

        :raises NoSuchJob: when the board knows none
        """
        return self.register.find(name)

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Be told of changed and removed jobs, on the owner loop, at most ten times a second.

        Also called with two empty lists, when only the poller's news changed. Gives what ends it.
        """
        owner.soon(self.register.listeners.append, listener)

        def stop() -> None:
            if listener in self.register.listeners:
                self.register.listeners.remove(listener)

        return lambda: owner.soon(stop)

    def close(self) -> None:
        """Ask the server no more."""
        owner.soon(self.poller.close)

    # What follows is for the owner loop only.

    async def _refresh(self) -> None:
        try:
            await self.poller.read_list()
        except OgcError as error:
            self.poller.failure = error
            raise
        finally:
            self.register.announce()
            self.poller.wake()

    async def _submit_inputs(
        self, process_id: str, note: Note, inputs: dict[str, Any], **how: Any
    ) -> Job:
        description = await self.client.described(process_id)
        recorded = replace(note, inputs=without_secrets(inputs, description))
        return await self._submit(
            process_id, recorded, lambda: self.client.execute(process_id, inputs, **how)
        )

    async def _submit(self, process_id: str, note: Note, execute: Execute) -> Job:
        job = await self.submissions.send(process_id, note, execute)
        self.register.announce()
        self.poller.hurry()
        return job

    def wait_for(self, job: Job) -> None:
        """Somebody waits for its end: ask the server about it."""
        self.poller.wake()

    async def read_results(self, job: Job) -> Results:
        """The outputs of a job."""
        if job.here is None:
            if job.gone:
                raise JobDismissed(f"The job {job.id} is gone from the server.", job_id=job.id)
            if not job.ended:
                self.register.tell(job, await self.client.job(job.id))
            if not job.ended:
                raise ResultNotReady(
                    f"The job {job.id} is {job.status.value}.", "Wait until it has ended."
                )
            try:
                job.here = await self.client.results(job.id)
            except NoSuchJob:
                self.register.lose(job)
                raise
        return job.here

    async def dismiss_job(self, job: Job) -> None:
        """Ask the server to stop a job."""
        if job.ended or job.pending:
            return
        await self._ask_to_delete(job, "dismiss")
        self.poller.hurry()

    async def remove_job(self, job: Job) -> None:
        """Ask the server to forget a job; it leaves the board."""
        if job.pending:
            return
        if job.id and not job.gone:
            await self._ask_to_delete(job, "remove")
        if job.gone or not job.id:
            await self.submissions.gone(job)
            self.register.forget(job)
        self.register.announce()

    async def _ask_to_delete(self, job: Job, what: Literal["dismiss", "remove"]) -> None:
        job.pending = what
        self.register.change(job, at_once=True)
        try:
            info = await self.client.dismiss(job.id)
        except NotSupported:
            self.dismiss_ability = "no"
            raise
        except NoSuchJob:
            self.register.lose(job)
        except OutcomeUnknown:
            self.poller.hurry()
            raise
        else:
            self.dismiss_ability = "yes"
            self.register.tell(job, info)
            if info.removed:
                job.gone, job.note = True, REMOVED
        finally:
            job.pending = ""
            self.register.change(job, at_once=True)
            job._wake()
