"""What every method of the client stands on: connections, addresses, descriptions read once."""

from collections.abc import Mapping
from typing import Any, Self

from ogc_widgets.client.address import Address
from ogc_widgets.client.discovery import Discovery
from ogc_widgets.client.fetching import Fetching
from ogc_widgets.client.http import Http
from ogc_widgets.client.pools import Transport
from ogc_widgets.client.reading import read_object
from ogc_widgets.errors import HttpError, NoSuchProcess, NotSignedIn, ProtocolError
from ogc_widgets.models import ProcessDescription


class BaseClient:
    """One server; see ProcessesClient."""

    def __init__(
        self,
        url: str,
        *,
        auth: Any = None,
        headers: Mapping[str, str] | None = None,
        timeout: Any = 60.0,
        transport: Transport = None,
        verify: Any = True,
        strict: bool = False,
    ) -> None:
        self._address = Address(url)
        self._http = Http(
            self._address,
            auth=auth,
            headers=headers,
            timeout=timeout,
            transport=transport,
            verify=verify,
        )
        self._discovery = Discovery(self._http, strict=strict)
        self._fetching = Fetching(self._http)
        self._descriptions: dict[str, ProcessDescription] = {}

    @property
    def url(self) -> str:
        """The landing page's address, without a trailing slash and without credentials."""
        return self._address.url

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.url!r})"

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exception: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Closes the connections; a client that is used again opens new ones."""
        await self._http.close()

    async def process(self, process_id: str) -> ProcessDescription:
        """The description of a process (clause 7.10).

        :raises NoSuchProcess: the server does not know it
        """
        if not process_id:
            raise NoSuchProcess("A process without an id cannot be asked about.")
        answer = await self._http.get(await self._discovery.below("processes", process_id))
        document = read_object(answer, "a process description", NoSuchProcess)
        self._descriptions[process_id] = ProcessDescription(document)
        return self._descriptions[process_id]

    @property
    def carries_credentials(self) -> bool:
        """Whether requests say who asks: by ``auth``, the URL, or an Authorization header."""
        return self._http.carries_credentials

    @property
    def clock_skew(self) -> float:
        """How many seconds the server's clock is ahead of ours, as its last answer says."""
        return self._http.clock_skew

    async def described(
        self, process_id: str, *, lenient: bool = False
    ) -> ProcessDescription | None:
        """The description, read once; None where the server has none that can be read."""
        if process_id in self._descriptions:
            return self._descriptions[process_id]
        try:
            return await self.process(process_id)
        except (NoSuchProcess, NotSignedIn):
            if lenient:
                return None
            raise
        except (HttpError, ProtocolError):
            return None

    async def execution_address(self, process_id: str) -> str:
        """Where the process is executed: its own link, else the standard's path (clause 7.11)."""
        description = await self.described(process_id, lenient=True)
        return await self._discovery.execution(process_id, description)
