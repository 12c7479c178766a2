"""What the floor's page shows: the stream's items, put together by agency. Pure; times become words in the
templates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from server.domain.norms import NormKind
from shared.protocol.floor_views import (
    BulletinItem,
    FloorAlertItem,
    FloorCounterItem,
    FloorDeviceItem,
    FloorLineItem,
)
from shared.protocol.views import Table
from shared.vocabulary import CounterState, Language, LegState

ACTS_AT = {NormKind.WAIT: "line", NormKind.SERVICE: "counter", NormKind.IDLE: "counter"}
"""Where a supervisor goes to do something about a norm."""
_URGENT = ("storage", "disk_full", "database_damaged", "lost", "paper_out", "voice")
NORM = "norm:"


@dataclass(frozen=True, slots=True)
class ShownAlert:
    item: FloorAlertItem
    word: str
    """Of WORDS."""
    link: str
    service: str


@dataclass(frozen=True, slots=True)
class ShownCounter:
    item: FloorCounterItem
    look: str
    """serving, called, open, paused, closed."""
    since: datetime
    over: bool
    """Over a norm."""
    service: str


@dataclass(frozen=True, slots=True)
class ShownLine:
    item: FloorLineItem
    name: str
    over: bool
    done_at: datetime | None
    """When the line as it stands will be done."""
    late: bool
    """That is after closing."""

    @property
    def is_stuck(self) -> bool:
        return bool(self.item.waiting) and not self.item.counters

    @property
    def is_shown(self) -> bool:
        return bool(self.item.waiting or self.item.closed_because)


@dataclass(frozen=True, slots=True)
class Card:
    """An agency: its counters and its lines."""

    agency: str
    name: str
    counters: tuple[ShownCounter, ...]
    lines: tuple[ShownLine, ...]
    """All of them."""

    @property
    def shown_lines(self) -> list[ShownLine]:
        return [line for line in self.lines if line.is_shown]

    @property
    def waiting(self) -> int:
        return sum(line.item.waiting for line in self.lines)

    @property
    def is_quiet(self) -> bool:
        """Nothing happens there."""
        return not self.shown_lines and all(one.look == "closed" for one in self.counters)


@dataclass(frozen=True, slots=True)
class Totals:
    waiting: int
    longest: datetime | None
    serving: int
    open: int
    counters: int
    alerts: int
    """Nobody has seen to yet."""


@dataclass(frozen=True, slots=True)
class Devices:
    shown: tuple[FloorDeviceItem, ...]
    """Those with a fault first."""

    @property
    def there(self) -> int:
        return sum(one.gone_since is None for one in self.shown)


def alerts(table: Table, language: Language, known: Iterable[str]) -> tuple[ShownAlert, ...]:
    """What nobody sees to first; then what presses, then what stands longest. `known`: the words there are."""
    items = [item for item in table.values() if isinstance(item, FloorAlertItem)]
    items.sort(key=lambda one: (bool(one.seen_by), one.kind not in _URGENT, one.since, one.key))
    words = set(known)
    return tuple(
        ShownAlert(
            item,
            f"alert_{item.kind}" if f"alert_{item.kind}" in words else "alert_any",
            _link(item),
            "" if item.service is None else item.service.in_(language),
        )
        for item in items
    )


def cards(table: Table, language: Language, now: datetime) -> dict[str, Card]:
    """By agency, in the order of the stream."""
    over = {item.key for item in table.values() if isinstance(item, FloorAlertItem)}
    counters: dict[str, list[ShownCounter]] = {}
    lines: dict[str, list[ShownLine]] = {}
    names: dict[str, str] = {}
    for item in table.values():
        if isinstance(item, FloorCounterItem):
            names[item.agency] = item.agency_name
            counters.setdefault(item.agency, []).append(_counter(item, over, language))
        elif isinstance(item, FloorLineItem):
            names[item.agency] = item.agency_name
            lines.setdefault(item.agency, []).append(_line(item, over, language, now))
    return {
        agency: Card(
            agency,
            name,
            tuple(sorted(counters.get(agency, ()), key=lambda one: _by_number(one.item.number))),
            tuple(sorted(lines.get(agency, ()), key=lambda one: one.item.order)),
        )
        for agency, name in names.items()
    }


def totals(table: Table) -> Totals:
    counters = [item for item in table.values() if isinstance(item, FloorCounterItem)]
    lines = [item for item in table.values() if isinstance(item, FloorLineItem)]
    return Totals(
        waiting=sum(item.waiting for item in lines),
        longest=min((item.waits_since for item in lines if item.waits_since is not None), default=None),
        serving=sum(item.hand is not None for item in counters),
        open=sum(item.state is CounterState.OPEN for item in counters),
        counters=len(counters),
        alerts=sum(isinstance(item, FloorAlertItem) and not item.seen_by for item in table.values()),
    )


def devices(table: Table) -> Devices:
    items = [item for item in table.values() if isinstance(item, FloorDeviceItem)]
    items.sort(key=lambda one: (one.gone_since is None and not one.faults, one.role, one.name, one.id))
    return Devices(tuple(items))


def bulletins(table: Table) -> tuple[BulletinItem, ...]:
    return tuple(item for item in table.values() if isinstance(item, BulletinItem))


def _link(item: FloorAlertItem) -> str:
    if not item.key.startswith(NORM) or item.kind not in ACTS_AT:
        return ""
    subject = item.key.removeprefix(f"{NORM}{item.kind}:")
    return f"/floor/{ACTS_AT[NormKind(item.kind)]}/{subject}"


def _counter(item: FloorCounterItem, over: set[str], language: Language) -> ShownCounter:
    if item.hand is not None:
        look, since = ("called" if item.hand is LegState.CALLED else "serving"), item.hand_since
    else:
        look, since = item.state.value, item.free_since
    is_over = any(f"{NORM}{kind}:{item.id}" in over for kind in (NormKind.SERVICE, NormKind.IDLE))
    return ShownCounter(
        item, look, since or item.since, is_over, "" if item.service is None else item.service.in_(language)
    )


def _line(item: FloorLineItem, over: set[str], language: Language, now: datetime) -> ShownLine:
    done_at = None
    if item.waiting and item.minutes is not None:
        done_at = (now + timedelta(minutes=(item.minutes.low + item.minutes.high) / 2)).replace(second=0, microsecond=0)
    late = done_at is not None and item.closes_at is not None and done_at > item.closes_at
    is_over = f"{NORM}{NormKind.WAIT}:{item.service}" in over
    return ShownLine(item, item.name.in_(language), is_over, done_at, late)


def _by_number(number: str) -> tuple[int, str]:
    digits = "".join(one for one in number if one.isdigit())
    return int(digits or "0"), number
