"""New identities: of visits, legs, announcements, devices and what must not be guessed."""

from __future__ import annotations

import os
import time
from base64 import urlsafe_b64encode
from typing import Protocol

from server.domain.booking import new_code
from shared.vocabulary import AnnouncementId, BookingId, FollowKey, LegId, VisitId

DRAWN = 256  # pieces of chance at a time; a look into the system's source for each cost a twelfth of a number
PIECE = 16  # bytes: 128 bits, more than anybody guesses


class Ids(Protocol):
    def visit(self) -> VisitId: ...
    def leg(self) -> LegId: ...
    def follow_key(self) -> FollowKey: ...
    def announcement(self) -> AnnouncementId: ...
    def booking(self) -> BookingId: ...
    def booking_code(self) -> str: ...


class RandomIds:
    """From the system's source of randomness: two servers never make the same one.

    Those of rows begin with the time, so that an index grows at its end: a batch touches one of its pages, not one for
    each row, however many days there are. The clock gives them nothing but that. Nothing tells a follow-up key's age.
    """

    def visit(self) -> VisitId:
        return VisitId(f"v_{_in_time()}")

    def leg(self) -> LegId:
        return LegId(f"l_{_in_time()}")

    def follow_key(self) -> FollowKey:
        return FollowKey(urlsafe_b64encode(_chance()).rstrip(b"=").decode())

    def announcement(self) -> AnnouncementId:
        return AnnouncementId(f"a_{_chance()[:8].hex()}")

    def booking(self) -> BookingId:
        return BookingId(f"b_{_in_time()}")

    def booking_code(self) -> str:
        return new_code()


def _in_time() -> str:
    """Milliseconds and 48 bits of chance, 24 characters."""
    return f"{time.time_ns() // 1_000_000:012x}{_chance()[:6].hex()}"


_drawn: list[bytes] = []


def _chance() -> bytes:
    """A piece that nobody else gets: taking one from the list is one step of the interpreter."""
    while True:
        try:
            return _drawn.pop()
        except IndexError:
            drawn = os.urandom(DRAWN * PIECE)
            _drawn.extend(drawn[at : at + PIECE] for at in range(0, len(drawn), PIECE))


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_drawn.clear)  # or parent and child would give the same ones
