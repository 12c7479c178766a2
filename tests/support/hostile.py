"""Hostile messages: every message of a program, field by field, with values that are valid JSON and nothing else.

Made from the message types themselves, so that a new command is attacked on the day it is written.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, get_args

import msgspec
from hypothesis import strategies as st

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


def frames(good: Mapping[str, tuple[Any, ...]]) -> st.SearchStrategy[str]:
    """Texts of JSON. `good` has, by the name of a field, values that mean something to the hall."""
    command = st.sampled_from(_COMMANDS).flatmap(lambda kind: _struct(kind, good))
    request = st.fixed_dictionaries({"type": st.just("request"), "id": _value("id", good), "command": command})
    other = st.sampled_from([kind for kind in _MESSAGES if kind is not Request]).flatmap(
        lambda kind: _struct(kind, good)
    )
    anything = st.recursive(
        st.sampled_from(VALUES), lambda more: st.lists(more, max_size=3) | _named(more), max_leaves=8
    )
    return st.one_of(request, request, request, other, anything).map(_text)


def _struct(kind: type[msgspec.Struct], good: Mapping[str, tuple[Any, ...]]) -> st.SearchStrategy[dict[str, Any]]:
    """The fields of a message: mostly with good values, sometimes without one, or with one too many."""
    fields = {name: _value(name, good) for name in kind.__struct_fields__}
    tag = {"type": st.just(kind.__struct_config__.tag)}
    required = st.fixed_dictionaries({**tag, **fields})
    some = st.fixed_dictionaries(tag, optional={**fields, "surplus": st.sampled_from(VALUES)})
    return required | required | some


def _value(name: str, good: Mapping[str, tuple[Any, ...]]) -> st.SearchStrategy[Any]:
    known = good.get(name, ())
    hostile = st.sampled_from(VALUES)
    return (
        st.one_of(st.sampled_from(known), st.sampled_from(known), st.sampled_from(known), hostile) if known else hostile
    )


def _named(more: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(st.sampled_from(("type", "id", "command", "stream", "service", "a")), more, max_size=4)


def _text(message: Any) -> str:
    return json.dumps(message)  # with \uXXXX for all that is not ASCII: half a character passes as valid JSON
