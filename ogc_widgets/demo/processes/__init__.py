"""The processes of the embedded server, each a module with ``DESCRIPTION`` and ``execute``.

A process runs in a child process of its own. ``execute(inputs, job)`` is given the validated inputs
and a :class:`JobContext`, and gives the results document (OGC 18-062r2, results.yaml): output id ->
literal, ``{"value": ..., "mediaType": ...}`` or ``{"href": ..., "type": ...}``. An exception fails
the job; its text is the job's message.

A module is imported when it is asked for, and imports numpy and rasterio only while it executes, so
that a list of processes costs nothing.
"""

from importlib import import_module
from pathlib import Path
from typing import Any, Protocol, cast

Inputs = dict[str, Any]
Outputs = dict[str, Any]

_MODULES = {
    "water-bodies": "water_bodies",
    "echo": "echo",
    "countdown": "countdown",
    "measure-geometry": "measure_geometry",
    "summarise-table": "summarise_table",
}


class ProcessFailure(Exception):
    """Why a process cannot give its results, in one sentence for a person."""


class JobContext(Protocol):
    """What a process may do to the job that it is."""

    folder: Path
    """Files written here are served until the job is removed."""

    server_url: str
    """Base URL of the server, without a trailing slash."""

    def progress(self, percent: float, message: str) -> None:
        """Say how far the job is, in percent, and what it does."""

    def href(self, name: str) -> str:
        """URL at which the file ``name`` of :attr:`folder` is served."""


class ProcessModule(Protocol):
    """What a module of this package offers."""

    DESCRIPTION: dict[str, Any]
    """The process description without links (OGC 18-062r2, process.yaml).

    ``{server_url}`` in a string stands for the base URL of the server: see :func:`describe`.
    """

    def execute(self, inputs: Inputs, job: JobContext) -> Outputs:
        """Do the work and give the results document."""


def process_ids() -> tuple[str, ...]:
    """The ids of all built-in processes, the tutorial's first; imports none of them."""
    return tuple(_MODULES)


def load_process(process_id: str) -> ProcessModule:
    """The module of a built-in process.

    :raises KeyError: no built-in process has this id
    """
    return cast(ProcessModule, import_module(f"{__name__}.{_MODULES[process_id]}"))


def describe(process_id: str, server_url: str) -> dict[str, Any]:
    """The description of a built-in process, without links, as the server at a URL shows it.

    :param server_url: base URL; a slash at its end is ignored. It stands wherever the module's
        ``DESCRIPTION`` says ``{server_url}``, so that the example request runs as it stands.
    :raises KeyError: no built-in process has this id
    """
    filled = _fill(load_process(process_id).DESCRIPTION, server_url.rstrip("/"))
    return cast(dict[str, Any], filled)


def _fill(part: Any, server_url: str) -> Any:
    """A copy of a JSON value with the placeholder replaced in every string."""
    if isinstance(part, str):
        return part.replace("{server_url}", server_url)
    if isinstance(part, list):
        return [_fill(entry, server_url) for entry in part]
    if isinstance(part, dict):
        return {key: _fill(value, server_url) for key, value in part.items()}
    return part
