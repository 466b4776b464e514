"""Wild process descriptions for hypothesis: every keyword, often with values of no sense."""

from typing import Any

from hypothesis import strategies as st

from ogc_widgets.forms.dialect import BOUNDS, COUNTS

NAMES = st.sampled_from(
    ["a", "", "__proto__", "constructor", "two words", "mode.epsg.code", "🌊", "api_token", "class"]
)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=True, allow_infinity=True)
    | st.text(max_size=8)
    | st.sampled_from(["true", "0", "unbounded", "None", "\ud800", "<b>x</b>", "2024-05-31"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=5,
)
TYPES = st.sampled_from(
    [
        "string",
        "number",
        "integer",
        "boolean",
        "array",
        "object",
        "null",
        "bool",
        "dateTime",
        "x",
        5,
    ]
)
REFERENCES = st.sampled_from(
    [
        "#/definitions/a",
        "#/definitions/__proto__",
        "#",
        "#/inputs",
        "#/properties/a",
        "../../openapi/schemas/bbox.yaml",
        "https://geojson.org/schema/FeatureCollection.json",
        "file:///etc/passwd",
        "http://127.0.0.1:1/schema.json",
    ]
)
FORMATS = st.sampled_from(
    ["date", "dateTime", "time", "password", "ogc-bbox", "geojson-geometry", "byte", "uri"]
)
NUMBERS = st.integers(-3, 12) | st.floats(-5, 5) | st.booleans() | st.just("3") | JSON
PATTERNS = st.sampled_from(["^a+$", "(", "(a+)+$", r"^\p{L}+$", "[a-z", ""])

LEAF_KEYWORDS: dict[str, st.SearchStrategy[Any]] = {
    "type": TYPES | st.lists(TYPES, max_size=3),
    "format": FORMATS,
    "pattern": PATTERNS | JSON,
    "enum": st.lists(JSON, max_size=4) | JSON,
    "const": JSON,
    "default": JSON,
    "example": JSON,
    "examples": JSON,
    "nullable": st.booleans() | JSON,
    "title": JSON,
    "description": JSON,
    "contentMediaType": st.sampled_from(["text/plain", "image/png"]) | JSON,
    "contentEncoding": st.sampled_from(["base64", "utf-8"]) | JSON,
    "required": st.lists(NAMES, max_size=2) | JSON,
    "uniqueItems": st.booleans(),
    "additionalProperties": st.booleans() | JSON,
    "items": st.booleans() | JSON,
    "$ref": REFERENCES | JSON,
    "$id": st.just("http://127.0.0.1:1/id"),
    "$dynamicRef": st.just("#nowhere"),
    **dict.fromkeys((*BOUNDS, *COUNTS), NUMBERS),
}


def _thinned(keywords: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """A few keywords at a time: all at once contradict each other and test little."""
    names = st.lists(st.sampled_from(sorted(keywords)), max_size=4, unique=True)
    return names.flatmap(
        lambda chosen: st.fixed_dictionaries({name: keywords[name] for name in chosen})
    )


def _nested(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    several = st.lists(inner, max_size=3)
    members = st.dictionaries(NAMES, inner, max_size=3)
    nesting: dict[str, st.SearchStrategy[Any]] = {
        **dict.fromkeys(("oneOf", "anyOf", "allOf", "prefixItems"), several),
        **dict.fromkeys(("properties", "patternProperties", "definitions"), members),
        **dict.fromkeys(("items", "not", "if", "then", "additionalProperties"), inner),
    }
    return st.builds(
        lambda leaf, more: {**leaf, **more}, _thinned(LEAF_KEYWORDS), _thinned(nesting)
    )


SCHEMAS = st.recursive(_thinned(LEAF_KEYWORDS) | JSON, _nested, max_leaves=6)
OCCURS = st.sampled_from([0, 1, 2, 999, "0", "1", "unbounded", -1, True, None, 1.5, "many"])
INPUTS = (
    st.fixed_dictionaries(
        {},
        optional={
            "title": JSON,
            "description": JSON,
            "minOccurs": OCCURS,
            "maxOccurs": OCCURS,
            "schema": SCHEMAS,
            "enum": JSON,
            "formats": JSON,
            "literalDataDomains": JSON,
        },
    )
    | JSON
)
DESCRIPTIONS = st.fixed_dictionaries(
    {"id": JSON, "inputs": st.dictionaries(NAMES, INPUTS, min_size=1, max_size=3)},
    optional={
        "outputs": st.dictionaries(NAMES, INPUTS, max_size=2) | JSON,
        "definitions": st.dictionaries(NAMES, SCHEMAS, max_size=2),
        "jobControlOptions": JSON,
        "outputTransmission": JSON,
        "example": st.fixed_dictionaries({"inputs": st.dictionaries(NAMES, JSON)}) | JSON,
    },
)
VALUES = st.dictionaries(NAMES, JSON, max_size=3)
