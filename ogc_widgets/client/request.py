"""The execute request: its body and its ``Prefer`` header."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from ogc_widgets.errors import InvalidInputs
from ogc_widgets.models import ProcessDescription

Mode = Literal["auto", "async", "sync"]
Outputs = Mapping[str, Any] | Iterable[str] | None


def build_body(
    inputs: Mapping[str, Any], outputs: Outputs, description: ProcessDescription | None
) -> dict[str, Any]:
    """The body of an execute request (18-062r2, clause 7.11.2).

    Outputs that nobody chose are all named: to the standard that is the same as none, but some
    servers refuse a body without them. An empty ``outputs`` would ask for nothing: never sent.
    """
    body: dict[str, Any] = {"inputs": dict(inputs)}
    if isinstance(outputs, Mapping):
        named = dict(outputs)
    else:
        named = {output: {} for output in outputs or ()}
    if not named and description is not None:
        named = {output: {} for output in description.outputs}
    if named:
        body["outputs"] = named
    response = description.response_for(named) if description else "document"
    return body | {"response": response}


def write_body(body: Mapping[str, Any]) -> bytes:
    """The body as JSON; raises InvalidInputs for what JSON cannot hold."""
    try:
        return json.dumps(body, allow_nan=False, separators=(",", ":")).encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise InvalidInputs([f"A value cannot be written as JSON: {error}."]) from None


def execute_headers(mode: Mode, description: ProcessDescription | None) -> dict[str, str]:
    """The headers of an execute request.

    ``auto`` asks for a job wherever the process does not say that it is synchronous only; ``sync``
    does so where it says that it is asynchronous only, as some servers fail otherwise.
    """
    if mode not in ("auto", "async", "sync"):
        raise ValueError(f"mode is 'auto', 'async' or 'sync', not {mode!r}.")
    headers = {"Accept": "application/json", "Content-Type": "application/json"}
    options = description.job_control_options if description else ()
    only_sync = "sync-execute" in options and "async-execute" not in options
    only_async = "async-execute" in options and "sync-execute" not in options
    if mode == "async" or (mode == "auto" and not only_sync) or (mode == "sync" and only_async):
        headers["Prefer"] = "respond-async"
    return headers
