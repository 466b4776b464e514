"""The client against recorded exchanges of ZOO-Project, pygeoapi and wraptile."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from ogc_widgets import errors
from ogc_widgets.client import ProcessesClient
from ogc_widgets.client.address import last_segment
from ogc_widgets.models import StatusInfo
from tests.servers.replay import App, Asked, Exchange, Replay, Reply
from tests.servers.serving import start
from tests.servers.story import BROKEN_JOB, PROCESS, Story

SERVERS = ("zoo-cgi", "pygeoapi", "wraptile")
JOBS = {"zoo-cgi": 4, "pygeoapi": 10, "wraptile": 24}
PROCESSES = {"zoo-cgi": 8, "pygeoapi": 6, "wraptile": 7}


@pytest.fixture(autouse=True)
def _deviations_are_expected() -> Iterator[None]:
    """Real servers deviate: that is a warning, and no error here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", errors.OgcWarning)
        yield


class One(App):
    """Answers one recorded exchange to whatever is asked of its method; a landing page besides."""

    def __init__(self, exchange: Exchange, root: str) -> None:
        super().__init__()
        self._exchange = exchange
        self.root = root

    def answer(self, asked: Asked) -> Reply:
        if (
            asked.path.rstrip("/") == self.root
            and self._exchange.asked.path.rstrip("/") != self.root
        ):
            return Reply(200, b'{"links": []}')
        if asked.method == self._exchange.asked.method:
            return self._exchange.reply
        return Reply(200, b'{"jobID": "j1", "status": "successful", "outputs": {"a": {}}}')


def connect(app: Any) -> ProcessesClient:
    """A client of an app in this process; it cannot reach the recorded host."""
    return ProcessesClient(
        f"http://replay.test{app.root}", transport=httpx.ASGITransport(app), timeout=5
    )


@pytest.fixture(params=SERVERS)
def replay(request: pytest.FixtureRequest, shared: Path) -> Replay:
    """The recorded exchanges of a server."""
    return Replay(shared / "transcripts" / request.param)


async def test_lists_and_documents_are_read_whole(replay: Replay, shared: Path) -> None:
    """Landing page, conformance, processes, descriptions and jobs of each server."""
    name = next(
        n for n in SERVERS if Replay(shared / "transcripts" / n).exchanges == replay.exchanges
    )
    client = connect(replay)
    assert (await client.landing_page()).links
    assert (await client.conformance()).classes
    processes = [process async for process in client.processes()]
    assert len(processes) == PROCESSES[name]
    assert all(process.id and process.title for process in processes)
    jobs = [job async for job in client.jobs()]
    assert len(jobs) == JOBS[name]
    assert all(job.job_id and job.status != "unknown" and job.created for job in jobs)
    for exchange in replay.exchanges:
        if exchange.name.startswith("process_") and exchange.reply.status == 200:
            description = await client.process(last_segment(exchange.asked.path))
            assert description.inputs
            assert description.outputs
    assert {request[0] for request in replay.requests} == {"GET"}


async def test_every_recorded_list_keeps_its_entries(replay: Replay) -> None:
    """Each recorded job list gives as many jobs as its JSON holds."""
    lists = [e for e in replay.exchanges if e.name.startswith(("jobs", "dismiss_jobs"))]
    assert len(lists) > 10
    for exchange in lists:
        client = connect(One(exchange, replay.root))
        if exchange.reply.status != 200:
            with pytest.raises(errors.HttpError):
                [job async for job in client.jobs()]
            continue
        recorded = json.loads(exchange.reply.content)["jobs"]
        jobs = [job async for job in client.jobs()]
        assert [job.raw for job in jobs] == recorded


async def test_every_recorded_execution_is_read(replay: Replay) -> None:
    """A job, results, or one of our errors with the status of the answer."""
    seen = {"jobs": 0, "results": 0, "errors": 0}
    for exchange in replay.exchanges:
        if exchange.asked.method != "POST" or not exchange.asked.path.endswith("/execution"):
            continue
        client = connect(One(exchange, replay.root))
        execution, error = await attempt(client.execute_request("p", {"inputs": {}}))
        if error is not None:
            # ZOO-Project once says 201 with results and without a job, of outputs unknown here.
            assert exchange.reply.status >= 400 or exchange.name == "async_mode_in_body"
            assert error.status == exchange.reply.status
            assert error.detail
            seen["errors"] += 1
            continue
        assert exchange.reply.status < 300
        assert execution.job is None or execution.job.job_id
        seen["jobs" if execution.results is None else "results"] += 1
    assert seen["jobs"] > 5
    assert seen["errors"] > 3


async def test_every_recorded_answer_is_read_by_every_method(replay: Replay) -> None:
    """Whatever a server sends to whatever is asked: a document, or one of our errors."""
    for exchange in replay.exchanges:
        for call in CALLS[exchange.asked.method]:
            _, error = await attempt(call(connect(One(exchange, replay.root))))
            assert error is None or error.title.endswith(".")


async def attempt(call: Any) -> tuple[Any, errors.OgcError | None]:
    """What a call gives, or the error of ours that it raises; any other passes through."""
    try:
        return await call, None
    except errors.OgcError as error:
        return None, error


async def _drain(items: Any) -> list[Any]:
    return [item async for item in items]


CALLS: dict[str, list[Any]] = {
    "GET": [
        lambda client: client.landing_page(),
        lambda client: client.conformance(),
        lambda client: client.api_definition(),
        lambda client: client.process("p"),
        lambda client: client.job("j1"),
        lambda client: client.results("j1"),
        lambda client: client.fetch("/temp/x"),
        lambda client: _drain(client.jobs()),
        lambda client: _drain(client.processes()),
    ],
    "POST": [lambda client: client.execute("p", {})],
    "DELETE": [lambda client: client.dismiss("j1")],
    "PUT": [],
    "OPTIONS": [],
}


@pytest.mark.parametrize(
    ("server", "code"), [("zoo-cgi", 404), ("pygeoapi", 404), ("wraptile", 200)]
)
async def test_dismissing_a_running_job(server: str, code: int, shared: Path) -> None:
    """The recorded dismissal of each server ends as dismissed, removed or not."""
    replay = Replay(shared / "transcripts" / server)
    after = replay.named("dismiss_status_after")
    before = replay.named("dismiss_before")
    replay.exchanges = [e for e in replay.exchanges if e.asked != before.asked or e == after]
    assert after.reply.status == code
    job = await connect(replay).dismiss(last_segment(after.asked.path))
    assert job.status == "dismissed"
    assert job.removed is (code == 404)


@pytest.mark.parametrize("server", SERVERS)
async def test_the_reason_of_a_failed_job(server: str, shared: Path) -> None:
    """Found in the results (200, 400 and 403), or in the message."""
    replay = Replay(shared / "transcripts" / server)
    job_id = last_segment(replay.named("fail_status").asked.path)
    with pytest.raises(errors.JobFailed) as caught:
        await connect(replay).results(job_id)
    words = {"zoo-cgi": "Unable to run", "pygeoapi": "told to fail", "wraptile": "Woke up"}
    assert words[server] in caught.value.detail


@pytest.mark.parametrize("name", ["async_results_raw", "exec_many_raw"])
async def test_zoo_projects_multipart_is_read(name: str, shared: Path) -> None:
    """Without blank lines, with the boundary glued on, with its headers in the body."""
    replay = Replay(shared / "transcripts" / "zoo-cgi")
    if name == "exec_many_raw":
        client = connect(One(replay.named(name), replay.root))
        results = (await client.execute_request("ManyPy", {})).results
    else:
        job_id = last_segment(replay.named(name).asked.path)
        status = json.dumps({"jobID": job_id, "status": "successful", "processID": "ManyPy"})
        replay.exchanges.append(_status_of(job_id, replay.root, status))
        results = await connect(replay).results(job_id)
    assert results is not None
    assert list(results) == ["count", "report", "geojson"]
    assert results["count"].value == "11"
    assert results["report"].value["integer"]["value"] == "3"
    assert results["geojson"].value["type"] == "FeatureCollection"


def _status_of(job_id: str, root: str, status: str) -> Exchange:
    asked = Asked("GET", f"{root}/jobs/{job_id}", "", {}, b"")
    return Exchange("status", asked, Reply(200, status.encode()))


@pytest.fixture
def story(shared: Path) -> Story:
    """The seed's story."""
    return Story(shared / "transcripts")


async def test_the_seeds_story(story: Story) -> None:
    """Submit, list, watch, dismiss, and see that it is gone, over a socket."""
    with start(story) as server:
        async with ProcessesClient(server.url) as client:
            job = (await client.execute(PROCESS, {"seconds": 12}, mode="async")).job
            assert job is not None
            assert (job.status, job.process_id) == ("running", PROCESS)
            listed = {entry.job_id: entry async for entry in client.jobs()}
            assert listed[job.job_id].status == "running"
            assert "\ufffd" in listed[BROKEN_JOB].message
            assert len(listed) > 2
            first, second = await client.job(job.job_id), await client.job(job.job_id)
            assert (first.progress or 0) < (second.progress or 0) < 100
            with pytest.raises(errors.ResultNotReady):
                await client.results(job.job_id)
            dismissed = await client.dismiss(job.job_id)
            assert (dismissed.status, dismissed.removed) == ("dismissed", True)
            with pytest.raises(errors.NoSuchJob):
                await client.job(job.job_id)
            assert job.job_id not in [entry.job_id async for entry in client.jobs()]
    assert story.count("DELETE") == 1
    assert story.count("POST") == 1


async def test_the_story_can_be_told_twice(story: Story) -> None:
    """A second submission is another job."""
    client = connect(story)
    jobs = [(await client.execute(PROCESS, {})).job for _ in range(2)]
    ids = {job.job_id for job in jobs if isinstance(job, StatusInfo)}
    assert len(ids) == 2
    for job_id in ids:
        assert (await client.dismiss(job_id)).removed
    assert story.count("DELETE") == 2
