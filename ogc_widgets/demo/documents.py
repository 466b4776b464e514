"""The documents of the server, made by pure functions; ``base`` is its URL without a last slash."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, urlencode

from .store import JobRecord

Document = dict[str, Any]

REL = "http://www.opengis.net/def/rel/ogc/1.0/"
_CONFORMANCE = "http://www.opengis.net/spec/ogcapi-processes-1/1.0/conf/"
_CLASSES = (
    "core",
    "ogc-process-description",
    "json",
    "oas30",
    "job-list",
    "callback",
    "dismiss",
)
OPENAPI_TYPE = "application/vnd.oai.openapi+json;version=3.0"


def link(href: str, rel: str, title: str, media_type: str = "application/json") -> Document:
    """A link (link.yaml)."""
    return {"href": href, "rel": rel, "type": media_type, "title": title}


def job_url(base: str, job_id: str) -> str:
    """Where the status of a job is."""
    return f"{base}/jobs/{quote(job_id, safe='')}"


def process_url(base: str, process_id: str) -> str:
    """Where the description of a process is."""
    return f"{base}/processes/{quote(process_id, safe='')}"


def landing_page(base: str) -> Document:
    """The landing page (OGC 18-062r2, 7.2)."""
    return {
        "title": "ogc_widgets demo server",
        "description": "A small OGC API - Processes server that runs on your own machine.",
        "links": [
            link(f"{base}/", "self", "This document"),
            link(f"{base}/api?f=json", "service-desc", "The API definition", OPENAPI_TYPE),
            link(f"{base}/api?f=html", "service-doc", "The API as a page", "text/html"),
            link(f"{base}/conformance", f"{REL}conformance", "What this server conforms to"),
            link(f"{base}/processes", f"{REL}processes", "The processes of this server"),
            link(f"{base}/jobs", f"{REL}job-list", "The jobs of this server"),
        ],
    }


def conformance() -> Document:
    """The conformance declaration (OGC 18-062r2, 7.4)."""
    return {"conformsTo": [_CONFORMANCE + name for name in _CLASSES]}


def process_summary(description: Document, base: str) -> Document:
    """A process as the process list shows it (processSummary.yaml)."""
    said = {name: value for name, value in description.items() if name not in _NOT_IN_SUMMARY}
    href = process_url(base, description["id"])
    return {**said, "links": [*description.get("links", []), link(href, "self", "Description")]}


_NOT_IN_SUMMARY = ("inputs", "outputs", "example", "links")


def process_description(description: Document, base: str) -> Document:
    """A process as it describes itself (process.yaml), with its links."""
    href = process_url(base, description["id"])
    jobs = f"{base}/jobs?processID={quote(description['id'], safe='')}"
    links = [
        link(href, "self", "This description"),
        link(f"{href}/execution", f"{REL}execute", "Execute the process"),
        link(jobs, f"{REL}job-list", "The jobs of this process"),
        link(f"{base}/processes", "up", "The processes of this server"),
    ]
    return {**description, "links": [*description.get("links", []), *links]}


def process_list(
    descriptions: Sequence[Document], base: str, *, offset: int, limit: int
) -> Document:
    """A page of the process list (OGC 18-062r2, 7.9)."""
    page = [process_summary(one, base) for one in descriptions[offset : offset + limit]]
    links = [link(_page(base, "processes", limit=limit, offset=offset), "self", "This page")]
    if offset + limit < len(descriptions):
        href = _page(base, "processes", limit=limit, offset=offset + limit)
        links.append(link(href, "next", "The next page"))
    if offset > 0:
        href = _page(base, "processes", limit=limit, offset=max(0, offset - limit))
        links.append(link(href, "prev", "The page before"))
    return {"processes": page, "links": links}


def _page(base: str, path: str, **query: int) -> str:
    return f"{base}/{path}?{urlencode(query)}"


def status_info(job: JobRecord, base: str) -> Document:
    """The status of a job (statusInfo.yaml)."""
    href = job_url(base, job.id)
    links = [
        link(href, "self", "This status"),
        link(href, "monitor", "The status of the job"),
        link(f"{base}/jobs", "up", "The jobs of this server"),
    ]
    if job.status == "successful":
        links.append(link(f"{href}/results", f"{REL}results", "The results of the job"))
    if job.started is not None:
        links.append(link(f"{href}/log", "log", "What the job printed", "text/plain"))
    times = {
        "created": job.created,
        "started": job.started,
        "finished": job.finished,
        "updated": job.updated,
    }
    return {
        "jobID": job.id,
        "processID": job.process_id,
        "type": "process",
        "status": job.status,
        "message": job.message,
        "progress": job.progress,
        **{name: moment for name, moment in times.items() if moment is not None},
        "links": links,
    }


def removed_job(job: JobRecord, base: str) -> Document:
    """The last that is heard of a job that was removed: it is dismissed, and nowhere any more."""
    links = [link(f"{base}/jobs", "up", "The jobs of this server")]
    message = "The job was removed from the server, with its results."
    said = {"status": "dismissed", "message": message, "links": links}
    return {**status_info(job, base), **said}


def job_list(
    jobs: Sequence[JobRecord], base: str, *, query: Sequence[tuple[str, str]], more: bool
) -> Document:
    """A page of the job list (jobList.yaml), newest first.

    The ``next`` link names the last job shown, so that jobs made meanwhile shift nothing.
    """
    links = [link(_with_query(f"{base}/jobs", query), "self", "This page")]
    if more:
        kept = [(name, value) for name, value in query if name != "before"]
        href = _with_query(f"{base}/jobs", [*kept, ("before", str(jobs[-1].number))])
        links.append(link(href, "next", "The jobs before these"))
    return {"jobs": [status_info(job, base) for job in jobs], "links": links}


def _with_query(href: str, query: Sequence[tuple[str, str]]) -> str:
    return f"{href}?{urlencode(query)}" if query else href


def rebased(document: Any, old: str, new: str) -> Any:
    """The same document, with hrefs that began with the base ``old`` at ``new``.

    The results of a job name the server as it was called when the job ran.
    """
    if isinstance(document, dict):
        return {name: rebased(one, old, new) for name, one in document.items()}
    if isinstance(document, list):
        return [rebased(one, old, new) for one in document]
    if isinstance(document, str) and document.startswith(f"{old}/"):
        return new + document[len(old) :]
    return document
