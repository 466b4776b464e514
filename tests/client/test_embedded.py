"""The client against the embedded server, a real process behind a socket."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ogc_widgets import errors
from ogc_widgets.client import ProcessesClient
from ogc_widgets.demo.launch import DemoServer, demo_server
from ogc_widgets.models import StatusInfo
from tests.waiting import eventually


@pytest.fixture(scope="module")
def server() -> Iterator[DemoServer]:
    """One server for all tests of this file."""
    with demo_server() as started:
        yield started


async def test_a_job_from_its_submission_to_its_dismissal(server: DemoServer) -> None:
    """Submit, list, watch, dismiss: no warning, no deviation, also when strict."""
    async with server.client() as client:
        job = (await client.execute("countdown", {"seconds": 60}, mode="async")).job
        assert job is not None
        assert job.process_id == "countdown"

        async def progress() -> float:
            return (await client.job(job.job_id)).progress or 0

        await eventually(progress, what="progress")
        assert job.job_id in [listed.job_id async for listed in client.jobs(status="running")]
        with pytest.raises(errors.ResultNotReady):
            await client.results(job.job_id)
        assert (await client.dismiss(job.job_id)).status == "dismissed"
        with pytest.raises(errors.JobDismissed):
            await client.results(job.job_id)
        assert job.job_id not in [listed.job_id async for listed in client.jobs(status="running")]


async def test_results_at_once_and_later_are_the_same(server: DemoServer) -> None:
    """Synchronous, and of a job; every output of the description is there."""
    async with server.client() as client:
        description = await client.process("echo")
        inputs = (description.example or {})["inputs"]
        at_once = await client.execute("echo", inputs, mode="sync")
        assert at_once.results is not None
        job = (await client.execute("echo", inputs, mode="async")).job
        assert job is not None

        async def ended() -> StatusInfo | None:
            status = await client.job(job.job_id)
            return status if status.status.final else None

        assert (await eventually(ended, what="the job's end")).status == "successful"
        later = await client.results(job.job_id)
        assert later["text"].value == inputs["text"]
        assert {key: output.value for key, output in later.items()} == {
            key: output.value for key, output in at_once.results.items()
        }


async def test_documents_and_lists(server: DemoServer) -> None:
    """Landing page, conformance, API, processes with paging; all links are there."""
    async with ProcessesClient(server.url, strict=True) as client:
        assert (await client.landing_page()).title
        assert (await client.conformance()).declares("dismiss")
        assert (await client.api_definition())["openapi"].startswith("3.")
        everything = [process.id async for process in client.processes()]
        assert "water-bodies" in everything
        assert [process.id async for process in client.processes(limit=2)] == everything[:2]


async def test_refusals(server: DemoServer) -> None:
    """Each has its own class."""
    async with server.client() as client:
        with pytest.raises(errors.NoSuchProcess):
            await client.process("nope")
        with pytest.raises(errors.NoSuchJob):
            await client.job("nope")
        with pytest.raises(errors.NoSuchJob):
            await client.dismiss("nope")
        with pytest.raises(errors.BadRequest, match="seconds"):
            await client.execute("countdown", {"seconds": "many"})
    async with ProcessesClient(server.url) as stranger:
        with pytest.raises(errors.NotSignedIn):
            await stranger.execute("countdown", {"seconds": 1})
