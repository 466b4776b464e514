"""Boards of a fake server."""

from collections.abc import Iterator

import pytest

from ogc_widgets.jobs import JobBoard
from tests.fake_server import FakeServer


@pytest.fixture
def server() -> FakeServer:
    """A server made of a few dicts."""
    return FakeServer()


@pytest.fixture
def board(server: FakeServer) -> Iterator[JobBoard]:
    """The board of that server."""
    board = JobBoard(server.client())
    yield board
    board.close()
