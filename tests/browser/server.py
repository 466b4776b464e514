"""A real JupyterLab for the browser tests, which reads and writes nothing of the user's."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.waiting import wait_until

QUIET = "settings/@jupyterlab/apputils-extension/notification.jupyterlab-settings"
FOLDERS = {
    "JUPYTER_CONFIG_DIR": "config",
    "JUPYTER_DATA_DIR": "data",
    "JUPYTER_RUNTIME_DIR": "runtime",
    "JUPYTERLAB_SETTINGS_DIR": "settings",
    "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
    "IPYTHONDIR": "ipython",
}


@dataclass(frozen=True)
class LabServer:
    """Where JupyterLab answers, and the folder whose notebooks it shows."""

    url: str
    folder: Path


@contextmanager
def lab_server(home: Path, *, environment: dict[str, str] | None = None) -> Iterator[LabServer]:
    """Starts JupyterLab on a free loopback port, with all its files below `home`."""
    folder, log = home / "notebooks", home / "lab.log"
    folder.mkdir(parents=True)
    quiet = home / QUIET
    quiet.parent.mkdir(parents=True)
    quiet.write_text(json.dumps({"fetchNews": "false", "checkForUpdates": False}))
    own = {name: str(home / part) for name, part in FOLDERS.items()}
    own |= {
        "JUPYTER_NO_CONFIG": "1",
        "OGC_WIDGETS_DATA_DIR": str(home / "ogc"),
        **(environment or {}),
    }
    with log.open("w") as output:
        process = subprocess.Popen(
            _command(folder),
            env={**os.environ, **own},
            stdout=output,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
        )
    try:
        yield LabServer(_address(process, home / "runtime", log), folder)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(5)


def _command(folder: Path) -> list[str]:
    options = {
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.port": "0",
        "ServerApp.allow_root": "True",
        "ServerApp.root_dir": str(folder),
        "ServerApp.open_browser": "False",
        "ServerApp.password": "",
        "IdentityProvider.token": "",
        "LabApp.expose_app_in_browser": "True",
        "LabApp.news_url": "None",
        "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
    }
    return [sys.executable, "-m", "jupyterlab", *(f"--{name}={v}" for name, v in options.items())]


def _address(process: subprocess.Popen[bytes], runtime: Path, log: Path) -> str:
    """The address that JupyterLab itself noted, once it answers."""

    def answered() -> str:
        if process.poll() is not None:
            raise AssertionError(f"JupyterLab ended at once:\n{log.read_text()[-3000:]}")
        notes = list(runtime.glob("jpserver-*.json"))
        if not notes:
            return ""
        try:
            url: str = json.loads(notes[0].read_text())["url"]
            with urllib.request.urlopen(f"{url}api", timeout=2):
                return url.rstrip("/")
        except (OSError, ValueError, urllib.error.URLError):
            return ""

    return wait_until(answered, timeout=60, what="JupyterLab answers")
