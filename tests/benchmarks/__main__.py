"""`make bench`: our client beside its peers, on one loopback server; a table, and JSON.

Usage: python -m tests.benchmarks [ROUNDS] [JSON file]

Rounds are interleaved: in each, every client does every case, so that a busy moment of the machine
hits all. What is shown are medians over the rounds, in milliseconds.
"""

from __future__ import annotations

import json
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.benchmarks.environments import ROOT, Environment, environments

HERE = Path(__file__).parent
ROUNDS = 9
# How often a case is repeated in one round; the first round warms up and is not counted.
CASES = {
    "describe 10": 30,
    "describe 100": 20,
    "execute": 30,
    "status": 30,
    "jobs 100": 20,
    "jobs 1000": 5,
    "jobs 10000": 1,
    "jobs_read 10000": 1,
    "submissions": 1,
}
# What is asked of our client, as a multiple of raw httpx (of `import httpx, pydantic`).
REACH = dict.fromkeys(CASES, 1.2) | {
    "jobs_read 10000": 1.6,
    "submissions": 1.25,
    "import": 1.3,
}
Ask = Callable[[str, int], float | None]
Table = dict[str, dict[str, float]]


@contextmanager
def serving() -> Iterator[str]:
    """The origin of the server, in a process of its own."""
    command = [sys.executable, str(HERE / "server.py")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


@contextmanager
def working(environment: Environment, origin: str) -> Iterator[Ask]:
    """A client in a process of its own; gives the milliseconds of a case, or None."""
    command = [environment.python, str(HERE / "contenders.py"), environment.name, origin]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        answers, questions = process.stdout, process.stdin

        def ask(case: str, times: int) -> float | None:
            try:
                questions.write(json.dumps({"case": case, "times": times}) + "\n")
                questions.flush()
                line = answers.readline()
            except OSError:
                line = ""
            return json.loads(line) if line else None

        try:
            yield ask
        finally:
            process.terminate()


def start(environment: Environment, statement: str) -> float:
    """Milliseconds from the start of a Python to its end."""
    begin = time.perf_counter()
    subprocess.run([environment.python, "-c", statement], check=False, capture_output=True)
    return (time.perf_counter() - begin) * 1000


def measure(rounds: int) -> Table:
    """Medians by case and client."""
    clients = environments()
    found: dict[str, dict[str, list[float]]] = {case: {} for case in ("import", *CASES)}
    with ExitStack() as stack:
        origin = stack.enter_context(serving())
        asks = {one.name: stack.enter_context(working(one, origin)) for one in clients}
        for number in range(rounds + 1):
            for one in clients:
                taken = start(one, one.imports) - start(one, "pass")
                found["import"].setdefault(one.name, []).append(taken)
            for case, times in CASES.items():
                for name, ask in asks.items():
                    milliseconds = ask(case, times)
                    if milliseconds is not None and number:
                        found[case].setdefault(name, []).append(milliseconds)
            print(f"round {number} of {rounds}", file=sys.stderr)
    return {
        case: {name: round(statistics.median(times), 3) for name, times in row.items()}
        for case, row in found.items()
    }


def show(table: Table) -> None:
    """Prints the table, with our multiple of raw httpx, and whether that is within reach."""
    names = list(dict.fromkeys(name for row in table.values() for name in row))
    print(f"{'milliseconds':<18}" + "".join(f"{name:>26}" for name in names) + f"{'ours':>9}")
    for case, row in table.items():
        cells = "".join(f"{row[name]:26.2f}" if name in row else f"{'–':>26}" for name in names)
        multiple = row["ogc_widgets"] / row["raw httpx"]
        mark = "" if multiple <= REACH[case] else f" > {REACH[case]}"
        print(f"{case:<18}{cells}{multiple:8.2f}×{mark}")


def main(rounds: int = ROUNDS, target: Path = ROOT / ".venv" / "reports" / "bench.json") -> None:
    """Measures, shows, and writes JSON."""
    table = measure(rounds)
    show(table)
    target.parent.mkdir(parents=True, exist_ok=True)
    report = {"python": platform.python_version(), "rounds": rounds, "milliseconds": table}
    target.write_text(json.dumps(report, indent=2) + "\n")
    print(f"JSON: {target}")


if __name__ == "__main__":
    given = sys.argv[1:]
    main(int(given[0]) if given else ROUNDS, *map(Path, given[1:2]))
