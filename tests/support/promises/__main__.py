"""`./run promises`: runs the fault tests and writes what they measured into docs/promises.md."""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from tests.support.promises.figures import FILE_VARIABLE, read_figures
from tests.support.promises.page import rewrite

PAGE = Path("docs/promises.md")


def main() -> int:
    """The exit status of the tests; the page is written either way, for a failed test leaves no figure."""
    parser = argparse.ArgumentParser(prog="./run promises", description=__doc__)
    parser.add_argument("--release", action="store_true", help="the tests of a release's size, too (many minutes)")
    parser.add_argument("--figures", type=Path, help="read the figures of an earlier run (LOKET_FIGURES) instead")
    wanted = parser.parse_args()
    if wanted.figures:
        lines, status = wanted.figures.read_bytes().splitlines(), 0
    else:
        lines, status = _measure("" if wanted.release else "not release")
    moment = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {os.cpu_count()} cores, CPython {platform.python_version()}"
    PAGE.write_text(rewrite(PAGE.read_text(), read_figures(lines), f"Last run: {moment}."))
    return status


def _measure(which: str) -> tuple[list[bytes], int]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "figures.jsonl"
        path.touch()
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-n",
            "2",
            "--dist",
            "loadgroup",
            "-m",
            which,
            "tests/faults",
            "tests/e2e",
        ]
        done = subprocess.run(command, env={**os.environ, FILE_VARIABLE: str(path)}, check=False)
        return path.read_bytes().splitlines(), done.returncode


if __name__ == "__main__":
    sys.exit(main())
