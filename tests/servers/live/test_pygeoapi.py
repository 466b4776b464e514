"""What only pygeoapi does (P1 to P9 of the notes on servers), and what a user sees of it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from ogc_widgets import errors
from ogc_widgets.client import ProcessesClient
from ogc_widgets.jobs import JobBoard
from ogc_widgets.models import JobStatus
from tests.servers.live.asking import end, reach, submit
from tests.servers.live.starting import Live

pytestmark = pytest.mark.slow
PAGE = 5


@pytest.fixture
def server(pygeoapi: Live) -> Live:
    """Only pygeoapi."""
    return pygeoapi


@pytest.fixture
async def client(pygeoapi: Live) -> AsyncIterator[ProcessesClient]:
    """A client that bears no deviation silently: pygeoapi links what the standard wants linked."""
    async with pygeoapi.client(strict=True) as client:
        yield client


async def test_a_synchronous_execution_gives_results_and_a_job(client: ProcessesClient) -> None:
    """The outputs come at once, and with them the job that pygeoapi has made beside (P2, P3)."""
    execution = await client.execute("many", {"count": 2}, mode="sync")
    assert execution.results is not None
    assert execution.results["count"].value == 2
    assert execution.results["area"].value["type"] == "Polygon"
    assert execution.job is not None
    assert (await client.job(execution.job.job_id)).status is JobStatus.SUCCESSFUL
    later = await client.results(execution.job.job_id)
    assert dict(later) == dict(execution.results)


async def test_a_link_among_the_outputs_is_absolute(client: ProcessesClient, server: Live) -> None:
    """An output by reference leads to this server."""
    results = (await client.execute("many", {"count": 2}, mode="sync")).results
    assert results is not None
    assert results["file"].href == f"{server.url}/static/scene.tif"
    assert results["file"].media_type == "image/tiff"


async def test_a_synchronous_failure_is_the_process_s(client: ProcessesClient) -> None:
    """pygeoapi says 400, as if the request were wrong, but it has made a job, and that failed."""
    with pytest.raises(errors.JobFailed) as caught:
        await client.execute("fail", {"reason": "No water in sight"}, mode="sync")
    assert "No water in sight" in caught.value.detail
    assert (await client.job(caught.value.job_id)).status is JobStatus.FAILED


async def test_auto_asks_for_a_job(client: ProcessesClient) -> None:
    """Asking is `Prefer: respond-async` and nothing else, or pygeoapi would not hear it (P1)."""
    execution = await client.execute("echo", {"text": "x"})
    assert execution.results is None
    assert execution.job is not None


async def test_a_silent_process_is_accepted_for_its_whole_run(
    client: ProcessesClient, server: Live, gate: str
) -> None:
    """No status `running` ever comes of it: nobody may wait for one (P6)."""
    job = await submit(client, "long", {"gate": gate, "silent": True})
    await reach(server, gate)
    info = await client.job(job.job_id)
    assert (info.status, info.progress) == (JobStatus.ACCEPTED, 5)
    with pytest.raises(errors.ResultNotReady):
        await client.results(job.job_id)
    server.open(gate)
    assert (await end(client, job.job_id)).status is JobStatus.SUCCESSFUL


async def test_a_dismissal_removes_the_job(
    client: ProcessesClient, server: Live, gate: str
) -> None:
    """Its answer is labelled HTML, the job is gone, and does not come back with its work (P4)."""
    job = await submit(client, "long", {"gate": gate, "silent": True})
    await reach(server, gate)
    dismissed = await client.dismiss(job.job_id)
    assert (dismissed.status, dismissed.removed) == (JobStatus.DISMISSED, True)
    server.open(gate)
    await reach(server, gate, "passed")
    for ask in (client.job, client.results, client.dismiss):
        with pytest.raises(errors.NoSuchJob):
            await ask(job.job_id)


async def test_a_dismissed_job_is_not_done(board: JobBoard, gate: str) -> None:
    """pygeoapi says of a job that it dismissed: 100 percent."""
    job = await board.submit("long", {"gate": gate, "silent": True})
    await job.dismiss()
    assert job.status is JobStatus.DISMISSED
    assert job.gone
    assert job.progress != 100


async def test_new_jobs_are_found_behind_the_first_page(
    client: ProcessesClient, board: JobBoard
) -> None:
    """A page holds the oldest jobs, and no more than its limit: the others follow (P5)."""
    jobs = [await submit(client, "echo", {"text": str(number)}) for number in range(PAGE + 2)]
    for job in jobs:
        await end(client, job.job_id)
    listed = [job.job_id async for job in client.jobs()]
    assert len(listed) == len(set(listed)) > PAGE
    assert {job.job_id for job in jobs} <= set(listed)
    assert len([job async for job in client.jobs(limit=PAGE + 1)]) == PAGE + 1
    newest = [job.id for job in await board.refresh()][: len(jobs)]
    assert newest == [job.job_id for job in reversed(jobs)]


async def test_an_output_that_is_no_json_is_bytes(client: ProcessesClient) -> None:
    """A picture, the only output, comes at once and as the job's result."""
    execution = await client.execute("picture", {}, mode="sync")
    assert execution.results is not None
    picture = execution.results["picture"]
    assert picture.media_type == "image/png"
    assert picture.value.startswith(b"\x89PNG")
    job = await submit(client, "picture", {})
    assert (await end(client, job.job_id)).status is JobStatus.SUCCESSFUL
    assert (await client.results(job.job_id))["picture"].value == picture.value


async def test_a_picture_can_be_asked_for_raw(client: ProcessesClient) -> None:
    """With a request of one's own, `response` raw, the same picture comes as it is."""
    request = {"inputs": {}, "response": "raw"}
    results = (await client.execute_request("picture", request, mode="sync")).results
    assert results is not None
    assert results["picture"].media_type == "image/png"
    assert results["picture"].value.startswith(b"\x89PNG")


async def test_an_unbounded_input_is_an_array(client: ProcessesClient) -> None:
    """`maxOccurs` is a word, "unbounded", and means many (P9)."""
    bands = (await client.process("echo")).inputs["bands"]
    assert bands.raw["maxOccurs"] == "unbounded"
    assert bands.multiple
    assert bands.max_occurs is None
