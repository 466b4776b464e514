"""Recorded exchanges of a real server, answered again; over ASGI, in process or over a socket."""

from __future__ import annotations

import base64
import json
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
HOP_BY_HOP = ("connection", "keep-alive", "transfer-encoding", "content-length", "content-encoding")


@dataclass(frozen=True)
class Reply:
    """What is sent back: status, headers and the bytes as they were on the wire."""

    status: int
    content: bytes = b""
    headers: tuple[tuple[str, str], ...] = (("content-type", "application/json"),)


@dataclass(frozen=True)
class Asked:
    """A request, with its path as written (percent-encoded) and its query."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Exchange:
    """A recorded request and its answer."""

    name: str
    asked: Asked
    reply: Reply

    def likeness(self, asked: Asked) -> int:
        """How well it answers a request for the same method and path; the greatest is best."""
        same_body = _json(self.asked.body) == _json(asked.body)
        same_prefer = self.asked.headers.get("prefer") == asked.headers.get("prefer")
        same_accept = self.asked.headers.get("accept") == asked.headers.get("accept")
        same_query = self.asked.query == asked.query
        return (
            16 * same_query
            + 8 * (not self.asked.query)
            + 4 * same_prefer
            + 2 * same_body
            + (1 * same_accept)
        )


@dataclass
class App:
    """An ASGI app that answers whole requests and keeps what was asked.

    :ivar requests: method and path (without query) of each request, in order
    :ivar asked: the same requests whole
    """

    requests: list[tuple[str, str]] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)

    def answer(self, asked: Asked) -> Reply:
        """The reply to a request."""
        raise NotImplementedError

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _live(receive, send)
            return
        body, more = b"", True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        path = (scope.get("raw_path") or scope["path"].encode()).decode("latin-1").split("?")[0]
        headers = {name.decode().lower(): text.decode() for name, text in scope["headers"]}
        asked = Asked(scope["method"], path, scope["query_string"].decode(), headers, body)
        self.requests.append((asked.method, asked.path))
        self.asked.append(asked)
        reply = self.answer(asked)
        length = ("content-length", str(len(reply.content)))
        sent = [(name.encode(), text.encode()) for name, text in (*reply.headers, length)]
        await send({"type": "http.response.start", "status": reply.status, "headers": sent})
        await send({"type": "http.response.body", "body": reply.content})

    def count(self, method: str, path: str = "") -> int:
        """How often a method was asked of a path that ends so."""
        return sum(asked == method and at.endswith(path) for asked, at in self.requests)


class Replay(App):
    """The recorded exchanges of one server.

    Several for one method and path are told apart by query, ``Prefer``, body and ``Accept``; of
    equals the first that was not used yet answers, at the end the last again.

    :ivar root: the path of the API root, ``""`` or ``/ogc-api``
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.exchanges = load_exchanges(folder)
        self.root = urlsplit(read_base(folder)).path.rstrip("/")
        self._used: set[str] = set()

    def answer(self, asked: Asked) -> Reply:
        fitting = [
            exchange
            for exchange in self.exchanges
            if exchange.asked.method == asked.method and exchange.asked.path == asked.path
        ]
        if not fitting:
            return Reply(404, b'{"type": "NotRecorded", "title": "Not recorded"}')
        best = max(exchange.likeness(asked) for exchange in fitting)
        alike = [exchange for exchange in fitting if exchange.likeness(asked) == best]
        fresh = [exchange for exchange in alike if exchange.name not in self._used]
        chosen = fresh[0] if fresh else alike[-1]
        self._used.add(chosen.name)
        return chosen.reply

    def named(self, name: str) -> Exchange:
        """The exchange of a file's name, without its suffix."""
        return next(exchange for exchange in self.exchanges if exchange.name == name)


def load_exchanges(folder: Path) -> list[Exchange]:
    """The exchanges of a server, in the order of their recording."""
    summary = (folder / "_summary.txt").read_text(encoding="utf-8").splitlines()
    order = {line.split()[0]: place for place, line in enumerate(summary) if line.strip()}
    paths = sorted(folder.glob("*.json"), key=lambda path: (order.get(path.stem, 0), path.stem))
    return [_load(path) for path in paths]


def read_base(folder: Path) -> str:
    """The base URL that the server was recorded with."""
    return str(json.loads((folder / "landing.json").read_text())["base"])


def _load(path: Path) -> Exchange:
    recorded = json.loads(path.read_text(encoding="utf-8"))
    request, response = recorded["request"], recorded["response"]
    url = request["path"]
    parts = urlsplit(url if "://" in url else recorded["base"] + url)
    headers = {name.lower(): text for name, text in request["headers"].items()}
    body = (request.get("body") or "").encode()
    encoded = response.get("body_base64")
    content = base64.b64decode(encoded) if encoded else (response.get("body") or "").encode()
    sent = [(name, text) for name, text in response["headers"].items() if name not in HOP_BY_HOP]
    return Exchange(
        path.stem,
        Asked(request["method"], parts.path or "/", unquote(parts.query), headers, body),
        Reply(response["status"], content, tuple(sent)),
    )


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return body


async def _live(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
