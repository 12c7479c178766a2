"""What the verbs write down, and the details of their refusals. The stories of the trade are in tests/scenarios."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from server.domain.changes import Changes
from server.domain.errors import RefusedError
from server.domain.facts import FactKind
from server.domain.lobby import Lobby
from server.domain.profiles import WorkProfiles
from shared.vocabulary import (
    CancelReason,
    CounterId,
    CounterState,
    ErrorCode,
    FollowKey,
    LegId,
    LegState,
    Outcome,
    PauseReason,
    PrinterFault,
    PrintState,
    Priority,
    ServiceId,
    VisitId,
)
from tests.support.builders import (
    AKTA,
    AYU,
    BUDI,
    DESK,
    KIOSK,
    KTP,
    NINE,
    ONE,
    PKB,
    TAX,
    THREE,
    TODAY,
    TWO,
    a_catalogue,
    a_counter,
    a_lobby,
    a_service,
    both,
    call,
    finish,
    issue,
    leg_of,
    minutes,
    serve,
    transfer,
    without,
)


def refusal_of(caught: pytest.ExceptionInfo[RefusedError]) -> tuple[ErrorCode, dict[str, object]]:
    return caught.value.code, dict(caught.value.facts)


def test_issuing_writes_the_visit_its_leg_its_number_and_one_fact() -> None:
    lobby = a_lobby()
    visit = issue(lobby, priority=Priority.PRIORITY)
    changes = lobby.take_changes()
    assert changes.visits == {visit.id: visit}
    assert changes.legs == {visit.last_leg.id: visit.last_leg}
    assert (changes.new_visits, changes.new_legs) == ({visit.id}, {visit.last_leg.id})
    assert changes.sequences == {"A": 1}
    assert changes.periods == []
    [fact] = changes.facts
    assert (fact.kind, fact.at, fact.actor, fact.visit) == (FactKind.ISSUED, NINE, KIOSK, visit.id)
    assert fact.why == {
        "ticket": "A-001",
        "priority": "priority",
        "rule": "head_start",
        "regular_wait_seconds": 0,
        "head_start_seconds": 15 * 60,
        "placed_before": 0,
    }


def test_changes_are_taken_once() -> None:
    lobby = a_lobby(["A-001"])
    call(lobby)
    assert lobby.take_changes()
    assert lobby.take_changes() == Changes()


def test_changes_hold_the_last_value_of_what_changed_twice() -> None:
    lobby = a_lobby()
    visit = issue(lobby)
    called = call(lobby)
    changes = lobby.take_changes()
    assert changes.legs == {called.id: called}
    assert changes.visits[visit.id].last_leg == called
    assert changes.new_legs == {called.id}


def test_a_call_writes_the_leg_and_not_the_visit() -> None:
    lobby = a_lobby(["A-001"])
    call(lobby)
    changes = lobby.take_changes()
    assert list(changes.legs) == ["l1"]
    assert not changes.visits


def test_every_state_leaves_a_period_with_who_and_where() -> None:
    lobby = a_lobby(["A-001"])
    call(lobby, now=NINE)
    lobby.serve(ONE, LegId("l1"), NINE + minutes(1), DESK)
    lobby.finish(ONE, LegId("l1"), Outcome.SOLVED, NINE + minutes(8), DESK)
    periods = lobby.take_changes().periods
    assert [(p.state, p.counter, p.officer, p.end - p.start) for p in periods] == [
        (LegState.WAITING, None, None, minutes(1)),
        (LegState.CALLED, ONE, AYU, minutes(1)),
        (LegState.SERVING, ONE, AYU, minutes(7)),
    ]


def test_a_recall_is_a_fact_but_no_period() -> None:
    lobby = a_lobby(["A-001"])
    leg = call(lobby)
    lobby.take_changes()
    again = lobby.recall(ONE, leg.id, NINE + minutes(1), DESK)
    changes = lobby.take_changes()
    assert again.calls == 2
    assert again.since == leg.since
    assert changes.periods == []
    assert [(fact.kind, fact.why) for fact in changes.facts] == [(FactKind.RECALLED, {"calls": 2})]


def test_calling_next_finishes_who_was_served_as_solved() -> None:
    lobby = a_lobby(["A-001", "A-002"])
    serve(lobby)
    lobby.take_changes()
    call(lobby)
    changes = lobby.take_changes()
    assert [(fact.kind, fact.leg) for fact in changes.facts] == [(FactKind.FINISHED, "l1"), (FactKind.CALLED, "l2")]
    assert changes.legs[LegId("l1")].outcome is Outcome.SOLVED


def test_missing_papers_are_kept_as_the_catalogue_has_them() -> None:
    asked = replace(a_service(KTP), requirements=(both("Kartu Keluarga"), both("Foto"), both("Akta")))
    lobby = a_lobby(catalogue=a_catalogue([asked]), waiting=["A-001", "A-002"])
    for outcome, kept in ((Outcome.PAPERS_INCOMPLETE, "Kartu Keluarga\nAkta"), (Outcome.SOLVED, None)):
        hand = serve(lobby)
        lobby.finish(ONE, hand.id, outcome, NINE, DESK, ("Akta", "Surat yang tidak ada", "Kartu Keluarga"))
        assert lobby.take_changes().facts[-1].why.get("missing") == kept


def test_a_transfer_says_where_to() -> None:
    lobby = a_lobby(["A-001"])
    call(lobby)
    lobby.take_changes()
    onward = transfer(lobby, ONE, AKTA, only_counter=TWO)
    changes = lobby.take_changes()
    assert changes.new_legs == {onward.id}
    assert changes.facts[-1].why == {"to_service": AKTA, "to_counter": TWO, "new_leg": onward.id}
    assert onward.arrival == leg_of(lobby, "A-001").arrival == NINE - minutes(1)


def test_a_missed_call_says_how_often_it_was_announced() -> None:
    lobby = a_lobby(["A-001"])
    leg = call(lobby)
    lobby.recall(ONE, leg.id, NINE, DESK)
    lobby.mark_missed(ONE, leg.id, NINE, DESK)
    assert lobby.take_changes().facts[-1].why == {"calls": 2, "missed": 1}


def test_a_closed_service_says_when_it_opens() -> None:
    with pytest.raises(RefusedError) as refused:
        issue(a_lobby(), now=NINE + timedelta(hours=6))
    expected = {"service": KTP, "opens_at": "2026-11-24T08:00:00+08:00"}
    assert refusal_of(refused) == (ErrorCode.SERVICE_CLOSED, expected)


def test_a_quota_that_is_reached_is_named() -> None:
    lobby = a_lobby(catalogue=a_catalogue([a_service(KTP, daily_quota=1)], [a_counter(ONE, KTP)]), open_counters=[ONE])
    issue(lobby)
    with pytest.raises(RefusedError) as refused:
        issue(lobby)
    assert refusal_of(refused) == (ErrorCode.QUOTA_REACHED, {"service": KTP, "quota": 1})
    assert lobby.issued_today(KTP) == 1


def test_a_clock_behind_the_newest_fact_of_any_day_issues_nothing() -> None:
    lobby = Lobby.restore(a_catalogue(), TODAY, (), (), {}, newest=NINE + timedelta(days=1))
    with pytest.raises(RefusedError) as refused:
        issue(lobby)
    assert refused.value.code is ErrorCode.CLOCK_BEHIND
    assert refused.value.facts["seconds"] == 86_400


def test_a_mismatch_says_what_is_really_in_hand() -> None:
    lobby = a_lobby(["A-001", "A-002"])
    call(lobby)
    with pytest.raises(RefusedError) as refused:
        lobby.call_next(ONE, in_hand=None, now=NINE, actor=DESK)
    assert refusal_of(refused) == (ErrorCode.HAND_MISMATCH, {"in_hand": "l1"})


def test_a_taken_counter_says_who_is_there() -> None:
    with pytest.raises(RefusedError) as refused:
        a_lobby().sit(ONE, BUDI, take_over=False, now=NINE, actor=DESK)
    assert refusal_of(refused) == (ErrorCode.COUNTER_TAKEN, {"counter": ONE, "officer": AYU})


def test_a_paused_counter_says_so() -> None:
    lobby = a_lobby(["A-001"])
    lobby.pause(ONE, PauseReason.REST, NINE, DESK)
    assert lobby.counters[ONE].pause_reason is PauseReason.REST
    with pytest.raises(RefusedError) as refused:
        call(lobby)
    assert refusal_of(refused) == (ErrorCode.COUNTER_NOT_OPEN, {"state": "paused"})


UNKNOWN = CounterId("c9")
NOTHING = LegId("nothing")


@pytest.mark.parametrize(
    ("verb", "code"),
    [
        pytest.param(lambda o: issue(o, ServiceId("x")), ErrorCode.UNKNOWN_SERVICE, id="issue"),
        pytest.param(lambda o: call(o, UNKNOWN), ErrorCode.UNKNOWN_COUNTER, id="call next"),
        pytest.param(lambda o: o.serve(UNKNOWN, NOTHING, NINE, DESK), ErrorCode.UNKNOWN_COUNTER, id="serve"),
        pytest.param(lambda o: o.serve(ONE, NOTHING, NINE, DESK), ErrorCode.UNKNOWN_VISIT, id="serve nobody"),
        pytest.param(lambda o: o.resume(ONE, NOTHING, NINE, DESK), ErrorCode.UNKNOWN_VISIT, id="resume"),
        pytest.param(lambda o: o.return_(ONE, NOTHING, NINE, DESK), ErrorCode.UNKNOWN_VISIT, id="return"),
        pytest.param(
            lambda o: o.cancel(VisitId("x"), CancelReason.LEFT, NINE, DESK), ErrorCode.UNKNOWN_VISIT, id="cancel"
        ),
        pytest.param(
            lambda o: o.report_print(VisitId("x"), PrintState.PRINTED, None, 0, NINE, KIOSK),
            ErrorCode.UNKNOWN_VISIT,
            id="report print",
        ),
        pytest.param(lambda o: o.open(ONE, NINE, DESK), ErrorCode.WRONG_STATE, id="open twice"),
        pytest.param(lambda o: o.open(UNKNOWN, NINE, DESK), ErrorCode.UNKNOWN_COUNTER, id="open"),
        pytest.param(lambda o: o.visit_of(NOTHING), ErrorCode.UNKNOWN_VISIT, id="visit of"),
    ],
)
def test_what_does_not_exist_is_refused_by_name(verb: object, code: ErrorCode) -> None:
    lobby = a_lobby()
    assert callable(verb)
    with pytest.raises(RefusedError) as refused:
        verb(lobby)
    assert refused.value.code is code
    assert not lobby.take_changes()


def test_a_failed_print_is_written_down_with_its_fault() -> None:
    lobby = a_lobby(["A-001"])
    lobby.report_print(VisitId("v1"), PrintState.FAILED, PrinterFault.PAPER_OUT, 0, NINE, KIOSK)
    changes = lobby.take_changes()
    assert changes.visits[VisitId("v1")].print_state is PrintState.FAILED
    assert changes.facts[-1].why == {"state": "failed", "fault": "paper_out", "copy": 0}


def test_a_visit_is_found_by_its_key() -> None:
    lobby = a_lobby(["A-001"])
    visit = lobby.visit_by_key(FollowKey("k1"))
    assert visit is not None
    assert visit.ticket == "A-001"
    assert lobby.visit_by_key(FollowKey("k2")) is None


def test_a_head_start_is_measured_by_the_wait_that_a_regular_visitor_faces() -> None:
    lobby = a_lobby(open_counters=[ONE])
    for _ in range(6):
        issue(lobby)
    visit = issue(lobby, priority=Priority.PRIORITY)  # six of ten minutes each before one counter: an hour
    assert visit.last_leg.arrival - visit.last_leg.effective_at == minutes(40)


def test_the_served_are_counted_where_they_were_served() -> None:
    lobby = a_lobby(["A-001", "A-002"])
    serve(lobby, ONE)
    finish(lobby, ONE)
    serve(lobby, TWO)
    assert (lobby.served_today(ONE), lobby.served_today(TWO)) == (1, 0)


def test_a_catalogue_that_lost_a_service_of_today_is_not_published() -> None:
    lobby = a_lobby(["B-001"])
    before = lobby.catalogue
    with pytest.raises(ValueError, match="AKTA"):
        lobby.publish(a_catalogue([a_service(KTP)], [a_counter(ONE, KTP)]), NINE, DESK)
    assert lobby.catalogue is before
    assert not lobby.take_changes()


def test_a_counter_that_was_removed_is_written_down_as_closed_and_forgotten() -> None:
    lobby = a_lobby(["A-001"])
    call(lobby, TWO)
    lobby.take_changes()
    catalogue = a_catalogue(counters=[a_counter(ONE, KTP, AKTA), a_counter(THREE, PKB, agency=TAX)], version=2)
    lobby.publish(catalogue, NINE, DESK)
    changes = lobby.take_changes()
    assert TWO not in lobby.counters
    assert changes.counters[TWO].state is CounterState.CLOSED
    assert [(fact.kind, fact.why) for fact in changes.facts] == [
        (FactKind.RETURNED, {"reason": "counter_removed"}),
        (FactKind.CATALOGUE_PUBLISHED, {"version": 2}),
    ]


def test_a_removed_service_is_served_out_by_its_agency_after_its_own() -> None:
    profiles = WorkProfiles(without(a_catalogue(), AKTA))
    assert profiles.counters(AKTA) == [ONE, TWO]
    assert profiles.services(TWO) == [KTP, AKTA]


def test_a_service_whose_agency_has_no_counter_left_is_served_out_by_all() -> None:
    catalogue = a_catalogue(counters=[a_counter(ONE, KTP), a_counter(TWO, AKTA)])
    assert WorkProfiles(catalogue).counters(PKB) == [ONE, TWO]


def test_closing_the_day_writes_what_each_leg_was_when_it_expired() -> None:
    lobby = a_lobby(["A-001", "A-002"])
    call(lobby)
    lobby.take_changes()
    lobby.expire_open_legs(NINE + timedelta(hours=8), DESK)
    changes = lobby.take_changes()
    expired = [fact.why["state"] for fact in changes.facts if fact.kind is FactKind.EXPIRED]
    assert sorted(map(str, expired)) == ["called", "waiting"]
    assert {status.officer for status in changes.counters.values()} == {None}


def test_law_8_a_lobby_equals_what_its_values_restore_whatever_is_still_to_be_taken() -> None:
    lobby = a_lobby(["A-001", "A-002", "T-001"])
    serve(lobby)
    values = (lobby.visits.values(), lobby.counters.values(), lobby.sequences)
    kept = Lobby.restore(lobby.catalogue, TODAY, *values, reasons=lobby.reasons)
    assert kept == lobby
    finish(lobby)
    assert kept != lobby
