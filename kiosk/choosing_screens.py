"""The pages on which a visitor chooses: what they show. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import TypeVar

from kiosk import basket, other_days, wording
from kiosk.catalogue_view import gives_numbers
from kiosk.screen_values import (
    AgenciesScreen,
    IdleScreen,
    Invitation,
    NeedRow,
    PriorityScreen,
    Row,
    SearchScreen,
    ServiceScreen,
    ServicesScreen,
    Shape,
    Surroundings,
    Tile,
    Turns,
)
from kiosk.search import search
from kiosk.states import (
    Kiosk,
)
from kiosk.words import NEEDS, say
from shared import dates
from shared.protocol.views import LineItem, ServiceItem
from shared.vocabulary import Language

T = TypeVar("T")

# How many fit without scrolling: a visitor who does not know screens does not know that lists can be pushed.
AGENCIES = {Shape.PORTRAIT: 14, Shape.LANDSCAPE: 12}
LARGE_AGENCIES = {Shape.PORTRAIT: 14, Shape.LANDSCAPE: 9}  # larger names want a third line on a lying screen
SERVICES = {Shape.PORTRAIT: 7, Shape.LANDSCAPE: 8}
FOUND = {Shape.PORTRAIT: 6, Shape.LANDSCAPE: 6}
REQUIREMENTS = {Shape.PORTRAIT: 7, Shape.LANDSCAPE: 6}


def idle(kiosk: Kiosk, around: Surroundings) -> IdleScreen:
    is_open = kiosk.catalogue.is_open

    def invitation(language: Language) -> Invitation:
        return Invitation(
            language=language.value,
            name=say("languageName", language),
            welcome=say("welcome", language),
            headline=say("touchToBegin" if is_open else "closedHint", language),
            begin=say("begin" if is_open else "look", language),
            hours=_hours(kiosk, around, language),
        )

    booking = " · ".join(say("haveBooking", language) for language in Language) if kiosk.catalogue.is_booked else ""
    return IdleScreen(is_open, invitation(Language.INDONESIAN), invitation(Language.ENGLISH), booking)


def _hours(kiosk: Kiosk, around: Surroundings, language: Language) -> str:
    if not kiosk.catalogue.is_open:
        return wording.opens(kiosk.catalogue.opens_at, around.now, around.zone, language)
    closes = kiosk.catalogue.closes_at
    if closes is None:
        return say("openNow", language)
    return say("openUntil", language, time=dates.clock(closes, around.zone, language))


def agencies(kiosk: Kiosk, around: Surroundings, turn: int) -> AgenciesScreen:
    catalogue, language = kiosk.catalogue, kiosk.language
    fits = LARGE_AGENCIES if kiosk.large else AGENCIES
    shown, turns = _screenful(catalogue.agencies, turn, fits[around.shape], language)

    def detail(agency: str) -> str:
        if catalogue.is_agency_open(agency):
            if kiosk.alone:
                return say("numbersHere", language)
            return wording.waiting(catalogue.waiting_at(agency), language)
        return wording.opens(catalogue.agency_opens_at(agency), around.now, around.zone, language)

    return AgenciesScreen(
        tiles=tuple(
            Tile(a.id, a.name.in_(language), a.short_name, detail(a.id), catalogue.is_agency_open(a.id)) for a in shown
        ),
        turns=turns,
    )


def services(kiosk: Kiosk, around: Surroundings, agency: str, turn: int) -> ServicesScreen:
    shown, turns = _screenful(kiosk.catalogue.services_of(agency), turn, SERVICES[around.shape], kiosk.language)
    item = kiosk.catalogue.agency(agency)
    return ServicesScreen(
        agency=item.name.in_(kiosk.language) if item else "",
        rows=tuple(_row(kiosk, around, service, "") for service in shown),
        turns=turns,
    )


def searching(kiosk: Kiosk, around: Surroundings, query: str) -> SearchScreen:
    catalogue = kiosk.catalogue
    if query.strip():
        ids = search(catalogue.index, query, FOUND[around.shape])
        found = [service for service in map(catalogue.service, ids) if service]
    else:
        found = list(catalogue.most_wanted()[: FOUND[around.shape]])
    rows = []
    for service in found:
        agency = catalogue.agency(service.agency)
        rows.append(_row(kiosk, around, service, agency.short_name if agency else ""))
    return SearchScreen(query=query, rows=tuple(rows), nothing=bool(query.strip()) and not rows)


def _row(kiosk: Kiosk, around: Surroundings, service: ServiceItem, under: str) -> Row:
    line = kiosk.catalogue.line(service.id)
    news = _news(kiosk, around, line)
    return Row(service.id, service.name.in_(kiosk.language), under, news, gives_numbers(line))


def _news(kiosk: Kiosk, around: Surroundings, line: LineItem) -> str:
    tell = wording.line_alone if kiosk.alone else wording.line
    return tell(line, around.now, around.zone, kiosk.language)


def _screenful(items: Sequence[T], turn: int, size: int, language: Language) -> tuple[Sequence[T], Turns]:
    turns = max(1, ceil(len(items) / size))
    turn = min(turn, turns - 1)
    if turns == 1:
        return items, Turns()
    text = say("turnOf", language, turn=turn + 1, turns=turns)
    return items[turn * size : (turn + 1) * size], Turns(text, previous=turn > 0, next=turn < turns - 1)


def service(kiosk: Kiosk, around: Surroundings, service: str) -> ServiceScreen:
    language, item = kiosk.language, kiosk.catalogue.service(service)
    if item is None:
        return ServiceScreen()
    line = kiosk.catalogue.line(service)
    agency = kiosk.catalogue.agency(item.agency)
    may_add = basket.may_add(kiosk, service)
    required = tuple(requirement.in_(language) for requirement in item.requirements)
    fits = REQUIREMENTS[around.shape] - (1 if may_add else 0)  # its key takes the room of one
    shown = required if len(required) <= fits else required[: fits - 1]
    return ServiceScreen(
        name=item.name.in_(language),
        agency=agency.name.in_(language) if agency else "",
        requirements=shown,
        more=say("moreRequirements", language, count=len(required) - len(shown)) if len(shown) < len(required) else "",
        fee=item.fee.in_(language),
        standard=say("aboutMinutes", language, count=item.standard_minutes),
        ahead=say("unknownWait", language) if kiosk.alone else wording.people(line.waiting, language),
        estimate=_estimate(line, language, kiosk.alone) if line.open else say("closed", language),
        rarely=wording.rarely_over(line.minutes, language) if line.open and not kiosk.alone else "",
        open=gives_numbers(line),
        closed="" if gives_numbers(line) else _news(kiosk, around, line),
        none_left=other_days.has_none_left(kiosk, service),
        take=_take(kiosk, service),
        may_add=may_add,
    )


def _take(kiosk: Kiosk, service: str) -> str:
    count = len(basket.wanted(kiosk, service))
    if count > 1:
        return say("takeSeveral" if kiosk.printer is None else "severalWithoutPaper", kiosk.language, count=count)
    return say("takeNumber" if kiosk.printer is None else "takeWithoutPaper", kiosk.language)


def chosen_before(kiosk: Kiosk) -> str:
    """The basket in words; empty while nothing is in it."""
    names = [item.name.in_(kiosk.language) for one in kiosk.basket if (item := kiosk.catalogue.service(one))]
    return say("basket", kiosk.language, names=" + ".join(names)) if names else ""


def _estimate(line: LineItem, language: Language, alone: bool) -> str:
    if alone:
        return say("unknownWait", language)
    return say("noCounterYet", language) if line.minutes is None else wording.minutes(line.minutes, language)


def priority(kiosk: Kiosk, service: str) -> PriorityScreen:
    item = kiosk.catalogue.service(service)
    return PriorityScreen(
        title=say("whichNeed", kiosk.language),
        hint=say("whichNeedHint", kiosk.language),
        service=item.name.in_(kiosk.language) if item else "",
        needs=need_rows(kiosk.language),
    )


def need_rows(language: Language) -> tuple[NeedRow, ...]:
    return tuple(
        NeedRow(need.value, name.in_(language), detail.in_(language)) for need, (name, detail) in NEEDS.items()
    )
