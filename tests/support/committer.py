"""A program that commits without end and says so line by line, to be killed at any moment: `committer URL`.

It prints the number of a batch only after the commit returned; what it printed was promised.
"""

from __future__ import annotations

import sys

from server.app.ports import StoredReply
from server.db import open_store
from shared.vocabulary import RequestId
from tests.support.builders import NINE, TODAY, a_lobby, issue

TICKETS_PER_BATCH = 3


def main(url: str) -> None:
    lobby = a_lobby(open_counters=())
    with open_store(url) as store:
        for batch in range(1_000_000):
            for _ in range(TICKETS_PER_BATCH):
                issue(lobby)
            reply = StoredReply(RequestId(f"r{batch}"), "kiosk-1", b"", b"", NINE)
            store.lobbies.commit(TODAY, lobby.take_changes(), [reply])
            print(batch, flush=True)  # noqa: T201  # this is its word


if __name__ == "__main__":
    main(sys.argv[1])
