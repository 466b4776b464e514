"""What all widgets share: their code, their line to the browser, their answers to commands."""

import html
import logging
from collections.abc import Awaitable, Callable
from typing import Any, ClassVar

import anywidget
import traitlets
from pydantic import TypeAdapter, ValidationError

from ogc_widgets.contract.commands import Command, CommandBase, Failed, NeedBundle, Ok
from ogc_widgets.contract.wire import Failure, Wire
from ogc_widgets.errors import OgcError
from ogc_widgets.jobs.loop import owner
from ogc_widgets.widgets.bundle import (
    bundle_reference,
    loader_code,
    program_code,
    program_hash,
)
from ogc_widgets.widgets.comms import open_doorway
from ogc_widgets.widgets.trait import Publisher

logger = logging.getLogger(__name__)

COMMANDS: TypeAdapter[CommandBase] = TypeAdapter(Command)

Answerer = Callable[[Any], Awaitable[Ok | None]]


class RoomWidget(anywidget.AnyWidget):
    """A widget whose twin is a room of ``js/src``.

    The browser never writes a trait: it sends commands, which are answered on the owner loop. All
    wire traits (``_name``) are written there too.
    """

    _room = traitlets.Unicode().tag(sync=True)
    _bundle = traitlets.Unicode().tag(sync=True)
    _bundle_hash = traitlets.Unicode().tag(sync=True)

    room: ClassVar[str]

    def __init__(self, **traits: Any) -> None:
        self._public = Publisher(self)
        self._owns_layout = "layout" not in traits
        super().__init__(
            _esm=loader_code(),
            _room=self.room,
            _bundle=bundle_reference(),
            _bundle_hash=program_hash(),
            **traits,
        )
        self.on_msg(lambda _widget, content, _buffers: owner.soon(self._receive, content))

    def open(self) -> None:
        """Open the line to the browser."""
        super().open()
        if self.comm is not None:
            open_doorway(self.comm)

    def close(self) -> None:
        """Take the widget away, and the layout that ipywidgets made for it."""
        super().close()
        if getattr(self, "_owns_layout", False):
            self.layout.close()

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Take what ipywidgets itself syncs; of ours the browser writes nothing."""
        super().set_state({key: value for key, value in sync_data.items() if key[:1] != "_"})

    def answerers(self) -> dict[type[CommandBase], Answerer]:
        """What answers each command of this room."""
        return {}

    def _receive(self, content: Any) -> None:
        owner.start(self._answer(content))

    async def _answer(self, content: Any) -> None:
        try:
            command = COMMANDS.validate_python(content)
            answer = await self._obey(command)
        except ValidationError:
            identifier = content.get("id") if isinstance(content, dict) else None
            answer = Failed(
                id=identifier if isinstance(identifier, str) else "",
                title="The kernel does not understand this command.",
                detail="Restart the kernel and reload the page, so that both are of one version.",
            )
        self.tell(answer)

    async def _obey(self, command: CommandBase) -> Wire:
        if isinstance(command, NeedBundle):
            self.tell({"kind": "bundle", "name": "app"}, [program_code()])
            return Ok(id=command.id)
        answerer = self.answerers().get(type(command))
        try:
            if answerer is None:
                raise OgcError("This widget has no such command.")
            return await answerer(command) or Ok(id=command.id)
        except Exception as error:
            return Failed(id=command.id, **failure_of(error).model_dump())

    def tell(self, message: Wire | dict[str, Any], buffers: list[bytes] | None = None) -> None:
        """Send a message to all views of this widget."""
        content = message.model_dump(mode="json") if isinstance(message, Wire) else message
        self.send(content, buffers)

    def write(self, name: str, value: Wire) -> None:
        """Set a wire trait; on the owner loop only."""
        if self.comm is not None:
            setattr(self, name, value)

    def _repr_mimebundle_(self, **options: Any) -> Any:
        bundle = super()._repr_mimebundle_(**options)
        if bundle is None:
            return None
        data, metadata = bundle
        return {**data, "text/html": self.as_html(), "text/plain": repr(self)}, metadata

    def as_html(self) -> str:
        """What a notebook shows where no widget can be drawn: plain HTML of things as they are."""
        return f"<p>{html.escape(repr(self))}</p>"


def failure_of(error: Exception) -> Failure:
    """An error as the browser shows it; one that nobody foresaw is logged as well."""
    if isinstance(error, OgcError):
        return Failure(title=error.title, detail=error.detail)
    logger.error("A widget could not do what it was asked for", exc_info=error)
    return Failure(title="This did not work.", detail=f"{type(error).__name__}: {error}")
