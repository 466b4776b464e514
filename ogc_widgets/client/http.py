"""Sends requests, and reads answers whole; every failure comes out as one of our errors."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx

from ogc_widgets.client.address import Address
from ogc_widgets.client.answer import Answer
from ogc_widgets.client.auth import PrivateHeaders
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
JSON = {"Accept": "application/json"}
ANYTHING = {"Accept": "*/*"}


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
        if auth is None and address.username:
            auth = httpx.BasicAuth(address.username, address.password)
        self._auth = httpx.BasicAuth(*auth) if isinstance(auth, tuple) else auth
        self._headers = PrivateHeaders(headers or {})
        self.pools = Pools(ClientMaker(transport, timeout, verify))

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
        attempt = 0
        while True:
            attempt += 1
            try:
                answer = await self._follow(url, headers, limit)
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
            answer = await self._exchange(method, url, body, headers, DATA_LIMIT)
        except RETRIED as error:
            raise exchange_fault(error, method, place(url)) from error
        if answer.status in GATEWAY:
            raise outcome_unknown(method, place(url), answer.status)
        return answer

    async def close(self) -> None:
        """Closes the connections."""
        await self.pools.close()

    async def _follow(self, url: str, headers: Mapping[str, str], limit: int) -> Answer:
        seen = {url}
        while len(seen) <= LONGEST_CHAIN:
            answer = await self._exchange("GET", url, None, headers, limit)
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
        self, method: str, url: str, body: bytes | None, headers: Mapping[str, str], limit: int
    ) -> Answer:
        """One request and its answer. Errors of RETRIED come out as they are, others as ours."""
        try:
            parsed = httpx.URL(url)
            own = self.address.owns(parsed)
            client = (await self.pools.pool()).client
            sent = self._headers.joined(headers) if own and self._headers else headers
            request = client.build_request(method, parsed, content=body, headers=sent)
            response = await client.send(request, stream=True, auth=self._auth if own else None)
            try:
                content = await _read(response, limit)
            finally:
                await response.aclose()
        except RETRIED:
            raise
        except Exception as error:
            fault = transport_fault(error, method, place(url))
            if fault is None:
                raise
            raise fault from _shown(error)
        return Answer(response.status_code, url, response.headers, content, own)


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


async def _read(response: httpx.Response, limit: int) -> bytes:
    encoding = response.headers.get("content-encoding", "").strip().lower()
    if encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise UnreadableAnswer(
            "The answer is compressed in a way that was not asked for.",
            "Tell those who run the server.",
            status=response.status_code,
        )
    size, chunks = 0, []
    async for chunk in response.aiter_bytes():
        size += len(chunk)
        if size > limit:
            raise AnswerTooLarge(
                f"The answer has more than {limit // 2**20} MiB and was not read.",
                "Ask for less, or download it in another way.",
                status=response.status_code,
            )
        chunks.append(chunk)
    return chunks[0] if len(chunks) == 1 else b"".join(chunks)
