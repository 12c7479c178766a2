"""When each device was here last, and with which release."""

import sqlalchemy as sa
from alembic import op

revision = "0016_device_sightings"
down_revision = "0015_api_keys"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "device_sightings",
        sa.Column("device", sa.Text, nullable=False),
        sa.Column("seen_at", sa.BigInteger, nullable=False),
        sa.Column("release", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("device", name="device_sightings_pk"),
    )
