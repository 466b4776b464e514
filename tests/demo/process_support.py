"""What the tests of the processes share: a job that remembers, and a web server on a socket."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
import yaml
from fastapi import FastAPI, Request
from jsonschema import Draft4Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

from ogc_widgets.demo.catalog import build_catalog_router
from tests.waiting import wait_until

AOI = "-34.92,-8.05,-34.82,-7.94"
"""All of the scene."""

SCHEMAS = Path("standard/ogcapi-processes-v1.0/core/openapi/schemas")


def official(shared: Path, name: str) -> Draft4Validator:
    """A validator of a schema of the standard; OpenAPI 3.0 has draft 4's exclusive bounds."""

    def retrieve(uri: str) -> Resource[Any]:
        text = (shared / SCHEMAS / uri.removeprefix("x:/")).read_text(encoding="utf-8")
        return Resource.from_contents(yaml.safe_load(text), default_specification=DRAFT4)

    registry: Registry[Any] = Registry(retrieve=retrieve)  # type: ignore[call-arg]
    return Draft4Validator({"$ref": f"x:/{name}"}, registry=registry)


class FakeJob:
    """A job context that keeps what it was told."""

    def __init__(self, folder: Path, server_url: str = "http://127.0.0.1:1") -> None:
        self.folder = folder
        self.server_url = server_url
        self.told: list[tuple[float, str]] = []

    def progress(self, percent: float, message: str) -> None:
        self.told.append((percent, message))

    def href(self, name: str) -> str:
        return f"{self.server_url}/files/{name}"

    def file(self, href: str) -> Path:
        """The file that an address of this job stands for."""
        return self.folder / href.removeprefix(f"{self.server_url}/files/")


class CatalogApp(FastAPI):
    """The catalogue, and beside it what a test puts into ``odd``.

    It stands at ``/odd/{name}``, which answers no HEAD, and at ``/ranged/{name}``, which does.
    """

    def __init__(self) -> None:
        super().__init__()
        self.odd: dict[str, Any] = {}
        self.sent: list[tuple[int, str, int]] = []
        """(status, path, bytes) of every answer."""
        self.middleware("http")(self._remember)
        self.include_router(build_catalog_router())
        self.add_api_route("/odd/{name}", self._show_odd, response_model=None)
        self.add_api_route(
            "/ranged/{name}", self._show_odd, response_model=None, methods=["GET", "HEAD"]
        )

    async def _remember(self, request: Request, answer: Any) -> Any:
        answered = await answer(request)
        size = int(answered.headers.get("content-length", 0)) if request.method == "GET" else 0
        self.sent.append((answered.status_code, request.url.path, size))
        return answered

    async def _show_odd(self, name: str) -> Any:
        return self.odd[name]


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The address at which the app answers, on a free port of this machine."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        config = uvicorn.Config(app, log_level="error", ws="none", lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        try:
            wait_until(lambda: server.started, what="the web server has started")
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(timeout=10)


def item_url(server_url: str, item_id: str = "olinda") -> str:
    """The address of an item of the catalogue."""
    return f"{server_url}/stac/collections/olinda/items/{item_id}"


def request(*urls: str, **more: Any) -> dict[str, Any]:
    """The inputs of the training's request, for these items."""
    training = {"aoi": AOI, "epsg": "EPSG:4326", "bands": ["green", "nir"]}
    return {"stac_items": list(urls), **training, **more}
