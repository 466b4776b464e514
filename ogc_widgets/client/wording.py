"""The reason in an error's body, in whatever form the server gives it."""

import html
import re
from typing import Any

from ogc_widgets.client.answer import Answer, NotJson, parse_json
from ogc_widgets.models.document import read_text

LONGEST = 2000
PAGE_READ = 50_000
EXCEPTION_MEMBERS = {
    "type",
    "title",
    "status",
    "detail",
    "instance",
    "code",
    "description",
    "message",
    "error",
    "cause",
}
LOGIN = re.compile(r"type=[\"']?password|<form[^>]{0,200}(login|signin|sign-in|auth)", re.I)
LOGIN_PATH = re.compile(r"/(login|signin|sign-in|auth|oauth2?|sso|openid-connect|idp)\b", re.I)


def describe_body(answer: Answer) -> str:
    """What the server says of an error, as one line; may be empty.

    Read: OGC and RFC 9457 (``title``, ``detail``), pygeoapi (``code``, ``description``), FastAPI
    (``detail``, also a list), WPS lists (``Code``, ``Text``), OWS XML, HTML, plain text.
    """
    if answer.binary:
        return ""
    if answer.markup:
        return _shortened(_plain(answer.text))
    try:
        return _shortened(describe(parse_json(answer.text, anywhere=True)))
    except NotJson:
        return _shortened(read_text(answer.text[: LONGEST * 2]))


def describe(document: Any) -> str:
    """The reason in a parsed error document."""
    if isinstance(document, list):
        return "; ".join(filter(None, (describe(entry) for entry in document[:20])))
    if not isinstance(document, dict):
        return read_text(document)
    title = read_text(document.get("title") or document.get("Code"))
    for name in ("detail", "description", "Text", "message", "msg", "error", "exception"):
        value = document.get(name)
        detail = describe(value) if isinstance(value, dict | list) else read_text(value)
        if detail:
            joint = " " if title.endswith((".", "!", "?", ":")) else ": "
            return f"{title}{joint}{detail}" if title and title not in detail else detail
    return title or read_text(document.get("code") or document.get("type"))


def reason_code(answer: Answer) -> str:
    """The last segment of an error's ``type``, in lower case without dashes; may be empty."""
    try:
        document = parse_json(answer.text, anywhere=True) if not answer.binary else None
    except NotJson:
        return ""
    return document_code(document)


def document_code(document: Any) -> str:
    """The code of a parsed error document: ``nosuchjob``, ``resultnotready``; may be empty."""
    if isinstance(document, list) and document:
        document = document[0]
    if not isinstance(document, dict):
        return ""
    for name in ("type", "code", "Code", "title"):
        value = document.get(name)
        if isinstance(value, str) and value not in ("", "None", "about:blank"):
            return re.split(r"[/#:]", value.rstrip("/"))[-1].lower().replace("-", "")
    return ""


def is_exception(document: Any) -> bool:
    """Whether a document is an error and nothing else, whatever its HTTP status."""
    return (
        isinstance(document, dict)
        and len(document) >= 2
        and set(document) <= EXCEPTION_MEMBERS
        and not isinstance(document.get("status"), str)
        and any(isinstance(document.get(name), str) for name in ("type", "code"))
        and any(name in document for name in ("title", "detail", "description"))
    )


def is_login_page(answer: Answer) -> bool:
    """Whether an answer is a web page that asks who you are."""
    if not answer.markup or answer.media_type == "application/xml":
        return False
    return LOGIN.search(answer.text[:PAGE_READ]) is not None or not answer.own


def leads_to_login(location: str) -> bool:
    """Whether a redirect looks like one to a login page."""
    return LOGIN_PATH.search(location.split("?", maxsplit=1)[0]) is not None


def _plain(text: str) -> str:
    """The words of HTML or of an OWS exception report. Patterns only: XML can be hostile."""
    text = text[:PAGE_READ]
    report = re.findall(r"ExceptionText[^<>]{0,200}>([^<]{0,1000})<", text)
    if report:
        return read_text(html.unescape(" ".join(report)))
    text = re.sub(r"(?is)<(script|style)\b.*?(</\1>|\Z)", " ", text)
    return read_text(html.unescape(re.sub(r"<[^<>]*>", " ", text)))


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
