"""Any islands: kiosks that lease, lose the server, give, hand in, forget and come back, among all that people do."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from server.domain.errors import RefusedError
from server.domain.facts import Actor, FactKind
from server.domain.leases import IslandTicket
from server.domain.numbering import ISLAND_FIRST, ISLAND_LAST
from shared.vocabulary import (
    DeviceId,
    ErrorCode,
    FollowKey,
    Language,
    LegId,
    PrintState,
    Priority,
    RequestId,
    ServiceId,
    island_visit,
)
from tests.support.builders import AKTA, KTP, PKB
from tests.unit.server.domain.any_days import AnyDays

BLOCK = 6  # small, so that kiosks run out
SERVICE_OF = {"A": KTP, "B": AKTA, "T": PKB}
kiosks = st.sampled_from(["kiosk-1", "kiosk-2", "kiosk-3"])


@dataclass
class AKiosk:
    """What the real one keeps: its blocks, every number it gave, what it has not handed in."""

    name: str
    journal: int = 1
    held: dict[str, set[int]] = field(default_factory=dict)
    used: set[tuple[str, int]] = field(default_factory=set)
    to_hand_in: list[IslandTicket] = field(default_factory=list)
    date: date | None = None

    @property
    def actor(self) -> Actor:
        return Actor(DeviceId(self.name))

    def free(self, series: str) -> set[int]:
        return {number for number in self.held.get(series, set()) if (series, number) not in self.used}


class AnyIslands(AnyDays):
    """Law 3 for islands: no number is on two papers, whatever is lost, repeated, restarted or ended."""

    @initialize()
    def open_the_hall(self) -> None:
        super().open_the_hall()
        self.kiosks = {name: AKiosk(name) for name in ("kiosk-1", "kiosk-2", "kiosk-3")}
        self.papers: dict[tuple[date, str, int], FollowKey] = {}
        self.arrivals: dict[FollowKey, datetime] = {}
        self.handed_in: set[FollowKey] = set()

    @rule(name=kiosks, heard=st.booleans())
    def a_kiosk_leases(self, name: str, heard: bool) -> None:
        kiosk, lobby = self.kiosks[name], self.lobby
        self._commit(lambda: lobby.lease(DeviceId(name), str(kiosk.journal), BLOCK, self.now, kiosk.actor))
        if not heard:
            return  # the reply was lost
        if kiosk.date != self.day:
            kiosk.date, kiosk.used = self.day, set()
        kiosk.held = {}
        for lease in lobby.held(DeviceId(name)):
            kiosk.held.setdefault(lease.series, set()).update(lobby.unused(lease))

    @rule(name=kiosks, series=st.sampled_from(sorted(SERVICE_OF)), many=st.integers(1, 4), priority=st.booleans())
    def a_kiosk_gives_without_the_server(self, name: str, series: str, many: int, priority: bool) -> None:
        kiosk = self.kiosks[name]
        for _ in range(many):
            if kiosk.date != self.day or not (free := kiosk.free(series)):
                return
            number, key = min(free), FollowKey(f"island-key-{self._id():08d}xxx")
            kiosk.used.add((series, number))
            assert (self.day, series, number) not in self.papers, "one number in two hands"
            self.papers[self.day, series, number] = key
            self.now = max(self.now, self.lobby.newest)
            self.arrivals[key] = self.now
            kiosk.to_hand_in.append(self._ticket(series, number, key, priority))

    @rule(name=kiosks, many=st.integers(1, 5), heard=st.booleans())
    def a_kiosk_hands_in(self, name: str, many: int, heard: bool) -> None:
        kiosk = self.kiosks[name]
        batch = kiosk.to_hand_in[:many]
        for ticket in batch:
            leg = LegId(f"l{self._id()}")
            if kiosk.date != self.day:
                self._commit(partial(self.lobby.merge_too_late, ticket, str(kiosk.date), self.now, kiosk.actor))
                continue
            self._commit(lambda ticket=ticket, leg=leg: self.lobby.merge(ticket, leg, self.now, kiosk.actor))
            visit = self.lobby.visits[island_visit(self.day, ticket.series, ticket.number)]
            assert visit.key == ticket.key
            assert visit.arrived_at == self.arrivals[ticket.key], "the arrival is kept"
            self.handed_in.add(ticket.key)
        if heard:
            del kiosk.to_hand_in[:many]

    @rule(name=kiosks)
    def a_kiosk_loses_its_journal(self, name: str) -> None:
        kiosk = self.kiosks[name]
        self.kiosks[name] = AKiosk(name, kiosk.journal + 1)

    @rule(name=kiosks, other=kiosks, number=st.integers(ISLAND_FIRST - 1, ISLAND_FIRST + 60))
    def a_kiosk_lies(self, name: str, other: str, number: int) -> None:
        """A number that another holds, or nobody, or that is somebody's already."""
        if name == other or ("A", number) in self.kiosks[name].used:
            return
        mine = any(number in lease.numbers for lease in self.lobby.leases.values() if lease.device == name)
        before = len(self.lobby.visits)
        ticket = self._ticket("A", number, FollowKey(f"lying-key-{self._id():08d}xxxx"), priority=False)
        if mine:
            return
        with pytest.raises(RefusedError) as refused:
            self.lobby.merge(ticket, LegId("never"), self.now, Actor(DeviceId(name)))
        assert refused.value.code in {ErrorCode.NOT_LEASED, ErrorCode.NUMBER_TAKEN}
        assert len(self.lobby.visits) == before
        changes = self.lobby.take_changes()
        assert [fact.kind for fact in changes.facts] == [FactKind.MERGE_REFUSED]
        self.store.commit(self.day, changes, ())

    @invariant()
    def law_3_numbers_are_unique_and_without_gaps(self) -> None:
        """Numbers from the row are gapless; numbers from blocks are visits, or explained by their block."""
        usual: dict[str, list[int]] = {}
        for visit in self.lobby.visits.values():
            if ISLAND_FIRST <= visit.number <= ISLAND_LAST:
                assert any(
                    visit.number in lease.numbers and lease.device == visit.issued_by
                    for lease in self.lobby.leases.values()
                    if lease.series == visit.series
                )
            else:
                usual.setdefault(visit.series, []).append(visit.number)
        for series, numbers in usual.items():
            assert sorted(numbers) == list(range(1, self.lobby.sequences[series] + 1))

    @invariant()
    def no_number_is_in_two_blocks(self) -> None:
        leased = [(lease.series, number) for lease in self.lobby.leases.values() for number in lease.numbers]
        assert len(leased) == len(set(leased))

    @invariant()
    def what_was_handed_in_is_counted_once(self) -> None:
        keys = [visit.key for visit in self.lobby.visits.values() if visit.key in self.arrivals]
        assert len(keys) == len(set(keys))
        assert set(keys) <= self.handed_in

    def _ticket(self, series: str, number: int, key: FollowKey, priority: bool) -> IslandTicket:
        return IslandTicket(
            request=RequestId(f"press-{key}"),
            series=series,
            number=number,
            key=key,
            service=ServiceId(SERVICE_OF[series]),
            language=Language.INDONESIAN,
            priority=Priority.PRIORITY if priority else Priority.REGULAR,
            needs=(),
            arrived_at=self.now,
            print_state=PrintState.PRINTED,
        )

    def _commit(self, verb: object) -> None:
        assert callable(verb)
        verb()
        changes = self.lobby.take_changes()
        if changes:
            self.store.commit(self.lobby.service_date, changes, ())
