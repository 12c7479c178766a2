"""Retention: every class of data has a clock. What is kept, for how long, why, and what erases it in small steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from server.domain.service_day import bounds, service_date
from shared.vocabulary import Words

AT_ONCE = 500  # rows of one step: some milliseconds in which the lobby's commit waits
AFTER_ROLLOVER = timedelta(minutes=15)  # the day is closed by then

Step = Callable[[datetime, int, int], int]
"""(now, days, at_most): erases what is older, in one short transaction; how many rows. 0: nothing is left to do.
Raises StorageError."""


class RetentionMistakeError(Exception):
    """A clock that cannot be; the text is for the administrator."""


@dataclass(frozen=True, slots=True)
class DataClass:
    """One class of data and its clock."""

    id: str
    holds: Words
    why: Words
    """Why it is kept so long, and no longer."""
    usual: int
    """Days, where the settings say nothing else; 0: until its day is over."""
    least: int | None
    """No setting may be shorter; None: the clock is not the settings' to set."""
    step: Step | None
    """None: the server erases it all day long, as soon as it is due."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A class as this hall keeps it."""

    data: DataClass
    days: int


@dataclass(frozen=True, slots=True)
class Run:
    """The last time that a class was gone through."""

    data: str
    began_at: datetime
    ended_at: datetime
    erased: int
    total: int
    """Since the beginning."""


class Runs(Protocol):
    """Each raises StorageError."""

    def last(self) -> Mapping[str, Run]: ...
    def record(self, data: str, began_at: datetime, ended_at: datetime, erased: int) -> None: ...


def kept(classes: Sequence[DataClass], wanted: Mapping[str, int]) -> Sequence[Kept]:
    """The classes with their days. Raises RetentionMistakeError."""
    known = {one.id: one for one in classes}
    for id_, days in wanted.items():
        if id_ not in known or (least := known[id_].least) is None:
            settable = ", ".join(one.id for one in classes if one.least is not None)
            raise RetentionMistakeError(f"`retention.{id_}` is no clock that can be set; these are: {settable}.")
        if days < least:
            raise RetentionMistakeError(f"`retention.{id_} = {days}` is too short: at least {least} days.")
    return [Kept(one, wanted.get(one.id, one.usual)) for one in classes]


def due_since(now: datetime, time_zone: str) -> datetime:
    """When the newest daily run was due: a class that was last begun before it has to be gone through."""
    start, _ = bounds(service_date(now, time_zone), time_zone)
    due = start + AFTER_ROLLOVER
    return due if due <= now else due - timedelta(days=1)


def next_due(now: datetime, time_zone: str) -> datetime:
    return due_since(now, time_zone) + timedelta(days=1)
