"""The routes of jobs: list, status, results, files, log, dismiss."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response

from . import documents
from .delivery import Delivery, deliver, file_response, raw_output, safe_file, wants_document
from .job_filter import read_filter, read_limit, read_position
from .problems import (
    Problem,
    job_failed,
    no_such_output,
    result_not_available,
    result_not_ready,
)
from .routes_processes import base_of, service_of
from .store import UNFINISHED, JobRecord


def build_jobs_router() -> APIRouter:
    """The routes below ``/jobs``."""
    router = APIRouter(prefix="/jobs")
    _add_statuses(router)
    _add_results(router)
    _add_files(router)
    return router


def _add_statuses(router: APIRouter) -> None:
    """List, status, and dismiss."""

    @router.get("")
    def job_list(request: Request) -> JSONResponse:
        query = request.query_params
        limit, before = read_limit(query), read_position(query, "before")
        found = service_of(request).store.find(read_filter(query), before=before, limit=limit + 1)
        page, more = found[:limit], len(found) > limit
        said = query.multi_items()
        return JSONResponse(documents.job_list(page, base_of(request), query=said, more=more))

    @router.get("/{job_id}")
    def status(request: Request, job_id: str) -> JSONResponse:
        job = service_of(request).job(job_id)
        return JSONResponse(documents.status_info(job, base_of(request)))

    @router.delete("/{job_id}")
    def dismiss(request: Request, job_id: str) -> JSONResponse:
        service, base = service_of(request), base_of(request)
        job = service.job(job_id)
        dismissed = service.end(job_id)
        if dismissed is None:
            return JSONResponse(documents.removed_job(job, base))
        return JSONResponse(documents.status_info(dismissed, base))


def _add_results(router: APIRouter) -> None:
    """Results, whole and one by one."""

    @router.get("/{job_id}/results")
    def results(request: Request, job_id: str) -> Response:
        return give_results(request, job_id)

    @router.get("/{job_id}/results/{output_id}")
    def output(request: Request, job_id: str, output_id: str) -> Response:
        job, found = _results_of(request, job_id)
        if output_id not in found:
            raise no_such_output(404, output_id)
        return raw_output(found[output_id], _delivery(request, job))


def _add_files(router: APIRouter) -> None:
    """What a job wrote: files and log."""

    @router.get("/{job_id}/log")
    def log(request: Request, job_id: str) -> PlainTextResponse:
        service = service_of(request)
        return PlainTextResponse(service.runner.log(service.job(job_id).id))

    @router.get("/{job_id}/files/{name:path}")
    def job_file(request: Request, job_id: str, name: str) -> Response:
        service = service_of(request)
        file = safe_file(service.runner.files(service.job(job_id).id), name)
        if file is None:
            raise Problem(404, "", "", f"The job has no file {name!r}.")
        return file_response(file)


def _delivery(request: Request, job: JobRecord) -> Delivery:
    return Delivery(base_of(request), job.id, service_of(request).runner.files(job.id))


def _results_of(request: Request, job_id: str) -> tuple[JobRecord, documents.Document]:
    """The job and its results document, or why there are none (OGC 18-062r2, 7.13.3)."""
    service = service_of(request)
    job = service.job(job_id)
    if job.status in UNFINISHED:
        raise result_not_ready(job_id)
    if job.status == "dismissed":
        raise result_not_available(job_id)
    if job.status == "failed":
        raise job_failed(job.message)
    stored = service.store.results(job_id)
    return job, documents.rebased(stored, job.server_url, base_of(request))


def give_results(request: Request, job_id: str, *, awaited: bool = False) -> Response:
    """The results of a job as its execute request asked for them.

    :param awaited: they answer the execute request itself
    """
    job, found = _results_of(request, job_id)
    outputs = _selected(request, job.wishes.get("outputs", {}))
    accept = ",".join(request.headers.getlist("accept"))
    single = awaited and len(outputs) == 1
    document = wants_document(job.wishes.get("response", ""), accept, single=single)
    return deliver(found, outputs, _delivery(request, job), document=document)


def _selected(request: Request, outputs: dict[str, str]) -> dict[str, str]:
    """The outputs that the query parameter ``outputs`` names; all, where it names none."""
    said = [part for value in request.query_params.getlist("outputs") for part in value.split(",")]
    for output_id in said:
        if output_id not in outputs:
            raise no_such_output(400, output_id)
    return {output_id: outputs[output_id] for output_id in said} or outputs
