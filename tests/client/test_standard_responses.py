"""One message for each shape of an execute response, as the standard's texts have it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest

from ogc_widgets import errors
from ogc_widgets.client import Execution
from ogc_widgets.models import OutputValue
from tests.client.executing import STATUS, execute
from tests.client.fakes import connect

OUTPUTS = ("stringOutput", "imageOutput", "measureOutput", "many", "boundingBoxOutput")
PROCESS = {"id": "EchoProcess", "outputs": {name: {"schema": {}} for name in OUTPUTS}}
ONE = {"id": "EchoProcess", "outputs": {"stringOutput": {"schema": {}}}}
IMAGE = OutputValue(None, "https://example.org/out/image.tif", "image/tiff")
TIFF = b"II*\x00"
BOX = {"bbox": [51.9, 7, 52, 7.1], "crs": "http://www.opengis.net/def/crs/OGC/1.3/CRS84"}
MANY = [1, {"value": "YQ==", "encoding": "base64", "mediaType": "image/png"}]

# The row of the table of answers, the outputs (id: value, or an OutputValue), the job.
FINISHED: dict[str, tuple[int, dict[str, Any], str | None]] = {
    "01-sync-raw-one-text": (6, {"stringOutput": "Value2"}, None),
    "02-sync-raw-one-json": (6, {"stringOutput": 3.14159}, None),
    "03-sync-raw-one-geojson": (
        6,
        {"stringOutput": {"type": "FeatureCollection", "features": []}},
        None,
    ),
    "04-sync-raw-one-binary-png": (6, {"stringOutput": b"(binary)"}, None),
    "05-v1-sync-raw-value-multi.multipart-related": (
        9,
        {"stringOutput": "Value2", "imageOutput": TIFF},
        None,
    ),
    "06-v1-sync-raw-mixed-multi.multipart-related": (
        9,
        {"stringOutput": "Value2", "imageOutput": IMAGE},
        None,
    ),
    "07-v1-sync-raw-reference-204-link": (
        10,
        {
            "imageOutput": IMAGE,
            "stringOutput": OutputValue(None, "https://example.org/out/s.txt", "text/plain"),
        },
        None,
    ),
    "08-sync-document": (
        7,
        {
            "stringOutput": "Value2",
            "measureOutput": {"measurement": 10.3, "uom": "m"},
            "imageOutput": IMAGE,
            "many": MANY,
            "boundingBoxOutput": BOX,
        },
        None,
    ),
    "09-sync-with-job-monitor-link": (13, {"stringOutput": "Value2"}, "j9"),
    "10-v2-sync-outputs-empty-204": (11, {}, None),
    "11-v2-sync-one-303": (
        12,
        {
            "stringOutput": OutputValue(
                None, "https://example.org/resp/job-01/spectral-index.tiff", None
            )
        },
        None,
    ),
    "12-v2-collection-303": (
        12,
        {"stringOutput": OutputValue(None, "https://example.org/collections/result-7", None)},
        None,
    ),
    "18-asked-async-got-sync-200": (14, {"stringOutput": "Value2"}, None),
}
STARTED: dict[str, tuple[int, str]] = {
    "13-v1-async-201-body": (1, "accepted"),
    "14-v2-async-201-body": (1, "accepted"),
    "15-async-201-no-body": (2, "running"),
    "16-async-201-null-body": (2, "running"),
    "17-async-202-body": (4, "accepted"),
    "19-async-200-statusinfo": (5, "accepted"),
    "20-async-201-no-location-body-only": (3, "accepted"),
}
REFUSED: dict[str, tuple[int, type[errors.HttpError], int, str]] = {
    "21-problem-json-400": (16, errors.BadRequest, 400, "Missing input: aoi"),
    "22-html-500": (16, errors.ServerFault, 500, "Internal Server Error"),
    "23-429-retry-after": (17, errors.TooManyRequests, 429, "pause"),
    "24-401-www-authenticate": (16, errors.NotSignedIn, 401, "credentials"),
}


def message(shared: Path, name: str) -> httpx.Response:
    """The response in a file, as a server would send it."""
    content = (shared / f"standard/authored/responses/{name}.http").read_bytes()
    head, _, body = content.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    headers = [tuple(line.split(": ", 1)) for line in lines if line]
    return httpx.Response(int(first.split()[1]), headers=headers, content=body)  # type: ignore[arg-type]


def described(name: str) -> dict[str, Any]:
    """A process that has one output where only one is sent."""
    return ONE if name[:2] in ("01", "02", "03", "04", "11", "12") else PROCESS


async def answer(shared: Path, name: str, mode: str) -> Execution:
    """The execution that a message gives."""
    routes = {"GET /jobs/j1": STATUS}
    return await execute(message(shared, name), described(name), mode, **routes)


def test_every_message_is_tested(shared: Path) -> None:
    """No file is left out, and no file of the tables is missing."""
    folder = shared / "standard/authored/responses"
    names = {path.name.removesuffix(".http") for path in folder.glob("*.http")}
    assert names == {*FINISHED, *STARTED, *REFUSED}


@pytest.mark.parametrize("mode", ["sync", "async", "auto"])
@pytest.mark.parametrize("name", FINISHED)
async def test_results(name: str, mode: str, shared: Path) -> None:
    """Rows 6 to 14: the outputs, in values, bytes and links, whatever was asked for."""
    _, expected, job_id = FINISHED[name]
    execution = await answer(shared, name, mode)
    assert execution.results is not None
    found = {
        key: output if output.href else output.value for key, output in execution.results.items()
    }
    assert list(found) == list(expected)
    for key, value in expected.items():
        if isinstance(value, OutputValue):
            output = execution.results[key]
            assert (output.href, output.media_type) == (value.href, value.media_type)
        else:
            assert found[key] == value
    assert (execution.job.job_id if execution.job else None) == job_id


@pytest.mark.parametrize("name", [name for name, (row, *_) in FINISHED.items() if row != 12])
async def test_results_of_a_job(name: str, shared: Path) -> None:
    """The same shapes come as the results of a job."""
    _, expected, _ = FINISHED[name]
    client, _ = connect(
        {
            "GET /processes/EchoProcess": described(name),
            "GET /jobs/j1": {"jobID": "j1", "status": "successful", "processID": "EchoProcess"},
            "GET /jobs/j1/results": message(shared, name),
        }
    )
    results = await client.results("j1")
    assert list(results) == list(expected)
    for key, value in expected.items():
        href = value.href if isinstance(value, OutputValue) else None
        assert results[key].href == href
        assert href or results[key].value == value


@pytest.mark.parametrize("mode", ["sync", "async", "auto"])
@pytest.mark.parametrize("name", STARTED)
async def test_jobs(name: str, mode: str, shared: Path) -> None:
    """Rows 1 to 5 and 15: the job and its status, whatever was asked for."""
    _, status = STARTED[name]
    execution = await answer(shared, name, mode)
    assert execution.results is None
    assert execution.job is not None
    assert (execution.job.job_id, execution.job.status) == ("j1", status)
    assert execution.job.process_id in ("EchoProcess", "buffer")


@pytest.mark.parametrize("name", REFUSED)
async def test_errors(name: str, shared: Path) -> None:
    """Rows 16 and 17: the class, the status, the reason."""
    _, kind, status, words = REFUSED[name]
    with pytest.raises(kind, match=words) as caught:
        await answer(shared, name, "async")
    assert caught.value.status == status


def test_every_row_of_answers_has_a_message_or_a_test_of_its_own() -> None:
    """Row 8 is no standard's, row 15 is a job where results were asked for."""
    rows = {row for row, *_ in (*FINISHED.values(), *STARTED.values(), *REFUSED.values())}
    assert rows | {8, 15} == set(range(1, 18))
