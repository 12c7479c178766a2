"""Placing: the mistakes of a text at the thing and the field that a form shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from server.app.catalogue_editing.kinds import Kind, Writing
from server.app.catalogue_editing.schema import KINDS
from server.app.catalogue_editing.tables import Tables
from server.app.catalogue_file import Code, Mistake, Severity

# What a thing lacks until another one is added: it may be kept meanwhile, but not published.
_UNFINISHED = frozenset({Code.NO_COUNTER, Code.NO_SERVICE})


@dataclass(frozen=True, slots=True)
class Placed:
    mistake: Mistake
    kind: Kind | None
    """None for what concerns the whole file."""
    identity: str = ""
    field: str = ""
    language: str = ""
    """Which of a field's words."""

    @property
    def is_error(self) -> bool:
        return self.mistake.severity is Severity.ERROR

    @property
    def may_wait(self) -> bool:
        """Whether the thing itself is right, and only something beside it is not there yet."""
        return not self.is_error or (self.mistake.code in _UNFINISHED and not self.field)


def placed(mistakes: Sequence[Mistake], tables: Tables) -> list[Placed]:
    return [_place(mistake, tables) for mistake in mistakes]


def of_thing(found: Sequence[Placed], kind: Kind, identity: str) -> list[Placed]:
    return [one for one in found if one.kind is kind and one.identity == identity]


def _place(mistake: Mistake, tables: Tables) -> Placed:
    kind = KINDS.get(str(mistake.path[0])) if mistake.path else None
    if kind is None:
        return Placed(mistake, None)
    rest = mistake.path[1:]
    match kind.writing:
        case Writing.ONE:
            identity = kind.name
        case Writing.NAMED:
            identity, rest = (str(rest[0]), rest[1:]) if rest else ("", rest)
        case Writing.MANY:
            things = list(tables[kind.name])
            known = bool(rest) and isinstance(rest[0], int) and rest[0] < len(things)
            identity, rest = (things[int(rest[0])], rest[1:]) if known else ("", rest)
    missing = mistake.facts.get("field")
    keys = [str(part) for part in (*rest, *([missing] if missing else []))]
    for length in (2, 1):
        key = ".".join(keys[:length])
        if len(keys) >= length and kind.field(key):
            further = keys[length:]
            return Placed(mistake, kind, identity, key, further[-1] if further and further[-1] in ("id", "en") else "")
    return Placed(mistake, kind, identity)
