"""The ledger holds what was submitted, for all kernels of a user."""

import asyncio
import sqlite3
import stat
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from ogc_widgets.jobs.ledger import FOREIGN_PATIENCE, Ledger, State, default_path, may_still_write

SERVER = "http://server.test/ogc-api"


@pytest.fixture
def ledger(tmp_path):
    """A ledger of its own."""
    ledger = Ledger(tmp_path / "folder" / "ledger.sqlite")
    yield ledger
    ledger.close()


async def test_a_submission_is_read_back_as_it_was_written(ledger):
    """Server, process, inputs, label, tags, notebook, time, writer."""
    before = time.time()
    number = await ledger.open(
        SERVER, "wait", {"seconds": 1}, label="Água", tags=["a", "b"], notebook="n.ipynb"
    )
    (found,) = await ledger.read(SERVER, State.OPEN)
    assert (found.number, found.process_id, found.inputs) == (number, "wait", {"seconds": 1})
    assert (found.label, found.tags, found.notebook) == ("Água", ("a", "b"), "n.ipynb")
    assert before <= found.submitted <= time.time()
    assert may_still_write(found)


async def test_what_became_of_it_is_written_beside_it(ledger):
    """States are told apart, and servers are."""
    number = await ledger.open(SERVER, "wait", {})
    await ledger.open("http://other.test", "wait", {})
    await ledger.settle(number, State.JOB, job_id="job-1", created="2026-01-01T00:00:00Z")
    assert await ledger.read(SERVER, State.OPEN) == []
    (found,) = await ledger.read(SERVER, State.JOB, State.UNKNOWN)
    assert (found.job_id, found.created) == ("job-1", "2026-01-01T00:00:00Z")
    await ledger.rename(number, label="new", tags=[])
    assert (await ledger.read(SERVER, State.JOB))[0].label == "new"


async def test_the_file_is_for_its_owner_alone(ledger):
    """Inputs may be private: mode 0600, whatever the umask says."""
    await ledger.open(SERVER, "wait", {})
    assert stat.S_IMODE(Path(ledger.path).stat().st_mode) == 0o600


async def test_several_kernels_write_one_ledger(tmp_path):
    """Nothing is lost, and nobody is told that the file is busy."""
    path = tmp_path / "ledger.sqlite"
    ledgers = [Ledger(path) for _ in range(4)]

    async def write(ledger):
        for _ in range(25):
            number = await ledger.open(SERVER, "wait", {})
            await ledger.settle(number, State.JOB, job_id=str(number))

    await asyncio.gather(*(write(ledger) for ledger in ledgers))
    found = await ledgers[0].read(SERVER, State.JOB)
    assert len(found) == len({one.job_id for one in found}) == 100
    for ledger in ledgers:
        ledger.close()


async def test_a_dead_kernel_is_known_to_be_dead(ledger, tmp_path):
    """An open submission of a process that has ended will not be settled by anybody."""
    code = (
        "import asyncio, sys; from ogc_widgets.jobs.ledger import Ledger\n"
        f"asyncio.run(Ledger({ledger.path!r}).open({SERVER!r}, 'wait', {{}}))"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    (found,) = await ledger.read(SERVER, State.OPEN)
    assert not may_still_write(found)
    assert may_still_write(replace(found, writer=found.writer.replace(":", "-elsewhere:", 1)))
    long_ago = time.time() - FOREIGN_PATIENCE - 1
    foreign = replace(found, writer="elsewhere:1:1", submitted=long_ago)
    assert not may_still_write(foreign)


async def test_a_ledger_in_memory_leaves_no_file(tmp_path, monkeypatch):
    """For those who want nothing kept."""
    monkeypatch.chdir(tmp_path)
    ledger = Ledger(":memory:")
    await ledger.open(SERVER, "wait", {})
    assert len(await ledger.read(SERVER, State.OPEN)) == 1
    ledger.close()
    assert list(tmp_path.iterdir()) == []


async def test_a_ledger_that_cannot_be_written_says_so(tmp_path):
    """Whoever submits must know that nothing is remembered."""
    (tmp_path / "file").write_text("")
    ledger = Ledger(tmp_path / "file" / "ledger.sqlite")
    with pytest.raises((OSError, sqlite3.Error)):
        await ledger.open(SERVER, "wait", {})
    ledger.close()


def test_the_users_own_ledger_is_in_the_users_data_folder(monkeypatch, tmp_path):
    """And elsewhere where the environment says so."""
    monkeypatch.setenv("OGC_WIDGETS_DATA_DIR", str(tmp_path))
    assert default_path() == tmp_path / "ledger.sqlite"
