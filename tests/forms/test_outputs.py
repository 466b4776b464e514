"""Outputs, modes and transmissions, as far as the server allows."""

from typing import Any

import pytest

from ogc_widgets.forms import build_form

from .descriptions import EVERY_KIND


def modes(*options: Any) -> dict[str, tuple[bool, bool]]:
    """Whether each mode is allowed, and whether there is a reason."""
    form = build_form({"id": "p", "jobControlOptions": list(options)})
    return {mode.mode: (mode.allowed, bool(mode.reason)) for mode in form.modes}


OPEN = (True, False)
SHUT = (False, True)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["sync-execute", "async-execute"], (OPEN, OPEN)),
        (["async-execute", "dismiss"], (OPEN, SHUT)),
        (["sync-execute"], (SHUT, OPEN)),
        ([], (OPEN, OPEN)),
        (["dismiss"], (OPEN, OPEN)),
        ([5, None], (OPEN, OPEN)),
    ],
)
def test_modes_follow_the_server(options: list[Any], expected: tuple[Any, Any]) -> None:
    """Automatic is always there; what is not offered has a reason; silence allows all."""
    assert modes(*options) == {"auto": OPEN, "async": expected[0], "sync": expected[1]}


def test_outputs_offer_their_media_types() -> None:
    """In the server's order, the first being its default."""
    mask, area = build_form(EVERY_KIND).outputs
    assert (mask.key, mask.id, mask.title) == ("o0", "mask", "Mask")
    assert mask.media_types == ("image/tiff", "image/png")
    assert (area.title, area.media_types) == ("area", ())


def test_transmission_is_offered_only_where_the_server_speaks_of_it() -> None:
    """Version 2 has none."""
    assert build_form(EVERY_KIND).transmissions == ("auto", "value", "reference")
    assert build_form({"id": "p"}).transmissions == ("auto",)
    only = {"id": "p", "outputTransmission": ["reference"]}
    assert build_form(only).transmissions == ("auto", "reference")
