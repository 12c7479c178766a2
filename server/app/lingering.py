"""Lingering: what many are told of what others did. At once while the hall is quiet, else a few times a second."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Generic, TypeVar

T = TypeVar("T")

LINGER = timedelta(milliseconds=200)


class Lingering(Generic[T]):
    """Used by the writer's thread alone."""

    def __init__(self) -> None:
        self._behind: set[T] = set()
        self._told_at = datetime.min.replace(tzinfo=UTC)

    def add(self, moved: Iterable[T]) -> None:
        self._behind.update(moved)

    def told(self, those: Iterable[T] | None = None) -> None:
        """These were, in another way; None: all of them."""
        if those is None:
            self._behind.clear()
        else:
            self._behind.difference_update(those)

    @property
    def wake(self) -> timedelta | None:
        return LINGER if self._behind else None

    def take(self, now: datetime, *, at_once: bool = False) -> set[T]:
        """What is to be told now."""
        if not self._behind or (not at_once and timedelta(0) <= now - self._told_at < LINGER):
            return set()
        self._told_at = now
        taken, self._behind = self._behind, set()
        return taken
