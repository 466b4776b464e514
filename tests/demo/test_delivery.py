"""How outputs are delivered: raw, as a document, by value and by reference."""

import email
import email.policy
from email.message import EmailMessage
from typing import Any

import httpx
import pytest

EXECUTE = "/processes/{}/execution"


async def _execute(
    web: httpx.AsyncClient, process_id: str, body: dict[str, Any], **headers: str
) -> httpx.Response:
    return await web.post(EXECUTE.format(process_id), json=body, headers=headers)


async def test_a_format_that_is_not_offered_is_refused(web: httpx.AsyncClient) -> None:
    """An output is given only in the formats that its description names."""
    wish = {"table": {"format": {"mediaType": "text/html"}}}
    answer = await _execute(web, "many", {"inputs": {}, "outputs": wish})
    assert answer.status_code == 400
    assert "text/csv" in answer.json()["detail"]


async def test_many_outputs_raw_are_parts(web: httpx.AsyncClient) -> None:
    """Each output is a part with its id and media type; one elsewhere is only located."""
    answer = await _execute(web, "many", {"inputs": {}, "response": "raw"})
    assert answer.status_code == 200
    head = f"Content-Type: {answer.headers['content-type']}\r\n\r\n".encode()
    message = email.message_from_bytes(head + answer.content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    parts = {str(part["Content-ID"]).strip("<>"): part for part in message.iter_parts()}
    assert parts.keys() == {"number", "table", "picture", "place", "elsewhere"}
    assert parts["number"].get_payload().strip() == "4.5"
    assert parts["table"].get_content_type() == "text/csv"
    assert parts["picture"].get_content_type() == "image/png"
    assert parts["place"].get_content_type() == "application/geo+json"
    assert parts["elsewhere"]["Content-Location"] == "https://example.org/page"


async def test_one_output_may_be_chosen(web: httpx.AsyncClient) -> None:
    """Only the outputs that are named are given: here the bytes of one picture."""
    answer = await _execute(web, "many", {"inputs": {}, "outputs": {"picture": {}}})
    assert answer.content == b"\x89PNG"
    assert answer.headers["content-type"] == "image/png"


async def test_a_file_is_given_raw_by_value(web: httpx.AsyncClient) -> None:
    """An output that the process wrote to a file is sent as such."""
    answer = await _execute(web, "many", {"inputs": {}, "outputs": {"place": {}}})
    assert answer.json() == {"type": "Point"}
    assert answer.headers["content-type"] == "application/geo+json"


async def test_references_raw_are_link_headers(web: httpx.AsyncClient) -> None:
    """All by reference: 204, no body, and for each output a link that gives it."""
    wish = {"transmissionMode": "reference"}
    outputs = {"number": wish, "place": wish}
    body = {"inputs": {}, "outputs": outputs, "response": "raw"}
    answer = await _execute(web, "many", body)
    assert answer.status_code == 204
    assert answer.content == b""
    assert (await web.get(answer.links["number"]["url"])).json() == 4.5
    assert (await web.get(answer.links["place"]["url"])).json() == {"type": "Point"}


async def test_a_document_holds_values_and_references(
    web: httpx.AsyncClient, official: Any
) -> None:
    """In a document each output is transmitted as it was asked for."""
    outputs = {
        "number": {"transmissionMode": "reference"},
        "table": {},
        "picture": {"transmissionMode": "value"},
        "place": {"transmissionMode": "value"},
        "elsewhere": {},
    }
    body = {"inputs": {}, "outputs": outputs, "response": "document"}
    document = (await _execute(web, "many", body)).json()
    official("results", document)
    assert (await web.get(document["number"]["href"])).json() == 4.5
    assert document["table"] == {"value": "a,b\r\n1,2\r\n", "mediaType": "text/csv"}
    assert document["place"]["value"] == {"type": "Point"}
    assert document["elsewhere"]["href"] == "https://example.org/page"


@pytest.mark.parametrize("accept", ["*/*", "", "application/json", "text/html, */*;q=0.8"])
async def test_results_are_json_for_who_asks_for_nothing_else(
    web: httpx.AsyncClient, official: Any, accept: str
) -> None:
    """``requests.get(url).json()`` reads several outputs, and the results of any job."""
    headers = {"Accept": accept}
    answer = await _execute(web, "many", {"inputs": {}}, **headers)
    official("results", answer.json())
    assert answer.json()["number"] == 4.5
    await _execute(web, "shout", {"inputs": {"text": "a"}})
    shout, many = (await web.get("/jobs")).json()["jobs"]
    assert (
        await web.get(f"/jobs/{many['jobID']}/results", headers=headers)
    ).json() == answer.json()
    assert (await web.get(f"/jobs/{shout['jobID']}/results", headers=headers)).json() == {
        "loud": "A"
    }


async def test_results_stay_raw_where_raw_was_asked(web: httpx.AsyncClient) -> None:
    """``response: raw`` holds for the results of the job too, and parts can be had by name."""
    await _execute(web, "shout", {"inputs": {"text": "a"}, "response": "raw"})
    await _execute(web, "many", {"inputs": {}})
    many, shout = (await web.get("/jobs")).json()["jobs"]
    assert (await web.get(f"/jobs/{shout['jobID']}/results")).text == "A"
    parts = await web.get(f"/jobs/{many['jobID']}/results", headers={"Accept": "multipart/related"})
    assert parts.headers["content-type"].startswith("multipart/related")
