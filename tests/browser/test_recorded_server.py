"""The seed's story against recorded exchanges of ZOO-Project, in a real JupyterLab."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.lab import Lab
from tests.browser.widgets import IMPORTS, FormPage, TablePage
from tests.servers.serving import start
from tests.servers.story import BROKEN_JOB, Story

ASK = """
try:
    await client.job(form.job.id)
except ow.NoSuchJob as gone:
    print(gone)
"""


def test_the_story_of_the_training_against_zoo_project(lab: Lab, shared: Path) -> None:
    """Submit, list with a message that is no UTF-8, watch, dismiss, and then it is gone."""
    with start(Story(shared / "transcripts")) as zoo:
        notebook = lab.notebook(
            [
                f'{IMPORTS}\nclient = ow.ProcessesClient("{zoo.url}")',
                'form = ow.ProcessForm(client, "LongPy", values={"seconds": 30})\nform',
                "ow.JobTable(client)",
                ASK,
            ]
        )
        notebook.execute(0)
        form = FormPage(notebook.execute(1))
        table = TablePage(notebook.execute(2))
        expect(table.row(BROKEN_JOB)).to_contain_text("Failed")
        form.submit.click()
        job = form.root.locator(".ogc-last-job")
        expect(job).to_contain_text("Running", timeout=15_000)
        job_id = notebook.python("print(form.job.id)")
        expect(table.row(job_id)).to_contain_text("%", timeout=15_000)
        table.confirm(job_id, "dismiss")
        expect(table.row(job_id)).to_contain_text("Dismissed, removed from the server")
        expect(job).to_contain_text("Dismissed")
        assert zoo.app.requests.count(("DELETE", f"/ogc-api/jobs/{job_id}")) == 1
        expect(notebook.execute(3)).to_contain_text("404")
