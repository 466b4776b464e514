"""The request in a real JupyterLab: edited as JSON, saved, loaded, sent once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from ogc_widgets.demo.launch import DemoServer
from tests.browser.lab import Lab, Notebook
from tests.browser.widgets import FormPage, connect

FORM = 'form = ow.ProcessForm(client, "countdown", values={"seconds": 2})\nform'


@pytest.fixture(scope="module")
def demo() -> Iterator[DemoServer]:
    """An embedded server."""
    with DemoServer() as demo:
        yield demo


@pytest.fixture
def shown(lab: Lab, demo: DemoServer) -> tuple[Notebook, FormPage]:
    """A notebook with a form."""
    notebook = lab.notebook([connect(demo), FORM])
    notebook.execute(0)
    form = FormPage(notebook.execute(1))
    expect(form.submit).to_be_visible()
    return notebook, form


def json_text(form: FormPage) -> Locator:
    """The request as JSON, unfolded."""
    form.root.locator("summary", has_text="Request").click()
    return form.root.locator(".ogc-request textarea")


def test_a_double_click_makes_one_job(
    lab: Lab, demo: DemoServer, shown: tuple[Notebook, FormPage]
) -> None:
    """The hand that double-clicks everything gets what it wanted."""
    notebook, form = shown
    count = "print(len([one async for one in client.jobs()]))"
    before = int(notebook.python(count))
    form.submit.dblclick()
    job = form.root.locator(".ogc-last-job")
    expect(job).to_contain_text("Successful", timeout=20_000)
    assert int(notebook.python(count)) == before + 1


def test_json_and_form_are_one_state(lab: Lab, shown: tuple[Notebook, FormPage]) -> None:
    """Typed JSON changes the field and Python, the field changes the JSON, nonsense is said."""
    notebook, form = shown
    text = json_text(form)
    seconds = form.root.locator("input").first
    text.fill('{"inputs": {"seconds": 5}}')
    expect(seconds).to_have_value("5")
    assert notebook.python("print(form.values['seconds'])") == "5"
    seconds.fill("6")
    lab.page.wait_for_function(
        "area => area.value.includes('\"seconds\": 6')", arg=text.element_handle()
    )
    text.fill('{"inputs": {"secs": 5}}')
    expect(form.root.locator(".ogc-request")).to_contain_text("no input “secs”")
    expect(seconds).to_have_value("6")
    form.submit.click()
    expect(form.foot).to_contain_text("is not in the form")
    form.root.get_by_role("button", name="go back to the form’s request").click()
    expect(text).not_to_have_attribute("aria-invalid", "true")


def test_a_saved_request_is_loaded_again(
    lab: Lab, shown: tuple[Notebook, FormPage], tmp_path: Path
) -> None:
    """A JSON file by the browser's dialogs; Python and cURL say the same."""
    _, form = shown
    json_text(form)
    with lab.page.expect_download() as saving:
        form.root.get_by_role("button", name="Save request…").click()
    file = tmp_path / saving.value.suggested_filename
    saving.value.save_as(file)
    assert file.name == "countdown.json"
    request = json.loads(file.read_text())
    assert request["inputs"]["seconds"] == 2
    file.write_text(json.dumps({**request, "inputs": {"seconds": 9}}))
    with lab.page.expect_file_chooser() as choosing:
        form.root.get_by_role("button", name="Load request…").click()
    choosing.value.set_files(file)
    expect(form.root.locator("input").first).to_have_value("9")
    for tab in ("Python", "cURL"):
        form.root.get_by_role("tab", name=tab).click()
        expect(form.root.locator(".ogc-request pre")).to_contain_text('"seconds": 9')
