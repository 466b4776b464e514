"""JupyterLab beside the embedded server: started, found, ended; nothing of it stays behind."""

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from ogc_widgets.demo import launch

FIRST = "01_execute_and_monitor.ipynb"
USUAL_PORT = 8888
LOOPBACK = "127.0.0.1"
START_SECONDS = 90.0
END_SECONDS = 15.0
ANNOUNCEMENTS = "@jupyterlab/apputils-extension:announcements"


class Stopped(BaseException):
    """Ctrl-C, a closed terminal or a request to end; no handler of errors may swallow it."""


def show_demo(*, port: int | None, open_browser: bool) -> int:
    """Serves the demo and the tutorials until Ctrl-C or until JupyterLab is shut down.

    `port` is JupyterLab's, None takes a free one. Prints both addresses. Gives the exit code;
    raises OSError if the port is taken or JupyterLab does not start.
    """
    chosen = _free_port() if port is None else _demand_port(port)
    folder = _notebooks()
    try:
        with _stopping(), launch.demo_server() as server:
            print(f"Embedded server: {server.url}", flush=True)
            own = {"OGC_WIDGETS_DEMO_URL": server.url, "OGC_WIDGETS_DEMO_TOKEN": server.token}
            with _jupyter(folder, chosen, own, open_browser=open_browser) as (process, url):
                print(f"JupyterLab:      {url}\nCtrl-C ends both.", flush=True)
                process.wait()
    except Stopped:
        print("Both are ended.", flush=True)
    return 0


@contextmanager
def _stopping() -> Iterator[None]:
    """Turns the signals that end a program into `Stopped`; only once, so that the end is whole."""
    kinds = [signal.SIGINT, signal.SIGTERM]
    if hasattr(signal, "SIGHUP"):
        kinds.append(signal.SIGHUP)

    def stop(_number: int, _frame: FrameType | None) -> None:
        for kind in kinds:
            signal.signal(kind, signal.SIG_IGN)
        raise Stopped

    former = {kind: signal.signal(kind, stop) for kind in kinds}
    try:
        yield
    finally:
        for kind, handler in former.items():
            signal.signal(kind, handler)


@contextmanager
def _jupyter(
    folder: Path, port: int, own: dict[str, str], *, open_browser: bool
) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """JupyterLab on the notebooks, in a session of its own: Ctrl-C reaches us, not its question."""
    token = secrets.token_urlsafe(24)
    with tempfile.TemporaryDirectory(prefix="ogc-widgets-", ignore_cleanup_errors=True) as home:
        process = subprocess.Popen(  # noqa: S603 - our own Python, and words from here
            _command(folder, port, open_browser=open_browser),
            env={**os.environ, **_undisturbed(Path(home)), **own, "JUPYTER_TOKEN": token},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            _wait_for(process, port)
            yield process, f"http://{LOOPBACK}:{port}/lab/tree/{FIRST}?token={token}"
        finally:
            _end(process)


def _undisturbed(home: Path) -> dict[str, str]:
    """The environment of a JupyterLab that asks no learner about news.

    Its windows are its own too; the user's, and all their settings, stay as they are.
    """
    page = home / "labconfig" / "page_config.json"
    page.parent.mkdir()
    page.write_text(json.dumps({"disabledExtensions": {ANNOUNCEMENTS: True}}))
    paths = [str(home), os.environ.get("JUPYTER_CONFIG_PATH", "")]
    return {
        "JUPYTER_CONFIG_PATH": os.pathsep.join(filter(None, paths)),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
    }


def _command(folder: Path, port: int, *, open_browser: bool) -> list[str]:
    options = {
        "ServerApp.ip": LOOPBACK,
        "ServerApp.port": str(port),
        "ServerApp.port_retries": "0",
        "ServerApp.root_dir": str(folder),
        "ServerApp.log_level": "ERROR",
        "ServerApp.open_browser": str(open_browser),
        "LabApp.log_level": "ERROR",
        "LabApp.default_url": f"/lab/tree/{FIRST}",
    }
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options["ServerApp.allow_root"] = "True"
    words = [f"--{name}={value}" for name, value in options.items()]
    return [sys.executable, "-m", "jupyterlab", *words]


def _wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    """Returns once JupyterLab answers; raises OSError if it ends or stays silent."""
    address = f"http://{LOOPBACK}:{port}/api"
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            raise OSError("JupyterLab ended at once; its own words are above.")
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise OSError(f"JupyterLab did not answer within {START_SECONDS:.0f} seconds.")


def _end(process: subprocess.Popen[bytes]) -> None:
    """Lets JupyterLab end its kernels, and ends it by force where it does not."""
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _notebooks() -> Path:
    """The checkout's notebooks, or a copy of the installed ones below the current folder."""
    package = Path(__file__).resolve().parent.parent
    checkout = package.parent / "notebooks"
    if (checkout / FIRST).is_file() and (package.parent / "pyproject.toml").is_file():
        return checkout
    installed, copy = package / "notebooks", Path.cwd() / "ogc_widgets_notebooks"
    if not (installed / FIRST).is_file():
        raise OSError(f"The tutorial {FIRST} is not in this installation.")
    copy.mkdir(exist_ok=True)
    for notebook in sorted(installed.glob("*.ipynb")):
        if not (copy / notebook.name).exists():
            shutil.copy2(notebook, copy)
    print(f"The tutorials are in {copy}; what you change there is kept.", flush=True)
    return copy


def _free_port() -> int:
    """JupyterLab's usual port, or a free one where that is taken."""
    for port in (USUAL_PORT, 0):
        with socket.socket() as probe:
            try:
                probe.bind((LOOPBACK, port))
            except OSError:
                continue
            free: int = probe.getsockname()[1]
            return free
    raise OSError("No port is free on the loopback address.")


def _demand_port(port: int) -> int:
    """The port that was asked for; raises OSError where it is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as error:
            raise OSError(f"Port {port} cannot be used: {error.strerror}. Name another.") from None
        free: int = probe.getsockname()[1]
        return free
