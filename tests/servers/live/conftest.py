"""The real servers: each is started once, when the first test asks for it."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Generator, Iterator

import pytest

from ogc_widgets.client import ProcessesClient
from ogc_widgets.jobs import JobBoard
from tests.servers.live.starting import PYGEOAPI, WRAPTILE, Live, start

# Its links are all of the relation `service`, and none to a thing of the standard.
UNLINKED = pytest.mark.filterwarnings("ignore::ogc_widgets.errors.MissingLink")
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def pygeoapi(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A real pygeoapi: 0.24 where a Python is new enough for it."""
    with start(PYGEOAPI, tmp_path_factory.mktemp("pygeoapi")) as live:
        yield live


@pytest.fixture(scope="session")
def wraptile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A real wraptile. Removing a job makes it use ids again, so tests of that have their own."""
    with start(WRAPTILE, tmp_path_factory.mktemp("wraptile")) as live:
        yield live


@pytest.fixture
def fresh_wraptile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A real wraptile without jobs, for one test."""
    with start(WRAPTILE, tmp_path_factory.mktemp("fresh_wraptile")) as live:
        yield live


@pytest.fixture(params=["pygeoapi", pytest.param("wraptile", marks=UNLINKED)])
def server(request: pytest.FixtureRequest) -> Live:
    """Each of the real servers."""
    live: Live = request.getfixturevalue(request.param)
    return live


@pytest.fixture
async def client(server: Live) -> AsyncIterator[ProcessesClient]:
    """A client that has asked its server nothing yet."""
    async with server.client() as client:
        yield client


@pytest.fixture
def board(client: ProcessesClient) -> Iterator[JobBoard]:
    """A board of that client."""
    board = JobBoard(client)
    yield board
    board.close()


@pytest.fixture
def gate(server: Live) -> Iterator[str]:
    """A gate that is shut; opened at the end, so that no process stays behind it."""
    name = f"gate-{next(_numbers)}"
    yield name
    server.open(name)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Function,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Shows the server's log beside a test that failed."""
    report = yield
    if report.failed:
        lives = [value for value in item.funcargs.values() if isinstance(value, Live)]
        report.sections += [(f"log of {live.name}", live.log()) for live in dict.fromkeys(lives)]
    return report
