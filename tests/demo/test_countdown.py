"""The countdown counts, fails when asked to, and ends the children that it started."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import psutil
import pytest

from ogc_widgets.demo.processes import ProcessFailure, describe
from ogc_widgets.demo.processes import countdown as process
from tests.demo.process_support import FakeJob


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that a sleep moves on at once; its last entry is the time."""
    now = [0.0]
    monkeypatch.setattr(process.time, "monotonic", lambda: now[-1])
    monkeypatch.setattr(process.time, "sleep", lambda seconds: now.append(now[-1] + seconds))
    return now


def test_progress_goes_from_0_to_100(tmp_path: Path, clock: list[float]) -> None:
    """Each step is reported at its time, with the time that is left."""
    job = FakeJob(tmp_path)
    result = process.execute({"seconds": 8, "steps": 4}, job)
    assert [percent for percent, _ in job.told] == [0, 25, 50, 75, 100]
    assert job.told[0][1] == "8.0 of 8 seconds left"
    assert job.told[2][1] == "4.0 of 8 seconds left"
    assert sorted(set(clock)) == [0, 2, 4, 6, 8]
    assert result["elapsed"] == 8
    assert result["processes"] == [os.getpid()]


def test_it_fails_at_the_percent_that_was_asked(tmp_path: Path) -> None:
    """The job fails once that progress is reached, and says that this was wanted."""
    job = FakeJob(tmp_path)
    with pytest.raises(ProcessFailure, match="The countdown failed at 40 percent, as it was asked"):
        process.execute({"seconds": 0, "steps": 10, "fail_at": 40}, job)
    assert job.told[-1][0] == 40


@pytest.mark.timeout(20)
def test_children_live_as_long_as_the_job(tmp_path: Path) -> None:
    """Children run while it counts, and none is left when it ends, even by failing."""
    alive: list[bool] = []

    class Watched(FakeJob):
        def progress(self, percent: float, message: str) -> None:
            super().progress(percent, message)
            alive.extend(psutil.pid_exists(pid) for pid in written_pids(tmp_path))

    with pytest.raises(ProcessFailure):
        process.execute({"seconds": 0, "children": 2, "fail_at": 0}, Watched(tmp_path))
    assert alive == [True, True, True]
    assert [psutil.pid_exists(pid) for pid in written_pids(tmp_path)] == [True, False, False]


def written_pids(folder: Path) -> list[int]:
    return [int(pid) for pid in (folder / "processes.txt").read_text(encoding="ascii").split()]


@pytest.mark.parametrize(
    ("inputs", "sentence"),
    [
        ({"seconds": 601}, "The input seconds is 601; give a number from 0 to 600."),
        ({"seconds": "ten"}, 'The input seconds is "ten"; give a number from 0 to 600.'),
        ({"steps": 0}, "The input steps is 0; give a number from 1 to 1000."),
        ({"children": 4}, "The input children is 4; give a number from 0 to 3."),
        ({"fail_at": 101}, "The input fail_at is 101; give a number from 0 to 100."),
    ],
)
def test_an_input_out_of_bounds_fails(
    tmp_path: Path, inputs: dict[str, Any], sentence: str
) -> None:
    """Nothing starts with an input that is out of its bounds."""
    job = FakeJob(tmp_path)
    with pytest.raises(ProcessFailure) as caught:
        process.execute(inputs, job)
    assert str(caught.value) == sentence
    assert job.told == []


@pytest.mark.usefixtures("clock")
def test_the_example_runs_as_it_stands(tmp_path: Path) -> None:
    """The example request counts down; here by a clock that does not wait."""
    example = describe("countdown", "http://127.0.0.1")["example"]["inputs"]
    result = process.execute(example, FakeJob(tmp_path))
    assert result["elapsed"] == pytest.approx(example["seconds"])
