"""Streams: what a batch touched is told in order, once, and adds up (laws 1, 6, 7, 8, 10 and 12)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.app.jobs import Asked, Followed, Job, Looked
from server.app.lagging import BREATH, SLICE, SLICE_WHEN_BUSY
from server.app.ports import StorageError, StoredLobby
from server.app.sessions import Session
from shared.protocol import commands as c
from shared.protocol.codec import encode
from shared.protocol.commands import Command
from shared.protocol.messages import Announcement, Delta, Reply, Snapshot
from shared.protocol.replies import Called, Issued
from shared.protocol.views import AlertItem, CallItem, DeliveryItem, DeskItem, LineItem, Table, VisitItem, WaitingItem
from shared.vocabulary import (
    CallReason,
    CounterState,
    ErrorCode,
    Language,
    LegState,
    Need,
    Outcome,
    PauseReason,
    PrinterFault,
    PrintState,
    Priority,
    ReceiptStep,
)
from tests.support.builders import AYU, BUDI, CITRA, ONE, THREE, TWO, a_catalogue, a_counter, a_service, minutes
from tests.support.memory_store import MemoryStore
from tests.support.server_in_memory import ServerInMemory, ear

A_NUMBER = c.IssueTicket(service="KTP", language=Language.INDONESIAN)


def _line(table: Table, service: str = "KTP") -> LineItem:
    item = table[f"line:{service}"]
    assert isinstance(item, LineItem)
    return item


def _visit(session: Session, key: str) -> VisitItem:
    item = ear(session).tables[f"visit:{key}"]["visit"]
    assert isinstance(item, VisitItem)
    return item


# --- law 8 and law 7 ---

_MOVES = st.lists(st.tuples(st.integers(0, 14), st.integers(0, 2**16)), min_size=1, max_size=40)


_STANDS: Sequence[Command] = (c.PauseCounter(reason=PauseReason.PRAYER), c.OpenCounter(), c.CloseCounter())


class _Play:
    """Random commands of a kiosk, three officers and phones; and everybody who looks on."""

    def __init__(self) -> None:
        self.server = ServerInMemory()
        self.kiosk = self.server.kiosk()
        self.officers = [
            self.server.officer(ONE, AYU),
            self.server.officer(TWO, BUDI),
            self.server.officer(THREE, CITRA),
        ]
        self.lookers: dict[str, Session] = {}
        self.watch(self.kiosk, "kiosk")
        self.watch(self.server.display(), "board:A")
        self.watch(self.server.counter("a-free-desk"), "counters")
        for officer in self.officers:
            assert officer.seat is not None
            self.watch(officer, f"desk:{officer.seat.counter}")

    def watch(self, session: Session, stream: str) -> None:
        self.server.follows(session, stream)
        self.lookers[stream] = session

    def move(self, kind: int, seed: int) -> None:
        chance = Random(seed)
        if kind in (0, 1, 2):
            self.server.now += timedelta(seconds=3)
            command = c.IssueTicket(
                service=chance.choice(["KTP", "KK", "AKTA", "PKB"]),
                language=chance.choice(list(Language)),
                priority=chance.choice(list(Priority)),
                further=tuple(chance.sample(["KTP", "KK", "AKTA", "PKB"], 2)) if chance.random() < 0.3 else (),
            )
            result = self.server.asks(self.kiosk, command).result
            if isinstance(result, Issued) and chance.random() < 0.5:
                self.watch(self.server.phone(result.key), f"visit:{result.key}")
        elif kind == 13:
            self.server.passes(chance.choice([0.3, 40.0, 400.0]))
        else:
            officer = chance.choice(self.officers)
            self.server.run(*self._jobs(officer, kind, chance))

    def _jobs(self, officer: Session, kind: int, chance: Random) -> list[Job]:
        lobby, seat = self.server.lobby, officer.seat
        assert seat is not None
        hand = lobby.in_hand(seat.counter)
        in_hand = None if hand is None else hand.id
        leg = in_hand or "nobody"
        aside: list[str] = [leg.id for leg in (*lobby.parked_at(seat.counter), *lobby.missed_at(seat.counter))] or [
            "nobody"
        ]
        waiting: list[str] = [leg.id for leg in lobby.waiting_for(seat.counter, 5)] or ["nobody"]
        commands: dict[int, Sequence[Command]] = {
            3: [c.CallNext(in_hand=in_hand)],
            4: [c.Serve(leg=leg)],
            5: [c.Finish(leg=leg, outcome=chance.choice(list(Outcome)))],
            6: [c.Park(leg=leg, note="berkas"), c.CallNext()],
            7: [c.Resume(leg=chance.choice(aside))],
            8: [c.MarkMissed(leg=leg)],
            9: [c.Return(leg=chance.choice(aside))],
            10: [c.Transfer(leg=leg, service=chance.choice(["KTP", "AKTA", "PKB"]), counter=None)],
            11: [_STANDS[chance.randrange(3)]],
            14: [c.AddStop(leg=leg, service=chance.choice(["KTP", "AKTA", "PKB"]))],
            12: [c.CallTicket(leg=chance.choice(waiting), reason=CallReason.OTHER, in_hand=in_hand)],
        }
        return [Asked(officer, self.server.request(command)) for command in commands[kind]]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_MOVES)
def test_law_8_snapshot_and_deltas_are_what_the_store_gives_back(moves: list[tuple[int, int]]) -> None:
    play = _Play()
    for kind, seed in moves:
        play.move(kind, seed)
    play.server.passes(seconds=61)  # minutes move with the clock
    play.server.passes(seconds=1)
    for stream, looker in play.lookers.items():
        # Ear.apply has raised GapError on the way if a revision was left out: law 7.
        assert ear(looker).tables[stream] == play.server.truth(stream), stream


def test_law_7_a_second_look_gives_the_same_revision_and_table() -> None:
    server = ServerInMemory()
    first, second = server.display("tv-1"), server.display("tv-2")
    server.follows(first, "board:A")
    server.issues(server.kiosk())
    server.does(server.officer(), c.CallNext())
    server.follows(second, "board:A")
    assert ear(first).revs == ear(second).revs
    assert ear(first).tables == ear(second).tables


def test_law_7_a_snapshot_asked_for_in_the_batch_of_a_change_already_has_it() -> None:
    server = ServerInMemory()
    kiosk, other = server.kiosk(), server.kiosk("kiosk-2")
    server.run(Followed(other, "kiosk"), Asked(kiosk, server.request(A_NUMBER)))
    server.passes(seconds=1)
    assert _line(ear(other).tables["kiosk"]).waiting == 1


# --- law 6, law 1, law 10 ---


def test_law_7_who_follows_later_is_given_what_the_first_has_become() -> None:
    server = ServerInMemory()
    kiosk, desk, first, other = server.kiosk(), server.officer(), server.display("tv-1"), server.display("tv-2")
    server.follows(first, "board:A")
    server.follows(other, "board:A")  # from the second on, the snapshot is kept for the next one
    server.issues(kiosk)
    server.does(desk, c.CallNext())
    late = server.display("tv-3")
    assert server.follows(late, "board:A") == ear(first).tables["board:A"]
    assert ear(late).revs == ear(first).revs


def test_law_6_the_effect_precedes_the_reply() -> None:
    server = ServerInMemory()
    kiosk = server.kiosk()
    server.follows(kiosk, "kiosk")
    server.does(kiosk, A_NUMBER)
    kinds = [type(message) for message in ear(kiosk).heard]
    assert kinds.index(Delta) < kinds.index(Reply)
    officer = server.officer()
    server.follows(officer, "desk:c1")
    ear(officer).heard.clear()
    server.does(officer, c.CallNext())
    assert [type(message) for message in ear(officer).heard][:2] == [Delta, Reply]


def test_law_1_a_call_that_was_not_committed_is_neither_shown_nor_spoken() -> None:
    server = ServerInMemory()
    server.issues(server.kiosk())
    officer, display = server.officer(), server.display()
    server.follows(display, "board:A")
    heard = len(ear(display).heard)
    server.store.broken = True
    assert server.refusal(officer, c.CallNext()).code is ErrorCode.STORAGE_UNAVAILABLE
    assert len(ear(display).heard) == heard


def test_law_10_an_announcement_comes_with_the_call_and_never_with_a_snapshot() -> None:
    server = ServerInMemory()
    kiosk, officer, display = server.kiosk(), server.officer(), server.display()
    server.follows(display, "board:A")
    server.issues(kiosk, language=Language.ENGLISH)
    called = server.does(officer, c.CallNext())
    assert isinstance(called, Called)
    server.does(officer, c.Recall(leg=called.leg))
    first, again = ear(display).announcements
    assert (first.ticket, first.counter, first.again) == ("A-001", "1", False)
    assert first.languages == (Language.INDONESIAN, Language.ENGLISH)
    assert first.lifetime == 20
    assert again.again
    kinds = [type(message) for message in ear(display).heard]
    assert kinds.index(Delta) < kinds.index(Announcement)

    late = server.display("tv-late")
    server.follows(late, "board:A")
    server.follows(display, "board:A")
    assert not ear(late).announcements
    assert len(ear(display).announcements) == 2
    assert isinstance(ear(late).tables["board:A"][f"call:{called.leg}"], CallItem)


def test_an_indonesian_visitor_is_called_in_indonesian_alone() -> None:
    server = ServerInMemory()
    display = server.display()
    server.follows(display, "board:A")
    server.issues(server.kiosk())
    server.does(server.officer(), c.CallNext())
    (announcement,) = ear(display).announcements
    assert announcement.languages == (Language.INDONESIAN,)


# --- what each view shows ---


def test_a_parked_visitor_who_is_resumed_is_announced_again() -> None:
    server = ServerInMemory()
    display, officer = server.display(), server.officer()
    server.follows(display, "board:A")
    server.issues(server.kiosk())
    called = server.does(officer, c.CallNext())
    assert isinstance(called, Called)
    server.does(officer, c.Park(leg=called.leg))
    server.does(officer, c.Resume(leg=called.leg))
    assert [one.again for one in ear(display).announcements] == [False, False]


def test_the_board_keeps_twelve_calls_and_orders_the_newest_last() -> None:
    server = ServerInMemory()
    kiosk, officer, display = server.kiosk(), server.officer(), server.display()
    server.follows(display, "board:A")
    for _ in range(15):
        server.issues(kiosk)
        called = server.does(officer, c.CallNext())
        assert isinstance(called, Called)
        server.does(officer, c.MarkMissed(leg=called.leg))
    calls = [item for item in ear(display).tables["board:A"].values() if isinstance(item, CallItem)]
    assert len(calls) == 12
    newest = max(calls, key=lambda item: item.order)
    assert newest.ticket == "A-015"
    assert not any(item.standing for item in calls)


def test_law_12_needs_reach_the_officer_but_no_screen_of_the_lobby() -> None:
    server = ServerInMemory()
    kiosk, officer, display = server.kiosk(), server.officer(), server.display()
    server.does(
        kiosk,
        c.IssueTicket(service="KTP", language=Language.INDONESIAN, priority=Priority.PRIORITY, needs=(Need.PREGNANT,)),
    )
    desk = server.follows(officer, "desk:c1")
    server.follows(display, "board:A")
    server.does(officer, c.CallNext())
    waiting = next(item for item in desk.values() if isinstance(item, WaitingItem))
    assert waiting.needs == (Need.PREGNANT,)
    told = b"".join(encode(message) for message in ear(display).heard)
    assert b"pregnant" not in told
    assert b"priority" not in told
    assert b'"long_flash":true' in told


def test_a_desk_shows_the_first_sixty_and_counts_all() -> None:
    server = ServerInMemory()
    kiosk, officer = server.kiosk(), server.officer()
    for _ in range(70):
        server.issues(kiosk)
    desk = server.follows(officer, "desk:c1")
    assert sum(isinstance(item, WaitingItem) for item in desk.values()) == 60
    head = desk["desk"]
    assert isinstance(head, DeskItem)
    assert head.waiting == 70


def test_a_phone_learns_that_one_less_is_ahead_within_a_second() -> None:
    server = ServerInMemory()
    kiosk, officer = server.kiosk(), server.officer()
    server.issues(kiosk)
    mine = server.issues(kiosk)
    phone = server.phone(mine.key)
    server.follows(phone, f"visit:{mine.key}")
    assert _visit(phone, mine.key).ahead == 1
    server.does(officer, c.CallNext())
    server.passes(seconds=1)
    assert _visit(phone, mine.key).ahead == 0


def test_a_long_line_of_phones_is_told_in_slices_and_nobody_is_left_out() -> None:
    server = ServerInMemory()
    kiosk, officer = server.kiosk(), server.officer()
    tickets = [server.issues(kiosk) for _ in range(3 * SLICE)]
    phones = [server.phone(ticket.key) for ticket in tickets]
    for phone, ticket in zip(phones, tickets, strict=True):
        server.follows(phone, f"visit:{ticket.key}")
    server.passes(seconds=1)
    server.does(officer, c.CallNext())
    server.passes(seconds=1)
    assert 0 < _told(phones, tickets) <= SLICE_WHEN_BUSY + SLICE, "two slices"
    for _ in range(3):
        server.passes(seconds=BREATH.total_seconds())
    assert _told(phones, tickets) == len(phones) - 1, "all but the one who was called"


def _told(phones: list[Session], tickets: list[Issued]) -> int:
    """How many of those who wait know that one has been called."""
    aheads = [_visit(phone, ticket.key).ahead for phone, ticket in zip(phones, tickets, strict=True)]
    return sum(ahead == place for place, ahead in enumerate(aheads[1:]))


def test_phones_are_told_at_most_once_a_second_what_others_did() -> None:
    server = ServerInMemory()
    kiosk, officer = server.kiosk(), server.officer()
    for _ in range(10):
        server.issues(kiosk)
    mine = server.issues(kiosk)
    phone = server.phone(mine.key)
    server.follows(phone, f"visit:{mine.key}")
    ear(phone).heard.clear()
    server.passes(seconds=1)
    ear(phone).heard.clear()
    for _ in range(10):
        server.now += timedelta(milliseconds=10)
        called = server.does(officer, c.CallNext())
        assert isinstance(called, Called)
        server.does(officer, c.MarkMissed(leg=called.leg))
    server.passes(seconds=0.9)
    assert 1 <= len(ear(phone).heard) <= 2
    assert _visit(phone, mine.key).ahead == 0


def test_it_is_your_turn_reaches_the_phone_at_once() -> None:
    server = ServerInMemory()
    mine = server.issues(server.kiosk())
    phone = server.phone(mine.key)
    server.follows(phone, f"visit:{mine.key}")
    server.does(server.officer(), c.CallNext())
    seen = _visit(phone, mine.key)
    assert (seen.state, seen.counter) == (LegState.CALLED, "1")


def test_a_visitor_gives_up_their_own_number_and_nobody_elses() -> None:
    server = ServerInMemory()
    kiosk = server.kiosk()
    mine, other = server.issues(kiosk), server.issues(kiosk)
    phone = server.phone(mine.key)
    assert server.refusal(phone, c.CancelOwnVisit(key=other.key)).code is ErrorCode.FORBIDDEN
    server.does(phone, c.CancelOwnVisit(key=mine.key))
    assert server.lobby.line(server.lobby.visits[next(iter(server.lobby.visits))].last_leg.service).first is not None


@pytest.mark.parametrize("stream", ["visit:nobody", "kiosk:", "nonsense"])
def test_a_stream_that_is_not_there_ends_the_connection(stream: str) -> None:
    server = ServerInMemory()
    phone = server.phone("nobody")
    server.follows(phone, stream)
    refused = ear(phone).refused
    assert refused is not None
    assert refused.code in (ErrorCode.UNKNOWN_STREAM, ErrorCode.FORBIDDEN)
    assert ear(phone).closed is not None


def test_a_desk_that_was_asked_for_before_signing_in_is_shown_after_it() -> None:
    server = ServerInMemory()
    counter = server.counter()
    assert server.follows(counter, "desk:c1") == {}
    assert ear(counter).refused is None
    server.does(counter, c.SignIn(officer=AYU, pin="1234", counter=ONE))
    assert "desk" in ear(counter).tables["desk:c1"]


# --- the hall ---


def test_paper_out_is_told_to_every_desk_and_cleared_again() -> None:
    server = ServerInMemory()
    kiosk, officer = server.kiosk(), server.officer()
    server.follows(officer, "desk:c1")
    mine = server.issues(kiosk)
    server.does(kiosk, c.ReportPrint(visit=mine.visit, state=PrintState.FAILED, fault=PrinterFault.PAPER_OUT))
    alert = ear(officer).tables["desk:c1"]["alert:kiosk-1:paper_out"]
    assert isinstance(alert, AlertItem)
    assert alert.ticket == mine.ticket
    server.does(kiosk, c.ReportPrinter(fault=PrinterFault.PAPER_OUT, paper_low=True))
    assert "alert:kiosk-1:paper_low" in ear(officer).tables["desk:c1"]
    server.does(kiosk, c.ReportPrinter(fault=None))
    assert not [key for key in ear(officer).tables["desk:c1"] if key.startswith("alert:")]


def test_a_display_that_is_gone_for_five_seconds_is_missed_until_it_is_back() -> None:
    server = ServerInMemory()
    display, officer = server.display(), server.officer()
    server.follows(officer, "desk:c1")
    server.leaves(display)
    server.passes(seconds=4)
    assert "alert:tv-1:lost" not in ear(officer).tables["desk:c1"]
    server.passes(seconds=2)
    assert "alert:tv-1:lost" in ear(officer).tables["desk:c1"]
    server.display()
    assert "alert:tv-1:lost" not in ear(officer).tables["desk:c1"]


def test_the_desk_learns_when_its_call_was_shown_and_spoken() -> None:
    server = ServerInMemory()
    display, officer = server.display(), server.officer()
    server.follows(display, "board:A")
    server.follows(officer, "desk:c1")
    server.issues(server.kiosk())
    server.does(officer, c.CallNext())
    key = "delivery:tv-1"
    assert ear(officer).tables["desk:c1"][key] == DeliveryItem(display="tv-1", leg=_hand(officer), step=None)
    (announcement,) = ear(display).announcements
    server.now += timedelta(milliseconds=120)
    server.does(display, c.Acknowledge(announcement=announcement.id, step=ReceiptStep.SHOWN, after=5))
    server.now += timedelta(milliseconds=880)
    server.does(display, c.Acknowledge(announcement=announcement.id, step=ReceiptStep.SPOKEN, after=900))
    assert ear(officer).tables["desk:c1"][key] == DeliveryItem(
        display="tv-1", leg=_hand(officer), step=ReceiptStep.SPOKEN, after=1000, shown_after=120
    )
    assert (server.figures.receipts_shown, server.figures.receipts_spoken) == (1, 1)


def test_a_display_of_another_zone_has_not_shown_a_call() -> None:
    server = ServerInMemory()
    officer, elsewhere = server.officer(), server.display("tv-far", "B")
    server.follows(officer, "desk:c1")
    display = server.display()
    server.follows(display, "board:A")
    server.issues(server.kiosk())
    server.does(officer, c.CallNext())
    (announcement,) = ear(display).announcements
    server.does(elsewhere, c.Acknowledge(announcement=announcement.id, step=ReceiptStep.SPOKEN, after=900))
    assert "delivery:tv-far" not in ear(officer).tables["desk:c1"]


def _hand(officer: Session) -> str:
    item = ear(officer).tables["desk:c1"]["hand"]
    leg = getattr(item, "leg", "")
    assert isinstance(leg, str)
    return leg


# --- time, catalogue, storage ---


def test_a_service_that_closes_by_the_clock_closes_on_the_kiosks() -> None:
    server = ServerInMemory()
    kiosk = server.kiosk()
    server.follows(kiosk, "kiosk")
    server.passes(minutes(6 * 60 - 1).total_seconds())
    assert _line(ear(kiosk).tables["kiosk"]).open
    server.passes(seconds=61)
    line = _line(ear(kiosk).tables["kiosk"])
    assert not line.open
    assert line.opens_at is not None


def test_the_next_day_begins_with_number_one_and_nobody_in_line() -> None:
    server = ServerInMemory()
    kiosk, officer = server.kiosk(), server.officer()
    server.follows(kiosk, "kiosk")
    old = server.issues(kiosk)
    server.passes(minutes(24 * 60).total_seconds())
    assert server.store.read_lobby(server.lobby.service_date - timedelta(days=1)).visits[0].is_open is False
    assert _line(ear(kiosk).tables["kiosk"]).waiting == 0
    assert server.issues(kiosk).ticket == old.ticket == "A-001"
    assert server.refusal(officer, c.CallNext()).code is ErrorCode.FORBIDDEN, "who sat down yesterday signs in again"


def test_a_day_that_was_left_open_is_closed_at_the_next_start() -> None:
    server = ServerInMemory()
    old = server.issues(server.kiosk())
    yesterday = server.lobby.service_date
    server.now += timedelta(days=1)
    server.restarts()
    (visit,) = server.store.read_lobby(yesterday).visits
    assert (visit.id, visit.last_leg.state) == (old.visit, LegState.EXPIRED)
    assert not server.lobby.visits


def test_a_new_catalogue_reaches_every_screen_and_loses_nobody() -> None:
    server = ServerInMemory()
    kiosk, officer = server.kiosk(), server.officer()
    server.follows(kiosk, "kiosk")
    server.follows(officer, "desk:c1")
    mine = server.issues(kiosk)
    before = server.catalogue
    server.catalogue = a_catalogue(
        [a_service("SIM"), a_service("KK")],
        [a_counter(ONE, "SIM", "KK", "KTP")],
        version=2,
        removed=[before.services[service] for service in before.services if service not in ("KK",)],
    )
    server.passes(seconds=1)
    table = ear(kiosk).tables["kiosk"]
    assert "line:SIM" in table
    assert "service:KTP" not in table
    assert f"waiting:{mine.leg}" in ear(officer).tables["desk:c1"]
    assert server.refusal(kiosk, A_NUMBER).code is ErrorCode.SERVICE_REMOVED
    assert server.does(officer, c.CallNext()) == Called(leg=mine.leg, ticket=mine.ticket)


class _Disk(MemoryStore):
    """One that, while broken, cannot be read either."""

    def read_lobby(self, service_date: date) -> StoredLobby:
        if self.broken:
            raise StorageError("gone")
        return super().read_lobby(service_date)


def test_reading_goes_on_while_the_database_is_gone() -> None:
    server = ServerInMemory(store=_Disk())
    kiosk, display = server.kiosk(), server.display()
    server.follows(kiosk, "kiosk")
    server.issues(kiosk)
    server.store.broken = True
    server.asks(kiosk, A_NUMBER)
    assert server.engine.lobby is None
    looked: list[Table | None] = []
    server.run(Looked("kiosk", looked.append))
    assert looked[0] is not None
    assert _line(looked[0]).waiting == 1
    late = server.kiosk("kiosk-2")
    server.run(Followed(late, "kiosk"), Followed(display, "board:A"))
    assert _line(ear(late).tables["kiosk"]).waiting == 1
    assert not [m for m in ear(display).heard if isinstance(m, Snapshot)], "nothing is known of this zone yet"
    server.store.broken = False
    server.passes(seconds=2)
    assert "zone" in ear(display).tables["board:A"]
    assert server.lobby.counters[ONE].state is CounterState.CLOSED
