"""The server's side of one supervisor (see :mod:`ogc_widgets.demo.supervisor`)."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

_PATIENCE = 10.0

Progress = Callable[[int, str], None]


class Supervision:
    """A job's supervisor, started; what it tells of the job, and the way to kill both.

    :param job: what the supervisor has to know (see :mod:`ogc_widgets.demo.worker`)
    :param folder: the folder in which the job works
    :param log: the file with all that the job prints
    """

    def __init__(self, job: dict[str, Any], *, folder: Path, log: Path) -> None:
        self.results: dict[str, Any] | None = None
        """The results document of a job that has ended well."""
        self._job = job
        self._failed: str | None = None
        self._exit_status: int | None = None
        self._group: int | None = None
        self._dead = threading.Event()
        with log.open("ab") as printed:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "ogc_widgets.demo.supervisor"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=printed,
                cwd=folder,
                env=_environment(),
                start_new_session=True,
            )

    def follow(self, progress: Progress) -> None:
        """Give the supervisor its job and listen until nobody is left who could tell more.

        :param progress: is called with percent and message
        """
        with self._process:
            threading.Thread(target=self._bury, daemon=True).start()
            self._send()
            results = None
            for line in self._process.stdout or ():
                event = _read_event(line)
                if "progress" in event:
                    progress(event["progress"], event["message"])
                results = event.get("results", results)
                self._failed = event.get("failed", self._failed)
                self._exit_status = event.get("exit", self._exit_status)
                self._group = event.get("group", self._group)
        if self._exit_status == 0:
            self.results = results

    def kill(self) -> None:
        """Close the pipe at which the supervisor waits, and wait until it is gone."""
        self._close_pipe()
        if not self._dead.wait(_PATIENCE):
            self._process.kill()
            self._dead.wait()

    def why_failed(self) -> str:
        """Why there are no results, one sentence."""
        if self._failed is not None:
            return self._failed
        if self._exit_status is None and self._process.returncode >= 0:
            return "The job's process could not be started; the job's log says why."
        if self._exit_status is None:
            return "The job's supervisor was killed, and the job with it."
        if self._exit_status < 0:
            number = -self._exit_status
            name = signal.Signals(number).name if number in set(signal.Signals) else "a signal"
            return f"The job's process was killed by {name} ({number}) and left no results."
        return f"The job's process ended with exit code {self._exit_status} and left no results."

    def _bury(self) -> None:
        """Wait for the supervisor's death; where it was killed, kill the group of its job."""
        if self._process.wait() < 0 and self._group is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._group, signal.SIGKILL)
        self._dead.set()

    def _send(self) -> None:
        """Write the job to its supervisor, which may be dead already."""
        if self._process.stdin is None:
            return
        try:
            self._process.stdin.write(json.dumps(self._job).encode() + b"\n")
            self._process.stdin.flush()
        except (BrokenPipeError, ValueError):  # ValueError: killed meanwhile, the pipe is closed
            self._close_pipe()

    def _close_pipe(self) -> None:
        if self._process.stdin is not None:
            with contextlib.suppress(OSError):  # what was not sent yet need not be
                self._process.stdin.close()


def _environment() -> dict[str, str]:
    """The server's own environment without any tokens, and the same places to import from."""
    places = [place or str(Path.cwd()) for place in sys.path]
    own = {name: value for name, value in os.environ.items() if "TOKEN" not in name.upper()}
    return {**own, "PYTHONPATH": os.pathsep.join(places), "PYTHONSAFEPATH": "1"}


def _read_event(line: bytes) -> dict[str, Any]:
    """One line of a supervisor's output; empty where a killed job left half a line."""
    try:
        event = json.loads(line)
    except ValueError:
        return {}
    return event if isinstance(event, dict) else {}
