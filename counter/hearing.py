"""What the server says, and what the desk makes of it: tables, answers, losses and returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from counter import signing_in
from counter.questions import officer_name
from counter.state import (
    Alarm,
    AtDesk,
    Credentials,
    Desk,
    Effect,
    Entry,
    Follow,
    Line,
    Link,
    Problem,
    Remember,
    Send,
    SigningIn,
    Step,
    TakenOver,
    Unfollow,
)
from shared.notices import Answered, GivenUp, Live, Lost, Notice, PairingCode, TableChanged, TurnedAway
from shared.protocol import commands as c
from shared.protocol.messages import Welcome
from shared.protocol.replies import Refusal, SignedIn
from shared.protocol.values import Fact
from shared.protocol.views import CounterItem
from shared.vocabulary import ErrorCode

COUNTERS = "counters"


def heard(desk: Desk, notice: Notice, now: datetime) -> Step:
    match notice:
        case Live(welcome=welcome):
            return _live(desk, welcome)
        case Lost():
            return _lost(desk, now)
        case PairingCode(code=code):
            return replace(desk, link=Link(Line.PAIRING, now, code=code)), ()
        case TurnedAway(code=code, facts=facts):
            return _turned_away(desk, code, facts, now)
        case TableChanged():
            return _table(desk, notice)
        case Answered(command=command, result=result, refusal=refusal):
            if isinstance(command, c.SignIn):
                return _sign_in_answered(desk, command, result if isinstance(result, SignedIn) else None, refusal, now)
            return _answered(desk, command, refusal, now)
        case GivenUp(command=command):
            return _given_up(desk, command, now)
        case _:
            return desk, ()


def with_problem(
    desk: Desk, now: datetime, *, code: ErrorCode | None = None, facts: Mapping[str, Fact] | None = None, word: str = ""
) -> Desk:
    return replace(desk, problem=Problem(code, facts or {}, now, word))


# --- the line ---


def _live(desk: Desk, welcome: Welcome) -> Step:
    desk = replace(desk, link=Link(Line.LIVE), site=welcome.site.name, time_zone=welcome.site.time_zone)
    if isinstance(desk.place, AtDesk) and not desk.place.known and not desk.place.signing_in:
        mine = desk.place.credentials
        again = c.SignIn(officer=mine.officer, pin=mine.pin, counter=mine.counter)
        return replace(desk, place=replace(desk.place, signing_in=True)), (Send(again),)
    return desk, ()


def _lost(desk: Desk, now: datetime) -> Step:
    """The connection broke; the server no longer knows who speaks. What is shown stays."""
    if isinstance(desk.place, AtDesk):
        desk = replace(desk, place=replace(desk.place, known=False))
    match desk.link.line:
        case Line.LIVE | Line.PAIRING:
            return replace(desk, link=Link(Line.LOST, now)), ()
        case Line.CONNECTING | Line.LOST | Line.TURNED_AWAY:
            return desk, ()


def _turned_away(desk: Desk, code: ErrorCode, facts: Mapping[str, Fact], now: datetime) -> Step:
    if code is ErrorCode.OVERLOADED:
        return desk, ()  # the session tries again by itself
    if code is not ErrorCode.TAKEN_OVER:
        return replace(desk, link=Link(Line.TURNED_AWAY, now, refused=code), question=None), ()
    number = moved_to = ""
    effects: tuple[Effect, ...] = (Alarm(),)
    if isinstance(desk.place, AtDesk):
        counter = desk.counters.get(f"counter:{desk.place.credentials.counter}")
        number = counter.number if isinstance(counter, CounterItem) else ""
        there = desk.counters.get(f"counter:{facts.get('counter')}")
        if isinstance(there, CounterItem) and there.id != desk.place.credentials.counter:
            moved_to = there.number
        effects = (Unfollow(desk.place.stream), Alarm())
    by = _named(desk, facts)
    left = replace(desk, place=TakenOver(number, by, moved_to), question=None, asked=None, problem=None, table={})
    return left, effects


# --- tables ---


def _table(desk: Desk, changed: TableChanged) -> Step:
    if changed.stream == COUNTERS:
        first = not desk.counters
        desk = replace(desk, counters=changed.table)
        if first and desk.place == SigningIn():
            return replace(desk, place=signing_in.marked(desk, desk.last_counter)), ()
        return desk, ()
    if not isinstance(desk.place, AtDesk) or changed.stream != desk.place.stream:
        return desk, ()
    desk = replace(desk, table=changed.table)
    question = desk.question
    if question is not None and question.of_hand and (desk.hand is None or desk.hand.leg != question.leg):
        return replace(desk, question=None), ()
    return desk, ()


# --- answers ---


def _answered(desk: Desk, command: c.Command, refusal: Refusal | None, now: datetime) -> Step:
    if command != desk.asked:
        return desk, ()
    place = desk.place
    desk = replace(desk, asked=None)
    if refusal is None:
        if isinstance(command, c.SignOut) and isinstance(place, AtDesk):
            page = signing_in.marked(desk, place.credentials.counter)
            return replace(desk, place=page, table={}, question=None), (Unfollow(place.stream),)
        return desk, ()
    if refusal.code is ErrorCode.PIN_NEEDED and isinstance(place, AtDesk):
        mine = place.credentials
        return _signed_out(desk, c.SignIn(officer=mine.officer, pin="", counter=mine.counter), now, code=refusal.code)
    if refusal.code is ErrorCode.FORBIDDEN and isinstance(place, AtDesk) and not place.known:
        # Asked again on the new connection before the sign-in: the server did not do it and does not know us yet.
        return replace(desk, place=replace(place, unsent=command)), ()
    return with_problem(desk, now, code=refusal.code, facts=refusal.facts), ()


def _given_up(desk: Desk, command: c.Command, now: datetime) -> Step:
    if isinstance(command, c.SignIn) and isinstance(desk.place, AtDesk):
        desk = replace(desk, place=replace(desk.place, signing_in=False))
        if desk.link.line is Line.LIVE:
            return _signed_out(desk, command, now, word="lateAnswer")
        return desk, ()
    if command != desk.asked:
        return desk, ()
    return with_problem(replace(desk, asked=None), now, word="lateAnswer"), ()


def _sign_in_answered(
    desk: Desk, command: c.SignIn, signed: SignedIn | None, refusal: Refusal | None, now: datetime
) -> Step:
    if signed is not None:
        return _signed_in(desk, command, signed)
    code = refusal.code if refusal is not None else ErrorCode.MALFORMED
    facts = refusal.facts if refusal is not None else {}
    if isinstance(desk.place, AtDesk):
        return _signed_out(desk, command, now, code=code, facts=facts)
    page = desk.place
    if not isinstance(page, SigningIn):
        return desk, ()
    desk = replace(desk, asked=None)
    if code is ErrorCode.COUNTER_TAKEN:
        return replace(desk, place=replace(page, taken_by=_named(desk, facts))), (Alarm(),)
    return with_problem(replace(desk, place=replace(page, pin="")), now, code=code, facts=facts), ()


def _signed_in(desk: Desk, command: c.SignIn, signed: SignedIn) -> Step:
    mine = Credentials(command.officer, command.counter, command.pin)
    before = desk.place
    if isinstance(before, AtDesk) and before.stream == signed.stream:
        desk = replace(desk, place=AtDesk(mine, signed.stream))
        if before.unsent is not None and desk.asked is None:
            return replace(desk, asked=before.unsent), (Send(before.unsent),)
        return desk, ()
    desk = replace(desk, place=AtDesk(mine, signed.stream), asked=None, problem=None, question=None, table={})
    return replace(desk, last_counter=signed.counter), (
        Follow(signed.stream),
        Remember(signed.counter, desk.language),
    )


def _signed_out(
    desk: Desk,
    command: c.SignIn,
    now: datetime,
    *,
    code: ErrorCode | None = None,
    facts: Mapping[str, Fact] | None = None,
    word: str = "",
) -> Step:
    """Signing in again by itself did not work: back to the page, filled as far as it can be."""
    assert isinstance(desk.place, AtDesk)
    effects: tuple[Effect, ...] = (Unfollow(desk.place.stream), Alarm())
    page = SigningIn(entry=Entry.PIN, counter=command.counter, officer=command.officer)
    if code is ErrorCode.COUNTER_TAKEN:
        page = replace(page, pin=command.pin, taken_by=_named(desk, facts or {}))
    left = replace(desk, place=page, table={}, question=None, asked=None)
    if code is ErrorCode.COUNTER_TAKEN:
        return left, effects
    return with_problem(left, now, code=code, facts=facts, word=word), effects


def _named(desk: Desk, facts: Mapping[str, Fact]) -> str:
    """Who a refusal speaks of: a name, or an officer's id that we have the name of."""
    named = facts.get("name") or officer_name(desk, str(facts.get("officer") or ""))
    return str(named or "")
