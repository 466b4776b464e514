"""The widgets. Each has its twin of the same name in ``js/src``."""

from ogc_widgets.widgets.job_table import JobTable
from ogc_widgets.widgets.process_form import ProcessForm

__all__ = ["JobTable", "ProcessForm"]
