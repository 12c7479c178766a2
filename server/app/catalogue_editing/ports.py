"""Ports of catalogue editing: the draft that administrators share, and the published versions with who and why."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from server.app.audit import Entry
from server.app.ports import StoredCatalogue

NO_DRAFT = ""  # the digest of a draft that is not there


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody changed and nobody has published yet; a site has one at most."""

    text: str
    based_on: int
    """The version that was published when it was begun; 0: none was."""
    by: str
    """The officer who changed it last."""
    at: datetime

    @property
    def digest(self) -> str:
        return digest_of(self.text)


@dataclass(frozen=True, slots=True)
class Version:
    number: int
    published_at: datetime
    by: str
    """The officer, or "" where it was published from the command line."""
    note: str
    reverts_to: int | None = None
    """The older version whose text it bears."""


class DraftMovedError(Exception):
    """Somebody else changed, published or discarded the draft meanwhile."""


class OutdatedError(Exception):
    """Another version was published since."""


class DraftStore(Protocol):
    """Safe to use from any thread; each raises StorageError."""

    def draft(self) -> Draft | None: ...

    def save_draft(self, draft: Draft, expected: str, edits: Sequence[Entry]) -> None:
        """`expected`: the digest of the draft that it takes the place of; `edits`: what the audit log says of it, in
        the same transaction. Raises DraftMovedError."""

    def discard_draft(self, expected: str, by: str) -> None:
        """Raises DraftMovedError."""

    def publish(
        self,
        text: str,
        now: datetime,
        *,
        by: str,
        note: str,
        newest: int,
        expected: str,
        changes: int,
        reverts_to: int | None = None,
    ) -> StoredCatalogue:
        """A new version behind `newest`; the draft `expected` goes with it. Raises OutdatedError, DraftMovedError."""

    def versions(self) -> Sequence[Version]:
        """Newest first, without their texts."""

    def newest_version(self) -> int:
        """0 while nothing was published."""

    def text_of(self, version: int) -> str | None: ...

    def earlier_texts(self) -> Sequence[str]:
        """All that were published, oldest first."""


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
