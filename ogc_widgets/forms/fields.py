"""An input in, the field that asks for it out: one of the contract's few kinds."""

import json
from collections.abc import Callable
from typing import Any, TypedDict

from ogc_widgets.contract.form import (
    BooleanField,
    BoxField,
    ChoiceField,
    DateTimeField,
    Field,
    GeometryField,
    JsonField,
    ListField,
    ManyChoiceField,
    NumberField,
    Option,
    TextField,
)
from ogc_widgets.forms.boxes import BOX, PLAIN_BOX, box_lengths, crs_options
from ogc_widgets.forms.inputs import Input
from ogc_widgets.forms.known import Schema
from ogc_widgets.forms.plain import encodable, json_text

MOST_OPTIONS = 2_000
LONGEST_LABEL = 120
LONG_TEXT = 120
PRECISIONS = {"date": "date", "time": "time", "date-time": "datetime"}

REASONS = {
    "bbox": "A bounding box: type it as JSON, west, south, east, north in degrees "
    "unless a coordinate reference system (crs) says otherwise.",
    "bbox_array": "A bounding box: type it as JSON, a list of west, south, east, north.",
    "geometry": "A geometry: type or paste it as GeoJSON.",
    "feature": "A feature: type or paste it as GeoJSON.",
    "feature_collection": "A feature collection: type or paste it as GeoJSON.",
    "object": "This value is an object: type it as JSON.",
    "rows": "This value is a list of lists: type it as JSON.",
    "tuple": "This value is a list whose places mean different things: type it as JSON.",
    "alternatives": "This value can be given in more than one way: type it as JSON, "
    "with text in quotation marks.",
    "anything": "The server does not say what this value is: type it as JSON, "
    "with text in quotation marks.",
}
PLACEHOLDERS = {
    "bbox": '{"bbox": [-10, 35, 5, 45], "crs": "http://www.opengis.net/def/crs/OGC/1.3/CRS84"}',
    "bbox_array": "[-10, 35, 5, 45]",
    "geometry": '{"type": "Point", "coordinates": [7.1, 50.7]}',
    "feature": '{"type": "Feature", "geometry": {"type": "Point", "coordinates": [7.1, 50.7]}, '
    '"properties": {}}',
    "feature_collection": '{"type": "FeatureCollection", "features": []}',
    "rows": "[[1, 2], [3, 4]]",
    "tuple": '["first", 2]',
    "alternatives": '"text" or {"name": "value"}',
    "anything": '"text", 5, [1, 2] or {"name": "value"}',
}


class Face(TypedDict):
    """What every field says of its input."""

    key: str
    id: str
    title: str
    description: str
    required: bool
    notes: tuple[str, ...]


def make_field(given: Input) -> Field:
    """The field for an input; there is one for every input."""
    face = Face(
        key=given.key,
        id=given.id,
        title=given.title,
        description=given.description,
        required=given.required,
        notes=given.notes,
    )
    if not given.multiple:
        return _field(face, given.schema, given.secret)
    options = options_of(given.schema)
    if options:
        return ManyChoiceField(**face, options=options)
    return ListField(
        **face,
        item=_item(face, given.schema, given.secret),
        min_items=_count(given.least) or 0,
        max_items=_count(given.most),
    )


def options_of(schema: Schema) -> tuple[Option, ...]:
    """The values to choose from; none where the schema lists none, or too many."""
    values = [schema["const"]] if "const" in schema else schema.get("enum", [])
    if len(values) > MOST_OPTIONS:
        return ()
    labels = schema.get("enumNames") or [""] * len(values)
    return tuple(
        Option(value=value, label=_label(value, label))
        for value, label in zip(values, labels, strict=False)
    )


def _field(face: Face, schema: Schema, secret: bool) -> Field:
    if schema.get("known") in (BOX, PLAIN_BOX) and not secret:
        return _box(face, schema)
    if schema.get("known") == "geometry" and not secret:
        return GeometryField(**face, placeholder=PLACEHOLDERS["geometry"])
    if "known" in schema:
        return _json(face, schema, schema["known"], secret)
    options = options_of(schema)
    if options:
        return ChoiceField(**face, options=options)
    kind = schema.get("type")
    if kind in ("string", None) and schema.get("format") in PRECISIONS and "anyOf" not in schema:
        return DateTimeField(**face, precision=PRECISIONS[schema["format"]])
    maker = MAKERS.get(kind, _anything) if isinstance(kind, str) else _anything
    return maker(face, schema, secret)


def _item(face: Face, schema: Schema, secret: bool) -> Field:
    own = Face(**{**face, "required": False, "notes": (), "description": ""})
    if schema.get("type") == "array" and "known" not in schema:
        return _json(own, schema, "tuple" if "prefixItems" in schema else "rows", secret)
    return _field(own, schema, secret)


def _array(face: Face, schema: Schema, secret: bool) -> Field:
    items = schema.get("items", {})
    if "prefixItems" in schema:
        return _json(face, schema, "tuple", secret)
    if items.get("type") == "array" and "known" not in items:
        return _json(face, schema, "rows", secret)
    options = options_of(items)
    if options:
        return ManyChoiceField(**face, options=options)
    return ListField(
        **face,
        item=_item(face, items, secret),
        min_items=_count(schema.get("minItems")) or 0,
        max_items=_count(schema.get("maxItems")),
    )


def _text(face: Face, schema: Schema, secret: bool) -> Field:
    media_types = [
        part["contentMediaType"]
        for part in (schema, *schema.get("anyOf", []))
        if "contentMediaType" in part
    ]
    long = max(schema.get("maxLength", 0), schema.get("minLength", 0)) > LONG_TEXT
    return TextField(
        **face,
        multiline=not secret and (long or bool(media_types)),
        secret=secret,
        placeholder="" if secret else _example(schema),
    )


def _number(face: Face, schema: Schema, _: bool) -> Field:
    integer = schema["type"] == "integer"
    return NumberField(
        **face,
        integer=integer,
        minimum=_float(schema.get("minimum", schema.get("exclusiveMinimum"))),
        maximum=_float(schema.get("maximum", schema.get("exclusiveMaximum"))),
        step=_float(schema.get("multipleOf", 1 if integer else None)),
        unit=schema.get("unit", ""),
        placeholder=_example(schema),
    )


def _box(face: Face, schema: Schema) -> Field:
    counts = box_lengths(schema)
    heights = "none" if 6 not in counts else "optional" if 4 in counts else "required"
    return BoxField(
        **face,
        crs=crs_options(schema),
        heights=heights,
        bare=schema["known"] == PLAIN_BOX,
    )


def _boolean(face: Face, _: Schema, __: bool) -> Field:
    return BooleanField(**face)


def _object(face: Face, schema: Schema, secret: bool) -> Field:
    return _json(face, schema, "object", secret)


def _anything(face: Face, schema: Schema, secret: bool) -> Field:
    several = isinstance(schema.get("type"), list) or "anyOf" in schema
    return _json(face, schema, "alternatives" if several else "anything", secret)


MAKERS: dict[str, Callable[[Face, Schema, bool], Field]] = {
    "string": _text,
    "array": _array,
    "number": _number,
    "integer": _number,
    "boolean": _boolean,
    "object": _object,
}


def _json(face: Face, schema: Schema, why: str, secret: bool) -> Field:
    example = next((value for value in schema.get("examples", []) if value != ""), None)
    if example is not None and not secret:
        placeholder = _cut(encodable(json_text(example)))
    elif why == "object":
        placeholder = _object_placeholder(schema)
    else:
        placeholder = PLACEHOLDERS[why]
    return JsonField(**face, reason=REASONS[why], placeholder=placeholder, secret=secret)


def _object_placeholder(schema: Schema) -> str:
    properties = schema.get("properties", {})
    names = list(properties)[:6] or ["name"]
    samples = {"string": "text", "number": 1.5, "integer": 1, "boolean": True, "array": []}
    shown: dict[str, Any] = {}
    for name in names:
        kind = properties.get(name, {}).get("type", "string")
        shown[name] = samples.get(kind, {}) if isinstance(kind, str) else "text"
    return _cut(encodable(json.dumps(shown, ensure_ascii=False)))


def _example(schema: Schema) -> str:
    for value in schema.get("examples", []):
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            return _cut(str(value))
    return ""


def _label(value: Any, label: str) -> str:
    if label:
        return _cut(label)
    return _cut(value if isinstance(value, str) else json_text(value))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_LABEL else text[:LONGEST_LABEL] + "…"


def _float(value: Any) -> float | None:
    try:
        return None if value is None else float(value)
    except OverflowError:
        return None


def _count(value: int | None) -> int | None:
    return None if value is None else min(value, 2**31)
