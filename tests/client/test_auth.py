"""Credentials reach the origin that the user named, and nothing and nobody else."""

from __future__ import annotations

import traceback
from typing import Any

import httpx
import pytest

from ogc_widgets import errors
from ogc_widgets.client import BearerAuth, ProcessesClient
from tests.client.fakes import BASE, FakeServer, connect, make_client

JOB = "GET /jobs/j1"
RUNNING = {"jobID": "j1", "status": "running"}
SECRET = "s3cr3t-token"


async def authorization(auth: Any) -> str | None:
    """The header that an auth sends."""
    client, server = connect({JOB: RUNNING}, auth=auth)
    await client.job("j1")
    return server.asked(JOB)[0].headers.get("authorization")


async def test_a_bearer_token_from_text_function_coroutine_and_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Four sources, one header."""

    async def later() -> str:
        return SECRET

    monkeypatch.setenv("OGC_TOKEN", f"{SECRET}\n")
    for auth in (
        BearerAuth(SECRET),
        BearerAuth(lambda: SECRET),
        BearerAuth(later),
        BearerAuth(env="OGC_TOKEN"),
    ):
        assert await authorization(auth) == f"Bearer {SECRET}"
        assert SECRET not in repr(auth)


async def test_any_auth_of_httpx_works() -> None:
    """A pair, and a BasicAuth."""
    assert await authorization(("ann", "pw")) == "Basic YW5uOnB3"
    assert await authorization(httpx.BasicAuth("ann", "pw")) == "Basic YW5uOnB3"


@pytest.mark.parametrize("token", ["", "  ", "a\nb", "a b", "tökén"])
async def test_a_token_that_cannot_be_one_is_not_sent(token: str) -> None:
    """Nothing is sent, and the token is not shown."""
    client, server = connect({JOB: RUNNING}, auth=BearerAuth(lambda: token))
    with pytest.raises(errors.NotSignedIn) as caught:
        await client.job("j1")
    assert not server.requests
    assert not token.strip() or token not in str(caught.value)


def test_a_bearer_auth_has_one_source() -> None:
    """Neither none nor two."""
    with pytest.raises(TypeError):
        BearerAuth()
    with pytest.raises(TypeError):
        BearerAuth("x", env="X")


async def test_user_and_password_of_the_url_become_its_auth() -> None:
    """They are sent, and never shown."""
    server = FakeServer({JOB: RUNNING})
    client = make_client(server, "http://ann:p%40ss@server.test/ogc-api/?f=json#top")
    await client.job("j1")
    assert client.url == BASE
    assert server.asked(JOB)[0].headers["authorization"] == "Basic YW5uOnBAc3M="
    assert all("p%40ss" not in str(request.url) for request in server.requests)
    assert "p@ss" not in repr(client)


@pytest.mark.parametrize(
    "url", ["ftp://ann:pw@x", "http://ann:pw@", "ann:pw", "", "http://[ann:pw"]
)
def test_a_wrong_url_is_an_error_that_shows_no_password(url: str) -> None:
    """The message says how an address looks."""
    with pytest.raises(errors.ConnectionFailed, match="https://") as caught:
        ProcessesClient(url)
    assert "pw" not in "".join(traceback.format_exception(caught.value)).replace(repr(url), "")


ELSEWHERE = [
    "http://evil.test/x",
    "http://server.test:81/x",
    "https://server.test/x",
    "http://server.test@evil.test/x",
    "http://ann:pw@evil.test/x",
    "http://evil.test#@server.test/x",
]


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
async def test_credentials_do_not_follow_a_redirect_elsewhere(elsewhere: str) -> None:
    """Neither the token, nor the user's headers, nor a password that the link brings."""
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path.startswith("/ogc-api") and request.url.host == "server.test":
            return httpx.Response(302, headers={"location": elsewhere})
        seen.append(request)
        return httpx.Response(200, json=RUNNING)

    client = make_client(answer, auth=BearerAuth(SECRET), headers={"X-Api-Key": SECRET})
    with pytest.warns(errors.MissingLink):
        await client.job("j1")
    assert seen
    for request in seen:
        assert "authorization" not in request.headers
        assert SECRET not in str(request.headers.raw)


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
async def test_credentials_do_not_follow_a_result(elsewhere: str) -> None:
    """A link of an output is read without them, except on the own origin."""
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, content=b"abc", headers={"content-type": "image/png"})

    client = make_client(answer, auth=BearerAuth(SECRET), headers={"X-Api-Key": SECRET})
    output = await client.fetch(elsewhere)
    assert (output.value, output.media_type) == (b"abc", "image/png")
    assert "authorization" not in seen[0].headers
    assert SECRET not in str(seen[0].headers.raw)
    await client.fetch("/temp/a.png")
    assert seen[1].headers["authorization"] == f"Bearer {SECRET}"
    assert seen[1].headers["x-api-key"] == SECRET


async def test_no_cookie_is_kept() -> None:
    """A cookie would go to every port of its host."""
    answer = httpx.Response(200, json=RUNNING, headers={"set-cookie": "id=1; Path=/"})
    client, server = connect({JOB: answer})
    await client.job("j1")
    await client.job("j1")
    assert all("cookie" not in request.headers for request in server.requests)


@pytest.mark.parametrize("value", ["a\r\nb", "ü", "\x00"])
def test_a_header_that_cannot_be_sent_is_refused_by_name(value: str) -> None:
    """The value is not shown."""
    with pytest.raises(ValueError, match="X-Key") as caught:
        ProcessesClient(BASE, headers={"X-Key": value})
    assert value not in str(caught.value)


@pytest.mark.parametrize(
    "failure",
    [
        httpx.LocalProtocolError(f"Illegal header value b'{SECRET}'"),
        httpx.ConnectError("x"),
        httpx.Response(401),
        httpx.Response(500, content=b"oops"),
    ],
)
async def test_no_error_shows_a_secret(failure: Any) -> None:
    """Not its words, not its traceback, not the client's repr."""
    client, _ = connect({JOB: failure}, auth=BearerAuth(SECRET), headers={"Authorization": SECRET})
    with pytest.raises(errors.OgcError) as caught:
        await client.job("j1")
    error = caught.value
    shown = "".join(
        traceback.TracebackException.from_exception(error, capture_locals=True).format()
    )
    ours = "\n".join(line for line in shown.splitlines() if "SECRET" not in line)
    assert SECRET not in f"{error} {error.title} {error.detail} {error.raw} {client!r}"
    if not isinstance(failure, httpx.LocalProtocolError):
        assert SECRET not in ours


@pytest.mark.parametrize("href", ["s3://bucket/a", "file:///etc/passwd", "data:text/plain,x", ""])
async def test_only_web_addresses_are_fetched(href: str) -> None:
    """Other links are for other tools."""
    client, server = connect({})
    if href:
        with pytest.raises(errors.ConnectionFailed):
            await client.fetch(href)
        assert not server.requests
