"""kill -9 at any moment: what was acknowledged is there, and no batch is there by half."""

from __future__ import annotations

import random
import signal
import subprocess
import sys

import pytest

from server.db import open_store
from shared.vocabulary import RequestId
from tests.integration.db.rows import reloaded
from tests.support.builders import TODAY, a_lobby, issue
from tests.support.committer import TICKETS_PER_BATCH


@pytest.mark.parametrize("round_", range(3))
def test_what_was_acknowledged_survives_a_kill(url: str, round_: int) -> None:
    acknowledged = _commit_until_killed(url, after=random.Random(round_).randrange(5, 60))

    with open_store(url) as store:  # the lock of the dead is free
        requests = [RequestId(f"r{batch}") for batch in range(acknowledged)]
        assert store.lobbies.replies_to(requests).keys() == set(requests)
        found = store.lobbies.read_lobby(TODAY)
        # One batch more than was acknowledged may have been committed: its word was killed on the way.
        batches, part = divmod(len(found.visits), TICKETS_PER_BATCH)
        assert part == 0
        assert batches in (acknowledged, acknowledged + 1)
        told_again = a_lobby(open_counters=())
        for _ in range(batches * TICKETS_PER_BATCH):
            issue(told_again)
        assert reloaded(store, told_again) == told_again


def _commit_until_killed(url: str, after: int) -> int:
    """How many batches were acknowledged."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.support.committer", url], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        for _ in range(after):
            assert process.stdout.readline(), "the committer ended by itself"
        process.send_signal(signal.SIGKILL)
        return after + len(process.stdout.read().splitlines())
