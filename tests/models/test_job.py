"""What a server says of a job, however it says it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from ogc_widgets.models import JobStatus, StatusInfo
from ogc_widgets.models.job import RemovedJob


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("running", "running"),
        ("RUNNING", "running"),
        (" Successful ", "successful"),
        ("succeeded", "successful"),
        ("queued", "accepted"),
        ("canceled", "dismissed"),
        ("exception", "failed"),
        ("hibernating", "unknown"),
        ("", "unknown"),
        (None, "unknown"),
        (5, "unknown"),
        (["running"], "unknown"),
    ],
)
def test_status_words(word: Any, status: str) -> None:
    """The standard's words in any spelling, known synonyms, and UNKNOWN, which is not final."""
    job = StatusInfo({"jobID": "j", "status": word})
    assert job.status == status
    assert job.raw["status"] == word
    assert not JobStatus.UNKNOWN.final


@pytest.mark.parametrize(
    ("sent", "percent"),
    [
        (33.3, 33.3),
        ("33", 33.0),
        ("33 %", 33.0),
        ("33%", 33.0),
        ("33.3", 33.3),
        (101, 100.0),
        (-1, 0.0),
        (0, 0.0),
        (10**400, None),
        (None, None),
        ("half", None),
        (float("nan"), None),
        (True, None),
        ([5], None),
    ],
)
def test_progress(sent: Any, percent: float | None) -> None:
    """Percent from 0 to 100, or None where the server does not say."""
    assert StatusInfo({"progress": sent}).progress == percent


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-24T06:01:24Z",
        "2026-11-24T06:01:24.000000Z",
        "2026-11-24T06:01:24",
        " 2026-11-24 06:01:24 ",
        "2026-11-24T07:01:24+01:00",
    ],
)
def test_times_are_utc(text: str) -> None:
    """With and without a zone."""
    assert StatusInfo({"created": text}).created == datetime(2026, 11, 24, 6, 1, 24, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["yesterday", "2026-13-45T99:00:00Z", "2026-11-24T", "", None, 5, "0001-01-01T00:00:00+14:00"],
)
def test_what_is_no_time_is_none(text: Any) -> None:
    """Never an exception."""
    assert StatusInfo({"created": text}).created is None


@pytest.mark.parametrize(
    ("raw", "job_id"),
    [
        ({"jobID": "a", "id": "b"}, "a"),
        ({"id": "b"}, "b"),
        ({"jobID": None, "id": 7}, "7"),
        ("only", "only"),
        ({"jobID": True}, ""),
        ({}, ""),
        (None, ""),
        ([], ""),
    ],
)
def test_ids(raw: Any, job_id: str) -> None:
    """``jobID`` or ``id``, text or number, or nothing."""
    assert StatusInfo(raw).job_id == job_id


def test_texts_are_cleaned() -> None:
    """Control characters and direction marks become replacement characters; ``None`` is nothing."""
    assert StatusInfo({"message": "a\x00b\u202ec"}).message == "a\ufffdb\ufffdc"
    assert StatusInfo({"message": "None"}).message == ""
    assert StatusInfo({"message": {"de": "Hallo", "en": "Hello"}}).message == "Hello"
    assert StatusInfo({"processID": "http://x.test/processes/buffer/"}).process_id == "buffer"


def test_a_removed_job_says_so() -> None:
    """Only our own reading makes one; a server's member of that name does not."""
    assert RemovedJob({"jobID": "a", "status": "dismissed"}).removed
    assert not StatusInfo({"jobID": "a", "removed": True}).removed
