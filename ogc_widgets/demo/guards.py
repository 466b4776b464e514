"""Who may ask this server for what. It runs processes on somebody's machine, so: few.

* The ``Host`` must be one of ours: a web page whose name was rebound to 127.0.0.1 sends its own.
* A foreign ``Origin`` is refused, and no CORS header is ever sent. So is what a browser says to be
  asked by a page of another site (``Sec-Fetch-Site``), also to read, unless the user follows a
  link: then the page that has it learns nothing. Another port is the same site: JupyterLab's
  reader may save a link, and the missing CORS header keeps its page from reading.
* Every write needs the bearer token; where other machines may ask, reading does too.
* Bodies that a web form can send without asking (``text/plain``, form data) are refused.
* A body has a largest size.
"""

import secrets
from dataclasses import dataclass, field

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .problems import Problem, response_of

_READS = ("GET", "HEAD", "OPTIONS")
_FORM_TYPES = ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data")
_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
MAX_BODY = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Exposure:
    """Who else may ask, besides this machine: nobody, unless the user says so.

    :param allow_remote: bind another address than loopback; reading then needs the token too
    :param hosts: further names by which the server may be called, as ``name`` or ``name:port``
    """

    allow_remote: bool = False
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True)
class GuardRules:
    """What is allowed.

    :param token: the bearer token of writes; must not be empty
    :param port: the port of the loopback names; None allows every port
    :param max_body: largest body in bytes
    """

    token: str = field(repr=False)
    port: int | None = None
    exposure: Exposure = Exposure()
    max_body: int = MAX_BODY

    def __post_init__(self) -> None:
        if not self.token:
            raise ValueError("The token must not be empty: every write is guarded by it.")

    def knows_host(self, host: str) -> bool:
        """Whether a ``Host`` header names this server."""
        host = host.lower()
        name, port = _split_host(host)
        if name in _LOOPBACK and (self.port is None or port == str(self.port)):
            return True
        further = [known.lower() for known in self.exposure.hosts]
        return host in further or name in further


def _split_host(host: str) -> tuple[str, str]:
    name, _, port = host.rpartition(":")
    return (name, port) if name and not port.endswith("]") else (host, "80")


class Guards:
    """ASGI middleware that lets through only what the rules allow."""

    def __init__(self, app: ASGIApp, rules: GuardRules) -> None:
        self._app = app
        self._rules = rules

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what is not allowed with a problem document, and pass on the rest."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        try:
            self._check(scope["method"], Headers(scope=scope))
            await self._app(scope, self._counted(receive), _hardened(send))
        except Problem as problem:
            answer = response_of(problem, scope["path"])
            if problem.status == 401:
                answer.headers["WWW-Authenticate"] = 'Bearer realm="ogc_widgets demo"'
            await answer(scope, receive, _hardened(send))

    def _check(self, method: str, headers: Headers) -> None:
        self._check_host(headers)
        writes = method not in _READS
        if not (_is_own_site(headers) or (method == "GET" and _is_visit(headers))):
            raise _foreign_page()
        if writes or self._rules.exposure.allow_remote:
            self._check_token(headers)
        if writes:
            _check_content_type(headers.get("content-type", ""))
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > self._rules.max_body:
            raise _too_large(self._rules.max_body)

    def _check_host(self, headers: Headers) -> None:
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self._rules.knows_host(hosts[0]):
            detail = "The Host header names none of this server's addresses."
            raise Problem(421, "", "", detail)
        for origin in headers.getlist("origin"):
            scheme, _, host = origin.partition("://")
            if scheme not in ("http", "https") or host.lower() != hosts[0].lower():
                raise _foreign_page()

    def _check_token(self, headers: Headers) -> None:
        scheme, _, said = headers.get("authorization", "").partition(" ")
        known = secrets.compare_digest(said.strip().encode(), self._rules.token.encode())
        if scheme.lower() != "bearer" or not known:
            detail = "Send the header Authorization: Bearer, with the token of this server."
            raise Problem(401, "", "", detail)

    def _counted(self, receive: Receive) -> Receive:
        """Receive that fails when more comes than a body may have."""
        size = 0

        async def counted() -> Message:
            nonlocal size
            message = await receive()
            size += len(message.get("body", b""))
            if size > self._rules.max_body:
                raise _too_large(self._rules.max_body)
            return message

        return counted


def _is_own_site(headers: Headers) -> bool:
    """Whether no page of another site asks, as far as a browser says (none: the user does)."""
    return set(headers.getlist("sec-fetch-site")) <= {"same-origin", "same-site", "none"}


def _is_visit(headers: Headers) -> bool:
    """Whether the browser is about to show the answer in a window of its own."""
    return (headers.get("sec-fetch-mode"), headers.get("sec-fetch-dest")) == (
        "navigate",
        "document",
    )


def _foreign_page() -> Problem:
    return Problem(403, "", "", "Pages of other origins may not use this server.")


def _check_content_type(said: str) -> None:
    media_type = said.partition(";")[0].strip().lower()
    if media_type in _FORM_TYPES:
        detail = f"{media_type} is not taken here; send application/json."
        raise Problem(415, "", "", detail)


def _too_large(limit: int) -> Problem:
    return Problem(413, "", "", f"A body may have at most {limit} bytes.")


def _hardened(send: Send) -> Send:
    """Send that adds what keeps browsers from guessing types and from embedding answers."""

    async def hardened(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["X-Content-Type-Options"] = "nosniff"
            headers["Cross-Origin-Resource-Policy"] = "same-origin"
            headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return hardened
