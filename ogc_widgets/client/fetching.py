"""Reads what an output's link leads to."""

from ogc_widgets.client.http import ANYTHING, Http, place
from ogc_widgets.client.outputs import read_value
from ogc_widgets.client.reading import check
from ogc_widgets.errors import ConnectionFailed, UnreadableAnswer
from ogc_widgets.models import OutputValue


async def fetch(http: Http, href: str, limit: int) -> OutputValue:
    """The value behind an href, with its media type; ``raw`` holds the bytes.

    :raises ConnectionFailed: the href is no web address
    """
    url = http.address.resolve(http.address.output(href))
    if url is None:
        raise ConnectionFailed(
            "This link cannot be read here.", "Only http and https links can be."
        )
    answer = check(await http.get(url, headers=ANYTHING, limit=limit))
    if answer.status >= 300:
        raise UnreadableAnswer("The link leads nowhere.", place(url), status=answer.status)
    value = read_value(answer.content, answer.media_type or "application/octet-stream")
    return OutputValue(value, url, answer.media_type or None, answer.content)
