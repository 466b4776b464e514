"""The execute request of OGC 18-062r2 (execute.yaml) and its ``Prefer`` header, read and judged."""

import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from .input_schema import media_types
from .inputs import check_inputs
from .problems import Problem
from .processes import Inputs

_WAIT_LIMIT = 60.0


@dataclass(frozen=True, slots=True)
class ExecuteRequest:
    """What is to be executed, and how its results are to be given."""

    inputs: Inputs
    outputs: dict[str, str]
    """The outputs asked for: id -> ``value``, ``reference``, or empty where either will do."""
    response: str
    """``raw``, ``document``, or empty where the request does not say."""
    subscriber: dict[str, str]

    def wishes(self) -> dict[str, Any]:
        """What is kept with the job, in order to give its results as they were asked for."""
        return {
            "outputs": self.outputs,
            "response": self.response,
            "subscriber": self.subscriber,
        }


@dataclass(frozen=True, slots=True)
class Preference:
    """What the ``Prefer`` header asks for (RFC 7240); ``wait`` is in seconds."""

    respond_async: bool = False
    wait: float | None = None


@dataclass(frozen=True, slots=True)
class Mode:
    """How to answer: wait for the job at most ``wait`` seconds (None: to its end)."""

    wait: float | None
    applied: str
    """The value of the header ``Preference-Applied``, or empty."""


def read_preference(headers: list[str]) -> Preference:
    """Read all ``Prefer`` headers; preferences are divided by commas, here also by semicolons."""
    respond_async, wait = False, None
    for said in re.split("[,;]", ",".join(headers)):
        name, _, value = (part.strip().strip('"') for part in said.partition("="))
        if name.lower() == "respond-async":
            respond_async = True
        elif name.lower() == "wait" and wait is None and re.fullmatch("[0-9]{1,6}", value):
            wait = float(value)
    return Preference(respond_async, wait)


def choose_mode(options: list[str], preference: Preference) -> Mode:
    """The mode of execution (OGC 18-062r2, 7.11.2.3), from the process's ``jobControlOptions``."""
    can_sync, can_async = "sync-execute" in options, "async-execute" in options
    wait = None if preference.wait is None else min(preference.wait, _WAIT_LIMIT)
    if not can_async:
        return Mode(None, "")
    if preference.respond_async:
        patience = wait if wait is not None and can_sync else 0.0
        applied = f"respond-async, wait={preference.wait:g}" if patience else "respond-async"
        return Mode(patience, applied)
    if not can_sync:
        return Mode(0.0, "")
    return Mode(wait, "" if wait is None else f"wait={preference.wait:g}")


def read_request(body: bytes, description: dict[str, Any]) -> ExecuteRequest:
    """Read the request for the described process.

    :raises Problem: 400, naming what is wrong
    """
    said = _read_json(body)
    if not isinstance(said, dict):
        raise Problem(400, "", "", "The body must be a JSON object with inputs.")
    response = said.get("response", "")
    if response not in ("", "raw", "document"):
        raise Problem(400, "", "", f"response: {response!r} is neither 'raw' nor 'document'.")
    return ExecuteRequest(
        inputs=check_inputs(description, said.get("inputs", {})),
        outputs=_check_outputs(description, said.get("outputs", {})),
        response=response,
        subscriber=_check_subscriber(said.get("subscriber", {})),
    )


def _read_json(body: bytes) -> Any:
    """The body as JSON in the narrow sense: no NaN, no half of a surrogate pair, nothing endless.

    :raises Problem: 400
    """
    try:
        said = json.loads(body)
        json.dumps(said, ensure_ascii=False, allow_nan=False).encode()
    except json.JSONDecodeError as error:
        why = str(error)
    except UnicodeError:
        why = "it holds what UTF-8 cannot write"
    except RecursionError:
        why = "it is nested too deeply"
    except ValueError:
        why = "it holds a number that is infinite, too long, or none"
    else:
        return said
    raise Problem(400, "", "", f"The body is not JSON: {why}.")


def _check_outputs(description: dict[str, Any], said: Any) -> dict[str, str]:
    """The outputs asked for; all, where the request names none."""
    described: dict[str, Any] = description.get("outputs", {})
    if not isinstance(said, dict):
        raise Problem(400, "", "", "outputs: must be an object of output id and wishes.")
    for output_id in said:
        if output_id not in described:
            known = ", ".join(described) or "none"
            detail = f"outputs: the process has no output {output_id!r}. It has: {known}."
            raise Problem(400, "", "", detail)
    modes = description.get("outputTransmission", ["value"])
    asked = said or {output_id: {} for output_id in described}
    return {
        output_id: _check_output(output_id, described[output_id], one, modes)
        for output_id, one in asked.items()
    }


def _check_output(output_id: str, described: dict[str, Any], said: Any, modes: list[str]) -> str:
    """How one output is to be transmitted."""
    wish = said if isinstance(said, dict) else {}
    transmission = wish.get("transmissionMode", "")
    if transmission not in ("", *modes):
        detail = f"outputs: {output_id!r} can be transmitted by {' or '.join(modes)}, "
        raise Problem(400, "", "", f"{detail}not by {transmission!r}.")
    wanted = wish.get("format")
    media_type = wanted.get("mediaType") if isinstance(wanted, dict) else None
    offered = media_types(described.get("schema", {}))
    if media_type is not None and offered and media_type not in offered:
        detail = f"outputs: {output_id!r} is offered as {', '.join(offered)}, not {media_type!r}."
        raise Problem(400, "", "", detail)
    return str(transmission)


def _check_subscriber(said: Any) -> dict[str, str]:
    names = ("successUri", "inProgressUri", "failedUri")
    if not isinstance(said, dict):
        raise Problem(400, "", "", "subscriber: must be an object of URIs.")
    wanted = {name: str(said[name]) for name in names if name in said}
    for name, address in wanted.items():
        if urlsplit(address).scheme not in ("http", "https"):
            raise Problem(400, "", "", f"subscriber: {name} must be an http or https URL.")
    return wanted
