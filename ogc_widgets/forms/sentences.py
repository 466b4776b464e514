"""What is wrong with a value, in sentences that say what to do."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ogc_widgets.forms.plain import encodable, json_text
from ogc_widgets.forms.times import EXAMPLES
from ogc_widgets.light_jsonschema import ValidationError

Path = tuple[str | int, ...]

NOUNS = {
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "yes or no",
    "array": "a list",
    "object": "an object",
}
REQUIRED = {
    "text": "Enter a value",
    "number": "Enter a number",
    "boolean": "Choose yes or no",
    "choice": "Choose a value",
    "many_choice": "Choose at least one value",
    "datetime": "Enter a date or time",
    "bbox": "Enter west, south, east and north",
    "geometry": "Enter a geometry as GeoJSON or WKT",
    "list": "Add at least one value",
    "json": "Enter a value as JSON",
}
FORMATS = {"date": "date", "time": "time", "date-time": "datetime"}
MOST_NAMED = 8

EMPTY_ROW = "Enter a value, or remove this row."
NOT_JSON = "This value cannot be sent as JSON. Use text, numbers, true, false, lists and objects."
DOUBTFUL = "The server's own value does not fit its description. {sentence}"
FALLBACK = "This value does not fit what the server asks for."


def required(kind: str) -> str:
    """What to say of a required input without a value."""
    return f"{REQUIRED[kind]}: this input is required."


def how_many(least: int, most: int | None) -> str:
    """What to say of a list that is too short or too long."""
    if most is None or most >= 2**31:
        return f"Give at least {_values(least)}."
    if least == most:
        return f"Give exactly {_values(least)}."
    return f"Give from {least} to {_values(most)}." if least else f"Give at most {_values(most)}."


def explain(error: ValidationError) -> Iterator[tuple[Path, str]]:
    """Each error as a path into the value and a sentence."""
    path = tuple(error.absolute_path)
    instance: Any = error.instance
    if error.validator == "required" and isinstance(instance, dict):
        # The validator words one error for each name; its own words are not for people.
        missing = [name for name in _wanted(error) if name not in instance]
        yield from ((path, f"“{_shown(name)}” is missing.") for name in missing[:MOST_NAMED])
        return
    branch = _closest_branch(error) if error.validator == "anyOf" else []
    if branch:
        for inner in branch:
            yield from explain(inner)
        return
    say = SENTENCES.get(str(error.validator))
    schema = error.schema if isinstance(error.schema, Mapping) else {}
    yield path, say(error, schema) if say else FALLBACK


def _closest_branch(error: ValidationError) -> list[ValidationError]:
    """The errors of the one alternative whose type fits, where there is exactly one."""
    branches: dict[Any, list[ValidationError]] = {}
    for inner in error.context or []:
        branches.setdefault(inner.schema_path[0], []).append(inner)
    fitting = [
        errors
        for errors in branches.values()
        if not any(inner.validator == "type" and not inner.relative_path for inner in errors)
    ]
    return fitting[0][:MOST_NAMED] if len(fitting) == 1 else []


def _type(error: ValidationError, _: Mapping[str, Any]) -> str:
    wanted = _wanted(error)
    names = wanted if isinstance(wanted, list) else [wanted]
    if names == ["boolean"]:
        return "Choose yes or no."
    return f"Enter {_or([NOUNS.get(name, str(name)) for name in names])}."


def _bounds(_: ValidationError, schema: Mapping[str, Any]) -> str:
    noun = "a whole number" if schema.get("type") == "integer" else "a number"
    low, high = schema.get("minimum"), schema.get("maximum")
    above, below = schema.get("exclusiveMinimum"), schema.get("exclusiveMaximum")
    if low is not None and high is not None and above is None and below is None:
        return f"Enter {noun} from {_shown(low)} to {_shown(high)}."
    limits = [
        f"{word} {_shown(limit)}"
        for word, limit in (
            ("at least", low),
            ("greater than", above),
            ("at most", high),
            ("less than", below),
        )
        if limit is not None
    ]
    phrase = " and ".join(limits)
    return f"Enter {noun} {'of ' if phrase.startswith('at ') else ''}{phrase}."


def _length(_: ValidationError, schema: Mapping[str, Any]) -> str:
    least, most = schema.get("minLength"), schema.get("maxLength")
    if least is not None and least == most:
        return f"Enter exactly {_characters(least)}."
    if least and most is not None:
        return f"Enter from {least} to {_characters(most)}."
    return (
        f"Enter at least {_characters(least)}."
        if most is None
        else (f"Enter at most {_characters(most)}.")
    )


def _items(_: ValidationError, schema: Mapping[str, Any]) -> str:
    return how_many(schema.get("minItems", 0), schema.get("maxItems"))


def _members(_: ValidationError, schema: Mapping[str, Any]) -> str:
    least, most = schema.get("minProperties", 0), schema.get("maxProperties")
    return how_many(least, most).replace("value", "member")


def _enum(error: ValidationError, _: Mapping[str, Any]) -> str:
    values = _wanted(error) if error.validator == "enum" else [_wanted(error)]
    if len(values) == 1:
        return f"The only value allowed is {_shown(values[0])}."
    if len(values) > MOST_NAMED:
        return "Choose one of the values listed."
    return f"Choose {_or([_shown(value) for value in values])}."


def _pattern(error: ValidationError, _: Mapping[str, Any]) -> str:
    return f"Enter text that matches the pattern {_shown(_wanted(error))}"


def _format(error: ValidationError, _: Mapping[str, Any]) -> str:
    return EXAMPLES[FORMATS[_wanted(error)]]


def _any_of(error: ValidationError, _: Mapping[str, Any]) -> str:
    types = [
        kind
        for branch in _wanted(error)
        for kind in _list(branch.get("type"))
        if isinstance(kind, str)
    ]
    nouns = list(dict.fromkeys(NOUNS.get(kind, kind) for kind in types))
    return f"Enter {_or(nouns)} in a form that the server accepts." if nouns else FALLBACK


SENTENCES: dict[str, Callable[[ValidationError, Mapping[str, Any]], str]] = {
    "type": _type,
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), _bounds),
    "multipleOf": lambda error, _: f"Enter a multiple of {_shown(_wanted(error))}.",
    **dict.fromkeys(("minLength", "maxLength"), _length),
    **dict.fromkeys(("minItems", "maxItems"), _items),
    **dict.fromkeys(("minProperties", "maxProperties"), _members),
    **dict.fromkeys(("enum", "const"), _enum),
    "pattern": _pattern,
    "format": _format,
    "anyOf": _any_of,
    "uniqueItems": lambda _, __: "Give each value only once.",
    "additionalProperties": lambda error, _: (
        f"“{_shown(error.message)}” is not among the members that the server knows."
    ),
    "contains": lambda _, __: "The list lacks a value that the server asks for.",
}


def _shown(value: Any) -> str:
    text = encodable(value) if isinstance(value, str) else json_text(value)
    return text if len(text) <= 200 else text[:200] + "…"


def _or(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _wanted(error: ValidationError) -> Any:
    return error.validator_value


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _values(count: int) -> str:
    return f"{count} value" if count == 1 else f"{count} values"


def _characters(count: int | None) -> str:
    return f"{count} character" if count == 1 else f"{count} characters"
