"""Views: what a stream is made of. A view is a table of items by key; a delta says which are now so, which are gone.

Times are UTC. Nothing here names a visitor: law 12.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from shared.protocol.floor_views import (
    BulletinItem,
    FloorAlertItem,
    FloorCounterItem,
    FloorDayItem,
    FloorDeviceItem,
    FloorItem,
    FloorLineItem,
    FloorVisitItem,
)
from shared.protocol.values import Message, Minutes, NextPause, OpenDay, Stop
from shared.vocabulary import (
    CallReason,
    CounterState,
    Language,
    LegState,
    Need,
    PassedReason,
    PauseReason,
    Priority,
    ReceiptStep,
    Role,
    TooLate,
    Words,
)

# --- kiosk: the catalogue to choose from, and how long each line is ---


class AgencyItem(Message, tag="agency"):
    """Key `agency:<id>`. Agencies and services are shown in `order`."""

    id: str
    name: Words
    short_name: str
    order: int


class ServiceItem(Message, tag="service"):
    """Key `service:<id>`. The part of a service that changes with the catalogue only."""

    id: str
    agency: str
    name: Words
    prefix: str
    requirements: tuple[Words, ...]
    fee: Words
    standard_minutes: int
    order: int
    keywords: str = ""
    """Further words that the search finds, in any language, blank between them."""
    bookable: bool = False
    """Whether visitors may come with a booking."""


class LineItem(Message, tag="line"):
    """Key `line:<service>`. The part of a service that changes all day."""

    service: str
    open: bool
    waiting: int
    minutes: Minutes | None
    """None when no counter of the service is open."""
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    quota_left: int | None = None
    too_late: TooLate | None = None
    """Why a number taken now will probably not be called today; None while it will, or nobody can know."""
    too_late_for_priority: bool = False
    """Whether that holds for who has priority, too."""
    ends_at: datetime | None = None
    """When the hours of today end, where it is too late; `closes_at` may be the beginning of a break."""
    next_days: tuple[OpenDay, ...] = ()
    """The next days on which it opens, where today's numbers are used up or too late."""


# --- board:<zone>: who is called, where ---


class ZoneItem(Message, tag="zone"):
    """Key `zone`."""

    id: str
    name: Words
    site: Words
    ticker: tuple[Words, ...]


class CallItem(Message, tag="call"):
    """Key `call:<leg>`. The last calls of the zone, newest first by `order`; `standing` while in hand."""

    leg: str
    ticket: str
    counter: str
    agency: Words
    called_at: datetime
    order: int
    calls: int
    standing: bool
    long_flash: bool = False
    """Someone who may need more time to notice or to walk."""


# --- counters: what a counter program needs before anyone has signed in ---


class CounterItem(Message, tag="counter"):
    """Key `counter:<id>`. `number` is what is said and shown: "3"."""

    id: str
    number: str
    zone: str
    agency: str
    state: CounterState
    officer: str | None


class OfficerItem(Message, tag="officer"):
    """Key `officer:<id>`."""

    id: str
    name: str
    role: Role
    agency: str | None = None


# --- desk:<counter>: an officer's day ---


class DeskItem(Message, tag="desk"):
    """Key `desk`. The counter itself; `waiting` counts the whole line, of which only the first are items."""

    counter: str
    number: str
    zone: Words
    officer: str | None
    officer_name: str
    state: CounterState
    since: datetime
    waiting: int
    served_today: int
    pause_reason: PauseReason | None = None
    paused_until: datetime | None = None
    """When the pause is expected to end."""
    next_pause: NextPause | None = None
    """Announced ahead."""
    helping: int = 0
    """How many wait beyond the work profile whom the counter may help out now."""


class WhyCalled(msgspec.Struct, frozen=True):
    """Why the calling rule, or an officer, called this visitor and nobody else."""

    rule: str
    """`head_start`, `strict_priority`, `first_come`; `by_ticket` when an officer chose."""
    head_start: int = 0
    """Minutes that the visit counts as earlier than it came."""
    helping: int = 0
    """Minutes that helping out costs in the key; 0 for one of the counter's own."""
    passed_over: int = 0
    passed: dict[PassedReason, int] = {}
    """How many were passed over, by reason; only those that are not 0."""
    first: tuple[str, ...] = ()
    """Tickets of the first few who were passed over."""
    booked_for: datetime | None = None
    """The time for which the visitor had booked, and counts from; None for a walk-in."""
    reason: CallReason | None = None
    """Which reason the officer gave; None where the rule chose."""


class HandItem(Message, tag="hand"):
    """Key `hand`. Who is called or being served."""

    visit: str
    leg: str
    ticket: str
    service: str
    state: LegState
    since: datetime
    calls: int
    language: Language
    priority: Priority
    needs: tuple[Need, ...]
    arrived_at: datetime
    note: str = ""
    why: WhyCalled | None = None
    """None for one taken up from aside."""
    recalls_left: int = 0
    recall_from: datetime | None = None
    """From when the call may be announced again; None unless it is called and may be."""
    miss_from: datetime | None = None
    """From when it may be marked missed: until then the visitor may be on the way."""
    stops: tuple[Stop, ...] = ()
    """The whole path, without minutes, when several services are on the number."""
    requirements: tuple[Words, ...] = ()
    """The papers that the service asks for; while it is being served."""
    booked_for: datetime | None = None
    """None for a walk-in."""


class WaitingItem(Message, tag="waiting"):
    """Key `waiting:<leg>`. In calling order by (`effective_at`, `order`)."""

    visit: str
    leg: str
    ticket: str
    service: str
    arrived_at: datetime
    effective_at: datetime
    order: int
    priority: Priority
    needs: tuple[Need, ...]
    blocked: str | None = None
    """Why it cannot be called now (greyed): `elsewhere`, `other_counter`, `needs`; None when it can."""
    also: tuple[str, ...] = ()
    """Further services that the same number still waits for."""
    booked_for: datetime | None = None
    """None for a walk-in."""


class AsideItem(Message, tag="aside"):
    """Key `aside:<leg>`. Parked at this counter, or missed here today: can be resumed or returned."""

    visit: str
    leg: str
    ticket: str
    service: str
    state: LegState
    since: datetime
    note: str = ""


class DeskServiceItem(Message, tag="desk_service"):
    """Key `service:<id>`. A service that a leg can be transferred to; `mine` when this counter serves it."""

    id: str
    agency: str
    agency_name: Words
    name: Words
    prefix: str
    mine: bool
    counters: tuple[str, ...]
    """Numbers of the counters that serve it now."""


class DeliveryItem(Message, tag="delivery"):
    """Key `delivery:<display>`. What a display did with the last announcement of the leg in hand."""

    display: str
    leg: str
    step: ReceiptStep | None
    """None: nothing heard from it yet."""
    after: int = 0
    """Milliseconds from the call to the step."""
    shown_after: int | None = None
    """Milliseconds until it was shown, once it got further than that."""


class AlertItem(Message, tag="alert"):
    """Key `alert:<device>:<kind>`. Something in the hall needs a hand: `paper_out`, `voice`, `lost`, ..."""

    device: str
    name: str
    kind: str
    since: datetime
    ticket: str = ""


# --- visit:<key>: what a visitor's phone follows ---


class VisitItem(Message, tag="visit"):
    """Key `visit`."""

    ticket: str
    service: Words
    agency: Words
    requirements: tuple[Words, ...]
    state: LegState
    language: Language
    issued_at: datetime
    ahead: int
    minutes: Minutes | None
    counter: str | None = None
    zone: Words | None = None
    called_at: datetime | None = None
    calls: int = 0
    put_before: int = 0
    """How many priority visitors who came later were put before this one."""
    put_before_at: datetime | None = None
    """When the last of them came."""
    booked_before: int = 0
    """How many who came later were put before this one for a time that they had booked."""
    booked_before_at: datetime | None = None
    """When the last of them came."""
    called_early: int = 0
    """How many from behind this one an officer called by the number, before their turn."""
    called_early_at: datetime | None = None
    """When the last of them was called, and why."""
    called_early_reason: CallReason | None = None
    may_come_back: bool = False
    """Missed, and the visitor may still come back by themselves."""
    may_give_way: int = 0
    """How many places the visitor may let go by; 0 when not (any more)."""
    stops: tuple[Stop, ...] = ()
    """The path, when several services are on the number; the fields above are of the stop where the visitor is, or
    where the fewest stand before them."""
    invited: bool = False
    """Every stop is done, and the satisfaction survey asks this visitor. Whether it was answered nobody sees here."""
    was_served: bool = False
    """At least one stop was served, so that there is something to rate."""


Item = (
    AgencyItem
    | ServiceItem
    | LineItem
    | ZoneItem
    | CallItem
    | CounterItem
    | OfficerItem
    | DeskItem
    | HandItem
    | WaitingItem
    | AsideItem
    | DeskServiceItem
    | DeliveryItem
    | AlertItem
    | VisitItem
    | FloorItem
    | FloorCounterItem
    | FloorLineItem
    | FloorDeviceItem
    | FloorAlertItem
    | BulletinItem
    | FloorVisitItem
    | FloorDayItem
)
Table = dict[str, Item]
