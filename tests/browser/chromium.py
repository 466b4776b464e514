"""Finds the browser for the tests; only the standard library, since the set-up asks too."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

VARIABLE = "OGC_WIDGETS_BROWSER"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def named_or_installed() -> Path | None:
    """The browser that the environment names, else the system's, else None.

    Raises FileNotFoundError where the environment names a file that is not there.
    """
    named = os.environ.get(VARIABLE)
    if named:
        if not Path(named).is_file():
            raise FileNotFoundError(f"{VARIABLE} names {named}, and there is no such file.")
        return Path(named)
    found = (shutil.which(name) for name in NAMES)
    return next((Path(path) for path in found if path), None)


def downloaded() -> Path | None:
    """The Chromium that Playwright downloaded, or None."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if path.is_file() else None


def find() -> Path | None:
    """The browser to test with, or None if there is none."""
    return named_or_installed() or downloaded()


def is_file(path: str | Path) -> bool:
    """Whether a browser lies there."""
    return Path(path).is_file()
