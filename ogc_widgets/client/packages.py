"""Application packages on their way to a server and back (OGC 20-044)."""

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ogc_widgets.client.answer import Answer, NotJson, parse_json
from ogc_widgets.client.http import Http
from ogc_widgets.errors import InvalidPackage
from ogc_widgets.models import ApplicationPackage
from ogc_widgets.models.package import CWL, CWL_JSON, CWL_YAML, OGC

Package = ApplicationPackage | Mapping[str, Any] | str | os.PathLike[str]

WEB = re.compile(r"(https?|s3|ftp)://\S+", re.IGNORECASE)
LARGEST = 64 * 2**20
# Some servers take one type only, and some answer only to that type alone.
ACCEPTED = (
    f"{CWL_YAML}, {CWL_JSON}, {CWL}, {OGC};q=0.9, */*;q=0.1",
    CWL,
    OGC,
)


def read_package(package: Package) -> ApplicationPackage:
    """The package that a path, a URL, CWL as text, a dict or a package means.

    A text with one line that is no JSON is a path, or (``http``, ``https``, ``s3``, ``ftp``) a URL,
    which the server is to read by itself.

    :raises InvalidPackage: there is no such file, or it is no text
    """
    if isinstance(package, ApplicationPackage):
        return package
    if isinstance(package, Mapping):
        return ApplicationPackage(package)
    if isinstance(package, os.PathLike):
        return _read_file(Path(package))
    text = package.strip()
    if WEB.fullmatch(text):
        return ApplicationPackage({"executionUnit": {"href": text, "type": CWL}})
    if "\n" in text or text.startswith("{"):
        return ApplicationPackage(package)
    return _read_file(Path(text))


def spellings(package: ApplicationPackage, *, of_objects: bool) -> list[tuple[str, str]]:
    """Media types and bodies in which a package can be sent, the likeliest first.

    :param of_objects: whether the caller gave objects and not text
    """
    if package.media_type == OGC:
        return [(OGC, package.text)]
    text = package.text
    if package.media_type == CWL_YAML:
        return [(CWL_YAML, text), (CWL, text), (OGC, wrap(package))]
    # JSON is YAML: it goes under that name where nothing else is taken.
    plain, wrapped = (CWL_JSON, text), (OGC, wrap(package))
    first = [wrapped, plain] if of_objects else [plain, wrapped]
    return [*first, (CWL_YAML, text), (CWL, text)]


def wrap(package: ApplicationPackage) -> str:
    """An OGC application package that holds CWL by value: as an object, else as text."""
    try:
        unit = {"value": package.document, "mediaType": CWL_JSON}
        return ApplicationPackage({"executionUnit": unit}).text
    except (ImportError, InvalidPackage):
        # The server reads the text; if it is broken, the server says where.
        unit = {"value": package.text, "mediaType": package.media_type}
        return json.dumps({"executionUnit": unit})


async def send_package(http: Http, method: str, url: str, package: Package) -> Answer:
    """The answer to a POST or PUT of a package.

    415 says that nothing was done: the next media type is tried. Nothing else is sent twice.
    """
    read = read_package(package)
    answer = None
    for media_type, body in spellings(read, of_objects=isinstance(package, Mapping)):
        # Exactly the type: some servers take no parameter.
        headers = {"Accept": "application/json", "Content-Type": media_type}
        answer = await http.send(method, url, body=body.encode("utf-8", "replace"), headers=headers)
        if answer.status != 415:
            break
    assert answer is not None  # noqa: S101 - there is always a first spelling
    return answer


async def fetch_package(http: Http, url: str) -> Answer:
    """The answer to a GET of a package, in the first format that the server has."""
    answer = None
    for accepted in ACCEPTED:
        answer = await http.get(url, headers={"Accept": accepted})
        if answer.status not in (400, 406, 500, 501):
            break
    assert answer is not None  # noqa: S101 - there is always a first format
    return answer


def package_in(answer: Answer) -> ApplicationPackage:
    """The package in an answer, by its content: servers call it by wrong names.

    JSON behind which more stands (a second answer of a CGI program) ends where it ends.
    """
    try:
        document = parse_json(answer.text)
    except NotJson:
        return ApplicationPackage(answer.text)
    package = ApplicationPackage(answer.text)
    if package.media_type == CWL_YAML and isinstance(document, dict):
        return ApplicationPackage(document)
    return package


def _read_file(path: Path) -> ApplicationPackage:
    try:
        path = path.expanduser()
        if path.stat().st_size > LARGEST:
            raise InvalidPackage("The package is too large.", f"{path.name} was not read.")
        return ApplicationPackage(path.read_text("utf-8-sig"))
    except UnicodeDecodeError:
        reason = f"{path.name} is no text in UTF-8."
    except (OSError, ValueError, RuntimeError) as error:
        reason = f"{path.name}: {getattr(error, 'strerror', None) or error}."
    raise InvalidPackage(
        "The package cannot be read.", f"{reason} Give a path, a URL, CWL as text, or a dict."
    )
