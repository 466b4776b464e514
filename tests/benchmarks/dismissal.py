"""From a click on *Dismiss* to the word on the screen, while a cell is busy.

``python -m tests.benchmarks.dismissal`` drives a real JupyterLab; the server's own time for the
same two requests (DELETE, then the status) is measured beside it, from another process.
"""

from __future__ import annotations

import json
import statistics
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from ogc_widgets.demo.launch import DemoServer
from tests.browser import chromium
from tests.browser.lab import Lab
from tests.browser.server import LabServer, lab_server
from tests.browser.widgets import CLICK_TO_DISMISSED, TablePage, connect

CLICKS = 7
BUSY = {
    "time.sleep": "time.sleep(30)",
    "Python loop": "end = time.time() + 30\nwhile time.time() < end: pass",
}
SUBMIT = 'await board.submit("countdown", {"seconds": 300})'
RUNNING = "print(' '.join(job.id for job in board.jobs[::-1] if not job.ended))"
SETUP = "board = ow.JobBoard.of(client)\ntable = ow.JobTable(client)\ntable"


def ask(server: DemoServer, method: str, path: str, body: object = None) -> dict[str, object]:
    """One request of the embedded server."""
    data = None if body is None else json.dumps(body).encode()
    headers = {
        "Authorization": f"Bearer {server.token}",
        "Content-Type": "application/json",
        "Accept": "application/json",
        "Prefer": "respond-async",
    }
    request = urllib.request.Request(server.url + path, data, headers, method=method)
    with urllib.request.urlopen(request) as answer:
        return dict(json.load(answer))


def own_time(server: DemoServer) -> float:
    """Milliseconds that the server itself takes to dismiss a running job and to say so."""
    job = ask(server, "POST", "/processes/countdown/execution", {"inputs": {"seconds": 300}})
    path = f"/jobs/{job['jobID']}"
    while ask(server, "GET", path)["status"] != "running":
        time.sleep(0.02)
    began = time.perf_counter()
    ask(server, "DELETE", path)
    ask(server, "GET", path)
    return (time.perf_counter() - began) * 1000


def clicks(lab: Lab, server: DemoServer, busy: str) -> list[float]:
    """Milliseconds of each click, the jobs running one at a time."""
    notebook = lab.notebook([connect(server), SETUP, busy])
    notebook.execute(0)
    table = TablePage(notebook.execute(1))
    for _ in range(CLICKS):
        notebook.python(SUBMIT)
    table.rows.filter(has_text="Running").nth(3).wait_for()
    ids = notebook.python(RUNNING).split()
    notebook.execute(2, wait=False)
    taken = []
    for job_id in ids[:CLICKS]:
        table.row(job_id).filter(has_text="Running").wait_for()
        table.ask(job_id, "dismiss")
        taken.append(float(lab.page.evaluate(CLICK_TO_DISMISSED, job_id[:8])))
    if not notebook.is_busy(2):
        raise AssertionError("The cell ended before the last click.")
    lab.leave()
    return taken


def measure(browser: Browser, lab: LabServer) -> None:
    """Print a line for each kind of busy cell."""
    for name, busy in BUSY.items():
        with DemoServer() as server:
            own = statistics.median(own_time(server) for _ in range(CLICKS))
            page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
            taken = clicks(Lab(page, lab), server, busy)
            median = statistics.median(taken)
            print(
                f"{name}: click to dismissed {median:.0f} ms (max {max(taken):.0f}), "
                f"of which the server {own:.0f} ms"
            )


def main() -> None:
    """Measure in a JupyterLab and a Chromium of their own."""
    with (
        tempfile.TemporaryDirectory() as home,
        lab_server(Path(home)) as lab,
        sync_playwright() as driver,
    ):
        path = chromium.named_or_installed() or driver.chromium.executable_path
        browser = driver.chromium.launch(executable_path=path, args=[*chromium.ARGUMENTS])
        measure(browser, lab)
        browser.close()


if __name__ == "__main__":
    main()
