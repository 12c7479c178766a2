"""A process over the real store that counts how often its commits make the kernel flush: `counting_flushes URL`."""

from __future__ import annotations

import ctypes
import sys

from server.app.ports import StoredReply
from server.db import open_store
from shared.vocabulary import RequestId
from tests.support.builders import NINE, TODAY, a_lobby, issue

COMMITS = 100
SOURCE = """\
#define _GNU_SOURCE
#include <dlfcn.h>

static long made;

long flushes(void) { return made; }

int fsync(int file) {
    static int (*real)(int);
    if (!real) real = dlsym(RTLD_NEXT, "fsync");
    made++;
    return real(file);
}

int fdatasync(int file) {
    static int (*real)(int);
    if (!real) real = dlsym(RTLD_NEXT, "fdatasync");
    made++;
    return real(file);
}
"""


def main(url: str) -> None:
    flushes = ctypes.CDLL(None).flushes
    lobby = a_lobby(open_counters=())
    without = 0
    with open_store(url) as store:
        for commit in range(COMMITS):
            before = flushes()
            issue(lobby)
            reply = StoredReply(RequestId(f"r{commit}"), "kiosk-1", b"", b"", NINE)
            store.lobbies.commit(TODAY, lobby.take_changes(), [reply])
            without += flushes() == before
    print(without)  # noqa: T201  # this is its word


if __name__ == "__main__":
    main(sys.argv[1])
