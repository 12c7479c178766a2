"""Migrating: brings the schema to this program's version at start, in one transaction, after a copy of the file."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from server.db.address import Address
from server.db.copying import copy_sqlite
from server.db.engine import switch_to_wal
from server.db.schema import metadata

SCRIPTS = Path(__file__).parent / "migrations"


def migrate(connection: Connection, address: Address) -> None:
    """Raises StorageError for a schema that this program must not touch; then nothing was changed."""
    target = _target()
    with connection.begin():
        present = MigrationContext.configure(connection).get_current_revision()
        if present is None and (strangers := _strangers(connection, address)):
            raise address.refusal(f"holds another program's data (table {strangers[0]}); name an empty one.")
        if present is not None and present not in known_schemas():
            raise address.refusal(f"has schema {present}, newer than this program's {target}: install a newer Loket.")
    if address.is_sqlite:
        switch_to_wal(connection, address)
    if present == target:
        return
    if present is not None and address.file is not None:
        copy_sqlite(address, address.file.with_name(f"{address.file.name}.before-{target}"))
    with connection.begin():
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, target)


def refuse_other_schema(connection: Connection, address: Address) -> None:
    """For a command beside a running server, which must not be migrated under its feet."""
    target = _target()
    with connection.begin():
        present = MigrationContext.configure(connection).get_current_revision()
    if present != target:
        raise address.refusal(
            f"has schema {present}, this program's is {target}: use the version of the running server."
        )


def alembic_config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    return config


def known_schemas() -> set[str]:
    """Those that this program can bring up to date."""
    return {script.revision for script in scripts(SCRIPTS).walk_revisions()}


@cache  # it compiles every one of them
def scripts(folder: Path) -> ScriptDirectory:
    return ScriptDirectory(str(folder))


def _target() -> str:
    head = scripts(SCRIPTS).get_current_head()
    assert head is not None
    return head


def _strangers(connection: Connection, address: Address) -> list[str]:
    """A file is ours alone; in PostgreSQL others may have tables beside ours, of other names."""
    present = set(inspect(connection).get_table_names())
    return sorted(present if address.is_sqlite else present & metadata.tables.keys())
