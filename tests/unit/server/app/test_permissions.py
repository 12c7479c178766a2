"""Permissions: default deny, one row for each command, nobody sees another's stream."""

from __future__ import annotations

import itertools
from typing import get_args

import pytest

from server.app.permissions import MAY_ASK, MAY_FOLLOW, Family, may_follow, split
from server.app.sessions import Seat, Session
from shared.protocol import commands as c
from shared.protocol import opinions as o
from shared.protocol import steering as s
from shared.protocol.commands import Command
from shared.vocabulary import (
    CallReason,
    CancelReason,
    CounterId,
    CounterState,
    ErrorCode,
    FollowKey,
    Language,
    Outcome,
    PauseReason,
    PrintState,
    Priority,
    ReceiptStep,
    Role,
    ZoneId,
)
from tests.support.builders import AYU, NINE, ONE, PERMITS, TODAY
from tests.support.islands import an_island_ticket
from tests.support.server_in_memory import Ear, ServerInMemory

KIOSK_VERBS = {c.IssueTicket, c.ReportPrint, c.ReportPrinter, c.LeaseNumbers, c.MergeTickets, c.ComeBack, c.CheckIn}
KIOSK_VERBS |= {o.FindVisit, o.AnswerSurvey, o.RateService}
DISPLAY_VERBS = {c.Acknowledge, c.ReportVoice}
FLOOR_VERBS = set(get_args(s.Steered))
PHONE_VERBS = {c.CancelOwnVisit, c.GiveWay, c.ComeBack, c.Book, c.ChangeBooking, c.CancelBooking}
ONE_OF_EACH: dict[type, Command] = {
    type(command): command
    for command in (
        c.IssueTicket(service="KTP", language=Language.INDONESIAN),
        c.ReportPrint(visit="v1", state=PrintState.PRINTED),
        c.ReportPrinter(fault=None),
        c.LeaseNumbers(journal="j1"),
        c.MergeTickets(service_date=TODAY, tickets=(an_island_ticket(),)),
        c.SignIn(officer="ayu", pin="1234", counter="c1"),
        c.SignOut(),
        c.OpenCounter(),
        c.PauseCounter(reason=PauseReason.REST),
        c.AnnouncePause(reason=PauseReason.REST, in_minutes=30, minutes=10),
        c.CallOffPause(),
        c.CloseCounter(),
        c.CallNext(),
        c.CallTicket(leg="l1", reason=CallReason.OTHER),
        c.Recall(leg="l1"),
        c.Serve(leg="l1"),
        c.Finish(leg="l1", outcome=Outcome.SOLVED),
        c.Park(leg="l1"),
        c.Resume(leg="l1"),
        c.Transfer(leg="l1", service="KTP"),
        c.AddStop(leg="l1", service="KTP"),
        c.MarkMissed(leg="l1"),
        c.Return(leg="l1"),
        c.Cancel(visit="v1", reason=CancelReason.LEFT),
        c.Acknowledge(announcement="a1", step=ReceiptStep.SHOWN, after=1),
        c.ReportVoice(),
        c.CancelOwnVisit(key="k1"),
        c.GiveWay(key="k1"),
        c.ComeBack(key="k1"),
        s.MoveVisit(leg="l1", service="KTP", because="too long"),
        s.CallOff(visit="v1", because="left the hall"),
        s.Reprioritise(visit="v1", priority=Priority.PRIORITY, because="elderly"),
        s.Reopen(leg="l1", because="was outside"),
        s.CloseService(service="KTP", because="network down"),
        s.OpenService(service="KTP", because="network back"),
        s.StandCounter(counter="c1", state=CounterState.CLOSED, because="gone home"),
        s.AnnounceCounterPause(counter="c1", reason=PauseReason.MEETING, in_minutes=30, minutes=20, because="all"),
        s.CallOffCounterPause(counter="c1", because="not today"),
        s.GiveBulletin(text_id="Halo", text_en="Hello", minutes=5, because="drill"),
        s.EndBulletin(bulletin="a1", because="over"),
        s.CloseDay(agency="permits", because="power cut"),
        s.AcknowledgeAlert(alert="norm:wait:KTP"),
        c.CheckIn(booking="CODE01"),
        c.Book(service="KTP", starts_at=NINE, language=Language.ENGLISH),
        c.ChangeBooking(key="k1", starts_at=NINE),
        c.CancelBooking(key="k1"),
        o.FindVisit(visit="A-001"),
        o.AnswerSurvey(visit="A-001", scores={}),
        o.RateService(visit="A-001", rating=4),
    )
}


def test_every_command_and_every_family_of_streams_has_a_row() -> None:
    assert set(MAY_ASK) == set(get_args(Command)) == set(ONE_OF_EACH)
    assert set(MAY_FOLLOW) == set(Family)


def _expected(role: Role, command: type) -> bool:
    match role:
        case Role.KIOSK:
            return command in KIOSK_VERBS
        case Role.DISPLAY:
            return command in DISPLAY_VERBS
        case Role.VISITOR:
            return command in PHONE_VERBS
        case Role.COUNTER:
            return command is c.SignIn
        case Role.AUDITOR:
            return False
        case Role.OFFICER:
            return command not in KIOSK_VERBS | DISPLAY_VERBS | PHONE_VERBS | FLOOR_VERBS
        case _:
            return command not in KIOSK_VERBS | DISPLAY_VERBS | PHONE_VERBS


@pytest.mark.parametrize(
    ("role", "command"), list(itertools.product(Role, MAY_ASK)), ids=lambda one: getattr(one, "__name__", one)
)
def test_a_role_may_do_only_its_verbs(role: Role, command: type[Command]) -> None:
    server = ServerInMemory()
    session = {
        Role.KIOSK: server.kiosk,
        Role.COUNTER: server.counter,
        Role.DISPLAY: server.display,
        Role.VISITOR: lambda: server.phone("k1"),
    }.get(role, server.officer)()
    if session.seat is not None:
        session.seat = Seat(AYU, ONE, role)
    reply = server.asks(session, ONE_OF_EACH[command])
    forbidden = reply.refusal is not None and reply.refusal.code is ErrorCode.FORBIDDEN
    assert forbidden is not _expected(role, command)


def _session(role: Role, **more: object) -> Session:
    return Session(Ear(), role, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("session", "stream", "allowed"),
    [
        (_session(Role.KIOSK), "kiosk", True),
        (_session(Role.KIOSK), "counters", False),
        (_session(Role.KIOSK), "board:A", False),
        (_session(Role.DISPLAY, zone=ZoneId("A")), "board:A", True),
        (_session(Role.DISPLAY, zone=ZoneId("A")), "board:B", False),
        (_session(Role.DISPLAY), "board:A", False),
        (_session(Role.DISPLAY, zone=ZoneId("A")), "desk:c1", False),
        (_session(Role.COUNTER), "counters", True),
        (_session(Role.COUNTER), "desk:c1", False),
        (_session(Role.COUNTER, seat=Seat(AYU, CounterId("c1"), Role.OFFICER)), "desk:c1", True),
        (_session(Role.COUNTER, seat=Seat(AYU, CounterId("c1"), Role.OFFICER)), "desk:c2", False),
        (_session(Role.COUNTER, seat=Seat(AYU, CounterId("c1"), Role.SUPERVISOR)), "desk:c2", False),
        (_session(Role.VISITOR, key=FollowKey("k1")), "visit:k1", True),
        (_session(Role.VISITOR, key=FollowKey("k1")), "visit:k2", False),
        (_session(Role.VISITOR, key=FollowKey("k1")), "kiosk", False),
        (_session(Role.KIOSK), "kiosk:all", False),
        (_session(Role.KIOSK), "floor", False),
        (_session(Role.SUPERVISOR, person=AYU), "floor", True),
        (_session(Role.SUPERVISOR, person=AYU, agency=PERMITS), "floor", False),
        (_session(Role.SUPERVISOR), "floor", False),
        (_session(Role.OFFICER, person=AYU), "floor", False),
        (_session(Role.AUDITOR, person=AYU), "floor", False),
        (_session(Role.AGENCY_HEAD, person=AYU), "floor", False),
        (_session(Role.AGENCY_HEAD, person=AYU, agency=PERMITS), "floor", False),
        (_session(Role.AGENCY_HEAD, person=AYU, agency=PERMITS), "floor:permits", True),
        (_session(Role.AGENCY_HEAD, person=AYU, agency=PERMITS), "floor:tax", False),
        (_session(Role.KIOSK), "nonsense", False),
    ],
)
def test_a_session_follows_only_what_is_its_own(session: Session, stream: str, allowed: bool) -> None:
    assert may_follow(session, stream) is allowed


@pytest.mark.parametrize("stream", ["", "board:", "kiosk:", "kiosk:x", "board", "floor:", ":", "desk"])
def test_a_name_that_is_no_stream_has_no_family(stream: str) -> None:
    assert split(stream) == (None, "")
