"""What the tests of the real servers do again and again."""

from __future__ import annotations

from typing import Any

from ogc_widgets.client import ProcessesClient
from ogc_widgets.models import JobStatus, StatusInfo
from tests.servers.live.starting import Live
from tests.waiting import eventually


async def submit(client: ProcessesClient, process_id: str, inputs: dict[str, Any]) -> StatusInfo:
    """The job of an asynchronous execution."""
    execution = await client.execute(process_id, inputs, mode="async")
    assert execution.results is None
    assert execution.job is not None
    return execution.job


async def become(
    client: ProcessesClient, job_id: str, status: JobStatus, progress: float | None = None
) -> StatusInfo:
    """The job when it has this status and this progress."""

    async def there() -> StatusInfo | None:
        job = await client.job(job_id)
        return job if (job.status, job.progress) == (status, progress) else None

    return await eventually(there, what=f"{job_id} {status.value}, {progress} percent")


async def reach(server: Live, gate: str, word: str = "reached") -> None:
    """Waits until a process has reached its gate, has passed it, or has stopped there."""
    await eventually(lambda: server.has_word(gate, word), what=f"{gate} {word}")


async def end(client: ProcessesClient, job_id: str) -> StatusInfo:
    """The job when it has ended, well or not."""

    async def there() -> StatusInfo | None:
        job = await client.job(job_id)
        return job if job.status.final else None

    return await eventually(there, what=f"the end of {job_id}")
