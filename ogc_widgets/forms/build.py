"""A process description in, a form out."""

from collections.abc import Mapping
from typing import Any

from ogc_widgets.contract.form import (
    Field,
    ModeChoice,
    OutputChoice,
    Problem,
    Transmission,
)
from ogc_widgets.forms.fields import make_field
from ogc_widgets.forms.inputs import Input, read_input, unreadable_input
from ogc_widgets.forms.outputs import read_modes, read_outputs, read_transmissions
from ogc_widgets.forms.plain import encodable
from ogc_widgets.forms.request import (
    AskedOutputs,
    example_values,
    request_inputs,
    request_outputs,
)
from ogc_widgets.forms.schema import Budget
from ogc_widgets.forms.taking import Offer, TakenRequest, take
from ogc_widgets.forms.validate import Judge
from ogc_widgets.models.process import InputDescription, ProcessDescription

UNKNOWN_INPUT = "This process has no input “{name}”. Its inputs are: {known}."
NO_INPUTS = "This process has no input “{name}”; it takes none."
MOST_NAMED = 20


class FormModel:
    """A form: what it asks for, how it judges values, and the request that it makes of them.

    Values are plain Python: a mapping of input id to a JSON value, a list where an input may occur
    more than once. Nothing here is changed by filling in the form, so threads may share it.

    :ivar fields: one for each input, in the server's order
    :ivar outputs: what may be asked for; :ivar modes: how it may be executed, with reasons
    :ivar transmissions: how outputs may be sent
    """

    def __init__(self, description: ProcessDescription, pairs: list[tuple[Input, Field]]) -> None:
        self._inputs = tuple(given for given, _ in pairs)
        self._description = description
        self.fields: tuple[Field, ...] = tuple(field for _, field in pairs)
        self.outputs: tuple[OutputChoice, ...] = read_outputs(description, Budget())
        self.modes: tuple[ModeChoice, ...] = read_modes(description)
        self.transmissions: tuple[Transmission, ...] = read_transmissions(description)
        offered = self.example_values() or {}
        self._judges = {
            given.id: Judge(given, field, [offered[given.id]] if given.id in offered else [])
            for given, field in pairs
        }

    def __repr__(self) -> str:
        return f"FormModel({len(self.fields)} fields)"

    def initial_values(self) -> dict[str, Any]:
        """The server's defaults by input id; what has none is left out."""
        return {given.id: given.default for given in self._inputs if given.default is not None}

    def example_values(self) -> dict[str, Any] | None:
        """The values of the description's example request, or None where it has none."""
        return example_values(self._inputs, self._description.example)

    def validate(self, values: Mapping[str, Any]) -> list[Problem]:
        """What is wrong with the values, in the order of the fields.

        A problem of severity ``warning`` need not keep anybody from submitting: there only the
        server's own description is doubtful. Values judged before are not judged again.
        """
        problems = [
            problem
            for name, judge in self._judges.items()
            for problem in judge.problems(values.get(name), present=name in values)
        ]
        unknown = [name for name in values if name not in self._judges]
        return [*problems, *(self._unknown(name) for name in unknown[:MOST_NAMED])]

    def execute_request(
        self, values: Mapping[str, Any], outputs: AskedOutputs | None = None
    ) -> dict[str, Any]:
        """The body of an execute request for these values, whatever ``validate`` says of them.

        Every output is named (some servers refuse a request that names none), and an empty
        ``outputs``, which would ask for nothing, is never sent. How to execute is not part of the
        body: it goes into the ``Prefer`` header (OGC 18-062r2, clause 7.11.2.3).

        :param outputs: ids, selections or a mapping of id to format; all outputs where None
        """
        request: dict[str, Any] = {"inputs": request_inputs(self._inputs, values)}
        named = request_outputs(self.outputs, outputs)
        if named:
            request["outputs"] = named
        return {**request, "response": self._description.response_for(named)}

    def take(self, request: Mapping[str, Any]) -> TakenRequest:
        """What an execute request that somebody wrote means to this form."""
        return take(request, Offer(self._inputs, self.outputs, self.modes, self.transmissions))

    def _unknown(self, name: Any) -> Problem:
        known = ", ".join(f"“{given.id}”" for given in self._inputs[:MOST_NAMED])
        sentence = UNKNOWN_INPUT if known else NO_INPUTS
        shown = encodable(str(name))[:200]
        return Problem(key="", message=sentence.format(name=shown, known=known))


def build_form(description: ProcessDescription | Mapping[str, Any]) -> FormModel:
    """The form for a process.

    Never raises, and has a field for every input: what no field fits is a JSON field that says
    why, and what of the description is doubtful is in the field's notes.

    :param description: a ``ProcessDescription``, or the server's JSON document
    """
    read = description if isinstance(description, ProcessDescription) else _read(description)
    budget = Budget()
    pairs = [
        build_field(f"f{place}", described, read.raw, budget)
        for place, described in enumerate(read.inputs.values())
    ]
    return FormModel(read, pairs)


def build_field(
    key: str, described: InputDescription, description: Any, budget: Budget
) -> tuple[Input, Field]:
    """An input and its field; where a description defeats us, a field for any JSON."""
    try:
        return pair_of(key, described, description, budget)
    except Exception:
        given = unreadable_input(key, described)
        return given, make_field(given)


def pair_of(
    key: str, described: InputDescription, description: Any, budget: Budget
) -> tuple[Input, Field]:
    """An input and its field."""
    given = read_input(key, described, description, budget)
    return given, make_field(given)


def _read(document: Mapping[str, Any]) -> ProcessDescription:
    """The description, also where an old server wraps it in ``process``."""
    inner = document.get("process") if isinstance(document, Mapping) else None
    if isinstance(inner, Mapping) and "inputs" not in document:
        return ProcessDescription(dict(inner))
    return ProcessDescription(document)
