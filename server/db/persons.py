"""One person in the database: what is kept of them, and erasing it; each with an entry that names rows."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date

from sqlalchemy import Connection, select, update

from server.app.audit import Entry, What
from server.app.persons import Erased, Stay, Trace
from server.app.ports import StorageError
from server.db.booking_tables import bookings
from server.db.bookings import FORGOTTEN, booking_from
from server.db.chain import Chain
from server.db.rows import leg_from, visit_from
from server.db.tables import legs, visits
from server.db.unit_of_work import Reader, Writer, driver_of
from shared.vocabulary import FollowKey


class Persons:
    """A `PersonStore`; safe to use from any thread."""

    def __init__(self, writer: Writer, reader: Reader, chain: Chain) -> None:
        self._writer = writer
        self._reader = reader
        self._chain = chain

    def of_phone(self, phone: str, by: str) -> Trace:
        def read(connection: Connection) -> Trace:
            found = connection.execute(select(bookings).where(bookings.c.phone == phone)).mappings()
            theirs = [booking_from(row) for row in found]
            return Trace(theirs, [stay for one in theirs if one.visit for stay in _stays(connection, id_=one.visit)])

        return self._exported(self._reader.read(read), by)

    def of_key(self, key: FollowKey, by: str) -> Trace:
        def read(connection: Connection) -> Trace:
            found = connection.execute(select(bookings).where(bookings.c.key == key)).mappings()
            return Trace([booking_from(row) for row in found], _stays(connection, key=key))

        return self._exported(self._reader.read(read), by)

    def erase(self, trace: Trace, today: date, by: str) -> Erased:
        over = [stay.visit.id for stay in trace.stays if stay.service_date < today]
        held = [one.id for one in trace.bookings if one.forget_at is not None]
        done = Erased(len(held), len(over), len(trace.stays) - len(over))
        if not held and not over:
            return done
        with self._writer.transaction() as connection:
            connection.execute(update(bookings).where(bookings.c.id.in_(held)).values(FORGOTTEN))
            connection.execute(update(visits).where(visits.c.id.in_(over)).values(needs=""))
            connection.execute(update(legs).where(legs.c.visit.in_(over)).values(needs="", note=""))
            after = {"bookings": done.bookings, "visits": done.visits}
            self._note(connection, Entry(What.PERSON_ERASED, _named(trace), by, after=after))
        with suppress(StorageError):  # the night's sweep comes in any case
            self._writer.sweep()
        return done

    def _exported(self, trace: Trace, by: str) -> Trace:
        if trace:
            after = {"bookings": len(trace.bookings), "visits": len(trace.stays)}
            with self._writer.transaction() as connection:
                self._note(connection, Entry(What.PERSON_EXPORTED, _named(trace), by, after=after))
        return trace

    def _note(self, connection: Connection, entry: Entry) -> None:
        self._chain.append(driver_of(connection), [entry])


def _named(trace: Trace) -> str:
    """A row's id: it leads to nobody once the row is empty."""
    return trace.bookings[0].id if trace.bookings else trace.stays[0].visit.id


def _stays(connection: Connection, *, id_: str = "", key: FollowKey | None = None) -> Sequence[Stay]:
    wanted = visits.c.id == id_ if key is None else visits.c.key == key
    found = []
    for row in connection.execute(select(visits).where(wanted)).mappings():
        theirs = connection.execute(select(legs).where(legs.c.visit == row["id"]).order_by(legs.c.order)).mappings()
        visit = visit_from(row, [leg_from(leg) for leg in theirs])
        found.append(Stay(date.fromisoformat(row["service_date"]), visit))
    return found
