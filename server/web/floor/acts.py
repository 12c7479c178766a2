"""Acts: a form of the floor's pages becomes a command, checked by the protocol as every program's is."""

from __future__ import annotations

import msgspec
from starlette.datastructures import FormData

from shared.protocol import steering as s
from shared.protocol.steering import Steered

ACTS: dict[str, type[Steered]] = {
    "move": s.MoveVisit,
    "call-off": s.CallOff,
    "reprioritise": s.Reprioritise,
    "reopen": s.Reopen,
    "close-service": s.CloseService,
    "open-service": s.OpenService,
    "counter": s.StandCounter,
    "announce-pause": s.AnnounceCounterPause,
    "call-off-pause": s.CallOffCounterPause,
    "announce": s.GiveBulletin,
    "end-bulletin": s.EndBulletin,
    "close-day": s.CloseDay,
    "acknowledge": s.AcknowledgeAlert,
}
_NUMBERS, _FLAGS, _MANY, _NONE_WHEN_EMPTY = (
    {"minutes", "in_minutes"},
    {"spoken"},
    {"zones"},
    {"counter", "agency", "reason"},
)


class NotFilledInError(ValueError):
    """The form is not what the page asked for."""


def command_of(act: str, form: FormData) -> Steered:
    """Raises NotFilledInError, KeyError for an act that there is not."""
    kind = ACTS[act]
    fields: dict[str, object] = {}
    for name in kind.__struct_fields__:
        if name in _MANY:
            fields[name] = [str(one) for one in form.getlist(name)]
        elif name in _FLAGS:
            fields[name] = name in form
        elif name in form:
            text = str(form[name]).strip()
            fields[name] = (
                None if not text and name in _NONE_WHEN_EMPTY else _number(text) if name in _NUMBERS else text
            )
    try:
        return msgspec.convert({"type": kind.__struct_config__.tag, **fields}, kind)
    except msgspec.ValidationError as error:
        raise NotFilledInError(str(error)) from None


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise NotFilledInError(text) from None
