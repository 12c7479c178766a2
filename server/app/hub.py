"""The hub: who follows which stream, and what they were last told. Deltas go out encoded once (laws 7, 8 and 15)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import zip_longest

from server.app.sessions import Session
from shared.protocol.codec import encode
from shared.protocol.messages import Delta, Snapshot
from shared.protocol.views import Table
from shared.sync import difference

Difference = tuple[Table, tuple[str, ...]]
REMEMBERED = 64  # differences: more than a large hall has work profiles
_NOTHING: Table = {}


@dataclass(slots=True)
class _Published:
    rev: int
    parts: tuple[Table, ...]
    snapshot: bytes | None = None
    """The encoded snapshot of this revision, made when somebody asks."""
    followers: dict[Session, None] = field(default_factory=dict)
    """In the order in which they came."""

    @property
    def table(self) -> Table:
        return (
            self.parts[0] if len(self.parts) == 1 else {key: item for part in self.parts for key, item in part.items()}
        )


class _Differences:
    """The last ones between two tables, told apart by identity: they are kept here, so none of them is another now."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], tuple[Table, Table, Difference]] = {}

    def between(self, old: Table, new: Table) -> Difference:
        known = self._known.get((id(old), id(new)))
        if known is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            known = self._known[id(old), id(new)] = old, new, difference(old, new)
        return known[2]


class Hub:
    """Used by the writer's thread alone. What it returns goes into outboxes in that order."""

    def __init__(self) -> None:
        self._streams: dict[str, _Published] = {}
        self._followed: dict[str, dict[str, None]] = {}
        """Streams that somebody follows, by family: thousands of phones shall not be looked through for two boards."""
        self._differences = _Differences()
        self.follower_count = 0
        """Of all streams; one session may follow several."""

    def followed(self, prefix: str = "") -> list[str]:
        """Streams that somebody follows; `prefix`: of one family, with its colon."""
        if prefix:
            return list(self._followed.get(prefix, ()))
        return [name for names in self._followed.values() for name in names]

    def is_any_followed(self, prefix: str) -> bool:
        return bool(self._followed.get(prefix))

    def is_followed(self, stream: str) -> bool:
        return stream in self._streams and bool(self._streams[stream].followers)

    def followers(self, stream: str) -> list[Session]:
        published = self._streams.get(stream)
        return [] if published is None else list(published.followers)

    def table(self, stream: str) -> Table | None:
        """What was last published; also of streams that nobody follows any more."""
        published = self._streams.get(stream)
        return None if published is None else published.table

    def publish(self, stream: str, *parts: Table) -> tuple[list[Session], bytes] | None:
        """The stream is so now: the delta and who gets it. None when nothing changed.

        A part that is the same object as the last time is not looked into, and one that several streams share is
        compared once; no key is in two of them.
        """
        published = self._streams.get(stream)
        if published is None:
            self._streams[stream] = _Published(1, parts)
            return None
        put, drop = self._between(published.parts, parts)
        published.parts = parts
        return self._changed(published, Delta(stream=stream, rev=published.rev + 1, put=put, drop=drop))

    def _between(self, before: tuple[Table, ...], after: tuple[Table, ...]) -> Difference:
        if len(before) == len(after) == 1:
            return difference(before[0], after[0])  # nobody shares it, so it is not kept
        put: Table = {}
        drop: tuple[str, ...] = ()
        for old, new in zip_longest(before, after, fillvalue=_NOTHING):
            if old is not new:
                more, gone = self._differences.between(old, new)
                put.update(more)
                drop += gone
        return put, drop

    def patch(self, stream: str, part: Table, gone: Iterable[str] = ()) -> tuple[list[Session], bytes] | None:
        """Like publish, for items that are put or gone while all others stay: the cost is that of the part (law 14)."""
        published = self._streams.get(stream)
        if published is None:
            return None
        table = published.table
        put, _ = difference({key: table[key] for key in part if key in table}, part)
        drop = tuple(key for key in gone if key in table)
        kept = table if not drop else {key: item for key, item in table.items() if key not in drop}
        published.parts = (kept | put,)
        return self._changed(published, Delta(stream=stream, rev=published.rev + 1, put=put, drop=drop))

    def _changed(self, published: _Published, delta: Delta) -> tuple[list[Session], bytes] | None:
        if not delta.put and not delta.drop:
            return None
        published.rev, published.snapshot = delta.rev, None
        return (list(published.followers), encode(delta)) if published.followers else None

    def follow(self, session: Session, stream: str) -> bytes:
        """Add a follower and give the snapshot, in one step. The stream must have been published before."""
        published = self._streams[stream]
        self.follower_count += session not in published.followers
        published.followers[session] = None
        session.follows.add(stream)
        self._followed.setdefault(_family(stream), {})[stream] = None
        if published.snapshot is not None:
            return published.snapshot
        snapshot = encode(Snapshot(stream=stream, rev=published.rev, table=published.table))
        if len(published.followers) > 1:  # a phone's is never needed twice
            published.snapshot = snapshot
        return snapshot

    def unfollow(self, session: Session, stream: str) -> None:
        session.follows.discard(stream)
        if (published := self._streams.get(stream)) is None:
            return
        self.follower_count -= session in published.followers
        published.followers.pop(session, None)
        if not published.followers:
            self._followed.get(_family(stream), {}).pop(stream, None)
        # A phone's stream is not followed again soon; the few others keep their last table, which is what
        # those who come while the database is gone are shown.
        if not published.followers and stream.startswith("visit:"):
            del self._streams[stream]

    def leave(self, session: Session) -> None:
        for stream in list(session.follows):
            self.unfollow(session, stream)


def _family(stream: str) -> str:
    name, colon, _ = stream.partition(":")
    return name + colon
