"""A server's schema, folded: one dialect, no reference left, bounded in size and depth.

References inside the description are followed, cycles are cut; a reference to anywhere else is
never fetched. ``oneOf`` is checked as ``anyOf``: real servers list alternatives that overlap (two
media types of one text), and a value must not be refused for fitting twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from ogc_widgets.forms.dialect import is_null, keywords
from ogc_widgets.forms.known import (
    Schema,
    built_in,
    keep_box_members,
    known_by_reference,
    looks_like_bounding_box,
)
from ogc_widgets.forms.merge import Incompatible, merge
from ogc_widgets.forms.plain import words_of

DEEPEST = 20
MOST_NODES = 2_000
MOST_BRANCHES = 1_000
OF_MANY = ("properties", "patternProperties", "dependentSchemas")
OF_ONE = ("then", "else", "contains", "propertyNames", "additionalProperties")
NEGATED = ("not", "if")

REMOTE = "The server refers to a schema elsewhere ({reference}), which is not fetched."
MISSING = "The server refers to a part of its description that is not there ({reference})."
CYCLE = "The server's schema refers to itself."
TOO_LARGE = "The server's schema is too deep or too large to be used whole."
NO_SCHEMA = "The server's schema is not a JSON Schema."
CONTRADICTION = "Parts of the server's schema contradict each other."


@dataclass(frozen=True)
class Folded:
    """A schema to check values with, and what of the server's own could not be used."""

    schema: Schema
    notes: tuple[str, ...] = ()


class Budget:
    """How many schema nodes a description may still unfold to."""

    def __init__(self, nodes: int = 100_000) -> None:
        self.nodes = nodes


def fold(document: Any, description: Any = None, *, budget: Budget | None = None) -> Folded:
    """The schema in one dialect (JSON Schema 2020-12), whatever the server sent.

    :param document: the input's schema
    :param description: the whole process description, for references into it
    """
    folder = _Folder((document, description), budget or Budget())
    schema = folder.fold(document, 0, frozenset())
    return Folded(schema, tuple(folder.notes))


class _Folder:
    def __init__(self, roots: tuple[Any, Any], budget: Budget) -> None:
        self.roots = roots
        self.budget = budget
        self.nodes = MOST_NODES
        self.doubts = 0
        self.notes: dict[str, None] = {}

    def note(self, sentence: str) -> None:
        self.doubts += 1
        if len(self.notes) < 5:
            self.notes[sentence] = None

    def fold(self, node: Any, depth: int, trail: frozenset[str]) -> Schema:
        if node is True or node is None:
            return {}
        if not isinstance(node, Mapping):
            self.note(NO_SCHEMA)
            return {}
        if depth > DEEPEST or self.nodes <= 0 or self.budget.nodes <= 0:
            self.note(TOO_LARGE)
            return {}
        self.nodes -= 1
        self.budget.nodes -= 1
        own = keywords(node, self.note)
        if "known" not in own:
            self._members(node, own, depth, trail)
        elif own["known"] == "bbox":
            own = keep_box_members(own, node)
        for part in self._parts(node, depth, trail):
            own = self._merged(own, part)
        for name in ("oneOf", "anyOf"):
            if isinstance(node.get(name), list) and node[name]:
                own = self._merged(own, self._alternatives(node[name], depth, trail))
        if "known" not in own and looks_like_bounding_box(own):
            own["known"] = "bbox"
        return own

    def _merged(self, one: Schema, other: Schema) -> Schema:
        try:
            return merge(one, other)
        except Incompatible:
            self.note(CONTRADICTION)
            return one

    def _parts(self, node: Mapping[str, Any], depth: int, trail: frozenset[str]) -> list[Schema]:
        parts = []
        if isinstance(node.get("$ref"), str):
            parts.append(self._referred(node["$ref"], depth, trail))
        if isinstance(node.get("allOf"), list):
            parts += [self.fold(part, depth + 1, trail) for part in node["allOf"]]
        # What the server knows well comes first: its own title may be all that a part says.
        return sorted(parts, key=lambda part: "known" not in part)

    def _referred(self, reference: str, depth: int, trail: frozenset[str]) -> Schema:
        known = known_by_reference(reference)
        if known:
            return built_in(known)
        shown = words_of(reference)[:200]
        if not reference.startswith("#"):
            self.note(REMOTE.format(reference=shown))
            return {}
        if reference in trail:
            self.note(CYCLE)
            return {}
        for root in self.roots:
            found, target = _resolve(root, reference[1:])
            if found:
                return self.fold(target, depth + 1, trail | {reference})
        self.note(MISSING.format(reference=shown))
        return {}

    def _alternatives(self, nodes: list[Any], depth: int, trail: frozenset[str]) -> Schema:
        if len(nodes) > MOST_BRANCHES:
            self.note(TOO_LARGE)
            return {}
        extra: Schema = {"nullable": True} if any(map(is_null, nodes)) else {}
        branches = [self.fold(node, depth + 1, trail) for node in nodes if not is_null(node)]
        if not branches or {} in branches:
            return extra
        if len(branches) == 1:
            return {**branches[0], **extra}
        if any(branch.get("nullable") for branch in branches):
            extra["nullable"] = True
        if all(_single_value(branch) for branch in branches):
            values = [_value_of(branch) for branch in branches]
            labels = [words_of(branch.get("title")) for branch in branches]
            return {"enum": values, "enumNames": labels, **extra}
        types = {str(branch.get("type")) for branch in branches}
        if len(types) == 1 and "type" in branches[0]:
            extra["type"] = branches[0]["type"]
        return {"anyOf": branches, **extra}

    def _members(
        self, node: Mapping[str, Any], own: Schema, depth: int, trail: frozenset[str]
    ) -> None:
        if "items" in node or "prefixItems" in node:
            self._items(node, own, depth, trail)
        present = [name for name in (*OF_MANY, *OF_ONE, *NEGATED) if name in node]
        for name in present:
            members = node[name]
            if not isinstance(members, Mapping):
                continue
            if name in OF_ONE:
                own[name] = self.fold(members, depth + 1, trail)
            elif name in NEGATED:
                self._negated(name, members, own, depth, trail)
            elif members:
                own[name] = {
                    str(key): self.fold(member, depth + 1, trail) for key, member in members.items()
                }
        if node.get("additionalProperties") is False:
            own["additionalProperties"] = False

    def _items(
        self, node: Mapping[str, Any], own: Schema, depth: int, trail: frozenset[str]
    ) -> None:
        items = node.get("items")
        rows = node.get("prefixItems", items)
        if isinstance(rows, list):
            own["prefixItems"] = [self.fold(row, depth + 1, trail) for row in rows]
            items = node.get("additionalItems") if rows is items else items
        if isinstance(items, Mapping):
            own["items"] = self.fold(items, depth + 1, trail)

    def _negated(
        self, name: str, node: Any, own: Schema, depth: int, trail: frozenset[str]
    ) -> None:
        doubts = self.doubts
        folded = self.fold(node, depth + 1, trail)
        # What was cut accepts more; where it is negated that would refuse good values.
        if folded and self.doubts == doubts:
            own[name] = folded


def _resolve(root: Any, pointer: str) -> tuple[bool, Any]:
    """The part of a document that a JSON Pointer names (RFC 6901), where there is one."""
    if pointer and not pointer.startswith("/"):
        return False, None
    for step in pointer.split("/")[1:]:
        name = unquote(step).replace("~1", "/").replace("~0", "~")
        if isinstance(root, Mapping) and name in root:
            root = root[name]
        elif isinstance(root, list) and name.isascii() and name.isdigit() and len(name) < 6:
            if int(name) >= len(root):
                return False, None
            root = root[int(name)]
        else:
            return False, None
    return isinstance(root, Mapping | bool), root


def _single_value(branch: Schema) -> bool:
    listed = branch.get("enum")
    return "const" in branch or (isinstance(listed, list) and len(listed) == 1)


def _value_of(branch: Schema) -> Any:
    return branch["const"] if "const" in branch else branch["enum"][0]
