"""The form between a server and a browser."""

import asyncio

import pytest

import ogc_widgets as ow
from ogc_widgets.jobs.loop import owner
from tests.waiting import eventually, wait_until


@pytest.fixture
def form(server):
    """A form of the fake server's process."""
    return ow.ProcessForm(server.client(), "wait", values={"seconds": 3})


@pytest.fixture
def browser(form, browse):
    """Its browser, when the description is read."""
    browser = browse(form)
    wait_until(lambda: browser.state("_form")["phase"] != "loading")
    return browser


def key_of(browser, input_id):
    return next(one["key"] for one in browser.state("_form")["fields"] if one["id"] == input_id)


def test_the_form_draws_at_once_and_loads_itself(server, browse):
    """The cell does not wait for the server: loading is a state, and then the form is there."""
    form = ow.ProcessForm(server.client(), "wait")
    assert form.get_state()["_form"]["phase"] in ("loading", "ready")
    browser = browse(form)
    wait_until(lambda: browser.state("_form")["phase"] == "ready")
    view = browser.state("_form")
    assert view["title"] == "Wait"
    assert [field["id"] for field in view["fields"]] == ["seconds", "password"]


def test_what_is_typed_in_the_browser_is_seen_in_python(form, browser):
    """Values, problems and request follow an edit; the answer comes after the state."""
    seconds = key_of(browser, "seconds")
    assert browser.ask("edit", values={seconds: 7})["kind"] == "ok"
    assert form.values == {"seconds": 7}
    assert form.request["inputs"] == {"seconds": 7}
    assert form.problems == ()
    assert browser.state("_draft")["values"][seconds] == 7


def test_a_bad_value_is_a_problem_beside_its_field_and_nothing_is_sent(server, form, browser):
    """Submit is answered failed, with the sentence."""
    seconds = key_of(browser, "seconds")
    browser.ask("edit", values={seconds: 700})
    (problem,) = browser.state("_draft")["problems"]
    assert problem["key"] == seconds
    answer = browser.ask("submit")
    assert answer["kind"] == "failed"
    assert "60" in answer["detail"]
    assert server.bodies == []
    assert form.values == {"seconds": 700}


def test_values_set_in_python_are_seen_at_once_and_shown(form, browser):
    """Setting `values` moves problems and request in the same cell, and the browser soon after."""
    seconds = key_of(browser, "seconds")
    form.values = {"seconds": 99}
    assert len(form.problems) == 1
    form.values = {"seconds": 5}
    assert form.problems == ()
    assert form.request["inputs"] == {"seconds": 5}
    wait_until(lambda: browser.state("_draft")["values"][seconds] == 5)


async def test_observers_run_on_the_main_loop_also_for_changes_of_the_browser(server, browse):
    """`observe` is as in any other widget: on the kernel's own loop."""
    form = await ow.ProcessForm(server.client(), "wait", values={"seconds": 3}).ready()
    browser = browse(form)
    loops = []
    form.observe(lambda change: loops.append(asyncio.get_running_loop()), "values")
    browser.say({"kind": "edit", "id": "a", "values": {key_of(browser, "seconds"): 8}})
    await eventually(lambda: loops)
    assert loops == [asyncio.get_running_loop()]
    assert form.values == {"seconds": 8}


def test_submit_from_the_browser_makes_a_job_that_the_form_follows(server, form, browser):
    """The job is in the form's state with its status, and in `form.job`."""
    assert browser.ask("look", view="v", seen=True)["kind"] == "ok"
    assert browser.ask("submit")["kind"] == "ok"
    assert form.job.id == "job-1"
    assert server.bodies[0]["inputs"] == {"seconds": 3}
    server.jobs["job-1"] |= {"status": "running", "progress": 50}
    wait_until(lambda: (browser.state("_submission")["job"] or {}).get("progress") == 50)
    assert browser.ask("dismiss", job=form.job.key)["kind"] == "ok"
    wait_until(lambda: browser.state("_submission")["job"]["status"] == "dismissed")


async def test_submit_from_python_is_the_same(server):
    """`await form.submit()` works right after the form was made, so that Run All works."""
    form = ow.ProcessForm(server.client(), "wait", values={"seconds": 3})
    job = await form.submit()
    assert (job.id, form.job) == ("job-1", job)
    form.close()


async def test_submit_with_a_problem_raises_it(server):
    """InvalidInputs names the input; nothing was sent."""
    form = ow.ProcessForm(server.client(), "wait", values={"seconds": 99})
    with pytest.raises(ow.InvalidInputs, match="Seconds"):
        await form.submit()
    assert server.bodies == []
    form.close()


def test_a_dead_server_is_said_in_the_form_and_retry_reads_again(server, browse):
    """Making the form raises nothing; the values are kept for when the server is back."""
    server.broken = 404
    form = ow.ProcessForm(server.client(), "wait", values={"seconds": 4})
    browser = browse(form)
    wait_until(lambda: browser.state("_form")["phase"] == "failed")
    assert browser.state("_form")["failure"]["title"]
    server.broken = None
    browser.ask("reload")
    wait_until(lambda: browser.state("_form")["phase"] == "ready")
    assert form.values == {"seconds": 4}


async def test_an_unknown_process_is_said_to_whoever_submits(server):
    """The cell that made the form did not raise; the one that submits does."""
    form = ow.ProcessForm(server.client(), "nothing")
    with pytest.raises(ow.NoSuchProcess):
        await form.submit()
    form.close()


def test_a_refused_submission_is_said_and_the_values_stay(server, form, browser):
    """The server's sentence is in the form; nothing is lost."""
    server.broken = 400
    answer = browser.ask("submit")
    assert answer["kind"] == "failed"
    submission = browser.state("_submission")
    assert submission["phase"] == "failed"
    assert "On purpose." in submission["failure"]["title"] + submission["failure"]["detail"]
    assert form.values == {"seconds": 3}


def test_a_secret_is_sent_to_the_server_and_never_to_the_browser(server, form, browser):
    """A password reaches the server's request and no state, no message, no public trait."""
    browser.ask("edit", values={key_of(browser, "password"): "open sesame"})
    assert browser.state("_draft")["masked"] == [key_of(browser, "password")]
    browser.ask("submit")
    assert server.bodies[0]["inputs"]["password"] == "open sesame"
    assert "sesame" not in browser.everything()
    assert "sesame" not in repr(form.values) + repr(form.request) + form.as_html() + repr(form)
    form.values = {**form.values, "seconds": 4}
    owner.wait(form.submit(), 10)
    assert server.bodies[1]["inputs"] == {"seconds": 4, "password": "open sesame"}


def test_a_secret_given_in_python_is_masked_as_soon_as_the_form_is_ready(server, browse):
    """Also a value that came with the constructor."""
    form = ow.ProcessForm(server.client(), "wait", values={"password": "open sesame"})
    browser = browse(form)
    wait_until(lambda: browser.state("_form")["phase"] == "ready")
    assert "sesame" not in browser.everything() + repr(form.values) + form.as_html()


@pytest.mark.parametrize(
    "content", [None, 7, "text", {}, {"kind": "nonsense", "id": "a"}, {"kind": "edit", "id": "a"}]
)
def test_a_command_that_makes_no_sense_is_answered(browser, content):
    """Never silence: unknown and malformed commands get a failed."""
    count = len(browser.messages)
    browser.say(content)
    wait_until(lambda: len(browser.messages) > count)
    assert browser.messages[-1][0]["kind"] == "failed"


def test_the_browser_cannot_write_a_trait(form, browser):
    """State comes from the kernel only; what a page writes is dropped."""
    before = browser.state("_form")
    form.set_state({"_form": {"phase": "failed"}, "_room": "evil", "_esm": "alert(1)"})
    assert browser.state("_form") == before
    assert form.get_state()["_room"] == "process_form"


def test_the_answer_to_a_synchronous_execution_is_shown(server, form, browser):
    """Where there is no job the results are in the form's state."""
    server.sync = {"waited": 3}
    browser.ask("choose", mode="sync", outputs=None)
    assert browser.ask("submit")["kind"] == "ok"
    submission = browser.state("_submission")
    assert submission["results"]["outputs"][0]["text"] == "3"


def test_defaults_come_back_on_demand(form, browser):
    """Fill puts the description's defaults in the place of all values."""
    browser.ask("fill", source="defaults")
    assert form.values == {}


def test_the_program_is_sent_to_a_host_that_cannot_read_the_hidden_widget(browser):
    """The loader asks by message, and gets the code as a buffer."""
    assert browser.ask("bundle", name="app")["kind"] == "ok"
    content, buffers = next(one for one in browser.messages if one[0]["kind"] == "bundle")
    assert content == {"kind": "bundle", "name": "app"}
    assert buffers[0][:2] == b"\x1f\x8b"
