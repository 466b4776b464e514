"""Comm messages while a cell is busy."""

from typing import Any, cast

import comm


class Doorway:
    """What the kernel's dispatcher sees of a comm: the same, without an opinion on threads.

    ipykernel 7.4 sends each message of the browser to the loop that published last on the comm:
    the main one, which is busy while a cell is. A comm without ``_reply_subshell_for`` is left
    where the browser sent it: on the subshell, which is free. Only public names are used here.
    """

    def __init__(self, inner: Any) -> None:
        self.comm_id = inner.comm_id
        self._inner = inner

    def handle_msg(self, message: dict[str, Any]) -> None:
        """Pass a message on."""
        self._inner.handle_msg(message)

    def handle_close(self, message: dict[str, Any]) -> None:
        """Pass the browser's farewell on."""
        self._inner._closed = True
        self._inner.handle_close(message)


def open_doorway(inner: Any) -> None:
    """Let a widget's messages through while a cell is busy, where the kernel would hold them."""
    if callable(getattr(inner, "_reply_subshell_for", None)):
        comm.get_comm_manager().register_comm(cast(Any, Doorway(inner)))
