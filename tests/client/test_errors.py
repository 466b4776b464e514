"""Every failure comes out as one of our errors, with the server's reason in it."""

from __future__ import annotations

import asyncio
import json
import ssl
import time
from typing import Any

import anyio
import h11
import httpcore
import httpx
import pytest

from ogc_widgets import errors
from tests.client.fakes import BASE, PROCESS, InTurn, connect

JOB = "GET /jobs/j1"
ELSE = "http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0"


def subclasses(kind: type[BaseException]) -> set[type[BaseException]]:
    """A class and all below it."""
    return {kind}.union(*(subclasses(below) for below in kind.__subclasses__()))


HTTPX = sorted(
    {
        kind
        for top in (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, httpx.CookieConflict)
        for kind in subclasses(top)
    },
    key=lambda kind: kind.__name__,
)
OTHERS = [
    ssl.SSLError("x"),
    ssl.SSLCertVerificationError("CERTIFICATE_VERIFY_FAILED"),
    ConnectionResetError(),
    BrokenPipeError(),
    OSError("x"),
    anyio.BrokenResourceError(),
    anyio.ClosedResourceError(),
    anyio.EndOfStream(),
    httpcore.ReadError(),
    httpcore.ConnectionNotAvailable(),
    h11.RemoteProtocolError("x"),
]


def build(kind: type[BaseException]) -> BaseException:
    """An exception of httpx, whatever its constructor wants."""
    request = httpx.Request("GET", BASE)
    for arguments in (("words",), ()):
        try:
            return kind(*arguments)
        except TypeError:
            continue
    return kind("words", request=request, response=httpx.Response(500))  # type: ignore[call-arg]


def test_httpx_has_the_exceptions_that_are_tested() -> None:
    """The list below is not empty by mistake."""
    exported = {
        value
        for name in httpx.__all__
        if isinstance(value := getattr(httpx, name), type) and issubclass(value, Exception)
    }
    assert exported <= set(HTTPX)
    assert len(HTTPX) > 25


@pytest.mark.parametrize("error", [*map(build, HTTPX), *OTHERS], ids=lambda e: type(e).__name__)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
async def test_no_foreign_exception_comes_out(error: Exception, method: str) -> None:
    """Each exception of httpx, of what lies below it and of the system is mapped."""
    route = {"GET": JOB, "POST": "POST /processes/buffer/execution", "DELETE": "DELETE /jobs/j1"}
    known = {"GET /processes/buffer": PROCESS, JOB: {"jobID": "j1", "status": "running"}}
    client, server = connect({**known, route[method]: error})
    call = {
        "GET": lambda: client.job("j1"),
        "POST": lambda: client.execute("buffer", {}),
        "DELETE": lambda: client.dismiss("j1"),
    }
    with pytest.raises(errors.OgcError) as caught:
        await call[method]()
    assert caught.value.title.endswith(".")
    assert "words" not in str(caught.value)
    if method != "GET":
        assert len(server.asked(route[method])) == 1


async def test_a_mistake_in_the_users_own_code_is_not_disguised() -> None:
    """An exception of a token function is not the server's fault."""
    client, _ = connect({JOB: ZeroDivisionError("mine")})
    with pytest.raises(ZeroDivisionError):
        await client.job("j1")


async def test_cancelling_passes_through() -> None:
    """A cancelled call is cancelled, and nothing else."""
    client, _ = connect({JOB: lambda _: (_ for _ in ()).throw(asyncio.CancelledError())})
    with pytest.raises(asyncio.CancelledError):
        await client.job("j1")


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (httpx.ConnectError("x"), errors.ConnectionFailed),
        (httpx.ConnectTimeout("x"), errors.ConnectionFailed),
        (httpx.PoolTimeout("x"), errors.ConnectionFailed),
        (httpx.WriteError("x"), errors.OutcomeUnknown),
        (httpx.ReadError("x"), errors.OutcomeUnknown),
        (httpx.ReadTimeout("x"), errors.OutcomeUnknown),
        (httpx.RemoteProtocolError("x"), errors.OutcomeUnknown),
        (httpx.Response(502), errors.OutcomeUnknown),
        (httpx.Response(504), errors.OutcomeUnknown),
    ],
)
async def test_a_post_says_whether_it_may_have_arrived(
    error: Any, kind: type[errors.OgcError]
) -> None:
    """Before sending: nothing happened. Later: look at the job list."""
    name = "POST /processes/buffer/execution"
    client, server = connect({"GET /processes/buffer": PROCESS, name: error})
    with pytest.raises(kind) as caught:
        await client.execute("buffer", {})
    assert len(server.asked(name)) == 1
    if kind is errors.OutcomeUnknown:
        assert "job list" in caught.value.detail


BODIES = [
    (
        404,
        {"type": f"{ELSE}/no-such-job", "title": "x", "detail": "gone"},
        errors.NoSuchJob,
        "gone",
    ),
    (
        404,
        {"type": "http://www.opengis.net/def/rel/ogc/1.0/exception/no-such-job"},
        errors.NoSuchJob,
        "no-such-job",
    ),
    (404, {"code": "NoSuchJob", "description": "job42"}, errors.NoSuchJob, "job42"),
    (404, {"code": "InvalidParameterValue", "description": "j1"}, errors.NoSuchJob, "j1"),
    (410, {"type": "x/JobDismissed", "title": "Dismissed"}, errors.NoSuchJob, "Dismissed"),
    (403, {"type": f"{ELSE}/result-not-ready", "detail": "wait"}, errors.ResultNotReady, "wait"),
    (400, {"type": f"{ELSE}/no-such-output"}, errors.NoSuchOutput, "no-such-output"),
    (409, {"type": "x/duplicated-process"}, errors.DuplicatedProcess, ""),
    (403, {"type": "x/immutable-process"}, errors.ImmutableProcess, ""),
    (422, {"detail": [{"loc": ["a"], "msg": "Field required"}]}, errors.BadRequest, "required"),
    (405, {"detail": "Method Not Allowed"}, errors.NotSupported, "Method Not Allowed"),
    (400, [{"Code": "NoApplicableCode", "Text": "no"}], errors.BadRequest, "no"),
    (401, {"title": "Unauthorized"}, errors.NotSignedIn, "auth="),
    (500, {"title": "None", "type": "None", "detail": "None"}, errors.ServerFault, "HTTP 500"),
    (
        500,
        b"<html><title>500 Error</title><body>It <b>broke</b> &amp; fell</body></html>",
        errors.ServerFault,
        "It broke & fell",
    ),
    (
        400,
        b"<?xml version='1.0'?><ows:R><ows:ExceptionText>No &lt;request&gt;</ows:ExceptionText>",
        errors.BadRequest,
        "No <request>",
    ),
    (500, b"Internal Server Error", errors.ServerFault, "Internal Server Error"),
    (500, b"", errors.ServerFault, "HTTP 500"),
    (500, b"\xff\xfe\x00", errors.ServerFault, "HTTP 500"),
    (418, {"detail": {"error": "teapot"}}, errors.HttpError, "teapot"),
]


@pytest.mark.parametrize(("status", "body", "kind", "words"), BODIES)
async def test_the_reason_is_read_in_every_form(
    status: int, body: Any, kind: type[errors.OgcError], words: str
) -> None:
    """OGC, RFC 9457, pygeoapi, FastAPI, WPS, XML, HTML and plain text give class and reason."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    client, _ = connect({JOB: httpx.Response(status, content=content)})
    with pytest.raises(kind) as caught:
        await client.job("j1")
    assert type(caught.value) is kind
    assert caught.value.status == status
    assert words in caught.value.detail
    assert caught.value.raw == content.decode("utf-8", "replace")


async def test_a_long_body_is_kept_in_part() -> None:
    """The raw body keeps 64 KiB, the words far less."""
    client, _ = connect({JOB: httpx.Response(500, content=b"x" * 200_000)})
    with pytest.raises(errors.ServerFault) as caught:
        await client.job("j1")
    assert len(caught.value.raw or "") == 65536
    assert len(caught.value.detail) < 3000


@pytest.mark.parametrize(
    "page",
    [
        b"<!DOCTYPE html><form action='/login'><input type=password></form>",
        b"<html><input name='p' type=\"password\"></html>",
    ],
)
async def test_a_login_page_with_200_means_not_signed_in(page: bytes) -> None:
    """A page that asks for a password is not taken for an answer."""
    client, _ = connect({JOB: httpx.Response(200, content=page)})
    with pytest.raises(errors.NotSignedIn):
        await client.job("j1")


async def test_a_redirect_to_another_hosts_page_means_not_signed_in() -> None:
    """An identity provider's page, wherever it lies."""
    client, _ = connect(
        {
            JOB: httpx.Response(302, headers={"location": "https://idp.test/start"}),
            "GET https://idp.test/start": b"<html>Welcome</html>",
        }
    )
    with pytest.raises(errors.NotSignedIn):
        await client.job("j1")


@pytest.mark.parametrize(
    "content", [b"<html><body>Hello</body></html>", b"<?xml version='1.0'?><a/>", b"", b"Hello"]
)
async def test_what_is_no_document_is_said(content: bytes) -> None:
    """A page, XML, nothing and text are an UnreadableAnswer that says what to check."""
    client, _ = connect({JOB: content})
    with pytest.raises(errors.UnreadableAnswer, match="OGC API"):
        await client.job("j1")


async def test_an_error_with_200_is_an_error() -> None:
    """The document of an error is no status and no description."""
    body = {"type": "x/no-such-job", "title": "NoSuchJob", "detail": "gone"}
    client, _ = connect({JOB: body, "GET /processes/p": {"code": "Oops", "description": "no"}})
    with pytest.raises(errors.NoSuchJob, match="gone"):
        await client.job("j1")
    with pytest.raises(errors.HttpError, match="no"):
        await client.process("p")


@pytest.mark.parametrize(
    "body", [b"ExceptionText", b"ExceptionText>", b"<form", b"<script", b"<a "]
)
async def test_a_hostile_page_takes_no_time(body: bytes) -> None:
    """No pattern is quadratic in the length of a page."""
    page = b"<html>" + body * (400_000 // len(body))
    client, _ = connect({JOB: InTurn(page, httpx.Response(500, content=page))})
    begin = time.process_time()
    for _ in range(2):
        with pytest.raises(errors.OgcError):
            await client.job("j1")
    assert time.process_time() - begin < 2.0


@pytest.mark.parametrize("document", [b"[]", b"3", b"null", b'"j1"'])
async def test_json_that_is_no_object_is_no_status(document: bytes) -> None:
    """A status is an object."""
    client, _ = connect({JOB: document})
    with pytest.raises(errors.UnreadableAnswer):
        await client.job("j1")
