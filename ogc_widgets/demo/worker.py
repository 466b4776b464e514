"""The process of a job: finds the process module, calls its ``execute``, and tells how it went.

A job is a JSON object: ``id``, ``module`` and ``file`` (where its code is), ``inputs``, ``folder``
(what it writes there is served), ``server_url``. Events go to standard output as JSON lines::

    {"progress": 40, "message": "..."}    {"results": {...}}    {"failed": "..."}

All that the process prints goes to standard error, which is the job's log.
"""

import importlib
import importlib.util
import json
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote

from .processes import ProcessModule

Tell = Callable[[dict[str, Any]], None]


class RunningJob:
    """What a process may do to the job that it is (see ``processes.JobContext``)."""

    def __init__(self, job: dict[str, Any], tell: Tell) -> None:
        self.folder = Path(job["folder"])
        self.server_url: str = job["server_url"]
        self._id: str = job["id"]
        self._tell = tell

    def progress(self, percent: float, message: str) -> None:
        """Say how far the job is, in percent, and what it does."""
        whole = max(0, min(100, round(percent)))
        self._tell({"progress": whole, "message": _writable(message)})

    def href(self, name: str) -> str:
        """URL at which the file ``name`` of :attr:`folder` is served."""
        return f"{self.server_url}/jobs/{self._id}/files/{quote(name)}"


def load(module: str, file: str) -> ProcessModule:
    """The process module of that name; from its file, where it is of another package."""
    if module.startswith("ogc_widgets."):
        return cast("ProcessModule", importlib.import_module(module))
    spec = importlib.util.spec_from_file_location(module, file)
    if spec is None or spec.loader is None:
        raise ImportError(f"There is no process module at {file}.")
    loaded = importlib.util.module_from_spec(spec)
    sys.modules[module] = loaded
    spec.loader.exec_module(loaded)
    return cast("ProcessModule", loaded)


def _writable(said: object) -> str:
    """The words, without what UTF-8 cannot write."""
    return str(said).encode(errors="replace").decode()


def _open_events() -> Tell:
    """Keep standard output for events alone, and give what writes them."""
    events = os.fdopen(os.dup(1), "w", encoding="utf-8")
    with Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)

    def tell(event: dict[str, Any]) -> None:
        events.write(json.dumps(event, allow_nan=False, ensure_ascii=False) + "\n")
        events.flush()

    return tell


def work(job: dict[str, Any]) -> int:
    """Do the job, tell its results or why it failed, and give the exit code."""
    tell = _open_events()
    try:
        process = load(job["module"], job["file"])
        results = process.execute(job["inputs"], RunningJob(job, tell))
        if not isinstance(results, dict):
            raise TypeError("The process gave no results document.")
        tell({"results": results})
    except (Exception, SystemExit) as error:
        traceback.print_exc()
        tell({"failed": _writable(error) or type(error).__name__})
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0
