"""The route that executes a process (OGC 18-062r2, 7.11)."""

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, Response

from . import documents
from .execute_request import Mode, choose_mode, read_preference, read_request
from .problems import Problem
from .routes_jobs import give_results
from .routes_processes import base_of, service_of
from .service import Service, Submitted


def build_execution_router() -> APIRouter:
    """The route of POST ``/processes/{processID}/execution``."""
    router = APIRouter()

    @router.post("/processes/{process_id}/execution")
    async def execute(request: Request, process_id: str) -> Response:
        service = service_of(request)
        _check_content_type(request)
        body = await request.body()
        submitted, mode = await run_in_threadpool(_submit, service, process_id, body, request)
        if mode.wait == 0 or not await submitted.wait(mode.wait):
            return _made(submitted, mode, base_of(request))
        answer = await run_in_threadpool(give_results, request, submitted.job.id, awaited=True)
        href = documents.job_url(base_of(request), submitted.job.id)
        answer.headers.append("Link", f'<{href}>; rel="monitor"')
        return _applied(answer, mode)

    return router


def _check_content_type(request: Request) -> None:
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        detail = f"An execute request is application/json, not {media_type or 'of no type'}."
        raise Problem(415, "", "", detail)


def _submit(
    service: Service, process_id: str, body: bytes, request: Request
) -> tuple[Submitted, Mode]:
    """Judge the request, and make the job of it."""
    description = service.processes.description(process_id, base_of(request))
    wanted = read_request(body, description)
    preference = read_preference(request.headers.getlist("prefer"))
    mode = choose_mode(description.get("jobControlOptions", ["sync-execute"]), preference)
    return service.submit(process_id, wanted, awaited=mode.wait != 0), mode


def _made(submitted: Submitted, mode: Mode, base: str) -> Response:
    """201: the job was made, and its status tells the rest."""
    document = documents.status_info(submitted.job, base)
    headers = {"Location": documents.job_url(base, submitted.job.id)}
    return _applied(JSONResponse(document, status_code=201, headers=headers), mode)


def _applied(answer: Response, mode: Mode) -> Response:
    if mode.applied:
        answer.headers["Preference-Applied"] = mode.applied
    return answer
