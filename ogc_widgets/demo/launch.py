"""The embedded server as a Python object: a child process that ends with its owner.

The server runs beside the kernel and not in it, so that a busy cell does not stop it.
"""

import atexit
import contextlib
import json
import os
import secrets
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from ogc_widgets.errors import ConnectionFailed

if TYPE_CHECKING:
    from ogc_widgets.client import ProcessesClient

_PATIENCE = 10.0
_START_LIMIT = 60.0


class DemoServer:
    """A server of its own, started at the first :attr:`url` or by ``with``.

    It ends with ``with``, with :meth:`close`, and with the interpreter, however that ends.

    :param port: 0 takes a free port
    :param folder: where the jobs are kept; None keeps them until the server ends
    :param token: the bearer token of writes; None makes one
    """

    def __init__(
        self, *, port: int = 0, folder: str | Path | None = None, token: str | None = None
    ) -> None:
        self._port = port
        self._folder = None if folder is None else str(Path(folder).absolute())
        self._token = token or secrets.token_urlsafe(32)
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._url = ""

    def __repr__(self) -> str:
        """Says where the server is, and never its token."""
        return f"<DemoServer {self._url or 'not started'}>"

    def __enter__(self) -> "DemoServer":
        """Start the server."""
        self._start()
        return self

    def __exit__(self, *_error: object) -> None:
        """End the server."""
        self.close()

    @property
    def url(self) -> str:
        """Base URL without a slash at the end; starts the server where it is not running.

        :raises ConnectionFailed: the server did not start
        """
        return self._start()

    @property
    def token(self) -> str:
        """The bearer token that every write needs."""
        return self._token

    @property
    def pid(self) -> int | None:
        """Id of the server's process; None where it does not run, or is not ours."""
        return self._process.pid if self._process else None

    def client(self) -> "ProcessesClient":
        """A client of this server, with its token."""
        from ogc_widgets.client import BearerAuth, ProcessesClient  # noqa: PLC0415  not needed else

        return ProcessesClient(self.url, auth=BearerAuth(self.token))

    def close(self) -> None:
        """End the server and all its jobs; returns when it is gone. May be called again."""
        with self._lock:
            process, self._process, self._url = self._process, None, ""
        if process is None:
            return
        atexit.unregister(self.close)
        _end(process)

    def _start(self) -> str:
        with self._lock:
            if self._process is None or self._process.poll() is not None:
                if self._process is not None:
                    _end(self._process)
                wanted = {"port": self._port, "folder": self._folder, "token": self._token}
                self._process, self._url = _start(wanted)
                atexit.register(self.close)
            return self._url


class RunningServer(DemoServer):
    """A server that somebody else started and will end, such as ``make demo``.

    :param url: its base URL
    :param token: its bearer token
    """

    def __init__(self, url: str, token: str) -> None:
        super().__init__(token=token)
        self._url = url.rstrip("/")

    def close(self) -> None:
        """Does nothing: the server is not ours."""

    def _start(self) -> str:
        return self._url


def demo_server(
    *, port: int = 0, folder: str | Path | None = None, token: str | None = None
) -> DemoServer:
    """The embedded server: a context manager, or started at its first ``.url``.

    Where the environment names a running one (``OGC_WIDGETS_DEMO_URL`` and
    ``OGC_WIDGETS_DEMO_TOKEN``) and no argument asks for another, it is that one.
    """
    running, its_token = (
        os.environ.get("OGC_WIDGETS_DEMO_URL"),
        os.environ.get("OGC_WIDGETS_DEMO_TOKEN"),
    )
    if running and its_token and not (port or folder or token):
        return RunningServer(running, its_token)
    return DemoServer(port=port, folder=folder, token=token)


def _start(wanted: dict[str, Any]) -> tuple[subprocess.Popen[bytes], str]:
    """Start the server's process and wait until it answers; its URL."""
    places = [place or str(Path.cwd()) for place in sys.path]
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "ogc_widgets.demo.serving"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(places), "PYTHONSAFEPATH": "1"},
            start_new_session=True,
        )
        url = _handshake(process, wanted)
        if url:
            return process, url
        _end(process)
        errors.seek(0)
        said = errors.read().decode(errors="replace").strip().splitlines()
    raise ConnectionFailed("The embedded server did not start.", _last_error(said))


def _last_error(said: list[str]) -> str:
    """The sentence of the last exception in what the server printed."""
    return said[-1].partition(": ")[2] or said[-1] if said else "It ended without a word."


def _handshake(process: subprocess.Popen[bytes], wanted: dict[str, Any]) -> str:
    """Tell the server what is wanted, and read its URL; empty where it ended instead."""
    if process.stdin is None or process.stdout is None:
        return ""
    deadline = threading.Timer(_START_LIMIT, process.kill)
    deadline.start()
    try:
        process.stdin.write(json.dumps(wanted).encode() + b"\n")
        process.stdin.flush()
        with process.stdout as told:
            return _read_url(told)
    except OSError:
        return ""
    finally:
        deadline.cancel()


def _read_url(told: IO[bytes]) -> str:
    line = told.readline()
    return str(json.loads(line)["url"]) if line else ""


def _end(process: subprocess.Popen[bytes]) -> None:
    """Close the pipe at which the server waits, and wait until it is gone."""
    if process.stdin is not None:
        with contextlib.suppress(OSError):
            process.stdin.close()
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
