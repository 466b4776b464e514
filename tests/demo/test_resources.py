"""The resources that say what the server is and what it offers."""

import re
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from openapi_spec_validator import validate

from ogc_widgets.demo.app import create_app

EXCEPTIONS = "http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0/"


async def test_the_landing_page_links_what_the_standard_asks_for(
    stranger: httpx.AsyncClient, official: Any
) -> None:
    """Every resource that a client must find is linked, and every link leads somewhere."""
    document = (await stranger.get("/")).json()
    official("landingPage", document)
    by_rel = {link["rel"].rsplit("/", 1)[-1]: link["href"] for link in document["links"]}
    assert {"service-desc", "service-doc", "conformance", "processes", "job-list"} <= by_rel.keys()
    for href in by_rel.values():
        assert (await stranger.get(href)).status_code == 200


async def test_conformance_names_the_classes_of_version_1(
    stranger: httpx.AsyncClient, official: Any
) -> None:
    """The declaration fits its schema and names core, job list, dismiss and callback."""
    document = (await stranger.get("/conformance")).json()
    official("confClasses", document)
    said = {uri.rsplit("/", 1)[-1] for uri in document["conformsTo"]}
    assert {"core", "json", "oas30", "job-list", "dismiss", "callback"} <= said


async def test_the_api_definition_is_valid_openapi(stranger: httpx.AsyncClient) -> None:
    """The definition passes an OpenAPI validator, and has the media type of one."""
    answer = await stranger.get("/api")
    assert answer.headers["content-type"] == "application/vnd.oai.openapi+json;version=3.0"
    document = answer.json()
    assert document["openapi"].startswith("3.0")
    validate(document)


async def test_the_api_definition_is_honest(app: FastAPI, stranger: httpx.AsyncClient) -> None:
    """It names exactly the methods and paths that the app has."""
    said = (await stranger.get("/api")).json()["paths"]
    assert _operations(said) == _operations(app.openapi()["paths"])


async def test_the_api_definition_has_requests_that_run(
    web: httpx.AsyncClient, samples: dict[str, Any]
) -> None:
    """The processes can be chosen, and each has a request to try out."""
    document = (await web.get("/api")).json()
    parameter = document["components"]["parameters"]["processID"]
    assert parameter["schema"]["enum"] == list(samples)
    body = document["paths"]["/processes/{processID}/execution"]["post"]["requestBody"]
    requests = body["content"]["application/json"]["examples"]
    answer = await web.post("/processes/many/execution", json=requests["many"]["value"])
    assert answer.status_code == 200


def _operations(paths: dict[str, Any]) -> set[tuple[str, str]]:
    """The methods and paths of a definition; HEAD is not told apart from GET."""
    methods = ("get", "post", "put", "patch", "delete")
    return {
        (method, re.sub("{[^}]*}", "{}", path))
        for path, operations in paths.items()
        for method in operations
        if method in methods
    }


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("application/json", "application/vnd.oai.openapi+json"),
        ("*/*", "application/vnd.oai.openapi+json"),
        ("text/html;q=0.1, application/json", "application/vnd.oai.openapi+json"),
    ],
)
async def test_the_api_is_a_page_for_who_prefers_one(
    stranger: httpx.AsyncClient, accept: str, kind: str
) -> None:
    """Browsers get the page, programs the document."""
    answer = await stranger.get("/api", headers={"Accept": accept})
    assert answer.headers["content-type"].startswith(kind)


async def test_the_api_page_needs_this_server_only(stranger: httpx.AsyncClient) -> None:
    """All parts of the page come from the server itself, and its policy forbids others."""
    page = await stranger.get("/api?f=html")
    assert "http://" not in page.text
    assert "https://" not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    for name in ("swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png", "start.js"):
        assert f"api/assets/{name}" in page.text
        assert (await stranger.get(f"/api/assets/{name}")).status_code == 200


async def test_the_api_page_gives_no_other_files(stranger: httpx.AsyncClient) -> None:
    """A name that is no part of the page is not found, however it is written."""
    for name in ("..%2f..%2f__init__.py", "index.html", "%2e%2e"):
        assert (await stranger.get(f"/api/assets/{name}")).status_code == 404


async def test_the_process_list_pages_both_ways(
    stranger: httpx.AsyncClient, samples: dict[str, Any], official: Any
) -> None:
    """Following next visits each process once; prev leads back to the first page."""
    href, seen, pages = "/processes?limit=3", [], []
    while href:
        page = (await stranger.get(href)).json()
        official("processList", page)
        pages.append(page)
        seen += [one["id"] for one in page["processes"]]
        href = {link["rel"]: link["href"] for link in page["links"]}.get("next", "")
    assert seen == list(samples)
    back = {link["rel"]: link["href"] for link in pages[1]["links"]}["prev"]
    assert (await stranger.get(back)).json()["processes"] == pages[0]["processes"]
    assert "inputs" not in pages[0]["processes"][0]


@pytest.mark.parametrize("limit", ["0", "-1", "ten", "1.5", "", "²"])
async def test_a_limit_that_is_none_is_refused(stranger: httpx.AsyncClient, limit: str) -> None:
    """A wrong limit is a 400 of the standard that names it."""
    for path in ("/processes", "/jobs"):
        answer = await stranger.get(path, params={"limit": limit})
        assert answer.status_code == 400
        assert answer.json()["type"] == f"{EXCEPTIONS}invalid-query-parameter-value"
        assert "limit" in answer.json()["title"]


async def test_a_huge_limit_is_cut(stranger: httpx.AsyncClient) -> None:
    """A limit above the largest is taken as the largest."""
    for limit in ("99999999", "9" * 30, "9" * 5000):
        assert (await stranger.get(f"/jobs?limit={limit}")).status_code == 200


async def test_descriptions_fit_the_official_schema(
    stranger: httpx.AsyncClient, samples: dict[str, Any], official: Any
) -> None:
    """Each description is a process of the standard, with links to itself and to execution."""
    for process_id in samples:
        document = (await stranger.get(f"/processes/{process_id}")).json()
        official("process", document)
        rels = {link["rel"]: link["href"] for link in document["links"]}
        assert rels["self"].endswith(f"/processes/{process_id}")
        execute = rels["http://www.opengis.net/def/rel/ogc/1.0/execute"]
        assert execute.endswith(f"/processes/{process_id}/execution")


@pytest.mark.parametrize("path", ["/", "/jobs", "/api", "/processes/shout", "/jobs/none"])
async def test_head_answers_as_get_without_the_body(web: httpx.AsyncClient, path: str) -> None:
    """Every resource that can be read can be asked for its head."""
    whole, head = await web.get(path), await web.head(path)
    assert head.status_code == whole.status_code
    assert head.headers["content-length"] == whole.headers["content-length"]
    assert head.content == b""


@pytest.mark.parametrize(
    ("method", "path", "status", "kind"),
    [
        ("GET", "/processes/none", 404, "no-such-process"),
        ("POST", "/processes/none/execution", 404, "no-such-process"),
        ("GET", "/jobs/none", 404, "no-such-job"),
        ("DELETE", "/jobs/none", 404, "no-such-job"),
        ("GET", "/jobs/none/results", 404, "no-such-job"),
        ("GET", "/jobs/none/results/x", 404, "no-such-job"),
        ("GET", "/jobs/none/log", 404, "no-such-job"),
        ("GET", "/jobs/none/files/x", 404, "no-such-job"),
        ("GET", "/nowhere", 404, ""),
        ("GET", "/_requests", 404, ""),
        ("PUT", "/jobs", 405, ""),
        ("DELETE", "/processes", 405, ""),
    ],
)
async def test_errors_are_problem_documents(
    web: httpx.AsyncClient, official: Any, method: str, path: str, status: int, kind: str
) -> None:
    """Every error, also the framework's, is RFC 7807 with the type of the standard."""
    body = {"content": "{}", "headers": {"Content-Type": "application/json"}}
    answer = await web.request(method, path, **(body if method == "POST" else {}))
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    document = answer.json()
    official("exception", document)
    assert document["status"] == status
    assert document["type"] == (EXCEPTIONS + kind if kind else "about:blank")
    assert document["title"].endswith(".")


async def test_the_builtin_processes_fit_the_official_schema(tmp_path: Any, official: Any) -> None:
    """What the package itself offers is described as the standard asks."""
    app = create_app(folder=tmp_path, token="t", base_url="http://127.0.0.1:8042")
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(
            transport=transport, base_url="http://127.0.0.1:8042"
        ) as client:
            said = (await client.get("/processes?limit=100")).json()
            official("processList", said)
            assert said["processes"]
            for one in said["processes"]:
                official("process", (await client.get(f"/processes/{one['id']}")).json())


async def test_links_are_built_from_the_host_that_was_asked(stranger: httpx.AsyncClient) -> None:
    """Who asks localhost gets links to localhost."""
    answer = await stranger.get("/", headers={"Host": "localhost:8042"})
    assert all(one["href"].startswith("http://localhost:8042/") for one in answer.json()["links"])
