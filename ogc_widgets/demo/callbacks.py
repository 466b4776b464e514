"""Tells a job's subscriber how the job goes (OGC 18-062r2, conformance class callback)."""

import json
import logging
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from typing import Any

from .documents import status_info
from .store import JobRecord, JobStore

_TIMEOUT = 10.0
_log = logging.getLogger(__name__)
_URI_OF = {
    "running": "inProgressUri",
    "successful": "successUri",
    "failed": "failedUri",
    "dismissed": "failedUri",
}


class Callbacks:
    """Posts documents to subscribers from threads of its own; nobody waits for the answers."""

    def __init__(self, store: JobStore) -> None:
        self._store = store
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="callback")

    def job_changed(self, job_id: str) -> None:
        """Tell the job's subscriber, where it has one, that the job has started or ended."""
        job = self._store.get(job_id)
        address = _address(job) if job else None
        if job and address:
            self._threads.submit(_post, address, self._body(job))

    def close(self) -> None:
        """Send nothing more; what is being sent is finished."""
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _body(self, job: JobRecord) -> dict[str, Any]:
        """The results document of a successful job, the status of any other."""
        if job.status != "successful":
            return status_info(job, job.server_url)
        results = self._store.results(job.id)
        outputs = job.wishes.get("outputs", {})
        return {name: value for name, value in results.items() if name in outputs}


def _address(job: JobRecord) -> str | None:
    address = job.wishes.get("subscriber", {}).get(_URI_OF.get(job.status, ""))
    return str(address) if address else None


def _post(address: str, document: dict[str, Any]) -> None:
    request = urllib.request.Request(  # noqa: S310  the scheme was checked with the request
        address,
        data=json.dumps(document).encode(),
        headers={"Content-Type": "application/json"},
        method="POST",
    )
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT):  # noqa: S310
            return
    except (OSError, ValueError, HTTPException) as error:
        _log.warning("A subscriber could not be told of its job: %s", error)
