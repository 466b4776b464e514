"""What the client does with servers that drip, nest, mislead and ask for what is not theirs."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import httpx
import pytest

from ogc_widgets.client import BearerAuth, ProcessesClient
from ogc_widgets.client.http import SLOWEST, longest
from ogc_widgets.errors import OgcError, OutcomeUnknown, TimedOut

URL = "http://server.test/ogc-api"
HEAD = b"HTTP/1.1 200 OK\r\n"
DRIPS = {
    "headers": (HEAD, b"X-More: 1\r\n"),
    "body": (HEAD + b"Content-Type: application/json\r\n\r\n{", b" "),
    "gzip": (
        HEAD + b"Content-Encoding: gzip\r\n\r\n\x1f\x8b\x08\x08" + bytes(6),
        b"n",  # the file name in gzip's head may be of any length: nothing is ever decompressed
    ),
}


@asynccontextmanager
async def dripping(first: bytes, then: bytes) -> AsyncIterator[str]:
    """A server that answers, and never ends."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(first)
            while not reader.at_eof():
                writer.write(then)
                await writer.drain()
                try:
                    await asyncio.wait_for(reader.read(1), 0.02)
                except TimeoutError:
                    continue
        except OSError:
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        await server.wait_closed()


@pytest.mark.parametrize("part", DRIPS)
async def test_a_server_that_drips_holds_nobody(part):
    """A byte now and then, for ever, ends as a timeout, wherever in the answer it drips."""
    async with dripping(*DRIPS[part]) as url, ProcessesClient(url, timeout=0.1) as client:
        with pytest.raises(TimedOut):
            await asyncio.wait_for(client.landing_page(), 10)
        with pytest.raises(OutcomeUnknown):
            await asyncio.wait_for(client.dismiss("1"), 10)


def test_what_is_large_may_take_its_time():
    """The time for an exchange grows with what has come, and has no end where none is wanted."""
    wait = httpx.Timeout(10)
    assert longest(wait, 0) == 40
    assert longest(wait, 3600 * SLOWEST) == 3640
    assert longest(httpx.Timeout(10, read=None), 0) is None


def client_of(answer: Callable[[httpx.Request], httpx.Response], **options) -> ProcessesClient:
    """A client of a function."""
    return ProcessesClient(URL, transport=httpx.MockTransport(answer), **options)


@pytest.mark.filterwarnings("ignore::ogc_widgets.OgcWarning")
async def test_one_deep_job_does_not_cost_the_list():
    """A job that is nested without end keeps its id, and its neighbours all they have."""
    deep = '{"jobID":"b","x":' + "[" * 300 + "]" * 300 + "}"
    body = f'{{"jobs":[{{"jobID":"a","status":"failed"}},{deep},{{"jobID":"c"}}]}}'
    client = client_of(lambda _request: httpx.Response(200, text=body))
    assert [job.job_id async for job in client.jobs()] == ["a", "b", "c"]


@pytest.mark.filterwarnings("ignore::ogc_widgets.OgcWarning")
async def test_half_a_character_becomes_a_replacement():
    """Lone surrogates in an id, a message or a key can be sent, shown and asked for."""
    body = r'{"jobs":[{"jobID":"\ud800x","message":"\udfff \ud83d\ude00","\ud801":1}]}'
    asked = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.raw_path.decode())
        return httpx.Response(200 if asked[-1].count("/") < 3 else 404, text=body)

    client = client_of(answer)
    (job,) = [job async for job in client.jobs()]
    assert json.dumps(job.raw, ensure_ascii=False).encode()
    assert job.message == "\ufffd \N{GRINNING FACE}"
    with pytest.raises(OgcError):
        await client.job(job.job_id)
    assert asked[-1].endswith("/jobs/%EF%BF%BDx")


@pytest.mark.filterwarnings("ignore::ogc_widgets.OgcWarning")
async def test_the_asked_job_is_the_told_one():
    """A status that names another job does not turn what follows to that one."""
    client = client_of(lambda _request: httpx.Response(200, json={"jobID": "b", "status": "x"}))
    assert (await client.job("a")).job_id == "a"


@pytest.mark.filterwarnings("ignore::ogc_widgets.OgcWarning")
@pytest.mark.parametrize(
    "elsewhere",
    [
        "http://evil.test/ogc-api/jobs/1",
        "http://server.test.evil.test/x",
        "http://server.test@evil.test/x",
        "//evil.test/x",
        "https://server.test:444/x",
        "http://SERVER.test.:80/x",
        "http:\\\\evil.test\\x",
    ],
)
async def test_secrets_stay_at_home(elsewhere, caplog):
    """Whatever links, redirects and results say: tokens and headers reach the named origin only."""
    caplog.set_level("DEBUG")
    heard: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        heard.append(request)
        if request.url.path.endswith("/away") or request.url.path.endswith("/processes/p"):
            return httpx.Response(302, headers={"Location": elsewhere})
        links = [
            {"rel": relation, "href": elsewhere}
            for relation in ("processes", "job-list", "self", "conformance", "next", "execute")
        ]
        return httpx.Response(200, json={"links": links, "jobs": [{"jobID": "1"}], "id": "p"})

    secrets = {"X-Key": "k3y-in-header"}
    client = client_of(answer, auth=BearerAuth("t0ken-in-auth"), headers=secrets)
    asked = (
        client.landing_page(),
        client.process("p"),
        client.execute("p", {}),
        client.job("1"),
        client.dismiss("1"),
        client.fetch(elsewhere),
        client.fetch(f"{URL}/away"),
    )
    for question in asked:
        outcome = (await asyncio.gather(question, return_exceptions=True))[0]
        assert isinstance(outcome, OgcError) or not isinstance(outcome, Exception)
        assert "t0ken" not in repr(outcome) + str(outcome)
    assert [job async for job in client.jobs()]
    for request in heard:
        told = "k3y" in str(request.headers.raw) or "t0ken" in str(request.headers.raw)
        assert told == (request.url.host == "server.test" and request.url.port is None)
    assert "t0ken" not in caplog.text + repr(vars(client))
    assert "k3y" not in caplog.text + repr(vars(client))
