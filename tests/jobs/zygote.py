"""Kernels to be killed: reads one JSON order a line, forks, lets the child submit, and kills it.

An order is ``{"url", "ledger", "process", "delay", "step"}``: the child is killed ``delay`` seconds
after the fork, or kills itself at a ``step``. A line of the answer is the child's exit status.
"""

import asyncio
import json
import os
import signal
import ssl
import sys
import time

from ogc_widgets.client import ProcessesClient
from ogc_widgets.jobs import JobBoard
from ogc_widgets.jobs.ledger import Ledger

# Made once: it takes a child longer than all the rest.
TRUST = ssl.create_default_context()


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def arm(step: str) -> None:
    """Let the process die before or after one of the three acts of a submission."""
    moment, _, name = step.partition(" ")
    owner = Ledger if name in ("open", "settle") else ProcessesClient
    act = getattr(owner, name)

    async def armed(*arguments, **options):
        if moment == "before":
            die()
        outcome = await act(*arguments, **options)
        if moment == "after":
            die()
        return outcome

    setattr(owner, name, armed)


def submit(order: dict) -> None:
    if order.get("step"):
        arm(order["step"])
    board = JobBoard(ProcessesClient(order["url"], verify=TRUST), ledger=order["ledger"])
    asyncio.run(board.submit(order["process"], {"n": 1}))


for line in sys.stdin:
    order = json.loads(line)
    child = os.fork()
    if child == 0:
        try:
            submit(order)
        finally:
            os._exit(0)
    if "delay" in order:
        time.sleep(order["delay"])
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    print(os.waitstatus_to_exitcode(status), flush=True)
