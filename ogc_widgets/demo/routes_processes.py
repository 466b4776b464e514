"""The routes of the server itself and of its processes: what it is, and what it offers."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from . import documents
from .api_page import api_page, asset
from .job_filter import read_limit, read_position
from .openapi import api_definition
from .problems import Problem, invalid_query
from .service import Processes, Service


def base_of(request: Request) -> str:
    """The server's URL as this request names it; the guards have checked the host."""
    return str(request.base_url).rstrip("/")


def service_of(request: Request) -> Service:
    """The service behind the app."""
    service: Service = request.app.state.service
    return service


def _quality(accept: str, media_type: str) -> float:
    """How much an ``Accept`` header wants a media type: 0 to 1, the most exact range decides."""
    best = (-1, 0.0)
    for part in accept.split(","):
        media_range, *parameters = (said.strip() for said in part.lower().split(";"))
        main = media_type.partition("/")[0]
        exactness = {"*/*": 0, f"{main}/*": 1, media_type: 2}.get(media_range, -1)
        weights = [said[2:] for said in parameters if said.startswith("q=")]
        try:
            quality = float(weights[0]) if weights else 1.0
        except ValueError:
            quality = 0.0
        best = max(best, (exactness, quality))
    return best[1]


def wants_page(request: Request) -> bool:
    """Whether the answer is for a person: by ``f=html``, else by ``Accept``."""
    said = request.query_params.get("f")
    if said not in (None, "json", "html"):
        raise invalid_query("f", f"{said!r} is neither 'json' nor 'html'.")
    accept = request.headers.get("accept", "*/*")
    preferred = _quality(accept, "text/html") > _quality(accept, "application/json")
    return said == "html" or (said is None and preferred)


def _definition(base: str, processes: Processes) -> documents.Document:
    """The API definition, with the example requests of the processes."""
    described = {name: processes.description(name, base) for name in processes.ids()}
    examples = {name: one.get("example", {"inputs": {}}) for name, one in described.items()}
    return api_definition(base, examples)


def build_processes_router() -> APIRouter:
    """The routes of landing page, conformance, API and processes."""
    router = APIRouter()

    @router.get("/")
    def landing_page(request: Request) -> JSONResponse:
        return JSONResponse(documents.landing_page(base_of(request)))

    @router.get("/conformance")
    def conformance() -> JSONResponse:
        return JSONResponse(documents.conformance())

    @router.get("/api")
    def api(request: Request) -> Response:
        headers = {"Vary": "Accept"}
        if wants_page(request):
            page, policy = api_page()
            return HTMLResponse(page, headers={**headers, "Content-Security-Policy": policy})
        document = _definition(base_of(request), service_of(request).processes)
        return JSONResponse(document, media_type=documents.OPENAPI_TYPE, headers=headers)

    @router.get("/api/assets/{name}", include_in_schema=False)
    def api_asset(name: str) -> Response:
        found = asset(name)
        if found is None:
            raise Problem(404, "", "", f"The API page has no part {name!r}.")
        return found

    @router.get("/processes")
    def process_list(request: Request) -> JSONResponse:
        query = request.query_params
        limit, offset = read_limit(query), read_position(query, "offset") or 0
        processes, base = service_of(request).processes, base_of(request)
        said = [processes.description(process_id, base) for process_id in processes.ids()]
        page = documents.process_list(said, base, offset=offset, limit=limit)
        return JSONResponse(page)

    @router.get("/processes/{process_id}")
    def process_description(request: Request, process_id: str) -> JSONResponse:
        base = base_of(request)
        description = service_of(request).processes.description(process_id, base)
        return JSONResponse(documents.process_description(description, base))

    return router
