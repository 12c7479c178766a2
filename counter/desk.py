"""The counter program as one function: a state and an event give the next state and what is wanted done.

A command in flight locks every key that would send another, so a double press sends one; `CallNext` names the leg
in hand besides, so that the server refuses a duplicate that comes late all the same.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from counter import hearing, signing_in
from counter.allowed import commands_flow, why_not
from counter.keys import BY_KEY, Verb
from counter.questions import DIGITS, LONGEST_NOTE, TYPED, answer, back, options
from counter.state import (
    Ask,
    AtDesk,
    Desk,
    Effect,
    Entry,
    EntryChosen,
    KeyPressed,
    Line,
    OptionChosen,
    Question,
    Remember,
    Send,
    SigningIn,
    Step,
    TakenOver,
    Ticked,
    VerbChosen,
)
from counter.state import Event as Event
from shared.protocol import commands as c
from shared.vocabulary import Language

PROBLEM_STANDS = timedelta(seconds=10)  # long enough to read twice, then it would be mistaken for a new one


def step(desk: Desk, event: Event, now: datetime) -> Step:
    match event:
        case KeyPressed(key=key, text=text):
            return _key(replace(desk, problem=None), key, text, now)
        case VerbChosen(verb=verb):
            return _verb(replace(desk, problem=None), verb, now)
        case OptionChosen(index=index):
            return _option(replace(desk, problem=None), index, now)
        case EntryChosen(entry=entry):
            if isinstance(desk.place, SigningIn) and desk.place.taken_by is None:
                return replace(desk, place=signing_in.gone_to(desk.place, entry)), ()
            return desk, ()
        case Ticked():
            over = desk.problem is not None and now - desk.problem.at >= PROBLEM_STANDS
            return (replace(desk, problem=None) if over else desk), ()
        case _:
            return hearing.heard(desk, event, now)


# --- keys ---


def _key(desk: Desk, key: str, text: str, now: datetime) -> Step:
    if key == BY_LANGUAGE:
        return _verb(desk, Verb.LANGUAGE, now)
    match desk.place:
        case SigningIn() as page:
            return _sign_in_key(desk, page, key, text, now)
        case TakenOver():
            return (replace(desk, place=signing_in.marked(desk, desk.last_counter)) if key == "Return" else desk), ()
        case AtDesk():
            if desk.question is not None:
                return _question_key(desk, desk.question, key, text, now)
            binding = BY_KEY.get(key)
            return (desk, ()) if binding is None else _verb(desk, binding.verb, now)
        case _:
            assert_never(desk.place)


def _verb(desk: Desk, verb: Verb, now: datetime) -> Step:
    """What a verb's key does: a command at once, or a question first."""
    if verb is Verb.LANGUAGE:
        other = Language.INDONESIAN if desk.language is Language.ENGLISH else Language.ENGLISH
        return replace(desk, language=other), (Remember(desk.last_counter, other),)
    if not isinstance(desk.place, AtDesk) or desk.asked is not None:
        return desk, ()
    if (why := why_not(desk, verb)) is not None:
        return hearing.with_problem(desk, now, word=why), ()
    hand = desk.hand
    leg = hand.leg if hand else ""
    ticket = hand.ticket if hand else ""
    match verb:
        case Verb.CALL_NEXT:
            return _send(desk, c.CallNext(in_hand=leg or None), now)
        case Verb.RECALL:
            return _send(desk, c.Recall(leg=leg), now)
        case Verb.SERVE:
            return _send(desk, c.Serve(leg=leg), now)
        case Verb.MISSED:
            return _send(desk, c.MarkMissed(leg=leg), now)
        case Verb.OPEN:
            return _send(desk, c.OpenCounter(), now)
        case Verb.FINISH:
            question = Question(Ask.OUTCOME, leg=leg, ticket=ticket, of_hand=True)
        case Verb.PARK:
            question = Question(Ask.NOTE, leg=leg, ticket=ticket, of_hand=True)
        case Verb.ADD_STOP:
            question = Question(Ask.ADD_STOP, leg=leg, ticket=ticket, of_hand=True)
        case Verb.TRANSFER:
            question = Question(Ask.TRANSFER, leg=leg, ticket=ticket, of_hand=True)
        case Verb.CALL_TICKET:
            question = Question(Ask.CALL_TICKET)
        case Verb.ASIDE:
            question = Question(Ask.ASIDE)
        case Verb.CANCEL:
            question = Question(Ask.CANCEL)
        case Verb.PAUSE:
            question = Question(Ask.PAUSE)
        case Verb.ANNOUNCE_PAUSE:
            question = Question(Ask.NEXT_PAUSE)
        case Verb.CLOSE:
            question = Question(Ask.CLOSE)
        case Verb.SIGN_OUT:
            question = Question(Ask.SIGN_OUT)
        case Verb.HELP:
            question = Question(Ask.HELP)
        case _:
            assert_never(verb)
    return replace(desk, question=question), ()


# --- questions ---


def _question_key(desk: Desk, question: Question, key: str, text: str, now: datetime) -> Step:
    count = len(options(desk, question))
    match key:
        case "Escape":
            return replace(desk, question=back(question)), ()
        case "Return":
            return _answer(desk, question, question.at, now)
        case "Up" | "Down" if count:
            by = 1 if key == "Down" else -1
            return replace(desk, question=replace(question, at=(question.at + by) % count)), ()
        case "Backspace" if question.ask in TYPED:
            return replace(desk, question=replace(question, query=question.query[:-1], at=0)), ()
        case "F1" if question.ask is Ask.HELP:
            return replace(desk, question=None), ()
    if question.ask in TYPED and text.isprintable() and len(text) == 1 and len(question.query) < LONGEST_NOTE:
        return replace(desk, question=replace(question, query=question.query + text, at=0)), ()
    if question.ask in DIGITS and text.isascii() and text.isdigit() and 1 <= int(text) <= count:
        return _answer(desk, question, int(text) - 1, now)
    return desk, ()


def _answer(desk: Desk, question: Question, index: int, now: datetime) -> Step:
    meant = answer(desk, question, index)
    if meant is None or isinstance(meant, Question):
        return replace(desk, question=meant), ()
    return _send(desk, meant, now)


def _option(desk: Desk, index: int, now: datetime) -> Step:
    """A line was clicked, on the sign-in page or in a question."""
    match desk.place:
        case SigningIn(taken_by=None) as page:
            return replace(desk, place=signing_in.picked(desk, page, index)), ()
        case AtDesk() if desk.question is not None:
            return _answer(desk, desk.question, index, now)
        case _:
            return desk, ()


# --- signing in ---


def _sign_in_key(desk: Desk, page: SigningIn, key: str, text: str, now: datetime) -> Step:
    if desk.asked is not None:
        return desk, ()
    if page.taken_by is not None:
        if key == "Return":
            return _sign_in(desk, page, now, take_over=True)
        return (replace(desk, place=replace(page, taken_by=None, pin="")) if key == "Escape" else desk), ()
    match key:
        case "Return" if page.entry is Entry.PIN:
            return _sign_in(desk, page, now, take_over=False)
        case "Return" | "Tab":
            return replace(desk, place=signing_in.picked(desk, page, signing_in.picker(page).at)), ()
        case "Escape" | "Backtab":
            return replace(desk, place=signing_in.gone_back(page)), ()
        case "Up" | "Down":
            return replace(desk, place=signing_in.moved(desk, page, 1 if key == "Down" else -1)), ()
        case "Backspace":
            return replace(desk, place=signing_in.erased(page)), ()
    if text.isprintable() and len(text) == 1:
        return replace(desk, place=signing_in.typed(page, text)), ()
    return desk, ()


def _sign_in(desk: Desk, page: SigningIn, now: datetime, *, take_over: bool) -> Step:
    if desk.link.line is not Line.LIVE:
        return hearing.with_problem(desk, now, word="why_no_server"), ()
    if len(page.pin) < signing_in.SHORTEST_PIN:
        return hearing.with_problem(desk, now, word="pinTooShort"), ()
    command = c.SignIn(officer=page.officer, pin=page.pin, counter=page.counter, take_over=take_over)
    return replace(desk, asked=command), (Send(command),)


# --- sending ---


def _send(desk: Desk, command: c.Command, now: datetime) -> Step:
    """One command at a time; nothing while the server does not hear us."""
    if desk.asked is not None:
        return desk, ()
    if not commands_flow(desk):
        return hearing.with_problem(desk, now, word="why_no_server"), ()
    effects: tuple[Effect, ...] = (Send(command),)
    return replace(desk, asked=command, question=None), effects


BY_LANGUAGE = next(key for key, binding in BY_KEY.items() if binding.verb is Verb.LANGUAGE)
