"""The one owner loop: it does all HTTP of the widgets, owns the boards, and writes all wire state.

A background thread with an event loop of its own, so that a busy cell holds nothing up. Where there
are no threads (Pyodide) it is the running loop.
"""

import asyncio
import concurrent.futures
import sys
import threading
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

THREADS = sys.platform != "emscripten"


class OwnerLoop:
    """Hands work over to the owner's thread, from any thread and any loop."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._kept: set[concurrent.futures.Future[Any]] = set()

    @property
    def loop(self) -> asyncio.AbstractEventLoop:
        """The owner's event loop; started at the first use."""
        with self._lock:
            if self._loop is None or self._loop.is_closed():
                self._loop = self._begin() if THREADS else asyncio.get_running_loop()
            return self._loop

    def _begin(self) -> asyncio.AbstractEventLoop:
        loop = asyncio.new_event_loop()
        threading.Thread(target=loop.run_forever, name="ogc-widgets", daemon=True).start()
        return loop

    def soon(self, callback: Callable[..., object], *arguments: Any) -> None:
        """Call ``callback`` on the owner's thread, later, in the order of the calls."""
        self.loop.call_soon_threadsafe(callback, *arguments)

    def start(self, work: Coroutine[Any, Any, T]) -> concurrent.futures.Future[T]:
        """Start ``work`` on the owner's loop; it is held until it ends."""
        if not THREADS:
            return _as_future(asyncio.ensure_future(work))
        future = asyncio.run_coroutine_threadsafe(work, self.loop)
        self._kept.add(future)
        future.add_done_callback(self._kept.discard)
        return future

    async def reach(self, work: Coroutine[Any, Any, T]) -> T:
        """The outcome of ``work`` done on the owner's loop, awaited from whatever loop runs."""
        if asyncio.get_running_loop() is self.loop:
            return await work
        return await asyncio.wrap_future(self.start(work))

    def wait(self, work: Coroutine[Any, Any, T], timeout: float | None = None) -> T:
        """The outcome of ``work``, blocking this thread for at most ``timeout`` seconds.

        :raises TimeoutError: when the time is over; the work goes on
        :raises RuntimeError: on the owner's own thread, which must never be blocked
        """
        if _running_loop() is self._loop or not THREADS:
            work.close()
            raise RuntimeError("This thread must not be blocked; use await instead.")
        return self.start(work).result(timeout)


def _running_loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


def _as_future(work: "asyncio.Task[T]") -> concurrent.futures.Future[T]:
    future: concurrent.futures.Future[T] = concurrent.futures.Future()

    def settle(done: "asyncio.Task[T]") -> None:
        if done.cancelled():
            future.cancel()
        elif (error := done.exception()) is not None:
            future.set_exception(error)
        else:
            future.set_result(done.result())

    work.add_done_callback(settle)
    return future


owner = OwnerLoop()
