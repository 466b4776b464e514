"""Starts a real server on a free loopback port, and ends it with all that is its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from ogc_widgets.client import ProcessesClient
from tests.conftest import ROOT, absent
from tests.waiting import wait_until

HERE = Path(__file__).resolve().parent
ATTEMPTS = 3
PATIENCE = 40.0


@dataclass(frozen=True)
class Package:
    """How a server is started, each word with ``{port}`` and ``{folder}`` in it.

    :ivar module: the module and its arguments
    :ivar before: the arguments of the program of its name that must have ended before
    :ivar variables: what it finds in its environment
    """

    name: str
    module: tuple[str, ...]
    before: tuple[str, ...] = ()
    variables: dict[str, str] = field(default_factory=dict)


PYGEOAPI = Package(
    "pygeoapi",
    module=("flask", "--app", "pygeoapi.flask_app:APP", "run", "--port", "{port}"),
    before=("openapi", "generate", str(HERE / "pygeoapi.yml"), "--output-file", "{folder}/api.yml"),
    variables={
        "PYGEOAPI_CONFIG": str(HERE / "pygeoapi.yml"),
        "PYGEOAPI_OPENAPI": "{folder}/api.yml",
    },
)
WRAPTILE = Package(
    "wraptile",
    module=("wraptile.cli", "run", "--port", "{port}", "--", "wraptile_processes:service"),
)


@dataclass(frozen=True)
class Live:
    """A real server that answers.

    :ivar url: its landing page, without a trailing slash
    :ivar folder: where its jobs, its gates and its log are
    :ivar version: of the package, major and minor
    """

    name: str
    url: str
    folder: Path
    version: tuple[int, int]

    def client(self, **members: Any) -> ProcessesClient:
        """A client of it."""
        return ProcessesClient(self.url, timeout=30, **members)

    def open(self, gate: str) -> None:
        """Lets the process go on that waits at this gate."""
        (self.folder / "gates" / f"{gate}.open").touch()

    def has_word(self, gate: str, word: str) -> bool:
        """Whether a process has ``reached`` this gate, ``passed`` it, or ``stopped`` there."""
        return (self.folder / "gates" / f"{gate}.{word}").exists()

    def log(self) -> str:
        """The end of what the server printed."""
        return (self.folder / "log.txt").read_text(errors="replace")[-4000:]


@contextmanager
def start(package: Package, folder: Path) -> Iterator[Live]:
    """A server that answers; skips, or fails under CI, where its environment is missing."""
    binaries = binaries_of(package.name)
    for name in ("gates", "outputs"):
        (folder / name).mkdir()
    for _ in range(ATTEMPTS):
        port, token = free_port(), f"{package.name} {uuid.uuid4().hex}"
        live = Live(package.name, f"http://127.0.0.1:{port}", folder, version_of(package.name))
        with process_of(package, live, port, token) as process:
            if answers(process, live.url, token):
                yield live
                return
        if "in use" not in live.log():
            break
    pytest.fail(f"{package.name} of {binaries.parent.name} did not start:\n{live.log()}")


def binaries_of(name: str) -> Path:
    """Where the programs of a server's environment are, which the set-up made."""
    folder = ROOT / f".venv-{name}" / ("Scripts" if os.name == "nt" else "bin")
    if not (folder.parent / "set-up").is_file():
        absent(f"There is no environment with {name}. Type: make set-up.")
    return folder


def version_of(name: str) -> tuple[int, int]:
    """The version of the server's package."""
    code = f"from importlib.metadata import version; print(version({name!r}))"
    command = [binaries_of(name) / "python", "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    major, minor, *_ = done.stdout.split(".")
    return int(major), int(minor)


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens at now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def environment_of(package: Package, live: Live, port: int, token: str) -> dict[str, str]:
    """The environment of a server's process: nothing of our Python's, and what tells it apart."""
    ours = {name: text for name, text in os.environ.items() if not name.startswith("PYTHON")}
    filled = {name: fill(text, live, port) for name, text in package.variables.items()}
    own = {
        "PYTHONPATH": str(HERE),
        "PYTHONDONTWRITEBYTECODE": "1",
        "OGC_LIVE_PORT": str(port),
        "OGC_LIVE_FOLDER": str(live.folder),
        "OGC_LIVE_TOKEN": token,
    }
    return {**ours, **filled, **own}


def fill(text: str, live: Live, port: int) -> str:
    """A word of a command with what is known now."""
    return text.replace("{port}", str(port)).replace("{folder}", str(live.folder))


@contextmanager
def process_of(
    package: Package, live: Live, port: int, token: str
) -> Iterator[subprocess.Popen[bytes]]:
    """The server's process, in a group of its own, which is ended."""
    binaries = binaries_of(package.name)
    environment = environment_of(package, live, port, token)
    before = [fill(word, live, port) for word in package.before]
    words = [fill(word, live, port) for word in package.module]
    with (live.folder / "log.txt").open("wb") as log:
        if before:
            command = [binaries / package.name, *before]
            subprocess.run(command, env=environment, stdout=log, stderr=log, check=False)
        process = subprocess.Popen(
            [binaries / "python", HERE / "keep.py", *words],
            env=environment,
            cwd=live.folder,
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """Ends a server: it is told by its input, and its group is killed where it does not hear."""
    assert process.stdin is not None
    process.stdin.close()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(5)


def answers(process: subprocess.Popen[bytes], url: str, token: str) -> bool:
    """Waits until the landing page comes from this very process; False when it has ended."""

    def outcome() -> str:
        if process.poll() is not None:
            return "ended"
        try:
            landing = httpx.get(f"{url}/", headers={"Accept": "application/json"}, trust_env=False)
        except httpx.TransportError:
            return ""
        # Another process may have taken the port in the meantime.
        return "answers" if token in landing.text else ""

    try:
        return wait_until(outcome, timeout=PATIENCE, what="the landing page") == "answers"
    except AssertionError:
        return False
