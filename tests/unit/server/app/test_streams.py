"""Streams: what a batch touched is told in order, once, and adds up (laws 1, 6, 7, 8, 10 and 12)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.app.jobs import Asked, Followed, Job
from server.app.sessions import Session
from server.domain.norms import Norms
from shared.protocol import commands as c
from shared.protocol import steering as s
from shared.protocol.commands import Command
from shared.protocol.messages import Announcement, Delta, Reply
from shared.protocol.replies import Called, Issued
from shared.protocol.views import CallItem
from shared.vocabulary import (
    CallReason,
    CounterState,
    ErrorCode,
    Language,
    Outcome,
    PauseReason,
    PrinterFault,
    Priority,
    Role,
)
from tests.support.builders import AYU, BUDI, CITRA, ONE, PERMITS, THREE, TWO, a_catalogue, minutes
from tests.support.server_in_memory import A_NUMBER, ServerInMemory, ear, line_of

# --- law 8 and law 7 ---

_MOVES = st.lists(st.tuples(st.integers(0, 17), st.integers(0, 2**16)), min_size=1, max_size=40)


_STANDS: Sequence[Command] = (c.PauseCounter(reason=PauseReason.PRAYER), c.OpenCounter(), c.CloseCounter())


SHORT = Norms(minutes(5), minutes(5), minutes(3), minutes(1))


class _Play:
    """Random commands of a kiosk, three officers and phones; and everybody who looks on."""

    def __init__(self) -> None:
        catalogue = a_catalogue()
        self.server = ServerInMemory(replace(catalogue, site=replace(catalogue.site, norms=SHORT)))
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
        self.supervisor = self.server.person()
        self.watch(self.supervisor, "floor")
        self.watch(self.server.person(Role.AGENCY_HEAD, agency=PERMITS), "floor:permits")
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
        elif kind in (15, 16):
            self.server.run(Asked(self.supervisor, self.server.request(self._steers(chance))))
        elif kind == 17:
            kiosk = self.server.kiosk("kiosk-2")
            self.server.does(kiosk, c.ReportPrinter(fault=chance.choice([None, PrinterFault.PAPER_OUT])))
            self.server.leaves(kiosk)
        elif kind == 13:
            self.server.passes(chance.choice([0.3, 40.0, 400.0]))
        else:
            officer = chance.choice(self.officers)
            self.server.run(*self._jobs(officer, kind, chance))

    def _steers(self, chance: Random) -> Command:
        """Anything, rightly or wrongly."""
        visits = list(self.server.lobby.visits.values())
        visit = chance.choice(visits) if visits else None
        leg = visit.last_leg.id if visit else "nobody"
        service, because = chance.choice(["KTP", "KK", "PKB"]), "a reason"
        acts: list[Command] = [
            s.MoveVisit(leg=leg, service=service, because=because),
            s.CallOff(visit=visit.id if visit else "nobody", because=because),
            s.Reprioritise(
                visit=visit.id if visit else "nobody", priority=chance.choice(list(Priority)), because=because
            ),
            s.Reopen(leg=leg, because=because),
            s.CloseService(service=service, because=because),
            s.OpenService(service=service, because=because),
            s.StandCounter(counter="c1", state=chance.choice(list(CounterState)), because=because),
            s.GiveBulletin(text_id="Halo", text_en="Hello", minutes=chance.choice([1, 9]), because=because),
            s.EndBulletin(bulletin=next(iter(self.server.lobby.bulletins), "none"), because=because),
            s.CloseDay(agency=chance.choice(["permits", "tax"]), because=because),
            s.AcknowledgeAlert(alert=f"norm:wait:{service}"),
        ]
        return chance.choice(acts)

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
    assert line_of(ear(other).tables["kiosk"]).waiting == 1


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
