"""A process that runs until it is killed, with a child, a fork, a grandchild, and one away."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

DESCRIPTION: dict[str, Any] = {
    "id": "family",
    "version": "1.0.0",
    "jobControlOptions": ["async-execute", "dismiss"],
    "outputTransmission": ["value"],
    "inputs": {},
    "outputs": {"none": {"schema": {"type": "string"}}},
}

_PAUSE = "import signal; signal.pause()"
_FAMILY = f"""
import os, signal, subprocess, sys
from pathlib import Path
own = [subprocess.Popen([sys.executable, "-c", {_PAUSE!r}]).pid]
if os.fork() == 0:
    os.setsid()
    Path("away.pid").write_text(str(os.getpid()))
    if os.fork() == 0:
        Path("orphan.pid").write_text(str(os.getpid()))
        signal.pause()
    os._exit(0)
Path("child.pid").write_text(str(os.getpid()))
Path("grandchild.pid").write_text(str(own[0]))
signal.pause()
"""


def execute(inputs: dict[str, Any], job: Any) -> dict[str, Any]:
    """Start the others, say so when all are there, and wait for ever."""
    subprocess.Popen([sys.executable, "-c", _FAMILY], cwd=job.folder)
    names = ("child", "grandchild", "orphan")
    (job.folder / "job.pid").write_text(str(os.getpid()))
    while not all(_written(job.folder / f"{name}.pid") for name in names):
        signal.sigtimedwait([], 0.01)
    if os.fork() == 0:
        (job.folder / "fork.pid").write_text(str(os.getpid()))
        signal.pause()
    while not _written(job.folder / "fork.pid"):
        signal.sigtimedwait([], 0.01)
    job.progress(50, "All are there")
    signal.pause()
    return {"none": "never"}


def _written(file: Path) -> bool:
    return file.is_file() and file.read_text().isdigit()
