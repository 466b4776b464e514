"""Who is let in: host, origin, token, content type and size."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from ogc_widgets.demo.app import create_app
from ogc_widgets.demo.guards import Exposure, GuardRules
from ogc_widgets.demo.serving import serve

EXECUTION = "/processes/shout/execution"
BODY = json.dumps({"inputs": {"text": "a"}})
JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8042", "localhost:8042", "[::1]:8042", "LOCALHOST:8042"]
)
async def test_loopback_names_are_let_in(stranger: httpx.AsyncClient, host: str) -> None:
    """The server may be called by each of its loopback names."""
    assert (await stranger.get("/", headers={"Host": host})).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8042",
        "127.0.0.1:80",
        "127.0.0.1",
        "127.0.0.1.evil.example:8042",
        "localhost:8042@evil.example",
        "evil.example@localhost:8042",
        "localhost.:8042",
        "127.0.0.1:08042",
        "127.0.0.1:8042.",
        "127.1:8042",
        "0.0.0.0:8042",
        "::1:8042",
        "[::ffff:127.0.0.1]:8042",
        "",
    ],
)
async def test_a_foreign_host_is_refused(web: httpx.AsyncClient, host: str) -> None:
    """A name that was rebound to this machine gets nothing, even with the token."""
    answer = await web.get("/jobs", headers={"Host": host})
    assert answer.status_code == 421
    assert "jobs" not in answer.json()


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "null", "http://localhost:9999", "file://127.0.0.1:8042", ""],
)
async def test_a_foreign_origin_is_refused(web: httpx.AsyncClient, origin: str) -> None:
    """A page of another origin can neither read nor write, even with the token."""
    headers = {"Origin": origin}
    assert (await web.get("/jobs", headers=headers)).status_code == 403
    answer = await web.post(EXECUTION, content=BODY, headers={**JSON, **headers})
    assert answer.status_code == 403


@pytest.mark.parametrize("site", ["cross-site", "SAME-ORIGIN", "whatever"])
@pytest.mark.parametrize(
    "fetched",
    [
        {},
        {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "script"},
        {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"},
    ],
)
async def test_a_page_of_another_site_reads_nothing(
    web: httpx.AsyncClient, site: str, fetched: dict[str, str]
) -> None:
    """What a browser says to come from another site is refused, also without Origin."""
    answer = await web.get("/jobs", headers={"Sec-Fetch-Site": site, **fetched})
    assert answer.status_code == 403
    assert "jobs" not in answer.json()


async def test_a_link_on_another_page_may_be_followed(web: httpx.AsyncClient) -> None:
    """The user may come from anywhere, in a window of its own; but only to read."""
    visit = {
        "Sec-Fetch-Site": "cross-site",
        "Sec-Fetch-Mode": "navigate",
        "Sec-Fetch-Dest": "document",
    }
    assert (await web.get("/jobs", headers=visit)).status_code == 200
    answer = await web.post(EXECUTION, content=BODY, headers={**JSON, **visit})
    assert answer.status_code == 403
    for site in ("none", "same-origin", "same-site"):
        assert (await web.get("/jobs", headers={"Sec-Fetch-Site": site})).status_code == 200


async def test_forwarding_headers_change_no_link(web: httpx.AsyncClient) -> None:
    """Nobody is believed who says to forward for another host."""
    forwarded = {
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "https",
        "Forwarded": "host=evil.example;proto=https",
    }
    answer = await web.get("/", headers=forwarded)
    assert "evil" not in answer.text
    assert "https://" not in answer.text


async def test_the_own_origin_is_let_in_and_no_cors_header_is_sent(web: httpx.AsyncClient) -> None:
    """The server's own page may use it; no answer allows another origin."""
    answer = await web.get("/jobs", headers={"Origin": "http://127.0.0.1:8042"})
    assert answer.status_code == 200
    assert not [name for name in answer.headers if name.startswith("access-control")]
    preflight = await web.options(EXECUTION, headers={"Origin": "https://evil.example"})
    assert preflight.status_code == 403


@pytest.mark.parametrize(
    "authorization", [None, "", "Bearer ", "Bearer wrong", "Basic a-token-of-the-tests", "Bearer é"]
)
@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", EXECUTION), ("DELETE", "/jobs/x"), ("PUT", "/x"), ("PATCH", "/x")],
)
async def test_writes_need_the_token(
    stranger: httpx.AsyncClient, authorization: str | None, method: str, path: str
) -> None:
    """Without the right token no method that writes gets further than the guards."""
    headers = JSON if authorization is None else {**JSON, "Authorization": authorization}
    sent = [(name.encode(), value.encode()) for name, value in headers.items()]
    answer = await stranger.request(method, path, content=BODY, headers=sent)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")


async def test_reads_need_no_token(stranger: httpx.AsyncClient) -> None:
    """On loopback everybody may read."""
    for path in ("/", "/processes", "/jobs"):
        assert (await stranger.get(path)).status_code == 200


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "text/plain;charset=UTF-8",
        "Text/Plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/xml",
        None,
    ],
)
async def test_only_json_is_taken(web: httpx.AsyncClient, content_type: str | None) -> None:
    """What a form on a web page could send is refused, with the token too; so is all but JSON."""
    headers = {"Content-Type": content_type} if content_type else {}
    answer = await web.post(EXECUTION, content=BODY, headers=headers)
    assert answer.status_code == 415


async def test_json_with_a_charset_is_taken(web: httpx.AsyncClient) -> None:
    """A parameter of the content type does no harm."""
    headers = {"Content-Type": "application/json; charset=utf-8"}
    assert (await web.post(EXECUTION, content=BODY, headers=headers)).status_code == 200


async def test_a_body_that_says_it_is_too_large_is_refused(web: httpx.AsyncClient) -> None:
    """The announced length is judged before the body is read."""
    headers = {**JSON, "Content-Length": str(17 * 1024 * 1024)}
    answer = await web.post(EXECUTION, content=b"{}", headers=headers)
    assert answer.status_code == 413


async def test_a_body_that_never_ends_is_refused(web: httpx.AsyncClient) -> None:
    """A body without a length is cut off where the limit is."""
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 64:
            sent += 1
            yield b" " * 1024 * 1024

    answer = await web.post(EXECUTION, content=endless(), headers=JSON)
    assert answer.status_code == 413
    assert sent < 20


def test_rules_without_a_token_cannot_be_made() -> None:
    """An empty token would let everybody write."""
    with pytest.raises(ValueError, match="must not be empty"):
        GuardRules(token="")


def test_the_rules_do_not_show_the_token() -> None:
    """The token is in no repr."""
    assert "a-secret" not in repr(GuardRules(token="a-secret"))


def test_further_hosts_must_be_named() -> None:
    """A name that was allowed by the user is known, with its port or with any."""
    rules = GuardRules("t", 80, Exposure(hosts=("lab.example", "Other.example:81")))
    assert rules.knows_host("lab.example:8080")
    assert rules.knows_host("other.example:81")
    assert not rules.knows_host("other.example:82")
    assert rules.knows_host("localhost")


async def test_reads_need_the_token_where_others_may_ask(tmp_path: Path) -> None:
    """A server that other machines reach shows nothing without the token."""
    app = create_app(folder=tmp_path, token="t", exposure=Exposure(allow_remote=True))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        assert (await client.get("/")).status_code == 401
        allowed = await client.get("/", headers={"Authorization": "Bearer t"})
        assert allowed.status_code == 200


def test_another_address_needs_a_word_of_the_user() -> None:
    """Binding an address that others reach is refused unless it is allowed by name."""
    with pytest.raises(ValueError, match="reachable from other machines"):
        serve(token="t", host="0.0.0.0")


async def test_the_requests_that_came_in_are_remembered(
    app: FastAPI, stranger: httpx.AsyncClient
) -> None:
    """Tests can ask the app which requests arrived, refused ones too."""
    await stranger.get("/processes")
    await stranger.delete("/jobs/x")
    assert list(app.state.requests) == [("GET", "/processes"), ("DELETE", "/jobs/x")]
