"""A store in memory and one on a disk, side by side: what the first says at once, the second must say after its commit.

The disk gets several commits as one, as the writer does with the requests that wait.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import cycle

from server.app.ports import LobbyStore, StoredLobby, StoredReply
from server.domain.changes import Changes
from tests.support.memory_store import MemoryStore

BATCHES = (1, 2, 7, 3, 30)  # commits that become one, in turn


class TwinStore(MemoryStore):
    def __init__(self, disk: LobbyStore) -> None:
        super().__init__()
        self._disk = disk
        self._sizes = cycle(BATCHES)
        self._room = next(self._sizes)
        self._day: date | None = None
        self._batch = Changes()
        self.compared = 0
        """How often both were asked for the same day and agreed."""

    def commit(self, service_date: date, changes: Changes, replies: Sequence[StoredReply]) -> None:
        if self._day not in (None, service_date):
            self.flush()
        super().commit(service_date, changes, replies)
        self._day = service_date
        _add(self._batch, changes)
        self._room -= 1
        if self._room == 0:
            self.flush()

    def flush(self) -> None:
        """Commit what waits, and compare."""
        if self._day is None:
            return
        self._disk.commit(self._day, self._batch, ())
        assert _content(self._disk.read_lobby(self._day)) == _content(self.read_lobby(self._day))
        assert self._disk.newest_instant() == self.newest_instant()
        tomorrow = self._day + timedelta(days=1)
        assert list(self._disk.open_dates_before(tomorrow)) == list(self.open_dates_before(tomorrow))
        self.compared += 1
        self._batch, self._room, self._day = Changes(), next(self._sizes), None


def _content(stored: StoredLobby) -> tuple[object, ...]:
    """Without the order in which a store lists what has no order."""
    return (
        {visit.id: visit for visit in stored.visits},
        {status.counter: status for status in stored.counters},
        stored.sequences,
        {lease.key: lease for lease in stored.leases},
    )


def _add(batch: Changes, more: Changes) -> None:
    batch.visits |= more.visits
    batch.legs |= more.legs
    batch.new_visits |= more.new_visits
    batch.new_legs |= more.new_legs
    batch.counters |= more.counters
    batch.sequences |= more.sequences
    batch.leases |= more.leases
    batch.bookings |= more.bookings
    batch.periods += more.periods
    batch.facts += more.facts
