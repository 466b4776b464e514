"""Reads what an input points to, within limits.

A process fetches what its user names: that is its purpose. Therefore http and https only (also
after a redirect), no password in an address, at most three redirects, and limits of bytes and time.
"""

import json
import re
from collections.abc import Callable
from http.client import HTTPException
from ipaddress import ip_address
from time import monotonic
from typing import IO, Any, NamedTuple
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPRedirectHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    build_opener,
)

from . import ProcessFailure

TEXT_LIMIT = 10_000_000
"""Bytes of a document that is read whole."""

SECONDS = 60.0
"""Time that one download may take."""

_CHUNK = 1 << 16
_BLANK = re.compile(r"[\x00-\x20\x7f]")


class Fetched(NamedTuple):
    """An answer and the address that gave it, after redirects."""

    url: str
    content: bytes


class FetchedJson(NamedTuple):
    """A JSON document and the address that gave it, after redirects."""

    url: str
    document: Any


def check_address(url: Any) -> str:
    """The address, if it may be fetched.

    :raises ProcessFailure: not http or https, no host, no such port, blanks or a password in it
    """
    try:
        parts = urlsplit(url) if isinstance(url, str) else None
        is_usable = parts is not None and bool(parts.hostname) and parts.port != 0
    except ValueError:
        parts, is_usable = None, False
    if (
        parts is None
        or not is_usable
        or parts.scheme not in {"http", "https"}
        or _BLANK.search(url)
    ):
        message = f"The address {url!r:.200} cannot be read; give one with http or https."
        raise ProcessFailure(message)
    if "@" in parts.netloc:
        raise ProcessFailure("An address must not hold a user name or password; leave it out.")
    return str(url)


def fetch(
    url: str, *, limit: int = TEXT_LIMIT, seconds: float = SECONDS, accept: str = "*/*"
) -> Fetched:
    """What an address answers.

    :param limit: most bytes that are taken
    :param seconds: longest time that it may take
    :raises ProcessFailure: the address is refused, unreachable, too slow, too large or in error
    """
    request = Request(check_address(url), headers={"Accept": accept})  # noqa: S310 (checked)
    try:
        with _opener(url).open(request, timeout=min(seconds, 20)) as answer:
            content = _read(answer, limit, monotonic() + seconds, url)
            return Fetched(answer.url, content)
    except HTTPError as error:
        error.close()
        message = f"The address {url} answered {error.code} {error.reason}; check that it exists."
        if error.code in range(300, 400):
            message = (
                f"The address {url} redirects too often, or to what is not allowed; give the "
                f"address that it leads to."
            )
        raise ProcessFailure(message) from None
    except (URLError, HTTPException, OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        message = f"The address {url} could not be reached ({reason}); check it and try again."
        raise ProcessFailure(message) from None


def fetch_json(url: str) -> FetchedJson:
    """The JSON document at an address.

    :raises ProcessFailure: as :func:`fetch`, or the answer is not JSON
    """
    answer = fetch(url, accept="application/geo+json, application/json;q=0.9, */*;q=0.1")
    try:
        return FetchedJson(answer.url, json.loads(answer.content))
    except (ValueError, RecursionError):
        message = f"The address {url} did not answer with JSON; check that it is the right one."
        raise ProcessFailure(message) from None


def _read(answer: IO[bytes], limit: int, deadline: float, url: str) -> bytes:
    """The body, in chunks, so that neither its size nor its slowness goes unseen."""
    chunks: list[bytes] = []
    size = 0
    read: Callable[[int], bytes] = getattr(answer, "read1", answer.read)
    while chunk := read(_CHUNK):
        chunks.append(chunk)
        size += len(chunk)
        if size > limit:
            message = f"The address {url} answered with more than {limit / 1e6:g} MB; name less."
            raise ProcessFailure(message)
        if monotonic() > deadline:
            raise ProcessFailure(f"The address {url} answered too slowly; try again later.")
    return b"".join(chunks)


class _Redirects(HTTPRedirectHandler):
    """Follows three redirects, each to an address that could have been given itself."""

    max_redirections = 3
    max_repeats = 2

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str
    ) -> Request | None:
        try:
            check_address(newurl)
        except ProcessFailure:
            fp.close()
            raise
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _opener(url: str) -> OpenerDirector:
    """Opens addresses; never through a proxy to this machine, where a proxy sees another one."""
    if _is_loopback(url):
        return build_opener(_Redirects, ProxyHandler({}))
    return build_opener(_Redirects)


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
