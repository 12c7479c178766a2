"""Date and time in words, in the site's zone and both languages; the machine's locale has no say."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from shared import dates
from shared.vocabulary import Language, Words

_ZONES = {7: "WIB", 8: "WITA", 9: "WIT"}  # Indonesia has three, none with summer time


def clock(now: datetime, zone: ZoneInfo) -> str:
    """ "09.41": Indonesian writes a full stop between hours and minutes."""
    return dates.clock(now, zone, Language.INDONESIAN)


def zone_name(now: datetime, zone: ZoneInfo) -> str:
    """WIB, WITA or WIT; empty outside Indonesia."""
    local = now.astimezone(zone)
    offset = local.utcoffset()
    hours = offset.total_seconds() / 3600 if offset is not None else 0.0
    return _ZONES.get(int(hours), "") if hours.is_integer() else ""


def date(now: datetime, zone: ZoneInfo) -> Words:
    return Words(
        id=dates.day(now, zone, Language.INDONESIAN),
        en=dates.day(now, zone, Language.ENGLISH),
    )
