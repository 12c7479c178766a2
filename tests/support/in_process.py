"""A command inside this process, as its own would run it: words in, exit code and what it said out.

Starting Python and loading the server costs a second of a core. One test per command starts the real thing; what else a
command says and refuses is tried here.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


def in_process(main: Callable[[], int | None], *words: object, typed: str = "") -> Done:
    """`typed` is what stands on its standard input."""
    out, complaints = io.StringIO(), io.StringIO()
    mask, argv, stdin = os.umask(0), sys.argv, sys.stdin
    os.umask(mask)
    sys.argv, sys.stdin = [argv[0], *map(str, words)], io.StringIO(typed)
    try:
        with redirect_stdout(out), redirect_stderr(complaints):
            code = _ended(main)
    finally:
        sys.argv, sys.stdin = argv, stdin
        os.umask(mask)  # a command changes that of its process
    return Done(code, out.getvalue(), complaints.getvalue())


def _ended(main: Callable[[], int | None]) -> int:
    try:
        return main() or 0
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
