"""Sending: again or not, how long to wait, how much to read, and in which loop."""

from __future__ import annotations

import asyncio
import gc
import gzip
from email.utils import formatdate
from typing import Any

import httpx
import pytest

from ogc_widgets import errors
from ogc_widgets.client import ProcessesClient
from ogc_widgets.client.http import METADATA_LIMIT
from ogc_widgets.client.patience import Patience, read_retry_after
from tests.client.fakes import BASE, InTurn, connect
from tests.servers.replay import App, Asked, Reply
from tests.servers.serving import start

JOB = "GET /jobs/j1"
RUNNING = {"jobID": "j1", "status": "running"}


@pytest.mark.parametrize(
    "failure",
    [
        httpx.ConnectError("x"),
        httpx.ConnectTimeout("x"),
        httpx.ReadError("x"),
        httpx.RemoteProtocolError("x"),
        *(httpx.Response(status) for status in (429, 502, 503, 504)),
    ],
)
async def test_a_get_is_sent_again(failure: Any) -> None:
    """What passes is tried again, with growing pauses."""
    client, server = connect({JOB: InTurn(failure, failure, failure, RUNNING)})
    assert (await client.job("j1")).status == "running"
    assert len(server.asked(JOB)) == 4
    assert client.pauses.seconds == [0.3, 0.6, 1.2]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("failure", "kind"),
    [
        (httpx.ConnectError("x"), errors.ConnectionFailed),
        (httpx.ReadError("x"), errors.ConnectionLost),
        (httpx.Response(503), errors.ServerFault),
    ],
)
async def test_four_attempts_and_no_more(failure: Any, kind: type[errors.OgcError]) -> None:
    """The last failure is the one that is told."""
    client, server = connect({JOB: failure})
    with pytest.raises(kind):
        await client.job("j1")
    assert len(server.asked(JOB)) == 4


@pytest.mark.parametrize("status", [400, 401, 404, 500, 501])
async def test_what_would_fail_again_is_not_tried_again(status: int) -> None:
    """A refusal is an answer."""
    client, server = connect({JOB: httpx.Response(status)})
    with pytest.raises(errors.HttpError):
        await client.job("j1")
    assert len(server.asked(JOB)) == 1


async def test_a_server_that_is_slow_is_not_asked_again() -> None:
    """A read timeout has cost a minute already."""
    client, server = connect({JOB: httpx.ReadTimeout("x")})
    with pytest.raises(errors.TimedOut):
        await client.job("j1")
    assert len(server.asked(JOB)) == 1


@pytest.mark.parametrize("asked", ["7", formatdate(7, usegmt=True)])
async def test_retry_after_is_honoured_in_both_spellings(asked: str) -> None:
    """Seconds, or a date; the clock of the test stands at 1970."""
    busy = httpx.Response(429, headers={"retry-after": asked})
    client, _ = connect({JOB: InTurn(busy, RUNNING)})
    await client.job("j1")
    assert client.pauses.seconds == [7.0]  # type: ignore[attr-defined]


async def test_a_server_that_asks_for_an_hour_gets_no_more_requests() -> None:
    """Nobody waits that long for a status."""
    busy = httpx.Response(503, headers={"retry-after": "3600"})
    client, server = connect({JOB: InTurn(busy, RUNNING)})
    with pytest.raises(errors.ServerFault):
        await client.job("j1")
    assert len(server.asked(JOB)) == 1


def test_jitter_and_cap() -> None:
    """A pause lies between zero and a doubling limit that ends at the longest."""
    patience = Patience(attempts=20, jitter=lambda: 0.5)
    assert patience.pause(1) == 0.15
    assert patience.pause(19) == 15.0
    assert patience.pause(20) is None


@pytest.mark.parametrize("value", ["", "soon", "-3", "1e3", "Tue, 99 Foo"])
def test_a_broken_retry_after_is_no_pause(value: str) -> None:
    """What is no number and no date is ignored."""
    assert read_retry_after(value, 0.0) is None


async def test_redirects_of_a_get_are_followed() -> None:
    """Relative, on the inside host, and below another path."""
    client, server = connect(
        {
            JOB: httpx.Response(307, headers={"location": "http://inside/ogc-api/jobs/j2"}),
            "GET /jobs/j2": httpx.Response(302, headers={"location": "/temp//j.json"}),
            "GET http://server.test/temp//j.json": RUNNING,
        }
    )
    assert (await client.job("j1")).status == "running"
    assert len(server.requests) == 4


async def test_redirects_in_a_circle_end() -> None:
    """Ten hops at most, each address once."""
    client, server = connect(
        {
            JOB: httpx.Response(302, headers={"location": "/ogc-api/jobs/j2"}),
            "GET /jobs/j2": httpx.Response(302, headers={"location": "/ogc-api/jobs/j1"}),
        }
    )
    with pytest.raises(errors.TooManyRedirects):
        await client.job("j1")
    assert len(server.requests) < 12


async def test_a_redirect_to_https_is_not_taken_back() -> None:
    """The same path under https is the same server, and no circle."""
    client, _ = connect(
        {
            JOB: httpx.Response(301, headers={"location": "https://server.test/ogc-api/jobs/j1"}),
            "GET https://server.test/ogc-api/jobs/j1": RUNNING,
        }
    )
    assert (await client.job("j1")).status == "running"


@pytest.mark.parametrize("location", ["ftp://x/y", "http://[", "file:///etc/passwd"])
async def test_a_redirect_to_no_web_address_is_an_error(location: str) -> None:
    """Only http and https are read."""
    client, _ = connect({JOB: httpx.Response(302, headers={"location": location})})
    with pytest.raises(errors.UnreadableAnswer):
        await client.job("j1")


async def test_too_large_an_answer_is_not_read_to_its_end() -> None:
    """The cap counts decompressed bytes, so that a small body cannot fill the memory."""
    bomb = gzip.compress(b" " * (METADATA_LIMIT + 2**20))
    assert len(bomb) < 2**20
    answer = httpx.Response(200, headers={"content-encoding": "gzip"}, stream=_Chunks(bomb))
    client, _ = connect({"GET /": {}, JOB: lambda _: answer})
    with pytest.warns(errors.MissingLink), pytest.raises(errors.AnswerTooLarge, match="64 MiB"):
        await client.job("j1")


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "nonsense"])
async def test_a_compression_that_nobody_asked_for_is_refused(encoding: str) -> None:
    """Their expansion has no limit that is known before."""
    answer = httpx.Response(200, headers={"content-encoding": encoding}, stream=_Chunks(b"x"))
    client, _ = connect({JOB: lambda _: answer})
    with pytest.raises(errors.UnreadableAnswer):
        await client.job("j1")


async def test_broken_compression_is_an_unreadable_answer() -> None:
    """Bytes that are no gzip."""
    answer = httpx.Response(200, headers={"content-encoding": "gzip"}, stream=_Chunks(b"junk"))
    client, _ = connect({JOB: lambda _: answer})
    with pytest.raises(errors.UnreadableAnswer):
        await client.job("j1")


class _Chunks(httpx.AsyncByteStream):
    def __init__(self, content: bytes) -> None:
        self._content = content

    async def __aiter__(self) -> Any:
        for begin in range(0, len(self._content), 4096):
            yield self._content[begin : begin + 4096]


class _Status(App):
    def answer(self, asked: Asked) -> Reply:
        if asked.path == "/":
            return Reply(200, b'{"links": [{"rel": "job-list", "href": "/jobs"}]}')
        return Reply(200, b'{"jobID": "j1", "status": "running"}')


def test_one_client_serves_one_loop_after_another() -> None:
    """A client outlives the loops that use it, and leaves no socket behind (ResourceWarning)."""
    with start(_Status()) as server:
        client = ProcessesClient(server.url)
        for _ in range(3):
            assert asyncio.run(client.job("j1")).status == "running"
        gc.collect()
        assert server.app.count("GET", "/jobs/j1") == 3


def test_two_loops_at_once_have_connections_of_their_own() -> None:
    """Two threads with a loop each use one client."""
    with start(_Status()) as server:
        client = ProcessesClient(server.url)

        async def both() -> list[str]:
            here = client.job("j1")
            there = asyncio.to_thread(asyncio.run, client.job("j1"))
            return [job.status for job in await asyncio.gather(here, there)]

        assert asyncio.run(both()) == ["running", "running"]
        gc.collect()


def test_a_forgotten_client_closes_its_connections() -> None:
    """No close, no ``async with``: the connection ends when nobody holds the client."""
    with start(_Status()) as server:

        async def use() -> None:
            client = ProcessesClient(server.url)
            await client.job("j1")
            pool = (await client._http.pools.pool()).client
            del client
            gc.collect()
            while not pool.is_closed:
                await asyncio.sleep(0)

        asyncio.run(asyncio.wait_for(use(), 10))


async def test_closed_and_used_again() -> None:
    """Closing ends connections; a later call opens new ones."""
    with start(_Status()) as server:
        async with ProcessesClient(server.url) as client:
            await client.job("j1")
            pool = (await client._http.pools.pool()).client
        assert pool.is_closed
        assert (await client.job("j1")).status == "running"
        await client.close()


async def test_a_transport_may_be_made_for_each_loop() -> None:
    """A function without arguments gives the transport."""
    made = []

    def make() -> httpx.AsyncBaseTransport:
        made.append(httpx.MockTransport(lambda _: httpx.Response(200, json=RUNNING)))
        return made[-1]

    client = ProcessesClient(BASE, transport=make)
    with pytest.warns(errors.MissingLink):
        await client.job("j1")
    assert len(made) == 1


async def test_many_calls_at_once_read_the_landing_page_once() -> None:
    """The first of them reads it, the others wait for it."""
    client, server = connect({JOB: RUNNING})
    await asyncio.gather(*(client.job("j1") for _ in range(50)))
    assert len(server.asked("GET /")) == 1


async def test_a_thousand_calls_at_once_are_let_through_in_turn() -> None:
    """No more at once than there are connections; none fails for having waited."""
    inside: list[int] = []
    now = 0

    async def answer(request: httpx.Request) -> httpx.Response:
        nonlocal now
        now += 1
        inside.append(now)
        await asyncio.sleep(0)
        now -= 1
        return httpx.Response(200, json={"jobID": "j1", "status": "running"})

    client = ProcessesClient(BASE, transport=httpx.MockTransport(answer))
    with pytest.warns(errors.MissingLink):
        jobs = await asyncio.gather(*(client.job("j1") for _ in range(1000)))
    assert len(jobs) == 1000
    assert 1 < max(inside) <= 64
