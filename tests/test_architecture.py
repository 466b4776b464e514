"""The house rules that a machine can see: sizes, storeys, names, what lies at the top."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

import ogc_widgets

ROOT = Path(__file__).resolve().parent.parent
LONGEST_FILE = 300
LONGEST_FUNCTION = 45
SOURCES = (".css", ".mjs", ".py", ".ts", ".tsx")
GENERATED = ("js/src/contract.ts",)

TOP = {
    ".ci",
    ".gitattributes",
    ".gitignore",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "docs",
    "js",
    "notebooks",
    "ogc_widgets",
    "pyproject.toml",
    "tests",
}

# Split, so that this file does not name them itself.
FOREIGN = (
    "/wo" + "rk/",
    "/ro" + "ot/",
    '"resolved": "' + "http",
    "index" + "-url",
    "registry." + "npm",
)


def tracked() -> list[str]:
    """Every file that git has or would take."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("This is no git checkout.")
    names = {name for name in done.stdout.split("\0") if name}
    return sorted(name for name in names if (ROOT / name).is_file())


def sources(*suffixes: str) -> list[Path]:
    """The tracked sources of some kinds, generated ones left out."""
    return [ROOT / name for name in tracked() if name.endswith(suffixes) and name not in GENERATED]


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Every function of a Python file with its number of lines, its docstring left out."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
            signature = body[0].lineno - node.lineno if body is node.body else 1
            yield node.name, (node.end_lineno or node.lineno) - body[0].lineno + 1 + signature


def test_files_are_short() -> None:
    """No source has more than 300 lines."""
    found = sources(*SOURCES)
    lengths = {path: len(path.read_text().splitlines()) for path in found}
    long = [f"{path.relative_to(ROOT)}: {n}" for path, n in lengths.items() if n > LONGEST_FILE]
    assert len(found) > 20
    assert long == []


def test_functions_are_short() -> None:
    """No Python function has more than 45 lines; about 30 are meant."""
    found = [(path, *function) for path in sources(".py") for function in functions(path)]
    long = [f"{p.relative_to(ROOT)}: {name} {n}" for p, name, n in found if n > LONGEST_FUNCTION]
    assert len(found) > 20
    assert long == []


def test_public_names_are_sorted_and_there() -> None:
    """`ogc_widgets` offers what it names, in order, and says so in `dir`."""
    names = list(ogc_widgets.__all__)
    assert names == sorted(set(names))
    missing = [name for name in names if not hasattr(ogc_widgets, name)]
    assert missing == []
    assert set(names) <= set(dir(ogc_widgets))


def test_top_of_the_repository_is_tidy() -> None:
    """Nothing lies at the top but what a reader expects there."""
    assert {name.split("/")[0] for name in tracked()} - TOP == set()


def test_no_file_names_a_machine_or_a_registry() -> None:
    """No text in git holds a path of somebody's machine or the address of a package registry."""
    found = []
    for name in tracked():
        content = (ROOT / name).read_bytes()
        found += [f"{name}: {word}" for word in FOREIGN if word.encode() in content]
    assert found == []


@pytest.mark.slow
def test_storeys_are_kept() -> None:
    """Arrows go only down: import-linter keeps every contract."""
    from importlinter.cli import lint_imports

    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0
