"""The embedded server in a process: ``serve`` for the command line, ``main`` for a parent.

``python -m ogc_widgets.demo.serving`` reads one JSON line from standard input (see
:mod:`ogc_widgets.demo.launch`), tells its URL in one JSON line on standard output as soon as it
answers, and ends when its standard input does: that is when its parent closed the pipe, or died.
"""

import asyncio
import json
import logging
import os
import shutil
import signal
import socket
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from .app import CONCURRENCY, create_app
from .guards import Exposure
from .parent_pipe import read_line, wait_for_end
from .service import check_folder

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_GRACE = 3
_SILENCE = 20.0
_TCP = socket.IPPROTO_TCP  # named, for asyncio sets TCP_NODELAY only where it is
_PATIENCE = 15.0


def serve(
    *,
    token: str,
    folder: str | Path | None = None,
    host: str = "127.0.0.1",
    port: int = 0,
    exposure: Exposure | None = None,
    started: Callable[[str], None] | None = None,
) -> None:
    """Serve until the process is told to stop (Ctrl-C, SIGTERM).

    :param token: the bearer token of every write
    :param folder: where the jobs are kept; None keeps them in a folder that is removed at the end
    :param host: the address to bind
    :param port: the port to bind; 0 takes a free one
    :param started: is called with the server's URL as soon as it answers
    :raises ValueError: the address is not loopback and ``exposure`` does not allow it
    :raises FolderInUse: another server has the folder
    :raises OSError: the address cannot be bound
    """
    exposure = exposure or Exposure()
    if host not in _LOOPBACK and not exposure.allow_remote:
        raise ValueError(
            f"{host} is reachable from other machines, and this server runs processes. "
            "Allow remote access by name if that is what you want."
        )
    with _Listener(host, port) as listener, _kept(folder) as kept:
        _Server(listener, kept, token, exposure, started).run()


class _Listener:
    """The bound socket, which knows the server's port before anything is started."""

    def __init__(self, host: str, port: int) -> None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.socket = socket.socket(family, socket.SOCK_STREAM, _TCP)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            self.socket.bind((host, port))
        except OSError as error:
            self.socket.close()
            why = f"{host}, port {port}, cannot be used ({error.strerror}). Name another port."
            raise OSError(why) from None
        self.host = host
        self.port: int = self.socket.getsockname()[1]
        name = f"[{host}]" if ":" in host else host
        anywhere = host in ("0.0.0.0", "::", "")  # noqa: S104
        self.url = f"http://{'127.0.0.1' if anywhere else name}:{self.port}"

    def __enter__(self) -> "_Listener":
        return self

    def __exit__(self, *_error: object) -> None:
        self.socket.close()


@contextmanager
def _kept(folder: str | Path | None) -> Iterator[Path]:
    """The folder of the jobs; one that is removed again, where none is named."""
    kept = Path(folder or tempfile.mkdtemp(prefix="ogc-widgets-"))
    check_folder(kept)
    try:
        yield kept
    finally:
        if folder is None:
            shutil.rmtree(kept, ignore_errors=True)


class _Connection(H11Protocol):
    """A connection that is closed where no request comes: silent ones would use up all files."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait."""
        super().connection_made(transport)
        asyncio.get_running_loop().call_later(_SILENCE, self._close_if_silent)

    def _close_if_silent(self) -> None:
        if self.scope is None:
            self.transport.close()


class _Server(uvicorn.Server):
    """uvicorn, which tells when it answers."""

    def __init__(
        self,
        listener: _Listener,
        folder: Path,
        token: str,
        exposure: Exposure,
        started: Callable[[str], None] | None,
    ) -> None:
        app = create_app(
            folder=folder,
            token=token,
            base_url=listener.url,
            exposure=exposure,
            concurrency=int(os.environ.get("OGC_WIDGETS_DEMO_JOBS", CONCURRENCY)),
            count_requests=os.environ.get("OGC_WIDGETS_DEMO_COUNT") == "1",
        )
        super().__init__(
            uvicorn.Config(
                app,
                log_level="warning",
                access_log=False,
                server_header=False,
                proxy_headers=False,
                lifespan="on",
                http=_Connection,
                ws="none",
                timeout_graceful_shutdown=_GRACE,
            )
        )
        self._listener = listener
        self._tell = started

    def run(self, sockets: list[socket.socket] | None = None) -> None:
        """Serve at the listener until told to stop; the end of the terminal is one way to tell."""
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGHUP, self.handle_exit)
        super().run(sockets or [self._listener.socket])

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to answer, and tell the URL."""
        await super().startup(sockets)
        if self.started and self._tell:
            self._tell(self._listener.url)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop; asked twice, without waiting for open requests.

        uvicorn's own raises the signal again, and would end the process before it has cleaned up.
        """
        self.force_exit = self.should_exit
        self.should_exit = True


def _end_with_parent(stop: Callable[[], None]) -> None:
    """Stop when standard input ends; and if stopping takes too long, end at once.

    The jobs die in either case: their supervisors see the end of this process.
    """
    wait_for_end()
    stop()
    threading.Event().wait(_PATIENCE)
    os._exit(1)


def _tell_parent(url: str) -> None:
    """The only line on standard output; what is printed afterwards goes nowhere."""
    os.write(1, json.dumps({"url": url}).encode() + b"\n")
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.close(nothing)


def main() -> None:
    """Serve for a parent process, as the line on standard input says."""
    logging.basicConfig(level=logging.WARNING)
    line = read_line()
    if not line:
        return
    wanted: dict[str, Any] = json.loads(line)
    with _Listener("127.0.0.1", wanted["port"]) as listener, _kept(wanted["folder"]) as kept:
        server = _Server(listener, kept, wanted["token"], Exposure(), _tell_parent)

        def stop() -> None:
            server.should_exit = True

        threading.Thread(target=_end_with_parent, args=(stop,), daemon=True).start()
        server.run()
    sys.stdout.flush()


if __name__ == "__main__":
    main()
