"""Tables: what is kept, and what the database itself refuses.

Moments are 64-bit integers (`server.db.instants`), service dates ISO text, words the values of their enumerations:
the same bytes on SQLite and PostgreSQL. A change here is a new migration; a test compares both.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from shared.vocabulary import LegState


def _state_is_one_of(*states: LegState) -> str:
    """A condition in literals: with bound parameters the planner would not see that a partial index covers it."""
    return "state IN ({})".format(", ".join(f"'{state}'" for state in states))


IS_OPEN = _state_is_one_of(*(state for state in LegState if state.is_open))
IS_IN_HAND = _state_is_one_of(*(state for state in LegState if state.is_in_hand))

HAS_NEEDS = text("needs <> ''")
HAS_NEEDS_OR_NOTE = text("(needs <> '' OR note <> '')")

metadata = MetaData(
    naming_convention={
        "pk": "%(table_name)s_pk",
        "fk": "%(table_name)s_%(column_0_name)s_fk",
        "uq": "%(table_name)s_%(column_0_N_name)s_unique",
        "ix": "%(table_name)s_%(column_0_N_name)s",
        "ck": "%(table_name)s_%(constraint_name)s",
    }
)

# A row id that both databases count up; SQLite does so for INTEGER alone.
Counted = BigInteger().with_variant(Integer, "sqlite")

catalogue_versions = Table(
    "catalogue_versions",
    metadata,
    Column("version", Counted, primary_key=True, autoincrement=True),
    Column("text", Text, nullable=False),
    Column("published_at", BigInteger, nullable=False),
    sqlite_autoincrement=True,  # a version number is never given twice
)

sequences = Table(
    "sequences",
    metadata,
    Column("service_date", Text, primary_key=True),
    Column("series", Text, primary_key=True),
    Column("last", Integer, nullable=False),
)

leases = (
    Table(  # numbers of a series in the hands of a kiosk; blocks of one day never overlap (its first column: the day's)
        "leases",
        metadata,
        Column("service_date", Text, primary_key=True),
        Column("series", Text, primary_key=True),
        Column("first", Integer, primary_key=True, autoincrement=False),
        Column("last", Integer, nullable=False),
        Column("device", Text, nullable=False),
        Column("journal", Text, nullable=False),
        Column("granted_at", BigInteger, nullable=False),
        Column("ended_at", BigInteger),
        Column("end", Text),
    )
)
Index(
    "leases_standing",
    leases.c.service_date,
    sqlite_where=text("ended_at IS NULL"),
    postgresql_where=text("ended_at IS NULL"),
)

visits = Table(
    "visits",
    metadata,
    Column("id", Text, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("service_date", Text, nullable=False),
    Column("series", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("language", Text, nullable=False),
    Column("priority", Text, nullable=False),
    Column("needs", Text, nullable=False, comment="values of Need, separated by commas"),
    Column("arrived_at", BigInteger, nullable=False),
    Column("issued_by", Text),
    Column("print_state", Text, nullable=False),
    Column("booked_for", BigInteger),
    Column("invited", Text, comment="the leg that the satisfaction survey asks about"),
    UniqueConstraint("service_date", "series", "number"),  # law 3; its first column also finds the visits of a day
)

Index(
    "visits_invited",
    visits.c.service_date,
    sqlite_where=text("invited IS NOT NULL"),
    postgresql_where=text("invited IS NOT NULL"),
)

legs = Table(
    "legs",
    metadata,
    Column("id", Text, primary_key=True),
    Column("visit", Text, ForeignKey("visits.id"), nullable=False),
    Column("service_date", Text, nullable=False),
    Column("service", Text, nullable=False),
    Column("order", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("arrival", BigInteger, nullable=False),
    Column("effective_at", BigInteger, nullable=False),
    Column("counter", Text),
    Column("officer", Text),
    Column("only_counter", Text),
    Column("called_at", BigInteger),
    Column("calls", Integer, nullable=False),
    Column("missed", Integer, nullable=False),
    Column("outcome", Text),
    Column("note", Text, nullable=False),
    Column("needs", Text, nullable=False, server_default="", comment="values of Need, separated by commas"),
    Column("announced_at", BigInteger),
    Column("returned", Integer, nullable=False, server_default="0"),
    Column("gave_way", Integer, nullable=False, server_default="0"),
    Column("expected", Double, comment="minutes, as the visitor was told at issue, like the next five"),
    Column("middle", Double),
    Column("likely_low", Integer),
    Column("likely_high", Integer),
    Column("sure_low", Integer),
    Column("sure_high", Integer),
    Column("first_called_at", BigInteger),
    Column("stop", Integer, nullable=False, server_default="0"),
    Column("checked_in_at", BigInteger, comment="of who had booked, where they count from another moment"),
    UniqueConstraint("service_date", "order"),  # also finds the legs of a day, in order
    # A null counter would slip through the unique index of law 4.
    CheckConstraint(f"counter IS NOT NULL OR NOT ({IS_IN_HAND})", name="in_hand_has_counter"),
)

# Law 4, in both directions. By service date: a leg that a power cut left in hand yesterday must not block today.
Index(
    "legs_in_hand_of_counter",
    legs.c.service_date,
    legs.c.counter,
    unique=True,
    sqlite_where=text(IS_IN_HAND),
    postgresql_where=text(IS_IN_HAND),
)
Index(
    "legs_in_hand_of_visit",
    legs.c.visit,
    unique=True,
    sqlite_where=text(IS_IN_HAND),
    postgresql_where=text(IS_IN_HAND),
)
Index("legs_visit", legs.c.visit)  # the legs of a visit, whatever its day; ids grow, so it grows at its end
# What is erased when its day is over is found without reading history.
Index("visits_needs", visits.c.service_date, sqlite_where=HAS_NEEDS, postgresql_where=HAS_NEEDS)
Index("legs_needs", legs.c.service_date, sqlite_where=HAS_NEEDS_OR_NOTE, postgresql_where=HAS_NEEDS_OR_NOTE)
# Holds only what is open now, so days left open are found without reading history.
Index("legs_open", legs.c.service_date, sqlite_where=text(IS_OPEN), postgresql_where=text(IS_OPEN))

periods = Table(
    "periods",
    metadata,
    Column("id", Counted, primary_key=True, autoincrement=True),
    Column("service_date", Text, nullable=False, index=True),
    Column("visit", Text, nullable=False),
    Column("leg", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("service", Text, nullable=False),
    Column("counter", Text),
    Column("officer", Text),
    Column("started_at", BigInteger, nullable=False),
    Column("ended_at", BigInteger, nullable=False),
)

facts = Table(  # a trigger of the migration refuses UPDATE and DELETE
    "facts",
    metadata,
    Column("id", Counted, primary_key=True, autoincrement=True),
    Column("service_date", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("at", BigInteger, nullable=False, index=True),
    Column("device", Text),
    Column("officer", Text),
    Column("request", Text),
    Column("visit", Text),
    Column("leg", Text),
    Column("service", Text),
    Column("counter", Text),
    Column("why", Text, nullable=False, comment="a JSON object"),
)

counters = Table(
    "counters",
    metadata,
    Column("service_date", Text, primary_key=True),
    Column("counter", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("officer", Text),
    Column("pause_reason", Text),
    Column("pause_until", BigInteger),
    Column("planned_reason", Text, comment="of the pause announced ahead, like the next two"),
    Column("planned_at", BigInteger),
    Column("planned_minutes", Integer),
)

audit = Table(  # a trigger of the migration refuses UPDATE and DELETE
    "audit",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    Column("what", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("device", Text),
    Column("subject", Text, nullable=False),
    Column("before", Text, nullable=False, comment="a JSON object"),
    Column("after", Text, nullable=False, comment="a JSON object"),
    Column("previous", LargeBinary, nullable=False, unique=True),  # the database refuses a chain that forks
    Column("hash", LargeBinary, nullable=False),
)
Index("audit_seals", audit.c.what, audit.c.number)

requests = Table(
    "requests",
    metadata,
    Column("id", Text, primary_key=True),
    Column("device", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("reply", LargeBinary, nullable=False),
    Column("at", BigInteger, nullable=False, index=True),
)

devices = Table(
    "devices",
    metadata,
    Column("id", Text, primary_key=True),
    Column("program", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("zone", Text),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    Column("approved_at", BigInteger, nullable=False),
    Column("revoked_at", BigInteger),
    Column("rotated_at", BigInteger),
    Column("next_hash", LargeBinary),  # of a token that is offered and was not used yet
    Column("revoked_why", Text),
)
Index("devices_next_hash", devices.c.next_hash, unique=True)

retired_tokens = Table(  # older generations: whoever still uses one has a copy that should not exist
    "retired_tokens",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("device", Text, nullable=False),
    Column("retired_at", BigInteger, nullable=False),
)

pairings = Table(  # from the code on a screen to the collected token; `approved_at` is null until someone decides
    "pairings",
    metadata,
    Column("installation", Text, primary_key=True),
    Column("code", Text, nullable=False, unique=True),
    Column("program", Text, nullable=False),
    Column("asked_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("name", Text),
    Column("zone", Text),
    Column("approved_at", BigInteger),
    Column("proof_hash", LargeBinary, nullable=False),
)

officer_secrets = Table(
    "officer_secrets",
    metadata,
    Column("officer", Text, primary_key=True),
    Column("pin_hash", Text, nullable=False),
)

pin_failures = Table(  # counted for each officer at each device: nobody is locked out from afar
    "pin_failures",
    metadata,
    Column("officer", Text, primary_key=True),
    Column("device", Text, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("locked_until", BigInteger),
)
