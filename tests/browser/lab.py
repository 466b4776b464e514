"""Page objects: a JupyterLab in a page, and a notebook open in it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import ConsoleMessage, Error, Locator, Page

from tests.browser.server import LabServer

THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}
SCREENSHOTS = Path(__file__).parent / "screenshots"
NUMBERS = count(1)

# A widget's code reaches the page from a blob: URL, as anywidget imports it.
OURS = ("blob:", "anywidget")

READY = """async () => {
  const context = jupyterapp.shell.currentWidget?.context?.sessionContext;
  if (!context) return false;
  await context.ready;
  const kernel = context.session?.kernel;
  if (!kernel) return false;
  await kernel.info;
  await kernel.requestKernelInfo();
  await kernel.requestExecute({code: "0", silent: true, store_history: false}).done;
  return kernel.status === "idle";
}"""

START_CELL = """(index) => {
  const notebook = jupyterapp.shell.currentWidget.content;
  notebook.deselectAll();
  notebook.activeCellIndex = index;
  window.__ran = window.__ran ?? {};
  const state = window.__ran[index] = {done: false};
  jupyterapp.commands.execute("notebook:run-cell").finally(() => { state.done = true; });
}"""

SILENTLY = """async (code) => {
  const kernel = jupyterapp.shell.currentWidget.context.sessionContext.session.kernel;
  const future = kernel.requestExecute({code, store_history: false, stop_on_error: false});
  let text = "", failure = "";
  future.onIOPub = (message) => {
    if (message.header.msg_type === "stream") text += message.content.text;
    if (message.header.msg_type === "error")
      failure = message.content.traceback.join("\\n");
  };
  await future.done;
  return {text, failure};
}"""


@dataclass
class Lab:
    """A JupyterLab in a page of its own.

    `errors` holds the uncaught errors of the page and what our bundle wrote to the console as an
    error; the fixture fails the test if any is left.
    """

    page: Page
    server: LabServer
    errors: list[str] = field(default_factory=list)
    shown: str = "light"

    def __post_init__(self) -> None:
        self.page.on("pageerror", self._note_error)
        self.page.on("console", self._note_console)

    def notebook(self, cells: list[str], *, metadata: dict[str, Any] | None = None) -> Notebook:
        """A new notebook of code cells, open, its kernel ready."""
        name = f"test-{next(NUMBERS)}.ipynb"
        code = [
            {
                "cell_type": "code",
                "id": f"cell-{index}",
                "metadata": {},
                "outputs": [],
                "execution_count": None,
                "source": source,
            }
            for index, source in enumerate(cells)
        ]
        spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
        document = {
            "nbformat": 4,
            "nbformat_minor": 5,
            "metadata": {"kernelspec": spec, **(metadata or {})},
            "cells": code,
        }
        (self.server.folder / name).write_text(json.dumps(document))
        return self.open(name)

    def open(self, name: str) -> Notebook:
        """A notebook that lies in the server's folder, open, its kernel ready."""
        notebook = Notebook(self, name)
        notebook.load(reset=True)
        return notebook

    def theme(self, theme: Literal["light", "dark"]) -> None:
        """Switches the theme and waits until the page is repainted."""
        self.page.evaluate(
            "(theme) => jupyterapp.commands.execute('apputils:change-theme', {theme})",
            THEMES[theme],
        )
        self.shown = theme
        light = "true" if theme == "light" else "false"
        self.page.locator(f'body[data-jp-theme-light="{light}"]').wait_for(state="attached")
        self.page.locator("#jupyterlab-splash").wait_for(state="detached")

    def leave(self) -> None:
        """Leaves the server as the next test expects it: light, and with no kernel."""
        if not self.page.evaluate("() => Boolean(window.jupyterapp)"):
            return
        if self.shown != "light":
            self.theme("light")
        self.page.evaluate("() => jupyterapp.serviceManager.sessions.shutdownAll()")

    def _note_error(self, error: Error) -> None:
        text = f"{error.name or ''} {error.message}\n{error.stack or ''}"
        if any(word in text for word in OURS):
            self.errors.append(text)

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and message.location.get("url", "").startswith("blob:"):
            self.errors.append(message.text)


@dataclass
class Notebook:
    """A notebook that is open in a JupyterLab."""

    lab: Lab
    name: str

    @property
    def page(self) -> Page:
        """The page that shows it."""
        return self.lab.page

    def load(self, *, reset: bool = False) -> None:
        """Opens it in the page and waits until its kernel takes cells."""
        self.page.goto(f"{self.lab.server.url}/lab/tree/{self.name}{'?reset' if reset else ''}")
        self.page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=60_000)
        self.wait_ready()

    def wait_ready(self) -> None:
        """Waits until the kernel has answered and run something."""
        self.page.wait_for_function(READY, timeout=60_000)

    def cell(self, index: int) -> Locator:
        """A code cell with its output."""
        return self.page.locator(".jp-Notebook .jp-Cell").nth(index)

    def output(self, index: int) -> Locator:
        """The output of a cell."""
        return self.cell(index).locator(".jp-OutputArea")

    def execute(self, index: int, *, wait: bool = True, timeout: float = 60.0) -> Locator:
        """Starts a cell and, unless told otherwise, waits for its end; gives its output.

        A cell that raises fails the test with its traceback.
        """
        self.page.evaluate(START_CELL, index)
        if wait:
            self.wait_cell(index, timeout=timeout)
        return self.output(index)

    def wait_cell(self, index: int, *, timeout: float = 60.0) -> None:
        """Waits until a started cell has ended, and fails with its traceback if it raised."""
        self.page.wait_for_function(
            "(index) => window.__ran?.[index]?.done", arg=index, timeout=timeout * 1000
        )
        failure = self.output(index).locator('[data-mime-type="application/vnd.jupyter.error"]')
        if failure.count():
            raise AssertionError(failure.first.inner_text())

    def is_busy(self, index: int) -> bool:
        """Whether a started cell still goes on."""
        done: bool = self.page.evaluate("(index) => window.__ran[index].done", index)
        return not done

    def python(self, code: str) -> str:
        """What a piece of code prints in the kernel, with no cell; raises what it raises."""
        answer: dict[str, str] = self.page.evaluate(SILENTLY, code)
        if answer["failure"]:
            raise AssertionError(answer["failure"])
        return answer["text"].strip()

    def theme(self, theme: Literal["light", "dark"]) -> None:
        """Switches JupyterLab's theme."""
        self.lab.theme(theme)

    def save(self) -> None:
        """Saves the notebook, outputs and widget state included."""
        self.page.evaluate("() => jupyterapp.shell.currentWidget.context.save()")

    def reload(self) -> None:
        """Saves, loads the page anew (as the user's reload does) and waits for the kernel."""
        self.save()
        self.load()

    def restart_kernel(self) -> None:
        """Restarts the kernel without asking."""
        self.page.evaluate(
            "() => jupyterapp.shell.currentWidget.context.sessionContext.session.kernel.restart()"
        )
        self.wait_ready()

    def screenshot(self, name: str, *, of: Locator | None = None) -> Path:
        """Keeps a picture of the page, or of a part, for the eye."""
        SCREENSHOTS.mkdir(exist_ok=True)
        path = SCREENSHOTS / f"{name}.png"
        (of or self.page).screenshot(path=path)
        return path
