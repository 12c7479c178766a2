"""A slow disk: some milliseconds added to every fsync, by a small library that is put before the system's own."""

from __future__ import annotations

from pathlib import Path

from tests.support.preloading import NoCompilerError, preloaded

__all__ = ["MILLISECONDS", "NoCompilerError", "slow_disk"]

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


def slow_disk(folder: Path) -> dict[str, str]:
    """The environment in which a process finds its disk slow. Raises NoCompilerError."""
    return preloaded(folder, "slow_disk", _SOURCE % MILLISECONDS)
