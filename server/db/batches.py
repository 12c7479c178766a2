"""Batches: the changes of many requests as one prepared statement per table and kind of change.

Statement by statement, a batch of 64 tickets costs three times as much: the time goes into compiling and into crossing
between Python and the database. So Core writes each SQL once, and the driver gets lists of tuples.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    BindParameter,
    Column,
    Dialect,
    Insert,
    Table,
    Update,
    bindparam,
    insert,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from server.app.audit import entries_of
from server.app.ports import StorageError, StoredReply
from server.db import floor_rows, rows
from server.db.booking_tables import bookings
from server.db.bookings import booking_row
from server.db.chain import Chain
from server.db.floor_tables import bulletins, closures
from server.db.rows import Row
from server.db.tables import IS_IN_HAND, counters, facts, leases, legs, periods, requests, sequences, visits
from server.domain.changes import Changes
from shared.vocabulary import BookingState, LegState


class Batches:
    """Writes one batch inside a transaction of the caller."""

    def __init__(self, dialect: Dialect, chain: Chain) -> None:
        self._chain = chain

        def prepared(statement: Insert | Update, table: Table) -> _Prepared:
            return _Prepared(statement, table, dialect)

        self._has_pipeline = dialect.name == "postgresql"
        self._sequences = prepared(_upsert(sequences, dialect), sequences)
        self._leases = prepared(_upsert(leases, dialect), leases)
        self._new_visits = prepared(_insert(visits), visits)
        self._visits = prepared(_update(visits), visits)
        self._new_legs = prepared(_insert(legs), legs)
        self._legs = prepared(_update(legs), legs)
        self._legs_that_left = prepared(_leave_other_counter(), legs)
        self._counters = prepared(_upsert(counters, dialect), counters)
        self._bookings_free = prepared(_free_place(), bookings)
        self._bookings = prepared(_upsert(bookings, dialect), bookings)
        self._periods = prepared(_insert(periods), periods)
        self._facts = prepared(_insert(facts), facts)
        self._requests = prepared(_insert(requests), requests)
        self._closures = prepared(_upsert(closures, dialect), closures)
        self._bulletins = prepared(_upsert(bulletins, dialect), bulletins)

    def write(self, driver: Any, service_date: str, changes: Changes, replies: Sequence[StoredReply]) -> None:
        """On the driver's connection. PostgreSQL gets everything in one trip. Raises StorageError and driver errors."""
        if self._has_pipeline:
            with driver.pipeline():
                updated = self._say(driver, service_date, changes, replies)
        else:
            updated = self._say(driver, service_date, changes, replies)
        for one in updated:
            one.refuse_missing_rows()
        self._chain.append(driver, entries_of(changes.facts, service_date))

    def _say(self, driver: Any, service_date: str, changes: Changes, replies: Sequence[StoredReply]) -> list[_Updated]:
        self._sequences.run(driver, [(service_date, series, last) for series, last in changes.sequences.items()])
        self._leases.run(driver, [rows.lease_row(lease, service_date) for lease in changes.leases.values()])
        updated = self._write_visits(driver, changes)
        updated += self._write_legs(driver, service_date, changes)
        self._counters.run(driver, [rows.counter_row(status, service_date) for status in changes.counters.values()])
        self._write_bookings(driver, [booking_row(booking) for booking in changes.bookings.values()])
        self._periods.run(driver, [rows.period_row(period, service_date) for period in changes.periods])
        self._facts.run(driver, [rows.fact_row(fact, service_date) for fact in changes.facts])
        self._requests.run(driver, [rows.reply_row(reply) for reply in replies])
        if changes.closures or changes.bulletins:
            said = [floor_rows.bulletin_row(bulletin, service_date) for bulletin in changes.bulletins.values()]
            self._bulletins.run(driver, said)
            closed = [floor_rows.closure_row(closure, service_date) for closure in changes.closures.values()]
            self._closures.run(driver, closed)
        return updated

    def _write_visits(self, driver: Any, changes: Changes) -> list[_Updated]:
        new: list[Row] = []
        known: list[Row] = []
        for visit in changes.visits.values():
            (new if visit.id in changes.new_visits else known).append(rows.visit_row(visit))
        self._new_visits.run(driver, new)
        return self._visits.run_on_each(driver, known)

    def _write_legs(self, driver: Any, service_date: str, changes: Changes) -> list[_Updated]:
        """Legs that leave a counter go first: the indexes of law 4 hold after every statement, not only at the end."""
        new: list[Row] = []
        known: list[Row] = []
        new_in_hand: list[Row] = []
        known_in_hand: list[Row] = []
        for leg in changes.legs.values():
            row = rows.leg_row(leg, service_date)
            if leg.id in changes.new_legs:
                (new_in_hand if leg.state.is_in_hand else new).append(row)
            else:
                (known_in_hand if leg.state.is_in_hand else known).append(row)
        updated = self._legs.run_on_each(driver, known)
        self._legs_that_left.run(driver, known_in_hand)
        self._new_legs.run(driver, new)
        updated += self._legs.run_on_each(driver, known_in_hand)
        self._new_legs.run(driver, new_in_hand)
        return updated

    def _write_bookings(self, driver: Any, changed: Sequence[Row]) -> None:
        """Of several, all give their places up first: one may have moved to where another was."""
        if len(changed) > 1:
            self._bookings_free.run(driver, changed)
        self._bookings.run(driver, changed)


class _Prepared:
    """A statement as the driver takes it, with the cells of a table's row in the order in which it asks for them."""

    def __init__(self, statement: Insert | Update, table: Table, dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        assert compiled.positiontup is not None, "the engine must use positional parameters"
        given = [_parameter(column) for column in _written(table)]
        self._sql = str(compiled)
        self._arranged = _picking([given.index(name) for name in compiled.positiontup])
        self._table = table.name

    def run(self, driver: Any, given: Sequence[Row]) -> Any:
        """The cursor, which knows how many rows it was once the trip is over."""
        if not given:
            return None
        cursor = driver.cursor()
        cursor.executemany(self._sql, [self._arranged(row) for row in given])
        return cursor

    def run_on_each(self, driver: Any, given: Sequence[Row]) -> list[_Updated]:
        """To be checked when the trip is over."""
        return [_Updated(self.run(driver, given), len(given), self._table)] if given else []


def _picking(places: Sequence[int]) -> Callable[[Row], Row]:
    """An itemgetter gives a bare cell, not a row, where it is asked for one."""
    return itemgetter(*places) if len(places) > 1 else lambda row: (row[places[0]],)


@dataclass(frozen=True, slots=True)
class _Updated:
    cursor: Any
    rows: int
    table: str

    def refuse_missing_rows(self) -> None:
        """Raises StorageError unless every row was there: memory would be ahead of the disk."""
        if self.cursor.rowcount != self.rows:
            raise StorageError(f"The database lacks rows of {self.table} that the lobby knows.")


def _written(table: Table) -> list[Column[Any]]:
    """The columns of a row: all but an id that the database counts up."""
    return [column for column in table.columns if column is not table.autoincrement_column]


def _parameter(column: Column[Any]) -> str:
    return f"new_{column.name}"  # a bare column name means something else to Core


def _values(columns: Iterable[Column[Any]]) -> dict[str, BindParameter[Any]]:
    return {column.name: bindparam(_parameter(column)) for column in columns}


def _insert(table: Table) -> Insert:
    return insert(table).values(_values(_written(table))).inline()


def _update(table: Table) -> Update:
    values = _values(column for column in table.columns if not column.primary_key)
    return update(table).where(table.c.id == bindparam(_parameter(table.c.id))).values(values)


def _upsert(table: Table, dialect: Dialect) -> Insert:
    make = sqlite.insert if dialect.name == "sqlite" else postgresql.insert
    statement = make(table).values(_values(_written(table)))
    changed = {column.name: statement.excluded[column.name] for column in table.columns if not column.primary_key}
    return statement.on_conflict_do_update(index_elements=list(table.primary_key.columns), set_=changed)


def _leave_other_counter() -> Update:
    """Free the counter of a leg that changes counters in hand, within one batch: two legs may even change places."""
    return (
        update(legs)
        .where(legs.c.id == bindparam(_parameter(legs.c.id)))
        .where(text(IS_IN_HAND))
        .where(legs.c.counter != bindparam(_parameter(legs.c.counter)))
        .values(state=text(f"'{LegState.PARKED}'"))
    )


def _free_place() -> Update:
    mine = bookings.c.id == bindparam(_parameter(bookings.c.id))
    return update(bookings).where(mine).values(state=text(f"'{BookingState.CANCELLED}'"))
