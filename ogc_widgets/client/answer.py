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
        return json.loads(text)
    except (ValueError, RecursionError):
        pass
    found = re.search(r"[{\[]" if anywhere else r"\A\s*(?=[{\[])", text[:65536])
    if found is None:
        raise NotJson("No document begins here.")
    try:
        return DECODER.raw_decode(text, found.start() if anywhere else found.end())[0]
    except (ValueError, RecursionError):
        raise NotJson("The document is broken.") from None


def _members(rest: str) -> list[tuple[str, str, str]]:
    return LINK_MEMBER.findall(rest)
