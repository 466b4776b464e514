"""An output in, a view model out."""

from ogc_widgets.results.render import render_results

__all__ = ["render_results"]
