"""`make bench`: how long a user waits for what happens first. Medians, in milliseconds."""

from __future__ import annotations

import asyncio
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

from ogc_widgets.client import ProcessesClient
from ogc_widgets.demo.launch import demo_server
from ogc_widgets.forms.build import build_form

STATEMENTS = {
    "nothing": "pass",
    "import ogc_widgets": "import ogc_widgets",
    "the client": "from ogc_widgets import ProcessesClient",
    "a widget": "from ogc_widgets import ProcessForm",
}
CALLS = 50


def median(act: Callable[[], object], times: int) -> float:
    """The median of some runs."""
    spans = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        spans.append((time.perf_counter() - start) * 1000)
    return statistics.median(spans)


def starts() -> Iterator[tuple[str, float]]:
    """Python's start, alone and with what a user imports."""
    for name, statement in STATEMENTS.items():
        command = [sys.executable, "-c", statement]
        yield f"start of Python with {name}", median(lambda c=command: subprocess.check_call(c), 5)


def calls() -> Iterator[tuple[str, float]]:
    """A description asked of the embedded server, and the form made from it."""
    with demo_server() as server, asyncio.Runner() as runner:
        client = ProcessesClient(server.url)
        description = runner.run(client.process("echo"))
        yield "description of echo", median(lambda: runner.run(client.process("echo")), CALLS)
        yield "form of echo", median(lambda: build_form(description), CALLS)


if __name__ == "__main__":
    for name, milliseconds in [*starts(), *calls()]:
        print(f"{name:<44}{milliseconds:9.1f} ms")
