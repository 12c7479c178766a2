"""Playing a desk: events one after the other, and the commands that came of them."""

from __future__ import annotations

from collections.abc import Iterable

from counter.desk import step
from counter.state import (
    Desk,
    Effect,
    Event,
    KeyPressed,
    Send,
)
from shared.notices import Answered
from shared.protocol import commands as c
from shared.protocol.replies import Refusal
from shared.protocol.values import Fact
from shared.vocabulary import (
    ErrorCode,
    LegState,
    RequestId,
)
from tests.unit.counter.builders import (
    NOW,
    in_hand,
)

ESCAPE = KeyPressed("Escape")
ENTER = KeyPressed("Return", "\r")
DOWN = KeyPressed("Down")
R1 = RequestId("r1")


def play(desk: Desk, events: Iterable[Event]) -> tuple[Desk, list[Effect]]:
    done: list[Effect] = []
    for event in events:
        desk, effects = step(desk, event, NOW)
        done += effects
    return desk, done


def sent(effects: Iterable[Effect]) -> list[c.Command]:
    return [effect.command for effect in effects if isinstance(effect, Send)]


def commands(desk: Desk, *events: Event) -> list[c.Command]:
    return sent(play(desk, events)[1])


def refused(command: c.Command, code: ErrorCode, **facts: Fact) -> Answered:
    return Answered(R1, command, None, Refusal(code, facts))


SERVING = in_hand(LegState.SERVING)
CALLED = in_hand(LegState.CALLED)
