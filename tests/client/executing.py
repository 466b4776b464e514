"""Executing a process that answers in one way or another."""

from __future__ import annotations

import json
from typing import Any

import httpx

from ogc_widgets.client import Execution
from tests.client.fakes import BASE, PROCESS, connect

EXECUTE = "POST /processes/buffer/execution"
STATUS = {"jobID": "j1", "status": "running", "type": "process"}
JOB_URL = f"{BASE}/jobs/j1"


def reply(status: int, body: Any = b"", **headers: str) -> httpx.Response:
    """An answer with a JSON or raw body and headers (``content_type`` for Content-Type)."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    named = [(name.replace("_", "-"), value) for name, value in headers.items()]
    return httpx.Response(status, content=content, headers=named)


async def execute(
    answer: Any, process: Any = PROCESS, mode: str = "async", **routes: Any
) -> Execution:
    """The execution that an answer gives."""
    known = {"GET /processes/buffer": process, "GET /jobs/j1": STATUS, EXECUTE: answer}
    client, _ = connect(known | routes)
    return await client.execute("buffer", {"distance": 1}, mode=mode)  # type: ignore[arg-type]
