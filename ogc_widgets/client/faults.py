"""Failures of httpx, of HTTP and of bodies, turned into our errors."""

import ssl

import httpx

from ogc_widgets import errors
from ogc_widgets.client.answer import Answer
from ogc_widgets.client.wording import describe_body, reason_code

RAW_LIMIT = 65536
LIBRARIES = ("httpx", "httpcore", "anyio", "h11", "h2", "ssl", "sniffio")
# An error of these was raised before a byte of the request could leave.
UNSENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
    httpx.ProxyError,
    httpx.InvalidURL,
    httpx.CookieConflict,
)
RETRIED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.ReadError, httpx.RemoteProtocolError)
GATEWAY = (502, 504)

CODES: dict[str, type[errors.HttpError]] = {
    "nosuchprocess": errors.NoSuchProcess,
    "nosuchjob": errors.NoSuchJob,
    "jobdismissed": errors.NoSuchJob,
    "nosuchoutput": errors.NoSuchOutput,
    "resultnotready": errors.ResultNotReady,
    "resultsnotready": errors.ResultNotReady,
    "resultnotavailable": errors.ResultNotAvailable,
    "resultsnotavailable": errors.ResultNotAvailable,
    "duplicatedprocess": errors.DuplicatedProcess,
    "immutableprocess": errors.ImmutableProcess,
    "unsupportedmediatype": errors.UnsupportedMediaType,
    "workflownotfound": errors.WorkflowNotFound,
}
STATUSES: dict[int, type[errors.HttpError]] = {
    400: errors.BadRequest,
    401: errors.NotSignedIn,
    403: errors.NotSignedIn,
    404: errors.NotFound,
    405: errors.NotSupported,
    406: errors.NotAcceptable,
    409: errors.DuplicatedProcess,
    410: errors.NotFound,
    415: errors.UnsupportedMediaType,
    422: errors.BadRequest,
    429: errors.TooManyRequests,
    501: errors.NotSupported,
}
TITLES: dict[type[errors.HttpError], str] = {
    errors.BadRequest: "The server refused the request as it stands.",
    errors.WorkflowNotFound: "The server found no such workflow in the package.",
    errors.NotSignedIn: "The server does not let you in.",
    errors.NotFound: "The server has nothing at this address.",
    errors.NoSuchProcess: "The server knows no such process.",
    errors.NoSuchJob: "The server knows no such job.",
    errors.NoSuchOutput: "The job has no such output.",
    errors.ResultNotReady: "The job has not ended, so it has no results yet.",
    errors.ResultNotAvailable: "The job left no results.",
    errors.NotSupported: "This server cannot do that.",
    errors.NotAcceptable: "The server has no answer in the format that was asked for.",
    errors.DuplicatedProcess: "A process of this id exists already.",
    errors.ImmutableProcess: "This process cannot be changed.",
    errors.UnsupportedMediaType: "The server does not take this content type.",
    errors.TooManyRequests: "The server asks for a pause.",
    errors.ServerFault: "The server failed.",
}
ADVICE: dict[type[errors.HttpError], str] = {
    errors.NotSignedIn: "Check the credentials of the client (auth=…).",
    errors.DuplicatedProcess: "Replace it, or undeploy it first.",
    errors.TooManyRequests: "Try again later.",
    errors.ServerFault: "Try again; if it stays, tell those who run the server.",
}

ELSEWHERE = (
    "The server led to another address, and credentials do not go there; "
    "if it is right, give that address to the client."
)


def http_fault(answer: Answer, missing: type[errors.NotFound] = errors.NotFound) -> errors.OgcError:
    """The error for an answer whose status is one.

    :param missing: what a 404 or 410 without further words means here
    """
    kind = CODES.get(reason_code(answer)) or STATUSES.get(answer.status)
    if kind is None:
        kind = errors.ServerFault if answer.status >= 500 else errors.HttpError
    if kind is errors.NotFound:
        kind = missing
    title = TITLES.get(kind, "The server answered with an error.")
    parts = (describe_body(answer), ADVICE.get(kind, ""), "" if answer.own else ELSEWHERE)
    detail = " ".join(part for part in (*parts, f"(HTTP {answer.status})") if part)
    return kind(title, detail, status=answer.status, raw=raw_of(answer))


def signed_out(answer: Answer) -> errors.NotSignedIn:
    """The error for a login page where an answer was expected."""
    return errors.NotSignedIn(
        "The server shows a page to sign in instead of an answer.",
        f"{ADVICE[errors.NotSignedIn]} (HTTP {answer.status})",
        status=answer.status,
        raw=raw_of(answer),
    )


def unreadable(answer: Answer, expected: str) -> errors.UnreadableAnswer:
    """The error for an answer that is not the document it should be."""
    if not answer.content.strip():
        found = "an empty body"
    elif answer.markup:
        found = "a web page or XML"
    else:
        found = "something else"
    detail = f"The server sent {found}. Check that the address is the one of an OGC API."
    words = describe_body(answer)
    return errors.UnreadableAnswer(
        f"The answer is not {expected}.",
        f"{detail} It reads: {words}" if words else detail,
        status=answer.status,
        raw=raw_of(answer),
    )


def raw_of(answer: Answer) -> str:
    """The first 64 KiB of a body as text."""
    return answer.content[:RAW_LIMIT].decode("utf-8", "replace")


def transport_fault(error: Exception, method: str, place: str) -> errors.OgcError | None:
    """The error for an exception of httpx or below; None for one that is not theirs."""
    library = type(error).__module__.split(".")[0]
    if library in LIBRARIES or isinstance(error, OSError | httpx.HTTPError):
        return exchange_fault(error, method, place)
    return None


def exchange_fault(error: Exception, method: str, place: str) -> errors.OgcError:
    """The error for an exception that came out of an exchange.

    Nothing of the exception's own text is shown, as it may hold a header's value.

    :param place: the address that was asked, without its query
    """
    if isinstance(error, UNSENT):
        return errors.ConnectionFailed(*_unsent(error, place))
    if isinstance(error, httpx.DecodingError):
        return errors.UnreadableAnswer(
            "The answer cannot be decompressed.", f"{place} sent a body that is broken."
        )
    if isinstance(error, httpx.TooManyRedirects):
        return errors.TooManyRedirects("The server redirects in a circle.", place)
    if method not in ("GET", "HEAD"):
        return outcome_unknown(method, place)
    if isinstance(error, httpx.TimeoutException | TimeoutError):
        return errors.TimedOut(
            "The server did not answer in time.",
            f"{place} is slow or overloaded. Try again, or give the client a longer timeout.",
        )
    return errors.ConnectionLost(
        "The connection broke before the answer was complete.", f"Try {place} again."
    )


def outcome_unknown(method: str, place: str, status: int | None = None) -> errors.OutcomeUnknown:
    """The error for a request that may or may not have been carried out."""
    looked_at = {
        "POST": "Look at the job list before you submit again: the job may be there.",
        "DELETE": "Look at the job's status before you dismiss it again.",
    }
    if "/processes" in place and not place.endswith("/execution"):
        looked_at = dict.fromkeys(
            ("POST", "PUT", "DELETE"), "Look at the process list before you try again."
        )
    return errors.OutcomeUnknown(
        "Nobody knows whether the server carried this out.",
        f"The {method} to {place} got no answer. It was not sent again. "
        + looked_at.get(method, "Look at the server before you try again."),
        status=status,
    )


def _unsent(error: Exception, place: str) -> tuple[str, str]:
    if isinstance(error, httpx.LocalProtocolError | httpx.CookieConflict):
        return ("The request could not be written.", "Check the headers given to the client.")
    if isinstance(error, httpx.UnsupportedProtocol | httpx.InvalidURL):
        return ("This address cannot be read.", f"Only http and https can be: {place}.")
    if isinstance(error, httpx.PoolTimeout):
        return ("Too many requests wait already.", f"Nothing was sent to {place}. Try again.")
    if isinstance(error, httpx.TimeoutException):
        return ("The server cannot be reached in time.", f"Check that {place} is right.")
    if isinstance(error.__cause__, ssl.SSLError) or "CERTIFICATE" in str(error):
        return (
            "The server's certificate is not trusted.",
            f"Check {place}; a certificate of your own goes into verify=….",
        )
    return (
        "The server cannot be reached.",
        f"Check that the address {place} is right and that the server is up.",
    )
