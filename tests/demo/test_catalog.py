"""The STAC catalogue: every address in it leads somewhere, and its files answer range requests."""

from __future__ import annotations

from collections.abc import AsyncIterator
from itertools import combinations
from typing import Any

import httpx
import numpy as np
import pytest
import rasterio
from fastapi import FastAPI
from rasterio.io import MemoryFile

from ogc_widgets.demo.app import HeadAsGet
from ogc_widgets.demo.catalog import DATA, build_catalog_router

BASE = "http://demo.test:8123/some/where"
ITEMS = f"{BASE}/stac/collections/olinda/items"


@pytest.fixture
async def web() -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    app.include_router(build_catalog_router())
    app.add_middleware(HeadAsGet)
    transport = httpx.ASGITransport(app=app, root_path="/some/where")
    async with httpx.AsyncClient(transport=transport) as client:
        yield client


async def get(web: httpx.AsyncClient, url: str) -> Any:
    answer = await web.get(url)
    assert answer.status_code == 200
    return answer.json()


async def test_every_link_leads_to_a_document(web: httpx.AsyncClient) -> None:
    """From the catalogue every document is reached, at an address built from the request."""
    seen: dict[str, str] = {}
    waiting = [f"{BASE}/stac"]
    while waiting:
        url = waiting.pop()
        document = await get(web, url)
        seen[url] = document["type"]
        for link in document["links"]:
            assert link["href"].startswith(f"{BASE}/stac")
            if link["href"] not in {*seen, *waiting}:
                waiting.append(link["href"])
    kinds = sorted(seen.values())
    assert kinds == ["Catalog", "Collection", *["Feature"] * 5, "FeatureCollection"]


async def test_items_say_where_they_are_and_not_when(web: httpx.AsyncClient) -> None:
    """Items have a box around their outline and no invented date, but the range that is certain."""
    items = (await get(web, ITEMS))["features"]
    assert items[0]["id"] == "olinda"
    for item in items:
        west, south, east, north = item["bbox"]
        longitudes, latitudes = np.array(item["geometry"]["coordinates"][0]).T
        assert west <= longitudes.min() < longitudes.max() <= east
        assert south <= latitudes.min() < latitudes.max() <= north
        properties = item["properties"]
        assert properties["datetime"] is None
        assert properties["start_datetime"] == "1999-04-15T00:00:00Z"
        assert properties["end_datetime"] == "2025-06-04T23:59:59Z"
        assert "not documented" in properties["description"]
        assert item == await get(web, item["links"][0]["href"])


async def test_assets_are_cogs_that_fit_their_item(web: httpx.AsyncClient) -> None:
    """Each asset is a COG with overviews on the grid that its item states."""
    for item in (await get(web, ITEMS))["features"]:
        names = {name: len(asset["eo:bands"]) for name, asset in item["assets"].items()}
        assert names == {"green": 1, "nir": 1, "visual": 3}
        for name, asset in item["assets"].items():
            answer = await web.get(asset["href"])
            assert answer.headers["content-type"] == asset["type"]
            with MemoryFile(answer.content) as memory, memory.open() as cog:
                assert cog.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
                assert cog.count == names[name]
                assert cog.overviews(1)
                assert cog.crs.to_epsg() == item["properties"]["proj:epsg"]
                assert list(cog.shape) == item["properties"]["proj:shape"]
                assert list(cog.transform)[:6] == item["properties"]["proj:transform"][:6]


async def test_tiles_overlap_and_cover_the_scene(web: httpx.AsyncClient) -> None:
    """The tiles together are the scene; each shares about a tenth with its neighbour."""
    whole, *tiles = (await get(web, ITEMS))["features"]
    boxes = np.array([tile["properties"]["proj:bbox"] for tile in tiles])
    around = [*boxes[:, :2].min(axis=0), *boxes[:, 2:].max(axis=0)]
    assert around == pytest.approx(whole["properties"]["proj:bbox"])
    for one, other in combinations(boxes, 2):
        shared = np.minimum(one[2:], other[2:]) - np.maximum(one[:2], other[:2])
        parts = sorted(shared / (one[2:] - one[:2]))
        assert parts[0] == pytest.approx(0.1, abs=0.01)


def test_the_bands_are_those_of_the_scene(shared: Any) -> None:
    """Green and near infrared are bands 2 and 4 of the scene, unchanged, in place."""
    with rasterio.open(shared / "data" / "L7_ETMs.tif") as scene:
        paths = sorted(DATA.glob("*-green.tif")) + sorted(DATA.glob("*-nir.tif"))
        assert len(paths) == 10
        for path in paths:
            band = 2 if path.stem.endswith("green") else 4
            with rasterio.open(path) as cog:
                place = scene.window(*cog.bounds).round_offsets().round_lengths()
                assert (cog.read(1) == scene.read(band, window=place)).all()


async def test_assets_answer_head_and_range(web: httpx.AsyncClient) -> None:
    """A reader of COGs can ask for the size and for a part, and is told when there is no such."""
    href = f"{BASE}/stac/assets/olinda/green.tif"
    head = await web.head(href)
    whole = (await web.get(href)).content
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["accept-ranges"] == "bytes"
    assert int(head.headers["content-length"]) == len(whole)
    part = await web.get(href, headers={"Range": "bytes=100-199"})
    assert (part.status_code, part.content) == (206, whole[100:200])
    assert part.headers["content-range"] == f"bytes 100-199/{len(whole)}"
    beyond = await web.get(href, headers={"Range": f"bytes={len(whole)}-"})
    assert beyond.status_code == 416


@pytest.mark.parametrize(
    "path",
    ["collections/olinda/items/no", "assets/olinda/red.tif", "assets/no/green.tif",
     "assets/..%2Fdata/olinda-green.tif", "assets/olinda/..%2F..%2Fcatalog.tif"],
)  # fmt: skip
async def test_what_is_not_there_is_404(web: httpx.AsyncClient, path: str) -> None:
    """Unknown names, also such that lead out of the folder, are not found."""
    assert (await web.get(f"{BASE}/stac/{path}")).status_code == 404


def test_the_shipped_data_stay_small() -> None:
    """All rasters together take less than 1.5 MB."""
    assert 0 < sum(path.stat().st_size for path in DATA.glob("*.tif")) < 1_500_000
