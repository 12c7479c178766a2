"""A slow disk: some milliseconds added to every fsync, by a small library that is put before the system's own."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

MILLISECONDS = 5  # a cheap disk, or a good one whose cache is not trusted
_SOURCE = """\
#define _GNU_SOURCE
#include <dlfcn.h>
#include <time.h>

static void linger(void) {
    struct timespec pause = {0, %d * 1000000L};
    nanosleep(&pause, 0);
}

int fsync(int file) {
    static int (*real)(int);
    if (!real) real = dlsym(RTLD_NEXT, "fsync");
    linger();
    return real(file);
}

int fdatasync(int file) {
    static int (*real)(int);
    if (!real) real = dlsym(RTLD_NEXT, "fdatasync");
    linger();
    return real(file);
}
"""


class NoCompilerError(Exception):
    """There is no C compiler on this machine."""


def slow_disk(folder: Path) -> dict[str, str]:
    """The environment in which a process finds its disk slow. Raises NoCompilerError."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        raise NoCompilerError("there is no C compiler (Debian: apt-get install gcc libc6-dev)")
    source, library = folder / "slow_disk.c", folder / "slow_disk.so"
    source.write_text(_SOURCE % MILLISECONDS)
    command = [compiler, "-shared", "-fPIC", "-O2", "-o", str(library), str(source), "-ldl"]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode:
        raise NoCompilerError(f"the C compiler does not compile: {made.stderr.strip().splitlines()[0]}")
    return {"LD_PRELOAD": str(library)}
