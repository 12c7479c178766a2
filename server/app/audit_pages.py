"""Pages of the audit log: what somebody looks for in it, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from server.app.audit import Written

PAGE = 50  # entries that are read at once


@dataclass(frozen=True, slots=True)
class Wanted:
    """Empty fields ask for nothing."""

    what: str = ""
    actor: str = ""
    subject: str = ""
    """How it begins."""
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None
    """Entries with a smaller number only: the next page."""


class AuditPages(Protocol):
    def page(self, wanted: Wanted, count: int = PAGE) -> Sequence[Written]:
        """Newest first, at most `count`. Raises StorageError."""
