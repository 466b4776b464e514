"""Sends requests, and reads answers whole; every failure comes out as one of our errors."""

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import aclosing
from email.utils import parsedate_to_datetime
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import httpx

from ogc_widgets.client.address import Address
from ogc_widgets.client.answer import Answer
from ogc_widgets.client.auth import PreparedAuth, PrivateHeaders
from ogc_widgets.client.faults import (
    GATEWAY,
    RETRIED,
    exchange_fault,
    outcome_unknown,
    transport_fault,
)
from ogc_widgets.client.patience import Patience
from ogc_widgets.client.pools import ClientMaker, Pools, Transport
from ogc_widgets.errors import AnswerTooLarge, TooManyRedirects, UnreadableAnswer

METADATA_LIMIT = 64 * 2**20
DATA_LIMIT = 512 * 2**20
REDIRECTS = (301, 302, 303, 307, 308)
RETRIED_STATUSES = (429, 502, 503, 504)
LONGEST_CHAIN = 10
SLOWEST = 1024  # bytes a second
JSON = {"Accept": "application/json"}
ANYTHING = {"Accept": "*/*"}
PREFER_JSON = {"Accept": "application/json, */*;q=0.5"}
Take = Callable[[httpx.Response, asyncio.Timeout], Awaitable[bytes]]


class Http:
    """The way to one server.

    Credentials and the user's headers go to that server's origin only: redirects and links to
    other origins are followed without them. No cookies are kept.

    :ivar patience: when a GET is sent again; nothing else ever is
    """

    def __init__(
        self,
        address: Address,
        *,
        auth: Any = None,
        headers: Mapping[str, str] | None = None,
        timeout: httpx.Timeout | float | None = 60.0,
        transport: Transport = None,
        verify: Any = True,
    ) -> None:
        self.address = address
        self.patience = Patience()
        self._heard = ("", 0.0)
        if auth is None and address.username:
            auth = httpx.BasicAuth(address.username, address.password)
        self._auth = httpx.BasicAuth(*auth) if isinstance(auth, tuple) else auth
        self._headers = PrivateHeaders(headers or {})
        self.pools = Pools(ClientMaker(transport, timeout, verify))

    @property
    def carries_credentials(self) -> bool:
        """Whether requests to the server that the user named say who asks."""
        return self._auth is not None or "Authorization" in self._headers

    async def get(
        self,
        url: str,
        *,
        headers: Mapping[str, str] = JSON,
        limit: int = METADATA_LIMIT,
        patience: Patience | None = None,
    ) -> Answer:
        """The answer to a GET, whatever its status; redirects are followed.

        :param limit: how many bytes the body may have, decompressed
        :raises TransportError: after the last attempt
        """
        patience = patience or self.patience
        take = partial(_read, limit=limit)
        attempt = 0
        while True:
            attempt += 1
            try:
                answer = await self.follow(url, headers, take)
            except RETRIED as error:
                pause = patience.pause(attempt)
                if pause is None:
                    raise exchange_fault(error, "GET", place(url)) from error
            else:
                if answer.status not in RETRIED_STATUSES:
                    return answer
                pause = patience.pause(attempt, answer.headers.get("retry-after"))
                if pause is None:
                    return answer
            await patience.sleep(pause)

    async def send(
        self, method: str, url: str, *, body: bytes | None = None, headers: Mapping[str, str] = JSON
    ) -> Answer:
        """The answer to a POST, PUT or DELETE, which is sent once, and not followed elsewhere.

        :raises ConnectionFailed: nothing was sent
        :raises OutcomeUnknown: it may have been carried out
        """
        try:
            take = partial(_read, limit=DATA_LIMIT)
            answer = await self._exchange(method, url, body, headers, take)
        except RETRIED as error:
            raise exchange_fault(error, method, place(url)) from error
        if answer.status in GATEWAY:
            raise outcome_unknown(method, place(url), answer.status)
        return answer

    async def prepare(self) -> None:
        """Signs in, where that takes more than a header."""
        if isinstance(self._auth, PreparedAuth):
            await self._auth.prepare()

    async def close(self) -> None:
        """Closes the connections."""
        await self.pools.close()

    async def follow(self, url: str, headers: Mapping[str, str], take: Take) -> Answer:
        """The answer to one GET, redirects followed; errors of RETRIED come out as they are.

        :param take: reads the body, and gives what of it the Answer shall hold
        """
        seen = {url}
        while len(seen) <= LONGEST_CHAIN:
            answer = await self._exchange("GET", url, None, headers, take)
            if answer.status not in REDIRECTS or not answer.location:
                return answer
            target = self.address.resolve(answer.location, answer.url)
            if target is None:
                raise UnreadableAnswer(
                    "The server redirects to something that is no web address.",
                    place(url),
                    status=answer.status,
                )
            moved = self.address.own(target)
            url = target if moved is None or moved in seen else moved
            if url in seen:
                break
            seen.add(url)
        raise TooManyRedirects("The server redirects in a circle.", place(url))

    async def _exchange(
        self, method: str, url: str, body: bytes | None, headers: Mapping[str, str], take: Take
    ) -> Answer:
        """One request and its answer. Errors of RETRIED come out as they are, others as ours."""
        try:
            parsed = httpx.URL(url)
            own = self.address.owns(parsed)
            pool = await self.pools.pool()
            client, size = pool.client, len(body or b"")
            sent = self._headers.joined(headers) if own and self._headers else headers
            request = client.build_request(method, parsed, content=body, headers=sent)
            auth = self._auth if own else None
            if own:
                await self.prepare()
            async with pool.gate, asyncio.timeout(longest(client.timeout, size)) as clock:
                response = await client.send(request, stream=True, auth=auth)
                try:
                    content = await take(response, clock)
                finally:
                    await response.aclose()
        except RETRIED:
            raise
        except Exception as error:
            fault = transport_fault(error, method, place(url))
            if fault is None:
                raise
            raise fault from _shown(error)
        if own:
            self._heard = (response.headers.get("date", ""), time.time())
        return Answer(response.status_code, url, response.headers, content, own)

    @property
    def clock_skew(self) -> float:
        """How many seconds the server's clock is ahead of ours; 0 where its answers do not say."""
        date, here = self._heard
        try:
            return parsedate_to_datetime(date).timestamp() - here
        except (TypeError, ValueError, OverflowError):
            return 0.0


def place(url: str) -> str:
    """An address as it may be shown: without query, which can hold a key."""
    try:
        parts = urlsplit(url)
        return f"{parts.scheme}://{parts.hostname or ''}{_port(parts.port)}{parts.path}"
    except ValueError:
        return "the address"


def _port(port: int | None) -> str:
    return "" if port is None else f":{port}"


def _shown(error: Exception) -> Exception | None:
    # h11 quotes the header's value, which may be a token.
    return None if isinstance(error, httpx.LocalProtocolError) else error


def longest(timeout: httpx.Timeout, size: int) -> float | None:
    """Seconds that an exchange of so many bytes may take in all; None for no end.

    httpx limits each wait alone: a byte now and then would hold a client for ever.
    """
    waits = (timeout.connect, timeout.pool, timeout.write, timeout.read)
    return None if None in waits else sum(wait or 0 for wait in waits) + size / SLOWEST


async def read_chunks(
    response: httpx.Response, clock: asyncio.Timeout
) -> AsyncGenerator[bytes, None]:
    """A body's bytes as they come, decompressed; the clock is put on while they do."""
    end = clock.when()
    encoding = response.headers.get("content-encoding", "").strip().lower()
    if encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise UnreadableAnswer(
            "The answer is compressed in a way that was not asked for.",
            "Tell those who run the server.",
            status=response.status_code,
        )
    async for chunk in response.aiter_bytes():
        if end is not None:
            clock.reschedule(end + response.num_bytes_downloaded / SLOWEST)
        yield chunk


async def _read(response: httpx.Response, clock: asyncio.Timeout, *, limit: int) -> bytes:
    size, read = 0, []
    async with aclosing(read_chunks(response, clock)) as chunks:
        async for chunk in chunks:
            size += len(chunk)
            if size > limit:
                raise AnswerTooLarge(
                    f"The answer has more than {limit // 2**20} MiB and was not read.",
                    "Ask for less, or download it in another way.",
                    status=response.status_code,
                )
            read.append(chunk)
    return read[0] if len(read) == 1 else b"".join(read)
