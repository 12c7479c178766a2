"""Checking in: who has a booking shows its code to the scanner, or types the short one, and gets a number. Pure.

Whether priority is needed is asked in between, as it is of everybody: a booking does not know.
"""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from kiosk.answers import READ_REFUSAL, show_ticket
from kiosk.choosing_screens import need_rows
from kiosk.effects import AskBack
from kiosk.events import (
    Back,
    BookingShown,
    Choice,
    ChooseNeed,
    EnterCode,
    Erase,
    Finished,
    OpenBooking,
    Replied,
    StartOver,
    SwitchLanguage,
    SwitchSize,
    TakeAnother,
    TakeNumber,
    Type,
)
from kiosk.pages import Step, go_idle, show
from kiosk.screen_values import BookingScreen, MessageScreen, PriorityScreen, Surroundings
from kiosk.states import (
    AskingNeeds,
    BackInLine,
    CheckingIn,
    Choosing,
    ChoosingAgency,
    EnteringCode,
    Idle,
    Kiosk,
    NoAnswer,
    NotBack,
    NotCheckedIn,
    Refused,
    Ticket,
)
from kiosk.words import CHECK_IN_REFUSALS, refusal, say
from shared import dates
from shared.protocol.commands import CheckIn
from shared.protocol.replies import Issued
from shared.vocabulary import ErrorCode, Language, Need, Priority, RequestId

ANSWER_WITHIN = 8.0
LETTERS = "ACDEFHJKMNPRTVWXY3479"  # all that a code is made of
LENGTH = 6


def chosen(kiosk: Kiosk, choice: Choice, now: float) -> Step:
    """A touch that has to do with a booking; any other changes nothing."""
    page = kiosk.page
    match page, choice:
        case Idle(), OpenBooking() if kiosk.catalogue.is_booked:
            return (_ask_in_vain(kiosk, now) if not kiosk.connected else show(kiosk, EnteringCode(), now)), ()
        case EnteringCode(code=code), Type(letter=letter) if len(code) < LENGTH and letter in LETTERS:
            return replace(kiosk, page=EnteringCode(code + letter)), ()
        case EnteringCode(code=code), Erase():
            return replace(kiosk, page=EnteringCode(code[:-1])), ()
        case EnteringCode(code=code), EnterCode() if len(code) == LENGTH:
            return _ask_needs(kiosk, AskingNeeds(code, kiosk.language), now)
        case AskingNeeds(), TakeNumber():
            return _ask(kiosk, page, Priority.REGULAR, (), now)
        case AskingNeeds(), ChooseNeed(need=need):
            return _ask(kiosk, page, Priority.PRIORITY, (need,), now)
        case AskingNeeds(), SwitchLanguage():
            other = _other(kiosk.language)
            return replace(kiosk, language=other, page=replace(page, language=other)), ()
        case AskingNeeds(), SwitchSize():
            return replace(kiosk, large=not kiosk.large), ()
        case ((EnteringCode() | AskingNeeds()), (Back() | StartOver())) | (NotCheckedIn(), (Finished() | StartOver())):
            return go_idle(kiosk, now), ()
        case NotCheckedIn(), TakeAnother() if kiosk.catalogue.agencies:
            return show(kiosk, ChoosingAgency(), now), ()
        case ((EnteringCode() | NotCheckedIn()), SwitchLanguage()):
            return replace(kiosk, language=_other(kiosk.language)), ()
        case _:
            return kiosk, ()


def shown(kiosk: Kiosk, booking: BookingShown, now: float) -> Step:
    """A code before the scanner. Whoever has a number on the screen, or one that is being made, is not disturbed."""
    may_come = Idle | Choosing | Refused | NoAnswer | BackInLine | NotBack | EnteringCode | AskingNeeds | NotCheckedIn
    if not isinstance(kiosk.page, may_come):
        return kiosk, ()
    # Who has chosen no language gets the one of the booking.
    match kiosk.page:
        case AskingNeeds(language=language):  # a scanner may read one code twice
            chosen = language
        case page:
            chosen = None if isinstance(page, Idle) else kiosk.language
    return _ask_needs(kiosk, AskingNeeds(booking.key, chosen), now)


def answered(kiosk: Kiosk, page: CheckingIn, reply: Replied, now: float) -> Step:
    if page.request != reply.request:
        return kiosk, ()
    if isinstance(issued := reply.result, Issued):
        service = kiosk.catalogue.service(issued.service)
        agency = kiosk.catalogue.agency(service.agency) if service else None
        if service is not None and agency is not None:
            speaking = replace(kiosk, language=issued.language or kiosk.language)
            return show_ticket(speaking, Ticket(issued, service, agency, speaking.language, page.priority), now)
    code = ErrorCode.OVERLOADED if reply.refusal is None else reply.refusal.code
    facts = {} if reply.refusal is None else reply.refusal.facts
    return show(kiosk, NotCheckedIn(code, facts, now + READ_REFUSAL), now), ()


def unanswered(kiosk: Kiosk, page: CheckingIn, request: RequestId, now: float) -> Step:
    return (_ask_in_vain(kiosk, now) if page.request == request else kiosk), ()


def _ask_needs(kiosk: Kiosk, asking: AskingNeeds, now: float) -> Step:
    return (show(kiosk, asking, now) if kiosk.connected else _ask_in_vain(kiosk, now)), ()


def _ask(kiosk: Kiosk, page: AskingNeeds, priority: Priority, needs: tuple[Need, ...], now: float) -> Step:
    if not kiosk.connected:
        return _ask_in_vain(kiosk, now), ()
    command = CheckIn(booking=page.booking, language=page.language, priority=priority, needs=needs)
    return show(kiosk, CheckingIn(priority=priority), now), (AskBack(command, ANSWER_WITHIN),)


def _ask_in_vain(kiosk: Kiosk, now: float) -> Kiosk:
    return show(kiosk, NotCheckedIn(None, {}, now + READ_REFUSAL), now)


def _other(language: Language) -> Language:
    return Language.ENGLISH if language is Language.INDONESIAN else Language.INDONESIAN


# --- what the pages show ---


def code_screen(kiosk: Kiosk, page: EnteringCode) -> BookingScreen:
    return BookingScreen(
        title=say("bookingTitle", kiosk.language),
        hint=say("bookingHint", kiosk.language),
        letters=tuple(page.code.ljust(LENGTH)),
        keys=tuple(LETTERS),
        enter=say("bookingEnter", kiosk.language),
        ready=len(page.code) == LENGTH,
    )


def needs_screen(kiosk: Kiosk) -> PriorityScreen:
    return PriorityScreen(
        title=say("needPriority", kiosk.language),
        hint=say("whichNeedHint", kiosk.language),
        service=say("bookingHere", kiosk.language),
        needs=need_rows(kiosk.language),
        regular=say("takeNumber", kiosk.language),
    )


def message(kiosk: Kiosk, page: CheckingIn | NotCheckedIn, around: Surroundings) -> MessageScreen:
    language = kiosk.language
    if isinstance(page, CheckingIn):
        return MessageScreen(say("checkingIn", language), say("checkingInHint", language), "busy")
    if page.code is None:
        text = say("bookingNeedsServer", language)
    elif page.code in CHECK_IN_REFUSALS:
        text = CHECK_IN_REFUSALS[page.code].in_(language).format(**_facts(page, around, language))
    else:
        text = refusal(page.code, language)
    walk_in = say("bookingWalkIn", language) if kiosk.catalogue.is_open else ""
    return MessageScreen(say("notCheckedIn", language), text, "sorry", button=True, another=walk_in)


def _facts(page: NotCheckedIn, around: Surroundings, language: Language) -> dict[str, str]:
    """Of a refusal, as its sentence says them; a fact that is missing leaves its place empty."""

    def moment(name: str) -> datetime | None:
        try:
            return datetime.fromisoformat(str(page.facts.get(name)))
        except ValueError:
            return None

    opens, starts = moment("from"), moment("starts_at")
    return {
        "time": "" if opens is None else dates.clock(opens, around.zone, language),
        "day": "" if starts is None else dates.day(starts, around.zone, language),
        "ticket": str(page.facts.get("ticket") or ""),
    }
