"""Facts: what happened, once, with who, where, when and why. Append-only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from shared.vocabulary import CounterId, DeviceId, LegId, OfficerId, RequestId, ServiceId, VisitId

Why = Mapping[str, str | int | float | None]
NO_REASON: Why = MappingProxyType({})

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
    REPRIORITISED = "reprioritised"
    """A supervisor corrected the priority, and with it the key."""
    EXPIRED = "expired"
    PRINT_REPORTED = "print_reported"
    COUNTER_OPENED = "counter_opened"
    COUNTER_PAUSED = "counter_paused"
    PAUSE_ANNOUNCED = "pause_announced"
    PAUSE_CALLED_OFF = "pause_called_off"
    COUNTER_CLOSED = "counter_closed"
    SERVICE_CLOSED = "service_closed"
    """By a supervisor, for today."""
    SERVICE_OPENED = "service_opened"
    BULLETIN_GIVEN = "bulletin_given"
    BULLETIN_ENDED = "bulletin_ended"
    """Taken back before its time."""
    DAY_CLOSED = "day_closed"
    """By a supervisor, before its time; what that expired and closed has facts of its own."""
    ALERT_ACKNOWLEDGED = "alert_acknowledged"
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
