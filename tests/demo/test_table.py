"""Summaries of tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.responses import PlainTextResponse

from ogc_widgets.demo.processes import ProcessFailure, describe
from ogc_widgets.demo.processes import summarise_table as process
from tests.demo.process_support import CatalogApp, FakeJob, served

TABLE = "name,height,note\na,1,x\nb,2.5,\nc,,x\nd,4\n"


@pytest.fixture(scope="module")
def app() -> CatalogApp:
    return CatalogApp()


@pytest.fixture(scope="module")
def server_url(app: CatalogApp) -> Iterator[str]:
    with served(app) as url:
        yield url


def summarise(tmp_path: Path, **inputs: Any) -> dict[str, Any]:
    result = process.execute(inputs, FakeJob(tmp_path))
    statistics: dict[str, Any] = result["statistics"]["value"]
    return statistics


def test_numbers_and_words(tmp_path: Path) -> None:
    """Numbers are measured, words counted; an empty or absent cell is missing."""
    found = summarise(tmp_path, table=TABLE)
    assert found["height"] == {
        "count": 3, "missing": 1, "distinct": 3,
        "min": 1, "max": 4, "mean": 2.5, "median": 2.5, "std": 1.5,
    }  # fmt: skip
    assert found["note"]["count"] == 2
    assert found["note"]["missing"] == 2
    assert found["note"]["distinct"] == 1
    assert found["name"]["mean"] is None


def test_the_csv_says_the_same_as_the_json(tmp_path: Path) -> None:
    """The output summary is CSV text with a row for each column."""
    result = process.execute({"table": TABLE}, FakeJob(tmp_path))
    assert result["summary"]["mediaType"] == "text/csv"
    rows = list(csv.DictReader(io.StringIO(result["summary"]["value"])))
    assert [row.pop("column") for row in rows] == ["name", "height", "note"]
    for row, measures in zip(rows, result["statistics"]["value"].values(), strict=True):
        assert {key: value and float(value) for key, value in row.items()} == {
            key: "" if value is None else value for key, value in measures.items()
        }


def test_columns_and_delimiter(tmp_path: Path) -> None:
    """Only the columns that were asked for, in that order, from cells between semicolons."""
    text = 'a;b;c\n1;"2;5";3\n'
    found = summarise(tmp_path, table=text, delimiter="semicolon", columns=["c", "b"])
    assert list(found) == ["c", "b"]
    assert found["b"]["count"] == 1


def test_progress_says_the_column(tmp_path: Path) -> None:
    """Reading first, then each column."""
    job = FakeJob(tmp_path)
    process.execute({"table": TABLE}, job)
    assert [percent for percent, _ in job.told] == [0, 10, 40, 70]
    assert job.told[-1][1] == "Summarising column 3 of 3"


def test_a_link_will_do(tmp_path: Path, app: CatalogApp, server_url: str) -> None:
    """A table given as a link is fetched, its byte order mark left out."""
    app.odd["table"] = PlainTextResponse("\ufeff" + TABLE)
    link = {"href": f"{server_url}/odd/table", "type": "text/csv"}
    assert list(summarise(tmp_path, table=link)) == ["name", "height", "note"]
    qualified = {"value": TABLE, "mediaType": "text/csv"}
    assert list(summarise(tmp_path, table=qualified)) == ["name", "height", "note"]


def test_the_example_runs_as_it_stands(tmp_path: Path) -> None:
    """The example gives the statistics of its column."""
    example = describe("summarise-table", "http://127.0.0.1")["example"]["inputs"]
    found = summarise(tmp_path, **example)
    assert found["population"]["max"] == 1488920


@pytest.mark.parametrize(
    ("inputs", "sentence"),
    [
        ({}, "The input table is missing; give a text or a link."),
        ({"table": 3}, "The input table is 3; give a text or a link."),
        ({"table": ""}, "The table is empty"),
        ({"table": "a,a\n1,2\n"}, "Two columns of the table have the same name"),
        ({"table": TABLE, "columns": ["x"]}, "no column 'x'; its columns are: name, height, note."),
        ({"table": TABLE, "delimiter": "|"}, "give one of comma, semicolon, tab, pipe."),
        ({"table": "a\n" + "x" * 200_000}, "cannot be read as CSV"),
        ({"table": {"href": "ftp://example.org/t.csv"}}, "give one with http or https."),
    ],
)
def test_what_is_no_table_is_said_in_a_sentence(
    tmp_path: Path, inputs: dict[str, Any], sentence: str
) -> None:
    """What cannot be summarised fails with what is wrong and what to give."""
    with pytest.raises(ProcessFailure) as caught:
        summarise(tmp_path, **inputs)
    assert sentence in str(caught.value)


def test_infinite_cells_are_no_numbers(tmp_path: Path) -> None:
    """A result is always JSON: infinity and NaN in a table are words."""
    found = summarise(tmp_path, table="a\n1\ninf\nnan\n")
    assert found["a"]["count"] == 3
    assert found["a"]["mean"] is None
