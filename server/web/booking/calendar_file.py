"""The calendar file of a booking (RFC 5545): one event with two reminders, which a change replaces. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from server.domain.booking import Booking

REMIND_BEFORE = (timedelta(days=1), timedelta(hours=1))


def calendar_file(booking: Booking, *, site: str, summary: str, about: str, where: str, url: str) -> bytes:
    """The same booking keeps its identity, so a calendar that knew it moves the event."""
    from icalendar import Alarm, Calendar, Event  # 3 MB, for a file that few ask for

    event = Event()
    event.add("uid", f"{booking.id}@loket")
    event.add("sequence", _version(booking.changed_at))
    event.add("dtstamp", booking.changed_at)
    event.add("dtstart", booking.starts_at)
    event.add("dtend", booking.ends_at)
    event.add("summary", summary)
    event.add("description", about)
    event.add("location", where)
    event.add("url", url)
    event.add("class", "PRIVATE")
    for before in REMIND_BEFORE:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", summary)
        alarm.add("trigger", -before)
        event.add_component(alarm)
    calendar = Calendar()
    calendar.add("prodid", "-//Loket//booking//")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", site)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _version(changed_at: datetime) -> int:
    """Grows with every change, and fits the 31 bits that calendars keep."""
    return int(changed_at.timestamp()) % 2**31
