"""One input of a process as the form understands it: its schema folded, how often it occurs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from pydantic import JsonValue

from ogc_widgets.forms.boxes import PLAIN_BOX, from_wire, is_named_box
from ogc_widgets.forms.dialect import fit_to_type
from ogc_widgets.forms.known import Schema
from ogc_widgets.forms.plain import encodable, same, words_of
from ogc_widgets.forms.schema import Budget, fold
from ogc_widgets.forms.wps import schema_of
from ogc_widgets.models.process import InputDescription
from ogc_widgets.models.secrets import names_secret

MOST_NOTES = 5


@dataclass(frozen=True)
class Input:
    """What the form knows of one input.

    :ivar sent_id: the id as the server wrote it; ``id`` is the same but for half surrogates
    :ivar schema: what one value must satisfy (JSON Schema 2020-12 and ``known.py``'s keywords)
    :ivar least: how many values there must be; :ivar most: how many there may be, None for any
    :ivar multiple: whether the value is an array of values
    """

    key: str
    sent_id: str
    title: str
    description: str
    schema: Schema
    least: int = 1
    most: int | None = 1
    multiple: bool = False
    notes: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The id as text that UTF-8 can carry."""
        return encodable(self.sent_id)

    @property
    def required(self) -> bool:
        """Whether there must be a value (``minOccurs``; nothing else says so)."""
        return self.least > 0

    @property
    def nullable(self) -> bool:
        """Whether null is a value too."""
        return self.schema.get("nullable") is True

    @cached_property
    def secret(self) -> bool:
        """Whether the value must not be shown: ``format: password``, or a name that says so."""
        if _has_password(self.schema):
            return True
        kind = self.schema.get("type", "string")
        return kind not in ("number", "integer", "boolean") and names_secret(self.id)

    @cached_property
    def default(self) -> JsonValue:
        """The server's default in the input's own shape (rows where multiple); None for none."""
        default = self.schema.get("default")
        if default is None:
            return None
        declared = self.schema.get("type")
        if not self.multiple:
            fitted: JsonValue = from_wire(fit_to_type(default, declared), self.schema)
            return fitted
        rows = default if isinstance(default, list) else [default]
        if declared == "array" and not any(isinstance(row, list) for row in rows):
            rows = [default]
        fitting = [fit_to_type(row, declared) for row in rows if row is not None]
        return [from_wire(row, self.schema) for row in fitting]

    def is_set(self, value: Any) -> bool:
        """Whether this value counts: 0 and false do; nothing, "" and [] do not unless meant."""
        if value is None:
            return False
        if not isinstance(value, str | list) or value:
            return True
        meant = [self.default, *self.schema.get("enum", [])]
        return any(same(value, other) for other in meant)


def read_input(
    key: str, described: InputDescription, description: Any, budget: Budget | None = None
) -> Input:
    """The input that a description describes, whatever the server sent.

    :param key: the field's key on the wire
    :param description: the whole process description as sent, for references into it
    """
    folded = fold(schema_of(described.raw), description, budget=budget)
    schema = folded.schema
    sent_id = described.id if isinstance(described.id, str) else str(described.id)
    title = _own_words(described.raw, "title")
    if is_named_box(schema, sent_id, title):
        schema = {**schema, "known": PLAIN_BOX}
    least, most = described.min_occurs, described.max_occurs
    notes = list(folded.notes)
    if most is not None and least > most:
        notes.append("The server asks for more values than it allows.")
        least = most
    read = Input(
        key=key,
        sent_id=sent_id,
        title=title or schema.get("title", "") or encodable(sent_id),
        description=words_of(described.description) or schema.get("description", ""),
        schema=schema,
        least=least,
        most=most,
        multiple=described.multiple,
    )
    return replace(read, notes=tuple(notes[:MOST_NOTES]))


def unreadable_input(key: str, described: InputDescription) -> Input:
    """The input as it is offered where reading its description failed: any JSON value."""
    sent_id = str(described.id)
    note = "The server's description of this input could not be read."
    return Input(key, sent_id, encodable(sent_id), "", {}, notes=(note,))


def _own_words(raw: Any, name: str) -> str:
    return words_of(raw.get(name)) if isinstance(raw, Mapping) else ""


def _has_password(schema: Schema) -> bool:
    if schema.get("format") == "password":
        return True
    parts = [schema[name] for name in ("items",) if name in schema]
    parts += schema.get("properties", {}).values()
    parts += schema.get("anyOf", [])
    return any(_has_password(part) for part in parts if isinstance(part, dict))
