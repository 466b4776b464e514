"""Traits of two kinds: wire traits, which the kernel writes for the browser, and public ones."""

import asyncio
import threading
from collections.abc import Callable
from typing import Any, TypeVar

import traitlets
from traitlets.utils.bunch import Bunch

from ogc_widgets.contract.wire import Wire

W = TypeVar("W", bound=Wire)


def wire_trait(initial: W) -> "WireTrait":
    """A synced trait that holds a value of the contract; only the owner loop may set it."""
    return WireTrait(initial).tag(sync=True, to_json=_to_json)


def _to_json(value: Wire, _widget: object) -> Any:
    return value.model_dump(mode="json")


class WireTrait(traitlets.TraitType[Any, Any]):
    """Holds one immutable model of the contract."""

    def __init__(self, initial: Wire) -> None:
        super().__init__(default_value=initial)
        self._model = type(initial)
        self.info_text = f"a {self._model.__name__}"

    def validate(self, obj: Any, value: Any) -> Any:
        """The value itself, if it is of the contract's type."""
        if isinstance(value, self._model):
            return value
        return self.error(obj, value)


class MainLoop:
    """The loop on which a widget was made, where the observers of its public traits are called."""

    def __init__(self) -> None:
        try:
            self._loop: asyncio.AbstractEventLoop | None = asyncio.get_running_loop()
        except RuntimeError:
            self._loop = None

    def soon(self, callback: Callable[[], object]) -> None:
        """Call ``callback`` on that loop; at once where a script has none."""
        if self._loop is None or self._loop.is_closed():
            callback()
        else:
            self._loop.call_soon_threadsafe(callback)


class Publisher:
    """Sets public traits from the owner loop: seen at once, observed on the main loop."""

    def __init__(self, widget: traitlets.HasTraits) -> None:
        self._widget = widget
        self._main = MainLoop()
        self._lock = threading.RLock()

    def publish(self, name: str, value: Any) -> None:
        """Give the trait its value, and tell its observers if that changed it."""
        with self._lock:
            old = getattr(self._widget, name)
            if old == value:
                return
            # A plain assignment would call the observers here, on the owner's thread.
            self._widget._trait_values[name] = value
        news = Bunch(name=name, old=old, new=value, owner=self._widget, type="change")
        self._main.soon(lambda: self._widget.notify_change(news))
