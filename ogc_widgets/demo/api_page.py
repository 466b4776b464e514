"""The API as a page: Swagger UI, its assets from the PyPI package ``swagger_ui_bundle``."""

from pathlib import Path

import swagger_ui_bundle
from fastapi.responses import FileResponse, Response

_PARTS = {
    "swagger-ui.css": "text/css",
    "swagger-ui-bundle.js": "text/javascript",
    "favicon-32x32.png": "image/png",
}
_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>ogc_widgets demo server: API</title>
<link rel="stylesheet" href="api/assets/swagger-ui.css">
<link rel="icon" type="image/png" href="api/assets/favicon-32x32.png">
</head>
<body>
<main id="api"></main>
<script src="api/assets/swagger-ui-bundle.js"></script>
<script src="api/assets/start.js"></script>
</body>
</html>
"""
_START = """SwaggerUIBundle({ url: "api?f=json", dom_id: "#api", validatorUrl: null });
"""
_POLICY = (
    "default-src 'none'; connect-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline';"
    " img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)


def api_page() -> tuple[str, str]:
    """The page as HTML, and its content security policy: it may ask this server only."""
    return _PAGE, _POLICY


def asset(name: str) -> Response | None:
    """A part of the page, or None."""
    if name == "start.js":
        return Response(_START, media_type="text/javascript")
    if name not in _PARTS:
        return None
    return FileResponse(Path(swagger_ui_bundle.swagger_ui_path) / name, media_type=_PARTS[name])
