"""Execute responses that are jobs, errors, or lead elsewhere (rows 1-5 and 12-17 of the table)."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from ogc_widgets import errors
from tests.client.executing import EXECUTE, JOB_URL, STATUS, execute, reply
from tests.client.fakes import BASE, ONE_OUTPUT, PROCESS, connect


@pytest.mark.parametrize(
    "body",
    [STATUS, {"id": "j1", "status": "running"}, {"id": "j1", "jobID": "j1", "status": "RUNNING"}],
)
async def test_row_1_created_with_status_and_location(body: Any) -> None:
    """201 with a status: the id is the body's, in version 1 and in the draft of version 2."""
    execution = await execute(reply(201, body, location=f"{BASE}/jobs/other"))
    assert execution.results is None
    assert execution.job is not None
    assert (execution.job.job_id, execution.job.status) == ("j1", "running")
    assert execution.job.process_id == "buffer"


@pytest.mark.parametrize("body", [b"", b"null", b"<html><body>Created</body></html>"])
async def test_row_2_created_without_a_status_is_asked_for(body: bytes) -> None:
    """201 without a status document: the id is the Location's, and the status is read at once."""
    execution = await execute(reply(201, body, location=f"{JOB_URL}?f=json"))
    assert execution.job is not None
    assert (execution.job.job_id, execution.job.status) == ("j1", "running")


async def test_row_2_an_id_is_not_lost_when_its_status_cannot_be_read() -> None:
    """A job whose status fails right after its making is given as accepted."""
    client, _ = connect(
        {
            "GET /processes/buffer": PROCESS,
            EXECUTE: reply(201, location=JOB_URL),
            "GET /jobs/j1": httpx.Response(500),
        }
    )
    job = (await client.execute("buffer", {})).job
    assert job is not None
    assert (job.job_id, job.status) == ("j1", "accepted")


@pytest.mark.parametrize(
    "body",
    [
        {"jobID": "j1", "status": "accepted"},
        {"status": "accepted", "links": [{"rel": "monitor", "href": JOB_URL}]},
        {"status": "accepted", "links": [{"rel": "self", "href": "/jobs/j1"}]},
    ],
)
async def test_row_3_created_without_a_location(body: Any) -> None:
    """201 without Location: the id is in the body or in its links."""
    job = (await execute(reply(201, body))).job
    assert job is not None
    assert (job.job_id, job.status) == ("j1", "accepted")


@pytest.mark.parametrize("body", [STATUS, b""])
async def test_row_4_accepted(body: Any) -> None:
    """202 is read as 201."""
    job = (await execute(reply(202, body, location=JOB_URL))).job
    assert job is not None
    assert job.job_id == "j1"


async def test_row_5_ok_with_a_status() -> None:
    """200 with a status document is a job."""
    execution = await execute(reply(200, STATUS))
    assert execution.results is None
    assert execution.job is not None
    assert execution.job.job_id == "j1"


async def test_row_5_not_where_outputs_have_those_names() -> None:
    """200 with members that the process declares as outputs is results."""
    process = {**PROCESS, "outputs": {"id": {}, "status": {}}}
    execution = await execute(reply(200, {"id": "x", "status": "running"}), process)
    assert execution.job is None
    assert execution.results is not None
    assert execution.results["status"].value == "running"


@pytest.mark.parametrize("status", [302, 303])
async def test_row_12_elsewhere_is_a_link_and_not_fetched(status: int) -> None:
    """A redirect of an execution is the only output's link; nobody downloads it unasked."""
    answer = reply(status, location="http://files.test/a.tif")

    client, server = connect({"GET /processes/buffer": ONE_OUTPUT, EXECUTE: answer})
    results = (await client.execute("buffer", {})).results
    assert results is not None
    assert results["shape"].href == "http://files.test/a.tif"
    assert not server.asked("GET http://files.test/a.tif")


async def test_row_12_a_redirect_to_a_job_is_a_job() -> None:
    """303 to the address of a job."""
    job = (await execute(reply(303, location=JOB_URL))).job
    assert job is not None
    assert (job.job_id, job.status) == ("j1", "running")


async def test_row_12_a_redirect_to_a_login_page_is_said() -> None:
    """302 to a login page means that nobody is signed in."""
    with pytest.raises(errors.NotSignedIn):
        await execute(reply(302, location="https://idp.test/oauth2/auth?client=x"))


@pytest.mark.parametrize("status", [301, 307, 308])
async def test_row_12_a_request_is_not_sent_to_another_address(status: int) -> None:
    """A server that moved is named, and the POST is not repeated."""
    with pytest.raises(errors.UnreadableAnswer, match=r"https://new\.test/ogc-api"):
        await execute(reply(status, location="https://new.test/ogc-api/processes?key=secret"))


@pytest.mark.parametrize("headers", [{"location": JOB_URL}, {"link": f"<{JOB_URL}>; rel=monitor"}])
async def test_row_13_results_and_a_job(headers: dict[str, str]) -> None:
    """A synchronous answer that also names its job gives both."""
    execution = await execute(reply(200, {"area": 1}, **headers), mode="sync")
    assert execution.results is not None
    assert execution.results["area"].value == 1
    assert execution.job is not None
    assert (execution.job.job_id, execution.job.status) == ("j1", "successful")


async def test_row_14_results_though_a_job_was_asked_for() -> None:
    """The server may answer at once."""
    assert (await execute(reply(200, {"area": 1}), mode="async")).results is not None


async def test_row_15_a_job_though_results_were_asked_for() -> None:
    """The server may make a job."""
    assert (await execute(reply(201, STATUS), mode="sync")).job is not None


async def test_row_16_an_error() -> None:
    """The reason of a refusal is in the error."""
    body = {"type": "x/InvalidParameterValue", "title": "Bad", "detail": "distance is no number"}
    with pytest.raises(errors.BadRequest, match="distance is no number") as caught:
        await execute(reply(400, body, content_type="application/problem+json"))
    assert caught.value.status == 400
    assert json.loads(caught.value.raw or "") == body


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (404, errors.NoSuchProcess),
        (406, errors.NotAcceptable),
        (415, errors.UnsupportedMediaType),
        (422, errors.BadRequest),
        (423, errors.HttpError),
        (429, errors.TooManyRequests),
        (503, errors.ServerFault),
    ],
)
async def test_row_17_refusals_are_told_apart_and_never_sent_again(
    status: int, kind: type[errors.HttpError]
) -> None:
    """A POST is sent once, whatever the answer."""
    answer = reply(status, retry_after="1")
    client, server = connect({"GET /processes/buffer": PROCESS, EXECUTE: answer})
    with pytest.raises(kind):
        await client.execute("buffer", {})
    assert len(server.asked(EXECUTE)) == 1


@pytest.mark.parametrize("headers", [{}, {"location": "/ogc-api/jobs/"}, {"location": "http://["}])
async def test_created_without_any_id_is_an_error(headers: dict[str, str]) -> None:
    """A job that nobody can name is said, with what to look at."""
    with pytest.raises(errors.MissingJobId, match="job list"):
        await execute(reply(201, {"status": "accepted"}, **headers))


async def test_a_status_that_looks_like_an_error_is_none() -> None:
    """``type`` and ``title`` are members of a status as well; its ``status`` is a word."""
    body = {"type": "process", "status": "accepted", "title": "Buffer"}
    job = (await execute(reply(201, body, location=JOB_URL))).job
    assert job is not None
    assert (job.job_id, job.status, job.title) == ("j1", "accepted", "Buffer")


async def test_created_with_results_is_results() -> None:
    """201 with outputs and no id is a synchronous answer."""
    assert (await execute(reply(201, {"area": 1}))).results is not None


async def test_created_with_an_exception_is_an_error() -> None:
    """201 with Location and the document of an error: the job is not there."""
    body = {"title": "NoSuchJob", "type": "http://x/no-such-job", "detail": "no table"}
    with pytest.raises(errors.NoSuchJob, match="no table"):
        await execute(reply(201, body, location=JOB_URL))


async def test_ok_with_an_exception_is_a_failed_job() -> None:
    """200 with the document of an error is a failed execution."""
    body = {"title": "NoApplicableCode", "type": "NoApplicableCode", "detail": "disk full"}
    with pytest.raises(errors.JobFailed, match="disk full"):
        await execute(reply(200, body))
