"""Golden messages: what Python sends, kept as files that the browser's tests read too.

With ``UPDATE_GOLDEN=1`` in the environment the files are written instead of compared.
"""

import json
import os
from pathlib import Path

from ogc_widgets.contract.wire import Wire

FOLDER = Path(__file__).resolve().parent.parent / "golden"


def assert_golden(name: str, message: Wire) -> None:
    """The message is what ``tests/golden/<name>.json`` holds, and reads back as itself."""
    path = FOLDER / f"{name}.json"
    sent = json.loads(message.model_dump_json())
    if os.environ.get("UPDATE_GOLDEN") == "1":
        path.write_text(json.dumps(sent, indent=2, ensure_ascii=False) + "\n")
    assert sent == json.loads(path.read_text())
    assert type(message).model_validate(sent) == message
