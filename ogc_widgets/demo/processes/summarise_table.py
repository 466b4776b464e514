"""``summarise-table``: what is in the columns of a CSV table."""

import csv
import io
import math
import statistics
from typing import Any

from . import Inputs, JobContext, Outputs, ProcessFailure
from .received import text_of, value_of, values_of

MAX_CELLS = 5_000_000

_DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}

_TABLE = "city,country,population\nOlinda,Brazil,349976\nRecife,Brazil,1488920\n"

DESCRIPTION: dict[str, Any] = {
    "id": "summarise-table",
    "title": "Summarise a table",
    "description": (
        "Counts what is in each column of a CSV table, and gives the least, greatest, mean and "
        "median value and the standard deviation of columns of numbers."
    ),
    "version": "1.0.0",
    "keywords": ["table", "CSV", "statistics"],
    "jobControlOptions": ["sync-execute", "async-execute", "dismiss"],
    "outputTransmission": ["value"],
    "inputs": {
        "table": {
            "title": "Table",
            "description": "CSV whose first row names the columns: the text, or a link to it",
            "schema": {"type": "string", "contentMediaType": "text/csv"},
        },
        "delimiter": {
            "title": "Delimiter",
            "description": "What stands between the cells",
            "minOccurs": 0,
            "schema": {"type": "string", "enum": list(_DELIMITERS), "default": "comma"},
        },
        "columns": {
            "title": "Columns",
            "description": "Names of the columns to summarise; all, if left out",
            "minOccurs": 0,
            "maxOccurs": "unbounded",
            "schema": {"type": "string"},
        },
    },
    "outputs": {
        "summary": {
            "title": "Summary",
            "description": "One row for each column",
            "schema": {"type": "string", "contentMediaType": "text/csv"},
        },
        "statistics": {
            "title": "Statistics",
            "description": "The same as JSON, by column name",
            "schema": {"type": "object", "contentMediaType": "application/json"},
        },
    },
    "example": {"inputs": {"table": _TABLE, "columns": ["population"]}},
}

_MEASURES = ("count", "missing", "distinct", "min", "max", "mean", "median", "std")


def execute(inputs: Inputs, job: JobContext) -> Outputs:
    """Statistics of each column, as CSV text and as JSON.

    :raises ProcessFailure: no table, no such column, or an input that cannot be used
    """
    job.progress(0, "Reading the table")
    delimiter = value_of(inputs, "delimiter", "comma")
    if delimiter not in _DELIMITERS:
        message = f"The input delimiter is {delimiter!r}; give one of {', '.join(_DELIMITERS)}."
        raise ProcessFailure(message)
    columns = read_table(text_of(inputs, "table"), _DELIMITERS[delimiter])
    wanted = values_of(inputs, "columns", []) or list(columns)
    found: dict[str, dict[str, float | int | None]] = {}
    for done, name in enumerate(wanted):
        if name not in columns:
            there = ", ".join(columns)
            raise ProcessFailure(f"The table has no column {name!r}; its columns are: {there}.")
        percent = 10 + 90 * done / len(wanted)
        job.progress(percent, f"Summarising column {done + 1} of {len(wanted)}")
        found[name] = summarise(columns[name])
    return {
        "summary": {"value": _as_csv(found), "mediaType": "text/csv"},
        "statistics": {"value": found, "mediaType": "application/json"},
    }


def read_table(text: str, delimiter: str) -> dict[str, list[str]]:
    """Column name -> cells. Short rows lack their last cells; cells beyond the header are left out.

    :raises ProcessFailure: no header, a column named twice, or too many cells
    """
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        header = [name.strip() for name in next(rows, [])]
        cells = [row for row in rows if row]
    except csv.Error as error:
        raise ProcessFailure(f"The table cannot be read as CSV ({error}); check it.") from None
    if not any(header):
        raise ProcessFailure("The table is empty; give CSV whose first row names the columns.")
    if len(set(header)) < len(header):
        raise ProcessFailure("Two columns of the table have the same name; rename one.")
    if len(cells) * len(header) > MAX_CELLS:
        raise ProcessFailure(f"The table has more than {MAX_CELLS} cells; give a smaller one.")
    return {
        name: [row[place] if place < len(row) else "" for row in cells]
        for place, name in enumerate(header)
    }


def summarise(cells: list[str]) -> dict[str, float | int | None]:
    """The measures of a column; those of numbers are None unless every cell with text is one."""
    texts = [cell.strip() for cell in cells if cell.strip()]
    counts: dict[str, float | int | None] = dict.fromkeys(_MEASURES)
    counts |= {"count": len(texts), "missing": len(cells) - len(texts), "distinct": len(set(texts))}
    try:
        numbers = [float(text) for text in texts]
    except ValueError:
        return counts
    if not numbers or not all(map(math.isfinite, numbers)):
        return counts
    deviation = statistics.stdev(numbers) if len(numbers) > 1 else None
    return counts | {
        "min": min(numbers),
        "max": max(numbers),
        "mean": statistics.fmean(numbers),
        "median": statistics.median(numbers),
        "std": deviation,
    }


def _as_csv(found: dict[str, dict[str, float | int | None]]) -> str:
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(["column", *_MEASURES])
    for name, measures in found.items():
        writer.writerow([name, *(measures[measure] for measure in _MEASURES)])
    return target.getvalue()
