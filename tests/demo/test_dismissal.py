"""Nothing of a job is alive after a dismissal, after a stop, or after the death of the server."""

import asyncio
import os
import signal
import sys
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from ogc_widgets.demo.app import create_app
from ogc_widgets.demo.launch import DemoServer
from ogc_widgets.demo.runner import STOPPED
from ogc_widgets.demo.service import FolderInUse
from ogc_widgets.demo.supervision import Supervision

Alive = Callable[[int], bool]
FAMILY = ("job", "child", "grandchild", "fork", "orphan")
linux = pytest.mark.skipif(sys.platform != "linux", reason="Orphans are found on Linux only.")


@pytest.fixture
async def narrow(tmp_path: Path, samples: dict[str, ModuleType]) -> AsyncIterator[FastAPI]:
    """A server that runs one job at a time."""
    made = create_app(folder=tmp_path, token="t", processes=samples, concurrency=1)
    async with made.router.lifespan_context(made):
        yield made


async def _start(web: httpx.AsyncClient, process_id: str = "family") -> str:
    answer = await web.post(f"/processes/{process_id}/execution", json={"inputs": {}})
    assert answer.status_code == 201
    return str(answer.json()["jobID"])


async def _family(web: httpx.AsyncClient, folder: Path, eventually: Any) -> tuple[str, list[int]]:
    """A running job, and the ids of its processes."""
    job_id = await _start(web)

    async def all_there() -> bool:
        return bool((await web.get(f"/jobs/{job_id}")).json()["progress"] == 50)

    await eventually(all_there)
    files = folder / "files" / job_id
    return job_id, [int((files / f"{name}.pid").read_text()) for name in FAMILY]


@linux
async def test_a_dismissal_kills_all_that_the_job_started(
    web: httpx.AsyncClient, tmp_path: Path, official: Any, eventually: Any, alive: Alive
) -> None:
    """When DELETE answers, the job, its descendants, and the one that left home are gone."""
    job_id, family = await _family(web, tmp_path / "server", eventually)
    assert all(alive(pid) for pid in family)
    answer = await web.delete(f"/jobs/{job_id}")
    assert not [pid for pid in family if alive(pid)]
    assert answer.status_code == 200
    official("statusInfo", answer.json())
    assert answer.json()["status"] == "dismissed"
    listed = (await web.get("/jobs")).json()["jobs"]
    assert [(job["jobID"], job["status"]) for job in listed] == [(job_id, "dismissed")]


async def test_a_dismissal_asked_for_twice_at_once_removes_nothing(
    web: httpx.AsyncClient, tmp_path: Path, eventually: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A double click dismisses: the second DELETE waits for the first and says the same."""
    job_id, _ = await _family(web, tmp_path / "server", eventually)
    both, kill = threading.Barrier(2), Supervision.kill

    def kill_together(supervision: Supervision) -> None:
        both.wait(timeout=10)
        kill(supervision)

    monkeypatch.setattr(Supervision, "kill", kill_together)
    answers = await asyncio.gather(*(web.delete(f"/jobs/{job_id}") for _ in range(2)))
    assert [answer.json()["status"] for answer in answers] == ["dismissed", "dismissed"]
    assert (await web.get(f"/jobs/{job_id}")).json()["status"] == "dismissed"


async def test_a_dismissed_job_can_be_removed(web: httpx.AsyncClient, eventually: Any) -> None:
    """The second DELETE removes the job, the third finds none."""
    job_id = await _start(web)
    said = [(await web.delete(f"/jobs/{job_id}")).status_code for _ in range(3)]
    assert said == [200, 200, 404]
    assert (await web.get("/jobs")).json()["jobs"] == []


async def test_a_waiting_job_can_be_dismissed_and_never_starts(
    narrow: FastAPI, eventually: Any
) -> None:
    """With one job at a time the others stay accepted; one that is dismissed is passed over."""
    transport = httpx.ASGITransport(narrow)
    headers = {"Authorization": "Bearer t"}
    async with httpx.AsyncClient(
        transport=transport, base_url="http://127.0.0.1", headers=headers
    ) as web:
        first, second, third = [await _start(web) for _ in range(3)]

        async def status(job_id: str) -> dict[str, Any]:
            document: dict[str, Any] = (await web.get(f"/jobs/{job_id}")).json()
            return document

        async def is_running(job_id: str) -> bool:
            return (await status(job_id))["status"] == "running"

        await eventually(lambda: is_running(first))
        assert (await status(second))["status"] == "accepted"
        await web.delete(f"/jobs/{second}")
        await web.delete(f"/jobs/{first}")
        await eventually(lambda: is_running(third))
        ended = await status(second)
        assert ended["status"] == "dismissed"
        assert "started" not in ended


async def test_stopping_the_server_ends_its_jobs_as_failed(
    tmp_path: Path, samples: dict[str, ModuleType], eventually: Any, alive: Alive
) -> None:
    """An orderly stop kills what runs, and the next server says why it failed."""
    family: list[int] = []
    for expected in ("running", "failed"):
        made = create_app(folder=tmp_path, token="t", processes=samples)
        transport = httpx.ASGITransport(made)
        headers = {"Authorization": "Bearer t"}
        async with (
            made.router.lifespan_context(made),
            httpx.AsyncClient(
                transport=transport, base_url="http://127.0.0.1", headers=headers
            ) as web,
        ):
            if expected == "running":
                _, family = await _family(web, tmp_path, eventually)
            job = (await web.get("/jobs")).json()["jobs"][0]
            assert job["status"] == expected
        assert not [pid for pid in family if alive(pid)]
    assert job["message"] == STOPPED


async def test_a_folder_belongs_to_one_server(
    app: FastAPI, tmp_path: Path, samples: dict[str, ModuleType]
) -> None:
    """A second server in the same folder would fail the jobs of the first; it does not start."""
    second = create_app(folder=tmp_path / "server", token="t", processes=samples)
    with pytest.raises(FolderInUse, match="Stop it first"):
        async with second.router.lifespan_context(second):
            pass


def _countdown(web: httpx.Client, **inputs: Any) -> httpx.Response:
    body = {"inputs": inputs, "response": "document"}
    headers = {"Prefer": "respond-async"} if inputs["seconds"] else {}
    return web.post("/processes/countdown/execution", json=body, headers=headers)


async def test_none_outlives_a_killed_server_and_the_next_one_knows(
    tmp_path: Path, eventually: Any, alive: Alive
) -> None:
    """After SIGKILL of the server its jobs die; started again, it has what was finished."""
    server = DemoServer(folder=tmp_path, token="t")
    headers = {"Authorization": "Bearer t"}
    with httpx.Client(base_url=server.url, headers=headers) as web:
        done = _countdown(web, seconds=0, steps=1)
        assert done.status_code == 200
        running = _countdown(web, seconds=600, children=2).json()["jobID"]
        pids = tmp_path / "files" / running / "processes.txt"
        await eventually(lambda: pids.is_file() and len(pids.read_text().split()) == 3)
    family = [int(pid) for pid in pids.read_text().split()]
    assert all(alive(pid) for pid in family)
    assert server.pid is not None
    os.kill(server.pid, signal.SIGKILL)
    await eventually(lambda: not [pid for pid in family if alive(pid)])

    with server, httpx.Client(base_url=server.url) as web:
        newest, oldest = web.get("/jobs").json()["jobs"]
        assert (newest["jobID"], newest["status"]) == (running, "failed")
        assert newest["message"] == STOPPED
        assert oldest["status"] == "successful"
        results = web.get(f"/jobs/{oldest['jobID']}/results").json()
        assert results == done.json()


@linux
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
async def test_a_supervisor_that_is_told_to_end_leaves_nobody(
    web: httpx.AsyncClient, tmp_path: Path, eventually: Any, alive: Alive, number: int
) -> None:
    """A signal to end reaches all that the job started, also who left its group."""
    job_id, family = await _family(web, tmp_path / "server", eventually)
    stat = Path(f"/proc/{family[0]}/stat").read_text()
    os.kill(int(stat.rpartition(")")[2].split()[1]), number)

    async def failed() -> bool:
        return bool((await web.get(f"/jobs/{job_id}")).json()["status"] == "failed")

    await eventually(failed)
    assert not [pid for pid in family if alive(pid)]


async def test_a_job_whose_supervisor_is_killed_fails_and_dies(
    web: httpx.AsyncClient, tmp_path: Path, eventually: Any, alive: Alive
) -> None:
    """The loss of its supervisor fails a job and kills its group; only who left that stays."""
    job_id, family = await _family(web, tmp_path / "server", eventually)
    stat = Path(f"/proc/{family[0]}/stat").read_text()
    os.kill(int(stat.rpartition(")")[2].split()[1]), signal.SIGKILL)

    async def failed() -> bool:
        return bool((await web.get(f"/jobs/{job_id}")).json()["status"] == "failed")

    await eventually(failed)
    *group, orphan = family
    await eventually(lambda: not [pid for pid in group if alive(pid)])
    os.kill(orphan, signal.SIGKILL)
