"""A form's values, set and observed while the browser, a thread or a busy cell does as it likes."""

import asyncio
import copy
import threading

import ipywidgets
import numpy
import pytest
import traitlets

from ogc_widgets import ProcessForm
from tests.fake_server import FakeServer
from tests.waiting import eventually


async def loaded(server: FakeServer) -> ProcessForm:
    form = ProcessForm(server.client(), "wait")
    return await form.ready()


async def test_typing_outlives_a_busy_main_loop(server, browse):
    """What was typed while a cell was busy stays, however late its observers are told."""
    form = await loaded(server)
    browser = browse(form)
    key = next(field.key for field in form._form.fields if field.id == "seconds")
    seen = []
    form.observe(lambda change: seen.append(change.new), "values")
    for text in ("1", "12", "13"):
        browser.ask("edit", values={key: text})  # blocks the main loop, as a cell does
    assert form.values == {"seconds": 13}
    await eventually(lambda: seen)
    await asyncio.sleep(0)
    assert seen == [{"seconds": 13}]
    assert form.values == {"seconds": 13}


async def test_a_link_outlives_a_busy_main_loop(server, browse):
    """A trait that is linked to the values gets the last of them, without a broken link."""

    class Holder(traitlets.HasTraits):
        held = traitlets.Dict()

    form = await loaded(server)
    browser, holder, problems = browse(form), Holder(), []
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _loop, context: problems.append(context))
    ipywidgets.link((form, "values"), (holder, "held"))
    key = next(field.key for field in form._form.fields if field.id == "seconds")
    for text in ("1", "12"):
        browser.ask("edit", values={key: text})
    await eventually(lambda: holder.held == {"seconds": 12})
    holder.held = {"seconds": 7}
    assert form.values == {"seconds": 7}
    assert problems == []


async def test_values_from_threads_while_typing(server, browse):
    """Values set by a thread while text comes in: the form, its draft and its trait agree."""
    form = await loaded(server)
    browser = browse(form)
    key = next(field.key for field in form._form.fields if field.id == "seconds")

    def set_values() -> None:
        for number in range(60):
            form.values = {"seconds": number}

    thread = threading.Thread(target=set_values)
    thread.start()
    for number in range(60):
        browser.say({"kind": "edit", "id": f"e{number}", "values": {key: str(number)}})
    await asyncio.to_thread(thread.join)
    browser.ask("edit", values={key: "42"})
    await asyncio.sleep(0.05)
    assert form.values == form._sheet.values() == {"seconds": 42}
    assert browser.state("_draft")["values"] == {key: "42"}


async def test_values_are_set_as_a_whole(server, browse):
    """A change inside the dict, which no trait notices, is refused with what to write instead."""
    form = await loaded(server)
    browse(form)
    form.values = {"seconds": 1}
    with pytest.raises(TypeError, match="Set the whole"):
        form.values["seconds"] = 9
    values = copy.deepcopy(form.values)
    values["seconds"] = 9
    form.values = values
    await form.submit()
    assert server.bodies[-1]["inputs"]["seconds"] == 9


async def test_an_array_is_a_value_with_a_problem(server, browse):
    """What JSON cannot hold is a problem beside its field, and the next value is taken."""
    form = await loaded(server)
    browse(form)
    for _ in range(2):
        form.values = {"seconds": numpy.arange(3)}
    assert [problem.message for problem in form.problems] == ["Enter a number."]
    form.values = {"seconds": 2}
    await form.submit()
    assert server.bodies[-1]["inputs"] == {"seconds": 2}
