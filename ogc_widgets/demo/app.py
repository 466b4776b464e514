"""The embedded server as an ASGI app."""

from collections import deque
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from types import ModuleType
from urllib.parse import urlsplit

from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .catalog import build_catalog_router
from .guards import Exposure, GuardRules, Guards
from .problems import answer_problems
from .routes_execution import build_execution_router
from .routes_jobs import build_jobs_router
from .routes_processes import build_processes_router
from .service import Processes, Service

DEFAULT_BASE = "http://127.0.0.1"
CONCURRENCY = 4
_REMEMBERED = 10_000


def create_app(
    *,
    folder: str | Path,
    token: str,
    base_url: str | None = None,
    processes: Mapping[str, ModuleType] | None = None,
    concurrency: int = CONCURRENCY,
    exposure: Exposure | None = None,
    count_requests: bool = False,
) -> FastAPI:
    """The server as an app; its jobs live from the start of its lifespan to the end.

    :param folder: where jobs, files and logs are kept; made where it is missing
    :param token: the bearer token that every write needs
    :param base_url: the server's URL without a slash at the end; its port is the only one
        that the guards take; None takes every port of the loopback names
    :param processes: process id -> module; None offers those of the package
    :param concurrency: how many jobs run at once
    :param exposure: who else may ask, besides this machine; None: nobody
    :param count_requests: offer ``GET /_requests``, the (method, path) pairs that came in
    """
    base = (base_url or DEFAULT_BASE).rstrip("/")
    opened = _opener(Path(folder), base, Processes(processes), concurrency)
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, lifespan=_lifespan(opened))
    answer_problems(app)
    for router in (
        build_processes_router(),
        build_execution_router(),
        build_jobs_router(),
        build_catalog_router(),
    ):
        app.include_router(router)
    app.state.requests = deque(maxlen=_REMEMBERED)
    if count_requests:
        _offer_requests(app)
    port = urlsplit(base_url).port if base_url else None
    rules = GuardRules(token=token, port=port, exposure=exposure or Exposure())
    app.add_middleware(HeadAsGet)
    app.add_middleware(Guards, rules=rules)
    app.add_middleware(_RequestLog, requests=app.state.requests)
    return app


def _opener(
    folder: Path, base: str, processes: Processes, concurrency: int
) -> Callable[[], Service]:
    return lambda: Service(
        folder=folder, base_url=base, processes=processes, concurrency=concurrency
    )


def _lifespan(
    opened: Callable[[], Service],
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        service = await run_in_threadpool(opened)
        app.state.service = service
        try:
            yield
        finally:
            await run_in_threadpool(service.close)

    return lifespan


def _offer_requests(app: FastAPI) -> None:
    @app.get("/_requests")
    def requests() -> JSONResponse:
        return JSONResponse({"requests": [list(one) for one in app.state.requests]})


class HeadAsGet:
    """ASGI middleware that answers HEAD as GET, without the body (RFC 9110, 9.3.2)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def send_head(message: Message) -> None:
            await send({**message, "body": b""} if "body" in message else message)

        await self._app({**scope, "method": "GET"}, receive, send_head)


class _RequestLog:
    """ASGI middleware that remembers the method and the path of each request."""

    def __init__(self, app: ASGIApp, requests: deque[tuple[str, str]]) -> None:
        self._app = app
        self._requests = requests

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            self._requests.append((scope["method"], scope["path"]))
        await self._app(scope, receive, send)
