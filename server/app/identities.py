"""New identities: of visits, legs, announcements, devices and what must not be guessed."""

from __future__ import annotations

import secrets
import time
from typing import Protocol

from server.domain.booking import new_code
from shared.vocabulary import AnnouncementId, BookingId, FollowKey, LegId, VisitId


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
        return FollowKey(secrets.token_urlsafe(16))

    def announcement(self) -> AnnouncementId:
        return AnnouncementId(f"a_{secrets.token_hex(8)}")

    def booking(self) -> BookingId:
        return BookingId(f"b_{_in_time()}")

    def booking_code(self) -> str:
        return new_code()


def _in_time() -> str:
    """Milliseconds and 48 bits of chance, 24 characters."""
    return f"{time.time_ns() // 1_000_000:012x}{secrets.token_hex(6)}"
