"""`loket-server why TICKET`: what happened to a number, why it was called, and who went before it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from server.app.history import tell
from server.bootstrap import catalogues_of
from server.cli.dates import date_of
from server.cli.failing import CommandError
from server.cli.saying import say
from server.db.store import Store
from server.domain import service_day


def show(store: Store, ticket: str, day: str | None, now: datetime) -> int:
    catalogue = catalogues_of(store.catalogues, always=False).read(now)
    zone = catalogue.site.time_zone
    wanted = service_day.service_date(now, zone) if day is None else date_of(day)
    history = store.histories.of(wanted, ticket.upper(), *service_day.bounds(wanted, zone))
    if history is None:
        raise CommandError(f"Nobody had the number {ticket} on {wanted}: write it as A-042, another day with --date.")
    for line in tell(history, ZoneInfo(zone), {counter.id: counter.number for counter in catalogue.counters.values()}):
        say(line)
    return 0
