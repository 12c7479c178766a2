"""Commands of a supervisor, or of an agency's head for the own agency: each has a reason, which is kept.

Another agency's visit, service or counter is `forbidden` to a head.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from shared.protocol.values import SHOWN, Asked, Id, PauseAhead, PauseMinutes, ShortText
from shared.vocabulary import CounterState, PauseReason, Priority

LONGEST_BULLETIN = 720  # minutes: a day at most
MOST_ZONES = 64

Because = Annotated[str, Meta(min_length=3, max_length=120, pattern=rf"^(?=.*\S){SHOWN}*\Z")]
BulletinText = Annotated[str, Meta(min_length=1, max_length=200, pattern=rf"^(?=.*\S){SHOWN}*\Z")]
AlertKey = Annotated[str, Meta(min_length=1, max_length=160, pattern=r"^[A-Za-z0-9_.:-]+\Z")]


class MoveVisit(Asked, tag="move_visit"):
    """Send who waits, or was put aside, to another line or to one counter: same number, arrival and place kept.
    Refused (VISIT_IN_HAND) at a counter."""

    leg: Id
    service: Id
    because: Because
    counter: Id | None = None


class CallOff(Asked, tag="call_off"):
    """End the open stops of a visit; for an agency's head, those at the own agency. Refused (VISIT_IN_HAND)."""

    visit: Id
    because: Because


class Reprioritise(Asked, tag="reprioritise"):
    """Correct the priority: the visit gets the place that it would have had with the right one."""

    visit: Id
    priority: Priority
    because: Because


class Reopen(Asked, tag="reopen"):
    """Put a missed leg back into its line, with its arrival kept."""

    leg: Id
    because: Because


class CloseService(Asked, tag="close_service"):
    """No more numbers for it today; who waits is served."""

    service: Id
    because: Because


class OpenService(Asked, tag="open_service"):
    """Take the closing back: its hours hold again."""

    service: Id
    because: Because


class StandCounter(Asked, tag="stand_counter"):
    """Open, pause or close a counter from afar; its officer stays. Refused (COUNTER_BUSY) with a leg in hand."""

    counter: Id
    state: CounterState
    because: Because
    reason: PauseReason | None = None
    """Of a pause."""


class AnnounceCounterPause(Asked, tag="announce_counter_pause"):
    """Say ahead that a counter will pause: estimates know it from now on. The officer begins it. Refused (WRONG_STATE)
    when nobody sits there."""

    counter: Id
    reason: PauseReason
    in_minutes: PauseAhead
    minutes: PauseMinutes
    because: Because


class CallOffCounterPause(Asked, tag="call_off_counter_pause"):
    """The announced pause will not be taken. Refused (WRONG_STATE) when none is announced."""

    counter: Id
    because: Because


class GiveBulletin(Asked, tag="give_bulletin"):
    """Say something to the hall: in the running text for so many minutes, and aloud once. No zones: all of them."""

    text_id: BulletinText
    text_en: BulletinText
    minutes: Annotated[int, Meta(ge=1, le=LONGEST_BULLETIN)]
    because: Because
    zones: Annotated[tuple[Id, ...], Meta(max_length=MOST_ZONES)] = ()
    spoken: bool = True


class EndBulletin(Asked, tag="end_bulletin"):
    """Take it back before its time."""

    bulletin: Id
    because: Because


class CloseDay(Asked, tag="close_day"):
    """End the day of an agency, or of the whole hall, before its time: no more numbers, who waits is expired, counters
    close. Whoever is at a counter is served out."""

    agency: Id | None
    because: Because


class AcknowledgeAlert(Asked, tag="acknowledge_alert"):
    """Somebody has seen it; who, and what is done about it, is shown until it is mended."""

    alert: AlertKey
    because: ShortText = ""


Steered = (
    MoveVisit
    | CallOff
    | Reprioritise
    | Reopen
    | CloseService
    | OpenService
    | StandCounter
    | AnnounceCounterPause
    | CallOffCounterPause
    | GiveBulletin
    | EndBulletin
    | CloseDay
    | AcknowledgeAlert
)
