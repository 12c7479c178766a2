"""`loket-server numbers`: how many a day gave out, and why others are nobody's."""

from __future__ import annotations

from datetime import date, datetime

from server.app.numbers import gaps
from server.bootstrap import catalogues_of
from server.cli.dates import date_of
from server.cli.saying import say
from server.db.store import Store
from server.domain.service_day import service_date


def show(store: Store, day: str | None, now: datetime) -> int:
    """2 when a gap has no reason: that would be a fault of ours."""
    numbers = store.numbers.of(date_of(day) if day else _today(store, now))
    say(f"{numbers.service_date}: {sum(map(len, numbers.given.values()))} numbers given")
    unexplained = 0
    for gap in gaps(numbers):
        span = f"{gap.first}" if gap.first == gap.last else f"{gap.first}-{gap.last}"
        say(f"{gap.series} {span}: {gap.reason or 'NOBODY KNOWS WHY'}")
        unexplained += not gap.reason
    return 2 if unexplained else 0


def _today(store: Store, now: datetime) -> date:
    return service_date(now, catalogues_of(store.catalogues, always=False).read(now).site.time_zone)
