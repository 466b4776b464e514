"""What may be asked of an execution: outputs, formats, mode, by value or by reference."""

from collections.abc import Mapping
from typing import Any

from ogc_widgets.contract.form import ModeChoice, OutputChoice, Transmission
from ogc_widgets.forms.known import Schema
from ogc_widgets.forms.plain import encodable, words_of
from ogc_widgets.forms.qualified import GEO_JSON
from ogc_widgets.forms.schema import Budget, fold
from ogc_widgets.forms.wps import schema_of
from ogc_widgets.models.process import OutputDescription, ProcessDescription

NO_ASYNC = "The server does not say that this process runs asynchronously."
NO_SYNC = "The server does not say that this process runs synchronously."


def read_outputs(description: ProcessDescription, budget: Budget) -> tuple[OutputChoice, ...]:
    """Every output, with the media types that its schema names."""
    return tuple(
        _output(f"o{place}", output, description.raw, budget)
        for place, output in enumerate(description.outputs.values())
    )


def read_modes(description: ProcessDescription) -> tuple[ModeChoice, ...]:
    """Automatic always; the others as ``jobControlOptions`` says, both where it is silent."""
    said = {option.strip().lower() for option in description.job_control_options}
    sync = not said or "sync-execute" in said
    # A server that says only "dismiss" has said nothing of how it executes.
    asynchronous = not said or "async-execute" in said
    if not sync and not asynchronous:
        sync = asynchronous = True
    return (
        ModeChoice(mode="auto", allowed=True),
        ModeChoice(mode="async", allowed=asynchronous, reason="" if asynchronous else NO_ASYNC),
        ModeChoice(mode="sync", allowed=sync, reason="" if sync else NO_SYNC),
    )


def read_transmissions(description: ProcessDescription) -> tuple[Transmission, ...]:
    """How outputs may be sent; only the server's own choice where it does not say (version 2)."""
    said = {word.strip().lower() for word in description.output_transmission}
    offered: list[Transmission] = ["auto"]
    if "value" in said:
        offered.append("value")
    if "reference" in said:
        offered.append("reference")
    return tuple(offered)


def _output(key: str, output: OutputDescription, description: Any, budget: Budget) -> OutputChoice:
    name = output.id if isinstance(output.id, str) else str(output.id)
    schema = fold(schema_of(output.raw), description, budget=budget).schema
    title = words_of(output.raw.get("title")) if isinstance(output.raw, Mapping) else ""
    return OutputChoice(
        key=key,
        id=encodable(name),
        title=title or schema.get("title", "") or encodable(name),
        description=words_of(output.description) or schema.get("description", ""),
        media_types=media_types(schema),
    )


def media_types(schema: Schema) -> tuple[str, ...]:
    """The media types that a schema names, the first being the server's default."""
    found = []
    for part in (schema, *schema.get("anyOf", [])):
        if "contentMediaType" in part:
            found.append(encodable(part["contentMediaType"]))
        elif part.get("known") in ("geometry", "feature", "feature_collection"):
            found.append(GEO_JSON)
        elif part is not schema and part.get("type") == "object":
            found.append("application/json")
    return tuple(dict.fromkeys(found))
