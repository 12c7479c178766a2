"""New identities: of visits, legs, announcements, devices and what must not be guessed."""

from __future__ import annotations

import secrets
from typing import Protocol

from shared.vocabulary import AnnouncementId, FollowKey, LegId, VisitId


class Ids(Protocol):
    def visit(self) -> VisitId: ...
    def leg(self) -> LegId: ...
    def follow_key(self) -> FollowKey: ...
    def announcement(self) -> AnnouncementId: ...


class RandomIds:
    """From the system's source of randomness: two servers never make the same one."""

    def visit(self) -> VisitId:
        return VisitId(f"v_{secrets.token_hex(10)}")

    def leg(self) -> LegId:
        return LegId(f"l_{secrets.token_hex(10)}")

    def follow_key(self) -> FollowKey:
        return FollowKey(secrets.token_urlsafe(16))

    def announcement(self) -> AnnouncementId:
        return AnnouncementId(f"a_{secrets.token_hex(8)}")
