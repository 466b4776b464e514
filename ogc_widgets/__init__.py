"""Jupyter widgets for OGC API - Processes, backed by a thin async client.

Every public name is importable from here, and is loaded when it is first used: a script that wants
the client pays for the client only.
"""

import importlib
from typing import TYPE_CHECKING, Any

from ogc_widgets.errors import *  # noqa: F403 - the whole error tree is public

if TYPE_CHECKING:
    from ogc_widgets.client import (
        BearerAuth,
        ClientCredentialsAuth,
        DeviceCode,
        DeviceCodeAuth,
        Endpoints,
        Execution,
        ProcessesClient,
    )
    from ogc_widgets.demo.launch import demo_server
    from ogc_widgets.forms import FormModel, build_form
    from ogc_widgets.jobs import Job, JobBoard
    from ogc_widgets.models import (
        ApplicationPackage,
        JobStatus,
        OutputValue,
        ProcessDescription,
        ProcessSummary,
        Results,
        StatusInfo,
    )
    from ogc_widgets.widgets import JobTable, ProcessForm

__all__ = [
    "AnswerTooLarge",
    "ApplicationPackage",
    "BadRequest",
    "BearerAuth",
    "ClientCredentialsAuth",
    "ConnectionFailed",
    "ConnectionLost",
    "DeviceCode",
    "DeviceCodeAuth",
    "DuplicatedProcess",
    "Endpoints",
    "Execution",
    "FormModel",
    "HttpError",
    "ImmutableProcess",
    "InvalidInputs",
    "InvalidPackage",
    "Job",
    "JobBoard",
    "JobDismissed",
    "JobError",
    "JobFailed",
    "JobStatus",
    "JobTable",
    "MissingJobId",
    "MissingLink",
    "NoSuchJob",
    "NoSuchOutput",
    "NoSuchProcess",
    "NotAcceptable",
    "NotFound",
    "NotSignedIn",
    "NotSupported",
    "OgcError",
    "OgcWarning",
    "OutcomeUnknown",
    "OutputValue",
    "ProcessDescription",
    "ProcessForm",
    "ProcessSummary",
    "ProcessesClient",
    "ProtocolError",
    "ResultNotAvailable",
    "ResultNotReady",
    "Results",
    "ServerFault",
    "SignInFailed",
    "StatusInfo",
    "TimedOut",
    "TooManyRedirects",
    "TooManyRequests",
    "TransportError",
    "UnreadableAnswer",
    "UnreadableEntry",
    "UnsupportedMediaType",
    "WorkflowNotFound",
    "build_form",
    "demo_server",
]

_HOMES = {
    "ApplicationPackage": "models",
    "BearerAuth": "client",
    "ClientCredentialsAuth": "client",
    "DeviceCode": "client",
    "DeviceCodeAuth": "client",
    "Endpoints": "client",
    "Execution": "client",
    "FormModel": "forms",
    "Job": "jobs",
    "JobBoard": "jobs",
    "JobStatus": "models",
    "JobTable": "widgets",
    "OutputValue": "models",
    "ProcessDescription": "models",
    "ProcessForm": "widgets",
    "ProcessSummary": "models",
    "ProcessesClient": "client",
    "Results": "models",
    "StatusInfo": "models",
    "build_form": "forms",
    "demo_server": "demo.launch",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
