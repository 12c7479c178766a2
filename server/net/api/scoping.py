"""Scoping: whose key asks, which agency it may ask for, and which items of a screen's table answer it."""

from __future__ import annotations

from typing import TypeVar

from server.app.api.keys import ApiKey
from server.net.api.operations import Call
from server.net.api.problems import ProblemError
from shared.protocol.views import Item, Table
from shared.vocabulary import AgencyId, ErrorCode

I = TypeVar("I", bound=Item)  # noqa: E741


def key_of(call: Call) -> ApiKey:
    assert call.key is not None, "an operation without a key asked for one"
    return call.key


def agency_for(key: ApiKey, named: str | None) -> AgencyId | None:
    """None: the whole site. A key of one agency asks for no other. Raises ProblemError."""
    if key.agency is not None and named not in (None, key.agency):
        raise ProblemError(ErrorCode.FORBIDDEN, facts={"agency": key.agency})
    return key.agency or (None if named is None else AgencyId(named))


def refuse_part(key: ApiKey) -> None:
    """What is one for the whole hall, and has no agency's part: not with the key of one. Raises ProblemError."""
    if key.agency is not None:
        raise ProblemError(ErrorCode.FORBIDDEN, facts={"agency": key.agency})


def items_of(table: Table | None, kind: type[I]) -> list[I]:
    return [item for item in (table or {}).values() if isinstance(item, kind)]
