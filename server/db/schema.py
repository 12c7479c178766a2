"""The whole schema: every module of tables is imported here, so that `metadata` knows them all."""

from server.db import (
    account_tables,
    api_tables,
    booking_tables,
    floor_tables,
    office_tables,
    report_tables,
    retention_tables,
    survey_tables,
)
from server.db.tables import metadata

__all__ = [
    "account_tables",
    "api_tables",
    "booking_tables",
    "floor_tables",
    "metadata",
    "office_tables",
    "report_tables",
    "retention_tables",
    "survey_tables",
]
