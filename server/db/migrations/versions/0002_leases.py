"""Blocks of numbers that kiosks hold."""

import sqlalchemy as sa
from alembic import op

revision = "0002_leases"
down_revision = "0001"
branch_labels = None
depends_on = None

STANDS = sa.text("ended_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "leases",
        sa.Column("service_date", sa.Text, nullable=False),
        sa.Column("series", sa.Text, nullable=False),
        sa.Column("first", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("last", sa.Integer, nullable=False),
        sa.Column("device", sa.Text, nullable=False),
        sa.Column("journal", sa.Text, nullable=False),
        sa.Column("granted_at", sa.BigInteger, nullable=False),
        sa.Column("ended_at", sa.BigInteger),
        sa.Column("end", sa.Text),
        sa.PrimaryKeyConstraint("service_date", "series", "first", name="leases_pk"),
    )
    op.create_index("leases_standing", "leases", ["service_date"], sqlite_where=STANDS, postgresql_where=STANDS)
