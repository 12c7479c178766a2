"""Which of the services chosen on one number a leg belongs to."""

import sqlalchemy as sa
from alembic import op

revision = "0007_stops"
down_revision = "0006_forecasts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("legs", sa.Column("stop", sa.Integer, nullable=False, server_default="0"))
