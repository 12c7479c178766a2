"""A turn: what one batch of requests gathers before its one commit. Nothing in it has reached anybody yet (law 1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from server.app.ports import StoredReply
from server.app.sessions import Session
from server.domain.booking import Booking
from shared.protocol.values import Fact
from shared.vocabulary import BookingId, CounterId, ErrorCode, FollowKey, ReceiptStep, RequestId


@dataclass(frozen=True, slots=True)
class Dismissal:
    """A connection that ends, and why."""

    session: Session
    code: ErrorCode
    facts: dict[str, Fact]


@dataclass(slots=True)
class Turn:
    now: datetime
    replies: list[tuple[Session, bytes]] = field(default_factory=list)
    """Encoded once, for the wire and for whoever asks again; in the order of the requests."""
    done_before: Mapping[RequestId, StoredReply] = field(default_factory=dict)
    """Requests of this turn that an earlier one has answered."""
    keys_given: frozenset[FollowKey] = frozenset()
    """Follow-up keys in this turn's tickets from kiosks that visits have, of whatever day."""
    stored: dict[RequestId, StoredReply] = field(default_factory=dict)
    bookings: dict[BookingId, Booking] = field(default_factory=dict)
    """As this turn leaves them; what it does not name is as the database has it."""
    dismissals: list[Dismissal] = field(default_factory=list)
    alerts_changed: bool = False
    desks: set[CounterId] = field(default_factory=set)
    """Counters whose deliveries changed."""
    receipts: list[ReceiptStep] = field(default_factory=list)
    undo: list[Callable[[], None]] = field(default_factory=list)
    """What puts seats back if the commit fails; in reverse order."""
