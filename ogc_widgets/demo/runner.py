"""Runs jobs: each under a supervisor of its own, a few at a time, the others wait as accepted."""

import contextlib
import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from .store import JobRecord, JobStore

STOPPED = "The server was stopped before the job ended. Submit it again."
DISMISSED = "Dismissed by request."
_PATIENCE = 10.0

_log = logging.getLogger(__name__)

JobChanged = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Work:
    """What a job has to do: the module that does it, and its inputs (kept in memory only)."""

    module: str
    file: str
    inputs: dict[str, Any]


@dataclass
class _Ending:
    """What a job's process told of its end."""

    results: dict[str, Any] | None = None
    failed: str | None = None
    exit_status: int | None = None
    group: int | None = None

    def reason(self, supervisor: int) -> str:
        """Why the job failed, one sentence; ``supervisor`` is the exit status of its supervisor."""
        if self.failed is not None:
            return self.failed
        if self.exit_status is None and supervisor >= 0:
            return "The job's process could not be started; the job's log says why."
        if self.exit_status is None:
            return "The job's supervisor was killed, and the job with it."
        if self.exit_status < 0:
            number = -self.exit_status
            name = signal.Signals(number).name if number in set(signal.Signals) else "a signal"
            return f"The job's process was killed by {name} ({number}) and left no results."
        return f"The job's process ended with exit code {self.exit_status} and left no results."


class Runner:
    """Starts jobs, follows them into the store, and kills them.

    :param store: where the jobs are
    :param folder: the server's folder; ``files/<job id>`` and ``logs/<job id>.log`` are made in it
    :param concurrency: how many jobs run at once
    :param changed: is called, from any thread, with the id of a job that has started or ended
    """

    def __init__(
        self, store: JobStore, folder: Path, *, concurrency: int, changed: JobChanged
    ) -> None:
        self._store = store
        self._folder = folder
        self._changed = changed
        self._threads = ThreadPoolExecutor(concurrency, thread_name_prefix="job")
        self._lock = threading.Lock()
        self._supervisors: dict[str, subprocess.Popen[bytes]] = {}
        self._ends: dict[str, Future[None]] = {}
        self._closed = False

    def files(self, job_id: str) -> Path:
        """The folder of the files that a job wrote."""
        return self._folder / "files" / job_id

    def log(self, job_id: str) -> Path:
        """The file with all that a job printed."""
        return self._folder / "logs" / f"{job_id}.log"

    def submit(self, job: JobRecord, work: Work) -> Future[None]:
        """Start the job as soon as there is room; the future is done when the job has ended."""
        end = self._threads.submit(self._follow, job, work)
        with self._lock:
            self._ends[job.id] = end
        end.add_done_callback(lambda _end: self._forget(job.id))
        return end

    def dismiss(self, job_id: str) -> bool:
        """End an unfinished job as dismissed and kill it; False where it has ended before.

        Returns when nothing of the job is alive any more.
        """
        if not self._store.end(job_id, "dismissed", DISMISSED):
            return False
        self._kill(job_id)
        self._changed(job_id)
        return True

    def remove(self, job_id: str) -> bool:
        """Forget a job that has ended, with its files and its log."""
        if not self._store.remove(job_id):
            return False
        shutil.rmtree(self.files(job_id), ignore_errors=True)
        self.log(job_id).unlink(missing_ok=True)
        return True

    def close(self) -> None:
        """Kill all jobs and note that the server was stopped; returns when all are dead."""
        with self._lock:
            self._closed = True
            job_ids = list(self._supervisors)
        self._store.fail_unfinished(STOPPED)
        for job_id in job_ids:
            self._kill(job_id)
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _forget(self, job_id: str) -> None:
        with self._lock:
            self._ends.pop(job_id, None)

    def _kill(self, job_id: str) -> None:
        """Close the pipe at which the supervisor waits, and wait until it is gone."""
        with self._lock:
            supervisor, end = self._supervisors.get(job_id), self._ends.get(job_id)
        if supervisor is None or supervisor.stdin is None:
            return
        with contextlib.suppress(OSError):  # what was not sent yet need not be
            supervisor.stdin.close()
        try:
            supervisor.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            supervisor.kill()
            supervisor.wait()
        if end is not None and end.running():
            end.exception()

    def _follow(self, job: JobRecord, work: Work) -> None:
        """Run one job from its start to its end; the body of a thread."""
        if not self._store.start(job.id):
            return
        self._changed(job.id)
        try:
            reason = self._supervise(job, work)
        except Exception as error:
            _log.exception("A job could not be run.")
            reason = f"The server could not run the job: {error}"
        if reason and self._store.end(job.id, "failed", reason):
            self._changed(job.id)

    def _supervise(self, job: JobRecord, work: Work) -> str:
        """Start the supervisor, note what it tells, and give why the job failed, or nothing."""
        supervisor = self._start(job, work)
        if supervisor is None:
            return ""
        ending = _Ending()
        try:
            with supervisor:
                threading.Thread(target=_sweep, args=(supervisor, ending), daemon=True).start()
                self._listen(job.id, supervisor.stdout, ending)
        finally:
            with self._lock:
                del self._supervisors[job.id]
        if ending.results is not None and ending.exit_status == 0:
            if self._store.succeed(job.id, ending.results):
                self._changed(job.id)
            return ""
        return ending.reason(supervisor.returncode)

    def _start(self, job: JobRecord, work: Work) -> subprocess.Popen[bytes] | None:
        """Start the supervisor of a job; None where the job has been ended meanwhile."""
        self.files(job.id).mkdir(parents=True, exist_ok=True)
        self.log(job.id).parent.mkdir(exist_ok=True)
        with self.log(job.id).open("ab") as log, self._lock:
            current = self._store.get(job.id)
            if self._closed or current is None or current.status != "running":
                return None
            supervisor = subprocess.Popen(
                [sys.executable, "-m", "ogc_widgets.demo.supervisor"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                cwd=self.files(job.id),
                env=_environment(),
                start_new_session=True,
            )
            self._supervisors[job.id] = supervisor
        _send(supervisor.stdin, self._described(job, work))
        return supervisor

    def _described(self, job: JobRecord, work: Work) -> dict[str, Any]:
        return {
            "id": job.id,
            "module": work.module,
            "file": work.file,
            "inputs": work.inputs,
            "folder": str(self.files(job.id)),
            "server_url": job.server_url,
        }

    def _listen(self, job_id: str, events: IO[bytes] | None, ending: _Ending) -> None:
        """Note what the job tells, until nobody is left who could tell more."""
        for line in events or ():
            event = _read_event(line)
            if "progress" in event:
                self._store.progress(job_id, event["progress"], event["message"])
            ending.results = event.get("results", ending.results)
            ending.failed = event.get("failed", ending.failed)
            ending.exit_status = event.get("exit", ending.exit_status)
            ending.group = event.get("group", ending.group)


def _sweep(supervisor: subprocess.Popen[bytes], ending: _Ending) -> None:
    """Kill the group of a job whose supervisor was killed and cannot do it any more."""
    if supervisor.wait() < 0 and ending.group is not None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(ending.group, signal.SIGKILL)


def _environment() -> dict[str, str]:
    """The server's own environment, with the same places to import from, and no others."""
    places = [place or str(Path.cwd()) for place in sys.path]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(places), "PYTHONSAFEPATH": "1"}


def _read_event(line: bytes) -> dict[str, Any]:
    """One line of a supervisor's output; empty where a killed job left half a line."""
    try:
        event = json.loads(line)
    except ValueError:
        return {}
    return event if isinstance(event, dict) else {}


def _send(pipe: IO[bytes] | None, job: dict[str, Any]) -> None:
    """Write the job to its supervisor, which may be dead already."""
    if pipe is None:
        return
    try:
        pipe.write(json.dumps(job).encode() + b"\n")
        pipe.flush()
    except (BrokenPipeError, ValueError):  # ValueError: dismissed meanwhile, the pipe is closed
        return
