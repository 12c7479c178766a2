"""Seats: which connection acts for which officer. The lobby knows who sits where; this knows through which program.

A connection that is lost loses its seat, and the lobby keeps the officer there with whom they have in hand: the program
signs in again when it is back, and needs no take-over for it.
"""

from __future__ import annotations

from collections.abc import Callable

from server.app.sessions import Seat, Session
from server.domain.lobby import Lobby
from shared.vocabulary import CounterId

Undo = Callable[[], None]


class Seats:
    """Used by the writer's thread alone. Each change gives what puts everything back, should the commit fail."""

    def __init__(self) -> None:
        self._sitting: dict[CounterId, Session] = {}

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
        undo = self._undo(session)
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

    def _undo(self, session: Session) -> Undo:
        sitting, seat = dict(self._sitting), session.seat

        def undo() -> None:
            self._sitting, session.seat = sitting, seat

        return undo


def is_held(seat: Seat, lobby: Lobby) -> bool:
    """Whether the lobby still has the officer at that counter."""
    status = lobby.counters.get(seat.counter)
    return status is not None and status.officer == seat.officer
