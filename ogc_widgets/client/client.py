"""The client: one short method for each resource of the standard."""

from collections.abc import AsyncGenerator, Mapping
from dataclasses import replace
from typing import Any

from ogc_widgets.client import dismissal
from ogc_widgets.client.address import is_job_address, last_segment
from ogc_widgets.client.deploying import Deploying
from ogc_widgets.client.entries import JobFilter, Words, read_jobs, read_processes
from ogc_widgets.client.execution import Asked, Execution, of_process, read_execution
from ogc_widgets.client.http import DATA_LIMIT, PREFER_JSON
from ogc_widgets.client.outcome import (
    demand_end,
    raise_failed,
    read_outcome,
    read_single,
)
from ogc_widgets.client.paging import Query, flatten, page_size, read_pages, unseen
from ogc_widgets.client.reading import read_document, read_object
from ogc_widgets.client.request import Mode, Outputs, build_body, execute_headers, write_body
from ogc_widgets.errors import NoSuchJob, NoSuchOutput, OgcError
from ogc_widgets.models import (
    Conformance,
    JobStatus,
    LandingPage,
    OutputValue,
    ProcessSummary,
    Results,
    StatusInfo,
    find_link,
)


class ProcessesClient(Deploying):
    """Talks to one server that speaks OGC API - Processes (OGC 18-062r2 and its 2.0 draft).

    It belongs to no event loop: each loop that uses it has connections of its own, which end with
    that loop, with ``close``, or with the client. ``async with`` works and is not needed.

    :param url: the landing page's address
    :param auth: any httpx auth, a pair of user name and password, or one of this package:
        BearerAuth, DeviceCodeAuth, ClientCredentialsAuth
    :param headers: sent with each request to this server
    :param timeout: seconds, or an ``httpx.Timeout``, or None
    :param transport: a function that makes an httpx transport, or one that belongs to no loop
    :param verify: as in httpx: whether, or by which ``ssl.SSLContext``, certificates are checked
    :param strict: whether a deviation from the standard is an error instead of an OgcWarning

    Credentials and headers go to the origin of ``url`` only. Every failure is an OgcError.
    """

    async def landing_page(self) -> LandingPage:
        """The landing page (clause 7.2)."""
        return await self._discovery.landing_page()

    async def conformance(self) -> Conformance:
        """What the server declares to conform to (clause 7.4)."""
        answer = await self._http.get(await self._discovery.find("conformance"))
        document = read_document(answer, "a conformance declaration")
        return Conformance({"conformsTo": document} if isinstance(document, list) else document)

    async def api_definition(self) -> dict[str, Any]:
        """The OpenAPI document as sent (clause 7.3)."""
        answer = await self._http.get(await self._discovery.find("api"))
        return read_object(answer, "an API definition in JSON")

    def processes(self, limit: int | None = None) -> AsyncGenerator[ProcessSummary, None]:
        """The processes, in the server's order, each once (clause 7.9).

        :param limit: how many at most; None for all
        """
        return flatten(self._process_pages(limit), limit)

    async def execute(
        self,
        process_id: str,
        inputs: Mapping[str, Any],
        *,
        outputs: Outputs = None,
        mode: Mode = "auto",
        subscriber: Mapping[str, str] | None = None,
    ) -> Execution:
        """Executes a process (clause 7.11).

        :param inputs: by id, as the standard's JSON
        :param outputs: ids, or a map of ids to what is asked of each; None for all
        :param mode: ``async`` asks for a job, ``sync`` for results, ``auto`` for a job where the
            process can; the server decides, so look at both members of the Execution
        :param subscriber: addresses that the server is to call: ``successUri``, ``inProgressUri``,
            ``failedUri`` (clause 7.11.2.5); sent as they are
        :raises OutcomeUnknown: no answer came; the job may exist. It is not sent again.
        """
        description = await self.described(process_id)
        body = build_body(inputs, outputs, description)
        if subscriber is not None:
            body["subscriber"] = dict(subscriber)
        return await self.execute_request(process_id, body, mode=mode)

    async def execute_request(
        self, process_id: str, body: Mapping[str, Any], *, mode: Mode = "auto"
    ) -> Execution:
        """Executes a process with a request body that is ready, and is sent as it is."""
        content = write_body(body)
        description = await self.described(process_id)
        headers = execute_headers(mode, description)
        url = await self._discovery.execution(process_id, description)
        answer = await self._http.send("POST", url, body=content, headers=headers)
        declared = tuple(description.outputs) if description else ()
        asked = Asked(process_id, self._address, declared)
        execution = read_execution(answer, asked)
        job = execution.job
        if execution.results is not None:
            return Execution(job, execution.results.bound(self._fetching))
        if job is None or job.get("status") is not None:
            return execution
        try:
            return Execution(of_process(await self.job(job.job_id), asked))
        except OgcError:
            # The job was made: its id must not be lost because its status cannot be read now.
            return Execution(StatusInfo({**job.raw, "status": JobStatus.ACCEPTED.value}))

    def jobs(
        self, *, status: Words = None, process_id: Words = None, limit: int | None = None
    ) -> AsyncGenerator[StatusInfo, None]:
        """The jobs, in the server's order, each once (clause 11).

        :param status: a status or several: only these
        :param process_id: a process or several: only theirs
        :param limit: how many at most; None for all
        """
        pages = self.job_pages(status=status, process_id=process_id, limit=limit)
        return flatten(pages, limit)

    async def job_pages(
        self, *, status: Words = None, process_id: Words = None, limit: int | None = None
    ) -> AsyncGenerator[list[StatusInfo], None]:
        """The same jobs, a list for each page that the server sends.

        :param limit: how many a page should have at most; all pages come anyway
        """
        wanted = JobFilter(status, process_id)
        seen: set[str] = set()
        query: Query = {"limit": page_size(limit), **wanted.query()}
        async for page in read_pages(self._http, self._discovery, "jobs", query):
            new = read_jobs(page, self._discovery.note, seen)
            if not new:
                return
            yield new if wanted.everything else [job for job in new if wanted.keeps(job)]

    async def job(self, job_id: str) -> StatusInfo:
        """The status of a job (clause 7.12).

        :raises NoSuchJob: the server does not know it, or no more
        """
        answer = await self._http.get(await self._job_url(job_id))
        document = read_object(answer, "a job's status", NoSuchJob)
        job = StatusInfo(document)
        # The id that was asked for is the one that works, whatever the server writes.
        return job if job.job_id == job_id else StatusInfo({**document, "jobID": job_id})

    async def results(self, job_id: str) -> Results:
        """The results of a job that ended well (clause 7.13).

        :raises ResultNotReady: it has not ended
        :raises JobFailed: it failed; ``detail`` says why
        :raises JobDismissed: it was dismissed
        :raises NoSuchJob: the server does not know it, or no more
        """
        job = await self.job(job_id)
        demand_end(job)
        try:
            answer = await self._http.get(await self._results_url(job), limit=DATA_LIMIT)
        except OgcError:
            if job.status is JobStatus.FAILED:
                raise_failed(job, None)
            raise
        description = None
        if job.process_id and job.status is not JobStatus.FAILED:
            description = await self.described(job.process_id, lenient=True)
        declared = tuple(description.outputs) if description else ()
        return read_outcome(answer, job, declared, self._address).bound(self._fetching)

    async def result(self, job_id: str, output_id: str) -> OutputValue:
        """One output of a job that ended well.

        Asked for alone (2.0 draft, ``/jobs/{id}/results/{output}``), so that the others are not
        read; where the server has no such resource, it is taken from all results.

        :raises NoSuchOutput: the job has no output of this id
        :raises JobError, NotFound: as ``results``
        """
        job = await self.job(job_id)
        demand_end(job)
        if output_id and job.status is JobStatus.SUCCESSFUL:
            url = await self._discovery.below("jobs", job_id, "results", output_id)
            answer = await self._http.get(url, headers=PREFER_JSON, limit=DATA_LIMIT)
            output = read_single(answer, output_id, self._address)
            if output is not None:
                return replace(output, source=self._fetching)
        results = await self.results(job_id)
        if output_id not in results:
            raise NoSuchOutput(
                f"The job has no output {output_id!r}.", f"It has: {', '.join(results)}."
            )
        return results[output_id]

    async def dismiss(self, job_id: str) -> StatusInfo:
        """The job after it was dismissed; its status is read again (clause 13).

        ``removed`` is true where the server then knows it no more. Some servers let the work go on.

        :raises NotSupported: the server cannot dismiss
        :raises OutcomeUnknown: no answer came, and the job is still there
        """
        return await dismissal.dismiss(self._http, await self._job_url(job_id), job_id, self.job)

    async def fetch(self, href: str, *, limit: int = DATA_LIMIT) -> OutputValue:
        """What an output's link leads to: JSON value, text or bytes, with its media type.

        Credentials are sent only where it leads to this server's own origin.

        :param limit: how many bytes at most
        """
        return await self._fetching.fetch(href, limit)

    async def _process_pages(self, limit: int | None) -> AsyncGenerator[list[ProcessSummary], None]:
        seen: set[str] = set()
        query = {"limit": page_size(limit)}
        async for page in read_pages(self._http, self._discovery, "processes", query):
            new = unseen(read_processes(page, self._discovery.note), seen)
            if not new:
                return
            yield new

    async def _job_url(self, job_id: str) -> str:
        if not job_id:
            # The list's own address would be asked, or deleted.
            raise NoSuchJob("A job without an id cannot be asked about.")
        return await self._discovery.below("jobs", job_id)

    async def _results_url(self, job: StatusInfo) -> str:
        link = find_link(job.links, "results")
        url = self._address.own(link.href) if link else None
        if url and is_job_address(url) and last_segment(url) == job.job_id:
            return url
        return await self._discovery.below("jobs", job.job_id, "results")
