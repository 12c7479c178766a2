"""`loket-server forecasts`: how true the minutes were that visitors were told, by day, agency and service."""

from __future__ import annotations

from datetime import datetime, timedelta

from server.app.forecast_scores import tell
from server.bootstrap import catalogues_of
from server.cli.dates import date_of
from server.cli.failing import CommandError
from server.cli.saying import say
from server.db.store import Store
from server.domain.service_day import service_date

MOST_DAYS = 366


def show(store: Store, day: str | None, days: int, now: datetime) -> int:
    if not 1 <= days <= MOST_DAYS:
        raise CommandError(f"--days is from 1 to {MOST_DAYS}.")
    catalogue = catalogues_of(store.catalogues, always=False).read(now)
    last = service_date(now, catalogue.site.time_zone) if day is None else date_of(day)
    first = last - timedelta(days=days - 1)
    scores = store.forecast_scores.between(first, last)
    if not scores:
        span = f"on {last}" if days == 1 else f"from {first} to {last}"
        raise CommandError(f"Nobody who was told a wait {span} has been called: another day with --date.")
    for line in tell(scores, catalogue):
        say(line)
    return 0
