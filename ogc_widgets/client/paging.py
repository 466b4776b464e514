"""Lists, page by page, by the ``next`` link and by nothing else."""

from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing
from typing import Any, TypeVar
from urllib.parse import urlencode

from ogc_widgets.client.answer import Answer
from ogc_widgets.client.discovery import Discovery
from ogc_widgets.client.faults import unreadable
from ogc_widgets.client.http import Http
from ogc_widgets.client.reading import read_document
from ogc_widgets.client.salvage import salvage
from ogc_widgets.errors import OgcWarning, UnreadableAnswer
from ogc_widgets.models import Link, find_link
from ogc_widgets.models.link import read_links

PAGE_SIZE = 1000
Query = Mapping[str, str | int | list[str]]
Entry = TypeVar("Entry")


async def read_pages(
    http: Http, discovery: Discovery, resource: str, query: Query
) -> AsyncIterator[list[Any]]:
    """The raw entries of ``processes`` or ``jobs``, a page at a time.

    Ends without a ``next`` link, at an empty page, at a page that was read already, and (with a
    warning) at one on another host. A server that refuses the query is asked without it.
    """
    url = await discovery.find(resource)
    asked = f"{url}{'&' if '?' in url else '?'}{urlencode(query, doseq=True)}"
    answer = await http.get(asked)
    if answer.status in (400, 422):
        answer = await http.get(url)
    seen = {asked, url}
    while True:
        document = read_list(answer, resource)
        entries = read_entries(document, resource)
        if entries is None:
            raise unreadable(answer, f"a list of {resource}")
        if not entries:
            return
        yield entries
        link = next_link(document, answer)
        target = http.address.own(link.href, answer.url) if link else None
        if link is not None and target is None:
            discovery.note(OgcWarning(f"The next page of {resource} is on another host: not read."))
        if target is None or target in seen:
            return
        seen.add(target)
        answer = await http.get(target)


def read_list(answer: Answer, member: str) -> Any:
    """The document of a page; of one whose JSON is broken, the entries that can be read."""
    try:
        return read_document(answer, f"a list of {member}")
    except UnreadableAnswer:
        entries = None if answer.markup else salvage(answer.text, member)
        if entries is None:
            raise
        return {member: entries}


def next_link(document: Any, answer: Answer) -> Link | None:
    """The link to the next page, in the body or in a header."""
    links = read_links(document.get("links")) if isinstance(document, dict) else ()
    return find_link((*links, *answer.links()), "next")


def read_entries(document: Any, member: str) -> list[Any] | None:
    """The raw entries of a page: of its member, of a bare array, or of a map by id; else None."""
    if isinstance(document, dict):
        if member not in document:
            return None
        document = document[member]
        if isinstance(document, dict):
            return [
                {"id": key} | entry if isinstance(entry, dict) else key
                for key, entry in document.items()
            ]
    if document is None:
        return []
    return document if isinstance(document, list) else None


def unseen(entries: list[tuple[str, Entry]], seen: set[str]) -> list[Entry]:
    """The entries whose id was not seen before; those without an id are all kept."""
    new = []
    for identifier, entry in entries:
        if identifier not in seen:
            new.append(entry)
            if identifier:
                seen.add(identifier)
    return new


async def flatten(
    pages: AsyncGenerator[list[Entry], None], limit: int | None
) -> AsyncGenerator[Entry, None]:
    """The entries of all pages, up to a limit; no page is read that is not needed."""
    left = limit
    async with aclosing(pages):
        while left is None or left > 0:
            page = await anext(pages, None)
            if page is None:
                return
            for entry in page[:left]:
                yield entry
            left = None if left is None else left - len(page)


def page_size(limit: int | None) -> int:
    """How many entries to ask for at once."""
    return PAGE_SIZE if limit is None else max(1, min(limit, PAGE_SIZE))
