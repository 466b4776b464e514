"""Jobs as rows of the contract."""

from datetime import datetime

from ogc_widgets.contract.jobs import JobRow
from ogc_widgets.jobs import Job
from ogc_widgets.models.document import read_text

LONGEST = 1000


def row_of(job: Job) -> JobRow:
    """The row that shows a job as the board knows it now."""
    info = job.info
    return JobRow(
        key=job.key,
        id=_shown(job.id),
        process_id=_shown(job.process_id),
        server=job.board.client.url,
        status=job.status.value,
        word=_own_word(job),
        progress=job.progress,
        message=_shown(job.message),
        created=milliseconds(job.created),
        started=milliseconds(info.started),
        finished=milliseconds(info.finished),
        updated=milliseconds(info.updated),
        pending=job.pending,
        gone=job.gone,
        mine=job.mine,
        dismiss=job.board.dismiss_ability,
        note=job.note,
    )


def _shown(text: str) -> str:
    """A text of the server as a row shows it: clean and of bearable length."""
    text = read_text(text)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _own_word(job: Job) -> str:
    word = job.info.get("status")
    if not isinstance(word, str) or word.lower() == job.status.value:
        return ""
    return read_text(word)[:40]


def milliseconds(instant: datetime | float | None) -> int | None:
    """An instant, or seconds since 1970, as milliseconds since 1970."""
    if isinstance(instant, datetime):
        instant = instant.timestamp()
    return None if instant is None else int(instant * 1000)
