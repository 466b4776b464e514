"""An execute request as text, and what a form makes of it."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ogc_widgets.contract.form import OutputSelection
from ogc_widgets.forms import FormSheet, build_form
from ogc_widgets.forms.taking import LARGEST_REQUEST, NoRequest, read_request
from ogc_widgets.models import MASK

from .wild import DESCRIPTIONS, JSON, NAMES, VALUES

bounded = settings(
    max_examples=200,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
HOW = (
    st.fixed_dictionaries(
        {},
        optional={
            "format": st.fixed_dictionaries({}, optional={"mediaType": JSON}) | JSON,
            "transmissionMode": st.sampled_from(["value", "reference"]) | JSON,
        },
    )
    | JSON
)


def requests_for(description: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Requests that mostly name what the process has."""
    outputs = description.get("outputs")
    own = list(outputs) if isinstance(outputs, dict) and outputs else ["a"]
    values = JSON | st.fixed_dictionaries({"value": JSON}, optional={"mediaType": JSON})
    return st.fixed_dictionaries(
        {"inputs": st.dictionaries(st.sampled_from(list(description["inputs"])), values)},
        optional={
            "outputs": st.dictionaries(st.sampled_from(own) | NAMES, HOW, max_size=3) | JSON,
            "mode": st.sampled_from(["auto", "async", "sync"]) | JSON,
            "response": st.just("document") | JSON,
        },
    )


POINT = {"type": "Point", "coordinates": [7, 50]}
DESCRIPTION = {
    "id": "p",
    "jobControlOptions": ["async-execute"],
    "outputTransmission": ["value"],
    "inputs": {
        "count": {"title": "Count", "schema": {"type": "integer", "default": 3}},
        "names": {"maxOccurs": 5, "minOccurs": 0, "schema": {"type": "number"}},
        "password": {"minOccurs": 0, "schema": {"type": "string", "format": "password"}},
        "place": {"minOccurs": 0, "schema": {"format": "geojson-geometry"}},
        "note": {"minOccurs": 0, "schema": {"type": "string"}},
    },
    "outputs": {
        "a": {"schema": {"type": "string", "contentMediaType": "text/plain"}},
        "b": {"schema": {"type": "string"}},
    },
}


@pytest.fixture
def sheet() -> FormSheet:
    """A sheet of five inputs: f0 count, f1 names, f2 password, f3 place, f4 note."""
    return FormSheet(build_form(DESCRIPTION))


def test_a_request_sets_values_outputs_and_mode(sheet):
    """Wrapped values are unwrapped, one of several is a row, what it leaves out is not set."""
    place = {"value": POINT, "mediaType": "application/geo+json"}
    inputs = {"names": 7, "place": place}
    outputs = {"a": {"format": {"mediaType": "text/plain"}, "transmissionMode": "value"}}
    assert sheet.take_request({"inputs": inputs, "outputs": outputs, "mode": "async"}) == ()
    assert sheet.values() == {"names": [7], "place": POINT}
    assert sheet.mode == "async"
    request = sheet.request()
    assert request["inputs"] == {"names": [7], "place": place}
    assert request["outputs"] == outputs


def test_what_the_request_does_not_change_keeps_its_draft(sheet):
    """Half a number stays half a number, and a secret stays though only its mask is known."""
    sheet.edit({"f0": "1e", "f2": "open sesame", "f4": "old"})
    request = sheet.request(masked=True)
    assert sheet.take_request({**request, "inputs": {**request["inputs"], "note": "new"}}) == ()
    draft = sheet.draft(1)
    assert draft.values["f0"] == "1e"
    assert sheet.request()["inputs"] == {"password": "open sesame", "note": "new"}


def test_a_secret_is_replaced_removed_and_never_its_own_mask(sheet):
    """A mask that hides nothing sets nothing."""
    assert sheet.take_request({"inputs": {"password": MASK}}) == ()
    assert "password" not in sheet.values()
    assert sheet.take_request({"inputs": {"password": "new"}}) == ()
    assert sheet.request()["inputs"]["password"] == "new"
    assert sheet.take_request({"inputs": {}}) == ()
    assert "password" not in sheet.values()


def test_a_value_of_the_wrong_kind_is_taken_and_is_a_problem(sheet):
    """It is the field's problem, and stands in the field."""
    assert sheet.take_request({"inputs": {"count": "many"}}) == ()
    assert [problem.key for problem in sheet.problems()] == ["f0"]
    assert sheet.draft(1).values["f0"] == "many"


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        ({"inputs": {"nmaes": [1]}}, "no input “nmaes”. Its inputs are: “count”"),
        ({"inputs": {}, "outputs": {"c": {}}}, "no output “c”. Its outputs are: “a”, “b”"),
        ({"inputs": 5}, "“inputs” must be"),
        ({"inputs": {}, "outputs": 5}, "“outputs” must be"),
        ({"inputs": {}, "response": "raw"}, "“response”"),
        ({"inputs": {}, "subscriber": {}}, "cannot send “subscriber”"),
        ({"inputs": {}, "mode": "sync"}, "does not say that this process runs synchronously"),
        ({"inputs": {}, "mode": []}, "“mode” is"),
        ({"outputs": {"a": {"format": {"mediaType": "x/y"}}}}, "only as: “text/plain”"),
        ({"outputs": {"a": {"format": {"mediaType": "text/plain", "encoding": "b"}}}}, "“format”"),
        ({"outputs": {"a": {"format": {"mediaType": []}}}}, "“format”"),
        ({"outputs": {"a": 5}}, "“format”"),
        ({"outputs": {"a": {"transmissionMode": "reference"}}}, "“reference”"),
        ({"outputs": {"a": {"transmissionMode": ["value"]}}}, "by “['value']”"),
    ],
)
def test_what_the_form_cannot_hold_is_said_and_nothing_is_taken(sheet, request_, said):
    """All or nothing: what could be taken is not taken either."""
    sheet.edit({"f4": "kept"})
    before = sheet.draft(1)
    inputs = request_.get("inputs", {})
    if isinstance(inputs, dict):
        request_ = {**request_, "inputs": {**inputs, "count": 99}}
    (problem,) = sheet.take_request(request_)
    assert said in problem
    assert sheet.draft(1) == before


def test_outputs_that_are_not_named_are_all(sheet):
    """As the standard has it; a form that names none goes on naming none."""
    sheet.choose(None, [OutputSelection(key="o0", selected=False)])
    assert sheet.take_request({"inputs": {}}) == ()
    assert sheet.request()["outputs"] == {"a": {}, "b": {}}
    none = [OutputSelection(key=key, selected=False) for key in ("o0", "o1")]
    sheet.choose(None, none)
    assert sheet.take_request(sheet.request(masked=True)) == ()
    assert "outputs" not in sheet.request()


def test_a_wrapping_of_its_own_is_kept(sheet):
    """A media type that the form would not send itself is not lost."""
    wrapped = {"value": "<a/>", "mediaType": "text/xml"}
    assert sheet.take_request({"inputs": {"note": wrapped}}) == ()
    assert sheet.request()["inputs"]["note"] == wrapped


def test_older_lists_of_inputs_are_read(sheet):
    """As early servers and their examples write them."""
    assert sheet.take_request({"inputs": [{"id": "count", "value": 4}]}) == ()
    assert sheet.values() == {"count": 4}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"inputs": {', "line 1, column"),
        ("", "line 1, column 1"),
        ("[1]", "A request is an object"),
        ('{"inputs": {"a": 1, "a": 2}}', "“a” stands twice"),
        ('{"inputs": {"a": NaN}}', "numbers that JSON does not know"),
        ('{"inputs": ' + "[" * 5000 + "]" * 5000 + "}", "nests too deep"),
        ('{"inputs": ' + "9" * 6000 + "}", "too long"),
        (" " * (LARGEST_REQUEST + 1), "larger than 2 MB"),
    ],
)
def test_a_text_that_is_no_request_says_why(text, said):
    """A sentence that leads to the place."""
    with pytest.raises(NoRequest, match=said):
        read_request(text)


@given(DESCRIPTIONS, VALUES)
@bounded
def test_the_forms_own_request_changes_nothing(
    description: dict[str, Any], values: dict[str, Any]
) -> None:
    """Whatever the form writes it can read, and then sends the same."""
    sheet = FormSheet(build_form(description))
    sheet.put(values, keep=True)
    before, drafts = sheet.request(), sheet.draft(1)
    assert sheet.take_request(sheet.request(masked=True)) == ()
    assert json.dumps(sheet.request()) == json.dumps(before)
    assert sheet.draft(1) == drafts


@given(DESCRIPTIONS, st.data())
@bounded
def test_any_request_is_taken_or_told(description: dict[str, Any], data: st.DataObject) -> None:
    """Never an exception; what was taken is sent again and then changes nothing."""
    request = data.draw(requests_for(description))
    sheet = FormSheet(build_form(description))
    before = sheet.draft(1)
    if sheet.take_request(request):
        assert sheet.draft(1) == before
        return
    sent = sheet.request()
    assert sheet.take_request(sheet.request(masked=True)) == ()
    assert json.dumps(sheet.request()) == json.dumps(sent)


@given(DESCRIPTIONS, VALUES)
@bounded
def test_a_saved_request_makes_the_same_request_in_another_form(
    description: dict[str, Any], values: dict[str, Any]
) -> None:
    """Also where the text went through a file."""
    sheet, other = FormSheet(build_form(description)), FormSheet(build_form(description))
    sheet.put(values, keep=True)
    saved = json.dumps(sheet.request())
    assert other.take_request(json.loads(saved)) == ()
    assert json.dumps(other.request()) == saved
