"""Where each client runs: ours in the checkout's environment, its peers in one of their own."""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
NEWER = ("python3.14", "python3.13", "python3.12")


@dataclass(frozen=True)
class Environment:
    """A Python that has a client.

    :ivar imports: the statement that makes the client ready
    """

    name: str
    python: str
    imports: str


def environments() -> list[Environment]:
    """Every client that there is; what cannot be had is said on stderr, and left out."""
    here = sys.executable
    found = [
        Environment("raw httpx", here, "import httpx, pydantic"),
        Environment("ogc_widgets", here, "from ogc_widgets import ProcessesClient"),
    ]
    peers = make("bench", here, ["ogc-api-processes-client", "owslib"])
    if peers:
        generated = "import ogc_api_processes_client as o; o.ApiClient, o.StatusApi"
        found += [
            Environment("ogc-api-processes-client", peers, generated),
            Environment("owslib", peers, "from owslib.ogcapi.processes import Processes"),
        ]
    newer = make("bench-cuiman", newer_python(), ["cuiman>=0.3,<0.4"])
    if newer:
        found.append(Environment("cuiman", newer, "from cuiman import AsyncClient"))
    return found


def newer_python() -> str | None:
    """A Python that cuiman takes; also one that pyenv keeps."""
    if sys.version_info >= (3, 12):
        return sys.executable
    kept = sorted((Path.home() / ".pyenv" / "versions").glob("3.1[2-9]*/bin/python3"))
    candidates = [shutil.which(name) for name in NEWER] + [str(path) for path in kept]
    for candidate in filter(None, candidates):
        command = [candidate, "-c", "import sys, venv; sys.exit(sys.version_info < (3, 12))"]
        if subprocess.run(command, capture_output=True, check=False).returncode == 0:
            return candidate
    return None


def make(folder: str, python: str | None, packages: list[str]) -> str | None:
    """The Python of an environment with these packages, made when it is first needed."""
    if python is None:
        print(f"{', '.join(packages)}: no Python 3.12 or newer here, left out.", file=sys.stderr)
        return None
    target = ROOT / ".venv" / folder
    inside = target / "bin" / "python"
    done = target / "installed.txt"
    if done.is_file() and done.read_text() == "\n".join(packages):
        return str(inside)
    if python == sys.executable:
        venv.create(target, with_pip=True, clear=True)
    else:
        subprocess.run([python, "-m", "venv", "--clear", str(target)], check=True)
    install = [str(inside), "-m", "pip", "install", "-q", *packages]
    if subprocess.run(install, check=False, stdout=sys.stderr).returncode:
        print(f"{', '.join(packages)}: cannot be installed, left out.", file=sys.stderr)
        return None
    done.write_text("\n".join(packages))
    return str(inside)
