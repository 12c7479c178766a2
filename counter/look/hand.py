"""The card of the leg in hand, and the buttons with their keys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from counter.allowed import waiting, why_not
from counter.formats import clock, elapsed, minutes, seconds
from counter.keys import BINDINGS, BY_VERB, Verb
from counter.look.lists import Mark, booked, marks
from counter.look.why import why_line
from counter.questions import service_name, service_of
from counter.state import Desk
from counter.words import WORDS, say
from shared.protocol.values import Stop
from shared.protocol.views import DeliveryItem, HandItem
from shared.vocabulary import CounterState, Language, LegState, ReceiptStep

DISPLAY_PATIENCE = timedelta(seconds=3)  # a display that has not shown a call by then wants looking at


@dataclass(frozen=True, slots=True)
class Receipt:
    text: str
    kind: str
    """`good`, `pending` or `warning`."""


@dataclass(frozen=True, slots=True)
class Hand:
    """`there` is False for an empty desk: then only `title` and `hint` are meant."""

    there: bool = False
    title: str = ""
    hint: str = ""
    ticket: str = ""
    serving: bool = False
    state_text: str = ""
    service: str = ""
    agency: str = ""
    since: str = ""
    calls: str = ""
    arrived: str = ""
    language: str = ""
    foreign: bool = False
    """Other than the language of the country: to be seen before the first word."""
    note: str = ""
    why: str = ""
    """Why this one and nobody else."""
    path: str = ""
    """The further stops of the number, and what is done; empty when there is one alone."""
    marks: tuple[Mark, ...] = ()
    receipts: tuple[Receipt, ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    text: str
    key: str
    live: bool
    why: str
    main: bool
    """The step that usually comes now: drawn as such."""


def key_text(key: str, language: Language) -> str:
    """What stands on the key: "Spasi", "U"."""
    return say(f"key{key}", language) if f"key{key}" in WORDS else key


def actions(desk: Desk) -> dict[str, Action]:
    """Every verb by its word. A command in flight greys nothing: it is gone before an eye could follow."""
    return {binding.word: _action(desk, binding.verb) for binding in BINDINGS}


def leading(desk: Desk) -> str:
    """The word of the largest button: calling, and opening while the counter is not open."""
    not_open = desk.status is not None and desk.status.state is not CounterState.OPEN
    return BY_VERB[Verb.OPEN if not_open else Verb.CALL_NEXT].word


def hand(desk: Desk, now: datetime) -> Hand:
    item = desk.hand
    if item is None:
        return _empty(desk)
    language = desk.language
    service = service_of(desk, item.service)
    since = clock(item.since, desk.time_zone, language)
    return Hand(
        there=True,
        ticket=item.ticket,
        serving=item.state is LegState.SERVING,
        state_text=say("stateServing" if item.state is LegState.SERVING else "stateCalled", language),
        service=service_name(desk, item.service),
        agency=service.agency_name.in_(language) if service is not None else "",
        since=say("sinceTime", language, time=since),
        calls=say("calledTimes", language, count=item.calls) if item.calls else "",
        arrived=say(
            "arrived",
            language,
            time=clock(item.arrived_at, desk.time_zone, language),
            minutes=minutes(item.arrived_at, item.since),
        ),
        language=say("languageEn" if item.language is Language.ENGLISH else "languageId", language),
        foreign=item.language is not Language.INDONESIAN,
        note=say("note", language, note=item.note) if item.note else "",
        why=why_line(item.why, language, desk.time_zone),
        path=_path(desk, item),
        marks=(*marks(item.priority, item.needs, language), *booked(desk, item.booked_for)),
        receipts=_receipts(desk, item, now),
    )


def _path(desk: Desk, item: HandItem) -> str:
    """`Berikutnya: Paspor (Zona B), Pajak (Zona C)  ·  Sudah selesai: KTP`."""
    others = [stop for stop in item.stops if stop.service != item.service]

    def named(word: str, stops: list[Stop]) -> str:
        names = ", ".join(_stop_name(stop, desk.language) for stop in stops)
        return say(word, desk.language, names=names) if names else ""

    left = named("pathNext", [stop for stop in others if stop.state.is_open])
    done = named("pathDone", [stop for stop in others if stop.state is LegState.SERVED])
    return "  ·  ".join(part for part in (left, done) if part)


def _stop_name(stop: Stop, language: Language) -> str:
    zones = "/".join(zone.in_(language) for zone in stop.zones) if stop.state.is_open else ""
    return f"{stop.name.in_(language)} ({zones})" if zones else stop.name.in_(language)


def timer(desk: Desk, now: datetime) -> str:
    """How long the leg in hand has been in its state: changes each second, so it stands apart."""
    return elapsed(desk.hand.since, now) if desk.hand is not None else ""


def _empty(desk: Desk) -> Hand:
    language = desk.language

    def keyed(word: str, verb: Verb) -> str:
        return say(word, language, key=key_text(BY_VERB[verb].key, language))

    if desk.status is None:
        return Hand()
    if desk.status.state is CounterState.CLOSED:
        return Hand(title=say("handClosed", language), hint=keyed("handClosedHint", Verb.OPEN))
    if desk.status.state is CounterState.PAUSED:
        return Hand(title=say("handPaused", language), hint=keyed("handPausedHint", Verb.OPEN))
    following = next((item for item in waiting(desk) if item.blocked is None), None)
    if following is None and desk.status.helping:
        title = say("handHelping", language, count=desk.status.helping)
        return Hand(title=title, hint=keyed("handCallHint", Verb.CALL_NEXT))
    if following is None:
        return Hand(title=say("handNobody", language))
    return Hand(title=say("handNext", language, ticket=following.ticket), hint=keyed("handCallHint", Verb.CALL_NEXT))


def _receipts(desk: Desk, hand: HandItem, now: datetime) -> tuple[Receipt, ...]:
    """What each display did with the call: "TV 1: tampil +0,4 d, bicara +1,1 d"."""
    heard = [item for item in desk.table.values() if isinstance(item, DeliveryItem) and item.leg == hand.leg]
    return tuple(_receipt(desk, item, hand, now) for item in sorted(heard, key=lambda item: item.display))


def _receipt(desk: Desk, item: DeliveryItem, hand: HandItem, now: datetime) -> Receipt:
    language = desk.language

    def after(word: str, milliseconds: int) -> str:
        return say(word, language, seconds=seconds(milliseconds, language))

    shown = [] if item.shown_after is None else [after("receiptShown", item.shown_after)]
    match item.step:
        case None:
            late = now - hand.since >= DISPLAY_PATIENCE
            return Receipt(say("receiptPending", language, display=item.display), "warning" if late else "pending")
        case ReceiptStep.SHOWN:
            parts = [after("receiptShown", item.after)]
        case ReceiptStep.SPOKEN:
            parts = [*shown, after("receiptSpoken", item.after)]
        case ReceiptStep.MUTE:
            parts = [*shown, say("receiptMute", language)]
    return Receipt(f"{item.display}: {', '.join(parts)}", "warning" if item.step is ReceiptStep.MUTE else "good")


def _action(desk: Desk, verb: Verb) -> Action:
    binding = BY_VERB[verb]
    why = why_not(desk, verb)
    word = binding.word
    if verb is Verb.CALL_NEXT and desk.hand is not None and desk.hand.state is LegState.SERVING:
        word = "finishAndCall"
    return Action(
        text=say(word, desk.language),
        key=key_text(binding.key, desk.language),
        live=why is None,
        why=say(why, desk.language) if why is not None else "",
        main=verb is _usual(desk),
    )


def _usual(desk: Desk) -> Verb:
    if desk.hand is not None:
        return Verb.FINISH if desk.hand.state is LegState.SERVING else Verb.SERVE
    if desk.status is not None and desk.status.state is not CounterState.OPEN:
        return Verb.OPEN
    return Verb.CALL_NEXT
