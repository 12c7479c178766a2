"""Operations: what an address of the API takes, gives and is for. Who may use it stands in `server.app.permissions`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import msgspec
from msgspec import structs

from server.app.api.keys import ApiKey
from server.app.permissions import MAY_USE, Bearer
from shared.protocol.commands import Command
from shared.protocol.values import Id
from shared.vocabulary import ErrorCode, Role, Words

ROOT = "/api/v1"
AT_COUNTER = "/counters/{counter}"
"""Begins the addresses of what is done at a counter, which is the key's own."""


class Nothing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """No parameters."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request, checked: what it names, and whose it is."""

    key: ApiKey | None
    """None where no key is needed."""
    path: Mapping[str, str]
    query: Any
    body: Any
    request: str
    """What the caller numbers it by, or what we do."""


@dataclass(frozen=True)
class Operation:
    method: str
    path: str
    """Below `ROOT`."""
    name: str
    says: Words
    answer: type
    read: Callable[[Call], Awaitable[object]] | None = None
    """None: it is a command, or has a route of its own."""
    command: type[Command] | None = None
    from_key: Callable[[ApiKey], Mapping[str, Any]] = field(default=lambda _: {})
    """Fields of the command that the key decides."""
    query: type[msgspec.Struct] = Nothing
    status: int = 200
    media_type: str = "application/json"
    refusals: tuple[ErrorCode, ...] = ()
    """Besides those that any operation may be answered with."""

    @property
    def address(self) -> tuple[str, str]:
        return self.method, f"{ROOT}{self.path}"

    @property
    def roles(self) -> frozenset[Role] | None:
        """None: anybody."""
        row = MAY_USE[self.address]
        return row.roles if isinstance(row, Bearer) else None

    @property
    def at_counter(self) -> bool:
        """Done at the counter that the address names, by whoever sits there."""
        return self.command is not None and self.path.startswith(AT_COUNTER)

    @cached_property
    def path_names(self) -> tuple[str, ...]:
        return tuple(part[1:-1] for part in self.path.split("/") if part.startswith("{"))

    @cached_property
    def path_type(self) -> type[msgspec.Struct]:
        return msgspec.defstruct(
            f"{_camel(self.name)}Path",
            [(name, self._types.get(name, Id)) for name in self.path_names],
            frozen=True,
            forbid_unknown_fields=True,
        )

    @property
    def _types(self) -> Mapping[str, Any]:
        """Of the command's fields."""
        return {} if self.command is None else {one.name: one.type for one in structs.fields(self.command)}

    @cached_property
    def body(self) -> type[msgspec.Struct] | None:
        """A command without what stands in the address and what the key decides; None: no body is read."""
        if self.command is None:
            return None
        decided = {*_named(self), *_DECIDED.get(self.command.__name__, ())}
        fields: list[Any] = [
            (one.name, one.type, one.default) if one.default is not msgspec.NODEFAULT else (one.name, one.type)
            for one in structs.fields(self.command)
            if one.name not in decided
        ]
        if not fields:
            return None
        return msgspec.defstruct(
            self.command.__name__,
            fields,
            frozen=True,
            kw_only=True,
            forbid_unknown_fields=True,
            namespace={"__doc__": self.command.__doc__},
        )

    def command_of(self, call: Call) -> Command:
        """Raises KeyError only for a mistake in the table."""
        assert self.command is not None
        assert call.key is not None
        given: dict[str, Any] = {} if call.body is None else structs.asdict(call.body)
        named: dict[str, Any] = {name: call.path[name] for name in _named(self)}
        return self.command(**given, **named, **self.from_key(call.key))


_DECIDED = {"SignIn": ("officer", "pin", "counter")}
"""By command, the fields that the key decides."""


def _named(operation: Operation) -> list[str]:
    """Fields of the command that stand in the address. The counter where something is done is the key's: where such a
    command names a counter, it is another."""
    assert operation.command is not None
    known = set(operation.command.__struct_fields__) - ({"counter"} if operation.at_counter else set())
    return [name for name in operation.path_names if name in known]


def _camel(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))
