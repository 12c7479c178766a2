"""For when somebody had booked who checked in, and when they came if they count from another moment."""

import sqlalchemy as sa
from alembic import op

revision = "0008_booked"
down_revision = "0007_stops"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("visits", sa.Column("booked_for", sa.BigInteger))
    came = "of who had booked, where they count from another moment"
    op.add_column("legs", sa.Column("checked_in_at", sa.BigInteger, comment=came))
