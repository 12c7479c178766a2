"""Values as people read them: times of the site's clock, days, counts, ranges of minutes."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from kiosk.words import say
from shared import dates
from shared.protocol.values import Minutes
from shared.protocol.views import LineItem
from shared.vocabulary import Language

NEAR = timedelta(days=6)  # within it, the name of the day is enough


def opens(at: datetime | None, now: datetime, zone: ZoneInfo, language: Language) -> str:
    """When something that is closed opens: today by the hour, soon by the day, later by the date."""
    if at is None:
        return say("closed", language)
    local, today = at.astimezone(zone), now.astimezone(zone)
    time = dates.clock(at, zone, language)
    if local.date() == today.date():
        return say("opensToday", language, time=time)
    if local.date() == today.date() + timedelta(days=1):
        return say("opensTomorrow", language, time=time)
    name = dates.weekday(local, language)
    if local.date() > today.date() + NEAR:
        name = f"{name}, {dates.day_and_month(local, language)}"
    return say("opensOn", language, day=name, time=time)


def people(count: int, language: Language) -> str:
    if count == 0:
        return say("nobody", language)
    return say("onePerson", language) if count == 1 else say("people", language, count=count)


def waiting(count: int, language: Language) -> str:
    return say("waiting", language, count=count) if count else say("nobodyWaiting", language)


def minutes(range_: Minutes | None, language: Language) -> str:
    if range_ is None:
        return say("unknownWait", language)
    if range_.low == range_.high:
        return say("aboutMinutes", language, count=range_.low) if range_.low else say("lessThan", language, count=1)
    if range_.low == 0:
        return say("lessThan", language, count=range_.high)
    return say("minutes", language, low=range_.low, high=range_.high)


def rarely_over(range_: Minutes | None, language: Language) -> str:
    """Beneath the range, which half of all waits leave: what hardly any does. Empty where it would say nothing new."""
    if range_ is None or range_.at_most is None or range_.at_most <= range_.high:
        return ""
    return say("rarelyOver", language, count=range_.at_most)


def line_alone(item: LineItem, now: datetime, zone: ZoneInfo, language: Language) -> str:
    """As `line`, while nobody knows who waits."""
    if not item.open:
        return opens(item.opens_at, now, zone, language)
    return say("noNumbersHere" if item.quota_left == 0 else "numbersHere", language)


def line(item: LineItem, now: datetime, zone: ZoneInfo, language: Language) -> str:
    """One row's news: why it is closed, or who waits and how long."""
    if item.open and item.quota_left == 0:
        return say("quotaReached", language)
    if not item.open:
        return opens(item.opens_at, now, zone, language)
    if item.minutes is None:
        return f"{waiting(item.waiting, language)} · {say('noCounterYet', language)}"
    if item.waiting == 0:
        return waiting(0, language)
    return f"{waiting(item.waiting, language)} · {minutes(item.minutes, language)}"
