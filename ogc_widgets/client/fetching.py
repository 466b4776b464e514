"""Reads what an output's link leads to, as a value or into a file."""

from pathlib import Path
from typing import Any

from ogc_widgets.client.http import ANYTHING, DATA_LIMIT, Http, place
from ogc_widgets.client.outputs import read_value
from ogc_widgets.client.reading import check
from ogc_widgets.client.saving import Download
from ogc_widgets.errors import ConnectionFailed, UnreadableAnswer
from ogc_widgets.models import OutputValue
from ogc_widgets.models.output import Progress

# Stores of files call all that they do not know like this.
UNTOLD = ("", "application/octet-stream", "binary/octet-stream")


class Fetching:
    """What outputs are bound to, so that they can be read and saved."""

    def __init__(self, http: Http) -> None:
        self._http = http

    def __repr__(self) -> str:
        return f"<links read by a client of {self._http.address.url}>"

    async def fetch(self, href: str, limit: int = DATA_LIMIT, expected: str = "") -> OutputValue:
        """The value behind an href, with its media type; ``raw`` holds the bytes.

        :param expected: the media type where the server does not say
        :raises ConnectionFailed: the href is no web address
        """
        url = self._locate(href)
        answer = check(await self._http.get(url, headers=ANYTHING, limit=limit))
        if answer.status >= 300:
            raise UnreadableAnswer("The link leads nowhere.", place(url), status=answer.status)
        media_type = answer.media_type if answer.media_type not in UNTOLD else expected
        value = read_value(answer.content, media_type or UNTOLD[1])
        return OutputValue(value, url, media_type or answer.media_type or None, answer.content)

    async def read(self, output: OutputValue) -> Any:
        """The value behind an output's link."""
        return (await self.fetch(output.href or "", expected=output.media_type or "")).value

    async def save(self, output: OutputValue, path: Path, progress: Progress | None) -> Path:
        """The file that the bytes behind an output's link were written to."""
        download = Download(self._http, self._locate(output.href or ""), progress)
        return await download.save(path)

    def _locate(self, href: str) -> str:
        url = self._http.address.resolve(self._http.address.output(href))
        if url is None:
            raise ConnectionFailed(
                "This link cannot be read here.", "Only http and https links can be."
            )
        return url
