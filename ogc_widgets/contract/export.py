"""Writes the contract as one JSON document, from which ``js/contract.mjs`` makes TypeScript.

``python -m ogc_widgets.contract.export`` prints it: the JSON Schema of all that crosses the border,
the names of the row columns, and the words of the interface.
"""

import json
import sys
from typing import Any

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import models_json_schema

from ogc_widgets.contract import commands, form, jobs
from ogc_widgets.words import WORDS

MODELS: tuple[type[BaseModel], ...] = (
    form.FormView,
    form.Draft,
    form.Submission,
    jobs.JobRow,
    jobs.TableView,
    jobs.JobSnapshot,
    jobs.JobDelta,
)
UNIONS: dict[str, Any] = {
    "Field": form.Field,
    "Command": commands.Command,
    "Answer": commands.Answer,
}


def contract_schema() -> dict[str, Any]:
    """One JSON Schema whose ``$defs`` are all models and unions of the contract, by name."""
    _, schema = models_json_schema(
        [(model, "serialization") for model in MODELS], ref_template="#/$defs/{model}"
    )
    definitions: dict[str, Any] = dict(schema["$defs"])
    for name, union in UNIONS.items():
        part = TypeAdapter(union).json_schema(mode="serialization", ref_template="#/$defs/{model}")
        definitions.update(part.pop("$defs", {}))
        definitions.setdefault(name, part)
    names = sorted(definitions)
    return {
        "title": "Contract",
        "type": "object",
        "additionalProperties": False,
        "required": names,
        "properties": {name: {"$ref": f"#/$defs/{name}"} for name in names},
        "$defs": {name: _without_titles(definitions[name]) for name in names},
    }


def _without_titles(schema: Any) -> Any:
    """Drop the titles that pydantic gives to members: each would become a type of its own."""
    if isinstance(schema, list):
        return [_without_titles(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {
        key: value for key, value in schema.items() if key != "title" or isinstance(value, dict)
    }
    return {
        key: _without_titles(value)
        for key, value in kept.items()
        if key not in ("discriminator", "default")
    }


def main() -> None:
    """Print the contract as JSON."""
    document = {
        "schema": contract_schema(),
        "columns": list(jobs.JobRow.model_fields),
        "words": WORDS,
    }
    json.dump(document, sys.stdout, indent=1, ensure_ascii=False)


if __name__ == "__main__":
    main()
