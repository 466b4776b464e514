"""The one owner loop: it does all HTTP of the widgets, owns the boards, and writes all wire state.

A background thread with an event loop of its own, so that a busy cell holds nothing up. Where there
are no threads (Pyodide) it is the running loop.
"""

import asyncio
import atexit
import concurrent.futures
import os
import sys
import threading
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

THREADS = sys.platform != "emscripten"
FAREWELL = 2.0


class OwnerLoop:
    """Hands work over to the owner's thread, from any thread and any loop."""

    def __init__(self) -> None:
        self._forget()

    def _forget(self) -> None:
        """Begin anew; in a forked process the thread of the old loop does not exist."""
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._kept: set[asyncio.Task[Any]] = set()
        self._over = False

    @property
    def loop(self) -> asyncio.AbstractEventLoop:
        """The owner's event loop; started at the first use."""
        with self._lock:
            if self._loop is None or self._loop.is_closed():
                self._loop = self._begin() if THREADS else asyncio.get_running_loop()
            return self._loop

    def _begin(self) -> asyncio.AbstractEventLoop:
        runner = asyncio.Runner(loop_factory=asyncio.new_event_loop)
        loop = runner.get_loop()
        self._thread = threading.Thread(
            target=_live, args=(runner,), name="ogc-widgets", daemon=True
        )
        self._thread.start()
        return loop

    def end(self) -> None:
        """Stop all work and close its connections, in at most two seconds; for the end of Python.

        What is dropped after that (widgets are, one by one) starts no thread again: none would.
        """
        self._over = True
        if self._loop is not None and self._thread is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(FAREWELL)

    def soon(self, callback: Callable[..., object], *arguments: Any) -> None:
        """Call ``callback`` on the owner's thread, later, in the order of the calls."""
        if not self._over:
            self.loop.call_soon_threadsafe(callback, *arguments)

    def start(self, work: Coroutine[Any, Any, T]) -> concurrent.futures.Future[T]:
        """Start ``work`` on the owner's loop; it is held until it ends.

        Who cancels the future waits no more, and the work goes on: a request may be on its way.
        """
        if not THREADS:
            return _as_future(asyncio.ensure_future(work))
        return asyncio.run_coroutine_threadsafe(self._hold(work), self.loop)

    async def _hold(self, work: Coroutine[Any, Any, T]) -> T:
        held = asyncio.get_running_loop().create_task(work)
        self._kept.add(held)
        held.add_done_callback(self._kept.discard)
        return await asyncio.shield(held)

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


def _live(runner: asyncio.Runner) -> None:
    with runner:
        runner.get_loop().run_forever()


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
atexit.register(owner.end)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=owner._forget)
