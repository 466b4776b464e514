"""jsonschema, imported without a second of work that nothing here needs.

Beside Jupyter the package ``rfc3987_syntax`` is installed. jsonschema imports it for its check of
the format ``iri``, and it compiles a grammar as it is imported. It is optional, and left out here.
"""

import sys
from typing import Any

_OPTIONAL = "rfc3987_syntax"
_modules: dict[str, Any] = sys.modules
_hidden = _OPTIONAL not in _modules
if _hidden:
    _modules[_OPTIONAL] = None
try:
    from jsonschema import Draft202012Validator, FormatChecker
    from jsonschema.exceptions import ValidationError, best_match
    from jsonschema.protocols import Validator
    from jsonschema.validators import extend
finally:
    if _hidden:
        del _modules[_OPTIONAL]

__all__ = [
    "Draft202012Validator",
    "FormatChecker",
    "ValidationError",
    "Validator",
    "best_match",
    "extend",
]
