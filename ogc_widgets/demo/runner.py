"""Runs jobs: each under a supervisor of its own, a few at a time, the others wait as accepted."""

import contextlib
import logging
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .store import JobRecord, JobStore
from .supervision import Supervision

STOPPED = "The server was stopped before the job ended. Submit it again."
DISMISSED = "Dismissed by request."
AWAITED = 2
"""How many jobs whose requests wait for them run at once, besides the others."""
_PAUSE = 1.0

_log = logging.getLogger(__name__)

JobChanged = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Work:
    """What a job has to do: the module that does it, and its inputs (kept in memory only)."""

    module: str
    file: str
    inputs: dict[str, Any]


class Runner:
    """Starts jobs, follows them into the store, and kills them.

    :param store: where the jobs are
    :param folder: the server's folder; ``files/<job id>`` and ``logs/<job id>.log`` are made in it
    :param concurrency: how many jobs run at once that nobody waits for
    :param changed: is called, from any thread, with the id of a job that has started or ended
    """

    def __init__(
        self, store: JobStore, folder: Path, *, concurrency: int, changed: JobChanged
    ) -> None:
        self._store = store
        self._folder = folder
        self._changed = changed
        self._places = {
            awaited: ThreadPoolExecutor(AWAITED if awaited else concurrency, f"job-{awaited}")
            for awaited in (True, False)
        }
        self._lock = threading.Lock()
        self._supervised: dict[str, Supervision] = {}
        self._ends: dict[str, Future[None]] = {}
        self._closed = threading.Event()
        for name in ("files", "logs"):
            (folder / name).mkdir(mode=0o700, exist_ok=True)

    def files(self, job_id: str) -> Path:
        """The folder of the files that a job wrote."""
        return self._folder / "files" / job_id

    def log(self, job_id: str) -> str:
        """What a job printed, so far as it is kept."""
        file = self._log(job_id)
        return file.read_text(errors="replace") if file.is_file() else ""

    def submit(self, job: JobRecord, work: Work, *, awaited: bool) -> Future[None]:
        """Start the job as soon as there is room; the future is done when the job has ended.

        :param awaited: take one of the places that are kept for requests that wait
        """
        end = self._places[awaited].submit(self._follow, job, work)
        with self._lock:
            self._ends[job.id] = end
        end.add_done_callback(lambda _end: self._forget(job.id))
        return end

    def dismiss(self, job_id: str) -> bool:
        """End an unfinished job as dismissed and kill it; False where it has ended before.

        Returns when nothing of the job is alive any more. Asked again meanwhile, it waits too.
        """
        is_first = self._store.end(job_id, "dismissed", DISMISSED)
        if not is_first and not self._is_dying(job_id):
            return False
        self._kill(job_id)
        if is_first:
            self._changed(job_id)
        return True

    def remove(self, job_id: str) -> bool:
        """Forget a job that has ended, with its files and its log."""
        with self._lock:  # a job that was dismissed while it started makes no files afterwards
            if not self._store.remove(job_id):
                return False
            shutil.rmtree(self.files(job_id), ignore_errors=True)
            self._log(job_id).unlink(missing_ok=True)
        return True

    def close(self) -> None:
        """Kill all jobs and note that the server was stopped; returns when all are dead."""
        with self._lock:
            self._closed.set()
            job_ids = list(self._supervised)
        with _logged():
            self._store.fail_unfinished(STOPPED)
        for job_id in job_ids:
            self._kill(job_id)
        for places in self._places.values():
            places.shutdown(wait=True, cancel_futures=True)

    def _log(self, job_id: str) -> Path:
        return self._folder / "logs" / f"{job_id}.log"

    def _is_dying(self, job_id: str) -> bool:
        """Whether the job has been dismissed, and still lives."""
        job = self._store.get(job_id)
        with self._lock:
            return job is not None and job.status == "dismissed" and job_id in self._supervised

    def _forget(self, job_id: str) -> None:
        with self._lock:
            self._ends.pop(job_id, None)

    def _kill(self, job_id: str) -> None:
        """Kill a job, where it lives, and wait until its end is noted."""
        with self._lock:
            supervision, end = self._supervised.get(job_id), self._ends.get(job_id)
        if supervision is None:
            return
        supervision.kill()
        if end is not None and end.running():
            end.exception()

    def _follow(self, job: JobRecord, work: Work) -> None:
        """Run one job from its start to its end; the body of a thread."""
        if not self._noted(lambda: self._store.start(job.id)):
            return
        self._changed(job.id)
        try:
            results, reason = self._supervise(job, work)
        except Exception as error:
            _log.exception("A job could not be run.")
            results, reason = None, f"The server could not run the job: {error}"
        if self._noted(
            lambda: (
                self._store.end(job.id, "failed", reason)
                if results is None
                else self._store.succeed(job.id, results)
            )
        ):
            self._changed(job.id)

    def _noted(self, note: Callable[[], bool]) -> bool:
        """Note a change in the store, again and again while the disk is full; whether it was one.

        Meanwhile the job keeps its place, so that no other starts which could not be noted either.
        """
        while True:
            try:
                return note()
            except sqlite3.Error:
                _log.exception("A job's status could not be stored.")
                if self._closed.wait(_PAUSE):
                    return False

    def _supervise(self, job: JobRecord, work: Work) -> tuple[dict[str, Any] | None, str]:
        """Do the job and note its progress; its results, or why there are none."""
        supervision = self._start(job, work)
        if supervision is None:
            return None, STOPPED

        def progress(percent: int, message: str) -> None:
            with _logged():
                self._store.progress(job.id, percent, message)

        try:
            supervision.follow(progress)
        finally:
            with self._lock:
                del self._supervised[job.id]
        results = supervision.results
        return results, "" if results is not None else supervision.why_failed()

    def _start(self, job: JobRecord, work: Work) -> Supervision | None:
        """Start the supervisor of a job; None where the job has been ended meanwhile."""
        with self._lock:
            current = self._store.get(job.id)
            if self._closed.is_set() or current is None or current.status != "running":
                return None
            folder = self.files(job.id)
            folder.mkdir(mode=0o700)
            told = self._described(job, work)
            supervision = Supervision(told, folder=folder, log=self._log(job.id))
            self._supervised[job.id] = supervision
            return supervision

    def _described(self, job: JobRecord, work: Work) -> dict[str, Any]:
        return {
            "id": job.id,
            "module": work.module,
            "file": work.file,
            "inputs": work.inputs,
            "folder": str(self.files(job.id)),
            "server_url": job.server_url,
        }


@contextlib.contextmanager
def _logged() -> Iterator[None]:
    """Where the store cannot be written, say so in the server's log and go on."""
    try:
        yield
    except sqlite3.Error:
        _log.exception("The job store could not be written.")
