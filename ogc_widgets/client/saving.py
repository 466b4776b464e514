"""Downloads a file in pieces, and takes up again what broke off (RFC 9110, clause 14)."""

import asyncio
import re
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import httpx

from ogc_widgets.client.answer import Answer
from ogc_widgets.client.faults import RETRIED, exchange_fault
from ogc_widgets.client.http import RETRIED_STATUSES, Http, place, read_chunks
from ogc_widgets.client.reading import check
from ogc_widgets.errors import OgcError, TimedOut, UnreadableAnswer
from ogc_widgets.models.output import Progress, part_name

CONTENT_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")
# Compressed bytes cannot be taken up in the middle.
PLAIN = {"Accept": "*/*", "Accept-Encoding": "identity"}


class CannotWrite(Exception):
    """The disk, not the server: the OSError is the cause."""


@dataclass
class Version:
    """Which version of the file the first bytes are of, as far as the server says.

    :ivar validator: a strong ETag or a date, for ``If-Range``
    :ivar total: bytes in all, or None
    """

    validator: str = ""
    total: int | None = None
    plain: bool = False


class Download:
    """One file on its way.

    :param progress: called with the bytes that are there, and how many it will be, or None
    """

    def __init__(self, http: Http, url: str, progress: Progress | None) -> None:
        self._http = http
        self._url = url
        self._progress = progress
        self._version = Version()
        self._done = 0

    async def save(self, path: Path) -> Path:
        """The file, whole, under its name.

        :raises OSError: the disk; nothing is left of what was written then
        """
        part = part_name(path)
        try:
            with part.open("xb") as file:
                await self._fill(file)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        return path

    async def _fill(self, file: BinaryIO) -> None:
        attempt = 0
        while True:
            attempt, before, asked = attempt + 1, self._done, None
            try:
                answer = await self._ask(file)
                if answer.status not in RETRIED_STATUSES:
                    return self._judge(answer)
                asked = answer.headers.get("retry-after")
                failure: OgcError | None = None
            except RETRIED as error:
                failure = exchange_fault(error, "GET", place(self._url))
            except TimedOut as error:
                failure = error
            if self._done > before:
                attempt = 1  # it goes on, if in pieces
            pause = self._http.patience.pause(attempt, asked)
            if pause is None:
                if failure is None:
                    return self._judge(answer)
                raise failure
            await self._http.patience.sleep(pause)

    async def _ask(self, file: BinaryIO) -> Answer:
        headers = dict(PLAIN)
        if self._done and self._version.plain:
            headers["Range"] = f"bytes={self._done}-"
            if self._version.validator:
                headers["If-Range"] = self._version.validator

        async def take(response: httpx.Response, clock: asyncio.Timeout) -> bytes:
            return await self._take(response, clock, file)

        try:
            return await self._http.follow(self._url, headers, take)
        except CannotWrite as error:
            raise error.__cause__ or error from None

    async def _take(
        self, response: httpx.Response, clock: asyncio.Timeout, file: BinaryIO
    ) -> bytes:
        """Writes a body to the file; of what is no part of it, gives the beginning."""
        wanted = response.status_code in (200, 206)
        if wanted:
            self._place(response, file)
        kept = b""
        async with aclosing(read_chunks(response, clock)) as chunks:
            async for chunk in chunks:
                if wanted:
                    self._write(chunk, file)
                elif len(kept) < 2**16:
                    kept += chunk
                else:
                    break
        return kept

    def _place(self, response: httpx.Response, file: BinaryIO) -> None:
        """Puts the file where the body goes on: at its end, or at its beginning."""
        found = CONTENT_RANGE.match(response.headers.get("content-range", ""))
        if response.status_code == 206 and found and int(found[1]) == self._done:
            total = None if found[2] == "*" else int(found[2])
            if self._version.validator or total == self._version.total:
                return
        if response.status_code == 206:
            raise UnreadableAnswer(
                "The file changed while it was read.", f"Read {place(self._url)} again."
            )
        self._done = 0
        file.seek(0)
        file.truncate()
        self._version = _version(response)

    def _write(self, chunk: bytes, file: BinaryIO) -> None:
        try:
            file.write(chunk)
        except OSError as error:
            raise CannotWrite from error
        self._done += len(chunk)
        if self._progress is not None:
            self._progress(self._done, self._version.total)

    def _judge(self, answer: Answer) -> None:
        if answer.status == 416 and self._done and self._done == self._version.total:
            return
        check(answer)
        if answer.status not in (200, 206):
            raise UnreadableAnswer(
                "The link leads to no file.", place(self._url), status=answer.status
            )


def _version(response: httpx.Response) -> Version:
    headers = response.headers
    plain = headers.get("content-encoding", "identity").strip().lower() in ("", "identity")
    length = headers.get("content-length", "")
    tag = headers.get("etag", "")
    strong = tag if tag.startswith('"') else headers.get("last-modified", "")
    total = int(length[:18]) if plain and length.isascii() and length.isdigit() else None
    return Version(strong, total, plain)
