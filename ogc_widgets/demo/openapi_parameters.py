"""The parameters of the server's requests, for its API definition."""

from typing import Any

from .job_filter import DEFAULT_LIMIT, MAX_LIMIT, STATUSES
from .openapi_schemas import TEXT

Parameter = dict[str, Any]

_INTEGER = {"type": "integer"}


def parameter(name: str, place: str, description: str, schema: Parameter) -> Parameter:
    """A parameter object; ``place`` is path, query or header."""
    required = {"required": True} if place == "path" else {}
    return {"name": name, "in": place, "description": description, "schema": schema, **required}


def _several(items: Parameter) -> Parameter:
    return {"type": "array", "items": items}


PARAMETERS = {
    "jobID": parameter("jobID", "path", "Id of a job", TEXT),
    "outputID": parameter("outputID", "path", "Id of an output", TEXT),
    "name": parameter("name", "path", "Name of a file that the job wrote", TEXT),
    "itemID": parameter("itemID", "path", "Id of a STAC item", TEXT),
    "asset": parameter("asset", "path", "Key of an asset", TEXT),
    "f": parameter("f", "query", "Format", {"type": "string", "enum": ["json", "html"]}),
    "limit": parameter(
        "limit",
        "query",
        "The most entries that a page has; larger numbers are cut",
        {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT},
    ),
    "offset": parameter(
        "offset", "query", "Where the page begins", {"type": "integer", "minimum": 0}
    ),
    "before": parameter(
        "before", "query", "From a next link: older jobs", {"type": "integer", "minimum": 0}
    ),
    "type": parameter("type", "query", "Kinds of job; there is one: process", _several(TEXT)),
    "ofProcess": parameter("processID", "query", "Jobs of these processes", _several(TEXT)),
    "status": parameter(
        "status",
        "query",
        "Jobs of these statuses",
        _several({"type": "string", "enum": list(STATUSES)}),
    ),
    "datetime": parameter(
        "datetime", "query", "Jobs created at this time, or in this interval (RFC 3339)", TEXT
    ),
    "minDuration": parameter(
        "minDuration", "query", "Jobs that took at least so many seconds", _several(_INTEGER)
    ),
    "maxDuration": parameter(
        "maxDuration", "query", "Jobs that took at most so many seconds", _several(_INTEGER)
    ),
    "outputs": {
        **parameter("outputs", "query", "The outputs to give; all by default", _several(TEXT)),
        "style": "form",
        "explode": False,
    },
    "Prefer": {
        **parameter("Prefer", "header", "respond-async, wait=seconds (RFC 7240)", TEXT),
        "example": "respond-async",
    },
}
