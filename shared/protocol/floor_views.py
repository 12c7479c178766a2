"""What `floor` and `floor:<agency>` are made of: the hall as a supervisor sees it, or one agency's part of it.

Nothing here names a visitor (law 12). In an agency's stream there is nothing of another agency.
"""

from __future__ import annotations

from datetime import datetime

from shared.protocol.values import Message, Minutes, NextPause
from shared.vocabulary import CounterState, LegState, Need, PauseReason, Priority, ReceiptStep, Role, TooLate, Words


class FloorItem(Message, tag="floor"):
    """Key `floor`. `agency` is None for the whole hall, and `name` then the site's."""

    agency: str | None
    name: Words


class FloorCounterItem(Message, tag="floor_counter"):
    """Key `counter:<id>`. What stands at a counter, and since when."""

    id: str
    number: str
    zone: str
    zone_name: Words
    agency: str
    agency_name: str
    """The short one."""
    state: CounterState
    since: datetime
    officer: str = ""
    pause_reason: PauseReason | None = None
    paused_until: datetime | None = None
    """When the pause is expected to end."""
    next_pause: NextPause | None = None
    """Announced ahead."""
    free_since: datetime | None = None
    """Open, with nobody in hand."""
    hand: LegState | None = None
    """Called or serving; None: nobody."""
    hand_since: datetime | None = None
    """Since the call."""
    ticket: str = ""
    """Empty also for another agency's visitor, in an agency's stream."""
    visit: str = ""
    leg: str = ""
    service: Words | None = None
    served_today: int = 0


class FloorLineItem(Message, tag="floor_line"):
    """Key `line:<service>`."""

    service: str
    agency: str
    agency_name: str
    name: Words
    order: int
    open: bool
    """Takes visitors now."""
    waiting: int
    closed_because: str = ""
    """Why a supervisor closed it for today."""
    waits_since: datetime | None = None
    """Of who waits longest."""
    minutes: Minutes | None = None
    """Of somebody who would come now: when the line as it stands will be done. None: no counter is open."""
    counters: int = 0
    """Open ones that serve it."""
    too_late: TooLate | None = None
    """Why kiosks warn that a number taken now will probably not be called today."""
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    """When its last hours of today end."""


class FloorDeviceItem(Message, tag="floor_device"):
    """Key `device:<id>`. A kiosk or a display; never in an agency's stream."""

    id: str
    name: str
    role: Role
    zone: Words | None
    gone_since: datetime | None = None
    """None while it is connected."""
    faults: tuple[str, ...] = ()
    """The kinds of its alerts: `paper_low`, `cover_open`, `voice`, ..."""
    receipt: ReceiptStep | None = None
    """What a display did last with a call."""
    receipt_at: datetime | None = None
    receipt_ticket: str = ""


class FloorAlertItem(Message, tag="floor_alert"):
    """Key `alert:<key>`. A norm that is exceeded (`norm:<kind>:<subject>`), or what a device or the server reported
    (`<device>:<kind>`)."""

    key: str
    kind: str
    agency: str | None
    since: datetime
    name: str
    """A counter's number, or a device's name."""
    service: Words | None = None
    ticket: str = ""
    norm: int = 0
    """Minutes."""
    seen_by: str = ""
    seen_at: datetime | None = None
    because: str = ""


class BulletinItem(Message, tag="bulletin"):
    """Key `bulletin:<id>`. What was said to the hall and stands in its running text."""

    id: str
    text: Words
    zones: tuple[str, ...]
    """Empty: all of them."""
    until: datetime
    by: str = ""


# --- looked at once, followed by nobody: `case:line:<service>`, `case:counter:<id>`, `case:visit:<id or ticket>`,
# `case:day:<agency>`, for the pages on which a supervisor acts ---


class FloorVisitItem(Message, tag="floor_visit"):
    """Key `leg:<id>`. One stop of a visit, as it stands."""

    visit: str
    leg: str
    ticket: str
    service: str
    service_name: Words
    agency: str
    state: LegState
    since: datetime
    arrived_at: datetime
    priority: Priority
    needs: tuple[Need, ...] = ()
    place: int = 0
    """In its line, from 1; 0 for whoever does not wait."""
    counter: str = ""
    """The number of the counter where it is, was last, or is kept for."""
    kept: bool = False
    """For that counter alone."""


class FloorDayItem(Message, tag="floor_day"):
    """Key `day`. What closing the day now would do."""

    expired: int
    in_hand: int
    services: int
    counters: int
