"""Records: what the API reads from the database instead of asking the lobby. Any day, any thread, nobody waits."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from server.app.api.resources import AuditEntry, VisitRecord
from server.domain.facts import Fact, FactKind
from shared.vocabulary import FollowKey, LegState, ServiceId, VisitId


@dataclass(frozen=True, slots=True)
class VisitsWanted:
    """Of one service date, in the order of their tickets, behind one of them."""

    service_date: date
    limit: int
    after: tuple[str, int] | None = None
    """Series and number."""
    ticket: tuple[str, int] | None = None
    services: Collection[ServiceId] | None = None
    """Of these alone; None: of all."""
    state: LegState | None = None


@dataclass(frozen=True, slots=True)
class Numbered:
    """A fact with its sequence number and its day."""

    sequence: int
    service_date: date
    fact: Fact


class Records(Protocol):
    """Each raises StorageError."""

    def visits(self, wanted: VisitsWanted) -> Sequence[VisitRecord]: ...

    def visit(self, visit: VisitId) -> tuple[VisitRecord, FollowKey] | None:
        """The key is for asking the lobby, and goes no further."""

    def facts_after(self, sequence: int, limit: int, kinds: Collection[FactKind] | None = None) -> Sequence[Numbered]:
        """Oldest first."""

    def facts_of(self, visit: VisitRecord) -> Sequence[Numbered]: ...

    def oldest_fact(self) -> int:
        """Its sequence; 0 while there is none."""

    def newest_fact(self) -> int: ...

    def audit_after(self, number: int, limit: int) -> Sequence[AuditEntry]: ...
