"""No description raises, no input is ever missing, whatever a server sends."""

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from pydantic import TypeAdapter

from ogc_widgets.contract.form import FormView
from ogc_widgets.forms import build_form, drafts_from_values, values_from_drafts
from ogc_widgets.forms.build import pair_of
from ogc_widgets.forms.schema import Budget
from ogc_widgets.models.process import ProcessDescription

from .wild import DESCRIPTIONS, VALUES

bounded = settings(
    max_examples=250,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@given(DESCRIPTIONS)
@bounded
def test_every_input_has_a_field(description: dict[str, Any]) -> None:
    """A field for each input, in order, that the wire takes; without the last safety net."""
    read = ProcessDescription(description)
    for place, described in enumerate(read.inputs.values()):
        pair_of(f"f{place}", described, description, Budget())
    form = build_form(description)
    assert [field.id for field in form.fields] == list(description["inputs"])
    assert [field.key for field in form.fields] == [f"f{n}" for n in range(len(form.fields))]
    view = FormView(fields=form.fields, outputs=form.outputs, modes=form.modes)
    assert FormView.model_validate_json(view.model_dump_json()) == view


@given(DESCRIPTIONS)
@bounded
def test_defaults_are_good_or_reported(description: dict[str, Any]) -> None:
    """What the server itself puts in is never an error, only a warning; a request can be made."""
    form = build_form(description)
    for values in (form.initial_values(), form.example_values() or {}):
        filled = {field.key for field in form.fields if field.id in values}
        problems = form.validate(values)
        severe = [problem for problem in problems if problem.severity == "error"]
        assert not [p for p in severe if p.key in filled and "required" not in p.message]
        json.dumps(form.execute_request(values), allow_nan=False).encode()


@given(DESCRIPTIONS, VALUES)
@bounded
def test_any_value_is_judged(description: dict[str, Any], values: dict[str, Any]) -> None:
    """Values of any kind give problems and drafts, never an exception, the same twice."""
    form = build_form(description)
    keys = {field.key for field in form.fields}
    first = form.validate(values)
    assert [problem.model_dump() for problem in form.validate(values)] == [
        problem.model_dump() for problem in first
    ]
    assert all(problem.message and problem.key in {"", *keys} for problem in first)
    drafts = drafts_from_values(form.fields, values)
    TypeAdapter(dict[str, Any]).validate_python(drafts)
    read, _ = values_from_drafts(form.fields, drafts)
    form.validate(read)
    form.execute_request(read)


@given(DESCRIPTIONS, VALUES)
@bounded
def test_any_draft_is_read(description: dict[str, Any], drafts: dict[str, Any]) -> None:
    """Drafts of any kind, as a broken browser might send them, are read or become problems."""
    form = build_form(description)
    by_key = dict(zip([field.key for field in form.fields], drafts.values(), strict=False))
    values, problems = values_from_drafts(form.fields, by_key)
    assert {problem.key for problem in problems} <= set(by_key)
    form.validate(values)
