"""Hostile messages: every message of a program, field by field, with values that are valid JSON and nothing else.
json.dumps writes \\uXXXX for all that is not ASCII, so that half a character is among them.

Made from the message types themselves, so that a new command is attacked on the day it is written.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from random import Random
from typing import Any, get_args

import msgspec

from shared.protocol.commands import Command
from shared.protocol.messages import ClientMessage, Request

DEEP: Any = json.loads("[" * 400 + "]" * 400)
VALUES: tuple[Any, ...] = (
    *(10**20, -(10**20), 2**31, 2**31 - 1, 2**63, -1, 0, 1.5, 1e308, True, False, None, [], {}, [[]], DEEP),
    *("", " ", "0", "null", "\x00", "a\x00b", "\u202e abc", "\u2066x\u2069", "\u200f", "e\u0301", "\u00e9", "\u1100"),
    *("\ud800", "\udfff\ud800", "\U0010ffff", "\ufffe", "\u2028", "\x85", "\u061c", "\ufeff", "\ufdfa" * 120),
    *("a" * 64, "a" * 65, "a" * 120, "a" * 121, "a" * 15_000, "id\n", "../../etc/passwd", "'; DROP TABLE visits; --"),
    *("%s%n", "{{7*7}}", "<img src=x onerror=alert(1)>", "NaN", "desk:counter-1", "board:", "kiosk:", ":", "visit:"),
    *("\u0661\u0662\u0663\u0664", "\uff11\uff12\uff13\uff14", ["elderly"] * 3, ["elderly"] * 500, ["nobody"], [None]),
    *([1], {"type": "done"}, {"a": {"a": {"a": 1}}}),
)
_COMMANDS: tuple[type[msgspec.Struct], ...] = get_args(Command)
_MESSAGES: tuple[type[msgspec.Struct], ...] = get_args(ClientMessage)


def frame(dice: Random, good: Mapping[str, tuple[Any, ...]]) -> str:
    """A text of JSON. `good` has, by the name of a field, values that mean something to the hall."""
    match dice.randrange(20):
        case 0:
            return json.dumps(dice.choice(VALUES))
        case 1:
            return json.dumps({dice.choice(("type", "id", "a")): dice.choice(VALUES), "type": dice.choice(VALUES)})
        case 2 | 3:
            kind = dice.choice([kind for kind in _MESSAGES if kind is not Request])
            return json.dumps(_message(kind, dice, good))
        case _:
            request = {"type": "request", "id": _value("id", dice, good)}
            return json.dumps(request | {"command": _message(dice.choice(_COMMANDS), dice, good)})


def _message(kind: type[msgspec.Struct], dice: Random, good: Mapping[str, tuple[Any, ...]]) -> dict[str, Any]:
    """Mostly one field is hostile, sometimes none, two, or all; sometimes one is missing or one too many."""
    names = kind.__struct_fields__
    how_many = min(len(names), dice.choice((0, 0, 0, 0, 1, 1, 2, len(names))))
    attacked = set(dice.sample(names, how_many))
    message = {"type": kind.__struct_config__.tag}
    for name in names:
        message[name] = dice.choice(VALUES) if name in attacked else _value(name, dice, good)
    match dice.randrange(16):
        case 0 if names:
            del message[dice.choice(names)]
        case 1:
            message["surplus"] = dice.choice(VALUES)
    return message


def _value(name: str, dice: Random, good: Mapping[str, tuple[Any, ...]]) -> Any:
    return dice.choice(good.get(name, VALUES))
