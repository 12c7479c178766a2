"""A visitor chooses: what a touch on each page leads to. Pure."""

from __future__ import annotations

from dataclasses import replace

from kiosk import staff
from kiosk.catalogue_view import gives_numbers
from kiosk.effects import Ask, GiveHere
from kiosk.events import (
    AskForPriority,
    Back,
    Choice,
    ChooseAgency,
    ChooseNeed,
    ChooseService,
    Clear,
    Erase,
    Finished,
    OpenSearch,
    Start,
    StartOver,
    SwitchLanguage,
    SwitchSize,
    TakeNumber,
    Turn,
    Type,
)
from kiosk.pages import Step, go_idle, show
from kiosk.states import (
    AskingPriority,
    ChoosingAgency,
    ChoosingService,
    Cooldown,
    Idle,
    Issuing,
    Kiosk,
    NoAnswer,
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


def chosen(kiosk: Kiosk, choice: Choice, now: float) -> Step:
    page = kiosk.page
    match page, choice:
        case Idle(), Start(language=language) if kiosk.catalogue.agencies:
            return show(replace(kiosk, language=language), ChoosingAgency(), now), ()
        case (Idle(), SwitchSize()) | (
            ChoosingAgency() | Searching() | ChoosingService() | ReadingService() | AskingPriority(),
            SwitchSize(),
        ):
            return replace(kiosk, large=not kiosk.large), ()
        case (
            ChoosingAgency()
            | Searching()
            | ChoosingService()
            | ReadingService()
            | AskingPriority()
            | TakeTicket()
            | ShowNumber()
            | Refused()
            | NoAnswer()
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
            return _ask(kiosk, page, Priority.REGULAR, (), now)
        case ReadingService(service=service), AskForPriority() if gives_numbers(kiosk.catalogue.line(service)):
            return show(kiosk, AskingPriority(page), now), ()
        case AskingPriority(came_from=reading), ChooseNeed(need=need):
            return _ask(kiosk, reading, Priority.PRIORITY, (need,), now)
        case ((Searching() | ChoosingService() | ReadingService() | AskingPriority() | Cooldown()), Back()):
            return show(kiosk, page.came_from, now), ()
        case (
            ChoosingAgency() | Searching() | ChoosingService() | ReadingService() | AskingPriority() | Cooldown(),
            StartOver(),
        ) | (ChoosingAgency(), Back()):
            return go_idle(kiosk, now), ()
        case ((TakeTicket() | ShowNumber() | Refused() | NoAnswer()), (Finished() | StartOver())):
            return go_idle(kiosk, now), ()
        case ((StaffPin() | StaffMenu()), (Back() | StartOver())):
            return go_idle(kiosk, now), ()
        case ((StaffPin() | StaffMenu()), _):
            return staff.chosen(kiosk, choice, now)
        case _:
            return kiosk, ()


def _ask(kiosk: Kiosk, page: ReadingService, priority: Priority, needs: tuple[Need, ...], now: float) -> Step:
    if not gives_numbers(kiosk.catalogue.line(page.service)):
        return kiosk, ()
    if kiosk.hold is not None and kiosk.hold.service == page.service and now < kiosk.hold.until:
        return show(kiosk, Cooldown(page, kiosk.hold.until), now), ()
    command = IssueTicket(service=page.service, language=kiosk.language, priority=priority, needs=needs)
    issuing = Issuing(page.service, priority, needs, here=kiosk.alone)
    asking = GiveHere(command) if kiosk.alone else Ask(command, ANSWER_WITHIN)
    return show(kiosk, issuing, now), (asking,)
