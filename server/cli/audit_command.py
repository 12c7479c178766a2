"""`loket-server audit`: verify the chain of the audit log, or print it."""

from __future__ import annotations

from server.app.audit import text_of
from server.cli.failing import FAILED, CommandError
from server.cli.saying import say
from server.db import Store
from server.db.instants import from_micros


def verify(store: Store, head: str | None) -> int:
    """`head`: a hash that was written down earlier; it must still be in the chain."""
    verdict = store.audit.verify()
    if verdict.broken:
        say(f"Broken: {verdict.broken}")
        say(f"Sound up to entry {verdict.entries}, hash {verdict.head.hex()}.")
        return FAILED
    if head is not None and all(entry.hash.hex() != head.lower() for entry in store.audit.entries()):
        raise CommandError(f"No entry has the hash {head}: entries were cut off, or it was written down wrongly.")
    say(f"As written: entries {verdict.entries:,}, sealed facts {verdict.facts:,}.")
    say(f"Write down the head: {verdict.head.hex()}")
    return 0


def export(store: Store) -> int:
    """One line of JSON for each entry."""
    for entry in store.audit.entries():
        try:
            line = text_of(entry, from_micros(entry.at))
        except (TypeError, ValueError):
            raise CommandError(
                f"Entry {entry.number} is no entry that Loket wrote: see `loket-server audit verify`."
            ) from None
        say(line)
    return 0
