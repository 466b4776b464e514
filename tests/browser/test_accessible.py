"""Who cannot see, or has no mouse, does the main job as well."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from ogc_widgets.demo.launch import DemoServer
from tests.browser import exhibits
from tests.browser.lab import Lab, Notebook
from tests.browser.widgets import FormPage, TablePage, connect
from tests.conftest import ROOT, absent

AXE = ROOT / "js" / "node_modules" / "axe-core" / "axe.min.js"

# All rules but those about the page around our widgets, which is JupyterLab's.
LOOK = """async () => {
  const found = await axe.run({ include: [[".ogc-widgets"]] }, {
    resultTypes: ["violations"],
    rules: { region: { enabled: false }, "heading-order": { enabled: false } },
  });
  const said = found.violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help} ${node.target} ${node.html.slice(0, 160)}`));
  return { said, passed: found.passes.length };
}"""

WATCH_LIVE = """(root) => {
  window.__heard = [];
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      const element = target.nodeType === 1 ? target : target.parentElement;
      const region = element?.closest("[aria-live], [role=status], [role=alert]");
      if (region && region.getAttribute("aria-live") !== "off") {
        window.__heard.push(region.textContent);
      }
    }
  }).observe(root, { subtree: true, childList: true, characterData: true });
}"""

MOVING = """() => document.getAnimations().filter(({ effect, playState }) =>
  playState === "running" && effect.target?.closest(".ogc-widgets")).length"""


@pytest.fixture(scope="module")
def demo() -> Iterator[DemoServer]:
    """An embedded server."""
    with DemoServer() as demo:
        yield demo


@pytest.fixture(scope="module")
def axe() -> Path:
    """The accessibility engine, which comes with the front-end's tools."""
    if not AXE.is_file():
        absent("There is no axe-core: `npm ci` in js/ brings it.")
    return AXE


def check(notebook: Notebook, axe: Path) -> None:
    """Fails on whatever axe has to say of our widgets, in light and in dark."""
    notebook.page.evaluate(axe.read_text())
    for theme in ("light", "dark"):
        notebook.lab.theme(theme)
        notebook.page.evaluate(exhibits.SETTLED)
        found = notebook.page.evaluate(LOOK)
        assert found["said"] == [], theme
        assert found["passed"] > 10, "axe has looked at nothing"


def test_axe_finds_nothing_in_the_table(lab: Lab, axe: Path) -> None:
    """All statuses, details, results, and questions."""
    notebook, table = exhibits.table_of_all(lab)
    check(notebook, axe)
    exhibits.in_all_its_parts(table)
    check(notebook, axe)


def test_axe_finds_nothing_in_the_form(lab: Lab, demo: DemoServer, axe: Path) -> None:
    """Every kind of input, all sections open, a problem."""
    notebook, _form = exhibits.form_of_all(lab, demo)
    check(notebook, axe)


def tab_to(page: Page, target: Locator, *, most: int = 40) -> None:
    """Presses Tab until the focus is there."""
    for _ in range(most):
        if target.evaluate("(one) => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{most} times Tab do not reach {target}.")


def press_on(page: Page, target: Locator) -> None:
    """Goes to a button by Tab and presses it with the space bar."""
    tab_to(page, target)
    page.keyboard.press("Space")


def test_the_main_job_by_keyboard_alone(lab: Lab, demo: DemoServer) -> None:
    """Submit, find the job in the table, dismiss, remove, submit again, read the results."""
    notebook = lab.notebook(
        [
            connect(demo),
            'form = ow.ProcessForm(client, "countdown", values={"seconds": 60})\nform',
            "ow.JobTable(client)",
        ]
    )
    notebook.execute(0)
    form = FormPage(notebook.execute(1))
    table = TablePage(notebook.execute(2))
    keyboard = lab.page.keyboard
    seconds = form.field("Duration")
    expect(seconds).to_be_visible()
    seconds.focus()

    press_on(lab.page, form.submit)
    first = table.rows.first
    expect(first).to_contain_text("Running", timeout=15_000)
    tab_to(lab.page, first)
    keyboard.press("Delete")
    expect(first.get_by_role("button", name="Keep")).to_be_focused()
    keyboard.press("Escape")
    expect(first.get_by_role("button", name=re.compile("Dismiss"))).to_be_focused()
    keyboard.press("Space")
    keyboard.press("Shift+Tab")
    keyboard.press("Space")
    expect(first).to_contain_text("Dismissed")
    press_on(lab.page, first.get_by_role("button", name=re.compile("Remove")))
    keyboard.press("Shift+Tab")
    keyboard.press("Space")
    expect(table.rows).to_have_count(0)

    notebook.python('form.values = {**form.values, "seconds": 0}')
    seconds.focus()
    keyboard.press("Control+Enter")
    expect(first).to_contain_text("Successful", timeout=15_000)
    tab_to(lab.page, first)
    keyboard.press("Enter")
    details = table.root.get_by_role("region", name=re.compile("Details of job"))
    expect(details).to_contain_text("Job id")
    expect(details.locator(".ogc-results")).to_be_visible()
    keyboard.press("Escape")
    expect(details).to_have_count(0)
    expect(first).to_be_focused()


def test_those_who_listen_hear_names_and_not_every_percent(lab: Lab, demo: DemoServer) -> None:
    """Buttons say whose they are; of a job that moves only the turns of its status are said."""
    values = {"seconds": 2, "steps": 40}
    notebook = lab.notebook(
        [
            connect(demo),
            f'form = ow.ProcessForm(client, "countdown", values={values})\nform',
            "ow.JobTable(client)",
        ]
    )
    notebook.execute(0)
    form = FormPage(notebook.execute(1))
    table = TablePage(notebook.execute(2))
    expect(form.submit).to_be_visible()
    expect(table.root).to_contain_text("Last checked")
    for root in (form.root, table.root):
        root.evaluate(WATCH_LIVE.replace("__heard = []", "__heard ??= []"))
    form.submit.click()
    expect(form.root.locator(".ogc-last-job")).to_contain_text("Successful", timeout=15_000)
    short = notebook.python("print(form.job.id)")[:8]
    for name in ("Results", "Remove"):
        button = table.row(short).get_by_role("button", name=f"{name} {short}", exact=True)
        expect(button).to_be_visible()
    ending = f"Job {short}: Successful"
    lab.page.wait_for_function("(text) => window.__heard.includes(text)", arg=ending)
    heard = [text for text in lab.page.evaluate("() => window.__heard") if text]
    assert {*heard} <= {"Submitted.", f"Job {short}: Accepted", f"Job {short}: Running", ending}
    assert len(heard) <= 6, heard
    expect(table.root.get_by_role("grid", name="Jobs")).to_be_visible()
    expect(table.root.get_by_role("columnheader", name="Submitted")).to_have_attribute(
        "aria-sort", "descending"
    )


def test_nothing_moves_for_those_who_want_no_motion(lab: Lab) -> None:
    """The running job's sign turns, and stands still where motion is to be reduced."""
    exhibits.table_of_all(lab)
    assert lab.page.evaluate(MOVING) > 0
    lab.page.emulate_media(reduced_motion="reduce")
    assert lab.page.evaluate(MOVING) == 0
