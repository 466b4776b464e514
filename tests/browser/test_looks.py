"""How form and table look: nothing is cut, all is legible, nothing jumps."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from ogc_widgets.demo.launch import DemoServer
from tests.browser import exhibits
from tests.browser.lab import Lab, Notebook
from tests.browser.widgets import FormPage, TablePage, connect

WIDTHS = (1000, 700, 420)
THEMES = ("light", "dark")

# Elements that reach beyond their widget, unless they are in a box that scrolls or hides them.
OVERHANG = """(root) => {
  const edge = root.getBoundingClientRect();
  const boxed = (element) => {
    for (let at = element.parentElement; at && at !== root; at = at.parentElement) {
      if (getComputedStyle(at).overflowX !== "visible") return true;
    }
    return false;
  };
  const wide = [...root.querySelectorAll("*")].filter((element) => {
    const { left, right, width } = element.getBoundingClientRect();
    return width > 1 && (right > edge.right + 0.5 || left < edge.left - 0.5) && !boxed(element);
  });
  const names = wide.map((element) => `${element.tagName}.${element.getAttribute("class")}`);
  return root.scrollWidth > root.clientWidth ? ["the root itself", ...names] : names;
}"""

# Texts whose colour, laid over all that is painted under it, has less contrast than 4.5.
FAINT = """(root) => {
  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const paint = (colours) => {
    pen.clearRect(0, 0, 1, 1);
    for (const colour of colours) {
      pen.fillStyle = colour;
      pen.fillRect(0, 0, 1, 1);
    }
    return [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = (rgb) => {
    const [r, g, b] = rgb.map((value) => value / 255)
      .map((value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const faint = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || !element.checkVisibility({ visibilityProperty: true })) continue;
    if (element.closest(".ogc-hidden, [aria-disabled=true], :disabled, option")) continue;
    const under = [];
    for (let at = element; at; at = at.parentElement) {
      under.unshift(getComputedStyle(at).backgroundColor);
    }
    const ground = light(paint(under));
    const text = light(paint([...under, getComputedStyle(element).color]));
    const contrast = (Math.max(ground, text) + 0.05) / (Math.min(ground, text) + 0.05);
    if (contrast < 4.5) faint.push(`${contrast.toFixed(2)} ${node.data.trim().slice(0, 40)}`);
  }
  return faint;
}"""

# A percent of which a part is cut is another percent.
CUT_PERCENTS = """(root) => [...root.querySelectorAll(".ogc-status-amount")].filter((amount) => {
  const cell = amount.closest("[role=gridcell]").getBoundingClientRect();
  return amount.getBoundingClientRect().right > cell.right;
}).map((amount) => amount.textContent)"""

WATCH_SHIFTS = """() => {
  window.__shifts = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      for (const { node } of entry.sources) {
        const element = node?.nodeType === 1 ? node : node?.parentElement;
        if (element?.closest(".ogc-widgets")) window.__shifts.push(element.outerHTML.slice(0, 200));
      }
    }
  }).observe({ type: "layout-shift" });
}"""


@pytest.fixture(scope="module")
def demo() -> Iterator[DemoServer]:
    """An embedded server."""
    with DemoServer() as demo:
        yield demo


def looked_at(notebook: Notebook, root: Locator, name: str) -> None:
    """Checks a widget in every width and theme, and keeps a picture of each."""
    notebook.page.set_viewport_size({"width": 1600, "height": 3200})
    for theme in THEMES:
        notebook.lab.theme(theme)
        for width in WIDTHS:
            exhibits.at_width(root, width)
            notebook.screenshot(f"{name}-{theme}-{width}", of=root)
            assert root.evaluate(OVERHANG) == [], f"{theme}, {width} px"
            assert root.evaluate(FAINT) == [], f"{theme}, {width} px"


def test_the_table_is_whole_and_legible_at_every_width(lab: Lab) -> None:
    """All statuses, details, results and questions: nothing is cut, contrast is 4.5 or more."""
    notebook, table = exhibits.table_of_all(lab)
    exhibits.in_all_its_parts(table)
    looked_at(notebook, table.root, "table")
    for width in WIDTHS:
        exhibits.at_width(table.root, width)
        assert table.root.evaluate(CUT_PERCENTS) == [], f"{width} px"


def test_the_form_is_whole_and_legible_at_every_width(lab: Lab, demo: DemoServer) -> None:
    """Every kind of input, all sections open, a problem: the same."""
    notebook, form = exhibits.form_of_all(lab, demo)
    looked_at(notebook, form.root, "form")


def test_nothing_jumps_while_a_job_moves(lab: Lab, demo: DemoServer) -> None:
    """Percent, message and elapsed time change in their places, in the form and in the table."""
    values = {"seconds": 3, "steps": 30}
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
    form.submit.click()
    expect(form.root.locator(".ogc-last-job")).to_contain_text("%", timeout=15_000)
    expect(table.rows.first).to_contain_text(re.compile(r"Running [1-4]?\d %"), timeout=15_000)
    notebook.page.evaluate(WATCH_SHIFTS)
    later = re.compile(r"Running ([6-9]\d|100) %")
    expect(table.rows.first).to_contain_text(later, timeout=15_000)
    assert notebook.page.evaluate("() => window.__shifts") == []


def test_a_kernel_that_is_gone_is_said_in_words(lab: Lab, demo: DemoServer) -> None:
    """After a restart both widgets say so, and a press says that it was not sent."""
    notebook = lab.notebook(
        [connect(demo), 'ow.ProcessForm(client, "countdown")', "ow.JobTable(client)"]
    )
    for index in range(3):
        notebook.execute(index)
    form = FormPage(notebook.output(1))
    expect(form.submit).to_be_visible()
    notebook.restart_kernel()
    for index in (1, 2):
        notice = notebook.output(index).locator(".ogc-line-notice")
        expect(notice).to_contain_text("is gone")
    form.submit.click()
    expect(form.root.locator(".ogc-outcome")).to_contain_text("Not sent")
