"""Which keys are live at the desk, and why the others are not."""

from __future__ import annotations

from counter.keys import Verb
from counter.state import AtDesk, Desk, Line
from shared.protocol.views import AsideItem, WaitingItem
from shared.vocabulary import CounterState, LegState

_ALWAYS = frozenset({Verb.HELP, Verb.LANGUAGE})
_OF_CALLED = frozenset({Verb.RECALL, Verb.SERVE, Verb.MISSED})
_OF_HAND = _OF_CALLED | {Verb.FINISH, Verb.PARK, Verb.TRANSFER, Verb.ADD_STOP}


def why_not(desk: Desk, verb: Verb) -> str | None:
    """The word (`why_...`) that says why the key does nothing now; None when it is live.

    The server decides; this only spares the officer a refusal that the screen could foresee.
    """
    if verb in _ALWAYS:
        return None
    if not commands_flow(desk) or desk.status is None:
        return "why_no_server"
    if verb in _OF_HAND:
        return _of_hand(desk, verb)
    match verb:
        case Verb.CALL_NEXT:
            return _not_open(desk) or _hand_blocks_call(desk) or _nobody(someone_to_call(desk))
        case Verb.CALL_TICKET:
            return _not_open(desk) or _hand_blocks_call(desk) or _nobody(bool(waiting(desk)))
        case Verb.ASIDE:
            return None if aside(desk) else "why_nobody_aside"
        case Verb.CANCEL:
            return None if waiting(desk) or parked(desk) else "why_nobody_waiting"
        case Verb.OPEN:
            if desk.status.state is CounterState.OPEN:
                return "why_open"
            return "why_finish_first" if desk.hand else None
        case Verb.PAUSE:
            if desk.status.state is CounterState.PAUSED:
                return "why_paused_already"
            return _closed(desk) or ("why_finish_first" if desk.hand else None)
        case Verb.ANNOUNCE_PAUSE:
            return _closed(desk)
        case Verb.CLOSE:
            if desk.status.state is CounterState.CLOSED:
                return "why_closed_already"
            return "why_finish_first" if desk.hand else None
        case Verb.SIGN_OUT:
            return "why_finish_first" if desk.hand else None
    return None


def commands_flow(desk: Desk) -> bool:
    """Whether the server hears us and knows who speaks."""
    return desk.link.line is Line.LIVE and isinstance(desk.place, AtDesk) and desk.place.known


def waiting(desk: Desk) -> tuple[WaitingItem, ...]:
    """The waiting list in calling order."""
    items = [item for item in desk.table.values() if isinstance(item, WaitingItem)]
    return tuple(sorted(items, key=lambda item: (item.effective_at, item.order)))


def aside(desk: Desk) -> tuple[AsideItem, ...]:
    """Parked first, then missed; the longest aside first."""
    items = [item for item in desk.table.values() if isinstance(item, AsideItem)]
    return tuple(sorted(items, key=lambda item: (item.state is not LegState.PARKED, item.since, item.leg)))


def parked(desk: Desk) -> tuple[AsideItem, ...]:
    return tuple(item for item in aside(desk) if item.state is LegState.PARKED)


def someone_to_call(desk: Desk) -> bool:
    """Whether calling can succeed: someone listed is free, the line goes on beyond the list, or somebody of another
    service may be helped out now."""
    if desk.status is not None and desk.status.helping:
        return True
    listed = waiting(desk)
    beyond = desk.status is not None and desk.status.waiting > len(listed)
    return beyond or any(item.blocked is None or _is_next_of_hand(desk, item) for item in listed)


def _is_next_of_hand(desk: Desk, item: WaitingItem) -> bool:
    """Another stop of the visitor being served here: calling finishes this one, and may go on with that."""
    return item.blocked == "elsewhere" and desk.hand is not None and item.visit == desk.hand.visit


def _of_hand(desk: Desk, verb: Verb) -> str | None:
    if desk.hand is None:
        return "why_nobody_in_hand"
    if verb in _OF_CALLED and desk.hand.state is not LegState.CALLED:
        return "why_not_called"
    if verb is Verb.FINISH and desk.hand.state is not LegState.SERVING:
        return "why_not_serving"
    return None


def _hand_blocks_call(desk: Desk) -> str | None:
    return "why_settle_first" if desk.hand is not None and desk.hand.state is LegState.CALLED else None


def _nobody(anyone: bool) -> str | None:
    return None if anyone else "why_nobody_waiting"


def _closed(desk: Desk) -> str | None:
    return "why_closed" if desk.status is not None and desk.status.state is CounterState.CLOSED else None


def _not_open(desk: Desk) -> str | None:
    if desk.status is not None and desk.status.state is CounterState.PAUSED:
        return "why_paused"
    return _closed(desk)
