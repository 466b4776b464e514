"""What came back from an execution: a job, results, or both.

Servers take synchronous and asynchronous requests as they please (18-062r2, clause 7.11.2.3): one
table of readers by HTTP status reads every answer, whatever was asked.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ogc_widgets.client.address import Address, is_job_address, last_segment
from ogc_widgets.client.answer import Answer, NotJson, parse_json
from ogc_widgets.client.faults import http_fault, raw_of, signed_out, unreadable
from ogc_widgets.client.outputs import read_linked_outputs, read_outputs
from ogc_widgets.client.reading import moved
from ogc_widgets.client.wording import (
    describe,
    describe_body,
    is_exception,
    is_login_page,
    leads_to_login,
)
from ogc_widgets.errors import JobFailed, MissingJobId, NoSuchProcess
from ogc_widgets.models import JobStatus, OutputValue, Results, StatusInfo, find_link
from ogc_widgets.models.job import read_status
from ogc_widgets.models.result import only_output


@dataclass(frozen=True)
class Execution:
    """What an execute request gave.

    :ivar job: the job, or None where the server made none (or does not name it)
    :ivar results: the outputs of a synchronous execution, or None where the job is to be waited for
    """

    job: StatusInfo | None = None
    results: Results | None = None


@dataclass(frozen=True)
class Asked:
    """What was executed, as far as the answer's reading needs it."""

    process_id: str
    address: Address
    declared: Sequence[str] = field(default=())


def read_execution(answer: Answer, asked: Asked) -> Execution:
    """The execution that an answer tells of.

    :raises HttpError: the server refused, or failed
    :raises MissingJobId: a job was made, and nothing says which
    :raises JobFailed: a synchronous execution failed
    """
    reader = READERS.get(answer.status)
    if reader is not None:
        return reader(answer, asked)
    if answer.status < 300:
        return read_finished(answer, asked)
    job = _job_beside(answer, asked)
    if job is not None and answer.status in (400, 500):
        # pygeoapi speaks of a bad request, but it has made the job, and that is what failed.
        reason = describe_body(answer)
        raise JobFailed(
            "The process failed.",
            reason,
            job_id=job.job_id,
            status=answer.status,
            raw=raw_of(answer),
        )
    raise http_fault(answer, NoSuchProcess)


def read_started(answer: Answer, asked: Asked) -> Execution:
    """201, 202: a job. Its id is in the body, in ``Location``, or in a link."""
    document = _document(answer)
    if is_exception(document) and not _declared(document, asked):
        raise http_fault(answer, NoSuchProcess)
    job = read_job(document)
    if job is not None:
        return Execution(of_process(job, asked))
    link = find_link((*StatusInfo(document).links, *answer.links()), "monitor", "status", "self")
    for href in (answer.location, link.href if link else ""):
        job_id = last_segment(href)
        if job_id:
            known = document if isinstance(document, dict) and "status" in document else {}
            return Execution(_job({**known, "jobID": job_id}, asked))
    if _declared(document, asked):
        return Execution(None, read_outputs(answer, asked.declared, asked.address))
    raise MissingJobId(
        "The server made a job and does not say which.",
        "Look for it in the job list before you submit again.",
        status=answer.status,
        raw=raw_of(answer),
    )


def read_finished(answer: Answer, asked: Asked) -> Execution:
    """200: results, or a job after all, or the error of a failed execution."""
    if answer.media_type == "text/html" and answer.markup and is_login_page(answer):
        raise signed_out(answer)
    document = _document(answer)
    if not _declared(document, asked):
        job = read_job(document)
        if job is not None and read_status(job.get("status")) is not JobStatus.UNKNOWN:
            return Execution(of_process(job, asked))
        if is_exception(document):
            raise JobFailed("The process failed.", describe(document), raw=raw_of(answer))
    results = read_outputs(answer, asked.declared, asked.address)
    return Execution(_job_beside(answer, asked), results)


def read_nothing(answer: Answer, asked: Asked) -> Execution:
    """204: outputs by ``Link`` headers, or none at all."""
    results = read_linked_outputs(answer, asked.declared, asked.address)
    return Execution(_job_beside(answer, asked), results)


def read_elsewhere(answer: Answer, asked: Asked) -> Execution:
    """302, 303: a job's address, or the only output's; it is not fetched here."""
    location = answer.location
    if not location:
        raise unreadable(answer, "the answer of an execution")
    if is_job_address(location) and not location.rstrip("/").endswith("/results"):
        return Execution(_job({"jobID": last_segment(location)}, asked))
    if leads_to_login(location):
        raise signed_out(answer)
    href = asked.address.output(location, answer.url)
    output = OutputValue(None, href, None, location)
    return Execution(None, Results({only_output(asked.declared): output}, location))


def read_moved(answer: Answer, asked: Asked) -> Execution:
    """301, 307, 308: the request would have to be sent again; a POST is not."""
    raise moved(answer)


READERS: dict[int, Callable[[Answer, Asked], Execution]] = {
    200: read_finished,
    201: read_started,
    202: read_started,
    204: read_nothing,
    301: read_moved,
    302: read_elsewhere,
    303: read_elsewhere,
    307: read_moved,
    308: read_moved,
}


def read_job(document: Any) -> StatusInfo | None:
    """The job in a document: an object with a status and an id, in any spelling."""
    if not isinstance(document, dict):
        return None
    named = any(document.get(name) for name in ("jobID", "jobId", "job_id"))
    job = StatusInfo(document)
    if job.job_id and (named or isinstance(document.get("status"), str)):
        return job
    return None


def _document(answer: Answer) -> Any:
    if answer.binary or answer.markup:
        return None
    try:
        return parse_json(answer.text)
    except NotJson:
        return None


def _declared(document: Any, asked: Asked) -> bool:
    """Whether a document holds a declared output, so that it is results and nothing else."""
    return isinstance(document, dict) and any(key in asked.declared for key in document)


def _job_beside(answer: Answer, asked: Asked) -> StatusInfo | None:
    """The job of a synchronous execution, where the server made one and links to it."""
    link = find_link(answer.links(), "monitor", media_type=None)
    href = link.href if link else answer.location
    if not href or not is_job_address(href):
        return None
    return _job({"jobID": last_segment(href), "status": "successful"}, asked)


def of_process(job: StatusInfo, asked: Asked) -> StatusInfo:
    """The job, which knows its process also where the server does not say it."""
    return job if job.process_id else StatusInfo({**job.raw, "processID": asked.process_id})


def _job(raw: dict[str, Any], asked: Asked) -> StatusInfo:
    return StatusInfo({"processID": asked.process_id, **raw})
