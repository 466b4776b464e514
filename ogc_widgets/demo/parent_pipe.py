"""Standard input as the line to a parent: it says one thing, and its end is the parent's end."""

import os

_CHUNK = 65536


def read_line() -> bytes:
    """The first line of standard input; empty where it ended before the line did."""
    line = b""
    while not line.endswith(b"\n"):
        more = os.read(0, _CHUNK)
        if not more:
            return b""
        line += more
    return line


def wait_for_end() -> None:
    """Return when standard input has ended: the parent closed the pipe, or died."""
    while os.read(0, _CHUNK):
        pass
