"""The seed's story, told by recorded exchanges of ZOO-Project: submit, list, watch, dismiss."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.servers.replay import Asked, Replay, Reply

PROCESS = "LongPy"
BROKEN_JOB = "9f1e0a52-e7cd-11f1-a0b7-02fc00000001"
# What ZOO-Project sends where a message was never set: memory, and no UTF-8 (servers.md, Z1).
BROKEN_MESSAGE = b"@\xa58\xa0\x9c\xffV"
STEP = 10


class Story(Replay):
    """ZOO-Project with one long process, as far as the story goes.

    Each execution of LongPy makes a job that runs and gains 10 percent each time it is looked at
    (never more than 90), until it is dismissed: then the server knows it no more. The list holds a
    further job whose message is no UTF-8. All else is replayed. Links name the recorded host.

    :ivar progress: percent by job id, of the jobs that run
    """

    def __init__(self, transcripts: Path) -> None:
        super().__init__(transcripts / "zoo-cgi")
        self._recorded = json.loads(self.named("dismiss_submit").reply.content)["jobID"]
        self.progress: dict[str, int] = {}
        self._made = 0

    def answer(self, asked: Asked) -> Reply:
        jobs = f"{self.root}/jobs"
        if asked.method == "POST" and asked.path.endswith(f"/{PROCESS}/execution"):
            return self._submit()
        if asked.method == "GET" and asked.path == jobs:
            return self._list()
        job_id = asked.path.removeprefix(f"{jobs}/").split("/")[0]
        if not asked.path.startswith(f"{jobs}/") or job_id == BROKEN_JOB:
            return super().answer(asked)
        if job_id in self.progress:
            return self._job(asked, job_id)
        recorded = self.named(
            "dismiss_again" if asked.method == "DELETE" else "dismiss_status_after"
        )
        known = any(asked.path == exchange.asked.path for exchange in self.exchanges)
        return super().answer(asked) if known and self._recorded != job_id else recorded.reply

    def _submit(self) -> Reply:
        self._made += 1
        job_id = self._recorded if self._made == 1 else f"{self._made:08x}{self._recorded[8:]}"
        self.progress[job_id] = 0
        return self._of(job_id, "dismiss_submit")

    def _job(self, asked: Asked, job_id: str) -> Reply:
        if asked.method == "DELETE":
            del self.progress[job_id]
            return self._of(job_id, "dismiss_running")
        if asked.path.endswith("/results"):
            return self.named("async_results_running").reply
        return Reply(200, json.dumps(self._status(job_id)).encode())

    def _list(self) -> Reply:
        recorded = json.loads(self.named("jobs_while_running").reply.content)
        entries = [entry for entry in recorded["jobs"] if entry["status"] != "running"]
        entries += [self._status(job_id) for job_id in self.progress]
        broken = {**entries[0], "id": BROKEN_JOB, "jobID": BROKEN_JOB, "status": "failed"}
        entries.insert(1, {**broken, "message": "THE-BROKEN-MESSAGE", "links": []})
        content = json.dumps({"jobs": entries, "links": [], "numberTotal": len(entries)}).encode()
        return Reply(200, content.replace(b"THE-BROKEN-MESSAGE", BROKEN_MESSAGE))

    def _status(self, job_id: str) -> dict[str, Any]:
        percent = self.progress[job_id] = min(self.progress[job_id] + STEP, 90)
        status: dict[str, Any] = json.loads(self._of(job_id, "dismiss_before").content)
        return status | {"progress": percent, "message": f"step {percent // STEP} of 10"}

    def _of(self, job_id: str, name: str) -> Reply:
        reply = self.named(name).reply
        old, new = self._recorded, job_id
        headers = tuple((key, text.replace(old, new)) for key, text in reply.headers)
        return Reply(reply.status, reply.content.replace(old.encode(), new.encode()), headers)
