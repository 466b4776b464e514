"""Makes the files beside it from ``L7_ETMs.tif`` of the R package *stars*.

    python ogc_widgets/demo/data/make.py path/to/L7_ETMs.tif

Writes, for the whole scene and four overlapping tiles, ``<item>-green.tif``, ``<item>-nir.tif``
and ``<item>-visual.tif`` as Cloud Optimized GeoTIFFs, and ``scene.json`` with what the STAC items
say of them. ATTRIBUTION.md tells where the scene is from.
"""

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import rasterio
from rasterio.enums import ColorInterp
from rasterio.io import DatasetReader
from rasterio.warp import transform, transform_bounds
from rasterio.windows import Window

Pixels = npt.NDArray[np.uint8]

FOLDER = Path(__file__).parent
BLUE, GREEN, RED, NIR = 1, 2, 3, 4
"""Bands in the order of the file, which holds ETM+ bands 1 to 5 and 7."""

OVERLAP = 0.1
"""Part of a tile's width and height that it shares with its neighbour."""


def tiles(width: int, height: int) -> dict[str, Window]:
    """Item id -> window in pixels: the whole scene, then its four quadrants."""
    wide = round(width / (2 - OVERLAP))
    high = round(height / (2 - OVERLAP))
    right, lower = width - wide, height - high
    return {
        "olinda": Window(0, 0, width, height),
        "olinda-north-west": Window(0, 0, wide, high),
        "olinda-north-east": Window(right, 0, wide, high),
        "olinda-south-west": Window(0, lower, wide, high),
        "olinda-south-east": Window(right, lower, wide, high),
    }


def true_colour(scene: DatasetReader) -> Pixels:
    """Red, green and blue, each stretched between its 2nd and 98th percentile."""
    bands = scene.read([RED, GREEN, BLUE]).astype(float)
    low, high = np.percentile(bands, [2, 98], axis=(1, 2), keepdims=True)
    stretched = (bands - low) / (high - low) * 255
    return np.asarray(stretched.clip(0, 255).round(), dtype=np.uint8)


def write_cog(path: Path, pixels: Pixels, profile: dict[str, Any]) -> None:
    """``pixels`` (band, row, column) as a COG with overviews."""
    count, height, width = pixels.shape
    shape = {"dtype": "uint8", "count": count, "height": height, "width": width}
    packing = {"compress": "DEFLATE", "level": 9, "predictor": 2, "blocksize": 128}
    layout = {**shape, **packing, "overview_resampling": "average", **profile}
    with rasterio.open(path, "w", driver="COG", **layout) as cog:
        cog.write(pixels)
        if count == 3:
            cog.colorinterp = [ColorInterp.red, ColorInterp.green, ColorInterp.blue]


def describe(scene: DatasetReader, window: Window) -> dict[str, Any]:
    """What a STAC item says of ``window``: place, shape and grid."""
    bounds = scene.window_bounds(window)
    west, south, east, north = bounds
    corners = [(west, north), (west, south), (east, south), (east, north), (west, north)]
    longitudes, latitudes = transform(scene.crs, "EPSG:4326", *zip(*corners, strict=True))
    ring = [[round(x, 7), round(y, 7)] for x, y in zip(longitudes, latitudes, strict=True)]
    box = transform_bounds(scene.crs, "EPSG:4326", *bounds)
    return {
        "bbox": [round(value, 7) for value in box],
        "geometry": {"type": "Polygon", "coordinates": [ring]},
        "proj:epsg": scene.crs.to_epsg(),
        "proj:bbox": [round(value, 3) for value in bounds],
        "proj:shape": [int(window.height), int(window.width)],
        "proj:transform": [float(value) for value in scene.window_transform(window)],
    }


def main(source: str) -> None:
    """Write every file."""
    items = {}
    with rasterio.open(source) as scene:
        assets = {
            "green": scene.read([GREEN]),
            "nir": scene.read([NIR]),
            "visual": true_colour(scene),
        }
        for item_id, window in tiles(scene.width, scene.height).items():
            items[item_id] = describe(scene, window)
            rows, columns = window.toslices()
            profile = {"crs": scene.crs, "transform": scene.window_transform(window)}
            for name, pixels in assets.items():
                write_cog(FOLDER / f"{item_id}-{name}.tif", pixels[:, rows, columns], profile)
    text = json.dumps(items, indent=1)
    (FOLDER / "scene.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
