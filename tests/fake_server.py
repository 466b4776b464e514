"""A server made of a few dicts, for tests of what stands above the client."""

from __future__ import annotations

import json
import threading
from typing import Any

import httpx

URL = "http://server.test/ogc-api"
DESCRIPTION = {
    "id": "wait",
    "title": "Wait",
    "version": "1",
    "jobControlOptions": ["async-execute", "sync-execute", "dismiss"],
    "inputs": {
        "seconds": {"title": "Seconds", "schema": {"type": "number", "minimum": 0, "maximum": 60}},
        "password": {
            "title": "Password",
            "minOccurs": 0,
            "schema": {"type": "string", "format": "password"},
        },
    },
    "outputs": {"waited": {"title": "Waited", "schema": {"type": "number"}}},
}

LINKS = [
    {"rel": f"http://www.opengis.net/def/rel/ogc/1.0/{relation}", "href": f"{URL}/{path}"}
    for relation, path in (("processes", "processes"), ("job-list", "jobs"))
]


class FakeServer:
    """Answers like a server; what it holds may be changed at any time.

    :ivar jobs: status documents by id, in the order of their creation
    :ivar requests: what came: (method, path)
    :ivar bodies: the bodies of all POST requests
    :ivar broken: a status with which all but the landing page is answered, or None
    :ivar forgets: whether a dismissed job is gone at once
    :ivar cut: whether the connection breaks when an execution was carried out
    :ivar date: what the ``Date`` header says, if anything
    :ivar sync: a results document with which an execution is answered at once, or None
    """

    def __init__(self) -> None:
        self.jobs: dict[str, dict[str, Any]] = {}
        self.requests: list[tuple[str, str]] = []
        self.bodies: list[Any] = []
        self.broken: int | None = None
        self.forgets = False
        self.can_dismiss = True
        self.has_list = True
        self.sync: dict[str, Any] | None = None
        self.cut = False
        self.date = ""
        self._lock = threading.Lock()

    def transport(self) -> httpx.MockTransport:
        """A transport for a client of this server."""
        return httpx.MockTransport(self._answer)

    def client(self) -> Any:
        """A client of this server."""
        from ogc_widgets.client import ProcessesClient

        return ProcessesClient(URL, transport=self.transport())

    def add(self, status: str = "running", **members: Any) -> str:
        """A new job; gives its id."""
        with self._lock:
            job_id = f"job-{len(self.jobs) + 1}"
            second = len(self.jobs) % 60
            self.jobs[job_id] = {
                "jobID": job_id,
                "processID": "wait",
                "type": "process",
                "status": status,
                "created": f"2026-01-01T00:00:{second:02d}Z",
                **members,
            }
        return job_id

    def count(self, method: str, path: str = "") -> int:
        """How many requests came whose path ends like this."""
        return sum(one == method and where.endswith(path) for one, where in self.requests)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        response = self._respond(request)
        if self.date:
            response.headers["Date"] = self.date
        return response

    def _respond(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path.removeprefix("/ogc-api")
        self.requests.append((request.method, path))
        if self.broken and path.strip("/"):
            return httpx.Response(self.broken, json={"title": "Broken", "detail": "On purpose."})
        parts = path.strip("/").split("/")
        if parts[0] == "processes":
            return self._process(request, parts)
        if parts[0] == "jobs":
            return self._job(request.method, parts)
        return httpx.Response(200, json={"links": LINKS})

    def _process(self, request: httpx.Request, parts: list[str]) -> httpx.Response:
        if parts[1:2] != ["wait"]:
            return _missing("no-such-process")
        if request.method == "GET":
            return httpx.Response(200, json=DESCRIPTION)
        self.bodies.append(json.loads(request.content))
        if self.sync is not None:
            return httpx.Response(200, json=self.sync)
        job_id = self.add("accepted")
        if self.cut:
            raise httpx.ReadError("cut", request=request)
        headers = {"Location": f"{URL}/jobs/{job_id}"}
        return httpx.Response(201, json=self.jobs[job_id], headers=headers)

    def _job(self, method: str, parts: list[str]) -> httpx.Response:
        if len(parts) == 1:
            if not self.has_list:
                return _missing("not-found")
            return httpx.Response(200, json={"jobs": list(self.jobs.values()), "links": []})
        job = self.jobs.get(parts[1])
        if job is None:
            return _missing("no-such-job")
        if method == "DELETE":
            return self._dismiss(job)
        if parts[2:] == ["results"]:
            return httpx.Response(200, json={"waited": 3})
        return httpx.Response(200, json=job)

    def _dismiss(self, job: dict[str, Any]) -> httpx.Response:
        if not self.can_dismiss:
            return httpx.Response(405, json={"title": "Method not allowed"})
        final = job["status"] in ("successful", "failed", "dismissed")
        job["status"] = "dismissed"
        if self.forgets or final:
            self.jobs.pop(job["jobID"], None)
        return httpx.Response(200, json=job)


def _missing(kind: str) -> httpx.Response:
    base = "http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0"
    return httpx.Response(404, json={"type": f"{base}/{kind}", "title": "Not found"})
