"""One job, watched over: ``python -m ogc_widgets.demo.supervisor``.

The server starts one supervisor for each job. It forks the job's process into a process group of
its own, and waits for one of two things: the job's process ends, or its standard input does. The
latter happens when the server wants the job dead, and also when the server itself is dead, for
nobody else holds the other end of that pipe. Either way all that the job ever started is killed.
On Linux the supervisor is a sub-reaper, so that also processes which left the group and lost their
parent are found among its descendants; elsewhere the group has to do.

The first line of standard input is the job (see :mod:`ogc_widgets.demo.worker`). Standard output
carries one JSON event on each line: ``{"group": id}``, the process group of the job, then those of
the worker, and at the end ``{"exit": status}``, an exit code or the negative number of a signal.
"""

import contextlib
import ctypes
import json
import os
import select
import signal
import sys
import time
from pathlib import Path
from typing import Any

from . import worker
from .parent_pipe import read_line

_SET_PDEATHSIG = 1
_SET_CHILD_SUBREAPER = 36
_PAUSE = 0.005


def _prctl(option: int, value: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0)


def _parents() -> dict[int, int]:
    """The parent of each process that /proc shows; empty where there is no /proc."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            said = stat.read_text(errors="replace")
        except OSError:  # it ended while we looked
            continue
        parents[int(stat.parent.name)] = int(said.rpartition(")")[2].split()[1])
    return parents


def descendants(ancestor: int) -> set[int]:
    """The ids of all processes that descend from ``ancestor``, zombies included."""
    parents = _parents()
    found: set[int] = set()
    while True:
        more = {pid for pid, parent in parents.items() if parent == ancestor or parent in found}
        if more <= found:
            return found
        found |= more


def _signal(pid: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, number)


def _reap() -> dict[int, int]:
    """Collect the children that have ended: their ids and exit statuses."""
    ended: dict[int, int] = {}
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return ended
        if pid == 0:
            return ended
        ended[pid] = os.waitstatus_to_exitcode(status)


def kill_all(group: int) -> dict[int, int]:
    """Kill the process group and every descendant, again and again until none is left.

    Gives the exit statuses of the children that were collected on the way.
    """
    ended: dict[int, int] = {}
    while True:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(group, signal.SIGKILL)
        mine = descendants(os.getpid())
        for number in (signal.SIGSTOP, signal.SIGKILL):  # first stopped, none can fork away
            for pid in mine:
                _signal(pid, number)
        ended |= _reap()
        if not descendants(os.getpid()):
            return ended
        time.sleep(_PAUSE)


def _fork_worker(job: dict[str, Any]) -> int:
    """Start the job's process in a session and group of its own, and give its id."""
    supervisor = os.getpid()
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        os.setsid()
        os.write(1, json.dumps({"group": os.getpid()}).encode() + b"\n")
        _prctl(_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() == supervisor:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            status = worker.work(job)
    finally:
        os._exit(status)


def _wait(pid: int, wakeup: int, ended: dict[int, int]) -> None:
    """Return when the child ``pid`` has ended, or standard input has."""
    while pid not in ended:
        ready, _, _ = select.select([0, wakeup], [], [])
        if 0 in ready and not os.read(0, 4096):
            return
        if wakeup in ready:
            os.read(wakeup, 4096)
        ended |= _reap()


def main() -> None:
    """Read the job, see to it until its end, and leave nothing of it behind."""
    _prctl(_SET_CHILD_SUBREAPER, 1)
    wakeup, writer = os.pipe()
    for descriptor in (wakeup, writer):
        os.set_blocking(descriptor, False)
    signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
    line = read_line()
    if not line:
        return
    pid = _fork_worker(json.loads(line))
    ended: dict[int, int] = {}
    _wait(pid, wakeup, ended)
    ended |= kill_all(pid)
    event = json.dumps({"exit": ended.get(pid, -signal.SIGKILL)})
    os.write(1, f"\n{event}\n".encode())  # a killed worker may have left half a line


if __name__ == "__main__":
    main()
