"""Replacing, undeploying, and reading packages (OGC 20-044, and ZOO-Project's own table)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from ogc_widgets import errors
from tests.client.executing import reply
from tests.client.fakes import InTurn, connect
from tests.client.test_deploying import CWL, REFUSED, SUMMARY, THERE, YAML

DESCRIPTION = "GET /processes/water"
PUT = "PUT /processes/water"
DELETE = "DELETE /processes/water"
PACKAGE = "GET /processes/water/package"
IMMUTABLE = {"title": "ImmutableProcess", "type": "x/immutable-process", "detail": "built in"}


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (reply(204, location=THERE), None),
        (reply(200), None),
        (reply(200, SUMMARY), "water"),
        (reply(202), None),
        (InTurn(REFUSED, reply(200, {"processSummary": SUMMARY})), "water"),
    ],
)
async def test_replacing(answer: Any, told: str | None) -> None:
    """200, 202 or 204; what the server says of the process, or None."""
    client, server = connect({PUT: answer})
    summary = await client.replace("water", YAML)
    assert (summary.id if summary else None) == told
    assert server.asked(PUT)[0].headers["content-type"] == "application/cwl+yaml"


@pytest.mark.parametrize("lost", [False, True])
@pytest.mark.parametrize("act", ["replace", "undeploy", "deploy"])
async def test_a_description_that_is_known_is_forgotten(act: str, lost: bool) -> None:
    """After a change, and after one that may have been made, the next execution asks again."""
    answer: Any = httpx.ReadError("x") if lost else reply(204, location=THERE)
    client, server = connect(
        {
            DESCRIPTION: {**SUMMARY, "outputs": {}},
            PUT: answer,
            DELETE: answer,
            "POST /processes": answer,
            "POST /processes/water/execution": reply(200, {"x": 1}),
        }
    )
    await client.execute("water", {})
    arguments = {"replace": ("water", YAML), "undeploy": ("water",), "deploy": (YAML,)}[act]
    try:
        await getattr(client, act)(*arguments)
    except errors.OutcomeUnknown:
        assert lost
    if act == "deploy" and lost:
        return
    asked = len(server.asked(DESCRIPTION))
    await client.execute("water", {})
    await client.execute("water", {})
    # Where a deployment or a look read the new one already, it is used.
    assert len(server.asked(DESCRIPTION)) == (asked if act == "deploy" else asked + 1)


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (404, b"", errors.NoSuchProcess),
        (403, IMMUTABLE, errors.ImmutableProcess),
        (400, IMMUTABLE, errors.ImmutableProcess),
        (404, IMMUTABLE, errors.ImmutableProcess),
        (403, b"", errors.NotSignedIn),
        (401, b"", errors.NotSignedIn),
    ],
)
async def test_refusals_are_told_apart(
    status: int, body: Any, kind: type[errors.HttpError]
) -> None:
    """An unknown process, a built-in one, and a user who may not."""
    answer = reply(status, body)
    client, _ = connect({PUT: answer, DELETE: answer, PACKAGE: answer})
    for act in (
        client.replace("water", YAML),
        client.undeploy("water"),
        client.package("water"),
    ):
        with pytest.raises(kind):
            await act


async def test_an_empty_id_is_never_asked_about() -> None:
    """DELETE on the list's own address could remove every process."""
    client, server = connect({})
    for act in (client.replace("", YAML), client.undeploy(""), client.package("")):
        with pytest.raises(errors.NoSuchProcess):
            await act
    assert not server.requests


@pytest.mark.parametrize("status", [200, 202, 204])
async def test_undeploying(status: int) -> None:
    """204, and what others send."""
    client, server = connect({DELETE: reply(status, b"" if status == 204 else SUMMARY)})
    await client.undeploy("water")
    assert len(server.asked(DELETE)) == 1


@pytest.mark.parametrize("failure", [reply(500), httpx.ReadError("x"), reply(502)])
async def test_a_server_that_fails_and_undeploys_all_the_same(failure: Any) -> None:
    """What counts is whether the process is gone."""
    client, _ = connect({DELETE: failure, DESCRIPTION: httpx.Response(404)})
    await client.undeploy("water")


@pytest.mark.parametrize(
    ("failure", "kind"),
    [(reply(500), errors.ServerFault), (httpx.ReadError("x"), errors.OutcomeUnknown)],
)
@pytest.mark.parametrize("after", [SUMMARY, httpx.Response(500)])
async def test_a_process_that_is_still_there_was_not_undeployed(
    failure: Any, kind: type[errors.OgcError], after: Any
) -> None:
    """Nothing is sent again."""
    client, server = connect({DELETE: failure, DESCRIPTION: after})
    with pytest.raises(kind):
        await client.undeploy("water")
    assert len(server.asked(DELETE)) == 1


WRAPPED = {"executionUnit": {"value": CWL, "mediaType": "application/cwl+json"}}


@pytest.mark.parametrize(
    ("content_type", "body", "media_type"),
    [
        ("application/cwl", YAML.encode(), "application/cwl+yaml"),
        ("application/cwl+json", YAML.encode(), "application/cwl+yaml"),
        ("application/cwl+yaml", json.dumps(CWL).encode(), "application/cwl+json"),
        ("text/html", json.dumps(WRAPPED).encode(), "application/ogcapppkg+json"),
        ("", json.dumps(CWL).encode() + b"Status: 200 OK\n\n{}", "application/cwl+json"),
    ],
)
async def test_a_package_is_read_by_its_content(
    content_type: str, body: bytes, media_type: str
) -> None:
    """YAML called JSON, JSON called YAML, and a second answer behind the first."""
    client, server = connect({PACKAGE: reply(200, body, content_type=content_type)})
    package = await client.package("water")
    assert (package.media_type, package.workflows) == (media_type, ("water",))
    assert server.asked(PACKAGE)[0].headers["accept"] == (
        "application/cwl+yaml, application/cwl+json, application/cwl, "
        "application/ogcapppkg+json;q=0.9, */*;q=0.1"
    )


@pytest.mark.parametrize("refusal", [406, 500])
async def test_a_server_that_knows_no_list_of_types_is_asked_for_one(refusal: int) -> None:
    """ZOO-Project answers to a single type only."""

    def answer(request: httpx.Request) -> httpx.Response:
        if request.headers["accept"] == "application/cwl":
            return httpx.Response(200, text=YAML)
        return httpx.Response(refusal)

    client, _ = connect({PACKAGE: answer})
    assert (await client.package("water")).text == YAML


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"<html>A page</html>", errors.UnreadableAnswer),
        (b"<form action=/login>", errors.NotSignedIn),
        (b" ", errors.UnreadableAnswer),
        (json.dumps(IMMUTABLE).encode(), errors.ImmutableProcess),
    ],
)
async def test_what_is_no_package_is_said(body: bytes, kind: type[errors.OgcError]) -> None:
    """Pages, nothing, and errors with 200."""
    client, _ = connect({PACKAGE: reply(200, body)})
    with pytest.raises(kind):
        await client.package("water")


async def test_the_trainings_story(shared: Path) -> None:
    """Clean, deploy the released package, find it twice, replace it, undeploy it."""
    folder = shared / "standard/eoap"
    extracted = folder / "ogc-api-processes-with-zoo/extracted"
    release = folder / "mastering-app-package/releases/1.0.0"
    path = release / "app-water-bodies-cloud-native.1.0.0.cwl"
    summary = json.loads((extracted / "01-deploy--processSummary.json").read_text())
    location = json.loads((extracted / "01-deploy--response-headers-201.json").read_text())
    url = location["Location"]
    client, server = connect(
        {
            "DELETE /processes/water-bodies": InTurn(reply(404), reply(204)),
            "POST /processes": InTurn(
                reply(201, summary, location=url), reply(409, b"", location=url)
            ),
            "PUT /processes/water-bodies": reply(204, location=url),
            "GET /processes/water-bodies/package": reply(200, path.read_bytes()),
        }
    )
    with pytest.raises(errors.NoSuchProcess):
        await client.undeploy("water-bodies")
    deployed = await client.deploy(path, workflow="water-bodies")
    assert (deployed.id, deployed.mutable) == ("water-bodies", True)
    with pytest.raises(errors.DuplicatedProcess):
        await client.deploy(path, workflow="water-bodies")
    assert await client.replace("water-bodies", path) is None
    assert "water-bodies" in (await client.package("water-bodies")).workflows
    await client.undeploy("water-bodies")
    assert server.asked("POST /processes")[0].url.params["w"] == "water-bodies"
