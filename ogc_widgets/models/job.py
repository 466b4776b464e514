"""A job as the server tells of it."""

from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from ogc_widgets.models.document import Document, read_number, read_text, read_time
from ogc_widgets.models.link import Link, read_links


class JobStatus(StrEnum):
    """The standard's words (OGC 18-062r2, statusCode.yaml), and one for all others."""

    ACCEPTED = "accepted"
    RUNNING = "running"
    SUCCESSFUL = "successful"
    FAILED = "failed"
    DISMISSED = "dismissed"
    UNKNOWN = "unknown"

    @property
    def final(self) -> bool:
        """Whether a job of this status changes no more."""
        return self in (JobStatus.SUCCESSFUL, JobStatus.FAILED, JobStatus.DISMISSED)


SYNONYMS = {
    "created": JobStatus.ACCEPTED,
    "pending": JobStatus.ACCEPTED,
    "queued": JobStatus.ACCEPTED,
    "submitted": JobStatus.ACCEPTED,
    "started": JobStatus.RUNNING,
    "paused": JobStatus.RUNNING,
    "processing": JobStatus.RUNNING,
    "complete": JobStatus.SUCCESSFUL,
    "completed": JobStatus.SUCCESSFUL,
    "finished": JobStatus.SUCCESSFUL,
    "succeeded": JobStatus.SUCCESSFUL,
    "success": JobStatus.SUCCESSFUL,
    "error": JobStatus.FAILED,
    "exception": JobStatus.FAILED,
    "rejected": JobStatus.FAILED,
    "cancelled": JobStatus.DISMISSED,
    "canceled": JobStatus.DISMISSED,
    "deleted": JobStatus.DISMISSED,
}
WORDS = {word.value: word for word in JobStatus} | SYNONYMS


def read_status(value: Any) -> JobStatus:
    """The standard's word for a status in any spelling; UNKNOWN for what has none."""
    if type(value) is not str:
        return JobStatus.UNKNOWN
    return WORDS.get(value) or WORDS.get(value.strip().lower(), JobStatus.UNKNOWN)


@lru_cache(1024)
def read_process_id(value: str) -> str:
    """A process's id; of a URI the last segment. Thousands of jobs have few processes."""
    value = read_text(value)
    return value.rstrip("/").rsplit("/", 1)[-1] if "://" in value else value


class StatusInfo(Document):
    """What the server says of a job (OGC 18-062r2, statusInfo.yaml; 2.0 draft).

    Every member but the id may be missing, on every server.

    :cvar removed: whether the server has deleted the job after our own request to dismiss it
    """

    __slots__ = ()

    removed = False

    @property
    def job_id(self) -> str:
        """The job's id, from ``jobID`` or ``id``; empty where the server sent none."""
        raw = self.raw
        value = raw.get("jobID") if type(raw) is dict else None
        if type(value) is str:
            return value
        value = self.get("jobID", "jobId", "job_id", "id")
        if isinstance(value, str | int) and not isinstance(value, bool):
            return str(value)
        return self.raw if isinstance(self.raw, str) else ""

    @property
    def process_id(self) -> str:
        """The process's id; of a URI (2.0 draft) the last segment; empty where unknown."""
        raw = self.raw
        value = raw.get("processID") if type(raw) is dict else None
        if type(value) is str and value:
            return read_process_id(value)
        value = read_text(self.get("processID", "processId", "process"))
        return read_process_id(value)

    @property
    def status(self) -> JobStatus:
        """The status; a word that is not the standard's is mapped, the original is in ``raw``."""
        raw = self.raw
        return read_status(raw.get("status") if type(raw) is dict else None)

    @property
    def progress(self) -> float | None:
        """How far the job is, in percent from 0 to 100, or None where the server does not say."""
        raw = self.raw
        value = raw.get("progress") if type(raw) is dict else None
        if type(value) is int and 0 <= value <= 100:
            return float(value)
        number = read_number(self.get("progress", "percentCompleted"))
        return None if number is None else min(max(number, 0.0), 100.0)

    @property
    def message(self) -> str:
        """What the server says to people; may be empty, may be about another moment."""
        return read_text(self.get("message"))

    @property
    def title(self) -> str:
        """A title (2.0 draft); usually empty."""
        return read_text(self.get("title"))

    @property
    def created(self) -> datetime | None:
        """When the job was made, UTC."""
        raw = self.raw
        return read_time(raw.get("created")) if type(raw) is dict else None

    @property
    def started(self) -> datetime | None:
        """When the job began to run, UTC."""
        raw = self.raw
        return read_time(raw.get("started")) if type(raw) is dict else None

    @property
    def finished(self) -> datetime | None:
        """When the job ended, UTC."""
        raw = self.raw
        return read_time(raw.get("finished")) if type(raw) is dict else None

    @property
    def updated(self) -> datetime | None:
        """When the server last changed this information, UTC."""
        raw = self.raw
        return read_time(raw.get("updated")) if type(raw) is dict else None

    @property
    def links(self) -> tuple[Link, ...]:
        """Links to results, logs and others; often empty."""
        return read_links(self.get("links"))

    def __repr__(self) -> str:
        return f"StatusInfo({self.job_id!r}, {self.status.value!r})"


class RemovedJob(StatusInfo):
    """A job that we dismissed and that the server then knew no more (404 or 410).

    Its ``raw`` is what the server last said of it, with the status ``dismissed``.
    """

    __slots__ = ()

    removed = True

    @property
    def progress(self) -> None:
        """None: pygeoapi says 100 percent of every job that it removes."""
        return None
