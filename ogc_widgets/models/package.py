"""An application package: CWL as YAML or JSON, or an OGC application package around it."""

import importlib
import json
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from ogc_widgets.errors import InvalidPackage

CWL_YAML = "application/cwl+yaml"
CWL_JSON = "application/cwl+json"
CWL = "application/cwl"
OGC = "application/ogcapppkg+json"


class ApplicationPackage:
    """What a process is deployed from (OGC 20-044, clauses 7 and 8).

    :ivar text: the package as it came or as it was written

    What is JSON is seen in the text itself, whatever it was called. Everything else is taken for
    YAML, and is read only when ``document`` or ``workflows`` is looked at: that needs PyYAML.
    """

    def __init__(self, package: str | Mapping[str, Any]) -> None:
        if isinstance(package, str):
            self.text = package.removeprefix("\ufeff")
            return
        try:
            self.text = json.dumps(package, allow_nan=False, ensure_ascii=False)
        except (TypeError, ValueError, RecursionError) as error:
            raise InvalidPackage(
                "The package cannot be written as JSON.", f"Nothing was sent: {error}."
            ) from None

    def __repr__(self) -> str:
        return f"ApplicationPackage({self.media_type!r}, {len(self.text)} characters)"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ApplicationPackage) and other.text == self.text

    def __hash__(self) -> int:
        return hash(self.text)

    @cached_property
    def json(self) -> Any:
        """The package's JSON; None where it is no JSON."""
        try:
            return json.loads(self.text)
        except (ValueError, RecursionError):
            return None

    @property
    def media_type(self) -> str:
        """By content: CWL as YAML (``application/cwl+yaml``) or JSON, or ogcapppkg."""
        if not isinstance(self.json, dict):
            return CWL_YAML
        return OGC if "executionUnit" in self.json else CWL_JSON

    @cached_property
    def document(self) -> dict[str, Any]:
        """The whole package as JSON values.

        :raises InvalidPackage: it is neither JSON nor YAML, or no object
        :raises ImportError: it is YAML, and there is no PyYAML
        """
        document = self.json if self.json is not None else read_yaml(self.text)
        if not isinstance(document, dict):
            raise InvalidPackage("The package is no object.", "A CWL document was expected.")
        return document

    @property
    def href(self) -> str:
        """Where the execution unit is, if the package only leads to it; else empty."""
        href = self._unit.get("href")
        return href if isinstance(href, str) and "value" not in self._unit else ""

    @property
    def cwl(self) -> dict[str, Any]:
        """The CWL document, also from inside an OGC application package; may be empty.

        :raises InvalidPackage: it is neither JSON nor YAML
        :raises ImportError: it is YAML, and there is no PyYAML
        """
        if self.media_type != OGC:
            return self.document
        value = self._unit.get("value", self._unit)
        if isinstance(value, str):
            return ApplicationPackage(value).cwl
        return value if isinstance(value, dict) and "cwlVersion" in value else {}

    @property
    def workflows(self) -> tuple[str, ...]:
        """The ids of its workflows: what ``deploy(…, workflow=…)`` chooses from.

        :raises InvalidPackage: it is neither JSON nor YAML
        :raises ImportError: it is YAML, and there is no PyYAML
        """
        cwl = self.cwl
        graph = cwl.get("$graph", [cwl])
        if isinstance(graph, Mapping):
            graph = [{"id": key} | _members(part) for key, part in graph.items()]
        parts = [_members(part) for part in graph] if isinstance(graph, list) else []
        ids = [part.get("id") for part in parts if part.get("class") == "Workflow"]
        return tuple(name.rsplit("#", 1)[-1] for name in ids if isinstance(name, str) and name)

    @property
    def _unit(self) -> dict[str, Any]:
        """The execution unit of an OGC application package; the first of several."""
        unit = self.json.get("executionUnit") if isinstance(self.json, dict) else None
        return _members(unit[0] if isinstance(unit, list) and unit else unit)


def read_yaml(text: str) -> Any:
    """A YAML document as JSON values.

    :raises InvalidPackage: it is no YAML
    :raises ImportError: there is no PyYAML
    """
    try:
        yaml = importlib.import_module("yaml")
    except ImportError:
        raise ImportError("Reading CWL in YAML needs PyYAML: pip install pyyaml") from None
    # Dates stay text, as JSON has none.
    resolvers = {
        first: [pair for pair in pairs if not pair[0].endswith(":timestamp")]
        for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    loader = type("Loader", (yaml.SafeLoader,), {"yaml_implicit_resolvers": resolvers})
    try:
        return yaml.load(text, loader)
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        raise InvalidPackage(
            "The package is neither JSON nor YAML.", f"It cannot be read: {error}"
        ) from None


def _members(value: Any) -> dict[str, Any]:
    return dict(value) if isinstance(value, Mapping) else {}
