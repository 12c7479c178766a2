"""What a visitor was told about the wait at issue, and when the number was called for the first time."""

import sqlalchemy as sa
from alembic import op

revision = "0006_forecasts"
down_revision = "0005_audit"
branch_labels = None
depends_on = None


def upgrade() -> None:
    told = "minutes, as the visitor was told at issue, like the next five"
    op.add_column("legs", sa.Column("expected", sa.Double, comment=told))
    op.add_column("legs", sa.Column("middle", sa.Double))
    for name in ("likely_low", "likely_high", "sure_low", "sure_high"):
        op.add_column("legs", sa.Column(name, sa.Integer))
    op.add_column("legs", sa.Column("first_called_at", sa.BigInteger))
