"""A server of fixed bytes, so that what is measured is the client: `python server.py`."""

from __future__ import annotations

import json
import socket
from typing import Any

import uvicorn


def process(inputs: int) -> dict[str, Any]:
    """A description with so many inputs."""
    described = {
        f"input{number}": {
            "title": f"Input {number}",
            "description": "A number that the process needs for its work.",
            "minOccurs": 1,
            "maxOccurs": 1,
            "schema": {"type": "number", "minimum": 0, "maximum": 100, "default": 1},
        }
        for number in range(inputs)
    }
    return {
        "id": f"p{inputs}",
        "version": "1.0.0",
        "title": "A process",
        "jobControlOptions": ["async-execute", "sync-execute", "dismiss"],
        "outputTransmission": ["value", "reference"],
        "links": [],
        "inputs": described,
        "outputs": {"out": {"title": "Output", "schema": {"type": "number"}}},
    }


def job(number: int) -> dict[str, Any]:
    """What a server says of a job."""
    minute, second = divmod(number % 3600, 60)
    status = ("successful", "running", "failed", "accepted")[number % 4]
    return {
        "jobID": f"job-{number:06d}",
        "processID": "water-bodies",
        "type": "process",
        "status": status,
        "progress": number % 101,
        "message": "Step 3 of 7",
        "created": f"2026-11-24T06:{minute:02d}:{second:02d}.250Z",
        "started": f"2026-11-24T06:{minute:02d}:{second:02d}.500Z",
        "updated": f"2026-11-24T07:{minute:02d}:{second:02d}.750Z",
        "links": [],
    }


def bodies(root: str) -> dict[str, bytes]:
    """Every answer by its path below the root."""
    links = [
        {"rel": relation, "href": f"{root}/{path}", "type": "application/json"}
        for relation, path in (
            ("self", ""),
            ("conformance", "conformance"),
            ("processes", "processes"),
            ("http://www.opengis.net/def/rel/ogc/1.0/job-list", "jobs"),
        )
    ]
    count = int(root.rsplit("/", 1)[-1])
    documents = {
        "": {"title": "Benchmark", "links": links},
        "/processes/p10": process(10),
        "/processes/p100": process(100),
        "/jobs/job-000001": job(1),
        "/jobs": {"jobs": [job(number) for number in range(count)], "links": []},
    }
    return {path: json.dumps(document).encode() for path, document in documents.items()}


class App:
    """Answers below `/100`, `/1000` and `/10000`, each with so many jobs."""

    def __init__(self, origin: str) -> None:
        self._bodies = {
            f"/{count}{path}": body
            for count in (100, 1000, 10000)
            for path, body in bodies(f"{origin}/{count}").items()
        }
        self._created = json.dumps(job(1)).encode()
        self._location = f"{origin}/100/jobs/job-000001".encode()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        headers = [(b"content-type", b"application/json")]
        if scope["method"] == "POST":
            while (await receive()).get("more_body"):
                pass
            status, body = 201, self._created
            headers.append((b"location", self._location))
        else:
            found = self._bodies.get(scope["path"].rstrip("/"))
            status, body = (404, b"{}") if found is None else (200, found)
        headers.append((b"content-length", str(len(body)).encode()))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})


def main() -> None:
    """Serves on a free port of 127.0.0.1, and says the origin first."""
    # Named as TCP, as asyncio sends small packets at once on such sockets only.
    with socket.socket(proto=socket.IPPROTO_TCP) as listener:
        listener.bind(("127.0.0.1", 0))
        origin = f"http://127.0.0.1:{listener.getsockname()[1]}"
        config = uvicorn.Config(App(origin), log_level="error", lifespan="off", ws="none")
        print(origin, flush=True)
        uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main()
