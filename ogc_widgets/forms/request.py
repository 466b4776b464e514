"""Values in, an execute request out, and an example request back into values."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ogc_widgets.contract.form import OutputChoice, OutputSelection
from ogc_widgets.forms.boxes import from_wire, to_wire
from ogc_widgets.forms.inputs import Input
from ogc_widgets.forms.plain import is_plain
from ogc_widgets.forms.qualified import qualified, unqualified
from ogc_widgets.models.document import read_text

AskedOutputs = Sequence[str] | Sequence[OutputSelection] | Mapping[str, Any]


def request_inputs(inputs: Iterable[Input], values: Mapping[str, Any]) -> dict[str, Any]:
    """The ``inputs`` of an execute request (OGC 18-062r2, clause 7.11.2).

    What is not set is left out; where null was chosen for a required input that allows it, null is
    sent. Several values are always an array. Ids go back as the server wrote them.
    """
    sent: dict[str, Any] = {}
    for given in inputs:
        value = values.get(given.id)
        if given.is_set(value):
            sent[given.sent_id] = _sent(given, value)
        elif value is None and given.id in values and given.required and given.nullable:
            sent[given.sent_id] = None
    return sent


def request_outputs(choices: Iterable[OutputChoice], asked: AskedOutputs | None) -> dict[str, Any]:
    """The ``outputs`` of an execute request: each named, all of them where nothing is asked.

    :param asked: ids, selections of the form, or a mapping of id to what the standard asks for
    """
    if asked is None:
        return {choice.id: {} for choice in choices}
    if isinstance(asked, Mapping):
        return {name: dict(how) if isinstance(how, Mapping) else {} for name, how in asked.items()}
    by_key = {choice.key: choice for choice in choices}
    named: dict[str, Any] = {}
    for one in [asked] if isinstance(asked, str) else asked:
        if isinstance(one, str):
            named[one] = {}
        elif one.selected and one.key in by_key:
            named[by_key[one.key].id] = _how(one)
    return named


def example_values(inputs: Iterable[Input], example: Any) -> dict[str, Any] | None:
    """The values of an example execute request by input id; None where it names no input."""
    sent = sent_inputs(example)
    if sent is None:
        return None
    values = {
        given.id: _taken(given, sent[given.sent_id])
        for given in inputs
        if sent.get(given.sent_id) is not None and is_plain(sent[given.sent_id])
    }
    return values or None


def sent_inputs(request: Any) -> Mapping[str, Any] | None:
    """The ``inputs`` of a request by id, also as older servers list them; None for no inputs."""
    sent = request.get("inputs") if isinstance(request, Mapping) else None
    if isinstance(sent, list):
        pairs = [entry for entry in sent if isinstance(entry, Mapping) and "id" in entry]
        sent = {read_text(entry["id"]): entry.get("value", entry.get("data")) for entry in pairs}
    return sent if isinstance(sent, Mapping) else None


def _sent(given: Input, value: Any) -> Any:
    if not given.multiple:
        return qualified(to_wire(value, given.schema), given.schema)
    rows = value if isinstance(value, list | tuple) else [value]
    return [qualified(to_wire(row, given.schema), given.schema) for row in rows if row is not None]


def _taken(given: Input, value: Any) -> Any:
    if not given.multiple:
        return from_wire(unqualified(value, given.schema), given.schema)
    rows = value if isinstance(value, list) else [value]
    return [
        from_wire(unqualified(row, given.schema), given.schema) for row in rows if row is not None
    ]


def _how(selection: OutputSelection) -> dict[str, Any]:
    how: dict[str, Any] = {}
    if selection.media_type:
        how["format"] = {"mediaType": selection.media_type}
    if selection.transmission != "auto":
        how["transmissionMode"] = selection.transmission
    return how
