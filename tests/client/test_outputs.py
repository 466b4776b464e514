"""Outputs are read, each by itself, by the client that brought them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from ogc_widgets import errors
from ogc_widgets.client import BearerAuth
from ogc_widgets.models import OutputValue
from tests.client.executing import EXECUTE, reply
from tests.client.fakes import PROCESS, connect, make_client

FILE = "http://files.test/a.tif"
GET = f"GET {FILE}"
CONTENT = b"\x00\x01\xff"


async def test_outputs_of_executions_and_jobs_can_be_read() -> None:
    """Values as they are, links through the client that brought them."""
    document = {"area": 3, "shape": {"href": FILE, "type": "image/tiff"}}
    client, _ = connect(
        {
            "GET /processes/buffer": PROCESS,
            EXECUTE: reply(200, document),
            "GET /jobs/j1": {"jobID": "j1", "status": "successful", "processID": "buffer"},
            "GET /jobs/j1/results": document,
            GET: reply(200, CONTENT, content_type="image/tiff"),
        }
    )
    for results in (await client.results("j1"), (await client.execute("buffer", {})).results):
        assert results is not None
        assert await results["area"].read() == 3
        assert await results["shape"].read() == CONTENT


@pytest.mark.parametrize(
    ("told", "expected", "content", "value"),
    [
        ("application/json", None, b'{"a": 1}', {"a": 1}),
        ("application/geo+json", None, b'{"type": "Feature"}', {"type": "Feature"}),
        ("text/csv; charset=utf-8", None, b"a,b", "a,b"),
        ("image/png", None, b"\x89PNG", b"\x89PNG"),
        ("", "application/json", b"[1]", [1]),
        ("application/octet-stream", "text/plain", b"words", "words"),
        ("binary/octet-stream", "application/geo+json", b"{}", {}),
        ("", None, b"[1]", b"[1]"),
    ],
)
async def test_a_link_is_read_by_media_type(
    told: str, expected: str | None, content: bytes, value: Any
) -> None:
    """The file server's type, and the output's own where that one says nothing."""
    headers = {"content_type": told} if told else {}
    client, _ = connect({GET: reply(200, content, **headers)})
    output = OutputValue(None, FILE, expected, source=client._fetching)
    assert await output.read() == value


@pytest.mark.parametrize("act", ["read", "save"])
async def test_credentials_go_to_the_own_origin_only(act: str, tmp_path: Path) -> None:
    """Not to a link elsewhere, nor to where a link of ours leads."""
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        if request.url.path == "/moved":
            return httpx.Response(302, headers={"location": FILE})
        return httpx.Response(200, content=b"abc")

    client = make_client(answer, auth=BearerAuth("s3cr3t"), headers={"X-Key": "s3cr3t"})
    for href in (FILE, "http://server.test/moved", "http://server.test/a.tif"):
        output = OutputValue(None, href, source=client._fetching)
        await (output.read() if act == "read" else output.save(tmp_path / "a"))
    assert [
        (request.url.host, request.headers.get("authorization"), request.headers.get("x-key"))
        for request in seen
    ] == [
        ("files.test", None, None),
        ("server.test", "Bearer s3cr3t", "s3cr3t"),
        ("files.test", None, None),
        ("server.test", "Bearer s3cr3t", "s3cr3t"),
    ]


@pytest.mark.parametrize("href", ["s3://bucket/a", "file:///etc/passwd"])
async def test_only_web_addresses_are_saved(href: str, tmp_path: Path) -> None:
    """Others are for other tools."""
    client, _ = connect({})
    with pytest.raises(errors.ConnectionFailed):
        await OutputValue(None, href, source=client._fetching).save(tmp_path / "a")
    assert not list(tmp_path.iterdir())


async def test_an_output_without_a_client_says_so() -> None:
    """One that a user has made."""
    with pytest.raises(ValueError, match=r"client\.fetch"):
        await OutputValue(None, FILE).read()


def test_the_client_is_no_part_of_the_value() -> None:
    """Two outputs are equal whoever brought them, and neither shows its client."""
    client, _ = connect({})
    bound = OutputValue(1, source=client._fetching)
    assert bound == OutputValue(1)
    assert "client" not in repr(bound)


SUCCESSFUL = {"jobID": "j1", "status": "successful", "processID": "buffer"}
SINGLE = "GET /jobs/j1/results/shape"


@pytest.mark.parametrize(
    ("answer", "value"),
    [
        (reply(200, CONTENT, content_type="image/tiff"), CONTENT),
        (reply(200, {"type": "Feature"}, content_type="application/geo+json"), {"type": "Feature"}),
        (reply(200, {"shape": {"value": 3}}, content_type="application/json"), 3),
        (reply(200, b"plain words", content_type="application/json"), "plain words"),
        (reply(204, link=f"<{FILE}>; rel=shape"), b"file"),
    ],
)
async def test_one_output_is_asked_for_alone(answer: Any, value: Any) -> None:
    """``/jobs/{id}/results/{output}``: raw, named, or a link; the others are not read."""
    client, server = connect({"GET /jobs/j1": SUCCESSFUL, SINGLE: answer, GET: reply(200, b"file")})
    output = await client.result("j1", "shape")
    assert await output.read() == value
    assert not server.asked("GET /jobs/j1/results")


@pytest.mark.parametrize("status", [400, 404, 405, 406, 500])
async def test_one_output_is_taken_from_all_where_it_cannot_be_asked_for(status: int) -> None:
    """Most servers have no such resource."""
    client, _ = connect(
        {
            "GET /jobs/j1": SUCCESSFUL,
            "GET /processes/buffer": PROCESS,
            "GET /jobs/j1/results": {"shape": 3, "area": 4},
            SINGLE: httpx.Response(status, text="<html>Not found</html>"),
        }
    )
    assert (await client.result("j1", "shape")).value == 3
    with pytest.raises(errors.NoSuchOutput, match="shape, area"):
        await client.result("j1", "other")


async def test_an_output_that_the_server_does_not_know_is_said(shared: Path) -> None:
    """``no-such-output``, with 400 and with 404."""
    body = (shared / "standard/authored/exceptions/p1-no-such-output.json").read_bytes()
    for status in (400, 404):
        client, server = connect({"GET /jobs/j1": SUCCESSFUL, SINGLE: reply(status, body)})
        with pytest.raises(errors.NoSuchOutput):
            await client.result("j1", "shape")
        assert not server.asked("GET /jobs/j1/results")


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("running", errors.ResultNotReady),
        ("dismissed", errors.JobDismissed),
        ("failed", errors.JobFailed),
    ],
)
async def test_one_output_of_a_job_that_did_not_end_well(
    status: str, kind: type[errors.OgcError]
) -> None:
    """As for all results."""
    client, server = connect({"GET /jobs/j1": {**SUCCESSFUL, "status": status}})
    with pytest.raises(kind):
        await client.result("j1", "shape")
    assert not server.asked(SINGLE)


async def test_a_subscriber_passes_through() -> None:
    """As it is; without one nothing is said of it."""
    client, server = connect({"GET /processes/buffer": PROCESS, EXECUTE: reply(200, {"area": 1})})
    subscriber = {"successUri": "https://me.test/ok", "failedUri": "https://me.test/no"}
    await client.execute("buffer", {}, subscriber=subscriber)
    await client.execute("buffer", {})
    bodies = [json.loads(request.content) for request in server.asked(EXECUTE)]
    assert bodies[0]["subscriber"] == subscriber
    assert "subscriber" not in bodies[1]
