"""Other days: what a kiosk offers where today is full, or where a number would probably not be called today. Pure.

The visitor is told why, sees when the agency opens next, and may take a number all the same where there is one.
"""

from __future__ import annotations

from datetime import timedelta

from kiosk import basket
from kiosk.catalogue_view import gives_numbers, is_late
from kiosk.pages import Step, show
from kiosk.screen_values import DayRow, OtherDaysScreen, Surroundings
from kiosk.states import Kiosk, OfferingOtherDays, ReadingService
from kiosk.words import say
from shared import dates
from shared.protocol.values import OpenDay
from shared.protocol.views import LineItem
from shared.vocabulary import Language, Need, Priority, TooLate


def late_line(kiosk: Kiosk, service: str, priority: Priority) -> LineItem | None:
    """Of the services that would be on the number, the line of the first that is probably too late today. Without the
    server nobody can know."""
    if kiosk.alone:
        return None
    lines = (kiosk.catalogue.line(one) for one in basket.wanted(kiosk, service))
    return next((line for line in lines if is_late(line, priority)), None)


def offer(
    kiosk: Kiosk, reading: ReadingService, priority: Priority, needs: tuple[Need, ...], now: float
) -> Step | None:
    """Before a number is taken that comes too late; None where it does not."""
    line = late_line(kiosk, reading.service, priority)
    if line is None:
        return None
    return show(kiosk, OfferingOtherDays(reading, line.service, priority, needs), now), ()


def look(kiosk: Kiosk, reading: ReadingService, now: float) -> Step:
    """Where today's numbers are used up."""
    if not has_none_left(kiosk, reading.service):
        return kiosk, ()
    return show(kiosk, OfferingOtherDays(reading, reading.service, Priority.REGULAR, ()), now), ()


def has_none_left(kiosk: Kiosk, service: str) -> bool:
    line = kiosk.catalogue.line(service)
    return line.open and not gives_numbers(line) and not kiosk.alone


def screen(kiosk: Kiosk, page: OfferingOtherDays, around: Surroundings) -> OtherDaysScreen:
    language, line = kiosk.language, kiosk.catalogue.line(page.service)
    item = kiosk.catalogue.service(page.service)
    takes = gives_numbers(line)
    book_at = _book_at(kiosk, page.service)
    return OtherDaysScreen(
        title=say("otherDaysTitle" if takes else "noneLeftTitle", language),
        service=item.name.in_(language) if item else "",
        why=why_late(line, around, language) if takes else say("noneLeft", language),
        days=tuple(_row(day, around, language) for day in line.next_days),
        take=say("takeAllTheSame", language) if takes else "",
        qr=f"{book_at}/{page.service}?lang={language.value}" if book_at else "",
        book_at=book_at.partition("://")[2],
    )


def _book_at(kiosk: Kiosk, service: str) -> str:
    """Empty where the service cannot be booked, or only inside the hall."""
    item = kiosk.catalogue.service(service)
    return kiosk.site.book_at if item is not None and item.bookable and kiosk.site is not None else ""


def why_late(line: LineItem, around: Surroundings, language: Language) -> str:
    """Empty where it is not, or not any more."""
    if line.too_late is None or line.ends_at is None:
        return ""
    key = "lateClosing" if line.too_late is TooLate.CLOSING else "lateCapacity"
    return say(key, language, time=dates.clock(line.ends_at, around.zone, language))


def _row(day: OpenDay, around: Surroundings, language: Language) -> DayRow:
    local = day.opens_at.astimezone(around.zone).date()
    named = f"{dates.weekday(local, language)}, {dates.day_and_month(local, language)}"
    if local == around.now.astimezone(around.zone).date() + timedelta(days=1):
        named = say("tomorrow", language, day=named)
    opens, closes = (dates.clock(at, around.zone, language) for at in (day.opens_at, day.closes_at))
    return DayRow(named, f"{opens} – {closes}")
