"""Where the resources are: links first, the standard's paths where there are none."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import httpx
import pytest

from ogc_widgets import errors
from tests.client.fakes import BASE, FakeServer, connect, make_client

RUNNING = {"jobID": "j1", "status": "running"}


def landing(**hrefs: str) -> dict[str, Any]:
    """A landing page with a link for each relation (``_`` for ``-``)."""
    return {"links": [{"rel": r.replace("_", "-"), "href": href} for r, href in hrefs.items()]}


@pytest.mark.parametrize(
    "relation",
    [
        "job-list",
        "http://www.opengis.net/def/rel/ogc/1.0/job-list",
        "https://www.opengis.net/def/rel/ogc/1.0/job-list",
        "[ogc-rel:job-list]",
    ],
)
@pytest.mark.parametrize(
    "href", [f"{BASE}/queue/jobs", "queue/jobs", "http://inside/ogc-api/queue/jobs?f=json"]
)
async def test_a_resource_is_where_its_link_says(relation: str, href: str) -> None:
    """In any spelling of the relation, absolute, relative, and on the inside host."""
    page = {"links": [{"rel": relation, "href": href, "type": "application/json"}]}
    client, server = connect({"GET /": page, "GET /queue/jobs/j1": RUNNING})
    assert (await client.job("j1")).status == "running"
    assert server.requests[-1].url.host == "server.test"


@pytest.mark.parametrize(
    "page",
    [
        {"links": []},
        {"title": "no links"},
        {"links": [{"rel": "job-list"}, 7, None]},
        landing(job_list="http://elsewhere.test/jobs"),
        landing(service=f"{BASE}/jobs/{{jobId}}"),
        httpx.Response(500),
        httpx.Response(400, content=b"<?xml version='1.0'?><ows/>"),
        b"<html>Welcome</html>",
        b"[]",
    ],
)
async def test_a_fixed_path_is_used_with_a_warning(page: Any) -> None:
    """No link, a link elsewhere, no landing page at all."""
    client, server = connect({"GET /": page, "GET /jobs/j1": RUNNING})
    with pytest.warns(errors.MissingLink):
        assert (await client.job("j1")).status == "running"
    # A second warning would fail the test.
    await client.job("j1")
    assert len(server.asked("GET /")) == 1


async def test_strict_makes_a_missing_link_an_error() -> None:
    """``strict=True``: nothing is guessed."""
    client, _ = connect({"GET /": {"links": []}, "GET /jobs/j1": RUNNING}, strict=True)
    with pytest.raises(errors.UnreadableAnswer, match="/jobs"):
        await client.job("j1")


async def test_a_landing_page_that_cannot_be_reached_is_asked_again_later() -> None:
    """A dead server is said by the request itself; alive again, its links are read."""
    client, server = connect({"GET /": httpx.ConnectError("x"), "GET /jobs/j1": RUNNING})
    assert (await client.job("j1")).status == "running"
    server.routes["GET /"] = landing(job_list=f"{BASE}/queue")
    server.routes["GET /queue/j1"] = {**RUNNING, "status": "failed"}
    assert (await client.job("j1")).status == "failed"


async def test_a_page_for_people_is_not_the_resource() -> None:
    """Of two links the JSON one; an HTML one alone is not used."""
    page = {"links": [{"rel": "job-list", "href": f"{BASE}/jobs.html", "type": "text/html"}]}
    client, _ = connect({"GET /": page, "GET /jobs/j1": RUNNING})
    with pytest.warns(errors.MissingLink):
        assert (await client.job("j1")).status == "running"


async def test_landing_page_conformance_and_api() -> None:
    """The three documents about the server."""
    client, _ = connect(
        {
            "GET /conformance": ["http://www.opengis.net/spec/ogcapi-processes-1/1.0/conf/dismiss"],
            "GET /api": {"openapi": "3.0.3"},
        }
    )
    assert (await client.landing_page()).links
    assert (await client.conformance()).declares("dismiss")
    assert (await client.api_definition())["openapi"] == "3.0.3"


async def test_the_root_of_a_host_is_a_base_too() -> None:
    """There, an href on another host is ours only below the standard's paths."""
    server = FakeServer(
        {
            "GET /": landing(job_list="http://inside/jobs", conformance="http://other.test/other"),
            "GET /jobs/j1": RUNNING,
            "GET /conformance": {"conformsTo": []},
        },
        "http://server.test",
    )
    client = make_client(server, "http://server.test/")
    assert (await client.job("j1")).status == "running"
    with pytest.warns(errors.MissingLink):
        await client.conformance()


def test_the_client_costs_the_client_only() -> None:
    """Importing it loads httpx, the models and the errors, and no pydantic, Jupyter or server."""
    code = (
        "import sys, ogc_widgets.client\n"
        "ours = {n.split('.')[1] for n in sys.modules if n.startswith('ogc_widgets.')}\n"
        "others = {n.split('.')[0] for n in sys.modules}\n"
        "print(sorted(ours), sorted(others & {'pydantic', 'anywidget', 'ipywidgets', 'traitlets',"
        " 'fastapi', 'jsonschema', 'numpy', 'IPython'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['client', 'errors', 'models'] []"
