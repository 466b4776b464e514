"""Bounding boxes: found in schemas, read from drafts, judged, and ordered as their CRS asks.

A box of ours always is west, south, east, north (six numbers: west, south, lowest, east, north,
highest); on the wire the axes follow its coordinate reference system (OGC 18-062r2, bbox.yaml).
"""

import json
import re
from collections.abc import Iterator
from typing import Any, Literal

from pydantic import JsonValue

from ogc_widgets.contract.form import Option
from ogc_widgets.forms.crs import (
    CRS84,
    CRS84H,
    is_in_degrees,
    is_north_first,
    spoken_name,
)
from ogc_widgets.forms.known import Schema
from ogc_widgets.forms.plain import NotPlain, encodable, json_text, plain

Found = tuple[tuple[str | int, ...], str, Literal["error", "warning"]]

BOX, PLAIN_BOX = "bbox", "bbox_array"
SIDES = {
    4: ("West", "South", "East", "North"),
    6: ("West", "South", "Lowest", "East", "North", "Highest"),
}
NAMED = re.compile(r"(?<![a-z])(bbox|bounding[ _-]?box|extent|bounds|aoi)(?![a-z])", re.I)
CERTAIN = re.compile(r"(?<![a-z])(bbox|bounding[ _-]?box)(?![a-z])", re.I)

NOT_A_BOX = "Enter west, south, east and north."
CROSSES = "West is greater than east: the box crosses the antimeridian (180 degrees)."


def is_named_box(schema: Schema, *names: str) -> bool:
    """Whether a list of 4 or 6 numbers is named as a box."""
    if "known" in schema or schema.get("type") != "array" or "enum" in schema:
        return False
    rows = [*schema.get("prefixItems", []), schema.get("items", {})]
    if any(row.get("type", "number") not in ("number", "integer") or "enum" in row for row in rows):
        return False
    if schema.get("format") in ("bbox", "ogc-bbox"):
        return True
    fixed = schema.get("minItems", 0) >= 4 and schema.get("maxItems", 99) <= 6
    fixed = fixed or len(schema.get("prefixItems", [])) in (4, 6) or "anyOf" in schema
    pattern = NAMED if fixed else CERTAIN
    typed = fixed or rows[-1].get("type") in ("number", "integer")
    return typed and bool(lengths(schema)) and any(pattern.search(name[:200]) for name in names)


def lengths(array: Schema) -> tuple[int, ...]:
    """How many numbers the schema of an array allows, of 4 and 6."""
    return tuple(count for count in (4, 6) if _allows(array, count))


def box_lengths(schema: Schema) -> tuple[int, ...]:
    """How many numbers a box of this schema may have."""
    if schema.get("known") == PLAIN_BOX:
        return lengths(schema) or (4, 6)
    return lengths(schema.get("properties", {}).get("bbox", {})) or (4, 6)


def crs_options(schema: Schema) -> tuple[Option, ...]:
    """The reference systems to choose from, the one to begin with first."""
    properties = schema.get("properties", {})
    if schema.get("known") == PLAIN_BOX or "crs" not in properties:
        return ()
    declared = properties["crs"]
    parts = [declared, *declared.get("anyOf", [])]
    named = [part.get("const") for part in parts]
    named += [value for part in parts for value in part.get("enum", [])]
    names = [name for name in named if isinstance(name, str) and name][:200]
    default = declared.get("default")
    first = [default] if isinstance(default, str) and default else []
    offered = names or ([CRS84, CRS84H] if 6 in box_lengths(schema) else [CRS84])
    if not first and not names:
        first = [CRS84]
    unique = dict.fromkeys([*first, *offered])
    labels = [encodable(spoken_name(name)) for name in unique]
    return tuple(
        Option(
            value=encodable(name),
            label=label if labels.count(label) == 1 else encodable(name)[:120],
        )
        for name, label in zip(unique, labels, strict=True)
    )


def to_wire(value: Any, schema: Schema) -> Any:
    """The box as the server reads it: never wrapped, axes in the order of its CRS."""
    if schema.get("known") != BOX or not isinstance(value, dict):
        return value
    if value.keys() == {"value"} and isinstance(value["value"], dict):
        value = value["value"]
    return _turned(value)


def from_wire(value: Any, schema: Schema) -> Any:
    """The box as we speak of it, from a default or an example of the server."""
    return _turned(value) if schema.get("known") == BOX and isinstance(value, dict) else value


def box_draft(value: Any) -> JsonValue:
    """What the control shows: numbers with their CRS, or text for what is no box."""
    numbers = value.get("bbox") if isinstance(value, dict) else value
    known = not isinstance(value, dict) or value.keys() <= {"bbox", "crs"}
    try:
        if known and isinstance(numbers, list | tuple) and len(numbers) in SIDES:
            crs = value.get("crs") if isinstance(value, dict) else None
            return plain({"bbox": list(numbers), **({"crs": crs} if crs else {})})
        return value if isinstance(value, str) else json_text(value)
    except NotPlain:
        return f"({type(value).__name__}: no bounding box)"


def is_blank_box(draft: Any) -> bool:
    """Whether no number is given; a chosen CRS alone makes no box."""
    numbers = draft.get("bbox") if isinstance(draft, dict) else None
    return isinstance(numbers, list) and all(number in (None, "") for number in numbers)


def read_box(draft: Any, *, bare: bool, crs: str) -> JsonValue:
    """The value of a draft; what is no number stays in its place, for the judge to see.

    :raises ValueError: for text that is no box
    """
    if isinstance(draft, str):
        draft = _parsed(draft)
    if not isinstance(draft, dict) or not isinstance(draft.get("bbox"), list):
        return plain(draft)
    numbers = [_number(number) for number in draft["bbox"]]
    if bare:
        return plain(numbers)
    chosen = draft.get("crs") or crs
    return plain({**draft, "bbox": numbers, **({"crs": chosen} if chosen else {})})


def box_problems(value: Any, schema: Schema) -> Iterator[Found]:
    """What is wrong with a box, number by number."""
    bare = schema.get("known") == PLAIN_BOX
    numbers = value if bare else value.get("bbox") if isinstance(value, dict) else None
    allowed = box_lengths(schema)
    root: tuple[str | int, ...] = () if bare else ("bbox",)
    if not isinstance(numbers, list) or len(numbers) not in allowed:
        yield (), _wanted(allowed) if isinstance(numbers, list) else NOT_A_BOX, "error"
        return
    crs = "" if bare else value.get("crs", "")
    if not bare:
        yield from _crs_problems(value, schema)
    sides = SIDES[len(numbers)]
    bad = [place for place, number in enumerate(numbers) if not _is_number(number)]
    yield from (((*root, place), f"{sides[place]}: enter a number.", "error") for place in bad)
    degrees = is_in_degrees(crs) if isinstance(crs, str) else False
    if not bad:
        found = _side_problems(numbers, degrees, strict=bool(crs) and not degrees)
        yield from (((*root, place), words, severity) for place, words, severity in found)


def _side_problems(
    numbers: list[Any], degrees: bool, *, strict: bool
) -> Iterator[tuple[int, str, Literal["error", "warning"]]]:
    half = len(numbers) // 2
    limits = ((0, "West", 180), (1, "South", 90), (half, "East", 180), (half + 1, "North", 90))
    for place, side, limit in limits if degrees else ():
        if abs(numbers[place]) > limit:
            yield place, f"{side} must be from -{limit} to {limit} degrees.", "error"
    if numbers[1] > numbers[half + 1]:
        yield 1, "South must not be greater than north.", "error"
    if half == 3 and numbers[2] > numbers[5]:
        yield 2, "Lowest must not be greater than highest.", "error"
    if numbers[0] > numbers[half]:
        if strict:
            yield 0, "West must not be greater than east.", "error"
        else:
            yield 0, CROSSES, "warning"


def _crs_problems(value: dict[str, Any], schema: Schema) -> Iterator[Found]:
    unknown = value.keys() - {"bbox", "crs"}
    if unknown:
        yield (), "A bounding box has only “bbox” and “crs”.", "error"
    crs = value.get("crs")
    declared = schema.get("properties", {}).get("crs", {})
    if crs is None:
        if "crs" in schema.get("required", []):
            yield ("crs",), "Choose a coordinate reference system.", "error"
    elif not isinstance(crs, str):
        yield ("crs",), "Name the coordinate reference system as text.", "error"
    elif "enum" in declared and crs not in declared["enum"]:
        yield ("crs",), "Choose one of the coordinate reference systems listed.", "error"


def _wanted(allowed: tuple[int, ...]) -> str:
    texts = {4: "4 numbers (west, south, east, north)", 6: "6 numbers (with heights)"}
    return f"Give {' or '.join(texts[count] for count in allowed)}."


def _turned(value: dict[str, Any]) -> Any:
    numbers, crs = value.get("bbox"), value.get("crs")
    if not isinstance(numbers, list) or len(numbers) not in SIDES or not isinstance(crs, str):
        return value
    if not is_north_first(crs):
        return value
    half = len(numbers) // 2
    turned = [number for at in (0, half) for number in _swapped(numbers[at : at + half])]
    return {**value, "bbox": turned}


def _swapped(corner: list[Any]) -> list[Any]:
    return [corner[1], corner[0], *corner[2:]]


def _allows(array: Schema, count: int) -> bool:
    if not array.get("minItems", 0) <= count <= array.get("maxItems", count):
        return False
    if "prefixItems" in array and len(array["prefixItems"]) != count:
        return False
    branches = array.get("anyOf", [])
    return not branches or any(_allows(branch, count) for branch in branches)


def _is_number(number: Any) -> bool:
    return isinstance(number, int | float) and not isinstance(number, bool)


def _number(number: Any) -> Any:
    if not isinstance(number, str):
        return number
    text = number.strip().replace("\N{MINUS SIGN}", "-")
    if not re.fullmatch(r"[+-]?(\d{1,40}(\.\d*)?|\.\d+)([eE][+-]?\d{1,2})?", text, re.ASCII):
        return text or None
    return int(text) if text.lstrip("+-").isdigit() else float(text)


def _parsed(text: str) -> Any:
    parts = [_number(part) for part in re.split(r"[\s,;]+", text.strip(" ()[]\t\n"))]
    if len(parts) in SIDES and all(map(_is_number, parts)):
        return {"bbox": parts}
    try:
        return plain(json.loads(text))
    except (ValueError, RecursionError):
        raise ValueError(NOT_A_BOX) from None
