"""Plain HTML for places that draw no widgets: saved notebooks, printed pages."""

import html
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from ogc_widgets.contract.jobs import JobRow

COLUMNS = ("Status", "Process", "Job", "Progress", "Message", "Submitted (UTC)")


def table_html(rows: Sequence[JobRow]) -> str:
    """A table of jobs as it stands now, saying when that is."""
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S")
    if not rows:
        return f"<p>No jobs at {now} UTC.</p>"
    body = "".join(_line(_cells(row), "td") for row in rows)
    caption = f"<caption>The newest {len(rows)} jobs at {now} UTC; not live.</caption>"
    return f"<table>{caption}<thead>{_line(COLUMNS, 'th')}</thead><tbody>{body}</tbody></table>"


def _cells(row: JobRow) -> tuple[str, ...]:
    created = (
        "" if row.created is None else datetime.fromtimestamp(row.created / 1000, UTC).isoformat()
    )
    progress = "" if row.progress is None else f"{row.progress:g} percent"
    return (row.word or row.status, row.process_id, row.id, progress, row.message, created)


def values_html(title: str, values: Iterable[tuple[str, str]]) -> str:
    """A form's values as they stand now."""
    rows = "".join(_line(pair, "td") for pair in values)
    return f"<table><caption>{html.escape(title)}</caption><tbody>{rows}</tbody></table>"


def _line(cells: Iterable[str], tag: str) -> str:
    return "<tr>" + "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in cells) + "</tr>"
