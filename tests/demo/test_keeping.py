"""What the server keeps on disk: for its owner only, whole, and not without end."""

import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from ogc_widgets.demo import store as store_module
from ogc_widgets.demo.store import JobStore
from ogc_widgets.demo.supervisor import LOG_LIMIT

EXECUTE = "/processes/{}/execution"
DOCUMENT = {"inputs": {}, "response": "document"}


async def test_nobody_else_may_read_the_folder(
    app: FastAPI, web: httpx.AsyncClient, tmp_path: Path
) -> None:
    """Folder, job store, files and logs are for their owner only, in an open folder too."""
    await web.post(EXECUTE.format("many"), json=DOCUMENT)
    folder = tmp_path / "server"
    places = [folder, folder / "files", folder / "logs", *folder.glob("files/*")]
    assert {stat.S_IMODE(place.stat().st_mode) for place in places} == {0o700}
    stored = list(folder.glob("jobs.sqlite*"))
    assert stored
    assert {stat.S_IMODE(file.stat().st_mode) for file in stored} == {0o600}


async def test_a_job_sees_no_token(web: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment of a job holds neither the server's token nor another."""
    monkeypatch.setenv("OGC_WIDGETS_DEMO_TOKEN", "a-secret")
    monkeypatch.setenv("JUPYTER_TOKEN", "a-secret")
    monkeypatch.setenv("SOMETHING_ELSE", "kept")
    answer = await web.post(EXECUTE.format("curious"), json=DOCUMENT)
    environment = answer.json()["environment"]["value"]
    assert "a-secret" not in environment.values()
    assert environment["SOMETHING_ELSE"] == "kept"


async def test_symbolic_links_lead_nowhere(web: httpx.AsyncClient) -> None:
    """What a job links is served only inside its own folder; a circle is no fault."""
    await web.post(EXECUTE.format("curious"), json=DOCUMENT)
    job_id = (await web.get("/jobs")).json()["jobs"][0]["jobID"]
    for name in ("circle", "away", "away/jobs.sqlite", "away/files"):
        assert (await web.get(f"/jobs/{job_id}/files/{name}")).status_code == 404
    assert (await web.get(f"/jobs/{job_id}/files/plain.txt")).text == "x"


async def test_a_log_has_a_largest_size(web: httpx.AsyncClient, tmp_path: Path) -> None:
    """A job that prints without end does not fill the disk, and is not stopped by that."""
    answer = await web.post(
        EXECUTE.format("curious"), json={"inputs": {"lines": 15}, "response": "document"}
    )
    assert answer.status_code == 200
    (log,) = tmp_path.glob("server/logs/*.log")
    assert LOG_LIMIT <= log.stat().st_size < LOG_LIMIT + 200
    job_id = (await web.get("/jobs")).json()["jobs"][0]["jobID"]
    assert "The rest is left out" in (await web.get(f"/jobs/{job_id}/log")).text[-200:]


@pytest.fixture
def full_disk(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """A switch: after ``setattr(JobStore, ...)`` nothing can be stored until it is undone."""
    monkeypatch.setattr("ogc_widgets.demo.runner._PAUSE", 0.01)
    with monkeypatch.context() as switch:
        yield switch


async def test_a_full_disk_loses_no_finished_job(
    app: FastAPI, web: httpx.AsyncClient, full_disk: pytest.MonkeyPatch, eventually: Any
) -> None:
    """What cannot be stored is said at once to who asks, and stored when there is room again."""
    failures = 0

    def refuse(*_said: object) -> bool:
        nonlocal failures
        failures += 1
        raise sqlite3.OperationalError("database or disk is full")

    headers = {"Prefer": "respond-async"}
    full_disk.setattr(JobStore, "succeed", refuse)
    made = await web.post(EXECUTE.format("many"), json=DOCUMENT, headers=headers)
    await eventually(lambda: failures > 1)
    full_disk.setattr(JobStore, "_change", refuse)
    refused = await web.post(EXECUTE.format("many"), json=DOCUMENT, headers=headers)
    assert refused.status_code == 507
    assert "disk is full" in refused.json()["detail"]
    full_disk.undo()

    async def done() -> bool:
        return bool((await web.get(made.headers["location"])).json()["status"] == "successful")

    await eventually(done)
    results = await web.get(f"{made.headers['location']}/results")
    assert results.json()["number"] == 4.5


def test_times_never_go_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the clock is put back while a job runs, it does not end before it began."""
    store = JobStore(tmp_path)
    job = store.add("shout", server_url="http://x", wishes={})
    monkeypatch.setattr(store_module, "now", lambda: "2001-01-01T00:00:00.000Z")
    assert store.start(job.id)
    assert store.progress(job.id, 5, "On")
    assert store.succeed(job.id, {})
    ended = store.get(job.id)
    store.close()
    assert ended is not None
    assert job.created == ended.started == ended.finished == ended.updated


async def test_who_waits_does_not_wait_for_others(web: httpx.AsyncClient) -> None:
    """Jobs that somebody waits for have places of their own, beside any number of others."""
    for _ in range(20):
        made = await web.post(EXECUTE.format("family"), json={"inputs": {}})
        assert made.status_code == 201
    answer = await web.post(EXECUTE.format("shout"), json={"inputs": {"text": "a"}})
    assert answer.text == "A"
    assert (await web.get("/jobs?status=accepted")).json()["jobs"]
