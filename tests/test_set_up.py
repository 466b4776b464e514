"""The set-up's words where the machine lacks something, and its count of the tests."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    """The module that asks the system, on a machine with no browser and no apt-get."""
    monkeypatch.setattr(sys, "path", [str(ROOT / ".ci"), *sys.path])
    module = importlib.import_module("system")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("OGC_WIDGETS_BROWSER", raising=False)
    monkeypatch.setattr(module, "downloaded", lambda _python: "")
    monkeypatch.setattr(module.subprocess, "run", lambda *_a, **_k: None)
    return module


def test_missing_browser_fails_under_ci(
    system: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CI never goes on without a browser; the error has the line to type."""
    monkeypatch.setenv("CI", "true")
    with pytest.raises(system.SetUpError, match="apt-get install -y chromium"):
        system.demand_browser(Path("python"))


def test_missing_browser_is_said_elsewhere(
    system: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On somebody's own machine the browser tests are skipped, and the set-up says so."""
    monkeypatch.delenv("CI", raising=False)
    system.demand_browser(Path("python"))
    assert "browser tests will be skipped" in capsys.readouterr().out


def test_browser_of_the_environment_must_exist(
    system: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A browser that the environment names wrongly is an error, not another browser."""
    monkeypatch.setenv("OGC_WIDGETS_BROWSER", "/nowhere/chromium")
    with pytest.raises(FileNotFoundError, match="/nowhere/chromium"):
        system.demand_browser(Path("python"))


def test_missing_venv_names_the_package(
    system: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where Debian left venv out, the error names the package of this very Python."""
    monkeypatch.setattr(system.importlib.util, "find_spec", lambda _name: None)
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    with pytest.raises(system.SetUpError, match=f"apt-get install -y {package}"):
        system.demand_venv()


def test_count_reads_both_runners(tmp_path: Path) -> None:
    """The closing lines add up what pytest and vitest wrote."""
    (tmp_path / "unit.xml").write_text(
        '<testsuites><testsuite tests="5" failures="1" errors="1" skipped="1"/></testsuites>'
    )
    (tmp_path / "front-end.xml").write_text(
        '<testsuites tests="3"><testsuite tests="1"/><testsuite tests="2"/></testsuites>'
    )
    command = [sys.executable, str(ROOT / ".ci" / "count.py"), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [
        "front-end: 3 passed, 0 failed, 0 skipped",
        "unit: 2 passed, 2 failed, 1 skipped",
    ]
