"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

IS_OPEN = sa.text("state IN ('booked', 'waiting', 'called', 'serving', 'parked')")
IS_IN_HAND = sa.text("state IN ('called', 'serving')")
COUNTED = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "catalogue_versions",
        sa.Column("version", COUNTED, autoincrement=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("published_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("version", name="catalogue_versions_pk"),
        sqlite_autoincrement=True,
    )
    _lobby()
    _history()
    _access()


def _lobby() -> None:
    op.create_table(
        "sequences",
        sa.Column("service_date", sa.Text, nullable=False),
        sa.Column("series", sa.Text, nullable=False),
        sa.Column("last", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("service_date", "series", name="sequences_pk"),
    )
    op.create_table(
        "visits",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("service_date", sa.Text, nullable=False),
        sa.Column("series", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("priority", sa.Text, nullable=False),
        sa.Column("needs", sa.Text, nullable=False, comment="values of Need, separated by commas"),
        sa.Column("arrived_at", sa.BigInteger, nullable=False),
        sa.Column("issued_by", sa.Text),
        sa.Column("print_state", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="visits_pk"),
        sa.UniqueConstraint("key", name="visits_key_unique"),
        sa.UniqueConstraint("service_date", "series", "number", name="visits_service_date_series_number_unique"),
    )
    op.create_table(
        "legs",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("visit", sa.Text, nullable=False),
        sa.Column("service_date", sa.Text, nullable=False),
        sa.Column("service", sa.Text, nullable=False),
        sa.Column("order", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.Column("arrival", sa.BigInteger, nullable=False),
        sa.Column("effective_at", sa.BigInteger, nullable=False),
        sa.Column("counter", sa.Text),
        sa.Column("officer", sa.Text),
        sa.Column("only_counter", sa.Text),
        sa.Column("called_at", sa.BigInteger),
        sa.Column("calls", sa.Integer, nullable=False),
        sa.Column("missed", sa.Integer, nullable=False),
        sa.Column("outcome", sa.Text),
        sa.Column("note", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="legs_pk"),
        sa.ForeignKeyConstraint(["visit"], ["visits.id"], name="legs_visit_fk"),
        sa.UniqueConstraint("service_date", "order", name="legs_service_date_order_unique"),
        sa.CheckConstraint(f"counter IS NOT NULL OR NOT ({IS_IN_HAND.text})", name=op.f("legs_in_hand_has_counter")),
    )
    for name, columns in (
        ("legs_in_hand_of_counter", ["service_date", "counter"]),
        ("legs_in_hand_of_visit", ["visit"]),
    ):
        op.create_index(name, "legs", columns, unique=True, sqlite_where=IS_IN_HAND, postgresql_where=IS_IN_HAND)
    op.create_index("legs_open", "legs", ["service_date"], sqlite_where=IS_OPEN, postgresql_where=IS_OPEN)
    op.create_table(
        "counters",
        sa.Column("service_date", sa.Text, nullable=False),
        sa.Column("counter", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.Column("officer", sa.Text),
        sa.Column("pause_reason", sa.Text),
        sa.PrimaryKeyConstraint("service_date", "counter", name="counters_pk"),
    )
    op.create_table(
        "requests",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("device", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("reply", sa.LargeBinary, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="requests_pk"),
    )
    op.create_index("requests_at", "requests", ["at"])


def _history() -> None:
    op.create_table(
        "periods",
        sa.Column("id", COUNTED, autoincrement=True),
        sa.Column("service_date", sa.Text, nullable=False),
        sa.Column("visit", sa.Text, nullable=False),
        sa.Column("leg", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("service", sa.Text, nullable=False),
        sa.Column("counter", sa.Text),
        sa.Column("officer", sa.Text),
        sa.Column("started_at", sa.BigInteger, nullable=False),
        sa.Column("ended_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="periods_pk"),
    )
    op.create_index("periods_service_date", "periods", ["service_date"])
    op.create_table(
        "facts",
        sa.Column("id", COUNTED, autoincrement=True),
        sa.Column("service_date", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("device", sa.Text),
        sa.Column("officer", sa.Text),
        sa.Column("request", sa.Text),
        sa.Column("visit", sa.Text),
        sa.Column("leg", sa.Text),
        sa.Column("service", sa.Text),
        sa.Column("counter", sa.Text),
        sa.Column("why", sa.Text, nullable=False, comment="a JSON object"),
        sa.PrimaryKeyConstraint("id", name="facts_pk"),
    )
    op.create_index("facts_at", "facts", ["at"])
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER facts_refuse_{verb.lower()} BEFORE {verb} ON facts "
                "BEGIN SELECT RAISE(ABORT, 'facts are append-only'); END"
            )
    else:
        op.execute(
            "CREATE FUNCTION facts_refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'facts are append-only' USING ERRCODE = 'restrict_violation'; END $$"
        )
        op.execute(
            "CREATE TRIGGER facts_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON facts "
            "FOR EACH STATEMENT EXECUTE FUNCTION facts_refuse_change()"
        )


def _access() -> None:
    op.create_table(
        "devices",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("program", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("zone", sa.Text),
        sa.Column("token_hash", sa.LargeBinary, nullable=False),
        sa.Column("approved_at", sa.BigInteger, nullable=False),
        sa.Column("revoked_at", sa.BigInteger),
        sa.PrimaryKeyConstraint("id", name="devices_pk"),
        sa.UniqueConstraint("token_hash", name="devices_token_hash_unique"),
    )
    op.create_table(
        "pairings",
        sa.Column("installation", sa.Text, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("program", sa.Text, nullable=False),
        sa.Column("asked_at", sa.BigInteger, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("name", sa.Text),
        sa.Column("zone", sa.Text),
        sa.Column("approved_at", sa.BigInteger),
        sa.PrimaryKeyConstraint("installation", name="pairings_pk"),
        sa.UniqueConstraint("code", name="pairings_code_unique"),
    )
    op.create_table(
        "officer_secrets",
        sa.Column("officer", sa.Text, nullable=False),
        sa.Column("pin_hash", sa.Text, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("locked_until", sa.BigInteger),
        sa.PrimaryKeyConstraint("officer", name="officer_secrets_pk"),
    )
