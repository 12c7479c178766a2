"""Fixtures: a database of either kind for the faults that need one."""

from __future__ import annotations

import pytest

from tests.support.databases import EVERY_DATABASE, postgresql, postgresql_url, sqlite_url

__all__ = ["postgresql", "postgresql_url", "sqlite_url"]


@pytest.fixture(params=EVERY_DATABASE)
def url(request: pytest.FixtureRequest) -> str:
    """An empty database: an SQLite file, then PostgreSQL."""
    found: str = request.getfixturevalue(request.param)
    return found
