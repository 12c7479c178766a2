"""Steering: who may steer what, and what is written down about it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from server.app.audit import What, entries_of
from server.domain.catalogue import Officer
from shared.protocol import commands as c
from shared.protocol import steering as s
from shared.protocol.replies import Called, Issued
from shared.protocol.steering import Steered
from shared.vocabulary import CounterState, ErrorCode, Language, LegState, OfficerId, Priority, Role, VisitId
from tests.support.builders import AKTA, KTP, PERMITS, PKB, SUPERVISOR, TAX, a_catalogue
from tests.support.server_in_memory import ServerInMemory

HEAD = OfficerId("endang")
BECAUSE = "a reason"


def a_server() -> ServerInMemory:
    catalogue = a_catalogue()
    head = Officer(HEAD, "Endang", Role.AGENCY_HEAD, TAX)
    return ServerInMemory(replace(catalogue, officers={**catalogue.officers, HEAD: head}))


def others(issued: Issued) -> list[Steered]:
    """What belongs to another agency than the head's, in every command."""
    return [
        s.MoveVisit(leg=issued.leg, service=AKTA, because=BECAUSE),
        s.MoveVisit(leg=issued.leg, service=PKB, because=BECAUSE),
        s.Reprioritise(visit=issued.visit, priority=Priority.PRIORITY, because=BECAUSE),
        s.Reopen(leg=issued.leg, because=BECAUSE),
        s.CloseService(service=KTP, because=BECAUSE),
        s.OpenService(service=KTP, because=BECAUSE),
        s.StandCounter(counter="c1", state=CounterState.CLOSED, because=BECAUSE),
        s.GiveBulletin(text_id="a", text_en="a", minutes=1, zones=("B",), because=BECAUSE),
        s.CloseDay(agency=PERMITS, because=BECAUSE),
        s.CloseDay(agency=None, because=BECAUSE),
    ]


@pytest.mark.parametrize("which", range(10))
def test_a_head_steers_nothing_of_another_agency(which: int) -> None:
    server = a_server()
    issued = server.issues(server.kiosk())
    head = server.person(Role.AGENCY_HEAD, HEAD, TAX)
    before, facts = dict(server.lobby.visits), len(server.store.facts)
    assert server.refusal(head, others(issued)[which]).code is ErrorCode.FORBIDDEN
    assert server.lobby.visits == before
    assert len(server.store.facts) == facts


def test_a_head_cannot_call_off_what_waits_for_others() -> None:
    server = a_server()
    command = c.IssueTicket(service=KTP, language=Language.INDONESIAN, further=(PKB,))
    issued = server.does(server.kiosk(), command)
    assert isinstance(issued, Issued)
    head = server.person(Role.AGENCY_HEAD, HEAD, TAX)
    server.does(head, s.CallOff(visit=issued.visit, because=BECAUSE))
    states = {leg.service: leg.state for leg in server.lobby.visits[VisitId(issued.visit)].legs}
    assert states == {KTP: LegState.WAITING, PKB: LegState.CANCELLED}
    assert server.refusal(head, s.CallOff(visit=issued.visit, because=BECAUSE)).code is ErrorCode.WRONG_STATE
    refused = server.refusal(head, s.Reprioritise(visit=issued.visit, priority=Priority.PRIORITY, because=BECAUSE))
    assert refused.code is ErrorCode.FORBIDDEN


def test_a_head_without_an_agency_reaches_nothing() -> None:
    server = a_server()
    nobody = server.person(Role.AGENCY_HEAD, "nobody")
    assert server.refusal(nobody, s.CloseService(service=PKB, because=BECAUSE)).code is ErrorCode.FORBIDDEN


def test_a_head_steers_the_own_agency() -> None:
    server = a_server()
    issued = server.issues(server.kiosk(), PKB)
    head = server.person(Role.AGENCY_HEAD, HEAD, TAX)
    server.does(head, s.Reprioritise(visit=issued.visit, priority=Priority.PRIORITY, because=BECAUSE))
    server.does(head, s.CloseService(service=PKB, because=BECAUSE))
    server.does(head, s.GiveBulletin(text_id="Halo", text_en="Hello", minutes=5, because=BECAUSE))
    (bulletin,) = server.lobby.bulletins.values()
    assert bulletin.zones == ("A",), "the zones where the own counters stand"
    server.does(head, s.CloseDay(agency=TAX, because=BECAUSE))
    assert server.lobby.visits[VisitId(issued.visit)].last_leg.state is LegState.EXPIRED


def test_a_head_does_not_take_back_what_a_supervisor_said() -> None:
    server = a_server()
    server.does(server.person(), s.GiveBulletin(text_id="Halo", text_en="Hello", minutes=5, because=BECAUSE))
    (bulletin,) = server.lobby.bulletins
    head = server.person(Role.AGENCY_HEAD, HEAD, TAX)
    assert server.refusal(head, s.EndBulletin(bulletin=bulletin, because=BECAUSE)).code is ErrorCode.FORBIDDEN
    server.does(server.person(), s.EndBulletin(bulletin=bulletin, because=BECAUSE))


def test_every_act_is_in_the_audit_log_with_who_and_why() -> None:
    server = a_server()
    first, second = server.issues(server.kiosk()), server.issues(server.kiosk())
    officer, supervisor = server.officer(), server.person()
    known = len(server.store.facts)
    called = server.does(officer, c.CallNext())
    assert isinstance(called, Called)
    server.does(officer, c.MarkMissed(leg=called.leg))
    acts: dict[What, Steered] = {
        What.VISIT_REOPENED: s.Reopen(leg=first.leg, because=BECAUSE),
        What.VISIT_REPRIORITISED: s.Reprioritise(visit=second.visit, priority=Priority.PRIORITY, because=BECAUSE),
        What.VISIT_MOVED: s.MoveVisit(leg=second.leg, service=AKTA, because=BECAUSE),
        What.VISIT_CALLED_OFF: s.CallOff(visit=second.visit, because=BECAUSE),
        What.SERVICE_CLOSED: s.CloseService(service=KTP, because=BECAUSE),
        What.SERVICE_OPENED: s.OpenService(service=KTP, because=BECAUSE),
        What.COUNTER_STOOD: s.StandCounter(counter="c1", state=CounterState.PAUSED, because=BECAUSE),
        What.BULLETIN_GIVEN: s.GiveBulletin(text_id="Halo", text_en="Hello", minutes=5, because=BECAUSE),
        What.DAY_CLOSED_EARLY: s.CloseDay(agency=None, because=BECAUSE),
    }
    for command in acts.values():
        server.does(supervisor, command)
    entries = entries_of(server.store.facts[known:], "2026-11-23")
    assert [entry.what for entry in entries] == list(acts)
    assert {entry.actor for entry in entries} == {SUPERVISOR}
    assert {entry.after["because"] for entry in entries} == {BECAUSE}
    assert entries[-1].after["expired"] == 1
