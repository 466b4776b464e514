"""The server itself: its landing page and what it declares to conform to."""

from typing import Any

from ogc_widgets.models.document import Document, read_text
from ogc_widgets.models.link import Link, read_links


class LandingPage(Document):
    """The landing page (OGC 18-062r2, clause 7.2)."""

    @property
    def title(self) -> str:
        """The server's name for people; may be empty."""
        return read_text(self.get("title"))

    @property
    def description(self) -> str:
        """What the server is for; may be empty."""
        return read_text(self.get("description"))

    @property
    def links(self) -> tuple[Link, ...]:
        """Links to the server's resources."""
        return read_links(self.get("links"))

    def __repr__(self) -> str:
        return f"LandingPage({self.title!r})"


class Conformance(Document):
    """The conformance declaration (OGC 18-062r2, clause 7.4).

    Servers declare less and more than they do: a hint, not a promise.
    """

    @property
    def classes(self) -> tuple[str, ...]:
        """The conformance class URIs as the server wrote them."""
        value: Any = self.get("conformsTo")
        return (
            tuple(uri for uri in value if isinstance(uri, str)) if isinstance(value, list) else ()
        )

    def declares(self, conformance_class: str) -> bool:
        """Whether a class (``dismiss``, ``job-list``) is declared in any version."""
        return any(
            uri.rstrip("/").rsplit("/", 1)[-1] == conformance_class and "ogcapi-processes" in uri
            for uri in self.classes
        )

    def __repr__(self) -> str:
        return f"Conformance({len(self.classes)} classes)"
