"""Gates: a process stops at a gate until the tests open it, so that no test waits for a time.

Runs in the environments of the servers.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

FOLDER = Path(os.environ["OGC_LIVE_FOLDER"]) / "gates"
PAUSE = 0.01
LONGEST = 60.0


def pass_gate(gate: str, wanted: Callable[[], bool]) -> bool:
    """Whether the gate was opened; False where the job is not wanted any more.

    :param gate: the gate's name; without one there is no waiting
    :param wanted: whether somebody still wants the job; False ends the waiting
    """
    end = time.monotonic() + LONGEST
    leave_word(gate, "reached")
    while gate and not (FOLDER / f"{gate}.open").exists():
        if not wanted():
            leave_word(gate, "stopped")
            return False
        if time.monotonic() > end:
            raise TimeoutError(f"Nobody opened the gate {gate}.")
        time.sleep(PAUSE)
    leave_word(gate, "passed")
    return True


def leave_word(gate: str, word: str) -> None:
    """Lets the tests see what became of the process at this gate."""
    if gate:
        (FOLDER / f"{gate}.{word}").touch()
