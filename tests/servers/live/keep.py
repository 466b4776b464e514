"""Runs a module as `python -m` does, until its standard input closes.

Usage: keep.py MODULE ARGUMENT... So a server ends with the tests that started it, however they end.
It runs in the server's own environment, and needs the standard library only.
"""

import os
import runpy
import sys
import threading


def end_with_the_starter() -> None:
    """Waits until nobody holds the other end of the standard input, and ends the process."""
    while os.read(0, 1024):
        pass
    os._exit(0)


if __name__ == "__main__":
    threading.Thread(target=end_with_the_starter, daemon=True).start()
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
