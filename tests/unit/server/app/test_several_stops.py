"""Several services on one number, as kiosk, phone and counter are told: one path."""

from __future__ import annotations

from dataclasses import replace

from shared.protocol import commands as c
from shared.protocol.replies import Called, Issued
from shared.protocol.values import Stop
from shared.protocol.views import DeskItem, HandItem, VisitItem, WaitingItem
from shared.vocabulary import ErrorCode, Language, LegState, RequestId
from tests.support.builders import AKTA, CITRA, KK, KTP, ONE, PKB, THREE, a_catalogue
from tests.support.server_in_memory import ServerInMemory, ear

SEVERAL = c.IssueTicket(service=PKB, language=Language.INDONESIAN, further=(AKTA, KTP))


def ordered_server() -> ServerInMemory:
    catalogue = a_catalogue()
    services = {**catalogue.services, PKB: replace(catalogue.services[PKB], after=(AKTA,))}
    return ServerInMemory(replace(catalogue, services=services))


def states(stops: tuple[Stop, ...]) -> list[tuple[str, LegState]]:
    return [(stop.service, stop.state) for stop in stops]


def test_the_kiosk_is_told_the_path_in_its_order() -> None:
    issued = ordered_server_issues()[1]
    assert issued.ticket == "T-001"
    assert states(issued.stops) == [(AKTA, LegState.WAITING), (PKB, LegState.BOOKED), (KTP, LegState.WAITING)]
    assert [zone.id for zone in issued.stops[0].zones] == ["Zona A"]


def ordered_server_issues() -> tuple[ServerInMemory, Issued]:
    server = ordered_server()
    issued = server.does(server.kiosk(), SEVERAL)
    assert isinstance(issued, Issued)
    return server, issued


def test_one_service_has_no_path() -> None:
    server = ServerInMemory()
    assert server.issues(server.kiosk()).stops == ()


def test_phone_and_counters_follow_the_path() -> None:
    server, issued = ordered_server_issues()
    phone, officer, taxes = server.phone(issued.key), server.officer(ONE), server.officer(THREE, CITRA)
    stream = f"visit:{issued.key}"
    for session, name in ((phone, stream), (officer, "desk:c1"), (taxes, "desk:c3")):
        server.follows(session, name)
    called = server.does(officer, c.CallNext())
    assert isinstance(called, Called)
    desk = ear(officer).tables["desk:c1"]
    hand, visit = desk["hand"], ear(phone).tables[stream]["visit"]
    assert isinstance(hand, HandItem)
    assert isinstance(visit, VisitItem)
    expected = [(AKTA, LegState.CALLED), (PKB, LegState.BOOKED), (KTP, LegState.WAITING)]
    assert states(hand.stops) == states(visit.stops) == expected
    assert (visit.state, visit.counter, visit.stops[0].counter) == (LegState.CALLED, "1", "1")
    (other,) = [item for item in desk.values() if isinstance(item, WaitingItem)]
    assert (other.service, other.blocked, set(other.also)) == (KTP, "elsewhere", {AKTA, PKB})

    server.does(officer, c.Serve(leg=called.leg))
    server.does(officer, c.Finish(leg=called.leg))
    tax_desk = ear(taxes).tables["desk:c3"]
    (waiting,) = [item for item in tax_desk.values() if isinstance(item, WaitingItem)]
    assert (waiting.ticket, waiting.blocked, waiting.also) == (issued.ticket, None, (KTP,))
    assert isinstance(tax_desk["desk"], DeskItem)
    for session, name in ((phone, stream), (officer, "desk:c1"), (taxes, "desk:c3")):
        assert ear(session).tables[name] == server.truth(name), name


def test_an_officer_adds_a_service_and_the_phone_hears_of_it() -> None:
    server = ServerInMemory()
    issued = server.issues(server.kiosk())
    officer, phone = server.officer(ONE), server.phone(issued.key)
    server.follows(phone, f"visit:{issued.key}")
    called = server.does(officer, c.CallNext())
    assert isinstance(called, Called)
    server.does(officer, c.AddStop(leg=called.leg, service=PKB))
    visit = ear(phone).tables[f"visit:{issued.key}"]["visit"]
    assert isinstance(visit, VisitItem)
    assert states(visit.stops) == [(KTP, LegState.CALLED), (PKB, LegState.WAITING)]
    again = server.refusal(officer, c.AddStop(leg=called.leg, service=PKB))
    assert (again.code, again.facts) == (ErrorCode.ALREADY_CHOSEN, {"service": PKB})


def test_of_several_services_one_refused_is_all_refused() -> None:
    server = ServerInMemory()
    refused = server.refusal(server.kiosk(), replace_further("nothing"))
    assert refused.code is ErrorCode.UNKNOWN_SERVICE
    assert server.refusal(server.kiosk("k2"), replace_further(PKB)).code is ErrorCode.ALREADY_CHOSEN
    assert not server.lobby.visits


def replace_further(service: str) -> c.IssueTicket:
    return c.IssueTicket(service=PKB, language=Language.INDONESIAN, further=(KK, service))


def test_a_path_that_was_given_up_is_cancelled_as_a_whole() -> None:
    server = ServerInMemory()
    kiosk = server.kiosk()
    server.asks(kiosk, SEVERAL, RequestId("r-gone"))
    server.withdraws(kiosk, "r-gone")
    (visit,) = server.lobby.visits.values()
    assert {leg.state for leg in visit.legs} == {LegState.CANCELLED}
