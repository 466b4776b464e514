"""The results of a job, judged by the job's status and not by the HTTP code of its results."""

from collections.abc import Sequence
from typing import Any, NoReturn

from ogc_widgets.client.address import Address
from ogc_widgets.client.answer import Answer, NotJson, parse_json
from ogc_widgets.client.faults import http_fault, raw_of, signed_out
from ogc_widgets.client.outputs import read_outputs, read_value
from ogc_widgets.client.reading import check
from ogc_widgets.client.wording import (
    describe,
    describe_body,
    is_exception,
    is_login_page,
    reason_code,
)
from ogc_widgets.errors import JobDismissed, JobFailed, ResultNotAvailable, ResultNotReady
from ogc_widgets.models import JobStatus, OutputValue, Results, StatusInfo

ENDED_OR_UNKNOWN = (JobStatus.SUCCESSFUL, JobStatus.FAILED, JobStatus.UNKNOWN)
STALE = ("accepted", "success", "running", "complete")


def demand_end(job: StatusInfo) -> None:
    """Raises where there is no use in asking for results.

    :raises ResultNotReady: the job has not ended
    :raises JobDismissed: it was dismissed
    """
    if job.status is JobStatus.DISMISSED:
        raise JobDismissed(
            "The job was dismissed, so it has no results.", job.message, job_id=job.job_id
        )
    if job.status not in ENDED_OR_UNKNOWN:
        raise ResultNotReady(
            "The job has not ended, so it has no results yet.",
            f"Its status is {job.status.value}. Ask again later.",
        )


def read_outcome(
    answer: Answer, job: StatusInfo, declared: Sequence[str], address: Address
) -> Results:
    """The outputs in the answer to a request for a job's results.

    :raises JobFailed: the job failed; the reason is taken from the answer, whatever its HTTP code
    :raises ResultNotAvailable: the job ended well and left nothing
    """
    if job.status is JobStatus.FAILED:
        raise_failed(job, answer)
    check(answer, ResultNotAvailable)
    if is_login_page(answer) and answer.media_type == "text/html":
        raise signed_out(answer)
    document = _document(answer)
    if is_exception(document) and not any(key in declared for key in document):
        if job.status is JobStatus.UNKNOWN:
            raise_failed(job, answer)
        raise ResultNotAvailable(
            "The job left no results.",
            describe(document),
            status=answer.status,
            raw=raw_of(answer),
        )
    return read_outputs(answer, declared, address)


def read_single(answer: Answer, output_id: str, address: Address) -> OutputValue | None:
    """The output in the answer to a request for it alone; None where the server has none such.

    :raises NoSuchOutput: the server has single outputs, and not this one
    """
    if answer.status >= 300:
        if reason_code(answer) == "nosuchoutput":
            raise http_fault(answer)
        return None
    if is_login_page(answer) and answer.media_type == "text/html":
        raise signed_out(answer)
    document = _document(answer)
    if is_exception(document):
        return None
    named = isinstance(document, dict) and set(document) == {output_id}
    if named or not answer.content.strip():
        return read_outputs(answer, (output_id,), address).get(output_id)
    value = read_value(answer.content, answer.media_type)
    return OutputValue(value, None, answer.media_type or None, value)


def raise_failed(job: StatusInfo, answer: Answer | None) -> NoReturn:
    """Raises JobFailed with the best reason: in the results, else the job's message.

    A message like "accepted to run your service" is left over from the job's beginning.
    """
    reason = describe_body(answer) if answer is not None else ""
    message = job.message
    if not reason or (message and message in reason):
        reason = reason or message
    elif message and not any(word in message.lower() for word in STALE):
        reason = f"{message} ({reason})"
    raise JobFailed(
        "The job failed.",
        reason or "The server does not say why.",
        job_id=job.job_id,
        raw=raw_of(answer) if answer is not None else None,
    )


def _document(answer: Answer) -> Any:
    if answer.binary or answer.markup:
        return None
    try:
        return parse_json(answer.text)
    except NotJson:
        return None
