"""Widgets in many states at once, for the tests of how they look and who can use them."""

from __future__ import annotations

import inspect

from playwright.sync_api import Locator, expect

from ogc_widgets.demo.launch import DemoServer
from tests import fake_server
from tests.browser.lab import Lab, Notebook
from tests.browser.widgets import FormPage, TablePage, connect

JOBS = """
import datetime

def ago(seconds):
    return (datetime.datetime.now(datetime.UTC) - datetime.timedelta(seconds=seconds)).isoformat()

LONG = "The band nir of https://example.org/a/very/long/path/to/an/item.tif cannot be read: 403."
KINDS = [
    ("accepted", {}),
    ("running", {"progress": 37, "message": "Reading the band nir of olinda-north-east"}),
    ("running", {"progress": 100}),
    ("running", {}),
    ("successful", {"progress": 100, "message": "Finished."}),
    ("failed", {"message": LONG}),
    ("dismissed", {"message": "Dismissed by its user"}),
    ("paused-by-operator", {"message": "\u0645\u0631\u062d\u0628\u0627"}),
]
NAMES = ["wait", "water-bodies", "a-process-with-a-very-long-identifier-1.0.3-snapshot"]
server = FakeServer()
for index in range(16):
    status, members = KINDS[index % 8]
    age = 100 * (16 - index)
    if status in ("successful", "failed", "dismissed"):
        members = {**members, "finished": ago(age - 65)}
    server.add(
        status, created=ago(age), started=ago(age - 2), updated=ago(3),
        processID=NAMES[index % 3], **members,
    )
"""
ACCEPTED, RUNNING, SUCCESSFUL, FAILED = "job-9", "job-10", "job-13", "job-14"

SETTLED = """() => new Promise((resolve) => {
  requestAnimationFrame(() => requestAnimationFrame(resolve));
})"""


def table_of_all(lab: Lab) -> tuple[Notebook, TablePage]:
    """A table with jobs of every status, long texts among them."""
    notebook = lab.notebook(["ow.JobTable(server.client())"])
    notebook.python(f"{inspect.getsource(fake_server)}\nimport ogc_widgets as ow\n{JOBS}")
    table = TablePage(notebook.execute(0))
    expect(row(table, ACCEPTED)).to_be_visible()
    return notebook, table


def row(table: TablePage, job_id: str) -> Locator:
    """The row of a job, by its whole id."""
    return table.rows.filter(has=table.root.page.get_by_title(job_id, exact=True))


def ask(table: TablePage, job_id: str, part: str) -> None:
    """Press a button of a job, by its whole id."""
    row(table, job_id).locator(f'[data-part="{part}"]').click()


def in_all_its_parts(table: TablePage) -> None:
    """Opens the details and results of one job, and asks about two others."""
    ask(table, SUCCESSFUL, "results")
    expect(table.root.locator(".ogc-results")).to_be_visible()
    ask(table, RUNNING, "dismiss")
    ask(table, FAILED, "remove")


def form_of_all(lab: Lab, demo: DemoServer) -> tuple[Notebook, FormPage]:
    """The form of `echo`, with every kind of input, all sections open, and a problem shown."""
    notebook = lab.notebook([connect(demo), 'ow.ProcessForm(client, "echo")'])
    notebook.execute(0)
    form = FormPage(notebook.execute(1))
    for summary in form.root.locator("summary").all():
        summary.click()
    form.submit.click()
    expect(form.root.get_by_text("Not submitted")).to_be_visible()
    return notebook, form


def at_width(root: Locator, pixels: int) -> None:
    """Gives a widget's cell this width, and waits until it is drawn so."""
    root.evaluate(
        """(root, width) => {
          const cell = root.closest(".jp-OutputArea-output");
          cell.style.flex = "none";
          cell.style.width = `${width}px`;
          cell.style.padding = 0;
        }""",
        pixels,
    )
    root.page.evaluate(SETTLED)
    assert root.evaluate("(root) => root.clientWidth") == pixels
