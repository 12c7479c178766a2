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
from server.domain.outlook import NO_LESSONS
from server.simulation.recording import Recording
from server.simulation.replaying import replay
from shared.vocabulary import Priority, RequestId
from tests.support.builders import DESK, NINE, ONE, TODAY, a_catalogue, a_lobby, call, finish, issue, minutes
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
