"""Drafts, which the browser edits, to values, which the server gets, and back.

A draft is what stands in a control: also half a number, or JSON that does not parse yet. What
cannot be read becomes a problem in its place, and everything else still goes through.
"""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import JsonValue

from ogc_widgets.contract.form import (
    BoxField,
    ChoiceField,
    DateTimeField,
    Field,
    GeometryField,
    JsonField,
    ListField,
    ManyChoiceField,
    NumberField,
    Problem,
    TextField,
)
from ogc_widgets.forms.boxes import NOT_A_BOX, box_draft, is_blank_box, read_box
from ogc_widgets.forms.geometry import geometry_draft, read_geometry
from ogc_widgets.forms.plain import NotPlain, encodable, json_text, plain, same
from ogc_widgets.forms.qualified import is_link, is_qualified
from ogc_widgets.forms.times import EXAMPLES, clock, day, instant
from ogc_widgets.models.secrets import MASK

SAFE_INTEGER = 2**53
LONGEST_NUMBER = 400
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,4})?", re.ASCII)


class Unreadable(ValueError):
    """A draft that is no value yet; the message says what to type, ``path`` where."""

    def __init__(self, message: str, path: tuple[str | int, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.path = path


def drafts_from_values(fields: Iterable[Field], values: Mapping[str, Any]) -> dict[str, JsonValue]:
    """The drafts by field key that show these values by input id; what is not set has none."""
    drafts: dict[str, JsonValue] = {}
    for field in fields:
        value = values.get(field.id)
        draft = None if value is None else _draft(field, value)
        if isinstance(field, JsonField) and value is None and field.id in values:
            draft = "null"
        if draft is not None:
            drafts[field.key] = draft
    return drafts


def values_from_drafts(
    fields: Iterable[Field], drafts: Mapping[str, Any]
) -> tuple[dict[str, JsonValue], list[Problem]]:
    """The values by input id, and a problem for each draft that is no value.

    An empty row of a list stays in its place as None, so that paths lead to the right row.
    """
    values: dict[str, JsonValue] = {}
    problems: list[Problem] = []
    for field in fields:
        draft = drafts.get(field.key)
        if draft is None or _is_blank(field, draft):
            continue
        if isinstance(field, ListField) and isinstance(draft, list):
            rows, bad_rows = _read_rows(field, draft)
            values[field.id] = rows
            problems += bad_rows
            continue
        try:
            values[field.id] = _read(field, draft)
        except Unreadable as reason:
            problems.append(Problem(key=field.key, message=reason.message, path=reason.path))
    return values, problems


def mask_values(fields: Iterable[Field], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with secrets hidden, for display."""
    hidden = {field.id for field in fields if is_secret(field)}
    return {name: MASK if name in hidden else value for name, value in values.items()}


def is_secret(field: Field) -> bool:
    """Whether the field's drafts must not come back from the kernel."""
    if isinstance(field, ListField):
        return is_secret(field.item)
    return isinstance(field, TextField | JsonField) and field.secret


def _draft(field: Field, value: Any) -> JsonValue:
    if isinstance(field, ListField):
        rows = value if isinstance(value, list | tuple) else [value]
        return [None if row is None else _draft(field.item, row) for row in rows]
    if isinstance(field, ManyChoiceField):
        chosen = value if isinstance(value, list | tuple) else [value]
        return [_option(field, each) for each in chosen]
    return _single_draft(field, value)


def _single_draft(field: Field, value: Any) -> JsonValue:
    if isinstance(field, ChoiceField):
        return _option(field, value)
    if isinstance(field, BoxField | GeometryField):
        return box_draft(value) if isinstance(field, BoxField) else geometry_draft(value)
    if isinstance(field, JsonField):
        return _as_text(value, indent=2)
    if field.kind == "boolean":
        return _truth(value)
    if isinstance(field, NumberField) and _is_showable(value):
        number: JsonValue = value
        return number
    return _as_text(value)


def _truth(value: Any) -> JsonValue:
    if isinstance(value, str):
        return {"true": True, "false": False}.get(value.strip().lower(), value)
    return value if isinstance(value, bool) else _as_text(value)


def _is_showable(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return abs(value) < SAFE_INTEGER


def _option(field: ChoiceField | ManyChoiceField, value: Any) -> JsonValue:
    for option in field.options:
        if same(option.value, value):
            return option.value
    for option in field.options:
        if _as_text(option.value) == _as_text(value):
            return option.value
    try:
        return plain(value)
    except NotPlain:
        return _as_text(value)


def _as_text(value: Any, *, indent: int | None = None) -> str:
    if isinstance(value, str) and indent is None:
        return encodable(value)
    try:
        return json_text(value, indent=indent)
    except NotPlain:
        return f"({type(value).__name__}: no JSON value)"


def _is_blank(field: Field, draft: Any) -> bool:
    if isinstance(field, BoxField) and is_blank_box(draft):
        return True
    return isinstance(draft, str) and field.kind != "text" and not draft.strip()


def _read_rows(field: ListField, rows: list[Any]) -> tuple[list[JsonValue], list[Problem]]:
    values: list[JsonValue] = []
    problems = []
    for place, row in enumerate(rows):
        value: JsonValue = None
        if row is not None and row != "" and not _is_blank(field.item, row):
            try:
                value = _read(field.item, row)
            except Unreadable as reason:
                path = (place, *reason.path)
                problems.append(Problem(key=field.key, message=reason.message, path=path))
        values.append(value)
    is_empty = not problems and all(value is None for value in values)
    return ([] if is_empty else values), problems


def _read(field: Field, draft: Any) -> JsonValue:
    if isinstance(field, NumberField):
        return _read_number(field, draft)
    if isinstance(field, DateTimeField):
        return _read_time(field, draft)
    if isinstance(field, JsonField):
        return _read_json(draft)
    if isinstance(field, BoxField | GeometryField):
        return _read_box(field, draft) if isinstance(field, BoxField) else _read_geometry(draft)
    if isinstance(field, TextField):
        return _read_text(draft)
    try:
        value = plain(draft)
    except NotPlain:
        raise Unreadable("This value cannot be sent as JSON.") from None
    return _truth(value) if field.kind == "boolean" and isinstance(value, str) else value


def _read_box(field: BoxField, draft: Any) -> JsonValue:
    crs = str(field.crs[0].value) if field.crs else ""
    try:
        return read_box(draft, bare=field.bare, crs=crs)
    except ValueError:
        raise Unreadable(NOT_A_BOX) from None


def _read_geometry(draft: Any) -> JsonValue:
    try:
        geometry = read_geometry(draft)
    except ValueError as problem:
        raise Unreadable(str(problem)) from None
    return _read_json(draft) if geometry is None else geometry


def _read_text(draft: Any) -> JsonValue:
    if not isinstance(draft, str):
        return _as_text(draft)
    if draft.lstrip().startswith("{") and ('"href"' in draft or '"mediaType"' in draft):
        # From Python a text may be given by reference or with its media type; that must survive.
        try:
            value = plain(json.loads(draft))
        except (ValueError, RecursionError):
            return draft
        given = is_link(value) or (is_qualified(value) and "mediaType" in draft)
        return value if given else draft
    return draft


def _read_number(field: NumberField, draft: Any) -> JsonValue:
    what = "Enter a whole number." if field.integer else "Enter a number."
    if isinstance(draft, bool) or not isinstance(draft, str | int | float):
        raise Unreadable(what)
    if isinstance(draft, int):
        return draft
    text = str(draft).strip().replace("\N{MINUS SIGN}", "-")
    if len(text) > LONGEST_NUMBER or not NUMBER.fullmatch(text):
        raise Unreadable(what)
    if text.lstrip("+-").isdigit():
        return int(text)
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise Unreadable("This number is too large.")
    return int(number) if field.integer and number.is_integer() else number


def _read_time(field: DateTimeField, draft: Any) -> JsonValue:
    text = draft.strip() if isinstance(draft, str) else ""
    readers = {"date": day, "time": clock, "datetime": instant}
    try:
        return readers[field.precision](text)
    except ValueError:
        raise Unreadable(EXAMPLES[field.precision]) from None


def _read_json(draft: Any) -> JsonValue:
    if not isinstance(draft, str):
        raise Unreadable("Type this value as JSON.")
    try:
        return plain(json.loads(draft))
    except NotPlain:
        raise Unreadable(
            "This JSON has numbers that JSON does not know, or nests too deep."
        ) from None
    except RecursionError:
        raise Unreadable("This JSON nests too deep.") from None
    except json.JSONDecodeError as problem:
        if not draft.lstrip().startswith(("{", "[", '"')):
            raise Unreadable("This is not JSON. Put text in quotation marks: “text”.") from None
        place = f"line {problem.lineno}, column {problem.colno}"
        raise Unreadable(f"This is not JSON: look at {place}.") from None
    except ValueError:
        raise Unreadable("This JSON holds a number that is too long.") from None
