"""Passwords and sessions of the pages."""

import sqlalchemy as sa
from alembic import op

revision = "0011_accounts"
down_revision = "0010_reports"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "passwords",
        sa.Column("officer", sa.Text, nullable=False),
        sa.Column("password_hash", sa.Text, nullable=False),
        sa.Column("once", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("officer", name="passwords_pk"),
    )
    op.create_table(
        "password_failures",
        sa.Column("officer", sa.Text, nullable=False),
        sa.Column("device", sa.Text, nullable=False, comment="the address, behind `address:`"),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("locked_until", sa.BigInteger),
        sa.PrimaryKeyConstraint("officer", "device", name="password_failures_pk"),
    )
    op.create_table(
        "page_sessions",
        sa.Column("token_hash", sa.LargeBinary, nullable=False),
        sa.Column("officer", sa.Text, nullable=False),
        sa.Column("began_at", sa.BigInteger, nullable=False),
        sa.Column("seen_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="page_sessions_pk"),
    )
    op.create_index("page_sessions_officer", "page_sessions", ["officer"])
