"""Kernels killed by SIGKILL while they submit, and the kernels that come after them."""

from __future__ import annotations

import json
import random
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ogc_widgets.client import ProcessesClient
from ogc_widgets.jobs import JobBoard
from ogc_widgets.jobs.ledger import Ledger, State
from ogc_widgets.models import JobStatus
from tests.servers.serving import Served, start

MOMENTS = 200
TRUST = ssl.create_default_context()
STEPS = [
    f"{moment} {act}" for act in ("open", "execute", "settle") for moment in ("before", "after")
]

pytestmark = pytest.mark.slow


class CountingServer:
    """Makes a job for each execution, and counts what it received by process."""

    def __init__(self) -> None:
        self.received: list[str] = []
        self.jobs: list[dict[str, Any]] = []

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        parts = scope["path"].strip("/").split("/")
        if scope["method"] == "POST":
            while (await receive()).get("more_body"):
                pass
            status, body = 201, self._execute(parts[1])
        else:
            status, body = 200, self._read(parts)
        content = json.dumps(body).encode()
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": content})

    def _execute(self, process_id: str) -> dict[str, Any]:
        self.received.append(process_id)
        job = {
            "jobID": f"job-{len(self.jobs)}",
            "processID": process_id,
            "status": "successful",
            "created": datetime.now(UTC).isoformat(),
        }
        self.jobs.append(job)
        return job

    def _read(self, parts: list[str]) -> dict[str, Any]:
        if parts[0] == "jobs":
            return {"jobs": self.jobs, "links": []}
        if parts[0] == "processes":
            return {"id": parts[1], "inputs": {"n": {"schema": {"type": "integer"}}}}
        names = (("processes", "processes"), ("job-list", "jobs"))
        return {"links": [{"rel": rel, "href": f"/{path}"} for rel, path in names]}


@pytest.fixture
def served() -> Iterator[Served]:
    """The server, on a port."""
    with start(CountingServer()) as served:
        yield served


@pytest.fixture
def kill(served: Served, tmp_path: Path) -> Iterator[Callable[..., int]]:
    """Lets a kernel submit to a process and be killed; gives its exit status."""
    zygote = subprocess.Popen(
        [sys.executable, "-m", "tests.jobs.zygote"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
        text=True,
    )
    ledger = str(tmp_path / "ledger.sqlite")

    def order(process_id: str, **how: Any) -> int:
        assert zygote.stdin and zygote.stdout  # noqa: PT018
        line = {"url": served.url, "ledger": ledger, "process": process_id, **how}
        zygote.stdin.write(json.dumps(line) + "\n")
        zygote.stdin.flush()
        return int(zygote.stdout.readline())

    yield order
    with zygote:
        assert zygote.stdin
        zygote.stdin.close()


async def next_kernel(served: Served, path: Path) -> JobBoard:
    async with ProcessesClient(served.url, verify=TRUST) as client:
        board = JobBoard(client, ledger=path / "ledger.sqlite")
        await board.refresh()
        board.close()
    return board


async def check(served: Served, path: Path, process_id: str, board: JobBoard) -> str:
    """What the next kernel says of the submission; an AssertionError if it is not the truth."""
    received = served.app.received.count(process_id)
    assert received <= 1
    mine = [job for job in board.jobs if job.mine and job.process_id == process_id]
    if received:
        (job,) = mine
        assert job.id
        assert job.inputs == {"n": 1}
        return "known"
    assert all(not job.id and job.status is JobStatus.UNKNOWN for job in mine)
    return "outcome unknown" if mine else "never written"


@pytest.mark.parametrize("step", STEPS)
async def test_a_kernel_killed_at_any_step_is_understood(served, kill, tmp_path, step):
    """Before and after the record, the request, and the record of its outcome."""
    assert kill("wait", step=step) == -9
    board = await next_kernel(served, tmp_path)
    expected = {
        "before open": "never written",
        "after open": "outcome unknown",
        "before execute": "outcome unknown",
    }
    assert await check(served, tmp_path, "wait", board) == expected.get(step, "known")


async def test_none_is_forgotten_and_none_doubled_at_random_moments(served, kill, tmp_path):
    """200 kernels, each killed at another moment; each is followed by one that looks."""
    chance = random.Random(2026)
    assert kill("first") == 0
    began = time.monotonic()
    assert kill("undisturbed") == 0
    whole = time.monotonic() - began
    outcomes: dict[str, int] = {}
    for number in range(MOMENTS):
        process_id = f"process-{number}"
        kill(process_id, delay=chance.uniform(0.0, 1.2 * whole))
        board = await next_kernel(served, tmp_path)
        outcome = await check(served, tmp_path, process_id, board)
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
    print(outcomes)
    assert len(served.app.received) == len(set(served.app.received))
    ledger = Ledger(tmp_path / "ledger.sqlite")
    known = await ledger.read(served.url, State.JOB)
    assert await ledger.read(served.url, State.OPEN) == []
    ledger.close()
    assert sorted(one.process_id for one in known) == sorted(served.app.received)
    # The moments were spread over the whole of a submission.
    assert MOMENTS // 20 < outcomes["known"] < MOMENTS * 19 // 20
