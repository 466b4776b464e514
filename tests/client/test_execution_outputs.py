"""Execute responses that hold outputs (rows 6-11 of the table of what servers send)."""

from __future__ import annotations

from typing import Any

import pytest

from ogc_widgets import errors
from tests.client.executing import EXECUTE, execute, reply
from tests.client.fakes import BASE, ONE_OUTPUT, PROCESS, connect


@pytest.mark.parametrize(
    ("content_type", "body", "value", "media_type"),
    [
        ("text/plain", b"slept", "slept", "text/plain"),
        ("application/json", b"slept 5.0 s", "slept 5.0 s", "text/plain"),
        ("application/json", b"4.5", 4.5, None),
        ("image/png", b"\x89PNG\r\n", b"\x89PNG\r\n", "image/png"),
        (
            "application/geo+json",
            b'{"type": "Feature"}',
            {"type": "Feature"},
            "application/geo+json",
        ),
        (
            "application/json",
            b'{"type": "Feature", "id": "f"}',
            {"type": "Feature", "id": "f"},
            None,
        ),
        ("text/html", b"<p>A report</p>", "<p>A report</p>", "text/html"),
        ("application/xml", b"<a/>", "<a/>", "application/xml"),
    ],
)
async def test_row_6_one_raw_output(
    content_type: str, body: bytes, value: Any, media_type: str | None
) -> None:
    """200 with the output itself: JSON by content, else text or bytes by type."""
    results = (await execute(reply(200, body, content_type=content_type), ONE_OUTPUT)).results
    assert results is not None
    assert (results["shape"].value, results["shape"].media_type) == (value, media_type)


async def test_row_7_a_results_document() -> None:
    """200 with results.yaml: values, qualified values and links, hrefs made absolute."""
    body = {"area": {"value": 3, "mediaType": "text/plain"}, "shape": {"href": "/temp//a.json"}}
    results = (await execute(reply(200, body))).results
    assert results is not None
    assert results["area"].value == 3
    assert results["shape"].href == "http://server.test/temp//a.json"


async def test_row_7_hrefs_of_the_servers_inside_are_ours() -> None:
    """An href on the host that the landing page calls itself leads to the host that we know."""
    landing = {"links": [{"rel": "self", "href": "http://inside:8080/ogc-api/"}]}
    body = {
        "shape": {"href": "http://inside:8080/temp/a.json"},
        "area": {"href": "http://x.test/a"},
    }
    client, _ = connect(
        {"GET /": landing, "GET /processes/buffer": PROCESS, EXECUTE: reply(200, body)}
    )
    with pytest.warns(errors.MissingLink):
        results = (await client.execute("buffer", {})).results
    assert results is not None
    assert results["shape"].href == "http://server.test/temp/a.json"
    assert results["area"].href == "http://x.test/a"


@pytest.mark.parametrize(
    "body",
    [
        {"outputs": [{"id": "area", "value": 3}]},
        {"outputs": [{"id": "area", "href": f"{BASE}/a"}]},
    ],
)
async def test_row_8_a_list_of_outputs(body: Any) -> None:
    """200 with a list is normalised to outputs by id."""
    results = (await execute(reply(200, body))).results
    assert results is not None
    assert list(results) == ["area"]


MULTIPART = (
    b"--b1\r\nContent-ID: <area@server.test>\r\nContent-Type: text/plain\r\n\r\n12\r\n"
    b"--b1\r\nContent-ID: shape\r\nContent-Type: image/png\r\n"
    b"Content-Transfer-Encoding: base64\r\n\r\niVBORw==\r\n"
    b"--b1\r\nContent-ID: far\r\nContent-Location: http://x.test/far.tif\r\n\r\n\r\n--b1--\r\n"
)


@pytest.mark.parametrize("kind", ["related", "mixed"])
async def test_row_9_multipart(kind: str) -> None:
    """One part for each output; an empty part with a location is a link."""
    content_type = f'multipart/{kind}; boundary="b1"'
    results = (await execute(reply(200, MULTIPART, content_type=content_type))).results
    assert results is not None
    assert (results["area"].value, results["area"].media_type) == ("12", "text/plain")
    assert results["shape"].value == b"\x89PNG"
    assert results["far"].href == "http://x.test/far.tif"


async def test_row_9_binary_parts_are_untouched() -> None:
    """Line breaks and boundary-like bytes inside a part stay as they are."""
    image = b"\r\n\x00\r\n--b2\n\nContent\r\n"
    head = b"--b1\r\nContent-ID: shape\r\nContent-Type: image/tiff\r\n\r\n"
    body = head + image + b"\r\n--b1--"
    content_type = "multipart/related; boundary=b1"
    results = (await execute(reply(200, body, content_type=content_type))).results
    assert results is not None
    assert results["shape"].value == image


async def test_row_10_links_instead_of_a_body() -> None:
    """204 with Link headers: an output each, by relation, and nothing for the others."""
    header = f'<{BASE}/a>; rel="area", <{BASE}/s>; rel=shape; type="text/csv", <{BASE}/>; rel="up"'
    results = (await execute(reply(204, link=header))).results
    assert results is not None
    assert {key: output.href for key, output in results.items()} == {
        "area": f"{BASE}/a",
        "shape": f"{BASE}/s",
    }
    assert results["shape"].media_type == "text/csv"


async def test_row_10_a_content_location_instead_of_a_body() -> None:
    """204 with Content-Location is the only output by reference."""
    answer = reply(204, content_location="/temp/a.tif")
    results = (await execute(answer, ONE_OUTPUT)).results
    assert results is not None
    assert results["shape"].href == "http://server.test/temp/a.tif"


async def test_row_11_nothing_returned() -> None:
    """204 without links is results without outputs."""
    execution = await execute(reply(204))
    assert execution.job is None
    assert execution.results is not None
    assert len(execution.results) == 0
