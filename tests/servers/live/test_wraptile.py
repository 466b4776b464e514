"""What only wraptile does, and what a user sees of it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from ogc_widgets import errors
from ogc_widgets.client import ProcessesClient
from ogc_widgets.jobs import JobBoard
from ogc_widgets.models import JobStatus
from tests.servers.live.asking import become, end, reach, submit
from tests.servers.live.conftest import UNLINKED
from tests.servers.live.starting import Live

pytestmark = [pytest.mark.slow, UNLINKED]


@pytest.fixture
def server(wraptile: Live) -> Live:
    """Only wraptile."""
    return wraptile


@pytest.fixture
async def fresh(fresh_wraptile: Live) -> AsyncIterator[ProcessesClient]:
    """A client of a wraptile without jobs."""
    async with fresh_wraptile.client() as client:
        yield client


@pytest.mark.filterwarnings("default::ogc_widgets.errors.MissingLink")
async def test_what_is_not_linked_is_said_once(server: Live) -> None:
    """Each of the four resources is found at its path, with one warning for each client."""
    async with server.client() as client:
        with pytest.warns(errors.MissingLink) as caught:
            await ask_for_everything(client, times=2)
    said = sorted(str(warning.message).split(":")[0] for warning in caught)
    assert said == [
        f"The server does not link its {name}"
        for name in ("api", "conformance", "jobs", "processes")
    ]


async def ask_for_everything(client: ProcessesClient, *, times: int) -> None:
    """All that the landing page should link."""
    for _ in range(times):
        await client.conformance()
        await client.api_definition()
        assert [process async for process in client.processes()]
        [job async for job in client.jobs()]


async def test_strict_is_an_error(server: Live) -> None:
    """Who wants no deviation gets an error of ours instead of the warning."""
    async with server.client(strict=True) as client:
        with pytest.raises(errors.UnreadableAnswer, match="does not link"):
            [process async for process in client.processes()]


async def test_synchronous_is_asynchronous(client: ProcessesClient) -> None:
    """Whatever is asked for, a job comes, its id in the body only: there is no Location."""
    for mode in ("sync", "auto", "async"):
        execution = await client.execute("many", {"count": 2}, mode=mode)
        assert execution.results is None
        assert execution.job is not None
        assert execution.job.process_id == "many"
        await end(client, execution.job.job_id)
        assert (await client.results(execution.job.job_id))["count"].value == 2


async def test_a_refused_input_is_said_once(client: ProcessesClient) -> None:
    """The server judges the inputs: 400, its words in the error and not twice."""
    with pytest.raises(errors.BadRequest) as caught:
        await client.execute("echo", {"text": "x", "number": 77}, mode="async")
    assert caught.value.status == 400
    assert caught.value.detail.count("less than or equal to 10") == 1


async def test_progress_is_unknown_where_nobody_reports_it(
    client: ProcessesClient, gate: str
) -> None:
    """A silent process runs without a number: None, and not 0."""
    job = await submit(client, "long", {"gate": gate, "silent": True})
    assert (await become(client, job.job_id, JobStatus.RUNNING)).progress is None


async def test_a_dismissed_job_is_kept(client: ProcessesClient, server: Live, gate: str) -> None:
    """It is still known and listed, and its results are refused as those of a dismissed one."""
    job = await submit(client, "long", {"gate": gate})
    await reach(server, gate)
    dismissed = await client.dismiss(job.job_id)
    assert (dismissed.status, dismissed.removed) == (JobStatus.DISMISSED, False)
    assert (await client.job(job.job_id)).status is JobStatus.DISMISSED
    with pytest.raises(errors.JobDismissed):
        await client.results(job.job_id)


async def test_a_second_dismissal_removes_the_job(fresh: ProcessesClient) -> None:
    """Of a job that has ended, DELETE takes the row away: removed, and then unknown."""
    job = await submit(fresh, "many", {"count": 1})
    await end(fresh, job.job_id)
    assert (await fresh.dismiss(job.job_id)).removed
    with pytest.raises(errors.NoSuchJob):
        await fresh.job(job.job_id)


async def test_an_id_that_is_used_again_is_another_job(
    fresh: ProcessesClient, fresh_wraptile: Live
) -> None:
    """The board tells two jobs of one id apart by their creation."""
    board = JobBoard(fresh)
    first = await board.submit("many", {"count": 1})
    await first
    await first.remove()
    second = await board.submit("many", {"count": 2})
    await second
    assert second.id == first.id
    assert second.key != first.key
    assert board.jobs == (second,)
    assert (await second.results())["count"].value == 2
    board.close()


async def test_a_job_that_was_overwritten_has_no_results_of_another(
    fresh: ProcessesClient, fresh_wraptile: Live
) -> None:
    """After a removal wraptile gives a living id to the next job: the earlier one is gone."""
    board = JobBoard(fresh)
    removed, kept = [await board.submit("many", {"count": number}) for number in (1, 2)]
    await removed
    await kept
    await removed.remove()
    later = await board.submit("many", {"count": 3})
    await later
    assert later.id == kept.id
    assert kept.gone
    assert (await later.results())["count"].value == 3
    with pytest.raises(errors.OgcError):
        await kept.results()
    assert [job.key for job in await board.refresh()] == [later.key, kept.key]
    board.close()


async def test_dismissed_work_that_ends_well_has_results(
    client: ProcessesClient, server: Live, gate: str
) -> None:
    """wraptile forgets a dismissal when the work ends all the same; then we say what it says."""
    job = await submit(client, "long", {"gate": gate, "silent": True})
    await reach(server, gate)
    assert (await client.dismiss(job.job_id)).status is JobStatus.DISMISSED
    server.open(gate)
    await become(client, job.job_id, JobStatus.SUCCESSFUL)
    assert (await client.results(job.job_id))["passed"].value == gate
