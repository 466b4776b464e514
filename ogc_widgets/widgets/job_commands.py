"""The commands that a job takes, wherever it is shown."""

from typing import Any

from ogc_widgets.contract import commands
from ogc_widgets.contract.results import ResultsView
from ogc_widgets.errors import OgcError
from ogc_widgets.jobs import Job, JobBoard
from ogc_widgets.models import Results
from ogc_widgets.results import render_results
from ogc_widgets.widgets.base import Answerer, RoomWidget


class JobCommands(RoomWidget):
    """A widget that shows jobs: they can be dismissed, removed, and asked for their results."""

    def find_job(self, key: str) -> Job:
        """The job of this key.

        :raises NoSuchJob: when the widget shows it no more
        """
        raise NotImplementedError

    def boards(self) -> list[JobBoard]:
        """The boards whose jobs are shown."""
        raise NotImplementedError

    def __init__(self, **traits: Any) -> None:
        self._views: set[str] = set()
        super().__init__(**traits)

    def answerers(self) -> dict[type[commands.CommandBase], Answerer]:
        """What answers each command about a job."""
        return {
            commands.Look: self._look,
            commands.Dismiss: self._dismiss,
            commands.Remove: self._remove,
            commands.ShowResults: self._show_results,
        }

    async def _look(self, command: commands.Look) -> None:
        if command.seen and self.comm is not None:
            self._views.add(command.view)
        else:
            self._views.discard(command.view)
        for board in self.boards():
            board.poller.look(command.view, command.view in self._views)

    def look_away(self) -> None:
        """Nobody looks at this widget any more; on the owner loop."""
        for board in self.boards():
            for view in self._views:
                board.poller.look(view, False)
        self._views.clear()

    async def _dismiss(self, command: commands.Dismiss) -> None:
        await self.find_job(command.job).dismiss()

    async def _remove(self, command: commands.Remove) -> None:
        await self.find_job(command.job).remove()

    async def _show_results(self, command: commands.ShowResults) -> commands.Ok:
        job = self.find_job(command.job)
        results = await job.results()
        return commands.Ok(id=command.id, results=await view_of(results, job))


async def view_of(results: Results, job: Job) -> ResultsView:
    """The results of a job as the browser shows them, titled where the process can be read."""
    try:
        described = await job.board.client.process(job.process_id) if job.process_id else None
    except OgcError:
        described = None
    return render_results(results, described)
