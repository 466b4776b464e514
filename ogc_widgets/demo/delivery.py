"""The results of a job as an HTTP answer: raw, document, by value, by reference.

OGC 18-062r2, 7.11.4 and 7.13. ``response`` of the execute request decides between raw and document.
The default of the standard is raw. Where the request did not say, it is kept for what clients rely
on, a single output of an execution that was waited for, unless ``Accept`` names JSON. Several
outputs, and the results of a job, are then a document: one that ``requests.get(url).json()`` reads,
as the training does; ``multipart/related`` is for who accepts it by name.
"""

import base64
import json
import mimetypes
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from fastapi.responses import FileResponse, JSONResponse, RedirectResponse, Response

from .documents import Document, job_url

mimetypes.add_type("application/geo+json", ".geojson")
mimetypes.add_type("image/tiff; application=geotiff", ".tif")
mimetypes.add_type("image/tiff; application=geotiff", ".tiff")
mimetypes.add_type("text/csv", ".csv")


@dataclass(frozen=True, slots=True)
class Delivery:
    """Where the results of a job come from: their base URL, and the folder of the job's files."""

    base: str
    job_id: str
    files: Path

    def file(self, href: str) -> Path | None:
        """The job's own file that an href names, or None."""
        prefix = f"{job_url(self.base, self.job_id)}/files/"
        if not href.startswith(prefix):
            return None
        return safe_file(self.files, unquote(href[len(prefix) :]))

    def href(self, output_id: str) -> str:
        """Where one output is, raw."""
        return f"{job_url(self.base, self.job_id)}/results/{quote(output_id, safe='')}"


def safe_file(folder: Path, name: str) -> Path | None:
    """The file of that name below the folder; None where there is none, or the name leaves it."""
    if not name or "\0" in name or "\\" in name:
        return None
    root = folder.resolve()
    try:
        file = (root / name).resolve()
        inside = file.is_relative_to(root) and file.is_file()
    except (OSError, ValueError, RuntimeError):  # RuntimeError: a circle of symbolic links
        return None
    return file if inside else None


def media_type_of(file: Path) -> str:
    """The media type that a file's name tells."""
    return mimetypes.guess_type(file.name)[0] or "application/octet-stream"


def file_response(file: Path, media_type: str | None = None) -> FileResponse:
    """A file of a job; a browser may show it, but not run anything in it."""
    headers = {"Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'"}
    return FileResponse(file, media_type=media_type or media_type_of(file), headers=headers)


def wants_document(response: str, accept: str, *, single: bool) -> bool:
    """Whether the results are given as a document.

    :param response: the execute request's; empty where it does not say
    :param single: one output of an execution that was waited for
    """
    if response:
        return response == "document"
    accepted = accept.lower()
    return "application/json" in accepted or not (single or "multipart/" in accepted)


def deliver(
    results: Document, outputs: Mapping[str, str], delivery: Delivery, *, document: bool
) -> Response:
    """The outputs that were asked for (id -> transmission mode) as one answer."""
    asked = {
        output_id: _transmitted(output_id, results[output_id], mode, delivery, document=document)
        for output_id, mode in outputs.items()
        if output_id in results
    }
    if document:
        return JSONResponse(asked)
    if not asked:
        return Response(status_code=204)
    if all(_is_link(value) for value in asked.values()):
        return _references(asked)
    if len(asked) == 1:
        return raw_output(next(iter(asked.values())), delivery)
    return _multipart(asked, delivery)


def raw_output(value: Any, delivery: Delivery) -> Response:
    """One output, raw; one that lies elsewhere is redirected to."""
    if isinstance(value, _OwnFile):
        return file_response(value.file, value.media_type)
    if _is_link(value):
        file = delivery.file(value["href"])
        if file is None:
            return RedirectResponse(value["href"], status_code=303)
        return file_response(file, value.get("type"))
    content, media_type = encoded(value)
    return Response(content, media_type=media_type)


@dataclass(frozen=True, slots=True)
class _OwnFile:
    """An output that is a file of the job, to be given by value."""

    file: Path
    media_type: str


def _is_link(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("href"), str)


def _is_qualified(value: Any) -> bool:
    return isinstance(value, dict) and "value" in value


def _transmitted(
    output_id: str, value: Any, mode: str, delivery: Delivery, *, document: bool
) -> Any:
    """The output in the transmission mode that was asked for, where that can be had."""
    if _is_link(value):
        file = delivery.file(value["href"])
        if file is None or mode == "reference" or (mode == "" and document):
            return value
        media_type = value.get("type") or media_type_of(file)
        return _inlined(file, media_type) if document else _OwnFile(file, media_type)
    if mode == "reference":
        return {"href": delivery.href(output_id), "type": encoded(value)[1].partition(";")[0]}
    return value


def _inlined(file: Path, media_type: str) -> Document:
    """A file as a qualified value: JSON as such, text as text, all else in base64."""
    content = file.read_bytes()
    if "json" in media_type:
        return {"value": json.loads(content), "mediaType": media_type}
    if media_type.startswith("text/"):
        return {"value": content.decode(errors="replace"), "mediaType": media_type}
    value = base64.b64encode(content).decode()
    return {"value": value, "encoding": "base64", "mediaType": media_type}


def encoded(value: Any) -> tuple[bytes, str]:
    """An inline output as bytes, and their media type."""
    media_type = ""
    if _is_qualified(value):
        media_type = value.get("mediaType", "")
        if value.get("encoding") == "base64" and isinstance(value["value"], str):
            return base64.b64decode(value["value"]), media_type or "application/octet-stream"
        value = value["value"]
    if isinstance(value, str):
        return value.encode(), media_type or "text/plain; charset=utf-8"
    return json.dumps(value, ensure_ascii=False).encode(), media_type or "application/json"


def _references(links: dict[str, Any]) -> Response:
    """All outputs by reference: no body, a Link header for each (Table 11)."""
    answer = Response(status_code=204)
    for output_id, one in links.items():
        kind = f'; type="{one["type"]}"' if "type" in one else ""
        rel = quote(output_id, safe="-._~")
        answer.headers.append("Link", f'<{quote(one["href"], safe=_URL)}>; rel="{rel}"{kind}')
    return answer


_URL = ":/?#[]@!$&'()*+,;=%-._~"


def _multipart(values: dict[str, Any], delivery: Delivery) -> Response:
    """Several outputs, raw: a part for each, its Content-ID is the output's id."""
    boundary = uuid.uuid4().hex
    body = b"".join(
        f"--{boundary}\r\n{head}\r\n".encode() + content + b"\r\n"
        for head, content in (_part(output_id, value) for output_id, value in values.items())
    )
    return Response(
        body + f"--{boundary}--\r\n".encode(), media_type=f"multipart/related; boundary={boundary}"
    )


def _part(output_id: str, value: Any) -> tuple[str, bytes]:
    """The head and the content of the part of one output."""
    content_id = f"Content-ID: <{quote(output_id, safe='-._~')}>\r\n"
    if isinstance(value, _OwnFile):
        return f"{content_id}Content-Type: {value.media_type}\r\n", value.file.read_bytes()
    if _is_link(value):
        kind = f"Content-Type: {value['type']}\r\n" if "type" in value else ""
        return f"{content_id}{kind}Content-Location: {quote(value['href'], safe=_URL)}\r\n", b""
    content, media_type = encoded(value)
    return f"{content_id}Content-Type: {media_type}\r\n", content
