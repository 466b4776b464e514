"""The service of the real wraptile, with the same processes. Runs in its environment.

Annotations are evaluated at once here, since procodile reads them without this module's names.
"""

import os
from typing import Annotated, Any, Literal

from gate import pass_gate
from procodile import JobContext
from pydantic import Field
from wraptile.services.local import LocalService

AREA = {"type": "Polygon", "coordinates": [[[7, 50], [8, 50], [8, 51], [7, 50]]]}

service = LocalService(title=os.environ["OGC_LIVE_TOKEN"], description="Processes of the tests")
process = service.process_registry.process


@process(id="echo", title="The process echo", outputs={"echo": Field()})
def echo(
    text: str,
    number: Annotated[int, Field(ge=0, le=10)] = 3,
    bands: list[Literal["red", "green", "blue"]] = [],  # noqa: B006
) -> dict[str, Any]:
    """Gives back what it gets."""
    return {"text": text, "number": number, "bands": bands}


@process(id="long", title="The process long", outputs={"passed": Field()})
def long(gate: str, silent: bool = False) -> str:
    """Waits at a gate, half done; says how far it is, unless silent."""
    job = JobContext.get()
    if not silent:
        job.report_progress(50, "Waiting at the gate")
    if not pass_gate(gate, lambda: silent or not job.is_cancelled()):
        job.check_cancelled()
    return gate


@process(id="fail", title="The process fail")
def fail(reason: str) -> str:
    """Fails for the reason that it is given."""
    raise ValueError(reason)


@process(
    id="many",
    title="The process many",
    outputs={"count": Field(), "label": Field(), "area": Field()},
)
def many(count: int) -> tuple[int, str, dict[str, Any]]:
    """Several outputs: a number, a text, a geometry."""
    return count, f"{count} ü", AREA
