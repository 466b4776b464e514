"""Widgets without a browser: what they send is recorded, what a browser sends is played."""

import itertools
import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.fake_server import FakeServer
from tests.waiting import wait_until


class Browser:
    """Plays the browser of one widget.

    :ivar messages: custom messages of the kernel: (content, buffers)
    :ivar states: state updates of the kernel
    """

    def __init__(self, widget: Any) -> None:
        self.widget = widget
        self.messages: list[tuple[dict[str, Any], list[bytes]]] = []
        self.states: list[dict[str, Any]] = [widget.get_state()]
        self._ids = (f"q{number}" for number in itertools.count(1))
        widget.comm.send = self._record

    def _record(self, data=None, metadata=None, buffers=None) -> None:
        json.dumps(data, allow_nan=False)
        if data["method"] == "custom":
            self.messages.append((data["content"], buffers or []))
        elif data["method"] == "update":
            self.states.append(data["state"])

    def say(self, content: Any) -> None:
        """Send something to the kernel."""
        self.widget._handle_custom_msg(content, [])

    def ask(self, kind: str, **members: Any) -> dict[str, Any]:
        """Send a command and wait for its answer."""
        identifier = next(self._ids)
        self.say({"kind": kind, "id": identifier, **members})
        return wait_until(lambda: self.answer(identifier), what=f"an answer to {kind}")

    def answer(self, identifier: str) -> dict[str, Any] | None:
        """The answer to a command, if it came."""
        for content, _ in self.messages:
            if content.get("id") == identifier:
                return content
        return None

    def state(self, name: str) -> dict[str, Any]:
        """A wire trait as the browser would read it after a reload."""
        return self.widget.get_state()[name]

    def everything(self) -> str:
        """All that ever went to the browser."""
        return repr(self.states) + repr(self.messages) + repr(self.widget.get_state())


@pytest.fixture
def server() -> FakeServer:
    """A server made of a few dicts."""
    return FakeServer()


@pytest.fixture
def browse() -> Iterator[Any]:
    """Makes the browser of a widget; widgets are closed at the end."""
    browsers: list[Browser] = []

    def open_browser(widget: Any) -> Browser:
        browsers.append(Browser(widget))
        return browsers[-1]

    yield open_browser
    for browser in browsers:
        browser.widget.close()
