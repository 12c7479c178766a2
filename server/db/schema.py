"""The whole schema: every module of tables is imported here, so that `metadata` knows them all."""

from server.db import survey_tables
from server.db.tables import metadata

__all__ = ["metadata", "survey_tables"]
