"""What real servers were seen to do, server by server, where no other test has it already."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from ogc_widgets import errors
from ogc_widgets.models import JobStatus
from tests.client.executing import EXECUTE, JOB_URL, STATUS, execute, reply
from tests.client.fakes import BASE, ONE_OUTPUT, PROCESS, InTurn, connect

JOB = "GET /jobs/j1"
RESULTS = "GET /jobs/j1/results"
PROCESSES = "GET /processes/buffer"


async def test_zoo_gives_no_progress_at_the_end() -> None:
    """``progress`` is there while a job runs, and vanishes; times have milliseconds."""
    running = {**STATUS, "progress": 95, "created": "2026-11-24T06:01:24.495Z"}
    client, _ = connect({JOB: InTurn(running, {"jobID": "j1", "status": "successful"})})
    assert (await client.job("j1")).progress == 95
    job = await client.job("j1")
    assert (job.status, job.progress, job.created) == ("successful", None, None)


async def test_zoo_writes_relations_with_http_and_https() -> None:
    """``results`` is found in each spelling, among links to logs."""
    for scheme in ("http", "https"):
        relation = f"{scheme}://www.opengis.net/def/rel/ogc/1.0/results"
        links = [
            {"rel": "related", "type": "text/plain", "href": f"{JOB_URL}/log"},
            {"rel": relation, "href": "http://inside/ogc-api/jobs/j1/results?x=1"},
        ]
        client, server = connect(
            {
                JOB: {"jobID": "j1", "status": "successful", "links": links},
                "GET /jobs/j1/results?x=1": {"area": 1},
            }
        )
        assert (await client.results("j1"))["area"].value == 1
        assert str(server.requests[-1].url).endswith("/jobs/j1/results?x=1")


async def test_zoo_tells_little_of_a_dismissed_job() -> None:
    """No type, no process, no time of its making; afterwards it is gone."""
    body = {"jobID": "j1", "id": "j1", "status": "dismissed", "message": "dismissed your service!"}
    link = {"rel": "parent", "href": f"{BASE}/jobs"}
    client, _ = connect({"DELETE /jobs/j1": {**body, "links": [link]}, JOB: httpx.Response(404)})
    job = await client.dismiss("j1")
    assert (job.status, job.removed, job.process_id) == (JobStatus.DISMISSED, True, "")
    assert job.message == "dismissed your service!"


@pytest.mark.parametrize(
    "content_type", ["application/json;charset=UTF-8", "application/json;encoding=utf-8", ""]
)
async def test_zoo_names_an_error_none(content_type: str) -> None:
    """A 500 whose title and type are ``None``; its detail is the reason."""
    body = {"title": "None", "type": "None", "detail": "synchronous mode is not allowed"}
    with pytest.raises(errors.ServerFault, match="synchronous mode") as caught:
        await execute(reply(500, body, content_type=content_type))
    assert "None" not in str(caught.value)


async def test_zoo_is_never_asked_for_what_it_fails_on() -> None:
    """No empty ``outputs``; always ``document``; no synchronous request where it cannot be."""
    process = {"id": "buffer", "jobControlOptions": ["async-execute", "dismiss"], "outputs": {}}
    client, server = connect({PROCESSES: process, EXECUTE: reply(201, STATUS)})
    await client.execute("buffer", {}, mode="sync")
    request = server.asked(EXECUTE)[0]
    assert json.loads(request.content) == {"inputs": {}, "response": "document"}
    assert request.headers["prefer"] == "respond-async"


async def test_zoo_writes_the_address_that_it_was_configured_with() -> None:
    """``Location`` on another host: only the id counts, and our host is asked."""
    client, server = connect(
        {PROCESSES: PROCESS, EXECUTE: reply(201, location="http://localhost/ogc-api/jobs/j1")}
        | {JOB: STATUS}
    )
    assert (await client.execute("buffer", {})).job is not None
    assert {request.url.host for request in server.requests} == {"server.test"}


async def test_zoo_answers_with_results_and_201() -> None:
    """``mode`` in the body gives 201 with the outputs and no address."""
    execution = await execute(reply(201, {"area": {"value": 1}, "shape": {"href": "/x"}}))
    assert execution.job is None
    assert execution.results is not None
    assert execution.results["area"].value == 1


async def test_zoo_says_none_for_a_title() -> None:
    """The word is nothing, so that the id is shown."""
    described = {**PROCESS, "outputs": {"a": {"title": "None", "description": "None"}}}
    client, _ = connect({PROCESSES: described})
    output = (await client.process("buffer")).outputs["a"]
    assert (output.title, output.description) == ("a", "")


async def test_pygeoapi_answers_at_once_and_makes_a_job() -> None:
    """A synchronous answer with the address of its job; the document is a list."""
    answer = reply(200, {"outputs": [{"id": "area", "value": 4}]}, location="/ogc-api/jobs/j1")
    execution = await execute(answer, mode="sync")
    assert execution.results is not None
    assert execution.results["area"].value == 4
    assert execution.job is not None
    assert execution.job.job_id == "j1"


async def test_pygeoapi_answers_one_output_without_its_name() -> None:
    """``{"id": …, "value": …}`` is the output of that id."""
    execution = await execute(reply(200, {"id": "shape", "value": "Hello"}), ONE_OUTPUT)
    assert execution.results is not None
    assert execution.results["shape"].value == "Hello"


async def test_pygeoapi_calls_json_html_and_sends_nulls() -> None:
    """A dismissal labelled ``text/html``; a status whose members are null."""
    told = reply(200, {"jobID": "j1", "status": "dismissed"}, content_type="text/html")
    status = {"jobID": "j1", "status": "accepted", "progress": 5, "finished": None}
    nulls = {"parameters": None, "message": None, "links": None, "processID": None}
    client, _ = connect({"DELETE /jobs/j1": told, JOB: InTurn({**status, **nulls}, reply(404))})
    job = await client.job("j1")
    assert (job.status, job.progress, job.finished, job.links) == ("accepted", 5, None, ())
    assert (job.message, job.process_id) == ("", "")
    assert (await client.dismiss("j1")).removed


async def test_pygeoapi_writes_times_without_a_zone_and_relations_with_queries() -> None:
    """Microseconds, UTC; hrefs with ``?f=json`` glued on."""
    landing = {
        "links": [
            {"rel": "processes", "href": f"{BASE}/processes?f=json"},
            {
                "rel": "http://www.opengis.net/def/rel/ogc/1.0/job-list",
                "href": f"{BASE}/jobs?f=json",
            },
        ]
    }
    job = {"jobID": "j1", "status": "running", "started": "2026-11-24T06:01:24.000495"}
    client, _ = connect({"GET /": landing, JOB: job, PROCESSES: PROCESS})
    assert (await client.job("j1")).started == datetime(2026, 11, 24, 6, 1, 24, 495, UTC)
    assert (await client.process("buffer")).id == "buffer"


async def test_pygeoapi_does_not_say_how_many_may_come() -> None:
    """``maxOccurs`` may be a word."""
    inputs = {"a": {"maxOccurs": "unbounded", "minOccurs": "0"}, "b": {"maxOccurs": "2"}}
    client, _ = connect({PROCESSES: {"id": "buffer", "inputs": inputs}})
    described = (await client.process("buffer")).inputs
    assert (described["a"].max_occurs, described["a"].min_occurs) == (None, 0)
    assert described["b"].max_occurs == 2


async def test_wraptile_says_neither_type_nor_progress_nor_links() -> None:
    """A status of three members is whole; its results before the end are forbidden."""
    status = {"jobID": "job_1", "status": "accepted", "processID": "buffer"}
    answer = reply(403, {"type": "x/result-not-ready", "title": "Not ready"})
    client, server = connect({"GET /jobs/job_1": status, "GET /jobs/job_1/results": answer})
    job = await client.job("job_1")
    assert (job.job_id, job.progress, job.links) == ("job_1", None, ())
    with pytest.raises(errors.ResultNotReady):
        await client.results("job_1")
    assert not server.asked("GET /jobs/job_1/results")


async def test_wraptile_links_everything_as_a_service() -> None:
    """Relations that say nothing, with templates for addresses: fixed paths are used."""
    links = [{"rel": "service", "href": f"{BASE}/jobs/{{jobId}}"}]
    client, _ = connect({"GET /": {"links": links}, JOB: STATUS})
    with pytest.warns(errors.MissingLink):
        assert (await client.job("j1")).job_id == "j1"


async def test_fastprocesses_describes_metadata_as_an_object_and_links_relatively() -> None:
    """Neither costs the description, the list or the job."""
    described = {**PROCESS, "metadata": {"a": 1}, "links": {"href": "/x"}, "keywords": None}
    failed = {**STATUS, "status": "failed", "finished": None, "progress": 0}
    client, _ = connect(
        {
            PROCESSES: described,
            "GET /jobs": {
                "jobs": [failed],
                "links": [{"rel": "next", "href": "/ogc-api/jobs?o=1"}],
            },
            "GET /jobs?o=1": {"jobs": []},
            JOB: failed,
            RESULTS: httpx.Response(500, json={"detail": "Job failed: no such file"}),
        }
    )
    assert (await client.process("buffer")).links == ()
    assert [job.status async for job in client.jobs()] == ["failed"]
    with pytest.raises(errors.JobFailed, match="no such file"):
        await client.results("j1")


@pytest.mark.parametrize(
    "body",
    [
        {"id": "j1", "processingEntityType": "ogc-api-processes", "status": "created"},
        {"jobID": "j1", "status": "STARTED", "processID": f"{BASE}/processes/buffer"},
    ],
)
async def test_the_next_version_of_the_standard_is_read(body: Any) -> None:
    """``id`` for ``jobID``, no ``type``, ``created``, and a process as an address."""
    job = (await execute(reply(201, body, location="/ogc-api/jobs/j1"))).job
    assert job is not None
    assert (job.job_id, job.process_id) == ("j1", "buffer")
    assert job.status in ("accepted", "running")
