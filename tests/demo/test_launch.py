"""The embedded server as an object, and over a socket."""

import os
import queue
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import nullcontext
from pathlib import Path
from statistics import median
from typing import Any

import httpx
import pytest

from ogc_widgets.demo import serving
from ogc_widgets.demo.guards import Exposure
from ogc_widgets.demo.launch import DemoServer, RunningServer, demo_server
from ogc_widgets.errors import ConnectionFailed


def test_every_resource_answers_over_a_socket(
    server: DemoServer, socket_web: httpx.Client, official: Any
) -> None:
    """The seed's story over a real connection: list, describe, submit, watch, dismiss, gone."""
    official("landingPage", socket_web.get("/").json())
    official("confClasses", socket_web.get("/conformance").json())
    assert socket_web.get("/api").json()["servers"] == [{"url": server.url}]
    official("processList", socket_web.get("/processes").json())
    official("process", socket_web.get("/processes/countdown").json())
    made = socket_web.post(
        "/processes/countdown/execution",
        json={"inputs": {"seconds": 60}},
        headers={"Prefer": "respond-async;return=representation"},
    )
    assert made.status_code == 201
    href = made.headers["location"]
    assert href.startswith(f"{server.url}/jobs/")
    official("statusInfo", socket_web.get(href).json())
    official("jobList", socket_web.get("/jobs").json())
    assert socket_web.delete(href).json()["status"] == "dismissed"
    assert socket_web.get(href).json()["status"] == "dismissed"
    assert socket_web.delete(href).status_code == 200
    assert socket_web.get(href).status_code == 404


def test_writes_over_a_socket_need_the_token(server: DemoServer) -> None:
    """The guards stand in front of the real server too."""
    body = {"inputs": {"seconds": 0}}
    with httpx.Client(base_url=server.url) as stranger:
        assert stranger.post("/processes/countdown/execution", json=body).status_code == 401
        assert stranger.get("/jobs", headers={"Host": "evil.example"}).status_code == 421


def test_the_example_of_the_catalogue_is_served(socket_web: httpx.Client) -> None:
    """The STAC catalogue that the tutorials read is part of the server."""
    assert socket_web.get("/stac").json()["type"] == "Catalog"


def test_progress_over_a_socket_is_real(socket_web: httpx.Client) -> None:
    """A job's progress grows while it runs, and never shrinks."""
    made = socket_web.post(
        "/processes/countdown/execution",
        json={"inputs": {"seconds": 0.5, "steps": 50}},
        headers={"Prefer": "respond-async"},
    )
    seen, status = [], made.json()
    while status["status"] in ("accepted", "running"):
        seen.append(status["progress"])
        status = socket_web.get(f"/jobs/{status['jobID']}").json()
    assert seen == sorted(seen)
    assert len(set(seen)) > 3
    assert status["progress"] == 100


def test_status_reads_and_submissions_are_quick(socket_web: httpx.Client) -> None:
    """A submission and a status read take a few milliseconds, also while jobs are started."""
    posts, reads = [], []
    for _ in range(8):
        start = time.perf_counter()
        made = socket_web.post(
            "/processes/countdown/execution",
            json={"inputs": {"seconds": 60}},
            headers={"Prefer": "respond-async"},
        )
        posts.append(time.perf_counter() - start)
        for _ in range(10):
            start = time.perf_counter()
            socket_web.get(made.headers["location"])
            reads.append(time.perf_counter() - start)
    for job in socket_web.get("/jobs?limit=100&status=accepted,running").json()["jobs"]:
        socket_web.delete(f"/jobs/{job['jobID']}")
    assert median(posts) < 0.1
    assert median(reads) < 0.05


def test_a_server_starts_at_its_first_url_and_ends_at_close() -> None:
    """Nothing runs before the URL is asked for; nothing answers after close."""
    server = demo_server()
    assert server.pid is None
    url = server.url
    assert httpx.get(url).status_code == 200
    assert server.url == url
    server.close()
    server.close()
    with pytest.raises(httpx.ConnectError):
        httpx.get(url)


def test_the_token_is_in_no_repr() -> None:
    """A server shows where it is, and never its token."""
    server = DemoServer(token="a-secret")
    assert "a-secret" not in repr(server)
    assert "a-secret" not in repr(RunningServer("http://127.0.0.1:1", "a-secret"))
    assert server.token == "a-secret"


def test_the_running_server_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the environment names is used and not ended; arguments ask for another."""
    monkeypatch.setenv("OGC_WIDGETS_DEMO_URL", "http://127.0.0.1:1234/")
    monkeypatch.setenv("OGC_WIDGETS_DEMO_TOKEN", "its-token")
    with demo_server() as server:
        assert (server.url, server.token) == ("http://127.0.0.1:1234", "its-token")
    assert server.url == "http://127.0.0.1:1234"
    assert not isinstance(demo_server(token="mine"), RunningServer)


def test_a_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    """A folder that another server has is named in the error."""
    with (
        DemoServer(folder=tmp_path),
        pytest.raises(ConnectionFailed, match="Another server uses the folder"),
    ):
        assert DemoServer(folder=tmp_path).url


def test_a_job_store_that_is_none_is_said_in_one_sentence(tmp_path: Path) -> None:
    """A file that is no job store is left as it is, and named in the error."""
    (tmp_path / "jobs.sqlite").write_text("not a database" * 100)
    with pytest.raises(ConnectionFailed, match=r"jobs\.sqlite cannot be used .* Move it away"):
        assert DemoServer(folder=tmp_path).url


@pytest.mark.parametrize("fault", ["folder", "port"])
def test_the_command_line_says_in_one_line_why_it_cannot_serve(
    server: DemoServer, tmp_path: Path, root: Path, fault: str
) -> None:
    """A folder or a port that another server has is no traceback."""
    taken = server.url.rpartition(":")[2]
    with DemoServer(folder=tmp_path):
        words = ["--port", taken if fault == "port" else "0", "--folder", str(tmp_path)]
        said = subprocess.run(
            [sys.executable, "-m", "ogc_widgets.cli", "serve", *words],
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONPATH": str(root)},
            check=False,
        )
    assert said.returncode == 1
    assert len(said.stderr.splitlines()) == 1
    assert ("Name another port" if fault == "port" else "Stop it first") in said.stderr


def test_a_port_that_is_taken_says_so(server: DemoServer) -> None:
    """A named port that is in use is an error of one sentence."""
    port = int(server.url.rpartition(":")[2])
    with pytest.raises(ConnectionFailed, match="in use"):
        assert DemoServer(port=port).url


@pytest.mark.parametrize(
    "last_words", ["", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"]
)
async def test_a_server_dies_with_its_interpreter(
    last_words: str, eventually: Any, alive: Any, root: Path
) -> None:
    """However the owner ends, in order or by SIGKILL, the server and its folder go."""
    program = (
        "from ogc_widgets.demo.launch import demo_server\n"
        f"server = demo_server()\nprint(server.url, server.pid, flush=True)\n{last_words}\n"
    )
    owner = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(root)},
        check=False,
    )
    url, pid = owner.stdout.split()
    await eventually(lambda: not alive(int(pid)))
    with pytest.raises(httpx.ConnectError):
        httpx.get(url)


@pytest.mark.parametrize("last_signal", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_serve_cleans_up_when_it_is_told_to_stop(root: Path, last_signal: int) -> None:
    """The command line's server ends in order on Ctrl-C and SIGTERM, and removes its folder."""
    program = (
        "import tempfile\nfrom ogc_widgets.demo.serving import serve\n"
        "serve(token='t', started=lambda url: print(url, flush=True))\n"
        "print('over', len(list(__import__('pathlib').Path(tempfile.gettempdir()).iterdir())))\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        server = subprocess.Popen(
            [sys.executable, "-c", program],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(root), "TMPDIR": folder},
        )
        assert server.stdout is not None
        url = server.stdout.readline().strip()
        assert httpx.get(url).status_code == 200
        server.send_signal(last_signal)
        said, _ = server.communicate()
    assert said == "over 0\n"
    assert server.returncode == 0


async def test_the_client_of_a_server_may_write(server: DemoServer) -> None:
    """``.client()`` has the server's token."""
    async with server.client() as client:
        done = await client.execute("countdown", {"seconds": 0}, mode="sync")
    assert done.results is not None


def test_requests_are_counted_for_who_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A browser test can ask a server of its own which requests arrived."""
    monkeypatch.setenv("OGC_WIDGETS_DEMO_COUNT", "1")
    with demo_server(token="t") as server:
        headers = {"Authorization": "Bearer t"}
        httpx.delete(f"{server.url}/jobs/none", headers=headers)
        said = httpx.get(f"{server.url}/_requests").json()["requests"]
    assert ["DELETE", "/jobs/none"] in said


def test_no_answer_waits_for_an_acknowledgement(server: DemoServer) -> None:
    """Head and body leave at once: the connections are not slowed down by Nagle's algorithm."""
    times = []
    with httpx.Client(base_url=server.url) as web:
        for _ in range(15):
            start = time.perf_counter()
            web.get("/conformance")
            times.append(time.perf_counter() - start)
    assert median(times) < 0.03


def test_a_silent_connection_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who connects and sends no whole request does not keep the connection; who does, does."""
    monkeypatch.setattr(serving, "_SILENCE", 0.2)
    monkeypatch.setattr(serving.uvicorn.Server, "capture_signals", lambda _self: nullcontext())
    started: queue.Queue[str] = queue.Queue()
    with serving._Listener("127.0.0.1", 0) as listener:
        server = serving._Server(listener, tmp_path, "t", Exposure(), started.put)
        thread = threading.Thread(target=server.run)
        thread.start()
        address = ("127.0.0.1", int(started.get(timeout=20).rpartition(":")[2]))
        with socket.create_connection(address) as silent, socket.create_connection(address) as slow:
            silent.settimeout(20)
            slow.settimeout(20)
            slow.sendall(b"GET / HTTP/1.1\r\nHost: 127")
            assert silent.recv(1) == b""
            assert slow.recv(1) == b""
        server.should_exit = True
        thread.join()
