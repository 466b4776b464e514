"""The embedded server for its own tests: in process, over a socket, and the official schemas."""

import asyncio
import importlib.util
import json
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from inspect import isawaitable
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest
import yaml
from fastapi import FastAPI
from jsonschema import Draft202012Validator

from ogc_widgets.demo.app import create_app
from ogc_widgets.demo.launch import DemoServer

TOKEN = "a-token-of-the-tests"
BASE = "http://127.0.0.1:8042"
_DEADLINE = 20.0
_AMBIGUOUS = ("inlineOrRefData", "inputValueNoObject", "inputValue", "execute", "schema")
"""Official schemas whose ``oneOf`` nothing passes: a text, an integer, a reference match two."""

Eventually = Callable[[Callable[[], Any]], Awaitable[Any]]
Official = Callable[[str, Any], None]


def _sample(name: str) -> ModuleType:
    file = Path(__file__).parent / "sample_processes" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"sample_{name}", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def samples() -> dict[str, ModuleType]:
    """The sample processes by id."""
    return {name: _sample(name) for name in ("shout", "many", "doomed", "family", "curious")}


@pytest.fixture(scope="session")
def eventually() -> Eventually:
    """Asks again until the answer is true, and gives it; fails after a while."""

    async def wait(question: Callable[[], Any]) -> Any:
        end = time.monotonic() + _DEADLINE
        while time.monotonic() < end:
            answer = question()
            if isawaitable(answer):
                answer = await answer
            if answer:
                return answer
            await asyncio.sleep(0.01)
        raise AssertionError(f"It did not happen within {_DEADLINE:g} seconds.")

    return wait


def is_alive(pid: int) -> bool:
    """Whether a process of that id runs; a zombie does not."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] not in ("Z", "X")


@pytest.fixture(scope="session")
def alive() -> Callable[[int], bool]:
    """Whether a process of that id runs."""
    return is_alive


@pytest.fixture(scope="session")
def token() -> str:
    """The token of the server in this process."""
    return TOKEN


def client_of(app: FastAPI, **headers: str) -> httpx.AsyncClient:
    """A client of an app in this process."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url=BASE, headers=headers, timeout=30)


@pytest.fixture
async def app(tmp_path: Path, samples: dict[str, ModuleType]) -> AsyncIterator[FastAPI]:
    """The server with the sample processes, running in this process."""
    made = create_app(folder=tmp_path / "server", token=TOKEN, base_url=BASE, processes=samples)
    async with made.router.lifespan_context(made):
        yield made


@pytest.fixture
async def web(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the server in this process, with its token."""
    async with client_of(app, Authorization=f"Bearer {TOKEN}") as client:
        yield client


@pytest.fixture
async def stranger(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the server in this process, without a token."""
    async with client_of(app) as client:
        yield client


@pytest.fixture(scope="module")
def server() -> Iterator[DemoServer]:
    """The server with its own processes, as a process that is reached over a socket."""
    with DemoServer() as running:
        yield running


@pytest.fixture
def socket_web(server: DemoServer) -> Iterator[httpx.Client]:
    """A client of the server over a socket, with its token."""
    headers = {"Authorization": f"Bearer {server.token}"}
    with httpx.Client(base_url=server.url, headers=headers, timeout=30) as client:
        yield client


def _converted(schema: Any, folder: Path, *, any_of: bool) -> Any:
    """An OpenAPI 3.0 schema as JSON Schema 2020-12; references become those of the bundle."""
    if isinstance(schema, list):
        return [_converted(one, folder, any_of=any_of) for one in schema]
    if not isinstance(schema, dict):
        return schema
    if isinstance(schema.get("$ref"), str):
        return {"$ref": f"#/$defs/{Path(schema['$ref']).stem}"}
    said = {name: _converted(one, folder, any_of=any_of) for name, one in schema.items()}
    for exclusive, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if said.get(exclusive) is True:
            said[exclusive] = said.pop(bound)
    if any_of and isinstance(said.get("oneOf"), list):
        said["anyOf"] = said.pop("oneOf")
    return said


@pytest.fixture(scope="session")
def official(shared: Path) -> Official:
    """Fails where a document does not fit the official v1.0 schema of that name."""
    folder = shared / "standard" / "ogcapi-processes-v1.0" / "core" / "openapi" / "schemas"
    bundle = {
        file.stem: _converted(
            yaml.safe_load(file.read_text()), folder, any_of=file.stem in _AMBIGUOUS
        )
        for file in folder.glob("*.yaml")
    }

    def check(name: str, document: Any) -> None:
        validator = Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": bundle})
        problems = [f"{one.json_path}: {one.message}" for one in validator.iter_errors(document)]
        assert not problems, problems

    return check


class _Listener(BaseHTTPRequestHandler):
    """A subscriber: keeps what is posted to it."""

    def do_POST(self) -> None:
        """Keep path and document."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.append((self.path, json.loads(body)))  # type: ignore[attr-defined]
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_said: object) -> None:
        """Say nothing."""


@pytest.fixture
def listener() -> Iterator[Callable[[], tuple[list[tuple[str, Any]], str]]]:
    """Starts a subscriber: the list of what it hears, and its URL."""
    servers = []

    def start() -> tuple[list[tuple[str, Any]], str]:
        made = ThreadingHTTPServer(("127.0.0.1", 0), _Listener)
        made.heard = []  # type: ignore[attr-defined]
        threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01}).start()
        servers.append(made)
        return made.heard, f"http://127.0.0.1:{made.server_port}"  # type: ignore[attr-defined]

    yield start
    for one in servers:
        one.shutdown()
        one.server_close()
