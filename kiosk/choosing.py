"""A visitor chooses: what a touch on each page leads to. Pure."""

from __future__ import annotations

from msgspec.structs import replace

from kiosk import basket, other_days, staff
from kiosk.answers import HASTE, HASTY, PAPER_WITHIN, TAKE_PAPER
from kiosk.catalogue_view import gives_numbers
from kiosk.effects import Ask, GiveHere
from kiosk.events import (
    AddAnother,
    AskForPriority,
    Back,
    Choice,
    ChooseAgency,
    ChooseNeed,
    ChooseService,
    Clear,
    Erase,
    Finished,
    LookAtBasket,
    LookAtOtherDays,
    OpenSearch,
    PrintMine,
    Start,
    StartOver,
    SwitchLanguage,
    SwitchSize,
    TakeAllTheSame,
    TakeAnother,
    TakeNumber,
    Turn,
    Type,
)
from kiosk.pages import Step, go_idle, show
from kiosk.states import (
    AskingAgain,
    AskingPriority,
    BackInLine,
    ChoosingAgency,
    ChoosingService,
    Cooldown,
    Idle,
    Issuing,
    Kiosk,
    NoAnswer,
    NotBack,
    OfferingOtherDays,
    Printing,
    ReadingService,
    Refused,
    Searching,
    ShowNumber,
    StaffMenu,
    StaffPin,
    TakeTicket,
)
from shared.protocol.commands import IssueTicket
from shared.vocabulary import Language, Need, Priority

ANSWER_WITHIN = 10.0  # then the request is given up: nobody waits longer before a still screen
LONGEST_QUERY = 40
THINK = 1.5  # seconds before "I am another visitor" is heard: a child that taps has tapped elsewhere by then


def chosen(kiosk: Kiosk, choice: Choice, now: float) -> Step:
    page = kiosk.page
    match page, choice:
        case Idle(), Start(language=language) if kiosk.catalogue.agencies:
            return show(replace(kiosk, language=language), ChoosingAgency(), now), ()
        case (Idle(), SwitchSize()) | (
            ChoosingAgency()
            | Searching()
            | ChoosingService()
            | ReadingService()
            | AskingPriority()
            | AskingAgain()
            | OfferingOtherDays(),
            SwitchSize(),
        ):
            return replace(kiosk, large=not kiosk.large), ()
        case (
            ChoosingAgency()
            | Searching()
            | ChoosingService()
            | ReadingService()
            | AskingPriority()
            | AskingAgain()
            | OfferingOtherDays()
            | TakeTicket()
            | ShowNumber()
            | Refused()
            | NoAnswer()
            | BackInLine()
            | NotBack()
            | Cooldown(),
            SwitchLanguage(),
        ):
            other = Language.ENGLISH if kiosk.language is Language.INDONESIAN else Language.INDONESIAN
            return replace(kiosk, language=other), ()
        case ChoosingAgency(), ChooseAgency(agency=agency) if kiosk.catalogue.agency(agency):
            return show(kiosk, ChoosingService(agency, page), now), ()
        case ((ChoosingAgency() | ChoosingService()), Turn(by=by)):
            return replace(kiosk, page=replace(page, turn=max(0, page.turn + by))), ()
        case ((ChoosingAgency() | ChoosingService()), OpenSearch()):
            return show(kiosk, Searching(page), now), ()
        case Searching(query=query), Type(letter=letter) if len(query) < LONGEST_QUERY:
            return replace(kiosk, page=replace(page, query=(query + letter).lstrip())), ()
        case Searching(query=query), Erase():
            return replace(kiosk, page=replace(page, query=query[:-1])), ()
        case Searching(), Clear():
            return replace(kiosk, page=replace(page, query="")), ()
        case ((ChoosingService() | Searching()), ChooseService(service=service)) if kiosk.catalogue.service(service):
            return show(kiosk, ReadingService(service, page), now), ()
        case ReadingService(), TakeNumber():
            return _want(kiosk, page, Priority.REGULAR, (), now)
        case ReadingService(), LookAtOtherDays():
            return other_days.look(kiosk, page, now)
        case OfferingOtherDays(came_from=reading), TakeAllTheSame():
            return _ask(kiosk, reading, page.priority, page.needs, now)
        case OfferingOtherDays(), Finished():
            return go_idle(kiosk, now), ()
        case ReadingService(), AddAnother():
            return basket.add(kiosk, page, now)
        case ((ChoosingAgency() | ChoosingService() | Searching()), LookAtBasket()) if kiosk.basket:
            return basket.look(kiosk, now)
        case ReadingService(service=service), AskForPriority() if gives_numbers(kiosk.catalogue.line(service)):
            return show(kiosk, AskingPriority(page), now), ()
        case AskingPriority(came_from=reading), ChooseNeed(need=need):
            return _want(kiosk, reading, Priority.PRIORITY, (need,), now)
        case AskingAgain(came_from=reading), TakeAnother() if now - kiosk.shown_at >= THINK:
            return _issue(kiosk, reading, page.priority, page.needs, now)
        case AskingAgain(), PrintMine():
            return _print_mine(kiosk, page, now)
        case (
            (
                Searching()
                | ChoosingService()
                | ReadingService()
                | AskingPriority()
                | AskingAgain()
                | OfferingOtherDays()
                | Cooldown()
            ),
            Back(),
        ):
            return show(kiosk, page.came_from, now), ()
        case (
            ChoosingAgency()
            | Searching()
            | ChoosingService()
            | ReadingService()
            | AskingPriority()
            | AskingAgain()
            | OfferingOtherDays()
            | Cooldown(),
            StartOver(),
        ) | (ChoosingAgency(), Back()):
            return go_idle(kiosk, now), ()
        case (
            (TakeTicket() | ShowNumber() | Refused() | NoAnswer() | BackInLine() | NotBack()),
            (Finished() | StartOver()),
        ):
            return go_idle(kiosk, now), ()
        case ((StaffPin() | StaffMenu()), (Back() | StartOver())):
            return go_idle(kiosk, now), ()
        case ((StaffPin() | StaffMenu()), _):
            return staff.chosen(kiosk, choice, now)
        case _:
            return kiosk, ()


def _want(kiosk: Kiosk, page: ReadingService, priority: Priority, needs: tuple[Need, ...], now: float) -> Step:
    """A number, unless another day is to be offered first."""
    offered = other_days.offer(kiosk, page, priority, needs, now) if _is_given(kiosk, page) else None
    return offered or _ask(kiosk, page, priority, needs, now)


def _is_given(kiosk: Kiosk, page: ReadingService) -> bool:
    return gives_numbers(kiosk.catalogue.line(page.service))


def _ask(kiosk: Kiosk, page: ReadingService, priority: Priority, needs: tuple[Need, ...], now: float) -> Step:
    if not _is_given(kiosk, page):
        return kiosk, ()
    first = basket.wanted(kiosk, page.service)[0]
    is_held = kiosk.hold is not None and kiosk.hold.service == first and now < kiosk.hold.until
    is_hasty = len(kiosk.given) == HASTY and now - kiosk.given[-1] < HASTE
    own = (ticket for ticket in kiosk.tickets if is_hasty or ticket.service.id == first)
    if (is_held or is_hasty) and (taken := next(own, None)) is not None:
        return show(kiosk, AskingAgain(page, taken, priority, needs, on_paper=not is_hasty), now), ()
    if is_held and kiosk.hold is not None:
        return show(kiosk, Cooldown(page, kiosk.hold.until), now), ()
    return _issue(kiosk, page, priority, needs, now)


def _issue(kiosk: Kiosk, page: ReadingService, priority: Priority, needs: tuple[Need, ...], now: float) -> Step:
    first, *others = basket.wanted(kiosk, page.service)
    further = tuple(others)
    command = IssueTicket(service=first, language=kiosk.language, priority=priority, needs=needs, further=further)
    dropped = tuple(one for one in kiosk.basket if one != first) if kiosk.alone else further
    issuing = Issuing(first, priority, needs, dropped, here=kiosk.alone)
    asking = GiveHere(command) if kiosk.alone else Ask(command, ANSWER_WITHIN)
    return show(replace(kiosk, basket=()), issuing, now), (asking,)


def _print_mine(kiosk: Kiosk, page: AskingAgain, now: float) -> Step:
    """One copy, marked; after that the number stands on the screen, and paper is for staff to give."""
    ticket = page.ticket
    if not page.prints(kiosk):
        return show(kiosk, TakeTicket(ticket, sure=False, until=now + TAKE_PAPER), now), ()
    kiosk, effects = staff.print_again(kiosk, ticket.issued.visit)
    counted = replace(ticket, copies=ticket.copies + 1)
    return show(kiosk, Printing(counted, now + PAPER_WITHIN), now), effects
