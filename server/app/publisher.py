"""The publisher: turns what changed into deltas and announcements for those who follow.

At once: what a batch touched. A little later, and at most five times a second: what only moved because others did (the
minutes of other lines, which counters serve what); and of a batch of many requests how lines stand at kiosks and what
desks see where nobody acted. Phones that only moved are told more rarely still: `lagging`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial

from server.app.announcing import Call, announce
from server.app.floor_streams import FloorStreams, Part
from server.app.hall import Hall
from server.app.hub import Hub
from server.app.identities import Ids
from server.app.kiosk_lines import KioskLines
from server.app.lagging import Lagging
from server.app.lingering import Lingering
from server.app.permissions import Family, split
from server.app.projecting import UnknownStreamError, project
from server.app.recent_calls import RecentCalls
from server.app.sessions import Session
from server.app.touching import Touched, touched
from server.app.views.counters_view import counter_items
from server.app.views.desk_parts import DeskParts
from server.app.views.kiosk_view import lines
from server.domain.changes import Changes
from server.domain.lobby import Lobby
from shared.protocol.codec import encode
from shared.protocol.views import Table
from shared.vocabulary import CounterId, ServiceId

Post = Callable[[], None]
"""One frame into one outbox; carried out by the network's thread, in order."""


class Publisher:
    """Used by the writer's thread alone, after a commit."""

    def __init__(self, hub: Hub, hall: Hall, ids: Ids, lobby: Lobby) -> None:
        self.hub = hub
        self._calls = RecentCalls.of(lobby)
        self._hall = hall
        self._ids = ids
        self._phones = Lagging(hub)
        self._desks = DeskParts()
        self._kiosk = KioskLines()
        self._floor = FloorStreams(hub, hall)
        self._stale: Lingering[str] = Lingering()
        """Desks that see something of what happened elsewhere."""
        self._counts: Lingering[ServiceId] = Lingering()
        """Lines that are longer or shorter than kiosks were told."""

    def after(
        self, changes: Changes, desks: Iterable[CounterId], lobby: Lobby, now: datetime, *, crowded: bool = False
    ) -> list[Post]:
        """What one committed batch means: boards first, each before its announcements, because a whole hall looks at
        them; then desks, kiosks and those phones. `desks` changed though the lobby did not. `crowded`: a batch of many
        requests, after which lines look different a moment later anyway."""
        found = touched(changes, lobby)
        self._hall.left_hand(changes.periods)
        for leg in changes.legs.values():
            self._calls.note(leg)
        calls = list(announce(changes.facts, lobby, self._hall, self._ids, now))
        if found.everything:
            return self.everything(lobby, now) + self._announce(calls)
        boards = [post for zone in sorted(found.zones) for post in self._publish(f"board:{zone}", lobby, now)]
        self._postpone(found)
        streams = list(self._streams(found, desks, lobby, crowded=crowded))
        self._stale.told(streams)
        others = [post for name in streams for post in self._publish(name, lobby, now)]
        others += self._count(lobby, now, at_once=not crowded)
        others += self._parts(found, lobby)
        others += self._patch(self._floor.after(found, lobby, now))
        return boards + self._announce(calls) + others

    def everything(self, lobby: Lobby, now: datetime) -> list[Post]:
        """All streams anew: another day, another catalogue, or a lobby that was read again. Phones follow in slices."""
        self._calls = RecentCalls.of(lobby)
        self._stale.told()
        self._counts.told()
        self._kiosk.told()
        self._floor.lines.told()
        self._phones.everybody_moved()
        screens = [name for name in self.hub.followed() if not name.startswith("visit:")]
        return [post for name in screens for post in self._publish(name, lobby, now)]

    def alerts(self, lobby: Lobby, now: datetime) -> list[Post]:
        """To every desk: whoever is nearest helps. And to the floor."""
        desks = [post for name in self.hub.followed("desk:") for post in self._publish(name, lobby, now)]
        return desks + self.norms(lobby)

    def norms(self, lobby: Lobby) -> list[Post]:
        """To the floor alone."""
        return self._patch(self._floor.alerts(lobby))

    def time_passed(self) -> None:
        """Minutes and opening hours move with the clock."""
        self._kiosk.all_moved()
        self._floor.lines.all_moved()
        self._phones.everybody_moved()

    @property
    def wake(self) -> timedelta | None:
        """When there is something to tell that was postponed; None: nobody is behind."""
        wakes = (self._stale.wake, self._counts.wake, self._kiosk.wake, self._floor.lines.wake, self._phones.wake)
        return min((wake for wake in wakes if wake is not None), default=None)

    def flush(self, lobby: Lobby, now: datetime, *, busy: bool) -> list[Post]:
        """What was postponed and has lingered long enough. `busy`: somebody waits for a reply."""
        posts = [post for name in sorted(self._stale.take(now)) for post in self._publish(name, lobby, now)]
        posts += self._count(lobby, now)
        if self.hub.is_followed("kiosk") and (part := self._kiosk.later(lobby, now)):
            posts += self._deliver(self.hub.patch("kiosk", part))
        posts += self._patch(self._floor.later(lobby, now))
        for name in self._phones.slice(lobby, now, busy=busy):
            posts += self._publish(name, lobby, now)
        return posts

    def bulletins(self, lobby: Lobby, now: datetime) -> list[Post]:
        """Some were given, taken back, or have come to their end: to the boards and the floor."""
        boards = [post for name in self.hub.followed("board:") for post in self._publish(name, lobby, now)]
        return boards + self._patch(self._floor.bulletins(lobby, now))

    def look_for_ended(self, lobby: Lobby, now: datetime) -> list[Post]:
        """Once a second."""
        return self.bulletins(lobby, now) if self._floor.bulletins_ended(lobby, now) else []

    def follow(self, session: Session, stream: str, lobby: Lobby | None, now: datetime) -> Post | None:
        """The snapshot, in one step with the subscription (law 7). None: there is nothing to show now.

        Raises UnknownStreamError."""
        if lobby is not None and not self.hub.is_followed(stream):
            self.hub.publish(stream, *self._view(stream, lobby, now))
        if self.hub.table(stream) is None:
            return None
        return partial(session.outbox.put, self.hub.follow(session, stream))

    def look(self, stream: str, lobby: Lobby | None, now: datetime) -> Table | None:
        """The table as it is, or as it was last told."""
        is_large = stream == "kiosk" or split(stream)[0] is Family.FLOOR
        if lobby is None or (is_large and self.hub.is_followed(stream)):
            return self.hub.table(stream)  # kept up to the second: no forecast is made anew for a reader
        try:
            return project(stream, lobby, self._calls, self._hall, now)
        except UnknownStreamError:
            return None

    def _streams(self, found: Touched, desks: Iterable[CounterId], lobby: Lobby, *, crowded: bool) -> Iterator[str]:
        at_once = found.counters | found.places if crowded else found.desks
        yield from (f"desk:{counter}" for counter in sorted({*at_once, *desks}))
        yield from (f"visit:{lobby.visits[visit].key}" for visit in found.visits if visit in lobby.visits)

    def _announce(self, calls: Iterable[Call]) -> list[Post]:
        heard = ((self.hub.followers(f"board:{call.zone}"), encode(call.announcement)) for call in calls)
        return [post for followers, frame in heard for post in _to(followers, frame)]

    def _parts(self, found: Touched, lobby: Lobby) -> Iterator[Post]:
        if found.counters and self.hub.is_followed("counters"):
            yield from self._deliver(self.hub.patch("counters", counter_items(lobby, found.counters)))

    def _count(self, lobby: Lobby, now: datetime, *, at_once: bool = False) -> list[Post]:
        """How lines stand, with the minutes as they were told."""
        if not (services := self._counts.take(now, at_once=at_once)) or not self.hub.is_followed("kiosk"):
            return []
        return self._deliver(self.hub.patch("kiosk", lines(lobby, services, now, self.hub.table("kiosk") or {})))

    def _postpone(self, found: Touched) -> None:
        self._stale.add(f"desk:{counter}" for counter in found.desks)
        if found.services:
            self._counts.add(found.services)
            self._kiosk.moved(found.services)
            self._phones.moved(found.services)
        if found.counters:
            self._stale.add(self.hub.followed("desk:"))  # which counters serve what now
            self._phones.everybody_moved()

    def _publish(self, stream: str, lobby: Lobby, now: datetime) -> list[Post]:
        if not self.hub.is_followed(stream):
            return []
        try:
            parts = self._view(stream, lobby, now)
        except UnknownStreamError:
            parts = ()  # a counter or a zone that the new catalogue has no more; a visit of yesterday
        return self._deliver(self.hub.publish(stream, *parts))

    def _view(self, stream: str, lobby: Lobby, now: datetime) -> tuple[Table, ...]:
        """What `project` gives, in parts where a hundred streams share some. Raises UnknownStreamError."""
        family, name = split(stream)
        if family is Family.DESK and (counter := lobby.catalogue.counters.get(CounterId(name))) is not None:
            return self._desks.of(lobby, counter, self._hall)
        return (project(stream, lobby, self._calls, self._hall, now),)

    def _patch(self, parts: Iterable[Part]) -> list[Post]:
        return [post for stream, put, gone in parts for post in self._deliver(self.hub.patch(stream, put, gone))]

    def _deliver(self, delta: tuple[list[Session], bytes] | None) -> list[Post]:
        return [] if delta is None else _to(*delta)


def _to(sessions: Iterable[Session], frame: bytes) -> list[Post]:
    return [partial(session.outbox.put, frame) for session in sessions]
