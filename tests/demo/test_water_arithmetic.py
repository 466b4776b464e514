"""The arithmetic of water: index, threshold, mask and pixel areas."""

from __future__ import annotations

import math

import numpy as np
import pytest
from rasterio import Affine
from rasterio.crs import CRS

from ogc_widgets.demo.processes import ProcessFailure
from ogc_widgets.demo.processes.raster import Grid
from ogc_widgets.demo.processes.water import ndwi, otsu_threshold, water_mask
from ogc_widgets.demo.processes.water_files import row_areas


def test_otsu_parts_two_heaps() -> None:
    """The threshold lies between two heaps of values; NaN and infinity do not count."""
    values = [-0.6] * 250 + [-0.5] * 250 + [0.4] * 50 + [0.5] * 50 + [np.nan, np.inf]
    image = np.array(values, dtype=np.float32)
    threshold = otsu_threshold(image)
    assert -0.5 < threshold < 0.4
    assert (water_mask(image, threshold) == 1).sum() == 100
    assert (water_mask(image, threshold) == 255).sum() == 2


@pytest.mark.parametrize("value", [0.5, np.nan])
def test_otsu_says_when_there_is_nothing_to_part(value: float) -> None:
    """An image of one value or of none cannot be parted."""
    with pytest.raises(ProcessFailure, match="choose"):
        otsu_threshold(np.full((3, 3), value, dtype=np.float32))


def test_ndwi_of_nothing_is_no_data() -> None:
    """The index is (green - nir) / (green + nir), and NaN where a band is or the sum is 0."""
    green = np.array([3, 0, np.nan, 1], dtype=np.float32)
    nir = np.array([1, 0, 1, -1], dtype=np.float32)
    assert np.array_equal(ndwi(green, nir), [0.5, np.nan, np.nan, np.nan], equal_nan=True)


def test_pixel_areas_follow_the_units_of_the_system() -> None:
    """Feet are turned into metres, and degrees into their true area at that latitude."""
    feet = Grid(CRS.from_epsg(2263), Affine(10, 0, 0, 0, -10, 0), 2, 2)
    assert row_areas(feet) == pytest.approx([(10 * 1200 / 3937) ** 2] * 2)
    degrees = Grid(CRS.from_epsg(4326), Affine(1, 0, 0, 0, -1, 90), 180, 360)
    earth = math.fsum(row_areas(degrees)) * 360
    assert earth == pytest.approx(510_065_621_724_089, rel=1e-9)
