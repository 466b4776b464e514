"""Makes the environments of the real servers that the tests talk to: pygeoapi and wraptile.

Each has one of its own, `.venv-<name>`, since their packages are not ours. pygeoapi wants a newer
Python than we do: one is looked for, and without it an older pygeoapi is installed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from system import SetUpError, call, say

ROOT = Path(__file__).resolve().parent.parent
STAMP = "set-up"
NEWER = ((3, 13), (3, 12), (3, 14))


@dataclass(frozen=True)
class Recipe:
    """One way to make a server's environment.

    :ivar constraints: what pins its packages, a file beside this one
    :ivar pythons: the Pythons that it works with, the best first; empty for the running one
    """

    name: str
    constraints: str
    pythons: tuple[tuple[int, int], ...] = ()

    @property
    def folder(self) -> Path:
        """The environment."""
        return ROOT / f".venv-{self.name}"

    @property
    def python(self) -> Path:
        """The environment's Python."""
        return self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    @property
    def pins(self) -> Path:
        """The file of the constraints."""
        return Path(__file__).parent / self.constraints

    def fingerprint(self) -> str:
        """What the environment depends on, in one word."""
        parts = (self.pins.read_bytes(), repr(self).encode())
        return hashlib.sha256(b"\0".join(parts)).hexdigest()

    def is_done(self) -> bool:
        """Whether the environment was made by this recipe, and runs."""
        stamp = self.folder / STAMP
        return (
            stamp.is_file()
            and stamp.read_text() == self.fingerprint()
            and version_of(self.python) is not None
        )


# Of each server the best recipe first.
RECIPES = {
    "pygeoapi": (
        Recipe("pygeoapi", "constraints-pygeoapi.txt", NEWER),
        Recipe("pygeoapi", "constraints-pygeoapi-old.txt"),
    ),
    "wraptile": (Recipe("wraptile", "constraints-wraptile.txt"),),
}


def make_environments(pip: Path) -> None:
    """Makes what is missing, all servers at once.

    :param pip: a Python whose pip installs into the others
    :raises SetUpError: under CI, where one cannot be made; elsewhere its tests are skipped
    """
    missing = [name for name, ways in RECIPES.items() if not any(way.is_done() for way in ways)]
    with ThreadPoolExecutor() as pool:
        failures = list(filter(None, pool.map(lambda name: make(name, pip), missing)))
    if failures and os.environ.get("CI") == "true":
        raise SetUpError(f"CI tests with real servers. {' '.join(failures)}")
    for failure in failures:
        say(f"{failure} Its tests will be skipped.")


def make(name: str, pip: Path) -> str:
    """Makes a server's environment by the first recipe that works; gives why it failed, or ""."""
    failure = ""
    for recipe in RECIPES[name]:
        python = find_python(recipe.pythons)
        if python is None:
            continue
        try:
            install(recipe, python, pip)
        except SetUpError as error:
            failure = str(error)
            say(f"{name} could not be installed with {python}")
        else:
            return ""
    return f"There is no {name}. {failure}"


def install(recipe: Recipe, python: Path, pip: Path) -> None:
    """Makes the environment anew, without a pip of its own."""
    shutil.rmtree(recipe.folder, ignore_errors=True)
    why = f"Making an environment for {recipe.name} with {python}"
    call(python, "-m", "venv", "--without-pip", recipe.folder, why=why)
    command = (pip, "-m", "pip", "--python", recipe.python, "install", "-q")
    why = f"Installing {recipe.name}, a real server for the tests (up to 350 MB on the disk)"
    call(*command, "-c", recipe.pins, recipe.name, why=why)
    (recipe.folder / STAMP).write_text(recipe.fingerprint())


def find_python(versions: tuple[tuple[int, int], ...]) -> Path | None:
    """A Python of one of these versions, the first the best; the running one where none is asked.

    Looked for on the PATH, and where pyenv and uv keep theirs.
    """
    if not versions:
        return Path(sys.executable)
    found: dict[tuple[int, int], Path] = {}
    for python in candidates(versions):
        version = version_of(python)
        if version is not None:
            found.setdefault(version, python)
    return next((found[version] for version in versions if version in found), None)


def candidates(versions: tuple[tuple[int, int], ...]) -> Iterator[Path]:
    """Where a Python may be; that of a pyenv shim may be none."""
    yield Path(sys.executable)
    names = [f"python{major}.{minor}" for major, minor in versions]
    yield from (Path(path) for name in names if (path := shutil.which(name)))
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    for folder in (pyenv, Path.home() / ".local/share/uv/python"):
        for name in names:
            yield from sorted(folder.glob(f"*/bin/{name}"), reverse=True)


def version_of(python: Path) -> tuple[int, int] | None:
    """The version of a Python, or None where it does not start."""
    code = "import sys, ssl, venv; print(*sys.version_info[:2])"
    try:
        done = subprocess.run([python, "-c", code], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    major, minor = done.stdout.split()
    return int(major), int(minor)
