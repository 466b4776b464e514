"""The request as Python and as cURL: both run as they stand, whatever is in them."""

import ast
import asyncio
import inspect
import json
import shutil
import subprocess
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pytest

import ogc_widgets as ow
from ogc_widgets.demo.launch import DemoServer
from ogc_widgets.forms import FormSheet, build_form
from ogc_widgets.forms.code import Target, curl_code, json_code, python_code, shell_text
from ogc_widgets.jobs.loop import owner
from ogc_widgets.models import MASK
from tests.conftest import absent

HOSTILE = {
    "every character": "".join(chr(n) for n in range(1, 0x180)),
    "quotes": "it's \"quoted\" ''' \"\"\" \\' \\\\",
    "shell": "$(touch /hacked) `id` $HOME ${PATH} !! & | ; > < * ? ~ # %s",
    "end of data": "\nJSON\n' <<JSON\nEOF\n",
    "python": "{x} %d \\N{BULLET} \\x00 #",
    "far": "é 🌊 \u202e \u2028 \x85 \x9b31m \ue000",
    "'key'": {"$(key)": [None, True, 0, -1.5, 1e300, 2**63, "", {}, []]},
    "__proto__": "x",
}


@pytest.fixture(scope="module")
def server() -> Iterator[DemoServer]:
    """The embedded server."""
    with DemoServer() as running:
        yield running


@pytest.fixture(scope="module")
def sheet(server: DemoServer) -> FormSheet:
    """The form of ``echo``, filled with hostile values."""

    async def read() -> Any:
        async with server.client() as client:
            return await client.process("echo")

    sheet = FormSheet(build_form(asyncio.run(read())))
    sheet.put({"text": "It's $HOME", "anything": HOSTILE, "tags": ["a'b", "`c`"]}, keep=True)
    return sheet


def shell(script: str, token: str, *, program: str = "sh") -> str:
    """What a script says, run with nothing but a path and a token."""
    if not shutil.which("curl"):
        absent("There is no curl.")
    given = {"PATH": "/usr/local/bin:/usr/bin:/bin", "OGC_TOKEN": token, "HOME": "/nowhere"}
    done = subprocess.run(
        [program], input=script.encode(), env=given, capture_output=True, check=True
    )
    return done.stdout.decode()


async def notebook(code: str) -> dict[str, Any]:
    """The names that a notebook cell leaves behind."""
    names: dict[str, Any] = {}
    compiled = compile(code, "<cell>", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    done = eval(compiled, names)
    if inspect.isawaitable(done):
        await done
    return names


@pytest.mark.parametrize("name", ["sh", "bash"])
def test_curl_sends_every_character_as_it_is(server, sheet, name):
    """The server echoes what the form would have sent."""
    if not shutil.which(name):
        absent(f"There is no {name}.")
    sheet.choose("sync", None)
    code = sheet.code("curl", Target(server.url, "echo"))
    assert server.token not in code
    answer = json.loads(
        shell(code.replace("curl ", "curl --silent ", 1), server.token, program=name)
    )
    assert answer["echo"]["value"] == sheet.values()
    assert answer["text"] == "It's $HOME"


def test_curl_sends_a_long_body(server):
    """Longer than any single word of a command line may be."""
    request = {"inputs": {"text": "a", "anything": {"value": {"long": "x" * 300_000}}}}
    code = curl_code(server.url, "echo", request, "sync").replace("curl ", "curl --silent ", 1)
    assert len(shell(code, server.token)) > 300_000


def test_curl_asks_for_a_job_where_the_form_would(server, sheet):
    """Prefer is the only difference."""
    sheet.choose("async", None)
    code = sheet.code("curl", Target(server.url, "echo")).replace("curl ", "curl --silent ", 1)
    assert json.loads(shell(code, server.token))["status"] in ("accepted", "running", "successful")


@pytest.mark.parametrize("mode", ["auto", "async", "sync"])
async def test_python_runs_as_it_stands(server, sheet, mode, monkeypatch, tmp_path):
    """In a notebook cell: the job's results are what the form would have sent."""
    monkeypatch.setenv("OGC_TOKEN", server.token)
    monkeypatch.setenv("OGC_WIDGETS_DATA_DIR", str(tmp_path))
    sheet.choose(mode, None)
    code = sheet.code("python", Target(server.url, "echo"))
    assert server.token not in code
    names = await notebook(code)
    assert names["results"]["echo"].value == sheet.values()
    await owner.reach(names["client"].close())


@pytest.mark.parametrize(
    "process_id", ["a b", "..", "$(id)", "a'b", "[1-3]", "ü/?#%", "-x", "`id`;\n&"]
)
def test_any_process_id_is_one_segment_of_the_address(process_id):
    """The shell and cURL leave it as it is; the client says the same."""
    code = curl_code("http://127.0.0.1:1/x", process_id, {"inputs": {}}, "auto")
    said = shell('curl() { for one; do printf "%s\\n" "$one"; done; }\n' + code, "t").splitlines()
    segment = said[2].removeprefix("http://127.0.0.1:1/x/processes/").removesuffix("/execution")
    assert "/" not in segment
    assert segment not in ("..", ".")
    assert unquote(segment) == process_id
    assert "Authorization: Bearer t" in said


def test_a_server_that_executes_elsewhere_is_asked_there():
    """By the address that its own link gives; brackets in it are no pattern to cURL."""
    code = curl_code("http://x", "p", {}, "auto", address="http://[::1]/run?it='s")
    assert code.startswith("curl --globoff")
    assert "POST 'http://[::1]/run?it='\\''s'" in code


def test_a_word_of_the_shell_is_what_it_was():
    """Each character, and the empty text."""
    for text in ("", "plain", "it's", "".join(chr(n) for n in range(1, 0x3000)), "-n", "a\nb"):
        said = subprocess.run(
            ["sh", "-c", f"printf %s {shell_text(text)}"], capture_output=True, check=True
        )
        assert said.stdout.decode() == text


def test_secrets_are_placeholders_that_a_comment_explains():
    """Masked values in any depth; the mask itself is in no code."""
    request = {"inputs": {"password": MASK, "keys": [MASK], "login": {"value": MASK}}}
    for code in (
        python_code("http://x", "p", request, "auto"),
        curl_code("http://x", "p", request, "auto"),
    ):
        assert code.startswith("# Secrets are not shown.")
        assert code.count("<secret>") == 4
        assert MASK not in code
    assert "# Secrets" not in curl_code("http://x", "p", {"inputs": {"a": 1}}, "auto")


def test_a_server_without_sign_in_needs_no_token():
    """Then the code names none, and runs without."""
    for write in (python_code, curl_code):
        code = write("http://x", "p", {"inputs": {}}, "auto", signed=False)
        assert "TOKEN" not in code
        assert "Authorization" not in code


def test_json_code_is_json_of_printable_characters():
    """Also for half surrogates, and characters that turn text around or colour a terminal."""
    request = {"inputs": {"a": [*HOSTILE.values(), "\ud800"], "b": HOSTILE}, "outputs": {}}
    text = json_code(request)
    assert json.loads(text) == request
    assert all(line.isprintable() for line in text.split("\n"))
    text.encode()


def test_python_code_is_a_literal_of_the_same_values():
    """Also for half surrogates; and it can be written to a file."""
    request = {"inputs": {"a": HOSTILE, "b": "\ud800", "c": [[1.5] * 40, None]}, "outputs": {}}
    code = python_code("http://x/'\"", "p", request, "auto")
    code.encode()
    tree = ast.parse(code)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    submit = next(call for call in calls if getattr(call.func, "attr", "") == "submit")
    assert ast.literal_eval(submit.args[1]) == request["inputs"]
    assert hasattr(ow, "JobBoard")
