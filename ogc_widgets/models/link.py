"""Links, and finding one by relation and media type."""

from collections.abc import Iterable
from typing import Any

from ogc_widgets.models.document import Document, read_text


class Link(Document):
    """A link (OGC 18-062r2, link.yaml)."""

    __slots__ = ()

    @property
    def href(self) -> str:
        """Where it leads, as the server wrote it; may be relative, may be empty."""
        href = self.get("href")
        return href.strip() if isinstance(href, str) else ""

    @property
    def relation(self) -> str:
        """The relation's last word: ``results`` for any spelling of ogc/1.0/results.

        Servers write relations as a word, as an http or https URI, and as a CURIE in brackets.
        """
        return short_relation(read_text(self.get("rel")))

    @property
    def media_type(self) -> str:
        """The media type without parameters, in lower case; may be empty."""
        return read_text(self.get("type", "mediaType")).split(";")[0].strip().lower()

    @property
    def title(self) -> str:
        """What a person reads; may be empty."""
        return read_text(self.get("title"))

    def __repr__(self) -> str:
        return f"Link({self.relation!r}, {self.href!r})"


def short_relation(relation: str) -> str:
    """The last word of a relation in any spelling, in lower case."""
    word = relation.strip("[] ").rsplit("/", 1)[-1]
    return word.rsplit(":", 1)[-1].lower()


def read_links(value: Any) -> tuple[Link, ...]:
    """The links of a document's ``links`` member; what is no link is left out."""
    if not isinstance(value, list):
        return ()
    links = (Link(item) for item in value if isinstance(item, dict))
    return tuple(link for link in links if link.href)


def find_link(
    links: Iterable[Link], *relations: str, media_type: str | None = "application/json"
) -> Link | None:
    """The link with one of these relations, the earlier ones first.

    Of several, one of ``media_type`` is preferred, then one that names no type.
    """
    links = tuple(links)
    for relation in relations:
        found = [link for link in links if link.relation == relation]
        if found:
            return min(found, key=lambda link: _distance(link, media_type))
    return None


def _distance(link: Link, media_type: str | None) -> int:
    if media_type is None or link.media_type == media_type:
        return 0
    if "json" in link.media_type and "json" in media_type:
        return 1
    return 2 if not link.media_type else 3
