"""Times and numbers as people read them; Indonesian writes 10.42 and 0,4."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from shared import dates
from shared.vocabulary import Language


def clock(at: datetime, zone: str, language: Language) -> str:
    """The time of day in the zone of this name."""
    return dates.clock(at, ZoneInfo(zone), language)


def day(at: datetime, zone: str, language: Language) -> str:
    return dates.day(at, ZoneInfo(zone), language)


def elapsed(since: datetime, now: datetime) -> str:
    """A running timer: "02:15", from an hour on "1:02:15"; never negative, clocks of two machines differ."""
    seconds = max(0, int((now - since).total_seconds()))
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes:02d}:{seconds:02d}"


def minutes(since: datetime, now: datetime) -> int:
    """Whole minutes gone by."""
    return max(0, int((now - since).total_seconds() // 60))


def seconds(milliseconds: int, language: Language) -> str:
    """ "0,4" for 430 ms."""
    text = f"{milliseconds / 1000:.1f}"
    return text if language is Language.ENGLISH else text.replace(".", ",")
