"""Signing a person in by a code that is entered in a browser (RFC 8628)."""

import inspect
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from ogc_widgets.client.issuer import Issuer, Private, Refused, Token
from ogc_widgets.errors import SignInFailed, TransportError
from ogc_widgets.models.document import read_number, read_text

GRANT = "urn:ietf:params:oauth:grant-type:device_code"
INTERVAL = 5.0
LONGEST_INTERVAL = 60.0
LONGEST_WAIT = 3600.0


@dataclass(frozen=True)
class DeviceCode:
    """What a person needs to sign in.

    :ivar url: the page to open
    :ivar code: what to enter there
    :ivar complete_url: the page with the code filled in; may be empty
    :ivar seconds: how long that is possible
    """

    url: str
    code: str
    complete_url: str = ""
    seconds: float = 0.0


Prompt = Callable[[DeviceCode], Awaitable[None] | None]


def print_code(device: DeviceCode) -> None:
    """Says in a sentence how to sign in."""
    print(f"To sign in, open {device.url} and enter the code {device.code}.")


async def sign_in(issuer: Issuer, prompt: Prompt) -> Token:
    """The token, when the person has signed in.

    :raises SignInFailed: the person said no, or the code ended
    """
    document = await issuer.device_code()
    device = _read(document)
    shown = prompt(device)
    if inspect.isawaitable(shown):
        await shown
    code = Private({"device_code": document["device_code"]})
    interval = min(read_number(document.get("interval")) or INTERVAL, LONGEST_INTERVAL)
    end = issuer.clock() + device.seconds
    while issuer.clock() + interval <= end:
        await issuer.sleep(interval)
        try:
            return await issuer.token(GRANT, code)
        except Refused as error:
            if error.code == "slow_down":
                interval += INTERVAL
            elif error.code != "authorization_pending":
                raise _ended(error) from None
        except TransportError:
            interval = min(interval * 2, LONGEST_INTERVAL)
    raise SignInFailed("The code to sign in with has ended.", "Ask again, and enter the next one.")


def _read(document: Private) -> DeviceCode:
    code = read_text(document.get("user_code"))
    url = _web(document, "verification_uri") or _web(document, "verification_url")
    if not (code and url and isinstance(document.get("device_code"), str)):
        raise SignInFailed("The identity provider sent no code to sign in with.")
    seconds = read_number(document.get("expires_in"))
    seconds = min(LONGEST_WAIT if seconds is None else seconds, LONGEST_WAIT)
    return DeviceCode(url, code, _web(document, "verification_uri_complete"), seconds)


def _web(document: Private, name: str) -> str:
    url = read_text(document.get(name))
    return url if url.lower().startswith(("https://", "http://")) else ""


def _ended(error: Refused) -> SignInFailed:
    words = {
        "expired_token": ("The code to sign in with has ended.", "Ask again, and enter the next."),
        "access_denied": ("Signing in was refused in the browser.", "Ask again to sign in."),
    }
    title, detail = words.get(error.code, (error.title, error.detail))
    return SignInFailed(title, detail, status=error.status)
