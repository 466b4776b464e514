"""A person signs in by a code, in a browser somewhere (RFC 8628)."""

from __future__ import annotations

from typing import Any

import pytest

from ogc_widgets import errors
from ogc_widgets.client import DeviceCode, DeviceCodeAuth, Endpoints, ProcessesClient
from tests.client.fakes import make_client
from tests.client.issuers import ISSUER, Clock, FakeIssuer, Guarded

PENDING = (400, {"error": "authorization_pending"})
SLOW = (400, {"error": "slow_down"})
OVERLOADED = (503, {"error": "slow_down"})


class Signing:
    """A client whose user signs in by a device code; what is shown is kept."""

    def __init__(self, issuer: str | Endpoints = ISSUER, **options: Any) -> None:
        self.issuer, self.server, self.clock = FakeIssuer(), Guarded(), Clock()
        self.shown: list[DeviceCode] = []
        options = {"prompt": self.shown.append, **options}
        transport = self.issuer.transport()
        self.auth = DeviceCodeAuth(issuer, "us", transport=transport, **options)
        self.auth._issuer.clock = self.clock
        self.auth._issuer.sleep = self.clock.sleep
        self.client: ProcessesClient = make_client(self.server, auth=self.auth)


async def test_a_code_is_shown_and_waited_for() -> None:
    """At the interval that the issuer asks for, longer after ``slow_down``."""
    signing = Signing(scope="openid offline_access")
    signing.issuer.replies = [PENDING, PENDING, SLOW, PENDING]
    await signing.client.job("j1")
    assert signing.shown == [
        DeviceCode(
            "https://idp.test/device",
            "WDJB-MJHT",
            "https://idp.test/device?code=WDJB-MJHT",
            60,
        )
    ]
    assert signing.clock.pauses == [2, 2, 2, 7, 7]
    assert signing.server.seen == ["t0k3n-1"]
    assert signing.issuer.forms[0] == {
        "path": "/device",
        "scope": "openid offline_access",
        "client_id": "us",
    }
    assert signing.issuer.forms[1]["device_code"] == "d3v1c3"
    assert signing.issuer.forms[1]["client_id"] == "us"


async def test_the_code_is_printed_unless_somebody_shows_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """One sentence."""
    signing = Signing()
    signing.auth._prompt = DeviceCodeAuth(ISSUER, "us")._prompt
    await signing.client.job("j1")
    assert capsys.readouterr().out == (
        "To sign in, open https://idp.test/device and enter the code WDJB-MJHT.\n"
    )


async def test_a_prompt_may_be_a_coroutine() -> None:
    """It is waited for."""
    shown: list[str] = []

    async def show(device: DeviceCode) -> None:
        shown.append(device.code)

    signing = Signing(prompt=show)
    await signing.client.job("j1")
    assert shown == ["WDJB-MJHT"]


@pytest.mark.parametrize(
    ("replies", "words"),
    [
        ([PENDING] * 99, "has ended"),
        ([PENDING, (400, {"error": "expired_token"})], "has ended"),
        ([(400, {"error": "access_denied"})], "refused in the browser"),
        ([(401, {"error": "invalid_client", "error_description": "Unknown"})], "Unknown"),
        ([SLOW] * 99, "has ended"),
    ],
)
async def test_a_sign_in_that_comes_to_nothing_is_said(replies: list[Any], words: str) -> None:
    """The code ends, the person says no, or the issuer does; nothing is sent to the server."""
    signing = Signing()
    signing.issuer.replies = replies
    with pytest.raises(errors.SignInFailed, match=words):
        await signing.client.job("j1")
    assert signing.server.seen == []
    assert sum(signing.clock.pauses) <= 60


async def test_a_sign_in_lasts_by_its_refresh_token() -> None:
    """Nobody is asked again, before the end and after a 401; a new refresh token is kept."""
    signing = Signing()
    await signing.client.job("j1")
    signing.clock.now += 290
    await signing.client.job("j1")
    signing.server.refused = {"t0k3n-2"}
    await signing.client.job("j1")
    assert signing.server.seen == ["t0k3n-1", "t0k3n-2", "t0k3n-2", "t0k3n-3"]
    assert signing.issuer.grants() == ["device_code", "refresh_token", "refresh_token"]
    assert [form.get("refresh_token") for form in signing.issuer.forms[2:]] == [
        "r3fr3sh-1",
        "r3fr3sh-2",
    ]
    assert len(signing.shown) == 1


async def test_an_old_refresh_token_stays_where_no_new_one_comes() -> None:
    """RFC 6749, clause 6."""
    signing = Signing()
    await signing.client.job("j1")
    signing.issuer.refreshes = False
    for _ in range(2):
        signing.clock.now += 290
        await signing.client.job("j1")
    assert [form.get("refresh_token") for form in signing.issuer.forms[2:]] == ["r3fr3sh-1"] * 2


async def test_the_person_is_asked_again_where_refreshing_is_refused() -> None:
    """The sign-in has ended at the issuer."""
    signing = Signing()
    await signing.client.job("j1")
    signing.clock.now += 290
    signing.issuer.replies = [(400, {"error": "invalid_grant"})]
    await signing.client.job("j1")
    assert len(signing.shown) == 2
    assert signing.server.seen == ["t0k3n-1", "t0k3n-2"]


async def test_a_refused_token_without_a_refresh_token_is_told_and_then_asked_for() -> None:
    """401 is the answer; the next request signs in again."""
    signing = Signing()
    signing.issuer.refreshes = False
    signing.server.refused = {"t0k3n-1"}
    with pytest.raises(errors.NotSignedIn):
        await signing.client.job("j1")
    await signing.client.job("j1")
    assert len(signing.shown) == 2
    assert signing.server.seen == ["t0k3n-1", "t0k3n-2"]


@pytest.mark.parametrize(
    "device",
    [
        {"user_code": None},
        {"device_code": None},
        {"verification_uri": "javascript:alert(1)"},
        {"verification_uri": None},
    ],
)
async def test_an_answer_without_a_code_is_said(device: dict[str, Any]) -> None:
    """Nothing is shown, above all no address that a browser would run."""
    signing = Signing()
    signing.issuer.device = device
    with pytest.raises(errors.SignInFailed, match="no code"):
        await signing.client.job("j1")
    assert signing.shown == []


@pytest.mark.parametrize("said", [{"interval": None}, {"interval": "x"}, {"interval": 0}])
async def test_an_issuer_that_names_no_interval_is_asked_every_five_seconds(said: Any) -> None:
    """RFC 8628, clause 3.2."""
    signing = Signing()
    signing.issuer.device = said
    await signing.client.job("j1")
    assert signing.clock.pauses == [5]


@pytest.mark.parametrize(
    "issuer", [Endpoints(f"{ISSUER}/token"), Endpoints(f"{ISSUER}/token", f"{ISSUER}/device")]
)
async def test_endpoints_may_lack_the_one_for_devices(issuer: Endpoints) -> None:
    """It is said which is missing."""
    signing = Signing(issuer)
    if issuer.device:
        await signing.client.job("j1")
        return
    with pytest.raises(errors.SignInFailed, match="device code"):
        await signing.client.job("j1")
