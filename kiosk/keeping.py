"""Keeping: writes the journal in a thread of its own, so that the screen never waits for a disk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from kiosk.going_on import Then
from kiosk.hall_file import write_hall
from kiosk.journal import Journal
from kiosk.memory import Entry
from shared.log import get_log
from shared.protocol.messages import SiteInfo
from shared.protocol.views import Item

log = get_log("kiosk")


class Keeper(QObject):
    """Everything in the order in which it was handed over; what comes `then` runs in the GUI thread."""

    _done = Signal(object)

    def __init__(self, journal: Journal, hall: Path) -> None:
        super().__init__()
        self._journal = journal
        self._hall = hall
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="journal")
        self._done.connect(lambda call: call())

    def keep(self, entries: Sequence[Entry], then: Then) -> None:
        def write() -> None:
            kept = _tried(lambda: self._journal.write(entries), "the journal cannot be written")
            self._done.emit(lambda: then(kept))

        self._thread.submit(write)

    def keep_hall(self, site: SiteInfo, table: dict[str, Item]) -> None:
        """For a start without the server. Failing costs no more than that."""
        self._thread.submit(lambda: _tried(lambda: write_hall(self._hall, site, table), "the hall cannot be kept"))

    def close(self) -> None:
        """Write what waits, then end."""
        self._thread.shutdown(wait=True)


def _tried(write: Callable[[], None], complaint: str) -> bool:
    try:
        write()
    except OSError as error:
        log.error(complaint, error=error.strerror)
        return False
    return True
