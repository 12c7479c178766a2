"""Reports over years: each beside the raw SQL that computes the same from the rows, on both databases; how soon a page
is there; and the lobby while reports are made."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, text

from server.app.catalogue_file import read_catalogue
from server.app.reports.breakdowns import breakdown
from server.app.reports.making import make
from server.app.reports.naming import Names
from server.app.reports.question import Preset, Question
from server.app.reports.reading import LiveDays, Reading
from server.app.reports.report import Section
from server.app.reports.rolling_up import RollingUp
from server.db.address import parse_address
from server.db.engine import reading_engine
from server.db.store import Store, open_beside
from server.domain.reports.figures import SITE, Kind
from server.domain.reports.spans import Stretch
from server.domain.reports.trust import Trust
from server.domain.service_day import service_date
from server.reporting.desk import ReportDesk
from server.reporting.wire import Drawn, Form, Start, Wanted
from shared.vocabulary import Language
from tests.bench.bench import FEW_KIOSKS, Bench
from tests.bench.figures import Line, median, peer, percentile, skipped
from tests.bench.load import issuing, kiosks, side_by_side
from tests.bench.serving import Server
from tests.bench.site import COUNTERS, Site
from tests.bench.years import a_day_of, roll_up, write_years
from tests.support.databases import NoPostgreSQLError, running_postgresql

GOAL = 50.0  # milliseconds
BUFFERS = "128MB"  # of PostgreSQL: what it has when nobody sets anything
EXACT_ENOUGH = 0.03
"""How far the raw medians may be from ours: 2.5 %, and what rounding to whole seconds adds."""
COUNTED = text("""
SELECT service, count(DISTINCT visit), sum(CASE WHEN state = 'served' THEN 1 ELSE 0 END),
  sum(CASE WHEN state = 'missed' THEN 1 ELSE 0 END), sum(CASE WHEN state = 'transferred' THEN 1 ELSE 0 END),
  sum(CASE WHEN outcome = 'papers_incomplete' THEN 1 ELSE 0 END), count(first_called_at), count(*)
FROM legs WHERE service_date BETWEEN :first AND :last GROUP BY service""")
TOOK = text("""
WITH took AS (
  SELECT service, state, ended_at - started_at AS d,
    row_number() OVER (PARTITION BY service, state ORDER BY ended_at - started_at) AS r,
    count(*) OVER (PARTITION BY service, state) AS n
  FROM periods WHERE service_date BETWEEN :first AND :last)
SELECT service, state, n, max(d), max(CASE WHEN r = (n + 1) / 2 THEN d END),
  max(CASE WHEN r = (9 * n + 9) / 10 THEN d END)
FROM took GROUP BY service, state, n""")


async def on_sqlite(bench: Bench) -> list[Line]:
    return await _over_years(bench, "", "SQLite")


async def on_postgresql(bench: Bench) -> list[Line]:
    with ExitStack() as opened:
        try:
            cluster = opened.enter_context(running_postgresql({"shared_buffers": BUFFERS}))
        except NoPostgreSQLError as error:
            return [skipped("reports on PostgreSQL", str(error))]
        return await _over_years(bench, cluster.url(cluster.new_database()), "PostgreSQL")


async def _over_years(bench: Bench, url: str, database: str) -> list[Line]:
    site = bench.site("years", kiosks=FEW_KIOSKS, counters=len(COUNTERS), waiting=1_000, url=url)
    with open_beside(site.url) as store:
        lines = await asyncio.to_thread(_measure, bench, site, store, database)
    return lines + await _pages(site, database) + await _beside_the_lobby(bench, site, database)


def _measure(bench: Bench, site: Site, store: Store, database: str) -> list[Line]:
    now = datetime.now(UTC)
    newest = store.catalogues.catalogue_versions()[-1]
    catalogue = read_catalogue(newest.text, version=newest.version, today=now.date(), earlier=())
    today = service_date(now, catalogue.site.time_zone)
    east = ZoneInfo(catalogue.site.time_zone).utcoffset(now) or timedelta()
    began = time.perf_counter()
    write_years(site.url, bench.visits_of_history, today, round(east.total_seconds() / 3600))
    took = time.perf_counter() - began
    rolling_up = RollingUp(store.day_records, store.rollups, store.forecast_scores, catalogue, Trust())
    costs = roll_up(store, rolling_up, today, time.process_time)
    names, live = Names(catalogue), LiveDays(rolling_up)
    visits = f"{bench.visits_of_history:,} visits, {database}"

    def by_service(stretch: Stretch) -> Section:
        return breakdown(Kind.SERVICE, Reading(stretch, today, now, live).outlines(Kind.SERVICE), names)

    month, year = _last(30, today), _last(365, today)
    times = bench.choose(15, 5)
    engine = reading_engine(parse_address(site.url))
    with engine.connect() as connection:
        same = _said_alike(by_service(month), _raw(connection, month))
        lines = [
            _within(
                f"report, 30 days by service, {visits}",
                lambda: by_service(month),
                lambda: _raw(connection, month),
                times,
                same,
            ),
            _within(
                f"report, a year by service, {visits}",
                lambda: by_service(year),
                lambda: _raw(connection, year),
                3,
                goal=None,
            ),
        ]
    engine.dispose()
    whole = Question(SITE, Preset.OWN, month)
    lines.append(
        _within(f"report, 30 days, every section, {visits}", lambda: make(whole, now, live), None, times, goal=None)
    )
    each = [cost * 1_000_000 / a_day_of(bench.visits_of_history) for cost in costs]
    told = f"{len(costs)} days, processor time, one process; the past was written in {took:.0f} s"
    lines.append(
        Line(f"report, adding days up: each visit, {database}", median(each), percentile(each, 0.99), "us", note=told)
    )
    return lines


def _last(days: int, today: date) -> Stretch:
    return Stretch(today - timedelta(days=days), today - timedelta(days=1))


def _raw(connection: Connection, stretch: Stretch) -> tuple[Sequence[Any], Sequence[Any]]:
    span = {"first": stretch.first.isoformat(), "last": stretch.last.isoformat()}
    return connection.execute(COUNTED, span).all(), connection.execute(TOOK, span).all()


def _said_alike(ours: Section, theirs: tuple[Sequence[Any], Sequence[Any]]) -> str:
    """Raises ValueError when a report does not say what the rows say: then its speed is worth nothing."""
    keys = [column.key for column in ours.table.columns]
    rows = [dict(zip(keys, row, strict=True)) for row in ours.table.rows]
    counted, took = theirs
    if sorted((row["visits"], row["served"]) for row in rows) != sorted((row[1], row[2]) for row in counted):
        raise ValueError("the report counts other visits than the rows")
    for state, key in (("waiting", "wait_median"), ("serving", "service_median")):
        mine = sorted(float(str(row[key])) for row in rows)
        raw = sorted(row[4] / 1_000_000 for row in took if row[1] == state)
        off = max(abs(one - other) / other for one, other in zip(mine, raw, strict=True))
        if off > EXACT_ENOUGH:
            raise ValueError(f"a median is {off:.1%} off")
    return "the figures are the raw ones"


def _within(
    name: str,
    ours: Callable[[], object],
    theirs: Callable[[], object] | None,
    times: int,
    note: str = "",
    goal: float | None = GOAL,
) -> Line:
    worked = time.process_time()
    mine = _timed(ours, times)
    worked = (time.process_time() - worked) * 1000 / times
    beside = median(_timed(theirs, 3)) if theirs is not None else None
    middle = median(mine)
    told = f"processor: {worked:.0f} ms each, the quickest {min(mine):.0f} ms{'; ' if note else ''}{note}"
    line = Line(name, middle, percentile(mine, 0.99), "ms", note=told)
    if goal is not None:
        line = replace(line, goal=f"<= {goal:g} ms", met=middle <= goal)
    if beside is not None:
        line = replace(line, beside=beside, beside_what="raw SQL, all of it", ratio=middle / beside)
    return line


def _timed(work: Callable[[], object], times: int) -> list[float]:
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return taken


# --- the page, and the lobby beside it ---


async def _pages(site: Site, database: str) -> list[Line]:
    """A page with its charts: the first of a process that was not there, and those after it."""
    first: list[float] = []
    later: list[float] = []
    for _ in range(3):
        desk = _desk(site)
        for taken in (first, later, later):
            began = time.perf_counter()
            await _a_page(desk)
            taken.append((time.perf_counter() - began) * 1000)
        desk.stop()
    return [
        Line(f"report page, 90 days, {database}", median(later), percentile(later, 0.99), "ms"),
        Line(f"report page, 90 days, first of a process, {database}", median(first), percentile(first, 0.99), "ms"),
    ]


async def _beside_the_lobby(bench: Bench, site: Site, database: str) -> list[Line]:
    """Numbers issued one after the other, by turns without a report and while reports are made without end."""
    desk = _desk(site)
    reporting, asked, made = asyncio.Event(), asyncio.Event(), 0

    async def without_end() -> None:
        nonlocal made
        while not asked.is_set():
            await reporting.wait()
            made += await _a_page(desk)

    with Server(site) as server:
        await _a_page(desk)
        alone, beside = [[issuing(kiosk)] for kiosk in await kiosks(server.port, site, 2)]

        reports = asyncio.create_task(without_end())
        measured: list[list[float]] = [[], []]
        for _ in range(bench.slices):
            for at, steps in enumerate((alone, beside)):
                (reporting.clear, reporting.set)[at]()
                (slice_,) = await side_by_side([steps], slices=1, seconds=bench.seconds)
                measured[at] += slice_.latencies
        asked.set()
        reporting.set()
        await reports
    desk.stop()
    line = peer(
        f"issue while reports are made, {database}: socket to reply",
        measured[1],
        measured[0],
        what="ms without",
        at_most=1.5,
        by_p99=True,
    )
    medians = f"medians {median(measured[1]):.1f} and {median(measured[0]):.1f} ms"
    return [replace(line, note=f"{made} reports were made meanwhile; the p99 without is beside it; {medians}")]


def _desk(site: Site) -> ReportDesk:
    return ReportDesk(Start(site.url, 10_000_000, 14_400_000_000, ";"), 60.0)


async def _a_page(desk: ReportDesk) -> int:
    values: dict[str, Any] = {"subject": "", "agency": None, "first": "", "last": "", "language": Language.ENGLISH}
    wanted = Wanted(form=Form.PAGE, preset="last_90_days", now=datetime.now(UTC), **values)
    return int(isinstance(await desk.ask(wanted), Drawn))
