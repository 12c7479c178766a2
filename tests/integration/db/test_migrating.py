"""The schema: made as the tables say, copied before it is changed, never touched by an older program."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, inspect

from server.app.ports import StorageError
from server.db import migrating, open_beside, open_store
from server.db.address import parse_address
from server.db.engine import writing_engine
from server.db.schema import metadata
from tests.integration.db.rows import run_sql
from tests.support.builders import NINE

HEAD = ScriptDirectory.from_config(migrating.alembic_config()).get_current_head()
NEXT = '''
"""A change that a later release might bring."""
from alembic import op
import sqlalchemy as sa
revision, down_revision, branch_labels, depends_on = "next", "{head}", None, None

def upgrade():
    op.add_column("visits", sa.Column("colour", sa.Text))
    {more}
'''


@pytest.fixture(
    params=[
        "empty_sqlite_url",
        pytest.param("empty_postgresql_url", marks=[pytest.mark.postgresql, pytest.mark.xdist_group("postgresql")]),
    ]
)
def empty_url(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(request.param)
    return url


def test_the_migrations_make_what_the_tables_say(empty_url: str) -> None:
    open_store(empty_url).close()
    engine = writing_engine(parse_address(empty_url))
    with engine.connect() as connection, connection.begin():
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        made = inspect(connection)
        for table in metadata.tables.values():
            indexes = {index["name"]: bool(index["unique"]) for index in made.get_indexes(table.name)}
            for index in table.indexes:
                assert indexes[index.name] == bool(index.unique)
            checks = {check["name"] for check in made.get_check_constraints(table.name)}
            assert checks == {check.name for check in table.constraints if isinstance(check, CheckConstraint)}
    engine.dispose()


def test_a_schema_that_is_up_to_date_is_left_alone(sqlite_url: str, tmp_path: Path) -> None:
    open_store(sqlite_url).close()
    open_store(sqlite_url).close()
    assert not list(tmp_path.glob("*.before-*"))


def test_the_scripts_are_numbered_in_the_order_in_which_they_follow_each_other() -> None:
    """So that a start can tell without alembic whether there is anything to migrate."""
    walked = ScriptDirectory.from_config(migrating.alembic_config()).walk_revisions()
    assert migrating.revisions() == [script.revision for script in walked][::-1]


def test_a_newer_schema_is_refused(url: str) -> None:
    open_store(url).close()
    run_sql(url, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StorageError, match=f"has schema 9999, newer than this program's {HEAD}: install a newer Loket"):
        open_store(url, patience=0)


def test_a_command_beside_an_older_server_does_not_migrate(sqlite_url: str, later: Path) -> None:
    with open_store(sqlite_url):
        _release(later)
        with pytest.raises(StorageError, match=f"has schema {HEAD}, this program's is next"):
            open_beside(sqlite_url)


def test_the_file_is_copied_before_it_is_changed(sqlite_url: str, tmp_path: Path, later: Path) -> None:
    with open_store(sqlite_url) as store:
        store.catalogues.publish_catalogue("before", NINE)
    _release(later)
    open_store(sqlite_url).close()
    assert "colour" in _columns(tmp_path / "loket.sqlite")
    copy = tmp_path / "loket.sqlite.before-next"
    assert "colour" not in _columns(copy)
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT text FROM catalogue_versions").fetchall() == [("before",)]


def test_a_migration_that_fails_changes_nothing(sqlite_url: str, tmp_path: Path, later: Path) -> None:
    open_store(sqlite_url).close()
    _release(later, "op.execute('INSERT INTO nowhere VALUES (1)')")
    with pytest.raises(StorageError, match="no such table: nowhere"):
        open_store(sqlite_url)
    assert "colour" not in _columns(tmp_path / "loket.sqlite")
    _release(later)
    open_store(sqlite_url).close()
    assert "colour" in _columns(tmp_path / "loket.sqlite")


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the migrations, to which a test adds those of a later release."""
    copy = tmp_path / "migrations"
    shutil.copytree(migrating.SCRIPTS, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(migrating, "SCRIPTS", copy)
    return copy


def _release(later: Path, more: str = "") -> None:
    (later / "versions" / "next.py").write_text(NEXT.format(head=HEAD, more=more))


def _columns(file: Path) -> set[str]:
    with closing(sqlite3.connect(file)) as connection:
        return {row[1] for row in connection.execute("PRAGMA table_info(visits)")}
