"""`JobTable`: jobs, live, with dismiss buttons. Its twin is ``js/src/job_table``."""

import gzip
import json
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import traitlets

from ogc_widgets.contract import commands
from ogc_widgets.contract.jobs import (
    JobColumns,
    JobDelta,
    JobSnapshot,
    TableHead,
    TableView,
    columns_of,
)
from ogc_widgets.errors import NoSuchJob
from ogc_widgets.jobs import Job, JobBoard
from ogc_widgets.jobs.loop import owner
from ogc_widgets.widgets.base import Answerer, failure_of
from ogc_widgets.widgets.fallback import table_html
from ogc_widgets.widgets.job_commands import JobCommands
from ogc_widgets.widgets.rows import milliseconds, row_of
from ogc_widgets.widgets.source import Source, board_of
from ogc_widgets.widgets.trait import wire_trait

NEWEST = 50
SAVE_EVERY = 5.0


class JobTable(JobCommands):
    """A table of jobs that follows its servers while somebody looks.

    :param source: a client, a board, a URL, or a list of these
    :param process_id: show the jobs of this process only
    :param mine: show only jobs that were submitted here
    :ivar jobs: the jobs shown, newest first; observable, read-only
    """

    room = "job_table"

    _table = wire_trait(TableView())
    jobs = traitlets.Tuple()

    def __init__(
        self,
        source: Source | Sequence[Source],
        *,
        process_id: str | None = None,
        mine: bool = False,
        **traits: Any,
    ) -> None:
        sources = [source] if isinstance(source, Source) else list(source)
        self._boards = [board_of(one) for one in sources]
        self._process_id = process_id
        self._mine = mine
        self._sequence = 0
        self._known: dict[str, tuple[str, Any]] = {}
        self._counts: Counter[str] = Counter()
        self._saved = 0.0
        super().__init__(**traits)
        self._endings = [board.listen(self._change) for board in self._boards]
        owner.soon(self._begin)

    def close(self) -> None:
        """Take the table away; its boards go on for others."""
        super().close()
        for end in getattr(self, "_endings", ()):
            end()
        owner.soon(self.look_away)

    def answerers(self) -> dict[type[commands.CommandBase], Answerer]:
        """What answers each command of this room."""
        own: dict[type[commands.CommandBase], Answerer] = {
            commands.Snapshot: self._snapshot,
            commands.Reload: self._reload,
        }
        return {**super().answerers(), **own}

    def boards(self) -> list[JobBoard]:
        """The boards whose jobs are shown."""
        return self._boards

    def get_state(self, key: Any = None, drop_defaults: bool = False) -> dict[str, Any]:
        """The state as it is now: a page that reloads must not begin with an old one."""
        state: dict[str, Any] = super().get_state(key, drop_defaults)
        if "_table" in state:
            state["_table"] = self._view(self._shown()).model_dump(mode="json")
        return state

    def as_html(self) -> str:
        """The newest jobs as plain HTML."""
        return table_html([row_of(job) for job in self._shown()[:NEWEST]])

    def __repr__(self) -> str:
        return f"<JobTable of {', '.join(board.client.url for board in self._boards)}>"

    def _shown(self) -> list[Job]:
        jobs = [job for board in self._boards for job in board.jobs if self._shows(job)]
        if len(self._boards) > 1:
            jobs.sort(key=lambda job: job.age[0], reverse=True)
        return jobs

    def _shows(self, job: Job) -> bool:
        return (self._process_id is None or job.process_id == self._process_id) and (
            job.mine or not self._mine
        )

    def find_job(self, key: str) -> Job:
        """The job of this key, on whichever board."""
        for board in self._boards:
            try:
                return board.job(key)
            except NoSuchJob:
                continue
        raise NoSuchJob("This job is not in the table any more.", "Refresh the table.")

    # On the owner loop from here on.

    def _begin(self) -> None:
        # Jobs known already are shown before anybody looks; a first look starts the polling.
        self._count(self._shown(), ())
        self._save(self._shown())

    def _count(self, changed: Iterable[Job], removed: Iterable[Job]) -> bool:
        """Keep the counts; gives whether jobs came, went, or moved in the order."""
        moved = False
        for job in changed:
            told, now = self._known.get(job.key), (job.status.value, job.age)
            self._known[job.key] = now
            moved = moved or told is None or told[1] != now[1]
            self._counts[now[0]] += 1
            if told is not None:
                self._counts[told[0]] -= 1
        for job in removed:
            told = self._known.pop(job.key, None)
            if told is not None:
                moved = True
                self._counts[told[0]] -= 1
        return moved

    def _head(self) -> TableHead:
        pollers = [board.poller for board in self._boards]
        failure = next((poller.failure for poller in pollers if poller.failure), None)
        checked = [poller.checked for poller in pollers]
        known = [at for at in checked if at is not None]
        upcoming = [poller.next_check for poller in pollers if poller.next_check is not None]
        phase = "ready" if known or (failure is None and self._known) else "loading"
        if failure is not None and not known:
            phase = "failed"
        return TableHead(
            phase=phase,
            failure=failure_of(failure) if failure else None,
            counts=+self._counts,
            checked=milliseconds(min(known, default=None)),
            next_check=milliseconds(min(upcoming, default=None)),
            servers=tuple(board.client.url for board in self._boards),
            process_id=self._process_id or "",
        )

    def _change(self, changed: Sequence[Job], removed: Sequence[Job]) -> None:
        shown = [job for job in changed if self._shows(job)]
        moved = self._count(shown, removed)
        head = self._head()
        self._sequence += 1
        rows = [row_of(job) for job in shown]
        self.tell(
            JobDelta(
                sequence=self._sequence,
                head=head,
                rows=JobColumns(**columns_of(rows)),
                removed=tuple(job.key for job in removed),
            )
        )
        idle = all(board.poller.next_check is None for board in self._boards)
        news = self._table.head.phase != head.phase
        if idle or news or time.monotonic() - self._saved > SAVE_EVERY:
            self._save(self._shown())
        elif moved:
            self._public.publish("jobs", tuple(self._shown()))

    def _save(self, jobs: list[Job]) -> None:
        """Put the newest rows into state: what a reload or a saved notebook begins with."""
        self._saved = time.monotonic()
        self.write("_table", self._view(jobs))
        self._public.publish("jobs", tuple(jobs))

    def _view(self, jobs: list[Job]) -> TableView:
        newest = columns_of([row_of(job) for job in jobs[:NEWEST]])
        return TableView(sequence=self._sequence, head=self._head(), newest=JobColumns(**newest))

    async def _snapshot(self, _command: commands.Snapshot) -> None:
        jobs = self._shown()
        columns = columns_of([row_of(job) for job in jobs])
        data = json.dumps(columns, separators=(",", ":")).encode()
        self.tell(JobSnapshot(sequence=self._sequence, head=self._head()), [gzip.compress(data, 1)])

    async def _reload(self, _command: commands.Reload) -> None:
        for board in self._boards:
            await board.refresh()
