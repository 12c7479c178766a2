"""Bookings: places in slots, and the only names and phone numbers there are."""

import sqlalchemy as sa
from alembic import op

revision = "0014_bookings"
down_revision = "0013_catalogue_draft"
branch_labels = None
depends_on = None

HAS_PLACE = sa.text("state IN ('booked', 'checked_in')")
IS_BOOKED = sa.text("state = 'booked'")
HOLDS_PERSON = sa.text("forget_at IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "bookings",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("service", sa.Text, nullable=False),
        sa.Column("service_date", sa.Text, nullable=False),
        sa.Column("starts_at", sa.BigInteger, nullable=False),
        sa.Column("ends_at", sa.BigInteger, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("booked_at", sa.BigInteger, nullable=False),
        sa.Column("changed_at", sa.BigInteger, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("visit", sa.Text),
        sa.Column("name", sa.Text),
        sa.Column("phone", sa.Text),
        sa.Column(
            "forget_at", sa.BigInteger, comment="when name and phone are erased at the latest; null once they are"
        ),
        sa.PrimaryKeyConstraint("id", name="bookings_pk"),
        sa.UniqueConstraint("key", name="bookings_key_unique"),
        sa.UniqueConstraint("code", name="bookings_code_unique"),
        sa.CheckConstraint("forget_at IS NOT NULL OR (name IS NULL AND phone IS NULL)", name="person_has_clock"),
    )

    def index(name: str, columns: list[str], where: sa.TextClause, *, unique: bool = False) -> None:
        op.create_index(name, "bookings", columns, unique=unique, sqlite_where=where, postgresql_where=where)

    index("bookings_place", ["service", "starts_at", "place"], HAS_PLACE, unique=True)
    index("bookings_phone", ["phone", "service", "service_date"], IS_BOOKED, unique=True)
    index("bookings_open", ["service_date"], IS_BOOKED)
    index("bookings_forget", ["forget_at"], HOLDS_PERSON)
