"""One output of a process, and its way to a value or a file."""

import json
import os
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

Progress = Callable[[int, int | None], object]


class Source(Protocol):
    """What reads the links of outputs: a client."""

    async def read(self, output: "OutputValue") -> Any:
        """The value behind an output's link."""

    async def save(self, output: "OutputValue", path: Path, progress: Progress | None) -> Path:
        """The file that the bytes behind an output's link were written to."""


@dataclass(frozen=True)
class OutputValue:
    """One output: a value, or a link to it.

    :ivar value: JSON value, text, or bytes; None where the output is a link. A bounding box is the
        standard's object: ``{"bbox": [west, south, east, north], "crs": …}``
    :ivar href: where the output is, absolute, or None where it is in ``value``
    :ivar media_type: media type without parameters, or None where nobody says
    :ivar raw: what the server sent for this output
    :ivar source: the client that reads the link; None where the output came from none
    """

    value: Any = None
    href: str | None = None
    media_type: str | None = None
    raw: Any = field(default=None, repr=False)
    source: Source | None = field(default=None, repr=False, compare=False)

    async def read(self) -> Any:
        """The value itself; that of a link is fetched: JSON value, text or bytes by media type.

        :raises OgcError: the link cannot be read (credentials go to the server's own origin only)
        """
        return self.value if self.href is None else await self._from().read(self)

    async def save(self, path: str | os.PathLike[str], *, progress: Progress | None = None) -> Path:
        """The file that the output was written to, whole: until then it has another name.

        Bytes and text are written as they are, other values as JSON. A link is read in pieces; what
        breaks off is taken up again where it ended, if the server can do that.

        :param path: the file; one that is there is replaced
        :param progress: called with the bytes that are there, and how many it will be, or None
        :raises OgcError: the link cannot be read
        :raises OSError: the file cannot be written
        """
        target = Path(path)
        if self.href is not None:
            return await self._from().save(self, target, progress)
        content = as_bytes(self.value)
        write_whole(target, content)
        if progress is not None:
            progress(len(content), len(content))
        return target

    def _from(self) -> Source:
        if self.source is None:
            raise ValueError("This output came from no client; read its link with client.fetch.")
        return self.source


def as_bytes(value: Any) -> bytes:
    """A value as the content of a file."""
    if isinstance(value, bytes):
        return value
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text.encode("utf-8", "replace")


def write_whole(path: Path, content: bytes) -> None:
    """Writes a file under another name, and then gives it its own."""
    part = part_name(path)
    try:
        part.write_bytes(content)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def part_name(path: Path) -> Path:
    """A name that nobody has, for a file that is not whole yet."""
    return path.with_name(f".{path.name[:100]}.{uuid.uuid4().hex[:8]}.part")
