"""Dismissing a job: asked once, and then the status is read again (18-062r2, clause 13)."""

from collections.abc import Awaitable, Callable

from ogc_widgets.client.answer import Answer, NotJson, parse_json
from ogc_widgets.client.execution import read_job
from ogc_widgets.client.faults import http_fault
from ogc_widgets.client.http import Http
from ogc_widgets.client.reading import check, moved
from ogc_widgets.errors import (
    NoSuchJob,
    NotFound,
    NotSupported,
    OgcError,
    OutcomeUnknown,
)
from ogc_widgets.models import JobStatus, StatusInfo
from ogc_widgets.models.job import RemovedJob

Read = Callable[[str], Awaitable[StatusInfo]]


async def dismiss(http: Http, url: str, job_id: str, read: Read) -> StatusInfo:
    """The job after its dismissal; a RemovedJob where the server then knows it no more.

    :param url: the job's address
    :param read: reads the status of a job
    :raises NoSuchJob: the server did not know the job before
    :raises NotSupported: the server cannot dismiss
    :raises OutcomeUnknown: no answer came, and the job is still there
    """
    try:
        answer = await http.send("DELETE", url)
    except OutcomeUnknown as error:
        return await _look(job_id, read, error)
    if answer.status in (405, 501):
        raise NotSupported(
            "This server cannot dismiss jobs.",
            "The job goes on; ask those who run the server to stop it.",
            status=answer.status,
        )
    if 300 <= answer.status < 400:
        raise moved(answer)
    if answer.status >= 500:
        # Some servers fail and have dismissed all the same.
        return await _look(job_id, read, http_fault(answer))
    check(answer, NoSuchJob)
    return await _read_after(job_id, read, _told(answer, job_id))


async def _read_after(job_id: str, read: Read, told: StatusInfo) -> StatusInfo:
    try:
        job = await read(job_id)
    except NotFound:
        return _removed(told)
    except OgcError:
        if told.status is JobStatus.DISMISSED:
            return told
        raise
    # Some servers give a free id to the next job: that one is not ours.
    reused = job.created and told.created and job.created != told.created
    return _removed(told) if reused else job


async def _look(job_id: str, read: Read, unknown: OgcError) -> StatusInfo:
    """After a DELETE whose outcome is open: what the job itself says."""
    try:
        job = await read(job_id)
    except NotFound:
        return _removed(StatusInfo({"jobID": job_id}))
    except OgcError:
        raise unknown from None
    if job.status is JobStatus.DISMISSED:
        return job
    raise unknown


def _told(answer: Answer, job_id: str) -> StatusInfo:
    """What the answer to the DELETE says of the job; at least its id."""
    try:
        told = read_job(parse_json(answer.text))
    except NotJson:
        told = None
    return told if told is not None and told.job_id == job_id else StatusInfo({"jobID": job_id})


def _removed(told: StatusInfo) -> RemovedJob:
    return RemovedJob({**told.raw, "status": JobStatus.DISMISSED.value})
