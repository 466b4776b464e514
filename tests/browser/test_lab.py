"""The tools of the browser tests themselves: a cell runs, a plain widget draws."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.lab import Lab

PLAIN = '''
import anywidget, traitlets

class Counter(anywidget.AnyWidget):
    _esm = """
    export default {{ render({{ model, el }}) {{
      {first}
      const button = document.createElement("button");
      const show = () => {{ button.textContent = `count ${{model.get("value")}}`; }};
      button.onclick = () => {{
        model.set("value", model.get("value") + 1);
        model.save_changes();
      }};
      model.on("change:value", show);
      button.style.color = "var(--jp-ui-font-color1)";
      show();
      el.append(button);
    }} }}
    """
    value = traitlets.Int(0).tag(sync=True)

counter = Counter()
counter
'''


def test_cell_prints_and_kernel_answers(lab: Lab) -> None:
    """A cell shows what it printed, and code runs in the same kernel without a cell."""
    notebook = lab.notebook(["x = 1 + 1\nprint(x)"])
    expect(notebook.execute(0)).to_have_text(re.compile(r"\b2\b"))
    assert notebook.python("print(x + 1)") == "3"


def test_plain_widget_in_both_themes(lab: Lab) -> None:
    """A widget takes a click to Python and follows the theme."""
    notebook = lab.notebook([PLAIN.format(first="")])
    button = notebook.execute(0).get_by_role("button", name="count 0")
    button.click()
    notebook.cell(0).get_by_role("button", name="count 1").wait_for()
    assert notebook.python("print(counter.value)") == "1"
    colours = set()
    for theme in ("light", "dark"):
        notebook.theme(theme)
        notebook.screenshot(f"plain-widget-{theme}")
        shown = notebook.cell(0).get_by_role("button", name="count 1")
        colours.add(shown.evaluate("(element) => getComputedStyle(element).color"))
    assert len(colours) == 2


def test_reload_and_restart(lab: Lab) -> None:
    """A reload finds the kernel's widget again; a restarted kernel has forgotten everything."""
    notebook = lab.notebook([PLAIN.format(first="")])
    notebook.execute(0)
    notebook.python("counter.value = 5")
    notebook.reload()
    notebook.cell(0).get_by_role("button", name="count 5").wait_for()
    notebook.restart_kernel()
    assert notebook.python("print('counter' in globals())") == "False"


def test_error_in_a_bundle_is_noted(lab: Lab) -> None:
    """An uncaught error in code that a widget brought is kept, so that the fixture would fail."""
    first = 'setTimeout(() => { throw new Error("thrown on purpose"); });'
    notebook = lab.notebook([PLAIN.format(first=first)])
    with lab.page.expect_event("pageerror"):
        notebook.execute(0)
    assert len(lab.errors) == 1
    assert "thrown on purpose" in lab.errors.pop()
