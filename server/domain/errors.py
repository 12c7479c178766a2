"""Refusals of the trade: a stable code and the facts of the situation."""

from __future__ import annotations

from shared.vocabulary import ErrorCode


class RefusedError(Exception):
    """A verb that the lobby will not do. Nothing has changed."""

    def __init__(self, code: ErrorCode, **facts: str | int | float | None) -> None:
        super().__init__(code.value)
        self.code = code
        self.facts = facts
