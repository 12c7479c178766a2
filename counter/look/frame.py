"""The frame of the window: which page stands, header, banner, alerts, the sentence about the last refusal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from counter.formats import clock, day
from counter.state import AtDesk, Desk, Line, SigningIn, TakenOver
from counter.words import WORDS, say, say_error
from shared.protocol.views import AlertItem, DeskItem
from shared.vocabulary import CounterState, ErrorCode

ALERTS_SHOWN = 3  # one line of the narrowest window


class Page(StrEnum):
    PAIRING = "pairing"
    TURNED_AWAY = "turned_away"
    SIGN_IN = "sign_in"
    TAKEN_OVER = "taken_over"
    DESK = "desk"


@dataclass(frozen=True, slots=True)
class Header:
    counter: str = ""
    number: str = ""
    zone: str = ""
    officer: str = ""
    state: str = "closed"
    state_text: str = ""
    state_since: str = ""
    served: str = ""
    site: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    time: str
    day: str


@dataclass(frozen=True, slots=True)
class Connection:
    live: bool
    text: str
    banner: str
    """Stands over everything while the server is gone; "" when all is well."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A full page with a title, a sentence, a code to read out, and what Enter does."""

    title: str = ""
    body: str = ""
    code: str = ""
    action: str = ""


def page(desk: Desk) -> Page:
    if desk.link.line is Line.PAIRING:
        return Page.PAIRING
    if desk.link.line is Line.TURNED_AWAY:
        return Page.TURNED_AWAY
    match desk.place:
        case SigningIn():
            return Page.SIGN_IN
        case TakenOver():
            return Page.TAKEN_OVER
        case AtDesk():
            return Page.DESK


def notice(desk: Desk) -> Notice:
    """The full page of the moment; empty where the page is not one."""
    language = desk.language
    match page(desk):
        case Page.PAIRING:
            return Notice(
                say("pairingTitle", language), say("pairingHint", language, code=desk.link.code), desk.link.code
            )
        case Page.TURNED_AWAY:
            code = desk.link.refused or ErrorCode.FORBIDDEN
            return Notice(say("turnedAwayTitle", language), say_error(code, language))
        case Page.TAKEN_OVER if isinstance(desk.place, TakenOver):
            again = say("takenOverAgain", language)
            if desk.place.moved_to:
                facts = {"number": desk.place.number, "there": desk.place.moved_to}
                title = say("movedTitle", language, **facts)
                return Notice(title, say("movedBody", language, **facts), action=again)
            by = desk.place.by or say("someone", language)
            title = say("takenOverTitle", language, number=desk.place.number)
            return Notice(title, say("takenOverBody", language, name=by), action=again)
        case _:
            return Notice()


def header(desk: Desk) -> Header:
    site = desk.site.in_(desk.language)
    status = desk.status
    if status is None:
        return Header(site=site)
    return Header(
        counter=say("counterNumber", desk.language, number=status.number),
        number=status.number,
        zone=status.zone.in_(desk.language),
        officer=status.officer_name,
        state=status.state.value,
        state_text=_state(desk, status),
        state_since=_since(desk, status),
        served=say("servedToday", desk.language, count=status.served_today),
        site=site,
    )


def time_of_day(desk: Desk, now: datetime) -> Clock:
    return Clock(clock(now, desk.time_zone, desk.language), day(now, desk.time_zone, desk.language))


def connection(desk: Desk) -> Connection:
    language = desk.language
    match desk.link.line:
        case Line.LIVE:
            resigning = isinstance(desk.place, AtDesk) and not desk.place.known
            return Connection(True, say("connected", language), say("resigning", language) if resigning else "")
        case Line.LOST if desk.link.since is not None:
            since = clock(desk.link.since, desk.time_zone, language)
            word = "lostBanner" if isinstance(desk.place, AtDesk) else "neverConnected"
            return Connection(False, say("disconnected", language), say(word, language, time=since))
        case _:
            return Connection(False, say("connecting", language), say("neverConnected", language))


def alerts(desk: Desk) -> tuple[str, ...]:
    """What in the hall needs a hand, oldest first; what does not fit on the strip is counted."""
    items = [item for item in desk.table.values() if isinstance(item, AlertItem)]
    ordered = sorted(items, key=lambda item: (item.since, item.device, item.kind))
    shown = [_alert(desk, item) for item in ordered[:ALERTS_SHOWN]]
    if len(ordered) > ALERTS_SHOWN:
        shown.append(say("alertsMore", desk.language, count=len(ordered) - ALERTS_SHOWN))
    return tuple(shown)


def message(desk: Desk) -> str:
    """The sentence about what was not done; "" when there is nothing to say."""
    problem = desk.problem
    if problem is None:
        return ""
    if problem.code is None:
        return say(problem.word, desk.language)
    facts: dict[str, object] = {"name": say("someone", desk.language), "wait": _wait(desk), **problem.facts}
    return say_error(problem.code, desk.language, **facts)


def _state(desk: Desk, status: DeskItem) -> str:
    match status.state:
        case CounterState.OPEN:
            return say("stateOpen", desk.language)
        case CounterState.CLOSED:
            return say("stateClosed", desk.language)
        case CounterState.PAUSED:
            reason = status.pause_reason
            return say("statePaused", desk.language, reason=say(f"pause_{reason or 'other'}", desk.language).lower())


def _since(desk: Desk, status: DeskItem) -> str:
    """Since when, and where it is known: until about when, or when the next pause begins."""
    zone, language = desk.time_zone, desk.language
    since = clock(status.since, zone, language)
    if status.state is CounterState.PAUSED and status.paused_until is not None:
        return say("sinceUntil", language, since=since, until=clock(status.paused_until, zone, language))
    if status.state is not CounterState.CLOSED and status.next_pause is not None:
        return say("sinceNextPause", language, time=since, next=clock(status.next_pause.starts_at, zone, language))
    return say("sinceTime", language, time=since)


def _alert(desk: Desk, item: AlertItem) -> str:
    word = f"alert_{item.kind}"
    text = say(word if word in WORDS else "alert_other", desk.language, name=item.name)
    return text + (say("alertTicket", desk.language, ticket=item.ticket) if item.ticket else "")


def _wait(desk: Desk) -> str:
    """How long a PIN stays locked: minutes rounded up, or seconds when it is less than one."""
    facts = desk.problem.facts if desk.problem is not None else {}
    seconds = int(facts.get("seconds") or 60)
    if seconds < 60:
        return say("waitSeconds", desk.language, count=seconds)
    return say("waitMinutes", desk.language, count=-(-seconds // 60))
