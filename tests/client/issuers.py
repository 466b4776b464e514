"""A small identity provider that gives numbered tokens, and a server that checks them."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import httpx

from ogc_widgets.client import ClientCredentialsAuth, Endpoints, ProcessesClient
from tests.client.fakes import BASE, LANDING, make_client

ISSUER = "https://idp.test/realm"
SECRET = "cl13nt-s3cr3t"
RUNNING = {"jobID": "j1", "status": "running"}


class FakeIssuer:
    """Knows the client ``us``; what it says may be changed at any time.

    :ivar forms: every form that was posted, with its path, in order
    :ivar replies: what is said to the next requests for a token, before tokens are given
    :ivar document: what the discovery document says more, or else
    :ivar life: of a token, in seconds, or None: it is not said
    :ivar refreshes: whether tokens come with a refresh token
    :ivar before: called before each token is given
    """

    def __init__(self) -> None:
        self.forms: list[dict[str, str]] = []
        self.replies: list[Any] = []
        self.document: dict[str, Any] = {}
        self.device: dict[str, Any] = {}
        self.life: Any = 300
        self.refreshes = True
        self.given = 0
        self.before: Callable[[], Any] | None = None

    def transport(self) -> httpx.ASGITransport:
        """A transport that leads here."""
        return httpx.ASGITransport(self)

    def grants(self) -> list[str]:
        """The grants that were asked for, in order, by their last word."""
        return [form["grant_type"].split(":")[-1] for form in self.forms if "grant_type" in form]

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        body = (await receive()).get("body", b"")
        status, document = await self._answer(scope, body.decode())
        headers = [(b"content-type", b"application/json")]
        if isinstance(document, str):
            headers = [(b"location", document.encode())]
        content = json.dumps(document).encode()
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": content})

    async def _answer(self, scope: Any, body: str) -> tuple[int, Any]:
        path = scope["path"].removeprefix("/realm")
        if path == "/.well-known/openid-configuration":
            return 200, {
                "issuer": ISSUER,
                "token_endpoint": f"{ISSUER}/token",
                "device_authorization_endpoint": f"{ISSUER}/device",
                **self.document,
            }
        form = {name: values[0] for name, values in parse_qs(body).items()}
        for name, value in scope["headers"]:
            if name == b"authorization":
                form["basic"] = b64decode(value.split()[1]).decode()
        self.forms.append({"path": path, **form})
        if path == "/device":
            return 200, {
                "device_code": "d3v1c3",
                "user_code": "WDJB-MJHT",
                "verification_uri": "https://idp.test/device",
                "verification_uri_complete": "https://idp.test/device?code=WDJB-MJHT",
                "expires_in": 60,
                "interval": 2,
                **self.device,
            }
        return await self._token()

    async def _token(self) -> tuple[int, Any]:
        if self.before is not None:
            await self.before()
        if self.replies:
            return self.replies.pop(0)  # type: ignore[no-any-return]
        self.given += 1
        token: dict[str, Any] = {"access_token": f"t0k3n-{self.given}", "token_type": "Bearer"}
        if self.life is not None:
            token["expires_in"] = self.life
        if self.refreshes:
            token["refresh_token"] = f"r3fr3sh-{self.given}"
        return 200, token


class Guarded:
    """A server that lets some tokens in.

    :ivar seen: the tokens that came, in order, without the landing page
    :ivar refused: tokens that are not good
    """

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.refused: set[str] = set()

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if str(request.url).startswith(BASE) and request.url.path.rstrip("/") == "/ogc-api":
            return httpx.Response(200, json=LANDING)
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        self.seen.append(token)
        if not token or token in self.refused:
            return httpx.Response(401, headers={"www-authenticate": "Bearer"})
        if request.method == "DELETE":
            return httpx.Response(204)
        return httpx.Response(200, json=RUNNING)


class Clock:
    """Seconds that pass only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.pauses: list[float] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Lets the seconds pass."""
        self.pauses.append(seconds)
        self.now += seconds


class Signed:
    """A client with an auth, a server, an issuer and a clock."""

    def __init__(self, issuer: str | Endpoints = ISSUER, **options: Any) -> None:
        self.issuer, self.server, self.clock = FakeIssuer(), Guarded(), Clock()
        self.auth = ClientCredentialsAuth(
            issuer, "us", SECRET, transport=self.issuer.transport(), **options
        )
        self.auth._issuer.clock = self.clock
        self.client: ProcessesClient = make_client(self.server, auth=self.auth)


def no_client() -> tuple[int, Any]:
    """What an issuer says to somebody that it does not know."""
    return 401, {"error": "invalid_client", "error_description": "Who are you"}
