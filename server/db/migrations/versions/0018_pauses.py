"""When a pause is expected to end, and which one is announced ahead."""

import sqlalchemy as sa
from alembic import op

revision = "0018_pauses"
down_revision = "0017_retention"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("counters", sa.Column("pause_until", sa.BigInteger))
    planned = "of the pause announced ahead, like the next two"
    op.add_column("counters", sa.Column("planned_reason", sa.Text, comment=planned))
    op.add_column("counters", sa.Column("planned_at", sa.BigInteger))
    op.add_column("counters", sa.Column("planned_minutes", sa.Integer))
