"""The main job in a real JupyterLab: submit, watch, dismiss, see it gone, see a result."""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from ogc_widgets.demo.launch import DemoServer
from tests.browser.lab import Lab, Notebook
from tests.browser.widgets import CLICK_TO_DISMISSED, FormPage, TablePage, connect
from tests.waiting import wait_until

COUNTDOWN = 'form = ow.ProcessForm(client, "countdown", values={"seconds": 60})\nform'
TABLE = "table = ow.JobTable(client)\ntable"
BUSY = {
    "sleep": "time.sleep(30)",
    "loop": "end = time.time() + 30\nwhile time.time() < end: pass",
}


@pytest.fixture(scope="module")
def demo() -> Iterator[DemoServer]:
    """An embedded server that tells what it was asked."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OGC_WIDGETS_DEMO_COUNT", "1")
        with DemoServer() as demo:
            yield demo


def requests_of(demo: DemoServer) -> list[tuple[str, str]]:
    with urllib.request.urlopen(f"{demo.url}/_requests") as answer:
        return [(method, path) for method, path in json.load(answer)["requests"]]


def deleted(demo: DemoServer, job_id: str) -> bool:
    return ("DELETE", f"/jobs/{job_id}") in requests_of(demo)


def submitted(notebook: Notebook) -> str:
    """Submit the notebook's form from Python; the job's id."""
    return notebook.python("job = await form.submit(); print(job.id)")


def test_the_form_is_filled_and_submitted_by_keyboard(lab: Lab, demo: DemoServer) -> None:
    """Tab, type, Enter: a job appears in the form at once, moves, and ends."""
    notebook = lab.notebook([connect(demo), 'form = ow.ProcessForm(client, "countdown")\nform'])
    notebook.execute(0)
    form = FormPage(notebook.execute(1))
    expect(form.submit).to_be_visible()
    seconds = form.root.locator("input").first
    seconds.focus()
    lab.page.keyboard.press("Control+A")
    lab.page.keyboard.type("3")
    lab.page.keyboard.press("Control+Enter")
    job = form.root.locator(".ogc-last-job")
    expect(job).to_contain_text(re.compile("Accepted|Running"))
    expect(job).to_contain_text(re.compile(r"Running [1-9]\d? %"), timeout=15_000)
    expect(job).to_contain_text("Successful", timeout=15_000)
    assert notebook.python("print(form.job.status, form.values['seconds'])") == "successful 3"
    assert lab.page.locator(".jp-Notebook .jp-Cell").count() == 2


def test_a_problem_is_shown_beside_its_field_and_nothing_is_sent(
    lab: Lab, demo: DemoServer
) -> None:
    """A number out of range: the sentence is tied to the control, Submit sends nothing."""
    notebook = lab.notebook([connect(demo), COUNTDOWN])
    notebook.execute(0)
    form = FormPage(notebook.execute(1))
    seconds = form.root.locator("input").first
    seconds.fill("100000")
    form.submit.click()
    expect(seconds).to_have_attribute("aria-invalid", "true")
    described = seconds.get_attribute("aria-describedby") or ""
    sentences = [form.root.locator(f"[id='{one}']").inner_text() for one in described.split()]
    assert any("600" in sentence for sentence in sentences)
    assert notebook.python("print(form.job)") == "None"
    seconds.fill("2")
    expect(seconds).not_to_have_attribute("aria-invalid", "true")


@pytest.mark.parametrize(("kind", "limit"), [("sleep", 1000), ("loop", 2000)])
def test_dismiss_works_while_another_cell_is_busy(
    lab: Lab, demo: DemoServer, kind: str, limit: int
) -> None:
    """A real click: the server has the DELETE, and the row the truth, before the cell ends."""
    notebook = lab.notebook([connect(demo), COUNTDOWN, TABLE, BUSY[kind]])
    for index in range(3):
        notebook.execute(index)
    job_id = submitted(notebook)
    table = TablePage(notebook.output(2))
    expect(table.row(job_id)).to_contain_text("Running", timeout=15_000)
    notebook.execute(3, wait=False)
    wait_until(lambda: "*" in notebook.cell(3).locator(".jp-InputPrompt").inner_text())
    table.ask(job_id, "dismiss")
    milliseconds = lab.page.evaluate(CLICK_TO_DISMISSED, job_id[:8])
    assert deleted(demo, job_id)
    assert notebook.is_busy(3)
    print(f"{kind}: click to dismissed {milliseconds:.0f} ms")
    assert milliseconds < limit


def test_a_dismissed_job_is_gone_after_remove(lab: Lab, demo: DemoServer) -> None:
    """Dismiss keeps the row and says so; Remove takes it off the server and the table."""
    notebook = lab.notebook([connect(demo), COUNTDOWN, TABLE])
    for index in range(3):
        notebook.execute(index)
    job_id = submitted(notebook)
    table = TablePage(notebook.output(2))
    table.confirm(job_id, "dismiss")
    expect(table.row(job_id)).to_contain_text("Dismissed")
    table.confirm(job_id, "remove")
    expect(table.row(job_id)).to_have_count(0)
    gone = (
        "try:\n    await client.job(job.id)\nexcept ow.NoSuchJob as error:\n    print(error.status)"
    )
    assert notebook.python(gone) == "404"


def test_a_reload_and_a_second_view_show_the_table_as_it_is(lab: Lab, demo: DemoServer) -> None:
    """What changed while the page was away is there, live, in both views."""
    notebook = lab.notebook([connect(demo), COUNTDOWN, TABLE, "table"])
    for index in range(4):
        notebook.execute(index)
    job_id = submitted(notebook)
    expect(TablePage(notebook.output(3)).row(job_id)).to_contain_text("Running", timeout=15_000)
    notebook.reload()
    first, second = TablePage(notebook.output(2)), TablePage(notebook.output(3))
    expect(first.row(job_id)).to_contain_text("Running", timeout=15_000)
    first.confirm(job_id, "dismiss")
    expect(first.row(job_id)).to_contain_text("Dismissed")
    expect(second.row(job_id)).to_contain_text("Dismissed")


def test_water_bodies_is_found_and_its_results_shown(lab: Lab, demo: DemoServer) -> None:
    """The training's own request to its end: links and the areas as JSON in the job's row."""
    items = f"{demo.url}/stac/collections/olinda/items"
    values = {"stac_items": [f"{items}/olinda"], "aoi": "-35.0,-8.2,-34.7,-7.9"}
    notebook = lab.notebook(
        [
            connect(demo),
            f'form = ow.ProcessForm(client, "water-bodies", values={values})\nform',
            TABLE,
        ]
    )
    notebook.execute(0)
    form = FormPage(notebook.execute(1))
    table = TablePage(notebook.execute(2))
    form.submit.click()
    expect(form.root.locator(".ogc-last-job")).to_contain_text("Successful", timeout=60_000)
    job_id = notebook.python("print(form.job.id)")
    table.ask(job_id, "results")
    expect(table.root).to_contain_text("Water area")
    expect(table.root).to_contain_text("16.0")


def test_keys_typed_in_a_widget_are_not_shortcuts_of_the_notebook(
    lab: Lab, demo: DemoServer
) -> None:
    """`b` on a button inserts no cell, `dd` deletes none."""
    notebook = lab.notebook([connect(demo), COUNTDOWN])
    notebook.execute(0)
    form = FormPage(notebook.execute(1))
    form.submit.focus()
    for key in ("b", "d", "d", "x"):
        lab.page.keyboard.press(key)
    assert lab.page.locator(".jp-Notebook .jp-Cell").count() == 2


def test_a_dead_server_and_an_unknown_process_are_said_with_retry(
    lab: Lab, demo: DemoServer
) -> None:
    """The cells do not raise; Retry asks again."""
    notebook = lab.notebook(
        [
            f'{connect(demo)}\now.ProcessForm("http://127.0.0.1:9", "echo")',
            'ow.ProcessForm(client, "no-such-process")',
            'ow.JobTable("http://127.0.0.1:9")',
        ]
    )
    for index in range(3):
        output = notebook.execute(index)
        retry = output.get_by_role("button", name="Retry")
        expect(retry).to_be_visible(timeout=30_000)
        retry.click()
        expect(retry).to_be_visible(timeout=30_000)
        assert "Traceback" not in output.inner_text()
    notebook.screenshot("failures-light")
