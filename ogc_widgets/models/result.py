"""What a job or a synchronous execution gives."""

import base64
import binascii
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ogc_widgets.models.output import OutputValue, Source

QUALIFIERS = {
    "value",
    "mediaType",
    "mimeType",
    "type",
    "encoding",
    "schema",
    "format",
    "id",
    "title",
    "description",
    "dataType",
}
ENVELOPE = {"outputs", "links", "id", "status", "jobID"}
LIST_ENTRY = {"value", "href", "data"}
WHOLE_TYPES = {
    "Feature",
    "FeatureCollection",
    "GeometryCollection",
    "Catalog",
    "Collection",
    "Point",
    "MultiPoint",
    "LineString",
    "MultiLineString",
    "Polygon",
    "MultiPolygon",
}
UNNAMED = "result"


class Results(Mapping[str, OutputValue]):
    """Outputs by id (OGC 18-062r2, results.yaml), in the server's order.

    :ivar raw: the document as sent: parsed JSON, text or bytes
    """

    def __init__(self, outputs: Mapping[str, OutputValue], raw: Any = None) -> None:
        self._outputs = dict(outputs)
        self.raw = raw

    def __getitem__(self, output_id: str) -> OutputValue:
        return self._outputs[output_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._outputs)

    def __len__(self) -> int:
        return len(self._outputs)

    def bound(self, source: Source) -> "Results":
        """The same results, whose links are read by a client."""
        outputs = {key: replace(output, source=source) for key, output in self.items()}
        return Results(outputs, self.raw)

    def __repr__(self) -> str:
        return f"Results({', '.join(self._outputs)})"


Absolute = Callable[[str], str]


def read_results(document: Any, declared: Sequence[str] = (), absolute: Absolute = str) -> Results:
    """The outputs in a JSON document.

    Read: a map by output id (results.yaml), a list of entries with ids (also below ``outputs``),
    one entry with ``id`` and ``value`` (pygeoapi), and the bare value of the only output.

    :param declared: the ids of the process's outputs; empty where unknown
    :param absolute: makes an href absolute
    """
    named = _named(document, declared)
    if named is None:
        named = {only_output(declared): document}
    return Results({key: read_output(raw, absolute) for key, raw in named.items()}, document)


def read_output(raw: Any, absolute: Absolute = str) -> OutputValue:
    """One output of a results document: a link, a qualified value, or a value as it is."""
    if not isinstance(raw, dict):
        return OutputValue(raw, raw=raw)
    href = raw.get("href")
    if isinstance(href, str) and href.strip() and "value" not in raw:
        return OutputValue(None, absolute(href.strip()), read_media_type(raw), raw)
    if "value" in raw and set(raw) <= QUALIFIERS:
        return OutputValue(_decoded(raw), None, read_media_type(raw), raw)
    return OutputValue(raw, raw=raw)


def read_media_type(raw: Mapping[str, Any]) -> str | None:
    """The media type of a qualified value or a link, in any of its spellings."""
    places: list[Any] = [raw, raw.get("format")]
    for place in places:
        if not isinstance(place, Mapping):
            continue
        for name in ("mediaType", "type", "mimeType"):
            value = place.get(name)
            if isinstance(value, str) and "/" in value:
                return value.split(";")[0].strip().lower()
    return None


def only_output(declared: Sequence[str]) -> str:
    """The id for an output that came without one."""
    return declared[0] if len(declared) == 1 else UNNAMED


def _named(document: Any, declared: Sequence[str]) -> Mapping[str, Any] | None:
    """Raw outputs by id, or None where the document is the value of one output."""
    if isinstance(document, list):
        single = _members(document[0]) if len(document) == 1 else {}
        return single if set(declared) & set(single) else _of_list(document)
    if not isinstance(document, dict) or any(key in declared for key in document):
        return document if isinstance(document, dict) else None
    if set(document) <= ENVELOPE and "outputs" in document:
        return _named(document["outputs"], declared)
    if "id" in document and set(document) <= QUALIFIERS | {"href"}:
        return _of_list([document])
    return None if _is_whole(document, declared) else document


def _members(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _of_list(entries: list[Any]) -> dict[str, Any] | None:
    if not entries or not all(isinstance(entry, dict) for entry in entries):
        return None
    named = {}
    for entry in entries:
        identifier = entry.get("id", entry.get("identifier"))
        if not isinstance(identifier, str) or not LIST_ENTRY & set(entry):
            return None
        kept = {key: value for key, value in entry.items() if key not in ("id", "identifier")}
        named[identifier] = {"value": kept.pop("data")} | kept if "data" in kept else kept
    return named


def _is_whole(document: dict[str, Any], declared: Sequence[str]) -> bool:
    """Whether an object without declared ids is the value of the only output."""
    if document.get("type") in WHOLE_TYPES or "stac_version" in document:
        return True
    if {"bbox", "href"} & set(document) or ("value" in document and set(document) <= QUALIFIERS):
        return True
    if len(declared) != 1:
        return False
    # Ids that differ from the description hold links, qualified values or one text.
    return not all(
        isinstance(raw, str) or (isinstance(raw, dict) and {"href", "value", "bbox"} & set(raw))
        for raw in document.values()
    )


def _decoded(raw: Mapping[str, Any]) -> Any:
    """The value of a qualified value; base64 becomes bytes."""
    value, format_ = raw["value"], raw.get("format")
    encoding = raw.get("encoding") or (
        format_.get("encoding") if isinstance(format_, Mapping) else None
    )
    if isinstance(value, str) and isinstance(encoding, str) and encoding.lower() == "base64":
        try:
            return base64.b64decode(value, validate=False)
        except (binascii.Error, ValueError):
            return value
    return value
