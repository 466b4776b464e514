"""Where a server's resources are: by link relation, else at the standard's paths."""

import warnings

from ogc_widgets.client.address import below
from ogc_widgets.client.http import Http
from ogc_widgets.client.patience import Patience
from ogc_widgets.client.reading import read_object
from ogc_widgets.errors import (
    HttpError,
    MissingLink,
    NotSignedIn,
    OgcError,
    OgcWarning,
    ProtocolError,
    SignInFailed,
    UnreadableAnswer,
)
from ogc_widgets.models import LandingPage, Link, ProcessDescription, find_link

# The relation and its older spellings (Part 1, tables 4 and 5), and the path without a link.
RELATIONS: dict[str, tuple[tuple[str, ...], str]] = {
    "conformance": (("conformance",), "conformance"),
    "processes": (("processes",), "processes"),
    "jobs": (("job-list", "jobs"), "jobs"),
    "api": (("service-desc",), "api"),
}
OWN_RELATIONS = ("self", "conformance", "processes", "job-list")
OPENAPI = "application/vnd.oai.openapi+json"


class Discovery:
    """Finds the resources of one server; the landing page is read once, when first needed."""

    def __init__(self, http: Http, *, strict: bool) -> None:
        self._http = http
        self._strict = strict
        self._landing: LandingPage | None = None
        self._found: dict[str, str] = {}
        self._warned: set[str] = set()

    async def landing_page(self, patience: Patience | None = None) -> LandingPage:
        """The landing page, read now."""
        answer = await self._http.get(f"{self._http.address.url}/", patience=patience)
        self._found.clear()
        self._landing = LandingPage(read_object(answer, "a landing page"))
        for link in self._landing.links:
            if link.relation in OWN_RELATIONS:
                self._http.address.learn(link.href)
        return self._landing

    async def find(self, resource: str) -> str:
        """The URL of ``conformance``, ``processes``, ``jobs`` or ``api``."""
        if resource in self._found:
            return self._found[resource]
        relations, path = RELATIONS[resource]
        links = await self._links()
        if links is not None:
            wanted = OPENAPI if resource == "api" else "application/json"
            link = find_link(links, *relations, media_type=wanted)
            url = self._http.address.own(link.href) if link else None
            if url is not None and not _html(link):
                self._found[resource] = url
                return url
            path = self._usual_path(links) if resource == "api" else path
            self.note(
                MissingLink(f"The server does not link its {resource}: /{path} is used."), resource
            )
        return self._http.address.path(path)

    def _usual_path(self, links: tuple[Link, ...]) -> str:
        """Where FastAPI puts an API definition, if a link of any relation leads there."""
        usual = self._http.address.path("openapi.json")
        found = any(self._http.address.own(link.href) == usual for link in links)
        return "openapi.json" if found else RELATIONS["api"][1]

    async def below(self, resource: str, *segments: str) -> str:
        """The URL of a part of a resource: a process, a job."""
        url = await self.find(resource)
        return below(url.split("?")[0], *segments)

    async def execution(self, process_id: str, description: ProcessDescription | None) -> str:
        """Where a process is executed: its ``execute`` link on this server, else the fixed path."""
        link = find_link(description.links, "execute") if description else None
        url = self._http.address.own(link.href) if link else None
        if url is not None and not _html(link) and "{" not in url:
            return url
        return await self.below("processes", process_id, "execution")

    def note(self, warning: OgcWarning, once: str = "") -> None:
        """Warns of a deviation; with ``strict`` raises it as an UnreadableAnswer.

        :param once: a name under which this client warns only once
        """
        if self._strict:
            raise UnreadableAnswer("The server deviates from the standard.", str(warning))
        if once not in self._warned or not once:
            self._warned.add(once)
            warnings.warn(warning, stacklevel=2)

    async def _links(self) -> tuple[Link, ...] | None:
        """The landing page's links; None where there is no landing page to be had now."""
        if self._landing is None:
            # Not under the lock: those who wait for it would all sign in, one after the other.
            await self._http.prepare()
            async with (await self._http.pools.pool()).lock:
                if self._landing is None:
                    await self._read_landing()
        return None if self._landing is None else self._landing.links

    async def _read_landing(self) -> None:
        try:
            await self.landing_page(Patience(attempts=1))
        except SignInFailed:
            # To go on would ask a person to sign in again.
            raise
        except NotSignedIn:
            return
        except (HttpError, ProtocolError) as error:
            self._landing = LandingPage({})
            self.note(MissingLink(f"The landing page cannot be read. {error}"), "landing")
            self._warned.update(RELATIONS)
        except OgcError:
            # The server is away; the request itself will say so.
            return


def _html(link: Link | None) -> bool:
    return link is not None and link.media_type == "text/html"
