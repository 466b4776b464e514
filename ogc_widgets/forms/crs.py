"""Coordinate reference systems by name: what they are called, and the order of their axes."""

import re

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
CRS84H = "http://www.opengis.net/def/crs/OGC/0/CRS84h"

URI = re.compile(r"https?://www\.opengis\.net/def/crs/([^/]+)/[^/]+/([^/]+)/?", re.I)
URN = re.compile(r"urn:(?:x-)?ogc:def:crs:([^:]+):[^:]*:([^:]+)", re.I)
CURIE = re.compile(r"\[(EPSG|OGC):(\w+)\]", re.I)
SHORT = re.compile(r"(EPSG|OGC|CRS):(\w+)", re.I)

# EPSG codes in degrees, and those in metres, whose first axis points north.
DEGREES = frozenset(
    [
        *("4149", "4167", "4171", "4230", "4258", "4267", "4269", "4277", "4283", "4289"),
        *("4312", "4313", "4314", "4326", "4490", "4612", "4617", "4618", "4619", "4674"),
        *("4937", "4939", "4979", "6318", "6668", "7844"),
    ]
)
METRES_NORTH_FIRST = frozenset(["2180", "3034", "3035", "31466", "31467", "31468", "31469"])
NAMES = {
    "CRS84": "WGS 84 (CRS84)",
    "CRS84H": "WGS 84 with height (CRS84h)",
    "4326": "WGS 84 (EPSG:4326)",
    "3857": "Web Mercator (EPSG:3857)",
    "4258": "ETRS89 (EPSG:4258)",
}


def is_north_first(crs: str) -> bool:
    """Whether coordinates go as latitude (or northing) first.

    A URI, a URN and a safe CURIE (``[EPSG:4326]``) mean the authority's order; ``EPSG:4326`` alone
    means east first, as software writes it.
    """
    authority, code = _code(crs, (URI, URN, CURIE))
    return authority == "EPSG" and code in DEGREES | METRES_NORTH_FIRST


def is_in_degrees(crs: str) -> bool:
    """Whether coordinates are known to be longitudes and latitudes; without a name they are."""
    _, code = _code(crs, (URI, URN, CURIE, SHORT))
    return not crs or code in DEGREES or code in ("CRS84", "CRS84H", "84")


def spoken_name(crs: str) -> str:
    """What people call it; its own text where nothing better is known."""
    authority, code = _code(crs, (URI, URN, CURIE, SHORT))
    fallback = f"{authority}:{code}" if authority == "EPSG" else crs
    return NAMES.get(code, fallback)


def _code(crs: str, forms: tuple[re.Pattern[str], ...]) -> tuple[str, str]:
    for form in forms:
        match = form.fullmatch(crs.strip()[:200])
        if match:
            return match[1].upper(), match[2].upper()
    return "", ""
