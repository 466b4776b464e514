"""``water-bodies``: where the water is in satellite scenes, as in the EOAP training series.

For each STAC item: crop two bands to the area, compute the NDWI, part it by Otsu's threshold, write
a mask as a Cloud Optimized GeoTIFF and a preview as PNG. The description has the quirks of the
training's own on purpose: a list default on a scalar schema, ``maxOccurs`` 999, the area as a plain
string, a vendor ``extended-schema``, and a default on an input that is not optional.
"""

import time
from typing import Any

from . import Inputs, JobContext, Outputs, ProcessFailure
from .received import number_of, value_of, values_of

_ITEMS = "{server_url}/stac/collections/olinda/items"

MAX_PACE = 60


def _several(default: list[str] | None = None) -> dict[str, Any]:
    """The vendor's word for a list of texts, beside the scalar schema of the standard."""
    items: dict[str, Any] = {"type": "string"}
    if default is not None:
        items["default"] = default
    return {"type": "array", "items": items, "minItems": 1, "maxItems": 999}


DESCRIPTION: dict[str, Any] = {
    "id": "water-bodies",
    "title": "Water bodies",
    "description": (
        "Finds water in satellite scenes: for each STAC item it crops a green and a near infrared "
        "band to an area, computes the normalised difference water index (NDWI), and calls water "
        "what lies above Otsu's threshold. Gives a mask, a preview and the water area of each item."
    ),
    "version": "1.0.0",
    "keywords": ["water", "NDWI", "Otsu", "STAC", "COG", "Earth observation"],
    "metadata": [{"role": "https://schema.org/softwareVersion", "value": "1.0.0"}],
    "jobControlOptions": ["async-execute", "dismiss"],
    "outputTransmission": ["value", "reference"],
    "inputs": {
        "stac_items": {
            "title": "STAC items",
            "description": "Addresses of STAC items whose bands are Cloud Optimized GeoTIFFs",
            "maxOccurs": 999,
            "extended-schema": _several(),
            "schema": {"type": "string"},
        },
        "aoi": {
            "title": "Area of interest",
            "description": "Bounding box as west,south,east,north in the coordinates of epsg",
            "schema": {"type": "string"},
        },
        "epsg": {
            "title": "EPSG code",
            "description": "Coordinate reference system of the area of interest",
            "schema": {"type": "string", "default": "EPSG:4326", "nullable": True},
        },
        "bands": {
            "title": "Bands for the NDWI",
            "description": "Asset key or common name of the green band, then the near infrared one",
            "maxOccurs": 999,
            "extended-schema": _several(["green", "nir"]),
            "schema": {"type": "string", "default": ["green", "nir"]},
        },
        "pace": {
            "title": "Pace",
            "description": "Seconds to wait before each step, to watch the job or to dismiss it",
            "minOccurs": 0,
            "schema": {"type": "number", "minimum": 0, "maximum": MAX_PACE, "default": 0},
        },
    },
    "outputs": {
        "stac_catalog": {
            "title": "Water masks",
            "description": "STAC items with a mask and a preview each",
            "schema": {"oneOf": [{"type": "object"}]},
        },
        "water_area": {
            "title": "Water area",
            "description": "Square kilometres of water for each item; items may overlap",
            "schema": {"type": "object", "additionalProperties": {"type": "number"}},
        },
    },
    "example": {
        "inputs": {
            "stac_items": [f"{_ITEMS}/olinda-north-east", f"{_ITEMS}/olinda-south-east"],
            "aoi": "-34.8750,-8.0400,-34.8270,-7.9510",
            "epsg": "EPSG:4326",
            "bands": ["green", "nir"],
        }
    },
}

_STEPS = (
    "reading the STAC item",
    "reading the green and near infrared bands",
    "computing NDWI",
    "finding Otsu's threshold",
    "writing the mask and the preview",
)


def execute(inputs: Inputs, job: JobContext) -> Outputs:
    """The masks as a STAC item collection, and the water area in km² by item id.

    :raises ProcessFailure: an input cannot be used, or an item cannot be read
    """
    from .area import read_area  # noqa: PLC0415 (rasterio loads only where it works)

    urls = values_of(inputs, "stac_items", [])
    bands = values_of(inputs, "bands", ["green", "nir"])
    if not urls:
        raise ProcessFailure("The input stac_items is empty; give the address of a STAC item.")
    if len(bands) != 2 or not all(isinstance(name, str) for name in bands):
        raise ProcessFailure("The input bands takes two names: green, then near infrared.")
    if bands[0] == bands[1]:
        raise ProcessFailure("The input bands names one band twice; give green and near infrared.")
    area = read_area(value_of(inputs, "aoi"), value_of(inputs, "epsg", "EPSG:4326"))
    pace = number_of(inputs, "pace", default=0, least=0, most=MAX_PACE)
    report = Report(job, len(urls), pace)
    items: dict[str, dict[str, Any]] = {}
    for url in urls:
        _find_water(url, bands, area, report, items)
    collection = {"type": "FeatureCollection", "features": list(items.values())}
    areas = {name: item["properties"]["water_area_km2"] for name, item in items.items()}
    return {"stac_catalog": {"value": collection}, "water_area": {"value": areas}}


class Report:
    """Says before each step how much is done, then waits as long as the pace asks."""

    def __init__(self, job: JobContext, items: int, pace: float) -> None:
        self.job = job
        self._items = items
        self._pace = pace
        self._steps_done = 0

    def next_step(self) -> None:
        """The step before this is done; the next begins."""
        item, step = divmod(self._steps_done, len(_STEPS))
        percent = 100 * self._steps_done / (self._items * len(_STEPS))
        self.job.progress(percent, f"Item {item + 1} of {self._items}: {_STEPS[step]}")
        self._steps_done += 1
        time.sleep(self._pace)


def _find_water(
    url: str, bands: list[str], area: Any, report: Report, items: dict[str, dict[str, Any]]
) -> None:
    """Find the water in one item and add the item that tells of it to ``items``."""
    from . import raster, stac_source, water, water_files  # noqa: PLC0415

    report.next_step()
    item = stac_source.read_item(url)
    sources = [item.band(name) for name in bands]
    report.next_step()
    green, grid = raster.read_band(sources[0], area)
    nir = raster.read_onto(sources[1], grid)
    report.next_step()
    index = water.ndwi(green, nir)
    report.next_step()
    threshold = water.otsu_threshold(index)
    mask = water.water_mask(index, threshold)
    report.next_step()
    square_km = water.water_area(mask, water_files.row_areas(grid))
    found = water_files.Found(item, grid, mask, threshold, square_km)
    result_id = water_files.free_id(item.id, items)
    items[result_id] = water_files.write_files(found, result_id, green, report.job)
