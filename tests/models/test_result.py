"""Results documents, in the shapes that servers send."""

from __future__ import annotations

from typing import Any

import pytest

from ogc_widgets.models.result import read_output, read_results

DECLARED = ("area", "shape")


@pytest.mark.parametrize(
    ("document", "declared", "expected"),
    [
        ({"area": 2.5, "shape": "x"}, DECLARED, {"area": 2.5, "shape": "x"}),
        ({"outputs": [{"id": "area", "value": 1}]}, DECLARED, {"area": 1}),
        ({"outputs": {"area": {"value": 1}}}, DECLARED, {"area": 1}),
        ({"outputs": [{"area": 1, "shape": 2}]}, DECLARED, {"area": 1, "shape": 2}),
        ([{"id": "area", "value": 1}, {"id": "shape", "value": 2}], (), {"area": 1, "shape": 2}),
        ({"id": "echo", "value": "Hello"}, ("echo",), {"echo": "Hello"}),
        ({"value": 3, "mediaType": "text/plain"}, ("only",), {"only": 3}),
        (7, ("only",), {"only": 7}),
        (7, DECLARED, {"result": 7}),
        ([1, 2], ("only",), {"only": [1, 2]}),
        (None, ("only",), {"only": None}),
        ({"x": 1}, ("only",), {"only": {"x": 1}}),
        ({"unlike": "s3://bucket/a"}, ("only",), {"unlike": "s3://bucket/a"}),
        ({"x": 1, "y": 2}, (), {"x": 1, "y": 2}),
        ({}, DECLARED, {}),
    ],
)
def test_outputs_are_found_in_every_shape(
    document: Any, declared: tuple[str, ...], expected: dict[str, Any]
) -> None:
    """Maps, lists, single entries and bare values give the same outputs by id."""
    results = read_results(document, declared)
    assert {key: output.value for key, output in results.items()} == expected
    assert results.raw == document


def test_a_bare_stac_document_is_the_only_output() -> None:
    """A catalogue without the level of output ids is the value of the one declared output."""
    catalog = {"type": "Catalog", "stac_version": "1.0.0", "id": "c", "links": []}
    assert read_results(catalog, ("stac",))["stac"].value == catalog


@pytest.mark.parametrize(
    "raw",
    [
        {"href": "/data/a.tif", "type": "image/tiff; application=geotiff"},
        {"href": "/data/a.tif", "mediaType": "image/tiff"},
        {"href": "/data/a.tif", "format": {"mediaType": "image/tiff"}},
    ],
)
def test_a_link_keeps_its_media_type_in_any_spelling(raw: dict[str, Any]) -> None:
    """An output by reference has an absolute href, its media type, and no value."""
    output = read_output(raw, lambda href: f"http://server.test{href}")
    assert (output.value, output.href, output.media_type) == (
        None,
        "http://server.test/data/a.tif",
        "image/tiff",
    )
    assert output.raw == raw


def test_base64_becomes_bytes() -> None:
    """A binary value arrives as base64 text and is given as bytes."""
    output = read_output({"value": "AAH/", "encoding": "base64", "mediaType": "image/png"})
    assert output.value == b"\x00\x01\xff"


@pytest.mark.parametrize(
    "raw",
    [
        {"bbox": [1, 2, 3, 4], "crs": "http://www.opengis.net/def/crs/OGC/1.3/CRS84"},
        {"value": 1, "unit": "m"},
        {"href": "", "x": 1},
        {"href": 5},
        "http://server.test/a.tif",
        True,
    ],
)
def test_what_is_no_link_stays_a_value(raw: Any) -> None:
    """A box, an object that happens to have a member ``value``, and a text that is a URL."""
    assert read_output(raw).value == raw
    assert read_output(raw).href is None
