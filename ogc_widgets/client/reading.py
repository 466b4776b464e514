"""The document in an answer, or the error that the answer is."""

from typing import Any

from ogc_widgets.client.answer import Answer, NotJson, parse_json
from ogc_widgets.client.faults import http_fault, raw_of, signed_out, unreadable
from ogc_widgets.client.wording import is_exception, is_login_page, leads_to_login
from ogc_widgets.errors import NotFound, OgcError, UnreadableAnswer


def check(answer: Answer, missing: type[NotFound] = NotFound) -> Answer:
    """The same answer, if its status is a success.

    :param missing: what a 404 or 410 means here
    :raises HttpError: by status and by the last segment of the error's ``type``
    """
    if answer.status >= 400:
        if answer.status in (401, 403) and is_login_page(answer):
            raise signed_out(answer)
        raise http_fault(answer, missing)
    return answer


def moved(answer: Answer) -> OgcError:
    """The error for a redirect of a POST or DELETE, which is not sent to another address."""
    if leads_to_login(answer.location):
        return signed_out(answer)
    return UnreadableAnswer(
        "The server has moved, and a request is not sent to another address.",
        f"It names {answer.location.split('?')[0]}. If it is right, give its base to the client.",
        status=answer.status,
        raw=raw_of(answer),
    )


def read_document(answer: Answer, expected: str, missing: type[NotFound] = NotFound) -> Any:
    """The JSON document of an answer, whatever its content type and whatever follows it.

    :param expected: what it should be, with its article, for the error
    :raises HttpError: the status is one of an error
    :raises NotSignedIn: the body is a login page
    :raises UnreadableAnswer: the body holds no JSON document
    """
    check(answer, missing)
    if not answer.markup:
        try:
            return parse_json(answer.text, anywhere=True)
        except NotJson:
            raise unreadable(answer, expected) from None
    raise signed_out(answer) if is_login_page(answer) else unreadable(answer, expected)


def read_object(
    answer: Answer, expected: str, missing: type[NotFound] = NotFound
) -> dict[str, Any]:
    """The JSON object of an answer; anything else is an UnreadableAnswer.

    The document of an error is an error, also where the HTTP status says that all is well.
    """
    document = read_document(answer, expected, missing)
    if not isinstance(document, dict):
        raise unreadable(answer, expected)
    if is_exception(document):
        raise http_fault(answer, missing)
    return document
