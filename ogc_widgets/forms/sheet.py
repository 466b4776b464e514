"""A form while it is filled in: the drafts, and what follows from them."""

import threading
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from ogc_widgets.contract.commands import Language
from ogc_widgets.contract.form import (
    Draft,
    Field,
    FormView,
    Mode,
    OutputSelection,
    Problem,
)
from ogc_widgets.forms.build import FormModel
from ogc_widgets.forms.code import Target, curl_code, json_code, python_code
from ogc_widgets.forms.plain import same, words_of
from ogc_widgets.forms.taking import TakenRequest
from ogc_widgets.forms.values import (
    drafts_from_values,
    is_secret,
    mask_values,
    values_from_drafts,
)
from ogc_widgets.models import MASK, ProcessDescription


class FormSheet:
    """The drafts of one form, judged. Any thread may ask and change it.

    Drafts are what was typed, by field key; values are what they mean, by input id.

    :param model: the form
    :param mode: how to execute, until somebody chooses
    """

    def __init__(self, model: FormModel, *, mode: Mode = "auto") -> None:
        self._model = model
        self._lock = threading.RLock()
        self._mode: Mode = mode
        self._outputs = {one.key: OutputSelection(key=one.key) for one in model.outputs}
        self._defaults = drafts_from_values(model.fields, model.initial_values())
        self._drafts = dict(self._defaults)
        self._unknown: dict[str, Any] = {}

    @property
    def mode(self) -> Mode:
        """How to execute."""
        return self._mode

    def put(self, values: Mapping[str, Any], *, keep: bool = False) -> None:
        """Set the values by input id; a masked secret stays as it is.

        :param keep: whether other inputs keep their values
        """
        meant = {name: value for name, value in values.items() if not same(value, MASK)}
        kept = {
            field.key
            for field in self._model.fields
            if keep or (field.id not in meant and field.id in values)
        }
        known = {field.id for field in self._model.fields}
        with self._lock:
            drafts = {key: draft for key, draft in self._drafts.items() if key in kept}
            self._drafts = drafts | drafts_from_values(self._model.fields, meant)
            self._unknown = {name: value for name, value in meant.items() if name not in known}

    def edit(self, drafts: Mapping[str, Any]) -> None:
        """Set these drafts by field key; null is not set."""
        known = {field.key for field in self._model.fields}
        with self._lock:
            for key, draft in drafts.items():
                if key in known:
                    self._drafts[key] = draft
            self._drafts = {key: value for key, value in self._drafts.items() if value is not None}

    def fill(self, source: Literal["defaults", "example"]) -> None:
        """Put the description's defaults, or its example, in the place of all values."""
        values = self._model.initial_values()
        if source == "example":
            values = {**values, **(self._model.example_values() or {})}
        with self._lock:
            self._drafts = drafts_from_values(self._model.fields, values)

    def choose(self, mode: Mode | None, outputs: Sequence[OutputSelection] | None) -> None:
        """Choose how to execute, and how the outputs are asked for; None leaves as it is."""
        allowed = {choice.mode for choice in self._model.modes if choice.allowed}
        with self._lock:
            if mode in allowed:
                self._mode = mode or self._mode
            for selection in outputs or ():
                if selection.key in self._outputs:
                    self._outputs[selection.key] = selection

    def take_request(self, request: Mapping[str, Any]) -> tuple[str, ...]:
        """Make the form mean this execute request; a masked secret stays as it is.

        What the request does not change keeps its draft, also one that is half typed.

        :return: a sentence for each thing that the form cannot hold; then nothing was taken
        """
        with self._lock:
            taken = self._model.take(request)
            if taken.problems:
                return tuple(taken.problems)
            before = self._model.take(self.request(masked=True)).values
            self._replace(before, taken.values)
            self._choose_taken(taken)
        return ()

    def values(self) -> dict[str, Any]:
        """The values by input id, secrets masked; drafts that mean nothing (yet) are left out."""
        return mask_values(self._model.fields, self._read()[0])

    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the drafts, in the order of the fields."""
        values, problems = self._read()
        unread = {(problem.key, problem.path) for problem in problems}
        judged = (one for one in self._model.validate(values) if (one.key, one.path) not in unread)
        order = {field.key: index for index, field in enumerate(self._model.fields)}
        return tuple(sorted([*problems, *judged], key=lambda one: order.get(one.key, -1)))

    def sentence(self, problem: Problem) -> str:
        """A problem as a sentence that names its input."""
        titles = {field.key: field.title for field in self._model.fields}
        title = titles.get(problem.key)
        return f"{title}: {problem.message}" if title else problem.message

    def request(self, *, masked: bool = False) -> dict[str, Any]:
        """The execute request, as it is sent or with secrets masked."""
        values = self.values() if masked else self._read()[0]
        with self._lock:
            outputs = tuple(self._outputs.values())
        return self._model.execute_request(values, outputs)

    def code(self, language: Language, target: Target) -> str:
        """The request, secrets masked, as code; as JSON it also names a mode that was chosen."""
        request, mode = self.request(masked=True), self._mode
        if language == "json":
            return json_code(request if mode == "auto" else {**request, "mode": mode})
        to, signed = (target.url, target.process_id), target.signed
        if language == "python":
            return python_code(*to, request, mode, signed=signed)
        allowed = {choice.mode for choice in self._model.modes if choice.allowed}
        asks_for_job = "async" in allowed and (mode != "sync" or "sync" not in allowed)
        asked: Mode = "async" if asks_for_job or mode == "async" else "sync"
        return curl_code(*to, request, asked, signed=signed, address=target.address)

    def draft(self, revision: int) -> Draft:
        """All of it for the browser."""
        with self._lock:
            drafts, mode = dict(self._drafts), self._mode
            outputs = tuple(self._outputs.values())
        secret = {field.key for field in self._model.fields if is_secret(field)}
        return Draft(
            revision=revision,
            values={key: value for key, value in drafts.items() if key not in secret},
            masked=tuple(key for key in drafts if key in secret),
            changed=drafts != self._defaults,
            problems=self.problems(),
            mode=mode,
            outputs=outputs,
            request=json_code(self.request(masked=True)),
        )

    def view(self, blank: FormView, description: ProcessDescription) -> FormView:
        """The form itself for the browser."""
        return blank.model_copy(
            update={
                "phase": "ready",
                "title": words_of(description.title) or blank.process_id,
                "description": words_of(description.description),
                "version": description.version,
                "fields": self._model.fields,
                "outputs": self._model.outputs,
                "modes": self._model.modes,
                "transmissions": self._model.transmissions,
                "has_example": self._model.example_values() is not None,
            }
        )

    def _replace(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        """Put the values that changed into the place of those from before."""
        gone = {name for name in before if name not in after}
        changed = {
            name: value
            for name, value in after.items()
            if name not in before or not same(value, before[name])
        }
        fields = [
            field
            for field in self._model.fields
            if field.id in gone
            or (field.id in changed and not _is_masked(field, changed[field.id]))
        ]
        keys = {field.key for field in fields}
        kept = {key: draft for key, draft in self._drafts.items() if key not in keys}
        self._drafts = kept | drafts_from_values(fields, changed)

    def _choose_taken(self, taken: TakenRequest) -> None:
        """No outputs named is all of them, unless the form already asked for none by name."""
        self._mode = taken.mode or self._mode
        if taken.outputs is not None:
            self._outputs = {one.key: one for one in taken.outputs}
        elif any(one.selected for one in self._outputs.values()):
            self._outputs = {key: OutputSelection(key=key) for key in self._outputs}

    def _read(self) -> tuple[dict[str, Any], list[Problem]]:
        with self._lock:
            drafts = dict(self._drafts)
        values, problems = values_from_drafts(self._model.fields, drafts)
        return {**values, **self._unknown}, problems


def _is_masked(field: Field, value: Any) -> bool:
    return is_secret(field) and (same(value, MASK) or same(value, [MASK]))
