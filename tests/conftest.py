"""What every test may ask for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ogc_widgets.jobs.ledger import users_ledger

ROOT = Path(__file__).resolve().parent.parent


def absent(reason: str) -> None:
    """Skips the test, or fails it where CI must have everything."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{reason} CI must have it.")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of transcripts, schemas and data that lies beside the checkout."""
    folder = ROOT.parent / "shared"
    if not (folder / "transcripts").is_dir():
        absent(f"There is no folder {folder.name}/ with transcripts beside the checkout.")
    return folder


@pytest.fixture(autouse=True)
def _own_data_folder(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No test reads or writes the user's ledger, and none sees what another submitted."""
    monkeypatch.setenv("OGC_WIDGETS_DATA_DIR", str(tmp_path_factory.mktemp("data")))
    users_ledger.cache_clear()
