"""`ProcessForm`: a form made from a process description. Its twin is ``js/src/process_form``."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

import traitlets

from ogc_widgets.contract import commands
from ogc_widgets.contract.form import Draft, FormView, Mode, Submission
from ogc_widgets.errors import InvalidInputs, NoSuchJob, OgcError
from ogc_widgets.forms import FormSheet, build_form
from ogc_widgets.forms.code import Target
from ogc_widgets.forms.plain import same
from ogc_widgets.forms.taking import NoRequest, read_request
from ogc_widgets.jobs import Job, JobBoard
from ogc_widgets.jobs.loop import owner
from ogc_widgets.widgets.base import Answerer, failure_of
from ogc_widgets.widgets.fallback import values_html
from ogc_widgets.widgets.job_commands import JobCommands, view_of
from ogc_widgets.widgets.rows import row_of
from ogc_widgets.widgets.source import Source, board_of
from ogc_widgets.widgets.trait import Whole, wire_trait


class ProcessForm(JobCommands):
    """A form for one process: it draws at once, reads the description by itself, and submits.

    A server that does not answer raises nothing here: the form says what happened, with *Retry*.

    :param source: a client, a board, or a URL
    :param process_id: the process
    :param values: values by input id, put over the description's defaults
    :ivar values: values by input id, secrets masked; set a new dict, and the form shows it
    :ivar request: the execute request of these values; read-only, secrets masked
    :ivar problems: what is wrong with the values; read-only
    :ivar job: the last job submitted from this form, or None; read-only
    """

    room = "process_form"

    _form = wire_trait(FormView())
    _draft = wire_trait(Draft())
    _submission = wire_trait(Submission())

    values = traitlets.Dict()
    request = traitlets.Dict()
    problems = traitlets.Tuple()
    job = traitlets.Instance(Job, allow_none=True)

    def __init__(
        self,
        source: Source,
        process_id: str,
        *,
        values: Mapping[str, Any] | None = None,
        mode: Mode = "auto",
        **traits: Any,
    ) -> None:
        self._board = board_of(source)
        self._process_id = process_id
        self._mode: Mode = mode
        self._sheet: FormSheet | None = None
        self._loading: asyncio.Task[None] | None = None
        self._load_failure: OgcError | None = None
        super().__init__(values=dict(values or {}), **traits)
        self._stop_listening = self._board.listen(self._jobs_changed)
        owner.soon(self._begin)

    async def submit(self) -> Job:
        """Submit the form as it stands, from Python as by the button; gives the job.

        :raises InvalidInputs: when a value has a problem; nothing was sent
        :raises OgcError: when the description cannot be read, or the server refuses
        """
        return await owner.reach(self._submit())

    async def ready(self) -> "ProcessForm":
        """Wait until the description is read.

        :raises OgcError: when it cannot be read
        """
        await owner.reach(self._loaded())
        return self

    def close(self) -> None:
        """Take the form away; its job goes on."""
        super().close()
        if hasattr(self, "_stop_listening"):
            self._stop_listening()
            owner.soon(self._end)

    def boards(self) -> list[JobBoard]:
        """The board of the form's server."""
        return [self._board]

    def find_job(self, key: str) -> Job:
        """The form's job."""
        if self.job is not None and self.job.key == key:
            return self.job
        raise NoSuchJob("The form shows another job by now.", "Look for it in the job table.")

    def answerers(self) -> dict[type[commands.CommandBase], Answerer]:
        """What answers each command of this room."""
        own: dict[type[commands.CommandBase], Answerer] = {
            commands.Edit: self._edit,
            commands.Choose: self._choose,
            commands.Fill: self._fill,
            commands.TakeRequest: self._take_request,
            commands.WriteCode: self._write_code,
            commands.Submit: self._submit_command,
            commands.Reload: self._reload,
        }
        return {**super().answerers(), **own}

    def as_html(self) -> str:
        """The values as plain HTML, secrets masked."""
        values = self._sheet.values() if self._sheet else {}
        rows = [(name, str(value)[:500]) for name, value in values.items()]
        return values_html(f"Inputs of {self._process_id}", rows)

    def __repr__(self) -> str:
        return f"<ProcessForm {self._process_id} of {self._board.client.url}>"

    @traitlets.validate("values")
    def _values_set(self, proposal: Any) -> dict[str, Any]:
        """Somebody sets `values`: seen at once, and shown soon."""
        values = Whole(proposal["value"])
        sheet = self._sheet
        if sheet is None or same(values, sheet.values()):
            return values
        sheet.put(values)
        self._publish(sheet)
        owner.soon(self._show_draft)
        return Whole(sheet.values())

    # On the owner loop from here on.

    def _begin(self) -> "asyncio.Task[None]":
        self._loading = asyncio.get_running_loop().create_task(self._load())
        return self._loading

    def _end(self) -> None:
        self.look_away()
        if self._loading is not None:
            self._loading.cancel()

    async def _load(self) -> None:
        self._load_failure = None
        blank = FormView(
            revision=self._form.revision + 1,
            server=self._board.client.url,
            process_id=self._process_id,
            title=self._process_id,
        )
        self.write("_form", blank)
        try:
            description = await self._board.client.process(self._process_id)
            sheet = FormSheet(build_form(description), mode=self._mode)
            # In this order: what somebody sets meanwhile is not lost.
            self._sheet = sheet
            sheet.put(self.values, keep=True)
            self._show_draft()
            self.write("_form", sheet.view(blank, description))
        except Exception as error:
            failure = failure_of(error)
            self._load_failure = OgcError(failure.title, failure.detail)
            if isinstance(error, OgcError):
                self._load_failure = error
            failed = {"phase": "failed", "failure": failure}
            self.write("_form", blank.model_copy(update=failed))

    async def _loaded(self) -> FormSheet:
        await asyncio.wait([self._loading or self._begin()])
        if self._load_failure is not None:
            raise self._load_failure
        if self._sheet is None:
            raise OgcError("The form is closed.")
        return self._sheet

    def _show_draft(self) -> None:
        if self._sheet is None:
            return
        self.write("_draft", self._sheet.draft(self._draft.revision + 1))
        self._public.publish("values", Whole(self._sheet.values()))
        self._publish(self._sheet)

    def _publish(self, sheet: FormSheet) -> None:
        self._public.publish("problems", sheet.problems())
        self._public.publish("request", sheet.request(masked=True))

    async def _edit(self, command: commands.Edit) -> None:
        (await self._loaded()).edit(command.values)
        self._show_draft()

    async def _choose(self, command: commands.Choose) -> None:
        (await self._loaded()).choose(command.mode, command.outputs)
        self._show_draft()

    async def _fill(self, command: commands.Fill) -> None:
        (await self._loaded()).fill(command.source)
        self._show_draft()

    async def _take_request(self, command: commands.TakeRequest) -> None:
        sheet = await self._loaded()
        try:
            problems = sheet.take_request(read_request(command.text))
        except NoRequest as reason:
            problems = (str(reason),)
        if problems:
            raise OgcError("Not taken into the form.", "\n".join(problems))
        self._show_draft()

    async def _write_code(self, command: commands.WriteCode) -> commands.Ok:
        client, sheet = self._board.client, await self._loaded()
        address = ""
        with suppress(OgcError):
            address = await client.execution_address(self._process_id)
        signed = client.carries_credentials
        code = sheet.code(
            command.language, Target(client.url, self._process_id, signed, address=address)
        )
        return commands.Ok(id=command.id, code=code)

    async def _reload(self, _command: commands.Reload) -> None:
        if self._loading is not None and self._loading.done():
            self._begin()

    async def _submit_command(self, _command: commands.Submit) -> None:
        await self._submit()

    async def _submit(self) -> Job:
        sheet = await self._loaded()
        if self._submission.phase == "submitting":
            raise OgcError("The form is being submitted.", "Wait for the server's answer.")
        errors = [problem for problem in sheet.problems() if problem.severity == "error"]
        if errors:
            raise InvalidInputs([sheet.sentence(problem) for problem in errors])
        self._show_submission(phase="submitting", failure=None, results=None)
        try:
            job = await self._board.submit_request(
                self._process_id, sheet.request(), mode=sheet.mode, recorded=sheet.values()
            )
        except Exception as error:
            self._show_submission(phase="failed", failure=failure_of(error))
            raise
        self._public.publish("job", job)
        results = None if job.here is None else await view_of(job.here, job)
        self._show_submission(phase="submitted", job=row_of(job), results=results)
        return job

    def _show_submission(self, **changes: Any) -> None:
        revision = self._submission.revision + 1
        self.write(
            "_submission", self._submission.model_copy(update={"revision": revision, **changes})
        )

    def _jobs_changed(self, changed: Sequence[Job], removed: Sequence[Job]) -> None:
        job = self.job
        if job is None or self._submission.phase != "submitted":
            return
        if job in removed:
            self._show_submission(phase="idle", job=None, results=None)
        elif job in changed:
            self._show_submission(job=row_of(job))
