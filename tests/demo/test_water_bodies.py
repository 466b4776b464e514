"""Water bodies: the right area, the right files, and a sentence for each wrong input."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from rasterio.errors import NotGeoreferencedWarning

from ogc_widgets.demo.catalog import DATA
from ogc_widgets.demo.processes import ProcessFailure, describe
from ogc_widgets.demo.processes import water_bodies as process
from tests.demo.process_support import AOI, CatalogApp, FakeJob, item_url, official, request, served


@pytest.fixture(scope="module")
def app() -> CatalogApp:
    return CatalogApp()


@pytest.fixture(scope="module")
def server_url(app: CatalogApp) -> Iterator[str]:
    with served(app) as url:
        yield url


@pytest.fixture
def job(tmp_path: Path, server_url: str) -> FakeJob:
    return FakeJob(tmp_path, server_url)


def area_by_definition(scene: Path) -> float:
    """Water area in km², with whole numbers, plain loops and the definition of Otsu's threshold.

    Instead of the greatest variance between the classes, it looks for the least within them.
    """
    with rasterio.open(scene) as dataset:
        green, nir = dataset.read(2).ravel().tolist(), dataset.read(4).ravel().tolist()
        box, pixels = dataset.bounds, dataset.width * dataset.height
    values = [(g - n) / (g + n) for g, n in zip(green, nir, strict=True)]
    least, width = min(values), (max(values) - min(values)) / 256
    counts = [0] * 256
    for value in values:
        counts[min(int((value - least) / width), 255)] += 1
    centres = [least + (place + 0.5) * width for place in range(256)]

    def spread(first: int, last: int) -> float:
        weight = sum(counts[first:last])
        if not weight:
            return 0.0
        both = range(first, last)
        mean = sum(counts[place] * centres[place] for place in both) / weight
        return sum(counts[place] * (centres[place] - mean) ** 2 for place in both)

    best = min(range(1, 256), key=lambda cut: spread(0, cut) + spread(cut, 256))
    water = sum(value > centres[best - 1] for value in values)
    whole = (box.right - box.left) * (box.top - box.bottom)
    return water * whole / pixels / 1e6


def test_the_whole_scene_has_the_area_that_another_way_finds(
    job: FakeJob, server_url: str, shared: Path
) -> None:
    """Over the scene as one item the water area is 16.06 km², as computed independently."""
    result = process.execute(request(item_url(server_url)), job)
    area = result["water_area"]["value"]["olinda"]
    assert area == pytest.approx(16.06, abs=0.05)
    assert area == pytest.approx(area_by_definition(shared / "data" / "L7_ETMs.tif"), abs=0.005)


def test_each_item_has_a_mask_a_preview_and_its_own_area(job: FakeJob, server_url: str) -> None:
    """Two items give two STAC items whose masks hold the water that was counted."""
    tiles = [item_url(server_url, f"olinda-{place}") for place in ("north-east", "south-east")]
    result = process.execute(request(*tiles), job)
    collection = result["stac_catalog"]["value"]
    assert [item["id"] for item in collection["features"]] == list(result["water_area"]["value"])
    for item in collection["features"]:
        with rasterio.open(job.file(item["assets"]["mask"]["href"])) as mask:
            assert mask.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
            assert (mask.dtypes, mask.nodata, mask.crs.to_epsg()) == (("uint8",), 255, 31985)
            mask_pixels = mask.read(1)
            counted = int((mask_pixels == 1).sum()) * 28.5**2 / 1e6
            assert list(mask.shape) == item["properties"]["proj:shape"]
        assert counted == pytest.approx(item["properties"]["water_area_km2"], rel=1e-6)
        assert counted == pytest.approx(result["water_area"]["value"][item["id"]], rel=1e-6)
        check_preview(job.file(item["assets"]["preview"]["href"]), mask_pixels)
        written = json.loads(job.file(item["links"][0]["href"]).read_text(encoding="utf-8"))
        assert written == item
        assert item["properties"]["datetime"] is None


def check_preview(path: Path, mask: np.ndarray) -> None:
    """The PNG can be decoded, and is blue where the mask says water and grey where it says land."""
    with pytest.warns(NotGeoreferencedWarning), rasterio.open(path, driver="PNG") as preview:
        red, _, blue, opacity = preview.read()
    assert red.shape == mask.shape
    assert (blue[mask == 1] > red[mask == 1]).all()
    assert (blue[mask == 0] == red[mask == 0]).all()
    assert (opacity == 255).all()


def test_a_large_mask_has_overviews(job: FakeJob, server_url: str) -> None:
    """The mask of the whole scene, larger than a block, has overviews."""
    process.execute(request(item_url(server_url)), job)
    with rasterio.open(job.folder / "olinda-mask.tif") as mask:
        assert mask.overviews(1) == [2]


def test_results_are_valid(job: FakeJob, server_url: str, shared: Path) -> None:
    """The results document fits results.yaml of the standard."""
    result = process.execute(request(item_url(server_url)), job)
    official(shared, "results.yaml").validate(result)
    assert not official(shared, "results.yaml").is_valid({"water_area": {"olinda": 16.1}})


def test_the_example_runs_as_it_stands(job: FakeJob, server_url: str) -> None:
    """The example request of the description, filled with the server's address, gives results."""
    example = describe("water-bodies", f"{server_url}/")["example"]
    assert set(example) == {"inputs"}
    result = process.execute(example["inputs"], job)
    assert len(result["water_area"]["value"]) == 2
    assert all(0 < area < 16 for area in result["water_area"]["value"].values())


def test_progress_is_told_before_each_step(job: FakeJob, server_url: str) -> None:
    """The percent is the share of steps that are done; the message says item and step."""
    process.execute(request(item_url(server_url), item_url(server_url, "olinda-south-east")), job)
    assert [percent for percent, _ in job.told] == [10 * step for step in range(10)]
    assert job.told[0][1] == "Item 1 of 2: reading the STAC item"
    assert job.told[7][1] == "Item 2 of 2: computing NDWI"


def test_the_pace_waits_after_each_report(
    job: FakeJob, server_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each step waits as many seconds as the pace says."""
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    process.execute(request(item_url(server_url, "olinda-south-east"), pace=2.5), job)
    assert waited == [2.5] * 5


def test_the_area_of_interest_is_cropped(job: FakeJob, server_url: str) -> None:
    """An area in another system than the scene's gives only the pixels that it touches."""
    aoi = "291000,9112000,292000,9112500"
    result = process.execute(request(item_url(server_url), aoi=aoi, epsg="EPSG:31985"), job)
    (item,) = result["stac_catalog"]["value"]["features"]
    west, south, east, north = item["properties"]["proj:bbox"]
    assert west <= 291000 < west + 28.5
    assert north - 28.5 < 9112500 <= north
    assert east - west == pytest.approx(36 * 28.5)
    assert 500 <= north - south <= 500 + 2 * 28.5
    threshold = item["properties"]["otsu_threshold"]
    counts = []
    for name in ("green", "nir"):
        with rasterio.open(DATA / f"olinda-{name}.tif") as band:
            place = band.window(west, south, east, north).round_offsets().round_lengths()
            counts.append(band.read(1, window=place).astype(float))
    with rasterio.open(job.file(item["assets"]["mask"]["href"])) as mask:
        water = (counts[0] - counts[1]) / (counts[0] + counts[1]) > threshold
        assert np.array_equal(mask.read(1), water)


def test_the_same_item_twice_keeps_both_areas(job: FakeJob, server_url: str) -> None:
    """Items of the same id are told apart by a number."""
    url = item_url(server_url, "olinda-south-east")
    result = process.execute(request(url, url), job)
    names = ["olinda-south-east", "olinda-south-east-2"]
    assert list(result["water_area"]["value"]) == names


def test_defaults_and_a_single_value(job: FakeJob, server_url: str) -> None:
    """Bands and system may be left out, and one item need not be a list."""
    result = process.execute({"stac_items": item_url(server_url), "aoi": AOI, "epsg": None}, job)
    assert list(result["water_area"]["value"]) == ["olinda"]


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"aoi": "1,2,3"}, "The input aoi is '1,2,3'; give west,south,east,north"),
        ({"aoi": "-34,-7,-35,-8"}, "west smaller than east"),
        ({"aoi": "nan,nan,nan,nan"}, "The input aoi is"),
        ({"aoi": None}, "The input aoi is"),
        ({"aoi": "10,50,11,51"}, "The input aoi does not touch the item; the item lies in -34"),
        ({"epsg": "EPSG:999999"}, "The input epsg is 'EPSG:999999'"),
        ({"epsg": "WGS84"}, "The input epsg is 'WGS84'"),
        ({"epsg": "EPSG:5773"}, "no known coordinate reference system of maps"),
        ({"epsg": "EPSG:4978"}, "no known coordinate reference system of maps"),
        ({"aoi": "-1e308,-1e308,1e308,1e308"}, "The input aoi is '-1e308"),
        ({"aoi": "-1e8,-1e8,1e8,1e8"}, "The input aoi cannot be expressed in EPSG:31985"),
        ({"bands": ["green", "green"]}, "The input bands names one band twice"),
        ({"bands": ["green"]}, "The input bands takes two names"),
        ({"bands": ["green", "swir"]}, "The item olinda has no band swir; its assets are: green"),
        ({"stac_items": []}, "The input stac_items is empty"),
        ({"pace": -1}, "The input pace is -1; give a number from 0 to 60."),
        ({"pace": True}, "The input pace is true"),
        ({"stac_items": ["s3://bucket/item.json"]}, "is in an object store"),
        ({"stac_items": ["file:///etc/passwd"]}, "give one with http or https."),
        ({"stac_items": [7]}, "give one with http or https."),
        ({"stac_items": ["http://a:b@127.0.0.1/"]}, "must not hold a user name or password"),
        ({"stac_items": ["http://127.0.0.1:1/"]}, "could not be reached"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_a_sentence(
    job: FakeJob, server_url: str, more: dict[str, Any], sentence: str
) -> None:
    """Each input that cannot be used fails the job with what happened and what to do."""
    with pytest.raises(ProcessFailure) as caught:
        process.execute(request(item_url(server_url), **more), job)
    assert sentence in str(caught.value)
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)
