"""Credentials. They go to the origin that the user named, and to no other (see ``http.py``)."""

import inspect
import os
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping

import httpx

from ogc_widgets.errors import SignInFailed

TokenSource = Callable[[], str | Awaitable[str]]


class PreparedAuth(httpx.Auth):
    """An auth that is made ready before a request, outside the time that the request may take."""

    async def prepare(self) -> None:
        """Gets a token where there is none, or where it ends soon."""
        raise NotImplementedError


class BearerAuth(httpx.Auth):
    """Sends a bearer token (RFC 6750).

    :param token: the token, or a function that gives it (may be async), asked before each request
    :param env: the name of an environment variable that holds the token, read before each request

    A token that is missing or cannot be a header raises SignInFailed; nothing is sent then.
    """

    def __init__(self, token: str | TokenSource | None = None, *, env: str | None = None) -> None:
        if (token is None) == (env is None):
            raise TypeError("BearerAuth takes a token (or a function), or env=, the name of one.")
        self._token = token
        self._env = env

    async def async_auth_flow(
        self, request: httpx.Request
    ) -> AsyncGenerator[httpx.Request, httpx.Response]:
        """Adds the header to a request."""
        request.headers["Authorization"] = f"Bearer {_checked(await self._read())}"
        yield request

    async def _read(self) -> str:
        if self._env is not None:
            return os.environ.get(self._env, "")
        token = self._token() if callable(self._token) else self._token
        return await token if inspect.isawaitable(token) else (token or "")

    def __repr__(self) -> str:
        return "BearerAuth(…)" if self._env is None else f"BearerAuth(env={self._env!r})"


class PrivateHeaders(dict[str, str]):
    """Headers of the user, which may be secrets: they are never shown."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        for name, value in headers.items():
            if not (isinstance(value, str) and value.isascii() and value.isprintable()):
                raise ValueError(f"The header {name!r} must be printable ASCII text.")
        super().__init__({name.title(): value for name, value in headers.items()})

    def joined(self, headers: Mapping[str, str]) -> "PrivateHeaders":
        """These headers and others; the others win."""
        return PrivateHeaders({**self, **headers})

    def __repr__(self) -> str:
        return f"<{len(self)} private headers>"

    __str__ = __repr__


def _checked(token: str) -> str:
    token = token.strip() if isinstance(token, str) else ""
    if not token:
        raise SignInFailed(
            "There is no token to sign in with.",
            "Nothing was sent. Set the token, or the environment variable that should hold it.",
        )
    if not (token.isascii() and token.isprintable()) or " " in token:
        raise SignInFailed(
            "The token holds characters that no token has.",
            "Nothing was sent. Copy the token again, without spaces and line breaks.",
        )
    return token
