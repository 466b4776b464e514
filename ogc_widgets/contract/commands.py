"""What the browser asks of the kernel, and what the kernel answers.

Every command carries an id that the browser chose, and is answered with that id: ``ok`` or
``failed``. There is no third way, also for a command that makes no sense.
"""

from typing import Annotated, Literal

from pydantic import Field as Constraint
from pydantic import JsonValue
from typing_extensions import TypeAliasType

from ogc_widgets.contract.form import Mode, OutputSelection
from ogc_widgets.contract.results import ResultsView
from ogc_widgets.contract.wire import Wire

Language = Literal["json", "python", "curl"]


class CommandBase(Wire):
    """What every command has."""

    id: str


class Edit(CommandBase):
    """These fields have these drafts now (null: not set)."""

    kind: Literal["edit"] = "edit"
    values: dict[str, JsonValue]


class Choose(CommandBase):
    """How to execute, and which outputs to ask for; null leaves as it is."""

    kind: Literal["choose"] = "choose"
    mode: Mode | None = None
    outputs: tuple[OutputSelection, ...] | None = None


class Submit(CommandBase):
    """Submit the form as it stands."""

    kind: Literal["submit"] = "submit"


class Reload(CommandBase):
    """Read the description, or the job list, again."""

    kind: Literal["reload"] = "reload"


class Fill(CommandBase):
    """Put the defaults, or the description's example, into the form."""

    kind: Literal["fill"] = "fill"
    source: Literal["defaults", "example"]


class TakeRequest(CommandBase):
    """Make the form mean this execute request, which is JSON text.

    ``failed`` where it is none, or holds what the form cannot say: a sentence in each line of the
    detail; then the form is as it was.
    """

    kind: Literal["take_request"] = "take_request"
    text: str


class WriteCode(CommandBase):
    """Write the request as code; the answer carries it."""

    kind: Literal["code"] = "code"
    language: Language


class Dismiss(CommandBase):
    """Ask the server to stop a job."""

    kind: Literal["dismiss"] = "dismiss"
    job: str


class Remove(CommandBase):
    """Ask the server to forget a job that has ended."""

    kind: Literal["remove"] = "remove"
    job: str


class ShowResults(CommandBase):
    """Read a job's results; the answer carries them."""

    kind: Literal["results"] = "results"
    job: str


class Snapshot(CommandBase):
    """Send all rows."""

    kind: Literal["snapshot"] = "snapshot"


class Look(CommandBase):
    """Somebody looks at this view, or looks away; said again at least once a minute."""

    kind: Literal["look"] = "look"
    view: str
    seen: bool


class NeedBundle(CommandBase):
    """Send the code of a bundle: the answer to a host that cannot read the hidden widget."""

    kind: Literal["bundle"] = "bundle"
    name: str


Command = TypeAliasType(
    "Command",
    Annotated[
        Edit
        | Choose
        | Submit
        | Reload
        | Fill
        | TakeRequest
        | WriteCode
        | Dismiss
        | Remove
        | ShowResults
        | Snapshot
        | Look
        | NeedBundle,
        Constraint(discriminator="kind"),
    ],
)


class Ok(Wire):
    """Done. ``results`` and ``code`` only where they were asked for."""

    kind: Literal["ok"] = "ok"
    id: str
    results: ResultsView | None = None
    code: str | None = None


class Failed(Wire):
    """Not done: what happened, why, what to do. ``id`` is empty where the command had none."""

    kind: Literal["failed"] = "failed"
    id: str
    title: str
    detail: str = ""


Answer = TypeAliasType("Answer", Annotated[Ok | Failed, Constraint(discriminator="kind")])
