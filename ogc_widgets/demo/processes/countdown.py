"""``countdown``: takes a known time and says how far it is; to try out monitoring."""

import os
import subprocess
import sys
import time
from typing import Any

from . import Inputs, JobContext, Outputs, ProcessFailure
from .received import number_of, value_of

MAX_SECONDS = 600
MAX_STEPS = 1000
MAX_CHILDREN = 3

DESCRIPTION: dict[str, Any] = {
    "id": "countdown",
    "title": "Countdown",
    "description": (
        "Does nothing for a while and reports how far it is. It can fail on request, and start "
        "child processes that a dismissal has to end."
    ),
    "version": "1.0.0",
    "keywords": ["long-running", "progress", "dismiss", "test"],
    "jobControlOptions": ["sync-execute", "async-execute", "dismiss"],
    "outputTransmission": ["value"],
    "inputs": {
        "seconds": {
            "title": "Duration",
            "description": "How long it takes, in seconds",
            "minOccurs": 0,
            "schema": {"type": "number", "minimum": 0, "maximum": MAX_SECONDS, "default": 10},
        },
        "steps": {
            "title": "Steps",
            "description": "How often it reports its progress",
            "minOccurs": 0,
            "schema": {"type": "integer", "minimum": 1, "maximum": MAX_STEPS, "default": 20},
        },
        "fail_at": {
            "title": "Fail at",
            "description": "Progress in percent at which it fails; never, if left out",
            "minOccurs": 0,
            "schema": {"type": "number", "minimum": 0, "maximum": 100},
        },
        "children": {
            "title": "Child processes",
            "description": "How many processes it starts, which sleep until it ends",
            "minOccurs": 0,
            "schema": {"type": "integer", "minimum": 0, "maximum": MAX_CHILDREN, "default": 0},
        },
    },
    "outputs": {
        "elapsed": {
            "title": "Elapsed time",
            "description": "How long it really took, in seconds",
            "schema": {"type": "number"},
        },
        "processes": {
            "title": "Processes",
            "description": "Ids of the processes that worked: its own first, then the children's",
            "schema": {"type": "array", "items": {"type": "integer"}},
        },
    },
    "example": {"inputs": {"seconds": 30, "steps": 60}},
}


def execute(inputs: Inputs, job: JobContext) -> Outputs:
    """The time that it took and the process ids.

    :raises ProcessFailure: ``fail_at`` is reached, or an input is out of its bounds
    """
    seconds = number_of(inputs, "seconds", default=10, least=0, most=MAX_SECONDS)
    steps = int(number_of(inputs, "steps", default=20, least=1, most=MAX_STEPS))
    count = int(number_of(inputs, "children", default=0, least=0, most=MAX_CHILDREN))
    fail_at = None
    if value_of(inputs, "fail_at") is not None:
        fail_at = number_of(inputs, "fail_at", default=0, least=0, most=100)
    start = time.monotonic()
    children = [_start_child(seconds + 60) for _ in range(count)]
    try:
        pids = [os.getpid(), *(child.pid for child in children)]
        (job.folder / "processes.txt").write_text(" ".join(map(str, pids)), encoding="ascii")
        _count_down(seconds, steps, fail_at, job)
    finally:
        for child in children:
            child.kill()
            child.wait()
    return {"elapsed": round(time.monotonic() - start, 3), "processes": pids}


def _count_down(seconds: float, steps: int, fail_at: float | None, job: JobContext) -> None:
    """Wait step by step, each until its own time since the start, so that delays do not add up."""
    start = time.monotonic()
    for step in range(steps + 1):
        time.sleep(max(0.0, start + seconds * step / steps - time.monotonic()))
        percent = 100 * step / steps
        left = seconds * (1 - step / steps)
        job.progress(percent, f"{left:.1f} of {seconds:g} seconds left")
        if fail_at is not None and percent >= fail_at:
            raise ProcessFailure(
                f"The countdown failed at {fail_at:g} percent, as it was asked to."
            )


def _start_child(seconds: float) -> subprocess.Popen[bytes]:
    """A process that sleeps; it belongs to the job's process group and ends with it."""
    command = [sys.executable, "-c", f"import time; time.sleep({seconds})"]
    return subprocess.Popen(command)  # noqa: S603 (nothing of it comes from outside but a number)
