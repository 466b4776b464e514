"""An HTTP answer, read leniently: by its content and not by what the server calls it."""

import json
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import httpx

from ogc_widgets.models.link import Link

BINARY = re.compile(r"^(image|audio|video|font)/|octet-stream|zip|tiff|netcdf|hdf|parquet|pdf|grib")
DECODER = json.JSONDecoder(strict=False)
LINK = re.compile(r'<([^<>]*)>((?:\s*;\s*[\w*-]+\s*=\s*(?:"[^"]*"|[^";,\s]+))*)')
LINK_MEMBER = re.compile(r';\s*([\w*-]+)\s*=\s*(?:"([^"]*)"|([^";,\s]+))')
SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
DEEPEST, FLAT = 200, 20
NO_MARKS = bytes(set(range(256)) - set(b'[]{}"'))
MARKED_TEXT = re.compile(rb'"[^"]*"')
MARKUP = re.compile(rb"\s*(?:\xef\xbb\xbf)?<(\?xml|!doctype|!--|[A-Za-z])", re.IGNORECASE)


class NotJson(ValueError):
    """The text holds no JSON document."""


@dataclass(frozen=True)
class Answer:
    """What came back, whole.

    :ivar status: HTTP status
    :ivar url: the address that answered, after redirects
    :ivar headers: as sent
    :ivar content: the body's bytes, decompressed
    :ivar own: whether the answer came from the origin that the user named
    """

    status: int
    url: str
    headers: httpx.Headers
    content: bytes
    own: bool = True

    @cached_property
    def text(self) -> str:
        """The body as text; bytes that are no UTF-8 become replacement characters."""
        return self.content.decode("utf-8", "replace").removeprefix("\ufeff")

    @property
    def media_type(self) -> str:
        """The media type without parameters, in lower case; may be empty, may be wrong."""
        return str(self.headers.get("content-type", "")).split(";")[0].strip().lower()

    @property
    def location(self) -> str:
        """The ``Location`` header, as sent; may be empty."""
        return str(self.headers.get("location", "")).strip()

    @property
    def markup(self) -> bool:
        """Whether the body is HTML or XML, whatever it is called."""
        return MARKUP.match(self.content[:512]) is not None

    @property
    def binary(self) -> bool:
        """Whether the body is called something that is no text."""
        return BINARY.search(self.media_type) is not None

    def json(self) -> Any:
        """The JSON document in the body; raises NotJson where there is none."""
        return parse_json(self.text)

    def links(self) -> tuple[Link, ...]:
        """The links of the ``Link`` headers."""
        header = ", ".join(self.headers.get_list("link"))[:65536]
        return tuple(
            Link({"href": href} | {name.lower(): a or b for name, a, b in _members(rest)})
            for href, rest in LINK.findall(header)
            if href.strip()
        )


def parse_json(text: str, *, anywhere: bool = False) -> Any:
    """The JSON document at the start of a text, whatever follows it; raises NotJson without one.

    :param anywhere: whether stray lines may stand before the first brace or bracket
    """
    try:
        return _sound(json.loads(text), text)
    except (ValueError, RecursionError):
        pass
    found = re.search(r"[{\[]" if anywhere else r"\A\s*(?=[{\[])", text[:65536])
    if found is None:
        raise NotJson("No document begins here.")
    try:
        return parse_at(text, found.start() if anywhere else found.end())[0]
    except (ValueError, RecursionError):
        raise NotJson("The document is broken.") from None


def parse_at(text: str, position: int) -> tuple[Any, int]:
    """The JSON document at a position, and where it ends; raises ValueError or RecursionError."""
    document, end = DECODER.raw_decode(text, position)
    return _sound(document, text[position:end]), end


def _sound(document: Any, text: str) -> Any:
    """The document with text that can be written again, if it is not nested without reason.

    Halves of a character (``\\ud800`` alone) fit into no message, address or file; what is nested
    for hundreds of levels cannot be compared, shown or written.
    """
    if not (_is_flat(text) or _depth(document) <= DEEPEST):
        raise NotJson("The document is nested too deeply.")
    if SURROGATE.search(text) is None:
        return document
    written = json.dumps(document, ensure_ascii=False).encode("utf-16", "surrogatepass")
    return json.loads(written.decode("utf-16", "replace"))


def _is_flat(text: str) -> bool:
    """Whether the text of a JSON document nests little; no walk through thousands of jobs."""
    marks = text.encode("utf-8", "surrogatepass")
    if b"\\" in marks:
        marks = marks.replace(rb"\\", b"").replace(rb"\"", b"")
    marks = marks.translate(None, NO_MARKS).replace(b'""', b"")
    if b'"' in marks:
        marks = MARKED_TEXT.sub(b"", marks)
    for _ in range(FLAT):
        if not marks:
            break
        marks = marks.replace(b"{}", b"").replace(b"[]", b"")
    return not marks


def _depth(document: Any) -> int:
    """How many levels a document has, at most one more than the deepest allowed."""
    level, depth = [document] if type(document) in (dict, list) else [], 0
    while level and depth <= DEEPEST:
        depth += 1
        level = [
            child
            for node in level
            for child in (node.values() if type(node) is dict else node)
            if type(child) in (dict, list)
        ]
    return depth


def _members(rest: str) -> list[tuple[str, str, str]]:
    return LINK_MEMBER.findall(rest)
