"""A job's status, its results, and its dismissal."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from ogc_widgets import errors
from tests.client.fakes import BASE, ONE_OUTPUT, PROCESS, InTurn, connect

STATUS, RESULTS, DELETE = "GET /jobs/j1", "GET /jobs/j1/results", "DELETE /jobs/j1"


def job(status: str, **members: Any) -> dict[str, Any]:
    """What a server says of job j1."""
    return {"jobID": "j1", "status": status, "processID": "buffer"} | members


GONE = httpx.Response(404, json={"type": "x/no-such-job", "detail": "no job"})
NO_METHOD = httpx.Response(405, json={"detail": "Method Not Allowed"})


@pytest.mark.parametrize("document", [{"status": "running"}, {"jobID": None, "status": "running"}])
async def test_a_status_without_an_id_is_of_the_job_that_was_asked(document: Any) -> None:
    """We know whom we asked about."""
    client, _ = connect({STATUS: document})
    assert (await client.job("j1")).job_id == "j1"


@pytest.mark.parametrize("job_id", ["a/b", "ä ö", "a?b#c", "..", "%2e"])
async def test_any_id_is_quoted(job_id: str) -> None:
    """An id is one segment of a path, whatever is in it."""
    client, server = connect({})
    with pytest.raises(errors.NoSuchJob):
        await client.job(job_id)
    path = server.requests[-1].url.raw_path.decode()
    assert path.startswith("/ogc-api/jobs/")
    assert path.count("/") == 3


async def test_an_empty_id_is_never_asked_about() -> None:
    """DELETE on the list's own address could remove every job."""
    client, server = connect({})
    for call in (client.job(""), client.dismiss(""), client.results("")):
        with pytest.raises(errors.NoSuchJob):
            await call
    with pytest.raises(errors.NoSuchProcess):
        await client.process("")
    assert not server.requests


async def test_results_of_a_successful_job() -> None:
    """Outputs by id, by the description's names."""
    client, _ = connect(
        {STATUS: job("successful"), "GET /processes/buffer": PROCESS, RESULTS: {"area": 1}}
    )
    assert (await client.results("j1"))["area"].value == 1


async def test_results_are_read_where_the_job_links_to_them() -> None:
    """A results link below the job, on the inside host, with a query."""
    href = "http://inside/ogc-api/jobs/j1/results?f=json"
    links = [{"rel": "http://www.opengis.net/def/rel/ogc/1.0/results", "href": href}]
    client, server = connect(
        {
            STATUS: job("successful", links=links),
            "GET /processes/buffer": PROCESS,
            RESULTS: {"area": 1},
        }
    )
    await client.results("j1")
    assert server.asked(RESULTS)[0].url.query == b"f=json"


async def test_results_behind_a_redirect_out_of_the_api() -> None:
    """ZOO-Project keeps them in a folder of its own, with two slashes."""
    target = "http://server.test/temp//j1.json"
    client, _ = connect(
        {
            STATUS: job("successful"),
            "GET /processes/buffer": ONE_OUTPUT,
            RESULTS: httpx.Response(302, headers={"location": target}, content=b"<html>"),
            f"GET {target}": {"shape": {"value": {"type": "Point"}}},
        }
    )
    assert (await client.results("j1"))["shape"].value == {"type": "Point"}


async def test_results_without_a_description() -> None:
    """A process that was undeployed meanwhile does not cost the results."""
    client, _ = connect({STATUS: job("successful"), RESULTS: {"area": {"value": 1}}})
    assert (await client.results("j1"))["area"].value == 1


@pytest.mark.parametrize("status", ["accepted", "running", "queued"])
async def test_a_job_that_runs_has_no_results(status: str) -> None:
    """It is said by the job's status; the results are not asked for."""
    client, server = connect({STATUS: job(status)})
    with pytest.raises(errors.ResultNotReady):
        await client.results("j1")
    assert not server.asked(RESULTS)


async def test_a_dismissed_job_has_no_results() -> None:
    """Nor one that is gone."""
    client, _ = connect({STATUS: InTurn(job("dismissed"), GONE)})
    with pytest.raises(errors.JobDismissed):
        await client.results("j1")
    with pytest.raises(errors.NoSuchJob):
        await client.results("j1")


@pytest.mark.parametrize("code", [200, 400, 403, 404, 500])
async def test_a_failed_jobs_reason_is_in_its_results(code: int) -> None:
    """Whatever the HTTP code, the status decides; a stale message is not the reason."""
    body = {"title": "NoApplicableCode", "type": "NoApplicableCode", "detail": "disk full"}
    status = job("failed", message="ZOO-Kernel accepted to run your service!")
    client, _ = connect({STATUS: status, RESULTS: httpx.Response(code, json=body)})
    with pytest.raises(errors.JobFailed) as caught:
        await client.results("j1")
    assert "disk full" in caught.value.detail
    assert "accepted" not in caught.value.detail
    assert caught.value.job_id == "j1"


async def test_a_failed_jobs_reason_may_be_only_its_message() -> None:
    """Results that cannot be read leave the message."""
    status = job("failed", message="Woke up too early")
    client, _ = connect({STATUS: status, RESULTS: httpx.ReadTimeout("x")})
    with pytest.raises(errors.JobFailed, match="Woke up too early"):
        await client.results("j1")


async def test_a_job_that_left_nothing() -> None:
    """404 for the results of a job that ended well."""
    client, _ = connect(
        {
            STATUS: job("successful"),
            "GET /processes/buffer": PROCESS,
            RESULTS: httpx.Response(404, json={"title": "x"}),
        }
    )
    with pytest.raises(errors.ResultNotAvailable):
        await client.results("j1")


@pytest.mark.parametrize("answer", [200, 202, 204])
async def test_dismissing_reads_the_status_again(answer: int) -> None:
    """One DELETE; what the server says afterwards is what counts."""
    client, server = connect(
        {DELETE: httpx.Response(answer), STATUS: job("dismissed", message="stopped")}
    )
    after = await client.dismiss("j1")
    assert (after.status, after.message, after.removed) == ("dismissed", "stopped", False)
    assert len(server.asked(DELETE)) == 1


@pytest.mark.parametrize("code", [404, 410])
async def test_a_job_that_is_gone_after_our_delete_was_dismissed(code: int) -> None:
    """``removed`` tells it from one that is still listed; what was said of it stays."""
    told = httpx.Response(
        200, json=job("dismissed", message="bye"), headers={"content-type": "text/html"}
    )
    client, _ = connect({DELETE: told, STATUS: httpx.Response(code)})
    after = await client.dismiss("j1")
    assert (after.job_id, after.status, after.removed) == ("j1", "dismissed", True)
    assert after.message == "bye"


async def test_a_job_that_still_runs_after_our_delete_is_told_so() -> None:
    """Servers that only ask the work to stop."""
    client, _ = connect({DELETE: httpx.Response(202), STATUS: job("running")})
    assert (await client.dismiss("j1")).status == "running"


async def test_a_new_job_of_the_same_id_is_not_ours() -> None:
    """Some servers give a free id away at once."""
    client, _ = connect(
        {
            DELETE: job("dismissed", created="2026-01-01T00:00:00Z"),
            STATUS: job("running", created="2026-01-01T00:00:09Z"),
        }
    )
    assert (await client.dismiss("j1")).removed


async def test_dismissing_a_job_that_nobody_knows() -> None:
    """404 to the DELETE itself."""
    client, _ = connect({DELETE: GONE})
    with pytest.raises(errors.NoSuchJob, match="no job"):
        await client.dismiss("j1")


@pytest.mark.parametrize("code", [405, 501])
async def test_a_server_that_cannot_dismiss(code: int) -> None:
    """It is said in words."""
    client, _ = connect({DELETE: httpx.Response(code), STATUS: job("running")})
    with pytest.raises(errors.NotSupported, match="cannot dismiss"):
        await client.dismiss("j1")


@pytest.mark.parametrize("after", [GONE, job("dismissed")])
async def test_a_server_that_fails_and_dismisses_all_the_same(after: Any) -> None:
    """500 to the DELETE, and the job is gone: what counts is the job."""
    client, _ = connect({DELETE: httpx.Response(500), STATUS: after})
    assert (await client.dismiss("j1")).status == "dismissed"


async def test_a_server_that_fails_to_dismiss() -> None:
    """500, and the job runs on."""
    client, server = connect({DELETE: httpx.Response(500, text="oops"), STATUS: job("running")})
    with pytest.raises(errors.ServerFault, match="oops"):
        await client.dismiss("j1")
    assert len(server.asked(DELETE)) == 1


@pytest.mark.parametrize(
    ("location", "kind"),
    [
        ("https://new.test/jobs/j1", errors.UnreadableAnswer),
        ("https://idp.test/login", errors.NotSignedIn),
    ],
)
async def test_a_redirected_delete_is_no_dismissal(
    location: str, kind: type[errors.OgcError]
) -> None:
    """Nothing was dismissed, and nothing is sent elsewhere."""
    client, server = connect({DELETE: httpx.Response(302, headers={"location": location})})
    with pytest.raises(kind):
        await client.dismiss("j1")
    assert {request.url.host for request in server.requests} == {"server.test"}


UNKNOWN = [httpx.ReadError("x"), httpx.ReadTimeout("x"), httpx.Response(504)]


@pytest.mark.parametrize("failure", UNKNOWN)
@pytest.mark.parametrize(("after", "removed"), [(GONE, True), (job("dismissed"), False)])
async def test_a_lost_answer_is_made_up_for_by_reading(
    failure: Any, after: Any, removed: bool
) -> None:
    """The DELETE is never repeated: on some servers a second one removes the job."""
    client, server = connect({DELETE: failure, STATUS: after})
    found = await client.dismiss("j1")
    assert (found.status, found.removed) == ("dismissed", removed)
    assert len(server.asked(DELETE)) == 1


@pytest.mark.parametrize("failure", UNKNOWN)
@pytest.mark.parametrize("after", [job("running"), httpx.ReadTimeout("x")])
async def test_a_lost_answer_of_a_job_that_runs_is_unknown(failure: Any, after: Any) -> None:
    """It is said that nobody knows, and what to look at."""
    client, server = connect({DELETE: failure, STATUS: after})
    with pytest.raises(errors.OutcomeUnknown, match="status"):
        await client.dismiss("j1")
    assert len(server.asked(DELETE)) == 1


async def test_a_status_that_cannot_be_read_afterwards_leaves_what_was_told() -> None:
    """The DELETE's own answer says dismissed."""
    client, _ = connect({DELETE: job("dismissed"), STATUS: httpx.Response(500)})
    assert (await client.dismiss("j1")).status == "dismissed"


async def test_a_delete_that_was_not_sent() -> None:
    """Nothing happened."""
    client, _ = connect({DELETE: httpx.ConnectError("x"), STATUS: job("running")})
    with pytest.raises(errors.ConnectionFailed):
        await client.dismiss("j1")


async def test_the_url_is_normalised() -> None:
    """With and without a slash; the landing page has one (some servers need it)."""
    for url in (BASE, f"{BASE}/", f" {BASE}// "):
        client, server = connect({})
        client = type(client)(url, transport=httpx.MockTransport(server))
        assert client.url == BASE
        await client.landing_page()
        assert server.requests[-1].url.path == "/ogc-api/"
