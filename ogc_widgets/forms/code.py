"""An execute request as code that runs as it stands: Python for a notebook, cURL for sh.

No secret is ever in it: the token is read from the environment variable ``OGC_TOKEN``, and a
masked input is a placeholder, which a comment explains.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from json.encoder import encode_basestring
from typing import Any
from urllib.parse import quote

from ogc_widgets.contract.form import Mode
from ogc_widgets.models import MASK

TOKEN = "OGC_TOKEN"  # noqa: S105 - the name of a variable
PLACEHOLDER = "<secret>"
COMMENT = f"# Secrets are not shown. Put yours in the place of {PLACEHOLDER}.\n"
LONGEST_LINE = 76
END_OF_DATA = "JSON"
SAFE_IN_SHELL = re.compile(r"[\w@%+=:,./-]+", re.ASCII)


def python_code(
    url: str, process_id: str, request: Mapping[str, Any], mode: Mode, *, signed: bool = True
) -> str:
    """The request as lines for a notebook cell, which end with the job's results.

    :param url: the server's landing page
    :param request: the execute request with secrets masked
    :param signed: whether the server wants a token
    """
    request, secrets = _with_placeholders(request)
    auth = [f'auth=ow.BearerAuth(env="{TOKEN}")'] if signed else []
    submission = [_python_text(process_id), written(request.get("inputs", {}), PYTHON, 1)]
    if "outputs" in request:
        submission.append(f"outputs={written(request['outputs'], PYTHON, 1)}")
    submission.append(f"mode={_python_text(mode)}")
    lines = [
        "import ogc_widgets as ow\n",
        f"client = {_call('ow.ProcessesClient', [_python_text(url), *auth])}",
        f"job = await {_call('ow.JobBoard(client).submit', submission)}",
        "await job",
        "results = await job.results()",
    ]
    return (COMMENT if secrets else "") + "\n".join(lines) + "\n"


def curl_code(
    url: str,
    process_id: str,
    request: Mapping[str, Any],
    mode: Mode,
    *,
    signed: bool = True,
    address: str = "",
) -> str:
    """The request as one command of cURL for sh, bash and zsh.

    The body is a here-document, in which no character means anything to the shell, and which may
    be of any length. ``auto`` asks for a job, as ``async`` does; only ``sync`` does not.

    :param address: where the process is executed, where that is not the standard's path
    """
    request, secrets = _with_placeholders(request)
    address = address or _execution_address(url, process_id)
    options = ["--globoff"] if any(character in address for character in "[]{}") else []
    options += [f"--request POST {shell_text(address)}"]
    if signed:
        options.append(f'--header "Authorization: Bearer ${TOKEN}"')
    options += ["--header 'Accept: application/json'", "--header 'Content-Type: application/json'"]
    if mode != "sync":
        options.append("--header 'Prefer: respond-async'")
    options.append(f"--data-binary @- <<'{END_OF_DATA}'")
    command = "curl " + " \\\n  ".join(options)
    return f"{COMMENT if secrets else ''}{command}\n{json_code(request)}\n{END_OF_DATA}\n"


def json_code(request: Mapping[str, Any]) -> str:
    """The request as JSON text of several lines."""
    parts = [_member(name, value, JSON, 0) for name, value in request.items()]
    return "{\n  " + ",\n  ".join(parts) + "\n}" if parts else "{}"


def shell_text(text: str) -> str:
    """A text as one word of sh: every character stands for itself."""
    if SAFE_IN_SHELL.fullmatch(text):
        return text
    return "'" + text.replace("'", "'\\''") + "'"


def _with_placeholders(request: Mapping[str, Any]) -> tuple[dict[str, Any], bool]:
    found = False

    def clean(value: Any) -> Any:
        nonlocal found
        if value == MASK:
            found = True
            return PLACEHOLDER
        if isinstance(value, Mapping):
            return {name: clean(member) for name, member in value.items()}
        return [clean(row) for row in value] if isinstance(value, list | tuple) else value

    return clean(request), found


def _execution_address(url: str, process_id: str) -> str:
    segment = quote(process_id, safe="")
    if not segment.strip("."):
        segment = segment.replace(".", "%2E")
    return f"{url.rstrip('/')}/processes/{segment}/execution"


def _call(function: str, arguments: list[str]) -> str:
    """A call, its arguments one to a line."""
    lines = "".join(f"    {argument},\n" for argument in arguments)
    return f"{function}(\n{lines})"


def _python_text(text: str) -> str:
    """A text as a Python literal, in double quotes where that needs no escape."""
    literal = repr(text)
    if literal.startswith("'") and '"' not in literal and "\\'" not in literal:
        return f'"{literal[1:-1]}"'
    return literal


def _json_text(text: str) -> str:
    """A text as JSON; what cannot be printed is escaped, so that it does no harm."""
    literal = encode_basestring(text)
    return literal if literal.isprintable() else "".join(map(_printable, literal))


def _json_scalar(value: Any) -> str:
    """A number as JSON has it is a number as Python has it, which is written faster."""
    return repr(value) if type(value) in (int, float) else json.dumps(value)


def _printable(character: str) -> str:
    if character.isprintable():
        return character
    return json.dumps(character)[1:-1] if character != "\x7f" else "\\u007f"


@dataclass(frozen=True)
class Target:
    """Where a request goes.

    :ivar url: the server's landing page; :ivar signed: whether the server wants a token
    :ivar address: where the process is executed, where that is not the standard's path
    """

    url: str
    process_id: str
    signed: bool = True
    address: str = ""


@dataclass(frozen=True)
class Style:
    """How a language writes values."""

    text: Callable[[str], str]
    scalar: Callable[[Any], str]
    indent: str
    last: str


PYTHON = Style(_python_text, repr, "    ", ",")
JSON = Style(_json_text, _json_scalar, "  ", "")


def written(value: Any, style: Style, depth: int = 0) -> str:
    """A JSON value as code, an object or array in one line where it fits."""
    if isinstance(value, str):
        return style.text(value)
    if isinstance(value, dict):
        return _block("{}", [_member(*pair, style, depth) for pair in value.items()], style, depth)
    if isinstance(value, list | tuple):
        return _block("[]", [written(row, style, depth + 1) for row in value], style, depth)
    return style.scalar(value)


def _member(name: str, value: Any, style: Style, depth: int) -> str:
    return f"{style.text(name)}: {written(value, style, depth + 1)}"


def _block(brackets: str, parts: list[str], style: Style, depth: int) -> str:
    start, end = brackets[0], brackets[1]
    line = f"{start}{', '.join(parts)}{end}"
    if "\n" not in line and len(line) + depth * len(style.indent) <= LONGEST_LINE:
        return line
    inner, outer = "\n" + style.indent * (depth + 1), "\n" + style.indent * depth
    return f"{start}{inner}{f',{inner}'.join(parts)}{style.last}{outer}{end}"
