"""`loket-server reports rebuild`: add the days up anew of which the reports are made, also while serving."""

from __future__ import annotations

from datetime import date, datetime

from server.app.reports.packing import pack
from server.app.reports.rolling_up import RollingUp
from server.bootstrap import catalogues_of
from server.cli.dates import date_of
from server.cli.failing import CommandError
from server.cli.saying import say
from server.db.store import Store
from server.domain.reports.spans import DAY, Stretch, days_of_month, month_of
from server.domain.service_day import service_date
from server.settings import ServerSettings, trust_of

AT_ONCE = 30  # days of which the figures are in memory


def rebuild(store: Store, settings: ServerSettings, first: str | None, last: str | None, now: datetime) -> int:
    """All that is due; with dates also what stands. Days whose rows were erased keep their figures."""
    catalogue = catalogues_of(store.catalogues, always=False).read(now)
    today = service_date(now, catalogue.site.time_zone)
    rolling_up = RollingUp(store.day_records, store.rollups, store.forecast_scores, catalogue, trust_of(settings))
    made = _again(store, rolling_up, _stretch(rolling_up, first, last, today), now) if first or last else 0
    while rolled := rolling_up.next(today, AT_ONCE):
        for one in rolled:
            store.rollups.write(pack(one), now)
        made += len(rolled)
        say(f"{rolled[0].span} to {rolled[-1].span}")
    say(f"{made} days and months added up.")
    return 0


def _again(store: Store, rolling_up: RollingUp, stretch: Stretch, now: datetime) -> int:
    kept = store.day_records.sizes(list(stretch))
    days = [day for day in stretch if kept[day][0]]
    for day in days:
        store.rollups.write(pack(rolling_up.day(day)), now)
    for month in sorted({month_of(day) for day in days}):
        if days_of_month(month).last <= stretch.last:
            store.rollups.write(pack(rolling_up.of(month)), now)
    return len(days)


def _stretch(rolling_up: RollingUp, first: str | None, last: str | None, today: date) -> Stretch:
    oldest = rolling_up.first_day(rolling_up.rollups.states()) or today
    stretch = Stretch(
        max(date_of(first), oldest) if first else oldest, min(date_of(last), today - DAY) if last else today - DAY
    )
    if stretch.days < 1:
        raise CommandError("There is no day that is over between these dates.")
    return stretch
