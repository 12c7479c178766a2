"""The kiosk without its server, as a visitor meets it: real touches, in both sizes and languages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from itertools import count

import pytest

from kiosk.going_on import GoingOn
from kiosk.hall_file import KeptHall
from kiosk.memory import Born, Held, memory_of
from kiosk.printing.printer import Failed, Printed
from kiosk.start import Past
from shared.notices import Answered, Lost
from shared.protocol.commands import Command, IslandTicket, IssueTicket, LeaseNumbers, MergeTickets
from shared.protocol.replies import Block, Leased, Merged, MergedTicket, Result, SharedHours
from shared.protocol.views import AgencyItem, LineItem, ServiceItem
from shared.vocabulary import Language, PrinterFault
from tests.gui.test_kiosk import BEGIN, LANDSCAPE, PORTRAIT, first_service
from tests.support.builders import TODAY
from tests.support.fake_link import FakeLink
from tests.support.kiosk_stage import MORNING, SITE, Stage, an_open_hall, on_stage

SAID = {
    Language.INDONESIAN: "Nomor Anda sah. Pemanggilan dilanjutkan setelah jaringan pulih.",
    Language.ENGLISH: "Your number is valid. Calling resumes when the network is back.",
}


def a_lease(block: int = 30) -> Leased:
    services = [item for item in an_open_hall().values() if isinstance(item, ServiceItem)]
    office = ((MORNING - timedelta(hours=1), MORNING + timedelta(hours=5)),)
    return Leased(
        service_date=TODAY,
        until=MORNING + timedelta(hours=17),
        blocks=tuple(Block(prefix, 501, 500 + block) for prefix in sorted({item.prefix for item in services})),
        hours=(SharedHours(tuple(item.id for item in services), office),),
        follow="http://192.168.1.10:8080/v/",
    )


def a_past(link: FakeLink, block: int = 30) -> Past:
    """Connected this morning; nothing given yet."""
    table = an_open_hall()
    made = count(1)
    going_on = GoingOn(
        memory_of([Born("j"), Held(a_lease(block))]),
        lambda _, then: then(True),
        link,
        new_id=lambda: f"own{next(made)}",
        new_key=lambda: f"{next(made):022d}",
    )
    kept = {key: item for key, item in table.items() if isinstance(item, AgencyItem | ServiceItem | LineItem)}
    return Past(going_on, KeptHall(SITE, kept), None)


@pytest.fixture(params=[PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])
def stage(request: pytest.FixtureRequest) -> Iterator[Stage]:
    """A kiosk in an open hall that has just lost its server."""
    with on_stage(request.param, past=a_past) as stage:
        stage.model.start()
        stage.connect()
        stage.show_hall()
        answer(stage, LeaseNumbers, a_lease())
        stage.wait(0.2)
        stage.link.say(Lost(0))
        yield stage
        assert stage.complaints == []


def answer(stage: Stage, kind: type[Command], result: Result) -> None:
    request, command = [(r, c) for r, c in stage.link.sent if isinstance(c, kind)][-1]
    stage.link.say(Answered(request, command, result, None))


def take(stage: Stage, language: Language = Language.INDONESIAN) -> None:
    for name in (BEGIN[language], *first_service(stage), "takeNumber"):
        stage.touch(name)


@pytest.mark.parametrize("language", Language)
def test_it_goes_on_giving_numbers_and_says_when_they_are_called(stage: Stage, language: Language) -> None:
    stage.wait(4)
    assert stage.page == "Idle"
    notice = stage.find("paperNotice")
    assert notice is not None
    take(stage, language)
    assert stage.page == "Printing"
    slip = stage.printing.jobs[0].slip
    assert (slip.alone, slip.ticket.endswith("-501"), slip.language) == (True, True, language)
    assert slip.url.startswith("http://192.168.1.10:8080/v/")
    stage.printing.end(Printed(paper_low=False))
    stage.wait(0.5)
    assert stage.text_of("ticketNumber") == slip.ticket
    assert stage.text_of("alone") == SAID[language]
    stage.window.grabWindow()
    assert [item.text for item in stage.items() if item.truncated] == []


def test_a_brief_loss_is_not_noticed(stage: Stage) -> None:
    stage.wait(1)
    assert stage.find("paperNotice") is None
    stage.connect()
    stage.wait(4)
    assert not stage.model.kiosk.alone


def test_whoever_waits_for_a_number_when_it_goes_gets_one_from_here(stage: Stage) -> None:
    stage.connect()
    take(stage)
    asked = [request for request, command in stage.link.sent if isinstance(command, IssueTicket)]
    stage.link.say(Lost(0))
    stage.wait(1)
    assert stage.page == "Issuing"
    stage.wait(3)
    assert stage.page == "Printing"
    assert stage.printing.jobs[0].slip.alone
    assert stage.link.withdrawn == asked


def test_no_paper_shows_the_number_with_the_same_words(stage: Stage) -> None:
    stage.wait(4)
    take(stage, Language.ENGLISH)
    stage.printing.end(Failed(PrinterFault.PAPER_OUT))
    stage.wait(0.5)
    assert stage.page == "ShowNumber"
    assert stage.text_of("alone") == SAID[Language.ENGLISH]
    assert stage.find("qr") is not None


def test_when_the_server_is_back_it_hands_in_what_it_gave_with_its_paper(stage: Stage) -> None:
    stage.wait(4)
    take(stage)
    stage.printing.end(Printed(paper_low=False))
    stage.wait(1)
    stage.wait(600)
    given_at = stage.printing.jobs[0].slip.issued_at
    stage.connect()
    merge = [command for _, command in stage.link.sent if isinstance(command, MergeTickets)]
    assert len(merge) == 1
    (ticket,) = merge[0].tickets
    assert isinstance(ticket, IslandTicket)
    assert (ticket.number, ticket.arrived_at, ticket.print_state) == (501, given_at, "printed")
    answer(stage, MergeTickets, Merged(tickets=(MergedTicket(ticket.series, 501),)))
    assert isinstance(stage.link.sent[-1][1], LeaseNumbers)
    stage.show_hall()
    assert stage.find("paperNotice") is None
    assert stage.page == "Idle"


def test_the_last_number_gone_it_says_so() -> None:
    with on_stage(PORTRAIT, past=partial(a_past, block=1)) as stage:
        stage.model.start()
        stage.wait(0.2)
        stage.link.say(Lost(0))
        stage.wait(4)
        take(stage)
        stage.printing.end(Printed(paper_low=False))
        stage.wait(1)
        stage.wait(40)
        for name in ("beginIndonesian", *first_service(stage)):
            stage.touch(name)
        assert any(item.text == "Nomor habis" for item in stage.items())
        taken = stage.find("takeNumber")
        assert taken is None or not taken.enabled


def test_it_starts_without_the_server() -> None:
    with on_stage(LANDSCAPE, past=a_past) as stage:
        stage.model.start()
        stage.wait(0.2)
        stage.link.say(Lost(0))
        stage.wait(1)
        assert stage.page == "Starting"
        stage.wait(3)
        assert stage.page == "Idle"
        take(stage)
        assert stage.printing.jobs[0].slip.alone


def test_at_closing_time_it_closes_by_itself(stage: Stage) -> None:
    stage.wait(4)
    stage.wait(5 * 3600)
    assert not stage.model.kiosk.catalogue.is_open
