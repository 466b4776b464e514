"""The command line: what it starts, what it prints, and that nothing of it stays behind."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

import psutil
import pytest

from ogc_widgets import cli
from ogc_widgets.demo import jupyter
from tests.waiting import wait_until

MARK = "OGC_WIDGETS_TEST_MARK"
LAB = re.compile(r"http://127\.0\.0\.1:(\d+)/lab/tree/01_\w+\.ipynb\?token=([\w-]+)")
CONFIG = re.compile(r'id="jupyter-config-data"[^>]*>(.*?)</script>', re.DOTALL)
SERVER = re.compile(r"Embedded server: +(http://127\.0\.0\.1:\d+\S*)")


def alive(mark: str) -> list[int]:
    """The processes that inherited a mark in their environment."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get(MARK) == mark and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process.pid)
        except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
            continue
    return found


@contextmanager
def demo(home: Path, mark: str) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    """`ogc-widgets demo --no-browser` with its own home, and the file it prints to."""
    names = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    own = {name: str(home / name) for name in names} | {"HOME": str(home), MARK: mark}
    output = home / "output"
    with output.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "ogc_widgets.cli", "demo", "--no-browser"],
            env={**os.environ, **own},
            stdout=file,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
        )
    try:
        yield process, output
    finally:
        process.kill()
        process.wait(10)
        for left in alive(mark):
            os.kill(left, signal.SIGKILL)


def addresses(process: subprocess.Popen[bytes], output: Path) -> tuple[str, str, str]:
    """The embedded server's address, JupyterLab's and its token, once they are printed."""

    def printed() -> tuple[str, str, str] | None:
        text = output.read_text()
        assert process.poll() is None, text
        lab, server = LAB.search(text), SERVER.search(text)
        return (server[1], f"http://127.0.0.1:{lab[1]}", lab[2]) if lab and server else None

    found = wait_until(printed, timeout=90, what="both addresses are printed")
    assert found is not None
    return found


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_demo_ends_all_that_it_started(number: signal.Signals, tmp_path: Path) -> None:
    """Ctrl-C or SIGTERM ends the server, JupyterLab and its kernels; the exit code is 0."""
    mark = uuid.uuid4().hex
    with demo(tmp_path, mark) as (process, output):
        server, lab, token = addresses(process, output)
        with urlopen(f"{server}/processes", timeout=10) as answer:
            assert json.load(answer)["processes"]
        assert jupyter.ANNOUNCEMENTS in disabled(lab, token), "a learner is asked about news"
        start_kernel(lab, token)
        wait_until(lambda: kernel_listens(mark), timeout=30, what="the kernel runs")
        assert len(alive(mark)) >= 4, "command, embedded server, JupyterLab and kernel"
        process.send_signal(number)
        assert process.wait(30) == 0, output.read_text()
        wait_until(lambda: alive(mark) == [], what="no process is left")
        # A kernel that is stopped while it starts says so itself; nobody else may.
        complaints = output.read_text().split("Traceback")[1:]
        assert [one for one in complaints if "ipykernel_launcher" not in one] == []


def disabled(lab: str, token: str) -> list[str]:
    """What JupyterLab's page is told to leave out."""
    with urlopen(f"{lab}/lab?token={token}", timeout=30) as answer:
        found = CONFIG.search(answer.read().decode())
    assert found, "the page has its configuration"
    rules: list[str] = json.loads(found[1])["disabledExtensions"]
    return rules


def start_kernel(lab: str, token: str) -> None:
    """Starts a kernel as JupyterLab's page would."""
    headers = {"Authorization": f"token {token}", "Content-Type": "application/json"}
    request = Request(f"{lab}/api/kernels", data=b"{}", headers=headers, method="POST")
    with urlopen(request, timeout=30) as answer:
        assert answer.status == 201


def kernel_listens(mark: str) -> bool:
    """Whether a kernel has opened its sockets."""
    marked = [psutil.Process(pid) for pid in alive(mark)]
    kernels = [process for process in marked if "ipykernel_launcher" in process.cmdline()]
    return any(
        connection.status == psutil.CONN_LISTEN
        for kernel in kernels
        for connection in kernel.net_connections(kind="tcp")
    )


def test_serve_ends_at_ctrl_c(tmp_path: Path) -> None:
    """The server alone prints its address and a new token, answers, and ends in good order."""
    command = [sys.executable, "-m", "ogc_widgets.cli", "serve", "--port", "0"]
    environment = {key: v for key, v in os.environ.items() if key != cli.VARIABLE}
    output = tmp_path / "output"
    with output.open("wb") as file:
        process = subprocess.Popen(command, stdout=file, stderr=subprocess.STDOUT, env=environment)
    try:
        wait_until(lambda: "need the token" in output.read_text(), timeout=30)
        found = SERVER.search(output.read_text())
        assert found is not None
        with urlopen(f"{found[1]}/processes", timeout=10) as answer:
            assert json.load(answer)["processes"]
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
    finally:
        process.kill()
        process.wait(10)
    assert "Traceback" not in output.read_text()


def test_another_address_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """A server that runs processes listens to other machines only when told so twice."""
    assert cli.main(["serve", "--host", "0.0.0.0", "--port", "0"]) == 1
    assert "reachable from other machines" in capsys.readouterr().err


def test_taken_port_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    """A port in use ends the command at once with a sentence."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert cli.main(["demo", "--no-browser", "--port", str(port)]) == 1
    assert f"Port {port} cannot be used" in capsys.readouterr().err


def test_missing_extra_is_said(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the extra the command names what is missing and what to type."""

    def fail(_chosen: object) -> int:
        raise ModuleNotFoundError("No module named 'fastapi'", name="fastapi")

    monkeypatch.setattr(cli, "_serve", fail)
    assert cli.main(["serve"]) == 1
    message = capsys.readouterr().err
    assert "fastapi" in message
    assert "pip install 'ogc_widgets[demo]'" in message
