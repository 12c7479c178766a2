"""What each page shows: a pure function of the kiosk's state, the site's clock and the shape of the window."""

from __future__ import annotations

from math import ceil

from kiosk import checking_in, other_days, wording
from kiosk import choosing_screens as choosing
from kiosk.choosing import THINK
from kiosk.patience import SETTLE, asks_again, seconds_left
from kiosk.screen_values import (
    Frame,
    MessageScreen,
    NumberScreen,
    PairingScreen,
    PinScreen,
    Screen,
    Slip,
    StaffScreen,
    StopRow,
    Surroundings,
)
from kiosk.states import (
    AskingAgain,
    AskingNeeds,
    AskingPriority,
    BackInLine,
    CheckingIn,
    Choosing,
    ChoosingAgency,
    ChoosingService,
    ComingBack,
    Cooldown,
    Disconnected,
    EnteringCode,
    Idle,
    Issuing,
    Kiosk,
    NoAnswer,
    NotBack,
    NotCheckedIn,
    OfferingOtherDays,
    Page,
    Pairing,
    Printing,
    ReadingService,
    Refused,
    Searching,
    ShowNumber,
    StaffMenu,
    StaffPin,
    Starting,
    TakeTicket,
    Ticket,
    TurnedAway,
)
from kiosk.words import PRINTER, not_back, refusal, say
from shared import dates
from shared.protocol.values import Stop
from shared.vocabulary import Language, LegState, PrintState, Priority

MAY_SWITCH = Cooldown | Refused | NoAnswer | ShowNumber | BackInLine | NotBack | EnteringCode | NotCheckedIn
"""Pages on which the language can be changed, besides those on which one chooses."""


def page_name(page: Page) -> str:
    match page:
        case Idle():
            return "idle"
        case ChoosingAgency():
            return "agencies"
        case Searching():
            return "search"
        case ChoosingService():
            return "services"
        case ReadingService():
            return "service"
        case AskingPriority() | AskingNeeds():
            return "priority"
        case AskingAgain():
            return "message"
        case OfferingOtherDays():
            return "otherDays"
        case TakeTicket() | ShowNumber():
            return "number"
        case Pairing():
            return "pairing"
        case StaffPin():
            return "pin"
        case StaffMenu():
            return "staff"
        case Starting() | TurnedAway() | Issuing() | Printing() | Refused() | NoAnswer() | Cooldown() | Disconnected():
            return "message"
        case ComingBack() | BackInLine() | NotBack() | CheckingIn() | NotCheckedIn():
            return "message"
        case EnteringCode():
            return "booking"


def frame(kiosk: Kiosk, around: Surroundings, now: float) -> Frame:
    page = kiosk.page
    left = seconds_left(kiosk, now)
    is_choosing = isinstance(page, Choosing | AskingNeeds)
    asking = asks_again(kiosk, now)
    return Frame(
        page=page_name(page),
        site=kiosk.site.name.in_(kiosk.language) if kiosk.site else "",
        clock=dates.clock(around.now, around.zone, kiosk.language) if kiosk.site else "",
        day=dates.day(around.now, around.zone, kiosk.language) if kiosk.site else "",
        language=kiosk.language.value,
        large=kiosk.large,
        can_go_back=is_choosing or isinstance(page, Cooldown | StaffPin | StaffMenu | EnteringCode),
        can_start_over=is_choosing or isinstance(page, Cooldown),
        can_switch=is_choosing or isinstance(page, MAY_SWITCH),
        notice=_notice(kiosk, around),
        notice_icon="plug" if kiosk.alone else "clock" if _late(kiosk, around) else "printer",
        basket=choosing.chosen_before(kiosk) if isinstance(page, ChoosingAgency | ChoosingService | Searching) else "",
        asks_again=asking,
        seconds=ceil(left) if asking and left is not None else 0,
        settled=now - kiosk.shown_at >= SETTLE,
    )


def _notice(kiosk: Kiosk, around: Surroundings) -> str:
    """What to expect of a kiosk without its server, without a printer that prints, or of a number taken too late."""
    keys = [key for key, stands in (("aloneNotice", kiosk.alone), ("paperNotice", kiosk.printer is not None)) if stands]
    match kiosk.page:
        case Idle():
            return "\n".join(say(key, language) for key in keys for language in Language)
        case ChoosingAgency() | Searching() | ChoosingService() | ReadingService() | AskingPriority():
            if kiosk.alone and kiosk.basket:
                keys.append("aloneOneService")
            late = _late(kiosk, around)
            return "\n".join((*([late] if late else []), *(say(key, kiosk.language) for key in keys)))
        case _:
            return ""


def _late(kiosk: Kiosk, around: Surroundings) -> str:
    """That a number taken now will probably not be called today; empty when it will."""
    match kiosk.page:
        case ReadingService(service=service):
            line = other_days.late_line(kiosk, service, Priority.REGULAR)
        case AskingPriority(came_from=ReadingService(service=service)):
            line = other_days.late_line(kiosk, service, Priority.PRIORITY)
        case _:
            return ""
    return other_days.why_late(line, around, kiosk.language) if line is not None else ""


def screen(kiosk: Kiosk, around: Surroundings, now: float) -> Screen:
    match kiosk.page:
        case Idle():
            return choosing.idle(kiosk, around)
        case ChoosingAgency(turn=turn):
            return choosing.agencies(kiosk, around, turn)
        case ChoosingService(agency=agency, turn=turn):
            return choosing.services(kiosk, around, agency, turn)
        case Searching(query=query):
            return choosing.searching(kiosk, around, query)
        case ReadingService(service=service):
            return choosing.service(kiosk, around, service)
        case AskingPriority(came_from=reading):
            return choosing.priority(kiosk, reading.service)
        case OfferingOtherDays() as page:
            return other_days.screen(kiosk, page, around)
        case AskingAgain() as page:
            return _again(kiosk, page, now)
        case TakeTicket(ticket=ticket, sure=sure):
            return _paper(kiosk, ticket, sure, around, now)
        case ShowNumber(ticket=ticket, fault=fault):
            why = PRINTER[fault].in_(kiosk.language) if fault else say("paperIsSlow", kiosk.language)
            return _number(kiosk, ticket, why, around, now)
        case Pairing(code=code):
            return PairingScreen(code, say("pairingHint", kiosk.language, code=code))
        case StaffPin() as page:
            return _pin(kiosk, page, now)
        case StaffMenu():
            return _staff(kiosk)
        case (
            Starting() | TurnedAway() | Issuing() | Printing() | Refused() | NoAnswer() | Cooldown() | Disconnected()
        ) as page:
            return _message(kiosk, page, around, now)
        case ComingBack() | BackInLine() | NotBack() as page:
            return _back(kiosk, page)
        case EnteringCode() as page:
            return checking_in.code_screen(kiosk, page)
        case AskingNeeds():
            return checking_in.needs_screen(kiosk)
        case CheckingIn() | NotCheckedIn() as page:
            return checking_in.message(kiosk, page, around)


# --- the number ---


def _paper(kiosk: Kiosk, ticket: Ticket, sure: bool, around: Surroundings, now: float) -> NumberScreen:
    headline = say("takePaper" if sure else "takePaperUnsure", kiosk.language)
    qr = "" if sure else ticket.issued.url
    return _of_ticket(kiosk, ticket, around, paper=True, headline=headline, note="", qr=qr, now=now)


def _number(kiosk: Kiosk, ticket: Ticket, fault: str, around: Surroundings, now: float) -> NumberScreen:
    note = f"{fault}. {say('numberIsValid', kiosk.language)}"
    headline = say("photograph", kiosk.language)
    return _of_ticket(kiosk, ticket, around, paper=False, headline=headline, note=note, qr=ticket.issued.url, now=now)


def _of_ticket(
    kiosk: Kiosk, ticket: Ticket, around: Surroundings, *, paper: bool, headline: str, note: str, qr: str, now: float
) -> NumberScreen:
    language = kiosk.language
    stops = tuple(_stop_row(stop, language) for stop in ticket.issued.stops)
    several = say("severalServices", language, count=len(stops))
    return NumberScreen(
        ticket=ticket.issued.ticket,
        service=several if stops else ticket.service.name.in_(language),
        agency="" if stops else ticket.agency.name.in_(language),
        stops=stops,
        ahead="" if ticket.alone else wording.people(ticket.issued.ahead, language),
        estimate="" if ticket.alone else wording.minutes(ticket.issued.minutes, language),
        rarely=_beneath_minutes(ticket, around, language),
        alone=_alone(ticket, language),
        paper=paper,
        headline=headline,
        note=note,
        qr=qr,
        seconds=ceil(seconds_left(kiosk, now) or 0),
    )


def _beneath_minutes(ticket: Ticket, around: Surroundings, language: Language) -> str:
    if ticket.alone:
        return ""
    if ticket.late is not None:
        return say("perhapsAfterClosing", language, time=dates.clock(ticket.late, around.zone, language))
    return wording.rarely_over(ticket.issued.minutes, language)


def _alone(ticket: Ticket, language: Language) -> str:
    """Of a number given without the server: that it is valid, and which of the services chosen are not on it."""
    if not ticket.alone:
        return ""
    names = ", ".join(item.name.in_(language) for item in ticket.left_out)
    left_out = [say("aloneLeftOut", language, service=ticket.service.name.in_(language), names=names)] if names else []
    return "\n".join([say("aloneNumber", language), *left_out])


def _stop_row(stop: Stop, language: Language) -> StopRow:
    """`Zona A · 3 menunggu · 10-20 menit`."""
    place = ", ".join(zone.in_(language) for zone in stop.zones)
    if stop.state is LegState.BOOKED:
        parts = [place, say("stopLater", language)]
    else:
        wait = [] if stop.minutes is None else [wording.minutes(stop.minutes, language)]
        parts = [place, wording.waiting(stop.ahead, language), *wait]
    return StopRow(stop.name.in_(language), " · ".join(part for part in parts if part))


# --- one thing to know ---


def _message(
    kiosk: Kiosk,
    page: Starting | TurnedAway | Issuing | Printing | Refused | NoAnswer | Cooldown | Disconnected,
    around: Surroundings,
    now: float,
) -> MessageScreen:
    language = kiosk.language
    match page:
        case Starting():
            return MessageScreen(say("startingTitle", language), say("startingHint", language), "busy")
        case Issuing():
            return MessageScreen(say("issuing", language), say("issuingHint", language), "busy")
        case Printing(ticket=ticket):
            title = f"{say('printing', language)}: {ticket.issued.ticket}"
            return MessageScreen(title, say("printingHint", language), "busy")
        case Disconnected():
            return MessageScreen(say("offlineTitle", language), say("offlineHint", language), "sorry")
        case TurnedAway(code=code):
            return MessageScreen(say("turnedAwayTitle", language), refusal(code, language), "sorry")
        case NoAnswer():
            return MessageScreen(say("noAnswerTitle", language), say("noAnswerHint", language), "sorry", button=True)
        case Refused(code=code, service=service):
            text = refusal(code, language)
            line = kiosk.catalogue.line(service)
            if not line.open and line.opens_at:
                text = f"{text} {wording.opens(line.opens_at, around.now, around.zone, language)}."
            return MessageScreen(say("refusedTitle", language), text, "sorry", button=True)
        case Cooldown():
            seconds = ceil(seconds_left(kiosk, now) or 0)
            return MessageScreen(say("cooldownTitle", language), say("cooldownHint", language), "calm", seconds)


def _again(kiosk: Kiosk, page: AskingAgain, now: float) -> MessageScreen:
    language, number = kiosk.language, page.ticket.issued.ticket
    return MessageScreen(
        say("againTitle", language, number=number),
        say("againHint", language, service=page.ticket.service.name.in_(language)),
        "calm",
        mine=say("againPrint" if page.prints(kiosk) else "againShow", language, number=number),
        another=say("againAnother", language),
        ready=now - kiosk.shown_at >= THINK,
    )


def _back(kiosk: Kiosk, page: ComingBack | BackInLine | NotBack) -> MessageScreen:
    language = kiosk.language
    match page:
        case ComingBack():
            return MessageScreen(say("comingBack", language), say("comingBackHint", language), "busy")
        case BackInLine(ticket=ticket, ahead=ahead, minutes=minutes):
            facts = {"people": wording.people(ahead, language), "minutes": wording.minutes(minutes, language)}
            text = say("backAhead", language, **facts) if ahead else say("backNext", language)
            if ahead and (rarely := wording.rarely_over(minutes, language)):
                text = f"{text}\n{rarely}"
            return MessageScreen(say("backInLine", language, ticket=ticket), text, "good", button=True)
        case NotBack(code=code):
            return MessageScreen(say("notBackTitle", language), not_back(code, language), "sorry", button=True)


# --- staff ---


def _pin(kiosk: Kiosk, page: StaffPin, now: float) -> PinScreen:
    wait = ceil(max(0.0, kiosk.pin_from - now))
    if wait:
        return PinScreen(len(page.digits), say("staffPinWait", kiosk.language, count=wait), ready=False)
    return PinScreen(len(page.digits), say("staffPinWrong", kiosk.language) if page.wrong else "")


_PAPER = {
    PrintState.PRINTED: "printed",
    PrintState.FAILED: "printFailed",
    PrintState.UNKNOWN: "printUnknown",
    PrintState.PENDING: "printPending",
}


def _staff(kiosk: Kiosk) -> StaffScreen:
    language = kiosk.language
    slips = []
    for ticket in kiosk.tickets:
        detail = f"{ticket.service.name.in_(language)} · {say(_PAPER[ticket.paper], language)}"
        if ticket.copies:
            detail += f" · {say('copies', language, count=ticket.copies)}"
        slips.append(Slip(ticket.issued.visit, ticket.issued.ticket, detail))
    fault = kiosk.printer
    well = say("printerGood" if kiosk.confirms else "printerCannotConfirm", language)
    return StaffScreen(
        printer=PRINTER[fault].in_(language) if fault else well,
        printer_well=fault is None,
        slips=tuple(slips),
    )
