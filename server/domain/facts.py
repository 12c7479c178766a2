"""Facts: what happened, once, with who, where, when and why. Append-only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from shared.vocabulary import CounterId, DeviceId, LegId, OfficerId, RequestId, ServiceId, VisitId

Why = Mapping[str, str | int | float | None]

MISSING = "missing"  # in why somebody was finished: the lines of papers that were missing, one a line


class FactKind(StrEnum):
    ISSUED = "issued"
    CALLED = "called"
    RECALLED = "recalled"
    SERVING = "serving"
    FINISHED = "finished"
    PARKED = "parked"
    RESUMED = "resumed"
    TRANSFERRED = "transferred"
    MISSED = "missed"
    RETURNED = "returned"
    GAVE_WAY = "gave_way"
    STOP_ADDED = "stop_added"
    """A further service on the same number: chosen with it, or added by an officer."""
    STOP_DUE = "stop_due"
    """What stood before it on the path is done."""
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    PRINT_REPORTED = "print_reported"
    COUNTER_OPENED = "counter_opened"
    COUNTER_PAUSED = "counter_paused"
    COUNTER_CLOSED = "counter_closed"
    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    CATALOGUE_PUBLISHED = "catalogue_published"
    LEASED = "leased"
    LEASE_ENDED = "lease_ended"
    MERGED = "merged"
    """A number that a kiosk gave without the server has joined its line; the other birth of a visit."""
    MERGE_REFUSED = "merge_refused"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asked: the device always, the officer when one is signed in; `request` ties the fact to its request."""

    device: DeviceId | None = None
    officer: OfficerId | None = None
    request: RequestId | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    kind: FactKind
    at: datetime
    actor: Actor
    visit: VisitId | None = None
    leg: LegId | None = None
    service: ServiceId | None = None
    counter: CounterId | None = None
    why: Why = field(default_factory=lambda: MappingProxyType({}))
    """Reasons and details by name: the rule and its key for a call, the outcome, the reason given."""
