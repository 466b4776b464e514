"""The OpenAPI 3.0 definition of the server: what ``/api`` says."""

from collections.abc import Mapping
from typing import Any

from .catalog import COLLECTION
from .openapi_parameters import PARAMETERS, parameter
from .openapi_schemas import SCHEMAS, TEXT

Document = dict[str, Any]
_EXECUTE = ("application/json", "Execute")
_FILE = ("*/*", None)
_COG = "image/tiff; application=geotiff; profile=cloud-optimized"
_MANY = ("multipart/related", None)


def _ref(name: str) -> Document:
    return {"$ref": f"#/components/schemas/{name}"}


def _content(media_type: str, schema: str | None) -> Document:
    return {media_type: {"schema": _ref(schema) if schema else {"type": "string"}}}


def _answer(description: str, *contents: tuple[str, str | None]) -> Document:
    answer: Document = {"description": description}
    if contents:
        answer["content"] = {
            media_type: one for said in contents for media_type, one in _content(*said).items()
        }
    return answer


def _json(description: str, schema: str) -> Document:
    return _answer(description, ("application/json", schema))


def _problem(*statuses: int) -> Document:
    return {str(status): {"$ref": f"#/components/responses/{status}"} for status in statuses}


def _shared(*names: str) -> list[Document]:
    return [{"$ref": f"#/components/parameters/{name}"} for name in names]


def _get(operation: str, tag: str, summary: str, responses: Document, *names: str) -> Document:
    said: Document = {"operationId": operation, "tags": [tag], "summary": summary}
    parameters = {"parameters": _shared(*names)} if names else {}
    return {"get": {**said, **parameters, "responses": responses}}


_FILTERS = ("type", "ofProcess", "status", "datetime", "minDuration", "maxDuration")


def _results(description: str) -> Document:
    return {
        "200": _answer(description, ("application/json", "Results"), _MANY, _FILE),
        "204": {
            "description": "All outputs by reference, one Link header for each",
            "headers": {"Link": {"schema": TEXT}},
        },
        "303": {
            "description": "The output lies elsewhere",
            "headers": {"Location": {"schema": TEXT}},
        },
    }


def _execution(examples: Mapping[str, Document]) -> Document:
    made = _json("The job was made", "StatusInfo")
    made["headers"] = {"Location": {"schema": TEXT}, "Preference-Applied": {"schema": TEXT}}
    content = _content(*_EXECUTE)
    content["application/json"]["examples"] = {
        process_id: {"summary": process_id, "value": example}
        for process_id, example in examples.items()
    }
    body = {"required": True, "content": content}
    return {
        "post": {
            "operationId": "execute",
            "tags": ["Processes"],
            "summary": "Execute a process",
            "parameters": _shared("processID", "Prefer"),
            "requestBody": body,
            "security": [{"token": []}],
            "responses": {
                **_results("The results, as the process allows to wait for them"),
                "201": made,
                **_problem(400, 401, 404, 413, 415, 500, 507),
            },
            "callbacks": {
                name: {f"{{$request.body#/subscriber/{name}}}": _callback(schema)}
                for name, schema in (
                    ("successUri", "Results"),
                    ("inProgressUri", "StatusInfo"),
                    ("failedUri", "StatusInfo"),
                )
            },
        }
    }


def _callback(schema: str) -> Document:
    body = {"content": _content("application/json", schema)}
    return {"post": {"requestBody": body, "responses": {"200": {"description": "Received"}}}}


def _server_paths() -> Document:
    openapi = ("application/vnd.oai.openapi+json;version=3.0", "Definition")
    page = ("text/html", None)
    return {
        "/": _get("landingPage", "Server", "Landing page", {"200": _json("Links", "LandingPage")}),
        "/conformance": _get(
            "conformance",
            "Server",
            "What the server conforms to",
            {"200": _json("Conformance classes", "Conformance")},
        ),
        "/api": _get(
            "api",
            "Server",
            "This definition",
            {"200": _answer("The definition, or a page of it", openapi, page), **_problem(400)},
            "f",
        ),
    }


def _process_paths(examples: Mapping[str, Document]) -> Document:
    found = {"200": _json("A page of the list", "ProcessList"), **_problem(400)}
    described = {"200": _json("The description", "Process"), **_problem(404)}
    return {
        "/processes": _get("processes", "Processes", "List processes", found, "limit", "offset"),
        "/processes/{processID}": _get(
            "process", "Processes", "Describe a process", described, "processID"
        ),
        "/processes/{processID}/execution": _execution(examples),
    }


def _job_paths() -> Document:
    found = {"200": _json("A page of the list, newest first", "JobList"), **_problem(400)}
    status = {"200": _json("The status", "StatusInfo"), **_problem(404)}
    results = {**_results("The results"), **_problem(400, 404, 500)}
    output = {"200": _answer("The output, raw", _FILE), "303": results["303"], **_problem(404, 500)}
    log = {"200": _answer("The log", ("text/plain", None)), **_problem(404)}
    file = {
        "200": _answer("The file", _FILE),
        "206": _answer("A part of the file, by Range", _FILE),
        **_problem(404, 416),
    }
    dismissed: Document = {
        "operationId": "dismiss",
        "tags": ["Jobs"],
        "summary": "Dismiss a job that has not ended; remove one that has",
        "parameters": _shared("jobID"),
        "security": [{"token": []}],
        "responses": {**status, **_problem(401, 507)},
    }
    job = _get("status", "Jobs", "Status of a job", status, "jobID")
    return {
        "/jobs": _get("jobs", "Jobs", "List jobs", found, "limit", "before", *_FILTERS),
        "/jobs/{jobID}": {**job, "delete": dismissed},
        "/jobs/{jobID}/results": _get(
            "results", "Jobs", "Results of a job", results, "jobID", "outputs"
        ),
        "/jobs/{jobID}/results/{outputID}": _get(
            "output", "Jobs", "One output of a job", output, "jobID", "outputID"
        ),
        "/jobs/{jobID}/log": _get("log", "Jobs", "What the job printed", log, "jobID"),
        "/jobs/{jobID}/files/{name}": _get(
            "file", "Jobs", "A file that the job wrote", file, "jobID", "name"
        ),
    }


def _data_paths() -> Document:
    """The STAC catalogue; its documents are those of STAC 1.0, its assets GeoTIFFs."""
    at = f"/stac/collections/{COLLECTION}"
    document = {"200": _answer("A STAC document", ("application/json", None))}
    features = {"200": _answer("STAC items", ("application/geo+json", None))}
    tiff = {"200": _answer("A Cloud Optimized GeoTIFF", (_COG, None)), **_problem(404, 416)}
    asset = _get("stacAsset", "Data", "An asset of a STAC item", tiff, "itemID", "asset")
    item = {**features, **_problem(404)}
    return {
        "/stac": _get("stacCatalog", "Data", "The STAC catalogue", document),
        at: _get("stacCollection", "Data", "The STAC collection", document),
        f"{at}/items": _get("stacItems", "Data", "All STAC items", features),
        f"{at}/items/{{itemID}}": _get("stacItem", "Data", "A STAC item", item, "itemID"),
        "/stac/assets/{itemID}/{asset}.tif": asset,
    }


_PROBLEMS = {
    400: "The request cannot be carried out as it stands",
    401: "The token is missing or wrong",
    404: "There is no such thing",
    413: "The body is too large",
    415: "The body is not JSON",
    416: "The file has no such range",
    500: "The job failed",
    507: "The disk of the server is full",
}
_ABOUT = (
    "OGC API - Processes - Part 1: Core, version 1.0 (OGC 18-062r2).\n\n"
    "What changes anything needs the bearer token that was printed when the server started. "
    "Pages of other origins are refused (403), and so are names that are not this machine's (421)."
)


def api_definition(base: str, examples: Mapping[str, Document]) -> Document:
    """The definition of the server at ``base``, an OpenAPI 3.0 document.

    :param examples: process id -> an execute request that runs as it stands
    """
    process_id = {**TEXT, "enum": list(examples)}
    responses = {
        str(status): _answer(said, ("application/problem+json", "Exception"))
        for status, said in _PROBLEMS.items()
    }
    return {
        "openapi": "3.0.3",
        "info": {
            "title": "ogc_widgets demo server",
            "version": "1.0",
            "description": _ABOUT,
            "license": {"name": "BSD-3-Clause"},
        },
        "servers": [{"url": base}],
        "tags": [{"name": name} for name in ("Server", "Processes", "Jobs", "Data")],
        "paths": {
            **_server_paths(),
            **_process_paths(examples),
            **_job_paths(),
            **_data_paths(),
        },
        "components": {
            "schemas": SCHEMAS,
            "parameters": {
                **PARAMETERS,
                "processID": parameter("processID", "path", "Id of a process", process_id),
            },
            "responses": responses,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }
