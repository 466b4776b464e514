"""What the board does with job lists that lie, flap and never end, and at the end of Python."""

import asyncio
import subprocess
import sys
import textwrap

import httpx
import pytest

from ogc_widgets.client import ProcessesClient
from ogc_widgets.jobs import JobBoard
from ogc_widgets.jobs import poller as polling
from ogc_widgets.jobs.loop import owner
from tests.fake_server import LINKS, URL, FakeServer
from tests.waiting import eventually


@pytest.mark.filterwarnings("ignore::ogc_widgets.OgcWarning")
async def test_a_job_without_an_id_is_one_job(server, board):
    """However often the list is read: an entry without an id stays one row, and goes as one."""
    server.jobs["nameless"] = {"status": "running", "progress": 5}
    for _ in range(3):
        await board.refresh()
    assert len(board.jobs) == 1
    server.jobs["nameless"] = {"status": "running", "progress": 6}
    await board.refresh()
    assert [job.progress for job in board.jobs] == [6]


async def test_a_time_that_is_cut_is_the_same_time(server, board):
    """A list that cuts fractions of seconds off does not make another job of a running one."""
    job = await board.submit("wait", {"seconds": 1})
    server.jobs[job.id]["created"] = "2026-01-01T00:00:00.734Z"
    waiting = asyncio.ensure_future(job._end())
    await board.refresh()
    server.jobs[job.id]["created"] = "2026-01-01T00:00:00Z"
    await board.refresh()
    assert board.jobs == (job,)
    assert not job.gone
    server.jobs[job.id]["status"] = "successful"
    assert await waiting is job


async def test_one_broken_status_does_not_slow_the_others(server, board):
    """A job whose status cannot be read is not the failure of the server."""
    mine = [await board.submit("wait", {"seconds": 1}) for _ in range(2)]
    real = board.client.job

    async def job(job_id: str):
        if job_id == mine[0].id:
            await board.client.landing_page()
            raise ValueError
        return await real(job_id)

    board.client.job = job
    server.jobs[mine[1].id]["status"] = "successful"
    await asyncio.wait_for(mine[1]._end(), 5)
    assert board.poller.failure is None


async def test_a_list_without_end_is_read_to_a_bound(monkeypatch):
    """Pages that lead to ever new pages fill no memory."""
    monkeypatch.setattr(polling, "MOST", 50)
    pages = []

    def answer(request: httpx.Request) -> httpx.Response:
        if not request.url.path.endswith("/jobs"):
            return httpx.Response(200, json={"links": LINKS})
        pages.append(len(pages))
        jobs = [{"jobID": f"{len(pages)}-{n}", "status": "successful"} for n in range(10)]
        link = {"rel": "next", "href": f"{URL}/jobs?page={len(pages)}"}
        return httpx.Response(200, json={"jobs": jobs, "links": [link]})

    board = JobBoard(ProcessesClient(URL, transport=httpx.MockTransport(answer)))
    await asyncio.wait_for(board.refresh(), 10)
    assert len(board.jobs) == 50
    assert len(pages) == 5


async def test_a_list_that_comes_back_is_read_again(server, board):
    """A list that was missing for a moment is not given up for good."""
    server.add()
    server.has_list = False
    owner.soon(board.poller.look, "view", True)
    await eventually(lambda: board.poller.listless is not None)
    server.has_list = True
    await board.refresh()
    assert board.poller.listless is None
    assert len(board.jobs) == 1


async def test_who_stops_waiting_stops_nothing(server, board):
    """A cell that is interrupted while it submits still has its job on the board."""
    going = asyncio.ensure_future(board.submit("wait", {"seconds": 1}))
    await asyncio.sleep(0)
    going.cancel()
    with pytest.raises(asyncio.CancelledError):
        await going
    await eventually(lambda: len(board.jobs) == 1)
    assert board.jobs[0].mine


def python(code: str, *options: str) -> subprocess.CompletedProcess[str]:
    """A script's outcome in a Python of its own, where a leak is an error."""
    return subprocess.run(
        [sys.executable, "-W", "error", *options, "-c", textwrap.dedent(code)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


SCRIPT = """
    import asyncio, http.server, json, threading, os, sys

    class Answer(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        def log_message(self, *_): pass
        def do_GET(self):
            jobs = [{"jobID": "1", "status": "running", "processID": "p"}]
            base = f"http://127.0.0.1:{server.server_port}"
            links = [{"rel": "job-list", "href": base + "/jobs"}]
            body = json.dumps({"jobs": jobs, "links": links, **jobs[0]}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    server.daemon_threads = True
    server.handle_error = lambda *_: None
    threading.Thread(target=server.serve_forever, daemon=True).start()
    import ogc_widgets as ow
    client = ow.ProcessesClient(f"http://127.0.0.1:{server.server_port}")
    board = ow.JobBoard(client)
"""


def test_a_script_ends_quietly_while_jobs_are_followed():
    """Loop after loop, a table that polls, a connection that is open: Python ends, and is quiet."""
    ended = python(
        SCRIPT
        + """
    async def one():
        return [job.job_id async for job in client.jobs()]
    for _ in range(3):
        assert asyncio.run(one()) == ["1"]
        asyncio.run(board.refresh())
    table = ow.JobTable(client)
    from ogc_widgets.jobs.loop import owner
    owner.soon(board.poller.look, "view", True)
    try:
        board.jobs[0].wait(0.5)
    except TimeoutError:
        pass
    server.shutdown()
    server.server_close()
    print("end", len(board.jobs), flush=True)
    """
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "end 1\n", "")


@pytest.mark.skipif(not hasattr(__import__("os"), "fork"), reason="There is no fork here.")
def test_a_forked_process_has_an_owner_of_its_own():
    """After a fork the child follows jobs as its parent does."""
    ended = python(
        SCRIPT
        + """
    asyncio.run(board.refresh())
    child = os.fork()
    if child == 0:
        asyncio.run(board.refresh())
        print("child", len(board.jobs), flush=True)
        os._exit(0)
    os.waitpid(child, 0)
    server.shutdown()
    server.server_close()
    """
    )
    assert "child 1" in ended.stdout


async def test_many_tables_ask_as_one(server):
    """Fifty tables of one client ask its server as often as one does."""
    from ogc_widgets import JobTable

    client = server.client()
    for number in range(3):
        server.add("successful", n=number)
    tables = [JobTable(client) for _ in range(50)]
    board = tables[0].boards()[0]
    for number in range(50):
        owner.soon(board.poller.look, f"view-{number}", True)
    await eventually(lambda: all(len(table.jobs) == 3 for table in tables))
    assert server.count("GET", "/jobs") == 1
    for table in tables:
        table.close()


async def count_requests(running: int, monkeypatch, **members) -> int:
    """The requests of a minute by a clock that is quicker than ours, while somebody looks."""
    clock = [0.0]
    server = FakeServer()
    for _ in range(running):
        server.add(**members)
    board = JobBoard(server.client())
    await board.refresh()
    server.requests.clear()

    async def wait_for(waiting, pause):
        waiting.close()
        clock[0] += pause
        if clock[0] >= 60:
            board.poller._views.clear()
        raise TimeoutError

    class Time:
        monotonic = staticmethod(lambda: clock[0])
        time = staticmethod(lambda: clock[0])

    monkeypatch.setattr(polling, "time", Time)
    monkeypatch.setattr(polling, "LOOK_LASTS", 1e9)
    monkeypatch.setattr(polling.asyncio, "wait_for", wait_for)
    board.poller._listed = 0.0

    async def look() -> None:
        board.poller._views["view"] = 0.0
        board.poller.wake()
        if board.poller._going is not None:
            await board.poller._going

    await asyncio.wrap_future(owner.start(look()))
    monkeypatch.undo()
    return len(server.requests)


@pytest.mark.parametrize(
    ("running", "members", "most"),
    [
        (0, {}, 1),
        (1, {}, 20),
        (8, {}, 90),
        (10, {}, 20),
        (1000, {}, 20),
        (3, {"status": "puzzling"}, 36),
        (3, {"status": "successful"}, 0),
    ],
)
async def test_requests_of_a_minute(running, members, most, monkeypatch):
    """A minute of looking costs a server few requests, however many jobs run."""
    asked = await count_requests(running, monkeypatch, **members)
    assert asked <= most
    assert asked or not most or not running
