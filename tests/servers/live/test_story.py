"""The whole story on each real server, through the client: list, describe, execute, dismiss."""

from __future__ import annotations

import pytest

from ogc_widgets import errors
from ogc_widgets.client import ProcessesClient
from ogc_widgets.models import JobStatus
from tests.servers.live.asking import become, end, reach, submit
from tests.servers.live.starting import Live

pytestmark = pytest.mark.slow
PACKAGE = """
cwlVersion: v1.0
class: CommandLineTool
id: deployed
baseCommand: echo
inputs: {}
outputs: {}
"""


async def test_the_server_presents_itself(client: ProcessesClient, server: Live) -> None:
    """Landing page, conformance and API definition are documents."""
    landing = await client.landing_page()
    assert server.name in landing.title
    assert landing.links
    assert any("ogcapi-processes-1" in uri for uri in (await client.conformance()).classes)
    assert "/processes" in (await client.api_definition())["paths"]


async def test_processes_are_listed_and_described(client: ProcessesClient) -> None:
    """Each listed process has a description with inputs and outputs."""
    listed = {process.id: process async for process in client.processes()}
    assert {"echo", "long", "fail", "many"} <= set(listed)
    assert listed["echo"].title == "The process echo"
    description = await client.process("echo")
    assert list(description.inputs) == ["text", "number", "bands"]
    assert list(description.outputs) == ["echo"]
    assert description.inputs["number"].schema["maximum"] == 10
    assert [process.id async for process in client.processes(limit=2)] == list(listed)[:2]


async def test_an_asynchronous_execution_from_its_start_to_its_results(
    client: ProcessesClient, server: Live, gate: str
) -> None:
    """A job that is followed: accepted, running with its progress, successful, results."""
    job = await submit(client, "long", {"gate": gate})
    assert job.process_id == "long"
    assert job.status in (JobStatus.ACCEPTED, JobStatus.RUNNING)
    running = await become(client, job.job_id, JobStatus.RUNNING, 50)
    assert running.message == "Waiting at the gate"
    assert running.created is not None
    assert running.finished is None
    with pytest.raises(errors.ResultNotReady):
        await client.results(job.job_id)
    listed = {entry.job_id: entry async for entry in client.jobs()}
    assert listed[job.job_id].status is JobStatus.RUNNING
    server.open(gate)
    done = await end(client, job.job_id)
    assert done.status is JobStatus.SUCCESSFUL
    assert done.finished is not None
    assert done.finished >= running.created
    assert (await client.results(job.job_id))["passed"].value == gate


async def test_inputs_arrive_as_they_were_given(client: ProcessesClient) -> None:
    """Text of any alphabet, a number, and an array with several entries."""
    inputs = {"text": "Elbe – Łaba \N{WATER WAVE}", "number": 7, "bands": ["red", "blue"]}
    job = await submit(client, "echo", inputs)
    assert (await end(client, job.job_id)).status is JobStatus.SUCCESSFUL
    assert (await client.results(job.job_id))["echo"].value == inputs


async def test_several_outputs_come_by_their_ids(client: ProcessesClient) -> None:
    """A number, a text and a geometry, each under its own id and as it is."""
    job = await submit(client, "many", {"count": 2})
    await end(client, job.job_id)
    results = await client.results(job.job_id)
    assert {"count", "label", "area"} <= set(results)
    assert results["count"].value == 2
    assert results["label"].value == "2 ü"
    assert results["area"].value["type"] == "Polygon"


async def test_a_failed_job_says_why(client: ProcessesClient) -> None:
    """The process's own reason is in the error, whatever the server answers for its results."""
    job = await submit(client, "fail", {"reason": "No water in sight"})
    assert (await end(client, job.job_id)).status is JobStatus.FAILED
    with pytest.raises(errors.JobFailed) as caught:
        await client.results(job.job_id)
    assert "No water in sight" in caught.value.detail
    assert caught.value.job_id == job.job_id


async def test_a_dismissed_job_stops_and_is_dismissed(
    client: ProcessesClient, server: Live, gate: str
) -> None:
    """The process hears of it; no status, list or results say afterwards that it goes on."""
    job = await submit(client, "long", {"gate": gate})
    await become(client, job.job_id, JobStatus.RUNNING, 50)
    dismissed = await client.dismiss(job.job_id)
    assert dismissed.status is JobStatus.DISMISSED
    assert dismissed.job_id == job.job_id
    await reach(server, gate, "stopped")
    assert not server.has_word(gate, "passed")
    listed = {entry.job_id: entry.status async for entry in client.jobs()}
    assert listed.get(job.job_id, JobStatus.DISMISSED) is JobStatus.DISMISSED
    assert (job.job_id in listed) is not dismissed.removed
    with pytest.raises((errors.JobDismissed, errors.NoSuchJob)):
        await client.results(job.job_id)


@pytest.mark.parametrize("job_id", ["no-such-job", "fd89fbf6-e7cd-11f1-aeef-02fc00000001", "ä/ö"])
async def test_an_unknown_job_is_no_such_job(client: ProcessesClient, job_id: str) -> None:
    """For its status, its results and its dismissal, whatever the id looks like."""
    for ask in (client.job, client.results, client.dismiss):
        with pytest.raises(errors.NoSuchJob) as caught:
            await ask(job_id)
        assert caught.value.status == 404


async def test_an_unknown_process_is_no_such_process(client: ProcessesClient) -> None:
    """For its description and for its execution in each mode."""
    with pytest.raises(errors.NoSuchProcess):
        await client.process("no-such-process")
    for mode in ("auto", "async", "sync"):
        with pytest.raises(errors.NoSuchProcess):
            await client.execute("no-such-process", {}, mode=mode)


async def test_a_wrong_address_is_said_in_words(server: Live) -> None:
    """Below the root there is nothing: the server's page of HTML or JSON becomes a sentence."""
    async with ProcessesClient(f"{server.url}/nowhere") as client:
        with pytest.raises(errors.NotFound) as caught:
            await client.landing_page()
    assert caught.value.status == 404
    assert "<" not in str(caught.value)


async def test_jobs_are_filtered_though_the_server_does_not(client: ProcessesClient) -> None:
    """Both servers send all jobs whatever is asked for; only those that were asked for come."""
    for process_id, inputs in (("fail", {"reason": "x"}), ("many", {"count": 1})):
        await end(client, (await submit(client, process_id, inputs)).job_id)
    failed = [job async for job in client.jobs(status="failed")]
    assert failed
    assert {job.status for job in failed} == {JobStatus.FAILED}
    many = [job async for job in client.jobs(process_id="many", status="successful")]
    assert {job.process_id for job in many} == {"many"}


async def test_what_the_server_cannot_do_is_said(client: ProcessesClient) -> None:
    """Neither server deploys, replaces, undeploys or gives packages: no process is changed."""
    before = [process.id async for process in client.processes()]
    for ask in (
        client.deploy(PACKAGE),
        client.replace("echo", PACKAGE),
        client.undeploy("echo"),
        client.package("echo"),
    ):
        with pytest.raises((errors.NotSupported, errors.NotFound)):
            await ask
    assert [process.id async for process in client.processes()] == before
