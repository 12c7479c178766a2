"""What phones are told: their own number at once, their place once a second, in slices."""

from __future__ import annotations

from datetime import timedelta

from server.app.lagging import BREATH, SLICE, SLICE_WHEN_BUSY
from server.app.sessions import Session
from shared.protocol import commands as c
from shared.protocol.replies import Called, Issued
from shared.vocabulary import (
    ErrorCode,
    LegState,
)
from tests.support.server_in_memory import ServerInMemory, ear, visit_of


def test_a_phone_learns_that_one_less_is_ahead_within_a_second() -> None:
    server = ServerInMemory()
    kiosk, officer = server.kiosk(), server.officer()
    server.issues(kiosk)
    mine = server.issues(kiosk)
    phone = server.phone(mine.key)
    server.follows(phone, f"visit:{mine.key}")
    assert visit_of(phone, mine.key).ahead == 1
    server.does(officer, c.CallNext())
    server.passes(seconds=1)
    assert visit_of(phone, mine.key).ahead == 0


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
    aheads = [visit_of(phone, ticket.key).ahead for phone, ticket in zip(phones, tickets, strict=True)]
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
    assert visit_of(phone, mine.key).ahead == 0


def test_it_is_your_turn_reaches_the_phone_at_once() -> None:
    server = ServerInMemory()
    mine = server.issues(server.kiosk())
    phone = server.phone(mine.key)
    server.follows(phone, f"visit:{mine.key}")
    server.does(server.officer(), c.CallNext())
    seen = visit_of(phone, mine.key)
    assert (seen.state, seen.counter) == (LegState.CALLED, "1")


def test_a_visitor_gives_up_their_own_number_and_nobody_elses() -> None:
    server = ServerInMemory()
    kiosk = server.kiosk()
    mine, other = server.issues(kiosk), server.issues(kiosk)
    phone = server.phone(mine.key)
    assert server.refusal(phone, c.CancelOwnVisit(key=other.key)).code is ErrorCode.FORBIDDEN
    server.does(phone, c.CancelOwnVisit(key=mine.key))
    assert server.lobby.line(server.lobby.visits[next(iter(server.lobby.visits))].last_leg.service).first is not None
