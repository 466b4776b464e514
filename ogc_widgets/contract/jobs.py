"""The job table: rows, and how they travel."""

from collections.abc import Sequence
from typing import Any, Literal

from pydantic import create_model

from ogc_widgets.contract.wire import Failure, Milliseconds, Percent, Wire

Status = Literal["accepted", "running", "successful", "failed", "dismissed", "unknown"]


class JobRow(Wire):
    """A job as the table shows it.

    ``key`` tells jobs of all servers and times apart. ``word`` is the server's own word where it
    is not the standard's. ``pending`` is what was asked for and is not answered yet. ``gone`` means
    that the server has it no more. ``dismiss`` says whether it can be asked to stop: ``unknown``
    is offered, and learned from the answer.
    """

    key: str
    id: str
    process_id: str
    server: str
    status: Status
    word: str = ""
    progress: Percent | None = None
    message: str = ""
    created: Milliseconds | None = None
    started: Milliseconds | None = None
    finished: Milliseconds | None = None
    updated: Milliseconds | None = None
    pending: Literal["", "dismiss", "remove"] = ""
    gone: bool = False
    mine: bool = False
    dismiss: Literal["yes", "no", "unknown"] = "unknown"
    note: str = ""


def _columns_model() -> type[Wire]:
    columns: dict[str, Any] = {
        name: (tuple[field.rebuild_annotation(), ...], ...)  # type: ignore[misc]
        for name, field in JobRow.model_fields.items()
    }
    return create_model(
        "JobColumns",
        __base__=Wire,
        __doc__="Rows as columns: the n-th entries of all lists are the n-th row.",
        **columns,
    )


JobColumns: Any = _columns_model()


def columns_of(rows: Sequence[JobRow]) -> dict[str, list[Any]]:
    """The rows as JSON-ready columns."""
    return {name: [getattr(row, name) for row in rows] for name in JobRow.model_fields}


class TableHead(Wire):
    """What the table says above its rows.

    ``checked`` is when the server was last heard, ``next_check`` when it will be asked again (None:
    not before something happens), ``failure`` why it does not answer. ``counts`` are by status.
    """

    phase: Literal["loading", "ready", "failed"] = "loading"
    failure: Failure | None = None
    counts: dict[Status, int] = {}
    checked: Milliseconds | None = None
    next_check: Milliseconds | None = None
    servers: tuple[str, ...] = ()
    process_id: str = ""


class TableView(Wire):
    """The table's state: its head and its newest 50 rows, newest first.

    The rest comes as a snapshot message, changes as deltas; ``sequence`` is the last delta that is
    in here.
    """

    sequence: int = 0
    head: TableHead = TableHead()
    newest: JobColumns = JobColumns(**columns_of([]))


class JobSnapshot(Wire):
    """All rows: its buffer is gzip of :class:`JobColumns` as JSON."""

    kind: Literal["snapshot"] = "snapshot"
    sequence: int
    head: TableHead


class JobDelta(Wire):
    """What changed since message ``sequence - 1``: rows to put in, keys to take out."""

    kind: Literal["delta"] = "delta"
    sequence: int
    head: TableHead
    rows: JobColumns
    removed: tuple[str, ...] = ()
