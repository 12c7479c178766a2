"""Allowances: a burst, then a steady rate; whatever the clock does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.app.allowance import Allowance, Rate
from shared.protocol.commands import IssueTicket
from shared.protocol.replies import Issued
from shared.vocabulary import ErrorCode, Language
from tests.support.server_in_memory import ServerInMemory


def test_a_burst_is_allowed_and_then_one_at_a_time() -> None:
    allowance = Allowance(Rate(3, 0.5), 100.0)
    assert [allowance.take(100.0) for _ in range(5)] == [True, True, True, False, False]
    assert allowance.wait(100.0) == pytest.approx(2.0)
    assert not allowance.take(101.9)
    assert allowance.take(102.0)
    assert not allowance.take(102.0)


def test_a_clock_that_runs_backwards_earns_nothing_and_takes_nothing() -> None:
    allowance = Allowance(Rate(1, 1.0), 100.0)
    assert allowance.take(100.0)
    assert allowance.wait(50.0) == pytest.approx(1.0)
    assert allowance.take(51.0)


@given(st.lists(st.floats(0, 5, allow_nan=False), max_size=60))
def test_never_more_than_the_burst_and_what_was_earned(gaps: list[float]) -> None:
    now, taken = 0.0, 0
    allowance = Allowance(Rate(4, 0.5), now)
    for gap in gaps:
        now += gap
        taken += allowance.take(now)
    assert taken <= 4 + now * 0.5 + 1e-6


def test_a_child_who_taps_two_hundred_times_gets_a_handful_and_a_number_of_seconds() -> None:
    server = ServerInMemory()
    kiosk = server.kiosk()
    replies = [server.asks(kiosk, IssueTicket(service="KTP", language=Language.INDONESIAN)) for _ in range(200)]
    assert sum(isinstance(reply.result, Issued) for reply in replies) == 6
    last = replies[-1].refusal
    assert last is not None
    assert last.code is ErrorCode.COOLDOWN
    assert last.facts == {"seconds": 2}
    assert isinstance(
        server.asks(server.kiosk("kiosk-2"), IssueTicket(service="KTP", language=Language.ENGLISH)).result, Issued
    )


def test_a_refused_number_costs_nothing() -> None:
    server = ServerInMemory()
    kiosk = server.kiosk()
    for _ in range(20):
        assert (
            server.refusal(kiosk, IssueTicket(service="nothing", language=Language.ENGLISH)).code
            is ErrorCode.UNKNOWN_SERVICE
        )
    assert isinstance(server.does(kiosk, IssueTicket(service="KTP", language=Language.ENGLISH)), Issued)
