"""A small STAC 1.0 catalogue of the shipped Landsat 7 scene, for the embedded server.

Every address in it is built from the request, so that it can be followed by who asked. Assets
answer range requests, so that a reader of Cloud Optimized GeoTIFFs takes only what it needs.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any, cast

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import FileResponse, JSONResponse

from .processes.stac_source import COG_TYPE, PROJECTION

DATA = Path(__file__).parent / "data"
COLLECTION = "olinda"
PERIOD = ("1999-04-15T00:00:00Z", "2025-06-04T23:59:59Z")
"""From the launch of Landsat 7 to its decommissioning; the scene's own date is not documented."""

_GEOJSON = "application/geo+json"
_ELECTRO_OPTICAL = "https://stac-extensions.github.io/eo/v1.1.0/schema.json"
_DATE = (
    "The acquisition date is not documented; it lies between the launch of Landsat 7 and its "
    "decommissioning."
)

# ETM+ bands: name, common name, centre and width in micrometres
_BLUE = ("B1", "blue", 0.485, 0.07)
_GREEN = ("B2", "green", 0.56, 0.08)
_RED = ("B3", "red", 0.66, 0.06)
_NIR = ("B4", "nir", 0.835, 0.13)

_ASSETS = {
    "green": ("Green", "data", [_GREEN]),
    "nir": ("Near infrared", "data", [_NIR]),
    "visual": ("True colour, stretched for the eye", "visual", [_RED, _GREEN, _BLUE]),
}
"""Asset key -> title, role, bands."""


def build_catalog_router() -> APIRouter:
    """The catalogue under ``/stac``: catalogue, collection, items and assets; reading only."""
    router = APIRouter(prefix="/stac", tags=["STAC"])
    router.add_api_route("", _show_catalog, methods=["GET"], summary="The STAC catalogue")
    at = f"/collections/{COLLECTION}"
    router.add_api_route(at, _show_collection, methods=["GET"], summary="The STAC collection")
    router.add_api_route(f"{at}/items", _show_items, methods=["GET"], summary="All STAC items")
    one = f"{at}/items/{{item_id}}"
    router.add_api_route(one, _show_item, methods=["GET"], summary="A STAC item")
    file = "/assets/{item_id}/{asset}.tif"
    router.add_api_route(file, _send_asset, methods=["GET"], summary="A Cloud Optimized GeoTIFF")
    return router


async def _show_catalog(request: Request) -> JSONResponse:
    root = _root(request)
    links = [
        *_common_links(root, root, "application/json"),
        _link("child", f"{root}/collections/{COLLECTION}"),
    ]
    return JSONResponse(
        {
            "type": "Catalog",
            "stac_version": "1.0.0",
            "id": "ogc-widgets-demo",
            "title": "Demonstration data",
            "description": "The scene that the tutorials of ogc_widgets work on.",
            "links": links,
        }
    )


async def _show_collection(request: Request) -> JSONResponse:
    root = _root(request)
    own = f"{root}/collections/{COLLECTION}"
    item_links = [_link("item", f"{own}/items/{name}", _GEOJSON) for name in _scene()]
    links = [
        *_common_links(root, own, "application/json"),
        _link("parent", root),
        _link("items", f"{own}/items", _GEOJSON),
        *item_links,
    ]
    return JSONResponse({**_collection(), "links": links})


async def _show_items(request: Request) -> JSONResponse:
    root = _root(request)
    features = [_item(root, name) for name in _scene()]
    own = _link("self", f"{root}/collections/{COLLECTION}/items", _GEOJSON)
    document = {"type": "FeatureCollection", "features": features, "links": [own]}
    return JSONResponse(document, media_type=_GEOJSON)


async def _show_item(request: Request, item_id: str) -> JSONResponse:
    if item_id not in _scene():
        raise HTTPException(404, f"The collection {COLLECTION} has no item of this id.")
    return JSONResponse(_item(_root(request), item_id), media_type=_GEOJSON)


async def _send_asset(item_id: str, asset: str) -> FileResponse:
    if item_id not in _scene() or asset not in _ASSETS:
        raise HTTPException(404, "The catalogue has no asset of this name.")
    return FileResponse(DATA / f"{item_id}-{asset}.tif", media_type=COG_TYPE)


@cache
def _scene() -> dict[str, dict[str, Any]]:
    """Item id -> place, shape and grid, as ``data/make.py`` wrote them."""
    text = (DATA / "scene.json").read_text(encoding="utf-8")
    return cast(dict[str, dict[str, Any]], json.loads(text))


def _root(request: Request) -> str:
    return f"{str(request.base_url).rstrip('/')}/stac"


def _link(rel: str, href: str, media_type: str = "application/json") -> dict[str, str]:
    return {"rel": rel, "type": media_type, "href": href}


def _common_links(root: str, own: str, media_type: str) -> list[dict[str, str]]:
    return [_link("self", own, media_type), _link("root", root)]


def _collection() -> dict[str, Any]:
    stars = "https://cran.r-project.org/package=stars"
    return {
        "type": "Collection",
        "stac_version": "1.0.0",
        "id": COLLECTION,
        "title": "Olinda, Brazil, seen by Landsat 7",
        "description": (
            "Green, near infrared and true colour of a part of a Landsat 7 ETM+ scene around "
            f"Olinda: the whole, and four overlapping tiles of it. {_DATE}"
        ),
        "keywords": ["Landsat 7", "ETM+", "Olinda", "water"],
        "license": "Apache-2.0",
        "providers": [
            {"name": "NASA and U.S. Geological Survey", "roles": ["producer"]},
            {"name": "E. Pebesma and others, R package stars", "roles": ["host"], "url": stars},
        ],
        "extent": {
            "spatial": {"bbox": [_scene()["olinda"]["bbox"]]},
            "temporal": {"interval": [list(PERIOD)]},
        },
    }


def _item(root: str, item_id: str) -> dict[str, Any]:
    facts = dict(_scene()[item_id])
    bbox, geometry = facts.pop("bbox"), facts.pop("geometry")
    collection = f"{root}/collections/{COLLECTION}"
    return {
        "type": "Feature",
        "stac_version": "1.0.0",
        "stac_extensions": [PROJECTION, _ELECTRO_OPTICAL],
        "id": item_id,
        "collection": COLLECTION,
        "bbox": bbox,
        "geometry": geometry,
        "properties": {**_properties(item_id), **facts},
        "assets": {name: _asset(root, item_id, name) for name in _ASSETS},
        "links": [
            *_common_links(root, f"{collection}/items/{item_id}", _GEOJSON),
            _link("parent", collection),
            _link("collection", collection),
        ],
    }


def _properties(item_id: str) -> dict[str, Any]:
    start, end = PERIOD
    part = "The whole scene." if item_id == COLLECTION else "A tile that overlaps its neighbours."
    return {
        "title": item_id.replace("-", " ").capitalize(),
        "description": f"{part} {_DATE}",
        "datetime": None,
        "start_datetime": start,
        "end_datetime": end,
        "platform": "landsat-7",
        "instruments": ["etm+"],
        "gsd": 30,
    }


def _asset(root: str, item_id: str, name: str) -> dict[str, Any]:
    title, role, bands = _ASSETS[name]
    return {
        "href": f"{root}/assets/{item_id}/{name}.tif",
        "type": COG_TYPE,
        "title": title,
        "roles": [role],
        "eo:bands": [
            {
                "name": band,
                "common_name": common,
                "center_wavelength": centre,
                "full_width_half_max": width,
            }
            for band, common, centre, width in bands
        ],
    }
