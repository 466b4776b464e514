"""The outputs in an answer, in every shape that servers send (OGC 18-062r2, clause 7.11)."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from ogc_widgets.client.address import Address
from ogc_widgets.client.answer import Answer, NotJson, parse_json
from ogc_widgets.client.parts import Part, multipart_type, read_parts
from ogc_widgets.models import Link, OutputValue, Results
from ogc_widgets.models.result import only_output, read_results

# Relations of a Link header that name no output.
OTHER_RELATIONS = {
    "self",
    "up",
    "parent",
    "profile",
    "monitor",
    "status",
    "alternate",
    "describedby",
    "service-doc",
    "service-desc",
    "license",
    "next",
    "prev",
}
JSON_TYPES = ("", "text/html", "application/problem+json")


def read_outputs(answer: Answer, declared: Sequence[str], address: Address) -> Results:
    """The outputs in a successful answer.

    :param declared: the ids of the process's outputs; empty where unknown
    """
    if not answer.content.strip():
        return read_linked_outputs(answer, declared, address)
    absolute = partial(address.output, against=answer.url)
    kind = multipart_type(str(answer.headers.get("content-type", "")), answer.content)
    if kind is not None:
        parts = read_parts(kind, answer.content)
        if parts:
            return _of_parts(parts, declared, answer, address)
    value = read_value(answer.content, answer.media_type)
    if isinstance(value, str | bytes) or _is_raw(answer.media_type):
        output = OutputValue(value, None, _told_type(answer, value), value)
        return Results({only_output(declared): output}, value)
    return read_results(value, declared, absolute)


def read_linked_outputs(answer: Answer, declared: Sequence[str], address: Address) -> Results:
    """The outputs that an answer without a body links to; none where it links to nothing.

    The standard does not say how a link names its output: by relation, by title, or by order.
    """
    outputs: dict[str, OutputValue] = {}
    for link in answer.links():
        if link.relation in OTHER_RELATIONS:
            continue
        href = address.output(link.href, answer.url)
        name = _name_of(link, declared, outputs)
        outputs[name] = OutputValue(None, href, link.media_type or None, link.raw)
    location = str(answer.headers.get("content-location", "")).strip()
    if not outputs and location:
        name = str(answer.headers.get("content-id", "")).strip("<> ").split("@")[0]
        href = address.output(location, answer.url)
        output = OutputValue(None, href, answer.media_type or None, location)
        outputs[name or only_output(declared)] = output
    return Results(outputs, None)


def read_value(content: bytes, media_type: str) -> Any:
    """A body as JSON value, text or bytes: by its content where its type leaves it open.

    Many servers call everything ``application/json``: what is no JSON becomes text.
    """
    if media_type in JSON_TYPES or media_type.endswith("json"):
        try:
            return parse_json(content.decode("utf-8", "replace").removeprefix("\ufeff"))
        except NotJson:
            pass
    elif not media_type.startswith("text/") and not media_type.endswith("xml"):
        return content
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content if b"\x00" in content else content.decode("utf-8", "replace")


def _of_parts(
    parts: list[Part], declared: Sequence[str], answer: Answer, address: Address
) -> Results:
    outputs: dict[str, OutputValue] = {}
    for part in parts:
        name = part.id or next((key for key in declared if key not in outputs), "")
        name = name or f"{only_output(declared)}-{len(outputs) + 1}"
        media_type = part.media_type or None
        if part.href:
            href = address.output(part.href, answer.url)
            outputs[name] = OutputValue(None, href, media_type, part.href)
        else:
            value = read_value(part.content, part.media_type)
            outputs[name] = OutputValue(value, None, media_type, part.content)
    return Results(outputs, answer.content)


def _name_of(link: Link, declared: Sequence[str], taken: dict[str, OutputValue]) -> str:
    written = str(link.raw.get("rel", ""))
    for name in (written, link.title):
        if name in declared:
            return name
    free = [name for name in declared if name not in taken]
    fallback = free[0] if free else f"{only_output(declared)}-{len(taken) + 1}"
    generic = link.relation in ("", "item", "related", "results", "enclosure")
    if generic or declared:
        return fallback
    return written if written not in taken else fallback


def _is_raw(media_type: str) -> bool:
    """Whether a JSON body is one output and not a results document: GeoJSON, CoverageJSON."""
    return media_type.endswith("+json") and media_type != "application/problem+json"


def _told_type(answer: Answer, value: Any) -> str | None:
    """The media type, unless the content shows that it is wrong."""
    if isinstance(value, str) and answer.media_type.endswith("json"):
        return "text/plain"
    return answer.media_type or None
