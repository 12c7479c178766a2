"""What a leg asks of a counter, when it was last announced, and what its visitor did with the place in line."""

import sqlalchemy as sa
from alembic import op

revision = "0004_calling_order"
down_revision = "0003_access"
branch_labels = None
depends_on = None


def upgrade() -> None:
    needs = sa.Column(
        "needs", sa.Text, nullable=False, server_default="", comment="values of Need, separated by commas"
    )
    op.add_column("legs", needs)
    op.add_column("legs", sa.Column("announced_at", sa.BigInteger))
    op.add_column("legs", sa.Column("returned", sa.Integer, nullable=False, server_default="0"))
    op.add_column("legs", sa.Column("gave_way", sa.Integer, nullable=False, server_default="0"))
