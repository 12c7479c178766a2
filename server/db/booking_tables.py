"""The table of bookings: the one place that may hold a visitor's name and phone number, with a clock to erase them."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, Integer, Table, Text, text

from server.db.tables import metadata
from shared.vocabulary import BookingState

HAS_PLACE = f"state IN ('{BookingState.BOOKED}', '{BookingState.CHECKED_IN}')"
IS_BOOKED = f"state = '{BookingState.BOOKED}'"
HOLDS_PERSON = "forget_at IS NOT NULL"

bookings = Table(
    "bookings",
    metadata,
    Column("id", Text, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("code", Text, nullable=False, unique=True),
    Column("service", Text, nullable=False),
    Column("service_date", Text, nullable=False),
    Column("starts_at", BigInteger, nullable=False),
    Column("ends_at", BigInteger, nullable=False),
    Column("place", Integer, nullable=False),
    Column("language", Text, nullable=False),
    Column("booked_at", BigInteger, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("visit", Text),
    Column("name", Text),
    Column("phone", Text),
    Column("forget_at", BigInteger, comment="when name and phone are erased at the latest; null once they are"),
    # Nobody is kept without a clock.
    CheckConstraint("forget_at IS NOT NULL OR (name IS NULL AND phone IS NULL)", name="person_has_clock"),
)

# A place belongs to one booking: the database refuses what a bug would allow. Also finds a service's bookings of a day.
Index(
    "bookings_place",
    bookings.c.service,
    bookings.c.starts_at,
    bookings.c.place,
    unique=True,
    sqlite_where=text(HAS_PLACE),
    postgresql_where=text(HAS_PLACE),
)
# One active booking per phone number, service and day; where no number was given there is nothing to compare.
Index(
    "bookings_phone",
    bookings.c.phone,
    bookings.c.service,
    bookings.c.service_date,
    unique=True,
    sqlite_where=text(IS_BOOKED),
    postgresql_where=text(IS_BOOKED),
)
Index("bookings_open", bookings.c.service_date, sqlite_where=text(IS_BOOKED), postgresql_where=text(IS_BOOKED))
Index("bookings_forget", bookings.c.forget_at, sqlite_where=text(HOLDS_PERSON), postgresql_where=text(HOLDS_PERSON))
