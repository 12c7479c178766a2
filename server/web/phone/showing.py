"""What the phone page says before its script runs, and for browsers without one. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from server.web.phone.words import WORDS
from shared.dates import clock
from shared.protocol.values import Minutes, Stop
from shared.protocol.views import VisitItem
from shared.vocabulary import Language, LegState


@dataclass(frozen=True, slots=True)
class ShownStop:
    name: str
    detail: str
    state: str


@dataclass(frozen=True, slots=True)
class Shown:
    title: str
    state: str
    ticket: str
    service: str
    agency: str
    sentence: str
    counter: str
    counter_label: str
    zone: str
    in_line: bool
    ahead: int
    minutes: str
    rarely_over: str
    requirements: tuple[str, ...]
    can_cancel: bool
    can_come_back: bool
    give_way: str
    """What giving way means; empty when it cannot be done."""
    put_before: str
    booked_before: str
    called_early: str
    """Who was called before their turn, and why."""
    was_served: bool
    """Something was served, and nothing is open any more."""
    invited: bool
    path: tuple[ShownStop, ...]
    """Every stop, when several services are on the number."""


def showing(visit: VisitItem, language: Language, zone: ZoneInfo) -> Shown:
    in_line = visit.state is LegState.WAITING
    at_counter = visit.state.is_in_hand and visit.counter is not None
    return Shown(
        title=WORDS["page_title"].in_(language).format(ticket=visit.ticket),
        state=visit.state.value,
        ticket=visit.ticket,
        service=visit.service.in_(language),
        agency=visit.agency.in_(language),
        sentence=WORDS[_sentence(visit)].in_(language),
        counter=(visit.counter or "") if at_counter else "",
        counter_label=WORDS["go_to" if visit.state is LegState.CALLED else "at_counter"].in_(language),
        zone=visit.zone.in_(language) if visit.zone is not None else "",
        in_line=in_line,
        ahead=visit.ahead,
        minutes=_minutes(visit.minutes, language),
        rarely_over=_rarely_over(visit.minutes, language),
        requirements=tuple(words.in_(language) for words in visit.requirements),
        can_cancel=in_line or visit.state is LegState.PARKED,
        can_come_back=visit.may_come_back,
        give_way=WORDS["give_way_means"].in_(language).format(places=visit.may_give_way) if visit.may_give_way else "",
        put_before=_before("put_before", visit.put_before, visit.put_before_at, zone, language) if in_line else "",
        booked_before=_before("booked_before", visit.booked_before, visit.booked_before_at, zone, language)
        if in_line
        else "",
        called_early=_called_early(visit, language, zone) if in_line else "",
        was_served=visit.was_served and not visit.state.is_open,
        invited=visit.invited,
        path=tuple(_stop(stop, language) for stop in visit.stops),
    )


def _stop(stop: Stop, language: Language) -> ShownStop:
    zones = ", ".join(zone.in_(language) for zone in stop.zones)
    said = WORDS[f"path_{stop.state.value}"].in_(language)
    detail = said.format(zones=zones, ahead=stop.ahead, counter=stop.counter or "")
    if stop.state is LegState.WAITING and stop.minutes is not None:
        detail += f" · {_minutes(stop.minutes, language)}"
    return ShownStop(stop.name.in_(language), detail, stop.state.value)


def _sentence(visit: VisitItem) -> str:
    if visit.state is LegState.WAITING and visit.ahead == 0:
        return "next"
    return "missed_come_back" if visit.may_come_back else visit.state.value


def _called_early(visit: VisitItem, language: Language, zone: ZoneInfo) -> str:
    if visit.called_early_at is None or visit.called_early_reason is None:
        return ""
    key = "called_early_one" if visit.called_early == 1 else "called_early"
    reason = WORDS[f"call_{visit.called_early_reason.value}"].in_(language)
    time = clock(visit.called_early_at, zone, language)
    return WORDS[key].in_(language).format(count=visit.called_early, time=time, reason=reason)


def _before(key: str, count: int, last_at: datetime | None, zone: ZoneInfo, language: Language) -> str:
    """Who came later and was put before this visitor."""
    if last_at is None:
        return ""
    said = WORDS[f"{key}_one" if count == 1 else key].in_(language)
    return said.format(count=count, time=clock(last_at, zone, language))


def _minutes(minutes: Minutes | None, language: Language) -> str:
    if minutes is None:
        return WORDS["minutes_unknown"].in_(language)
    key = "minutes_now" if minutes.low < 1 else "minutes_range"
    return WORDS[key].in_(language).format(low=minutes.low, high=max(1, minutes.high))


def _rarely_over(minutes: Minutes | None, language: Language) -> str:
    """Empty where it would say nothing new."""
    if minutes is None or minutes.at_most is None or minutes.at_most <= minutes.high:
        return ""
    return WORDS["rarely_over"].in_(language).format(minutes=minutes.at_most)
