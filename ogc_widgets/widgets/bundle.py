"""The front-end's code: a small loader in each widget, the program once for a kernel.

anywidget copies ``_esm`` into the state of every widget and into every saved notebook. So ours is a
loader that finds one hidden widget of the kernel, which holds the program as gzip.
"""

import functools
import gzip
import hashlib
import importlib.resources
import threading

import anywidget
import traitlets

_lock = threading.Lock()
_hidden: "Bundle | None" = None


@functools.cache
def read_static(name: str) -> bytes:
    """A file that the front-end's build made.

    :raises FileNotFoundError: when the package was installed without its front-end
    """
    file = importlib.resources.files(__package__) / "static" / name
    try:
        return file.read_bytes()
    except FileNotFoundError:
        raise FileNotFoundError(
            f"The widgets' front-end is not built ({name} is missing). "
            "Install the package again, or run `npm ci && npm run build` in js/."
        ) from None


def loader_code() -> str:
    """The loader, as JavaScript."""
    return read_static("loader.js").decode()


@functools.cache
def program_code() -> bytes:
    """The program, as gzip of JavaScript."""
    return gzip.compress(read_static("app.js"), 9, mtime=0)


@functools.cache
def program_hash() -> str:
    """What tells one version of the program from another."""
    return hashlib.sha256(read_static("app.js")).hexdigest()[:16]


class Bundle(anywidget.AnyWidget):
    """The hidden widget that holds the program."""

    _esm = "export default {};"
    _code = traitlets.Bytes().tag(sync=True)


def bundle_reference() -> str:
    """The reference by which a host finds the hidden widget; it is made at the first call."""
    global _hidden  # noqa: PLW0603 - one for a kernel is the point
    with _lock:
        if _hidden is None or _hidden.comm is None:
            _hidden = Bundle(_code=program_code())
        return f"anywidget:{_hidden.model_id}"
