"""Prints how many tests ran, from the reports of `make test`. Usage: count.py FOLDER."""

import sys
from pathlib import Path
from xml.etree import ElementTree


def line(report: Path) -> str:
    """One report as `name: N passed, N failed, N skipped`."""
    root = ElementTree.parse(report).getroot()
    suites = root.iter("testsuite")
    numbers = {"tests": 0, "failures": 0, "errors": 0, "skipped": 0}
    for suite in suites:
        for name in numbers:
            numbers[name] += int(suite.get(name) or 0)
    failed = numbers["failures"] + numbers["errors"]
    passed = numbers["tests"] - failed - numbers["skipped"]
    return f"{report.stem}: {passed} passed, {failed} failed, {numbers['skipped']} skipped"


if __name__ == "__main__":
    for found in sorted(Path(sys.argv[1]).glob("*.xml")):
        print(line(found))
