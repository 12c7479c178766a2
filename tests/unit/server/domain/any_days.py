"""Any days in a hall: what people may do in any order, rightly and wrongly, and what must hold after every step."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import partial
from itertools import pairwise

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from server.domain.calling import HeadStart
from server.domain.calling_order import CallingOrder
from server.domain.catalogue import Catalogue
from server.domain.errors import RefusedError
from server.domain.facts import FactKind
from server.domain.hours import Hours, Span
from server.domain.issuing import Choice
from server.domain.lobby import Lobby
from server.domain.service_day import service_date
from server.domain.survey_plan import SurveyPlan
from server.domain.visit import Leg
from shared.vocabulary import (
    AgencyId,
    CallReason,
    CancelReason,
    CounterId,
    CounterState,
    FollowKey,
    Language,
    LegId,
    LegState,
    Need,
    OfficerId,
    Outcome,
    PauseReason,
    PrintState,
    Priority,
    ServiceId,
    VisitId,
)
from tests.support.builders import (
    AKTA,
    AYU,
    BUDI,
    CITRA,
    DESK,
    KIOSK,
    KK,
    KTP,
    NINE,
    ONE,
    PERMITS,
    PKB,
    SUPERVISOR,
    TAX,
    THREE,
    TODAY,
    TWO,
    a_catalogue,
    a_service,
    minutes,
    surveying,
)
from tests.support.memory_store import MemoryStore

RULE = HeadStart()
GRACE = CallingOrder().booked_grace
EVERY_SECOND = SurveyPlan(expected_visits=2, planned_answers=1, answer_percent=100)
ALWAYS = Hours({day: (Span(time(0), time(23, 59)),) for day in range(7)})
SERVICES = {
    service.id: service
    for service in (
        a_service(KTP),
        a_service(KK, daily_quota=4),
        a_service(AKTA, "B", standard_minutes=20),
        replace(a_service(PKB, "T", TAX, standard_minutes=5), after=(KK,)),
    )
}
COUNTERS = {
    ONE: replace(a_catalogue().counters[ONE], can_serve=frozenset({Need.WHEELCHAIR})),
    TWO: replace(a_catalogue().counters[TWO], can_serve=frozenset({Need.DEAF})),
    THREE: replace(a_catalogue().counters[THREE], helps=(KTP, AKTA), helping_minutes=5, helps_below=2),
}

# Mistakes are a part of the mix, but a hall in which nothing ever succeeds proves nothing.
services = st.sampled_from([KTP, KTP, KTP, KK, KK, AKTA, AKTA, PKB, PKB, ServiceId("nothing")])
counters = st.sampled_from([ONE, ONE, ONE, ONE, TWO, TWO, TWO, THREE, THREE, CounterId("c9")])
officers = st.sampled_from([AYU, AYU, BUDI, BUDI, CITRA, SUPERVISOR, OfficerId("nobody")])
verbs_on_a_leg = st.sampled_from(["recall", "serve", "mark_missed", "resume", "return_", "finish", "park"])
needs = st.sampled_from([(), (), (), (Need.WHEELCHAIR,), (Need.DEAF, Need.WHEELCHAIR), (Need.ELDERLY, Need.COMPANION)])
choices = st.integers(0, 1_000)
steering = st.sampled_from(["move", "call_off", "reprioritise", "reprioritise", "reopen"])


class AnyDays(RuleBasedStateMachine):
    """Every verb, rightly and wrongly used, with restarts, new catalogues, a clock that jumps and days that end."""

    def empty_store(self) -> MemoryStore:
        return MemoryStore()

    @initialize()
    def open_the_hall(self) -> None:
        self.store = self.empty_store()
        self.now = NINE
        self.day = TODAY
        self.made = 0
        self.catalogue = self._catalogue(set(SERVICES), set(COUNTERS))
        self.lobby = self._reload()
        self.lines: dict[ServiceId, dict[LegId, datetime]] = {}
        for counter, officer in ((ONE, AYU), (TWO, BUDI), (THREE, CITRA)):
            self._do(partial(self.lobby.sit, counter, officer, take_over=False, now=NINE, actor=DESK))
            self._do(partial(self.lobby.open, counter, NINE, DESK))
        self._do(partial(self._issue, PKB, Priority.REGULAR, (), [KK]))
        self._do(partial(self._issue, KTP, Priority.REGULAR, (), [PKB, AKTA]))
        for service in (KTP, PKB, AKTA, KTP, KK, PKB, KTP):
            self.now += minutes(2)
            self._do(partial(self._issue, service, Priority.REGULAR))

    # --- what people do ---

    @rule(
        coming=st.lists(
            st.tuples(services, st.sampled_from(Priority), st.integers(0, 9), needs), min_size=1, max_size=4
        )
    )
    def visitors_come(self, coming: list[tuple[ServiceId, Priority, int, tuple[Need, ...]]]) -> None:
        for service, priority, gap, asked in coming:
            self.now += minutes(gap)
            self._do(partial(self._issue, service, priority, asked))

    @rule(service=services, priority=st.sampled_from(Priority), late=st.integers(-25, 20), several=st.booleans())
    def somebody_who_booked_checks_in(self, service: ServiceId, priority: Priority, late: int, several: bool) -> None:
        further = [AKTA, PKB] if several and service not in (AKTA, PKB) else []
        self._do(partial(self._issue, service, priority, (), further, self.now - minutes(late)))

    @rule(chosen=st.lists(services, min_size=2, max_size=4), priority=st.sampled_from(Priority), asked=needs)
    def a_visitor_chooses_several(self, chosen: list[ServiceId], priority: Priority, asked: tuple[Need, ...]) -> None:
        self._do(partial(self._issue, chosen[0], priority, asked, chosen[1:]))

    @rule(counter=counters, service=services)
    def an_officer_adds_a_stop(self, counter: CounterId, service: ServiceId) -> None:
        if self._hand(counter) is None:
            self._call_next(counter, None)
        hand, new = self._hand(counter) or LegId("none"), LegId(f"l{self._id()}")
        self._do(lambda: self.lobby.add_stop(counter, hand, service, new_leg=new, now=self.now, actor=DESK))

    @rule(counter=counters, steps=st.lists(choices, min_size=2, max_size=8))
    def an_officer_works(self, counter: CounterId, steps: list[int]) -> None:
        """What the buttons offer, in the order in which they are offered."""
        for step in steps:
            hand = self.lobby.in_hand(counter)
            if hand is None:
                self._call_next(counter, None)
            elif hand.state is LegState.CALLED:
                self._verb(counter, ("serve", "serve", "serve", "recall", "mark_missed", "park")[step % 6], hand.id)
            else:
                self._verb(counter, ("finish", "finish", "park", "call_next")[step % 4], hand.id)
            self.now += minutes(step % 7)

    @rule(counter=counters, knows=st.booleans(), pick=choices)
    def call_next(self, counter: CounterId, knows: bool, pick: int) -> None:
        self._call_next(counter, self._hand(counter) if knows else self._any_leg(pick))

    @rule(counter=counters, pick=choices)
    def call_ticket(self, counter: CounterId, pick: int) -> None:
        line, hand = self.lobby.waiting_for(counter, 100), self._hand(counter)
        wanted = line[pick % len(line)].id if line and pick % 3 else self._any_leg(pick)
        self._do(
            lambda: self.lobby.call_ticket(
                counter, wanted, CallReason.SUPERVISOR, in_hand=hand, now=self.now, actor=DESK
            )
        )

    @rule(counter=counters, verb=verbs_on_a_leg, pick=choices)
    def a_verb_on_any_leg(self, counter: CounterId, verb: str, pick: int) -> None:
        self._verb(counter, verb, self._any_leg(pick))

    @rule(counter=counters, pick=choices)
    def take_up_what_lies_aside(self, counter: CounterId, pick: int) -> None:
        aside = (*self.lobby.parked_at(counter), *self.lobby.missed_at(counter))
        if aside:
            leg = aside[pick % len(aside)]
            self._verb(counter, "resume" if leg.state is LegState.PARKED else "return_", leg.id)

    @rule(counter=counters, service=services, only=st.none() | counters)
    def transfer(self, counter: CounterId, service: ServiceId, only: CounterId | None) -> None:
        if self._hand(counter) is None:
            self._call_next(counter, None)
        hand, new = self._hand(counter) or LegId("none"), LegId(f"l{self._id()}")
        self._do(
            lambda: self.lobby.transfer(
                counter, hand, service, new_leg=new, only_counter=only, now=self.now, actor=DESK
            )
        )

    @rule(pick=choices)
    def cancel(self, pick: int) -> None:
        visit = self._any_visit(pick)
        self._do(lambda: self.lobby.cancel(visit, CancelReason.LEFT, self.now, DESK))

    @rule(pick=choices)
    def a_visitor_gives_way_or_comes_back(self, pick: int) -> None:
        states = (LegState.WAITING, LegState.MISSED)
        visits = [v for v in self.lobby.visits.values() if any(leg.state in states for leg in v.legs)]
        visit = visits[pick % len(visits)].id if visits and pick % 5 else self._any_visit(pick)
        before = self.lobby.visits[visit].legs if visit in self.lobby.visits else ()
        missed = any(leg.state is LegState.MISSED for leg in before)
        verb = self.lobby.come_back if missed else self.lobby.give_way
        if self._do(lambda: verb(visit, self.now, KIOSK)):
            for leg in before:
                after = self.lobby.leg(leg.id)
                assert after.effective_at >= leg.effective_at, "law 11: a place given up is never a better one"

    @rule(pick=choices, verb=steering, to=services)
    def a_supervisor_steers_a_visit(self, pick: int, verb: str, to: ServiceId) -> None:
        visit, leg, new = self._any_visit(pick), self._any_leg(pick), LegId(f"l{self._id()}")
        known = self.lobby.visits.get(visit)
        priority = Priority.REGULAR if known and known.priority is Priority.PRIORITY else Priority.PRIORITY
        only = ONE if pick % 4 == 0 else None
        verbs: dict[str, Callable[[], object]] = {
            "move": lambda: self.lobby.move(
                leg, to, new_leg=new, only_counter=only, because="why", now=self.now, actor=DESK
            ),
            "call_off": lambda: self.lobby.call_off(visit, (None, TAX)[pick % 2], "why", self.now, DESK),
            "reprioritise": lambda: self.lobby.reprioritise(visit, priority, "why", self.now, DESK),
            "reopen": lambda: self.lobby.reopen(leg, "why", self.now, DESK),
        }
        self._do(verbs[verb])

    @rule(service=services, closes=st.booleans())
    def a_supervisor_closes_or_opens_a_service(self, service: ServiceId, closes: bool) -> None:
        verb = self.lobby.close_service if closes else self.lobby.open_service
        self._do(lambda: verb(service, "why", self.now, DESK))

    @rule(counter=counters, state=st.sampled_from(CounterState))
    def a_supervisor_stands_a_counter(self, counter: CounterId, state: CounterState) -> None:
        self._do(lambda: self.lobby.stand(counter, state, None, "why", self.now, DESK))

    @rule(agency=st.sampled_from([TAX, PERMITS, None]), pick=choices)
    def a_supervisor_closes_the_day(self, agency: AgencyId | None, pick: int) -> None:
        if pick % 4:
            return
        self._do(lambda: self.lobby.close_day(agency, "why", self.now, DESK))
        left = [leg for leg in self._legs() if leg.state.is_open and not leg.state.is_in_hand]
        assert not [leg for leg in left if agency in (None, self.catalogue.service(leg.service).agency)]
        for service in self.catalogue.services:
            if agency in (None, self.catalogue.service(service).agency):
                self._do(lambda: self.lobby.open_service(service, "why", self.now, DESK))  # noqa: B023 - done at once

    @rule(pick=choices, state=st.sampled_from(PrintState))
    def report_print(self, pick: int, state: PrintState) -> None:
        visit = self._any_visit(pick)
        self._do(lambda: self.lobby.report_print(visit, state, None, 0, self.now, KIOSK))

    @rule(counter=counters, officer=officers, take_over=st.booleans())
    def sit(self, counter: CounterId, officer: OfficerId, take_over: bool) -> None:
        self._do(lambda: self.lobby.sit(counter, officer, take_over=take_over, now=self.now, actor=DESK))

    @rule(counter=counters, verb=st.sampled_from(["open", "open", "open", "pause", "close", "leave"]))
    def a_counter_opens_or_closes(self, counter: CounterId, verb: str) -> None:
        if verb == "open" and counter in self.lobby.counters and self.lobby.counters[counter].officer is None:
            usual = {ONE: AYU, TWO: BUDI, THREE: CITRA}[counter]
            self._do(lambda: self.lobby.sit(counter, usual, take_over=False, now=self.now, actor=DESK))
        reason = (PauseReason.MEAL,) if verb == "pause" else ()
        self._do(lambda: getattr(self.lobby, verb)(counter, *reason, self.now, DESK))

    @rule(counter=counters, ahead=st.integers(0, 120), lasts=st.integers(1, 60))
    def a_pause_is_announced(self, counter: CounterId, ahead: int, lasts: int) -> None:
        """By the officer, or by a supervisor from afar."""
        times = timedelta(minutes=ahead), timedelta(minutes=lasts)
        if ahead % 3:
            self._do(lambda: self.lobby.announce_pause(counter, PauseReason.MEAL, *times, self.now, DESK))
        else:
            announce = self.lobby.announce_pause_from_afar
            self._do(lambda: announce(counter, PauseReason.MEETING, *times, "why", self.now, DESK))

    @rule(counter=counters, from_afar=st.booleans())
    def a_pause_is_called_off(self, counter: CounterId, from_afar: bool) -> None:
        if from_afar:
            self._do(lambda: self.lobby.call_off_pause_from_afar(counter, "why", self.now, DESK))
        else:
            self._do(lambda: self.lobby.call_off_pause(counter, self.now, DESK))

    # --- what happens around them ---

    @rule(passed=st.integers(-7, 45))
    def time_passes(self, passed: int) -> None:
        self.now += minutes(passed)

    @rule()
    def people_look_at_their_phones(self) -> None:
        """Whoever a counter that works could call is told a wait, and nobody else."""
        for visit in self.lobby.visits.values():
            told = self.lobby.estimates_of(visit, self.now)
            for leg in visit.legs:
                if leg.state is LegState.WAITING:
                    could = any(
                        self.lobby.may_call(counter, leg) or self.lobby.could_help(counter, leg)
                        for counter, status in self.lobby.counters.items()
                        if status.state is not CounterState.CLOSED
                    )
                    assert (leg.id in told) is could

    @rule(withdrawn=st.sets(st.sampled_from([KK, AKTA, PKB]), max_size=2), gone=st.sets(st.sampled_from([TWO, THREE])))
    def publish(self, withdrawn: set[ServiceId], gone: set[CounterId]) -> None:
        self.catalogue = self._catalogue(set(SERVICES) - withdrawn, set(COUNTERS) - gone)
        self._do(lambda: self.lobby.publish(self.catalogue, self.now, DESK))

    @rule()
    def restart(self) -> None:
        self.lobby = self._reload()

    @precondition(lambda self: len(self.lobby.visits) > 20)
    @rule()
    def the_day_ends(self) -> None:
        self._do(lambda: self.lobby.expire_open_legs(self.now, DESK))
        if any(lease.stands for lease in self.lobby.leases.values()):
            self._do(lambda: self.lobby.end_leases(self.now, DESK))
        assert not any(visit.is_open for visit in self.lobby.visits.values())
        assert all(status.state is CounterState.CLOSED for status in self.lobby.counters.values())
        assert not self.store.open_dates_before(self.lobby.service_date + timedelta(days=1))
        self.now = max(self.now, self.lobby.newest) + timedelta(days=1)
        self.day = service_date(self.now, self.catalogue.site.time_zone)
        self.lobby = self._reload()
        self.lines = {}
        assert not self.lobby.visits
        assert not self.lobby.sequences

    # --- what holds after every step ---

    @invariant()
    def law_3_numbers_are_unique_and_without_gaps(self) -> None:
        by_series: dict[str, list[int]] = {}
        for visit in self.lobby.visits.values():
            by_series.setdefault(visit.series, []).append(visit.number)
        for series, numbers in by_series.items():
            assert sorted(numbers) == list(range(1, self.lobby.sequences[series] + 1))

    @invariant()
    def law_4_one_leg_in_hand_and_one_counter_per_visit(self) -> None:
        in_hand = [leg for leg in self._legs() if leg.state.is_in_hand]
        assert max(Tally(leg.counter for leg in in_hand).values(), default=0) <= 1
        assert max(Tally(leg.visit for leg in in_hand).values(), default=0) <= 1
        for visit in self.lobby.visits.values():
            assert sum(leg.state.is_in_hand or leg.state is LegState.PARKED for leg in visit.legs) <= 1
            for stop in {leg.stop for leg in visit.legs}:
                assert sum(leg.state.is_open for leg in visit.legs if leg.stop == stop) <= 1
        for leg in in_hand:
            assert leg.counter is not None
            assert self.lobby.in_hand(leg.counter) == leg
            assert leg.only_counter in (None, leg.counter)
            assert self.lobby.counters[leg.counter].state is CounterState.OPEN

    @invariant()
    def nobody_may_be_called_who_is_at_a_counter(self) -> None:
        for counter in self.lobby.counters:
            for line in (*self.lobby.places.callable_by(counter), *self.lobby.places.helped_by(counter)):
                assert not any(self._is_elsewhere(leg) for leg in line)

    @invariant()
    def a_stop_waits_for_those_before_it_and_for_nothing_else(self) -> None:
        for visit in self.lobby.visits.values():
            for leg in visit.legs:
                if leg.state is LegState.BOOKED:
                    assert leg.service == PKB
                    first = {other.stop for other in visit.legs if other.service == KK}
                    last = {other.stop: other.state for other in visit.legs if other.stop in first}
                    assert any(state.is_open or state is LegState.MISSED for state in last.values())

    @invariant()
    def law_8_reload_gives_the_same_lobby(self) -> None:
        assert self._reload() == self.lobby

    @invariant()
    def law_11_a_waiting_order_never_flips(self) -> None:
        for service in SERVICES:
            line = {leg.id: leg.effective_at for leg in self.lobby.line(service)}
            before = self.lines.get(service, {})
            stayed = {leg for leg in before if line.get(leg) == before[leg]}  # the others gave their place up
            assert [leg for leg in before if leg in stayed] == [leg for leg in line if leg in stayed]
            self.lines[service] = line

    @invariant()
    def law_11_equals_leave_in_the_order_in_which_they_came(self) -> None:
        for service in SERVICES:
            for priority in Priority:
                equals = [
                    leg
                    for leg in self.lobby.line(service)
                    if leg in (visit := self.lobby.visits[leg.visit]).first_legs
                    and visit.priority is priority
                    and not leg.was_moved
                ]
                assert equals == sorted(equals, key=lambda leg: (leg.arrival, leg.order))

    @invariant()
    def a_counter_never_idles_while_its_profile_has_a_callable_leg(self) -> None:
        for counter, status in self.lobby.counters.items():
            if status.state is not CounterState.OPEN or self.lobby.in_hand(counter) is not None:
                continue
            mine = [leg for leg in self._legs() if self._can_be_called(counter, leg)]
            assert (self.lobby.next_for(counter) is not None) or not mine

    @invariant()
    def periods_are_a_chain_without_gaps(self) -> None:
        ends = {leg.id: leg.since for leg in self._legs()}
        chains: dict[LegId, list[tuple[object, object]]] = {}
        for period in self.store.periods:
            assert period.start <= period.end
            chains.setdefault(period.leg, []).append((period.start, period.end))
        for leg, chain in chains.items():
            assert all(earlier[1] == later[0] for earlier, later in pairwise(chain))
            assert leg not in ends or chain[-1][1] == ends[leg]

    @invariant()
    def the_counts_add_up(self) -> None:
        legs = self._legs()
        waiting = [leg for leg in legs if leg.state is LegState.WAITING]
        assert sum(len(self.lobby.line(service)) for service in SERVICES) == len(waiting)
        for counter in self.lobby.counters:
            mine = [leg for leg in waiting if self.lobby.profiles.serves(counter, leg.service)]
            assert self.lobby.waiting_count(counter) == len(mine)
            assert self.lobby.waiting_for(counter, 1_000) == sorted(mine, key=lambda leg: (leg.effective_at, leg.order))
            assert self.lobby.served_today(counter) == sum(
                leg.state is LegState.SERVED and leg.counter == counter for leg in legs
            )
            aside = {leg.id for leg in legs if leg.state is LegState.MISSED and leg.counter == counter}
            assert {leg.id for leg in self.lobby.missed_at(counter)} == aside
        for leg in waiting:
            same = [other for other in waiting if other.service == leg.service]
            assert self.lobby.ahead(leg.id) == sum(
                (other.effective_at, other.order) < (leg.effective_at, leg.order) for other in same
            )
            assert any(self.lobby.may_call(counter, leg) for counter in self.lobby.counters), "nobody could call it"
        issued = Tally(leg.service for visit in self.lobby.visits.values() for leg in visit.first_legs)
        assert all(self.lobby.issued_today(service) == issued[service] for service in SERVICES)

    @invariant()
    def an_officer_sits_at_one_counter_and_an_open_one_has_an_officer(self) -> None:
        seated = [status.officer for status in self.lobby.counters.values() if status.officer is not None]
        assert len(seated) == len(set(seated))
        assert all(s.officer is not None for s in self.lobby.counters.values() if s.state is not CounterState.CLOSED)

    # --- helpers ---

    def _issue(
        self,
        service: ServiceId,
        priority: Priority,
        asked: tuple[Need, ...] = (),
        further: Sequence[ServiceId] = (),
        booked_for: datetime | None = None,
    ) -> None:
        ids = self._id()
        self.lobby.issue(
            service,
            visit=VisitId(f"v{ids}"),
            leg=LegId(f"l{ids}"),
            key=FollowKey(f"k{ids}"),
            language=Language.INDONESIAN,
            priority=priority,
            needs=asked,
            now=self.now,
            actor=KIOSK,
            further=[Choice(one, LegId(f"l{self._id()}")) for one in further],
            booked_for=booked_for,
        )

    def _call_next(self, counter: CounterId, believed: LegId | None) -> None:
        before, hand = {leg.id: leg for leg in self._legs()}, self._hand(counter)
        if self._do(lambda: self.lobby.call_next(counter, in_hand=believed, now=self.now, actor=DESK)):
            called = self.lobby.in_hand(counter)
            assert called is not None
            assert believed == hand, "called by somebody who did not know whom they would send away"
            self._nobody_was_robbed(counter, before[called.id], before.values())

    def _verb(self, counter: CounterId, verb: str, leg: LegId) -> None:
        if verb == "call_next":
            self._call_next(counter, leg)
            return
        details = {"finish": (Outcome.REFERRED,), "park": ("copies",)}.get(verb, ())
        self._do(lambda: getattr(self.lobby, verb)(counter, leg, *details, self.now, DESK))

    def _do(self, verb: Callable[[], object]) -> bool:
        """Do it and commit; or have it refused, and then nothing has changed."""
        newest = self.lobby.newest
        try:
            verb()
        except RefusedError:
            assert not self.lobby.take_changes()
            assert self.lobby.newest == newest
            assert self._reload() == self.lobby
            return False
        changes = self.lobby.take_changes()
        assert changes.facts, "whatever is done is written down as a fact"
        self.store.commit(self.lobby.service_date, changes, ())
        assert self.store.newest_instant() == self.lobby.newest
        return True

    def _nobody_was_robbed(self, counter: CounterId, called: Leg, before: Iterable[Leg]) -> None:
        """Law 11: of those whom the counter might have called instead, who came earlier is overtaken by less than a
        head start, and among equals nobody is."""
        fact = [fact for fact in self.store.facts if fact.kind is FactKind.CALLED][-1]
        before = list(before)
        busy = {leg.visit for leg in before if leg.state.is_in_hand or leg.state is LegState.PARKED}
        held = {leg.id for leg in before if leg.visit in busy}
        if not self.lobby.may_call(counter, called):
            self._helping_was_right(counter, called, before)
            return
        instead = [
            leg
            for leg in before
            if leg.state is LegState.WAITING
            and leg.id not in held
            and self.lobby.may_call(counter, leg)
            and leg != called
        ]
        overtaken = [leg for leg in instead if (leg.arrival, leg.order) < (called.arrival, called.order)]
        for leg in overtaken:
            was_moved = self._was_moved(leg)
            assert was_moved or called.arrival - leg.arrival <= RULE.most
            assert was_moved or called.came_at - leg.arrival <= RULE.most + GRACE, "also by who had booked"
            assert called.effective_at <= leg.effective_at
        ahead = [
            leg
            for leg in before
            if leg.state is LegState.WAITING
            and self.lobby.profiles.serves(counter, leg.service)
            and (leg.id in held or not self.lobby.may_call(counter, leg))
            and (leg.effective_at, leg.order) < (called.effective_at, called.order)
        ]
        left = [leg for leg in before if leg.id not in held and self._would_be_helped(counter, leg, len(instead) + 1)]
        left = [leg for leg in left if (leg.effective_at, leg.order) < (called.effective_at, called.order)]
        counts, came = (called.arrival, called.order), (called.came_at, called.order)
        earlier = [leg for leg in instead if counts < (leg.arrival, leg.order) < came]
        assert fact.why.get("passed_booked", 0) == len(earlier)
        assert fact.why["passed_over"] == len(overtaken) + len(ahead) + len(left) + len(earlier)
        assert fact.why.get("passed_own_first", 0) == len(left)
        assert ("passed" in fact.why) == bool(overtaken or ahead or left or earlier)
        assert fact.why.get("passed_elsewhere", 0) == sum(leg.id in held for leg in ahead)
        needing = [leg for leg in ahead if leg.id not in held and leg.only_counter is None]
        assert fact.why.get("passed_needs", 0) == len(needing)

    def _was_moved(self, leg: Leg) -> bool:
        """By the visitor's own act: here, or before the stop was sent on."""
        return any(mine.was_moved for mine in self.lobby.visits[leg.visit].legs if mine.stop == leg.stop)

    def _helping_was_right(self, counter: CounterId, called: Leg, before: Sequence[Leg]) -> None:
        """It helps only while its own line is short, and its own come first unless they wait much less."""
        desk = self.lobby.catalogue.counters[counter]
        busy = {leg.visit for leg in before if leg.state.is_in_hand or leg.state is LegState.PARKED}
        waiting = [leg for leg in before if leg.state is LegState.WAITING and leg.visit not in busy]
        own = [leg for leg in waiting if self.lobby.may_call(counter, leg)]
        assert called.service in desk.helps
        assert len(own) < desk.helps_below
        assert all(called.effective_at + minutes(desk.helping_minutes) <= leg.effective_at for leg in own)

    def _can_be_called(self, counter: CounterId, leg: Leg) -> bool:
        waits = leg.state is LegState.WAITING and not self._is_elsewhere(leg)
        return waits and self.lobby.may_call(counter, leg)

    def _is_elsewhere(self, leg: Leg) -> bool:
        legs = self.lobby.visits[leg.visit].legs
        return any(other.state.is_in_hand or other.state is LegState.PARKED for other in legs)

    def _would_be_helped(self, counter: CounterId, leg: Leg, own: int) -> bool:
        desk = self.lobby.catalogue.counters[counter]
        waits = leg.state is LegState.WAITING and leg.only_counter is None and leg.service in desk.helps
        return waits and own < desk.helps_below and self.lobby.meets(counter, leg)

    def _reload(self) -> Lobby:
        stored = self.store.read_lobby(self.day)
        return Lobby.restore(
            self.catalogue,
            self.day,
            stored.visits,
            stored.counters,
            stored.sequences,
            RULE,
            self.store.newest_instant(),
            stored.leases,
            stored.reasons,
            closures=stored.closures,
            bulletins=stored.bulletins,
            early_calls=stored.early_calls,
        )

    def _catalogue(self, offered: set[ServiceId], standing: set[CounterId]) -> Catalogue:
        counters = [
            replace(
                counter,
                profile=tuple(service for service in counter.profile if service in offered),
                helps=tuple(service for service in counter.helps if service in offered),
            )
            for counter in COUNTERS.values()
            if counter.id in standing
        ]
        catalogue = a_catalogue(
            [replace(SERVICES[s], hours=ALWAYS) for s in SERVICES if s in offered],
            counters,
            version=self._id(),
            removed=[SERVICES[s] for s in SERVICES if s not in offered],
        )
        return surveying(EVERY_SECOND, catalogue)

    def _legs(self) -> list[Leg]:
        return [leg for visit in self.lobby.visits.values() for leg in visit.legs]

    def _any_leg(self, pick: int) -> LegId:
        legs = self._legs()
        return legs[pick % len(legs)].id if legs else LegId("none")

    def _any_visit(self, pick: int) -> VisitId:
        visits = list(self.lobby.visits)
        return visits[pick % len(visits)] if visits else VisitId("none")

    def _hand(self, counter: CounterId) -> LegId | None:
        hand = self.lobby.in_hand(counter)
        return None if hand is None else hand.id

    def _id(self) -> int:
        self.made += 1
        return self.made
