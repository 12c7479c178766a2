"""The island: whether the kiosk can go on without the server, and what its lines look like then. Pure."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Mapping
from datetime import datetime, timedelta

from msgspec.structs import replace

from kiosk.memory import Clock, Memory
from shared.protocol.replies import Leased
from shared.protocol.views import Item, LineItem, ServiceItem

CLOCK_TOLERANCE = timedelta(minutes=5)  # a machine's clock is set by less; more is an empty battery or a wrong hand


def can_go_on(memory: Memory, now: datetime) -> bool:
    """Whether numbers are left for today, and `now` can be believed."""
    leased = memory.leased
    if leased is None or not leased.blocks or now >= leased.until:
        return False
    newest = max((given.ticket.arrived_at for given in memory.given.values()), default=None)
    return newest is None or newest - now <= CLOCK_TOLERANCE


def clock_of(clock: Clock | None, machine: datetime) -> datetime | None:
    """The server's clock after a start without it; None when this machine's cannot be believed."""
    if clock is None or clock.machine - machine > CLOCK_TOLERANCE:
        return None
    return clock.server + (machine - clock.machine)


def lines_alone(table: Mapping[str, Item], memory: Memory, now: datetime) -> dict[str, Item]:
    """The last table that the server sent, with the lines as they are without it: open by today's hours while numbers
    are left; how many wait, nobody knows."""
    given = Tally(one.ticket.service for number, one in memory.given.items() if number not in memory.handed_in)
    alone = dict(table)
    for key, item in table.items():
        if isinstance(item, ServiceItem):
            before = table.get(f"line:{item.id}")
            quota = before.quota_left if isinstance(before, LineItem) else None
            left = None if quota is None else max(0, quota - given[item.id])
            if memory.next_number(item.prefix) is None:
                left = 0
            alone[f"line:{item.id}"] = _line(item.id, memory.leased, left, now)
        elif isinstance(item, LineItem) and f"service:{item.service}" not in table:
            del alone[key]
    return alone


def _line(service: str, leased: Leased | None, left: int | None, now: datetime) -> LineItem:
    spans = [] if leased is None else [s for hours in leased.hours if service in hours.services for s in hours.spans]
    line = LineItem(service=service, open=False, waiting=0, minutes=None, quota_left=left)
    for start, end in spans:
        if start <= now < end:
            return replace(line, open=True, closes_at=end)
    return replace(line, opens_at=min((start for start, _ in spans if start > now), default=None))
