"""Forms: a process description in, fields out; values in, problems and an execute request out.

Pure functions; nothing here reads the network, holds a connection or knows a widget.
"""

from ogc_widgets.forms.build import FormModel, build_form
from ogc_widgets.forms.sheet import FormSheet
from ogc_widgets.forms.values import drafts_from_values, mask_values, values_from_drafts

__all__ = [
    "FormModel",
    "FormSheet",
    "build_form",
    "drafts_from_values",
    "mask_values",
    "values_from_drafts",
]
