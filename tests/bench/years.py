"""Years: a past of varied visits for the reports, on either database, by one INSERT ... SELECT for each table.

The same four weeks come again and again, so that their days are added up once and their roll-ups are copied: what is
copied is what adding up would give. No facts: of days long gone no report reads them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, text

from server.app.reports.packing import pack
from server.app.reports.rolling_up import RollingUp
from server.db.address import parse_address
from server.db.engine import writing_engine
from server.db.store import Store
from server.domain.reports.spans import days_of_month, month_of
from tests.bench.site import AGENCIES, COUNTERS, SERVICES_EACH

WEEKS: Final = 28  # days that come again
BLOCKS: Final = 36  # so often: 1,008 days, three years of a hall that opens every day
DAYS: Final = WEEKS * BLOCKS
DAY: Final = 86_400_000_000  # microseconds
OPENS, OPEN_FOR = 7 * 3_600_000_000, 6 * 3_600_000_000
_HURRY: Final[Mapping[bool, tuple[str, ...]]] = {  # if this is cut short, the run is
    True: tuple(
        f"PRAGMA {one}"
        for one in ("synchronous = OFF", "cache_size = -200000", "temp_store = MEMORY", "foreign_keys = OFF")
    ),
    False: ("SET synchronous_commit = off", "SET session_replication_role = replica"),  # no look at visits for each leg
}
ROLLED: Final = 430  # days that have roll-ups: a year, its months, and what is around them


def a_day_of(visits: int) -> int:
    return -(-visits // DAYS)


def write_years(url: str, visits: int, before: date, hours_east: int) -> None:
    """So many visits at least, the last of them the day before `before`. The schema is there, its server is not."""
    address = parse_address(url)
    engine = writing_engine(address)
    a_day = a_day_of(visits)
    first = before - timedelta(days=DAYS)
    numbers: dict[str, int | str] = {
        "a_day": a_day,
        "rows": a_day * WEEKS,
        "first_day": f"'{first}'",
        "first": (first - date(1970, 1, 1)).days * DAY + OPENS - hours_east * 3_600_000_000,
        "between": OPEN_FOR // a_day,
        "blocks": BLOCKS,
    }
    pooled = engine.raw_connection()
    driver: Any = pooled.driver_connection
    for statement in (*_HURRY[address.is_sqlite], "BEGIN", *_statements(numbers, is_sqlite=address.is_sqlite)):
        driver.execute(statement)
    driver.commit()
    driver.execute("ANALYZE")
    driver.commit()
    pooled.close()
    engine.dispose()


def roll_up(store: Store, rolling_up: RollingUp, today: date, tick: Callable[[], float]) -> list[float]:
    """Adds up the last four weeks, copies them to the year before, and adds up its months. Gives what each day took
    by `tick`."""
    now = datetime.now(UTC)
    costs = []
    for back in range(WEEKS, 0, -1):
        began = tick()
        store.rollups.write(pack(rolling_up.day(today - timedelta(days=back))), now)
        costs.append(tick() - began)
    engine = writing_engine(parse_address(store.url))
    with engine.begin() as connection:
        for back in range(WEEKS + 1, ROLLED + 1):
            alike = today - timedelta(days=(back - 1) % WEEKS + 1)
            _copy(connection, alike.isoformat(), (today - timedelta(days=back)).isoformat())
    engine.dispose()
    oldest = today - timedelta(days=ROLLED)
    for month in sorted({month_of(today - timedelta(days=back)) for back in range(1, ROLLED + 1)}):
        whole = days_of_month(month)
        if oldest <= whole.first and whole.last < today:
            store.rollups.write(pack(rolling_up.of(month)), now)
    return costs


def _copy(connection: Connection, one: str, other: str) -> None:
    for table in ("report_figures", "report_mentions", "report_forecasts", "report_spans"):
        described = connection.exec_driver_sql(f"SELECT * FROM {table} LIMIT 0")
        names = ", ".join(described.keys())
        values = ", ".join(":other" if name == "span" else name for name in described.keys())  # noqa: SIM118
        statement = f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} WHERE span = :one"
        connection.execute(text(statement), {"one": one, "other": other})


def _statements(numbers: Mapping[str, int | str], *, is_sqlite: bool) -> list[str]:
    filled = re.compile(":(" + "|".join(numbers) + r")\b")
    return [filled.sub(lambda found: str(numbers[found[1]]), one) for one in _patterns(is_sqlite=is_sqlite)]


def _patterns(*, is_sqlite: bool) -> tuple[str, ...]:
    if is_sqlite:
        series = "WITH RECURSIVE n(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n + 1 < :{})"
        day = f"date(:first_day, '+' || (block * {WEEKS} + day) || ' days')"
        pattern, blocks = series.format("rows"), series.format("blocks")
        source = "n"
    else:
        pattern = blocks = ""
        source = "generate_series(0, :{} - 1) AS n"
        day = f"to_char(CAST(:first_day AS date) + CAST(block * {WEEKS} + day AS integer), 'YYYY-MM-DD')"
    made = f"""
CREATE TEMP TABLE pattern AS {pattern}
SELECT n AS of_block, n / :a_day AS day, n % :a_day AS of_day,
  's' || ({_chance(1)} % {AGENCIES}) || '-' || ({_chance(2)} % {SERVICES_EACH}) AS service,
  'counter-' || ({_chance(3)} % {len(COUNTERS)} + 1) AS counter,
  :first + (n / :a_day) * {DAY} + CAST(n % :a_day AS bigint) * :between AS arrived,
  60000000 + {_chance(4)} * {_chance(5)} * 40 AS waited,
  8000000 + {_chance(6)} * 6000 AS came,
  30000000 + {_chance(7)} * {_chance(8)} * 15 AS took,
  {_chance(9)} % 100 AS fate
FROM {source.format("rows")}"""
    past = f"""
CREATE TEMP TABLE past AS {blocks}
SELECT n AS block, n * CAST({WEEKS * DAY} AS bigint) AS later FROM {source.format("blocks")}"""
    visit, leg = "'v-' || block || '-' || of_block", "'l-' || block || '-' || of_block"
    everything = "FROM past CROSS JOIN pattern"
    at = "arrived + later"
    return (
        made,
        past,
        f"""
INSERT INTO visits (id, key, service_date, series, number, language, priority, needs, arrived_at, print_state)
SELECT {visit}, 'past-key-' || block || '-' || of_block, {day}, 'A', of_day + 1, 'id', 'regular', '', {at}, 'printed'
{everything}""",
        f"""
INSERT INTO legs (id, visit, service_date, service, "order", state, since, arrival, effective_at, counter, called_at,
  calls, missed, outcome, note, expected, middle, likely_low, likely_high, sure_low, sure_high, first_called_at)
SELECT {leg}, {visit}, {day}, service, of_day + 1, CASE WHEN fate < 8 THEN 'missed' ELSE 'served' END,
  {at} + waited + came + CASE WHEN fate < 8 THEN 0 ELSE took END, {at}, {at}, counter, {at} + waited, 1,
  CASE WHEN fate < 8 THEN 1 ELSE 0 END,
  CASE WHEN fate < 8 THEN NULL WHEN fate < 20 THEN 'papers_incomplete' ELSE 'solved' END, '',
  12.0, 12.0, 10, 15, 5, 25, {at} + waited
{everything}""",
        *(
            f"""
INSERT INTO periods (service_date, visit, leg, state, service, counter, started_at, ended_at)
SELECT {day}, {visit}, {leg}, '{state}', service, {counter}, {at} + {begins}, {at} + {ends}
{everything} WHERE {only}"""
            for state, counter, begins, ends, only in (
                ("waiting", "CAST(NULL AS text)", "0", "waited", "TRUE"),
                ("called", "counter", "waited", "waited + came", "TRUE"),
                ("serving", "counter", "waited + came", "waited + came + took", "fate >= 8"),
            )
        ),
    )


def _chance(of: int) -> str:
    """A number below 10,000 that looks drawn by lot, another for each `of`."""
    factor = (48_271, 69_621, 40_692, 39_373, 16_807, 62_089, 92_717, 43_490, 30_269)[of - 1]
    return f"((CAST(n + {of * 7919} AS bigint) * {factor} % 2147483647) / 7 % 10000)"
