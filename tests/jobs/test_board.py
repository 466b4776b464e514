"""Jobs are followed, dismissed and removed, and none is lost."""

import asyncio
import threading

import pytest

from ogc_widgets.errors import (
    JobDismissed,
    JobFailed,
    NoSuchJob,
    NotSupported,
    OgcError,
    ResultNotReady,
)
from ogc_widgets.jobs import Job, JobBoard
from ogc_widgets.jobs.loop import owner
from ogc_widgets.models import JobStatus
from tests.waiting import eventually, wait_until


def look(board: JobBoard, seen: bool = True) -> None:
    owner.soon(board.poller.look, "a view", seen)


async def test_a_submitted_job_is_followed_to_its_end_without_any_view(server, board):
    """Awaiting a job is reason enough to ask the server about it."""
    job = await board.submit("wait", {"seconds": 1})
    assert (job.id, job.process_id, job.status, job.mine) == (
        "job-1",
        "wait",
        JobStatus.ACCEPTED,
        True,
    )
    server.jobs["job-1"]["status"] = "successful"
    assert await job is job
    assert job.status is JobStatus.SUCCESSFUL
    assert (await job.results())["waited"].value == 3


async def test_a_failed_job_raises_its_reason(server, board):
    """The server's message is the error's detail."""
    job = await board.submit("wait", {"seconds": 1})
    server.jobs["job-1"] |= {"status": "failed", "message": "No water."}
    with pytest.raises(JobFailed) as caught:
        await job
    assert caught.value.detail == "No water."
    assert caught.value.job_id == "job-1"


@pytest.mark.parametrize("forgets", [False, True])
async def test_a_dismissed_job_is_dismissed_whether_the_server_keeps_it_or_not(
    server, board, forgets
):
    """A 404 after our own DELETE reads dismissed, removed from the server; the row stays."""
    server.forgets = forgets
    job = await board.submit("wait", {"seconds": 1})
    await job.dismiss()
    assert job.status is JobStatus.DISMISSED
    assert job.gone is forgets
    assert ("removed from the server" in job.note) is forgets
    assert board.jobs == (job,)
    assert server.count("DELETE") == 1
    with pytest.raises(JobDismissed):
        await job


async def test_a_server_that_cannot_dismiss_is_learned(server, board):
    """405 is said in words, the job stays as it was, and the board remembers."""
    server.can_dismiss = False
    job = await board.submit("wait", {"seconds": 1})
    with pytest.raises(NotSupported):
        await job.dismiss()
    assert (job.pending, job.status) == ("", JobStatus.ACCEPTED)
    assert board.dismiss_ability == "no"


async def test_removing_a_finished_job_takes_it_off_the_board_and_the_server(server, board):
    """Remove is another word than dismiss, and leaves no row."""
    server.add("successful")
    (job,) = await board.refresh()
    await job.remove()
    assert board.jobs == ()
    assert server.jobs == {}


async def test_a_list_that_was_under_way_does_not_bring_a_removed_job_back(server, board):
    """What the user removed stays removed."""
    server.add("successful")
    (job,) = await board.refresh()
    document = dict(server.jobs["job-1"])
    await job.remove()
    server.jobs["job-1"] = document
    assert await board.refresh() == ()


async def test_jobs_come_newest_first_and_keep_their_identity(server, board):
    """A refresh tells the same Job objects what is new."""
    for _ in range(3):
        server.add()
    jobs = await board.refresh()
    assert [job.id for job in jobs] == ["job-3", "job-2", "job-1"]
    server.jobs["job-2"] |= {"status": "running", "progress": 40}
    assert await board.refresh() == jobs
    assert jobs[1].progress == 40


async def test_a_list_that_is_cut_short_loses_no_job_of_ours(server, board):
    """A finished job that the list does not show stays, until the server says that it is gone."""
    job = await board.submit("wait", {"seconds": 1})
    server.jobs["job-1"]["status"] = "successful"
    await job
    server.jobs = {"other": {**server.jobs["job-1"], "jobID": "other"}}
    await board.refresh()
    assert job in board.jobs
    assert not job.gone
    with pytest.raises(NoSuchJob):
        await job.results()
    assert job.gone


async def test_an_id_that_the_server_uses_again_is_another_job(server, board):
    """A job's identity is its id and when it was created."""
    first = await board.submit("wait", {"seconds": 1})
    server.jobs["job-1"] |= {"created": "2026-02-02T00:00:00Z", "status": "running"}
    jobs = await board.refresh()
    assert len(jobs) == 2
    assert first.gone
    assert jobs[0].id == first.id
    assert not jobs[0].gone


async def test_an_old_answer_does_not_bring_an_ended_job_back_to_life(server, board):
    """A poll that was under way while the job was dismissed tells the past."""
    job = await board.submit("wait", {"seconds": 1})
    before = job.info
    await job.dismiss()
    await owner.reach(_call(board.register.tell, job, before))
    assert job.status is JobStatus.DISMISSED


async def _call(function, *arguments):
    function(*arguments)


async def test_nobody_looks_and_nobody_waits_means_no_requests(server, board):
    """A view that is closed ends the polling; a new one begins it again."""
    server.add()
    look(board)
    await eventually(lambda: server.count("GET", "/jobs/job-1") >= 1)
    look(board, seen=False)
    await eventually(lambda: board.poller.next_check is None)
    count = len(server.requests)
    look(board)
    await eventually(lambda: len(server.requests) > count)


async def test_all_jobs_ended_means_no_requests(server, board):
    """Looking at finished jobs reads the list once."""
    server.add("successful")
    look(board)
    await eventually(lambda: board.jobs)
    await eventually(lambda: board.poller.next_check is None and board.poller.checked)
    assert server.count("GET", "/jobs") == 1


async def test_a_server_that_fails_is_asked_again_and_the_jobs_stay(server, board):
    """A flapping server never ends the polling, and never costs a row."""
    server.add()
    look(board)
    await eventually(lambda: board.jobs)
    server.broken = 500
    await eventually(lambda: board.poller.failure is not None)
    assert [job.id for job in board.jobs] == ["job-1"]
    assert board.poller.next_check is not None
    server.broken = None
    server.jobs["job-1"]["status"] = "successful"
    await eventually(lambda: board.jobs[0].status is JobStatus.SUCCESSFUL)
    assert board.poller.failure is None


async def test_a_server_without_a_job_list_still_tells_of_our_jobs(server, board):
    """Where there is no list the jobs submitted here are asked about one by one."""
    server.has_list = False
    job = await board.submit("wait", {"seconds": 1})
    look(board)
    server.jobs["job-1"]["status"] = "successful"
    await eventually(lambda: job.status is JobStatus.SUCCESSFUL)


async def test_a_job_that_vanished_elsewhere_is_gone_and_ends_the_waiting(server, board):
    """Somebody else removed it: whoever waits is told, after a grace for servers that are slow."""
    job = await board.submit("wait", {"seconds": 1})
    board.register._births[job.key] -= 60
    server.jobs.clear()
    with pytest.raises(JobDismissed, match="gone"):
        await job


async def test_a_server_that_knows_a_job_only_a_moment_later_is_given_that_moment(server, board):
    """A 404 right after the submission does not lose the job."""
    job = await board.submit("wait", {"seconds": 1})
    document = server.jobs.pop("job-1")
    look(board)
    await eventually(lambda: server.count("GET", "/jobs/job-1") >= 1)
    assert not job.gone
    server.jobs["job-1"] = document | {"status": "successful"}
    await job


async def test_an_answer_at_once_is_a_job_that_has_ended_and_holds_its_results(server, board):
    """A server that executes synchronously gives a row too."""
    server.sync = {"waited": 7}
    job = await board.submit("wait", {"seconds": 1}, mode="sync")
    await job
    assert (await job.results())["waited"].value == 7
    await job.remove()
    assert board.jobs == ()
    assert server.count("DELETE") == 0


async def test_results_of_a_running_job_are_not_ready(board):
    """Nothing is guessed before the job has ended."""
    job = await board.submit("wait", {"seconds": 1})
    with pytest.raises(ResultNotReady):
        await job.results()


async def test_an_unknown_id_is_said(board):
    """Dismissing what the board does not know names the id."""
    with pytest.raises(NoSuchJob, match="nowhere"):
        await board.dismiss("nowhere")


async def test_a_refused_submission_makes_no_job(server, board):
    """An error of the server reaches the caller, and the board stays empty."""
    await board.refresh()
    server.broken = 400
    with pytest.raises(OgcError):
        await board.submit("wait", {})
    assert board.jobs == ()


def test_wait_blocks_a_thread_and_times_out(server, board):
    """From a script without a loop `wait` is enough."""
    job: Job = owner.wait(board.submit("wait", {"seconds": 1}), 10)
    with pytest.raises(TimeoutError):
        job.wait(timeout=0.01)
    server.jobs["job-1"]["status"] = "successful"
    assert job.wait(timeout=10) is job


def test_several_loops_may_await_one_job(server, board):
    """A cell, a script and a thread with a loop of its own wait for the same job."""
    job = owner.wait(board.submit("wait", {"seconds": 1}), 10)
    ended: list[Job] = []

    def follow() -> None:
        async def until_end() -> None:
            ended.append(await job)

        asyncio.run(until_end())

    threads = [threading.Thread(target=follow) for _ in range(3)]
    for thread in threads:
        thread.start()
    server.jobs["job-1"]["status"] = "successful"
    for thread in threads:
        thread.join(10)
    assert ended == [job, job, job]


def test_all_views_of_a_client_share_one_board(server):
    """One poller for a client, however many tables."""
    client = server.client()
    assert JobBoard.of(client) is JobBoard.of(client)


def test_listeners_hear_of_changes_at_most_ten_times_a_second(server, board):
    """Many changes in a row are told together."""
    news: list[int] = []
    board.listen(lambda changed, removed: news.append(len(changed)))
    for _ in range(200):
        server.add()
    owner.wait(board.refresh(), 10)
    wait_until(lambda: sum(news) >= 200)
    assert len(news) <= 3


async def test_many_jobs_are_followed_by_the_list_and_few_by_their_statuses(server, board):
    """Whichever is cheaper: requests do not grow with the number of jobs."""
    for _ in range(50):
        server.add()
    look(board)
    await eventually(lambda: server.count("GET", "/jobs") >= 2)
    assert not any(path.startswith("/jobs/job-") for _, path in server.requests)
