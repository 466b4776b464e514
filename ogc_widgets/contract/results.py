"""Results of a job as the browser shows them."""

from typing import Literal

from ogc_widgets.contract.wire import Wire


class OutputView(Wire):
    """One output: text or JSON to read, or a link. ``cut`` says that ``text`` is not all of it."""

    id: str
    title: str
    kind: Literal["text", "json", "link", "binary"]
    media_type: str = ""
    text: str = ""
    href: str = ""
    size: int | None = None
    cut: bool = False


class ResultsView(Wire):
    """All outputs of a job. ``raw`` is the document as JSON text, cut at 64 KiB."""

    outputs: tuple[OutputView, ...] = ()
    raw: str = ""
