"""Keep a table in step: `apply(diff(old, new))` on `old` gives `new`. Two halves of one law."""

from __future__ import annotations

from collections.abc import Mapping

from shared.protocol.messages import Delta, Snapshot
from shared.protocol.views import Item, Table


class GapError(Exception):
    """A delta that does not follow the revision in hand: ask for a snapshot."""


def diff(stream: str, rev: int, old: Mapping[str, Item], new: Mapping[str, Item]) -> Delta | None:
    """What turns `old` (at `rev`) into `new`; None when nothing changed, so that no revision is spent."""
    put, drop = difference(old, new)
    if not put and not drop:
        return None
    return Delta(stream=stream, rev=rev + 1, put=put, drop=drop)


def difference(old: Mapping[str, Item], new: Mapping[str, Item]) -> tuple[Table, tuple[str, ...]]:
    """Which items are now so, and which are gone."""
    put = {key: item for key, item in new.items() if (was := old.get(key)) is not item and was != item}
    return put, tuple(key for key in old if key not in new)


def apply(rev: int, table: Mapping[str, Item], delta: Delta) -> tuple[int, Table]:
    """The table after the delta. Raises GapError unless the delta is the next one."""
    if delta.rev != rev + 1:
        raise GapError(f"{delta.stream}: have {rev}, got {delta.rev}")
    changed = dict(table)
    for key in delta.drop:
        changed.pop(key, None)
    changed.update(delta.put)
    return delta.rev, changed


def opened(snapshot: Snapshot) -> tuple[int, Table]:
    return snapshot.rev, dict(snapshot.table)
