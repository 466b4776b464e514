"""The area of interest: ``west,south,east,north`` in a coordinate reference system."""

from typing import NamedTuple

from rasterio.crs import CRS
from rasterio.errors import CRSError

from . import ProcessFailure

_FARTHEST = 1e9
"""No system of this planet has larger numbers, whatever its units."""


class Area(NamedTuple):
    """A rectangle; in degrees or in the units of ``crs``, x (longitude) before y (latitude)."""

    west: float
    south: float
    east: float
    north: float
    crs: str


def read_area(aoi: object, epsg: object) -> Area:
    """The area that two inputs name.

    :param aoi: ``west,south,east,north``
    :param epsg: such as ``EPSG:4326``; the number alone is understood
    :raises ProcessFailure: not four numbers, in the wrong order, or no such system
    """
    try:
        west, south, east, north = (float(part) for part in str(aoi).split(","))
        in_order = west < east and south < north
        is_on_earth = all(abs(value) < _FARTHEST for value in (west, south, east, north))
    except ValueError:
        in_order = is_on_earth = False
    if not (in_order and is_on_earth):
        raise ProcessFailure(
            f"The input aoi is {str(aoi)[:80]!r}; give west,south,east,north as four numbers with "
            f"commas, west smaller than east and south smaller than north."
        )
    return Area(west, south, east, north, _crs(epsg))


def _crs(epsg: object) -> str:
    """``EPSG:`` and the code, if there is such a system."""
    code = str(epsg).strip().upper().removeprefix("EPSG:")
    try:
        crs = CRS.from_epsg(int(code))
        is_flat = crs.is_geographic or crs.is_projected
    except (ValueError, CRSError):
        is_flat = False
    if not is_flat:
        raise ProcessFailure(
            f"The input epsg is {str(epsg)[:40]!r}, which is no known coordinate reference system "
            f"of maps; give one such as EPSG:4326."
        )
    return f"EPSG:{code}"
