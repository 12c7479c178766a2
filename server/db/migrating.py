"""Migrating: brings the schema to this program's version at start, in one transaction, after a copy of the file.

Alembic is loaded where something is to be migrated. Most starts find the schema as it is to be, and to see that needs
no more than one row and the names in the scripts: a tenth of what a server costs at start stays away.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, column, inspect, select, table

from server.db.address import Address
from server.db.copying import copy_sqlite
from server.db.engine import switch_to_wal
from server.db.schema import metadata

if TYPE_CHECKING:
    from alembic.config import Config

SCRIPTS = Path(__file__).parent / "migrations"
_REVISION = re.compile(r'^revision\b[^"\n]*"([^"\n]+)"', re.MULTILINE)
_VERSION_TABLE = "alembic_version"


def migrate(connection: Connection, address: Address) -> None:
    """Raises StorageError for a schema that this program must not touch; then nothing was changed."""
    known = revisions()
    target = known[-1]
    with connection.begin():
        present = _present(connection)
        if present is None and (strangers := _strangers(connection, address)):
            raise address.refusal(f"holds another program's data (table {strangers[0]}); name an empty one.")
        if present is not None and present not in known:
            raise address.refusal(f"has schema {present}, newer than this program's {target}: install a newer Loket.")
    if address.is_sqlite:
        switch_to_wal(connection, address)
    if present == target:
        return
    if present is not None and address.file is not None:
        copy_sqlite(address, address.file.with_name(f"{address.file.name}.before-{target}"))
    from alembic import command

    config = alembic_config()
    with connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, target)


def refuse_other_schema(connection: Connection, address: Address) -> None:
    """For a command beside a running server, which must not be migrated under its feet."""
    target = revisions()[-1]
    with connection.begin():
        present = _present(connection)
    if present != target:
        raise address.refusal(
            f"has schema {present}, this program's is {target}: use the version of the running server."
        )


def alembic_config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    return config


def revisions() -> list[str]:
    """The schemas that this program can bring up to date, and last the one to which it brings them: the scripts are
    numbered, and each follows the one before it."""
    scripts = sorted((SCRIPTS / "versions").glob("[!_]*.py"))
    return [found[1] for script in scripts if (found := _REVISION.search(script.read_text(encoding="utf-8")))]


def _present(connection: Connection) -> str | None:
    if not inspect(connection).has_table(_VERSION_TABLE):
        return None
    present: str | None = connection.execute(select(column("version_num")).select_from(table(_VERSION_TABLE))).scalar()
    return present


def _strangers(connection: Connection, address: Address) -> list[str]:
    """A file is ours alone; in PostgreSQL others may have tables beside ours, of other names."""
    present = set(inspect(connection).get_table_names())
    return sorted(present if address.is_sqlite else present & metadata.tables.keys())
