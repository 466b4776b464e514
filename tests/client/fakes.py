"""A server of a few lines for one lie, and a client that talks to it without waiting."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import httpx

from ogc_widgets.client import ProcessesClient
from ogc_widgets.client.patience import Patience

BASE = "http://server.test/ogc-api"
LANDING = {
    "links": [
        {"rel": "self", "href": f"{BASE}/"},
        {"rel": "conformance", "href": f"{BASE}/conformance"},
        {"rel": "processes", "href": f"{BASE}/processes"},
        {"rel": "http://www.opengis.net/def/rel/ogc/1.0/job-list", "href": f"{BASE}/jobs"},
        {"rel": "service-desc", "href": f"{BASE}/api"},
    ]
}
Route = Any


class FakeServer:
    """Answers by ``"GET /jobs"`` (below the base) or ``"GET http://elsewhere/x"``.

    A route is a document, bytes, an ``httpx.Response``, an exception to raise, a function of the
    request, or a list of those, used one after the other (the last one stays).

    :ivar requests: every request, in order
    """

    def __init__(self, routes: Mapping[str, Route], base: str = BASE) -> None:
        self.routes = {"GET /": LANDING, **routes}
        self.base = base
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        url = str(request.url)
        for written in (url, url.split("?", maxsplit=1)[0]):
            name = f"{request.method} {written.removeprefix(self.base)}"
            if name in self.routes:
                return self._reply(name, self.routes[name], request)
        return httpx.Response(404, json={"type": "NotFound", "title": f"No {name}"})

    def _reply(self, name: str, route: Route, request: httpx.Request) -> httpx.Response:
        if isinstance(route, InTurn):
            route = route.next()
        if callable(route):
            made = route(request)
            if isinstance(made, httpx.Response):
                return made
            route = made
        if isinstance(route, Exception):
            raise route
        if isinstance(route, httpx.Response):
            # A response is read once; each request gets a fresh one.
            return httpx.Response(route.status_code, headers=route.headers, content=route.content)
        if isinstance(route, bytes):
            return httpx.Response(200, content=route)
        return httpx.Response(200, content=json.dumps(route).encode())

    def asked(self, name: str) -> list[httpx.Request]:
        """The requests of a method and a path below the base, or of a whole address."""
        return [
            request
            for request in self.requests
            if f"{request.method} {str(request.url).split('?')[0].removeprefix(self.base)}" == name
        ]


class InTurn:
    """Routes used one after the other; the last one stays."""

    def __init__(self, *routes: Route) -> None:
        self._routes = list(routes)

    def next(self) -> Route:
        """The next route."""
        return self._routes.pop(0) if len(self._routes) > 1 else self._routes[0]


class Pauses:
    """Instead of sleeping: keeps the seconds that the client would have waited."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


def make_client(
    server: Callable[[httpx.Request], httpx.Response], url: str = BASE, **options: Any
) -> ProcessesClient:
    """A client of a fake server; its pauses take no time and are kept in ``client.pauses``."""
    client = ProcessesClient(url, transport=httpx.MockTransport(server), **options)
    pauses = Pauses()
    client._http.patience = Patience(sleep=pauses, jitter=lambda: 1.0, clock=lambda: 0.0)
    client.pauses = pauses  # type: ignore[attr-defined]
    return client


def connect(routes: Mapping[str, Route], **options: Any) -> tuple[ProcessesClient, FakeServer]:
    """A client and its fake server."""
    server = FakeServer(routes)
    return make_client(server, **options), server


PROCESS = {
    "id": "buffer",
    "version": "1.0",
    "jobControlOptions": ["sync-execute", "async-execute", "dismiss"],
    "inputs": {"distance": {"schema": {"type": "number"}}},
    "outputs": {"area": {"schema": {"type": "number"}}, "shape": {"schema": {}}},
}
ONE_OUTPUT = {**PROCESS, "outputs": {"shape": {"schema": {}}}}
