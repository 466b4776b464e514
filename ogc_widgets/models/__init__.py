"""The standard's documents, liberal in what they accept.

Each is a view of the JSON that the server sent: a field is read when it is looked at, never raises,
and whatever was sent stays in ``raw``. OGC 18-062r2 (version 1.0) and its 2.0 draft are both read.
"""

from ogc_widgets.models.job import JobStatus, StatusInfo
from ogc_widgets.models.link import Link, find_link
from ogc_widgets.models.output import OutputValue
from ogc_widgets.models.package import ApplicationPackage
from ogc_widgets.models.process import (
    InputDescription,
    OutputDescription,
    ProcessDescription,
    ProcessSummary,
)
from ogc_widgets.models.result import Results
from ogc_widgets.models.secrets import MASK, names_secret, without_secrets
from ogc_widgets.models.server import Conformance, LandingPage

__all__ = [
    "MASK",
    "ApplicationPackage",
    "Conformance",
    "InputDescription",
    "JobStatus",
    "LandingPage",
    "Link",
    "OutputDescription",
    "OutputValue",
    "ProcessDescription",
    "ProcessSummary",
    "Results",
    "StatusInfo",
    "find_link",
    "names_secret",
    "without_secrets",
]
