"""Water from two bands: the index, the threshold, the mask. Pure arithmetic on arrays."""

import math

import numpy as np
import numpy.typing as npt

from . import ProcessFailure

BINS = 256

WATER, LAND, NO_DATA = 1, 0, 255
"""The values of a mask."""


def ndwi(green: npt.NDArray[np.float32], nir: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """The normalised difference water index (McFeeters 1996), from -1 to 1 for positive bands.

    :param green: reflectance or counts of the green band, NaN where there are no data
    :param nir: the same of the near infrared band, of the same shape
    :return: (green - nir) / (green + nir); NaN where either band is, or where their sum is 0
    """
    total = green + nir
    with np.errstate(divide="ignore", invalid="ignore"):
        index = np.where(total == 0, np.nan, (green - nir) / total)
    return index.astype(np.float32)


def otsu_threshold(index: npt.NDArray[np.float32]) -> float:
    """The value that best parts an image into two classes (Otsu 1979).

    The finite values are counted in 256 bins of equal width between their least and greatest. Of
    all places to part the bins, the best has the greatest variance between the two classes,
    ``w0 * w1 * (m0 - m1)**2`` of their weights and means; the threshold is the centre of the last
    bin below it. What is greater belongs to the upper class.

    :raises ProcessFailure: no values, or all the same
    """
    values = index[np.isfinite(index)]
    if values.size == 0:
        raise ProcessFailure("The item has no data in the aoi; choose another area or item.")
    if values.min() == values.max():
        raise ProcessFailure("All pixels in the aoi look the same; choose a larger area.")
    counts, edges = np.histogram(values.astype(np.float64), bins=BINS)
    centres = (edges[:-1] + edges[1:]) / 2
    lower_weight = np.cumsum(counts)[:-1]
    upper_weight = counts.sum() - lower_weight
    lower_sum = np.cumsum(counts * centres)[:-1]
    upper_sum = (counts * centres).sum() - lower_sum
    difference = lower_sum / lower_weight - upper_sum / upper_weight
    variance = lower_weight * upper_weight * difference**2
    return float(centres[np.argmax(variance)])


def water_mask(index: npt.NDArray[np.float32], threshold: float) -> npt.NDArray[np.uint8]:
    """1 where the index is above the threshold, 0 elsewhere, 255 where there are no data."""
    mask = np.where(index > threshold, WATER, LAND)
    return np.where(np.isfinite(index), mask, NO_DATA).astype(np.uint8)


def water_area(mask: npt.NDArray[np.uint8], row_areas: npt.NDArray[np.float64]) -> float:
    """The area of the water in a mask in km².

    :param row_areas: area of one pixel in m², for each row
    """
    pixels_by_row = (mask == WATER).sum(axis=1)
    return math.fsum(pixels_by_row * row_areas) / 1e6
