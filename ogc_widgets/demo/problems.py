"""The exceptions of the server, as RFC 7807 documents with the type URIs of the standard."""

import sqlite3
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

BASE = "http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0/"
MEDIA_TYPE = "application/problem+json"

_TITLES = {
    400: "The request cannot be carried out as it stands.",
    401: "A token is needed.",
    403: "The request was refused.",
    404: "There is nothing at this address.",
    405: "The resource does not know this method.",
    406: "The resource has no such format.",
    413: "The request is too large.",
    415: "The server does not take this content type.",
    421: "The request was meant for another server.",
    422: "The request cannot be carried out as it stands.",
    500: "The server failed.",
    507: "The server could not store this.",
}


class Problem(Exception):
    """An exception of the standard, ready to be answered.

    :param status: HTTP status
    :param kind: last segment of the type URI of OGC 18-062r2, or empty where it names none
    :param title: what happened, one sentence
    :param detail: why, and what to do
    """

    def __init__(self, status: int, kind: str, title: str = "", detail: str = "") -> None:
        self.status = status
        self.kind = kind
        self.title = title or _TITLES.get(status, "The request failed.")
        self.detail = detail
        super().__init__(f"{self.title} {detail}".strip())

    def document(self, instance: str = "") -> dict[str, Any]:
        """The problem as a document (exception.yaml)."""
        fields = {
            "type": BASE + self.kind if self.kind else "about:blank",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "instance": instance,
        }
        return {name: value for name, value in fields.items() if value != ""}


def no_such_process(process_id: str) -> Problem:
    """The problem of a process that the server does not offer."""
    detail = f"This server offers no process {process_id!r}; /processes lists those it has."
    return Problem(404, "no-such-process", "There is no such process.", detail)


def no_such_job(job_id: str) -> Problem:
    """The problem of a job that the server does not know (any more)."""
    detail = f"This server knows no job {job_id!r}. It may have been removed; /jobs lists the rest."
    return Problem(404, "no-such-job", "There is no such job.", detail)


def result_not_ready(job_id: str) -> Problem:
    """The problem of a job that has not ended."""
    detail = f"Job {job_id!r} has not ended. Ask again when its status is successful."
    return Problem(404, "result-not-ready", "The job has no results yet.", detail)


def result_not_available(job_id: str) -> Problem:
    """The problem of a job that ended without leaving results."""
    detail = f"Job {job_id!r} was dismissed before it had results. Submit it again to get them."
    return Problem(404, "result-not-available", "The job left no results.", detail)


def no_such_output(status: int, output_id: str) -> Problem:
    """The problem of an output that the job has not."""
    detail = f"The job has no output {output_id!r}; its results name those it has."
    return Problem(status, "no-such-output", "There is no such output.", detail)


def job_failed(message: str) -> Problem:
    """The problem of results asked of a failed job; ``message`` is the job's own."""
    return Problem(500, "", "The job failed.", message)


def invalid_query(name: str, detail: str) -> Problem:
    """The problem of a query parameter of a wrong value."""
    title = f"The query parameter {name!r} has a wrong value."
    return Problem(400, "invalid-query-parameter-value", title, detail)


def response_of(problem: Problem, instance: str = "") -> JSONResponse:
    """The problem as an HTTP answer."""
    return JSONResponse(
        problem.document(instance), status_code=problem.status, media_type=MEDIA_TYPE
    )


async def _answer_problem(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Problem)  # noqa: S101
    return response_of(error, request.url.path)


async def _answer_http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101
    detail = f"{request.method} {request.url.path}: {error.detail}."
    answer = response_of(Problem(error.status_code, "", "", detail), request.url.path)
    answer.headers.update(error.headers or {})
    return answer


async def _answer_validation(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    said = [f"{'.'.join(str(part) for part in one['loc'])}: {one['msg']}" for one in error.errors()]
    return response_of(Problem(422, "", "", "; ".join(said) + "."), request.url.path)


async def _answer_fault(request: Request, _error: Exception) -> JSONResponse:
    detail = "This is a fault of the server itself; its log says more."
    return response_of(Problem(500, "", "", detail), request.url.path)


async def _answer_full(request: Request, error: Exception) -> JSONResponse:
    detail = f"Its job store said: {error}. Make room on the disk or remove jobs, then ask again."
    return response_of(Problem(507, "", "", detail), request.url.path)


def answer_problems(app: FastAPI) -> None:
    """Make ``app`` answer each of its errors, and the framework's, as a problem document."""
    app.add_exception_handler(Problem, _answer_problem)
    app.add_exception_handler(HTTPException, _answer_http)
    app.add_exception_handler(RequestValidationError, _answer_validation)
    app.add_exception_handler(sqlite3.OperationalError, _answer_full)
    app.add_exception_handler(Exception, _answer_fault)
