"""Keys with which other systems use the API."""

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0015_api_keys", "0014_bookings", None, None


def upgrade() -> None:
    op.create_table(
        "api_keys",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("agency", sa.Text),
        sa.Column("officer", sa.Text),
        sa.Column("counter", sa.Text),
        sa.Column("key_hash", sa.LargeBinary, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("created_by", sa.Text, nullable=False),
        sa.Column("expires_at", sa.BigInteger),
        sa.Column("revoked_at", sa.BigInteger),
        sa.Column("used_at", sa.BigInteger),
        sa.PrimaryKeyConstraint("id", name="api_keys_pk"),
        sa.UniqueConstraint("key_hash", name="api_keys_key_hash_unique"),
    )
