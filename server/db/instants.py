"""Instants in the database: whole microseconds since 1970-01-01 UTC, in 64-bit integers.

Why not a timestamp type: SQLite has none and would keep text; PostgreSQL's is exact, but its driver hands it back in
the session's time zone. An integer is exact on both (law 8 compares to the microsecond), sorts and subtracts without a
function, costs no parsing, and a database opened by hand shows it with `datetime(at / 1000000, 'unixepoch')`.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import overload

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@overload
def to_micros(at: datetime) -> int: ...
@overload
def to_micros(at: datetime | None) -> int | None: ...
def to_micros(at: datetime | None) -> int | None:
    """A naive datetime raises TypeError: nobody may guess its zone."""
    if at is None:
        return None
    since = at - _EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds  # not total_seconds(): a float


@overload
def from_micros(micros: int) -> datetime: ...
@overload
def from_micros(micros: int | None) -> datetime | None: ...
def from_micros(micros: int | None) -> datetime | None:
    return None if micros is None else _EPOCH + timedelta(microseconds=micros)
