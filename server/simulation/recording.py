"""A recorded day: what the database keeps of it, and the site as it was then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from server.app.catalogue_file import read_catalogue
from server.app.ports import StoredCatalogue, StoredLobby
from server.db.store import Store
from server.domain import service_day
from server.domain.catalogue import Catalogue, always_open
from server.domain.facts import Fact
from server.domain.outlook import Lessons
from server.domain.visit import Leg
from shared.vocabulary import LegId


class NothingRecordedError(Exception):
    """One sentence for whoever asked."""


@dataclass(frozen=True)
class Recording:
    date: date
    catalogues: Mapping[int, Catalogue]
    first_version: int
    """In force when the day began."""
    stored: StoredLobby
    """How the day ended."""
    facts: Sequence[Fact]
    lessons: Lessons
    """What the days before had taught."""

    @property
    def catalogue(self) -> Catalogue:
        return self.catalogues[self.first_version]

    @property
    def legs(self) -> dict[LegId, Leg]:
        return {leg.id: leg for leg in chain.from_iterable(visit.legs for visit in self.stored.visits)}


def read_recording(store: Store, on: date | None) -> Recording:
    """The day, or the newest one. Raises NothingRecordedError, StorageError."""
    versions = store.catalogues.catalogue_versions()
    if not versions:
        raise NothingRecordedError("This database holds no catalogue, so no day was ever run with it.")
    newest = store.lobbies.newest_instant()
    if newest is None:
        raise NothingRecordedError("Nothing ever happened in this database.")
    catalogues = _read_all(versions, newest.date())
    time_zone = catalogues[versions[-1].version].site.time_zone
    on = on or service_day.service_date(newest, time_zone)
    start, end = service_day.bounds(on, time_zone)
    facts = store.recordings.facts_between(start, end)
    stored = store.lobbies.read_lobby(on)
    if not stored.visits:
        raise NothingRecordedError(f"Nobody took a number on {on}.")
    in_force = [one.version for one in versions if one.published_at <= start] or [versions[0].version]
    return Recording(on, catalogues, in_force[-1], stored, facts, store.lobbies.lessons(on))


def _read_all(versions: Sequence[StoredCatalogue], today: date) -> dict[int, Catalogue]:
    """Without opening hours: whoever got a number came when it was open."""
    texts = [one.text for one in versions]
    return {
        one.version: always_open(
            read_catalogue(one.text, version=one.version, today=today, earlier=texts[:place]),
        )
        for place, one in enumerate(versions)
    }
