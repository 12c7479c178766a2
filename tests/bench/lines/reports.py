"""Reports over years: each beside the raw SQL that computes the same from the rows, and the lobby while one runs."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import text

from server.app.catalogue_file import read_catalogue
from server.app.reports.breakdowns import SHOWN, breakdown
from server.app.reports.making import make
from server.app.reports.naming import Names
from server.app.reports.packing import pack
from server.app.reports.question import Preset, Question
from server.app.reports.reading import LiveDays, Reading
from server.app.reports.rolling_up import RollingUp
from server.db.address import parse_address
from server.db.engine import reading_engine
from server.db.store import Store, open_beside
from server.domain.reports.figures import SITE, Kind
from server.domain.reports.spans import Stretch, days_of_month, month_of
from server.domain.reports.trust import Trust
from server.domain.service_day import service_date
from server.reporting.desk import ReportDesk
from server.reporting.wire import Drawn, Form, Start, Wanted
from shared.vocabulary import Language
from tests.bench.bench import Bench
from tests.bench.figures import Line, median, peer, percentile
from tests.bench.history import VISITS_A_DAY
from tests.bench.load import Measured, closed_loop, issuing, kiosks
from tests.bench.serving import Server
from tests.bench.site import Site

GOAL = 50.0  # milliseconds
ROLLED = 430  # days that are added up before measuring: a year, its months, and what is around them
SCAN = text("""
WITH took AS (
  SELECT service, ended_at - started_at AS d,
    row_number() OVER (PARTITION BY service ORDER BY ended_at - started_at) AS r,
    count(*) OVER (PARTITION BY service) AS n
  FROM periods WHERE service_date BETWEEN :first AND :last AND state = 'serving')
SELECT service, n, max(d), max(CASE WHEN r = (n + 1) / 2 THEN d END), max(CASE WHEN r = (9 * n + 9) / 10 THEN d END)
FROM took GROUP BY service, n""")


async def over_years(bench: Bench) -> list[Line]:
    site = bench.old_hall
    visits = f"{bench.visits_of_history:,} visits"
    with open_beside(site.url) as store:
        lines = await asyncio.to_thread(_measure, bench, site, store, visits)
    return lines + await _beside_the_lobby(bench, site)


def _measure(bench: Bench, site: Site, store: Store, visits: str) -> list[Line]:
    now = datetime.now(UTC)
    newest = store.catalogues.catalogue_versions()[-1]
    catalogue = read_catalogue(newest.text, version=newest.version, today=now.date(), earlier=())
    rolling_up = RollingUp(store.day_records, store.rollups, store.forecast_scores, catalogue, Trust())
    today = service_date(now, catalogue.site.time_zone)
    costs = _add_up(store, rolling_up, today, now)
    names, live = Names(catalogue), LiveDays(rolling_up)
    month = Stretch(today - timedelta(days=30), today - timedelta(days=1))
    year = Stretch(today - timedelta(days=365), today - timedelta(days=1))

    def by_service(stretch: Stretch) -> Callable[[], object]:
        return lambda: breakdown(
            Kind.SERVICE, Reading(stretch, today, now, live).figures(Kind.SERVICE, None, SHOWN), names
        )

    times = bench.choose(15, 5)
    engine = reading_engine(parse_address(site.url))
    with engine.connect() as connection:

        def scan(stretch: Stretch) -> Callable[[], object]:
            span = {"first": stretch.first.isoformat(), "last": stretch.last.isoformat()}
            return lambda: connection.execute(SCAN, span).all()

        lines = [
            _within(f"report, 30 days by service, {visits}", by_service(month), scan(month), times),
            _within(f"report, a year by service, {visits}", by_service(year), scan(year), 3, goal=None),
        ]
    engine.dispose()
    whole = Question(SITE, Preset.OWN, month)
    every = f"report, 30 days, every section, {visits}"
    lines.append(_within(every, lambda: make(whole, now, live), None, times, None))
    each = [cost / VISITS_A_DAY for cost in costs]
    told = f"{len(costs)} days with visits, processor time, one process"
    lines.append(Line("report, adding days up: each visit", median(each), percentile(each, 0.99), "us", note=told))
    return lines


def _add_up(store: Store, rolling_up: RollingUp, today: date, now: datetime) -> list[float]:
    """Microseconds of each day; then the months."""
    costs: list[float] = []
    days = [today - timedelta(days=back) for back in range(ROLLED, 0, -1)]
    for day in days:
        began = time.process_time()
        store.rollups.write(pack(rolling_up.day(day)), now)
        costs.append((time.process_time() - began) * 1_000_000)
    for month in sorted({month_of(day) for day in days}):
        whole = days_of_month(month)
        if days[0] <= whole.first and whole.last < today:
            store.rollups.write(pack(rolling_up.of(month)), now)
    return [cost for cost in costs if cost > 5_000] or costs  # a day without anybody costs nothing


def _within(
    name: str, ours: Callable[[], object], theirs: Callable[[], object] | None, times: int, goal: float | None = GOAL
) -> Line:
    worked = time.process_time()
    mine = _timed(ours, times)
    worked = (time.process_time() - worked) * 1000 / times
    beside = median(_timed(theirs, 3)) if theirs is not None else None
    middle = median(mine)
    line = Line(name, middle, percentile(mine, 0.99), "ms", note=f"processor: {worked:.0f} ms each")
    if goal is not None:
        line = replace(line, goal=f"<= {goal:g} ms", met=middle <= goal)
    if beside is not None:
        line = replace(line, beside=beside, beside_what="raw SQL, one time of three", ratio=middle / beside)
    return line


def _timed(work: Callable[[], object], times: int) -> list[float]:
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return taken


async def _beside_the_lobby(bench: Bench, site: Site) -> list[Line]:
    """Numbers issued one after the other, without a report and while reports are made without end."""
    seconds = bench.seconds * bench.slices
    desk = ReportDesk(Start(site.url, 10_000_000, 14_400_000_000, ";"), 60.0)
    with Server(site) as server:
        steps = [issuing(kiosk) for kiosk in await kiosks(server.port, site, 1)]

        async def measured() -> Measured:
            return await closed_loop(steps, lambda: 0.0, server.processor, slices=1, seconds=seconds)

        await _a_report(desk)
        alone = await measured()
        made, stop = 0, asyncio.Event()

        async def without_end() -> None:
            nonlocal made
            while not stop.is_set():
                made += await _a_report(desk)

        reports = asyncio.create_task(without_end())
        beside = await measured()
        stop.set()
        await reports
    desk.stop()
    line = peer(
        "issue while reports are made: socket to reply",
        beside.latencies,
        alone.latencies,
        what="ms without",
        at_most=1.5,
        by_p99=True,
    )
    return [replace(line, note=f"{made} reports were made meanwhile; the p99 without is beside it")]


async def _a_report(desk: ReportDesk) -> int:
    values: dict[str, Any] = {"subject": "", "agency": None, "first": "", "last": "", "language": Language.ENGLISH}
    wanted = Wanted(form=Form.PAGE, preset="last_90_days", now=datetime.now(UTC), **values)
    return int(isinstance(await desk.ask(wanted), Drawn))
