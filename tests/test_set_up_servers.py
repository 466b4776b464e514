"""The set-up's environments for the real servers, and what is said where one is missing."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.servers.live import starting

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def servers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    """The module that makes the environments, in a checkout that has none."""
    monkeypatch.setattr(sys, "path", [str(ROOT / ".ci"), *sys.path])
    module = importlib.import_module("servers")
    monkeypatch.setattr(module, "ROOT", tmp_path)
    return module


def fail(*_command: object, why: str) -> None:
    """Stands for a pip that cannot install."""
    from system import SetUpError  # type: ignore[import-not-found]

    raise SetUpError(f"This failed: {why}")


def test_a_server_that_cannot_be_installed_fails_under_ci(
    servers: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CI never goes on without the real servers."""
    monkeypatch.setenv("CI", "true")
    monkeypatch.setattr(servers, "call", fail)
    with pytest.raises(servers.SetUpError, match=r"no pygeoapi.*no wraptile"):
        servers.make_environments(Path("python"))


def test_a_server_that_cannot_be_installed_is_said_elsewhere(
    servers: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On somebody's own machine its tests are skipped, and the set-up says so."""
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr(servers, "call", fail)
    servers.make_environments(Path("python"))
    assert capsys.readouterr().out.count("Its tests will be skipped") == 2


def test_environments_are_made_once_and_anew_when_their_pins_change(
    servers: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second call has nothing to do; other pins make another environment."""
    made = []

    def call(*command: object, why: str) -> None:
        made.append(why)
        if "venv" in command:
            python = Path(str(command[-1])) / "bin" / "python"
            python.parent.mkdir(parents=True)
            python.symlink_to(sys.executable)

    monkeypatch.setattr(servers, "call", call)
    servers.make_environments(Path("python"))
    assert len(made) == 4
    servers.make_environments(Path("python"))
    assert len(made) == 4
    monkeypatch.setattr(servers.Recipe, "fingerprint", lambda _recipe: "other")
    servers.make_environments(Path("python"))
    assert len(made) == 8


def test_the_best_python_is_taken(servers: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first version that is asked for wins; one that does not start is passed over."""
    versions = {Path("a"): (3, 12), Path("b"): None, Path("c"): (3, 13), Path("d"): (3, 13)}
    monkeypatch.setattr(servers, "candidates", lambda _versions: iter(versions))
    monkeypatch.setattr(servers, "version_of", versions.get)
    assert servers.find_python(((3, 13), (3, 12))) == Path("c")
    assert servers.find_python(((3, 12), (3, 13))) == Path("a")
    assert servers.find_python(((3, 14),)) is None
    assert servers.find_python(()) == Path(sys.executable)


def test_a_python_that_does_not_start_has_no_version(servers: ModuleType, tmp_path: Path) -> None:
    """As a shim of pyenv's that leads nowhere."""
    shim = tmp_path / "python3.13"
    shim.write_text("#!/bin/sh\necho not here >&2\nexit 127\n")
    shim.chmod(0o755)
    assert servers.version_of(shim) is None
    assert servers.version_of(tmp_path / "nothing") is None
    assert servers.version_of(Path(sys.executable)) == sys.version_info[:2]


def test_a_live_test_without_its_server_fails_under_ci(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Its words say what to type; elsewhere the test is skipped with the same words."""
    monkeypatch.setattr(starting, "ROOT", tmp_path)
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="make set-up"):
        starting.binaries_of("pygeoapi")
    monkeypatch.delenv("CI")
    with pytest.raises(pytest.skip.Exception, match="make set-up"):
        starting.binaries_of("pygeoapi")


def test_a_server_ends_with_whoever_started_it() -> None:
    """When the other end of its input closes, as it does when the tests are killed."""
    command = [sys.executable, "-u", starting.HERE / "keep.py", "http.server", "0"]
    command += ["--bind", "127.0.0.1"]
    server = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    try:
        assert server.stdin is not None
        assert server.stdout is not None
        assert b"Serving" in server.stdout.readline()
        assert server.poll() is None
        server.stdin.close()
        assert server.wait(10) == 0
    finally:
        server.kill()
        server.wait()
        server.stdout.close()
