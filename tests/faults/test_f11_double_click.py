"""F11: a double click on call next. However fast, however often, over lost connections: one call for one intention."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from server.domain.visit import Leg
from shared.protocol import commands as c
from shared.protocol.messages import Reply
from shared.protocol.replies import Called
from shared.vocabulary import ErrorCode, LegState
from tests.support.builders import ONE
from tests.support.promises import RecordFigure
from tests.support.server_in_memory import ServerInMemory, ear

RUNS = 150
STEPS = ("press", "press", "see", "serve", "missed", "again", "come back")


def test_two_clicks_that_see_the_same_hand_call_one_visitor() -> None:
    server = ServerInMemory()
    kiosk, desk = server.kiosk(), server.officer(ONE)
    first, _ = server.issues(kiosk), server.issues(kiosk)
    one, two = server.request(c.CallNext()), server.request(c.CallNext())
    assert server.asks(desk, one.command, one.id).result == Called(leg=first.leg, ticket=first.ticket)
    refused = server.asks(desk, two.command, two.id)
    assert refused.refusal is not None
    assert refused.refusal.code is ErrorCode.HAND_MISMATCH
    assert refused.refusal.facts["in_hand"] == first.leg
    assert server.lobby.waiting_count(ONE) == 1


def test_an_officer_who_presses_without_looking_skips_nobody(figure: RecordFigure) -> None:
    @settings(max_examples=RUNS, deadline=None)
    @given(steps=st.lists(st.sampled_from(STEPS), min_size=2, max_size=40))
    def any_run(steps: list[str]) -> None:
        _press_without_looking(steps)

    any_run()
    figure("P3", "F11", f"{RUNS} random runs of presses, repetitions and reconnects: 0 skipped, 0 called twice")


def _press_without_looking(steps: list[str]) -> None:
    """`seen` is what the officer's screen showed last: only looking brings it up to date. Nobody may be called while
    another visitor is called and has not come, and nobody is called by a press that was made for somebody else."""
    server = ServerInMemory()
    kiosk, desk = server.kiosk(), server.officer(ONE)
    for _ in range(12):
        server.issues(kiosk)
    seen: str | None = None
    last: tuple[str, c.CallNext] | None = None
    called: list[str] = []
    for number, step in enumerate(steps):
        hand = server.lobby.in_hand(ONE)
        match step:
            case "press":
                last = (f"press-{number}", c.CallNext(in_hand=seen))
                reply = server.asks(desk, last[1], last[0])
                if isinstance(reply.result, Called):
                    assert seen == (None if hand is None else hand.id), "a press for somebody else was carried out"
                    assert hand is None or hand.state is LegState.SERVING, "one called before is forgotten"
                    called.append(reply.result.leg)
            case "again" if last is not None:
                before = server.lobby.in_hand(ONE)
                again: Reply = server.asks(desk, last[1], last[0])
                if again.replayed:
                    assert server.lobby.in_hand(ONE) == before, "law 5: a repetition did something"
                elif isinstance(again.result, Called):
                    called.append(again.result.leg)
            case "see":
                seen = None if hand is None else hand.id
            case "serve" if hand is not None:
                server.asks(desk, c.Serve(leg=hand.id))
            case "missed" if hand is not None:
                server.asks(desk, c.MarkMissed(leg=hand.id))
            case "come back":
                server.leaves(desk)
                desk = server.counter("desk-c1")
                server.does(desk, c.SignIn(officer="ayu", pin="1234", counter=ONE))
    assert len(called) == len(set(called)), "somebody was called twice"
    assert called == [leg.id for leg in sorted(_legs(server), key=lambda leg: leg.order)][: len(called)]
    assert ear(desk).closed is None


def _legs(server: ServerInMemory) -> list[Leg]:
    return [leg for visit in server.lobby.visits.values() for leg in visit.legs]
