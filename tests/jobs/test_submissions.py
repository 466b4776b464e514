"""What a kernel submitted is known to the next one: none forgotten, none doubled."""

import socket
import time
from datetime import UTC, datetime

import httpx
import pytest

from ogc_widgets.errors import OgcError, OutcomeUnknown
from ogc_widgets.jobs import JobBoard, ledger
from ogc_widgets.jobs.ledger import Ledger, State
from ogc_widgets.models import MASK, JobStatus
from tests.fake_server import URL


@pytest.fixture
def path(tmp_path):
    """A ledger that outlives its kernels."""
    return tmp_path / "ledger.sqlite"


@pytest.fixture
def kernel(server, path):
    """Makes a kernel's board; each call is a kernel of its own."""
    boards = []

    def start():
        boards.append(JobBoard(server.client(), ledger=path))
        return boards[-1]

    yield start
    for board in boards:
        board.close()


@pytest.fixture
def dead_writer(monkeypatch):
    """What is written now is written by a process that is no more."""
    monkeypatch.setattr(ledger, "writer_here", lambda: f"{socket.gethostname()}:999999999:0")


async def read(path, *states):
    kept = Ledger(path)
    found = await kept.read(URL, *states)
    kept.close()
    return found


def now() -> str:
    return datetime.now(UTC).isoformat()


async def test_a_submission_is_in_the_ledger_before_its_request_leaves(server, kernel, path):
    """The record is open while the server is asked, and names its job after."""
    seen = []
    answer = server._process

    def watch(request, parts):
        if request.method == "POST":
            import sqlite3

            with sqlite3.connect(path) as base:
                seen.extend(base.execute("SELECT state, inputs FROM submissions"))
        return answer(request, parts)

    server._process = watch
    job = await kernel().submit("wait", {"seconds": 1}, label="first", tags=["a"])
    assert seen == [("open", '{"seconds": 1}')]
    (record,) = await read(path, State.JOB)
    assert (record.job_id, record.label, record.tags) == (job.id, "first", ("a",))
    assert (job.label, job.inputs) == ("first", {"seconds": 1})


async def test_secrets_do_not_reach_the_ledger(server, kernel, path):
    """By the description's word, by a name, and deep inside."""
    inputs = {"seconds": 1, "password": "sesame", "deep": {"apiKey": ["sesame"], "x": 1}}
    await kernel().submit("wait", inputs)
    assert server.bodies[0]["inputs"]["password"] == "sesame"
    (record,) = await read(path, State.JOB)
    assert record.inputs == {"seconds": 1, "password": MASK, "deep": {"apiKey": MASK, "x": 1}}
    assert b"sesame" not in path.read_bytes()


async def test_the_next_kernel_has_the_jobs_of_the_last(server, kernel):
    """With label and inputs, also where the server has no job list."""
    server.has_list = False
    first = await kernel().submit("wait", {"seconds": 1}, label="mine")
    server.jobs[first.id]["status"] = "successful"
    board = kernel()
    await board.poller._submissions.recall()
    (job,) = board.jobs
    assert (job.id, job.label, job.inputs, job.mine) == (first.id, "mine", {"seconds": 1}, True)
    await job
    assert job.status is JobStatus.SUCCESSFUL
    assert server.count("POST") == 1


async def test_a_job_that_is_gone_is_not_shown_to_the_next_kernel(server, kernel):
    """Removed is removed."""
    board = kernel()
    job = await board.submit("wait", {"seconds": 1})
    server.jobs[job.id]["status"] = "successful"
    await job
    await job.remove()
    assert await kernel().refresh() == ()


@pytest.mark.usefixtures("dead_writer")
async def test_a_job_whose_kernel_died_before_it_knew_it_is_adopted(server, kernel, path):
    """The sole unclaimed job of that process and time is ours."""
    await Ledger(path).open(URL, "wait", {"seconds": 1}, label="lost")
    server.add(created=now())
    server.add(created=now(), processID="other")
    server.add(created="2020-01-01T00:00:00Z")
    jobs = {job.id: job for job in await kernel().refresh()}
    assert [job_id for job_id, job in jobs.items() if job.mine] == ["job-1"]
    assert jobs["job-1"].label == "lost"
    assert [record.job_id for record in await read(path, State.JOB)] == ["job-1"]


@pytest.mark.usefixtures("dead_writer")
@pytest.mark.parametrize("count", [0, 2])
async def test_no_job_or_two_are_not_guessed_at(server, kernel, path, count):
    """Then the outcome is unknown, in words that say what to do; nothing is submitted again."""
    await Ledger(path).open(URL, "wait", {"seconds": 1})
    for _ in range(count):
        server.add(created=now())
    jobs = await kernel().refresh()
    (unsure,) = [job for job in jobs if job.mine]
    assert (unsure.id, unsure.status) == ("", JobStatus.UNKNOWN)
    assert "Outcome unknown" in unsure.message
    assert server.count("POST") == 0
    assert len(await read(path, State.UNKNOWN)) == 1
    await unsure.remove()
    assert not [job for job in await kernel().refresh() if job.mine]


@pytest.mark.usefixtures("dead_writer")
async def test_two_lost_submissions_do_not_share_a_job(server, kernel, path):
    """Either might have made it, so neither is given it."""
    for _ in range(2):
        await Ledger(path).open(URL, "wait", {"seconds": 1})
    server.add(created=now())
    jobs = await kernel().refresh()
    assert [job.id for job in jobs if job.mine] == ["", ""]


async def test_a_submission_of_a_kernel_that_lives_is_left_alone(server, kernel, path):
    """It may be about to be answered."""
    await Ledger(path).open(URL, "wait", {"seconds": 1})
    server.add(created=now())
    jobs = await kernel().refresh()
    assert not any(job.mine for job in jobs)
    assert len(await read(path, State.OPEN)) == 1


@pytest.mark.usefixtures("dead_writer")
async def test_a_clock_that_is_ahead_is_allowed_for(server, kernel, path):
    """The skew is read from the server's Date."""
    await Ledger(path).open(URL, "wait", {"seconds": 1})
    ahead = time.time() + 3600
    server.date = httpx.Headers({"date": _http_date(ahead)})["date"]
    server.add(created=datetime.fromtimestamp(ahead, UTC).isoformat())
    jobs = await kernel().refresh()
    assert [job.id for job in jobs if job.mine] == ["job-1"]


def _http_date(seconds: float) -> str:
    from email.utils import formatdate

    return formatdate(seconds, usegmt=True)


async def test_a_refused_submission_is_settled_and_not_shown(server, kernel, path):
    """The server said no: there is no job to look for."""
    board = kernel()
    await board.refresh()
    server.broken = 400
    with pytest.raises(OgcError):
        await board.submit("wait", {"seconds": 1})
    server.broken = None
    assert len(await read(path, State.REFUSED)) == 1
    assert await kernel().refresh() == ()


async def test_an_answer_that_never_came_is_written_down_as_unknown(server, kernel, path):
    """The job may exist: the next list may show it."""
    board = kernel()
    await board.refresh()
    server.cut = True
    with pytest.raises(OutcomeUnknown):
        await board.submit("wait", {"seconds": 1})
    server.cut = False
    (record,) = await read(path, State.UNKNOWN)
    assert record.reason
    assert server.count("POST") == 1


async def test_a_ledger_that_cannot_be_written_does_not_stop_the_work(server, tmp_path, caplog):
    """The job is submitted, and the log says that it is not remembered."""
    (tmp_path / "file").write_text("")
    board = JobBoard(server.client(), ledger=tmp_path / "file" / "ledger.sqlite")
    job = await board.submit("wait", {"seconds": 1})
    assert job.id == "job-1"
    assert "not remembered" in caplog.text
    board.close()
