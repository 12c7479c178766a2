"""Resources: what the API shows of a hall, besides the items that screens get.

No name, no phone, no need, no note and no follow-up key is in any of them (law 12). Officers are in the audit log and
on the floor, for those who may read these; what an officer or a supervisor has to know of a visitor is in the items of
their screens.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, dataclass_transform

import msgspec
from msgspec import Meta

from server.domain.called_off import CalledOff
from shared.protocol.floor_views import (
    BulletinItem,
    FloorAlertItem,
    FloorCounterItem,
    FloorDeviceItem,
    FloorLineItem,
    FloorVisitItem,
)
from shared.protocol.values import Fact, Minutes
from shared.protocol.views import (
    AgencyItem,
    AsideItem,
    CallItem,
    DeskItem,
    HandItem,
    LineItem,
    ServiceItem,
    WaitingItem,
    ZoneItem,
)
from shared.vocabulary import (
    BookingState,
    CounterState,
    ErrorCode,
    Language,
    LegState,
    Outcome,
    PrintState,
    Priority,
    Words,
)

MOST_AT_ONCE = 200  # items of one page


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Resource(msgspec.Struct, frozen=True, kw_only=True):
    """The parent of every answer that is not an item of a screen."""


class Site(Resource):
    id: str
    name: Words
    time_zone: str
    """IANA name. Moments are UTC everywhere; service dates are meant in this zone."""
    languages: tuple[Language, ...]
    most_stops: int
    """How many services one number may have."""
    zones: tuple[str, ...]
    now: datetime


class Counter(Resource):
    id: str
    number: str
    """What is said and shown: "3"."""
    zone: str
    agency: str
    state: CounterState


class Agencies(Resource):
    items: tuple[AgencyItem, ...]


class Services(Resource):
    items: tuple[ServiceItem, ...]


class Lines(Resource):
    items: tuple[LineItem, ...]


class Counters(Resource):
    items: tuple[Counter, ...]


class Board(Resource):
    zone: ZoneItem
    calls: tuple[CallItem, ...]
    """Newest first."""


class Desk(Resource):
    """What the officer at a counter sees."""

    desk: DeskItem
    hand: HandItem | None
    waiting: tuple[WaitingItem, ...]
    """In calling order; the first of the line."""
    aside: tuple[AsideItem, ...]


class Floor(Resource):
    """What a supervisor sees; of an agency's key, the agency's part."""

    agency: str | None
    name: Words
    counters: tuple[FloorCounterItem, ...]
    lines: tuple[FloorLineItem, ...]
    devices: tuple[FloorDeviceItem, ...]
    """The hall's own: an agency has none."""
    alerts: tuple[FloorAlertItem, ...]
    bulletins: tuple[BulletinItem, ...]


class FloorLine(Resource):
    line: FloorLineItem
    waiting: tuple[FloorVisitItem, ...]
    """In calling order."""
    beside: tuple[FloorVisitItem, ...]
    """At a counter, put aside, or missed."""


class FreeSlot(Resource):
    """A slot that begins in the future, and how many places are left in it."""

    starts_at: datetime
    ends_at: datetime
    free: int


class Slots(Resource):
    """Every slot that may be booked now, also full ones; empty where a service takes no bookings."""

    service: str
    items: tuple[FreeSlot, ...]


class BookedPlace(Resource):
    """A booking for whoever holds its key; the visitor's name and number are not in it."""

    service: str
    starts_at: datetime
    ends_at: datetime
    state: BookingState
    code: str
    """Typed at a kiosk instead of showing the QR code."""
    visit: str | None
    """Once it was used."""
    called_off: CalledOff | None = None
    """Why the hall has taken an open booking's time back; it may be moved to another slot."""


class LegRecord(Resource):
    """One service of a visit."""

    id: str
    service: str
    state: LegState
    since: datetime
    arrival: datetime
    stop: int
    calls: int
    missed: int
    counter: str | None = None
    called_at: datetime | None = None
    outcome: Outcome | None = None


class VisitRecord(Resource):
    """One person's stay."""

    id: str
    ticket: str
    service_date: date
    language: Language
    priority: Priority
    arrived_at: datetime
    print_state: PrintState
    legs: tuple[LegRecord, ...]


class VisitNow(VisitRecord):
    """With where the visitor stands now, while the visit is open."""

    ahead: int | None = None
    minutes: Minutes | None = None
    """None also when no counter of the service is open."""


class Visits(Resource):
    items: tuple[VisitRecord, ...]
    next: str | None
    """Ask for `after` this to go on; null at the end."""


class Event(Resource):
    """What happened, once. No person can be told from it."""

    sequence: int
    """Grows with every event, and never changes."""
    previous: int
    """The event before it, among those that were asked for: whoever has seen that one has missed none."""
    kind: str
    at: datetime
    service_date: date
    visit: str | None = None
    leg: str | None = None
    service: str | None = None
    agency: str | None = None
    counter: str | None = None
    details: dict[str, Fact] = {}


class Events(Resource):
    items: tuple[Event, ...]
    next: int
    """Ask for `after` this to go on, now or later."""
    complete: bool = True
    """False: some of what came behind `after` is not kept any more."""


class AuditEntry(Resource):
    number: int
    at: datetime
    what: str
    actor: str
    device: str | None
    subject: str
    before: dict[str, Any]
    after: dict[str, Any]
    hash: str
    """SHA-256, hexadecimal."""


class AuditEntries(Resource):
    items: tuple[AuditEntry, ...]
    next: int | None


class ServiceWaiting(Resource):
    """How one service stands for somebody who is not here yet."""

    service: str
    name: Words
    open: bool
    waiting: int
    minutes: Minutes | None
    """Null while no counter serves it."""
    opens_at: datetime | None = None
    closes_at: datetime | None = None


class AgencyWaiting(Resource):
    agency: str
    name: Words
    services: tuple[ServiceWaiting, ...]


class Waiting(Resource):
    """Waiting times of the whole hall; nobody can be told from it."""

    site: Words
    time_zone: str
    as_of: datetime
    """When it was last another."""
    agencies: tuple[AgencyWaiting, ...]


class Problem(Resource):
    """RFC 9457, `application/problem+json`: why something was refused."""

    type: str
    title: str
    status: Annotated[int, Meta(ge=400, le=599)]
    code: ErrorCode
    """Stable; decide by this one."""
    facts: dict[str, Fact] = {}
    detail: str = ""
