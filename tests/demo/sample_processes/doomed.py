"""A process that cannot be done: it fails, leaves, or is killed, as it is asked to."""

import os
import signal
from typing import Any

DESCRIPTION: dict[str, Any] = {
    "id": "doomed",
    "version": "1.0.0",
    "jobControlOptions": ["sync-execute", "async-execute"],
    "outputTransmission": ["value"],
    "inputs": {"how": {"schema": {"type": "string"}}},
    "outputs": {"nothing": {"schema": {"type": "string"}}},
}


def execute(inputs: dict[str, Any], job: Any) -> dict[str, Any]:
    """Never gives anything usable."""
    job.progress(30, "Doomed")
    how = inputs["how"]
    if how == "exit":
        os._exit(7)
    if how == "signal":
        os.kill(os.getpid(), signal.SIGKILL)
    if how == "nonsense":
        return {"nothing": object()}
    raise RuntimeError("The moon is in the way.")
