"""An ASGI app on a loopback port, in a thread, for as long as a test needs it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import uvicorn

from tests.waiting import wait_until


@dataclass(frozen=True)
class Served:
    """Where an app answers.

    :ivar url: origin and the app's root, without a trailing slash
    """

    url: str
    app: Any


@contextmanager
def start(app: Any) -> Iterator[Served]:
    """Serves an app on a free port of 127.0.0.1; ends it, with its thread and socket."""
    # Named as TCP: asyncio sends small packets at once on such sockets only.
    with socket.socket(proto=socket.IPPROTO_TCP) as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        config = uvicorn.Config(
            app, log_level="error", lifespan="off", timeout_graceful_shutdown=1, ws="none"
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            wait_until(lambda: server.started, what="the server's start")
            yield Served(f"http://127.0.0.1:{port}{getattr(app, 'root', '')}", app)
        finally:
            server.should_exit = True
            thread.join(10)
    assert not thread.is_alive()
