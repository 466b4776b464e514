"""What the set-up asks of the system: venv, shared libraries, a browser. Says what to install."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "browser"))
import chromium

PACKAGE_OF = {
    "libatomic.so.1": "libatomic1",
    "libexpat.so.1": "libexpat1",
    "libstdc++.so.6": "libstdc++6",
    "libz.so.1": "zlib1g",
}


class SetUpError(Exception):
    """The set-up cannot go on; the message says what to do."""


def say(words: str) -> None:
    """One plain line for each step."""
    print(f"* {words}", flush=True)


def call(*command: str | Path, why: str) -> None:
    """Says why, runs a command and raises SetUpError when it fails."""
    say(why)
    arguments = [str(word) for word in command]
    if subprocess.run(arguments, check=False).returncode:
        raise SetUpError(f"This failed, its own words are above: {' '.join(arguments)}")


def demand_venv() -> None:
    """Raises SetUpError with the line to type where Debian left `venv` out."""
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        raise SetUpError(f"Python's venv is missing. Type: {apt_line(package)}")


def demand_libraries(what: str, *command: str | Path) -> None:
    """Makes a program from a wheel start: wheels bring all but a few of the system's libraries."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    missing = [name for name in PACKAGE_OF if name in done.stderr]
    if done.returncode and missing:
        install_debian(PACKAGE_OF[missing[0]], f"{what} needs {missing[0]}")
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SetUpError(f"{what} does not start:\n{done.stderr}")


def demand_curl() -> None:
    """Finds curl, which runs what the form's cURL tab shows; under CI a missing one is an error."""
    if shutil.which("curl") is None and may_install():
        install_debian("curl", "The tests run the form's cURL lines")
    if shutil.which("curl") is not None:
        return
    line = f"Type: {apt_line('curl')}"
    if os.environ.get("CI") == "true":
        raise SetUpError(f"No curl was found, and CI tests with it. {line}")
    say(f"No curl was found: the tests of the cURL tab will be skipped. {line}")


def demand_browser(python: Path) -> None:
    """Finds a Chromium for the tests, or gets one; under CI a missing one is an error."""
    path = chromium.named_or_installed()
    if path is None and may_install():
        install_debian("chromium", "The browser tests need Chromium")
        path = chromium.named_or_installed()
    if path is None and not downloaded(python):
        say("No browser here: asking Playwright to download its Chromium")
        subprocess.run([python, "-m", "playwright", "install", "chromium"], check=False)
    found = path or downloaded(python)
    if found:
        say(f"The browser tests use {found}")
    elif os.environ.get("CI") == "true":
        raise SetUpError(f"No browser was found, and CI tests with one. {browser_line()}")
    else:
        say(f"No browser was found: the browser tests will be skipped. {browser_line()}")


def downloaded(python: Path) -> str:
    """The path of Playwright's own Chromium, or nothing."""
    code = "import chromium; print(chromium.downloaded() or '')"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "tests" / "browser")}
    done = subprocess.run(
        [python, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    return done.stdout.strip()


def browser_line() -> str:
    """The words that say how to get a browser."""
    return f"Type: {apt_line('chromium')} (or let {chromium.VARIABLE} name a Chromium or Chrome)."


def may_install() -> bool:
    """Whether this is Debian or its kin, and we are root."""
    return shutil.which("apt-get") is not None and hasattr(os, "geteuid") and os.geteuid() == 0


def install_debian(package: str, why: str) -> None:
    """Installs a Debian package as root; raises SetUpError with the line to type otherwise."""
    if not may_install():
        raise SetUpError(f"{why}. Type: {apt_line(package)}")
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    call("apt-get", "update", "-qq", why=f"{why}: installing Debian's {package}")
    command = ["apt-get", "install", "-y", "-qq", "-o=Dpkg::Use-Pty=0", package]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SetUpError(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")


def apt_line(package: str) -> str:
    """What to type to install a Debian package."""
    start = "" if may_install() else "sudo "
    return f"{start}apt-get update && {start}apt-get install -y {package}"
