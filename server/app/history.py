"""The history of one ticket, in words: what happened to it, why it was called, and who went before it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from server.domain.facts import Fact, FactKind, Why

_SECONDS = {"regular_wait_seconds": "regular wait", "head_start_seconds": "head start"}
_SHOWN_APART = frozenset({"ticket", "passed", "passed_over", "arrival", "effective_at", "order", "booked_for"})


@dataclass(frozen=True, slots=True)
class WentBefore:
    """Somebody of the same service who came later and was called earlier."""

    ticket: str
    arrival: datetime
    effective_at: datetime
    called_at: datetime
    why: Why
    """Of the call; empty when its fact is not there."""


@dataclass(frozen=True, slots=True)
class History:
    ticket: str
    service_date: date
    facts: Sequence[Fact]
    went_before: Sequence[WentBefore]


class Histories(Protocol):
    def of(self, service_date: date, ticket: str, start: datetime, end: datetime) -> History | None:
        """None for a ticket that nobody had on that day, which lasted from `start` to `end`. Raises StorageError."""


def tell(history: History, zone: ZoneInfo, counters: Mapping[str, str]) -> Iterator[str]:
    """Line by line. `counters`: their numbers by id."""
    yield f"{history.ticket} on {history.service_date}"
    for fact in history.facts:
        yield f"{_clock(fact.at, zone)}  {_happened(fact, counters)}{_because(fact, zone)}"
    yield f"Came later and went before it: {len(history.went_before) or 'nobody'}"
    for other in history.went_before:
        came, counts = _clock(other.arrival, zone), _clock(other.effective_at, zone)
        yield (
            f"{_clock(other.called_at, zone)}  {other.ticket} came {came}, counts from {counts}"
            f" ({other.why.get('reason') or other.why.get('rule') or 'no reason kept'})"
        )


def _happened(fact: Fact, counters: Mapping[str, str]) -> str:
    what = fact.kind.value.replace("_", " ")
    if fact.kind is FactKind.ISSUED and fact.service is not None:
        return f"{what} for {fact.service}"
    return what if fact.counter is None else f"{what} at counter {counters.get(fact.counter, fact.counter)}"


def _because(fact: Fact, zone: ZoneInfo) -> str:
    parts = [_detail(key, value) for key, value in fact.why.items() if value is not None and _is_plain(key)]
    if (effective_at := fact.why.get("effective_at")) is not None:
        parts.append(f"counts from {_clock(datetime.fromisoformat(str(effective_at)), zone)}")
    if (booked_for := fact.why.get("booked_for")) is not None:
        parts.append(f"booked for {_clock(datetime.fromisoformat(str(booked_for)), zone)}")
    if passed := fact.why.get("passed_over"):
        parts.append(f"passed over {passed}, first {str(fact.why.get('passed', '')).replace(':', ' ')}")
    return f": {'; '.join(parts)}" if parts else ""


def _is_plain(key: str) -> bool:
    return key not in _SHOWN_APART and not key.startswith("passed_")


def _detail(key: str, value: object) -> str:
    if key in _SECONDS and isinstance(value, int):
        return f"{_SECONDS[key]} {value // 60} min"
    return f"{key.replace('_', ' ')} {value}"


def _clock(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%H:%M:%S}"
