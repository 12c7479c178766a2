"""History: visits of earlier days, as many as wanted, with their legs, periods and facts. By SQL, in seconds."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta
from pathlib import Path

VISITS_A_DAY = 1_000
DAY = 86_400_000_000  # microseconds
_OFFICE_OPENS = 8 * 3_600_000_000
_BETWEEN_ARRIVALS = 20_000_000  # a visitor each twenty seconds
_WAITED, _CAME, _TOOK = 900_000_000, 30_000_000, 600_000_000


def write_history(database: Path, visits: int) -> None:
    """Into a database that has the schema; its server must not run. All visits were served, before today."""
    connection = sqlite3.connect(database, isolation_level=None)
    try:
        connection.execute("PRAGMA synchronous = OFF")  # if this is cut short, the run is
        connection.execute("PRAGMA cache_size = -200000")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("BEGIN")
        connection.execute(_PAST, {**_numbers(visits)})
        for statement in (_VISITS, _LEGS, _PERIODS, _FACTS):
            connection.execute(statement)
        connection.execute("DROP TABLE temp.past")
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()


def _numbers(visits: int) -> dict[str, int | str]:
    days = -(-visits // VISITS_A_DAY)
    first = date.today() - timedelta(days=days + 1)  # noqa: DTZ011 - any days before today will do
    return {
        "visits": visits,
        "a_day": VISITS_A_DAY,
        "first_day": first.isoformat(),
        "first": (first - date(1970, 1, 1)).days * DAY + _OFFICE_OPENS,
        "day": DAY,
        "between": _BETWEEN_ARRIVALS,
    }


_PAST = """
CREATE TEMP TABLE past AS
WITH RECURSIVE n(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n + 1 < :visits)
SELECT n,
  printf('v_%020x', n) AS visit,
  printf('l_%020x', n) AS leg,
  date(:first_day, '+' || (n / :a_day) || ' days') AS day,
  n % :a_day AS of_day,
  :first + (n / :a_day) * :day + (n % :a_day) * :between AS arrived,
  's' || (n % 25) || '-' || (n % 6) AS service,
  'counter-' || (n % 100 + 1) AS counter,
  'officer-' || (n % 100 + 1) AS officer
FROM n"""
_VISITS = """
INSERT INTO visits
  (id, key, service_date, series, number, language, priority, needs, arrived_at, issued_by, print_state)
SELECT visit, printf('past%018x', n), day, char(65 + of_day % 25), of_day / 25 + 1, 'id', 'regular', '', arrived, NULL,
  'printed' FROM past ORDER BY n"""
_LEGS = f"""
INSERT INTO legs (id, visit, service_date, service, "order", state, since, arrival, effective_at, counter, officer,
  called_at, calls, missed, outcome, note, expected, middle, likely_low, likely_high, sure_low, sure_high,
  first_called_at)
SELECT leg, visit, day, service, of_day + 1, 'served', arrived + {_WAITED + _CAME + _TOOK}, arrived, arrived, counter,
  officer, arrived + {_WAITED}, 1, 0, 'solved', '', 12.0, 12.0, 10, 15, 5, 25, arrived + {_WAITED}
FROM past ORDER BY n"""
_PERIODS = f"""
INSERT INTO periods (service_date, visit, leg, state, service, counter, officer, started_at, ended_at)
SELECT day, visit, leg, state, service, iif(state = 'waiting', NULL, counter), iif(state = 'waiting', NULL, officer),
  arrived + begins, arrived + ends
FROM past, (
  SELECT 'waiting' AS state, 0 AS begins, {_WAITED} AS ends UNION ALL
  SELECT 'called', {_WAITED}, {_WAITED + _CAME} UNION ALL
  SELECT 'serving', {_WAITED + _CAME}, {_WAITED + _CAME + _TOOK})"""
_FACTS = f"""
INSERT INTO facts (service_date, kind, at, device, officer, request, visit, leg, service, counter, why)
SELECT day, kind, arrived + later, 'past', officer, NULL, visit, leg, service, counter, '{{}}'
FROM past, (
  SELECT 'issued' AS kind, 0 AS later UNION ALL SELECT 'called', {_WAITED} UNION ALL
  SELECT 'serving', {_WAITED + _CAME} UNION ALL SELECT 'finished', {_WAITED + _CAME + _TOOK})"""
