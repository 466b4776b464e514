"""Texts of a hostile server in a real JupyterLab, and in the notebook that it saves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import expect

from tests.browser.lab import Lab
from tests.browser.widgets import IMPORTS, FormPage, TablePage

EVIL = '<img src=x onerror="window.__owned=1"><script>window.__owned=2</script>'
IDS = ["__proto__", "a/b\n%2F\N{GRINNING FACE}", EVIL, "\ud800", "last"]


class Hostile(BaseHTTPRequestHandler):
    """Markup and absurd values wherever the standard has a text."""

    def log_message(self, *_: object) -> None:
        """Nothing."""

    def do_GET(self) -> None:
        """A landing page, a list, a status, a description or results."""
        path = self.path.split("?")[0].strip("/").split("/")
        job = {"status": "successful", "message": EVIL, "processID": EVIL, "progress": 1e400}
        document: object = {"title": EVIL, "description": EVIL, "links": []}
        if path == ["jobs"]:
            document = {"jobs": [{"jobID": one, **job} for one in IDS]}
        elif path[0] == "jobs" and path[-1] == "results":
            document = {EVIL: EVIL, "link": {"href": "javascript:window.__owned=3", "title": EVIL}}
        elif path[0] == "jobs":
            document = {"jobID": "x", **job}
        elif path[0] == "processes":
            document = {
                "id": EVIL,
                "title": EVIL,
                "description": f"{EVIL} [click](javascript:window.__owned=4)",
                "inputs": {
                    name: {"title": EVIL, "description": EVIL, "schema": {"enum": [EVIL, "b"]}}
                    for name in ("__proto__", "constructor", EVIL)
                },
                "outputs": {EVIL: {"title": EVIL, "schema": {}}},
            }
        body = json.dumps(document).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def hostile() -> Iterator[str]:
    """The address of that server."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hostile)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_markup_of_a_server_stays_text(lab: Lab, hostile: str) -> None:
    """Titles, messages, ids and results that are markup are read as text, and run nothing."""
    notebook = lab.notebook(
        [
            f'{IMPORTS}\nclient = ow.ProcessesClient("{hostile}")',
            'ow.ProcessForm(client, "p")',
            "table = ow.JobTable(client)\ntable",
        ]
    )
    notebook.execute(0)
    form = FormPage(notebook.execute(1))
    table = TablePage(notebook.execute(2))
    expect(form.root).to_contain_text("<script>")
    expect(table.rows).to_have_count(len(IDS))
    expect(table.root).to_contain_text("<script>")
    table.row("last").locator('[data-part="results"]').click()
    expect(table.root).to_contain_text("link")
    assert notebook.page.evaluate("() => window.__owned") is None
    assert notebook.page.evaluate("() => ({}).status") is None
    for output in (notebook.output(1), notebook.output(2)):
        assert output.locator("script, img[src=x]").count() == 0
        assert output.locator('a[href^="javascript" i]').count() == 0
    notebook.execute(2)
    notebook.save()
    saved = (lab.server.folder / notebook.name).read_text()
    assert "<script" not in saved
    assert "<img src=x" not in saved
