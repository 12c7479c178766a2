"""A model of the hall, in the simplest words there are, beside the real one: after every step both say the same.

The model knows one list of tickets in the order of their arrival and where each one stands. It computes nothing as the
product does: whoever is next is found by looking through the list.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from shared.vocabulary import CounterId, ErrorCode, LegState, PrinterFault, PrintState, ServiceId
from tests.support.builders import AKTA, KK, KTP, ONE, PKB, SEATS, THREE, TWO
from tests.support.hall import Hall

PROFILES: dict[CounterId, tuple[ServiceId, ...]] = {ONE: (KTP, KK, AKTA), TWO: (KTP, AKTA), THREE: (PKB,)}
SERIES = {KTP: "A", KK: "A", AKTA: "B", PKB: "T"}
RECALLS = 3  # the catalogue's default
PATIENCE = 4.0  # minutes after which nobody who was called can still be on the way
LAST_DAY = 4  # a Friday: the hall of the builders is open on weekdays
IN_HAND = (LegState.CALLED, LegState.SERVING)

services = st.sampled_from(sorted(SERIES))
counters = st.sampled_from(sorted(PROFILES))
picks = st.integers(0, 1_000)


@dataclass
class Person:
    ticket: str
    service: ServiceId
    state: LegState = LegState.WAITING
    counter: CounterId | None = None
    printed: PrintState = PrintState.PENDING
    recalls: int = 0
    moved: bool = False
    """Came back or was sent on: where such a person stands in line is the calling rule's affair, not the model's."""


class ModelledHall(RuleBasedStateMachine):
    """Subclasses say over which store: `make_hall`."""

    make_hall: Callable[[], Hall]

    def __init__(self) -> None:
        super().__init__()
        self.hall = type(self).make_hall()
        self.people: list[Person] = []
        self.given: dict[str, int] = {}
        self.day = 0

    # --- what people do ---

    @rule(coming=st.lists(services, min_size=1, max_size=5))
    def issue(self, coming: list[ServiceId]) -> None:
        for service in coming:
            self.takes_number(service)

    def takes_number(self, service: ServiceId) -> None:
        self.hall.passes(0.1)
        series = SERIES[service]
        self.given[series] = self.given.get(series, 0) + 1
        ticket = self.hall.takes_number(service)
        assert ticket == f"{series}-{self.given[series]:03d}"
        self.people.append(Person(ticket, service))

    @rule(counter=counters)
    def call_next(self, counter: CounterId) -> None:
        hand, following = self.in_hand(counter), self.next_for(counter)
        if hand is not None and hand.state is LegState.CALLED:
            assert self.hall.refusal(lambda: self.hall.calls_next(counter)) is ErrorCode.WRONG_STATE
        elif following is None:
            assert self.hall.refusal(lambda: self.hall.calls_next(counter)) is ErrorCode.NOBODY_WAITING
        else:
            called = self.person(self.hall.calls_next(counter))
            assert called.state is LegState.WAITING
            assert called.service in PROFILES[counter]
            assert called.moved or called is following, f"{called} was called before {following}"
            if hand is not None:
                hand.state = LegState.SERVED
            called.state, called.counter, called.recalls = LegState.CALLED, counter, 0

    @rule(counter=counters, pick=picks)
    def press_next_believing_something_else(self, counter: CounterId, pick: int) -> None:
        hand = self.in_hand(counter)
        others = [one for one in self.people if one is not hand]
        believed = others[pick % len(others)].ticket if others and (hand is None or pick % 2) else None
        if believed is None and hand is None:
            return
        assert self.hall.refusal(lambda: self.hall.presses_next(counter, believed)) is ErrorCode.HAND_MISMATCH

    @rule(counter=counters)
    def recall(self, counter: CounterId) -> None:
        if (hand := self.in_hand(counter)) is not None:
            self.hall.passes(1)
            refused = self.hall.refusal(lambda: self.hall.recalls(counter, hand.ticket))
            if hand.state is not LegState.CALLED:
                assert refused is ErrorCode.WRONG_STATE
            elif hand.recalls == RECALLS:
                assert refused is ErrorCode.RECALL_LIMIT
            else:
                assert refused is None
                hand.recalls += 1

    @rule(counter=counters)
    def serve(self, counter: CounterId) -> None:
        self.move(counter, LegState.CALLED, LegState.SERVING, self.hall.serves)

    @rule(counter=counters)
    def finish(self, counter: CounterId) -> None:
        self.move(counter, LegState.SERVING, LegState.SERVED, self.hall.finishes)

    @rule(counter=counters)
    def miss(self, counter: CounterId) -> None:
        self.hall.passes(PATIENCE)
        self.move(counter, LegState.CALLED, LegState.MISSED, self.hall.marks_missed)

    @rule(counter=counters)
    def park(self, counter: CounterId) -> None:
        if (hand := self.in_hand(counter)) is not None:
            self.hall.parks(counter, hand.ticket)
            hand.state = LegState.PARKED

    @rule(counter=counters, service=services)
    def transfer(self, counter: CounterId, service: ServiceId) -> None:
        hand = self.in_hand(counter)
        if hand is None:
            return
        if service == hand.service:
            refused = self.hall.refusal(lambda: self.hall.transfers(counter, hand.ticket, service))
            assert refused is ErrorCode.WRONG_STATE
        else:
            self.hall.transfers(counter, hand.ticket, service)
            hand.state, hand.service, hand.counter, hand.moved = LegState.WAITING, service, None, True

    @rule(pick=picks)
    def come_back(self, pick: int) -> None:
        if (one := self.some(pick, LegState.MISSED)) is not None:
            assert one.counter is not None
            self.hall.returns(one.counter, one.ticket)
            one.state, one.counter, one.moved = LegState.WAITING, None, True

    @rule(pick=picks)
    def resume(self, pick: int) -> None:
        if (one := self.some(pick, LegState.PARKED)) is None:
            return
        assert one.counter is not None
        busy = self.in_hand(one.counter) is not None
        refused = self.hall.refusal(lambda: self.hall.resumes(one.counter, one.ticket))  # type: ignore[arg-type]
        assert refused is (ErrorCode.COUNTER_BUSY if busy else None)
        if not busy:
            one.state, one.recalls = LegState.CALLED, 0

    @rule(pick=picks)
    def give_up(self, pick: int) -> None:
        if not self.people:
            return
        one = self.people[pick % len(self.people)]
        refused = self.hall.refusal(lambda: self.hall.cancels(one.ticket))
        if one.state in IN_HAND:
            assert refused is ErrorCode.VISIT_IN_HAND
        elif one.state in (LegState.WAITING, LegState.PARKED):
            assert refused is None
            one.state = LegState.CANCELLED
        else:
            assert refused is ErrorCode.WRONG_STATE

    @rule(pick=picks)
    def print_fails(self, pick: int) -> None:
        if self.people:
            one = self.people[pick % len(self.people)]
            self.hall.printer_reports(one.ticket, PrintState.FAILED, PrinterFault.PAPER_OUT)
            one.printed = PrintState.FAILED

    # --- what goes wrong ---

    @rule(counter=counters)
    def pc_dies(self, counter: CounterId) -> None:
        """The officer signs in again at the same counter: nothing has moved."""
        self.hall.sits(SEATS[counter], counter)

    @rule()
    def server_restarts(self) -> None:
        self.hall.restarts()

    @precondition(lambda self: self.people and self.day < LAST_DAY)
    @rule(sure=st.integers(0, 4))
    def day_changes(self, sure: int) -> None:
        if sure:
            return  # most days are longer than that
        self.hall.ends_the_day()
        self.day += 1
        self.hall.passes(24 * 60)
        self.hall.clock_reads(self.hall.now.replace(hour=1, minute=0, second=0, microsecond=0))
        self.hall.restarts()
        self.people, self.given = [], {}
        for counter, officer in SEATS.items():
            self.hall.sits(officer, counter)
            self.hall.opens(counter)

    # --- what must be so, always ---

    @invariant()
    def both_say_the_same(self) -> None:
        for one in self.people:
            assert self.hall.state(one.ticket) is one.state, one
            assert self.hall.visit(one.ticket).print_state is one.printed, one

    @invariant()
    def a_counter_has_at_most_one_in_hand(self) -> None:
        for counter in PROFILES:
            hands = [one for one in self.people if one.state in IN_HAND and one.counter == counter]
            assert len(hands) <= 1
            assert self.hall.in_hand(counter) == (hands[0].ticket if hands else None)

    @invariant()
    def nobody_is_lost_and_nobody_doubled(self) -> None:
        assert self.hall.count() == len(self.people)
        waiting = [one for one in self.people if one.state is LegState.WAITING]
        for counter, profile in PROFILES.items():
            theirs = [one for one in waiting if one.service in profile]
            shown = self.hall.waiting(counter)
            assert sorted(shown) == sorted(one.ticket for one in theirs)
            stayed = [one.ticket for one in theirs if not one.moved]
            assert [ticket for ticket in shown if ticket in stayed] == stayed, "an order flipped"

    # --- how ---

    def in_hand(self, counter: CounterId) -> Person | None:
        return next((one for one in self.people if one.state in IN_HAND and one.counter == counter), None)

    def next_for(self, counter: CounterId) -> Person | None:
        profile = PROFILES[counter]
        waiting = [one for one in self.people if one.state is LegState.WAITING and one.service in profile]
        return next((one for one in waiting if not one.moved), waiting[0] if waiting else None)

    def person(self, ticket: str) -> Person:
        return next(one for one in self.people if one.ticket == ticket)

    def some(self, pick: int, state: LegState) -> Person | None:
        found = [one for one in self.people if one.state is state]
        return found[pick % len(found)] if found else None

    def move(
        self, counter: CounterId, before: LegState, after: LegState, verb: Callable[[CounterId, str], None]
    ) -> None:
        if (hand := self.in_hand(counter)) is None:
            return
        refused = self.hall.refusal(lambda: verb(counter, hand.ticket))
        assert refused is (None if hand.state is before else ErrorCode.WRONG_STATE)
        if refused is None:
            hand.state = after
