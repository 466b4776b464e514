"""An identity provider: its addresses, and tokens from it (RFC 6749; OpenID Connect Discovery)."""

import asyncio
import importlib
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx

from ogc_widgets.client.answer import NotJson, parse_json
from ogc_widgets.client.faults import transport_fault
from ogc_widgets.client.http import place
from ogc_widgets.client.pools import ClientMaker, Transport
from ogc_widgets.errors import ConnectionFailed, OutcomeUnknown, SignInFailed, TimedOut
from ogc_widgets.models.document import read_number, read_text

DISCOVERY = "/.well-known/openid-configuration"
LOOPBACK = ("localhost", "127.0.0.1", "::1")
LARGEST = 2**20
LONGEST_LIFE = 86400.0 * 3650
MISSING = "Signing in at an identity provider needs Authlib: pip install 'ogc_widgets[auth]'"
# Seconds before a token's end at which it is renewed; less for one that lives shortly.
EARLY = 30.0
EMPTY: Mapping[str, Any] = {}
FORM = {"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True)
class Endpoints:
    """Where an identity provider is, if it has no discovery document.

    :ivar token: the token endpoint
    :ivar device: the device authorization endpoint; only needed for a DeviceCodeAuth
    """

    token: str
    device: str = ""


class Refused(SignInFailed):
    """The identity provider said no; ``code`` is its word for that (RFC 6749, clause 5.2)."""

    code = ""


class Private(dict[str, Any]):
    """Members of which some are secrets: no traceback shows them."""

    def __repr__(self) -> str:
        return f"<{len(self)} private members>"


class PrivateText(str):
    """Text that no traceback shows."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "<private text>"


@dataclass(frozen=True, eq=False)
class Token:
    """An access token, which no repr shows.

    :ivar end: when it ends, by the monotonic clock; None where nobody says
    """

    _access: str = field(repr=False)
    _refresh: str = field(repr=False)
    life: float | None = None
    end: float | None = None

    @property
    def can_refresh(self) -> bool:
        """Whether there is a refresh token."""
        return bool(self._refresh)

    def ends_soon(self, now: float) -> bool:
        """Whether it is time for another."""
        if self.end is None or self.life is None:
            return False
        return now >= self.end - min(EARLY, self.life / 4)

    def sign(self, request: httpx.Request) -> None:
        """Adds the header to a request (RFC 6750)."""
        request.headers["Authorization"] = f"Bearer {self._access}"

    def refreshing(self) -> "Private":
        """What a request for the next token holds."""
        return Private({"refresh_token": self._refresh})

    def followed(self, new: "Token") -> "Token":
        """The next token; the refresh token stays if it brings none."""
        return new if new.can_refresh else Token(new._access, self._refresh, new.life, new.end)


class Issuer:
    """One identity provider, and who we are to it.

    :ivar name: its address
    :ivar clock: seconds that only grow
    :ivar sleep: how to wait
    """

    def __init__(
        self,
        issuer: str | Endpoints,
        client: tuple[str, str],
        extra: Mapping[str, str],
        verify: Any,
        transport: Transport,
    ) -> None:
        try:
            authlib = importlib.import_module("authlib.oauth2.auth")
            writing = importlib.import_module("authlib.oauth2.rfc6749.parameters")
        except ImportError:
            raise ImportError(MISSING) from None
        self.name = issuer.token if isinstance(issuer, Endpoints) else issuer.rstrip("/")
        self.clock: Callable[[], float] = time.monotonic
        self.sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
        self._known = issuer if isinstance(issuer, Endpoints) else None
        client_id, secret = client
        if not all(part.isascii() and part.isprintable() for part in client):
            raise ValueError("The client's id and secret must be printable ASCII text.")
        self._client_auth = authlib.ClientAuth(
            client_id, secret, "client_secret_basic" if secret else "none"
        )
        self._write = writing.prepare_token_request
        self._extra = {name: value for name, value in extra.items() if value}
        self._make = ClientMaker(transport, 30.0, verify)
        for url in (self.name, self._known.device if self._known else ""):
            if url:
                check_address(url)

    def __repr__(self) -> str:
        return f"Issuer({self.name!r})"

    async def endpoints(self) -> Endpoints:
        """Its addresses, from its discovery document, read once."""
        if self._known is None:
            document = await self._exchange("GET", self.name + DISCOVERY, {}, "")
            if read_text(document.get("issuer")).rstrip("/") != self.name:
                raise SignInFailed(
                    "The identity provider's document is of another issuer.",
                    f"{self.name} says {read_text(document.get('issuer'))!r}. Nothing was sent.",
                )
            found = [
                read_text(document.get(name))
                for name in ("token_endpoint", "device_authorization_endpoint")
            ]
            for url in filter(None, found):
                check_address(url, like=self.name)
            self._known = Endpoints(*found)
        return self._known

    async def token(self, grant: str, members: Mapping[str, Any] = EMPTY) -> Token:
        """A token for a grant.

        :raises Refused: there is none
        """
        url = (await self.endpoints()).token
        if not url:
            raise SignInFailed("The identity provider names no token endpoint.", self.name)
        body = self._write(grant, "", **self._extra, **members)
        return self._read_token(await self._post(url, PrivateText(body)))

    async def refresh(self, token: Token) -> Token:
        """The token after another; the refresh token stays if there is no new one.

        :raises Refused: the refresh token is not good any more
        """
        return token.followed(await self.token("refresh_token", token.refreshing()))

    async def device_code(self) -> Private:
        """What a person needs to sign in elsewhere (RFC 8628, clause 3.2)."""
        url = (await self.endpoints()).device
        if not url:
            raise SignInFailed(
                "The identity provider does not sign people in by a device code.",
                "Use another auth, or give its Endpoints(token, device).",
            )
        return await self._post(url, PrivateText(urlencode(self._extra)))

    async def _post(self, url: str, body: str) -> Private:
        signed = self._client_auth.prepare("POST", url, Private(FORM), body)
        return await self._exchange("POST", url, signed[1], PrivateText(signed[2]))

    async def _exchange(
        self, method: str, url: str, headers: Mapping[str, str], body: str
    ) -> Private:
        """The JSON object of an answer; redirects are not followed: they could take a secret."""
        try:
            async with asyncio.timeout(60), self._make() as client:
                response = await client.request(method, url, content=body, headers=headers)
        except Exception as error:
            fault = transport_fault(error, method, place(url))
            if fault is None:
                raise
            if isinstance(fault, OutcomeUnknown):
                # To ask for a token twice does no harm.
                fault = TimedOut(
                    "The identity provider did not answer.", f"Try again: {place(url)}"
                )
            raise fault from None
        try:
            document = parse_json(response.text[:LARGEST])
        except NotJson:
            document = None
        document = Private(document) if isinstance(document, dict) else None
        if response.status_code >= 300 or document is None:
            raise _refusal(response.status_code, document or Private(), place(url))
        return document

    def _read_token(self, document: Private) -> Token:
        access = PrivateText(read_text(document.get("access_token")))
        if not (access and access.isascii() and access.isprintable()) or " " in access:
            raise SignInFailed("The identity provider sent no token.", self.name)
        refresh = PrivateText(read_text(document.get("refresh_token")))
        life = read_number(document.get("expires_in"))
        if life is not None:
            life = min(max(life, 0.0), LONGEST_LIFE)
        end = None if life is None else self.clock() + life
        return Token(access, refresh, life, end)


def check_address(url: str, like: str = "") -> None:
    """Raises for an address that a secret must not go to: no https, unless on this machine.

    :param like: an address of this scheme is good enough
    """
    parts = urlsplit(url)
    plain = parts.scheme == "http" and (
        parts.hostname in LOOPBACK or (like and urlsplit(like).scheme == "http")
    )
    if not parts.hostname or not (parts.scheme == "https" or plain):
        raise ConnectionFailed(
            "An identity provider's address must begin with https://.", place(url)
        )


def _refusal(status: int, members: Private, where: str) -> Refused:
    code = read_text(members.get("error"))
    words = read_text(members.get("error_description")) or code.replace("_", " ")
    fault = Refused(
        "The identity provider does not let you in.",
        f"{where} says: {words}" if words else f"{where} answered with HTTP {status}.",
        status=status,
    )
    fault.code = code
    return fault
