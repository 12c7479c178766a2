"""Tables of the roll-ups: what days and months add up to, for reports. They can be made anew from the days' rows.

A span is a service date (`2026-11-23`) or a month (`2026-11`), which is the sum of its days.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Double, Integer, LargeBinary, Table, Text

from server.db.tables import metadata
from server.domain.reports.figures import HISTOGRAMS, LARGEST, SUMMED

report_spans = Table(
    "report_spans",
    metadata,
    Column("span", Text, primary_key=True),
    Column("seal", Text, nullable=False, comment="by which rules and bounds it was made"),
    Column("legs", BigInteger, nullable=False, comment="how many rows it was made of"),
    Column("periods", BigInteger, nullable=False),
    Column("built_at", BigInteger, nullable=False),
)

report_figures = Table(
    "report_figures",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("span", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    *(Column(name, BigInteger, nullable=False) for name in (*SUMMED, *LARGEST)),
    *(Column(name, LargeBinary, nullable=False) for name in HISTOGRAMS),
    sqlite_with_rowid=False,  # the rows of one kind and span lie together
)

report_mentions = Table(  # calls out of their order by reason, papers that were missing by line
    "report_mentions",
    metadata,
    Column("what", Text, primary_key=True),
    Column("span", Text, primary_key=True),
    Column("service", Text, primary_key=True),
    Column("counter", Text, primary_key=True),
    Column("word", Text, primary_key=True),
    Column("count", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

FORECAST_SUMS = ("waits", "never_called", "in_sure", "in_likely")
FORECAST_MINUTES = ("sure_width", "likely_width", "too_much", "wrong_by", "waited")
report_forecasts = Table(  # server.app.forecast_scores.Tally
    "report_forecasts",
    metadata,
    Column("span", Text, primary_key=True),
    Column("service", Text, primary_key=True),
    *(Column(name, Integer, nullable=False) for name in FORECAST_SUMS),
    *(Column(name, Double, nullable=False) for name in FORECAST_MINUTES),
    sqlite_with_rowid=False,
)
