"""Results as the browser shows them: text and JSON to read, links to follow."""

import json
from typing import Any

from ogc_widgets.contract.results import OutputView, ResultsView
from ogc_widgets.models import OutputValue, ProcessDescription, Results

LONGEST_TEXT = 64 * 1024


def render_results(results: Results, description: ProcessDescription | None = None) -> ResultsView:
    """The view of all outputs, titled by the description where one is at hand."""
    described = description.outputs if description else {}
    outputs = tuple(
        _render(output_id, output, described[output_id].title if output_id in described else "")
        for output_id, output in results.items()
    )
    raw, _ = _cut(_as_json(results.raw))
    return ResultsView(outputs=outputs, raw=raw)


def _render(output_id: str, output: OutputValue, title: str) -> OutputView:
    view = {"id": output_id, "title": title or output_id, "media_type": output.media_type or ""}
    if output.href is not None:
        return OutputView(**view, kind="link", href=output.href)
    if isinstance(output.value, bytes):
        return OutputView(**view, kind="binary", size=len(output.value))
    if isinstance(output.value, str):
        text, cut = _cut(output.value)
        return OutputView(**view, kind="text", text=text, size=len(output.value), cut=cut)
    text, cut = _cut(_as_json(output.value))
    return OutputView(**view, kind="json", text=text, cut=cut)


def _as_json(value: Any) -> str:
    if isinstance(value, str):
        return value
    return json.dumps(value, indent=2, ensure_ascii=False, default=_name_of)


def _name_of(value: Any) -> str:
    return f"{len(value)} bytes" if isinstance(value, bytes) else type(value).__name__


def _cut(text: str) -> tuple[str, bool]:
    text = text.encode("utf-8", "replace").decode()
    return text[:LONGEST_TEXT], len(text) > LONGEST_TEXT
