"""The inputs of an execute request, judged against the process description.

The shapes are those of OGC 18-062r2, 7.11.1: a literal, an array of them, a qualified value
``{"value": ..., "mediaType": ...}``, a link ``{"href": ..., "type": ...}``, a bounding box.
"""

from typing import Any

from .input_schema import media_types, why_wrong
from .problems import Problem
from .processes import Inputs

_UNBOUNDED = float("inf")


def wrong_input(input_id: str, why: str) -> Problem:
    """The problem of one input; ``why`` is a sentence."""
    return Problem(400, "", f"The input {input_id!r} cannot be used.", f"{input_id}: {why}")


def check_inputs(description: dict[str, Any], said: Any) -> Inputs:
    """The inputs that the process is given: qualified values unwrapped.

    A link stays as it is, and a default is the process's own affair.

    :raises Problem: 400, naming the input
    """
    described: dict[str, Any] = description.get("inputs", {})
    if not isinstance(said, dict):
        raise Problem(400, "", "", "inputs: must be an object of input id and value.")
    for input_id in said:
        if input_id not in described:
            known = ", ".join(described) or "none"
            raise wrong_input(input_id, f"the process has no such input. It has: {known}.")
    given: Inputs = {}
    for input_id, one in described.items():
        if input_id in said:
            given[input_id] = _check(input_id, one, said[input_id])
        elif _lowest(one) > 0 and "default" not in one.get("schema", {}):
            raise wrong_input(input_id, "it is required, and was not given.")
    return given


def _lowest(description: dict[str, Any]) -> int:
    return int(description.get("minOccurs", 1))


def _highest(description: dict[str, Any]) -> float:
    said = description.get("maxOccurs", 1)
    return _UNBOUNDED if said == "unbounded" else float(said)


def _check(input_id: str, description: dict[str, Any], said: Any) -> Any:
    """One input's value or values, as the process is given them."""
    schema = description.get("schema", {})
    if not _is_several(description, said):
        return _check_one(input_id, schema, said)
    if not _lowest(description) <= len(said) <= _highest(description):
        bounds = f"{_lowest(description)} to {description.get('maxOccurs', 1)}"
        raise wrong_input(input_id, f"{len(said)} values were given, where {bounds} are wanted.")
    return [_check_one(input_id, schema, one) for one in said]


def _is_several(description: dict[str, Any], said: Any) -> bool:
    """Whether the array is several values, or is itself one value of an array schema."""
    if not isinstance(said, list) or _highest(description) <= 1:
        return False
    if description.get("schema", {}).get("type") != "array":
        return True
    return all(isinstance(one, (list, dict)) for one in said)


def _check_one(input_id: str, schema: Any, said: Any) -> Any:
    if is_link(said) and why_wrong(said, schema):
        return said
    value = said["value"] if _is_qualified(said) else said
    why = why_wrong(value, schema)
    foreign = _why_foreign(said, schema)
    if foreign:
        raise wrong_input(input_id, foreign)
    if why and _is_qualified(said) and not why_wrong(said, schema):
        return said
    if why:
        raise wrong_input(input_id, why)
    return value


def _why_foreign(said: Any, schema: Any) -> str:
    """Why the media type of a qualified value is none that the schema names; empty where it is."""
    named = said.get("mediaType") if _is_qualified(said) else None
    taken = media_types(schema)
    if named is None or not taken or _essence(named) in map(_essence, taken):
        return ""
    return f"it is taken as {' or '.join(taken)}, not as {str(named)[:80]!r}."


def _essence(media_type: object) -> str:
    return str(media_type).partition(";")[0].strip().lower()


def is_link(said: Any) -> bool:
    """Whether the value is given by reference."""
    return isinstance(said, dict) and isinstance(said.get("href"), str)


def _is_qualified(said: Any) -> bool:
    names = {"value", "mediaType", "encoding", "schema"}
    return isinstance(said, dict) and "value" in said and said.keys() <= names
