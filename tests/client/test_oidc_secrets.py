"""Secrets of a sign-in go to an issuer that can be trusted, and are shown nowhere."""

from __future__ import annotations

import sys
import time
import traceback
from typing import Any

import httpx
import pytest

from ogc_widgets import errors
from ogc_widgets.client import ClientCredentialsAuth, Endpoints
from tests.client.fakes import make_client
from tests.client.issuers import ISSUER, SECRET, Guarded, Signed, no_client


@pytest.mark.parametrize(
    ("document", "kind"),
    [
        ({"issuer": "https://evil.test"}, errors.NotSignedIn),
        ({"token_endpoint": "http://idp.test/token"}, errors.ConnectionFailed),
        ({"token_endpoint": "ftp://idp.test/token"}, errors.ConnectionFailed),
        ({"token_endpoint": None}, errors.NotSignedIn),
    ],
)
async def test_a_discovery_document_that_is_not_to_be_trusted(
    document: dict[str, Any], kind: type[errors.OgcError]
) -> None:
    """Another issuer, an address without https, none at all: the secret stays here."""
    signed = Signed()
    signed.issuer.document = document
    with pytest.raises(kind):
        await signed.client.job("j1")
    assert signed.issuer.forms == []
    assert signed.server.seen == []


@pytest.mark.parametrize(
    "address", ["http://idp.test/realm", "idp.test", "file:///x", Endpoints("http://idp.test/t")]
)
def test_an_issuer_without_https_is_refused(address: Any) -> None:
    """At once; this machine is the exception."""
    with pytest.raises(errors.ConnectionFailed, match="https://"):
        ClientCredentialsAuth(address, "us", SECRET)
    ClientCredentialsAuth("http://localhost:8080/realm", "us", SECRET)


@pytest.mark.parametrize(
    ("failure", "kind"),
    [
        (httpx.ConnectError("x"), errors.ConnectionFailed),
        (httpx.ReadTimeout("x"), errors.TimedOut),
        (httpx.ReadError("x"), errors.TransportError),
    ],
)
async def test_an_issuer_that_does_not_answer_is_named(
    failure: Exception, kind: type[errors.OgcError]
) -> None:
    """It is not taken for the server, and the server is not asked again and again."""

    def fail(request: httpx.Request) -> httpx.Response:
        raise failure

    auth = ClientCredentialsAuth(ISSUER, "us", SECRET, transport=httpx.MockTransport(fail))
    client = make_client(Guarded(), auth=auth)
    with pytest.raises(kind, match=r"idp\.test"):
        await client.job("j1")


@pytest.mark.parametrize(
    "reply", [None, no_client(), (200, {"access_token": "t0k3n-\x07"}), (500, 1)]
)
async def test_no_secret_is_shown(reply: Any, caplog: pytest.LogCaptureFixture) -> None:
    """Not in a repr, in a log, in an error, nor in a traceback with the values of all names."""
    caplog.set_level(0)
    signed = Signed()
    signed.server.refused = {"t0k3n-1", "t0k3n-2"}
    signed.issuer.replies = [reply] if reply else []
    with pytest.raises(errors.OgcError) as caught:
        await signed.client.job("j1")
    error = caught.value
    shown = "".join(
        traceback.TracebackException.from_exception(error, capture_locals=True).format()
    )
    known = f"{error!r} {error} {error.raw} {signed.auth!r} {vars(signed.auth)!r} {signed.client!r}"
    ours = shown.replace("no_client()", "")
    for secret in (SECRET, "t0k3n-", "r3fr3sh"):
        assert secret not in known + caplog.text
        assert secret not in "\n".join(
            line for line in ours.splitlines() if "self.refused" not in line and "reply" not in line
        )


def test_without_authlib_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is not needed for anything else."""
    monkeypatch.setitem(sys.modules, "authlib.oauth2.auth", None)
    with pytest.raises(ImportError, match=r"pip install 'ogc_widgets\[auth\]'"):
        ClientCredentialsAuth(ISSUER, "us", SECRET)


def test_a_secret_that_no_header_can_hold_is_refused_unseen() -> None:
    """Without quoting it."""
    with pytest.raises(ValueError, match="printable ASCII") as caught:
        ClientCredentialsAuth(ISSUER, "us", "tökén")
    assert "tökén" not in str(caught.value)


def test_no_other_client_sends_anything_without_a_token() -> None:
    """A synchronous httpx client would send the request bare."""
    signed = Signed()
    transport = httpx.MockTransport(signed.server)
    with (
        httpx.Client(auth=signed.auth, transport=transport) as client,
        pytest.raises(errors.NotSignedIn),
    ):
        client.get("http://server.test/")
    assert signed.server.seen == []


def test_the_clock_is_one_that_only_grows() -> None:
    """A changed wall clock neither ends nor prolongs a token."""
    assert ClientCredentialsAuth(ISSUER, "us", SECRET)._issuer.clock is time.monotonic
