"""The build hook: no wheel and no sdist leaves without the widgets' bundles."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).resolve().parent))
import front_end


class FrontEndHook(BuildHookInterface[Any]):
    """Builds the front-end before the package, and puts the notebooks into the wheel."""

    def dependencies(self) -> list[str]:
        """Node from PyPI, asked for only where the front-end must be built and no Node is there."""
        needed = front_end.is_needed(editable=False) and front_end.find_node() is None
        return [front_end.NODE_FROM_PYPI] if needed else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Builds, then fails loudly if a bundle is missing."""
        editable = version == "editable"
        try:
            if front_end.is_needed(editable=editable):
                node = front_end.demand_node()
                self.app.display_info(f"Building the front-end with {node.origin}")
                front_end.build(node)
            front_end.demand_bundles()
        except front_end.FrontEndError as error:
            self.app.abort(str(error))
        notebooks = Path(self.root) / "notebooks"
        if self.target_name == "wheel" and not editable and notebooks.is_dir():
            for notebook in sorted(notebooks.glob("*.ipynb")):
                build_data["force_include"][str(notebook)] = (
                    f"ogc_widgets/notebooks/{notebook.name}"
                )
