"""The two lists beside the hand: who waits, who was set aside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from counter.allowed import aside, commands_flow, waiting
from counter.formats import clock, minutes
from counter.questions import blocked_word, service_name
from counter.state import Desk
from counter.words import say
from shared.protocol.views import WaitingItem
from shared.vocabulary import Language, LegState, Need, Priority


@dataclass(frozen=True, slots=True)
class Mark:
    """A badge with a word: a need, or priority where no need was named."""

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class WaitingRow:
    leg: str
    ticket: str
    service: str
    waited: str
    marks: tuple[Mark, ...]
    following: bool
    """The first who can be called: who comes next."""
    greyed: bool
    why: str


@dataclass(frozen=True, slots=True)
class AsideRow:
    leg: str
    ticket: str
    service: str
    standing: str
    detail: str


@dataclass(frozen=True, slots=True)
class ListHeads:
    waiting: str
    waiting_count: str
    waiting_none: str
    more: str
    """Said under a list that is longer than its place."""
    aside: str
    aside_count: str
    aside_none: str


def waiting_rows(desk: Desk, now: datetime) -> tuple[WaitingRow, ...]:
    items = waiting(desk)
    following = next((item.leg for item in items if item.blocked is None), None)
    live = commands_flow(desk)
    return tuple(
        WaitingRow(
            leg=item.leg,
            ticket=item.ticket,
            service=service_name(desk, item.service),
            waited=say("minutesShort", desk.language, minutes=minutes(item.arrived_at, now)),
            marks=(*marks(item.priority, item.needs, desk.language), *booked(desk, item.booked_for)),
            following=live and item.leg == following,
            greyed=not live or item.blocked is not None,
            why=_beneath(desk, item),
        )
        for item in items
    )


def _beneath(desk: Desk, item: WaitingItem) -> str:
    """Why it cannot be called, and for what else it waits."""
    names = ", ".join(service_name(desk, service) for service in item.also)
    also = say("alsoWaits", desk.language, names=names) if names else ""
    return "  ·  ".join(part for part in (blocked_word(desk, item.blocked), also) if part)


def aside_rows(desk: Desk) -> tuple[AsideRow, ...]:
    rows = []
    for item in aside(desk):
        word = "asideParked" if item.state is LegState.PARKED else "asideMissed"
        at = clock(item.since, desk.time_zone, desk.language)
        detail = item.note or service_name(desk, item.service)
        rows.append(
            AsideRow(item.leg, item.ticket, service_name(desk, item.service), say(word, desk.language, time=at), detail)
        )
    return tuple(rows)


def list_heads(desk: Desk) -> ListHeads:
    listed = len(waiting(desk))
    total = max(listed, desk.status.waiting if desk.status is not None else 0)
    language = desk.language
    return ListHeads(
        waiting=say("waitingTitle", language),
        waiting_count=str(total),
        waiting_none=say("waitingNone", language) if total == 0 else "",
        more=say("waitingMore", language, listed=listed, count=total)
        if total > listed
        else say("waitingScroll", language),
        aside=say("asideTitle", language),
        aside_count=str(len(aside(desk))),
        aside_none=say("asideNone", language) if not aside(desk) else "",
    )


def marks(priority: Priority, needs: tuple[Need, ...], language: Language) -> tuple[Mark, ...]:
    """Needs by name; plain priority only where none was named."""
    named = tuple(Mark(say(f"need_{need.value}", language), "need") for need in needs)
    if not named and priority is Priority.PRIORITY:
        return (Mark(say("priority", language), "priority"),)
    return named


def booked(desk: Desk, booked_for: datetime | None) -> tuple[Mark, ...]:
    if booked_for is None:
        return ()
    return (Mark(say("booked", desk.language, time=clock(booked_for, desk.time_zone, desk.language)), "booked"),)
