"""The form's messages to the browser, as both sides read them."""

from ogc_widgets.contract.form import Draft, Field, FormView, OutputSelection, Submission
from ogc_widgets.contract.jobs import JobRow
from ogc_widgets.forms import FormSheet, build_form
from ogc_widgets.models.process import ProcessDescription

from .descriptions import EVERY_KIND
from .golden import assert_golden

BLANK = FormView(revision=1, server="https://example.org/ogc-api", process_id="every-kind")


def sheet() -> FormSheet:
    """The form of every kind of field, filled in: good, doubtful, wrong and secret."""
    filled = FormSheet(build_form(EVERY_KIND))
    values = {"text": "Olinda", "api_token": "hunter2", "flag": False, "colours": ["red"]}
    filled.put(values, keep=True)
    filled.edit({"f3": 1.5, "f4": "many", "f11": [0.5], "f12": {"bbox": [1, 4, "x", 3]}})
    filled.choose("async", [OutputSelection(key="o0", media_type="image/png")])
    return filled


def test_the_form_view() -> None:
    """One field of every kind, outputs, modes with reasons."""
    view = sheet().view(BLANK, ProcessDescription(EVERY_KIND))
    assert_golden("form_view", view)
    kinds = {field.kind for field in view.fields}
    union = Field.__value__.__origin__.__args__
    assert kinds == {kind.model_fields["kind"].default for kind in union}


def test_the_draft() -> None:
    """Drafts, a masked secret, problems of fields and rows, the request as it stands."""
    draft = sheet().draft(3)
    assert_golden("draft", draft)
    assert isinstance(draft, Draft)
    assert draft.masked == ("f2",)
    assert {problem.key for problem in draft.problems} == {"f3", "f4", "f11", "f12"}
    assert "hunter2" not in draft.model_dump_json()


def test_the_submission() -> None:
    """A job that runs."""
    job = JobRow(
        key="https://example.org/ogc-api job-1",
        id="job-1",
        process_id="every-kind",
        server="https://example.org/ogc-api",
        status="running",
        progress=40.0,
        message="Step 2 of 5",
        created=1_717_150_000_000,
        mine=True,
        dismiss="yes",
    )
    assert_golden("submission", Submission(revision=4, phase="submitted", job=job))
