"""Reads the part of a band that lies in an area, from a Cloud Optimized GeoTIFF by its address.

Only that part is transferred, where the file's server understands range requests; else the file is
downloaded, up to a limit. Only GeoTIFF is opened: other formats, such as VRT, can point to files of
this machine.
"""

import math
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import rasterio
from rasterio.crs import CRS
from rasterio.enums import Resampling
from rasterio.errors import RasterioError
from rasterio.io import MemoryFile
from rasterio.vrt import WarpedVRT
from rasterio.warp import transform_bounds
from rasterio.windows import Window, from_bounds

from . import ProcessFailure
from .area import Area
from .fetch import fetch
from .stac_source import BandSource

Pixels = npt.NDArray[np.float32]

MAX_PIXELS = 50_000_000
"""Most pixels of one item that are read; some 600 MB of memory."""

DOWNLOAD_LIMIT = 256_000_000
"""Bytes of a file whose server gives no ranges."""

_MEMORY_NAME = re.compile(
    r"'?(/vsimem/[-0-9a-f]+/)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tif'?"
)
_EDGE = 1e-6
"""Part of a pixel by which an area may miss the edge of one and still end there."""


class Grid(NamedTuple):
    """The pixels that are read: system, transform (rasterio's), rows and columns."""

    crs: CRS
    transform: Any
    height: int
    width: int


class Band(NamedTuple):
    """Pixels of a band, row by row; NaN where there are no data."""

    pixels: Pixels
    grid: Grid


def read_band(source: BandSource, area: Area) -> Band:
    """The part of a band that the area touches, on the band's own grid.

    :raises ProcessFailure: not a georeferenced GeoTIFF, unreachable, no overlap, or too large
    """
    with _opened(source) as dataset:
        _check(dataset, source)
        window = _window(dataset, area)
        grid = Grid(
            dataset.crs, dataset.window_transform(window), int(window.height), int(window.width)
        )
        return Band(_pixels(dataset, source, window=window), grid)


def read_onto(source: BandSource, grid: Grid) -> Pixels:
    """A band on the grid of another, resampled where its own differs.

    :raises ProcessFailure: not a georeferenced GeoTIFF, or unreachable
    """
    place = {"crs": grid.crs, "transform": grid.transform}
    shape = {"height": grid.height, "width": grid.width}
    with _opened(source) as dataset:
        _check(dataset, source)
        own = from_bounds(*_bounds(grid), transform=dataset.transform)
        if dataset.crs == grid.crs and _is_own_block(own, grid, dataset):
            window = Window(round(own.col_off), round(own.row_off), grid.width, grid.height)
            return _pixels(dataset, source, window=window)
        kind = {"dtype": "float32", "nodata": np.nan, "resampling": Resampling.bilinear}
        with WarpedVRT(dataset, **place, **shape, **kind) as warped:
            return _pixels(warped, source, window=None)


def _check(dataset: Any, source: BandSource) -> None:
    """The file says where it is, and no block of it fills the memory when it is unpacked."""
    if dataset.crs is None:
        raise ProcessFailure(
            f"The file {source.href} has no coordinate reference system; choose an item whose "
            f"files have one."
        )
    if any(height * width > MAX_PIXELS for height, width in dataset.block_shapes):
        raise ProcessFailure(
            f"The file {source.href} has blocks too large to read; choose an item whose files are "
            f"Cloud Optimized GeoTIFFs."
        )


def _pixels(dataset: Any, source: BandSource, *, window: Window | None) -> Pixels:
    """One band as float32 with NaN for no data, by the file's mask and by the item's word."""
    band = dataset.read(source.number, window=window, masked=True)
    pixels = band.astype("float32").filled(np.nan)
    if source.nodata is not None:
        pixels[pixels == np.float32(source.nodata)] = np.nan
    return np.asarray(pixels, dtype=np.float32)


def _bounds(grid: Grid) -> tuple[float, float, float, float]:
    left, bottom, right, top = rasterio.transform.array_bounds(
        grid.height, grid.width, grid.transform
    )
    return left, bottom, right, top


def _is_own_block(window: Window, grid: Grid, dataset: Any) -> bool:
    """Whether a window is a block of the file's own pixels, of the grid's shape."""
    values = (window.col_off, window.row_off, window.width, window.height)
    left, top, width, height = (round(value) for value in values)
    is_whole = all(abs(value - round(value)) < 1e-3 for value in values)
    is_inside = left >= 0 and top >= 0
    is_inside &= left + width <= dataset.width and top + height <= dataset.height
    return is_whole and is_inside and (height, width) == (grid.height, grid.width)


def _window(dataset: Any, area: Area) -> Window:
    """The pixels that the area touches."""
    try:
        box = transform_bounds(area.crs, dataset.crs, *area[:4], densify_pts=21)
        if not all(map(math.isfinite, box)):
            raise ValueError(box)
        wanted = from_bounds(*box, transform=dataset.transform)
    except (RasterioError, ValueError):
        message = f"The input aoi cannot be expressed in {dataset.crs}; choose an area in reach."
        raise ProcessFailure(message) from None
    left, top = _floor(wanted.col_off), _floor(wanted.row_off)
    right = _ceil(wanted.col_off + wanted.width, dataset.width)
    bottom = _ceil(wanted.row_off + wanted.height, dataset.height)
    if right <= left or bottom <= top:
        inside = transform_bounds(dataset.crs, area.crs, *dataset.bounds)
        there = ",".join(f"{value:.4f}" for value in inside)
        raise ProcessFailure(f"The input aoi does not touch the item; the item lies in {there}.")
    if (right - left) * (bottom - top) > MAX_PIXELS:
        millions = (right - left) * (bottom - top) / 1e6
        limit = MAX_PIXELS / 1e6
        raise ProcessFailure(
            f"The input aoi covers {millions:.0f} million pixels of the item; choose an area of at "
            f"most {limit:.0f} million."
        )
    return Window(left, top, right - left, bottom - top)


def _floor(value: float) -> int:
    return max(math.floor(value + _EDGE), 0)


def _ceil(value: float, end: int) -> int:
    return min(math.ceil(value - _EDGE), end)


@contextmanager
def _opened(source: BandSource) -> Iterator[Any]:
    """The file, by ranges or else downloaded; failures while it is read become sentences."""
    with ExitStack() as stack:
        stack.enter_context(rasterio.Env(**_curl_options(source.href)))
        try:
            try:
                dataset = rasterio.open(f"/vsicurl/{source.href}", driver="GTiff")
            except RasterioError:
                content = fetch(source.href, limit=DOWNLOAD_LIMIT).content
                memory = stack.enter_context(MemoryFile(content, ext=".tif"))
                dataset = rasterio.open(memory.name, driver="GTiff")
            yield stack.enter_context(dataset)
        except (RasterioError, IndexError) as error:
            why = _MEMORY_NAME.sub("it is", str(error)).rstrip(".").replace("it is:", "it holds:")
            message = f"The file {source.href} cannot be read as a GeoTIFF ({why})."
            raise ProcessFailure(message) from None


def _curl_options(href: str) -> dict[str, Any]:
    """GDAL asks for the one file, for nothing beside it, and not for ever."""
    return {
        "GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR",
        "CPL_VSIL_CURL_ALLOWED_FILENAME": f"/vsicurl/{href}",
        "GDAL_HTTP_CONNECTTIMEOUT": "10",
        "GDAL_HTTP_TIMEOUT": "60",
        "GDAL_HTTP_MAX_RETRY": "2",
        "GDAL_HTTP_NETRC": "NO",
        "GDAL_HTTP_RETRY_DELAY": "0.5",
        "VSI_CACHE": True,
    }
