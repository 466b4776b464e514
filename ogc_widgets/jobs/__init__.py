"""Jobs over time: submitted, followed, dismissed."""

from ogc_widgets.jobs.board import JobBoard
from ogc_widgets.jobs.job import Job

__all__ = ["Job", "JobBoard"]
