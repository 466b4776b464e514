"""Measures of geometries, against figures that are known or computed another way."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ogc_widgets.demo.processes import ProcessFailure, describe
from ogc_widgets.demo.processes import measure_geometry as process
from ogc_widgets.demo.processes.geodesy import distance, ring_area, zone_area
from tests.demo.process_support import CatalogApp, FakeJob, served


@pytest.fixture(scope="module")
def app() -> CatalogApp:
    return CatalogApp()


@pytest.fixture(scope="module")
def server_url(app: CatalogApp) -> Iterator[str]:
    with served(app) as url:
        yield url


def box(west: float, south: float, east: float, north: float) -> list[tuple[float, float]]:
    return [(west, south), (east, south), (east, north), (west, north), (west, south)]


def measure(tmp_path: Path, geometry: Any) -> dict[str, Any]:
    return process.execute({"geometry": geometry}, FakeJob(tmp_path))


def test_distances_are_those_of_the_ellipsoid() -> None:
    """A quarter meridian, an arc of the equator, and Vincenty's line along both."""
    assert distance((0, 0), (0, 90)) == pytest.approx(10_001_965.729, abs=0.001)
    assert distance((179, 0), (-179, 0)) == pytest.approx(2 * 111_319.490793, abs=0.001)
    flinders, buninyong = (144.42486789, -37.95103342), (143.92649553, -37.65282114)
    assert distance(flinders, buninyong) == pytest.approx(54_972.271, abs=0.01)
    assert distance((0, 0), (180, 0.1)) == pytest.approx(20_000_000, rel=0.006)
    assert distance((5, 5), (5, 5)) == 0


def test_areas_are_those_of_the_ellipsoid() -> None:
    """The whole Earth, half a degree beside the scene, and a box across the antimeridian."""
    assert zone_area(-90, 90, 360) == pytest.approx(510_065_621_724_089, rel=1e-12)
    thin = ring_area(box(-35, -8.1, -34.9, -8))
    assert thin == pytest.approx(zone_area(-8.1, -8, 0.1), rel=1e-6)
    assert ring_area(box(179, 10, -179, 11)) == pytest.approx(ring_area(box(1, 10, 3, 11)))
    octant = [(0.0, 0.0), (90.0, 0.0), (0.0, 90.0), (0.0, 0.0)]
    assert ring_area(octant) == pytest.approx(zone_area(-90, 90, 360) / 8, rel=1e-9)


def test_a_polygon_with_a_hole(tmp_path: Path) -> None:
    """The hole counts neither for the area nor for the centroid, but for the perimeter."""
    rings = [box(0, 0, 3, 1), box(2, 0.25, 2.5, 0.75)]
    result = measure(tmp_path, {"type": "Polygon", "coordinates": json.loads(json.dumps(rings))})
    whole, hole = (ring_area(ring) for ring in rings)
    assert result["area"] == pytest.approx(whole - hole)
    assert result["length"] == 0
    assert result["perimeter"] > 4 * 2 * 111_000 - 1000
    x, y = result["feature"]["value"]["geometry"]["coordinates"]
    assert x == pytest.approx((whole * 1.5 - hole * 2.25) / (whole - hole), abs=1e-3)
    assert y == pytest.approx(0.5, abs=1e-3)
    assert result["bbox"]["bbox"] == [0, 0, 3, 1]


@pytest.mark.parametrize(
    ("geometry", "middle"),
    [
        ({"type": "Point", "coordinates": [10, 50, 7]}, (10, 50)),
        ({"type": "MultiPoint", "coordinates": [[0, 0], [10, 0]]}, (5, 0)),
        ({"type": "LineString", "coordinates": [[0, 0], [4, 0], [4, 0]]}, (2, 0)),
        ({"type": "LineString", "coordinates": [[1, 1], [1, 1]]}, (1, 1)),
        ({"type": "MultiLineString", "coordinates": [[[0, 0], [1, 0]], [[10, 0], [13, 0]]]},
         (8.75, 0)),
        ({"type": "Polygon", "coordinates": [[[0, 0], [2, 0], [0, 0], [0, 0]]]}, (1, 0)),
        ({"type": "MultiPolygon", "coordinates": [[box(0, -1, 2, 1)], [box(4, -1, 6, 1)]]}, (3, 0)),
        ({"type": "GeometryCollection", "geometries": [
            {"type": "Point", "coordinates": [99, 0]},
            {"type": "LineString", "coordinates": [[0, 0], [2, 0]]}]}, (1, 0)),
        ({"type": "Feature", "properties": {}, "geometry": {"type": "Point",
          "coordinates": [1, 2]}}, (1, 2)),
        ({"type": "FeatureCollection", "features": [
            {"type": "Feature", "geometry": None},
            {"type": "Feature", "geometry": {"type": "Point", "coordinates": [3, 4]}}]}, (3, 4)),
    ],
)  # fmt: skip
def test_every_kind_of_geometry_has_a_middle(
    tmp_path: Path, geometry: dict[str, Any], middle: tuple[float, float]
) -> None:
    """The centroid is that of what has the most dimensions and any size."""
    result = measure(tmp_path, json.loads(json.dumps(geometry)))
    found = result["feature"]["value"]["geometry"]["coordinates"]
    assert found == pytest.approx(middle, abs=1e-6)
    assert result["feature"]["value"]["properties"]["area"] == result["area"]
    assert math.isfinite(result["length"])


def test_the_example_runs_as_it_stands(tmp_path: Path) -> None:
    """The example is measured, with progress from 0 on."""
    job = FakeJob(tmp_path)
    example = describe("measure-geometry", "http://127.0.0.1")["example"]["inputs"]
    result = process.execute(example, job)
    assert result["area"] == pytest.approx(9.76e6, rel=0.01)
    assert [percent for percent, _ in job.told] == [0, 25, 75]


def test_a_link_and_a_text_will_do(tmp_path: Path, app: CatalogApp, server_url: str) -> None:
    """A geometry may be a link or JSON text; a link that cannot be read fails with a sentence."""
    app.odd["point"] = {"type": "Point", "coordinates": [1, 2]}
    for said in ({"href": f"{server_url}/odd/point"}, json.dumps(app.odd["point"])):
        assert measure(tmp_path, said)["bbox"]["bbox"] == [1, 2, 1, 2]
    with pytest.raises(ProcessFailure, match="give one with http or https"):
        measure(tmp_path, {"href": "file:///etc/passwd"})


@pytest.mark.parametrize(
    ("geometry", "sentence"),
    [
        (None, "The input geometry is missing; give a JSON object."),
        ("POINT(1 2)", "a text that is not JSON"),
        ([1, 2], "The input geometry is [1, 2]; give a JSON object."),
        ({"type": "Circle"}, "The geometry has the type 'Circle'"),
        ({"type": "Point", "coordinates": ["1", 2]}, "is no position"),
        ({"type": "Point", "coordinates": [1]}, "is no position"),
        ({"type": "Point", "coordinates": [-8, 95]}, "is not on Earth; give longitude, then"),
        ({"type": "Point", "coordinates": "1,2"}, "where a list must be"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1]]]}, "is not closed"),
        ({"type": "LineString", "coordinates": [[0, 0]]}, "fewer than two positions"),
        ({"type": "FeatureCollection", "features": []}, "The geometry is empty"),
        ({"type": "FeatureCollection"}, "where a list must be"),
    ],
)
def test_what_is_no_geometry_is_said_in_a_sentence(
    tmp_path: Path, geometry: Any, sentence: str
) -> None:
    """What cannot be measured fails with what is wrong and what to give."""
    with pytest.raises(ProcessFailure) as caught:
        measure(tmp_path, geometry)
    assert sentence in str(caught.value)


def test_deep_nesting_ends(tmp_path: Path) -> None:
    """Collections in collections are refused before the stack overflows."""
    geometry: dict[str, Any] = {"type": "Point", "coordinates": [0, 0]}
    for _ in range(40):
        geometry = {"type": "GeometryCollection", "geometries": [geometry]}
    with pytest.raises(ProcessFailure, match="nested too deeply"):
        measure(tmp_path, geometry)
