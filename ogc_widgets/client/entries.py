"""Entries of lists, read as far as they can be."""

from collections.abc import Callable, Iterable
from typing import Any

from ogc_widgets.client.address import last_segment
from ogc_widgets.errors import OgcWarning, UnreadableEntry
from ogc_widgets.models import JobStatus, ProcessSummary, StatusInfo, find_link
from ogc_widgets.models.job import read_status

Note = Callable[[OgcWarning], None]
Words = str | Iterable[str] | None


def read_jobs(page: list[Any], note: Note, seen: set[str]) -> list[StatusInfo]:
    """The jobs of a page whose ids were not seen before, in order; notes those that are odd.

    Those without an id are all kept.
    """
    jobs = []
    for raw in page:
        # The common case without a look through the spellings: lists have thousands of entries.
        identifier = raw.get("jobID") if type(raw) is dict else None
        if type(identifier) is str and identifier:
            if identifier not in seen:
                seen.add(identifier)
                jobs.append(StatusInfo(raw))
            continue
        job = _read_odd_job(raw, note)
        if not job.job_id or job.job_id not in seen:
            seen.add(job.job_id)
            jobs.append(job)
    return jobs


def read_processes(page: list[Any], note: Note) -> list[tuple[str, ProcessSummary]]:
    """The processes of a page with their ids; one that is only an id has nothing else."""
    processes = []
    for raw in page:
        process = ProcessSummary({"id": raw} if isinstance(raw, str) else raw)
        processes.append((process.id, process))
        if not (process.id and isinstance(raw, dict)):
            note(UnreadableEntry(f"A process in the list is incomplete: {_kind(raw)}."))
    return processes


def _read_odd_job(raw: Any, note: Note) -> StatusInfo:
    """A job whose id is spelt in another way, is to be taken from its links, or is missing."""
    job = StatusInfo(raw)
    if job.job_id and isinstance(raw, dict):
        return job
    link = find_link(job.links, "monitor", "status", "self")
    if link is not None:
        return StatusInfo({**raw, "jobID": last_segment(link.href)})
    note(UnreadableEntry(f"A job in the list is incomplete: {_kind(raw)}."))
    return StatusInfo(str(raw)) if type(raw) is int else job


class JobFilter:
    """Which jobs are wanted: asked of the server, and then looked at here, as servers ignore it.

    :param status: words of the standard, or None for all
    :param process_id: ids of processes, or None for all; a job that names none is kept
    """

    def __init__(self, status: Words, process_id: Words) -> None:
        self._statuses = None if status is None else {read_status(word) for word in _list(status)}
        self._processes = None if process_id is None else set(_list(process_id))

    def query(self) -> dict[str, list[str]]:
        """The standard's query parameters (18-062r2, clause 11.2)."""
        query: dict[str, list[str]] = {}
        if self._statuses is not None and JobStatus.UNKNOWN not in self._statuses:
            query["status"] = sorted(word.value for word in self._statuses)
        if self._processes is not None:
            query["processID"] = sorted(self._processes)
        return query

    def keeps(self, job: StatusInfo) -> bool:
        """Whether a job is wanted."""
        if self._statuses is not None and job.status not in self._statuses:
            return False
        return self._processes is None or job.process_id in ("", *self._processes)

    @property
    def everything(self) -> bool:
        """Whether nothing is filtered."""
        return self._statuses is None and self._processes is None


def _list(words: str | Iterable[str]) -> list[str]:
    return [words] if isinstance(words, str) else list(words)


def _kind(raw: Any) -> str:
    if isinstance(raw, dict):
        return "it has no id"
    return "it is only an id" if isinstance(raw, str | int) else "it is no object"
