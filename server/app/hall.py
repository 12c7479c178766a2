"""The hall: what is so right now but is no part of the lobby. Who is there, what needs a hand, what displays did.

Nothing here is stored: after a restart the devices come back and say it again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from msgspec import structs

from server.app.sessions import Session
from server.domain.breaches import Breach
from server.domain.daybook import LONG_AGO
from server.domain.visit import Period
from shared.protocol.views import AlertItem, DeliveryItem
from shared.vocabulary import AnnouncementId, CounterId, DeviceId, LegId, OfficerId, ReceiptStep, Role, ZoneId

LOST_AFTER = timedelta(seconds=5)  # a program that restarts is back sooner; staff shall know before visitors tell them
DELIVERIES_KEPT = 256  # announcements whose receipts may still come; a day of them is not needed
HASTE, HASTY = timedelta(minutes=1), 10  # so many numbers asked for at one kiosk in so short a time: somebody plays
HASTE_ALERT = "many_numbers"
FLAPPING = 3  # take-overs of one counter within a minute: two programs fight for it, and nobody can work there
FLAPPING_ALERT = "flapping"
_WATCHED = frozenset({Role.KIOSK, Role.DISPLAY})


@dataclass(frozen=True, slots=True)
class Presence:
    """A device that was connected since the server started."""

    device: DeviceId
    name: str
    role: Role
    zone: ZoneId | None
    connections: int
    gone_at: datetime | None


@dataclass(frozen=True, slots=True)
class LastReceipt:
    """What a display did last with a call."""

    ticket: str
    step: ReceiptStep
    at: datetime


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody has seen an alert."""

    officer: OfficerId | None
    name: str
    at: datetime
    because: str
    since: datetime | None
    """When the alert of a device began: it may have been mended and have come again meanwhile."""


@dataclass(frozen=True, slots=True)
class _Sent:
    counter: CounterId
    leg: LegId
    ticket: str
    zone: ZoneId
    at: datetime


@dataclass(slots=True)
class Hall:
    present: dict[DeviceId, Presence] = field(default_factory=dict)
    alerts: dict[str, AlertItem] = field(default_factory=dict)
    deliveries: dict[CounterId, dict[DeviceId, DeliveryItem]] = field(default_factory=dict)
    receipts: dict[DeviceId, LastReceipt] = field(default_factory=dict)
    expected: dict[DeviceId, Presence] = field(default_factory=dict)
    """Approved devices, connected or not."""
    breaches: dict[str, Breach] = field(default_factory=dict)
    """Norms that are exceeded, by key; found by `norm_watch`."""
    seen: dict[str, Seen] = field(default_factory=dict)
    """Who has seen an alert or a breach."""
    touched: set[DeviceId] = field(default_factory=set)
    """Devices of which something changed since last asked."""
    free_since: dict[CounterId, datetime] = field(default_factory=dict)
    """When a counter's hand was emptied last."""
    watching_since: datetime = LONG_AGO
    """When the server started."""
    _sent: dict[AnnouncementId, _Sent] = field(default_factory=dict)
    _asked: dict[DeviceId, deque[datetime]] = field(default_factory=dict)
    _taken_over: dict[CounterId, deque[tuple[datetime, DeviceId]]] = field(default_factory=dict)

    # --- who is there ---

    def joined(self, session: Session) -> bool:
        """Whether the alerts changed."""
        if session.device is None:
            return False
        self.touched.add(session.device)
        before = self.present.get(session.device)
        count = 1 if before is None else before.connections + 1
        self.present[session.device] = Presence(
            session.device, session.name, session.base, session.zone, count, gone_at=None
        )
        return self.clear(session.device, "lost")

    def left(self, session: Session, now: datetime) -> None:
        before = self.present.get(session.device) if session.device is not None else None
        if before is not None:
            count = max(0, before.connections - 1)
            self.present[before.device] = replace(before, connections=count, gone_at=None if count else now)
            self.touched.add(before.device)

    def forget(self, device: DeviceId) -> bool:
        """The device was revoked: nobody shall look for it. Whether the alerts changed."""
        self.present.pop(device, None)
        self.expected.pop(device, None)
        self.receipts.pop(device, None)
        self.touched.add(device)
        return self.clear(device, *[alert.kind for alert in self.alerts.values() if alert.device == device])

    def expect(self, devices: Iterable[Presence]) -> None:
        """These are approved, and no others."""
        expected = {one.device: one for one in devices}
        self.touched |= {one for one in expected.keys() | self.expected.keys() if one not in self.present}
        self.expected = expected

    def watched(self) -> list[Presence]:
        """Kiosks and displays, those that are gone among them, by name."""
        known = (self.expected | self.present).values()
        return sorted((one for one in known if one.role in _WATCHED), key=lambda one: (one.role, one.name, one.device))

    def known(self, device: DeviceId) -> Presence | None:
        return self.present.get(device) or self.expected.get(device)

    def look_for_lost(self, now: datetime) -> bool:
        """Raise an alert for every kiosk and display that went and did not come back."""
        lost = [
            one
            for one in self.present.values()
            if one.role in _WATCHED and one.gone_at is not None and now - one.gone_at >= LOST_AFTER
        ]
        changed = [self.alert(one.device, one.name, "lost", one.gone_at or now) for one in lost]
        for device, asked in self._asked.items():
            if asked and now - asked[-1] >= HASTE:
                asked.clear()
                changed.append(self.clear(device, HASTE_ALERT))
        for taken in self._taken_over.values():
            if taken and now - taken[-1][0] >= HASTE:
                changed += [self.clear(device, FLAPPING_ALERT) for _, device in taken]
                taken.clear()
        return any(changed)

    def taken_over(self, counter: CounterId, device: DeviceId, name: str, now: datetime) -> bool:
        """Somebody sits where somebody else sat a moment ago. Whether the alerts changed."""
        taken = self._taken_over.setdefault(counter, deque(maxlen=FLAPPING))
        taken.append((now, device))
        is_flapping = len(taken) == FLAPPING and now - taken[0][0] < HASTE
        return is_flapping and self.alert(device, name, FLAPPING_ALERT, now)

    def asked_for_number(self, device: DeviceId, name: str, now: datetime) -> bool:
        """Somebody touched for a number, whatever became of it. Whether the alerts changed."""
        asked = self._asked.setdefault(device, deque(maxlen=HASTY))
        asked.append(now)
        is_hasty = len(asked) == HASTY and now - asked[0] < HASTE
        return is_hasty and self.alert(device, name, HASTE_ALERT, now)

    def left_hand(self, periods: Iterable[Period]) -> None:
        """These periods have ended."""
        for period in periods:
            if period.state.is_in_hand and period.counter is not None:
                self.free_since[period.counter] = period.end

    def displays_of(self, zone: ZoneId) -> list[Presence]:
        return [
            one for one in self.present.values() if one.role is Role.DISPLAY and one.zone == zone and one.connections
        ]

    # --- what needs a hand ---

    def alert(self, device: DeviceId, name: str, kind: str, since: datetime, ticket: str = "") -> bool:
        """Keep an alert; one that stands already keeps its beginning. Whether the alerts changed."""
        key = f"alert:{device}:{kind}"
        before = self.alerts.get(key)
        if before is not None and before.name == name and ticket in ("", before.ticket):
            return False
        item = AlertItem(
            device=device, name=name, kind=kind, since=since if before is None else before.since, ticket=ticket
        )
        if before is not None and not ticket:
            item = structs.replace(item, ticket=before.ticket)
        self.alerts[key] = item
        self.touched.add(device)
        return item != before

    def clear(self, device: DeviceId, *kinds: str) -> bool:
        cleared = [self.alerts.pop(f"alert:{device}:{kind}", None) for kind in kinds]
        self.touched.add(device)
        return any(alert is not None for alert in cleared)

    # --- what displays did with a call ---

    def announced(
        self, announcement: AnnouncementId, counter: CounterId, zone: ZoneId, leg: LegId, ticket: str, now: datetime
    ) -> None:
        self._sent[announcement] = _Sent(counter, leg, ticket, zone, now)
        while len(self._sent) > DELIVERIES_KEPT:
            del self._sent[next(iter(self._sent))]
        self.deliveries[counter] = {
            display.device: DeliveryItem(display=display.name, leg=leg, step=None) for display in self.displays_of(zone)
        }

    def acknowledged(
        self, announcement: AnnouncementId, session: Session, step: ReceiptStep, now: datetime
    ) -> CounterId | None:
        """The counter whose call it was, while that is still its last one. Only displays of the call's zone are heard:
        what another says was neither shown nor spoken where the visitor waits."""
        sent = self._sent.get(announcement)
        if sent is None or session.device is None or session.zone != sent.zone:
            return None
        self.receipts[session.device] = LastReceipt(sent.ticket, step, now)
        self.touched.add(session.device)
        receipts = self.deliveries.get(sent.counter, {})
        if any(receipt.leg != sent.leg for receipt in receipts.values()):
            return None
        after = max(0, round((now - sent.at).total_seconds() * 1000))
        before = receipts.get(session.device)
        shown = None if before is None else _shown_after(before)
        if step is ReceiptStep.SHOWN:
            if before is not None and before.step is not None:
                return None  # it was shown already, or got further
            receipts[session.device] = DeliveryItem(display=session.name, leg=sent.leg, step=step, after=after)
        else:
            receipts[session.device] = DeliveryItem(
                display=session.name, leg=sent.leg, step=step, after=after, shown_after=shown
            )
        self.deliveries[sent.counter] = receipts
        return sent.counter


def _shown_after(receipt: DeliveryItem) -> int | None:
    """When the call was shown, as far as it is known."""
    return receipt.after if receipt.step is ReceiptStep.SHOWN else receipt.shown_after
