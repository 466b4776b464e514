"""A job board and a form on each real server, without a browser."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

import ogc_widgets as ow
from ogc_widgets import errors
from ogc_widgets.client import ProcessesClient
from ogc_widgets.jobs import JobBoard
from ogc_widgets.models import JobStatus
from tests.servers.live.asking import reach, submit
from tests.servers.live.starting import Live
from tests.waiting import eventually

pytestmark = pytest.mark.slow


@pytest.fixture
def table(board: JobBoard) -> Iterator[ow.JobTable]:
    """A table of the board, at which nobody looks."""
    table = ow.JobTable(board)
    yield table
    table.close()


@pytest.fixture
def form(client: ProcessesClient) -> Iterator[ow.ProcessForm]:
    """The form of the process `echo`."""
    form = ow.ProcessForm(client, "echo")
    yield form
    form.close()


async def test_a_job_is_followed_to_its_end(board: JobBoard, server: Live, gate: str) -> None:
    """Whoever awaits the job sees its progress, and then it ends well and has its results."""
    job = await board.submit("long", {"gate": gate})
    waiting = asyncio.ensure_future(job._end())
    await eventually(lambda: job.progress == 50, what="50 percent")
    assert job.status is JobStatus.RUNNING
    with pytest.raises(errors.ResultNotReady):
        await job.results()
    server.open(gate)
    assert await asyncio.wait_for(waiting, 15) is job
    assert job.status is JobStatus.SUCCESSFUL
    assert (await job.results())["passed"].value == gate


async def test_a_failed_job_raises_the_reason(board: JobBoard) -> None:
    """`await job` and its results say why."""
    job = await board.submit("fail", {"reason": "No water in sight"})
    with pytest.raises(errors.JobFailed, match="No water in sight"):
        await job
    with pytest.raises(errors.JobFailed, match="No water in sight"):
        await job.results()


async def test_a_dismissed_job_stays_on_the_board(board: JobBoard, server: Live, gate: str) -> None:
    """The row says dismissed, also where the server has removed the job, and who waits is told."""
    job = await board.submit("long", {"gate": gate})
    waiting = asyncio.ensure_future(job._end())
    await eventually(lambda: job.progress == 50, what="50 percent")
    await job.dismiss()
    assert job.status is JobStatus.DISMISSED
    with pytest.raises(errors.JobDismissed):
        await asyncio.wait_for(waiting, 15)
    await reach(server, gate, "stopped")
    assert job in await board.refresh()
    assert (job.status, board.dismiss_ability) == (JobStatus.DISMISSED, "yes")


async def test_dismissing_is_no_killing(board: JobBoard, server: Live, gate: str) -> None:
    """A process that does not listen goes on behind its dismissal; its job stays dismissed here."""
    job = await board.submit("long", {"gate": gate, "silent": True})
    await reach(server, gate)
    await job.dismiss()
    server.open(gate)
    await reach(server, gate, "passed")
    with pytest.raises(errors.JobDismissed):
        await job


async def test_a_table_dismisses_what_runs(
    table: ow.JobTable, board: JobBoard, server: Live, gate: str
) -> None:
    """The job is its first row, and its row stays when it was dismissed."""
    job = await board.submit("long", {"gate": gate})
    await reach(server, gate)
    await eventually(lambda: table.jobs and table.jobs[0] is job, what="the row")
    await board.dismiss(job.id)
    assert (await board.refresh())[0] is job
    assert table.jobs[0] is job
    assert job.status is JobStatus.DISMISSED


async def test_jobs_of_others_are_found(
    board: JobBoard, client: ProcessesClient, gate: str
) -> None:
    """A job that another program has submitted is on the board after a refresh, and not ours."""
    other = await submit(client, "long", {"gate": gate})
    await board.refresh()
    job = board.job(other.job_id)
    assert job.process_id == "long"
    assert not job.mine
    assert not job.ended


async def test_a_form_submits_what_the_server_described(form: ow.ProcessForm) -> None:
    """The form of a real description: its default is sent, its array is one, its job ends well."""
    form.values = {"text": "Elbe", "bands": ["red", "blue"]}
    await form.ready()
    assert form.problems == ()
    assert form.request["inputs"]["number"] == 3
    job = await form.submit()
    await job
    results = await job.results()
    assert results["echo"].value == {"text": "Elbe", "number": 3, "bands": ["red", "blue"]}


@pytest.mark.parametrize(
    "values", [{"text": "Elbe", "number": 11}, {"number": 3}, {"text": "Elbe", "bands": ["pink"]}]
)
async def test_a_form_sends_nothing_that_is_wrong(form: ow.ProcessForm, values: dict) -> None:
    """Too large, missing, or not among the choices: pygeoapi would take each of them."""
    form.values = values
    with pytest.raises(errors.InvalidInputs):
        await form.submit()
    assert form.job is None
