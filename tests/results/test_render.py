"""Outputs as the browser shows them."""

from ogc_widgets.models import OutputValue, ProcessDescription, Results
from ogc_widgets.results import render_results
from ogc_widgets.results.render import LONGEST_TEXT

DESCRIPTION = ProcessDescription({"id": "p", "outputs": {"area": {"title": "Area in km²"}}})


def shown(value: OutputValue, description: ProcessDescription | None = None):
    view = render_results(Results({"area": value}, raw={"area": 1}), description)
    (output,) = view.outputs
    return output


def test_a_json_value_is_laid_out_for_reading():
    """Indented, with letters of all languages as they are."""
    output = shown(OutputValue({"name": "Água"}), DESCRIPTION)
    assert (output.title, output.kind) == ("Area in km²", "json")
    assert output.text == '{\n  "name": "Água"\n}'


def test_text_stays_text():
    """A CSV is not quoted."""
    output = shown(OutputValue("a,b\n1,2", media_type="text/csv"))
    assert (output.title, output.kind, output.text) == ("area", "text", "a,b\n1,2")


def test_a_link_is_shown_and_not_followed():
    """The address and its media type; the browser fetches nothing."""
    output = shown(OutputValue(href="https://example.org/mask.tif", media_type="image/tiff"))
    assert (output.kind, output.href, output.text) == ("link", "https://example.org/mask.tif", "")


def test_bytes_are_counted_and_not_sent():
    """An image inside the document costs the page nothing."""
    output = shown(OutputValue(b"\x89PNG" * 100, media_type="image/png"))
    assert (output.kind, output.size, output.text) == ("binary", 400, "")


def test_a_long_value_is_cut_and_says_so():
    """A page gets at most 64 KiB of a value."""
    output = shown(OutputValue("x" * (LONGEST_TEXT + 1)))
    assert (len(output.text), output.cut) == (LONGEST_TEXT, True)


def test_half_characters_of_a_broken_server_can_be_sent():
    """A lone surrogate is no UTF-8 and would break the line to the browser."""
    output = shown(OutputValue("broken \ud800 text"))
    output.model_dump_json().encode()
    assert render_results(Results({}, raw={"a": "\ud800"})).raw.encode()
