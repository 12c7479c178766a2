"""Date and time in words, in the site's zone and both languages; the machine's locale has no say."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from shared.vocabulary import Words

_DAYS = (
    Words("Senin", "Monday"),
    Words("Selasa", "Tuesday"),
    Words("Rabu", "Wednesday"),
    Words("Kamis", "Thursday"),
    Words("Jumat", "Friday"),
    Words("Sabtu", "Saturday"),
    Words("Minggu", "Sunday"),
)
_MONTHS = (
    Words("Januari", "January"),
    Words("Februari", "February"),
    Words("Maret", "March"),
    Words("April", "April"),
    Words("Mei", "May"),
    Words("Juni", "June"),
    Words("Juli", "July"),
    Words("Agustus", "August"),
    Words("September", "September"),
    Words("Oktober", "October"),
    Words("November", "November"),
    Words("Desember", "December"),
)
_ZONES = {7: "WIB", 8: "WITA", 9: "WIT"}  # Indonesia has three, none with summer time


def clock(now: datetime, zone: ZoneInfo) -> str:
    """ "09.41": Indonesian writes a full stop between hours and minutes."""
    return f"{now.astimezone(zone):%H.%M}"


def zone_name(now: datetime, zone: ZoneInfo) -> str:
    """WIB, WITA or WIT; empty outside Indonesia."""
    local = now.astimezone(zone)
    offset = local.utcoffset()
    hours = offset.total_seconds() / 3600 if offset is not None else 0.0
    return _ZONES.get(int(hours), "") if hours.is_integer() else ""


def date(now: datetime, zone: ZoneInfo) -> Words:
    local = now.astimezone(zone)
    day, month = _DAYS[local.weekday()], _MONTHS[local.month - 1]
    return Words(
        id=f"{day.id}, {local.day} {month.id} {local.year}",
        en=f"{day.en}, {local.day} {month.en} {local.year}",
    )
