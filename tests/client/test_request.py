"""What an execute request looks like on the wire."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from ogc_widgets import errors
from ogc_widgets.client.request import build_body
from ogc_widgets.forms import build_form
from ogc_widgets.models import ProcessDescription
from tests.client.fakes import BASE, PROCESS, connect

EXECUTE = "POST /processes/buffer/execution"


async def sent(process: Any, mode: str = "auto", **options: Any) -> httpx.Request:
    """The POST that an execution sends."""
    client, server = connect({"GET /processes/buffer": process, EXECUTE: {"area": 1}})
    await client.execute("buffer", {"distance": 1}, mode=mode, **options)  # type: ignore[arg-type]
    return server.asked(EXECUTE)[0]


async def test_headers_are_exactly_those_that_all_servers_take() -> None:
    """No parameter, no comma, no list: some servers compare for equality."""
    request = await sent(PROCESS)
    assert request.headers["accept"] == "application/json"
    assert request.headers["content-type"] == "application/json"
    assert request.headers["prefer"] == "respond-async"


async def test_the_body_names_each_output_and_asks_for_a_document() -> None:
    """Outputs nobody chose are all named, as some servers refuse a body without."""
    body = json.loads((await sent(PROCESS)).content)
    assert body == {
        "inputs": {"distance": 1},
        "outputs": {"area": {}, "shape": {}},
        "response": "document",
    }


@pytest.mark.parametrize(
    ("outputs", "expected"),
    [
        (["area"], {"area": {}}),
        ({"area": {"transmissionMode": "reference"}}, {"area": {"transmissionMode": "reference"}}),
        ({}, {"area": {}, "shape": {}}),
        ([], {"area": {}, "shape": {}}),
    ],
)
async def test_outputs_are_asked_for_by_id_or_by_map(outputs: Any, expected: Any) -> None:
    """An empty choice is none: it would ask for nothing."""
    assert json.loads((await sent(PROCESS, outputs=outputs)).content)["outputs"] == expected


@pytest.mark.parametrize(
    ("options", "mode", "prefers"),
    [
        (["sync-execute", "async-execute"], "auto", True),
        (["sync-execute"], "auto", False),
        (["async-execute", "dismiss"], "auto", True),
        ([], "auto", True),
        (["sync-execute", "async-execute"], "sync", False),
        ([], "sync", False),
        (["async-execute"], "sync", True),
        (["sync-execute"], "async", True),
    ],
)
async def test_the_mode_becomes_a_preference(options: Any, mode: str, prefers: bool) -> None:
    """A process that is asynchronous only is never asked to be synchronous."""
    request = await sent({**PROCESS, "jobControlOptions": options}, mode)
    assert ("prefer" in request.headers) is prefers


async def test_the_execute_link_is_used_on_the_servers_own_host() -> None:
    """A link elsewhere, or to a page, is not; a link of the inside host is ours."""
    links = [
        {
            "rel": "alternate",
            "type": "text/html",
            "href": f"{BASE}/processes/buffer/execution.html",
        },
        {"rel": "[ogc-rel:execute]", "href": "http://inside/ogc-api/processes/buffer/go"},
    ]
    client, server = connect(
        {
            "GET /processes/buffer": {**PROCESS, "links": links},
            "POST /processes/buffer/go": {"area": 1},
        }
    )
    await client.execute("buffer", {})
    assert len(server.asked("POST /processes/buffer/go")) == 1
    assert await client.execution_address("buffer") == f"{BASE}/processes/buffer/go"


async def test_a_foreign_execute_link_is_not_used() -> None:
    """Inputs are not sent to a host that nobody named."""
    links = [{"rel": "execute", "href": "http://evil.test/execution"}]
    client, server = connect(
        {"GET /processes/buffer": {**PROCESS, "links": links}, EXECUTE: {"area": 1}}
    )
    await client.execute("buffer", {})
    assert len(server.asked(EXECUTE)) == 1
    assert await client.execution_address("buffer") == f"{BASE}/processes/buffer/execution"


async def test_a_description_that_cannot_be_read_does_not_stop_an_execution() -> None:
    """Without a description the body names no outputs."""
    client, server = connect({"GET /processes/buffer": b"<html>", EXECUTE: {"area": 1}})
    execution = await client.execute("buffer", {})
    assert "outputs" not in json.loads(server.asked(EXECUTE)[0].content)
    assert execution.results is not None


async def test_the_description_is_read_once() -> None:
    """Two executions cost one description and one landing page."""
    client, server = connect({"GET /processes/buffer": PROCESS, EXECUTE: {"area": 1}})
    await client.execute("buffer", {})
    await client.execute("buffer", {})
    assert len(server.asked("GET /processes/buffer")) == 1
    assert len(server.asked("GET /")) == 1


async def test_a_ready_body_is_sent_as_it_is() -> None:
    """The form writes its own request."""
    client, server = connect({"GET /processes/buffer": PROCESS, EXECUTE: {"area": 1}})
    body = {"inputs": {}, "subscriber": {"successUri": "http://me.test/done"}}
    await client.execute_request("buffer", body, mode="sync")
    assert json.loads(server.asked(EXECUTE)[0].content) == body


@pytest.mark.parametrize("value", [object(), float("nan"), b"x"])
async def test_what_json_cannot_hold_is_said_before_anything_is_sent(value: object) -> None:
    """NaN is no JSON; servers fail on it in strange ways."""
    client, server = connect({"GET /processes/buffer": PROCESS})
    with pytest.raises(errors.InvalidInputs):
        await client.execute("buffer", {"distance": value})
    assert not server.asked(EXECUTE)


async def test_an_unknown_mode_is_a_programming_error() -> None:
    """A misspelt mode is not taken for another."""
    client, _ = connect({"GET /processes/buffer": PROCESS})
    with pytest.raises(ValueError, match="asynchronous"):
        await client.execute("buffer", {}, mode="asynchronous")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("schema", "response"),
    [
        ({"type": "string", "contentMediaType": "image/png"}, "raw"),
        ({"type": "string", "format": "byte"}, "raw"),
        ({"type": "string", "contentEncoding": "base64"}, "raw"),
        ({"type": "string", "contentMediaType": "text/csv"}, "document"),
        ({"type": "object"}, "document"),
        (None, "document"),
    ],
)
def test_a_single_output_of_bytes_is_asked_for_raw(schema, response):
    """No JSON document can hold it, and servers fail in trying; two outputs are a document."""
    described = ProcessDescription({"id": "p", "outputs": {"a": {"schema": schema}, "b": {}}})
    assert build_body({}, ["a"], described)["response"] == response
    assert build_body({}, None, described)["response"] == "document"
    form = build_form(described)
    asked = form.execute_request({}, [form.outputs[0].id])
    assert asked["response"] == response
