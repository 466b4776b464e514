"""The public names as a type checker sees them; never run."""

from pathlib import Path
from typing import Any, assert_type

import ogc_widgets as ow


async def use_the_client() -> None:
    """A script that wants the client only."""
    async with ow.ProcessesClient("https://example.org/ogc-api", auth=("user", "word")) as client:
        async for job in client.jobs(limit=5):
            assert_type(job, ow.StatusInfo)
            assert_type(job.status, ow.JobStatus)
            assert_type(job.progress, float | None)
        execution = await client.execute("echo", {"text": "hello"}, mode="sync")
        assert_type(execution, ow.Execution)
        assert_type(execution.results, ow.Results | None)
        assert_type(await client.dismiss("1"), ow.StatusInfo)
        output = await client.result("1", "image")
        assert_type(await output.save("image.tif", progress=print), Path)
        package = await client.package((await client.deploy("a.cwl", workflow="main")).id)
        assert_type(package.workflows, tuple[str, ...])
        assert_type(await client.replace("a", package), ow.ProcessSummary | None)


def use_an_identity_provider() -> None:
    """A program, and a person."""
    issuer = "https://example.org/realm"
    ow.ProcessesClient("https://example.org", auth=ow.ClientCredentialsAuth(issuer, "me", "word"))
    ow.DeviceCodeAuth(ow.Endpoints("https://a/token", "https://a/device"), "me", prompt=print)


async def use_the_board(client: ow.ProcessesClient) -> None:
    """Jobs over time."""
    board = ow.JobBoard(client)
    job = await board.submit("echo", {"text": "hello"})
    assert_type(await job, ow.Job)
    assert_type(board.jobs, tuple[ow.Job, ...])
    assert_type((await job.results())["text"], ow.OutputValue)


async def use_the_widgets(client: ow.ProcessesClient) -> None:
    """A notebook."""
    form = ow.ProcessForm(client, "echo", values={"text": "hello"})
    assert_type(await form.submit(), ow.Job)
    ow.JobTable([client, "https://example.org/ogc-api"], process_id="echo", mine=True)


def use_the_form(description: dict[str, Any]) -> None:
    """A form without a browser."""
    model = ow.build_form(description)
    values = model.initial_values()
    if not model.validate(values):
        assert_type(model.execute_request(values), dict[str, Any])
