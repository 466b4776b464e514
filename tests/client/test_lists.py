"""Lists: every page once, every entry kept, whatever the server makes of them."""

from __future__ import annotations

import warnings
from typing import Any

import httpx
import pytest

from ogc_widgets import errors
from ogc_widgets.client import ProcessesClient
from ogc_widgets.models import StatusInfo
from tests.client.fakes import BASE, connect

JOBS = f"{BASE}/jobs"


def job(identifier: str, status: str = "running", process: str = "buffer") -> dict[str, Any]:
    """An entry of the job list."""
    return {"jobID": identifier, "status": status, "processID": process}


def page(*entries: Any, following: str | None = None) -> dict[str, Any]:
    """A page of the job list with its link to the next."""
    links = [] if following is None else [{"rel": "next", "href": following}]
    return {"jobs": list(entries), "links": links}


async def ids(client: ProcessesClient, **options: Any) -> list[str]:
    """The ids of the jobs that a client lists."""
    return [job.job_id async for job in client.jobs(**options)]


@pytest.mark.parametrize(
    "following",
    [
        f"{JOBS}?page=2",
        "?page=2",
        "/ogc-api/jobs?page=2",
        "http://inside:8080/ogc-api/jobs?page=2",
        "https://server.test/ogc-api/jobs?page=2",
        "//elsewhere.test/ogc-api/jobs?page=2",
    ],
)
async def test_next_is_followed_on_our_host(following: str) -> None:
    """Absolute, relative, or with the name of the server's inside."""
    client, server = connect(
        {"GET /jobs?page=2": page(job("b")), "GET /jobs": page(job("a"), following=following)}
    )
    assert await ids(client) == ["a", "b"]
    assert {request.url.host for request in server.requests} == {"server.test"}


async def test_next_in_a_header_is_followed() -> None:
    """A ``Link`` header does as well."""
    first = httpx.Response(200, json=[job("a")], headers={"link": f'<{JOBS}?page=2>; rel="next"'})
    client, _ = connect({"GET /jobs?page=2": [job("b")], "GET /jobs": first})
    assert await ids(client) == ["a", "b"]


async def test_next_on_another_host_is_not_followed() -> None:
    """The list ends there, with a warning."""
    following = "http://evil.test/steal?page=2"
    client, server = connect({"GET /jobs": page(job("a"), following=following)})
    with pytest.warns(errors.OgcWarning, match="another host"):
        assert await ids(client) == ["a"]
    assert {request.url.host for request in server.requests} == {"server.test"}


async def test_strict_makes_that_an_error() -> None:
    """``strict=True``: a deviation is an UnreadableAnswer."""
    following = "http://evil.test/steal?page=2"
    client, _ = connect({"GET /jobs": page(job("a"), following=following)}, strict=True)
    with pytest.raises(errors.UnreadableAnswer, match="another host"):
        await ids(client)


@pytest.mark.parametrize("following", [f"{JOBS}?page=2", JOBS, "?page=1", "http://[", ""])
async def test_cycles_and_broken_links_end_the_list(following: str) -> None:
    """Each address is read once."""
    client, server = connect(
        {
            "GET /jobs?page=2": page(job("b"), following=f"{JOBS}?page=1"),
            "GET /jobs?page=1": page(job("a"), following=following),
            "GET /jobs": page(job("a"), following=f"{JOBS}?page=1"),
        }
    )
    if following == "http://[":
        client, server = connect({"GET /jobs": page(job("a"), following=following)})
        with pytest.warns(errors.OgcWarning):
            assert await ids(client) == ["a"]
        return
    assert (await ids(client))[0] == "a"
    assert len(server.requests) <= 4


async def test_an_endless_list_of_the_same_page_ends() -> None:
    """A server that ignores its own offset sends the same jobs for ever."""
    count = iter(range(2, 100))
    client, server = connect(
        {
            "GET /jobs": lambda _: httpx.Response(
                200, json=page(job("a"), following=f"?p={next(count)}")
            )
        }
    )
    assert await ids(client) == ["a"]
    assert len(server.asked("GET /jobs")) == 2


async def test_an_empty_page_ends_the_list() -> None:
    """Also where it has a next link."""
    client, server = connect({"GET /jobs": page(following=f"{JOBS}?page=2")})
    assert await ids(client) == []
    assert len(server.asked("GET /jobs")) == 1


async def test_a_job_on_two_pages_comes_once() -> None:
    """Jobs move between pages while one reads."""
    client, _ = connect(
        {
            "GET /jobs?page=2": page(job("b"), job("c")),
            "GET /jobs": page(job("a"), job("b"), following="?page=2"),
        }
    )
    assert await ids(client) == ["a", "b", "c"]
    assert [[j.job_id for j in got] async for got in client.job_pages()] == [["a", "b"], ["c"]]


async def test_a_limit_ends_the_list_and_is_told_to_the_server() -> None:
    """No more jobs and no more pages than asked for."""
    client, server = connect({"GET /jobs": page(job("a"), job("b"), following="?page=2")})
    assert await ids(client, limit=1) == ["a"]
    assert server.asked("GET /jobs")[0].url.params["limit"] == "1"
    assert len(server.asked("GET /jobs")) == 1


async def test_filters_are_asked_for_and_applied_here_as_well() -> None:
    """Servers ignore them; a job that does not name its process is kept."""
    unnamed = {"jobID": "n", "status": "failed"}
    client, server = connect(
        {"GET /jobs": page(job("a", "failed"), job("b"), job("c", "failed", "other"), unnamed)}
    )
    assert await ids(client, status=["failed", "successful"], process_id="buffer") == ["a", "n"]
    query = server.asked("GET /jobs")[0].url.params
    assert query.get_list("status") == ["failed", "successful"]
    assert query.get_list("processID") == ["buffer"]


async def test_a_refused_query_is_left_out() -> None:
    """A server that takes no parameters still has a list."""

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(422) if request.url.query else httpx.Response(200, json=[job("a")])

    client, _ = connect({"GET /jobs": answer})
    assert await ids(client) == ["a"]


@pytest.mark.parametrize(
    "document",
    [
        [job("a")],
        {"jobs": [job("a")]},
        {"jobs": {"a": {"status": "running"}}},
        b'\xef\xbb\xbf{"jobs": [{"jobID": "a"}]}',
        b'Content-type: application/json\r\n\r\n{"jobs": [{"jobID": "a"}]}',
        b'{"jobs": [{"jobID": "a"}]}\nStatus: 201 Created\n\n{"id": "x"}',
        b'{"jobs": [{"id": "a", "message": "tab\tand \x01"}]}',
        b'{"jobs": [{"jobID": "a", "progress": NaN}]}',
        httpx.Response(
            200, content=b'{"jobs": [{"jobID": "a"}]}', headers={"content-type": "text/html"}
        ),
    ],
)
async def test_a_list_is_read_by_its_content(document: Any) -> None:
    """Bare arrays, maps, marks and lines before, rubbish behind, the wrong type."""
    client, _ = connect({"GET /jobs": document})
    assert await ids(client) == ["a"]


async def test_bytes_that_are_no_utf8_cost_one_message_and_not_the_list() -> None:
    """What ZOO-Project sends for a message that was never set."""
    content = b'{"jobs": [{"jobID": "a", "message": "@\xa58\xa0..V"}, {"jobID": "b"}]}'
    client, _ = connect({"GET /jobs": content})
    jobs = [job async for job in client.jobs()]
    assert [job.job_id for job in jobs] == ["a", "b"]
    assert jobs[0].message == "@\ufffd8\ufffd..V"


@pytest.mark.parametrize(
    "message", [b'a "quote" inside', b"one\\", b'", "x": {', b'}], "links": [{"a": 1}, {"b": "']
)
async def test_an_entry_of_broken_json_costs_itself_only(message: bytes) -> None:
    """A message that is not escaped: the other jobs are whole, of this one the id is known."""
    content = (
        b'{"jobs": [{"jobID": "a", "status": "failed", "links": [{"href": "x"}]}, '
        b'{"jobID": "b", "message": "' + message + b'", "links": []}, '
        b'{"jobID": "c", "status": "running"}], "links": []}'
    )
    client, _ = connect({"GET /jobs": content})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", errors.UnreadableEntry)
        found = {job.job_id: job async for job in client.jobs()}
    assert found["a"].status == "failed"
    assert found["c"].status == "running"


async def test_bad_entries_are_kept_with_a_warning() -> None:
    """Ids, nothing, numbers, objects without an id: a StatusInfo each."""
    entries = ["only-id", None, 5, [], {"status": "running"}, job("good")]
    client, _ = connect({"GET /jobs": page(*entries)})
    with pytest.warns(errors.UnreadableEntry) as warned:
        jobs = [job async for job in client.jobs()]
    assert len(jobs) == len(entries)
    assert all(isinstance(job, StatusInfo) for job in jobs)
    assert [job.job_id for job in jobs] == ["only-id", "", "5", "", "", "good"]
    assert len(warned) == 5


async def test_bad_entries_are_errors_when_strict() -> None:
    """``strict=True`` raises for the first of them."""
    client, _ = connect({"GET /jobs": page("only-id")}, strict=True)
    with pytest.raises(errors.UnreadableAnswer, match="incomplete"):
        await ids(client)


async def test_an_id_is_taken_from_a_link() -> None:
    """An entry without an id, but with a monitor link, is whole."""
    entry = {"status": "running", "links": [{"rel": "monitor", "href": f"{JOBS}/a%20b?f=json"}]}
    client, _ = connect({"GET /jobs": page(entry)})
    assert await ids(client) == ["a b"]


@pytest.mark.parametrize("document", [{"detail": "x"}, {"jobs": 5}, 7, "text"])
async def test_what_is_no_list_is_said(document: Any) -> None:
    """An UnreadableAnswer, and no empty list."""
    client, _ = connect({"GET /jobs": document})
    with pytest.raises(errors.UnreadableAnswer):
        await ids(client)


async def test_processes_are_listed_in_the_same_way() -> None:
    """Pages, ids only, and the limit."""
    client, _ = connect(
        {
            "GET /processes?page=2": {"processes": ["c", {"id": "a"}]},
            "GET /processes": {
                "processes": [{"id": "a", "version": 1}, {"id": "b"}],
                "links": [{"rel": "next", "href": "?page=2"}],
            },
        }
    )
    with pytest.warns(errors.UnreadableEntry):
        assert [process.id async for process in client.processes()] == ["a", "b", "c"]
    assert [process.id async for process in client.processes(limit=2)] == ["a", "b"]


async def test_a_list_that_ends_early_leaves_nothing_open() -> None:
    """Breaking out of a list is no error."""
    client, server = connect({"GET /jobs": page(job("a"), job("b"), following="?page=2")})
    async for found in client.jobs():
        assert found.job_id == "a"
        break
    assert len(server.asked("GET /jobs")) == 1
