"""Where the server is, and which addresses are its own."""

from urllib.parse import quote, unquote, urljoin, urlsplit

import httpx

from ogc_widgets.errors import ConnectionFailed

RESOURCES = ("processes", "jobs", "conformance", "api")
Origin = tuple[str, str, int | None]


class Address:
    """The base URL of a server.

    :ivar url: without a trailing slash, user name, password, query and fragment
    :ivar username: user name that the URL held, percent-decoded; empty without
    :ivar password: password that the URL held
    """

    def __init__(self, url: str) -> None:
        parsed = _parse(url)
        self.username, self.password = unquote(parsed.username), unquote(parsed.password)
        self._parsed = parsed.copy_with(username=None, password=None, query=None, fragment=None)
        self.url = str(self._parsed).rstrip("/")
        self.root = urlsplit(self.url).path
        self.origin = origin(self._parsed)
        self._aliases: set[Origin] = set()

    def __repr__(self) -> str:
        return f"Address({self.url!r})"

    def owns(self, url: httpx.URL) -> bool:
        """Whether an address is of the origin that the user named."""
        return origin(url) == self.origin

    def path(self, *segments: str) -> str:
        """The URL of a resource below the base; segments are quoted."""
        return below(self.url, *segments)

    def resolve(self, href: str, against: str | None = None) -> str | None:
        """An href made absolute, without user name and fragment; None for what is no address."""
        try:
            url = httpx.URL(urljoin(against or f"{self.url}/", href))
        except (httpx.InvalidURL, ValueError, TypeError):
            return None
        if url.scheme not in ("http", "https") or not url.host:
            return None
        return str(url.copy_with(username=None, password=None, fragment=None))

    def own(self, href: str, against: str | None = None) -> str | None:
        """The address of one of this server's own resources, or None if it leads elsewhere.

        Servers write the host that they were configured with (a proxy's inside, another name):
        an href on another host, but below the same path, is read as ours.
        """
        absolute = self.resolve(href, against)
        if absolute is None:
            return None
        url = httpx.URL(absolute)
        if self.owns(url):
            return absolute
        ours = self._below_root(url.path) or origin(url) in self._aliases
        return self._moved(url) if ours else None

    def learn(self, href: str) -> None:
        """Takes the host of a link to the base, or below it, as another name of this server.

        Only for links of the landing page that are the server's own by their relation.
        """
        absolute = self.resolve(href)
        url = httpx.URL(absolute) if absolute else None
        if url and (url.path.rstrip("/") == self.root or self._below_root(url.path)):
            self._aliases.add(origin(url))

    def output(self, href: str, against: str | None = None) -> str:
        """The absolute address of an output: ours under another name, or anywhere else.

        An href that is no web address (``s3://``) stays as it is.
        """
        absolute = self.resolve(href, against)
        if absolute is None:
            return href
        url = httpx.URL(absolute)
        return self._moved(url) if origin(url) in self._aliases else absolute

    def _below_root(self, path: str) -> bool:
        if self.root:
            return path == self.root or path.startswith(f"{self.root}/")
        return path.split("/")[1] in RESOURCES if path.startswith("/") else False

    def _moved(self, url: httpx.URL) -> str:
        scheme, host, port = self.origin
        return str(url.copy_with(scheme=scheme, host=host, port=port))


def origin(url: httpx.URL) -> Origin:
    """Scheme, host and port; the port is None where it is the scheme's own."""
    return (url.scheme, url.host, url.port)


def below(url: str, *segments: str) -> str:
    """The URL of a resource below another; segments are quoted, also ``.`` and ``..``."""
    quoted = [quote(segment, safe="") for segment in segments]
    plain = [part if part.strip(".") else part.replace(".", "%2E") for part in quoted]
    return "/".join([url.rstrip("/"), *plain])


def last_segment(href: str) -> str:
    """The id in a job's address: what follows ``jobs``, else the last segment; may be empty."""
    try:
        segments = [part for part in urlsplit(href).path.split("/") if part]
    except ValueError:
        return ""
    for index, segment in enumerate(segments[:-1]):
        if segment.lower() == "jobs":
            return unquote(segments[index + 1])
    return unquote(segments[-1]) if segments and segments[-1].lower() != "jobs" else ""


def is_job_address(href: str) -> bool:
    """Whether an href looks like the address of a job: ``…/jobs/{id}``."""
    try:
        return "jobs" in [part.lower() for part in urlsplit(href).path.split("/")[:-1]]
    except ValueError:
        return False


def _parse(url: str) -> httpx.URL:
    advice = "Give the address of the landing page, for example https://example.org/ogc-api."
    try:
        parsed = httpx.URL(url.strip())
    except (httpx.InvalidURL, ValueError, TypeError, AttributeError):
        # The cause may show a password that the address holds.
        raise ConnectionFailed("This is not the address of a server.", advice) from None
    if parsed.scheme not in ("http", "https") or not parsed.host:
        raise ConnectionFailed("The server's address must begin with http:// or https://.", advice)
    return parsed
