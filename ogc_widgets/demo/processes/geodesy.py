"""Areas and distances on the WGS 84 ellipsoid; longitudes and latitudes in degrees."""

import math
from itertools import pairwise

SEMI_MAJOR_AXIS = 6_378_137.0
FLATTENING = 1 / 298.257223563
SEMI_MINOR_AXIS = SEMI_MAJOR_AXIS * (1 - FLATTENING)
ECCENTRICITY = math.sqrt(FLATTENING * (2 - FLATTENING))


def _q(latitude: float) -> float:
    """Area between the equator and a parallel, up to a factor (Snyder 1987, equation 3-12)."""
    sine = math.sin(math.radians(latitude))
    flattened = sine / (1 - (ECCENTRICITY * sine) ** 2)
    return (1 - ECCENTRICITY**2) * (flattened + math.atanh(ECCENTRICITY * sine) / ECCENTRICITY)


_POLE = _q(90)

AUTHALIC_RADIUS = SEMI_MAJOR_AXIS * math.sqrt(_POLE / 2)
"""Radius in metres of the sphere with the ellipsoid's area."""


def authalic_sine(latitude: float) -> float:
    """Sine of the latitude on the sphere of equal area."""
    return _q(latitude) / _POLE


def zone_area(south: float, north: float, width: float) -> float:
    """Area in m² between two parallels and two meridians ``width`` degrees apart; exact."""
    height = authalic_sine(north) - authalic_sine(south)
    return AUTHALIC_RADIUS**2 * math.radians(width) * height


def ring_area(ring: list[tuple[float, float]]) -> float:
    """Area in m² inside a closed ring of (longitude, latitude), without sign.

    Exact for the sphere of equal area, where edges are great circles; that they are not quite the
    ellipsoid's geodesics changes the area of a country by less than a thousandth. Rings across the
    antimeridian are understood, rings around a pole are not.
    """
    excess = 0.0
    for (west, south), (east, north) in pairwise(ring):
        turn = math.remainder(math.radians(east - west), math.tau)
        first = math.asin(max(-1.0, min(1.0, authalic_sine(south))))
        second = math.asin(max(-1.0, min(1.0, authalic_sine(north))))
        # Area of the quadrangle down to the equator (Chamberlain and Duquette 2007)
        tangents = math.tan(first / 2) + math.tan(second / 2)
        product = 1 + math.tan(first / 2) * math.tan(second / 2)
        excess += 2 * math.atan2(math.tan(turn / 2) * tangents, product)
    return abs(excess) * AUTHALIC_RADIUS**2


def distance(start: tuple[float, float], end: tuple[float, float]) -> float:
    """Length in metres of the geodesic between two points (Vincenty 1975); to a millimetre.

    Nearly opposite points, for which the series does not settle, get the great circle's length,
    which is right to half a percent.
    """
    if start == end:
        return 0.0
    turn = math.remainder(math.radians(end[0] - start[0]), math.tau)
    reduced = [math.atan((1 - FLATTENING) * math.tan(math.radians(p[1]))) for p in (start, end)]
    (sin1, cos1), (sin2, cos2) = [(math.sin(angle), math.cos(angle)) for angle in reduced]
    lam = turn
    for _ in range(100):
        sin_lam, cos_lam = math.sin(lam), math.cos(lam)
        sin_sigma = math.hypot(cos2 * sin_lam, cos1 * sin2 - sin1 * cos2 * cos_lam)
        if sin_sigma == 0:
            return 0.0
        cos_sigma = sin1 * sin2 + cos1 * cos2 * cos_lam
        sigma = math.atan2(sin_sigma, cos_sigma)
        sin_alpha = cos1 * cos2 * sin_lam / sin_sigma
        cos2_alpha = 1 - sin_alpha**2
        middle = cos_sigma - 2 * sin1 * sin2 / cos2_alpha if cos2_alpha > 1e-15 else 0.0
        c = FLATTENING / 16 * cos2_alpha * (4 + FLATTENING * (4 - 3 * cos2_alpha))
        series = cos_sigma * (2 * middle**2 - 1)
        inner = sigma + c * sin_sigma * (middle + c * series)
        previous, lam = lam, turn + (1 - c) * FLATTENING * sin_alpha * inner
        if abs(lam - previous) < 1e-12:
            return _vincenty_length(cos2_alpha, sigma, middle)
    return _great_circle(start, end)


def _vincenty_length(cos2_alpha: float, sigma: float, middle: float) -> float:
    squared = cos2_alpha * ((SEMI_MAJOR_AXIS / SEMI_MINOR_AXIS) ** 2 - 1)
    a = 1 + squared / 16384 * (4096 + squared * (squared * (320 - 175 * squared) - 768))
    b = squared / 1024 * (256 + squared * (squared * (74 - 47 * squared) - 128))
    cos_sigma, sin_sigma = math.cos(sigma), math.sin(sigma)
    third = middle * (4 * sin_sigma**2 - 3) * (4 * middle**2 - 3) * b / 6
    inner = middle + b / 4 * (cos_sigma * (2 * middle**2 - 1) - third)
    return SEMI_MINOR_AXIS * a * (sigma - b * sin_sigma * inner)


def _great_circle(start: tuple[float, float], end: tuple[float, float]) -> float:
    (west, south), (east, north) = [(math.radians(x), math.radians(y)) for x, y in (start, end)]
    half = math.sin((north - south) / 2) ** 2
    half += math.cos(south) * math.cos(north) * math.sin((east - west) / 2) ** 2
    return 2 * AUTHALIC_RADIUS * math.asin(min(1.0, math.sqrt(half)))
