"""Days: the lobby of today from the store, and the end of every earlier one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from server.app.ports import LobbyStore, StorageError, StoredLobby
from server.domain.calling import CallingRule
from server.domain.catalogue import Catalogue
from server.domain.facts import Actor
from server.domain.issuing import CLOCK_TOLERANCE
from server.domain.lobby import Lobby
from server.domain.outlook import NO_LESSONS, Lessons
from server.domain.service_day import service_date

log = structlog.get_logger()

NOBODY = Actor()  # the server itself
REPLIES_KEPT = timedelta(hours=48)  # a program that was switched off over a night may still repeat its last request


class ClockBehindError(Exception):
    """The clock is far behind what was written down: one sentence for the administrator."""


class TrustingLobbies:
    """A `LobbyStore` for a clock that somebody vouches for: what bears a later moment was written by a wrong one."""

    def __init__(self, real: LobbyStore, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self.read_lobby = real.read_lobby
        self.lessons = real.lessons
        self.open_dates_before = real.open_dates_before
        self.replies_to = real.replies_to
        self.keys_given = real.keys_given
        self.forget_replies = real.forget_replies
        self.commit = real.commit
        self._newest = real.newest_instant

    def newest_instant(self) -> datetime | None:
        newest = self._newest()
        return None if newest is None else min(newest, self._clock())


def open_day(store: LobbyStore, catalogue: Catalogue, now: datetime) -> Lobby:
    """Read today's lobby, tidied up before. Raises StorageError.

    A full disk can be read, so it does not keep the boards dark: tidying up waits for better times."""
    try:
        tidy_up(store, catalogue, now)
    except StorageError as error:
        log.warning("not_tidied_up", error=str(error))
    today = service_date(now, catalogue.site.time_zone)
    return restored(store.read_lobby(today), catalogue, newest=store.newest_instant(), lessons=store.lessons(today))


def tidy_up(store: LobbyStore, catalogue: Catalogue, now: datetime) -> None:
    """Close what was left open on earlier days, and forget old replies. Raises StorageError."""
    today = service_date(now, catalogue.site.time_zone)
    for earlier in store.open_dates_before(today):
        close_day(store, restored(store.read_lobby(earlier), catalogue), now)
    store.forget_replies(now - REPLIES_KEPT)


def close_day(store: LobbyStore, lobby: Lobby, now: datetime) -> None:
    """What is open expires; it was never served. Raises StorageError."""
    lobby.expire_open_legs(now, NOBODY)
    lobby.end_leases(now, NOBODY)
    changes = lobby.take_changes()
    if changes:
        store.commit(lobby.service_date, changes, ())


def is_over(lobby: Lobby, now: datetime) -> bool:
    """Whether another day has begun. A clock that was put back begins no day."""
    return service_date(now, lobby.catalogue.site.time_zone) > lobby.service_date


def refuse_clock_behind(store: LobbyStore, now: datetime) -> None:
    """Raises ClockBehindError, StorageError."""
    newest = store.newest_instant()
    if newest is not None and newest - now > CLOCK_TOLERANCE:
        raise ClockBehindError(
            f"This machine's clock says {now:%Y-%m-%d %H:%M} UTC, but the newest entry in the database is of "
            f"{newest:%Y-%m-%d %H:%M} UTC: set the clock right, then start again. If it "
            "is right now and was wrong then, start once with `trust_clock = true`."
        )


def restored(
    stored: StoredLobby,
    catalogue: Catalogue,
    *,
    rule: CallingRule | None = None,
    newest: datetime | None = None,
    lessons: Lessons = NO_LESSONS,
) -> Lobby:
    """The lobby as it was when these rows were written."""
    return Lobby.restore(
        catalogue,
        stored.service_date,
        stored.visits,
        stored.counters,
        stored.sequences,
        rule,
        newest,
        stored.leases,
        stored.reasons,
        lessons,
        stored.closures,
        stored.bulletins,
        stored.early_calls,
    )
