"""The request as JSON, Python and cURL between a kernel and a browser."""

import json

import pytest

import ogc_widgets as ow
from tests.waiting import wait_until


@pytest.fixture
def form(server):
    """A form of the fake server's process."""
    return ow.ProcessForm(server.client(), "wait", values={"seconds": 3})


@pytest.fixture
def browser(form, browse):
    """Its browser, when the description is read."""
    browser = browse(form)
    wait_until(lambda: browser.state("_form")["phase"] == "ready")
    return browser


def test_the_json_changes_the_form_and_python_sees_it(server, form, browser):
    """Values, request and problems follow, as after an edit in a field."""
    text = json.dumps({"inputs": {"seconds": 7, "password": "open sesame"}, "mode": "async"})
    assert browser.ask("take_request", text=text)["kind"] == "ok"
    assert form.values["seconds"] == 7
    assert form.request["inputs"]["seconds"] == 7
    assert json.loads(browser.state("_draft")["request"]) == form.request
    assert browser.state("_draft")["mode"] == "async"
    assert "sesame" not in browser.everything()
    form.values = {**form.values, "seconds": 8}
    wait_until(lambda: json.loads(browser.state("_draft")["request"])["inputs"]["seconds"] == 8)
    browser.ask("submit")
    assert server.bodies[0]["inputs"] == {"seconds": 8, "password": "open sesame"}


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("{", ["This is not JSON: look at line 1, column 2."]),
        ('{"inputs": {"second": 1}, "x": 1}', ["cannot send “x”", "no input “second”"]),
    ],
)
def test_a_text_that_is_not_taken_is_answered_with_each_reason(form, browser, text, lines):
    """One to a line; the form stays as it was."""
    before = browser.state("_draft")
    answer = browser.ask("take_request", text=text)
    assert answer["kind"] == "failed"
    said = answer["detail"].split("\n")
    assert len(said) == len(lines)
    assert all(part in line for part, line in zip(lines, said, strict=True))
    assert browser.state("_draft") == before
    assert form.values == {"seconds": 3}


def test_code_is_written_when_it_is_asked_for(form, browser):
    """In each language, with this server and process, without secrets."""
    browser.ask("edit", values={"f1": "open sesame"})
    browser.ask("choose", mode="sync", outputs=None)
    url = browser.state("_form")["server"]
    python = browser.ask("code", language="python")["code"]
    assert f'"{url}"' in python
    assert 'mode="sync"' in python
    assert "OGC_TOKEN" not in python
    curl = browser.ask("code", language="curl")["code"]
    assert f"{url}/processes/wait/execution" in curl
    assert "respond-async" not in curl
    saved = json.loads(browser.ask("code", language="json")["code"])
    assert saved == {**form.request, "mode": "sync"}
    assert browser.ask("code", language="cobol")["kind"] == "failed"
    assert "sesame" not in browser.everything()


def test_code_for_a_server_with_sign_in_reads_the_token_where_it_runs(server, browse):
    """By the name of the variable, never by the token."""
    signed = ow.ProcessesClient(
        server.client().url, transport=server.transport(), auth=ow.BearerAuth("s3cret")
    )
    browser = browse(ow.ProcessForm(signed, "wait"))
    assert 'BearerAuth(env="OGC_TOKEN")' in browser.ask("code", language="python")["code"]
    assert "Bearer $OGC_TOKEN" in browser.ask("code", language="curl")["code"]
    assert "s3cret" not in browser.everything()
