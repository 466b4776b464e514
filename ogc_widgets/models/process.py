"""A process: its summary, its description, its inputs and outputs."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any, Literal

from ogc_widgets.models.document import Document, read_number, read_text, read_texts
from ogc_widgets.models.link import Link, read_links


class ProcessSummary(Document):
    """An entry of the process list (OGC 18-062r2, processSummary.yaml)."""

    @property
    def id(self) -> str:
        """The process's id, to be sent back unchanged; empty where the server sent none."""
        value = self.get("id", "identifier")
        return value if isinstance(value, str) else read_text(value)

    @property
    def title(self) -> str:
        """The title, or the id where there is none."""
        return read_text(self.get("title")) or self.id

    @property
    def description(self) -> str:
        """What the process does; may be empty, may hold Markdown or HTML."""
        return read_text(self.get("description", "abstract"))

    @property
    def version(self) -> str:
        """The version; may be empty."""
        return read_text(self.get("version"))

    @property
    def keywords(self) -> tuple[str, ...]:
        """Words to find the process by."""
        return read_texts(self.get("keywords"))

    @property
    def job_control_options(self) -> tuple[str, ...]:
        """``sync-execute``, ``async-execute``, ``dismiss``; empty where the server is silent."""
        return read_texts(self.get("jobControlOptions"))

    @property
    def output_transmission(self) -> tuple[str, ...]:
        """``value``, ``reference`` (version 1.0 only); empty means that the server is silent."""
        return read_texts(self.get("outputTransmission"))

    @property
    def mutable(self) -> bool:
        """Whether the process can be replaced and undeployed (Part 2: true unless said)."""
        return self.get("mutable") is not False

    @property
    def links(self) -> tuple[Link, ...]:
        """Links to the description and the execution endpoint."""
        return read_links(self.get("links"))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.id!r})"


class _Described(Document):
    """What inputs and outputs have in common (OGC 18-062r2, descriptionType.yaml)."""

    def __init__(self, identifier: str, raw: Any) -> None:
        super().__init__(raw)
        self.id = identifier

    @property
    def title(self) -> str:
        """The title, or the id where there is none."""
        return read_text(self.get("title")) or self.id

    @property
    def description(self) -> str:
        """What it is; may be empty."""
        return read_text(self.get("description", "abstract"))

    @property
    def schema(self) -> Any:
        """The JSON Schema as sent: usually a mapping, sometimes true, false or None."""
        return self.get("schema")

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.id!r})"


class InputDescription(_Described):
    """An input (OGC 18-062r2, inputDescription.yaml)."""

    @property
    def min_occurs(self) -> int:
        """How many values there must be; 1 where the server does not say (clause 7.10)."""
        number = read_number(self.get("minOccurs"))
        return 1 if number is None else max(int(number), 0)

    @property
    def max_occurs(self) -> int | None:
        """How many values there may be; None is no limit; 1 where the server does not say."""
        value = self.get("maxOccurs")
        if isinstance(value, str) and value.strip().lower() == "unbounded":
            return None
        number = read_number(value)
        return 1 if number is None or number < 1 else int(number)

    @property
    def multiple(self) -> bool:
        """Whether the value is sent as an array because more than one may be given."""
        return self.max_occurs is None or self.max_occurs > 1


class OutputDescription(_Described):
    """An output (OGC 18-062r2, outputDescription.yaml)."""

    @property
    def binary(self) -> bool:
        """Whether the schema says that the value is bytes, which no JSON document can hold."""
        schema = self.schema if isinstance(self.schema, dict) else {}
        media_type = read_text(schema.get("contentMediaType")).lower()
        encoding = read_text(schema.get("contentEncoding")).lower()
        return (
            encoding in ("binary", "base64")
            or schema.get("format") in ("byte", "binary")
            or media_type.startswith(("image/", "audio/", "video/"))
            or media_type in ("application/octet-stream", "application/zip")
        )


class ProcessDescription(ProcessSummary):
    """A process with its inputs and outputs (OGC 18-062r2, process.yaml)."""

    @cached_property
    def inputs(self) -> dict[str, InputDescription]:
        """Inputs by id, in the server's order; a WPS-style list is read as well."""
        return {key: InputDescription(key, raw) for key, raw in _by_id(self.get("inputs"))}

    @cached_property
    def outputs(self) -> dict[str, OutputDescription]:
        """Outputs by id, in the server's order."""
        return {key: OutputDescription(key, raw) for key, raw in _by_id(self.get("outputs"))}

    def response_for(self, output_ids: Iterable[str]) -> Literal["document", "raw"]:
        """How these outputs are best asked for (version 1.0, clause 7.11.2).

        A document, but for a single output of bytes: servers fail to write those into JSON.
        """
        asked = [self.outputs.get(output_id) for output_id in output_ids]
        only = asked[0] if len(asked) == 1 else None
        return "raw" if only is not None and only.binary else "document"

    @property
    def example(self) -> dict[str, Any] | None:
        """An execute request that the server offers as an example, or None."""
        value = self.get("example")
        return value if isinstance(value, dict) else None


def _by_id(value: Any) -> list[tuple[str, Any]]:
    if isinstance(value, dict):
        return list(value.items())
    if not isinstance(value, list):
        return []
    described = (entry for entry in value if isinstance(entry, dict))
    pairs = ((read_text(entry.get("id") or entry.get("identifier")), entry) for entry in described)
    return [(key, entry) for key, entry in pairs if key]
