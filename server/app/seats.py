"""Seats: which connection acts for which officer. The lobby knows who sits where; this knows through which program."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from server.app.sessions import Seat, Session
from server.domain.lobby import Lobby
from shared.vocabulary import CounterId, DeviceId

KEPT_FOR = timedelta(
    minutes=2
)  # a cable, a restart of the program or of the server; longer, and the PIN is asked again

Undo = Callable[[], None]


class Seats:
    """Used by the writer's thread alone."""

    def __init__(self) -> None:
        self._sitting: dict[CounterId, Session] = {}
        self._kept: dict[DeviceId, tuple[Seat, datetime]] = {}

    def at(self, counter: CounterId) -> Session | None:
        return self._sitting.get(counter)

    def others(self, session: Session, seat: Seat) -> list[Session]:
        """Who must go when the session takes the seat: at that counter, or the same officer anywhere else."""
        return [
            other
            for other in self._sitting.values()
            if other is not session
            and other.seat is not None
            and (other.seat.counter == seat.counter or other.seat.officer == seat.officer)
        ]

    def take(self, session: Session, seat: Seat) -> Undo:
        """What is returned puts everything back."""
        undo = self._undo(session)
        self._kept = {
            device: (kept, until)
            for device, (kept, until) in self._kept.items()
            if kept.counter != seat.counter and kept.officer != seat.officer
        }
        self.stand_up(session)
        self._sitting[seat.counter] = session
        session.seat = seat
        return undo

    def stand_up(self, session: Session) -> Undo:
        undo = self._undo(session)
        if session.seat is not None and self._sitting.get(session.seat.counter) is session:
            del self._sitting[session.seat.counter]
        session.seat = None
        return undo

    def keep(self, session: Session, now: datetime) -> None:
        """The connection is gone, the officer is not: the same device gets the seat back for a while."""
        seat = session.seat
        if seat is not None and session.device is not None and self._sitting.get(seat.counter) is session:
            self.stand_up(session)
            self._kept[session.device] = (seat, now + KEPT_FOR)

    def keep_for(self, device: DeviceId, seat: Seat, now: datetime) -> None:
        """As the lobby says after a restart of the server."""
        self._kept[device] = (seat, now + KEPT_FOR)

    def give_back(self, session: Session, lobby: Lobby, now: datetime) -> None:
        """The seat that was kept for this device, if its officer sits there still."""
        if session.device is None or (found := self._kept.pop(session.device, None)) is None:
            return
        seat, until = found
        if now < until and is_held(seat, lobby) and seat.counter not in self._sitting:
            self.take(session, seat)

    def _undo(self, session: Session) -> Undo:
        sitting, kept, seat = dict(self._sitting), dict(self._kept), session.seat

        def undo() -> None:
            self._sitting, self._kept, session.seat = sitting, kept, seat

        return undo


def is_held(seat: Seat, lobby: Lobby) -> bool:
    """Whether the lobby still has the officer at that counter."""
    status = lobby.counters.get(seat.counter)
    return status is not None and status.officer == seat.officer
