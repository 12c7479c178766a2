"""What a supervisor has closed for today, and said to the hall."""

import sqlalchemy as sa
from alembic import op

revision = "0012_floor"
down_revision = "0011_accounts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "closures",
        sa.Column("service_date", sa.Text, nullable=False),
        sa.Column("service", sa.Text, nullable=False),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.Column("officer", sa.Text),
        sa.Column("because", sa.Text, nullable=False),
        sa.Column("opened_at", sa.BigInteger),
        sa.PrimaryKeyConstraint("service_date", "service", name="closures_pk"),
    )
    op.create_table(
        "bulletins",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("service_date", sa.Text, nullable=False),
        sa.Column("text_id", sa.Text, nullable=False),
        sa.Column("text_en", sa.Text, nullable=False),
        sa.Column("zones", sa.Text, nullable=False, comment="ids, separated by commas; empty: all"),
        sa.Column("given_at", sa.BigInteger, nullable=False),
        sa.Column("until", sa.BigInteger, nullable=False),
        sa.Column("officer", sa.Text),
        sa.Column("agency", sa.Text),
        sa.Column("ended_at", sa.BigInteger),
        sa.PrimaryKeyConstraint("id", name="bulletins_pk"),
    )
    op.create_index("bulletins_service_date", "bulletins", ["service_date"])
