"""Part 2: processes that are deployed, replaced and undeployed (OGC 20-044)."""

from collections.abc import Sequence
from typing import Any, NoReturn
from urllib.parse import urlencode

from ogc_widgets.client.address import is_job_address, last_segment
from ogc_widgets.client.answer import Answer, NotJson, parse_json
from ogc_widgets.client.base import BaseClient
from ogc_widgets.client.faults import http_fault, raw_of, signed_out, unreadable
from ogc_widgets.client.packages import Package, fetch_package, package_in, send_package
from ogc_widgets.client.reading import check, moved
from ogc_widgets.client.wording import is_exception, is_login_page
from ogc_widgets.errors import (
    DuplicatedProcess,
    NoSuchProcess,
    NotFound,
    NotSupported,
    OgcError,
    OutcomeUnknown,
    TimedOut,
    UnreadableAnswer,
)
from ogc_widgets.models import ApplicationPackage, ProcessSummary

# Seconds between looks at a process that the server has queued: about ten minutes in all.
LOOKS: Sequence[float] = (1, 1, 2, 3, 5, 8, *[10.0] * 58)
CANNOT = "This server cannot deploy, replace or undeploy processes."
ADVICE = "Part 2 of the standard is missing, or it is off for you."


class Deploying(BaseClient):
    """The methods of a client for Part 2. Servers declare it as ``deploy-replace-undeploy``."""

    async def deploy(self, package: Package, *, workflow: str | None = None) -> ProcessSummary:
        """Makes a process from an application package (OGC 20-044, clause 6.3).

        What the server queues is waited for, about ten minutes.

        :param package: a path, a URL (which the server reads), CWL as text, a dict, or an
            ApplicationPackage; sent under the media types that servers take, one after the other
        :param workflow: the workflow to take from a package that holds several
        :raises DuplicatedProcess: a process of this id exists; ``location`` is its address
        :raises WorkflowNotFound: there is no such workflow, or the package is broken
        :raises ImmutableProcess: it would replace a process that cannot be changed
        :raises UnsupportedMediaType: the server takes no media type of the package
        :raises NotSupported: the server cannot deploy
        :raises InvalidPackage: there is no such file; nothing was sent
        :raises OutcomeUnknown: no answer came; the process may be there. It is not sent again.
        """
        url = (await self._discovery.find("processes")).split("?")[0]
        if workflow is not None:
            url += f"?{urlencode({'w': workflow})}"
        answer = await send_package(self._http, "POST", url, package)
        summary = _summary_in(answer)
        process_id = summary.id or _id_in(answer.location)
        if not process_id:
            raise UnreadableAnswer(
                "The server took the package and does not say which process it became.",
                "Look at the process list before you deploy again.",
                status=answer.status,
                raw=raw_of(answer),
            )
        self._descriptions.pop(process_id, None)
        if answer.status == 202:
            return await self._wait_for(process_id)
        return summary if summary.id else await self.process(process_id)

    async def replace(self, process_id: str, package: Package) -> ProcessSummary | None:
        """Puts a package in the place of another (OGC 20-044, clause 6.4).

        :param package: as in ``deploy``
        :return: what the server says of the process now; None where it says nothing, or will
            replace it later
        :raises NoSuchProcess: the server does not know it
        :raises ImmutableProcess: it cannot be changed (``mutable`` is false)
        """
        url = await self._process_url(process_id)
        try:
            answer = await send_package(self._http, "PUT", url, package)
        finally:
            self._descriptions.pop(process_id, None)
        summary = _summary_in(answer)
        return summary if summary.id else None

    async def undeploy(self, process_id: str) -> None:
        """Removes a process (OGC 20-044, clause 6.5). Its jobs go on.

        :raises NoSuchProcess: the server does not know it
        :raises ImmutableProcess: it cannot be removed (``mutable`` is false)
        :raises OutcomeUnknown: no answer came, and the process is still there
        """
        url = await self._process_url(process_id)
        self._descriptions.pop(process_id, None)
        try:
            answer = await self._http.send("DELETE", url)
        except OutcomeUnknown as error:
            return await self._look(process_id, error)
        if answer.status >= 500 and answer.status != 501:
            # Some servers fail and have removed it all the same.
            return await self._look(process_id, http_fault(answer, NoSuchProcess))
        _check(answer)
        return None

    async def package(self, process_id: str) -> ApplicationPackage:
        """The package that a process was deployed from (OGC 20-044, clause 6.6).

        :raises NoSuchProcess: the server does not know it
        :raises ImmutableProcess: it was not deployed, so that it has no package
        """
        answer = await fetch_package(self._http, f"{await self._process_url(process_id)}/package")
        _check(answer)
        if answer.markup:
            raise signed_out(answer) if is_login_page(answer) else unreadable(answer, "a package")
        package = package_in(answer)
        if is_exception(package.json):
            raise http_fault(answer, NoSuchProcess)
        if not package.text.strip():
            raise unreadable(answer, "a package")
        return package

    async def _process_url(self, process_id: str) -> str:
        if not process_id:
            # The list's own address would be asked, or deleted.
            raise NoSuchProcess("A process without an id cannot be asked about.")
        return await self._discovery.below("processes", process_id)

    async def _wait_for(self, process_id: str) -> ProcessSummary:
        for pause in LOOKS:
            try:
                return await self.process(process_id)
            except NotFound:
                await self._http.patience.sleep(pause)
        raise TimedOut(
            "The server has queued the process, and has not deployed it yet.",
            f"Look for {process_id!r} in the process list later.",
        )

    async def _look(self, process_id: str, fault: OgcError) -> None:
        try:
            await self.process(process_id)
        except NotFound:
            return
        except OgcError:
            raise fault from None
        self._descriptions.pop(process_id, None)
        raise fault


def _summary_in(answer: Answer) -> ProcessSummary:
    """The summary that a deployment answers with; one without an id where there is none."""
    _check(answer)
    if answer.markup and answer.media_type == "text/html" and is_login_page(answer):
        raise signed_out(answer)
    document = _document(answer)
    if is_exception(document):
        raise http_fault(answer)
    if isinstance(document, dict):
        for name in ("processSummary", "process"):
            if isinstance(document.get(name), dict):
                return ProcessSummary(document[name])
    return ProcessSummary(document if isinstance(document, dict) else {})


def _check(answer: Answer) -> None:
    if answer.status in (405, 501):
        raise NotSupported(CANNOT, ADVICE, status=answer.status, raw=raw_of(answer))
    if 300 <= answer.status < 400:
        raise moved(answer)
    if answer.status == 409:
        _raise_duplicated(answer)
    check(answer, NoSuchProcess)


def _raise_duplicated(answer: Answer) -> NoReturn:
    fault = http_fault(answer)
    if isinstance(fault, DuplicatedProcess):
        fault.location = answer.location
    raise fault


def _id_in(location: str) -> str:
    """The process's id in the address of a process; empty for other addresses."""
    if is_job_address(location):
        return ""
    found = last_segment(location)
    return "" if found.lower() in ("processes", "") else found


def _document(answer: Answer) -> Any:
    try:
        return None if answer.markup else parse_json(answer.text, anywhere=True)
    except NotJson:
        return None
