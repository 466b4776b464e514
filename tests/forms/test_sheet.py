"""A form while it is filled in."""

import json

import pytest

from ogc_widgets.contract.form import OutputSelection
from ogc_widgets.forms import FormSheet, build_form
from ogc_widgets.models import MASK

DESCRIPTION = {
    "id": "p",
    "jobControlOptions": ["async-execute"],
    "inputs": {
        "count": {"title": "Count", "schema": {"type": "integer", "default": 3}},
        "names": {"title": "Names", "maxOccurs": 5, "schema": {"type": "number", "maximum": 9}},
        "password": {"minOccurs": 0, "schema": {"type": "string", "format": "password"}},
    },
    "outputs": {"a": {"schema": {"type": "string"}}, "b": {"schema": {"type": "string"}}},
    "example": {"inputs": {"count": 7, "names": [1, 2]}},
}


@pytest.fixture
def sheet():
    """A sheet of three inputs: f0 count, f1 names, f2 password."""
    return FormSheet(build_form(DESCRIPTION))


def test_it_begins_with_the_defaults(sheet):
    """What the server proposes is filled in."""
    assert sheet.values() == {"count": 3}


def test_an_edit_changes_one_field_and_null_unsets_it(sheet):
    """Drafts by key; a key that no field has is ignored."""
    sheet.edit({"f0": 5, "nothing": 1})
    assert sheet.values() == {"count": 5}
    sheet.edit({"f0": None})
    assert sheet.values() == {}


def test_setting_values_replaces_them_unless_told_to_keep(sheet):
    """`form.values = {...}` means these and no others."""
    sheet.put({"names": [1]}, keep=True)
    assert sheet.values() == {"count": 3, "names": [1]}
    sheet.put({"names": [2]})
    assert sheet.values() == {"names": [2]}


def test_a_name_that_no_input_has_is_a_problem_and_is_not_lost(sheet):
    """A misspelt input is said, and neither dropped nor sent."""
    sheet.put({"count": 1, "names": [1], "nmaes": [2]})
    (problem,) = sheet.problems()
    assert "nmaes" in problem.message
    assert sheet.values()["nmaes"] == [2]
    assert "nmaes" not in sheet.request()["inputs"]


def test_every_problem_of_a_list_is_told(sheet):
    """One row that cannot be read does not hide another that is too large."""
    sheet.edit({"f1": ["x", 99]})
    assert [problem.path for problem in sheet.problems()] == [(0,), (1,)]


def test_a_secret_is_kept_when_its_mask_is_set(sheet):
    """`form.values = {**form.values, ...}` does not replace a password by dots."""
    sheet.edit({"f2": "open sesame"})
    assert sheet.values()["password"] == MASK
    sheet.put({**sheet.values(), "count": 4})
    assert sheet.request()["inputs"]["password"] == "open sesame"
    draft = sheet.draft(1)
    assert draft.masked == ("f2",)
    assert "open sesame" not in draft.model_dump_json()
    assert json.loads(draft.request)["inputs"]["password"] == MASK


def test_the_example_fills_the_form(sheet):
    """And the defaults bring it back."""
    assert not sheet.draft(1).changed
    sheet.fill("example")
    assert sheet.values() == {"count": 7, "names": [1, 2]}
    assert sheet.draft(2).changed
    sheet.fill("defaults")
    assert sheet.values() == {"count": 3}


def test_a_mode_that_the_process_has_not_is_not_taken(sheet):
    """The browser cannot choose what is not offered."""
    sheet.choose("sync", None)
    assert sheet.mode == "auto"
    sheet.choose("async", [OutputSelection(key="o1", selected=False)])
    assert sheet.mode == "async"
    assert sheet.request()["outputs"] == {"a": {}}


def test_a_sentence_names_its_input(sheet):
    """What an error says must tell where."""
    sheet.edit({"f0": "many", "f1": [1]})
    assert [sheet.sentence(problem)[:6] for problem in sheet.problems()] == ["Count:"]
