"""One client at work: `python contenders.py NAME ORIGIN`; reads cases, answers with milliseconds.

Runs in the client's own environment, so it imports nothing of this package that it does not time.
Each input line is `{"case": …, "times": …}`; each output line the milliseconds of one call.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import importlib
import json
import sys
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

SUBMISSIONS = 1000
THREADS = 32
Act = Callable[[], Awaitable[Any]]


class Raw:
    """httpx and json.loads, as somebody writes them by hand."""

    def __init__(self, origin: str) -> None:
        httpx = importlib.import_module("httpx")
        self.origin = origin
        self.http = httpx.AsyncClient(timeout=60)

    async def get(self, path: str) -> Any:
        """A document."""
        return json.loads((await self.http.get(f"{self.origin}{path}")).content)

    async def describe(self, inputs: int) -> Any:
        """A description."""
        return await self.get(f"/100/processes/p{inputs}")

    async def execute(self) -> Any:
        """A job."""
        url, body = f"{self.origin}/100/processes/p10/execution", {"inputs": {"input0": 1}}
        answer = await self.http.post(url, json=body, headers={"Prefer": "respond-async"})
        return json.loads(answer.content)

    async def status(self) -> Any:
        """A status."""
        return await self.get("/100/jobs/job-000001")

    async def jobs(self, count: int) -> Any:
        """A list of jobs."""
        return (await self.get(f"/{count}/jobs"))["jobs"]

    async def jobs_read(self, count: int) -> Any:
        """A list of jobs; a dict needs no reading."""
        names = ("jobID", "processID", "status", "progress", "created", "started", "updated")
        for job in await self.jobs(count):
            for name in names:
                job.get(name)


class Ours(Raw):
    """ogc_widgets."""

    def __init__(self, origin: str) -> None:
        client = importlib.import_module("ogc_widgets").ProcessesClient
        self.clients = {count: client(f"{origin}/{count}") for count in (100, 1000, 10000)}

    async def describe(self, inputs: int) -> Any:
        return await self.clients[100].process(f"p{inputs}")

    async def execute(self) -> Any:
        return await self.clients[100].execute("p10", {"input0": 1}, mode="async")

    async def status(self) -> Any:
        return (await self.clients[100].job("job-000001")).status

    async def jobs(self, count: int) -> Any:
        return [job async for job in self.clients[count].jobs()]

    async def jobs_read(self, count: int) -> Any:
        names = ("job_id", "process_id", "status", "progress", "created", "started", "updated")
        for job in await self.jobs(count):
            for name in names:
                getattr(job, name)


class Cuiman(Raw):
    """cuiman; it makes every job a model when the list is read."""

    def __init__(self, origin: str) -> None:
        client = importlib.import_module("cuiman.api").AsyncClient
        request = importlib.import_module("gavicore.models").ProcessRequest
        self.request = request(inputs={"input0": 1})
        self.clients = {n: client(api_url=f"{origin}/{n}") for n in (100, 1000, 10000)}

    async def describe(self, inputs: int) -> Any:
        return await self.clients[100].get_process(f"p{inputs}")

    async def execute(self) -> Any:
        return await self.clients[100].execute_process("p10", self.request)

    async def status(self) -> Any:
        return await self.clients[100].get_job("job-000001")

    async def jobs(self, count: int) -> Any:
        return (await self.clients[count].get_jobs()).jobs

    async def jobs_read(self, count: int) -> Any:
        for job in await self.jobs(count):
            _ = (job.jobID, job.processID, job.status, job.progress, job.created)


class Generated(Raw):
    """ogc-api-processes-client, which is synchronous."""

    def __init__(self, origin: str) -> None:
        package = importlib.import_module("ogc_api_processes_client")
        self.apis = {}
        for count in (100, 1000, 10000):
            inner = package.ApiClient(package.Configuration(host=f"{origin}/{count}"))
            self.apis[count] = inner
        self.package = package

    def api(self, name: str, count: int = 100) -> Any:
        """One of its APIs."""
        return getattr(self.package, name)(self.apis[count])

    async def describe(self, inputs: int) -> Any:
        return self.api("ProcessDescriptionApi").get_process_description(f"p{inputs}")

    def post(self) -> Any:
        """A job; its own model of a request takes no plain number, so the wrapper's way."""
        url = f"{self.apis[100].configuration.host}/processes/p10/execution"
        headers = {"Prefer": "respond-async", "Content-Type": "application/json"}
        body = {"inputs": {"input0": 1}}
        answer = self.apis[100].call_api("POST", url, headers, body)
        answer.read()
        return self.package.StatusInfo.from_dict(json.loads(answer.data))

    async def execute(self) -> Any:
        return self.post()

    async def status(self) -> Any:
        return self.api("StatusApi").get_status("job-000001")

    async def jobs(self, count: int) -> Any:
        return self.api("JobListApi", count).get_jobs().jobs

    async def jobs_read(self, count: int) -> Any:
        for job in await self.jobs(count):
            _ = (job.job_id, job.process_id, job.status, job.progress, job.created)


class Owslib(Raw):
    """owslib, which is synchronous, and has no methods for jobs."""

    def __init__(self, origin: str) -> None:
        processes = importlib.import_module("owslib.ogcapi.processes").Processes
        self.processes = processes(f"{origin}/100")

    def post(self) -> Any:
        """A job."""
        return self.processes.execute("p10", {"input0": 1}, async_=True)

    async def describe(self, inputs: int) -> Any:
        return self.processes.process(f"p{inputs}")

    async def execute(self) -> Any:
        return self.post()

    async def status(self) -> Any:
        raise NotImplementedError

    async def jobs(self, count: int) -> Any:
        raise NotImplementedError

    async def jobs_read(self, count: int) -> Any:
        raise NotImplementedError


CONTENDERS: dict[str, Callable[[str], Raw]] = {
    "raw httpx": Raw,
    "ogc_widgets": Ours,
    "cuiman": Cuiman,
    "ogc-api-processes-client": Generated,
    "owslib": Owslib,
}


def act_of(contender: Raw, case: str) -> Act:
    """What a case means for a client."""
    name, _, number = case.partition(" ")
    if name == "submissions":
        return lambda: submit(contender)
    method = getattr(contender, name)
    return (lambda: method(int(number))) if number else method


async def submit(contender: Raw) -> None:
    """Many executions at once: in one loop, or in threads where the client is synchronous."""
    post = getattr(contender, "post", None)
    if post is None:
        await asyncio.gather(*(contender.execute() for _ in range(SUBMISSIONS)))
        return
    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(lambda _: post(), range(SUBMISSIONS)))


async def measure(act: Act, times: int) -> float:
    """Milliseconds of one call."""
    gc.collect()
    start = time.perf_counter()
    for _ in range(times):
        await act()
    return (time.perf_counter() - start) * 1000 / times


def main(name: str, origin: str) -> None:
    """Answers to each line; null for what the client does not have or cannot do."""
    # What a client prints must not be taken for an answer.
    out, sys.stdout = sys.stdout, sys.stderr
    with asyncio.Runner() as runner:
        contender = CONTENDERS[name](origin)
        for line in sys.stdin:
            asked = json.loads(line)
            found = None
            with contextlib.suppress(NotImplementedError):
                found = runner.run(measure(act_of(contender, asked["case"]), asked["times"]))
            print(json.dumps(found), file=out, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
