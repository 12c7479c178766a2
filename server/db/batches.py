"""Batches: the changes of many requests, as few statements for each table and kind of change as their number allows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Dialect, Update, text, update

from server.app.audit import entries_of
from server.app.ports import StoredReply
from server.db import floor_rows, rows
from server.db.booking_tables import bookings
from server.db.bookings import booking_row
from server.db.chain import Chain
from server.db.floor_tables import bulletins, closures
from server.db.many_rows import Adding, AddingTogether, Cells, Changed, Changing
from server.db.rows import Row
from server.db.tables import IS_IN_HAND, counters, facts, leases, legs, periods, requests, sequences, visits
from server.domain.changes import Changes
from shared.vocabulary import BookingState, LegState


class Batches:
    """Writes one batch inside a transaction of the caller."""

    def __init__(self, dialect: Dialect, chain: Chain) -> None:
        self._chain = chain
        self._has_pipeline = dialect.name == "postgresql"
        self._sequences = Adding(sequences, dialect, replacing=True)
        self._leases = Adding(leases, dialect, replacing=True)
        self._new_visits = Adding(visits, dialect)
        self._visits = Changing(visits, dialect)
        self._new_legs = Adding(legs, dialect)
        self._legs = Changing(legs, dialect)
        self._legs_that_left = Changing(legs, dialect, _leave_other_counter)
        self._counters = Adding(counters, dialect, replacing=True)
        self._bookings_free = Changing(bookings, dialect, _free_place)
        self._bookings = Adding(bookings, dialect, replacing=True)
        self._periods = Adding(periods, dialect)
        self._facts = Adding(facts, dialect)
        self._requests = Adding(requests, dialect)
        self._closures = Adding(closures, dialect, replacing=True)
        self._bulletins = Adding(bulletins, dialect, replacing=True)
        numbers = (self._sequences, self._new_visits, self._new_legs, self._facts, self._requests)
        self._numbers = AddingTogether(numbers) if self._has_pipeline else None

    def write(self, driver: Any, service_date: str, changes: Changes, replies: Sequence[StoredReply]) -> None:
        """On the driver's connection. PostgreSQL gets everything in one trip, with the commit when nothing is left to
        be looked at; numbers alone as one statement. Raises StorageError and driver errors."""
        entries = entries_of(changes.facts, service_date)
        if self._numbers is not None and not entries and _has_only_numbers(changes):
            self._numbers.run(
                driver,
                (
                    [(service_date, series, last) for series, last in changes.sequences.items()],
                    [rows.visit_row(visit) for visit in changes.visits.values()],
                    [rows.leg_row(leg, service_date) for leg in changes.legs.values()],
                    [rows.fact_row(fact, service_date) for fact in changes.facts],
                    [rows.reply_row(reply) for reply in replies],
                ),
            )
            return
        if self._has_pipeline:
            with driver.pipeline():
                changed = self._say(driver, service_date, changes, replies)
                if not changed and not entries:
                    driver.commit()
        else:
            changed = self._say(driver, service_date, changes, replies)
        for one in changed:
            one.refuse_missing_rows()
        self._chain.append(driver, entries)

    def _say(self, driver: Any, service_date: str, changes: Changes, replies: Sequence[StoredReply]) -> list[Changed]:
        self._sequences.run(driver, [(service_date, series, last) for series, last in changes.sequences.items()])
        self._leases.run(driver, [rows.lease_row(lease, service_date) for lease in changes.leases.values()])
        changed = self._write_visits(driver, changes)
        changed += self._write_legs(driver, service_date, changes)
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
        return changed

    def _write_visits(self, driver: Any, changes: Changes) -> list[Changed]:
        new: list[Row] = []
        known: list[Row] = []
        for visit in changes.visits.values():
            (new if visit.id in changes.new_visits else known).append(rows.visit_row(visit))
        self._new_visits.run(driver, new)
        return self._visits.run(driver, known)

    def _write_legs(self, driver: Any, service_date: str, changes: Changes) -> list[Changed]:
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
        changed = self._legs.run(driver, known)
        self._legs_that_left.run(driver, known_in_hand)
        self._new_legs.run(driver, new)
        changed += self._legs.run(driver, known_in_hand)
        self._new_legs.run(driver, new_in_hand)
        return changed

    def _write_bookings(self, driver: Any, changed: Sequence[Row]) -> None:
        """Of several, all give their places up first: one may have moved to where another was."""
        if len(changed) > 1:
            self._bookings_free.run(driver, changed)
        self._bookings.run(driver, changed)


def _has_only_numbers(changes: Changes) -> bool:
    """Whether the batch only adds, and so may be carried out in any order."""
    others = (changes.counters, changes.leases, changes.periods, changes.bookings, changes.closures, changes.bulletins)
    return (
        not any(others)
        and changes.visits.keys() == changes.new_visits
        and changes.legs.keys() == changes.new_legs
        and not any(leg.state.is_in_hand for leg in changes.legs.values())
    )


def _leave_other_counter(cells: Cells) -> Update:
    """Free the counter of a leg that changes counters in hand, within one batch: two legs may even change places."""
    return (
        update(legs)
        .where(legs.c.id == cells(legs.c.id))
        .where(text(IS_IN_HAND))
        .where(legs.c.counter != cells(legs.c.counter))
        .values(state=text(f"'{LegState.PARKED}'"))
    )


def _free_place(cells: Cells) -> Update:
    mine = bookings.c.id == cells(bookings.c.id)
    return update(bookings).where(mine).values(state=text(f"'{BookingState.CANCELLED}'"))
