"""Signing in at an identity provider: OAuth 2.0 and OpenID Connect, by Authlib (extra ``auth``)."""

import asyncio
import weakref
from collections.abc import AsyncGenerator
from typing import Any

import httpx

from ogc_widgets.client.auth import PreparedAuth
from ogc_widgets.client.device import DeviceCode, Prompt, print_code, sign_in
from ogc_widgets.client.issuer import Endpoints, Issuer, Refused, Token
from ogc_widgets.client.pools import Transport
from ogc_widgets.errors import OgcError, SignInFailed

__all__ = ["ClientCredentialsAuth", "DeviceCode", "DeviceCodeAuth", "Endpoints"]


class TokenAuth(PreparedAuth):
    """Sends a bearer token that it gets, and renews, by itself.

    The token is got when first needed, renewed before it ends, and once when the server answers
    401. In each event loop one request at a time does so, the others wait for it.
    """

    def __init__(self, issuer: Issuer) -> None:
        self._issuer = issuer
        self._token: Token | None = None
        self._failures = 0
        self._locks: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Lock] = (
            weakref.WeakKeyDictionary()
        )

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._issuer.name!r})"

    async def prepare(self) -> None:
        """Gets a token where there is none, or where it ends soon.

        :raises SignInFailed: the identity provider gives none
        :raises TransportError: the identity provider does not answer
        """
        token = self._token
        if token is None or token.ends_soon(self._issuer.clock()):
            await self._renew(token)

    async def async_auth_flow(
        self, request: httpx.Request
    ) -> AsyncGenerator[httpx.Request, httpx.Response]:
        """Adds the token to a request; to a second one after 401, which did nothing."""
        await self.prepare()
        token = self._token
        if token is not None:
            token.sign(request)
        response = yield request
        if response.status_code == 401 and token is not None:
            await self._renew(token, by_refreshing=True)
            if self._token is not None and self._token is not token:
                self._token.sign(request)
                yield request

    def sync_auth_flow(self, request: httpx.Request) -> Any:
        """Not there: nothing is sent without a token."""
        raise SignInFailed("This auth works in an async client only.", "Use a ProcessesClient.")

    async def _renew(self, old: Token | None, *, by_refreshing: bool = False) -> None:
        """Puts another token in the place of an old one, unless somebody else just did."""
        lock = self._locks.setdefault(asyncio.get_running_loop(), asyncio.Lock())
        failures = self._failures
        async with lock:
            if self._token is not old:
                return
            if self._failures != failures:
                raise SignInFailed(
                    "Signing in has failed for another request just now.", "Try again."
                )
            try:
                token = await (self._refreshed if by_refreshing else self._next)(old)
            except OgcError:
                self._failures += 1
                raise
            # Another loop may have been faster.
            if self._token is old:
                self._token = token

    async def _refreshed(self, old: Token | None) -> Token | None:
        """A new token without asking anybody; None where there is no way."""
        if old is None or not old.can_refresh:
            return None
        try:
            return await self._issuer.refresh(old)
        except Refused:
            return None

    async def _next(self, old: Token | None) -> Token:
        return await self._refreshed(old) or await self._get()

    async def _get(self) -> Token:
        raise NotImplementedError


class ClientCredentialsAuth(TokenAuth):
    """Signs a program in with its own id and secret (RFC 6749, clause 4.4).

    :param issuer: the issuer's address, whose discovery document is read, or Endpoints
    :param scope: words with spaces between them
    :param verify: as in httpx
    :param transport: as in ProcessesClient
    :param extra: more to send with each request for a token (``audience="…"``)
    :raises ImportError: Authlib is not there

    Id and secret go to the issuer only, the token to the server of the client only.
    """

    def __init__(
        self,
        issuer: str | Endpoints,
        client_id: str,
        client_secret: str,
        *,
        scope: str = "",
        verify: Any = True,
        transport: Transport = None,
        **extra: str,
    ) -> None:
        super().__init__(
            Issuer(issuer, (client_id, client_secret), {"scope": scope, **extra}, verify, transport)
        )

    async def _refreshed(self, old: Token | None) -> Token | None:
        return None if old is None else await self._get()

    async def _get(self) -> Token:
        return await self._issuer.token("client_credentials")


class DeviceCodeAuth(TokenAuth):
    """Signs a person in through a browser, which may be on another device (RFC 8628).

    :param issuer: the issuer's address, whose discovery document is read, or Endpoints
    :param client_secret: only where the identity provider gave one
    :param scope: words with spaces between them; ``offline_access`` often makes a sign-in last
    :param prompt: shows a DeviceCode to the person (may be async); without, a sentence is printed
    :param verify: as in httpx
    :param transport: as in ProcessesClient
    :param extra: more to send with each request for a token (``audience="…"``)
    :raises ImportError: Authlib is not there
    """

    def __init__(
        self,
        issuer: str | Endpoints,
        client_id: str,
        *,
        client_secret: str = "",
        scope: str = "openid",
        prompt: Prompt = print_code,
        verify: Any = True,
        transport: Transport = None,
        **extra: str,
    ) -> None:
        super().__init__(
            Issuer(issuer, (client_id, client_secret), {"scope": scope, **extra}, verify, transport)
        )
        self._prompt = prompt

    async def _get(self) -> Token:
        return await sign_in(self._issuer, self._prompt)
