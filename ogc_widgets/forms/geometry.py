"""Geometries: from GeoJSON, from well-known text, and from objects of geometry libraries."""

from collections.abc import Mapping
from typing import Any

from pydantic import JsonValue

from ogc_widgets.forms.plain import NotPlain, encodable, json_text, plain
from ogc_widgets.forms.wkt import geometry_of_wkt, looks_like_wkt


def geometry_draft(value: Any) -> str:
    """The text that shows a geometry: a mapping, text, or what has a ``__geo_interface__``."""
    if isinstance(value, str) and looks_like_wkt(value):
        return encodable(value)
    try:
        return json_text(_mapping(value))
    except NotPlain:
        return f"({type(value).__name__}: no geometry)"


def read_geometry(draft: Any) -> JsonValue:
    """The GeoJSON geometry of a well-known text; None where the text is something else.

    :raises ValueError: for well-known text with a mistake, with the column
    """
    if not isinstance(draft, str) or not looks_like_wkt(draft):
        return None
    return plain(geometry_of_wkt(draft))


def _mapping(value: Any) -> Any:
    if isinstance(value, Mapping) or not hasattr(type(value), "__geo_interface__"):
        return value
    try:
        interface = value.__geo_interface__
    except Exception as problem:
        raise NotPlain from problem
    if isinstance(interface, Mapping) and interface.get("type") == "Feature":
        return interface.get("geometry")
    return interface
