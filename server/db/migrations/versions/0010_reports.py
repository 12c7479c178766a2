"""What days and months add up to, for reports."""

import sqlalchemy as sa
from alembic import op

revision = "0010_reports"
down_revision = "0009_surveys"
branch_labels = None
depends_on = None

NUMBERS = (
    "visits", "legs", "open", "served", "transferred", "missed", "cancelled", "expired", "solved",
    "papers_incomplete", "referred", "not_entitled", "called", "never_called", "came_back", "gave_way", "calls",
    "by_ticket", "waited", "waited_too_long", "walked", "walked_left_open", "walked_too_long", "took",
    "took_left_open", "took_too_short", "took_too_long", "longest_wait", "longest_walk", "longest_service",
)  # fmt: skip
HISTOGRAMS = ("days", "arrivals", "waits", "walks", "services", "staffed")


def upgrade() -> None:
    op.create_table(
        "report_spans",
        sa.Column("span", sa.Text, nullable=False),
        sa.Column("seal", sa.Text, nullable=False, comment="by which rules and bounds it was made"),
        sa.Column("legs", sa.BigInteger, nullable=False, comment="how many rows it was made of"),
        sa.Column("periods", sa.BigInteger, nullable=False),
        sa.Column("built_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("span", name="report_spans_pk"),
    )
    op.create_table(
        "report_figures",
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("span", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in NUMBERS),
        *(sa.Column(name, sa.LargeBinary, nullable=False) for name in HISTOGRAMS),
        sa.PrimaryKeyConstraint("kind", "span", "subject", name="report_figures_pk"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "report_mentions",
        *(sa.Column(name, sa.Text, nullable=False) for name in ("what", "span", "service", "counter", "word")),
        sa.Column("count", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("what", "span", "service", "counter", "word", name="report_mentions_pk"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "report_forecasts",
        sa.Column("span", sa.Text, nullable=False),
        sa.Column("service", sa.Text, nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("waits", "never_called", "in_sure", "in_likely")),
        *(
            sa.Column(name, sa.Double, nullable=False)
            for name in ("sure_width", "likely_width", "too_much", "wrong_by", "waited")
        ),
        sa.PrimaryKeyConstraint("span", "service", name="report_forecasts_pk"),
        sqlite_with_rowid=False,
    )
