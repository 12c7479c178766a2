"""Several services on one number, touched on the real window in both sizes."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest

from kiosk.printing.printer import Printed
from shared.notices import Answered
from shared.protocol.commands import IssueTicket
from shared.protocol.values import Minutes, Stop
from shared.vocabulary import LegState, Words
from tests.support.kiosk_stage import Stage, an_issued, on_stage

ZONE = (Words("Zona A", "Zone A"),)


@pytest.fixture(params=[(1080, 1920), (1280, 800)], ids=["portrait", "landscape"])
def stage(request: pytest.FixtureRequest) -> Iterator[Stage]:
    with on_stage(request.param) as stage:
        stage.connect()
        stage.show_hall()
        yield stage
        assert stage.complaints == []


def a_stop(name: str, state: LegState) -> Stop:
    minutes = Minutes(5, 10) if state is LegState.WAITING else None
    words = Words(name, name)
    return Stop(service=name, name=words, agency=words, zones=ZONE, state=state, ahead=2, minutes=minutes)


def test_a_visitor_adds_a_service_and_gets_one_slip_with_the_path(stage: Stage) -> None:
    catalogue = stage.model.kiosk.catalogue
    first, second = catalogue.agencies[0], catalogue.agencies[1]
    one, other = catalogue.services_of(first.id)[0].id, catalogue.services_of(second.id)[0].id
    for name in ("beginIndonesian", f"agency-{first.id}", f"service-{one}", "addAnother"):
        stage.touch(name)
    assert any(seen.name == "basketText" and seen.text.startswith("Sudah dipilih") for seen in stage.items())
    for name in (f"agency-{second.id}", f"service-{other}", "takeNumber"):
        stage.touch(name)
    request, command = next((sent, asked) for sent, asked in stage.link.sent if isinstance(asked, IssueTicket))
    assert (command.service, command.further) == (one, (other,))

    stops = (a_stop("Akta", LegState.WAITING), a_stop("Pajak", LegState.BOOKED))
    stage.link.say(Answered(request, command, msgspec.structs.replace(an_issued(), stops=stops), None))
    stage.settle()
    stage.printing.end(Printed(False))
    stage.wait(0.5)
    slip = stage.printing.jobs[0].slip
    assert [(stop.service, stop.later) for stop in slip.stops] == [("Akta", False), ("Pajak", True)]
    shown = sorted((seen.y, seen.text) for seen in stage.items() if seen.name.startswith("stop-"))
    assert [text for _, text in shown] == ["Akta", "Pajak"], "from top to bottom"


def test_the_basket_leads_back_to_the_last_service(stage: Stage) -> None:
    catalogue = stage.model.kiosk.catalogue
    agency = catalogue.agencies[0].id
    service = catalogue.services_of(agency)[0].id
    for name in ("beginIndonesian", f"agency-{agency}", f"service-{service}", "addAnother", "lookAtBasket"):
        stage.touch(name)
    assert stage.page == "ReadingService"
    assert stage.model.kiosk.basket == ()
