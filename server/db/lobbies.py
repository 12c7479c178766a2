"""Lobbies: the store of the writer thread. Reads a whole service date, commits batches, remembers replies."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, delete, func, select, text, union

from server.app.ports import StoredLobby, StoredReply
from server.db import rows
from server.db.batches import Batches
from server.db.floor_rows import read_bulletins, read_closures
from server.db.instants import from_micros, to_micros
from server.db.lessons import read_lessons
from server.db.tables import IS_OPEN, counters, facts, leases, legs, requests, sequences, visits
from server.db.unit_of_work import Reader, Writer
from server.domain.changes import Changes
from server.domain.early_calls import EarlyCall, early_call
from server.domain.facts import FactKind, Why
from server.domain.outlook import Lessons
from server.domain.visit import Leg
from shared.vocabulary import FollowKey, LegId, RequestId, VisitId

# Made once: it is asked for every batch, and making it takes longer than running it.
_REPLIES_TO = select(requests).where(requests.c.id.in_(bindparam("wanted", expanding=True)))


class Lobbies:
    """A `LobbyStore`. It reads what it committed itself, so its reads need no transaction around them."""

    def __init__(self, writer: Writer, reader: Reader, batches: Batches) -> None:
        self._writer = writer
        self._reader = reader
        self._batches = batches
        self._done: set[RequestId] | None = None
        """Every request of the table, so that a new one costs no question: nobody else writes. None: ask first."""

    def read_lobby(self, service_date: date) -> StoredLobby:
        return self._reader.read(lambda connection: _read_lobby(connection, service_date))

    def newest_instant(self) -> datetime | None:
        newest: int | None = self._reader.read(lambda connection: connection.scalar(select(func.max(facts.c.at))))
        return from_micros(newest)

    def lessons(self, today: date) -> Lessons:
        return self._reader.read(lambda connection: read_lessons(connection, today))

    def open_dates_before(self, service_date: date) -> Sequence[date]:
        before = service_date.isoformat()
        open_legs = select(legs.c.service_date).where(text(IS_OPEN), legs.c.service_date < before)
        standing = select(leases.c.service_date).where(text("ended_at IS NULL"), leases.c.service_date < before)
        query = union(open_legs, standing).order_by("service_date")
        found = self._reader.read(lambda connection: connection.scalars(query).all())
        return [date.fromisoformat(day) for day in found]

    def replies_to(self, requests: Collection[RequestId]) -> Mapping[RequestId, StoredReply]:
        done = self._done if self._done is not None else self._remember()
        wanted = {"wanted": [request for request in requests if request in done]}
        if not wanted["wanted"]:
            return {}
        found = self._reader.read(lambda connection: connection.execute(_REPLIES_TO, wanted).mappings().all())
        return {row["id"]: rows.reply_from(row) for row in found}

    def keys_given(self, keys: Collection[FollowKey]) -> frozenset[FollowKey]:
        query = select(visits.c.key).where(visits.c.key.in_(keys))
        return frozenset(self._reader.read(lambda connection: connection.scalars(query).all()))

    def commit(self, service_date: date, changes: Changes, replies: Sequence[StoredReply]) -> None:
        done, self._done = self._done, None  # until it is sure what the database holds
        with self._writer.batch() as driver:
            self._batches.write(driver, service_date.isoformat(), changes, replies)
        if done is not None:
            done.update(reply.request for reply in replies)
            self._done = done

    def forget_replies(self, before: datetime) -> int:
        self._done = None
        with self._writer.transaction() as connection:
            return connection.execute(delete(requests).where(requests.c.at < to_micros(before))).rowcount

    def _remember(self) -> set[RequestId]:
        """Some ten thousand of two days; a tenth of a second at most."""
        ids = self._reader.read(lambda connection: connection.scalars(select(requests.c.id)).all())
        self._done = done = set(ids)
        return done


def _read_lobby(connection: Connection, service_date: date) -> StoredLobby:
    day = service_date.isoformat()
    legs_of: defaultdict[VisitId, list[Leg]] = defaultdict(list)
    for row in connection.execute(select(legs).where(legs.c.service_date == day).order_by(legs.c.order)).mappings():
        leg = rows.leg_from(row)
        legs_of[leg.visit].append(leg)
    of_the_day = select(visits).where(visits.c.service_date == day).order_by(visits.c.arrived_at, visits.c.id)
    standing = select(counters).where(counters.c.service_date == day).order_by(counters.c.counter)
    numbers = select(sequences.c.series, sequences.c.last).where(sequences.c.service_date == day)
    blocks = select(leases).where(leases.c.service_date == day).order_by(leases.c.series, leases.c.first)
    return StoredLobby(
        service_date=service_date,
        visits=[rows.visit_from(row, legs_of[row["id"]]) for row in connection.execute(of_the_day).mappings()],
        counters=[rows.counter_from(row) for row in connection.execute(standing).mappings()],
        sequences={row.series: row.last for row in connection.execute(numbers)},
        leases=[rows.lease_from(row) for row in connection.execute(blocks).mappings()],
        closures=read_closures(connection, service_date),
        bulletins=read_bulletins(connection, service_date),
        early_calls=_early_calls(connection, day),
        reasons=_reasons(connection, [leg for mine in legs_of.values() for leg in mine if leg.state.is_in_hand]),
    )


def _early_calls(connection: Connection, day: str) -> list[EarlyCall]:
    """Found by the moment, so that history is not read."""
    first = connection.scalar(select(func.min(visits.c.arrived_at)).where(visits.c.service_date == day))
    if first is None:
        return []
    calls = (
        select(facts.c.service, facts.c.at, facts.c.why)
        .where(
            facts.c.at >= first,
            facts.c.service_date == day,
            facts.c.kind == FactKind.CALLED.value,
            facts.c.why.like(rows.CALLED_BY_TICKET),
        )
        .order_by(facts.c.id)
    )
    found = (early_call(row.service, from_micros(row.at), json.loads(row.why)) for row in connection.execute(calls))
    return [call for call in found if call is not None]


def _reasons(connection: Connection, hands: Sequence[Leg]) -> dict[LegId, Why]:
    """Why those in hand were called; found by the moment, so that history is not read."""
    since = min((leg.called_at for leg in hands if leg.called_at is not None), default=None)
    if since is None:
        return {}
    calls = (
        select(facts.c.leg, facts.c.kind, facts.c.why)
        .where(facts.c.at >= to_micros(since), facts.c.kind.in_((FactKind.CALLED.value, FactKind.RESUMED.value)))
        .order_by(facts.c.id)
    )
    last = {row.leg: row for row in connection.execute(calls)}
    mine = (last[leg.id] for leg in hands if leg.id in last)
    return {row.leg: json.loads(row.why) for row in mine if row.kind == FactKind.CALLED.value}
