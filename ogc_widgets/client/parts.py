"""The parts of a multipart body: one for each output."""

import re
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesHeaderParser

# Some servers (ZOO-Project) put a blank line into a part's headers, and none behind them.
HEADER = re.compile(rb"(?:Content-[A-Za-z-]+|Status)[ \t]*:[^\r\n]*(?:\r\n|\n|\Z)", re.IGNORECASE)
BLANK = re.compile(rb"[ \t]*\r?\n")
LEADING_TYPE = re.compile(rb"\A\s*Content-Type:[ \t]*(multipart/[^\r\n]*)\r?\n", re.IGNORECASE)
MOST_PARTS = 10_000
LONGEST_HEAD = 16_384


@dataclass(frozen=True)
class Part:
    """One part.

    :ivar id: from ``Content-ID``, without brackets and host; may be empty
    :ivar media_type: without parameters; may be empty
    :ivar href: ``Content-Location`` of a part without content, else empty
    """

    id: str
    media_type: str
    content: bytes
    href: str


def multipart_type(content_type: str, body: bytes) -> str | None:
    """The multipart content type of a body, also where it is written in the body itself."""
    if content_type.strip().lower().startswith("multipart/"):
        return content_type
    found = LEADING_TYPE.match(body[:2048])
    return found.group(1).decode("latin-1") if found else None


def read_parts(content_type: str, body: bytes) -> list[Part]:
    """The parts of a body; nothing where the content type names no boundary."""
    header = Message()
    header["Content-Type"] = content_type.replace("\r", " ").replace("\n", " ")
    boundary = header.get_param("boundary")
    if not isinstance(boundary, str) or not boundary:
        return []
    chunks = body.split(b"--" + boundary.encode("latin-1", "replace"), MOST_PARTS)[1:]
    return [_read_part(chunk) for chunk in chunks if not chunk.startswith(b"--")]


def _read_part(chunk: bytes) -> Part:
    # Longest endings first: the line break before a boundary belongs to the boundary.
    chunk = chunk.removeprefix(b"\r").removeprefix(b"\n")
    chunk = chunk.removesuffix(b"\n").removesuffix(b"\r")
    head, position = b"", 0
    while position < LONGEST_HEAD:
        found = HEADER.match(chunk, position)
        if found is None:
            blank = BLANK.match(chunk, position)
            if blank is None:
                break
            position = blank.end()
            if HEADER.match(chunk, position) is None:
                break
            continue
        head += found.group().strip() + b"\r\n"
        position = found.end()
    headers = BytesHeaderParser().parsebytes(head)
    content = _decode(headers, chunk[position:])
    location = str(headers.get("Content-Location", "")).strip()
    return Part(
        _identify(headers),
        headers.get_content_type() if headers.get("Content-Type") else "",
        content,
        "" if content.strip() else location,
    )


def _identify(headers: Message) -> str:
    identifier = str(headers.get("Content-ID", "")).strip().strip("<>").split("@")[0]
    name = headers.get_param("name", "", "Content-Disposition")
    return identifier or (name if isinstance(name, str) else "")


def _decode(headers: Message, content: bytes) -> bytes:
    encoding = str(headers.get("Content-Transfer-Encoding", "")).strip().lower()
    if encoding not in ("base64", "quoted-printable"):
        return content
    part = Message()
    part["Content-Transfer-Encoding"] = encoding
    part.set_payload(content.decode("ascii", "surrogateescape"))
    decoded = part.get_payload(decode=True)
    return decoded if isinstance(decoded, bytes) else content
