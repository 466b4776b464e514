"""Executing: modes, preferences, inputs that are refused, outputs as they are asked for."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from ogc_widgets.demo.execute_request import Preference, choose_mode, read_preference

EXECUTE = "/processes/{}/execution"


async def _execute(
    web: httpx.AsyncClient, process_id: str, body: dict[str, Any], **headers: str
) -> httpx.Response:
    return await web.post(EXECUTE.format(process_id), json=body, headers=headers)


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ([], Preference()),
        (["respond-async"], Preference(True)),
        (["Respond-Async"], Preference(True)),
        (["respond-async, wait=1"], Preference(True, 1)),
        (["respond-async", "wait=5"], Preference(True, 5)),
        (["respond-async;return=representation"], Preference(True)),
        (["return=minimal, respond-async"], Preference(True)),
        (['wait="7"'], Preference(False, 7)),
        (["wait=soon"], Preference()),
        (["wait=-1"], Preference()),
        (["not-respond-async-at-all"], Preference()),
    ],
)
def test_preferences_are_read(said: list[str], wanted: Preference) -> None:
    """All forms in which clients send ``Prefer`` are understood, the training's too."""
    assert read_preference(said) == wanted


@pytest.mark.parametrize(
    ("options", "preference", "wait", "applied"),
    [
        (["sync-execute"], Preference(True), None, ""),
        (["sync-execute", "async-execute"], Preference(), None, ""),
        (["sync-execute", "async-execute"], Preference(True), 0, "respond-async"),
        (["sync-execute", "async-execute"], Preference(True, 2), 2, "respond-async, wait=2"),
        (["sync-execute", "async-execute"], Preference(False, 2), 2, "wait=2"),
        (["async-execute"], Preference(), 0, ""),
        (["async-execute"], Preference(True, 9), 0, "respond-async"),
    ],
)
def test_the_mode_honours_the_process(
    options: list[str], preference: Preference, wait: float | None, applied: str
) -> None:
    """A process is executed only in the ways that it names; the preference chooses among them."""
    mode = choose_mode(options, preference)
    assert (mode.wait, mode.applied) == (wait, applied)


async def test_sync_gives_the_output_raw(web: httpx.AsyncClient) -> None:
    """One output, nothing else asked: its bytes in its media type, and a link to the job."""
    answer = await _execute(web, "shout", {"inputs": {"text": "hé", "times": 2}})
    assert answer.status_code == 200
    assert answer.text == "HÉHÉ"
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    monitor = answer.links["monitor"]["url"]
    assert (await web.get(monitor)).json()["status"] == "successful"


async def test_sync_gives_a_document_when_asked(web: httpx.AsyncClient, official: Any) -> None:
    """``response: document`` gives the results document, whatever is accepted."""
    answer = await _execute(web, "shout", {"inputs": {"text": "a"}, "response": "document"})
    assert answer.json() == {"loud": "A"}
    official("results", answer.json())


async def test_who_accepts_json_gets_a_document_unless_raw_is_asked(
    web: httpx.AsyncClient,
) -> None:
    """Where the request leaves the form open, ``Accept`` decides; where it says raw, it is raw."""
    body: dict[str, Any] = {"inputs": {"text": "a"}}
    open_answer = await _execute(web, "shout", body, Accept="application/json")
    assert open_answer.json() == {"loud": "A"}
    raw = await _execute(web, "shout", {**body, "response": "raw"}, Accept="application/json")
    assert raw.text == "A"


async def test_async_answers_201_with_a_status(web: httpx.AsyncClient, official: Any) -> None:
    """The job is made, its address is in Location, the preference is confirmed."""
    answer = await _execute(web, "shout", {"inputs": {"text": "a"}}, Prefer="respond-async")
    assert answer.status_code == 201
    assert answer.headers["preference-applied"] == "respond-async"
    status = answer.json()
    official("statusInfo", status)
    assert status["status"] == "accepted"
    assert answer.headers["location"].endswith(f"/jobs/{status['jobID']}")


async def test_wait_gives_the_result_when_it_is_there_in_time(web: httpx.AsyncClient) -> None:
    """``respond-async, wait=30`` of a quick process is answered with its result."""
    answer = await _execute(
        web, "shout", {"inputs": {"text": "a"}}, Prefer="respond-async, wait=30"
    )
    assert answer.status_code == 200
    assert answer.text == "A"
    assert answer.headers["preference-applied"] == "respond-async, wait=30"


async def test_an_async_process_is_async_without_being_asked(web: httpx.AsyncClient) -> None:
    """A process that has no sync-execute makes a job in any case."""
    answer = await _execute(web, "family", {"inputs": {}}, Prefer="wait=1")
    assert answer.status_code == 201


@pytest.mark.parametrize(
    ("inputs", "name", "reason"),
    [
        ({}, "text", "required"),
        ({"text": "a", "txet": "b"}, "txet", "no such input"),
        ({"text": 5}, "text", "not of type string"),
        ({"text": ""}, "text", "non-empty"),
        ({"text": ["a"]}, "text", "not of type string"),
        ({"text": None}, "text", "not of type string"),
        ({"text": {"value": 5}}, "text", "not of type string"),
        ({"text": "a", "times": "2"}, "times", "not of type integer"),
        ({"text": "a", "times": 0}, "times", "not above 0"),
        ({"text": "a", "times": 10}, "times", "above 9"),
        ({"text": "a", "times": 1.5}, "times", "not of type integer"),
        ({"text": "a", "voice": "loud"}, "voice", "none of"),
        ({"text": "a", "words": ["a", "b", "c", "d"]}, "words", "4 values"),
        ({"text": "a", "words": ["a", 1]}, "words", "not of type string"),
        ({"text": "a", "moment": "yesterday"}, "moment", "not a date-time"),
        ({"text": "a", "moment": "2026-01-01"}, "moment", "not a date-time"),
        ({"text": "a", "place": {"bbox": [1, 2, 3]}}, "place", ""),
        ({"text": "a", "place": {"bbox": ["1", 2, 3, 4]}}, "place", "at ['bbox'][0]"),
        ({"text": "a", "extra": "b"}, "extra", "not of type object"),
        ({"text": "a", "clock": "25:00:00"}, "clock", "not a time"),
        ({"text": "a", "address": "a file"}, "address", "not a uri"),
        ({"text": "a", "sheet": 5}, "sheet", "forms that are taken"),
        ({"text": "a", "sheet": {"value": "a", "mediaType": "image/png"}}, "sheet", "text/csv"),
    ],
)
async def test_wrong_inputs_are_named(
    web: httpx.AsyncClient, official: Any, inputs: dict[str, Any], name: str, reason: str
) -> None:
    """A wrong input is a 400 whose sentences name it and say why; no job is made."""
    answer = await _execute(web, "shout", {"inputs": inputs})
    assert answer.status_code == 400
    document = answer.json()
    official("exception", document)
    assert repr(name) in document["title"]
    assert document["detail"].startswith(f"{name}: ")
    assert reason in document["detail"]
    assert (await web.get("/jobs")).json()["jobs"] == []


@pytest.mark.parametrize(
    "inputs",
    [
        {"text": {"value": "a"}},
        {"text": {"value": "a", "mediaType": "text/plain"}},
        {"text": {"href": "https://example.org/a.txt", "type": "text/plain"}},
        {"text": "a", "words": "one"},
        {"text": "a", "words": []},
        {"text": "a", "words": [{"value": "one"}, "two"]},
        {"text": "a", "note": None},
        {"text": "a", "clock": "10:00:00Z"},
        {"text": "a", "address": "https://example.org"},
        {"text": "a", "sheet": "a,b"},
        {"text": "a", "sheet": {"value": "a,b", "mediaType": "text/csv; charset=utf-8"}},
        {"text": "a", "sheet": {"value": {"a": 1}, "mediaType": "application/json"}},
        {"text": "a", "moment": "2026-01-01T10:00:00Z"},
        {"text": "a", "place": {"bbox": [1, 2, 3, 4], "crs": "urn:x"}},
        {"text": "a", "extra": {"value": {"deep": [1]}}},
        {"text": "a", "extra": {"value": 3, "unit": "m"}},
        {"text": "a", "extra": {"href": "https://example.org"}},
    ],
)
async def test_every_form_of_input_is_taken(web: httpx.AsyncClient, inputs: dict[str, Any]) -> None:
    """Literal, qualified, linked, boxed, several: as the standard lets a client say it."""
    answer = await _execute(web, "shout", {"inputs": inputs})
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"{", "not JSON"),
        (b"\xff", "not JSON"),
        (b"[]", "JSON object"),
        (b'{"inputs": {"text": "\\ud800"}}', "UTF-8 cannot write"),
        (b"[" * 100_000 + b"]" * 100_000, "nested too deeply"),
        (b'{"inputs": {"text": "a", "times": 1e999}}', "infinite"),
        (b'{"inputs": {"text": "a", "times": ' + b"9" * 5000 + b"}}", "too long"),
        (b'{"inputs": {"text": "a", "times": NaN}}', "not JSON"),
        (b'{"inputs": []}', "inputs"),
        (b'{"inputs": {"text": "a"}, "outputs": ["loud"]}', "outputs"),
        (b'{"inputs": {"text": "a"}, "outputs": {"quiet": {}}}', "'quiet'"),
        (b'{"inputs": {"text": "a"}, "outputs": {"loud": {"transmissionMode": "mail"}}}', "'mail'"),
        (b'{"inputs": {"text": "a"}, "response": "xml"}', "'xml'"),
        (b'{"inputs": {"text": "a"}, "subscriber": {"successUri": "file:///x"}}', "successUri"),
        (b'{"inputs": {"text": "a"}, "subscriber": 1}', "subscriber"),
    ],
)
async def test_wrong_requests_are_refused(web: httpx.AsyncClient, body: bytes, reason: str) -> None:
    """A request that makes no sense is a 400 that says what is wrong with it."""
    answer = await web.post(
        EXECUTE.format("shout"), content=body, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 400
    assert reason in answer.json()["detail"]


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        ("raise", "The moon is in the way."),
        ("exit", "exit code 7"),
        ("signal", "SIGKILL (9)"),
        ("nonsense", "not JSON serializable"),
    ],
)
async def test_a_failed_job_says_why(
    web: httpx.AsyncClient, official: Any, how: str, reason: str
) -> None:
    """A job that fails, leaves or is killed is failed with its reason, in status and results."""
    answer = await _execute(web, "doomed", {"inputs": {"how": how}})
    assert answer.status_code == 500
    official("exception", answer.json())
    assert reason in answer.json()["detail"]
    status = (await web.get("/jobs")).json()["jobs"][0]
    assert status["status"] == "failed"
    assert status["progress"] == 30
    assert reason in status["message"]
    assert (await web.get(f"/jobs/{status['jobID']}/results")).status_code == 500


async def test_a_fault_is_in_the_log(web: httpx.AsyncClient) -> None:
    """The traceback of a failed job, and what a job printed, can be read."""
    await _execute(web, "doomed", {"inputs": {"how": "raise"}})
    await _execute(web, "shout", {"inputs": {"text": "a"}})
    shouted, doomed = (await web.get("/jobs")).json()["jobs"]
    logs = {link["rel"]: link["href"] for link in doomed["links"]}
    assert "RuntimeError: The moon" in (await web.get(logs["log"])).text
    assert (await web.get(f"/jobs/{shouted['jobID']}/log")).text == "shouting\n"


async def test_a_subscriber_is_told(
    web: httpx.AsyncClient, official: Any, eventually: Any, listener: Callable[[], Any]
) -> None:
    """The subscriber hears that the job runs, then its results, or that it failed."""
    heard, address = listener()
    subscriber = {
        "successUri": f"{address}/good",
        "inProgressUri": f"{address}/on",
        "failedUri": f"{address}/bad",
    }
    await _execute(web, "shout", {"inputs": {"text": "a"}, "subscriber": subscriber})
    await eventually(lambda: len(heard) == 2)
    await _execute(web, "doomed", {"inputs": {"how": "exit"}, "subscriber": subscriber})
    await eventually(lambda: len(heard) == 4)
    said = sorted(heard[:2], key=lambda one: str(one[0]))
    assert said[0] == ("/good", {"loud": "A"})
    official("statusInfo", said[1][1])
    assert {path for path, _ in heard[2:]} == {"/on", "/bad"}
