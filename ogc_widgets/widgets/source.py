"""What a widget may be given: a client, a board, or a URL."""

import threading
import weakref

from ogc_widgets.client import ProcessesClient
from ogc_widgets.jobs import JobBoard

Source = ProcessesClient | JobBoard | str

_clients: "weakref.WeakValueDictionary[str, ProcessesClient]" = weakref.WeakValueDictionary()
_lock = threading.Lock()


def board_of(source: Source) -> JobBoard:
    """The board of a source. Widgets of one URL share one client, and so one board.

    :raises TypeError: when it is something else
    """
    if isinstance(source, JobBoard):
        return source
    if isinstance(source, ProcessesClient):
        return JobBoard.of(source)
    if not isinstance(source, str):
        kind = type(source).__name__
        raise TypeError(f"Give a ProcessesClient, a JobBoard or a URL, not a {kind}.")
    with _lock:
        client = _clients.get(source)
        if client is None:
            client = _clients[source] = ProcessesClient(source)
    return JobBoard.of(client)
