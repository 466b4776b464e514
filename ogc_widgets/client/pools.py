"""One connection pool for each event loop that uses a client."""

import asyncio
import http.cookiejar
import ssl
import weakref
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import httpx

Transport = httpx.AsyncBaseTransport | Callable[[], httpx.AsyncBaseTransport] | None
# Shorter than the 5 s after which most servers close an idle connection: a POST that meets the
# closing would have an unknown outcome.
AT_ONCE = 64
CONNECTIONS = httpx.Limits(
    max_connections=AT_ONCE, max_keepalive_connections=AT_ONCE, keepalive_expiry=4.0
)
# gzip and deflate only: their greatest expansion is known, so that a cap on size holds.
DEFAULTS = {"Accept-Encoding": "gzip, deflate", "User-Agent": "ogc_widgets"}


@dataclass
class Pool:
    """The connections of one loop, and a lock of that loop for what is read only once.

    :ivar gate: lets through as many requests as there are connections: the pool's own queue takes
        a time that grows with the square of its length
    """

    client: httpx.AsyncClient
    lock: asyncio.Lock
    gate: asyncio.Semaphore
    keeper: AsyncGenerator[None, None]


class Pools:
    """Gives the running loop its pool.

    A pool is closed by ``close``, at the end of its loop, or when its client is forgotten: an
    asynchronous generator holds it, and ending those is a duty of every loop.
    """

    def __init__(self, make: Callable[[], httpx.AsyncClient]) -> None:
        self._make = make
        self._pools: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, Pool] = (
            weakref.WeakKeyDictionary()
        )

    async def pool(self) -> Pool:
        """The pool of the running loop."""
        loop = asyncio.get_running_loop()
        pool = self._pools.get(loop)
        if pool is None or pool.client.is_closed:
            self._forget_ended()
            client = self._make()
            pool = Pool(client, asyncio.Lock(), asyncio.Semaphore(AT_ONCE), _keep(client))
            self._pools[loop] = pool
            await anext(pool.keeper)
        return pool

    async def close(self) -> None:
        """Closes the pool of this loop now, and asks the other loops to close theirs."""
        here = asyncio.get_running_loop()
        for loop, pool in list(self._pools.items()):
            if loop is here:
                await pool.keeper.aclose()
            elif loop.is_running():
                loop.call_soon_threadsafe(_end, loop, pool)
        self._pools.clear()

    def _forget_ended(self) -> None:
        for loop in [loop for loop in list(self._pools) if loop.is_closed()]:
            self._pools.pop(loop, None)


class ClientMaker:
    """Makes httpx clients that differ in their loop only.

    What checks certificates is loaded once: that takes a tenth of a second.
    """

    def __init__(
        self, transport: Transport, timeout: httpx.Timeout | float | None, verify: Any
    ) -> None:
        self._transport = transport
        self._timeout = timeout
        self._verify = verify

    @cached_property
    def _trust(self) -> ssl.SSLContext:
        if isinstance(self._verify, ssl.SSLContext):
            return self._verify
        return httpx.create_ssl_context(verify=self._verify)

    def __call__(self) -> httpx.AsyncClient:
        """A client for the running loop."""
        if self._transport is not None:
            return make_client(self._transport, self._timeout, True)
        return make_client(None, self._timeout, self._trust)


def make_client(
    transport: Transport, timeout: httpx.Timeout | float | None, verify: ssl.SSLContext | bool
) -> httpx.AsyncClient:
    """An httpx client without credentials, cookies and redirects: the caller minds those."""
    if transport is not None and not isinstance(transport, httpx.AsyncBaseTransport):
        transport = transport()
    no_cookies = http.cookiejar.DefaultCookiePolicy(allowed_domains=[])
    return httpx.AsyncClient(
        transport=transport,
        timeout=timeout,
        verify=verify,
        limits=CONNECTIONS,
        headers=DEFAULTS,
        cookies=http.cookiejar.CookieJar(no_cookies),
        follow_redirects=False,
    )


async def _keep(client: httpx.AsyncClient) -> AsyncGenerator[None, None]:
    try:
        yield
    finally:
        await client.aclose()


def _end(loop: asyncio.AbstractEventLoop, pool: Pool) -> None:
    ending = loop.create_task(pool.client.aclose())
    _ENDING.add(ending)
    ending.add_done_callback(_ENDING.discard)


_ENDING: set[asyncio.Task[None]] = set()
