"""Staffing: from when to when each counter stood open on a day."""

from __future__ import annotations

from collections.abc import Iterator

from server.domain.reports.day_record import DayRecord


def open_spans(day: DayRecord) -> Iterator[tuple[str, int, int]]:
    """Counter, start, end. A counter that nobody closed was open until now; of a day that is over, until its last
    visitor left."""
    since: dict[str, int] = {}
    for stand in day.stands:
        start = since.pop(stand.counter, None)
        if start is not None:
            yield stand.counter, start, stand.at
        if stand.is_open:
            since[stand.counter] = stand.at
    if not since:
        return
    last: dict[str, int] = {}
    for period in day.periods:
        if period.counter in since:
            last[period.counter] = max(last.get(period.counter, 0), period.end)
    for counter, start in since.items():
        yield counter, start, max(start, last.get(counter, start) if day.now is None else day.now)
