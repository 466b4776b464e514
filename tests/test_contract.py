"""The contract between kernel and browser is one, and both sides keep it."""

import json
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import TypeAdapter, ValidationError

from ogc_widgets.contract import commands, form, jobs, results
from ogc_widgets.contract.export import contract_schema
from ogc_widgets.widgets import JobTable, ProcessForm
from ogc_widgets.widgets.base import RoomWidget
from ogc_widgets.widgets.trait import WireTrait
from ogc_widgets.words import WORDS
from tests.fake_server import FakeServer

GOLDEN = Path(__file__).parent / "golden"

MESSAGES: dict[str, Any] = {
    "answers": list[commands.Answer],
    "commands": list[commands.Command],
    "draft": form.Draft,
    "form_view": form.FormView,
    "job_delta": jobs.JobDelta,
    "job_row": jobs.JobRow,
    "job_snapshot": jobs.JobSnapshot,
    "results_view": results.ResultsView,
    "submission": form.Submission,
    "table_view": jobs.TableView,
}


def test_every_golden_message_has_a_type_and_every_type_a_message():
    """A message that nobody reads, or a type without an example, is an oversight."""
    assert sorted(path.stem for path in GOLDEN.glob("*.json")) == sorted(MESSAGES)


@pytest.mark.parametrize("name", MESSAGES)
def test_a_golden_message_is_read_and_written_unchanged(name):
    """What the browser's tests read is what Python sends."""
    document = json.loads((GOLDEN / f"{name}.json").read_text())
    adapter = TypeAdapter(MESSAGES[name])
    assert adapter.dump_python(adapter.validate_python(document), mode="json") == document


def test_every_command_has_an_example_and_an_answerer():
    """A new command is not forgotten on the kernel's side."""
    kinds = set(get_args(get_args(commands.Command.__value__)[0]))
    document = json.loads((GOLDEN / "commands.json").read_text())
    assert {command["kind"] for command in document} == {
        kind.model_fields["kind"].default for kind in kinds
    }
    client = FakeServer().client()
    widgets = [JobTable(client), ProcessForm(client, "wait")]
    answered = {kind for widget in widgets for kind in widget.answerers()}
    for widget in widgets:
        widget.close()
    assert answered | {commands.NeedBundle} == kinds


def test_an_extra_member_is_refused():
    """A misspelt name is an error on the border, not a value that is lost."""
    with pytest.raises(ValidationError):
        commands.Submit.model_validate({"kind": "submit", "id": "a", "extra": 1})


@pytest.mark.parametrize(
    ("widget", "names"), [(JobTable, {"_table"}), (ProcessForm, {"_form", "_draft", "_submission"})]
)
def test_state_is_of_the_contract(widget, names):
    """Each trait that a widget adds to the wire holds a model of the contract."""
    synced = {
        name for name, trait in widget.class_traits(sync=True).items() if name[0] == "_"
    } - set(RoomWidget.class_traits(sync=True))
    assert synced == names
    assert all(isinstance(widget.class_traits()[name], WireTrait) for name in names)


def test_all_members_are_always_sent():
    """The browser need not ask whether a member is there."""
    for name, schema in contract_schema()["$defs"].items():
        if schema.get("type") == "object":
            assert sorted(schema["required"]) == sorted(schema["properties"]), name


def test_words_are_words():
    """No exclamation marks, nothing empty."""
    for name, text in WORDS.items():
        assert text.strip(), name
        assert "!" not in text, name
