"""What a form and a table do when a server, a notebook or a thread is unkind."""

import asyncio
import json

import comm
import httpx
import pytest

from ogc_widgets import JobTable, ProcessForm
from ogc_widgets.client import ProcessesClient
from ogc_widgets.errors import OgcError
from ogc_widgets.jobs import JobBoard
from ogc_widgets.jobs.loop import owner
from ogc_widgets.models import JobStatus, StatusInfo
from tests.fake_server import DESCRIPTION, LINKS, URL, FakeServer
from tests.waiting import eventually, wait_until


async def loaded(server: FakeServer) -> ProcessForm:
    form = ProcessForm(server.client(), "wait")
    return await form.ready()


async def test_interrupted_submit_leaves_a_form_that_works(server, browse):
    """A cell that is interrupted while its form is submitted loses neither form nor job."""
    form = await loaded(server)
    browse(form)
    form.values = {"seconds": 1}
    going = asyncio.ensure_future(form.submit())
    await asyncio.sleep(0)
    going.cancel()
    with pytest.raises(asyncio.CancelledError):
        await going
    await eventually(lambda: form._submission.phase == "submitted")
    assert form.job is not None
    await form.submit()
    assert len(server.bodies) == 2


async def test_two_submits_at_once_make_one_job(server, browse):
    """Pressing Submit again before the answer came makes no second job."""
    answered = asyncio.Event()

    async def answer(request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            await answered.wait()
        return server._answer(request)

    client = ProcessesClient(URL, transport=httpx.MockTransport(answer))
    form = await ProcessForm(client, "wait").ready()
    browser = browse(form)
    form.values = {"seconds": 1}
    for identifier in ("a", "b"):
        browser.say({"kind": "submit", "id": identifier})
    await eventually(lambda: browser.answer("b"))
    owner.soon(answered.set)
    await eventually(lambda: browser.answer("a") and browser.answer("b"))
    assert sorted(browser.answer(one)["kind"] for one in "ab") == ["failed", "ok"]
    assert len(server.bodies) == 1


async def test_closing_a_form_that_loads(browse):
    """Who waits for a form that is closed is told so by an error of ours."""
    never = asyncio.Event()

    async def answer(_request: httpx.Request) -> httpx.Response:
        await never.wait()
        raise AssertionError

    form = ProcessForm(ProcessesClient(URL, transport=httpx.MockTransport(answer)), "wait")
    browse(form)
    going = asyncio.ensure_future(form.submit())
    await eventually(lambda: form._loading is not None)
    form.close()
    with pytest.raises(OgcError, match="closed"):
        await asyncio.wait_for(going, 5)


async def test_a_description_that_defeats_us_is_a_sentence(server, browse, monkeypatch):
    """A bug that a description brings to light is shown in the form, with Retry, not swallowed."""
    monkeypatch.setattr("ogc_widgets.widgets.process_form.build_form", lambda _description: 1 / 0)
    form = ProcessForm(server.client(), "wait")
    browser = browse(form)
    await eventually(lambda: browser.state("_form")["phase"] == "failed")
    assert "ZeroDivisionError" in browser.state("_form")["failure"]["detail"]


async def test_results_of_a_server_that_forgot_its_process(server, browse):
    """A process that vanished after it answered at once does not leave the form submitting."""
    server.sync = {"waited": 3}
    form = await loaded(server)
    browse(form)
    form.values = {"seconds": 1}
    described = form._board.client.process
    asked = []

    async def gone(process_id):
        asked.append(process_id)
        raise OgcError("Gone.")

    form._board.client.process = gone
    await form.submit()
    form._board.client.process = described
    assert asked
    assert form._submission.phase == "submitted"
    assert form._submission.results.outputs[0].id == "waited"


async def test_one_view_that_fails_leaves_the_others(server, browse):
    """A listener or an observer that raises costs nobody else the news."""
    client = server.client()
    table = JobTable(client)
    browse(table)
    board = table.boards()[0]

    def raising(*_news):
        raise ValueError

    owner.soon(board.register.listeners.insert, 0, raising)
    table.observe(raising, "jobs")
    server.add()
    asyncio.get_running_loop().set_exception_handler(lambda *_: None)
    await board.refresh()
    await eventually(lambda: len(table.jobs) == 1)


def test_an_observer_that_raises_in_a_script(server):
    """Without a loop observers are called on the owner's thread, and may raise there."""
    table = JobTable(server.client())

    def raising(_change):
        raise ValueError

    table.observe(raising, "jobs")
    server.add()
    owner.wait(table.boards()[0].refresh(), 10)
    server.add()
    owner.wait(table.boards()[0].refresh(), 10)
    wait_until(lambda: len(table.jobs) == 2)
    table.close()


async def test_a_widget_that_is_closed_leaves_nothing(server, browse):
    """Forms and tables that come and go leave no comm, listener, view or work behind."""
    browse(await loaded(server))
    client = server.client()
    board = JobBoard.of(client)

    def left() -> tuple[int, int, int, int]:
        comms = len(comm.get_comm_manager().comms)
        return comms, len(board.register.listeners), len(board.poller._views), len(owner._kept)

    before = left()
    for number in range(20):
        table, form = JobTable(client), ProcessForm(client, "wait")
        look = {"kind": "look", "id": "l", "view": f"v{number}", "seen": True}
        table._handle_custom_msg(look, [])
        if number % 2:
            await form.ready()
        table.close()
        form.close()
    await eventually(lambda: left() == before, what=f"{before}, not {left()}")


async def test_a_title_without_end_is_cut(browse):
    """Titles and descriptions of megabytes do not reach the browser."""
    document = {**DESCRIPTION, "title": "t" * 1_000_000, "description": "d" * 1_000_000}

    def answer(request: httpx.Request) -> httpx.Response:
        described = "/processes/" in request.url.path
        return httpx.Response(200, json=document if described else {"links": LINKS})

    client = ProcessesClient(URL, transport=httpx.MockTransport(answer))
    browser = browse(await ProcessForm(client, "wait").ready())
    assert len(json.dumps(browser.state("_form"))) < 50_000


ABSURD = [
    {"jobID": "a/b\n%2F😀", "status": "running"},
    {"jobID": "\ud800", "status": "\udfff", "message": "\ud800"},
    {"jobID": "__proto__", "status": "constructor", "progress": float("nan")},
    {"jobID": 7, "status": ["running"], "progress": 10**30, "created": "9999-12-31T23:59:59Z"},
    {"jobID": "<img src=x onerror=alert(1)>", "message": "<script>alert(1)</script>"},
    {"jobID": "x" * 100_000, "message": "m" * 10_000_000, "processID": "p" * 100_000},
    {"jobID": "", "status": "running"},
    {"status": "running", "progress": "Infinity", "created": "0001-01-01T00:00:00+14:00"},
    None,
    [],
    "only-an-id",
]


def absurd_client() -> ProcessesClient:
    deep = '{"jobID":"deep","status":"running","x":' + "[" * 900 + "]" * 900 + "}"
    deeper = '{"jobID":"deeper","status":"running","x":' + "[" * 10_000 + "]" * 10_000 + "}"
    huge = '{"jobID":"huge","progress":' + "9" * 5000 + "}"
    entries = ",".join([*map(json.dumps, ABSURD), deep, deeper, huge])
    body = f'{{"jobs":[{entries}]}}'.encode()

    def answer(request: httpx.Request) -> httpx.Response:
        path = request.url.path
        if path.endswith("/jobs"):
            return httpx.Response(200, content=body)
        if "/jobs/" in path:
            return httpx.Response(500, json={"title": "\ud800", "detail": "<b>"})
        if path.endswith("/processes/wait"):
            return httpx.Response(200, json=DESCRIPTION)
        return httpx.Response(200, json={"links": LINKS})

    return ProcessesClient(URL, transport=httpx.MockTransport(answer))


@pytest.mark.filterwarnings("ignore::ogc_widgets.OgcWarning")
async def test_absurd_jobs_are_rows(browse):
    """Every absurd entry is a row, the list can be read again, and all of it can be sent."""
    table = JobTable(absurd_client())
    browser = browse(table)
    board = table.boards()[0]
    for _ in range(3):
        await board.refresh()
    count = len(board.jobs)
    assert count == 12  # all but null and []
    await eventually(lambda: len(table.jobs) == count)
    assert len(browser.state("_table")["newest"]["id"]) == count
    assert browser.ask("snapshot")["kind"] == "ok"
    assert "<script" not in table.as_html()
    assert "<img" not in table.as_html()
    assert max(map(len, browser.state("_table")["newest"]["message"])) < 10_000
    assert len(json.dumps(browser.state("_table"))) < 100_000
    for key in browser.state("_table")["newest"]["key"]:
        assert browser.ask("dismiss", job=key)["kind"] in ("ok", "failed")


async def test_a_delta_costs_what_changed(server, browse):
    """The counts follow single changes; nothing looks at the jobs that did not change."""
    for _ in range(300):
        server.add()
    table = JobTable(server.client())
    browse(table)
    board = table.boards()[0]
    await board.refresh()
    await eventually(lambda: len(table.jobs) == 300)

    async def change() -> int:
        board.poller.next_check = 1.0
        table._saved = float("inf")
        asked = []
        real, first, last = table._shows, board.jobs[0], board.jobs[-1]
        table._shows = lambda job: asked.append(job) or real(job)
        board.register.tell(first, StatusInfo({**first.info.raw, "status": "failed"}))
        board.register._announce_now()
        board.register.drop(last)
        board.register._announce_now()
        table._shows = real
        return len(asked)

    looked = await asyncio.wrap_future(owner.start(change()))
    counts = table._head().counts
    assert counts == {JobStatus.RUNNING.value: 298, JobStatus.FAILED.value: 1}
    assert looked <= 1 + 299
    await eventually(lambda: len(table.jobs) == 299)
