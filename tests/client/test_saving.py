"""Files are saved in pieces, taken up again, whole or not at all."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import httpx
import pytest

from ogc_widgets import errors
from ogc_widgets.client import ProcessesClient
from ogc_widgets.client.saving import Download
from ogc_widgets.models import OutputValue
from tests.client.fakes import FakeServer, InTurn, make_client

FILE = "http://files.test/a.tif"
GET = f"GET {FILE}"
CONTENT = bytes(range(256)) * 40


class Broken(httpx.AsyncByteStream):
    """A body that breaks off after some bytes."""

    def __init__(self, content: bytes, error: Exception) -> None:
        self._content = content
        self._error = error

    async def __aiter__(self) -> Any:
        for begin in range(0, len(self._content), 1000):
            yield self._content[begin : begin + 1000]
        raise self._error


class FileServer:
    """Serves one file; each answer breaks off after so many bytes (None: it does not).

    :ivar ranges: what was asked for, one for each request: (Range, If-Range)
    """

    def __init__(self, *lengths: int | None, ranges: bool = True, **headers: str) -> None:
        self.lengths = list(lengths)
        self.headers = {"Content-Length": str(len(CONTENT)), "ETag": '"v1"'} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        self.takes_ranges = ranges
        self.error: Exception = httpx.ReadError("broken")
        self.ranges: list[tuple[str | None, str | None]] = []
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        asked = request.headers.get("range")
        same = request.headers.get("if-range") in (None, self.headers.get("ETag"))
        self.ranges.append((asked, request.headers.get("if-range")))
        begin = int(asked.removeprefix("bytes=").rstrip("-")) if asked else 0
        status, headers = 200, dict(self.headers)
        if asked and self.takes_ranges and same:
            status = 206
            headers["Content-Range"] = f"bytes {begin}-{len(CONTENT) - 1}/{len(CONTENT)}"
        else:
            begin = 0
        length = self.lengths.pop(0)
        rest = CONTENT[begin:] if length is None else CONTENT[begin : begin + length]
        if length is None:
            headers["Content-Length"] = str(len(rest))
            return httpx.Response(status, headers=headers, content=rest)
        return httpx.Response(status, headers=headers, stream=Broken(rest, self.error))


def output_of(server: Any, **options: Any) -> tuple[OutputValue, ProcessesClient]:
    """An output that is a link to the file, and its client."""
    client = make_client(server, **options)
    return OutputValue(None, FILE, "image/tiff", source=client._fetching), client


@pytest.mark.parametrize(
    ("value", "content"),
    [
        (b"\x89PNG", b"\x89PNG"),
        ("Água", "Água".encode()),
        ({"a": ["ü"]}, '{"a": ["ü"]}'.encode()),
        (None, b"null"),
    ],
)
async def test_a_value_is_saved_as_it_is(value: Any, content: bytes, tmp_path: Path) -> None:
    """Bytes, text, and JSON; no client is needed."""
    seen: list[tuple[int, int | None]] = []
    path = tmp_path / "a"
    path.write_bytes(b"old and longer than the new one")
    saved = await OutputValue(value).save(path, progress=lambda *bytes_: seen.append(bytes_))
    assert saved == path
    assert path.read_bytes() == content
    assert seen == [(len(content), len(content))]
    assert list(tmp_path.iterdir()) == [path]


async def test_a_link_is_saved_in_pieces(tmp_path: Path) -> None:
    """Progress grows to the total; nothing else is left in the folder."""
    server = FileServer(None)
    output, _ = output_of(server)
    seen: list[tuple[int, int | None]] = []
    await output.save(str(tmp_path / "a.tif"), progress=lambda *bytes_: seen.append(bytes_))
    assert (tmp_path / "a.tif").read_bytes() == CONTENT
    assert seen[-1] == (len(CONTENT), len(CONTENT))
    assert seen == sorted(seen)
    assert [path.name for path in tmp_path.iterdir()] == ["a.tif"]
    assert server.requests[0].headers["accept-encoding"] == "identity"


@pytest.mark.parametrize(
    "error", [httpx.ReadError("x"), httpx.RemoteProtocolError("x"), httpx.ReadTimeout("x")]
)
async def test_what_breaks_off_is_taken_up_again(error: Exception, tmp_path: Path) -> None:
    """By Range, if it is still the same version; pieces that grow never end the patience."""
    lengths = [1000, 2000, 0, 0, 2500, 1000, 1000, None]
    server = FileServer(*lengths)
    server.error = error
    output, _ = output_of(server)
    await output.save(tmp_path / "a.tif")
    assert (tmp_path / "a.tif").read_bytes() == CONTENT
    assert server.ranges[:3] == [
        (None, None),
        ("bytes=1000-", '"v1"'),
        ("bytes=3000-", '"v1"'),
    ]


@pytest.mark.parametrize(
    ("headers", "condition"),
    [
        ({"ETag": 'W/"v1"'}, None),
        ({"ETag": "", "Last_Modified": "Tue, 24 Nov 2026 08:00:00 GMT"}, "Tue, 24 Nov"),
    ],
)
async def test_a_weak_tag_names_no_version(
    headers: dict[str, str], condition: str | None, tmp_path: Path
) -> None:
    """A date does; without either, the total has to be the same."""
    server = FileServer(1000, None, **headers)
    output, _ = output_of(server)
    await output.save(tmp_path / "a.tif")
    asked = server.ranges[1][1]
    assert asked is None if condition is None else (asked or "").startswith(condition)
    assert (tmp_path / "a.tif").read_bytes() == CONTENT


async def test_a_server_without_ranges_is_read_from_the_beginning(tmp_path: Path) -> None:
    """200 instead of 206: what was there is dropped."""
    server = FileServer(3000, None, ranges=False)
    output, _ = output_of(server)
    await output.save(tmp_path / "a.tif")
    assert (tmp_path / "a.tif").read_bytes() == CONTENT


async def test_a_file_that_changed_is_not_mixed(tmp_path: Path) -> None:
    """206 with another total, and no version to go by."""
    server = FileServer(1000, None, ETag="")

    def answer(request: httpx.Request) -> httpx.Response:
        made = server(request)
        if "content-range" in made.headers:
            made.headers["content-range"] = "bytes 1000-9/10"
        return made

    output, _ = output_of(answer)
    with pytest.raises(errors.UnreadableAnswer, match="changed"):
        await output.save(tmp_path / "a.tif")
    assert not list(tmp_path.iterdir())


async def test_a_compressed_file_is_saved_as_what_it_is(tmp_path: Path) -> None:
    """Servers compress unasked; such a body is not taken up in the middle."""
    packed = gzip.compress(CONTENT)
    headers = {"content-encoding": "gzip"}
    server = FakeServer({GET: lambda _: httpx.Response(200, content=packed, headers=headers)})
    output, _ = output_of(server)
    seen: list[tuple[int, int | None]] = []
    await output.save(tmp_path / "a.tif", progress=lambda *bytes_: seen.append(bytes_))
    assert (tmp_path / "a.tif").read_bytes() == CONTENT
    assert seen[-1] == (len(CONTENT), None)


@pytest.mark.parametrize(
    ("failure", "kind"),
    [
        (httpx.Response(404), errors.NotFound),
        (httpx.Response(403), errors.NotSignedIn),
        (httpx.Response(503), errors.ServerFault),
        (httpx.Response(204), errors.UnreadableAnswer),
        (httpx.ConnectError("x"), errors.ConnectionFailed),
        (httpx.ReadError("x"), errors.ConnectionLost),
    ],
)
async def test_a_link_that_cannot_be_read_leaves_the_old_file(
    failure: Any, kind: type[errors.OgcError], tmp_path: Path
) -> None:
    """And no half one."""
    path = tmp_path / "a.tif"
    path.write_bytes(b"old")
    output, _ = output_of(FakeServer({GET: failure}))
    with pytest.raises(kind):
        await output.save(path)
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("a.tif", b"old")]


async def test_a_server_that_is_busy_is_asked_again(tmp_path: Path) -> None:
    """503 with Retry-After, in the middle as well."""
    file_server = FileServer(1000, None)
    busy = httpx.Response(503, headers={"retry-after": "7"})
    server = FakeServer({GET: InTurn(busy, file_server, busy, file_server)})
    output, client = output_of(server)
    await output.save(tmp_path / "a.tif")
    assert (tmp_path / "a.tif").read_bytes() == CONTENT
    assert client.pauses.seconds.count(7) == 2  # type: ignore[attr-defined]


async def test_a_folder_that_is_not_there_is_the_users_own_error(tmp_path: Path) -> None:
    """An OSError, before anything is asked."""
    server = FileServer(None)
    output, _ = output_of(server)
    for saved in (output, OutputValue("x")):
        with pytest.raises(FileNotFoundError):
            await saved.save(tmp_path / "none" / "a.tif")
    assert not server.requests


async def test_a_full_disk_is_no_fault_of_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The OSError itself comes out, and nothing is asked again."""
    server = FileServer(None, None)
    output, _ = output_of(server)
    written = Download._write

    class Full:
        def write(self, chunk: bytes) -> None:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(Download, "_write", lambda self, chunk, file: written(self, chunk, Full()))
    with pytest.raises(OSError, match="No space"):
        await output.save(tmp_path / "a.tif")
    assert len(server.requests) == 1
    assert not list(tmp_path.iterdir())
