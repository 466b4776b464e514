"""Traits of two kinds: wire traits, which the kernel writes for the browser, and public ones."""

import asyncio
import logging
import threading
from collections.abc import Callable
from typing import Any, TypeVar

import traitlets
from traitlets.utils.bunch import Bunch

from ogc_widgets.contract.wire import Wire

logger = logging.getLogger(__name__)

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


class Whole(dict[str, Any]):
    """The value of a trait that is set as a whole: a change inside it would tell nobody.

    A copy of it is a plain dict.
    """

    def _refuse(self, *_: Any, **__: Any) -> Any:
        raise TypeError("Set the whole of it, as in: form.values = {**form.values, name: value}.")

    __setitem__ = __delitem__ = __ior__ = _refuse
    update = setdefault = pop = popitem = clear = _refuse

    def __reduce__(self) -> Any:
        return dict, (dict(self),)


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
            try:
                callback()
            except Exception:
                # An observer's error is its author's, and must not end what called it.
                logger.exception("An observer failed")
        else:
            self._loop.call_soon_threadsafe(callback)


class Publisher:
    """Sets public traits from the owner loop: seen at once, observed on the main loop.

    While that is busy, changes gather: observers are told of the last one only, so that what they
    are told is what the trait holds (``ipywidgets.link`` insists on it).
    """

    def __init__(self, widget: traitlets.HasTraits) -> None:
        self._widget = widget
        self._main = MainLoop()
        self._lock = threading.RLock()
        self._untold: dict[str, Any] = {}

    def publish(self, name: str, value: Any) -> None:
        """Give the trait its value, and tell its observers if that changed it."""
        with self._lock:
            old = getattr(self._widget, name)
            if old == value:
                return
            # A plain assignment would call the observers here, on the owner's thread.
            self._widget._trait_values[name] = value
            under_way = name in self._untold
            self._untold.setdefault(name, old)
        if not under_way:
            self._main.soon(lambda: self._notify(name))

    def _notify(self, name: str) -> None:
        with self._lock:
            old, new = self._untold.pop(name), getattr(self._widget, name)
        if old != new:
            news = Bunch(name=name, old=old, new=new, owner=self._widget, type="change")
            self._widget.notify_change(news)
