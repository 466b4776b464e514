"""The job list, the results and the files of jobs."""

from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from ogc_widgets.demo.delivery import safe_file
from ogc_widgets.demo.service import Service
from ogc_widgets.demo.store import JobStore

EXCEPTIONS = "http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0/"
SHOUT = {"inputs": {"text": "a"}}


def _store(app: FastAPI) -> JobStore:
    service: Service = app.state.service
    return service.store


def _add(store: JobStore, process_id: str = "shout", status: str = "accepted") -> str:
    """A job that nobody runs, of the status that is wanted."""
    job = store.add(process_id, server_url="http://x", wishes={"outputs": {"loud": ""}})
    if status != "accepted":
        assert store.start(job.id)
    if status == "successful":
        assert store.succeed(job.id, {"loud": "A"})
    elif status in ("failed", "dismissed"):
        assert store.end(job.id, status, "It had to be.")
    return job.id


async def _ids(web: httpx.AsyncClient, query: str) -> list[str]:
    answer = await web.get(f"/jobs?{query}")
    assert answer.status_code == 200, answer.text
    return [job["jobID"] for job in answer.json()["jobs"]]


async def test_the_job_list_fits_its_schema_newest_first(
    app: FastAPI, web: httpx.AsyncClient, official: Any
) -> None:
    """Jobs of every status are listed, the newest first, each as a status of the standard."""
    statuses = ("accepted", "running", "successful", "failed", "dismissed")
    made = [_add(_store(app), status=status) for status in statuses]
    document = (await web.get("/jobs")).json()
    official("jobList", document)
    assert [job["jobID"] for job in document["jobs"]] == made[::-1]
    assert [job["status"] for job in document["jobs"]] == list(statuses[::-1])
    for job in document["jobs"]:
        for moment in ("created", "updated"):
            assert len(job[moment]) == len("2026-01-01T00:00:00.000Z")
            assert job[moment].endswith("Z")
        assert ("finished" in job) == (job["status"] in statuses[2:])


async def test_paging_walks_all_jobs_once_while_jobs_are_added(
    app: FastAPI, web: httpx.AsyncClient, official: Any
) -> None:
    """Jobs made meanwhile neither double nor hide those that were there."""
    store = _store(app)
    made = [_add(store) for _ in range(23)]
    href, seen = "/jobs?limit=5&status=accepted&status=running", []
    while href:
        page = (await web.get(href)).json()
        official("jobList", page)
        assert len(page["jobs"]) <= 5
        seen += [job["jobID"] for job in page["jobs"]]
        _add(store)
        href = {link["rel"]: link["href"] for link in page["links"]}.get("next", "")
    assert seen == made[::-1]


async def test_paging_goes_on_when_the_last_job_shown_is_removed(
    app: FastAPI, web: httpx.AsyncClient
) -> None:
    """The next page does not depend on the job that it begins after."""
    made = [_add(_store(app), status="failed") for _ in range(4)]
    page = (await web.get("/jobs?limit=2")).json()
    following = {link["rel"]: link["href"] for link in page["links"]}["next"]
    assert (await web.delete(f"/jobs/{made[2]}")).status_code == 200
    assert [job["jobID"] for job in (await web.get(following)).json()["jobs"]] == made[1::-1]


async def test_a_last_page_that_is_full_has_no_next(app: FastAPI, web: httpx.AsyncClient) -> None:
    """Exactly as many jobs as the limit allows are one page."""
    for _ in range(2):
        _add(_store(app))
    page = (await web.get("/jobs?limit=2")).json()
    assert "next" not in {link["rel"] for link in page["links"]}


async def test_the_list_is_filtered_by_process_and_status(
    app: FastAPI, web: httpx.AsyncClient
) -> None:
    """Repeated parameters and commas both name several values; filters are combined."""
    store = _store(app)
    waiting, failed = _add(store), _add(store, status="failed")
    other, done = _add(store, "many", "failed"), _add(store, "many", "successful")
    assert await _ids(web, "processID=many") == [done, other]
    assert await _ids(web, "processID=many,shout&status=failed") == [other, failed]
    assert await _ids(web, "processID=shout&processID=many&status=accepted") == [waiting]
    assert await _ids(web, "status=failed&status=successful") == [done, other, failed]
    assert await _ids(web, "status=failed,accepted") == [other, failed, waiting]
    assert await _ids(web, "type=process") == [done, other, failed, waiting]
    assert await _ids(web, "type=other") == []
    assert await _ids(web, "processID=none") == []


async def test_the_list_is_filtered_by_time(app: FastAPI, web: httpx.AsyncClient) -> None:
    """An instant, a closed and two half-open intervals choose by the time of creation."""
    job_id = _add(_store(app))
    job = _store(app).get(job_id)
    assert job is not None
    assert await _ids(web, f"datetime={job.created}") == [job_id]
    assert await _ids(web, f"datetime={job.created}/{job.created}") == [job_id]
    assert await _ids(web, "datetime=../2001-01-01T00:00:00Z") == []
    assert await _ids(web, "datetime=2001-01-01T00:00:00Z/..") == [job_id]
    assert await _ids(web, "datetime=2001-01-01T00:00:00Z/") == [job_id]
    day = job.created[:10]
    assert await _ids(web, f"datetime={day}") == [job_id]
    assert await _ids(web, f"datetime=../{day}") == [job_id]
    assert await _ids(web, "datetime=../..") == [job_id]
    assert await _ids(web, "datetime=2001-01-01T00:00:00%2B02:00/2001-01-02T00:00:00Z") == []


async def test_the_list_is_filtered_by_duration(app: FastAPI, web: httpx.AsyncClient) -> None:
    """Durations are seconds since the start; what has not started has none."""
    _add(_store(app))
    quick = _add(_store(app), status="successful")
    assert await _ids(web, "minDuration=0") == [quick]
    assert await _ids(web, "maxDuration=60") == [quick]
    assert await _ids(web, "minDuration=60") == []
    assert await _ids(web, "minDuration=0,5&maxDuration=60") == [quick]


@pytest.mark.parametrize(
    "query",
    [
        "status=done",
        "status=failed,done",
        "minDuration=long",
        "maxDuration=-1",
        "datetime=yesterday",
        "datetime=",
        "datetime=2026-01-02T00:00:00Z/2026-01-01T00:00:00Z",
        "datetime=a/b/c",
        "before=x",
    ],
)
async def test_a_wrong_filter_is_refused(web: httpx.AsyncClient, official: Any, query: str) -> None:
    """A filter that makes no sense is the 400 of the standard, not an empty list."""
    answer = await web.get(f"/jobs?{query}")
    assert answer.status_code == 400
    official("exception", answer.json())
    assert answer.json()["type"] == f"{EXCEPTIONS}invalid-query-parameter-value"


@pytest.mark.parametrize(
    ("status", "http_status", "kind"),
    [
        ("accepted", 404, EXCEPTIONS + "result-not-ready"),
        ("running", 404, EXCEPTIONS + "result-not-ready"),
        ("dismissed", 404, EXCEPTIONS + "result-not-available"),
        ("failed", 500, "about:blank"),
    ],
)
async def test_jobs_without_results_say_why(
    app: FastAPI, web: httpx.AsyncClient, status: str, http_status: int, kind: str
) -> None:
    """Results that are not there yet, or never will be, are exceptions of the standard."""
    job_id = _add(_store(app), status=status)
    for path in ("results", "results/loud"):
        answer = await web.get(f"/jobs/{job_id}/{path}")
        assert answer.status_code == http_status
        assert answer.json()["type"] == kind


async def test_one_output_is_given_raw(web: httpx.AsyncClient) -> None:
    """Each output of a job can be had alone; an unknown one is an exception of the standard."""
    await web.post("/processes/many/execution", json={"inputs": {}})
    job_id = (await web.get("/jobs")).json()["jobs"][0]["jobID"]
    table = await web.get(f"/jobs/{job_id}/results/table")
    assert table.text == "a,b\r\n1,2\r\n"
    assert table.headers["content-type"].startswith("text/csv")
    assert (await web.get(f"/jobs/{job_id}/results/picture")).content == b"\x89PNG"
    assert (await web.get(f"/jobs/{job_id}/results/place")).json() == {"type": "Point"}
    elsewhere = await web.get(f"/jobs/{job_id}/results/elsewhere")
    assert elsewhere.status_code == 303
    assert elsewhere.headers["location"] == "https://example.org/page"
    unknown = await web.get(f"/jobs/{job_id}/results/none")
    assert unknown.status_code == 404
    assert unknown.json()["type"] == f"{EXCEPTIONS}no-such-output"


async def test_results_may_be_chosen(web: httpx.AsyncClient, official: Any) -> None:
    """``outputs=a,b`` gives these alone; one that the job has not is refused."""
    await web.post("/processes/many/execution", json={"inputs": {}, "response": "document"})
    job_id = (await web.get("/jobs")).json()["jobs"][0]["jobID"]
    document = (await web.get(f"/jobs/{job_id}/results?outputs=number,table")).json()
    official("results", document)
    assert document.keys() == {"number", "table"}
    refused = await web.get(f"/jobs/{job_id}/results?outputs=number,none")
    assert refused.status_code == 400
    assert refused.json()["type"] == f"{EXCEPTIONS}no-such-output"


async def test_files_of_a_job_are_served_also_in_parts(web: httpx.AsyncClient) -> None:
    """A file has its media type, may not run anything, and can be had by Range."""
    await web.post("/processes/many/execution", json={"inputs": {}, "response": "document"})
    job_id = (await web.get("/jobs")).json()["jobs"][0]["jobID"]
    results = (await web.get(f"/jobs/{job_id}/results")).json()
    file = await web.get(results["place"]["href"])
    assert file.json() == {"type": "Point"}
    assert file.headers["content-type"] == "application/geo+json"
    assert "sandbox" in file.headers["content-security-policy"]
    head = await web.head(results["place"]["href"])
    assert head.headers["content-length"] == file.headers["content-length"]
    part = await web.get(results["place"]["href"], headers={"Range": "bytes=2-5"})
    assert part.status_code == 206
    assert part.text == "type"


@pytest.mark.parametrize(
    "name",
    [
        "..%2f..%2f..%2fjobs.sqlite",
        "%2e%2e/%2e%2e/jobs.sqlite",
        "%2e%2e%2f%2e%2e%2fjobs.sqlite",
        "/etc/passwd",
        "%2fetc%2fpasswd",
        "..%5c..%5cjobs.sqlite",
        "nul%00l",
        "%2e",
        "",
        "%2e%2e",
        "x" * 5000,
        "link",
    ],
)
async def test_hostile_names_reach_no_other_file(
    app: FastAPI, web: httpx.AsyncClient, name: str
) -> None:
    """A name that leaves the job's folder, also by a link in it, is not found."""
    await web.post("/processes/many/execution", json={"inputs": {}})
    job_id = (await web.get("/jobs")).json()["jobs"][0]["jobID"]
    folder: Path = app.state.service.runner.files(job_id)
    (folder / "link").symlink_to(folder.parent.parent / "jobs.sqlite")
    url = httpx.URL(f"http://127.0.0.1:8042/jobs/{job_id}/files/{name}")
    assert (await web.get(url)).status_code == 404


def test_a_safe_file_is_below_its_folder(tmp_path: Path) -> None:
    """Names of files in folders below are taken; folders and absent names are not."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b c.txt").write_text("x")
    assert safe_file(tmp_path, "a/b c.txt") == (tmp_path / "a" / "b c.txt").resolve()
    for name in ("a", "a/..", "none", "a/../../x", "\0", ""):
        assert safe_file(tmp_path, name) is None


async def test_links_in_results_follow_the_host_that_is_asked(web: httpx.AsyncClient) -> None:
    """The hrefs of a job that ran under one name of the server work under another."""
    await web.post("/processes/many/execution", json={"inputs": {}, "response": "document"})
    job_id = (await web.get("/jobs")).json()["jobs"][0]["jobID"]
    answer = await web.get(f"/jobs/{job_id}/results", headers={"Host": "localhost:8042"})
    assert answer.json()["place"]["href"].startswith("http://localhost:8042/jobs/")


async def test_a_finished_job_is_removed_with_all_it_left(
    app: FastAPI, web: httpx.AsyncClient, official: Any
) -> None:
    """DELETE of a finished job answers dismissed; then there is no such job, file or log."""
    await web.post("/processes/many/execution", json={"inputs": {}})
    job_id = (await web.get("/jobs")).json()["jobs"][0]["jobID"]
    answer = await web.delete(f"/jobs/{job_id}")
    assert answer.status_code == 200
    official("statusInfo", answer.json())
    assert answer.json()["status"] == "dismissed"
    gone = await web.get(f"/jobs/{job_id}")
    assert gone.status_code == 404
    assert gone.json()["type"] == f"{EXCEPTIONS}no-such-job"
    assert (await web.delete(f"/jobs/{job_id}")).status_code == 404
    assert not app.state.service.runner.files(job_id).exists()
    assert not list(app.state.service.runner.files(job_id).parents[1].glob(f"*/{job_id}*"))
