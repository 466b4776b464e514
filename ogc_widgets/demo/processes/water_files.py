"""Writes what was found in one item: a mask, a preview, and the STAC item that tells of them."""

import json
import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import rasterio
from rasterio.warp import transform, transform_bounds

from . import JobContext
from .geodesy import zone_area
from .png import write_png
from .raster import Grid, Pixels
from .stac_source import COG_TYPE, PROJECTION, StacItem
from .water import NO_DATA, WATER

_PREVIEW_SIDE = 512
_BLUE = (20, 90, 200)
_KEPT = ("datetime", "start_datetime", "end_datetime", "platform", "instruments", "constellation")


class Found(NamedTuple):
    """The water found in one item."""

    item: StacItem
    grid: Grid
    mask: npt.NDArray[np.uint8]
    threshold: float
    area: float
    """In km²."""


def row_areas(grid: Grid) -> npt.NDArray[np.float64]:
    """The area of one pixel in m², for each row: from the units of the grid's system.

    Degrees are measured on the ellipsoid; in a projected system the map's own area is taken.
    """
    step_x, step_y = abs(grid.transform.a), abs(grid.transform.e)
    if not grid.crs.is_geographic:
        metres = grid.crs.linear_units_factor[1]
        skew = abs(grid.transform.b * grid.transform.d)
        return np.full(grid.height, abs(step_x * step_y - skew) * metres**2)
    top = grid.transform.f
    edges = (top + np.arange(grid.height + 1) * grid.transform.e).clip(-90, 90)
    pairs = pairwise(edges)
    return np.array([zone_area(min(pair), max(pair), step_x) for pair in pairs])


def free_id(item_id: str, taken: Iterable[str]) -> str:
    """The id, with a number where an earlier item has the same."""
    others = set(taken)
    numbered = (f"{item_id}-{number}" for number in range(2, len(others) + 3))
    return next(name for name in (item_id, *numbered) if name not in others)


def write_files(found: Found, result_id: str, green: Pixels, job: JobContext) -> dict[str, Any]:
    """Write mask, preview and item into the job's folder; give the STAC item."""
    stem = re.sub(r"[^A-Za-z0-9_.-]+", "-", result_id)[:80].strip("-.") or "item"
    names = {"mask": f"{stem}-mask.tif", "preview": f"{stem}-preview.png"}
    _write_mask(job, names["mask"], found)
    write_png(job.folder / names["preview"], _picture(found.mask, green))
    item = _stac_item(found, result_id, {kind: job.href(name) for kind, name in names.items()})
    own = f"{stem}.json"
    item["links"].insert(0, {"rel": "self", "type": "application/geo+json", "href": job.href(own)})
    (job.folder / own).write_text(json.dumps(item, indent=1), encoding="utf-8")
    return item


def _write_mask(job: JobContext, name: str, found: Found) -> None:
    grid = found.grid
    place = {"crs": grid.crs, "transform": grid.transform}
    shape = {"width": grid.width, "height": grid.height, "count": 1}
    kind = {"dtype": "uint8", "nodata": NO_DATA, "compress": "DEFLATE", "blocksize": 256}
    layout = {**place, **shape, **kind, "overview_resampling": "nearest"}
    with rasterio.open(job.folder / name, "w", driver="COG", **layout) as cog:
        cog.write(found.mask, 1)
        cog.update_tags(1, water="1", land="0", threshold=f"{found.threshold:.6f}")


def _picture(mask: npt.NDArray[np.uint8], green: Pixels) -> npt.NDArray[np.uint8]:
    """Water in blue over the green band in grey, clear where there are no data; thinned out."""
    step = max(1, -(-max(mask.shape) // _PREVIEW_SIDE))
    mask, green = mask[::step, ::step], green[::step, ::step]
    seen = mask != NO_DATA
    low, high = np.nanpercentile(green[seen], [2, 98])
    span = max(float(high - low), 1e-9)
    grey = np.nan_to_num((green - low) / span).clip(0, 1) * 180 + 60
    picture = np.repeat(grey[..., np.newaxis], 4, axis=2)
    picture[mask == WATER, :3] = picture[mask == WATER, :3] * 0.25 + np.array(_BLUE) * 0.75
    picture[..., 3] = np.where(seen, 255, 0)
    return picture.astype(np.uint8)


def _stac_item(found: Found, result_id: str, hrefs: dict[str, str]) -> dict[str, Any]:
    grid = found.grid
    bounds = rasterio.transform.array_bounds(grid.height, grid.width, grid.transform)
    source = found.item.document.get("properties")
    kept = {key: source[key] for key in _KEPT if key in source} if isinstance(source, dict) else {}
    return {
        "type": "Feature",
        "stac_version": "1.0.0",
        "stac_extensions": [PROJECTION],
        "id": result_id,
        "geometry": _footprint(grid, bounds),
        "bbox": list(transform_bounds(grid.crs, "EPSG:4326", *bounds)),
        "properties": {
            "datetime": None,
            **kept,
            "water_area_km2": found.area,
            "otsu_threshold": found.threshold,
            "proj:epsg": grid.crs.to_epsg(),
            "proj:bbox": list(bounds),
            "proj:shape": [grid.height, grid.width],
            "proj:transform": list(grid.transform)[:6],
        },
        "assets": _assets(hrefs),
        "links": [
            {"rel": "derived_from", "type": "application/geo+json", "href": found.item.url},
        ],
    }


def _assets(hrefs: dict[str, str]) -> dict[str, Any]:
    mask = "Water mask: 1 water, 0 no water, 255 no data"
    preview = "Water in blue over the green band"
    return {
        "mask": {"href": hrefs["mask"], "type": COG_TYPE, "title": mask, "roles": ["data"]},
        "preview": {
            "href": hrefs["preview"],
            "type": "image/png",
            "title": preview,
            "roles": ["thumbnail", "overview"],
        },
    }


def _footprint(grid: Grid, bounds: tuple[float, float, float, float]) -> dict[str, Any]:
    """The outline of the grid in longitude and latitude, counter-clockwise."""
    west, south, east, north = bounds
    columns = [west, west, east, east, west]
    rows = [north, south, south, north, north]
    longitudes, latitudes = transform(grid.crs, "EPSG:4326", columns, rows)
    ring = [list(corner) for corner in zip(longitudes, latitudes, strict=True)]
    return {"type": "Polygon", "coordinates": [ring]}
