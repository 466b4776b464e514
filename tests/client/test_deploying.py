"""Deploying: what is sent, and what servers answer (OGC 20-044, and ZOO-Project's own table)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from ogc_widgets import errors
from ogc_widgets.models import ApplicationPackage
from tests.client.executing import reply
from tests.client.fakes import BASE, FakeServer, InTurn, connect

POST = "POST /processes"
YAML = "cwlVersion: v1.2\nclass: Workflow\nid: water\ninputs: {}\n"
CWL = {"cwlVersion": "v1.2", "class": "Workflow", "id": "water", "inputs": {}}
SUMMARY = {"id": "water", "version": "1.0", "mutable": True}
THERE = f"{BASE}/processes/water"
CREATED = reply(201, SUMMARY, location=THERE)
REFUSED = reply(415, {"title": "UnsupportedMediaType", "type": "x/unsupported-media-type"})


def sent(server: FakeServer, name: str = POST) -> list[tuple[str, Any]]:
    """Media types and bodies, as JSON where they are JSON."""
    found = []
    for request in server.asked(name):
        media_type, body = request.headers["content-type"], request.content.decode()
        found.append((media_type, json.loads(body) if media_type.endswith("json") else body))
    return found


WRAPPED = {"executionUnit": {"value": CWL, "mediaType": "application/cwl+json"}}
PACKAGE = {"executionUnit": {"type": "docker", "image": "x"}}


@pytest.mark.parametrize(
    ("package", "spellings"),
    [
        (
            YAML,
            [
                ("application/cwl+yaml", YAML),
                ("application/cwl", YAML),
                ("application/ogcapppkg+json", WRAPPED),
            ],
        ),
        (
            CWL,
            [
                ("application/ogcapppkg+json", WRAPPED),
                ("application/cwl+json", CWL),
                ("application/cwl+yaml", json.dumps(CWL)),
                ("application/cwl", json.dumps(CWL)),
            ],
        ),
        (
            json.dumps(CWL),
            [
                ("application/cwl+json", CWL),
                ("application/ogcapppkg+json", WRAPPED),
                ("application/cwl+yaml", json.dumps(CWL)),
                ("application/cwl", json.dumps(CWL)),
            ],
        ),
        (PACKAGE, [("application/ogcapppkg+json", PACKAGE)]),
        (
            "https://example.org/water.cwl#water",
            [
                (
                    "application/ogcapppkg+json",
                    {
                        "executionUnit": {
                            "href": "https://example.org/water.cwl#water",
                            "type": "application/cwl",
                        }
                    },
                )
            ],
        ),
    ],
)
async def test_media_types_are_tried_in_order_while_the_server_takes_none(
    package: Any, spellings: list[tuple[str, Any]]
) -> None:
    """415 says that nothing was done: the next one is sent, and the last refusal is told."""
    client, server = connect({POST: REFUSED})
    with pytest.raises(errors.UnsupportedMediaType):
        await client.deploy(package)
    assert sent(server) == spellings


@pytest.mark.parametrize("refusals", [0, 1, 2])
async def test_the_first_type_that_is_taken_is_the_last_that_is_sent(refusals: int) -> None:
    """201 with Location and a summary."""
    client, server = connect({POST: InTurn(*[REFUSED] * refusals, CREATED)})
    summary = await client.deploy(YAML)
    assert (summary.id, summary.mutable) == ("water", True)
    assert len(server.asked(POST)) == refusals + 1


async def test_a_package_is_read_from_a_path(tmp_path: Path) -> None:
    """As a Path and as text; an ApplicationPackage is sent as it is."""
    path = tmp_path / "water.cwl"
    path.write_text(YAML)
    client, server = connect({POST: CREATED})
    for package in (path, str(path), ApplicationPackage(YAML)):
        await client.deploy(package)
    assert sent(server) == [("application/cwl+yaml", YAML)] * 3


@pytest.mark.parametrize("package", ["no-such.cwl", "", "file:///etc/passwd", "a\x00b"])
async def test_a_path_that_leads_nowhere_sends_nothing(package: str) -> None:
    """It is said what may be given."""
    client, server = connect({})
    with pytest.raises(errors.InvalidPackage, match="Give a path, a URL"):
        await client.deploy(package)
    assert not server.asked(POST)


async def test_a_file_that_is_no_text_sends_nothing(tmp_path: Path) -> None:
    """A picture is no package."""
    path = tmp_path / "a.png"
    path.write_bytes(b"\x89PNG\xff")
    client, _ = connect({})
    with pytest.raises(errors.InvalidPackage, match=r"a\.png"):
        await client.deploy(path)


async def test_the_workflow_is_named_in_the_query() -> None:
    """``w``, quoted; exact headers."""
    client, server = connect({POST: CREATED})
    await client.deploy(YAML, workflow="water bodies&x")
    request = server.asked(POST)[0]
    assert request.url.params["w"] == "water bodies&x"
    assert request.headers["content-type"] == "application/cwl+yaml"
    assert request.headers["accept"] == "application/json"


NESTED = {"description": "deployed", "processSummary": SUMMARY, "deploymentDone": True}
GLUED = json.dumps(SUMMARY).encode() + b'Status: 200 OK\r\nContent-Type: text/html\r\n\r\n{"a": 1}'


@pytest.mark.parametrize(
    "answer",
    [
        CREATED,
        reply(201, NESTED, location=THERE),
        reply(200, SUMMARY),
        reply(200, {"process": SUMMARY}),
        reply(201, GLUED, content_type="application/json;charset=UTF-8"),
        reply(201, SUMMARY, content_type="text/html"),
        reply(201, b"", location="/ogc-api/processes/water"),
        reply(201, b"<html>Created</html>", location=THERE),
        reply(204, location="http://inside:8080/ogc-api/processes/water"),
    ],
)
async def test_the_process_is_found_in_the_answer(answer: httpx.Response) -> None:
    """In the body, nested (weaver), before a second answer (CGI), or behind ``Location``."""
    client, _ = connect({POST: answer, "GET /processes/water": SUMMARY})
    assert (await client.deploy(YAML)).id == "water"


@pytest.mark.parametrize(
    "answer", [reply(204), reply(201, {}), reply(201, location=f"{BASE}/processes/")]
)
async def test_a_process_that_nobody_names_is_an_error(answer: httpx.Response) -> None:
    """It says what to look at."""
    client, _ = connect({POST: answer})
    with pytest.raises(errors.UnreadableAnswer, match="process list"):
        await client.deploy(YAML)


async def test_a_queued_process_is_waited_for() -> None:
    """202: the description is asked for until it is there."""
    absent = httpx.Response(404)
    client, server = connect(
        {
            POST: reply(202, location=THERE),
            "GET /processes/water": InTurn(absent, absent, SUMMARY),
        }
    )
    assert (await client.deploy(YAML)).id == "water"
    assert len(server.asked("GET /processes/water")) == 3
    assert client.pauses.seconds == [1, 1]  # type: ignore[attr-defined]


async def test_a_queued_process_is_not_waited_for_for_ever() -> None:
    """After ten minutes it is said."""
    client, _ = connect({POST: reply(202, {"id": "water", "links": []})})
    with pytest.raises(errors.TimedOut, match="queued"):
        await client.deploy(YAML)
    assert 500 < sum(client.pauses.seconds) < 700  # type: ignore[attr-defined]


EXCEPTIONS = [
    (409, "p2-duplicated-process", errors.DuplicatedProcess),
    (403, "p2-immutable-process", errors.ImmutableProcess),
    (415, "p2-unsupported-media-type", errors.UnsupportedMediaType),
    (400, "p2-workflow-not-found", errors.WorkflowNotFound),
]


@pytest.mark.parametrize(("status", "name", "kind"), EXCEPTIONS)
async def test_the_standards_exceptions_have_a_class_each(
    status: int, name: str, kind: type[errors.HttpError], shared: Path
) -> None:
    """By the last segment of ``type``, also where the status is another."""
    body = (shared / f"standard/authored/exceptions/{name}.json").read_bytes()
    for code in (status, 400):
        client, _ = connect({POST: reply(code, body)})
        with pytest.raises(kind, match="Example of") as caught:
            await client.deploy(PACKAGE)
        assert caught.value.status == code


async def test_a_duplicate_says_where_the_other_is() -> None:
    """409 with Location, in ZOO-Project's spelling."""
    body = {"title": "DuplicatedProcess", "type": "https://x/duplicated-process", "detail": "There"}
    client, _ = connect({POST: reply(409, body, location=THERE)})
    with pytest.raises(errors.DuplicatedProcess, match=r"There.*Replace it") as caught:
        await client.deploy(YAML)
    assert caught.value.location == THERE


TROUBLES = [
    (400, {"title": "WorkflowNotFound", "type": "x/workflow-not-found", "detail": "line 3"}),
    (500, b'{"title":"NoApplicableCode","detail":"Unable to download"}\nStatus: 201 Created\n\n{}'),
    (400, {"title": "NoApplicableCode", "type": "NoApplicableCode", "detail": "file not found"}),
    (201, {"title": "NoApplicableCode", "type": "NoApplicableCode", "detail": "file not found"}),
]


@pytest.mark.parametrize(("status", "body"), TROUBLES)
async def test_a_deployment_that_failed_says_why(status: int, body: Any) -> None:
    """The server's own words, whatever stands behind them, and whatever the status says."""
    client, server = connect({POST: reply(status, body, location=THERE)})
    with pytest.raises(errors.HttpError, match=r"line 3|Unable to download|file not found"):
        await client.deploy(YAML)
    assert len(server.asked(POST)) == 1


@pytest.mark.parametrize("status", [405, 501])
async def test_a_server_without_part_2_is_said_in_words(status: int) -> None:
    """pygeoapi and wraptile answer with 405, one in HTML, the other in JSON."""
    answer = reply(status, b"<html>Method not allowed</html>")
    names = ("POST /processes", "PUT /processes/water", "DELETE /processes/water")
    client, _ = connect(dict.fromkeys(names, answer) | {"GET /processes/water/package": answer})
    for act in (
        client.deploy(YAML),
        client.replace("water", YAML),
        client.undeploy("water"),
        client.package("water"),
    ):
        with pytest.raises(errors.NotSupported, match="cannot deploy"):
            await act


async def test_a_deployment_without_an_answer_is_not_sent_again() -> None:
    """It may have been carried out; the process list tells."""
    client, server = connect({POST: httpx.ReadError("gone")})
    with pytest.raises(errors.OutcomeUnknown, match="process list"):
        await client.deploy(YAML)
    assert len(server.asked(POST)) == 1


async def test_a_login_page_is_not_a_process() -> None:
    """With 200, or as a redirect."""
    page = reply(200, b"<form><input type=password></form>", content_type="text/html")
    for answer in (page, reply(302, location="https://idp.test/login")):
        client, _ = connect({POST: answer})
        with pytest.raises(errors.NotSignedIn):
            await client.deploy(YAML)
