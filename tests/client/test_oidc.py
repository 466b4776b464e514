"""Tokens are got when needed, renewed in time, and shown and sent to nobody else."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from ogc_widgets import errors
from ogc_widgets.client import Endpoints, ProcessesClient
from tests.client.issuers import ISSUER, SECRET, Signed, no_client


async def all_at_once(signed: Signed, count: int) -> list[Any]:
    """What so many requests give of which none has a token before all wait for it."""
    asked, gate = asyncio.Event(), asyncio.Event()

    async def wait() -> None:
        asked.set()
        await gate.wait()

    signed.issuer.before = wait
    requests = [asyncio.create_task(signed.client.job("j1")) for _ in range(count)]
    await asked.wait()
    gate.set()
    return await asyncio.gather(*requests, return_exceptions=True)


async def test_nothing_is_asked_before_a_token_is_needed() -> None:
    """Then one token does for all requests."""
    signed = Signed(scope="read write", audience="ogc")
    assert signed.issuer.forms == []
    for _ in range(3):
        await signed.client.job("j1")
    assert signed.server.seen == ["t0k3n-1"] * 3
    assert signed.issuer.forms == [
        {
            "path": "/token",
            "grant_type": "client_credentials",
            "scope": "read write",
            "audience": "ogc",
            "basic": f"us:{SECRET}",
        }
    ]


async def test_endpoints_need_no_discovery() -> None:
    """Where an identity provider has no document."""
    signed = Signed(Endpoints(f"{ISSUER}/token"))
    signed.issuer.document = {"issuer": "not asked"}
    await signed.client.job("j1")
    assert signed.server.seen == ["t0k3n-1"]


@pytest.mark.parametrize(
    ("life", "seconds", "renewed"),
    [(300, 269, False), (300, 271, True), (40, 29, False), (40, 31, True), ("300", 271, True)],
)
async def test_a_token_is_renewed_before_it_ends(life: Any, seconds: float, renewed: bool) -> None:
    """Half a minute before; earlier in proportion where it lives shortly."""
    signed = Signed()
    signed.issuer.life = life
    await signed.client.job("j1")
    signed.clock.now += seconds
    await signed.client.job("j1")
    assert signed.server.seen[-1] == ("t0k3n-2" if renewed else "t0k3n-1")


@pytest.mark.parametrize("life", [None, "soon", float("1e300")])
async def test_a_token_without_an_end_is_used_until_it_is_refused(life: Any) -> None:
    """A month later as well."""
    signed = Signed()
    signed.issuer.life = life
    await signed.client.job("j1")
    signed.clock.now += 86400 * 31
    await signed.client.job("j1")
    assert signed.issuer.given == 1


async def test_a_refused_token_is_renewed_once() -> None:
    """401: another token, and the same request once more, also one that is not a GET."""
    signed = Signed()
    signed.server.refused = {"t0k3n-1"}
    await signed.client.job("j1")
    assert signed.server.seen == ["t0k3n-1", "t0k3n-2"]
    signed.server.refused = {"t0k3n-2"}
    await signed.client.undeploy("p")
    assert signed.server.seen[-2:] == ["t0k3n-2", "t0k3n-3"]


async def test_a_server_that_refuses_every_token_is_not_asked_for_ever() -> None:
    """Two attempts, and NotSignedIn."""
    signed = Signed()
    signed.server.refused = {f"t0k3n-{number}" for number in range(1, 9)}
    with pytest.raises(errors.NotSignedIn):
        await signed.client.job("j1")
    assert signed.server.seen == ["t0k3n-1", "t0k3n-2"]


async def test_many_requests_at_once_get_one_token() -> None:
    """Also when all are refused at once."""
    signed = Signed()
    await all_at_once(signed, 20)
    assert signed.issuer.given == 1
    signed.server.refused = {"t0k3n-1"}
    await all_at_once(signed, 20)
    assert signed.issuer.given == 2
    assert signed.server.seen[-1] == "t0k3n-2"


def test_each_loop_has_a_lock_of_its_own() -> None:
    """One auth in loops one after the other, and the token goes with it."""
    signed = Signed()
    for _ in range(2):
        with asyncio.Runner() as runner:
            runner.run(_twice(signed.client))
    assert signed.issuer.given == 1
    assert signed.server.seen == ["t0k3n-1"] * 4


async def _twice(client: ProcessesClient) -> None:
    await asyncio.gather(client.job("j1"), client.job("j1"))


async def test_those_that_waited_for_a_failure_do_not_fail_one_after_the_other() -> None:
    """One request asks, the others are told."""
    signed = Signed()
    signed.issuer.replies = [no_client()]
    found = await all_at_once(signed, 5)
    assert all(isinstance(one, errors.SignInFailed) for one in found)
    assert len(signed.issuer.forms) == 1
    await signed.client.job("j1")
    assert signed.server.seen == ["t0k3n-1"]


async def test_a_request_that_is_given_up_leaves_no_lock() -> None:
    """A cancelled one lets the next one sign in."""
    signed = Signed()
    begun = asyncio.Event()

    async def wait() -> None:
        begun.set()
        await asyncio.Event().wait()

    signed.issuer.before = wait
    first = asyncio.create_task(signed.client.job("j1"))
    await begun.wait()
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    signed.issuer.before = None
    await signed.client.job("j1")
    assert signed.server.seen == ["t0k3n-1"]


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (no_client(), "Who are you"),
        ((400, {"error": "invalid_scope"}), "invalid scope"),
        ((500, {}), "HTTP 500"),
        ((200, {"token_type": "Bearer"}), "no token"),
        ((200, {"access_token": "a\nb"}), "no token"),
        ((200, {"access_token": 3.5, "error": 1}), ""),
        ((200, [1]), "HTTP 200"),
        ((302, "https://evil.test/"), "HTTP 302"),
    ],
)
async def test_an_issuer_that_gives_no_token_is_quoted(reply: Any, words: str) -> None:
    """Nothing is sent to the server then, and no redirect is followed with the secret."""
    signed = Signed()
    signed.issuer.replies = [reply]
    if words:
        with pytest.raises(errors.SignInFailed, match=words):
            await signed.client.job("j1")
        assert signed.server.seen == []
    assert len(signed.issuer.forms) <= 1
