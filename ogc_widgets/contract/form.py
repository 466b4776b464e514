"""The form: its fields, the draft of its values, and what became of the last submission."""

from typing import Annotated, Literal

from pydantic import Field as Constraint
from pydantic import JsonValue
from typing_extensions import TypeAliasType

from ogc_widgets.contract.jobs import JobRow
from ogc_widgets.contract.results import ResultsView
from ogc_widgets.contract.wire import Failure, Wire

Mode = Literal["auto", "async", "sync"]
Transmission = Literal["auto", "value", "reference"]


class FieldBase(Wire):
    """What every field has.

    ``key`` names the field on the wire (ids of servers may be hostile to programs); ``id`` is the
    input's id as the server wrote it. ``notes`` say what is doubtful in the description.
    """

    key: str
    id: str
    title: str
    description: str = ""
    required: bool = False
    notes: tuple[str, ...] = ()


class TextField(FieldBase):
    """Text; the draft is a string. A secret's draft never comes back from the kernel."""

    kind: Literal["text"] = "text"
    multiline: bool = False
    secret: bool = False
    placeholder: str = ""


class NumberField(FieldBase):
    """A number; the draft is a number, or the text typed where that is none (yet)."""

    kind: Literal["number"] = "number"
    integer: bool = False
    minimum: float | None = None
    maximum: float | None = None
    step: float | None = None
    unit: str = ""
    placeholder: str = ""


class BooleanField(FieldBase):
    """Yes or no; the draft is true, false, or null where an optional one is not set."""

    kind: Literal["boolean"] = "boolean"


class Option(Wire):
    """One of the values to choose from."""

    value: JsonValue
    label: str


class ChoiceField(FieldBase):
    """One of several values; the draft is the value or null."""

    kind: Literal["choice"] = "choice"
    options: tuple[Option, ...]


class ManyChoiceField(FieldBase):
    """Any of several values; the draft is an array of values."""

    kind: Literal["many_choice"] = "many_choice"
    options: tuple[Option, ...]


class DateTimeField(FieldBase):
    """A date, a time, or an instant; the draft is text as RFC 3339 writes it."""

    kind: Literal["datetime"] = "datetime"
    precision: Literal["date", "time", "datetime"] = "datetime"


class BoxField(FieldBase):
    """A bounding box; the draft is ``{"bbox": [west, south, east, north], "crs": name}``.

    With heights the numbers are west, south, lowest, east, north, highest; the order is the same
    for every coordinate reference system. A number not given is null, one that is none (yet) its
    text. ``crs`` lists the reference systems, the first of them meant where the draft names none.
    ``bare`` says that the value is the list of numbers alone.
    """

    kind: Literal["bbox"] = "bbox"
    crs: tuple[Option, ...] = ()
    heights: Literal["none", "optional", "required"] = "none"
    bare: bool = False


class GeometryField(FieldBase):
    """A geometry; the draft is text, GeoJSON or WKT, in degrees with the longitude first."""

    kind: Literal["geometry"] = "geometry"
    placeholder: str = ""


class ListField(FieldBase):
    """Several values of one kind; the draft is an array of the item's drafts."""

    kind: Literal["list"] = "list"
    item: "Field"
    min_items: int = 0
    max_items: int | None = None


class JsonField(FieldBase):
    """What no other kind fits; the draft is the JSON text as typed. ``reason`` says why.

    A secret's draft never comes back from the kernel.
    """

    kind: Literal["json"] = "json"
    reason: str
    secret: bool = False
    placeholder: str = ""


Field = TypeAliasType(
    "Field",
    Annotated[
        TextField
        | NumberField
        | BooleanField
        | ChoiceField
        | ManyChoiceField
        | DateTimeField
        | BoxField
        | GeometryField
        | ListField
        | JsonField,
        Constraint(discriminator="kind"),
    ],
)


class Problem(Wire):
    """What is wrong with a value. ``key`` is the field's, or empty for the whole form.

    ``path`` leads into the value (indexes and names); an ``error`` keeps the form from being
    submitted, a ``warning`` does not.
    """

    key: str
    message: str
    path: tuple[str | int, ...] = ()
    severity: Literal["error", "warning"] = "error"


class OutputChoice(Wire):
    """An output that may be asked for."""

    key: str
    id: str
    title: str
    description: str = ""
    media_types: tuple[str, ...] = ()


class OutputSelection(Wire):
    """How an output is asked for; an empty media type leaves it to the server."""

    key: str
    selected: bool = True
    media_type: str = ""
    transmission: Transmission = "auto"


class ModeChoice(Wire):
    """A way to execute; ``reason`` says why it is not offered."""

    mode: Mode
    allowed: bool
    reason: str = ""


class FormView(Wire):
    """What the form is made of; changes only when a description is read."""

    revision: int = 0
    phase: Literal["loading", "ready", "failed"] = "loading"
    failure: Failure | None = None
    server: str = ""
    process_id: str = ""
    title: str = ""
    description: str = ""
    version: str = ""
    fields: tuple[Field, ...] = ()
    outputs: tuple[OutputChoice, ...] = ()
    modes: tuple[ModeChoice, ...] = ()
    transmissions: tuple[Transmission, ...] = ("auto",)
    has_example: bool = False


class Draft(Wire):
    """What is filled in, judged: problems and request belong to exactly these values.

    ``values`` are drafts by field key; a field that is not set has none. ``masked`` are the keys of
    secrets that are set and are not shown. ``changed`` says that the values are not the defaults.
    ``request`` is the execute request as JSON text.
    """

    revision: int = 0
    values: dict[str, JsonValue] = {}
    masked: tuple[str, ...] = ()
    changed: bool = False
    problems: tuple[Problem, ...] = ()
    mode: Mode = "auto"
    outputs: tuple[OutputSelection, ...] = ()
    request: str = ""


class Submission(Wire):
    """What became of the last submission of this form."""

    revision: int = 0
    phase: Literal["idle", "submitting", "failed", "submitted"] = "idle"
    failure: Failure | None = None
    job: JobRow | None = None
    results: ResultsView | None = None
