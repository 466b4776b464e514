"""The schemas of the server's documents, in the dialect of OpenAPI 3.0, for its API definition."""

from typing import Any

from .job_filter import STATUSES

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
_TIME: Schema = {"type": "string", "format": "date-time"}
_ANY_OBJECT: Schema = {"type": "object"}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _object(required: list[str], **properties: Schema) -> Schema:
    need = {"required": required} if required else {}
    return {"type": "object", **need, "properties": properties}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _map(values: Schema) -> Schema:
    return {"type": "object", "additionalProperties": values}


_LINKS = _list(_ref("Link"))
_SUMMARY = {
    "id": TEXT,
    "version": TEXT,
    "title": TEXT,
    "description": TEXT,
    "keywords": _list(TEXT),
    "jobControlOptions": _list(
        {"type": "string", "enum": ["sync-execute", "async-execute", "dismiss"]}
    ),
    "outputTransmission": _list({"type": "string", "enum": ["value", "reference"]}),
    "links": _LINKS,
}

SCHEMAS: dict[str, Schema] = {
    "Link": _object(["href"], href=TEXT, rel=TEXT, type=TEXT, hreflang=TEXT, title=TEXT),
    "LandingPage": _object(["links"], title=TEXT, description=TEXT, links=_LINKS),
    "Conformance": _object(["conformsTo"], conformsTo=_list(TEXT)),
    "Definition": {"type": "object", "description": "An OpenAPI 3.0 document"},
    "ProcessSummary": _object(["id", "version"], **_SUMMARY),
    "ProcessList": _object(
        ["processes", "links"], processes=_list(_ref("ProcessSummary")), links=_LINKS
    ),
    "Process": _object(
        ["id", "version"],
        **_SUMMARY,
        inputs=_map(_ref("Description")),
        outputs=_map(_ref("Description")),
    ),
    "Description": _object(
        ["schema"],
        title=TEXT,
        description=TEXT,
        minOccurs={"type": "integer", "default": 1},
        maxOccurs={
            "oneOf": [{"type": "integer"}, {"type": "string", "enum": ["unbounded"]}],
            "default": 1,
        },
        schema=_ANY_OBJECT,
    ),
    "Execute": _object(
        [],
        inputs={
            "type": "object",
            "additionalProperties": True,
            "description": "Input id and value: a literal, a list, {value, mediaType} or {href}",
        },
        outputs=_map(
            _object(
                [],
                format=_object([], mediaType=TEXT, encoding=TEXT),
                transmissionMode={"type": "string", "enum": ["value", "reference"]},
            )
        ),
        response={
            "type": "string",
            "enum": ["raw", "document"],
            "description": (
                "Without it, a single output that is waited for is raw, and all else a document, "
                "unless the header Accept says otherwise"
            ),
        },
        subscriber=_object(
            [],
            successUri={"type": "string", "format": "uri"},
            inProgressUri={"type": "string", "format": "uri"},
            failedUri={"type": "string", "format": "uri"},
        ),
    ),
    "Results": {
        "type": "object",
        "additionalProperties": True,
        "description": "Output id and value: a literal, {value, mediaType} or {href, type}",
    },
    "StatusInfo": _object(
        ["jobID", "status", "type"],
        jobID=TEXT,
        processID=TEXT,
        type={"type": "string", "enum": ["process"]},
        status={"type": "string", "enum": list(STATUSES)},
        message=TEXT,
        progress={"type": "integer", "minimum": 0, "maximum": 100},
        created=_TIME,
        started=_TIME,
        finished=_TIME,
        updated=_TIME,
        links=_LINKS,
    ),
    "JobList": _object(["jobs", "links"], jobs=_list(_ref("StatusInfo")), links=_LINKS),
    "Exception": _object(
        ["type"],
        type=TEXT,
        title=TEXT,
        status={"type": "integer"},
        detail=TEXT,
        instance=TEXT,
    ),
}
