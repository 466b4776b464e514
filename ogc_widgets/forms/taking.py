"""An execute request as somebody wrote it, read back into what a form holds.

Nothing is dropped in silence: what the form cannot express is a sentence, and then the request is
not taken at all.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from ogc_widgets.contract.form import Mode, ModeChoice, OutputChoice, OutputSelection, Transmission
from ogc_widgets.forms.boxes import from_wire
from ogc_widgets.forms.inputs import Input
from ogc_widgets.forms.plain import NotPlain, encodable, plain
from ogc_widgets.forms.qualified import is_qualified, qualified, unqualified
from ogc_widgets.forms.request import sent_inputs

LARGEST_REQUEST = 2_000_000
"""How many characters of text are read."""
MEMBERS = ("inputs", "outputs", "response", "mode")
MOST_NAMED = 20
TOO_LARGE = f"The request is larger than {LARGEST_REQUEST // 1_000_000} MB. Give data by reference."
NO_OBJECT = 'A request is an object: {"inputs": {…}}.'
NO_INPUTS = "“inputs” must be an object that names each input."
NO_OUTPUTS = "“outputs” must be an object that names each output."
NO_RESPONSE = "“response” can only be “document” here."
NO_MEMBER = "The form cannot send “{name}”. Remove it."
NO_FORMAT = (
    "Output “{name}” can be asked for by “format” with a “mediaType”, and by “transmissionMode”."
)
NO_MEDIA_TYPE = "The server does not offer output “{name}” as “{value}”, only as: {known}."
NO_TRANSMISSION = "The server does not offer to send outputs by “{value}”."
NO_MODE = "“mode” is “auto”, “async” or “sync”."


class NoRequest(ValueError):
    """The text is no request at all; the message says why."""


@dataclass
class TakenRequest:
    """What a request means to a form, and the sentences about what it cannot hold.

    :ivar values: by input id, without their wrapping; null where it is sent
    :ivar outputs: how each is asked for, None where the request names none
    """

    values: dict[str, Any] = field(default_factory=dict)
    outputs: tuple[OutputSelection, ...] | None = None
    mode: Mode | None = None
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Offer:
    """What a process takes and gives."""

    inputs: tuple[Input, ...]
    outputs: tuple[OutputChoice, ...]
    modes: tuple[ModeChoice, ...]
    transmissions: tuple[Transmission, ...]


def read_request(text: str) -> dict[str, Any]:
    """The request that a text holds.

    :raises NoRequest: it is too large, no JSON, names something twice, or is no object
    """
    if len(text) > LARGEST_REQUEST:
        raise NoRequest(TOO_LARGE)
    try:
        document = plain(json.loads(text, object_pairs_hook=_object))
    except NotPlain:
        raise NoRequest("This has numbers that JSON does not know, or nests too deep.") from None
    except RecursionError:
        raise NoRequest("This nests too deep.") from None
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise NoRequest(f"This is not JSON: look at {place}. {error.msg}.") from None
    except NoRequest:
        raise
    except ValueError:
        raise NoRequest("This holds a number that is too long.") from None
    if not isinstance(document, dict):
        raise NoRequest(NO_OBJECT)
    return document


def take(document: Mapping[str, Any], offer: Offer) -> TakenRequest:
    """What an execute request (OGC 18-062r2, clause 7.11.2) means to the form of a process."""
    taken = TakenRequest()
    for name in [name for name in document if name not in MEMBERS][:MOST_NAMED]:
        taken.problems.append(NO_MEMBER.format(name=_shown(name)))
    if document.get("response", "document") != "document":
        taken.problems.append(NO_RESPONSE)
    _take_inputs(taken, document, offer)
    _take_outputs(taken, document.get("outputs"), offer)
    _take_mode(taken, document.get("mode"), offer)
    return taken


def _take_inputs(taken: TakenRequest, document: Mapping[str, Any], offer: Offer) -> None:
    sent = sent_inputs(document) if document.get("inputs") is not None else {}
    if sent is None:
        taken.problems.append(NO_INPUTS)
        return
    known = {name: given for given in offer.inputs for name in (given.id, given.sent_id)}
    titles = [given.id for given in offer.inputs]
    taken.problems += _unknown("input", (name for name in sent if name not in known), titles)
    taken.values = {
        known[name].id: _bare(known[name], value) for name, value in sent.items() if name in known
    }


def _bare(given: Input, value: Any) -> Any:
    """A value without its wrapping, unless the form would wrap it differently."""
    if given.multiple and isinstance(value, list):
        return [_bare_row(given, row) for row in value]
    return _bare_row(given, value)


def _bare_row(given: Input, value: Any) -> Any:
    if not is_qualified(value, given.schema):
        return from_wire(value, given.schema)
    bare = unqualified(value, given.schema)
    lost = value.keys() - {"value"} and qualified(bare, given.schema) != value
    return value if lost else from_wire(bare, given.schema)


def _take_outputs(taken: TakenRequest, asked: Any, offer: Offer) -> None:
    if isinstance(asked, list) and all(isinstance(name, str) for name in asked):
        asked = {name: {} for name in asked}
    if asked is None or asked == {}:
        return
    if not isinstance(asked, Mapping):
        taken.problems.append(NO_OUTPUTS)
        return
    by_id = {choice.id: choice for choice in offer.outputs}
    taken.problems += _unknown("output", (name for name in asked if name not in by_id), by_id)
    selections = [OutputSelection(key=one.key, selected=False) for one in offer.outputs]
    for place, choice in enumerate(offer.outputs):
        if choice.id in asked:
            selections[place] = _selection(taken, choice, asked[choice.id] or {}, offer)
    taken.outputs = tuple(selections)


def _selection(
    taken: TakenRequest, choice: OutputChoice, how: Any, offer: Offer
) -> OutputSelection:
    """How one output is asked for; by value is what a server does that knows no other way."""
    shape = how.get("format") if isinstance(how, Mapping) else None
    media_type = shape.get("mediaType") if isinstance(shape, Mapping) else None
    by = how.get("transmissionMode") if isinstance(how, Mapping) else None
    name = _shown(choice.id)
    if not isinstance(how, Mapping) or not _only_known(how, shape, media_type):
        taken.problems.append(NO_FORMAT.format(name=name))
        return OutputSelection(key=choice.key)
    if media_type and media_type not in choice.media_types:
        known = ", ".join(f"“{one}”" for one in choice.media_types) or "the server decides"
        taken.problems.append(
            NO_MEDIA_TYPE.format(name=name, value=_shown(media_type), known=known)
        )
    transmission = "auto" if by == "value" and offer.transmissions == ("auto",) else by or "auto"
    if transmission not in offer.transmissions:
        taken.problems.append(NO_TRANSMISSION.format(value=_shown(transmission)))
        return OutputSelection(key=choice.key)
    return OutputSelection(
        key=choice.key, media_type=media_type or "", transmission=cast(Transmission, transmission)
    )


def _only_known(how: Mapping[str, Any], shape: Any, media_type: Any) -> bool:
    """Whether the form can ask for an output like this, and nothing would be lost."""
    if not isinstance(media_type, str | None):
        return False
    plain_shape = shape in (None, {}, {"mediaType": media_type})
    return plain_shape and how.keys() <= {"format", "transmissionMode"}


def _take_mode(taken: TakenRequest, mode: Any, offer: Offer) -> None:
    if mode is None:
        return
    choice = next((one for one in offer.modes if one.mode == mode), None)
    if choice is None:
        taken.problems.append(NO_MODE)
    elif not choice.allowed:
        taken.problems.append(choice.reason)
    else:
        taken.mode = choice.mode


def _unknown(what: str, names: Iterable[str], known: Iterable[str]) -> list[str]:
    listed = ", ".join(f"“{_shown(name)}”" for name in list(known)[:MOST_NAMED])
    there = f"Its {what}s are: {listed}." if listed else f"It has no {what}s."
    found = list(names)[:MOST_NAMED]
    return [f"This process has no {what} “{_shown(name)}”. {there}" for name in found]


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise NoRequest(f"“{_shown(twice)}” stands twice in one object.")
    return made


def _shown(value: Any) -> str:
    text = encodable(str(value))
    return text if len(text) <= 100 else text[:100] + "…"
