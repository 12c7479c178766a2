"""Preloading: a small library in C that is put before the system's own, so that a process finds another machine."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path


class NoCompilerError(Exception):
    """There is no C compiler on this machine."""


def preloaded(folder: Path, name: str, source: str) -> dict[str, str]:
    """The environment of a process that shall find it. Raises NoCompilerError."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        raise NoCompilerError("there is no C compiler (Debian: apt-get install gcc libc6-dev)")
    text, library = folder / f"{name}.c", folder / f"{name}.so"
    text.write_text(source)
    command = [compiler, "-shared", "-fPIC", "-O2", "-o", str(library), str(text), "-ldl"]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode:
        raise NoCompilerError(f"the C compiler does not compile: {made.stderr.strip().splitlines()[0]}")
    return {"LD_PRELOAD": str(library)}
