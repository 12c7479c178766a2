"""The slip: what stands on a visitor's paper, and how it is laid out. Pure: no printer, no screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from kiosk.printing import slip_words as words
from kiosk.printing.elements import Cut, Element, Feed, Number, Paper, Qr, Rule, Text
from kiosk.printing.wrapping import balanced, cells, centred, plain
from shared import dates
from shared.protocol.values import Minutes
from shared.vocabulary import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipStop:
    """One of several services on the number."""

    service: str
    place: str
    """The zone, or the zones."""
    ahead: int
    minutes: Minutes | None
    later: bool = False
    """Comes only after those before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A ticket on its way to the paper. `copy` 0 is the original; a reprint is marked with its number."""

    site: str
    agency: str
    service: str
    ticket: str
    ahead: int
    minutes: Minutes | None
    """None when no counter of the service is open yet."""
    issued_at: datetime
    time_zone: str
    language: Language
    url: str
    """The visit's phone page; empty where phones cannot reach the server: then there is no QR code."""
    footer: str = ""
    copy: int = 0
    priority: bool = False
    booked_for: datetime | None = None
    """The time that somebody booked, who counts from it."""
    alone: bool = False
    """Given without the server: nobody knows how many wait."""
    left_out: str = ""
    """Services that were chosen too, and that an officer has to add to a number given without the server."""
    late: datetime | None = None
    """When the service closes, where the number was taken though it will probably be called after that."""
    stops: tuple[SlipStop, ...] = ()
    """The path, where several services are on the number."""


def layout(slip: Slip, paper: Paper) -> list[Element]:
    """The slip from top to bottom; every line fits the paper."""
    return [
        *_head(slip, paper),
        Rule(),
        *_number(slip),
        Rule(),
        *(_path(slip, paper) if slip.stops else _waiting(slip, paper)),
        Rule(),
        *_phone_page(slip, paper),
        *_foot(slip, paper),
        Cut(),
    ]


def _head(slip: Slip, paper: Paper) -> list[Element]:
    elements: list[Element] = []
    if slip.copy > 0:
        mark = f" {words.copy(slip.copy, slip.language)} "
        elements += [Text(mark, bold=True, wide=_widest(mark, paper), tall=2, inverse=True), Feed()]
    elements += [Text(line, bold=True, tall=2) for line in balanced(slip.site, paper.columns)]
    elements += _lines(slip.agency, paper)
    return elements


def _number(slip: Slip) -> list[Element]:
    elements: list[Element] = [
        Text(words.YOUR_NUMBER.in_(slip.language)),
        Number(plain(slip.ticket)),
    ]
    if slip.priority:
        elements.append(Text(f" {words.PRIORITY.in_(slip.language)} ", bold=True, tall=2, inverse=True))
    if slip.booked_for is not None:
        hour = words.hour(slip.booked_for, ZoneInfo(slip.time_zone))
        elements.append(Text(words.BOOKED.in_(slip.language).format(time=hour), bold=True))
    return elements


def _waiting(slip: Slip, paper: Paper) -> list[Element]:
    """The service, and beneath it what the visitor can expect: people and minutes side by side."""
    service = [Text(line, bold=True, tall=2) for line in balanced(slip.service, paper.columns)]
    if slip.alone:
        said = balanced(words.ALONE.in_(slip.language), paper.columns)
        if slip.left_out:
            said += balanced(words.LEFT_OUT.in_(slip.language).format(names=slip.left_out), paper.columns)
        return [*service, Feed(), *(Text(line, bold=True) for line in said)]
    half = paper.columns // 2
    labels = words.AHEAD.in_(slip.language), words.WAIT.in_(slip.language)
    if slip.minutes is None:
        wait = words.NO_COUNTER_YET.in_(slip.language)
    else:
        wait = words.minutes(slip.minutes.low, slip.minutes.high, slip.language)
    values = words.people(slip.ahead, slip.language), wait
    wide = 2 if all(cells(value) * 2 < half for value in values) else 1
    return [
        *service,
        Feed(),
        Text("".join(centred(label, half) for label in labels)),
        Text("".join(centred(value, half // wide) for value in values), bold=True, wide=wide, tall=2),
        *_beneath_minutes(slip, paper),
    ]


def _beneath_minutes(slip: Slip, paper: Paper) -> list[Element]:
    """Under the minutes where the paper is wide enough, else under both."""
    if slip.late is not None:
        said = words.perhaps_after_closing(
            dates.clock(slip.late, ZoneInfo(slip.time_zone), slip.language), slip.language
        )
        return [Text(line, bold=True) for line in balanced(said, paper.columns)]
    if slip.minutes is None or slip.minutes.at_most is None or slip.minutes.at_most <= slip.minutes.high:
        return []
    said = words.rarely_over(slip.minutes.at_most, slip.language)
    half = paper.columns // 2
    return [Text(" " * half + centred(said, half) if cells(said) < half else said)]


def _path(slip: Slip, paper: Paper) -> list[Element]:
    """Each stop with where it is and what to expect there, beneath one another in the order of the path."""
    elements: list[Element] = []
    for place, stop in enumerate(slip.stops, start=1):
        if place > 1:
            elements.append(Feed())
        name = f"{place}. {stop.service}"
        elements += [Text(line, bold=True, tall=2) for line in balanced(name, paper.columns)]
        if stop.later:
            said = [words.LATER.in_(slip.language)]
        else:
            wait = [] if stop.minutes is None else [words.minutes(stop.minutes.low, stop.minutes.high, slip.language)]
            said = [words.waiting(stop.ahead, slip.language), *wait]
        elements += _lines(" | ".join(part for part in (stop.place, *said) if part), paper)
    return elements


def _phone_page(slip: Slip, paper: Paper) -> list[Element]:
    if not slip.url:
        return []
    return [Qr(slip.url), *_lines(words.SCAN.in_(slip.language), paper), Feed()]


def _foot(slip: Slip, paper: Paper) -> list[Element]:
    """The ticket stands here once more as text: next to the day it tells an old paper from a new one."""
    zone = ZoneInfo(slip.time_zone)
    day = dates.day(slip.issued_at, zone, slip.language)
    ticket, hour = plain(slip.ticket), words.hour(slip.issued_at, zone)
    whole = f"{ticket} | {day} | {hour}"
    dated = [whole] if cells(whole) <= paper.columns else [day, f"{ticket} | {hour}"]
    return [
        *(Text(line, bold=True) for part in dated for line in balanced(part, paper.columns)),
        *_lines(slip.footer, paper),
    ]


def _lines(text: str, paper: Paper) -> list[Element]:
    return [Text(line) for line in balanced(text, paper.columns)]


def _widest(text: str, paper: Paper) -> int:
    return 2 if cells(text) * 2 <= paper.columns else 1
