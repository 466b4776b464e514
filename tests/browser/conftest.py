"""A JupyterLab and a Chromium for the session, a page for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, sync_playwright

from tests.browser import chromium
from tests.browser.lab import Lab
from tests.browser.server import LabServer, lab_server
from tests.conftest import absent

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks everything in this folder, and puts it last: Playwright's loop runs until the end."""
    ours = [item for item in items if HERE in item.path.parents]
    for item in ours:
        item.add_marker(pytest.mark.browser)
    items.sort(key=ours.__contains__)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LabServer]:
    """A JupyterLab that is isolated from the user's."""
    with lab_server(tmp_path_factory.mktemp("lab")) as running:
        yield running


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright's driver."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """A headless Chromium; a missing one skips the test, but fails it under CI."""
    path = chromium.named_or_installed() or playwright.chromium.executable_path
    if not chromium.is_file(path):
        absent("There is no Chromium: `make test` says how to get one.")
    running = playwright.chromium.launch(executable_path=path, args=[*chromium.ARGUMENTS])
    yield running
    running.close()


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One browser profile for all pages: JupyterLab's own files are loaded once."""
    profile = browser.new_context(
        viewport={"width": 1280, "height": 900}, locale="en-GB", timezone_id="UTC"
    )
    yield profile
    profile.close()


@pytest.fixture
def lab(context: BrowserContext, server: LabServer) -> Iterator[Lab]:
    """JupyterLab in a new page; an uncaught error of our bundle fails the test."""
    lab = Lab(context.new_page(), server)
    yield lab
    lab.leave()
    lab.page.close()
    assert not lab.errors, "The page reported:\n" + "\n".join(lab.errors)
