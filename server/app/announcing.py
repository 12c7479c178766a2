"""Announcing: calls become voices and flashes. Only a fact makes one, never a snapshot; and it expires (law 10)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from server.app.hall import Hall
from server.app.identities import Ids
from server.domain.facts import Fact, FactKind
from server.domain.lobby import Lobby
from server.domain.orders import BulletinId
from shared.protocol.messages import Announcement
from shared.vocabulary import Language, ZoneId

LIFETIME = timedelta(seconds=20)  # a voice later than this confuses more than it helps
BULLETIN_LIFETIME = timedelta(seconds=90)  # it may wait behind calls, which are for somebody who stands up
_SPOKEN = frozenset({FactKind.CALLED, FactKind.RECALLED, FactKind.RESUMED})


@dataclass(frozen=True, slots=True)
class Call:
    zone: ZoneId
    announcement: Announcement


def announce(facts: Iterable[Fact], lobby: Lobby, hall: Hall, ids: Ids, now: datetime) -> Iterator[Call]:
    """The announcements of what happened; the hall begins to collect their receipts."""
    for fact in facts:
        if fact.kind is FactKind.BULLETIN_GIVEN:
            yield from _bulletins(fact, lobby, ids)
            continue
        if fact.kind not in _SPOKEN or fact.leg is None or fact.counter is None:
            continue
        counter = lobby.catalogue.counters.get(fact.counter)
        if counter is None:
            continue
        visit, announcement = lobby.visit_of(fact.leg), ids.announcement()
        hall.announced(announcement, counter.id, counter.zone, fact.leg, visit.ticket, now)
        yield Call(
            counter.zone,
            Announcement(
                id=announcement,
                zone=counter.zone,
                leg=fact.leg,
                ticket=visit.ticket,
                counter=counter.number,
                languages=_spoken(visit.language),
                again=fact.kind is FactKind.RECALLED,
                lifetime=LIFETIME.total_seconds(),
            ),
        )


def _bulletins(fact: Fact, lobby: Lobby, ids: Ids) -> Iterator[Call]:
    """To every zone that it is for, if it is to be spoken."""
    bulletin = lobby.bulletins.get(BulletinId(str(fact.why["bulletin"])))
    if bulletin is None or not fact.why["spoken"]:
        return
    for zone in lobby.catalogue.zones:
        if bulletin.is_for(zone):
            yield Call(
                zone,
                Announcement(
                    id=ids.announcement(),
                    zone=zone,
                    leg=bulletin.id,
                    ticket="",
                    counter="",
                    languages=lobby.catalogue.site.languages,
                    again=False,
                    lifetime=BULLETIN_LIFETIME.total_seconds(),
                    text=bulletin.text,
                ),
            )


def _spoken(chosen: Language) -> tuple[Language, ...]:
    """The country's language is always spoken, and first: those nearby expect it."""
    return (Language.INDONESIAN,) if chosen is Language.INDONESIAN else (Language.INDONESIAN, chosen)
