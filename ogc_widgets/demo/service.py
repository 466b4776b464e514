"""What the routes stand on: the processes that are offered, the jobs, and who runs them."""

import asyncio
import fcntl
import os
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, cast

from .callbacks import Callbacks
from .execute_request import ExecuteRequest
from .problems import no_such_job, no_such_process
from .processes import ProcessModule, describe, load_process, process_ids
from .runner import STOPPED, Runner, Work
from .store import JobRecord, JobStore


class Processes:
    """The processes of a server: those of the package, or those given by id."""

    def __init__(self, modules: Mapping[str, ModuleType] | None = None) -> None:
        self._modules = modules

    def ids(self) -> list[str]:
        """The ids of all processes, in the order in which they are listed."""
        if self._modules is not None:
            return list(self._modules)
        return list(process_ids())

    def module(self, process_id: str) -> ProcessModule:
        """The module of a process; raises the 404 of the standard."""
        if process_id not in self.ids():
            raise no_such_process(process_id)
        if self._modules is not None:
            return cast("ProcessModule", self._modules[process_id])
        return load_process(process_id)

    def description(self, process_id: str, server_url: str) -> dict[str, Any]:
        """The description of a process, without the server's links; raises the 404.

        :param server_url: the server's URL as the reader names it, for its example request
        """
        module = self.module(process_id)
        if self._modules is not None:
            return module.DESCRIPTION
        return describe(process_id, server_url)


@dataclass(frozen=True, slots=True)
class Submitted:
    """A job that was made, and the future that is done when it has ended."""

    job: JobRecord
    end: Future[None]

    async def wait(self, seconds: float | None) -> bool:
        """Wait for the end of the job, at most so long; whether it has ended."""
        end = asyncio.wrap_future(self.end)
        done, _ = await asyncio.wait({end}, timeout=seconds)
        return bool(done)


class Service:
    """The jobs of one folder.

    :param folder: where the jobs are kept; one server at a time may have it
    :param base_url: URL at which the server's own jobs reach it
    :param concurrency: how many jobs run at once
    """

    def __init__(
        self, *, folder: Path, base_url: str, processes: Processes, concurrency: int
    ) -> None:
        self.processes = processes
        self.base_url = base_url
        self._lock = _lock(folder)
        self.store = JobStore(folder)
        self.store.fail_unfinished(STOPPED)
        self._callbacks = Callbacks(self.store)
        self.runner = Runner(
            self.store, folder, concurrency=concurrency, changed=self._callbacks.job_changed
        )

    def close(self) -> None:
        """Kill all jobs that run, and let go of the folder."""
        self.runner.close()
        self._callbacks.close()
        self.store.close()
        os.close(self._lock)

    def job(self, job_id: str) -> JobRecord:
        """The job of that id; raises the 404 of the standard."""
        job = self.store.get(job_id)
        if job is None:
            raise no_such_job(job_id)
        return job

    def submit(self, process_id: str, request: ExecuteRequest, *, awaited: bool) -> Submitted:
        """Make a job of the request; it starts as soon as there is room.

        :param awaited: somebody waits for the results; such jobs have places of their own
        """
        module = self.processes.module(process_id)
        name, file = str(vars(module)["__name__"]), str(vars(module)["__file__"])
        job = self.store.add(process_id, server_url=self.base_url, wishes=request.wishes())
        work = Work(name, file, request.inputs)
        return Submitted(job, self.runner.submit(job, work, awaited=awaited))

    def end(self, job_id: str) -> JobRecord | None:
        """Dismiss the job where it has not ended, and give it; else remove it, and give None."""
        self.job(job_id)
        if self.runner.dismiss(job_id):
            return self.store.get(job_id)
        if not self.runner.remove(job_id):
            raise no_such_job(job_id)
        return None


def _lock(folder: Path) -> int:
    """Take the folder for this server alone; it is free again when the descriptor is closed.

    A folder that is made here is for its owner only.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise FolderInUse(folder) from None
    return descriptor


def check_folder(folder: Path) -> None:
    """Find out whether a server can work in the folder, before it is started.

    :raises FolderInUse: another server has the folder
    :raises UnreadableStore: its job store is none
    """
    lock = _lock(folder)
    try:
        JobStore(folder).close()
    finally:
        os.close(lock)


class FolderInUse(OSError):
    """Another server has the folder; two of them would run into each other's jobs."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"Another server uses the folder {folder}. Stop it first, or name another folder."
        )
