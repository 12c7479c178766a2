"""The hub: who follows which stream, and what they were last told. Deltas go out encoded once (laws 7, 8 and 15)."""

from __future__ import annotations

from dataclasses import dataclass, field

from server.app.sessions import Session
from shared.protocol.codec import encode
from shared.protocol.messages import Snapshot
from shared.protocol.views import Table
from shared.sync import apply, diff


@dataclass(slots=True)
class _Published:
    rev: int
    table: Table
    snapshot: bytes | None = None
    """The encoded snapshot of this revision, made when somebody asks."""
    followers: dict[Session, None] = field(default_factory=dict)
    """In the order in which they came."""


class Hub:
    """Used by the writer's thread alone. What it returns goes into outboxes in that order."""

    def __init__(self) -> None:
        self._streams: dict[str, _Published] = {}
        self.follower_count = 0
        """Of all streams; one session may follow several."""

    def followed(self, prefix: str = "") -> list[str]:
        """Streams that somebody follows."""
        return [name for name, stream in self._streams.items() if stream.followers and name.startswith(prefix)]

    def is_followed(self, stream: str) -> bool:
        return stream in self._streams and bool(self._streams[stream].followers)

    def followers(self, stream: str) -> list[Session]:
        published = self._streams.get(stream)
        return [] if published is None else list(published.followers)

    def table(self, stream: str) -> Table | None:
        """What was last published; also of streams that nobody follows any more."""
        published = self._streams.get(stream)
        return None if published is None else published.table

    def publish(self, stream: str, table: Table) -> tuple[list[Session], bytes] | None:
        """The stream is so now: the delta and who gets it. None when nothing changed."""
        published = self._streams.get(stream)
        if published is None:
            self._streams[stream] = _Published(1, table)
            return None
        delta = diff(stream, published.rev, published.table, table)
        if delta is None:
            return None
        published.rev, published.table, published.snapshot = delta.rev, table, None
        return (list(published.followers), encode(delta)) if published.followers else None

    def patch(self, stream: str, part: Table) -> tuple[list[Session], bytes] | None:
        """Like publish, for items that are put while all others stay: the cost is that of the part (law 14)."""
        published = self._streams.get(stream)
        if published is None:
            return None
        old = {key: published.table[key] for key in part if key in published.table}
        delta = diff(stream, published.rev, old, part)
        if delta is None:
            return None
        published.rev, published.table = apply(published.rev, published.table, delta)
        published.snapshot = None
        return (list(published.followers), encode(delta)) if published.followers else None

    def follow(self, session: Session, stream: str) -> bytes:
        """Add a follower and give the snapshot, in one step. The stream must have been published before."""
        published = self._streams[stream]
        self.follower_count += session not in published.followers
        published.followers[session] = None
        session.follows.add(stream)
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
        # A phone's stream is not followed again soon; the few others keep their last table, which is what
        # those who come while the database is gone are shown.
        if not published.followers and stream.startswith("visit:"):
            del self._streams[stream]

    def leave(self, session: Session) -> None:
        for stream in list(session.follows):
            self.unfollow(session, stream)
