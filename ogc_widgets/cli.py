"""The command line: `ogc-widgets demo` and `ogc-widgets serve`.

Source: issue 2, points 2 and 3; DESIGN §2. The server and JupyterLab are imported when asked for,
so that `ogc-widgets --help` answers at once and without the extra `demo`.
"""

import argparse
import os
import secrets
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from ogc_widgets.errors import OgcError

VARIABLE = "OGC_WIDGETS_DEMO_TOKEN"
MISSING_EXTRA = (
    "The demo needs {missing}, which is not installed. Type: pip install 'ogc_widgets[demo]'"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command and gives the exit code: 0 done, 1 it could not, 2 the line was wrong."""
    chosen = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = chosen.command
    try:
        return command(chosen)
    except ModuleNotFoundError as error:
        if str(error.name).startswith("ogc_widgets"):
            raise
        print(MISSING_EXTRA.format(missing=error.name), file=sys.stderr)
    except (OgcError, OSError, ValueError) as error:
        print(error, file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ogc-widgets", description="Jupyter widgets for OGC API - Processes"
    )
    commands = parser.add_subparsers(required=True, metavar="demo | serve")
    demo = commands.add_parser("demo", help="the embedded server and JupyterLab with the tutorials")
    demo.add_argument("--no-browser", action="store_true", help="only print the addresses")
    demo.add_argument("--port", type=_port, help="JupyterLab's port (a free one by default)")
    demo.set_defaults(command=_demo)
    _add_serve(commands.add_parser("serve", help="the embedded server alone"))
    return parser


def _add_serve(serve: argparse.ArgumentParser) -> None:
    serve.epilog = f"{VARIABLE} names the bearer token of writes; without it a new one is printed."
    serve.add_argument("--port", type=_port, default=8080, help="the port (8080 by default)")
    serve.add_argument("--folder", type=Path, help="where jobs are kept (else only until the end)")
    serve.add_argument("--host", default="127.0.0.1", help="the address (loopback by default)")
    serve.add_argument("--allow-remote", action="store_true", help="permit another --host")
    serve.add_argument(
        "--allow-host",
        action="append",
        default=[],
        metavar="NAME",
        help="a further name by which clients call the server",
    )
    serve.set_defaults(command=_serve)


def _port(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 65535:
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return number


def _demo(chosen: argparse.Namespace) -> int:
    from ogc_widgets.demo import jupyter  # noqa: PLC0415 - needs the extra

    return jupyter.show_demo(port=chosen.port, open_browser=not chosen.no_browser)


def _serve(chosen: argparse.Namespace) -> int:
    from ogc_widgets.demo import guards, serving  # noqa: PLC0415 - needs the extra

    named = os.environ.get(VARIABLE)
    token = named or secrets.token_urlsafe(24)

    def say(url: str) -> None:
        print(f"Embedded server: {url}", flush=True)
        print(f"Writes need the token {'of ' + VARIABLE if named else token}", flush=True)

    exposure = guards.Exposure(allow_remote=chosen.allow_remote, hosts=tuple(chosen.allow_host))
    with suppress(KeyboardInterrupt):  # uvicorn has shut down, and raises the signal again
        serving.serve(
            token=token,
            folder=chosen.folder,
            host=chosen.host,
            port=chosen.port,
            exposure=exposure,
            started=say,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
