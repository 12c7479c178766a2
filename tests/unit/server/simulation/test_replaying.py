"""The replay law: a day done again under the same rule comes out as it was, whatever people pressed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis.stateful import initialize, precondition, rule

from server.domain.calling import FirstComeFirstServed, StrictPriority
from server.domain.catalogue import Catalogue
from server.domain.facts import FactKind
from server.domain.issuing import Choice
from server.domain.outlook import NO_LESSONS
from server.domain.visit import Leg
from server.simulation.recording import Recording
from server.simulation.replaying import replay
from shared.vocabulary import CounterId, LegId, Outcome, PauseReason, Priority, RequestId, VisitId
from tests.support.builders import (
    AYU,
    BUDI,
    CITRA,
    DESK,
    KIOSK,
    KTP,
    NINE,
    ONE,
    PKB,
    THREE,
    TODAY,
    TWO,
    a_catalogue,
    a_lobby,
    call,
    finish,
    issue,
    minutes,
)
from tests.support.memory_store import MemoryStore
from tests.unit.server.domain.any_days import RULE, AnyDays


class RecordedDays(AnyDays):
    """Every verb has a request of its own, as the server gives it."""

    @initialize()
    def open_the_hall(self) -> None:
        self.catalogues: dict[int, Catalogue] = {}
        self.begun = 0
        super().open_the_hall()
        self.first_version = self.catalogue.version

    def _do(self, verb: Callable[[], object]) -> bool:
        self.catalogues[self.catalogue.version] = self.catalogue
        known = len(self.store.facts)
        done = super()._do(verb)
        request = RequestId(f"r{known}")
        self.store.facts[known:] = [
            replace(fact, actor=replace(fact.actor, request=request)) for fact in self.store.facts[known:]
        ]
        return done

    @precondition(lambda self: len(self.lobby.visits) > 20)
    @rule()
    def the_day_ends(self) -> None:
        super().the_day_ends()
        self.begun, self.first_version = len(self.store.facts), self.catalogue.version

    def teardown(self) -> None:
        if not hasattr(self, "lobby"):
            return
        facts = self.store.facts[self.begun :]
        stored = self.store.read_lobby(self.day)
        recording = Recording(self.day, self.catalogues, self.first_version, stored, facts, NO_LESSONS)
        found = replay(recording, RULE)
        assert found.differences == []
        assert found.lobby.visits.keys() == self.lobby.visits.keys()


test_replaying_the_unchanged_rule_reproduces_the_day = RecordedDays.TestCase
test_replaying_the_unchanged_rule_reproduces_the_day.settings = settings(
    max_examples=60, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)


def test_under_another_rule_the_replay_says_who_would_have_been_called() -> None:
    recording = a_morning()
    assert replay(recording, StrictPriority()).differences == []
    told = replay(recording, FirstComeFirstServed()).differences
    assert told[0] == "01:00:00 UTC, counter c1: calls A-001 now, then A-003"


def test_a_fact_that_was_changed_shows() -> None:
    recording = a_morning()
    first_call = next(place for place, fact in enumerate(recording.facts) if fact.kind is FactKind.CALLED)
    facts = list(recording.facts)
    facts[first_call] = replace(facts[first_call], at=facts[first_call].at + timedelta(seconds=1))
    assert replay(replace(recording, facts=facts), StrictPriority()).differences


def test_a_day_of_pauses_bookings_stops_helping_out_returns_and_giving_way_comes_out_as_it_was() -> None:
    recording = a_busy_morning()
    kinds = {fact.kind for fact in recording.facts}
    assert kinds >= {
        FactKind.PAUSE_ANNOUNCED,
        FactKind.PAUSE_CALLED_OFF,
        FactKind.COUNTER_PAUSED,
        FactKind.STOP_ADDED,
        FactKind.RETURNED,
        FactKind.GAVE_WAY,
    }
    whys = [fact.why for fact in recording.facts]
    for told in ("booked_for", "helping_minutes", "passed_elsewhere", "head_start_seconds"):
        assert any(told in why for why in whys), told
    assert replay(recording).differences == []
    assert replay(recording, FirstComeFirstServed()).differences
    without_pause = [fact for fact in recording.facts if fact.kind is not FactKind.PAUSE_ANNOUNCED]
    assert replay(replace(recording, facts=without_pause)).differences, "it was in the wait that gave the head start"


def a_busy_morning() -> Recording:
    """Counter 3 helps out with KTP; counter 2 announces a pause and takes it."""
    usual = a_catalogue(walking_seconds=0)
    helps = replace(usual.counters[THREE], helps=(KTP,), helping_minutes=1)
    version = replace(usual, counters={**usual.counters, THREE: helps})
    day = _Day(version)
    lobby = day.lobby
    for counter, officer in ((ONE, AYU), (TWO, BUDI), (THREE, CITRA)):
        day.do(lambda: lobby.sit(counter, officer, take_over=False, now=day.now, actor=DESK))  # noqa: B023 - at once
        day.do(lambda: lobby.open(counter, day.now, DESK))  # noqa: B023
    for counter, ahead in ((ONE, 50), (TWO, 10)):
        times = minutes(ahead), minutes(45)
        day.do(lambda: lobby.announce_pause(counter, PauseReason.MEAL, *times, day.now, DESK))  # noqa: B023
    day.do(lambda: lobby.call_off_pause(ONE, day.now, DESK))
    for _ in range(9):
        day.do(lambda: issue(lobby, KTP, now=day.now))
    several = [Choice(PKB, LegId("tax"))]
    day.do(lambda: issue(lobby, KTP, now=day.now, further=several, priority=Priority.PRIORITY))
    late = day.calls(ONE)
    day.do(lambda: issue(lobby, PKB, now=day.now, booked_for=NINE))
    day.calls(THREE)
    day.serves(THREE)
    day.now += minutes(5)
    day.do(lambda: lobby.mark_missed(ONE, late.id, day.now, DESK))
    day.do(lambda: lobby.come_back(late.visit, day.now, KIOSK))
    day.do(lambda: lobby.give_way(VisitId("v2"), day.now, KIOSK))
    day.calls(TWO)
    day.serves(TWO)
    day.do(lambda: lobby.pause(TWO, PauseReason.MEAL, day.now, DESK))
    for counter in (ONE, THREE, ONE, THREE, THREE, ONE):
        if lobby.in_hand(counter) is None:
            day.calls(counter)
        day.serves(counter)
    return day.recording(version)


class _Day:
    """Each verb is one request, as the server gives it."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.store = MemoryStore()
        self.lobby = a_lobby(catalogue=catalogue, open_counters=())
        self.now = NINE
        self.requests = 0

    def do(self, verb: Callable[[], object]) -> None:
        verb()
        self.now += minutes(1)
        self.requests += 1
        request = RequestId(f"r{self.requests}")
        changes = self.lobby.take_changes()
        changes.facts[:] = [replace(fact, actor=replace(fact.actor, request=request)) for fact in changes.facts]
        self.store.commit(TODAY, changes, ())

    def calls(self, counter: CounterId) -> Leg:
        self.do(lambda: self.lobby.call_next(counter, in_hand=None, now=self.now, actor=DESK))
        hand = self.lobby.in_hand(counter)
        assert hand is not None
        return hand

    def serves(self, counter: CounterId) -> None:
        hand = self.lobby.in_hand(counter)
        assert hand is not None
        self.do(lambda: self.lobby.serve(counter, hand.id, self.now, DESK))
        self.do(lambda: self.lobby.finish(counter, hand.id, Outcome.SOLVED, self.now, DESK))

    def recording(self, version: Catalogue) -> Recording:
        versions = {version.version: version}
        return Recording(TODAY, versions, version.version, self.store.read_lobby(TODAY), self.store.facts, NO_LESSONS)


def a_morning() -> Recording:
    """Three came at nine; A-003 has priority and is called first."""
    store, version = MemoryStore(), a_catalogue()
    lobby = a_lobby(open_counters=(), rule=StrictPriority())
    requests = 0

    def keep() -> None:
        nonlocal requests
        changes = lobby.take_changes()
        requests += 1
        actor = replace(DESK, request=RequestId(f"r{requests}"))
        changes.facts[:] = [replace(fact, actor=actor) for fact in changes.facts]
        store.commit(TODAY, changes, ())

    lobby.sit(ONE, DESK.officer, take_over=False, now=NINE, actor=DESK)  # type: ignore[arg-type]
    keep()
    lobby.open(ONE, NINE, DESK)
    keep()
    for priority in (Priority.REGULAR, Priority.REGULAR, Priority.PRIORITY):
        issue(lobby, priority=priority)
        keep()
    for after in (0, 5, 9):
        if lobby.in_hand(ONE):
            finish(lobby, now=NINE + minutes(after))
            keep()
        called = call(lobby, now=NINE + minutes(after))
        keep()
        lobby.serve(ONE, called.id, NINE + minutes(after), DESK)
        keep()
    versions = {version.version: version}
    return Recording(TODAY, versions, version.version, store.read_lobby(TODAY), store.facts, NO_LESSONS)
