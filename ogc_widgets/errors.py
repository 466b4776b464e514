"""Every error and warning that reaches a user of this package.

::

    OgcError                        .status .title .detail .raw
    ├── TransportError              no usable answer arrived
    │   ├── ConnectionFailed        the server could not be reached; nothing was sent
    │   ├── ConnectionLost          the connection broke while sending or reading
    │   ├── TimedOut                the server did not answer in time
    │   └── OutcomeUnknown          a POST, PUT or DELETE may have reached the server
    ├── HttpError                   the server answered with an error
    │   ├── BadRequest              400, 422: the request was refused as it stands
    │   │   └── WorkflowNotFound    the package has no such workflow, or cannot be read
    │   ├── NotSignedIn             401, 403, or a login page instead of an answer
    │   │   └── SignInFailed        there is no token; nothing was sent to the server
    │   ├── NotFound                404, 410
    │   │   ├── NoSuchProcess
    │   │   ├── NoSuchJob
    │   │   ├── NoSuchOutput
    │   │   ├── ResultNotReady      the job has not ended
    │   │   └── ResultNotAvailable  the job ended and left nothing
    │   ├── NotSupported            405, 501: this server cannot do it
    │   ├── NotAcceptable           406: not in the format that was asked for
    │   ├── DuplicatedProcess       409: a process of that id exists
    │   ├── ImmutableProcess        403: this process cannot be replaced or undeployed
    │   ├── UnsupportedMediaType    415
    │   ├── TooManyRequests         429
    │   └── ServerFault             5xx
    ├── ProtocolError               an answer that makes no sense
    │   ├── UnreadableAnswer        not the document that was expected
    │   ├── MissingJobId            a job was made, but nothing says which
    │   ├── AnswerTooLarge          more bytes than the limit allows
    │   └── TooManyRedirects
    ├── JobError                    the job itself
    │   ├── JobFailed
    │   └── JobDismissed
    ├── InvalidInputs               the form found problems; nothing was sent
    └── InvalidPackage              no application package that can be read; nothing was sent

    OgcWarning (UserWarning)        with ``strict=True`` these are errors
    ├── MissingLink                 a fixed path was used where a link should be
    └── UnreadableEntry             a list entry that could be read only in part
"""

__all__ = [
    "AnswerTooLarge",
    "BadRequest",
    "ConnectionFailed",
    "ConnectionLost",
    "DuplicatedProcess",
    "HttpError",
    "ImmutableProcess",
    "InvalidInputs",
    "InvalidPackage",
    "JobDismissed",
    "JobError",
    "JobFailed",
    "MissingJobId",
    "MissingLink",
    "NoSuchJob",
    "NoSuchOutput",
    "NoSuchProcess",
    "NotAcceptable",
    "NotFound",
    "NotSignedIn",
    "NotSupported",
    "OgcError",
    "OgcWarning",
    "OutcomeUnknown",
    "ProtocolError",
    "ResultNotAvailable",
    "ResultNotReady",
    "ServerFault",
    "SignInFailed",
    "TimedOut",
    "TooManyRedirects",
    "TooManyRequests",
    "TransportError",
    "UnreadableAnswer",
    "UnreadableEntry",
    "UnsupportedMediaType",
    "WorkflowNotFound",
]


class OgcError(Exception):
    """What went wrong, in words for a person.

    :param title: what happened, one short sentence
    :param detail: why, and what to do; may be empty
    :param status: HTTP status, or None where no answer arrived
    :param raw: the first 64 KiB of the answer's body as text, or None
    """

    def __init__(
        self, title: str, detail: str = "", *, status: int | None = None, raw: str | None = None
    ) -> None:
        self.title = title
        self.detail = detail
        self.status = status
        self.raw = raw
        super().__init__(title)

    def __str__(self) -> str:
        return f"{self.title} {self.detail}".strip()


class TransportError(OgcError):
    """No usable answer arrived."""


class ConnectionFailed(TransportError):
    """The server could not be reached; nothing was sent."""


class ConnectionLost(TransportError):
    """The connection broke while the request was sent or the answer read."""


class TimedOut(TransportError):
    """The server did not answer in time."""


class OutcomeUnknown(TransportError):
    """A POST, PUT or DELETE may or may not have reached the server; it is not sent again."""


class HttpError(OgcError):
    """The server answered with an HTTP error."""


class BadRequest(HttpError):
    """400 or 422: the server refused the request as it stands."""


class WorkflowNotFound(BadRequest):
    """The package holds no workflow of this id, or the server cannot read the package."""


class NotSignedIn(HttpError):
    """401 or 403, or a login page where an answer was expected."""


class SignInFailed(NotSignedIn):
    """There is no token to send, so nothing was sent; an identity provider may have said no."""


class NotFound(HttpError):
    """404 or 410: the server has nothing at this address."""


class NoSuchProcess(NotFound):
    """The server knows no process of this id."""


class NoSuchJob(NotFound):
    """The server knows no job of this id (any more)."""


class NoSuchOutput(NotFound):
    """The job has no output of this id."""


class ResultNotReady(NotFound):
    """The job has not ended, so it has no results yet."""


class ResultNotAvailable(NotFound):
    """The job ended and left no results."""


class NotSupported(HttpError):
    """405 or 501: this server cannot do what was asked."""


class NotAcceptable(HttpError):
    """406: the server has no answer in a format that was asked for."""


class DuplicatedProcess(HttpError):
    """409: a process of this id exists already.

    :ivar location: its address, where the server says it, else empty
    """

    location = ""


class ImmutableProcess(HttpError):
    """403: this process cannot be replaced or undeployed."""


class UnsupportedMediaType(HttpError):
    """415: the server does not take this content type."""


class TooManyRequests(HttpError):
    """429: the server asks for a pause."""


class ServerFault(HttpError):
    """5xx: the server failed."""


class ProtocolError(OgcError):
    """An answer that makes no sense."""


class UnreadableAnswer(ProtocolError):
    """The answer is not the document that was expected."""


class MissingJobId(ProtocolError):
    """The server made a job, but nothing in its answer says which."""


class AnswerTooLarge(ProtocolError):
    """The answer has more bytes than the limit allows."""


class TooManyRedirects(ProtocolError):
    """The server redirects in a circle."""


class JobError(OgcError):
    """The job itself did not end well.

    :param job_id: the job
    """

    def __init__(
        self,
        title: str,
        detail: str = "",
        *,
        job_id: str = "",
        status: int | None = None,
        raw: str | None = None,
    ) -> None:
        super().__init__(title, detail, status=status, raw=raw)
        self.job_id = job_id


class JobFailed(JobError):
    """The job ended as failed; ``detail`` says why, as far as the server does."""


class JobDismissed(JobError):
    """The job was dismissed, or is gone from the server."""


class InvalidInputs(OgcError):
    """The form found problems in its values; nothing was sent.

    :param problems: one sentence each
    """

    def __init__(self, problems: list[str]) -> None:
        count = "One input has" if len(problems) == 1 else f"{len(problems)} inputs have"
        super().__init__(f"{count} a problem, so nothing was submitted.", " ".join(problems))
        self.problems = problems


class InvalidPackage(OgcError):
    """There is no application package, or none that can be read; nothing was sent."""


class OgcWarning(UserWarning):
    """The server deviates from the standard; the package went on."""


class MissingLink(OgcWarning):
    """The server does not link a resource; its path from the standard was used."""


class UnreadableEntry(OgcWarning):
    """An entry of a list could be read only in part."""
