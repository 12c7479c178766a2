"""Days: templates of opening hours, holidays of the country, and the days on which a site differs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, time
from types import MappingProxyType

import holidays

from server.app.catalogue_file.fields import Fields, shown
from server.app.catalogue_file.lines import Path
from server.app.catalogue_file.mistakes import Code, did_you_mean
from server.domain.hours import MIDNIGHT, Calendar, Hours, Span

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
FRIDAY = WEEKDAYS.index("friday")
YEARS_AHEAD = 2  # a calendar reaches to the end of the year after next; a server that runs longer reads it again
NO_COUNTRY = "none"
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_SPAN = re.compile(r"\s*([0-9:]+)\s*-\s*([0-9:]+)\s*")


def read_hours(fields: Fields) -> Hours:
    """`[hours.NAME]`: a list of spans for each weekday, and the break of Friday's prayer."""
    week = {weekday: _spans(fields, name) for weekday, name in enumerate(WEEKDAYS)}
    if (pause := _break(fields, "friday_break")) is not None:
        if not any(span.start < pause.end and pause.start < span.end for span in week[FRIDAY]):
            fields.error("friday_break", Code.BAD_HOURS, "friday_break: is outside Friday's hours")
        week[FRIDAY] = tuple(_without(pause, week[FRIDAY]))
    if not any(week.values()):
        fields.note((), Code.BAD_HOURS, "these hours are never open", never=1)
    return Hours(MappingProxyType({weekday: spans for weekday, spans in week.items() if spans}))


def read_country(fields: Fields) -> str:
    """The code of the country whose holidays close the site; NO_COUNTRY for none."""
    country = fields.text("holidays", 8) if fields.has("holidays") else "ID"
    supported = holidays.list_supported_countries()
    if country and country != NO_COUNTRY and country not in supported:
        hint = did_you_mean(country.upper(), supported)
        message = f'holidays: "{shown(country)}" is neither "{NO_COUNTRY}" nor a country code{hint}'
        fields.error("holidays", Code.UNKNOWN_COUNTRY, message)
        return NO_COUNTRY
    return country or NO_COUNTRY


def holidays_of(country: str, *, collective_leave: bool, today: date) -> Calendar:
    """The closed days of this year and the next two. Collective leave (cuti bersama) is "government" there."""
    if country == NO_COUNTRY:
        return Calendar()
    country_itself = holidays.country_holidays(country)
    wanted = ("public", "government") if collective_leave else ("public",)
    found = holidays.country_holidays(
        country,
        years=range(today.year, today.year + YEARS_AHEAD + 1),
        categories=tuple(category for category in wanted if category in country_itself.supported_categories) or None,
        language=country_itself.default_language,  # unsaid, it would be the machine's
    )
    return Calendar(dict.fromkeys(found, ()), dict(found.items()))


class DifferentDays:
    """The `[[holiday]]` and `[[special_day]]` tables of a site: they win over the country's calendar."""

    def __init__(self) -> None:
        self._special: dict[date, tuple[Span, ...] | None] = {}
        self._names: dict[date, str] = {}

    def read_holiday(self, fields: Fields) -> None:
        """A day that is closed."""
        self._note_day(fields, ())

    def read_special_day(self, fields: Fields) -> None:
        """A day with exactly one of `closed = true`, `spans = [...]` or `usual = true`."""
        said = [key for key in ("closed", "spans", "usual") if fields.has(key)]
        if len(said) != 1:
            fields.note((), Code.MISSING, "one of closed = true, usual = true or spans = [...] is expected", one_of=3)
        closed, usual = fields.flag("closed", default=True), fields.flag("usual", default=True)
        if "spans" not in said and not (closed and usual):
            fields.error(said[0], Code.BAD_VALUE, f"{said[0]}: false says nothing; leave it out")
        spans: tuple[Span, ...] | None = None if said == ["usual"] else _spans(fields, "spans")
        if "spans" in said and not spans:
            fields.error("spans", Code.MISSING, 'spans: is empty; a closed day is written "closed = true"')
        self._note_day(fields, spans)

    def over(self, calendar: Calendar) -> Calendar:
        special: dict[date, tuple[Span, ...]] = dict(calendar.special)
        names = {**calendar.names, **self._names}
        for day, spans in self._special.items():
            if spans is None:
                special.pop(day, None)
                names.pop(day, None)
            else:
                special[day] = spans
        return Calendar(MappingProxyType(special), MappingProxyType(names))

    def _note_day(self, fields: Fields, spans: tuple[Span, ...] | None) -> None:
        day, name = fields.day("date"), fields.text("name", 80)
        if day is None:
            return
        if day in self._special:
            fields.error("date", Code.DUPLICATE, f"date: {day} was said before")
        self._special[day] = spans
        self._names[day] = name


def _spans(fields: Fields, key: str) -> tuple[Span, ...]:
    """A list such as ["08:00-12:00", "13:00-15:00"], ascending; spans that touch become one."""
    spans: list[Span] = []
    for place, text in fields.texts(key, 40, required=False):
        span = _span(fields, key, place, text)
        if span is None:
            continue
        if spans and span.start < spans[-1].end:
            fields.note(place, Code.BAD_HOURS, f'{key}: "{text}" begins before the span in front of it has ended')
        elif spans and span.start == spans[-1].end:
            spans[-1] = Span(spans[-1].start, span.end)
        else:
            spans.append(span)
    return tuple(spans)


def _span(fields: Fields, key: str, place: Path, text: str) -> Span | None:
    parts = _SPAN.fullmatch(text)
    start, end = (_clock(parts[1]), _clock(parts[2])) if parts else (None, None)
    return _ordered(fields, key, place, start, end, text, 'is not written like "08:00-15:00"')


def _break(fields: Fields, key: str) -> Span | None:
    """A pair such as ["11:30", "13:00"]."""
    if not fields.has(key):
        return None
    given = [text for _, text in fields.texts(key, 40)]
    start, end = (_clock(given[0]), _clock(given[1])) if len(given) == 2 else (None, None)
    return _ordered(fields, key, (key,), start, end, ", ".join(given), 'is not written like ["11:30", "13:00"]')


def _ordered(
    fields: Fields, key: str, place: Path, start: time | None, end: time | None, text: str, complaint: str
) -> Span | None:
    if start is None or end is None:
        fields.note(place, Code.BAD_HOURS, f'{key}: "{shown(text)}" {complaint}')
    elif start >= end:
        fields.note(place, Code.BAD_HOURS, f'{key}: "{shown(text)}" ends before it begins')
    else:
        return Span(start, end)
    return None


def _clock(text: str) -> time | None:
    if text == "24:00":
        return MIDNIGHT
    clock = _CLOCK.fullmatch(text)
    return time(int(clock[1]), int(clock[2])) if clock else None


def _without(pause: Span, spans: tuple[Span, ...]) -> Iterator[Span]:
    for span in spans:
        for start, end in ((span.start, min(span.end, pause.start)), (max(span.start, pause.end), span.end)):
            if start < end:
                yield Span(start, end)
