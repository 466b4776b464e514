"""Water bodies reads items and files of any server, and takes nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from fastapi.responses import FileResponse, PlainTextResponse, RedirectResponse
from rasterio import Affine
from rasterio.io import MemoryFile

from ogc_widgets.demo.catalog import DATA
from ogc_widgets.demo.processes import ProcessFailure
from ogc_widgets.demo.processes import fetch as fetching
from ogc_widgets.demo.processes import water_bodies as process
from ogc_widgets.demo.processes.area import Area
from ogc_widgets.demo.processes.raster import read_band
from ogc_widgets.demo.processes.stac_source import read_item
from tests.demo.process_support import CatalogApp, FakeJob, request, served

VRT = f"""<VRTDataset rasterXSize="349" rasterYSize="352"><SRS>EPSG:31985</SRS>
<GeoTransform>288776.25, 28.5, 0, 9120760.75, 0, -28.5</GeoTransform>
<VRTRasterBand dataType="Byte" band="1"><SimpleSource>
<SourceFilename relativeToVRT="0">{DATA / "olinda-nir.tif"}</SourceFilename>
<SourceBand>1</SourceBand>
</SimpleSource></VRTRasterBand></VRTDataset>"""
"""A raster that GDAL would gladly read: a file of this machine, named by another."""


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


def both_bands() -> bytes:
    """A GeoTIFF with the green and the near infrared band of the scene."""
    with (
        rasterio.open(DATA / "olinda-green.tif") as green,
        rasterio.open(DATA / "olinda-nir.tif") as nir,
        MemoryFile() as memory,
    ):
        layout = {"crs": green.crs, "transform": green.transform, "dtype": "uint8", "count": 2}
        shape = {"width": green.width, "height": green.height}
        with memory.open(driver="GTiff", **layout, **shape) as both:
            both.write(green.read(1), 1)
            both.write(nir.read(1), 2)
        return bytes(memory.read())


@pytest.mark.parametrize(
    "assets",
    [
        {"A": {"href": "/stac/assets/olinda/visual.tif",
               "eo:bands": [{"common_name": name} for name in ("nir", "red", "green")]},
         "B02": {"href": "../stac/assets/olinda/green.tif", "eo:bands": [{"common_name": "green"}]},
         "B04": {"href": "/stac/assets/olinda/nir.tif", "bands": [{"eo:common_name": "nir"}]}},
        {"green": {"href": "../stac/assets/olinda/green.tif"},
         "nir-jp2": {"href": "no.jp2", "type": "image/jp2", "eo:bands": [{"common_name": "nir"}]},
         "all": {"href": "/odd/both.tif", "bands": [{"name": "green"}, {"name": "nir"}]}},
    ],
    ids=["named bands, relative addresses", "a file of several bands"],
)  # fmt: skip
def test_any_item_with_cogs_will_do(
    app: CatalogApp, job: FakeJob, server_url: str, assets: dict[str, Any]
) -> None:
    """Bands are found by key or by name, in one file or several, relative to the item."""
    item = {"type": "Feature", "id": "other/item", "properties": None, "assets": assets}
    app.odd["other"] = item
    app.odd["both.tif"] = PlainTextResponse(both_bands(), media_type="image/tiff")
    result = process.execute(request(f"{server_url}/odd/other"), job)
    assert result["water_area"]["value"]["other/item"] == pytest.approx(16.06, abs=0.05)
    assert (job.folder / "other-item-mask.tif").is_file()


def test_a_server_without_ranges_is_downloaded_from(
    app: CatalogApp, job: FakeJob, server_url: str
) -> None:
    """Where no HEAD and no range is answered, and the name has no ending, all is read."""
    app.odd["green"] = PlainTextResponse((DATA / "olinda-green.tif").read_bytes())
    app.odd["nir"] = RedirectResponse("/stac/assets/olinda/nir.tif")
    assets = {"green": {"href": "green"}, "nir": {"href": "nir?key=1"}}
    app.odd["bare"] = {"type": "Feature", "id": "bare", "assets": assets}
    result = process.execute(request(f"{server_url}/odd/bare"), job)
    assert result["water_area"]["value"]["bare"] == pytest.approx(16.06, abs=0.05)


def test_only_the_part_that_is_needed_is_transferred(
    app: CatalogApp, job: FakeJob, server_url: str, tmp_path: Path
) -> None:
    """Of a large COG on a server with ranges, a small area takes a small part of the bytes."""
    noise = np.random.default_rng(7).integers(1, 255, (2048, 2048), dtype=np.uint8)
    place = {"crs": "EPSG:31985", "transform": Affine(28.5, 0, 290000, 0, -28.5, 9120000)}
    shape = {"width": 2048, "height": 2048, "count": 1, "dtype": "uint8", "blocksize": 128}
    with rasterio.open(tmp_path / "large.tif", "w", driver="COG", **place, **shape) as cog:
        cog.write(noise, 1)
    app.odd["large.tif"] = FileResponse(tmp_path / "large.tif")
    assets = {name: {"href": "/ranged/large.tif"} for name in ("green", "nir")}
    app.odd["part"] = {"type": "Feature", "id": "part", "assets": assets}
    area = Area(291000, 9118000, 292000, 9119000, "EPSG:31985")
    app.sent.clear()
    band = read_band(read_item(f"{server_url}/odd/part").band("green"), area)
    assert np.array_equal(band.pixels, noise[35:71, 35:71].astype(np.float32))
    taken = sum(count for _, path, count in app.sent if path == "/ranged/large.tif")
    assert 0 < taken < (tmp_path / "large.tif").stat().st_size / 10


def test_a_coarser_band_is_resampled(app: CatalogApp, job: FakeJob, server_url: str) -> None:
    """A near infrared band on another grid is brought onto that of the green band."""
    tile = "/stac/assets/olinda-north-east/nir.tif"
    assets = {"green": {"href": "/stac/assets/olinda/green.tif"}, "nir": {"href": tile}}
    app.odd["mixed"] = {"type": "Feature", "id": "mixed", "assets": assets}
    process.execute(request(f"{server_url}/odd/mixed"), job)
    with rasterio.open(job.folder / "mixed-mask.tif") as mask:
        pixels = mask.read(1)
    assert pixels.shape == (352, 349)
    assert (pixels[200:, :150] == 255).all()
    assert (pixels[5:180, 170:340] != 255).all()


def test_no_data_of_the_item_is_left_out(app: CatalogApp, job: FakeJob, server_url: str) -> None:
    """A value that the item calls no data is neither water nor land."""
    assets = {
        name: {"href": f"/stac/assets/olinda/{name}.tif", "raster:bands": [{"nodata": 255}]}
        for name in ("green", "nir")
    }
    app.odd["holes"] = {"type": "Feature", "id": "holes", "assets": assets}
    process.execute(request(f"{server_url}/odd/holes"), job)
    with rasterio.open(DATA / "olinda-green.tif") as green:
        holes = green.read(1) == 255
    with rasterio.open(job.folder / "holes-mask.tif") as mask:
        assert holes.any()
        assert (mask.read(1)[holes] == 255).all()


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (PlainTextResponse("<html>"), "did not answer with JSON"),
        ({"type": "Collection"}, "holds many STAC items (Collection); give that of one."),
        ({"type": "FeatureCollection"}, "holds many STAC items"),
        ({"type": "Nothing"}, "does not hold a STAC item"),
        ([1], "does not hold a STAC item"),
        (PlainTextResponse("x", status_code=404), "answered 404 Not Found; check that it exists."),
        (RedirectResponse("/odd/wrong"), "redirects too often"),
        (RedirectResponse("file:///etc/passwd"), "is not allowed"),
        (RedirectResponse("http://a:b@127.0.0.1/"), "must not hold a user name or password"),
        ({"type": "Feature", "id": "x", "assets": {}}, "The item x has no band green; its assets"),
        ({"type": "Feature", "id": "x", "assets": {"green": {"href": "s3://b/g.tif"}}},
         "is in an object store"),
        ({"type": "Feature", "id": "x", "assets": {"green": {"href": "/odd/vrt.tif"},
                                                   "nir": {"href": "/odd/vrt.tif"}}},
         "vrt.tif cannot be read as a GeoTIFF (it is not recognized as being"),
        ({"type": "Feature", "id": "x", "assets": {"green": {"href": "/no.tif"},
                                                   "nir": {"href": "/no"}}},
         "/no.tif answered 404 Not Found"),
        ({"type": "Feature", "id": "x", "assets": {"green": {"href": "http://127.0.0.1:1/a.tif"},
                                                   "nir": {"href": "/no"}}},
         "a.tif could not be reached"),
    ],
)  # fmt: skip
def test_what_answers_wrongly_is_said_in_a_sentence(
    app: CatalogApp, job: FakeJob, server_url: str, answer: Any, sentence: str
) -> None:
    """An address that answers with anything but an item with GeoTIFFs fails the job clearly."""
    app.odd["wrong"] = answer
    app.odd["vrt.tif"] = PlainTextResponse(VRT)
    with pytest.raises(ProcessFailure) as caught:
        process.execute(request(f"{server_url}/odd/wrong"), job)
    assert sentence in str(caught.value)


def test_the_vrt_of_these_tests_could_be_read() -> None:
    """The document that must be refused is a good one: only its kind is not wanted."""
    with MemoryFile(VRT.encode(), ext=".vrt") as memory, memory.open() as raster:
        assert raster.read(1).any()


def test_redirects_end(app: CatalogApp, server_url: str) -> None:
    """Three redirects are followed, a fourth is not."""
    for number in range(1, 5):
        app.odd[f"hop{number}"] = RedirectResponse(f"/odd/hop{number - 1}")
    app.odd["hop0"] = {"end": True}
    reached = fetching.fetch_json(f"{server_url}/odd/hop3")
    assert reached == (f"{server_url}/odd/hop0", {"end": True})
    with pytest.raises(ProcessFailure, match="redirects too often"):
        fetching.fetch(f"{server_url}/odd/hop4")


def test_this_machine_is_reached_without_a_proxy(
    app: CatalogApp, job: FakeJob, server_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Items and files of this machine are read although a proxy is set for all others."""
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    assets = {name: {"href": f"/stac/assets/olinda/{name}.tif?p=1"} for name in ("green", "nir")}
    app.odd["near"] = {"type": "Feature", "id": "near", "assets": assets}
    result = process.execute(request(f"{server_url}/odd/near"), job)
    assert list(result["water_area"]["value"]) == ["near"]


def test_too_large_an_answer_is_cut_off(
    app: CatalogApp, server_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer beyond the limit is not read to its end, and neither is one that takes too long."""
    app.odd["large"] = FileResponse(DATA / "olinda-visual.tif")
    with pytest.raises(ProcessFailure, match=r"more than 0\.1 MB"):
        fetching.fetch(f"{server_url}/odd/large", limit=100_000)
    moments = iter([0.0, 100.0])
    monkeypatch.setattr(fetching, "monotonic", lambda: next(moments))
    with pytest.raises(ProcessFailure, match="too slowly"):
        fetching.fetch(f"{server_url}/odd/large", seconds=60)


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:99999/", "http://127.0.0.1:0/", "http://127.0.0.1/\0", "http://a/b c", ""],
)
def test_an_address_that_is_none_is_not_asked(address: str) -> None:
    """Ports that are none, blanks and control characters are refused before anything is sent."""
    with pytest.raises(ProcessFailure, match="cannot be read; give one with http or https"):
        fetching.check_address(address)
