"""Returning: a missed visitor shows the slip to the scanner, and is back in line. Pure."""

from __future__ import annotations

from kiosk.answers import READ_REFUSAL, READ_SCREEN
from kiosk.effects import AskBack
from kiosk.events import Replied
from kiosk.pages import Step, show
from kiosk.states import BackInLine, Choosing, ComingBack, Idle, Kiosk, NoAnswer, NotBack, Refused
from shared.protocol.commands import ComeBack
from shared.protocol.replies import Placed
from shared.vocabulary import ErrorCode, RequestId

ANSWER_WITHIN = 6.0


def shown(kiosk: Kiosk, key: str, now: float) -> Step:
    """A slip before the scanner. Whoever has a number on the screen, or one that is being made, is not disturbed."""
    if not isinstance(kiosk.page, Idle | Choosing | Refused | NoAnswer | BackInLine | NotBack):
        return kiosk, ()
    if not kiosk.connected:
        return show(kiosk, NotBack(None, now + READ_REFUSAL), now), ()
    return show(kiosk, ComingBack(), now), (AskBack(ComeBack(key=key), ANSWER_WITHIN),)


def answered(kiosk: Kiosk, page: ComingBack, reply: Replied, now: float) -> Step:
    if page.request != reply.request:
        return kiosk, ()
    match reply.result:
        case Placed(ticket=ticket, ahead=ahead, minutes=minutes):
            return show(kiosk, BackInLine(ticket, ahead, minutes, now + READ_SCREEN), now), ()
        case _:
            code = None if reply.refusal is None else reply.refusal.code
            return show(kiosk, NotBack(code, now + READ_REFUSAL), now), ()


def unanswered(kiosk: Kiosk, page: ComingBack, request: RequestId, now: float) -> Step:
    if page.request != request:
        return kiosk, ()
    return show(kiosk, NotBack(ErrorCode.OVERLOADED, now + READ_REFUSAL), now), ()
