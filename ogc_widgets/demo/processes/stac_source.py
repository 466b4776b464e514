"""Reads a STAC item by its address and finds the assets of its bands.

STAC 1.0 and 1.1: a band is the asset of that key, or one whose ``eo:bands`` or ``bands`` name it.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from . import ProcessFailure
from .fetch import check_address, fetch_json

COG_TYPE = "image/tiff; application=geotiff; profile=cloud-optimized"
PROJECTION = "https://stac-extensions.github.io/projection/v1.1.0/schema.json"
"""The STAC extension of the properties ``proj:*``."""


_SEVERAL = ("FeatureCollection", "Collection", "Catalog")


class BandSource(NamedTuple):
    """Where the pixels of a band are."""

    href: str
    """Absolute address of the raster file."""

    number: int
    """Number of the band in the file, from 1."""

    nodata: float | None
    """The value of no data that the item states, or None."""


class StacItem(NamedTuple):
    """A STAC item and where it was read."""

    url: str
    document: dict[str, Any]

    @property
    def id(self) -> str:
        """The item's id; its address where it has none."""
        return str(self.document.get("id") or self.url)

    def band(self, name: str) -> BandSource:
        """The raster of the band ``name``.

        :raises ProcessFailure: no asset is that band, or its address cannot be read
        """
        for index, asset in sorted(_candidates(self.document["assets"], name), key=_band_count):
            href = urljoin(self.url, asset["href"])
            _check_asset(self.id, name, href)
            return BandSource(href, index, _nodata(asset, index))
        keys = ", ".join(sorted(map(str, self.document["assets"]))) or "none"
        message = f"The item {self.id} has no band {name}; its assets are: {keys}."
        raise ProcessFailure(message)


def read_item(url: Any) -> StacItem:
    """The STAC item at an address.

    :raises ProcessFailure: the address is refused or unreachable, or has no STAC item
    """
    _refuse_object_store(url, "stac_items")
    answer = fetch_json(check_address(url))
    document = answer.document
    if isinstance(document, dict) and document.get("type") in _SEVERAL:
        message = f"The address {url} holds many STAC items ({document['type']}); give that of one."
        raise ProcessFailure(message)
    is_item = isinstance(document, dict) and document.get("type") == "Feature"
    if not is_item or not isinstance(document.get("assets"), dict):
        message = f"The address {url} does not hold a STAC item; give that of an item with assets."
        raise ProcessFailure(message)
    return StacItem(answer.url, document)


def _candidates(assets: dict[str, Any], name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """(band number, asset) of every asset that is the band: the one of that key, else by name."""
    usable = {key: asset for key, asset in assets.items() if _is_raster(asset)}
    if name in usable:
        yield 1, usable[name]
        return
    for asset in usable.values():
        for index, band in enumerate(_bands(asset), start=1):
            if name in {band.get("common_name"), band.get("eo:common_name"), band.get("name")}:
                yield index, asset
                break


def _is_raster(asset: Any) -> bool:
    """Whether an asset has an address and is not said to be something else than a TIFF."""
    if not isinstance(asset, dict) or not isinstance(asset.get("href"), str):
        return False
    return "tif" in str(asset.get("type") or "tiff").lower()


def _bands(asset: dict[str, Any]) -> list[dict[str, Any]]:
    bands = asset.get("eo:bands") or asset.get("bands") or []
    return [band for band in bands if isinstance(band, dict)] if isinstance(bands, list) else []


def _band_count(candidate: tuple[int, dict[str, Any]]) -> int:
    """Single bands come before composites, whose pixels may be stretched for the eye."""
    return max(len(_bands(candidate[1])), 1)


def _nodata(asset: dict[str, Any], index: int) -> float | None:
    """``nodata`` of ``raster:bands`` or ``bands``, where it is a number."""
    for key in ("raster:bands", "bands"):
        bands = asset.get(key)
        if isinstance(bands, list) and len(bands) >= index and isinstance(bands[index - 1], dict):
            nodata = bands[index - 1].get("nodata")
            if isinstance(nodata, int | float) and not isinstance(nodata, bool):
                return float(nodata)
    return None


def _check_asset(item_id: str, name: str, href: str) -> None:
    _refuse_object_store(href, f"{name} of the item {item_id}")
    check_address(href)


def _refuse_object_store(url: Any, what: str) -> None:
    scheme = urlsplit(url).scheme if isinstance(url, str) else ""
    if scheme in {"s3", "gs", "az", "abfs"}:
        message = (
            f"The address {url} ({what}) is in an object store that this server has no account "
            f"for; give its http or https address."
        )
        raise ProcessFailure(message)
