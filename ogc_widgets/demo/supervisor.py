"""One job, watched over: ``python -m ogc_widgets.demo.supervisor``.

The server starts one supervisor for each job. It forks the job's process into a process group of
its own, and waits for one of two things: the job's process ends, or its standard input does. The
latter happens when the server wants the job dead, and also when the server itself is dead, for
nobody else holds the other end of that pipe. A signal to end is the same. Either way all that the
job ever started is killed. On Linux the supervisor is a sub-reaper, so that also processes which
left the group and lost their parent are found among its descendants; elsewhere the group has to do.

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
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from . import worker
from .parent_pipe import read_line

_SET_PDEATHSIG = 1
_SET_CHILD_SUBREAPER = 36
_ENDS = {signal.SIGTERM, signal.SIGINT, signal.SIGHUP}
_PAUSE = 0.001
_CHUNK = 65536
LOG_LIMIT = 10_000_000
_CUT = b"\n(The rest is left out: a log has a largest size.)\n"


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


def _reap(ended: dict[int, int]) -> bool:
    """Note the exit statuses of the children that have ended; whether there are any others."""
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return False
        if pid == 0:
            return True
        ended[pid] = os.waitstatus_to_exitcode(status)


def kill_all(group: int, ended: dict[int, int]) -> None:
    """Kill the process group and every descendant, again and again until none is left.

    Who loses its parent becomes a child of this sub-reaper: without children, there is nobody.

    :param ended: gets the exit statuses of the children that are collected on the way
    """
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)
    time.sleep(_PAUSE)
    while _reap(ended):
        others = descendants(os.getpid())
        for number in (signal.SIGSTOP, signal.SIGKILL):  # first stopped, none can fork away
            for pid in others:
                _signal(pid, number)
        time.sleep(_PAUSE)


class Log:
    """What a job prints, on its way to the supervisor's standard error; the end of it is cut.

    :param limit: the most bytes that are kept
    """

    def __init__(self, limit: int = LOG_LIMIT) -> None:
        self.reader, self.writer = os.pipe()
        os.set_blocking(self.reader, False)
        self._left = limit
        self._is_cut = False

    def carry(self) -> bool:
        """Carry on what was printed; False where nothing more will come, or nothing is there."""
        try:
            said = os.read(self.reader, _CHUNK)
        except BlockingIOError:
            return False
        kept = said[: self._left]
        with contextlib.suppress(OSError):  # the disk may be full
            os.write(2, kept)
            if len(said) > len(kept) and not self._is_cut:
                os.write(2, _CUT)
        self._is_cut |= len(said) > len(kept)
        self._left -= len(kept)
        return bool(said)


def _fork_worker(
    job: dict[str, Any], log: Log, usual_handlers: Mapping[signal.Signals, Any]
) -> int:
    """Start the job's process in a session and group of its own, and give its id."""
    supervisor = os.getpid()
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        os.setsid()
        os.dup2(log.writer, 2)
        os.close(log.writer)
        os.close(log.reader)
        os.write(1, json.dumps({"group": os.getpid()}).encode() + b"\n")
        _prctl(_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() == supervisor:
            signal.set_wakeup_fd(-1)
            for number, usual in usual_handlers.items():
                signal.signal(number, usual)
            status = worker.work(job)
    finally:
        os._exit(status)


def _wait(pid: int, wakeup: int, log: Log, ended: dict[int, int]) -> None:
    """Carry the log; return when the child ``pid`` has ended, or standard input has."""
    heard = [0, wakeup, log.reader]
    while pid not in ended:
        ready, _, _ = select.select(heard, [], [])
        if 0 in ready and not os.read(0, _CHUNK):
            return
        if log.reader in ready and not log.carry():
            heard.remove(log.reader)
        if wakeup in ready and not _ENDS.isdisjoint(os.read(wakeup, _CHUNK)):
            return
        _reap(ended)


def main() -> None:
    """Read the job, see to it until its end, and leave nothing of it behind."""
    _prctl(_SET_CHILD_SUBREAPER, 1)
    wakeup, writer = os.pipe()
    for descriptor in (wakeup, writer):
        os.set_blocking(descriptor, False)
    signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    usual_handlers = {
        number: signal.signal(number, lambda _number, _frame: None)
        for number in (signal.SIGCHLD, *_ENDS)
    }
    line = read_line()
    if not line:
        return
    log = Log()
    pid = _fork_worker(json.loads(line), log, usual_handlers)
    os.close(log.writer)
    ended: dict[int, int] = {}
    _wait(pid, wakeup, log, ended)
    kill_all(pid, ended)
    while log.carry():
        pass
    event = json.dumps({"exit": ended.get(pid, -signal.SIGKILL)})
    os.write(1, f"\n{event}\n".encode())  # a killed worker may have left half a line


if __name__ == "__main__":
    main()
    os._exit(0)  # nothing is left to tidy, and somebody waits for our death
